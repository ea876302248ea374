"""What is not accessible in a PDF paper: scans, missing tags, pictures without words, pages that read out wrongly."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf

from pipeline.accessibility import fault, is_by_machine, page_words, says_nothing, title_says_nothing
from pipeline.model import AccessibilityFault
from pipeline.reading.pdf_paper import PdfPaper, open_paper
from pipeline.reading.pdf_structure import Element

WHOLE = "the whole paper"
PROPERTIES = "the file's properties"
LETTERS_OF_TWO_PAGES = 5000
MOST_NAMED = 6  # of the tables or pictures of a paper; the rest are counted
MOST_READ = 20  # tables whose words are looked at; it takes time
_QUOTED = 60  # letters
_SOURCE = "Give the Word or Excel file it was made from"
_DESCRIBE = "In Word: right-click the picture, View Alt Text, write what matters in it; then save as PDF again."
_MARK_HEADER = f"{_SOURCE}; in Word, mark the table's first row: Table Layout, Repeat Header Rows."
_NO_HEADER = "The table has no header cells: its cells are read out without what they mean."
_SMALL_TABLE = (
    "A table of two rows has no header cells: if the first row says what stands below, it is not read out so."
)
_TAGS = "in Word: Save As, PDF, Options, tick 'Document structure tags for accessibility'"


def pdf_faults(path: Path, shown_as: str) -> tuple[AccessibilityFault, ...]:
    """Return what is not accessible in a PDF. Never raises for a bad file: one that cannot be looked into is a fault.

    ``shown_as`` is the file as the officer wrote it.
    """
    try:
        found = tuple(_all(open_paper(path)))
    except (pikepdf.PikepdfError, OSError, RecursionError, ValueError) as error:
        message = f"The file could not be looked into ({_reason(error)}): whether it is accessible is not known."
        found = (fault("unreadable", message, WHOLE, f"{_SOURCE}, or print it to a new PDF."),)
    return tuple(replace(each, paper=shown_as) for each in found)


def _reason(error: Exception) -> str:
    return "it needs a password" if isinstance(error, pikepdf.PasswordError) else "it is damaged"


def _all(paper: PdfPaper) -> Iterator[AccessibilityFault]:
    if not paper.pages:
        message = "Its pages could not be looked at: whether their words can be read out is not known."
        yield fault("unreadable", message, WHOLE, "Print it to a new PDF, and use that.")
    yield from _pages(paper)
    yield from _properties(paper)
    if paper.tagged:
        yield from _outside(paper)
        yield from _figures(paper)
        yield from _tables(paper)
        yield from _headings(paper)
    elif paper.has_words or not (paper.scans or paper.drawn):
        yield _untagged(paper)


def _pages(paper: PdfPaper) -> Iterator[AccessibilityFault]:
    if paper.scans:
        message = f"{_are(paper.scans)} only {_pictures(paper.scans)}: no words can be read out, searched or enlarged."
        remedy = f"{_SOURCE}. If there is none, have the pages recognised by machine (OCR) and read them through."
        yield _of_pages("scan", message, paper.scans, remedy)
    if paper.drawn:
        message = (
            f"{_are(paper.drawn)} drawn without words that can be read out: a plan, or letters turned into shapes."
        )
        remedy = "Say in the report what the drawing shows, and give its words as text."
        yield _of_pages("drawn-words", message, paper.drawn, remedy)
    read = [n for n, look in enumerate(paper.pages, 1) if look.picture >= 0.5 and look.unseen_text]
    if read:
        message = f"{_are(read)} scanned, with words that a machine recognised: they may be wrong."
        yield _of_pages("machine-read", message, read, f"{_SOURCE}; or read its words through against the picture.")
    garbled = [n for n, look in enumerate(paper.pages, 1) if look.garbled >= 0.1 and look.letters > 20]
    if garbled:
        message = f"On {_words(garbled)} letters have no meaning in the file: they look right and read out as rubbish."
        yield _of_pages("garbled-text", message, garbled, f"{_SOURCE}, or print it to a new PDF from there.")


def _properties(paper: PdfPaper) -> Iterator[AccessibilityFault]:
    if not paper.language:
        message = "No language is set: a screen reader guesses it, and may read the words in a foreign tongue."
        yield fault(
            "no-language", message, PROPERTIES, "Set it in Word before saving as PDF, or in Acrobat: File, Properties."
        )
    if not paper.title:
        message = "The file has no title: people who open it alone hear its file name instead."
        yield fault("no-title", message, PROPERTIES, "In Word: File, Info, Title; then save as PDF again.")
    elif title_says_nothing(paper.title):
        message = f"The title in the file's properties, '{paper.title}', does not say what the paper is."
        yield fault(
            "vague-title", message, PROPERTIES, "In Word: File, Info, Title; then save as PDF again.", paper.title
        )
    if paper.locked:
        message = "The file is locked against screen readers. (The pack is not; the file alone is.)"
        yield fault("locked", message, PROPERTIES, "Save it without restrictions, or tick 'Enable text access'.")


def _untagged(paper: PdfPaper) -> AccessibilityFault:
    message = "It has no tags: a screen reader is told neither headings nor tables nor the order of reading."
    if paper.marked or paper.structure.claimed:
        message = "Its tags cover none of its pages: a screen reader is told neither headings nor the order of reading."
    return fault("untagged", message, WHOLE, f"{_SOURCE}; or save it as PDF with tags ({_TAGS}).")


def _outside(paper: PdfPaper) -> Iterator[AccessibilityFault]:
    """Pages on which a good part of the words is neither tagged nor marked as page furniture."""
    pages = []
    for number in range(1, len(paper.pages) + 1):
        unclaimed, texts = paper.unclaimed(number)
        if unclaimed >= 5 and unclaimed > 0.25 * texts:
            pages.append(number)
    if pages:
        message = f"A good part of the words on {_words(pages)} stands outside the tags, and is not read out."
        yield _of_pages("outside-structure", message, pages, f"{_SOURCE}, or save it as PDF with tags again ({_TAGS}).")


def _figures(paper: PdfPaper) -> Iterator[AccessibilityFault]:
    figures = [each for each in paper.structure.of_kind("Figure", "Formula") if each.places]
    wordless = [each for each in figures if not each.words]
    drawn = [each for each in wordless if not each.holds_text]
    message = "The picture has no alternative text: whoever cannot see it is not told what it shows."
    yield from _named("picture", message, drawn, figures, paper)
    message = "A group of words and shapes is tagged as a picture and has no alternative text."
    yield from _named("undescribed-shape", message, [each for each in wordless if each.holds_text], figures, paper)
    for figure in figures:
        said = f"'{_short(figure.words)}'"
        if says_nothing(figure.words):
            message = f"The alternative text of the picture, {said}, does not say what it shows."
            yield from _named("empty-words", message, [figure], figures, paper)
        elif is_by_machine(figure.words):
            message = f"A program wrote the alternative text of the picture: {said}."
            yield from _named("machine-words", message, [figure], figures, paper)


def _named(
    slug: str, message: str, faulty: Sequence[Element], figures: Sequence[Element], paper: PdfPaper
) -> Iterator[AccessibilityFault]:
    """Yield a fault for each of the first pictures, and one for all the rest."""
    named = faulty[:MOST_NAMED]
    for figure, near in zip(named, paper.words_before(named), strict=True):
        number = [each for each in figures if each.page == figure.page].index(figure) + 1
        place = f"picture {number} on page {figure.page}{_quoted(near, ', after ')}"
        yield fault(slug, message, place, _DESCRIBE, near, (figure.page,))
    yield from _rest(slug, message, "picture", faulty[MOST_NAMED:], _DESCRIBE)


def _rest(slug: str, message: str, noun: str, rest: Sequence[Element], remedy: str) -> Iterator[AccessibilityFault]:
    if rest:
        pages = sorted({each.page for each in rest})
        place = f"{len(rest)} more {noun}{'s' if len(rest) > 1 else ''} on {_words(pages)}"
        yield fault(slug, message, place, remedy, pages=pages, count=len(rest))


def _tables(paper: PdfPaper) -> Iterator[AccessibilityFault]:
    """Tables without header cells; not those that only set out dotted lines for signatures."""
    bare = [each for each in paper.structure.of_kind("Table") if each.places and each.columns > 1 and not each.headed]
    small = [each for each in bare if each.rows == 2]
    yield from _named_tables("unclear-header", _SMALL_TABLE, small, paper)
    yield from _named_tables("table-header", _NO_HEADER, [each for each in bare if each.rows > 2], paper)


def _named_tables(slug: str, message: str, tables: Sequence[Element], paper: PdfPaper) -> Iterator[AccessibilityFault]:
    first = tables[:MOST_READ]
    said = [pair for pair in zip(first, paper.words_of(first), strict=True) if _is_data(pair[1])]
    for table, words in said[:MOST_NAMED]:
        place = f"table on page {table.page}{_quoted(words)}"
        yield fault(slug, message, place, _MARK_HEADER, words, (table.page,))
    yield from _rest(
        slug, message, "table", [*(table for table, _ in said[MOST_NAMED:]), *tables[MOST_READ:]], _MARK_HEADER
    )


def _is_data(words: str) -> bool:
    letters = [letter for letter in words if not letter.isspace()]
    return sum(map(str.isalnum, letters)) > 0.4 * len(letters)


def _headings(paper: PdfPaper) -> Iterator[AccessibilityFault]:
    headings = [each for each in paper.structure.headings if each.places]
    if not headings and len(paper.pages) > 2 and paper.letters > LETTERS_OF_TWO_PAGES:
        message = "The paper has no headings: whoever listens to it cannot jump from part to part, or see its plan."
        remedy = "In Word: give each heading one of the styles Heading 1, Heading 2 ...; then save as PDF again."
        yield fault("no-headings", message, WHOLE, remedy)
    befores = [0, *(heading.level for heading in headings)]
    faulty = [(h, before) for h, before in zip(headings, befores, strict=False) if h.level > before + 1]
    for (heading, before), words in zip(faulty, paper.words_of([h for h, _ in faulty]), strict=True):
        message = f"The first heading is of level {heading.level}, not 1."
        if before:
            message = f"A heading of level {heading.level} comes right after one of level {before}."
        place = f"heading on page {heading.page}{_quoted(words)}"
        remedy = f"In Word: give it the style Heading {before + 1}; then save as PDF again."
        yield fault("skipped-level", message, place, remedy, words, (heading.page,))


def _of_pages(slug: str, message: str, pages: Sequence[int], remedy: str) -> AccessibilityFault:
    return fault(slug, message, _words(pages), remedy, pages=pages, count=len(pages))


def _words(pages: Sequence[int]) -> str:
    """ "page 3", "pages 3 - 8 and 11"."""
    return page_words([str(page) for page in pages])


def _are(pages: Sequence[int]) -> str:
    words = _words(pages)
    return f"{words[0].upper()}{words[1:]} {'is' if len(pages) == 1 else 'are'}"


def _pictures(pages: Sequence[int]) -> str:
    return "a picture" if len(pages) == 1 else "pictures"


def _quoted(words: str, before: str = ", ") -> str:
    return f"{before}'{_short(words)}'" if words else ""


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 3].rpartition(' ')[0] or text[: _QUOTED - 3]}..."
