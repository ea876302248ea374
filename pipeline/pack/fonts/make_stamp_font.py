"""Make the font of the stamps: a subset of Liberation Sans, renamed as its licence asks, and its measures as JSON.

Run once by hand, when the set of letters changes; needs fontTools (WeasyPrint brings it):

    python pipeline/pack/fonts/make_stamp_font.py LiberationSans-Regular.ttf

It writes CivicpackStamp.ttf and CivicpackStamp.json beside itself. At run time ``stampfont.py`` reads those two and
needs no font library. Source: Liberation Fonts 2 (SIL Open Font License 1.1, Reserved Font Name "Liberation": a
modified version takes another name). The licence is in OFL.txt.
"""

import json
import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]  # fontTools ships no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

HERE = Path(__file__).parent
FAMILY = "Civicpack Stamp"
POSTSCRIPT = "CivicpackStamp"
#: Latin, Latin-1, Latin Extended-A (Welsh w and y with circumflex, Polish, Czech ...), dashes, quotes, bullet, euro.
_OTHERS = "–—‘’‚“”„•…€−\u2011"  # noqa: RUF001 (these letters are meant)
LETTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, _OTHERS))
_FAMILY, _SUBFAMILY, _UNIQUE, _FULL, _VERSION, _POSTSCRIPT = 1, 2, 3, 4, 5, 6
_KEPT_NAMES = (0, 13, 14)  # copyright, licence, address of the licence


def make(source: Path) -> None:
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(hinting=False, glyph_names=False, layout_features=[], name_IDs=["*"], notdef_outline=True)
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "kern", "FFTM", "gasp", "DSIG", "meta"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    _rename(font)
    font.save(HERE / f"{POSTSCRIPT}.ttf")
    (HERE / f"{POSTSCRIPT}.json").write_text(json.dumps(_measures(font), sort_keys=True) + "\n", encoding="ascii")


def _rename(font: TTFont) -> None:
    """Give the subset its own name; copyright and licence stay as they were."""
    table = font["name"]
    table.names = [name for name in table.names if name.platformID == 3 and name.nameID in _KEPT_NAMES]
    for name_id, words in (
        (_FAMILY, FAMILY),
        (_SUBFAMILY, "Regular"),
        (_UNIQUE, f"{FAMILY} 1.0"),
        (_FULL, FAMILY),
        (_VERSION, "Version 1.0; modified subset"),
        (_POSTSCRIPT, POSTSCRIPT),
    ):
        table.setName(words, name_id, 3, 1, 0x409)


def _measures(font: TTFont) -> dict[str, object]:
    """Everything a PDF needs to know of the font, in thousandths of the type size."""
    to_em = 1000 / font["head"].unitsPerEm
    head, os2 = font["head"], font["OS/2"]
    glyphs = {
        str(code): [font.getGlyphID(name), round(font["hmtx"][name][0] * to_em)]
        for code, name in sorted(font.getBestCmap().items())
    }
    return {
        "name": POSTSCRIPT,
        "ascent": round(font["hhea"].ascent * to_em),
        "descent": round(font["hhea"].descent * to_em),
        "cap_height": round(getattr(os2, "sCapHeight", 0) * to_em) or 716,
        "bbox": [round(v * to_em) for v in (head.xMin, head.yMin, head.xMax, head.yMax)],
        "glyphs": glyphs,
    }


if __name__ == "__main__":
    make(Path(sys.argv[1]))
