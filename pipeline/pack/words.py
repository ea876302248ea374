"""What a PDF paper says, as far as placing it needs to know."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2

#: A report's sign-off table stands near its end; a paper of more pages is looked at from behind.
MOST_PAGES = 60


def page_mentions_all(pdf: Path, words: Sequence[str]) -> bool:
    """Does one page (or two that follow each other) say all of these words, whatever their case?

    A page that cannot be read says nothing.
    """
    before = ""
    for text in _texts(pdf):
        if all(word in before + text for word in words):
            return True
        before = text
    return False


def _texts(pdf: Path) -> Iterator[str]:
    """The text of each page in lower case, the last page first."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in reversed(range(max(0, len(document) - MOST_PAGES), len(document))):
            page = document[number]
            text = page.get_textpage()
            yield " ".join(text.get_text_bounded().lower().split())
            text.close()
            page.close()


def pages_without_words(pdf: Path) -> tuple[int, ...]:
    """Return the pages, from 1, that show something and have no words to search or read out: scans, as a rule."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            if not text.get_text_bounded().strip() and next(page.get_objects(max_depth=1), None) is not None:
                found.append(number + 1)
            text.close()
            page.close()
    return tuple(found)
