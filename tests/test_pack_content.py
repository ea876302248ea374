import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pack.content import Repair, add_resource, content_of, enclose, repair_of
from tests.pdfs import add_page


@pytest.mark.parametrize(
    ("content", "closing", "cuts"),
    [
        (b"", b"", ()),
        (b"q 1 0 0 1 0 0 cm Q", b"", ()),
        (b"q q Q", b"Q", ()),
        (b"q q q", b"Q\nQ\nQ", ()),
        (b"Q 1 w Q q", b"Q", (0, 6)),
        (b"BT (open text) Tj", b"ET", ()),
        (b"/P BDC BT (x) Tj ET", b"EMC", ()),
        (b"EMC /P BMC", b"EMC", (0, 1, 2)),
        (b"q BT /P BDC", b"ET\nEMC\nQ", ()),
        (b"(q Q in a string) Tj q", b"Q", ()),
        (b"(a bracket \\) and q) Tj", b"", ()),
        (b"(deep (deeper (q q) q)) Tj", b"", ()),
        (b"(never closed (twice", b"))", ()),
        (b"q <48656C", b">\nQ", ()),
        (b"% q in a comment\nq Q", b"", ()),
        (b"/q gs /Q gs /BT gs", b"", ()),
        (b"q /Q gs", b"Q", ()),
        (b"q/Q gs[(q)]TJ Q", b"", ()),
        (b"q [ /left /open", b"Q", (2,)),
        (b"<< /left [ /open", b"", (0, 1, 9)),
        (b"BI /W 1 /H 1 ID q Q Q EI Q q", b"Q", (25,)),
        (b"q BI /W 4 /H 1 ID \xff EI \xfe\xfe q EI Q", b"", ()),
        (b"BI /W 1 /H 1 ID \x00\x01", b"\nEI", ()),
        (b"qq Qq BTx", b"", ()),
    ],
)
def test_content_is_balanced(content: bytes, closing: bytes, cuts: tuple[int, ...]) -> None:
    assert repair_of(content) == Repair(closing, cuts)


PIECES = [b"q", b"Q", b"BT", b"ET", b"/P BMC", b"EMC", b"(q)", b"(", b"<51>", b"[", b"]", b"% Q\n", b"0 g", b"/Q gs"]


@given(st.lists(st.sampled_from(PIECES)))
def test_repaired_content_needs_no_further_repair(pieces: list[bytes]) -> None:
    content = b" ".join(pieces)
    repair = repair_of(content)
    patched = bytearray(content)
    for at in repair.cuts:
        assert patched[at : at + 1] in (b"Q", b"[", b"E", b"M", b"C")
        patched[at : at + 1] = b" "
    again = repair_of(bytes(patched) + b"\n" + repair.closing)
    assert again == Repair()


def test_content_is_shut_off_from_what_is_drawn_after() -> None:
    with pikepdf.new() as pdf:
        page = add_page(pdf, [b"Q q 2 0 0", b"2 0 0 cm BT (half"])
        enclose(pdf, page, pdf.make_stream(b"q\n"), b"STAMP")
        assert content_of(page) == b"q\n\n  q 2 0 0\n2 0 0 cm BT (half\n\n)\nET\nQ\nQ\nSTAMP"


def test_page_without_contents_is_drawn_on() -> None:
    with pikepdf.new() as pdf:
        page = add_page(pdf, None)
        enclose(pdf, page, pdf.make_stream(b"q\n"), b"STAMP")
        assert content_of(page).split() == [b"q", b"Q", b"STAMP"]


def test_resource_keeps_clear_of_a_name_that_the_paper_uses() -> None:
    with pikepdf.new() as pdf:
        page = add_page(pdf, b"")
        ours = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font))
        assert add_resource(page, "/Font", "/F1", ours) == "/F1-2"
        assert add_resource(page, "/Font", "/F1", ours) == "/F1-2"
        assert page.obj.Resources.Font.F1.BaseFont == pikepdf.Name.Helvetica


def test_inherited_resources_are_added_to_and_not_replaced() -> None:
    with pikepdf.new() as pdf:
        page = add_page(pdf, b"")
        pdf.Root.Pages.Resources = page.obj.Resources
        del page.obj.Resources
        add_resource(page, "/Font", "/Ours", pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font)))
        assert set(page.obj.Resources.Font.keys()) == {"/F1", "/Ours"}
