import pikepdf
import pytest
from fontTools.ttLib import TTFont

from pipeline.pack.stampfont import FONTS, embed_font, stamp_font


def test_measures_are_those_of_the_font_file() -> None:
    font = TTFont(FONTS / "CivicpackStamp.ttf")
    for code, name in font.getBestCmap().items():
        width = round(font["hmtx"][name][0] * 1000 / font["head"].unitsPerEm)
        assert stamp_font().glyphs[code] == (font.getGlyphID(name), width)
    assert len(stamp_font().glyphs) == len(font.getBestCmap())


def test_font_has_its_own_name_and_its_licence_beside_it() -> None:
    names = {record.nameID: str(record) for record in TTFont(FONTS / "CivicpackStamp.ttf")["name"].names}
    assert (names[1], names[4], names[6]) == ("Civicpack Stamp", "Civicpack Stamp", "CivicpackStamp")
    assert "Liberation" not in "".join(names[each] for each in (1, 2, 3, 4, 5, 6))
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_width_is_in_points() -> None:
    assert stamp_font().width("Page 12", 10) == pytest.approx(37.26, abs=0.01)


@pytest.mark.parametrize("letters", ["Ŵŷâô", "–—’“”£€", "ąčęėįšųūž", "Agenda Item 5a"])
def test_letters_of_the_councils_languages_are_there(letters: str) -> None:
    assert len(stamp_font().encode(letters)) == 4 * len(letters) + 2


def test_letter_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no letter '漢' \(U\+6F22\)"):
        stamp_font().encode("漢")


def test_embedded_font_is_small_and_gives_its_letters_back() -> None:
    with pikepdf.new() as pdf:
        font = embed_font(pdf)
        cmap = font.ToUnicode.read_bytes()
        program = font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
    for letter in b" -M":
        assert b"<%04X> <%04X>" % (stamp_font().glyphs[letter][0], letter) in cmap
    assert len(program) < 30_000
