"""Small real PDFs for the tests, and how they look and read once built."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image

from pipeline.model import Document, DocumentInfo, EntryKind, Numbering, OutlineNode, PackPlan, Publicity
from pipeline.pack.assembly import write_pack
from pipeline.pack.plan import Placing, plan_pack
from pipeline.privacy import release

A4 = (0, 0, 595, 842)
INFO = DocumentInfo(
    title="Agenda for the Cabinet Member, 9 October 2017",
    author="Ardenshire City Council",
    subject="Public document pack",
    language="en-GB",
    created=dt.date(2017, 9, 29),
)


def words(text: str, x: float = 72, y: float = 700, size: float = 12) -> bytes:
    """Content that shows a line of Helvetica."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {x} {y} Td ({escaped}) Tj ET\n".encode("latin-1")


def add_page(
    pdf: pikepdf.Pdf,
    content: bytes | Sequence[bytes] | None = b"",
    box: Sequence[float] | None = A4,
    **keys: object,
) -> pikepdf.Page:
    """Add a page with a Helvetica called /F1. ``content`` None: no /Contents; a sequence: an array of streams.

    ``box`` None: no /MediaBox. Further ``keys`` go into the page dictionary as they are.
    """
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page = Dictionary(Type=Name.Page, Resources=Dictionary(Font=Dictionary(F1=font)))
    if box is not None:
        page.MediaBox = Array(box)
    if isinstance(content, bytes):
        page.Contents = pdf.make_stream(content)
    elif content is not None:
        page.Contents = Array([pdf.make_stream(part) for part in content])
    for key, value in keys.items():
        page[f"/{key}"] = value
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf.pages[-1]


def text_pdf(path: Path, *texts: str) -> Path:
    """Save a PDF with one A4 page for each text."""
    with pikepdf.new() as pdf:
        for text in texts:
            add_page(pdf, words(text))
        pdf.save(path)
    return path


def plan_of(paths: Sequence[Path], numbering: Numbering = Numbering.FRONT_SHEET) -> PackPlan:
    """A plan that gives each PDF an item of its own: 1, 2, 3 ..."""
    placings = []
    for number, path in enumerate(paths, start=1):
        with pikepdf.open(path) as pdf:
            placings.append(Placing(str(number), EntryKind.REPORT, path.stem, path.name, len(pdf.pages)))
    return plan_pack(placings, numbering)


def document(path: Path, pages: int, outline: tuple[OutlineNode, ...] = ()) -> Document:
    return Document(path, "", pages, Publicity.OPEN, path.stem, outline)


def build(target: Path, *paths: Path, plan: PackPlan | None = None, draft: bool = False) -> Path:
    """Write a pack of these PDFs, each an item of its own unless a plan is given."""
    plan = plan or plan_of(paths)
    documents = [release(document(path, entry.pages)) for path, entry in zip(paths, plan.entries, strict=True)]
    titles = {entry.item: f"Item about {entry.title}" for entry in plan.entries if entry.item}
    write_pack(plan, documents, titles, INFO, target, draft=draft)
    return target


def text_of(path: Path, page: int) -> str:
    """The page's text (page from 1) as pypdfium2 reads it, white space made single."""
    with pypdfium2.PdfDocument(path) as pdf:
        textpage = pdf[page - 1].get_textpage()
        text: str = textpage.get_text_bounded()
        textpage.close()
    return " ".join(text.split())


def picture(path: Path, page: int = 1, width: int = 595) -> Image.Image:
    """The page (from 1) as it is viewed, in grey, ``width`` pixels wide."""
    with pypdfium2.PdfDocument(path) as pdf:
        leaf = pdf[page - 1]
        bitmap = leaf.render(scale=width / leaf.get_width())
        image: Image.Image = bitmap.to_pil().convert("L").copy()
        bitmap.close()
        leaf.close()
    return image


def ink(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The box around everything darker than half grey: left, top, right, bottom in pixels; None for an empty page."""
    return image.point(lambda value: 255 if value < 128 else 0).getbbox()
