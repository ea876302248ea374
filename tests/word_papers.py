"""Word papers with faults planted in them, one call a piece. Ardenshire and its trees are invented."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from PIL import Image

from pipeline.model import AccessibilityFault
from pipeline.office.word_faults import word_faults

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LONG = "The Council looks after the trees on verges and in parks, and plants more of them every winter."
_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{C183D7F6}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
_BOX = (
    '<w:r xmlns:w="{w}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape id="box" style="width:100pt"{alt}>'
    "<v:textbox><w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
    "</w:pict></w:r>"
)

_DRAWING = (
    '<w:r xmlns:w="{w}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
    '<mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="9" name="Drawing 9"/>'
    '<a:graphic><a:graphicData uri="{kind}">{inside}</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
    '<mc:Fallback><w:pict><v:shape id="old" style="width:9pt"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
)


def attribute(element: Any, name: str, value: str) -> None:
    element.set(qn(name), value)


class WordPaper:
    """A paper without a fault, to plant faults in: it has a title, a language and a heading."""

    def __init__(self, title: str = "Trees in Ardenshire", heading: str = "Trees"):
        self.document = docx.Document()
        self.document.core_properties.title = title
        if heading:
            self.heading(heading, 1)

    def heading(self, words: str, level: int) -> None:
        self.document.add_heading(words, level)

    def text(self, words: str = LONG, **look: Any) -> Any:
        """A paragraph; ``look``: bold, size (points), colour ("AAAAAA"), style (its name)."""
        paragraph = self.document.add_paragraph(style=look.get("style"))
        run = paragraph.add_run(words)
        run.bold = look.get("bold")
        if "size" in look:
            run.font.size = Pt(look["size"])
        if "colour" in look:
            run.font.color.rgb = RGBColor.from_string(look["colour"])
        return paragraph

    def lines(self, *texts: str) -> None:
        for words in texts:
            self.document.add_paragraph(words)

    def picture(self, alt: str = "", decorative: bool = False) -> None:
        """A picture in a paragraph of its own."""
        stream = io.BytesIO()
        Image.new("RGB", (40, 20), "green").save(stream, "PNG")
        stream.seek(0)
        properties = self.document.add_picture(stream)._inline.docPr
        if alt:
            properties.set("descr", alt)
        if decorative:
            properties.append(parse_xml(_DECORATIVE))

    def drawing(self, kind: str, inside: str) -> None:
        """A drawing that stands free, with an older one for older programs; ``kind`` is the namespace of its data."""
        self.document.add_paragraph()._p.append(parse_xml(_DRAWING.format(w=W, kind=kind, inside=inside)))

    def text_box(self, words: str, alt: str = "") -> None:
        """A text box of the old kind (VML)."""
        said = f' alt="{alt}"' if alt else ""
        self.document.add_paragraph()._p.append(parse_xml(_BOX.format(w=W, alt=said, words=words)))

    def table(self, rows: Sequence[Sequence[str]], header: bool = True) -> Any:
        table = self.document.add_table(rows=len(rows), cols=max(map(len, rows)))
        for row, words in zip(table.rows, rows, strict=True):
            for cell, word in zip(row.cells, words, strict=False):
                cell.text = word
        if header:
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self.document.add_paragraph(LONG)
        return table

    def link(self, before: str, words: str, address: str) -> None:
        """A paragraph that ends with a link."""
        paragraph = self.document.add_paragraph(before)
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        element = OxmlElement("w:hyperlink")
        attribute(element, "r:id", self.document.part.relate_to(address, kind, is_external=True))
        element.append(paragraph.add_run(words)._r)
        paragraph._p.append(element)

    def field_link(self, words: str, address: str) -> None:
        """A link as a field, as old versions of Word write it."""
        paragraph = self.document.add_paragraph("See ")
        for kind in ("begin", "code", "separate", "words", "end"):
            run = paragraph.add_run(words if kind == "words" else "")
            if kind == "code":
                code = OxmlElement("w:instrText")
                code.text = f' HYPERLINK "{address}" '
                run._r.append(code)
            elif kind != "words":
                mark = OxmlElement("w:fldChar")
                attribute(mark, "w:fldCharType", kind)
                run._r.append(mark)

    def without_language(self) -> None:
        styles = self.document.styles.element
        for language in list(styles.iter(qn("w:lang"))):
            language.getparent().remove(language)

    def save(self, folder: Path, name: str = "report.docx") -> Path:
        self.document.save(str(folder / name))
        return folder / name

    def faults(self, folder: Path) -> tuple[AccessibilityFault, ...]:
        return word_faults(self.save(folder), "report.docx")


def shade(cell: Any, fill: str) -> None:
    """Shade a cell of a table."""
    shading = OxmlElement("w:shd")
    attribute(shading, "w:val", "clear")
    attribute(shading, "w:fill", fill)
    cell._tc.get_or_add_tcPr().append(shading)
