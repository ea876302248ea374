"""The sign-off table of a Word report: found where it is, put where the line asks for it."""

from pathlib import Path

import docx
import pytest

from pipeline.errors import PaperError
from pipeline.model import SignOffRow, SignOffTable
from pipeline.office.sign_offs import APPROVERS, CONTRIBUTORS, HEADINGS
from pipeline.office.word import SignOffPlace, sign_off_place, with_sign_off_table

TABLE = SignOffTable(
    contributors=(SignOffRow("Ann Example", "Tree Officer", "Place", "17/08/2026", "31/08/2026"),),
    approvers=(SignOffRow("Bo Sample", "Finance Manager", "Place", "08/09/2026", "26/09/2026", role="Finance"),),
)


def report(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(str(path))
    return path


def test_line_of_its_own_is_the_place(tmp_path: Path) -> None:
    assert sign_off_place(report(tmp_path / "r.docx", "Text", "{{ signoff_table }}", "More")) is SignOffPlace.LINE


def test_line_split_over_runs_is_still_the_place(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for part in ("{{", " sign", "off_table ", "}}"):
        paragraph.add_run(part)
    document.save(str(tmp_path / "r.docx"))
    assert sign_off_place(tmp_path / "r.docx") is SignOffPlace.LINE


def test_words_within_a_sentence_are_not_the_place(tmp_path: Path) -> None:
    path = report(tmp_path / "r.docx", "The line {{ signoff_table }} is replaced by the tool.")
    assert sign_off_place(path) is SignOffPlace.END


def test_five_column_table_of_its_own_is_seen_whatever_the_case_of_its_headings(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=5)
    for cell, words in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = words.upper()
    document.save(str(tmp_path / "r.docx"))
    assert sign_off_place(tmp_path / "r.docx") is SignOffPlace.OWN_TABLE


def test_other_table_of_five_columns_is_not_a_sign_off_table(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=5)
    for cell, words in zip(table.rows[0].cells, ("Name", "Ward", "Trees", "Date", "Cost"), strict=True):
        cell.text = words
    document.save(str(tmp_path / "r.docx"))
    assert sign_off_place(tmp_path / "r.docx") is SignOffPlace.END


def test_table_takes_the_place_of_the_line(tmp_path: Path) -> None:
    path = report(tmp_path / "r.docx", "Before", "{{ signoff_table }}", "After")
    original = path.read_bytes()
    (tmp_path / "made.docx").write_bytes(with_sign_off_table(path, TABLE))
    document = docx.Document(str(tmp_path / "made.docx"))
    assert [paragraph.text for paragraph in document.paragraphs] == ["Before", "After"]
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows == [
        list(HEADINGS),
        [CONTRIBUTORS] * 5,
        ["Ann Example", "Tree Officer", "Place", "17/08/2026", "31/08/2026"],
        [APPROVERS] * 5,
        ["Finance: Bo Sample", "Finance Manager", "Place", "08/09/2026", "26/09/2026"],
    ]
    assert document.tables[0].rows[0]._tr.trPr.find(f"{{{document.element.nsmap['w']}}}tblHeader") is not None
    assert path.read_bytes() == original
    following = document.element.body[0].getnext()
    assert following is document.tables[0]._tbl


def test_line_at_the_end_and_in_a_cell_leaves_a_sound_document(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "{{ signoff_table }}"
    document.add_paragraph("{{signoff_table}}")
    document.save(str(tmp_path / "r.docx"))
    (tmp_path / "made.docx").write_bytes(with_sign_off_table(tmp_path / "r.docx", TABLE))
    made = docx.Document(str(tmp_path / "made.docx"))
    outer = made.tables[0].rows[0].cells[0]
    assert len(outer.tables) == 1
    assert outer._tc[-1].tag.endswith("}p")
    assert "{{" not in made.element.xml


def test_without_a_table_the_line_goes(tmp_path: Path) -> None:
    path = report(tmp_path / "r.docx", "Before", "{{ signoff_table }}", "After")
    (tmp_path / "made.docx").write_bytes(with_sign_off_table(path, None))
    made = docx.Document(str(tmp_path / "made.docx"))
    assert [paragraph.text for paragraph in made.paragraphs] == ["Before", "After"]
    assert made.tables == []


def test_same_report_and_table_give_the_same_bytes(tmp_path: Path) -> None:
    path = report(tmp_path / "r.docx", "{{ signoff_table }}")
    assert with_sign_off_table(path, TABLE) == with_sign_off_table(path, TABLE)


def test_file_that_is_no_word_document_is_named(tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(b"not a zip")
    with pytest.raises(PaperError, match=r"r\.docx"):
        sign_off_place(tmp_path / "r.docx")
