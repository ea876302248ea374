"""On which page of the PDF made from a Word file a fault's words were printed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2

from pipeline.model import AccessibilityFault

_LEAST, _MOST = 6, 60  # letters that find a place
_NO_LETTERS = re.compile(r"[\W_]+")


def with_pages(faults: Iterable[AccessibilityFault], pdf: Path) -> tuple[AccessibilityFault, ...]:
    """Return the faults of a Word file with the page of its PDF on which their quotation first stands.

    A fault keeps its pages if it has some; it stays without where its words are not found, or there are too few.
    """
    faults = tuple(faults)
    wanted = [fault for fault in faults if not fault.pages and len(_letters(fault.quote)) >= _LEAST]
    if not wanted:
        return faults
    texts = _texts(pdf)
    return tuple(_placed(fault, texts) if fault in wanted else fault for fault in faults)


def _placed(fault: AccessibilityFault, texts: Sequence[str]) -> AccessibilityFault:
    words = re.escape(_letters(fault.quote)[:_MOST])
    for pattern in (rf"{words}(?!\d)", words):  # words before a number stand in the list of contents
        for number, text in enumerate(texts, start=1):
            if re.search(pattern, text):
                return replace(fault, pages=(number,))
    return fault


def _letters(text: str) -> str:
    """The letters and figures of a text alone: spaces, hyphens and quotation marks differ between Word and PDF."""
    return _NO_LETTERS.sub("", text).casefold()


def _texts(pdf: Path) -> list[str]:
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return [_text(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError:
        return []


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = document[number]
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        return ""
    text = _letters(textpage.get_text_range(errors="replace"))
    textpage.close()
    page.close()
    return text
