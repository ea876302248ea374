"""What is left of a sheet once all that a person does not see is taken away: a grid of visible cells.

Rows and columns count from 0 among those that are kept. Empty rows are dropped and remembered as gaps.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from pipeline.office.flat_ods import Area, FlatCell, FlatSheet
from pipeline.office.sheet import Cell


@dataclass(frozen=True)
class Grid:
    """The visible cells of one printed area. A position under a merged cell, or empty, is not in ``cells``.

    ``gaps``: rows that had an empty row above them. ``title_rows`` repeat on every page in the workbook; ``label_rows``
    are heading rows of its named tables. ``column_widths`` are the workbook's, in millimetres.
    """

    rows: int
    columns: int
    cells: dict[tuple[int, int], Cell]
    gaps: frozenset[int] = frozenset()
    title_rows: frozenset[int] = frozenset()
    label_rows: frozenset[int] = frozenset()
    column_widths: tuple[float, ...] = ()
    first_row_is_header: bool = False

    def row(self, row: int) -> dict[int, Cell]:
        """The cells with words that begin in this row, by column from the left."""
        return self._worded.get(row, {})

    @cached_property
    def left(self) -> int:
        """The first column that has words."""
        return min((column for cells in self._worded.values() for column in cells), default=0)

    @cached_property
    def _worded(self) -> dict[int, dict[int, Cell]]:
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items(), key=lambda pair: pair[0]):
            if cell.lines:
                rows.setdefault(row, {})[column] = cell
        return rows


@dataclass
class _View:
    """The kept rows and columns of an area, as the workbook counts them."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)


def grids(sheet: FlatSheet) -> list[Grid]:
    """Return a grid for each print range that shows something; for the whole sheet when it has none."""
    if not sheet.cells:
        return []
    areas = sheet.print_ranges or (used_area(sheet),)
    return [grid for area in areas if (grid := _grid(sheet, area)).cells]


def used_area(sheet: FlatSheet) -> Area:
    rows, columns = [row for row, _ in sheet.cells], [column for _, column in sheet.cells]
    return Area(min(rows), min(columns), max(rows), max(columns))


def is_hidden(index: int, runs: list[range]) -> bool:
    return any(index in run for run in runs)


def _grid(sheet: FlatSheet, area: Area) -> Grid:
    spots = {
        spot: found
        for spot in sorted(sheet.cells)
        if not sheet.cells[spot].concealed or sheet.cells[spot].lines
        if (found := _visible_part(sheet, spot, area)) is not None
    }
    starts = {(part.top, part.left): (spot, part) for spot, part in spots.items()}
    view = _view(sheet, [part for _, part in starts.values()])
    row_at = {row: index for index, row in enumerate(view.rows)}
    column_at = {column: index for index, column in enumerate(view.columns)}
    cells = {}
    for (row, column), (spot, part) in starts.items():
        rowspan = sum(part.top <= each <= part.bottom for each in view.rows) if part.bottom > part.top else 1
        colspan = sum(part.left <= each <= part.right for each in view.columns) if part.right > part.left else 1
        cells[row_at[row], column_at[column]] = _cell(sheet.cells[spot], rowspan, colspan)
    _colour_empty_cells(sheet, view, cells)
    return Grid(
        rows=len(view.rows),
        columns=len(view.columns),
        cells=cells,
        gaps=frozenset(i for i, row in enumerate(view.rows) if i and _gap(sheet, view.rows[i - 1], row)),
        title_rows=frozenset(i for i, row in enumerate(view.rows) if is_hidden(row, sheet.title_rows)),
        label_rows=frozenset(i for i, row in enumerate(view.rows) if row in sheet.label_rows),
        column_widths=tuple(sheet.width(column) for column in view.columns),
    )


def _visible_part(sheet: FlatSheet, spot: tuple[int, int], area: Area) -> Area | None:
    """Return what shows of a cell, merged or not: the part that is neither hidden nor outside the printed area.

    Rows that repeat on every page also print above an area that begins below them.
    """
    cell = sheet.cells[spot]
    rows = [
        row
        for row in range(spot[0], spot[0] + cell.rowspan)
        if (area.top <= row <= area.bottom or (row < area.top and is_hidden(row, sheet.title_rows)))
        and not is_hidden(row, sheet.hidden_rows)
    ]
    columns = [
        column
        for column in range(spot[1], spot[1] + cell.colspan)
        if area.left <= column <= area.right and not is_hidden(column, sheet.hidden_columns)
    ]
    return Area(rows[0], columns[0], rows[-1], columns[-1]) if rows and columns else None


def _view(sheet: FlatSheet, parts: list[Area]) -> _View:
    """Keep rows in which something begins, and columns from the first used to the last, empty runs as one."""
    if not parts:
        return _View()
    used = {part.left for part in parts}
    rightmost = max(part.left if part.left == part.right else _last_used(used, part) for part in parts)
    columns: list[int] = []
    for column in range(min(used), rightmost + 1):
        if is_hidden(column, sheet.hidden_columns):
            continue
        if column in used or _has_fill(sheet, column) or (columns and columns[-1] in used):
            columns.append(column)
    return _View(sorted({part.top for part in parts}), columns)


def _last_used(used: set[int], part: Area) -> int:
    """A title merged over more columns than the table has does not make the table wider."""
    return max(column for column in used if column <= part.right)


def _has_fill(sheet: FlatSheet, column: int) -> bool:
    return any(area.left <= column <= area.right for area, _ in sheet.fills)


def _gap(sheet: FlatSheet, above: int, below: int) -> bool:
    """Is there a visible row between two rows that are printed one after the other?"""
    if below - above <= 1:
        return False
    hidden = sum(
        max(0, min(run.stop, below) - max(run.start, above + 1)) for run in sheet.hidden_rows if run.start < below
    )
    return below - above - 1 > hidden


def _cell(found: FlatCell, rowspan: int, colspan: int) -> Cell:
    style = found.style
    spans = [span for line in found.lines for span in line if span.text.strip()]
    bold, italic = all(span.bold for span in spans), all(span.italic for span in spans)
    lines = tuple(
        tuple(replace(span, bold=span.bold and not bold, italic=span.italic and not italic) for span in line)
        for line in found.lines
    )
    return Cell(
        lines=lines,
        rowspan=rowspan,
        colspan=colspan,
        bold=bold,
        italic=italic,
        struck=style.struck,
        align=style.align or ("right" if found.numeric else "left"),
        numeric=found.numeric,
        fill=style.fill if style.fill != "#ffffff" else "",
        indent=round(style.indent, 1),
    )


def _colour_empty_cells(sheet: FlatSheet, view: _View, cells: dict[tuple[int, int], Cell]) -> None:
    """Keep the colour of cells without words (a chart drawn with coloured cells, a traffic light) within the grid."""
    covered = {
        (row + down, column + across)
        for (row, column), cell in cells.items()
        for down in range(cell.rowspan)
        for across in range(cell.colspan)
    }
    for area, fill in sheet.fills:
        if fill == "#ffffff":
            continue
        rows = [i for i, row in enumerate(view.rows) if area.top <= row <= area.bottom]
        columns = [j for j, column in enumerate(view.columns) if area.left <= column <= area.right]
        for spot in product(rows, columns):
            if spot not in covered:
                cells[spot] = Cell(fill=fill)
