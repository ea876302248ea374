"""A flat OpenDocument spreadsheet (.fods, as LibreOffice writes it) as sparse sheets of cells.

Each cell of a .fods holds the text that Calc displays beside its value, so number formats need not be known here.
Addresses count from 0. Runs of empty cells (a sheet ends in a million of them) are skipped and never expanded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from pipeline.office.cell_styles import CellStyle, Styles
from pipeline.office.cell_text import read_lines
from pipeline.office.sheet import Span

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

NUMERIC = frozenset({"float", "percentage", "currency", "date", "time"})
MOST_CELLS = 200_000
_REFERENCE = r"(?:\$?(?:'(?:[^']|'')*'|[^\s'.:]+))?\.?\$?([A-Z]+)\$?(\d+)"
_RANGE = re.compile(rf"{_REFERENCE}(?::{_REFERENCE})?")
_VOLATILE = re.compile(r"\b(TODAY|NOW|RAND|RANDBETWEEN)\(")


@dataclass(frozen=True)
class Area:
    """A block of cells, rows and columns counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class FlatCell:
    """A cell that shows something. ``error`` is "#REF!" and the like as shown; ``volatile`` "TODAY" and the like."""

    lines: tuple[tuple[Span, ...], ...]
    style: CellStyle
    numeric: bool
    rowspan: int = 1
    colspan: int = 1
    error: str = ""
    volatile: str = ""
    concealed: bool = False


@dataclass
class FlatSheet:
    """A sheet while and after it is read. ``drawings`` are (row, column, what); row -1 for those of the whole sheet.

    ``fills`` are the coloured runs of cells without words, as areas. ``title_rows`` repeat on every printed page.
    """

    name: str
    visible: bool = True
    cells: dict[tuple[int, int], FlatCell] = field(default_factory=dict)
    fills: list[tuple[Area, str]] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    widths: list[tuple[range, float]] = field(default_factory=list)
    title_rows: list[range] = field(default_factory=list)
    print_ranges: tuple[Area, ...] = ()
    label_rows: set[int] = field(default_factory=set)
    drawings: list[tuple[int, int, str]] = field(default_factory=list)
    comments: int = 0
    coloured_by_rule: bool = False
    too_many: bool = False

    def width(self, column: int) -> float:
        """The column's width in millimetres."""
        return next((width for columns, width in self.widths if column in columns), 22.6)


def address(row: int, column: int) -> str:
    """Return "C5" for (4, 2)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def column_name(column: int) -> str:
    """Return "C" for 2."""
    return address(0, column)[:-1]


def parse_flat(path: Path) -> etree._ElementTree:
    """Return the parsed file; no entity is expanded, nothing is fetched. Raises lxml.etree.XMLSyntaxError, OSError."""
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
    return etree.parse(path, parser)


def flat_sheets(tree: etree._ElementTree) -> list[FlatSheet]:
    """Return every sheet in order, hidden ones too, without the copies that Calc keeps of other workbooks' sheets."""
    styles = Styles(tree)
    body = tree.getroot().find(f"{OFFICE}body/{OFFICE}spreadsheet")
    if body is None:
        raise ValueError("not a flat OpenDocument spreadsheet")
    tables = [table for table in body.iterchildren(f"{TABLE}table") if is_own_sheet(table)]
    sheets = [_read_sheet(table, styles) for table in tables]
    by_name = {sheet.name: sheet for sheet in sheets}
    for data in body.iterfind(f"{TABLE}database-ranges/{TABLE}database-range"):
        _mark_labels(data, by_name)
    return sheets


def is_own_sheet(table: etree._Element) -> bool:
    """Is it a sheet of this workbook, and not what Calc remembers of a sheet in another file?"""
    return not table.get(f"{TABLE}name", "").startswith("'file:")


def _mark_labels(data: etree._Element, sheets: dict[str, FlatSheet]) -> None:
    """Note the heading row of a table or filter that the workbook names as such."""
    target = data.get(f"{TABLE}target-range-address", "")
    name = target.split(":")[0].rpartition(".")[0].lstrip("$").strip("'").replace("''", "'")
    areas = parse_areas(target)
    if areas and name in sheets and data.get(f"{TABLE}contains-header", "true") == "true":
        sheets[name].label_rows.add(areas[0].top)


def parse_areas(text: str) -> tuple[Area, ...]:
    """Return the areas of a list like "'Costs 1'.A1:'Costs 1'.D7 'Costs 1'.F1:.G2"."""
    areas = []
    for left, top, right, bottom in _RANGE.findall(text):
        areas.append(Area(int(top) - 1, _column(left), int(bottom or top) - 1, _column(right or left)))
    return tuple(areas)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _read_sheet(table: etree._Element, styles: Styles) -> FlatSheet:
    sheet = FlatSheet(
        table.get(f"{TABLE}name", ""), visible=styles.sheet_is_visible(table.get(f"{TABLE}style-name", ""))
    )
    sheet.print_ranges = parse_areas(table.get(f"{TABLE}print-ranges", ""))
    sheet.coloured_by_rule = table.find(f"{CALCEXT}conditional-formats") is not None
    sheet.drawings = [(-1, -1, _what_is_drawn(shape)) for shape in table.iterfind(f"{TABLE}shapes/*")]
    defaults = _read_columns(table, sheet, styles)
    _read_rows(table, sheet, styles, defaults)
    return sheet


def _read_columns(table: etree._Element, sheet: FlatSheet, styles: Styles) -> list[tuple[range, str]]:
    """Fill in widths and hidden columns; return the default cell style of each run of columns."""
    defaults = []
    at = 0
    for column in _within(table, "table-column", ("table-column-group", "table-header-columns", "table-columns")):
        run = range(at, at + _repeated(column, "columns"))
        width = styles.column_width(column.get(f"{TABLE}style-name", ""))
        if column.get(f"{TABLE}visibility", "visible") != "visible" or width == 0:
            sheet.hidden_columns.append(run)
        sheet.widths.append((run, width))
        defaults.append((run, column.get(f"{TABLE}default-cell-style-name", "")))
        at = run.stop
    return defaults


def _read_rows(table: etree._Element, sheet: FlatSheet, styles: Styles, defaults: list[tuple[range, str]]) -> None:
    at = 0
    for row in _within(table, "table-row", ("table-row-group", "table-header-rows", "table-rows")):
        run = range(at, at + _repeated(row, "rows"))
        if row.get(f"{TABLE}visibility", "visible") != "visible":
            sheet.hidden_rows.append(run)
        parent = row.getparent()
        if parent is not None and parent.tag == f"{TABLE}table-header-rows":
            sheet.title_rows.append(run)
        _read_row(row, run, sheet, styles, defaults)
        at = run.stop


def _read_row(
    row: etree._Element, rows: range, sheet: FlatSheet, styles: Styles, defaults: list[tuple[range, str]]
) -> None:
    column = 0
    row_style = row.get(f"{TABLE}default-cell-style-name", "")
    for element in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        columns = range(column, column + _repeated(element, "columns"))
        name = element.get(f"{TABLE}style-name") or row_style or _default(defaults, column)
        style = styles.cell(name)
        sheet.comments += len(element.findall(f"{OFFICE}annotation"))
        sheet.drawings += [
            (rows.start, column, _what_is_drawn(shape)) for shape in element if str(shape.tag).startswith(DRAW)
        ]
        cell = _read_cell(element, style, styles, sheet.width(column))
        if cell is not None:
            _place(cell, rows, columns, sheet)
        elif style.fill and len(rows) < 1000 and len(columns) < 1000:
            sheet.fills.append((Area(rows.start, columns.start, rows.stop - 1, columns.stop - 1), style.fill))
        column = columns.stop


def _place(cell: FlatCell, rows: range, columns: range, sheet: FlatSheet) -> None:
    if len(sheet.cells) + len(rows) * len(columns) > MOST_CELLS:
        sheet.too_many = True
        return
    for row in rows:
        for column in columns:
            sheet.cells[row, column] = cell


def _read_cell(element: etree._Element, style: CellStyle, styles: Styles, width: float) -> FlatCell | None:
    """Return the cell, or None when it shows nothing. Words under a merged cell do not show."""
    if element.tag == f"{TABLE}covered-table-cell":
        return None
    value_type = element.get(f"{OFFICE}value-type", "")
    numeric = value_type in NUMERIC
    lines, concealed = read_lines(element, style, styles, width if numeric else None)
    if not concealed and not any(span.text.strip() for line in lines for span in line):
        return None
    volatile = _VOLATILE.search(element.get(f"{TABLE}formula", ""))
    error = element.get(f"{CALCEXT}value-type") == "error"
    return FlatCell(
        lines=lines,
        style=style,
        numeric=numeric,
        rowspan=int(element.get(f"{TABLE}number-rows-spanned", "1")),
        colspan=int(element.get(f"{TABLE}number-columns-spanned", "1")),
        error="".join(span.text for line in lines for span in line) if error else "",
        volatile=volatile.group(1) if volatile else "",
        concealed=concealed,
    )


def _what_is_drawn(shape: etree._Element) -> str:
    if shape.tag == f"{DRAW}control":
        return "form controls"
    if shape.tag == f"{DRAW}frame" and shape.find(f"{DRAW}object") is not None:
        return "a chart"
    if shape.tag == f"{DRAW}frame" and shape.find(f"{DRAW}image") is not None:
        return "a picture"
    return "drawings"


def _within(table: etree._Element, wanted: str, wrappers: tuple[str, ...]) -> Iterator[etree._Element]:
    """Yield rows or columns in order, those inside groups too; never what is inside a cell (a chart has tables)."""
    for child in table:
        if child.tag == f"{TABLE}{wanted}":
            yield child
        elif child.tag in {f"{TABLE}{wrapper}" for wrapper in wrappers}:
            yield from _within(child, wanted, wrappers)


def _repeated(element: etree._Element, what: str) -> int:
    return int(element.get(f"{TABLE}number-{what}-repeated", "1"))


def _default(defaults: list[tuple[range, str]], column: int) -> str:
    return next((name for run, name in defaults if column in run), "")
