"""The command line: help, meetings by name, what is installed, and the way from an empty folder to a pack."""

import contextlib
import json
import re
import shutil
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.cli import main
from tests.readback import text
from tests.workspaces import SLUG, Case, civicpack, files, one_report, run


@pytest.mark.parametrize("words", [[], *([name] for name in sorted(main.commands))], ids=lambda words: " ".join(words))
def test_every_command_has_its_help(words: list[str]) -> None:
    result = civicpack(*words, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: {' '.join(['civicpack', *words])} ")
    assert result.stderr == ""


def test_version_is_the_packages() -> None:
    assert civicpack("--version").stdout == f"civicpack, version {__version__}\n"


@pytest.mark.parametrize("words", [["biuld"], ["build"], ["build", "x", "--jsno"], ["new", "trees-panel"]])
def test_command_typed_wrongly_ends_with_2(words: list[str]) -> None:
    result = civicpack(*words)
    assert result.exit_code == 2
    assert "Usage: civicpack" in result.stderr


@pytest.fixture
def made(tmp_path: Path) -> Case:
    return one_report(tmp_path / "w")


@pytest.mark.parametrize(
    ("here", "named"),
    [
        (".", SLUG),
        (".", f"meetings/{SLUG}"),
        (".", f"meetings/{SLUG}/"),
        (".", f"./meetings/{SLUG}/meeting.yaml"),
        ("meetings", SLUG),
        (f"meetings/{SLUG}", "."),
        ("minutes", SLUG),
    ],
)
def test_meeting_may_be_a_name_or_a_path(made: Case, here: str, named: str) -> None:
    (made.root / "minutes").mkdir()
    with contextlib.chdir(made.root / here):
        result = civicpack("build", named)
    assert result.exit_code == 0, result.stderr
    assert made.plan["pages"] == 4


@pytest.mark.parametrize(
    "named", ["2026-11-09-tree-panel", "2026-11-9-trees-panel", "trees-panel", "meetings/2026-11-09"]
)
def test_unknown_meeting_suggests_the_nearest(made: Case, named: str) -> None:
    with contextlib.chdir(made.root):
        result = civicpack("build", named)
    assert result.exit_code == 3
    assert f'there is no meeting "{named}"' in result.stderr
    assert SLUG in result.stderr
    assert not (made.root / "build").exists()


def test_outside_any_workspace_the_way_in_is_said(tmp_path: Path) -> None:
    with contextlib.chdir(tmp_path):
        result = civicpack("build", "anything")
    assert result.exit_code == 3
    assert "there is no council.yaml in this folder or in any above it" in result.stderr
    assert "civicpack init DIR" in result.stderr


def test_build_prints_the_pack_as_seen_from_here(made: Case) -> None:
    with contextlib.chdir(made.root):
        lines = civicpack("build", SLUG).stdout.splitlines()
    assert lines[0] == f"Built build/{SLUG}/{SLUG}-public-pack.pdf"
    assert lines[1].startswith("4 pages, 2 of them blank; 0 papers converted just now; ")
    assert [" ".join(line.split()) for line in lines[2:5]] == ["Pages Item", "1 - 2 Agenda", "3 - 4 1 Trees"]


def test_second_build_says_that_nothing_has_changed(made: Case) -> None:
    made.build()
    assert "nothing has changed since it was built" in made.build().stdout


def test_nothing_but_json_goes_to_standard_output(made: Case) -> None:
    result = made.build("--json")
    assert result.stdout == json.dumps(json.loads(result.stdout), ensure_ascii=False, indent=2) + "\n"


def test_time_limit_must_be_a_second_or_more(made: Case) -> None:
    result = made.build("--convert-seconds", "0")
    assert result.exit_code == 2
    assert "0.0 is not in the range x>=1" in result.stderr


def test_output_that_nobody_reads_is_no_fault(made: Case) -> None:
    """civicpack build ... | head -0"""
    process = made.start()
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == ""
    process.stderr.close()


@pytest.mark.libreoffice
class TestDoctor:
    def test_what_is_installed_is_named_with_its_version(self) -> None:
        result = civicpack("doctor")
        assert result.exit_code == 0
        for name in ("Python", "LibreOffice", "Fonts", "WeasyPrint and Pango"):
            assert f"ok       {name}: " in result.stdout
        assert "MISSING" not in result.stdout

    def test_json_says_the_same(self) -> None:
        answer = json.loads(civicpack("doctor", "--json").stdout)
        assert answer["ok"] is True
        assert {check["name"] for check in answer["checks"]} >= {"Python", "LibreOffice", "Fonts"}
        assert all(check["ok"] and check["found"] for check in answer["checks"])


def test_doctor_names_the_command_that_installs_what_is_missing(tmp_path: Path) -> None:
    """A machine without LibreOffice: a search path that has all of this one's programs but that."""
    done = run("doctor", cwd=tmp_path, env={"PATH": str(path_without_libreoffice(tmp_path))})
    assert done.returncode == 8
    assert "MISSING  LibreOffice: not found" in done.stdout
    assert "sudo apt-get install libreoffice-writer-nogui libreoffice-calc-nogui" in done.stdout
    done = run("doctor", "--json", cwd=tmp_path, env={"PATH": str(path_without_libreoffice(tmp_path))})
    missing = [check for check in json.loads(done.stdout)["checks"] if not check["ok"]]
    assert [(check["name"], check["install"][:21]) for check in missing] == [("LibreOffice", "sudo apt-get install ")]


def path_without_libreoffice(folder: Path) -> Path:
    """Make a folder with fc-list alone."""
    path = folder / "bin"
    path.mkdir(exist_ok=True)
    if not (path / "fc-list").exists():
        (path / "fc-list").symlink_to(str(shutil.which("fc-list")))
    return path


def test_from_an_empty_folder_to_a_pack(tmp_path: Path) -> None:
    """init, a council written in, new, a paper put in, build."""
    root = tmp_path / "democracy"
    result = civicpack("init", str(root))
    assert result.exit_code == 0
    assert sorted(path.name for path in root.iterdir()) == [
        "agenda_templates",
        "build",
        "council.yaml",
        "meetings",
        "minutes",
    ]
    (slug,) = re.findall(r"^ *- slug: (\S+)", (root / "council.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    with contextlib.chdir(root):
        made = civicpack("new", slug, "9 November 2026")
        assert made.exit_code == 0, made.stderr
        built = civicpack("build", f"2026-11-09-{slug}")
    assert built.exit_code == 0, built.stderr
    pack = root / "build" / f"2026-11-09-{slug}" / f"2026-11-09-{slug}-public-pack.pdf"
    assert "Monday, 9th November, 2026" in text(pack, 1, 1)


def test_init_never_overwrites(tmp_path: Path) -> None:
    civicpack("init", str(tmp_path))
    (tmp_path / "council.yaml").write_text("council: {name: Ours}\n")
    before = files(tmp_path)
    result = civicpack("init", str(tmp_path))
    assert result.exit_code == 3
    assert "there is a workspace here already" in result.stderr
    assert files(tmp_path) == before


def test_init_keeps_what_stands_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "agenda_templates").mkdir()
    (tmp_path / "agenda_templates/README.md").write_text("Ours.")
    civicpack("init", str(tmp_path))
    assert (tmp_path / "agenda_templates/README.md").read_text() == "Ours."


def test_new_meeting_has_the_last_minutes_and_is_built_at_once(made: Case) -> None:
    council = made.root / "council.yaml"
    items = "    standing_items: [{title: Apologies}, {title: Minutes, kind: minutes, items: [Matters Arising]}]\n"
    council.write_text(council.read_text() + items)
    for date in ("2026-09-07", "2026-10-05", "2026-12-07"):
        made.write(
            f"minutes/trees-panel/{date}.md", f"---\nbody: trees-panel\ndate: {date}\n---\n\n## One\n\nOf {date}.\n"
        )
    with contextlib.chdir(made.root):
        assert civicpack("new", "trees-panel", "23/11/2026").exit_code == 0
        assert civicpack("build", "2026-11-23-trees-panel").exit_code == 0
    fresh = Case(made.root, made.root / "meetings/2026-11-23-trees-panel")
    assert [(e["item"], e["source"]) for e in fresh.plan["entries"]] == [
        (None, "meeting.yaml"),
        ("2", "minutes/trees-panel/2026-10-05.md"),
    ]
    sheet = text(fresh.pack, 1, 2)
    assert "3.30 pm on Monday, 23rd November, 2026 Place Room 4 - Council House" in sheet
    assert "(a) To agree the minutes of the meeting held on 5 October 2026. (b) Matters Arising" in sheet
    assert "Membership: Councillors T Adeyemi and R Penhallow (Chair)" in sheet


def test_new_never_overwrites_a_meeting(made: Case) -> None:
    before = files(made.folder)
    with contextlib.chdir(made.root):
        result = civicpack("new", "trees-panel", "2026-11-09")
    assert result.exit_code == 3
    assert "this meeting is there already" in result.stderr
    assert files(made.folder) == before


def test_new_for_an_unknown_body_suggests_the_nearest(made: Case) -> None:
    with contextlib.chdir(made.root):
        result = civicpack("new", "tree-panel", "2026-12-07")
    assert result.exit_code == 3
    assert "no body tree-panel; did you mean trees-panel?" in result.stderr
    assert [path.name for path in (made.root / "meetings").iterdir()] == [SLUG]


def test_new_on_a_day_that_does_not_exist_is_a_slip_of_the_keyboard(made: Case) -> None:
    with contextlib.chdir(made.root):
        result = civicpack("new", "trees-panel", "31 November 2026")
    assert result.exit_code == 2
    assert "31 November 2026 does not exist" in result.stderr
