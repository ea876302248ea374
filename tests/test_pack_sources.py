import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Permissions, String

from pipeline.errors import ExitCode, PaperError
from pipeline.model import OutlineNode
from pipeline.pack.sources import SourceInfo, inspect_source
from tests.pdfs import add_page, build, text_of, text_pdf, words


def refusal(path: Path) -> str:
    with pytest.raises(PaperError) as refused:
        inspect_source(path, "papers/Tŷ's report.pdf")
    assert refused.value.exit_code is ExitCode.PAPER
    (fault,) = refused.value.faults
    assert fault.remedy
    assert str(fault.file) == "papers/Tŷ's report.pdf"
    return fault.message


def zipped(folder: str) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"{folder}document.xml", "<x/>")

    return write


def holding(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "is not there."),
        (lambda path: path.mkdir(), "cannot be read: Is a directory."),
        (holding(b""), "is empty (0 bytes)."),
        (holding(b"<!DOCTYPE html><html><body>Sign in</body>"), "is not a PDF: it looks like a web page."),
        (holding(b"\xef\xbb\xbf\n <HTML>"), "is not a PDF: it looks like a web page."),
        (zipped("word/"), "is not a PDF: it looks like a Word file."),
        (zipped("xl/"), "is not a PDF: it looks like an Excel file."),
        (zipped("photos/"), "is not a PDF: it looks like a compressed file (ZIP)."),
        (holding(b"PK\x03\x04 cut"), "is not a PDF: it looks like a compressed file (ZIP) that is damaged."),
        (holding(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "is not a PDF: it looks like an old Word or Excel file."),
        (holding(b"\x89PNG\r\n\x1a\n"), "is not a PDF: it looks like a picture (PNG)."),
        (holding(b"\xff\xd8\xff\xe0"), "is not a PDF: it looks like a picture (JPEG)."),
        (holding(b"{\\rtf1 words}"), "is not a PDF: it looks like a Word file (Rich Text)."),
        (holding(b"1. Purpose\n\nTo note."), "is not a PDF: it looks like plain text."),
        (holding(b"\0\1\2\3"), "is not a PDF: it looks like no kind of file that this program knows."),
        (holding(b"%PDF-1.7\n"), "is damaged and cannot be repaired: it is probably only part of a file."),
    ],
)
def test_file_that_is_no_pdf_is_refused(make: Callable[[Path], object], message: str, tmp_path: Path) -> None:
    make(tmp_path / "a.pdf")
    assert refusal(tmp_path / "a.pdf") == message


def test_password_to_open_is_refused_and_an_owners_password_is_not(tmp_path: Path) -> None:
    with pikepdf.open(text_pdf(tmp_path / "plain.pdf", "One", "Two")) as pdf:
        locked = Permissions(modify_assembly=False, extract=False)
        pdf.save(tmp_path / "owner.pdf", encryption=Encryption(owner="o", user="", allow=locked))
        pdf.save(tmp_path / "user.pdf", encryption=Encryption(owner="o", user="u"))
    assert refusal(tmp_path / "user.pdf") == "needs a password to open."
    info = inspect_source(tmp_path / "owner.pdf", "owner.pdf")
    assert info.pages == 2
    assert info.notes == (
        "The file was locked against changes with an owner's password; its pages are used all the same.",
    )


def test_pdf_without_pages_is_refused(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(tmp_path / "a.pdf")
    assert refusal(tmp_path / "a.pdf") == "has no pages."


def many_pages(tmp_path: Path, **saving: Any) -> bytes:
    path = tmp_path / "whole.pdf"
    with pikepdf.open(text_pdf(path, *(f"Page {n} " + "words " * 40 for n in range(1, 21)))) as pdf:
        pdf.save(tmp_path / "saved.pdf", **saving)
    return (tmp_path / "saved.pdf").read_bytes()


@pytest.mark.parametrize("saving", [{}, {"linearize": True}, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}])
@pytest.mark.parametrize("percent", [5, 20, 40, 60, 80, 90, 95, 98])
def test_truncated_file_is_refused_wherever_it_was_cut(percent: int, saving: dict[str, Any], tmp_path: Path) -> None:
    data = many_pages(tmp_path, **saving)
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(data[: len(data) * percent // 100])
    try:
        assert inspect_source(cut, "cut.pdf").pages == 20  # only its index was cut off
    except PaperError as refused:
        assert "damaged" in str(refused)
    else:
        with pikepdf.open(cut) as repaired, pikepdf.open(tmp_path / "saved.pdf") as whole:
            for one, other in zip(repaired.pages, whole.pages, strict=True):
                assert one.Contents.read_bytes() == other.Contents.read_bytes()


def test_missing_end_alone_is_repaired_and_said(tmp_path: Path) -> None:
    data = many_pages(tmp_path)
    (tmp_path / "cut.pdf").write_bytes(data[: data.rindex(b"startxref")])
    info = inspect_source(tmp_path / "cut.pdf", "cut.pdf")
    assert info.pages == 20
    assert info.notes == ("The file was damaged and has been repaired; all its pages are there.",)


def test_page_tree_that_promises_more_pages_is_refused(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", "One", "Two", "Three")
    data = path.read_bytes()
    assert data.count(b"/Count 3") == 1
    path.write_bytes(data.replace(b"/Count 3", b"/Count 9"))
    assert refusal(path) == "is damaged: it should have 9 pages, and only 3 can be read."


def test_damaged_file_with_a_page_outside_its_tree_is_refused(tmp_path: Path) -> None:
    with pikepdf.open(text_pdf(tmp_path / "a.pdf", "One", "Two")) as pdf:
        pdf.Root.Extra = pdf.pages[1].obj
        del pdf.Root.Pages.Kids[1]
        pdf.Root.Pages.Count = 1
        pdf.save(tmp_path / "b.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    whole = (tmp_path / "b.pdf").read_bytes()
    assert inspect_source(tmp_path / "b.pdf", "b.pdf").pages == 1  # nothing damaged: an officer took that page out
    (tmp_path / "b.pdf").write_bytes(whole[: whole.rindex(b"startxref")])
    assert refusal(tmp_path / "b.pdf") == "is damaged: it holds 2 pages, and the list of pages leads to 1 only."


@pytest.mark.parametrize(
    "junk", [b"\n\n", b"<br />Warning: deprecated<br />\n", b"x" * 900, b"HTTP/1.1 200 OK\r\n" * 200]
)
def test_junk_before_the_header_does_no_harm(junk: bytes, tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", "One", "Two")
    path.write_bytes(junk + path.read_bytes())
    assert inspect_source(path, "a.pdf").pages == 2


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 3 0 R/Resources<<>>>>"


def by_hand(path: Path, kids: bytes, count: bytes, pages: bytes = PAGE, index: bool = True) -> Path:
    """A PDF written by hand: pages are the objects 4, 5 and 6. ``index`` False: without its cross-reference table."""
    tree = b"<</Type/Pages/Kids[%s]%s>>" % (kids, count)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", tree, b"<</Length 3>>stream\nq Q\nendstream", pages, pages, pages]
    data, offsets = b"%PDF-1.4\n", b""
    for number, body in enumerate(objects, start=1):
        offsets += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 7\n0000000000 65535 f \n" + offsets if index else b""
    data += b"trailer\n<</Root 1 0 R/Size 7>>\nstartxref\n%d\n%%%%EOF\n" % start
    path.write_bytes(data)
    return path


def test_page_whose_object_is_gone_is_missed(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.pdf", b"4 0 R 9 0 R 5 0 R 6 0 R", b"/Count 4")
    assert refusal(path) == "is damaged: it should have 4 pages, and only 3 can be read."
    by_hand(path, b"4 0 R 9 0 R 5 0 R 6 0 R", b"/Count 4", index=False)
    assert refusal(path).startswith("is damaged: parts of it are missing;")


@pytest.mark.parametrize("kids", [b"4 0 R null 5 0 R", b"4 0 R 5 0 R (x)"])
def test_entry_in_the_page_tree_that_is_no_page_is_missed(kids: bytes, tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.pdf", kids, b"")
    assert refusal(path) == "is damaged: it should have 3 pages, and only 2 can be read."


def test_page_tree_that_runs_in_a_circle_is_refused(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.pdf", b"4 0 R 2 0 R", b"/Count 2")
    assert refusal(path) == "is damaged: it should have 2 pages, and only 1 can be read."
    assert refusal(by_hand(path, b"4 0 R 2 0 R", b"")) == "is damaged: the list of its pages cannot be read."


def test_page_tree_without_count_is_read(tmp_path: Path) -> None:
    info = inspect_source(by_hand(tmp_path / "a.pdf", b"4 0 R 5 0 R 6 0 R", b""), "a.pdf")
    assert (info.pages, info.notes) == (3, ())


def test_page_listed_twice_counts_twice(tmp_path: Path) -> None:
    info = inspect_source(by_hand(tmp_path / "a.pdf", b"4 0 R 4 0 R", b"/Count 2"), "a.pdf")
    assert (info.pages, info.notes) == (2, ())


@pytest.mark.parametrize("pages", [b"<</Contents 3 0 R>>", b"<</Type/Page>>", b"<</Type/Page/MediaBox[0 0]/Rotate/x>>"])
def test_page_without_type_box_or_resources_is_a_page(pages: bytes, tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.pdf", b"4 0 R 5 0 R 6 0 R", b"/Count 3", pages)
    info = inspect_source(path, "a.pdf")
    assert (info.pages, info.notes) == (3, ())
    assert text_of(build(tmp_path / "pack.pdf", path), 3) == "Page 3"


def test_portfolio_is_refused(tmp_path: Path) -> None:
    with pikepdf.open(text_pdf(tmp_path / "a.pdf", "Open in Acrobat")) as pdf:
        pdf.Root.Collection = Dictionary(View=Name.D)
        pdf.save(tmp_path / "b.pdf")
    assert refusal(tmp_path / "b.pdf").startswith("is a PDF portfolio")


def test_form_that_only_acrobat_can_draw_is_refused(tmp_path: Path) -> None:
    with pikepdf.open(text_pdf(tmp_path / "a.pdf", "Please wait")) as pdf:
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))
        pdf.save(tmp_path / "static.pdf")
        pdf.Root["/NeedsRendering"] = True
        pdf.save(tmp_path / "dynamic.pdf")
    assert refusal(tmp_path / "dynamic.pdf").startswith("is an Acrobat form (XFA)")
    (note,) = inspect_source(tmp_path / "static.pdf", "a.pdf").notes
    assert note.startswith("It is an Acrobat form (XFA)")


# Outline and language


def test_outline_is_read_with_its_nesting(tmp_path: Path) -> None:
    with pikepdf.open(text_pdf(tmp_path / "a.pdf", "One", "Two", "Three")) as pdf:
        with pdf.open_outline() as outline:
            item = pikepdf.OutlineItem("Tŷ — purpose\x00\n", 0)
            item.children.append(pikepdf.OutlineItem("Background", 2))
            outline.root.extend([item, pikepdf.OutlineItem("Nowhere", None), pikepdf.OutlineItem("End", 2)])
        pdf.Root.Lang = String("cy")
        pdf.save(tmp_path / "b.pdf")
    info = inspect_source(tmp_path / "b.pdf", "b.pdf")
    assert info == SourceInfo(
        pages=3,
        outline=(OutlineNode("Tŷ — purpose", 1, (OutlineNode("Background", 3),)), OutlineNode("End", 3)),
        language="cy",
    )


def test_outline_that_runs_in_a_circle_ends(tmp_path: Path) -> None:
    with pikepdf.open(text_pdf(tmp_path / "a.pdf", "One")) as pdf:
        where = Array([pdf.pages[0].obj, Name.Fit])
        one = pdf.make_indirect(Dictionary(Title=String("One"), Dest=where))
        two = pdf.make_indirect(Dictionary(Title=String("Two"), Dest=where, First=one, Next=one))
        one.Next, one.First = two, one
        pdf.Root.Outlines = Dictionary(First=one, Last=two)
        pdf.save(tmp_path / "b.pdf")
    info = inspect_source(tmp_path / "b.pdf", "b.pdf")
    assert info.outline == (OutlineNode("One", 1), OutlineNode("Two", 1))


def test_outline_of_ten_thousand_levels_does_not_break_the_reader(tmp_path: Path) -> None:
    with pikepdf.open(text_pdf(tmp_path / "a.pdf", "One")) as pdf:
        below = None
        for _ in range(10_000):
            entry = Dictionary(Title=String("Deep"), Dest=Array([pdf.pages[0].obj, Name.Fit]))
            if below is not None:
                entry.First = below
            below = pdf.make_indirect(entry)
        pdf.Root.Outlines = Dictionary(First=below)
        pdf.save(tmp_path / "b.pdf")
    assert inspect_source(tmp_path / "b.pdf", "b.pdf").outline[0].title == "Deep"


# Notes


def test_notes_say_what_a_pack_leaves_out(tmp_path: Path) -> None:
    def mark(kind: str, **keys: Any) -> Dictionary:
        return Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=Array((9, 9, 99, 99)), F=4, **keys)

    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        page = add_page(pdf, words("One"))
        field = pdf.make_indirect(mark("/Widget", FT=Name.Tx, T=String("name"), V=String("A Khan")))
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        page.obj.Annots = Array(
            [
                mark("/Text", Contents=String("Is this right?")),
                mark("/Highlight"),
                mark("/Redact"),
                mark("/Link", A=Dictionary(S=Name.Launch)),
                field,
            ]
        )
        pdf.attachments["figures.xlsx"] = b"x"
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("x"))
        pdf.save(path)
    assert inspect_source(path, "a.pdf").notes == (
        "Files attached to it are left out: figures.xlsx.",
        "Its scripts (JavaScript) are left out.",
        "1 form field will be printed as filled in; the pack has no form.",
        "1 comment left out.",
        "2 marks left out: the file does not say how to draw them.",
        "1 link left out: they run a program, open another file, or lead to no page of it.",
        "1 passage marked for redaction but not removed: what is beneath can be read.",
    )
