"""Annotations that are part of a paper's look, drawn into its pages: form fields, stamps, text boxes, marks.

A pack has no form and no mark-up: what was filled in or stamped on must print as it stood, so its appearance becomes
page content.
"""

from collections.abc import Callable

import pikepdf
from pikepdf import Annotation, Dictionary, Name

from pipeline.pack.content import add_resource, enclose
from pipeline.pack.fields import complete_widget, integer, is_push_button
from pipeline.pack.geometry import box_of, inherited, rotation_of
from pipeline.pack.links import annotations_of
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


def flatten(pdf: pikepdf.Pdf) -> None:
    """Draw into every page what its annotations show. The annotations stay; the caller decides what becomes of them.

    Raises ValueError for a field whose value has letters that the stamp font has not, and pikepdf.PdfError for
    content that cannot be decoded.
    """
    opening: pikepdf.Object | None = None
    fonts = _once(lambda: embed_font(pdf))
    form = pdf.Root.get(Name.AcroForm)
    form = form if isinstance(form, Dictionary) else Dictionary()
    for page in pdf.pages:
        showing = [each for each in annotations_of(page) if shows(each)]
        if not showing:
            continue
        opening = opening or pdf.make_stream(b"q\n")
        drawing = b"".join(_drawn(pdf, page, each, form, fonts) for each in showing)
        enclose(pdf, page, opening, drawing)


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
    name = add_resource(page, "/XObject", "/CivicpackForm", pdf.make_indirect(appearance))
    return helper.get_page_content_for_appearance(Name(name), rotation_of(inherited(page.obj, Name.Rotate)), 0, 0)


def _once(make: Callable[[], pikepdf.Object]) -> Callable[[], pikepdf.Object]:
    """Return a function that makes the thing when first asked and hands out the same one after."""
    made: list[pikepdf.Object] = []

    def get() -> pikepdf.Object:
        if not made:
            made.append(make())
        return made[0]

    return get
