"""The sample meeting: its files load, its totals cast, its papers are what the scripts make, of the right length."""

import importlib
import zipfile
from pathlib import Path
from types import ModuleType

import openpyxl
import pypdfium2
import pytest

from pipeline.convert import Request, convert
from pipeline.manifest import find_workspace, first_minute_number, load_council, load_meeting, read_minutes
from pipeline.model import Petition
from pipeline.office.sign_offs import read_sign_off_workbook
from pipeline.office.word import SignOffPlace, sign_off_place, with_sign_off_table
from pipeline.storage import Cache

HERE = Path(__file__).parent
WORKSPACE = HERE.parents[1]
MEETING = WORKSPACE / "meetings" / "2026-10-12-cabinet-member-green-spaces"
MINUTES = WORKSPACE / "minutes" / "cabinet-member-green-spaces"


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(HERE))
    return importlib.import_module("make_papers")


def test_every_total_of_the_sample_casts(scripts: ModuleType) -> None:
    scripts.facts.prove()


def test_papers_made_twice_have_the_same_bytes(scripts: ModuleType, tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    first, second = (scripts.make_papers(tmp_path / name) for name in ("first", "second"))
    assert [paper.read_bytes() for paper in first] == [paper.read_bytes() for paper in second]


def test_papers_in_the_meeting_folder_say_what_the_scripts_write(scripts: ModuleType, tmp_path: Path) -> None:
    scripts.make_papers(tmp_path)
    for name in ("report.docx", "appendix-1.docx"):
        assert part(MEETING / name, "word/document.xml") == part(tmp_path / name, "word/document.xml")
    for name in ("appendix-2.xlsx", "signoffs.xlsx"):
        assert values(MEETING / name) == values(tmp_path / name)
    assert words(MEETING / "appendix-3.pdf") == words(tmp_path / "appendix-3.pdf")


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def values(path: Path) -> list[tuple[object, ...]]:
    sheets = openpyxl.load_workbook(path, data_only=True).worksheets
    return [row for sheet in sheets for row in sheet.iter_rows(values_only=True)]


def words(path: Path) -> list[str]:
    """The words of each page of a PDF, as one line a page."""
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_totals_of_the_workbook_are_its_formulas_results() -> None:
    formulas = openpyxl.load_workbook(MEETING / "appendix-2.xlsx")["Revenue budget"]
    shown = openpyxl.load_workbook(MEETING / "appendix-2.xlsx", data_only=True)["Revenue budget"]
    assert formulas["H15"].value == "=SUM(H7:H14)"
    assert shown["H15"].value == sum(shown[f"H{row}"].value for row in range(7, 15)) == 5_536_900
    assert shown["H22"].value == shown["H15"].value + shown["H21"].value == 4_453_500


def test_sample_meeting_loads_with_its_items_and_papers() -> None:
    meeting = load_meeting(MEETING)
    assert [(item.number, len(item.papers), len(item.petitions)) for item in meeting.public] == [
        ("1", 0, 0),
        ("2", 0, 0),
        ("3", 1, 0),
        ("4", 0, 1),
        ("5", 4, 0),
        ("6", 0, 0),
        ("7", 0, 0),
    ]
    assert meeting.private == ()


def test_sample_minutes_run_on_from_8_to_17_with_five_petitions() -> None:
    workspace = find_workspace(WORKSPACE)
    council = load_council(workspace)
    earlier, last = (read_minutes(MINUTES / name, council) for name in ("2026-06-01.md", "2026-06-15.md"))
    assert first_minute_number(earlier, workspace, council) == 8
    assert first_minute_number(last, workspace, council) == 13
    assert len(last.minutes) == 5
    petitions = [block for minute in last.minutes for block in minute.blocks if isinstance(block, Petition)]
    assert [petition.signatures for petition in petitions] == [214, 87, 356, 143, 258]
    assert sum(petition.signatures or 0 for petition in petitions) == 1058


def test_sample_register_has_14_contributors_and_5_approvers() -> None:
    table = read_sign_off_workbook(MEETING / "signoffs.xlsx", "signoffs.xlsx")
    assert (len(table.contributors), len(table.approvers)) == (14, 5)
    assert [row.role for row in table.approvers] == ["Finance", "Legal", "", "", "Members"]


@pytest.mark.libreoffice
@pytest.mark.slow
def test_report_has_six_pages_with_its_table_and_appendix_twelve(tmp_path: Path, scripts: ModuleType) -> None:
    table = read_sign_off_workbook(MEETING / "signoffs.xlsx", "signoffs.xlsx")
    assert sign_off_place(MEETING / "report.docx") is SignOffPlace.LINE
    signed = tmp_path / "report.docx"
    signed.write_bytes(with_sign_off_table(MEETING / "report.docx", table))
    papers = (signed, MEETING / "appendix-1.docx")
    requests = [Request(paper, "writer-pdf", paper.name) for paper in papers]
    report, appendix = (words(made.path) for made in convert(requests, Cache(tmp_path / "cache"), seconds=120))
    assert len(report) == 6
    assert len(appendix) == 12
    annual = importlib.import_module("annual")
    for _, heading, _, page in annual.CONTENTS:
        assert heading in appendix[page - 1]
    for number, (caption, page) in enumerate(annual.TABLES, 1):
        assert f"Table {number}: {caption}" in appendix[page - 1]
