"""Every page of a finished pack as pdfium sees it: the words of its paper, its stamps, where its links lead."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.model import Document, EntryKind, PackEntry, PackPlan

_BLANK = "Thispageisintentionallyleftblank"
_LINK, _DRAWN = 2, (3, 13, 20)  # annotation subtypes: link; text box, stamp, form field (public/fpdf_annot.h)
_AGAIN = 500  # pages after which a file is opened anew: pdfium keeps all it has read
_SAFE = ("http:", "https:", "mailto:", "tel:")
_SPACE = re.compile(r"[\s\x00-\x1f\ufffe\xad\u200b-]+")

Rect = tuple[int, int, int, int]


@dataclass(frozen=True)
class _Leaf:
    """A page as seen. ``text`` without white space; ``links``: where each is, in points, and the page (from 0) or
    address it leads to; ``annotations``: how many there are that are no links; ``upright``: are the stamps?"""

    text: str
    links: tuple[tuple[Rect, int | str], ...]
    annotations: int
    drawn: bool
    upright: bool = True


def page_faults(path: Path, plan: PackPlan, documents: Sequence[Document], draft: bool) -> Iterator[str]:
    """Yield what is wrong on the pages of the pack."""
    firsts = _first_pages(plan)
    leaves = _leaves(path, [_stamps(plan, page, firsts) for page in range(1, plan.pages + 1)])
    for entry, document in zip(plan.entries, documents, strict=True):
        sources = _leaves(document.path, [()] * entry.pages)
        for page in range(entry.first_page, entry.first_page + entry.pages):
            yield from _compared(next(leaves), next(sources), page, entry, plan, firsts, draft)
        for page in entry.blank_pages:
            leaf, marks = next(leaves), ["DRAFT"] * draft + [*_stamps(plan, page, firsts)]
            if leaf.text != _BLANK + _bare("".join(marks)):
                yield f"Page {page} should say that it is left blank; it says '{leaf.text[:60]}'."
            if leaf.annotations or leaf.links:
                yield f"Page {page} is left blank and has annotations."


def _first_pages(plan: PackPlan) -> dict[int, str]:
    """The first page of each item that has papers, which says so."""
    firsts: dict[str, int] = {}
    for entry in plan.entries:
        if entry.item is not None and entry.kind is not EntryKind.FRONT_SHEET:
            firsts.setdefault(entry.item, entry.first_page)
    return {page: item for item, page in firsts.items()}


def _stamps(plan: PackPlan, page: int, firsts: dict[int, str]) -> tuple[str, ...]:
    """What is stamped on a page, in the order in which it is drawn."""
    label, item = plan.labels[page - 1], firsts.get(page)
    return tuple(filter(None, (f"Page {label}" if label is not None else "", f"Agenda Item {item}" if item else "")))


def _compared(
    leaf: _Leaf, source: _Leaf, page: int, entry: PackEntry, plan: PackPlan, firsts: dict[int, str], draft: bool
) -> Iterator[str]:
    marks = (*(("DRAFT",) if draft else ()), *_stamps(plan, page, firsts))
    name, own = entry.source or entry.title, page - entry.first_page + 1
    text = _without(leaf.text, [_bare(mark) for mark in marks])
    if text is None:
        yield f"Page {page} should have the stamps {', '.join(marks)}; it ends with '{leaf.text[-40:]}'."
        text = leaf.text
    elif not leaf.upright:
        yield f"Page {page}: its stamps are not upright inside the visible page."
    if text != source.text and not (source.drawn and text.startswith(source.text)):
        yield f"Page {page} does not have the words of page {own} of {name}: {_difference(text, source.text)}."
    if leaf.annotations:
        yield f"Page {page} has annotations that are no links."
    yield from _link_faults(leaf, source, page, entry, plan)


def _without(text: str, marks: Sequence[str]) -> str | None:
    """Return the text without the stamps, or None if it has them not all. pdfium reads them last, but for a page whose
    own text runs in odd directions."""
    if text.endswith("".join(marks)):
        return text.removesuffix("".join(marks))
    for mark in reversed(marks):
        at = text.rfind(mark)
        if at < 0:
            return None
        text = text[:at] + text[at + len(mark) :]
    return text


def _difference(found: str, wanted: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b), min(len(found), len(wanted)))
    return f"'{found[at : at + 30]}' where '{wanted[at : at + 30]}' should be"


def _link_faults(leaf: _Leaf, source: _Leaf, page: int, entry: PackEntry, plan: PackPlan) -> Iterator[str]:
    planned = Counter(_planned_links(source, entry, plan))
    found = Counter(leaf.links)
    for rect, to in found - planned:
        where = f"page {to + 1}" if isinstance(to, int) else f"'{to}'"
        yield f"Page {page}: the link at {rect} leads to {where}, and should not."
    for rect, to in planned - found:
        where = f"page {to + 1}" if isinstance(to, int) else f"'{to}'"
        yield f"Page {page}: the link at {rect} to {where} is not there."


def _planned_links(source: _Leaf, entry: PackEntry, plan: PackPlan) -> Iterator[tuple[Rect, int | str]]:
    """Where the links of a paper's page must lead in the pack."""
    for rect, to in source.links:
        if isinstance(to, int):
            if 0 <= to < entry.pages:
                yield rect, entry.first_page - 1 + to
        elif to.lower().startswith("pack:"):
            papers = plan.of_item(unquote(to[len("pack:") :]).removeprefix("item-"))
            if entry.kind is EntryKind.FRONT_SHEET and papers:
                yield rect, papers[0].first_page - 1
        elif to.lower().startswith(_SAFE) and not re.search(r"[\x00-\x20\x7f]", to):
            yield rect, to


def _leaves(path: Path, stamps: Sequence[tuple[str, ...]]) -> Iterator[_Leaf]:
    """Yield the pages of a PDF; ``stamps`` is what each ends with."""
    for start in range(0, len(stamps), _AGAIN):
        with pypdfium2.PdfDocument(path) as pdf:
            for index in range(start, min(start + _AGAIN, len(stamps))):
                page = pdfium.FPDF_LoadPage(pdf.raw, index)
                if not page:
                    raise ValueError(f"page {index + 1} of {path.name} cannot be loaded")
                try:
                    yield _leaf(pdf.raw, page, stamps[index])
                finally:
                    pdfium.FPDF_ClosePage(page)


def _leaf(pdf: object, page: object, stamps: tuple[str, ...]) -> _Leaf:
    words = pdfium.FPDFText_LoadPage(page)
    try:
        text = _text(words)
        upright = all(_is_upright(page, words, text, stamp) for stamp in stamps)
    finally:
        pdfium.FPDFText_ClosePage(words)
    links, others, drawn = _annotations(pdf, page)
    return _Leaf(_bare(text), links, others, drawn, upright)


def _text(words: object) -> str:
    count = pdfium.FPDFText_CountChars(words)
    if count <= 0:
        return ""
    letters = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(words, 0, count, letters)
    return bytes(letters).decode("utf-16-le", "replace")[:count]


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _is_upright(page: object, words: object, text: str, stamp: str) -> bool:
    """Does the stamp run from left to right along the foot or head of the page as it is viewed, inside of it?"""
    wide, tall = 10 * pdfium.FPDF_GetPageWidthF(page), 10 * pdfium.FPDF_GetPageHeightF(page)
    at = text.rfind(stamp)
    if at < 0:
        return False
    spots = [_spot(page, words, place, wide, tall) for place in (at, at + len(stamp) - 1)]
    (left, first), (right, last) = spots
    return 0 <= left < right <= wide and abs(first - last) <= 2 and 0 <= first <= tall


def _spot(page: object, words: object, place: int, wide: float, tall: float) -> tuple[int, int]:
    """Where a letter stands on the page as it is viewed, in tenths of a point from the top left."""
    x, y, across, down = ctypes.c_double(), ctypes.c_double(), ctypes.c_int(), ctypes.c_int()
    index = pdfium.FPDFText_GetCharIndexFromTextIndex(words, place)
    pdfium.FPDFText_GetCharOrigin(words, index, x, y)
    pdfium.FPDF_PageToDevice(page, 0, 0, round(wide), round(tall), 0, x, y, across, down)
    return across.value, down.value


def _annotations(pdf: object, page: object) -> tuple[tuple[tuple[Rect, int | str], ...], int, bool]:
    """Return the links of a page, how many other annotations it has, and whether some of those are drawn as content."""
    links: list[tuple[Rect, int | str]] = []
    count, met = pdfium.FPDFPage_GetAnnotCount(page), 0
    if not count:
        return (), 0, False
    at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, at, link):
        met += 1
        to = _leads_to(pdf, link)
        rect = _rect(link)
        if to is not None and rect is not None and not _is_hidden(page, link):
            links.append((rect, to))
    drawn = met < count and any(_subtype(page, index) in _DRAWN or _prints(page, index) for index in range(count))
    return tuple(links), count - met, drawn


def _leads_to(pdf: object, link: object) -> int | str | None:
    action = pdfium.FPDFLink_GetAction(link)
    kind = pdfium.FPDFAction_GetType(action) if action else pdfium.PDFACTION_GOTO
    target = pdfium.FPDFLink_GetDest(pdf, link) if kind == pdfium.PDFACTION_GOTO else None
    if target:
        page: int = pdfium.FPDFDest_GetDestPageIndex(pdf, target)
        return page if page >= 0 else None
    if kind != pdfium.PDFACTION_URI:
        return None
    size = pdfium.FPDFAction_GetURIPath(pdf, action, None, 0)
    letters = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(pdf, action, letters, size)
    address = letters.value.decode("utf-8", "replace").strip()
    return f"http://{address}" if address.lower().startswith("www.") else address


def _rect(link: object) -> Rect | None:
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFLink_GetAnnotRect(link, rect):
        return None
    x0, x1 = sorted((rect.left, rect.right))
    y0, y1 = sorted((rect.bottom, rect.top))
    return (round(x0), round(y0), round(x1), round(y1)) if x1 > x0 and y1 > y0 else None


def _is_hidden(page: object, link: object) -> bool:
    annotation = pdfium.FPDFLink_GetAnnot(page, link)
    flags: int = pdfium.FPDFAnnot_GetFlags(annotation)
    pdfium.FPDFPage_CloseAnnot(annotation)
    return bool(flags & 0b100010)  # Hidden, NoView


def _subtype(page: object, index: int) -> int:
    annotation = pdfium.FPDFPage_GetAnnot(page, index)
    subtype: int = pdfium.FPDFAnnot_GetSubtype(annotation)
    pdfium.FPDFPage_CloseAnnot(annotation)
    return subtype


def _prints(page: object, index: int) -> bool:
    """Is it a mark that prints?"""
    annotation = pdfium.FPDFPage_GetAnnot(page, index)
    prints = pdfium.FPDFAnnot_GetFlags(annotation) & 0b110 == 0b100
    link = pdfium.FPDFAnnot_GetSubtype(annotation) == _LINK
    pdfium.FPDFPage_CloseAnnot(annotation)
    return prints and not link
