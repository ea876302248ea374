"""Which rows of a grid are a table's header: what the workbook says of it, else what a reader goes by."""

import re
from collections.abc import Callable, Sequence

from pipeline.office.grid import Grid
from pipeline.office.sheet import Cell

MOST_HEADER_ROWS = 5
_YEAR = re.compile(r"(19|20)\d\d|[A-Za-z]{3,9}[- ]\d{2,4}|\d{1,2}[/. -]\w{2,9}[/. -]\d{2,4}")


def guess_header(grid: Grid, rows: Sequence[int]) -> int:
    """Return how many of the first rows are the header.

    In turn: rows the workbook repeats on each page, the heading row of a named table, rows all bold or all shaded,
    words above numbers, and in a table of words alone a first row that is full, short and without repetition.
    """
    said = max((i + 1 for i, row in enumerate(rows) if row in grid.title_rows), default=0)
    if not said and rows[0] in grid.label_rows:
        said = 1
    count = said if 0 < said <= MOST_HEADER_ROWS else _emphasised(grid, rows)
    if not count and _looks_like_header(grid, rows):
        count = 1
    return _whole(grid, rows, count) if count else 0


def has_own_header(grid: Grid, core: Sequence[int]) -> bool:
    """Does a part below a table begin with a header, by emphasis or the workbook's word?"""
    below = range(core[0], grid.rows)
    return core[0] in grid.label_rows or bool(_emphasised(grid, below) if len(grid.row(core[0])) > 1 else 0)


def is_lone(grid: Grid, row: int) -> bool:
    """Does the row hold one cell of words at its left edge (or over most of its width), and nothing else?"""
    cells = grid.row(row)
    if len(cells) != 1:
        return False
    column, cell = next(iter(cells.items()))
    wide = column == grid.left or cell.colspan > grid.columns // 2
    return wide and cell.rowspan == 1 and (not cell.numeric or grid.columns == 1)


def _emphasised(grid: Grid, rows: Sequence[int]) -> int:
    """Count leading rows of labels that are all bold, or all shaded, above rows that are not."""
    marks: tuple[Callable[[Cell], bool], ...] = (lambda cell: cell.bold, lambda cell: bool(cell.fill))
    for marked in marks:
        count = 0
        while count < len(rows) and _is_label_row(grid, rows[count], marked, first=count == 0):
            count += 1
        if 0 < count < len(rows) and count <= MOST_HEADER_ROWS:
            return count
    return 0


def _is_label_row(grid: Grid, row: int, marked: Callable[[Cell], bool], first: bool) -> bool:
    """A lone cell below the first row is a heading inside the table, not a header."""
    return _labels(grid, row) and all(map(marked, grid.row(row).values())) and (first or not is_lone(grid, row))


def _labels(grid: Grid, row: int) -> bool:
    """Is every cell of the row a word, a year or a date?"""
    cells = grid.row(row).values()
    return bool(cells) and all(not cell.numeric or _YEAR.fullmatch(cell.text) for cell in cells)


def _looks_like_header(grid: Grid, rows: Sequence[int]) -> bool:
    if len(rows) < 2 or not _labels(grid, rows[0]):
        return False
    top = grid.row(rows[0])
    if len({cell.bold for cell in top.values()}) > 1:
        return False  # a bold name beside its value
    below = {column: [grid.row(row).get(column) for row in rows[1:]] for column in top}
    if len(top) > 1 and any(not top[c].numeric and mostly_numbers(cells) for c, cells in below.items()):
        return True
    words = [cell.text for cell in top.values()]
    least = 2 if grid.first_row_is_header else 3
    full = len(top) == grid.columns >= least and len(rows) >= least and len(set(words)) == len(words)
    return full and max(map(len, words)) <= 60


def mostly_numbers(cells: Sequence[Cell | None]) -> bool:
    filled = [cell for cell in cells if cell is not None]
    return bool(filled) and sum(cell.numeric for cell in filled) * 2 > len(filled)


def _whole(grid: Grid, rows: Sequence[int], count: int) -> int:
    """Take into the header what its merged cells reach down to, and the labels below a merged heading."""
    for row in rows[:count]:
        reach = max((cell.rowspan for cell in grid.row(row).values()), default=1)
        count = max(count, rows.index(row) + reach)
    spread = any(cell.colspan > 1 for cell in grid.row(rows[count - 1]).values())
    if spread and count + 1 < len(rows) and _labels(grid, rows[count]):
        count += 1
    return count if count < len(rows) and count <= MOST_HEADER_ROWS else 0
