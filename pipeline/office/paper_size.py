"""The paper, type size and column widths with which the tables of a sheet are printed.

Widths of words are estimated in ems (1 em is the type size) from the widths of Arial and Liberation Sans letters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.office.sheet import Cell, Paper, Sheet, Table

EM = 3.88  # millimetres of an em in the 11 point of most workbooks
MARGIN = 18  # millimetres left and right, as in agenda_templates/spreadsheet.css
PADDING = 1.3  # ems: the space and rules beside a cell's words
LONGEST_WORD = 10.0  # ems: a longer word is broken
WIDEST = 24.0  # ems of a column of words; longer text wraps
WIDE_SHEET = 16  # columns: beyond this, A3

_PAPERS: dict[Paper, int] = {"portrait": 210, "landscape": 297, "a3-landscape": 420}


@dataclass(frozen=True)
class _Try:
    """A paper and type size, and how wide (in ems) a column of words may ask to be before it is made to wrap.

    ``wrap_heads``: a heading may always be made to wrap.
    """

    paper: Paper
    size: float
    widest: float
    wrap_heads: bool = False

    @property
    def room(self) -> float:
        """The width of the page between its margins, in ems."""
        return (_PAPERS[self.paper] - 2 * MARGIN) / (self.size * 25.4 / 72)


_A4 = (
    _Try("portrait", 10, 18),
    _Try("portrait", 9, 16),
    _Try("landscape", 10, 16),
    _Try("landscape", 9, 16),
    _Try("landscape", 9, 10),
    _Try("landscape", 8, 10),
    _Try("landscape", 8, 0),
    _Try("landscape", 7, 0),
)
_A3 = (
    _Try("a3-landscape", 9, 12),
    _Try("a3-landscape", 8, 10),
    _Try("a3-landscape", 8, 0),
    _Try("a3-landscape", 7, 0),
)


#: Upright first, and A4 alone: who reads large print may read it on a lap. What fits none of these becomes records.
LARGE_PRINT = (
    _Try("portrait", 18, 18),
    _Try("portrait", 18, 10, wrap_heads=True),
    _Try("landscape", 18, 16),
    _Try("landscape", 18, 10, wrap_heads=True),
)


@dataclass(frozen=True)
class _Column:
    """What a column needs, in ems: ``least`` with every word whole, ``ideal`` with lines as they are written.

    ``body``: as ``ideal``, without its headings.
    """

    least: float
    ideal: float
    body: float


def fit(sheet: Sheet) -> Sheet:
    """Return the sheet with its paper, type size and column widths set.

    The first paper on which every table fits is taken, A4 upright first. When none does, ``unrenderable`` says so, and
    the widest paper is set.
    """
    wide = max((len(table.widths) for table in sheet.tables), default=0)
    tries = _A4[:5] + _A3 + _A4[5:] if wide > WIDE_SHEET else _A4 + _A3
    if fitted := fit_one_of(tries, sheet):
        return fitted
    reason = f"has a table of {wide} columns, too wide for a page"
    columns = [_needs(table) for table in sheet.tables]
    return replace(_printed(sheet, columns, _A3[-1]), unrenderable=sheet.unrenderable or reason)


def fit_one_of(tries: Sequence[_Try], sheet: Sheet) -> Sheet | None:
    """Return the sheet as the first of these fits every table of it; None when none does."""
    columns = [_needs(table) for table in sheet.tables]
    for attempt in tries:
        if all(_fits(attempt, each) for each in columns):
            return _printed(sheet, columns, attempt)
    return None


def fits_upright(table: Table) -> bool:
    """Does the table fit across an upright A4 page in large print?"""
    columns = _needs(table)
    return any(_fits(attempt, columns) for attempt in LARGE_PRINT if attempt.paper == "portrait")


def _fits(attempt: _Try, columns: Sequence[_Column]) -> bool:
    wishes = [column.body if attempt.wrap_heads else column.ideal for column in columns]
    asked = [max(column.least, min(wish, attempt.widest)) for column, wish in zip(columns, wishes, strict=True)]
    return sum(asked) <= attempt.room


def _printed(sheet: Sheet, columns: Sequence[Sequence[_Column]], chosen: _Try) -> Sheet:
    needs = iter(columns)
    blocks = tuple(
        _with_widths(block, next(needs), chosen.room) if isinstance(block, Table) else block for block in sheet.blocks
    )
    return replace(sheet, blocks=blocks, paper=chosen.paper, font_size=chosen.size)


def _with_widths(table: Table, columns: Sequence[_Column], room: float) -> Table:
    """Give each column what it needs at least, and share what is left by what it would like."""
    least, ideal = sum(column.least for column in columns), sum(column.ideal for column in columns)
    total = max(least, min(room, max(ideal * 1.05, room * 0.4)))
    spare, wish = total - least, ideal - least
    shares = [c.least + (spare * (c.ideal - c.least) / wish if wish else spare / len(columns)) for c in columns]
    widths = tuple(round(100 * share / total, 2) for share in shares)
    return replace(table, widths=widths, width=min(100, round(100 * total / room, 1)))


def _needs(table: Table) -> tuple[_Column, ...]:
    """Return what each column needs; what a merged cell needs more is shared by its columns."""
    least, ideal, body = ([PADDING] * len(table.widths) for _ in range(3))
    merged: list[tuple[int, Cell]] = []
    for column, cell in _cells_by_column(table):
        if cell.colspan > 1:
            merged.append((column, cell))
            continue
        least[column] = max(least[column], _least(cell) + PADDING)
        ideal[column] = max(ideal[column], _ideal(cell) + PADDING)
        if cell.scope not in ("col", "colgroup"):
            body[column] = max(body[column], _ideal(cell) + PADDING)
    for column, cell in merged:
        columns = range(column, column + cell.colspan)
        lacking = _least(cell) + PADDING - sum(least[each] for each in columns)
        for each in columns:
            least[each] += max(0.0, lacking / len(columns))
    return tuple(_Column(low, max(low, high), inside) for low, high, inside in zip(least, ideal, body, strict=True))


def _cells_by_column(table: Table) -> list[tuple[int, Cell]]:
    """Return each cell with the column in which it begins, from 0, headings inside the table left out."""
    found = []
    busy = [0] * len(table.widths)  # rows for which a merged cell above takes the column
    for row in table.rows:
        cells = iter(() if row.section else row.cells)
        column = 0
        while column < len(busy):
            if busy[column]:
                busy[column] -= 1
                column += 1
                continue
            cell = next(cells, None)
            if cell is None:
                break
            found.append((column, cell))
            for taken in range(column, min(column + cell.colspan, len(busy))):
                busy[taken] = cell.rowspan - 1
            column += cell.colspan
    return found


def _least(cell: Cell) -> float:
    """A number is never broken; words wrap between words, and a word longer than most is broken."""
    heavier = 1.08 if cell.bold or cell.header else 1.0
    if cell.numeric:
        return em_width(cell.text) * heavier
    words = re.split(r"[\s/-]+", cell.text)
    return min(max(map(em_width, words)) * heavier, LONGEST_WORD) + cell.indent / EM


def _ideal(cell: Cell) -> float:
    """The longest line, up to a limit; beyond it, long text asks for a little more than short text."""
    longest = max(map(em_width, cell.text.split("\n")))
    if cell.header:
        return min(longest * 1.08, LONGEST_WORD)
    return min(longest, WIDEST) + min(max(0.0, longest - WIDEST), 200) / 16 + cell.indent / EM


def em_width(text: str) -> float:
    """Return the width of a text in ems, in Arial or Liberation Sans, within a few per cent."""
    return sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    if letter in "ijl'|":
        return 0.23
    if letter in " .,:;/ftI![]()-r\N{NO-BREAK SPACE}":
        return 0.3
    if letter in "mwMW%@&":
        return 0.83
    return 0.69 if letter.isupper() else 0.556
