"""Excel, OpenDocument and CSV tables as a person would want them printed.

``convert`` turns .xlsx, .xls and .ods into .fods; from there on everything is what Calc displays, so that dates, money
and negatives in brackets are those of the workbook. What is hidden is left out and said in the notes.
"""

import copy
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lxml import etree

from pipeline.errors import Fault, PaperError
from pipeline.office.csv_text import csv_grid
from pipeline.office.flat_ods import (
    MOST_CELLS,
    OFFICE,
    TABLE,
    FlatSheet,
    flat_sheets,
    is_own_sheet,
    parse_flat,
)
from pipeline.office.grid import grids, is_hidden
from pipeline.office.left_out import note_on_hidden_sheets, notes_on
from pipeline.office.paper_size import fit
from pipeline.office.sheet import Cell, Row, Sheet, Span, Table, Text, Workbook
from pipeline.office.tables import blocks_of

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
CONFIG = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"
MOST_ROWS = 5_000  # about 200 pages, half a minute of WeasyPrint; Calc prints more in seconds
Layout = Callable[[Sheet], Sheet]
_NAMELESS = re.compile(r"(?i)(sheet|table|tabelle|feuil)\s*\d*")


def read_fods(path: Path, shown_as: str, layout: Layout = fit) -> Workbook:
    """Return the visible sheets of a workbook that LibreOffice converted to .fods.

    ``shown_as`` is the officer's own file, for messages; ``layout`` sets paper and type size. Raises PaperError when no
    sheet has anything to print or the file cannot be read.
    """
    try:
        found = flat_sheets(parse_flat(path))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PaperError(
            [Fault(f"The workbook cannot be read ({error}).", _SAVE_AGAIN, file=Path(shown_as))]
        ) from error
    sheets = tuple(sheet for flat in found if flat.visible for sheet in _sheet(flat, shown_as, layout))
    if not sheets:
        raise PaperError([_nothing_to_print(shown_as)])
    return Workbook(_titled(sheets), note_on_hidden_sheets(found, shown_as))


def read_csv(path: Path, shown_as: str, layout: Layout = fit) -> Workbook:
    """Return a .csv as a workbook of one sheet. Raises PaperError when it has no words or cannot be read."""
    grid, fault = csv_grid(path, shown_as)
    if fault is not None:
        raise PaperError([fault])
    if not grid.cells:
        raise PaperError([_nothing_to_print(shown_as)])
    sheet = layout(Sheet(name=Path(shown_as).stem, blocks=blocks_of(grid)))
    notes = (f"{shown_as} {sheet.unrenderable}: look at its pages.",) if sheet.unrenderable else ()
    return Workbook((replace(sheet, unrenderable=""),), notes)


def only_sheet(fods: Path, sheet_name: str) -> bytes:
    """Return the flat file with every other sheet hidden, so that Calc prints this one alone.

    Raises ValueError when there is no sheet of that name.
    """
    tree = parse_flat(fods)
    body = tree.getroot().find(f"{OFFICE}body/{OFFICE}spreadsheet")
    tables = [] if body is None else [table for table in body.iterchildren(f"{TABLE}table") if is_own_sheet(table)]
    if sheet_name not in [table.get(f"{TABLE}name") for table in tables]:
        raise ValueError(f"no sheet is called {sheet_name!r}")
    for number, table in enumerate(tables):
        if table.get(f"{TABLE}name") != sheet_name:
            _hide(tree, table, f"not-printed-{number}")
    for setting in tree.iterfind(f".//{CONFIG}config-item[@{CONFIG}name='ActiveTable']"):
        setting.text = sheet_name
    return etree.tostring(tree, encoding="utf-8", xml_declaration=True)


_SAVE_AGAIN = "Open it in Excel, save it again as .xlsx and build again."


def _nothing_to_print(shown_as: str) -> Fault:
    return Fault(
        "The workbook has nothing to print: its sheets are empty or hidden.",
        "Show the sheet that belongs in the pack (right-click a tab, Unhide) and save the workbook.",
        file=Path(shown_as),
    )


def _sheet(flat: FlatSheet, shown_as: str, layout: Layout) -> list[Sheet]:
    """Return the sheet as printed; nothing for an empty one."""
    found = grids(flat)
    reason = _unrenderable(flat)
    if not found and not reason:
        return []
    notes = notes_on(flat, found, shown_as)
    if reason:
        return [Sheet(name=flat.name, notes=notes, unrenderable=reason)]
    blocks = tuple(block for grid in found for block in blocks_of(grid))
    return [layout(Sheet(name=flat.name, blocks=blocks, notes=notes))]


def _unrenderable(flat: FlatSheet) -> str:
    """Say what on the sheet cannot be shown as text and tables; "" when nothing."""
    drawn = list(dict.fromkeys(what for row, column, what in flat.drawings if _is_printed(flat, row, column)))
    if drawn:
        return f"has {' and '.join(drawn)}"
    rows = len({row for row, _ in flat.cells})
    if flat.too_many:
        return f"has more than {MOST_CELLS:,} cells"
    return f"has {rows:,} rows" if rows > MOST_ROWS else ""


def _is_printed(flat: FlatSheet, row: int, column: int) -> bool:
    """Does what is drawn at this cell print? What belongs to the whole sheet (row -1) always does."""
    if row < 0:
        return True
    inside = not flat.print_ranges or any(area.holds(row, column) for area in flat.print_ranges)
    return inside and not is_hidden(row, flat.hidden_rows) and not is_hidden(column, flat.hidden_columns)


def _titled(sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """Title each of several sheets with its tab's name, unless that says nothing or its first caption says it."""
    if len(sheets) == 1:
        return sheets
    return tuple(replace(sheet, title=_title(sheet)) for sheet in sheets)


def _title(sheet: Sheet) -> str:
    tables = [block for block in sheet.blocks if not isinstance(block, Text)]
    captions = [cell.text for table in tables[:1] for cell in table.caption[:1]]
    said = captions and sheet.name.casefold() in captions[0].casefold()
    return "" if said or _NAMELESS.fullmatch(sheet.name) else sheet.name


def _hide(tree: etree._ElementTree, table: etree._Element, style_name: str) -> None:
    """Give a sheet a style of its own that hides it; sheets share styles."""
    styles = tree.getroot().find(f"{OFFICE}automatic-styles")
    old = table.get(f"{TABLE}style-name", "")
    if styles is None:
        raise ValueError("not a flat OpenDocument spreadsheet")
    found = [s for s in styles if s.get(f"{STYLE}name") == old and s.get(f"{STYLE}family") == "table"]
    style = copy.deepcopy(found[0]) if found else etree.Element(f"{STYLE}style", {f"{STYLE}family": "table"})
    style.set(f"{STYLE}name", style_name)
    properties = style.find(f"{STYLE}table-properties")
    if properties is None:
        properties = etree.SubElement(style, f"{STYLE}table-properties")
    properties.set(f"{TABLE}display", "false")
    styles.append(style)
    table.set(f"{TABLE}style-name", style_name)


__all__ = ["Cell", "Row", "Sheet", "Span", "Table", "Text", "Workbook", "only_sheet", "read_csv", "read_fods"]
