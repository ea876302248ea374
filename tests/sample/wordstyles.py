"""The styles and list numbering of the sample's Word papers."""

from dataclasses import dataclass

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
HEADINGS, BULLETS, RECOMMENDATIONS = 1, 2, 3


@dataclass(frozen=True)
class Look:
    """The typeface, size in points, colours and margins (top, right, bottom, left in cm) of a paper.

    ``numbered``: are headings and their paragraphs numbered 1, 1.1 as in a council report?
    """

    font: str
    size: float
    dark: str = "1F5132"
    pale: str = "E8F1EA"
    margins_cm: tuple[float, float, float, float] = (2.0, 2.2, 2.6, 2.2)
    numbered: bool = False
    table_size: float = 10


def style(
    name: str, style_id: str, ppr: str = "", rpr: str = "", based: str = "Normal", after: str = "", quick: bool = True
) -> str:
    based_xml = f'<w:basedOn w:val="{based}"/>' if based else ""
    next_xml = f'<w:next w:val="{after}"/>' if after else ""
    default = ' w:default="1"' if style_id == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style_id}"><w:name w:val="{name}"/>{based_xml}{next_xml}'
        f"{'<w:qFormat/>' if quick else ''}<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def spacing(before: float, after: float, line: float = 1.0) -> str:
    """Space before and after in points, and line spacing as a multiple."""
    return (
        f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" '
        f'w:line="{round(line * 240)}" w:lineRule="auto"/>'
    )


def size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def bold(points: float, colour: str) -> str:
    return f'<w:b/><w:bCs/><w:color w:val="{colour}"/>{size(points)}'


def numbered(level: int, number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def styles_xml(look: Look) -> str:
    """word/styles.xml for one look."""
    fonts = f'<w:rFonts w:ascii="{look.font}" w:hAnsi="{look.font}" w:eastAsia="{look.font}" w:cs="{look.font}"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size(look.size)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{spacing(0, 6)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    parts = [*heading_styles(look), *text_styles(look), *table_styles(look), CHARACTER_STYLES]
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if prefix in "wr")
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:styles {spaces}>{defaults}{''.join(parts)}</w:styles>"
    )


def heading_styles(look: Look) -> list[str]:
    numbers = [numbered(level, HEADINGS) if look.numbered else "" for level in (0, 1)]
    keep = "<w:keepNext/><w:keepLines/>"
    sizes = (12.0, 12.0, 12.0) if look.numbered else (18.0, 14.0, 12.0)
    colour = "000000" if look.numbered else look.dark
    above = (12, 8) if look.numbered else (16, 12)
    return [
        style("Normal", "Normal", based=""),
        style("Title", "Title", spacing(0, 12), bold(26, look.dark), after="Normal"),
        style("Subtitle", "Subtitle", spacing(0, 8), bold(15, "333333"), after="Normal"),
        style(
            "heading 1",
            "Heading1",
            f'{keep}{numbers[0]}{spacing(above[0], 6)}<w:outlineLvl w:val="0"/>',
            bold(sizes[0], colour),
            after="Normal",
        ),
        style(
            "heading 2",
            "Heading2",
            f'{keep}{numbers[1]}{spacing(above[1], 4)}<w:outlineLvl w:val="1"/>',
            bold(sizes[1], colour),
            after="Normal",
        ),
        style(
            "Form Heading",
            "FormHeading",
            f'{keep}{numbered(0, 0)}{spacing(9, 3)}<w:ind w:left="0" w:firstLine="0"/><w:outlineLvl w:val="0"/>',
            bold(12.0, "000000"),
            based="Heading1",
            after="Normal",
        ),
        style("TOC Heading", "TOCHeading", spacing(0, 10), bold(18, look.dark), after="Normal"),
        toc_style("toc 1", "TOC1", look, 0, "<w:b/>"),
        toc_style("toc 2", "TOC2", look, 0.6, ""),
    ]


def toc_style(name: str, style_id: str, look: Look, indent_cm: float, rpr: str) -> str:
    _, right, _, left = look.margins_cm
    tab = round((21.0 - left - right) * 1440 / 2.54)
    indent = f'<w:ind w:left="{round(indent_cm * 1440 / 2.54)}"/>' if indent_cm else ""
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{tab}"/></w:tabs>'
    return style(name, style_id, f"{tabs}{spacing(0 if indent_cm else 5, 3)}{indent}", rpr, quick=False)


def text_styles(look: Look) -> list[str]:
    tab = '<w:tabs><w:tab w:val="right" w:pos="9400"/></w:tabs>'
    return [
        style("List Bullet", "ListBullet", f"{numbered(0, BULLETS)}{spacing(0, 3)}"),
        style("List Number", "ListNumber", f"{numbered(0, RECOMMENDATIONS)}{spacing(0, 5)}"),
        style("Numbered Paragraph", "NumberedParagraph", numbered(2, HEADINGS) if look.numbered else ""),
        style("Section Text", "SectionText", '<w:ind w:left="709"/>' if look.numbered else ""),
        style("Field Label", "FieldLabel", f"<w:keepNext/>{spacing(8, 3)}", "<w:b/><w:bCs/>"),
        style("Field Line", "FieldLine", spacing(8, 3)),
        style("Report Class", "ReportClass", f'{spacing(0, 2)}<w:jc w:val="right"/>', bold(14, "000000")),
        style("caption", "Caption", spacing(8, 4), f'<w:b/><w:bCs/><w:color w:val="{look.dark}"/>{size(10.5)}'),
        style("Box Heading", "BoxHeading", f"<w:keepNext/>{spacing(0, 3)}", bold(12, look.dark)),
        style("Box Text", "BoxText", spacing(0, 3), size(11)),
        style("Big Number", "BigNumber", spacing(6, 6), bold(26, look.dark)),
        style("Note", "Note", spacing(3, 8), f'<w:color w:val="333333"/>{size(9.5)}'),
        style("header", "Header", f"{tab}{spacing(0, 0)}", f'<w:color w:val="444444"/>{size(9.5)}', quick=False),
        style("footer", "Footer", f"{tab}{spacing(0, 0)}", f'<w:color w:val="444444"/>{size(9.5)}', quick=False),
    ]


def table_styles(look: Look) -> list[str]:
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{look.dark}"'
    sides = "".join(f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    pad = 2 if look.table_size <= 10 else 3
    margins = '<w:left w:w="90" w:type="dxa"/><w:right w:w="90" w:type="dxa"/>'
    return [
        style("Table Text", "TableText", spacing(pad, pad), size(look.table_size)),
        style("Key Text", "KeyText", spacing(6, 6), size(14)),
        style("Table Heading", "TableHeading", f"<w:keepNext/>{spacing(pad, pad)}", bold(look.table_size, "FFFFFF")),
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f"<w:tblPr><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>",
        '<w:style w:type="table" w:customStyle="1" w:styleId="CouncilTable"><w:name w:val="Council Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr></w:style>',
    ]


CHARACTER_STYLES = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0B4F9E"/><w:u w:val="single"/></w:rPr></w:style>'
)


def numbering_xml(look: Look) -> str:
    """word/numbering.xml: report headings (1, 1.1 for sub-headings, 1.1 for paragraphs), bullets, recommendations."""
    hang = '<w:pPr><w:ind w:left="709" w:hanging="709"/></w:pPr>'
    headings = "".join(
        level(number, "decimal", shown, hang, linked)
        for number, shown, linked in (
            (0, "%1", "Heading1"),
            (1, "%1.%2", "Heading2"),
            (2, "%1.%3", "NumberedParagraph"),
        )
    )
    left = 1134 if look.numbered else 425
    bullet_ppr = f'<w:pPr><w:ind w:left="{left}" w:hanging="425"/></w:pPr>'
    bullet = level(0, "bullet", "\N{BULLET}", bullet_ppr, "ListBullet")
    given = level(0, "decimal", "(%1)", '<w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr>', "ListNumber")
    kinds = [(HEADINGS, headings if look.numbered else ""), (BULLETS, bullet), (RECOMMENDATIONS, given)]
    kinds = [(number, levels) for number, levels in kinds if levels]
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        for number, levels in kinds
    )
    numbers = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number, _ in kinds)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:numbering xmlns:w="{NAMESPACES["w"]}">{abstract}{numbers}</w:numbering>'
    )


def level(number: int, kind: str, shown: str, ppr: str, linked: str) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{linked}"/>'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>{ppr}</w:lvl>'
    )
