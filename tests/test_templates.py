"""The council's own templates: used a file at a time, and their faults named with file and line."""

import shutil
from pathlib import Path

import pytest

from tests.readback import text, texts
from tests.workspaces import REPOSITORY, Case, case

OWN = REPOSITORY / "agenda_templates"


@pytest.fixture
def made(tmp_path: Path) -> Case:
    """A meeting with a page of every kind that needs no LibreOffice."""
    petition = {"kind": "e-petition", "heading": "Save the Oak", "signatures": 12}
    minutes = {"file": "minutes/trees-panel/2026-10-05.md", "kind": "minutes"}
    made = case(
        tmp_path / "w",
        [
            {"title": "Minutes", "papers": [minutes]},
            {"title": "Oak", "petitions": [petition], "papers": [{"file": "report.md", "kind": "report"}]},
            {"title": "Figures", "papers": [{"file": "table.csv", "kind": "appendix"}, {"file": "n.md"}]},
        ],
    )
    made.write(
        "minutes/trees-panel/2026-10-05.md", "---\nbody: trees-panel\ndate: 2026-10-05\n---\n\n## One\n\nWords.\n"
    )
    made.write("report.md", "# The Oak\n\nIt leans.\n")
    made.write("table.csv", "Ward,Trees\nEastgate,280\n")
    made.write("n.md", "# A note\n\nWords of it.\n")
    made.write("signoffs.yaml", "contributors: [{name: Ann Other}]\n")
    return made


def own_template(made: Case, name: str, written: str) -> None:
    made.write(f"agenda_templates/{name}", written)


def refused(made: Case) -> str:
    result = made.build()
    assert result.exit_code == 3, result.output
    return result.stderr


def test_one_file_of_the_councils_is_used_and_the_rest_stay_ours(made: Case) -> None:
    made.built()
    ours = texts(made.pack)
    own_template(made, "petitions.html", "<html lang=en><title>P</title><body><p>Our own {{ item.title }} page")
    made.built()
    theirs = texts(made.pack)
    changed = [number for number, (old, new) in enumerate(zip(ours, theirs, strict=True), 1) if old != new]
    assert len(changed) == 1
    assert theirs[changed[0] - 1] == f"Our own Oak page Page {changed[0]}".replace("Our", "Agenda Item 2 Our")


def test_shared_pieces_can_be_changed_alone(made: Case) -> None:
    own_template(made, "page.css", (OWN / "page.css").read_text() + "\nbody::before { content: 'Seen. ' }\n")
    made.built()
    pages = texts(made.pack)
    assert sum("Seen." in page for page in pages) >= 5


@pytest.mark.parametrize("name", [path.name for path in sorted(OWN.iterdir()) if path.suffix in (".html", ".css")])
def test_template_copied_unchanged_changes_nothing(made: Case, name: str) -> None:
    made.built()
    before = made.pack.read_bytes()
    own_template(made, name, (OWN / name).read_text(encoding="utf-8"))
    assert made.built()["unchanged"] is False
    assert made.pack.read_bytes() == before


def test_template_taken_away_gives_ours_again(made: Case) -> None:
    made.built()
    before = made.pack.read_bytes()
    own_template(made, "front_sheet.html", "<html lang=en><title>F</title><p>Ours is plain.")
    made.built()
    assert "Ours is plain." in text(made.pack, 1, 1)
    shutil.rmtree(made.root / "agenda_templates")
    made.built()
    assert made.pack.read_bytes() == before


#: How a template can be wrong -> (what is written into line 3, what the message says).
FAULTS = {
    "tag-left-open": ("{% if meeting %}", "Unexpected end of template"),
    "unknown-tag": ("{% fi %}", "unknown tag 'fi'"),
    "half-an-expression": ("{{ meeting. }}", "expected name or number"),
    "unknown-word": ("{{ meting.date }}", "'meting' is undefined"),
    "unknown-part": ("{{ meeting.daet }}", "has no attribute 'daet'"),
    "unknown-filter": ("{{ body.name | upercase }}", "No filter named 'upercase'"),
    "wrong-kind": ("{{ body.name + 1 }}", "str"),
    "nothing-by-nought": ("{{ 1 / 0 }}", "division by zero"),
    "missing-piece": ("{% include 'letterhead.html' %}", "letterhead.html"),
    "missing-argument": ("{{ time_and_date() }}", "missing"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_fault_in_a_template_is_named_with_file_and_line(made: Case, kind: str) -> None:
    made.built()
    good = made.pack.read_bytes(), (made.output / "plan.json").read_bytes()
    line, message = FAULTS[kind]
    own_template(made, "front_sheet.html", f"<html lang=en>\n<body>\n{line}\n</body></html>\n")
    said = refused(made)
    assert message in said
    assert f"{made.root / 'agenda_templates/front_sheet.html'}, line " in said
    if kind != "tag-left-open":
        assert "front_sheet.html, line 3: " in said
    assert (made.pack.read_bytes(), (made.output / "plan.json").read_bytes()) == good


def test_fault_in_a_shared_piece_is_named_where_it_stands(made: Case) -> None:
    written = (OWN / "macros.html").read_text(encoding="utf-8")
    line = written[: written.index("{{ person.name }}")].count("\n") + 1
    own_template(made, "macros.html", written.replace("{{ person.name }}", "{{ persn.name }}"))
    said = refused(made)
    assert f"macros.html, line {line}: " in said
    assert "'persn' is undefined" in said


def test_template_that_asks_for_something_outside_itself_is_refused(made: Case, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    for address in ("https://www.ardenshire.example/logo.png", f"file://{tmp_path}/logo.png", "logo.png"):
        own_template(made, "front_sheet.html", f"<html lang=en><title>F</title><img src='{address}' alt=Logo>")
        said = refused(made)
        assert "front_sheet.html" in said or "logo.png" in said
        assert "Pictures and styles must be inside the template's page." in said


def test_template_that_is_not_utf_8_is_refused_with_its_name(made: Case) -> None:
    """As an editor on Windows may save it."""
    path = made.write("agenda_templates/front_sheet.html", "")
    path.write_bytes("<html lang=cy><title>F</title><p>Tŷ’r Cyngor £5".encode("cp1252", "replace"))
    said = refused(made)
    assert "front_sheet.html" in said
    assert "UTF-8" in said
