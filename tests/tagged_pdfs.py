"""Small tagged PDFs, made element by element, and scans. What they say is invented."""

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.pdfs import A4, add_page, words


class TaggedPdf:
    """A tagged PDF with a title and a language. Elements go to the page that was begun last, in reading order."""

    def __init__(self, title: str = "Trees in Ardenshire", language: str = "en-GB"):
        self.pdf = pikepdf.new()
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
        self.pdf.Root.StructTreeRoot = self.root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)
        self.contents: list[bytes] = []
        self.marks = 0
        self.lines = 0
        if language:
            self.pdf.Root.Lang = String(language)
        if title:
            self.pdf.docinfo.Title = title
        self.page()

    def page(self) -> None:
        """Begin the next page."""
        self.contents.append(b"")
        add_page(self.pdf)
        self.marks = self.lines = 0

    def element(
        self, kind: str, text: str | None = None, kids: Sequence[pikepdf.Object] = (), **keys: object
    ) -> pikepdf.Object:
        """Make an element, with a line of words on the page if ``text`` is given, and not yet put into the tree."""
        made = Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), K=Array(kids), Pg=self.pdf.pages[-1].obj)
        if text is not None:
            made.K.append(self.marks)
            self.draw(b"/%s <</MCID %d>> BDC\n%sEMC\n" % (kind.encode(), self.marks, self.line(text)))
            self.marks += 1
        for key, value in keys.items():
            made[f"/{key}"] = value
        return self.pdf.make_indirect(made)

    def add(self, kind: str, text: str | None = None, kids: Sequence[pikepdf.Object] = (), **keys: object) -> None:
        """Make an element and put it at the end of the tree."""
        self.root.K.append(self.element(kind, text, kids, **keys))

    def table(self, rows: Sequence[Sequence[str]], header: bool = True) -> None:
        lines = []
        for number, row in enumerate(rows):
            kind = "TH" if header and number == 0 else "TD"
            lines.append(self.element("TR", kids=[self.element(kind, cell) for cell in row]))
        self.add("Table", kids=lines)

    def line(self, text: str) -> bytes:
        """The next line of the page."""
        self.lines += 1
        return words(text, y=800 - 16 * self.lines)

    def draw(self, content: bytes) -> None:
        self.contents[-1] += content

    def save(self, folder: Path, name: str = "paper.pdf") -> Path:
        for page, content in zip(self.pdf.pages, self.contents, strict=True):
            page.obj.Contents = self.pdf.make_stream(content)
        self.pdf.save(folder / name)
        return folder / name


def picture_of(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """A grey picture, to be drawn as /Im."""
    stream = io.BytesIO()
    Image.new("L", (60, 80), 200).save(stream, "JPEG")
    looks = {"Width": 60, "Height": 80, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray, "Filter": Name.DCTDecode}
    return pdf.make_stream(stream.getvalue(), Type=Name.XObject, Subtype=Name.Image, **looks)


def scan(path: Path, *texts: str | None) -> Path:
    """Save a PDF with a scanned page for each text: None has no words, others have them unseen over the picture."""
    with pikepdf.new() as pdf:
        for text in texts:
            content = b"q 595 0 0 842 0 0 cm /Im Do Q\n" + (b"3 Tr " + words(text) if text else b"")
            add_page(pdf, content, A4).obj.Resources.XObject = Dictionary(Im=picture_of(pdf))
        pdf.docinfo.Title = "A scanned letter"
        pdf.Root.Lang = String("en-GB")
        pdf.save(path)
    return path
