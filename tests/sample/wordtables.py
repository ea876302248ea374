"""Tables of a Word file: header rows marked and repeated, merged cells, rows of totals set off."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from wordstyles import Look
from wordxml import para, rich, twips


@dataclass(frozen=True)
class Cell:
    """A table cell: its words, and how many columns or rows it covers."""

    words: str
    across: int = 1
    down: int = 1
    style: str = ""
    shade: str = ""


@dataclass(frozen=True)
class Column:
    """A table column: ``cm`` wide, its body cells set left, right or centre."""

    cm: float
    align: str = "left"


def table(
    look: Look,
    columns: Sequence[Column],
    heads: Sequence[Sequence[Cell | str]],
    rows: Iterable[Sequence[Cell | str]],
    alt: str,
    totals: int = 0,
    whole: bool = True,
    body_style: str = "TableText",
) -> str:
    """A table whose ``heads`` rows are marked as header rows and repeat over pages.

    A ``Cell`` with ``down`` covers the cells below it: leave those out of the rows below. The last ``totals``
    rows are set off as totals. A ``whole`` table is kept on one page.
    """
    grid = "".join(f'<w:gridCol w:w="{twips(column.cm)}"/>' for column in columns)
    width = sum(twips(column.cm) for column in columns)
    body = list(rows)
    lines = table_rows(look, columns, heads, "TableHeading", header=True)
    lines += table_rows(look, columns, body[: len(body) - totals], body_style)
    lines += table_rows(look, columns, body[len(body) - totals :], body_style, is_total=True)
    if whole:
        lines[:-1] = [keep_with_next(line) for line in lines[:-1]]
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="CouncilTable"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val={quoteattr(alt)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def table_rows(
    look: Look,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell | str]],
    style: str,
    header: bool = False,
    is_total: bool = False,
) -> list[str]:
    covered: dict[int, tuple[int, int]] = {}  # column -> rows still covered, columns across
    lines = []
    for row in rows:
        cells, waiting, position = [], list(row), 0
        while position < len(columns):
            if covered.get(position, (0, 1))[0] > 0:
                left, across = covered[position]
                covered[position] = (left - 1, across)
                cells.append(
                    one_cell(look, columns[position : position + across], Cell(""), style, header, is_total, "covered")
                )
                position += across
                continue
            given = waiting.pop(0)
            cell = given if isinstance(given, Cell) else Cell(given)
            merge = "start" if cell.down > 1 else ""
            if cell.down > 1:
                covered[position] = (cell.down - 1, cell.across)
            cells.append(
                one_cell(look, columns[position : position + cell.across], cell, style, header, is_total, merge)
            )
            position += cell.across
        if waiting:
            raise ValueError(f"a table row has {len(waiting)} cells too many: {row}")
        marked = "<w:tblHeader/>" if header else ""
        lines.append(f"<w:tr><w:trPr><w:cantSplit/>{marked}</w:trPr>{''.join(cells)}</w:tr>")
    return lines


def one_cell(
    look: Look, columns: Sequence[Column], cell: Cell, style: str, header: bool, is_total: bool, merge: str
) -> str:
    width = sum(twips(column.cm) for column in columns)
    span = f'<w:gridSpan w:val="{len(columns)}"/>' if len(columns) > 1 else ""
    vertical = {"start": '<w:vMerge w:val="restart"/>', "covered": "<w:vMerge/>"}.get(merge, "")
    shade = cell.shade or (look.dark if header else look.pale if is_total else "")
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    align = "center" if len(columns) > 1 and header else columns[0].align
    words = f"**{cell.words}**" if is_total and cell.words else cell.words
    keep = "<w:keepNext/>" if header else ""
    paragraph = para(rich(words), cell.style or style, f'{keep}<w:jc w:val="{align}"/>')
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{vertical}{fill}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{paragraph}</w:tc>"
    )


def keep_with_next(row: str) -> str:
    """The row, every paragraph of it kept on the page of the next."""
    return re.sub(r"(<w:pStyle [^>]+/>)(?!<w:keepNext/>)", r"\1<w:keepNext/>", row)
