"""Word reports: where the sign-off table belongs, and the same report with the table in that place.

Looking is done on the bare XML (a twentieth of a second less than opening the document); python-docx writes.
"""

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.errors import Fault, PaperError
from pipeline.model import SignOffRow, SignOffTable
from pipeline.office.sign_offs import APPROVERS, CONTRIBUTORS, HEADINGS, has_sign_off_table

#: The line of a Word report, alone in its paragraph, that the sign-off table takes the place of.
PLACEHOLDER = re.compile(r"\s*\{\{\s*signoff_table\s*\}\}\s*")

_WIDTHS = (25, 29, 16, 14, 16)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Zip members get this time, so that the same report gives the same bytes.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class SignOffPlace(StrEnum):
    """Where a report wants its sign-off table: at a line of its own, nowhere since it has one, or at the end."""

    LINE = "line"
    OWN_TABLE = "own table"
    END = "end"


def sign_off_place(report: Path) -> SignOffPlace:
    """Return where this .docx wants its sign-off table. Raises PaperError if it is no Word file."""
    root = _main_part(report)
    if any(PLACEHOLDER.fullmatch(_text(paragraph)) for paragraph in root.iter(f"{_W}p")):
        return SignOffPlace.LINE
    for table in root.iter(f"{_W}tbl"):
        for row in list(table.iter(f"{_W}tr"))[:3]:
            if has_sign_off_table([_text(cell) for cell in row.iterfind(f"{_W}tc")]):
                return SignOffPlace.OWN_TABLE
    return SignOffPlace.END


def _main_part(report: Path) -> "etree._Element":
    try:
        with zipfile.ZipFile(report) as archive:
            return etree.fromstring(archive.read("word/document.xml"), _parser())
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise PaperError(
            [Fault("this is not a Word document that can be read", "Open it in Word and save it again.", file=report)]
        ) from error


def _parser() -> "etree.XMLParser":
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _text(element: "etree._Element") -> str:
    """The words of an element, paragraphs apart by a space."""
    paragraphs = element.iter(f"{_W}p")
    return " ".join("".join(t.text or "" for t in paragraph.iter(f"{_W}t")) for paragraph in paragraphs)


def with_sign_off_table(report: Path, table: SignOffTable | None) -> bytes:
    """Return the .docx with a real Word table in place of the line ``{{ signoff_table }}``; with None the line goes.

    The officer's file is not touched. Same inputs give the same bytes.
    """
    import docx

    document = docx.Document(str(report))
    body = document.element.body
    for paragraph in [p for p in body.iter(f"{_W}p") if PLACEHOLDER.fullmatch(_text(p))]:
        if table is not None:
            paragraph.addprevious(_word_table(document, table))
        following = paragraph.getnext()
        if following is not None and following.tag == f"{_W}p":
            paragraph.getparent().remove(paragraph)
        else:  # a table cell must end with a paragraph, and two tables must not run together
            for run in [child for child in paragraph if child.tag != f"{_W}pPr"]:
                paragraph.remove(run)
    stream = io.BytesIO()
    document.save(stream)
    return _with_fixed_times(stream.getvalue())


def _word_table(document: Any, table: SignOffTable) -> Any:
    made = document.add_table(rows=0, cols=len(HEADINGS))
    made.autofit = False
    _set_borders(made)
    _fill(made.add_row(), HEADINGS, bold=True)
    _repeat_as_header(made.rows[0])
    for heading, rows in ((CONTRIBUTORS, table.contributors), (APPROVERS, table.approvers)):
        group = made.add_row()
        group.cells[0].merge(group.cells[-1])
        _fill(group, (heading,), bold=True)
        for row in rows:
            _fill(made.add_row(), _cells(row))
    width = document._block_width
    for column, share in zip(made.columns, _WIDTHS, strict=True):
        column.width = width * share // 100
    for row in made.rows:
        _keep_whole(row)
        for cell, share in zip(_own_cells(row), _WIDTHS, strict=False):
            cell.width = width * share // 100
    element = made._tbl
    element.getparent().remove(element)
    return copy.deepcopy(element)


def _own_cells(row: Any) -> Iterator[Any]:
    """The cells of a row, a merged one not at all: it keeps the width of the table."""
    cells = row.cells
    return iter(cells if cells[0]._tc is not cells[-1]._tc else ())


def _cells(row: SignOffRow) -> tuple[str, ...]:
    name = f"{row.role}: {row.name}" if row.role else row.name
    return (name, row.title, row.directorate, row.sent, row.answered)


def _fill(row: Any, words: tuple[str, ...], bold: bool = False) -> None:
    from docx.shared import Pt

    for cell, text in zip(row.cells, words, strict=False):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = Pt(2)
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(text)
        run.bold = bold or None
        run.font.size = Pt(10)


def _set_borders(table: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "666666")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _repeat_as_header(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _with_fixed_times(content: bytes) -> bytes:
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            target.writestr(zipfile.ZipInfo(member.filename, _ZIP_TIME), source.read(member), zipfile.ZIP_DEFLATED)
    return result.getvalue()
