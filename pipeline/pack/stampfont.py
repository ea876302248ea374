"""The one font of everything the tool itself draws on a pack: stamps, blank pages, the watermark.

A subset of Liberation Sans under another name (``fonts/``, made by ``fonts/make_stamp_font.py``), embedded once a pack
as an Identity-H CIDFontType2 with ToUnicode, so that what is stamped can be searched, copied and read aloud.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

FONTS = Path(__file__).with_name("fonts")


@dataclass(frozen=True)
class StampFont:
    """The measures of the font. Lengths in thousandths of the type size.

    ``glyphs``: code point -> (glyph id, width).
    """

    name: str
    ascent: int
    descent: int
    cap_height: int
    bbox: tuple[int, ...]
    glyphs: dict[int, tuple[int, int]]

    def width(self, text: str, size: float) -> float:
        """Return how wide the text is in points at this type size. Raises ValueError as ``encode`` does."""
        return sum(self._glyph(letter)[1] for letter in text) * size / 1000

    def encode(self, text: str) -> bytes:
        """Return the text as the hexadecimal string that a content stream shows with Tj, brackets included.

        Raises ValueError for a letter that the font has not: nothing is ever shown as an empty box.
        """
        return b"<%s>" % "".join(f"{self._glyph(letter)[0]:04X}" for letter in text).encode("ascii")

    def _glyph(self, letter: str) -> tuple[int, int]:
        try:
            return self.glyphs[ord(letter)]
        except KeyError:
            raise ValueError(f"The font of the stamps has no letter {letter!r} (U+{ord(letter):04X}).") from None


@cache
def stamp_font() -> StampFont:
    """Return the measures, read once from the JSON beside the font file."""
    measures = json.loads((FONTS / "CivicpackStamp.json").read_text(encoding="ascii"))
    return StampFont(
        name=measures["name"],
        ascent=measures["ascent"],
        descent=measures["descent"],
        cap_height=measures["cap_height"],
        bbox=tuple(measures["bbox"]),
        glyphs={int(code): (glyph[0], glyph[1]) for code, glyph in measures["glyphs"].items()},
    )


def embed_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return the font as an indirect object of this PDF (14 KB compressed). Embed once, use on every page."""
    font = stamp_font()
    base_name = Name(f"/CVCPCK+{font.name}")
    descendant = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=base_name,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            CIDToGIDMap=Name.Identity,
            FontDescriptor=pdf.make_indirect(_descriptor(pdf, font, base_name)),
            DW=1000,
            W=_widths(font),
        )
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=base_name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([descendant]),
            ToUnicode=pdf.make_stream(_to_unicode(font)),
        )
    )


def _descriptor(pdf: pikepdf.Pdf, font: StampFont, base_name: Name) -> Dictionary:
    data = (FONTS / "CivicpackStamp.ttf").read_bytes()
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=base_name,
        Flags=32,  # non-symbolic (ISO 32000-1 table 123)
        FontBBox=Array(font.bbox),
        ItalicAngle=0,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=font.cap_height,
        StemV=80,
        FontFile2=pdf.make_stream(data, Length1=len(data)),
    )


def _widths(font: StampFont) -> Array:
    """The /W array: one run from the first to the last glyph id that has a letter."""
    by_glyph = dict(font.glyphs.values())
    first, last = min(by_glyph), max(by_glyph)
    return Array([first, Array([by_glyph.get(glyph, 0) for glyph in range(first, last + 1)])])


def _to_unicode(font: StampFont) -> bytes:
    """The ToUnicode CMap. In this font no two letters share a glyph."""
    letters = sorted((glyph, code) for code, (glyph, _width) in font.glyphs.items())
    pairs = [f"<{glyph:04X}> <{code:04X}>" for glyph, code in letters]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]  # at most 100 a block (ISO 32000-1 9.10.3)
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
        *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    ]
    return "\n".join(lines).encode("ascii")
