"""What is on each page of a PDF, as PDFium draws and reads it: words, pictures, and which content is tagged."""

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

UNMARKED, ARTIFACT = -1, -2  # in place of a marked content's number
_DEEPEST = 8  # forms within forms
_MOST_OBJECTS = 20_000  # of a page
_SAMPLE = 100  # letters of a page tried for what they mean
_INVISIBLE = 3  # text render mode (ISO 32000-1 9.3.6)


@dataclass(frozen=True)
class PageLook:
    """A page. ``letters`` that can be read out, ``garbled`` the share of them (0 to 1) whose meaning the file does not
    say; ``picture`` the share of the page that pictures cover; ``drawings`` how many lines and areas are drawn;
    ``texts`` the marked-content number of each piece of text, or UNMARKED, or ARTIFACT; ``unseen`` how many of those
    pieces are invisible."""

    letters: int = 0
    garbled: float = 0.0
    picture: float = 0.0
    drawings: int = 0
    texts: tuple[int, ...] = ()
    unseen: int = 0

    @property
    def unseen_text(self) -> bool:
        """Is the text of the page invisible, all but a little?"""
        return self.unseen > 0 and self.unseen >= 0.8 * len(self.texts)


def look_at_pages(path: Path) -> tuple[PageLook, ...]:
    """Return what is on each page; an empty look for a page that cannot be read. Raises pypdfium2.PdfiumError."""
    with pypdfium2.PdfDocument(path) as document:
        return tuple(_look(document, number) for number in range(len(document)))


def words_on(path: Path, places: Sequence[Sequence[tuple[int, int]]]) -> tuple[str, ...]:
    """Return the words at each list of places (page from 1, marked-content number): those of its first page, in the
    order in which they are drawn. "" where nothing can be read."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            pages = {list_of[0][0] for list_of in places if list_of}
            words = {page: _words_by_mark(document, page) for page in sorted(pages)}
    except pypdfium2.PdfiumError:
        return tuple("" for _ in places)
    return tuple(_at(list_of, words[list_of[0][0]]) if list_of else "" for list_of in places)


def _at(places: Sequence[tuple[int, int]], words: Mapping[int, str]) -> str:
    page = places[0][0]
    numbers = dict.fromkeys(number for there, number in places if there == page)
    return " ".join(" ".join(words.get(number, "") for number in numbers).split())


def _words_by_mark(document: pypdfium2.PdfDocument, number: int) -> dict[int, str]:
    """Return what each marked content of a page says; {} if the page cannot be read."""
    try:
        page = document[number - 1]
        textpage = page.get_textpage()
    except (pypdfium2.PdfiumError, IndexError):
        return {}
    words: dict[int, str] = {}
    for thing, mark, _ in _things(page):
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_TEXT:
            words[mark] = words.get(mark, "") + _text_of(thing, textpage)
    textpage.close()
    page.close()
    return words


def _look(document: pypdfium2.PdfDocument, number: int) -> PageLook:
    try:
        page = document[number]
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        return PageLook()
    letters, garbled = _reading(textpage)
    texts, unseen, drawings, pictures = [], 0, 0, 0.0
    visible = page.get_bbox()
    for thing, mark, depth in _things(page):
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(mark)
            unseen += pdfium.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE
        elif depth == 0 and _is_picture(thing, kind):
            pictures += _share(thing, visible)
        elif kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING):
            drawings += 1
    textpage.close()
    page.close()
    return PageLook(letters, garbled, min(1.0, pictures), drawings, tuple(texts), unseen)


def _reading(textpage: pypdfium2.PdfTextPage) -> tuple[int, float]:
    """Return how many letters a page has, spaces left out, and the share of a sample of them that reads as rubbish."""
    count = textpage.count_chars()
    if count <= 0:
        return 0, 0.0
    letters = len("".join(textpage.get_text_range(errors="replace").split()))
    step = max(1, count // _SAMPLE)
    tried = range(0, count, step)
    wrong = sum(pdfium.FPDFText_HasUnicodeMapError(textpage, place) == 1 for place in tried)
    return letters, wrong / len(tried)


def _things(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, int, int]]:
    """Yield the page's objects, those inside forms too, with their mark and depth: a form's own mark goes for what is
    in it, unless that has one."""
    left = _MOST_OBJECTS
    waiting = [(iter(_of_page(page)), UNMARKED, 0)]
    while waiting and left:
        things, around, depth = waiting[-1]
        thing = next(things, None)
        if thing is None:
            waiting.pop()
            continue
        left -= 1
        own = _mark(thing)
        mark = around if own == UNMARKED else own
        yield thing, mark, depth
        if depth < _DEEPEST and pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_FORM:
            waiting.append((iter(_of_form(thing)), mark, depth + 1))


def _of_page(page: pypdfium2.PdfPage) -> Iterator[Any]:
    for place in range(pdfium.FPDFPage_CountObjects(page)):
        yield pdfium.FPDFPage_GetObject(page, place)


def _of_form(form: Any) -> Iterator[Any]:
    for place in range(pdfium.FPDFFormObj_CountObjects(form)):
        yield pdfium.FPDFFormObj_GetObject(form, place)


def _mark(thing: Any) -> int:
    number = pdfium.FPDFPageObj_GetMarkedContentID(thing)
    if number >= 0:
        return int(number)
    for place in range(pdfium.FPDFPageObj_CountMarks(thing)):
        if _mark_name(pdfium.FPDFPageObj_GetMark(thing, place)) == "Artifact":
            return ARTIFACT
    return UNMARKED


def _mark_name(mark: Any) -> str:
    """Return the tag of a marked content: "Artifact", "Span"; "" for a longer one."""
    buffer = ctypes.create_string_buffer(64)
    length = ctypes.c_ulong()
    letters = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    if not pdfium.FPDFPageObjMark_GetName(mark, letters, 64, ctypes.byref(length)):
        return ""
    return buffer.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0")


def _is_picture(thing: Any, kind: int) -> bool:
    """Is this a picture, or a form with one in it?"""
    return kind == pdfium.FPDF_PAGEOBJ_IMAGE or (
        kind == pdfium.FPDF_PAGEOBJ_FORM
        and any(pdfium.FPDFPageObj_GetType(each) == pdfium.FPDF_PAGEOBJ_IMAGE for each in _of_form(thing))
    )


def _share(thing: Any, visible: tuple[float, float, float, float]) -> float:
    """Return the share of the visible page that an object's box covers."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return 0.0
    width = min(right.value, visible[2]) - max(left.value, visible[0])
    height = min(top.value, visible[3]) - max(bottom.value, visible[1])
    whole = (visible[2] - visible[0]) * (visible[3] - visible[1])
    return max(0.0, width) * max(0.0, height) / whole if whole > 0 else 0.0


def _text_of(thing: Any, textpage: pypdfium2.PdfTextPage) -> str:
    length = pdfium.FPDFTextObj_GetText(thing, textpage, None, 0)
    if length <= 0:
        return ""
    buffer = ctypes.create_string_buffer(length * 2)
    pdfium.FPDFTextObj_GetText(thing, textpage, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: length * 2].decode("utf-16-le", "replace").rstrip("\0")
