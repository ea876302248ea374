from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.errors import PaperError
from pipeline.pack.flatten import shows
from tests.pdfs import add_page, build, ink, picture, text_of, words

HERE = (100, 600, 300, 650)


def annotation(kind: str, **keys: Any) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array(HERE), **{"F": 4, **keys})


def field(kind: str, **keys: Any) -> Dictionary:
    return annotation("Widget", FT=Name(f"/{kind}"), T=String("field"), **keys)


def appearance(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array((0, 0, 100, 25)))


BLACK = b"0 0 100 25 re f"


def paper(path: Path, marks: list[Dictionary], need: bool = False, content: bytes = b"", **keys: Any) -> Path:
    """A page with these annotations; an /AP given as bytes becomes an appearance of 100 x 25 units."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, content, **keys)
        page.obj.Annots = Array()
        fields = Array()
        for mark in marks:
            drawn = mark.get("/AP")
            if isinstance(drawn, String):
                mark.AP = Dictionary(N=appearance(pdf, bytes(drawn)))
            mark = pdf.make_indirect(mark)
            page.obj.Annots.append(mark)
            if mark.Subtype == Name.Widget:
                fields.append(mark)
        form = Dictionary(Fields=fields, DR=Dictionary(Font=Dictionary(Helv=page.obj.Resources.Font.F1)))
        if need:
            form.NeedAppearances = True
        pdf.Root.AcroForm = form
        pdf.save(path)
    return path


def black_box(pack: Path) -> tuple[int, int, int, int] | None:
    """Where the mark is, in viewed pixels of a page 595 wide; None for no mark (stamps stand elsewhere)."""
    return ink(picture(pack).crop((0, 100, 595, 750)))


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        (annotation("Stamp"), True),
        (annotation("FreeText", F=0), True),
        (annotation("Highlight"), True),
        (annotation("Highlight", F=0), False),
        (annotation("Stamp", F=2), False),
        (annotation("Stamp", F=32), False),
        (annotation("Stamp", F=36), True),
        (annotation("Text"), False),
        (annotation("Popup"), False),
        (annotation("Link"), False),
        (annotation("FileAttachment"), False),
        (field("Tx", F=0), True),
        (field("Btn", F=0, Ff=1 << 16), False),
        (field("Btn", F=4, Ff=1 << 16), True),
    ],
)
def test_what_a_reader_sees_or_prints_is_drawn(mark: Dictionary, shown: bool) -> None:
    assert shows(mark) is shown


def test_stamp_is_drawn_where_it_stood(tmp_path: Path) -> None:
    pack = build(tmp_path / "pack.pdf", paper(tmp_path / "a.pdf", [annotation("Stamp", AP=String(BLACK))]))
    assert black_box(pack) == (100, 92, 300, 142)  # 842 - 650 - 100 ...
    with pypdf.PdfReader(pack) as reader:
        assert "/Annots" not in reader.pages[0] and "/AcroForm" not in reader.root_object


def test_stamp_is_not_moved_by_content_that_leaves_its_mess(tmp_path: Path) -> None:
    messy = b"q 0.1 0 0 0.1 300 300 cm BT (open"
    marks = [annotation("Stamp", AP=String(BLACK))]
    pack = build(tmp_path / "pack.pdf", paper(tmp_path / "a.pdf", marks, content=messy))
    assert black_box(pack) == (100, 92, 300, 142)


def test_comment_is_not_drawn(tmp_path: Path) -> None:
    marks = [annotation("Text", AP=String(BLACK)), annotation("Stamp", F=2, AP=String(BLACK))]
    assert black_box(build(tmp_path / "pack.pdf", paper(tmp_path / "a.pdf", marks))) is None


def test_only_the_chosen_state_of_a_box_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    for state, drawn in (("/Yes", True), ("/Off", False)):
        with pikepdf.open(paper(path, [field("Btn", AS=Name(state))])) as pdf:
            states = Dictionary(Yes=appearance(pdf, BLACK), Off=appearance(pdf, b""))
            pdf.pages[0].Annots[0].AP = Dictionary(N=states)
            pdf.save(tmp_path / "b.pdf")
        assert (black_box(build(tmp_path / "pack.pdf", tmp_path / "b.pdf")) is not None) is drawn


def test_appearance_uses_the_fonts_of_the_form(tmp_path: Path) -> None:
    shows_text = String("/Tx BMC q BT /Helv 12 Tf 2 8 Td (Councillor A Khan) Tj ET Q EMC")
    path = paper(tmp_path / "a.pdf", [field("Tx", V=String("Councillor A Khan"), AP=shows_text)], need=True)
    assert text_of(build(tmp_path / "pack.pdf", path), 1) == "Councillor A Khan Page 1 Agenda Item 1"


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ({"V": String("Tŷ Mawr — £3,800")}, "Tŷ Mawr — £3,800"),
        ({"V": String("Two\rlines"), "Ff": 1 << 12}, "Two lines"),
        ({"V": String("ABC"), "Ff": 1 << 24, "MaxLen": 10}, "A B C"),
        ({"V": String("secret"), "Ff": 1 << 13}, ""),
        ({"V": String("")}, ""),
        ({"V": String("A long answer " * 30), "Ff": 1 << 12, "DA": String("/Helv 0 Tf 0 g")}, "A long answer " * 30),
    ],
)
@pytest.mark.parametrize("need", [True, False])
def test_field_without_appearance_is_drawn(keys: dict[str, Any], text: str, need: bool, tmp_path: Path) -> None:
    path = paper(tmp_path / "a.pdf", [field("Tx", **keys)], need=need)
    assert text_of(build(tmp_path / "pack.pdf", path), 1).split() == [*text.split(), "Page", "1", "Agenda", "Item", "1"]


def test_empty_appearance_of_a_filled_field_is_replaced_where_the_form_asks_for_it(tmp_path: Path) -> None:
    for need, text in ((True, "Filled in Page 1 Agenda Item 1"), (False, "Page 1 Agenda Item 1")):
        path = paper(tmp_path / "a.pdf", [field("Tx", V=String("Filled in"), AP=String("/Tx BMC EMC"))], need=need)
        assert text_of(build(tmp_path / "pack.pdf", path), 1) == text


def test_choice_shows_its_words_and_not_its_code(tmp_path: Path) -> None:
    options = Array([Array([String("w1"), String("Riverside ward")]), Array([String("w2"), String("Hill ward")])])
    path = paper(tmp_path / "a.pdf", [field("Ch", V=String("w2"), Opt=options)])
    assert text_of(build(tmp_path / "pack.pdf", path), 1).startswith("Hill ward")


def test_field_inherits_its_value_from_its_parent(tmp_path: Path) -> None:
    with pikepdf.open(paper(tmp_path / "a.pdf", [annotation("Widget")])) as pdf:
        parent = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("p"), V=String("From above")))
        pdf.pages[0].Annots[0].Parent = parent
        parent.Kids = Array([pdf.pages[0].Annots[0]])
        pdf.Root.AcroForm.Fields = Array([parent])
        pdf.save(tmp_path / "b.pdf")
    assert text_of(build(tmp_path / "pack.pdf", tmp_path / "b.pdf"), 1).startswith("From above")


def test_value_in_letters_that_cannot_be_drawn_is_refused(tmp_path: Path) -> None:
    path = paper(tmp_path / "a.pdf", [field("Tx", V=String("漢字"))])
    with pytest.raises(PaperError, match=r"a\.pdf: has a form field or a mark that cannot be drawn: .*U\+6F22"):
        build(tmp_path / "pack.pdf", path)


def test_field_on_a_rotated_page_stays_on_its_place(tmp_path: Path) -> None:
    marks = [annotation("Stamp", AP=String(BLACK))]
    pack = build(tmp_path / "pack.pdf", paper(tmp_path / "a.pdf", marks, Rotate=90))
    left, top, right, bottom = ink(picture(pack, width=842).crop((500, 90, 842, 400))) or (0, 0, 0, 0)
    assert (500 + left, 90 + top, 500 + right, 90 + bottom) == (600, 100, 650, 300)


def test_links_survive_beside_fields(tmp_path: Path) -> None:
    link = annotation("Link", A=Dictionary(S=Name.URI, URI=String("https://www.ardenshire.example/")))
    path = paper(tmp_path / "a.pdf", [field("Tx", V=String("Yes")), link], content=words("Body"))
    with pypdf.PdfReader(build(tmp_path / "pack.pdf", path)) as reader:
        assert [each.get_object()["/Subtype"] for each in reader.pages[0]["/Annots"]] == ["/Link"]
        assert reader.pages[0].extract_text().split()[:2] == ["Body", "Yes"]


def test_form_under_an_owners_password_is_drawn_from_its_decrypted_streams(tmp_path: Path) -> None:
    with pikepdf.open(paper(tmp_path / "a.pdf", [annotation("Stamp", AP=String(BLACK))])) as pdf:
        pdf.save(tmp_path / "owner.pdf", encryption=pikepdf.Encryption(owner="o", user=""))
    pack = build(tmp_path / "pack.pdf", tmp_path / "owner.pdf")
    assert black_box(pack) == (100, 92, 300, 142)
    with pikepdf.open(pack) as pdf:
        assert not pdf.is_encrypted
        assert pdf.check_pdf_syntax() == []
