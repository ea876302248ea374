"""Annotations that are part of a paper's look, drawn into its pages: form fields, stamps, text boxes, marks.

A pack has no form and no mark-up: what was filled in or stamped on must print as it stood, so its appearance becomes
page content.
"""

from collections.abc import Callable

import pikepdf
from pikepdf import Annotation, Dictionary, Name

from pipeline.pack.content import add_resource, enclose, read_content
from pipeline.pack.fields import complete_widget, integer, is_push_button, print_field
from pipeline.pack.geometry import box_of, inherited, rotation_of
from pipeline.pack.links import annotations_of
from pipeline.pack.papertags import Drawn
from pipeline.pack.stampfont import embed_font

_HIDDEN, _PRINT, _NO_VIEW = 0b10, 0b100, 0b100000  # /F (ISO 32000-1 table 165)
#: Seen on the page and meant to be read with it, printed or not.
_CONTENT = ("/Widget", "/FreeText", "/Stamp", "/Watermark")
#: Marks that belong to the page when they print.
_MARKS = (
    *("/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Ink", "/Line", "/Square", "/Circle", "/Polygon"),
    *("/PolyLine", "/Caret", "/Redact", "/PrinterMark", "/3D", "/Screen", "/RichMedia", "/Movie"),
)


def shows(annotation: Dictionary) -> bool:
    """Does this annotation belong to what a reader of the paper sees or prints? Links and notes do not."""
    kind, flags = str(annotation.get(Name.Subtype)), integer(annotation.get(Name.F))
    if flags & _HIDDEN:
        return False
    if kind == "/Widget" and is_push_button(annotation) and not flags & _PRINT:
        return False
    return (kind in _CONTENT and (not flags & _NO_VIEW or bool(flags & _PRINT))) or (
        kind in _MARKS and bool(flags & _PRINT)
    )


def has_appearance(annotation: Dictionary) -> bool:
    return Annotation(annotation).get_appearance_stream(Name.N) is not None


def draws_itself(annotation: Dictionary) -> bool:
    """Can the annotation be drawn at all: has it an appearance, or is it a field whose value is drawn here?"""
    return has_appearance(annotation) or annotation.get(Name.Subtype) == Name.Widget


def flatten(pdf: pikepdf.Pdf, *, tagged: bool = False) -> dict[int, Drawn]:
    """Draw into every page what its annotations show. The annotations stay; the caller decides what becomes of them.

    In a tagged paper what is drawn is marked: words as content with a number of its own, mere marks as artifacts.
    Returns, by the annotation's object number, where the numbered ones are (pages from 0 within the paper). Raises
    ValueError for a field whose value has letters that the stamp font has not, and pikepdf.PdfError for content that
    cannot be decoded.
    """
    opening: pikepdf.Object | None = None
    fonts = _once(lambda: embed_font(pdf))
    form = pdf.Root.get(Name.AcroForm)
    form = form if isinstance(form, Dictionary) else Dictionary()
    placed: dict[int, Drawn] = {}
    for index, page in enumerate(pdf.pages):
        showing = [each for each in annotations_of(page) if shows(each)]
        if not showing:
            continue
        opening = opening or pdf.make_stream(b"q\n")
        free = max(read_content(page).mcids, default=-1) + 1 if tagged else 0
        drawing = b""
        for each in showing:
            drawn = _drawn(pdf, page, each, form, fonts)
            if tagged and drawn and _has_words(each):
                drawn = b"/%s <</MCID %d>> BDC\n%s\nEMC\n" % (_tag(each), free, drawn)
                placed[each.objgen[0] or -1 - len(placed)] = Drawn(index, free, _print_field(each))
                free += 1
            elif tagged and drawn:
                drawn = b"/Artifact BMC\n%s\nEMC\n" % drawn
            drawing += drawn
        enclose(pdf, page, opening, drawing)
    return placed


def _has_words(annotation: Dictionary) -> bool:
    return annotation.get(Name.Subtype) in (Name.Widget, Name.FreeText, Name.Stamp)


def _tag(annotation: Dictionary) -> bytes:
    return b"Form" if annotation.get(Name.Subtype) == Name.Widget else b"P"


def _print_field(annotation: Dictionary) -> bytes:
    """Return the attributes of a field that is print now (14.8.5.6), or nothing for what is no field."""
    return print_field(annotation) if annotation.get(Name.Subtype) == Name.Widget else b""


def _drawn(
    pdf: pikepdf.Pdf, page: pikepdf.Page, annotation: Dictionary, form: Dictionary, font: Callable[[], pikepdf.Object]
) -> bytes:
    """Return the content that paints the annotation's appearance (12.5.5, algorithm 8.1), having made it known."""
    if annotation.get(Name.Subtype) == Name.Widget:
        complete_widget(pdf, annotation, form, font)
    helper = Annotation(annotation)
    appearance = helper.get_appearance_stream(Name.N)
    if appearance is None or box_of(annotation.get(Name.Rect)) is None:
        return b""
    if box_of(appearance.get(Name.BBox)) is None:
        return b""
    name = add_resource(page, "/XObject", "/CivicpackForm", appearance)
    return helper.get_page_content_for_appearance(Name(name), rotation_of(inherited(page.obj, Name.Rotate)), 0, 0)


def _once(make: Callable[[], pikepdf.Object]) -> Callable[[], pikepdf.Object]:
    """Return a function that makes the thing when first asked and hands out the same one after."""
    made: list[pikepdf.Object] = []

    def get() -> pikepdf.Object:
        if not made:
            made.append(make())
        return made[0]

    return get
