"""The words of a cell in a flat OpenDocument spreadsheet, line by line, as they show."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from pipeline.office.cell_styles import CellStyle, Styles, TextStyle
from pipeline.office.sheet import Span

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
DIGIT_WIDTH = 2.0  # millimetres of a digit in the usual 11 point; a General number shows what its column holds
MOST_DIGITS = 11  # and never more than this, in Excel and in Calc
LEAST_DIGITS = 6  # nor fewer here: our columns are wider than a squeezed one in the workbook

Lines = tuple[tuple[Span, ...], ...]


def read_lines(
    cell: etree._Element, style: CellStyle, styles: Styles, number_width: float | None
) -> tuple[Lines, bool]:
    """Return the lines of a cell, and whether words in it cannot be seen because they have their background's colour.

    ``number_width``: for a number, the width of its column in millimetres. Comments are not part of a cell's words.
    """
    read = [tuple(_runs(line, style, styles)) for line in cell.iterchildren(f"{TEXT}p")]
    seen = [tuple(span for span, visible in line if visible) for line in read]
    concealed = any(not visible and span.text.strip() for line in read for span, visible in line)
    lines = tuple(_merged(line) for line in seen)
    if number_width is not None:
        lines = tuple(_tidy_number(line, number_width if style.general else None) for line in lines)
    return _without_empty_ends(lines), concealed


def _runs(paragraph: etree._Element, style: CellStyle, styles: Styles) -> Iterator[tuple[Span, bool]]:
    """Yield each run of words with whether it shows."""
    for text, name, href in _walk(paragraph, "", ""):
        run = styles.text(name) if name else TextStyle()
        colour = style.colour if run.colour is None else run.colour
        visible = not colour or colour != (style.fill or "#ffffff")
        bold = style.bold if run.bold is None else run.bold
        italic = style.italic if run.italic is None else run.italic
        yield Span(text, bold=bold, italic=italic, script=run.script, href=href), visible


def _walk(element: etree._Element, style: str, href: str) -> Iterator[tuple[str, str, str]]:
    """Yield (words, style name, link) in reading order."""
    if element.text:
        yield _spaced(element.text), style, href
    for child in element:
        if child.tag == f"{TEXT}s":
            yield "\N{NO-BREAK SPACE}" * int(child.get(f"{TEXT}c", "1")), style, href
        elif child.tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            yield " ", style, href
        elif child.tag == f"{TEXT}a":
            yield from _walk(child, style, _safe_link(child.get(f"{XLINK}href", "")))
        elif str(child.tag).startswith(TEXT):
            yield from _walk(child, child.get(f"{TEXT}style-name", style), href)
        if child.tail:
            yield _spaced(child.tail), style, href


def _spaced(text: str) -> str:
    """XML's own white space counts as one space (OpenDocument 1.3 part 3, 6.1.2)."""
    return re.sub(r"[ \t\r\n]+", " ", text)


def _safe_link(href: str) -> str:
    return href if re.match(r"(?i)(https?://|mailto:)", href) else ""


def _merged(line: tuple[Span, ...]) -> tuple[Span, ...]:
    """Join neighbours of one style."""
    merged: list[Span] = []
    for span in line:
        if merged and _look(merged[-1]) == _look(span):
            last = merged.pop()
            span = Span(last.text + span.text, span.bold, span.italic, span.script, span.href)
        if span.text:
            merged.append(span)
    return tuple(merged)


def _look(span: Span) -> tuple[bool, bool, str, str]:
    return span.bold, span.italic, span.script, span.href


def _tidy_number(line: tuple[Span, ...], width: float | None) -> tuple[Span, ...]:
    """Take off the blanks that accounting formats pad with; shorten a General number to what its column shows."""
    if len(line) != 1:
        return line
    text = line[0].text.replace("\N{NO-BREAK SPACE}", " ").strip()
    text = re.sub(r"^([-(]?[£$€]) +|(?<=[£$€]) +", r"\1", text)
    shown = text if width is None else shorten(text, int(width / DIGIT_WIDTH))
    return (Span(shown, line[0].bold, line[0].italic, line[0].script, line[0].href),)


def shorten(number: str, places: int) -> str:
    """Return a General number as its column shows it: 0.333333333333333 in eight places is 0.333333.

    Whole numbers stay whole: digits before the point are never lost.
    """
    if not re.fullmatch(r"-?\d+\.\d+", number):
        return number
    room = max(LEAST_DIGITS, min(places, MOST_DIGITS))
    if len(number) <= room:
        return number
    whole = number.partition(".")[0]
    decimals = max(0, room - len(whole) - 1)
    short = str(Decimal(number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    short = short.rstrip("0").rstrip(".") if "." in short else short
    return "0" if short == "-0" else short


def _without_empty_ends(lines: Lines) -> Lines:
    def empty(line: tuple[Span, ...]) -> bool:
        return not any(span.text.strip() for span in line)

    kept = list(lines)
    while kept and empty(kept[0]):
        kept.pop(0)
    while kept and empty(kept[-1]):
        kept.pop()
    return tuple(kept)
