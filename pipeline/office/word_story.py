"""A Word file as its author sees it: paragraphs in order, with their runs and drawings, and tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from pipeline.office.word_package import WP, W, WordPackage
from pipeline.office.word_styles import Look, Styles

NOT_WORDS = frozenset({f"{W}txbxContent", f"{W}pPr", f"{W}rPr", f"{W}sdtPr"})  # not part of a paragraph's own words
_SPACES = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
SHORT = 60  # letters of a quotation


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph that looks the same throughout. ``note``: the number of a footnote."""

    text: str
    look: Look
    language: str = ""
    note: bool = False


@dataclass(frozen=True, eq=False)
class Paragraph:
    """A paragraph. ``level``: 1 to 9 for a heading, else 0; ``style``: its style's name in lower case; ``table``: the
    outermost table that it stands in; ``boxed``: does it stand in a text box?"""

    element: "etree._Element"
    runs: tuple[Run, ...]
    level: int
    style: str
    style_id: str
    table: "Table | None" = None
    cell: "Cell | None" = None
    boxed: bool = False

    @cached_property
    def raw(self) -> str:
        """Its text with tabs, spaces and line breaks as typed."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def text(self) -> str:
        """Its words, white space made single."""
        return " ".join(self.raw.split())

    @property
    def quoted(self) -> str:
        return short(self.text)

    @cached_property
    def frames(self) -> "tuple[etree._Element, ...]":
        """Its drawings: wp:inline, wp:anchor, w:pict, w:object."""
        return tuple(_frames(self.element))


@dataclass(frozen=True, eq=False)
class Cell:
    """A table cell. ``column`` from 0; ``across``: how many columns it covers; ``covered``: it only continues the cell
    above; ``down``: cells below continue it."""

    element: "etree._Element"
    text: str
    column: int
    across: int
    covered: bool
    down: bool


@dataclass(frozen=True, eq=False)
class Row:
    cells: tuple[Cell, ...]
    header: bool

    @property
    def width(self) -> int:
        """How many columns its cells cover."""
        return max((cell.column + cell.across for cell in self.cells), default=0)


@dataclass(frozen=True, eq=False)
class Table:
    """A table of the text (not one inside another table). ``number`` from 1; ``inner``: the tables inside it;
    ``caption``: the line that names it, "" for none."""

    element: "etree._Element"
    number: int
    style_id: str
    rows: tuple[Row, ...]
    inner: "tuple[etree._Element, ...]"
    caption: str = ""

    @cached_property
    def cell_of(self) -> "dict[etree._Element, Cell]":
        return {cell.element: cell for row in self.rows for cell in row.cells}

    @property
    def columns(self) -> int:
        return max((row.width for row in self.rows), default=0)

    @property
    def first_words(self) -> str:
        """What its first row with words says: "Ward | Trees"."""
        for row in self.rows:
            if words := " | ".join(cell.text for cell in row.cells if cell.text):
                return words
        return ""

    @property
    def place(self) -> str:
        """How its author knows it: by its caption, else by its number and first words."""
        if self.caption:
            return f"the table '{short(self.caption)}'"
        words = f", '{short(self.first_words)}'" if self.first_words else ""
        return f"Table {self.number}{words}"


@dataclass(frozen=True, eq=False)
class Story:
    """A whole Word file. ``paragraphs`` in reading order, those of tables and text boxes where they stand."""

    package: WordPackage
    styles: Styles
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]

    @cached_property
    def body(self) -> tuple[Paragraph, ...]:
        """The paragraphs outside tables and text boxes."""
        return tuple(each for each in self.paragraphs if each.table is None and not each.boxed)

    @cached_property
    def words(self) -> int:
        return sum(len(each.text.split()) for each in self.paragraphs)


def own_runs(element: "etree._Element") -> "Iterator[etree._Element]":
    """Yield the runs of a paragraph, in links and fields too, but not those of text boxes that hang on it."""
    for child in element.iterchildren(etree.Element):
        if child.tag == f"{W}r":
            yield child
        elif child.tag not in NOT_WORDS:
            yield from own_runs(child)


def _pieces(run: "etree._Element") -> Iterator[str]:
    for child in run.iterchildren(etree.Element):
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SPACES:
            yield _SPACES[str(child.tag)]
        elif child.tag == f"{W}sym":
            yield "\N{BULLET}"


def run_text(run: "etree._Element") -> str:
    """Return what a run says."""
    return "".join(_pieces(run))


def _frames(element: "etree._Element") -> "Iterator[etree._Element]":
    """Yield the outermost drawings of a paragraph."""
    for child in element.iterchildren(etree.Element):
        if child.tag in (f"{WP}inline", f"{WP}anchor", f"{W}pict", f"{W}object"):
            yield child
        elif child.tag not in NOT_WORDS:
            yield from _frames(child)


def cell_text(cell: "etree._Element") -> str:
    """Return the words of a cell, paragraphs apart by a space."""
    paragraphs = ("".join(run_text(run) for run in own_runs(each)) for each in cell.iter(f"{W}p"))
    return " ".join(" ".join(paragraphs).split())


def short(text: str, length: int = SHORT) -> str:
    """Return a text cut to a quotation, at a word where there is one, with "..." if something is left out."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length - 3]
    word = cut.rpartition(" ")[0]
    return f"{word if len(word) > length // 2 else cut}..."
