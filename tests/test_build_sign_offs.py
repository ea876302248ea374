"""Where the sign-off table of a report comes to stand: at its line, in its own table, or on a page at its end."""

from pathlib import Path

import docx
import pdfplumber
import pikepdf
import pytest

from pipeline.office.sign_offs import HEADINGS
from tests.pdfs import add_page, words
from tests.readback import text
from tests.workspaces import Case, case

REGISTER = """\
contributors:
  - {name: Priya Chandran, title: Parks Manager, directorate: Place, sent: 17/08/2026, answered: 26/08/2026}
approvers:
  - {name: Ruth Amberley, role: Finance, title: Finance Manager, directorate: Resources, sent: 14 September 2026}
"""
ROWS = [
    ["Contributors:", "", "", "", ""],
    ["Priya Chandran", "Parks Manager", "Place", "17/08/2026", "26/08/2026"],
    ["Names of approvers for submission: (officers and members)", "", "", "", ""],
    ["Finance: Ruth Amberley", "Finance Manager", "Resources", "14/09/2026", ""],
]
REPORT = {"kind": "report", "sign_offs": "signoffs.yaml"}
ITEMS = [
    {"title": "Elms", "papers": [{"file": "line.docx", **REPORT}]},
    {"title": "Oaks", "papers": [{"file": "end.docx", **REPORT}, {"file": "next.pdf", "kind": "appendix"}]},
    {"title": "Ashes", "papers": [{"file": "own.docx", **REPORT}]},
    {"title": "Yews", "papers": [{"file": "end.pdf", **REPORT}]},
    {"title": "Limes", "papers": [{"file": "own.pdf", **REPORT}]},
]


def write_papers(made: Case) -> None:
    made.write("signoffs.yaml", REGISTER)
    made.word("line.docx", "Before the table.", "{{ signoff_table }}", "After the table.")
    made.word("end.docx", "A report without a place for its table.")
    own = docx.Document()
    own.add_paragraph("A report with its own table.")
    table = own.add_table(rows=2, cols=5)
    for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = heading
    table.rows[1].cells[0].text = "Typed by hand"
    own.save(str(made.folder / "own.docx"))
    made.pdf("next.pdf")
    made.pdf("end.pdf", "A PDF report.")
    with pikepdf.new() as pdf:
        add_page(pdf, b"".join(words(heading, y=700 - 20 * line) for line, heading in enumerate(HEADINGS)))
        pdf.save(made.folder / "own.pdf")


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Case:
    made = case(tmp_path_factory.mktemp("signed") / "w", ITEMS)
    write_papers(made)
    made.built()
    return made


def tables(made: Case, source: str, kind: str = "report") -> list[list[list[str]]]:
    """Return the tables on the pages of one entry."""
    (entry,) = [e for e in made.plan["entries"] if e["source"] == source and e["kind"] == kind]
    return _tables_on(made.pack, entry["first_page"], entry["last_page"])


def _tables_on(pack: Path, first: int, last: int) -> list[list[list[str]]]:
    with pdfplumber.open(pack) as pdf:
        found = [table for page in pdf.pages[first - 1 : last] for table in page.extract_tables()]
    return [[[" ".join((cell or "").split()) for cell in row] for row in table] for table in found]


@pytest.mark.libreoffice
class TestWordAndPdfReports:
    def test_report_without_a_place_is_followed_by_a_page_and_others_are_not(self, signed: Case) -> None:
        placed = [(e["item"], e["kind"], e["first_page"], e["last_page"]) for e in signed.plan["entries"][1:]]
        assert placed == [
            ("1", "report", 3, 4),
            ("2", "report", 5, 5),
            ("2", "sign_offs", 6, 6),
            ("2", "appendix", 7, 8),
            ("3", "report", 9, 10),
            ("4", "report", 11, 11),
            ("4", "sign_offs", 12, 12),
            ("5", "report", 13, 14),
        ]
        assert signed.plan["blank_pages"] == [2, 4, 8, 10, 14]

    def test_table_stands_where_the_line_was(self, signed: Case) -> None:
        assert [table[1:] for table in tables(signed, "line.docx")] == [ROWS]
        said = text(signed.pack, 3, 3)
        assert said.index("Before the table.") < said.index("Priya Chandran") < said.index("After the table.")
        assert "signoff_table" not in text(signed.pack)

    def test_page_at_the_end_holds_the_table_and_the_report_it_belongs_to(self, signed: Case) -> None:
        (table,) = _tables_on(signed.pack, 6, 6)
        assert table[1:] == ROWS
        assert text(signed.pack, 6, 6).startswith("Sign-off Oaks ")

    def test_report_with_its_own_table_keeps_it_alone(self, signed: Case) -> None:
        assert "Typed by hand" in text(signed.pack, 9, 9)
        assert "Priya Chandran" not in text(signed.pack, 9, 10)

    def test_entry_names_the_register_it_was_made_from(self, signed: Case) -> None:
        sources = {e["source"] for e in signed.plan["entries"] if e["kind"] == "sign_offs"}
        assert sources == {"signoffs.yaml"}

    def test_council_that_publishes_none_has_none_and_the_line_is_gone(self, signed: Case, tmp_path: Path) -> None:
        quiet = case(tmp_path / "w", ITEMS, council="sign_offs: {publish: false}\n")
        write_papers(quiet)
        quiet.built()
        assert [e["kind"] for e in quiet.plan["entries"][1:]] == ["report", "report", "appendix", *["report"] * 3]
        said = text(quiet.pack)
        assert "signoff_table" not in said
        assert "Priya Chandran" not in said
        assert "Before the table. After the table." in said

    def test_line_without_a_register_is_refused_with_what_to_do(self, tmp_path: Path) -> None:
        made = case(tmp_path / "w", [{"title": "Elms", "papers": [{"file": "line.docx", "kind": "report"}]}])
        made.word("line.docx", "{{ signoff_table }}")
        result = made.build()
        assert result.exit_code == 3
        assert "meeting.yaml, line 4: line.docx asks for its sign-off table" in result.stderr
        assert "Put signoffs.xlsx in the meeting folder" in result.stderr
        assert not (made.output / "plan.json").exists()

    def test_old_word_report_has_its_line_filled_too(self, tmp_path: Path) -> None:
        made = case(tmp_path / "w", [{"title": "Elms", "papers": [{"file": "line.rtf", **REPORT}]}])
        made.write("signoffs.yaml", REGISTER)
        made.write("line.rtf", r"{\rtf1\ansi Before.\par \{\{ signoff_table \}\}\par After.\par}")
        made.built()
        assert [table[1:] for table in tables(made, "line.rtf")] == [ROWS]


def markdown_report(root: Path, body: str, register: str | None = REGISTER, council: str = "") -> Case:
    made = case(root, [{"title": "Elms", "papers": [{"file": "report.md", "kind": "report"}]}], council=council)
    made.write("report.md", f"# Elms\n\n{body}\n")
    if register:
        made.write("signoffs.yaml", register)
    return made


def test_register_beside_the_only_report_is_its_own(tmp_path: Path) -> None:
    made = markdown_report(tmp_path / "w", "Words.")
    made.built()
    assert [table[1:] for table in tables(made, "report.md")] == [ROWS]
    assert [e["kind"] for e in made.plan["entries"]] == ["front_sheet", "report"]


def test_line_in_a_markdown_report_is_the_tables_place(tmp_path: Path) -> None:
    made = markdown_report(tmp_path / "w", "Before.\n\n{{ signoff_table }}\n\nAfter.")
    made.built()
    said = text(made.pack, 3, 3)
    assert said.index("Before.") < said.index("Priya Chandran") < said.index("After.")
    assert said.count("Priya Chandran") == 1
    assert "signoff_table" not in said


def test_line_in_a_markdown_report_goes_where_nothing_is_published(tmp_path: Path) -> None:
    council = "sign_offs: {publish: false}\n"
    made = markdown_report(tmp_path / "w", "Before.\n\n{{ signoff_table }}\n\nAfter.", council=council)
    made.built()
    assert "Before. After." in text(made.pack, 3, 3)
    assert "Priya Chandran" not in text(made.pack)


def test_line_in_a_markdown_report_without_a_register_is_refused(tmp_path: Path) -> None:
    result = markdown_report(tmp_path / "w", "Before.\n\n{{ signoff_table }}\n\nAfter.", register=None).build()
    assert result.exit_code == 3, result.stdout
    assert "report.md asks for its sign-off table" in result.stderr


def test_register_beside_two_reports_belongs_to_neither_and_that_is_said(tmp_path: Path) -> None:
    papers = [{"file": "a.md", "kind": "report"}, {"file": "b.md", "kind": "report"}]
    made = case(tmp_path / "w", [{"title": "Elms", "papers": papers}])
    for name in ("a.md", "b.md"):
        made.write(name, "# Elms\n\nWords.\n")
    made.write("signoffs.yaml", REGISTER)
    answer = made.built()
    assert any("signoffs.yaml belongs to no report" in note for note in answer["notes"])
    assert "Priya Chandran" not in text(made.pack)


def test_register_with_an_impossible_date_is_refused_with_its_line(tmp_path: Path) -> None:
    made = markdown_report(tmp_path / "w", "Words.", register=REGISTER.replace("26/08/2026", "31/09/2026"))
    result = made.build()
    assert result.exit_code == 3
    assert "signoffs.yaml, line 2" in result.stderr
    assert "31 September 2026 does not exist" in result.stderr


def test_register_written_anew_changes_the_pack(tmp_path: Path) -> None:
    made = markdown_report(tmp_path / "w", "Words.")
    made.built()
    made.write("signoffs.yaml", REGISTER.replace("Priya Chandran", "Gwen Dovedale"))
    assert made.built()["unchanged"] is False
    assert "Gwen Dovedale" in text(made.pack)
    assert "Priya Chandran" not in text(made.pack)
