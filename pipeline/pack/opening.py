"""Opening an officer's PDF, or saying in words why it cannot be opened.

A paper must never silently lose pages. What qpdf can repair completely is opened; a file of which anything is missing
is refused: a report without its last pages would look just like a report.
"""

import zipfile
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from pipeline.errors import Fault, PaperError

_HEADER_WITHIN = 1 << 16  # bytes of mail headers, scripts' warnings or other junk that may stand before %PDF
_ASK_AGAIN = "Ask the author for the file again; if it opens in a browser, print it to a new PDF and use that."
_PASSWORD = "Ask the author for a copy that opens without a password."  # noqa: S105 (words for an officer)
_PRINT_ANEW = "Open it in Acrobat or a browser, print it to a new PDF, and use that."

#: What a file begins with -> what it is.
_BEGINNINGS = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"BM", "a picture (BMP)"),
    (b"{\\rtf", "a Word file (Rich Text)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
)
_REMEDIES = {
    "a web page": "Open it in a browser and print it to PDF; if it asks you to sign in, download the paper again.",
    "a picture": "Put the picture into a Word file, with a description, and give that.",
    "a Word file": "Give the Word file itself, with its own ending, or save it as PDF in Word.",
    "an Excel file": "Give the Excel file itself, with its own ending.",
    "an old Word": "Give the file itself, with its own ending (.doc or .xls).",
    "plain text": "Save it as Markdown (.md), or paste it into a Word file.",
}


def open_source(path: Path, shown_as: str) -> tuple[pikepdf.Pdf, bool]:
    """Return the PDF and whether it was damaged and repaired in full. The caller closes it.

    A PDF under an owner's password only (printing or copying restricted) opens. Raises PaperError, with one fault
    that names ``shown_as``, for whatever cannot be read or is not all there.
    """
    _refuse_other_files(path, shown_as)
    try:
        # qpdf must not walk the pages yet: it mends the list of pages, and one that is missing is then no longer missed
        pdf = pikepdf.open(path, suppress_warnings=True, inherit_page_attributes=False)
    except pikepdf.PasswordError:
        raise _refusal(shown_as, "needs a password to open.", _PASSWORD) from None
    except pikepdf.PikepdfError as error:
        raise _refusal(shown_as, *_unreadable(error)) from error
    try:
        return pdf, _refuse_incomplete(pdf, shown_as)
    except pikepdf.PikepdfError as error:
        pdf.close()
        raise _refusal(shown_as, *_unreadable(error)) from error
    except BaseException:
        pdf.close()
        raise


def _refusal(shown_as: str, message: str, remedy: str) -> PaperError:
    return PaperError([Fault(message, remedy, file=Path(shown_as))])


def _refuse_other_files(path: Path, shown_as: str) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(_HEADER_WITHIN)
    except FileNotFoundError:
        raise _refusal(shown_as, "is not there.", "Check the name, and that the file has been put there.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _refusal(shown_as, f"cannot be read: {reason}.", "Check that it is a file you may open.") from error
    if not start:
        raise _refusal(shown_as, "is empty (0 bytes).", "The copy has failed: put the file there again.")
    if b"%PDF-" not in start:
        kind = _looks_like(path, start)
        remedy = next((words for name, words in _REMEDIES.items() if kind.startswith(name)), _ASK_AGAIN)
        raise _refusal(shown_as, f"is not a PDF: it looks like {kind}.", remedy)


def _looks_like(path: Path, start: bytes) -> str:
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = head[:2048].lower()
    if any(mark in lower for mark in (b"<!doctype html", b"<html", b"<head", b"<body")):
        return "a web page"
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head.startswith(b"PK"):
        return _looks_like_zip(path)
    if start[4:12] in (b"ftypheic", b"ftypmif1", b"ftypheix"):
        return "a picture (HEIC)"
    if b"\0" not in start and sum(byte < 9 or 13 < byte < 32 for byte in start) == 0:
        return "plain text"
    return "no kind of file that this program knows"


def _looks_like_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return "a compressed file (ZIP) that is damaged"
    for folder, kind in (("word/", "a Word file"), ("xl/", "an Excel file"), ("ppt/", "a PowerPoint file")):
        if any(name.startswith(folder) for name in names):
            return kind
    return "an OpenDocument file" if "content.xml" in names else "a compressed file (ZIP)"


def _unreadable(error: pikepdf.PikepdfError) -> tuple[str, str]:
    """Return message and remedy for what qpdf could not make sense of."""
    words = str(error)
    if "encrypt" in words.lower():
        return "is encrypted in a way that cannot be opened here.", _PASSWORD
    if "page" in words.lower():
        return "is damaged: the list of its pages cannot be read.", _ASK_AGAIN
    return "is damaged and cannot be repaired: it is probably only part of a file.", _ASK_AGAIN


def _refuse_incomplete(pdf: pikepdf.Pdf, shown_as: str) -> bool:
    """Return whether the file was damaged, all of it being there; raise PaperError if it is not."""
    promised, held = _pages_listed(pdf)  # before qpdf mends the list of pages
    pages = len(pdf.pages) if promised == held > 0 else held
    damaged = any(not _is_harmless(str(warning)) for warning in pdf.get_warnings())
    if promised == 0:
        raise _refusal(shown_as, "has no pages.", _ASK_AGAIN)
    if promised > pages:
        words = f"is damaged: it should have {promised} pages, and only {pages} can be read."
        raise _refusal(shown_as, words, _ASK_AGAIN)
    if damaged:
        _refuse_missing_parts(pdf, pages, shown_as)
    _refuse_covers(pdf, shown_as)
    return damaged


def _is_harmless(warning: str) -> bool:
    """Does qpdf tell of a page without resources, box or type, which it puts right, rather than of damage?"""
    return any(
        words in warning
        for words in (
            "; repairing",
            "setting to letter",
            "; overriding",
            "creating a new page object as a copy",
            "reported number of objects",
        )
    )


def _pages_listed(pdf: pikepdf.Pdf) -> tuple[int, int]:
    """Return how many pages the file says it has (its /Count or its list, whichever is more) and how many are there."""
    root = pdf.Root.get(Name.Pages)
    if not isinstance(root, Dictionary):
        raise pikepdf.PdfError("no page tree")
    kids, met = [], {root.objgen}
    waiting = [root]
    while waiting:
        below = waiting.pop().get(Name.Kids)
        for kid in below if isinstance(below, Array) else ():
            if not isinstance(kid, Dictionary) or Name.Kids not in kid:
                kids.append(isinstance(kid, Dictionary))
            elif kid.objgen not in met:
                met.add(kid.objgen)
                waiting.append(kid)
    count = root.get(Name.Count)
    return max(len(kids), count if isinstance(count, int) else 0), sum(kids)


def _refuse_missing_parts(pdf: pikepdf.Pdf, pages: int, shown_as: str) -> None:
    """Of a damaged file, refuse one that points at objects which are gone, or that holds pages in no order."""
    things = list(pdf.objects)
    if any(thing is None for thing in things):
        words = "is damaged: parts of it are missing; it was probably cut off while being copied or sent."
        raise _refusal(shown_as, words, _ASK_AGAIN)
    held = sum(isinstance(thing, Dictionary) and thing.get(Name.Type) == Name.Page for thing in things)
    if held > pages:
        words = f"is damaged: it holds {held} pages, and the list of pages leads to {pages} only."
        raise _refusal(shown_as, words, _PRINT_ANEW)


def _refuse_covers(pdf: pikepdf.Pdf, shown_as: str) -> None:
    """Refuse PDFs whose pages are not the document: portfolios, and forms that only Acrobat can draw."""
    if isinstance(pdf.Root.get(Name.Collection), Dictionary):
        words = "is a PDF portfolio: its papers are files attached to a cover page."
        raise _refusal(shown_as, words, "Save each paper of the portfolio as a PDF of its own and list those.")
    if bool(pdf.Root.get("/NeedsRendering", False)) and _is_xfa(pdf):
        words = "is an Acrobat form (XFA) whose pages only Acrobat can draw; here it says no more than 'Please wait'."
        raise _refusal(shown_as, words, "Open it in Acrobat, print it to a new PDF, and use that.")


def _is_xfa(pdf: pikepdf.Pdf) -> bool:
    form = pdf.Root.get(Name.AcroForm)
    return isinstance(form, Dictionary) and isinstance(form.get("/XFA"), Array | pikepdf.Stream)
