"""Pieces of a Word document as XML: runs, paragraphs, fields, pictures' frames. Lengths are in centimetres."""

import re
from xml.sax.saxutils import escape, quoteattr


def twips(cm: float) -> int:
    return round(cm * 1440 / 2.54)


def emu(cm: float) -> int:
    return round(cm * 360000)


def run(text: str, properties: str = "") -> str:
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def rich(text: str) -> str:
    """Runs of ``text``, in which ``**words**`` are bold and ``//words//`` italic (nothing nests)."""
    runs = []
    for piece in re.split(r"(\*\*.+?\*\*|(?<!:)//.+?//)", text):
        if piece.startswith("**"):
            runs.append(run(piece[2:-2], "<w:b/>"))
        elif piece.startswith("//"):
            runs.append(run(piece[2:-2], "<w:i/>"))
        elif piece:
            runs.append(run(piece))
    return "".join(runs)


def para(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of ready-made runs; ``properties`` is the inside of its w:pPr after the style."""
    style_xml = f'<w:pStyle w:val="{style}"/>' if style else ""
    ppr = f"<w:pPr>{style_xml}{properties}</w:pPr>" if style or properties else ""
    return f"<w:p>{ppr}{content}</w:p>"


def text(words: str, style: str = "") -> str:
    return para(rich(words), style)


def field_code(code: str, shown: str, properties: str = "") -> str:
    """A simple field (SEQ, PAGE) with the result that was last shown."""
    return f'<w:fldSimple w:instr="{escape(code)}">{run(shown, properties)}</w:fldSimple>'


def anchored(number: int, name: str, cx: int, cy: int, alt: str, graphic: str) -> str:
    """A drawing in the middle of the column above the words of its paragraph."""
    return (
        '<w:drawing><wp:anchor distT="0" distB="108000" distL="0" distR="0" simplePos="0" relativeHeight="2" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:align>center</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>'
        f'<wp:docPr id="{number}" name="{name}" descr={quoteattr(alt)}/><wp:cNvGraphicFramePr/>'
        f"<a:graphic>{graphic}</a:graphic></wp:anchor></w:drawing>"
    )


def inline(number: int, name: str, cx: int, cy: int, alt: str, graphic: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number}" name="{name}" descr={quoteattr(alt)}/>'
        f"<wp:cNvGraphicFramePr/><a:graphic>{graphic}</a:graphic></wp:inline></w:drawing></w:r>"
    )
