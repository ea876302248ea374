"""Word files written part by part, so that the same content always gives the same bytes.

Only what a council's papers need: styles, numbered headings, lists, tables with marked header rows, captions, links,
pictures, a text box, a native chart, a contents list, header and footer. Lengths: ``cm`` in centimetres, ``emu`` and
``twips`` where the format wants them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from wordpackage import HEAD, OFFICE, PACKAGE, content_types, core_properties, relationships, whole, write_zip
from wordstyles import NAMESPACES, Look, numbering_xml, styles_xml
from wordxml import anchored, emu, field_code, inline, para, run, twips

HYPERLINK = '<w:rStyle w:val="Hyperlink"/>'
ROOTS = {"header": "hdr", "footer": "ftr"}
SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)
A4 = '<w:pgSz w:w="11906" w:h="16838"/>'


@dataclass
class WordFile:
    """A Word file being written. ``add`` puts blocks into the body; the other methods make blocks and runs."""

    look: Look
    title: str
    author: str
    subject: str
    body: list[str] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    charts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    captions: int = 0
    figures: int = 0
    objects: int = 0
    bookmarks: int = 0

    def add(self, *blocks: str) -> None:
        self.body.extend(blocks)

    def next_object(self) -> int:
        self.objects += 1
        return self.objects

    def link(self, words: str, address: str) -> str:
        """Runs that link to a web or mail address."""
        if address not in self.links:
            self.links.append(address)
        number = self.links.index(address) + 1
        return f'<w:hyperlink r:id="rLink{number}" w:history="1">{run(words, HYPERLINK)}</w:hyperlink>'

    def heading(self, words: str, level: int, bookmark: str = "", new_page: bool = False) -> str:
        content = self.marked(run(words), bookmark) if bookmark else run(words)
        return para(content, f"Heading{level}", "<w:pageBreakBefore/>" if new_page else "")

    def marked(self, content: str, bookmark: str) -> str:
        """The runs with a bookmark around them."""
        self.bookmarks += 1
        number = self.bookmarks
        return f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>{content}<w:bookmarkEnd w:id="{number}"/>'

    def caption(self, words: str) -> str:
        """A table's caption, numbered through the file; stands above its table and stays with it."""
        self.captions += 1
        number = field_code(" SEQ Table \\* ARABIC ", str(self.captions))
        content = self.marked(f"{run('Table ')}{number}{run(': ' + words)}", f"table{self.captions}")
        return para(content, "Caption", "<w:keepNext/>")

    def figure_caption(self, words: str) -> str:
        self.figures += 1
        number = field_code(" SEQ Figure \\* ARABIC ", str(self.figures))
        return para(f"{run('Figure ')}{number}{run(': ' + words)}", "Caption")

    def picture(self, name: str, data: bytes, width_cm: float, height_cm: float, alt: str) -> str:
        """A run with an inline picture."""
        if name not in self.media:
            self.media[name] = data
        number, cx, cy = self.next_object(), emu(width_cm), emu(height_cm)
        relation = f"rPicture{list(self.media).index(name) + 1}"
        graphic = (
            f'<a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" '
            f'name="{name}" descr={quoteattr(alt)}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
            f'<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            f"</a:prstGeom></pic:spPr></pic:pic></a:graphicData>"
        )
        return inline(number, f"Picture {number}", cx, cy, alt, graphic)

    def text_box(self, blocks: Sequence[str], width_cm: float, height_cm: float, alt: str) -> str:
        """A run with a text box of whole paragraphs, which stands above the words of the paragraph that the run begins.

        It is anchored, not inline: LibreOffice drops the description of an inline one."""
        number, cx, cy = self.next_object(), emu(width_cm), emu(height_cm)
        graphic = (
            f'<a:graphicData uri="{NAMESPACES["wps"]}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm>'
            f'<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            f'</a:prstGeom><a:solidFill><a:srgbClr val="{self.look.pale}"/></a:solidFill><a:ln w="19050"><a:solidFill>'
            f'<a:srgbClr val="{self.look.dark}"/></a:solidFill></a:ln></wps:spPr><wps:txbx><w:txbxContent>'
            f"{''.join(blocks)}</w:txbxContent></wps:txbx>"
            '<wps:bodyPr rot="0" vert="horz" wrap="square" lIns="144000" tIns="90000" rIns="144000" bIns="90000" '
            'anchor="ctr" anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp></a:graphicData>'
        )
        choice = anchored(number, f"Text box {number}", cx, cy, alt, graphic)
        return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice></mc:AlternateContent></w:r>'

    def chart(self, chart_xml: str, width_cm: float, height_cm: float, alt: str) -> str:
        """A run with a native chart."""
        self.charts.append(chart_xml)
        number = self.next_object()
        graphic = f'<a:graphicData uri="{NAMESPACES["c"]}"><c:chart r:id="rChart{len(self.charts)}"/></a:graphicData>'
        return inline(number, f"Chart {number}", emu(width_cm), emu(height_cm), alt, graphic)

    def contents(self, entries: Sequence[tuple[int, str, str, int]], code: str = 'TOC \\o "1-2" \\h') -> list[str]:
        """A contents list of (level, words, bookmark, page), as Word last worked it out by the field ``code``."""
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        lines = []
        for place, (level, words, bookmark, page) in enumerate(entries):
            entry = f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{run(words)}<w:r><w:tab/></w:r>{run(str(page))}'
            content = (begin if place == 0 else "") + entry + "</w:hyperlink>"
            if place == len(entries) - 1:
                content += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            lines.append(para(content, f"TOC{level}"))
        return lines

    def save(self, path: Path, header: str = "", footer: str = "", first_page_differs: bool = False) -> None:
        """Write the file; ``header`` (not on a first page that differs) and ``footer`` are paragraphs."""
        write_zip(path, self.parts(header, footer, first_page_differs))

    def parts(self, header: str, footer: str, first_page_differs: bool) -> dict[str, bytes]:
        relations = [("rStyles", "styles", "styles.xml"), ("rNumbering", "numbering", "numbering.xml")]
        relations += [("rSettings", "settings", "settings.xml"), ("rFonts", "fontTable", "fontTable.xml")]
        relations += [(f"rPicture{n}", "image", f"media/{name}") for n, name in enumerate(self.media, 1)]
        relations += [(f"rChart{n}", "chart", f"charts/chart{n}.xml") for n in range(1, len(self.charts) + 1)]
        links = [(f"rLink{n}", f"{OFFICE}/hyperlink", address) for n, address in enumerate(self.links, 1)]
        furniture = [(kind, content) for kind, content in (("header", header), ("footer", footer)) if content]
        relations += [(f"r{kind}", kind, f"{kind}1.xml") for kind, _ in furniture]
        section = "".join(f'<w:{kind}Reference w:type="default" r:id="r{kind}"/>' for kind, _ in furniture)
        if first_page_differs and footer:
            section += '<w:footerReference w:type="first" r:id="rfooter"/>'
        margins = self.look.margins_cm
        section += (
            f'{A4}<w:pgMar w:top="{twips(margins[0])}" w:right="{twips(margins[1])}" w:bottom="{twips(margins[2])}" '
            f'w:left="{twips(margins[3])}" w:header="{twips(1.2)}" w:footer="{twips(1.7)}" w:gutter="0"/>'
            + ("<w:titlePg/>" if first_page_differs else "")
        )
        document = f"<w:body>{''.join(self.body)}<w:sectPr>{section}</w:sectPr></w:body>"
        parts = {
            "[Content_Types].xml": content_types(len(self.charts), [kind for kind, _ in furniture]),
            "_rels/.rels": relationships(
                [
                    ("r1", f"{OFFICE}/officeDocument", "word/document.xml"),
                    ("r2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                ]
            ),
            "docProps/core.xml": core_properties(self.title, self.author, self.subject),
            "word/document.xml": whole("w:document", document),
            "word/_rels/document.xml.rels": relationships(
                [*((rid, f"{OFFICE}/{kind}", target) for rid, kind, target in relations), *links]
            ),
            "word/styles.xml": styles_xml(self.look).encode(),
            "word/numbering.xml": numbering_xml(self.look).encode(),
            "word/settings.xml": whole("w:settings", SETTINGS),
            "word/fontTable.xml": whole("w:fonts", f'<w:font w:name="{self.look.font}"/>'),
        }
        parts |= {f"word/{kind}1.xml": whole(f"w:{ROOTS[kind]}", content) for kind, content in furniture}
        parts |= {f"word/_rels/{kind}1.xml.rels": relationships(links) for kind, _ in furniture}
        parts |= {f"word/media/{name}": data for name, data in self.media.items()}
        parts |= {f"word/charts/chart{n}.xml": (HEAD + xml).encode() for n, xml in enumerate(self.charts, 1)}
        return parts
