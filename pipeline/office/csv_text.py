"""A .csv file as a grid of cells: its encoding and delimiter found out, its numbers known by their looks."""

import codecs
import csv
import re
from collections import Counter
from io import StringIO
from pathlib import Path

from pipeline.errors import Fault
from pipeline.office.grid import Grid
from pipeline.office.sheet import Cell, Span

DELIMITERS = ",;\t|"
_NUMBER = re.compile(r"[-+(]?\s*[£$€]?\s*-?\d{1,3}(,\d{3})*(\.\d+)?\s*%?\)?|[-+(]?[£$€]?-?\d+(\.\d+)?\s*%?\)?")
_CODE = re.compile(r"0\d+")  # a telephone number or a reference, not a number


def decode_csv(data: bytes) -> str:
    """Return the words of a .csv: UTF-8 or UTF-16 with or without a mark, else the Windows code page of Excel.

    Raises ValueError for what is none of these, or is no text at all.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    if b"\0" in data:
        raise ValueError("not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def csv_rows(text: str) -> list[list[str]]:
    """Return the fields of each line. A first line "sep=;" names the delimiter (Excel's own). Raises csv.Error."""
    first, _, rest = text.partition("\n")
    named = re.fullmatch(r"sep=(.)\r?", first)
    if named:
        return _split(rest, named.group(1))
    return _split(text, _delimiter(text))


def _split(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _delimiter(text: str) -> str:
    """Return the delimiter that parts most of the lines into the same number of fields, more than one."""

    def merit(delimiter: str) -> tuple[int, int]:
        try:
            rows = _split(text[:100_000], delimiter)[:-1] if len(text) > 100_000 else _split(text, delimiter)
        except csv.Error:
            return 0, 0
        counts = Counter(len(row) for row in rows if any(row))
        fields, lines = max(counts.items(), key=lambda pair: (pair[0] > 1, pair[1]), default=(1, 0))
        return (lines, fields) if fields > 1 else (0, 0)

    return max(DELIMITERS, key=merit)


def csv_grid(path: Path, shown_as: str) -> tuple[Grid, Fault | None]:
    """Return the grid of a .csv, or an empty one and what is wrong with the file. Raises OSError."""
    try:
        rows = csv_rows(decode_csv(path.read_bytes()))
    except (ValueError, csv.Error) as error:
        return Grid(0, 0, {}), _fault(error, shown_as)
    return _grid(rows), None


def _fault(error: Exception, shown_as: str) -> Fault:
    if isinstance(error, csv.Error):
        return Fault(
            f"The columns cannot be told apart: {error}.",
            "Open it in Excel, look for a quotation mark that is not closed, and save it as .xlsx.",
            file=Path(shown_as),
        )
    return Fault(
        "This is not a text file that Excel or another program saved as CSV.",
        "Open it in the program that made it and save it again as 'CSV UTF-8'.",
        file=Path(shown_as),
    )


def _grid(rows: list[list[str]]) -> Grid:
    """A column counts as numbers when all its fields but the first few (its heading) look like one."""
    kept = [(index, row) for index, row in enumerate(rows) if any(field.strip() for field in row)]
    columns = max((len(row) for _, row in kept), default=0)
    numeric = {column for column in range(columns) if _is_numeric([row for _, row in kept], column)}
    cells = {}
    for at, (_, row) in enumerate(kept):
        for column, words in enumerate(row):
            if words.strip():
                cells[at, column] = _cell(words, column in numeric and looks_numeric(words))
    used = max((column for _, column in cells), default=-1) + 1
    gaps = frozenset(at for at in range(1, len(kept)) if kept[at][0] - kept[at - 1][0] > 1)
    return Grid(len(kept), used, cells, gaps=gaps, column_widths=(0.0,) * used, first_row_is_header=True)


def _is_numeric(rows: list[list[str]], column: int) -> bool:
    """Do most fields below the first look like numbers, and none like a code that begins with 0?"""
    fields = [row[column].strip() for row in rows[1:] if column < len(row) and row[column].strip()]
    numbers = sum(looks_numeric(field) for field in fields)
    return numbers * 2 > len(fields) and not any(_CODE.fullmatch(field) for field in fields)


def looks_numeric(words: str) -> bool:
    """Is it a number as written in a table: 1,234.50, (200), -£3, 12.5%?"""
    return bool(_NUMBER.fullmatch(words.strip()))


def _cell(words: str, numeric: bool) -> Cell:
    lines = tuple((Span(line.strip()),) if line.strip() else () for line in words.strip().splitlines())
    return Cell(lines=lines, align="right" if numeric else "left", numeric=numeric)
