"""A grid of cells as a person reads it: titles, tables with their header rows and row headers, and notes.

A spreadsheet says little of this itself; the rules here are what a reader goes by. What the workbook does say (rows to
repeat on every page, named tables) wins over them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.office.grid import Grid
from pipeline.office.headers import guess_header, has_own_header, is_lone, mostly_numbers
from pipeline.office.paper_size import EM, em_width
from pipeline.office.sheet import Cell, Row, Table, Text

MOST_CAPTION = 300  # characters: what is longer is text above the table, not its title
_NOTE = re.compile(r"(?i)\s*(notes?\b|source\b|\*|\(\d\)|\[\d\])")


@dataclass
class _Part:
    """A table in the making: its rows as the grid numbers them, the lone rows above it, how many rows are header."""

    caption: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    header_rows: int = 0
    text: bool = False


@dataclass(frozen=True)
class _Making:
    """What the rows of one table are made from. ``named``: its first column names the rows.

    ``covered`` are the positions that merged cells take beside the one in which they begin, ``joined`` the rows that a
    merged cell reaches into from above, ``numeric`` the columns of numbers.
    """

    grid: Grid
    part: _Part
    columns: range
    covered: frozenset[tuple[int, int]]
    joined: frozenset[int]
    numeric: frozenset[int]
    named: bool


def blocks_of(grid: Grid) -> tuple[Table | Text, ...]:
    """Return the tables and texts of a grid, in order. Column widths are not set here.

    Empty rows part a sheet; a part begins a new table only when it has a header of its own, else it goes on with the
    table above (sections of a budget below one header).
    """
    return tuple(_text(grid, part.rows) if part.text else _table(grid, part) for part in _parts(grid))


def _parts(grid: Grid) -> list[_Part]:
    parts: list[_Part] = []
    waiting: list[int] = []  # lone rows that may be the title of what follows
    for piece in _pieces(grid):
        lead, core = _peel(grid, piece)
        table = parts[-1] if parts and not parts[-1].text else None
        if not core and (table is None or not grid.title_rows):
            waiting += lead
        elif table is not None and (grid.title_rows or not has_own_header(grid, core)):
            table.rows += waiting + lead + core
            waiting = []
        else:
            parts += _new_table(grid, waiting, lead, core)
            waiting = []
    if waiting:
        parts.append(_Part(rows=waiting, text=True))
    for part in parts:
        part.header_rows = 0 if part.text else guess_header(grid, part.rows)
    return parts


def _new_table(grid: Grid, waiting: list[int], lead: list[int], core: list[int]) -> list[_Part]:
    """Begin a table; the lone rows before it become its caption, or a text where they are too much for one."""
    notes, title = _split_notes(grid, waiting)
    caption = title + lead
    if sum(len(_lone(grid, row).text) for row in caption) > MOST_CAPTION:
        notes, caption = notes + caption, []
    before = [_Part(rows=notes, text=True)] if notes else []
    return [*before, _Part(caption=caption, rows=list(core))]


def _split_notes(grid: Grid, rows: list[int]) -> tuple[list[int], list[int]]:
    """Part lone rows into notes on what stands above and the title of what comes below."""
    last = max((i for i, row in enumerate(rows) if _NOTE.match(_lone(grid, row).text)), default=-1)
    return rows[: last + 1], rows[last + 1 :]


def _pieces(grid: Grid) -> list[list[int]]:
    pieces: list[list[int]] = []
    for row in range(grid.rows):
        if not pieces or row in grid.gaps:
            pieces.append([])
        pieces[-1].append(row)
    return pieces


def _peel(grid: Grid, rows: list[int]) -> tuple[list[int], list[int]]:
    """Part the lone rows at the top of a piece from its table. A table of one column is no table but a text."""
    count = 0
    while count < len(rows) and is_lone(grid, rows[count]):
        count += 1
    if count == len(rows) - 1 and len(grid.row(rows[count])) == 1:
        count += 1  # one cell alone, wherever it stands
    return rows[:count], rows[count:]


def _lone(grid: Grid, row: int) -> Cell:
    return next(iter(grid.row(row).values()))


def _text(grid: Grid, rows: Sequence[int]) -> Text:
    return Text(tuple(replace(_lone(grid, row), colspan=1, align="left", fill="") for row in rows))


def _table(grid: Grid, part: _Part) -> Table:
    """Build the table from its rows, without the empty columns at its sides."""
    used = _all(grid, part.rows)
    left = min(column for column, _ in used)
    right = min(max(column + cell.colspan for column, cell in used), grid.columns) - 1
    body = part.rows[part.header_rows :]
    making = _Making(
        grid=grid,
        part=part,
        columns=range(left, right + 1),
        covered=_covered(grid, part.rows),
        joined=frozenset(
            row + down for row in part.rows for cell in grid.row(row).values() for down in range(1, cell.rowspan)
        ),
        numeric=frozenset(c for c in range(left, right + 1) if mostly_numbers([grid.row(r).get(c) for r in body])),
        named=_has_row_headers(grid, part, left),
    )
    caption = tuple(replace(_lone(grid, row), colspan=1, rowspan=1, align="left", fill="") for row in part.caption)
    return Table(
        rows=tuple(_row(making, index) for index in range(len(part.rows))),
        header_rows=part.header_rows,
        caption=caption,
        widths=grid.column_widths[left : right + 1],
    )


def _covered(grid: Grid, rows: Sequence[int]) -> frozenset[tuple[int, int]]:
    return frozenset(
        (row + down, column + across)
        for row in rows
        for column, cell in grid.row(row).items()
        for down in range(cell.rowspan)
        for across in range(cell.colspan)
        if down or across
    )


def _all(grid: Grid, rows: Sequence[int]) -> list[tuple[int, Cell]]:
    return [(column, cell) for row in rows for column, cell in grid.row(row).items()]


def _has_row_headers(grid: Grid, part: _Part, left: int) -> bool:
    """Does the first column name its rows: words in it, numbers beside it?"""
    body = part.rows[part.header_rows :]
    first = [cell for row in body if (cell := grid.row(row).get(left)) is not None]
    others = [cell for column, cell in _all(grid, body) if column != left]
    words = sum(not cell.numeric for cell in first)
    return bool(first) and words >= 0.8 * len(first) and any(cell.numeric for cell in others)


def _row(making: _Making, index: int) -> Row:
    grid, row = making.grid, making.part.rows[index]
    header = index < making.part.header_rows
    gap = index > 0 and row in grid.gaps
    if not header and _is_section(making, row):
        lone = replace(_lone(grid, row), colspan=len(making.columns), align="left")
        return Row((replace(lone, scope="colgroup" if lone.bold else ""),), gap=gap, section=True, keep=True)
    cells = []
    for column in making.columns:
        if (row, column) in making.covered:
            continue
        cell = _clipped(
            grid.cells.get((row, column), Cell()), len(making.part.rows) - index, making.columns.stop - column
        )
        cells.append(_as_header(cell, column in making.numeric) if header else _as_row_header(making, cell, column))
    return Row(tuple(cells), gap=gap, keep=row + 1 in making.joined)


def _is_section(making: _Making, row: int) -> bool:
    """Is it a heading inside a table: a lone cell that is bold, merged or too long for its column?"""
    grid = making.grid
    if not is_lone(grid, row) or row in making.joined or any((row, c) in grid.cells for c in making.columns[1:]):
        return False
    cell = _lone(grid, row)
    width = grid.column_widths[making.columns.start] if grid.column_widths else 0
    return cell.bold or cell.colspan > 1 or (0 < width < em_width(cell.text) * EM)


def _clipped(cell: Cell, rows_left: int, columns_left: int) -> Cell:
    return replace(cell, rowspan=min(cell.rowspan, rows_left), colspan=min(cell.colspan, columns_left))


def _as_header(cell: Cell, above_numbers: bool) -> Cell:
    """The heading of a column of numbers stands above them, at the right, unless the workbook centres it."""
    if not cell.lines:
        return cell
    align = "right" if above_numbers and cell.colspan == 1 and cell.align == "left" else cell.align
    return replace(cell, scope="colgroup" if cell.colspan > 1 else "col", fill="", align=align)


def _as_row_header(making: _Making, cell: Cell, column: int) -> Cell:
    if not making.named or column != making.columns.start or not cell.lines or cell.numeric:
        return cell
    return replace(cell, scope="rowgroup" if cell.rowspan > 1 else "row")
