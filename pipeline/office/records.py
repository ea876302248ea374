"""A table too wide for large print as records: one for each row, its name above a line for each column.

Nothing is lost: a heading over several columns stands in the label of each of them, a merged value in each record that
it covers, and a column without any value is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.office.paper_size import LARGE_PRINT, PADDING, em_width, fit, fit_one_of, fits_upright
from pipeline.office.sheet import Cell, Record, Records, Row, Sheet, Table

JOINT = " – "
MOST_LINES = 10_000  # of records of a sheet: some 700 pages, a minute and a gigabyte of WeasyPrint
_LONGEST_CODE = 8  # characters: a first column of these does not name a row by itself
_LONGEST_NAME = 60  # characters, of a second column that does
_LEAST_SHARE, _SHARE_BESIDE_WORDS, _SHARE_BESIDE_NUMBERS = 20, 46, 66  # of 100
_LONG_VALUE = 9.0  # ems: longer than a number in millions


@dataclass(frozen=True)
class _Reading:
    """A table as it is read off: ``grid`` has for every row and column the cell that covers it, None for none.

    ``labels`` are the columns' headings, ``names`` the columns that name the rows.
    """

    table: Table
    grid: tuple[tuple[Cell | None, ...], ...]
    labels: tuple[str, ...]
    names: tuple[int, ...]

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(column for column in range(len(self.labels)) if column not in self.names)


def fit_large_print(sheet: Sheet) -> Sheet:
    """Return the sheet in 18 point on A4: its tables as they are where all fit, else those that do not as records.

    A sheet that Calc must print (``unrenderable``, and no blocks) stays so. One that would fill more than MOST_LINES
    lines of records keeps its ordinary size.
    """
    if fitted := fit_one_of(LARGE_PRINT, sheet):
        return fitted
    if sum(len(table.rows) * len(table.widths) for table in sheet.tables if not fits_upright(table)) > MOST_LINES:
        return fit(sheet)
    blocks = tuple(
        as_records(block) if isinstance(block, Table) and not fits_upright(block) else block for block in sheet.blocks
    )
    return fit_large_print(replace(sheet, blocks=blocks))


def as_records(table: Table) -> Records:
    """Return the table as records, in the order of its rows; its sections stay, each with its heading."""
    reading = _read(table)
    sections: list[tuple[Cell | None, list[Record]]] = []
    for number, (row, cells) in enumerate(_body(reading), 1):
        if row.section or not sections:
            sections.append((row.cells[0] if row.section else None, []))
        if not row.section:
            sections[-1][1].append(_record(reading, cells, number))
    found = tuple((heading, tuple(records)) for heading, records in sections)
    return Records(
        sections=found,
        caption=(*table.caption, *_headings_over_all(table)),
        named_by=tuple(reading.labels[column] for column in reading.names if reading.labels[column]),
        empty=tuple(reading.labels[column] for column in _empty(reading) if reading.labels[column]),
        blanks=_has_blanks(reading),
        share=_share([line for _, records in found for record in records for line in record.lines]),
    )


def _read(table: Table) -> _Reading:
    grid = _spread(table)
    columns = range(len(table.widths))
    labels = tuple(JOINT.join(_headings(grid[: table.header_rows], column)) for column in columns)
    return _Reading(table, grid, labels, _names(table, grid))


def _spread(table: Table) -> tuple[tuple[Cell | None, ...], ...]:
    """Put each cell into every position that it covers."""
    grid: list[list[Cell | None]] = [[None] * len(table.widths) for _ in table.rows]
    for index, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            while column < len(table.widths) and grid[index][column] is not None:
                column += 1
            for below in grid[index : index + cell.rowspan]:
                below[column : column + cell.colspan] = [cell] * len(below[column : column + cell.colspan])
            column += cell.colspan
    return tuple(tuple(line) for line in grid)


def _headings(head: Sequence[Sequence[Cell | None]], column: int) -> list[str]:
    """The headings above a column, the widest first; one over the whole table is none of its own."""
    found: list[str] = []
    for line in head:
        cell = line[column]
        words = _words(cell)
        if words and words not in found[-1:] and cell is not None and not _over_all(cell, len(line)):
            found.append(words)
    return found


def _headings_over_all(table: Table) -> tuple[Cell, ...]:
    cells = [cell for row in table.head for cell in row.cells if cell.lines]
    return tuple(cell for cell in cells if _over_all(cell, len(table.widths)))


def _over_all(heading: Cell, columns: int) -> bool:
    return heading.colspan == columns > 1


def _names(table: Table, grid: Sequence[Sequence[Cell | None]]) -> tuple[int, ...]:
    """The first column names a row; where it holds codes or groups, the second does it with the first."""
    body = [line for row, line in zip(table.rows, grid, strict=True) if not row.section][table.header_rows :]
    if len(table.widths) < 3:
        return (0,)
    first, second = ([line[column] for line in body if _words(line[column])] for column in (0, 1))
    own = [cell for cell in first if cell is not None and cell.colspan == 1]
    codes = all(_is_code(_words(cell)) for cell in own)
    grouped = any(cell.rowspan > 1 for cell in own)
    words = all(cell and not cell.numeric and len(_words(cell)) <= _LONGEST_NAME for cell in second)
    return (0, 1) if own and second and words and (codes or grouped) else (0,)


def _is_code(words: str) -> bool:
    return len(words) <= _LONGEST_CODE and any(letter.isdigit() for letter in words)


def _body(reading: _Reading) -> list[tuple[Row, tuple[Cell | None, ...]]]:
    head = reading.table.header_rows
    return list(zip(reading.table.rows[head:], reading.grid[head:], strict=True))


def _record(reading: _Reading, cells: Sequence[Cell | None], number: int) -> Record:
    """``number``: of the row, from 1, for a row without a name."""
    names = _distinct([cells[column] for column in reading.names])
    values = _distinct([cells[column] for column in reading.values])
    said = {id(cell) for cell in names}
    return Record(
        name=tuple((_labels(reading, cells, cell) if cell.numeric else "", cell) for cell in names),
        lines=tuple((_labels(reading, cells, cell), cell) for cell in values if id(cell) not in said),
        number=number,
    )


def _distinct(cells: Sequence[Cell | None]) -> list[Cell]:
    """The cells that say something, each once."""
    found = {id(cell): cell for cell in cells if cell is not None and _words(cell)}
    return list(found.values())


def _labels(reading: _Reading, cells: Sequence[Cell | None], cell: Cell) -> str:
    """The heading of the cell's column; those of all its columns for a merged one."""
    labels = [reading.labels[column] for column, other in enumerate(cells) if other is cell]
    return "; ".join(dict.fromkeys(label for label in labels if label))


def _share(lines: Sequence[tuple[str, Cell]]) -> int:
    """Give the labels what the longest wants, so that values stand near; but leave room to numbers, more to words."""
    longest = max((em_width(label) for label, _ in lines), default=0.0)
    wordy = any(max(map(em_width, cell.text.split("\n"))) > _LONG_VALUE for _, cell in lines)
    wanted = 100 * (longest + PADDING) / LARGE_PRINT[0].room
    return round(max(_LEAST_SHARE, min(wanted, _SHARE_BESIDE_WORDS if wordy else _SHARE_BESIDE_NUMBERS)))


def _empty(reading: _Reading) -> tuple[int, ...]:
    """The columns of values in which no row has anything."""
    used = {column for cells in _rows(reading) for column, cell in enumerate(cells) if _words(cell)}
    return tuple(column for column in reading.values if column not in used)


def _has_blanks(reading: _Reading) -> bool:
    """Has a row nothing in a column in which others have something?"""
    columns = set(reading.values) - set(_empty(reading))
    return any(not _words(cells[column]) for cells in _rows(reading) for column in columns)


def _rows(reading: _Reading) -> list[tuple[Cell | None, ...]]:
    return [cells for row, cells in _body(reading) if not row.section]


def _words(cell: Cell | None) -> str:
    return " ".join(cell.text.split()) if cell is not None else ""
