"""Reading a Word file's body into the story that its author sees."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.office.word_package import W, WordPackage, is_on, value
from pipeline.office.word_story import NOT_WORDS, Cell, Paragraph, Row, Run, Story, Table, cell_text, own_runs, run_text
from pipeline.office.word_styles import Styles


def read_story(package: WordPackage) -> Story:
    """Return the file as paragraphs and tables."""
    styles = Styles(package.styles)
    tables: list[Table] = []
    paragraphs = tuple(_Reader(styles, tables).read(package.body))
    return Story(package, styles, paragraphs, tuple(tables))


@dataclass
class _Reader:
    """Walks the body; knows the paragraph before a table, which may be its caption."""

    styles: Styles
    tables: list[Table]
    before: str = ""

    def read(
        self,
        container: "etree._Element",
        table: Table | None = None,
        cell: Cell | None = None,
        boxed: bool = False,
    ) -> Iterator[Paragraph]:
        for child in container.iterchildren(etree.Element):
            if child.tag == f"{W}p":
                yield from self._paragraph(child, table, cell, boxed)
            elif child.tag == f"{W}tbl" and table is None and not boxed:
                yield from self._table(child)
            elif child.tag == f"{W}tc":
                yield from self.read(child, table, table.cell_of.get(child, cell) if table else cell, boxed)
            elif child.tag not in NOT_WORDS:
                yield from self.read(child, table, cell, boxed)

    def _paragraph(
        self, element: "etree._Element", table: Table | None, cell: Cell | None, boxed: bool
    ) -> Iterator[Paragraph]:
        style_id = value(element, "pPr/pStyle")
        look = (style_id, table.style_id if table else "")
        runs = tuple(run for each in own_runs(element) if (run := self._run(each, *look)))
        level = self.styles.outline_level(element)
        made = Paragraph(element, runs, level, self.styles.name(style_id), style_id, table, cell, boxed)
        yield made
        if table is None and made.text:
            self.before = made.text if self.styles.is_a(style_id, "caption") or _names_a_table(made.text) else ""
        for box in element.iter(f"{W}txbxContent"):
            if _nearest(box, f"{W}p") is element:
                yield from self.read(box, table, cell, boxed=True)

    def _run(self, element: "etree._Element", paragraph_style: str, table_style: str) -> Run | None:
        text = run_text(element)
        if not text:
            return None
        note = any(element.find(f"{W}{kind}") is not None for kind in ("footnoteReference", "endnoteReference"))
        return Run(text, self.styles.look(element, paragraph_style, table_style), value(element, "rPr/lang"), note)

    def _table(self, element: "etree._Element") -> Iterator[Paragraph]:
        inner = tuple(each for each in element.iter(f"{W}tbl") if each is not element and _in_cell_of(each, element))
        table = Table(
            element,
            len(self.tables) + 1,
            value(element, "tblPr/tblStyle"),
            tuple(_row(each) for each in _own_rows(element)),
            inner,
            self.before,
        )
        self.tables.append(table)
        self.before = ""
        yield from self.read(element, table)


def _names_a_table(text: str) -> bool:
    first, _, rest = text.partition(" ")
    return first.lower() == "table" and rest[:1].isdigit() and len(text) < 200


def _nearest(element: "etree._Element", tag: str) -> "etree._Element | None":
    return next(element.iterancestors(tag), None)


def _in_cell_of(inner: "etree._Element", table: "etree._Element") -> bool:
    """Is this table in a cell of that one, with no text box between?"""
    return next(inner.iterancestors(f"{W}tbl", f"{W}txbxContent"), None) is table


def _own_rows(table: "etree._Element") -> "list[etree._Element]":
    return [row for row in table.iter(f"{W}tr") if _nearest(row, f"{W}tbl") is table]


def _row(element: "etree._Element") -> Row:
    cells: list[Cell] = []
    column = _whole(value(element, "trPr/gridBefore"), 0)
    for each in element.iter(f"{W}tc"):
        if _nearest(each, f"{W}tr") is not element:
            continue
        across = max(1, _whole(value(each, "tcPr/gridSpan"), 1))
        merge = each.find(f"{W}tcPr/{W}vMerge")
        started = merge is not None and merge.get(f"{W}val") == "restart"
        cells.append(Cell(each, cell_text(each), column, across, merge is not None and not started, started))
        column += across
    return Row(tuple(cells), is_on(element.find(f"{W}trPr/{W}tblHeader")))


def _whole(words: str, otherwise: int) -> int:
    return int(words) if words.isdecimal() else otherwise
