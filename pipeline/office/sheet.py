"""What a spreadsheet prints: sheets of tables and text, made of cells as a person sees them.

Nothing here knows a file format, a page or a template; lengths are in millimetres and points as named.
"""

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]
Paper = Literal["portrait", "landscape", "a3-landscape"]


@dataclass(frozen=True)
class Span:
    """A run of text of one style. ``href`` is http, https or mailto, else ""; ``script`` raises or lowers the text."""

    text: str
    bold: bool = False
    italic: bool = False
    script: Literal["", "super", "sub"] = ""
    href: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell as printed. ``scope`` is that of HTML's th ("" for a cell that is no header).

    ``numeric``: the workbook holds a number, date or time here, whatever it looks like. ``fill`` is "#rrggbb" or "";
    ``indent`` is in millimetres.
    """

    lines: tuple[tuple[Span, ...], ...] = ()
    rowspan: int = 1
    colspan: int = 1
    bold: bool = False
    italic: bool = False
    struck: bool = False
    align: Align = "left"
    numeric: bool = False
    scope: Literal["", "col", "colgroup", "row", "rowgroup"] = ""
    fill: str = ""
    indent: float = 0

    @property
    def text(self) -> str:
        """The words, with a line break as ``\\n``."""
        return "\n".join("".join(span.text for span in line) for line in self.lines)

    @property
    def header(self) -> bool:
        return bool(self.scope)

    @property
    def ink(self) -> str:
        """Black or white, whichever can be read on ``fill`` (relative luminance as in WCAG 2.2)."""
        shares = zip((1, 3, 5), (0.2126, 0.7152, 0.0722), strict=True)
        light = sum(share * (int(self.fill[at : at + 2], 16) / 255) ** 2.2 for at, share in shares) if self.fill else 1
        return "#000" if light > 0.18 else "#fff"


@dataclass(frozen=True)
class Row:
    """The cells that begin in a row (a cell covered by a merged one is not there). ``gap``: an empty row stood above.

    ``section``: a heading inside the table, one cell over all its columns. ``keep``: on one page with the row below.
    """

    cells: tuple[Cell, ...]
    gap: bool = False
    section: bool = False
    keep: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its first ``header_rows`` rows repeat on every page; ``caption`` holds the title lines above it.

    ``widths`` are the columns' shares of the table and add up to 100 (before ``paper_size.fit``: millimetres in the
    workbook); ``width`` is the table's share of the page, of 100.
    """

    rows: tuple[Row, ...]
    header_rows: int = 0
    caption: tuple[Cell, ...] = ()
    widths: tuple[float, ...] = ()
    width: float = 100

    @property
    def head(self) -> tuple[Row, ...]:
        return self.rows[: self.header_rows]

    @property
    def sections(self) -> tuple[tuple[Row, ...], ...]:
        """The rows below the header; each heading inside the table begins a new run."""
        sections: list[list[Row]] = []
        for row in self.rows[self.header_rows :]:
            if row.section or not sections:
                sections.append([])
            sections[-1].append(row)
        return tuple(tuple(section) for section in sections)


@dataclass(frozen=True)
class Record:
    """One row of a table written out: ``lines`` are (label, value), the label "" in a column without heading.

    ``name`` are (label, cell); only a number among them has a label. Without a name, ``number`` is the row's, from 1.
    """

    name: tuple[tuple[str, Cell], ...]
    lines: tuple[tuple[str, Cell], ...]
    number: int


@dataclass(frozen=True)
class Records:
    """A table too wide for large print, row by row: ``sections`` are (heading inside the table or None, its records).

    ``named_by`` are the headings of the columns that name the rows, ``empty`` those of columns without any value.
    ``blanks``: another column has a value in some rows only; ``share``: that of the labels of the width, of 100.
    """

    sections: tuple[tuple[Cell | None, tuple[Record, ...]], ...]
    caption: tuple[Cell, ...] = ()
    named_by: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    blanks: bool = False
    share: int = 50


@dataclass(frozen=True)
class Text:
    """Lines that stand alone in their rows: notes under a table, guidance above it. One cell a paragraph."""

    paragraphs: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet to be printed. ``name`` is its tab; ``title`` is "" when the tab's name says nothing ("Sheet1").

    ``unrenderable`` says why its tables cannot be shown as text ("has a chart"): print it with Calc itself.
    ``font_size`` is in points. ``notes`` say what is not in the pack, for the officer and not for print.
    """

    name: str
    title: str = ""
    blocks: tuple[Table | Records | Text, ...] = ()
    paper: Paper = "portrait"
    font_size: float = 10
    notes: tuple[str, ...] = ()
    unrenderable: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def landscape(self) -> bool:
        return self.paper != "portrait"


@dataclass(frozen=True)
class Workbook:
    """The visible sheets of a workbook that have something on them, in order, and what was left out of it."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()

    @property
    def all_notes(self) -> tuple[str, ...]:
        return (*self.notes, *(note for sheet in self.sheets for note in sheet.notes))
