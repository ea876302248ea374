"""Markdown tables in large print: those too wide for an upright page are written out row by row, like a workbook's."""

import re
from html import unescape

from markupsafe import Markup

from pipeline.office.csv_text import looks_numeric
from pipeline.office.paper_size import fits_upright
from pipeline.office.records import as_records
from pipeline.office.sheet import Cell, Row, Span, Table
from pipeline.render import Renderer

#: As markdown-it writes them: no attributes (our own tables have a class), a line for each row and cell.
_TABLE = re.compile(r"<table>\n.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr>\n(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t([hd])[^>]*>(.*?)</t[hd]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def with_records(html: str, renderer: Renderer) -> str:
    """Return the page with its wide Markdown tables as records; what is in their cells keeps its links and marks."""
    return _TABLE.sub(lambda found: _records(found[0], renderer), html)


def _records(written: str, renderer: Renderer) -> str:
    rows = [_CELL.findall(row) for row in _ROW.findall(written)]
    cells = [[_cell(words, tag == "h") for tag, words in row] for row in rows]
    table = Table(tuple(Row(tuple(row)) for row in cells), header_rows=1, widths=(0.0,) * len(cells[0]))
    if fits_upright(table):
        return written
    # as_records hands on the very cells it is given, so each is found again by its identity
    shown = {
        id(cell): Markup(words)  # noqa: S704 - of our own HTML
        for row, line in zip(rows, cells, strict=True)
        for (_, words), cell in zip(row, line, strict=True)
    }
    return renderer.html("wide_table.html", block=as_records(table), words=lambda cell: shown[id(cell)])


def _cell(words: str, header: bool) -> Cell:
    text = unescape(_TAG.sub("", words)).strip()
    return Cell(
        lines=((Span(text),),) if text else (),
        numeric=not header and looks_numeric(text),
        scope="col" if header else "",
    )
