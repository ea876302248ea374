"""What of a sheet is not in the pack, or may not be what its author meant, said for the officer."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from pipeline.office.flat_ods import FlatCell, FlatSheet, address, column_name
from pipeline.office.grid import Grid, is_hidden

MOST_NAMED = 8  # addresses named in one note


def notes_on(sheet: FlatSheet, grids: Sequence[Grid], shown_as: str) -> tuple[str, ...]:
    """Return the notes on one visible sheet, each a sentence that names the file, the sheet and the cells."""
    found = (
        _hidden(sheet),
        _outside(sheet),
        _concealed(sheet),
        _errors(sheet),
        _volatile(sheet),
        _comments(sheet),
        _colours(sheet, grids),
    )
    return tuple(f"{shown_as}, sheet '{sheet.name}': {words}" for words in found if words)


def note_on_hidden_sheets(sheets: Iterable[FlatSheet], shown_as: str) -> tuple[str, ...]:
    names = [f"'{sheet.name}'" for sheet in sheets if not sheet.visible and sheet.cells]
    if not names:
        return ()
    if len(names) == 1:
        return (f"{shown_as}: sheet {names[0]} is hidden in the workbook and is not in the pack.",)
    return (f"{shown_as}: sheets {_listed(names)} are hidden in the workbook and are not in the pack.",)


def _hidden(sheet: FlatSheet) -> str:
    rows = sorted({row for row, _ in sheet.cells if is_hidden(row, sheet.hidden_rows)})
    columns = sorted({column for _, column in sheet.cells if is_hidden(column, sheet.hidden_columns)})
    parts = []
    if rows:
        parts.append(_runs("row", rows, lambda row: str(row + 1)))
    if columns:
        parts.append(_runs("column", columns, column_name))
    if not parts:
        return ""
    several = len(rows) + len(columns) > 1
    verb = "are" if several else "is"
    return f"{' and '.join(parts)} {verb} hidden in the workbook and {verb} not in the pack."


def _runs(noun: str, numbers: list[int], name: Callable[[int], str]) -> str:
    """Return "rows 4-6, 9"; "column C"."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    words = [name(run[0]) if len(run) == 1 else f"{name(run[0])}-{name(run[-1])}" for run in runs]
    return f"{noun}{'s' if len(numbers) > 1 else ''} {', '.join(words)}"


def _outside(sheet: FlatSheet) -> str:
    if not sheet.print_ranges:
        return ""
    spots = [
        spot
        for spot in sorted(sheet.cells)
        if not any(area.holds(*spot) for area in sheet.print_ranges) and not is_hidden(spot[0], sheet.title_rows)
    ]
    if not spots:
        return ""
    areas = _listed([str(area) for area in sheet.print_ranges])
    return f"the workbook prints {areas} only; what stands outside ({_addresses(spots)}) is not in the pack."


def _concealed(sheet: FlatSheet) -> str:
    spots = [spot for spot, cell in sorted(sheet.cells.items(), key=lambda pair: pair[0]) if cell.concealed]
    if not spots:
        return ""
    return f"{_addresses(spots)} has words in the colour of their background; they are not in the pack."


def _errors(sheet: FlatSheet) -> str:
    found = [f"{address(*spot)} shows {cell.error}" for spot, cell in _shown(sheet) if cell.error]
    return f"{_listed(found)}. Correct the formula in the workbook." if found else ""


def _volatile(sheet: FlatSheet) -> str:
    found = [f"{address(*spot)} uses {cell.volatile}()" for spot, cell in _shown(sheet) if cell.volatile]
    if not found:
        return ""
    return f"{_listed(found)}, so it changes each time the pack is built. Type the value in its place."


def _comments(sheet: FlatSheet) -> str:
    if not sheet.comments:
        return ""
    several = sheet.comments > 1
    return f"{sheet.comments} comment{'s' if several else ''} {'are' if several else 'is'} not in the pack."


def _colours(sheet: FlatSheet, grids: Sequence[Grid]) -> str:
    if sheet.coloured_by_rule:
        return "colours that the workbook sets by rule (conditional formatting) are not in the pack."
    if any(cell.fill and not cell.lines for grid in grids for cell in grid.cells.values()):
        return (
            "some cells say something by colour alone; write the word in the cell as well, for those who cannot see it."
        )
    return ""


def _shown(sheet: FlatSheet) -> list[tuple[tuple[int, int], FlatCell]]:
    return [
        (spot, cell)
        for spot, cell in sorted(sheet.cells.items(), key=lambda pair: pair[0])
        if not is_hidden(spot[0], sheet.hidden_rows) and not is_hidden(spot[1], sheet.hidden_columns)
    ]


def _addresses(spots: Sequence[tuple[int, int]]) -> str:
    return _listed([address(*spot) for spot in spots])


def _listed(words: Sequence[str]) -> str:
    """Return "A, B and C"; beyond eight, "A, B ... and 12 others"."""
    if len(words) > MOST_NAMED:
        return f"{', '.join(words[:MOST_NAMED])} and {len(words) - MOST_NAMED} others"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
