"""The stamps on torture pages must look just as they do on a plain page of the same viewed size."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops

from pipeline.errors import PaperError
from pipeline.model import EntryKind, Numbering
from pipeline.pack.geometry import View
from pipeline.pack.pagination import stamps_of
from pipeline.pack.plan import Placing, plan_pack
from tests.pdfs import A4, add_page, build, ink, picture, text_of, text_pdf, words

FULL_WHITE = b"1 g -5000 -5000 10000 10000 re f "
PORTRAIT, LANDSCAPE = (595.0, 842.0), (842.0, 595.0)

#: name: (page keys, content, viewed width and height)
BOXES: dict[str, tuple[dict[str, Any], tuple[float, float]]] = {
    "rotated 90": ({"Rotate": 90}, LANDSCAPE),
    "rotated 180": ({"Rotate": 180}, PORTRAIT),
    "rotated 270": ({"Rotate": 270}, LANDSCAPE),
    "rotated -90": ({"Rotate": -90}, LANDSCAPE),
    "rotated 450": ({"Rotate": 450}, LANDSCAPE),
    "cropped": ({"box": (0, 0, 1000, 1000), "CropBox": Array((100, 50, 695, 892))}, PORTRAIT),
    "cropped and rotated": (
        {"box": (0, 0, 1000, 1000), "CropBox": Array((100, 50, 695, 892)), "Rotate": 270},
        LANDSCAPE,
    ),
    "crop box larger than the page": ({"CropBox": Array((-100, -100, 2000, 2000))}, PORTRAIT),
    "crop box off the page": ({"CropBox": Array((5000, 5000, 6000, 6000))}, PORTRAIT),
    "crop box reversed": ({"box": (0, 0, 1000, 1000), "CropBox": Array((695, 892, 100, 50))}, PORTRAIT),
    "media box reversed": ({"box": (595, 842, 0, 0)}, PORTRAIT),
    "media box offset": ({"box": (-300, 400, 295, 1242)}, PORTRAIT),
    "media box offset and rotated": ({"box": (-300, 400, 295, 1242), "Rotate": 90}, LANDSCAPE),
    "no media box": ({"box": None}, (612.0, 792.0)),
    "fractions": ({"box": (0.25, 0.75, 595.25, 842.75)}, PORTRAIT),
}

CONTENTS: dict[str, bytes | list[bytes] | None] = {
    "no contents": None,
    "unbalanced q": b"q 0.1 0 0 0.1 300 300 cm q 0 1 0 rg",
    "unbalanced Q": b"Q Q Q 0.5 0 0 0.5 0 0 cm Q",
    "scaled without q": b"0.1 0 0 -0.1 300 300 cm",
    "open text": b"BT 3 Tr 500 Tz 40 Ts /F1 90 Tf 1 0 0 1 9 9 Tm",
    "open marked content": b"/Span <</MCID 0>> BDC /OC /None BDC",
    "open string": b"BT /F1 9 Tf (never closed",
    "open array": b"[ /left",
    "open inline image": b"BI /W 1 /H 1 /BPC 8 /CS /G ID \xff",
    "clipped to nothing": b"0 0 1 1 re W n",
    "white ink": b"1 g 1 G",
    "opaque background": FULL_WHITE,
    "comment at the end": b"0 g % no line end",
    "split within an operator's operands": [b"0.1 0 0", b"0.1 300 300 cm q", b"Q q"],
}


def stamped(tmp_path: Path, content: bytes | list[bytes] | None = b"", **keys: Any) -> Path:
    """A pack of one page with "Agenda Item 1" and "Page 1" (and the blank page behind it)."""
    paper = tmp_path / "paper.pdf"
    with pikepdf.new() as pdf:
        add_page(pdf, content, **keys)
        pdf.save(paper)
    return build(tmp_path / "pack.pdf", paper)


def plain(tmp_path: Path, size: tuple[float, float]) -> Image.Image:
    (tmp_path / "plain").mkdir()
    return picture(stamped(tmp_path / "plain", box=(0, 0, *size)), width=round(size[0]))


def differs(one: Image.Image, other: Image.Image) -> int:
    """How many pixels clearly differ (not by the edge of a letter)."""
    assert one.size == other.size
    return sum(ImageChops.difference(one, other).point(lambda value: value > 100).histogram()[1:])


@pytest.mark.parametrize("name", BOXES)
def test_stamps_are_upright_in_the_visible_corner_of(name: str, tmp_path: Path) -> None:
    keys, size = BOXES[name]
    pack = stamped(tmp_path, **keys)
    assert text_of(pack, 1) == "Page 1 Agenda Item 1"
    assert differs(picture(pack, width=round(size[0])), plain(tmp_path, size)) == 0


@pytest.mark.parametrize("name", CONTENTS)
def test_stamps_are_not_touched_by_content_with(name: str, tmp_path: Path) -> None:
    pack = stamped(tmp_path, CONTENTS[name])
    assert text_of(pack, 1).endswith("Page 1 Agenda Item 1")
    assert differs(picture(pack), plain(tmp_path, PORTRAIT)) == 0


def test_rotation_inherited_from_the_page_tree_counts(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    with pikepdf.new() as pdf:
        add_page(pdf, words("Inherits"))
        pdf.Root.Pages.Rotate = 90
        pdf.Root.Pages.MediaBox = Array(A4)
        del pdf.pages[0].obj["/MediaBox"]
        pdf.save(paper)
    pack = build(tmp_path / "pack.pdf", paper)
    left, top, right, bottom = ink(picture(pack, width=842).crop((0, 500, 842, 595))) or (0, 0, 0, 0)
    assert (left + right) / 2 == pytest.approx(421, abs=2)
    assert right - left > 2 * (bottom - top)


def test_user_unit_is_scaled_away(tmp_path: Path) -> None:
    pack = stamped(tmp_path, box=(0, 0, 297.5, 421), UserUnit=2)
    assert text_of(pack, 1) == "Page 1 Agenda Item 1"
    assert differs(picture(pack), plain(tmp_path, PORTRAIT)) == 0  # pypdfium2 shows units as points: half the size


@pytest.mark.parametrize(
    ("size", "least", "most"),
    [
        ((50, 400), 4.0, 9.0),
        ((20, 20), 1.0, 4.0),
        ((3, 3), 0.2, 0.6),
        ((420, 595), 9.0, 9.0),
        ((595, 842), 11.0, 11.0),
        ((842, 595), 11.0, 11.0),
        ((1191, 842), 15.0, 16.0),
        ((2384, 3370), 40.0, 45.0),
        ((14400, 200), 9.0, 9.0),
    ],
)
def test_type_suits_the_page_and_stays_inside(size: tuple[float, float], least: float, most: float) -> None:
    stamps = stamps_of(View((0, 0, *size)), "1234", "12", draft=False)
    for stamp in stamps:
        assert least <= stamp.size <= most
        assert stamp.x >= 0 and 0.25 * stamp.size <= stamp.y and stamp.y + stamp.size <= size[1]
    foot, head = stamps
    assert foot.text == "Page 1234" and head.text == "Agenda Item 12"
    assert foot.y + foot.size < head.y


@pytest.mark.parametrize("size", [(50, 400), (400, 50), (20, 20), (3, 3), (2384, 3370)])
def test_stamps_of_odd_sizes_are_seen_whole(size: tuple[float, float], tmp_path: Path) -> None:
    image = picture(stamped(tmp_path, box=(0, 0, *size)), width=1200)
    left, top, right, bottom = ink(image) or (0, 0, 0, 0)
    assert 0 < left < right < image.width and 0 < top < bottom < image.height


def test_number_is_readable_on_a_dark_page(tmp_path: Path) -> None:
    foot = picture(stamped(tmp_path, b"0 g 0 0 595 842 re f")).crop((260, 800, 340, 835))
    values = foot.getextrema()
    assert values[0] < 20 and values[1] > 160


def test_number_stands_near_the_foot_as_in_published_packs(tmp_path: Path) -> None:
    image = picture(stamped(tmp_path))
    left, top, right, bottom = ink(image.crop((0, 421, 595, 842))) or (0, 0, 0, 0)
    assert (left + right) / 2 == pytest.approx(297.5, abs=1.5)
    assert 842 - (421 + bottom) == pytest.approx(20, abs=3)  # the g of Page hangs below the baseline at 22
    left, top, right, bottom = ink(image.crop((0, 0, 595, 421))) or (0, 0, 0, 0)
    assert top == pytest.approx(25, abs=2) and right == pytest.approx(595 - 44, abs=2)


def test_every_page_has_its_number_and_an_item_only_its_first(tmp_path: Path) -> None:
    papers = [text_pdf(tmp_path / "a.pdf", "One", "Two", "Three"), text_pdf(tmp_path / "b.pdf", "Four")]
    pack = build(tmp_path / "pack.pdf", *papers)
    assert [text_of(pack, page) for page in range(1, 7)] == [
        "One Page 1 Agenda Item 1",
        "Two Page 2",
        "Three Page 3",
        "This page is intentionally left blank Page 4",
        "Four Page 5 Agenda Item 2",
        "This page is intentionally left blank Page 6",
    ]


def test_stamped_text_is_read_by_a_library_that_did_not_write_it(tmp_path: Path) -> None:
    pack = stamped(tmp_path, words("Body"))
    with pypdf.PdfReader(pack) as reader:
        assert reader.pages[0].extract_text().split() == ["Body", "Page", "1", "Agenda", "Item", "1"]


def test_stamps_are_artifacts(tmp_path: Path) -> None:
    with pikepdf.open(stamped(tmp_path, words("Body"))) as pdf:
        content = pdf.pages[0].Contents[-1].read_bytes()
    assert content.count(b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC") == 1
    assert content.count(b"/Artifact <</Type /Pagination /Subtype /Header>> BDC") == 1
    assert content.count(b"EMC") == 2


def test_page_object_used_twice_gets_two_numbers(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    with pikepdf.new() as pdf:
        add_page(pdf, words("Same page"))
        pdf.Root.Pages.Kids.append(pdf.Root.Pages.Kids[0])
        pdf.Root.Pages.Count = 2
        raw = io.BytesIO()
        pdf.save(raw)
    paper.write_bytes(raw.getvalue())
    pack = build(tmp_path / "pack.pdf", paper)
    assert [text_of(pack, page) for page in (1, 2)] == ["Same page Page 1 Agenda Item 1", "Same page Page 2"]


def test_one_font_serves_all_pages(tmp_path: Path) -> None:
    papers = [text_pdf(tmp_path / "a.pdf", "One", "Two", "Three"), text_pdf(tmp_path / "b.pdf", "Four")]
    with pikepdf.open(build(tmp_path / "pack.pdf", *papers)) as pdf:
        fonts = {page.obj.Resources.Font.CivicpackStamp.objgen for page in pdf.pages}
        openings = {page.obj.Contents[0].objgen for page in pdf.pages}
        descriptors = [each for each in pdf.objects if isinstance(each, Dictionary) and "/FontFile2" in each]
    assert len(fonts) == len(openings) == len(descriptors) == 1


def test_pack_within_a_pack_keeps_both_numberings(tmp_path: Path) -> None:
    inner = build(tmp_path / "inner.pdf", text_pdf(tmp_path / "a.pdf", "One", "Two"))
    outer = build(tmp_path / "outer.pdf", text_pdf(tmp_path / "b.pdf", "Zero", "Zero"), inner)
    assert text_of(outer, 3) == "One Page 1 Agenda Item 1 Page 3 Agenda Item 2"


def test_unnumbered_front_sheet_has_no_stamp(tmp_path: Path) -> None:
    paths = [text_pdf(tmp_path / "front.pdf", "Agenda"), text_pdf(tmp_path / "b.pdf", "Report")]
    plan = plan_pack(
        [
            Placing(None, EntryKind.FRONT_SHEET, "Agenda", "", 1),
            Placing("5a", EntryKind.REPORT, "Report", "b.pdf", 1),
        ],
        Numbering.FIRST_PAPER,
    )
    pack = build(tmp_path / "pack.pdf", *paths, plan=plan)
    assert [text_of(pack, page) for page in range(1, 5)] == [
        "Agenda",
        "This page is intentionally left blank",
        "Report Page 1 Agenda Item 5a",
        "This page is intentionally left blank Page 2",
    ]


def test_draft_watermark_is_on_every_page_and_lets_the_text_through(tmp_path: Path) -> None:
    paper = text_pdf(tmp_path / "paper.pdf", "Body", "More")
    with pikepdf.open(paper, allow_overwriting_input=True) as pdf:
        add_page(pdf, FULL_WHITE, Rotate=90)
        pdf.save(paper)
    pack = build(tmp_path / "pack.pdf", paper, draft=True)
    for page in range(1, 5):
        assert text_of(pack, page).count("DRAFT") == 1
    clean = build(tmp_path / "clean.pdf", paper)
    for page, size in ((1, PORTRAIT), (3, LANDSCAPE), (4, PORTRAIT)):
        marked, unmarked = (picture(path, page, round(size[0])) for path in (pack, clean))
        left, top, right, bottom = ImageChops.difference(marked, unmarked).getbbox() or (0, 0, 0, 0)
        assert left > 0 and right < marked.width and top > 0 and bottom < marked.height
        assert right - left > 0.6 * marked.width and bottom - top > 0.6 * marked.height
        assert marked.getextrema()[0] < 60  # black text shows through
    assert min(picture(pack, 3, 842).resize((1, 1)).getextrema()) > 200  # and it is light


def test_page_that_cannot_be_decoded_is_named(tmp_path: Path) -> None:
    paper = tmp_path / "broken.pdf"
    with pikepdf.new() as pdf:
        add_page(pdf, words("Fine"))
        add_page(pdf, words("Broken")).obj.Contents.write(b"not deflated at all", filter=Name.FlateDecode)
        pdf.save(paper)
    with pytest.raises(PaperError) as refused:
        build(tmp_path / "pack.pdf", paper)
    assert str(refused.value).startswith("broken.pdf: page 2 is damaged: what is on it cannot be decoded.")
    assert not (tmp_path / "pack.pdf").exists()


def test_visible_text_of_the_paper_stays_where_it_was(tmp_path: Path) -> None:
    paper = text_pdf(tmp_path / "paper.pdf", "Stays")
    pack = build(tmp_path / "pack.pdf", paper)
    boxes = []
    for path in (paper, pack):
        with pypdfium2.PdfDocument(path) as pdf:
            textpage = pdf[0].get_textpage()
            boxes.append(textpage.get_charbox(0))
            textpage.close()
    assert boxes[0] == boxes[1]
