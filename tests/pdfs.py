"""Small real PDFs for the tests, and how they look and read once built."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import Image

from pipeline.model import Document, DocumentInfo, EntryKind, Numbering, OutlineNode, PackPlan, Publicity
from pipeline.pack.assembly import Written, write_pack
from pipeline.pack.inspection import inspect_pack
from pipeline.pack.plan import Placing, plan_pack
from pipeline.privacy import PublicDocument, release

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


def tagged_pdf(path: Path, *pages: Sequence[str], roles: dict[str, str] | None = None, **keys: object) -> Path:
    """Save a tagged PDF: below /Document a /Sect a page, in it an element for each text.

    A text "H1: Purpose" is an /H1, others are a /P. ``roles`` is the role map. Further ``keys`` go into the catalog.
    """
    with pikepdf.new() as pdf:
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = _element(pdf, "/Document", root)
        rows = Array()
        for index, texts in enumerate(pages):
            page = add_page(pdf, b"", StructParents=index, Tabs=Name.S)
            section = _element(pdf, "/Sect", document)
            drawn, row = b"", Array()
            for mcid, text in enumerate(texts):
                role, _, said = text.rpartition(": ")
                element = _element(pdf, f"/{role or 'P'}", section, Pg=page.obj, K=mcid)
                drawn += b"/%s <</MCID %d>> BDC\n%sEMC\n" % (
                    (role or "P").encode("latin-1").replace(b" ", b"#20"),
                    mcid,
                    words(said, y=700 - 20 * mcid),
                )
                row.append(element)
            page.obj.Contents = pdf.make_stream(drawn)
            rows.extend([index, pdf.make_indirect(row)])
        root.K = document
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=rows))
        if roles:
            root.RoleMap = Dictionary({f"/{name}": Name(f"/{means}") for name, means in roles.items()})
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
        for key, value in keys.items():
            pdf.Root[f"/{key}"] = value
        pdf.save(path)
    return path


def _element(pdf: pikepdf.Pdf, role: str, parent: pikepdf.Object, **keys: object) -> pikepdf.Object:
    """Add a structure element below its parent."""
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(role), P=parent, **keys))
    if parent.get("/Type") == Name.StructElem:
        if "/K" not in parent:
            parent.K = Array()
        parent.K.append(element)
    return element


def outline_of_tags(path: Path) -> list[str]:
    """The structure tree of a PDF as a screen reader walks it: a line an element, indented, with its marked words.

    "  P: Parks and trees" is a /P; a link's annotation is shown as "-> page" or "-> address".
    """
    with pikepdf.open(path) as pdf:
        shown = [_marked_words(page) for page in pdf.pages]
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        root = pdf.Root.StructTreeRoot
        return [line for kid in _listed(root.K) for line in _lines(kid, 0, None, shown, numbers)]


def _listed(value: object) -> list[pikepdf.Object]:
    return list(value) if isinstance(value, Array) else [] if value is None else [value]  # type: ignore[list-item]


def _lines(
    element: pikepdf.Object, depth: int, page: object, shown: list[dict[int, str]], numbers: dict[tuple[int, int], int]
) -> list[str]:
    page = element.get("/Pg", page)
    said, below = [], []
    for kid in _listed(element.get("/K")):
        if isinstance(kid, int):
            said.append(shown[numbers[page.objgen]][kid])  # type: ignore[attr-defined]
        elif "/MCID" in kid:
            said.append(shown[numbers[kid.get("/Pg", page).objgen]][kid.MCID])
        elif "/Obj" in kid:
            said.append("->")
        else:
            below += _lines(kid, depth + 1, page, shown, numbers)
    line = "  " * depth + str(element.S)[1:] + (f": {' '.join(said)}" if said else "")
    return [line, *below]


def _marked_words(page: pikepdf.Page) -> dict[int, str]:
    """The words of each piece of marked content, as Helvetica and the stamp font show them."""
    found: dict[int, str] = {}
    open_marks: list[int | None] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in ("BDC", "BMC"):
            properties = operands[1] if len(operands) > 1 else None
            open_marks.append(properties.get("/MCID") if isinstance(properties, Dictionary) else None)
            if open_marks[-1] is not None:
                found.setdefault(open_marks[-1], "")
        elif str(operator) == "EMC":
            open_marks.pop()
        elif str(operator) == "Tj" and (marked := [mcid for mcid in open_marks if mcid is not None]):
            found[marked[-1]] += bytes(operands[0]).decode("latin-1") if b"\0" not in bytes(operands[0]) else "..."
    return found


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
    """Write a pack of these PDFs, each an item of its own unless a plan is given; inspection must find no fault."""
    written(target, *paths, plan=plan, draft=draft)
    return target


def written(target: Path, *paths: Path, plan: PackPlan | None = None, draft: bool = False) -> Written:
    """Write a pack as ``build`` does and return what is said of it."""
    plan = plan or plan_of(paths)
    parts = parts_of(plan, paths)
    said = write_pack(plan, *parts, target, draft=draft)
    faults = inspect_pack(target, plan, *parts, draft=draft)
    assert faults == (), faults
    return said


def parts_of(plan: PackPlan, paths: Sequence[Path]) -> tuple[list[PublicDocument], dict[str, str], DocumentInfo]:
    """What writing and inspecting a pack take besides the plan: documents, titles of items, what it says of itself."""
    documents = [release(document(path, entry.pages)) for path, entry in zip(paths, plan.entries, strict=True)]
    return documents, {entry.item: f"Item about {entry.title}" for entry in plan.entries if entry.item}, INFO


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
