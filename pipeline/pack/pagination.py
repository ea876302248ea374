"""What is stamped on the finished pages: "Page 9" at the foot, "Agenda Item 4" at the top right, DRAFT across.

Upright as the page is viewed, inside what is visible of it, in a size that suits the page, drawn last and marked as an
artifact: no part of the paper's own text (ISO 32000-1 14.8.2.2). A pale ground beneath keeps a number readable on a
dark slide or photograph; on white it is not seen.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name

from pipeline.model import EntryKind, PackPlan
from pipeline.pack.content import Repair, add_resource, enclose
from pipeline.pack.geometry import View, view_of
from pipeline.pack.stampfont import embed_font, stamp_font

_SIZE = 11.0  # points, on a page as narrow as A4
_A4_WIDTH = 595.0
_SMALLEST = 9.0  # where the page is large enough for it
_GROUND = 0.7  # how far the white ground beneath a stamp covers what is there
_WATERMARK = 0.3
_FONT, _GROUND_STATE, _DRAFT_STATE = "/CivicpackStamp", "/CivicpackGround", "/CivicpackDraft"


@dataclass(frozen=True)
class _Stamp:
    """A line of text to be drawn: ``x``, ``y`` its baseline's start in viewed points, ``turn`` in radians."""

    text: str
    kind: str
    size: float
    x: float
    y: float
    turn: float = 0.0


@dataclass(frozen=True)
class _Tools:
    """What all pages share: the stream that holds q, the font, the two states of translucency."""

    opening: pikepdf.Object
    font: pikepdf.Object
    ground: pikepdf.Object
    draft: pikepdf.Object


def number_pages(pdf: pikepdf.Pdf, plan: PackPlan, *, draft: bool, repairs: Sequence[Repair | None] = ()) -> None:
    """Stamp the pages of the assembled pack as the plan says. The paper's own content is shut off first.

    ``repairs``: what balances each page's content, where that is known already. Raises pikepdf.PdfError for content
    that cannot be decoded.
    """
    tools = _Tools(pdf.make_stream(b"q\n"), _font(pdf, plan), _translucent(pdf, _GROUND), _translucent(pdf, _WATERMARK))
    items = _first_pages(plan)
    for index, page in enumerate(list(pdf.pages)):
        view = view_of(page)
        stamps = stamps_of(view, plan.labels[index], items.get(index + 1), draft)
        if stamps:
            _draw(pdf, page, view, stamps, tools, repairs[index] if repairs else None)


def _first_pages(plan: PackPlan) -> dict[int, str]:
    """Return the first page (from 1) of each item that has papers, with the item's number."""
    firsts: dict[str, int] = {}
    for entry in plan.entries:
        if entry.item is not None and entry.kind is not EntryKind.FRONT_SHEET:
            firsts.setdefault(entry.item, entry.first_page)
    return {page: item for item, page in firsts.items()}


def stamps_of(view: View, label: str | None, item: str | None, draft: bool) -> tuple[_Stamp, ...]:
    """Return what goes on one page, the watermark first."""
    stamps = [_watermark(view)] if draft else []
    if label is not None:
        text = f"Page {label}"
        size, width = _fitting(view, text)
        stamps.append(_Stamp(text, "Footer", size, (view.width - width) / 2, 2 * size))
    if item is not None:
        text = f"Agenda Item {item}"
        size, width = _fitting(view, text)
        right = min(4 * size, (view.width - width) / 2)
        stamps.append(_Stamp(text, "Header", size, view.width - right - width, view.height - 3 * size))
    return tuple(stamps)


def _fitting(view: View, text: str) -> tuple[float, float]:
    """Return a type size that suits the page, and how wide the text then is.

    A larger page gets larger type, so that it still reads when a plan is printed on A4; a page too small for 9 points
    gets what fits.
    """
    usual = max(_SMALLEST, round(_SIZE * min(view.width, view.height) / _A4_WIDTH, 1))
    wide = stamp_font().width(text, 1.0)
    size = min(usual, 0.9 * view.width / wide, view.height / 6)
    return size, wide * size


def _watermark(view: View) -> _Stamp:
    """DRAFT along the diagonal, as large as fits."""
    turn = math.atan2(view.height, view.width)
    across, up = math.cos(turn), math.sin(turn)
    wide, tall = stamp_font().width("DRAFT", 1.0), stamp_font().cap_height / 1000
    size = 0.85 * min(view.width / (wide * across + tall * up), view.height / (wide * up + tall * across))
    x = (view.width - size * (wide * across - tall * up)) / 2
    y = (view.height - size * (wide * up + tall * across)) / 2
    return _Stamp("DRAFT", "Watermark", size, x, y, turn)


def _draw(
    pdf: pikepdf.Pdf, page: pikepdf.Page, view: View, stamps: tuple[_Stamp, ...], tools: _Tools, repair: Repair | None
) -> None:
    font = add_resource(page, "/Font", _FONT, tools.font).encode("ascii")
    ground = add_resource(page, "/ExtGState", _GROUND_STATE, tools.ground).encode("ascii")
    draft = b""
    if any(stamp.kind == "Watermark" for stamp in stamps):
        draft = add_resource(page, "/ExtGState", _DRAFT_STATE, tools.draft).encode("ascii")
    matrix = b" ".join(_number(value) for value in view.matrix)
    drawn = b"".join(_content(stamp, font, ground, draft) for stamp in stamps)
    enclose(pdf, page, tools.opening, b"q %s cm\n%sQ\n" % (matrix, drawn), repair)


def _content(stamp: _Stamp, font: bytes, ground: bytes, draft: bytes) -> bytes:
    """Return the marked content that shows one stamp, in viewed coordinates."""
    across, up = math.cos(stamp.turn), math.sin(stamp.turn)
    matrix = b" ".join(_number(value) for value in (across, up, -up, across, stamp.x, stamp.y))
    looks = b"%s gs 0.45 g" % draft if stamp.kind == "Watermark" else _ground(stamp, ground)
    text = b"BT %s %s Tf %s Tm %s Tj ET" % (font, _number(stamp.size), matrix, stamp_font().encode(stamp.text))
    kind = stamp.kind.encode("ascii")
    return b"/Artifact <</Type /Pagination /Subtype /%s>> BDC q %s %s Q EMC\n" % (kind, looks, text)


def _ground(stamp: _Stamp, state: bytes) -> bytes:
    """Paint the ground of a line of text, a fifth of its size wider all round, and set the colour of its letters."""
    edge, font = stamp.size / 5, stamp_font()
    box = (
        stamp.x - edge,
        stamp.y + stamp.size * font.descent / 1000,
        font.width(stamp.text, stamp.size) + 2 * edge,
        stamp.size * (font.cap_height - font.descent) / 1000 + edge,
    )
    return b"q %s gs 1 g %s re f Q 0 g" % (state, b" ".join(_number(value) for value in box))


def _translucent(pdf: pikepdf.Pdf, share: float) -> pikepdf.Object:
    return pdf.make_indirect(Dictionary(Type=Name.ExtGState, ca=share, CA=share))


def _number(value: float) -> bytes:
    """Return the number as a content stream writes it: no exponent, no needless zeros, no minus nought."""
    return (f"{round(value, 8) + 0.0:.8f}".rstrip("0").rstrip(".")).encode("ascii")


def _font(pdf: pikepdf.Pdf, plan: PackPlan) -> pikepdf.Object:
    """Return the stamp font, the one that assembly drew the blank pages with if there are any."""
    if plan.blank_pages:
        resources = pdf.pages[plan.blank_pages[0] - 1].obj.get(Name.Resources)
        fonts = resources.get(Name.Font) if isinstance(resources, Dictionary) else None
        font = fonts.get(_FONT) if isinstance(fonts, Dictionary) else None
        if font is not None:
            return font
    return embed_font(pdf)
