"""The structure tree of a pack: everything that the papers brought, in its place, and honest about the rest."""

import subprocess
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from pipeline.errors import PaperError
from tests.pdfs import add_page, build, outline_of_tags, tagged_pdf, text_pdf, words, written

MEETING = Path(__file__).parents[2] / "shared" / "real" / "kent-2025-01-09"


_READ: list[pikepdf.Pdf] = []  # a PDF's objects live as long as it does


def elements(path: Path, part: int | None = None) -> list[pikepdf.Object]:
    """Every structure element below a Part (from 0), that included, or of a whole PDF, in reading order."""
    found: list[pikepdf.Object] = []

    def walk(element: pikepdf.Object) -> None:
        found.append(element)
        held = element.get("/K")
        for kid in held if isinstance(held, Array) else [held]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                walk(kid)

    _READ.append(pdf := pikepdf.open(path))
    root = pdf.Root.StructTreeRoot.K
    for top in root if isinstance(root, Array) else [root]:
        walk(top if part is None else top.K[part])
    return found


def roles(path: Path) -> dict[str, str]:
    with pikepdf.open(path) as pdf:
        mapped = pdf.Root.StructTreeRoot.get("/RoleMap", Dictionary())
        return {key: str(value) for key, value in mapped.items()}


def edited(path: Path, change: Any) -> Path:
    """Save the PDF again after ``change`` was made to it."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path, fix_metadata_version=False)
    return path


def sect(pdf: pikepdf.Pdf, index: int = 0) -> pikepdf.Object:
    return pdf.Root.StructTreeRoot.K.K[index]


def add_link(pdf: pikepdf.Pdf, **keys: Any) -> pikepdf.Object:
    """Add an annotation to the first page, held by a /Link with the words of the first paragraph."""
    kind = keys.pop("Subtype", Name.Link)
    made = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=kind, Rect=Array((72, 690, 200, 715)), F=4, **keys))
    pdf.pages[0].obj.Annots = Array([made])
    link = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, P=sect(pdf)))
    held = Dictionary(Type=Name.OBJR, Obj=made, Pg=pdf.pages[0].obj)
    link.K = held
    sect(pdf).K.append(link)
    return made


WEB = Dictionary(S=Name.URI, URI=String("https://www.ardenshire.example/"))


def test_papers_stand_below_one_document_each_in_its_part(tmp_path: Path) -> None:
    one = tagged_pdf(tmp_path / "parks.pdf", ["H1: Parks", "All are open."], ["More."], Lang=String("en-GB"))
    two = tagged_pdf(tmp_path / "trees.pdf", ["H1: Trees"])
    pack = build(tmp_path / "pack.pdf", one, two)
    assert outline_of_tags(pack) == [
        "Document",
        "  Part",
        "    Sect",
        "      H1: Parks",
        "      P: All are open.",
        "    Sect",
        "      P: More.",
        "  Part",
        "    Sect",
        "      H1: Trees",
        "    P: ...",
    ]
    assert [str(part.T) for part in elements(pack)[:1] for part in part.K] == ["parks", "trees"]


def test_parent_tree_has_leaves_with_limits_and_the_next_key(tmp_path: Path) -> None:
    pack = build(tmp_path / "pack.pdf", tagged_pdf(tmp_path / "a.pdf", *[[f"Page {n}"] for n in range(130)]))
    with pikepdf.open(pack) as pdf:
        root = pdf.Root.StructTreeRoot
        assert [[int(value) for value in leaf.Limits] for leaf in root.ParentTree.Kids] == [
            [0, 63],
            [64, 127],
            [128, 129],
        ]
        assert root.ParentTreeNextKey == 130
        assert [each.obj.StructParents for each in pdf.pages] == list(range(130))


def test_root_with_several_kids_gets_a_part_of_its_own(tmp_path: Path) -> None:
    path = tagged_pdf(tmp_path / "a.pdf", ["One"], ["Two"])

    def hoist(pdf: pikepdf.Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        root.K = Array(list(root.K.K))

    pack = build(tmp_path / "pack.pdf", edited(path, hoist))
    assert outline_of_tags(pack) == ["Document", "  Part", "    Sect", "      P: One", "    Sect", "      P: Two"]


def test_same_role_with_two_meanings_gets_two_names(tmp_path: Path) -> None:
    one = tagged_pdf(tmp_path / "a.pdf", ["Body Text: One", "Note: Aside"], roles={"Body Text": "P", "Note": "P"})
    two = tagged_pdf(tmp_path / "b.pdf", ["Body Text: Two", "Note: Truly"], roles={"Body Text": "Span"})
    three = tagged_pdf(tmp_path / "c.pdf", ["Body Text: Three"], roles={"Body Text": "Inner", "Inner": "P"})
    pack = build(tmp_path / "pack.pdf", one, two, three)
    assert roles(pack) == {"/Body Text": "/P", "/Body Text-2": "/Span", "/Note-2": "/P"}
    lines = [line.strip() for line in outline_of_tags(pack)]
    assert [line for line in lines if line.endswith(("One", "Two", "Three", "Aside", "Truly"))] == [
        *("Body Text: One", "Note-2: Aside", "Body Text-2: Two", "Note: Truly", "Body Text: Three")
    ]


def test_type_that_nothing_explains_is_called_so(tmp_path: Path) -> None:
    path = tagged_pdf(tmp_path / "a.pdf", ["Workbook: Cells", "Loop: Round"], roles={"Loop": "Pool", "Pool": "Loop"})
    assert roles(build(tmp_path / "pack.pdf", path)) == {"/Workbook": "/NonStruct", "/Loop": "/NonStruct"}


def test_types_of_pdf_2_are_mapped_and_namespaces_left_behind(tmp_path: Path) -> None:
    path = tagged_pdf(tmp_path / "a.pdf", ["Title: Parks", "Em: now", "math: x", "Kapitel: One"])

    def add_namespaces(pdf: pikepdf.Pdf) -> None:
        newer = pdf.make_indirect(Dictionary(Type=Name.Namespace, NS=String("http://iso.org/pdf2/ssn")))
        maths = pdf.make_indirect(Dictionary(Type=Name.Namespace, NS=String("http://www.w3.org/1998/Math/MathML")))
        own = pdf.make_indirect(Dictionary(NS=String("urn:own"), RoleMapNS=Dictionary(Kapitel=Array([Name.H1, newer]))))
        pdf.Root.StructTreeRoot.Namespaces = Array([newer, maths, own])
        for element, namespace in zip(sect(pdf).K, (newer, newer, maths, own), strict=True):
            element.NS = namespace

    pack = build(tmp_path / "pack.pdf", edited(path, add_namespaces))
    assert roles(pack) == {"/Title": "/P", "/Em": "/Span", "/math": "/Formula", "/Kapitel": "/H1"}
    with pikepdf.open(pack) as pdf:
        assert "/Namespaces" not in pdf.Root.StructTreeRoot
        assert not [each for each in elements(pack) if "/NS" in each]


def table(path: Path, producer: str = "") -> Path:
    """A table of two header cells and two cells, tied to them by IDs that every such paper has."""
    tagged_pdf(path, ["TH: Ward", "TH: Trees", "TD: Arden", "TD: 12"])

    def arrange(pdf: pikepdf.Pdf) -> None:
        section = sect(pdf)
        cells = list(section.K)
        section.S, section.K = Name.Table, Array()
        for group, row in (("/THead", cells[:2]), ("/TBody", cells[2:])):
            body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(group), P=section))
            line = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TR, P=body, K=Array(row)))
            body.K = line
            section.K.append(body)
            for cell in row:
                cell.P = line
        cells[0].ID, cells[1].ID = String("h(1"), String("h2")
        cells[3].A = Dictionary(O=Name.Table, Headers=Array([String("h2")]), ColSpan=1)
        if producer:
            pdf.docinfo["/Producer"] = producer

    return edited(path, arrange)


def test_header_cells_of_two_papers_are_told_apart(tmp_path: Path) -> None:
    pack = build(tmp_path / "pack.pdf", table(tmp_path / "a.pdf"), table(tmp_path / "b.pdf"))
    found = elements(pack)
    assert [bytes(each.ID) for each in found if "/ID" in each] == [b"1-h(1", b"1-h2", b"2-h(1", b"2-h2"]
    assert [bytes(each.A.Headers[0]) for each in found if "/A" in each] == [b"1-h2", b"2-h2"]
    with pikepdf.open(pack) as pdf:
        (leaf,) = pdf.Root.StructTreeRoot.IDTree.Kids
        assert [bytes(key) for key in leaf.Names[::2]] == [b"1-h(1", b"1-h2", b"2-h(1", b"2-h2"]
        assert [bytes(each.ID) for each in leaf.Names[1::2]] == [b"1-h(1", b"1-h2", b"2-h(1", b"2-h2"]


def test_header_cells_by_weasyprint_get_their_scope(tmp_path: Path) -> None:
    for producer, scopes in (("WeasyPrint 70.0", ["/Column", "/Column"]), ("Another", [])):
        pack = build(tmp_path / "pack.pdf", table(tmp_path / "a.pdf", producer))
        found = [str(each.A.Scope) for each in elements(pack) if "/Scope" in each.get("/A", Dictionary())]
        assert found == scopes


def test_only_the_standard_attributes_come_along(tmp_path: Path) -> None:
    path = tagged_pdf(tmp_path / "a.pdf", ["One", "Two"])

    def describe(pdf: pikepdf.Pdf) -> None:
        one, two = sect(pdf).K
        secret = Dictionary(O=Name.UserProperties, P=Array([Dictionary(N=String("SECRET"), V=String("SECRET"))]))
        one.A = Array([pdf.make_indirect(Dictionary(O=Name.Layout, SpaceBefore=6)), 0, secret])
        one.AF = Array([Dictionary(F=String("SECRET"))])
        two.C = Array([Name.Quiet])
        pdf.Root.StructTreeRoot.ClassMap = Dictionary(Quiet=Dictionary(O=Name.Layout, TextAlign=Name.Center))

    pack = build(tmp_path / "pack.pdf", edited(path, describe))
    found = elements(pack)
    assert [each.A.unparse() for each in found if "/A" in each] == [b"<< /O /Layout /SpaceBefore 6 >>"]
    assert [str(each.C[0]) for each in found if "/C" in each] == ["/Quiet"]
    with pikepdf.open(pack) as pdf:
        assert pdf.Root.StructTreeRoot.ClassMap.Quiet.TextAlign == Name.Center
        assert b"SECRET" not in b"".join(each.unparse(resolved=True) for each in pdf.objects)


def test_class_of_the_same_name_and_another_look_gets_a_name_of_its_own(tmp_path: Path) -> None:
    def with_class(name: str, align: Name) -> Path:
        def change(pdf: pikepdf.Pdf) -> None:
            sect(pdf).K[0].C = Name.Quiet
            pdf.Root.StructTreeRoot.ClassMap = Dictionary(Quiet=Dictionary(O=Name.Layout, TextAlign=align))

        return edited(tagged_pdf(tmp_path / name, ["One", "Two"]), change)

    pack = build(tmp_path / "pack.pdf", with_class("a.pdf", Name.Center), with_class("b.pdf", Name.End))
    with pikepdf.open(pack) as pdf:
        classes = pdf.Root.StructTreeRoot.ClassMap
        assert {key: str(value.TextAlign) for key, value in classes.items()} == {
            "/Quiet": "/Center",
            "/Quiet-2": "/End",
        }


# Links and other annotations


def test_link_is_held_by_its_element_and_says_where_it_leads(tmp_path: Path) -> None:
    path = edited(tagged_pdf(tmp_path / "a.pdf", ["Website"]), lambda pdf: add_link(pdf, A=WEB))
    pack = build(tmp_path / "pack.pdf", path)
    assert outline_of_tags(pack)[1:5] == ["  Part", "    Sect", "      P: Website", "      Link: ->"]
    with pikepdf.open(pack) as pdf:
        (made,) = pdf.pages[0].obj.Annots
        assert (made.StructParent, str(made.Contents)) == (2, "https://www.ardenshire.example/")


def test_link_that_no_element_holds_gets_one_at_the_end_of_its_paper(tmp_path: Path) -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        add_link(pdf, A=WEB)
        del sect(pdf).K[-1]

    pack = build(tmp_path / "pack.pdf", edited(tagged_pdf(tmp_path / "a.pdf", ["Website"], ["More"]), add))
    assert outline_of_tags(pack)[-1] == "    Link: ->"


def test_element_of_a_dropped_annotation_goes_and_empty_cells_stay(tmp_path: Path) -> None:
    path = tagged_pdf(tmp_path / "a.pdf", ["One"])

    def add(pdf: pikepdf.Pdf) -> None:
        add_link(pdf, Subtype=Name.Text, Contents=String("A comment"))
        sect(pdf).K.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TD, P=sect(pdf))))

    pack = build(tmp_path / "pack.pdf", edited(path, add))
    assert outline_of_tags(pack)[1:5] == ["  Part", "    Sect", "      P: One", "      TD"]


def test_link_that_is_dropped_leaves_its_words(tmp_path: Path) -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        add_link(pdf, A=Dictionary(S=Name.Launch, F=String("calc.exe")))
        paragraph, link = sect(pdf).K
        link.K = Array([paragraph.K, link.K])
        link.Pg = paragraph.Pg
        sect(pdf).K = Array([link])

    pack = build(tmp_path / "pack.pdf", edited(tagged_pdf(tmp_path / "a.pdf", ["Run it"]), add))
    assert outline_of_tags(pack)[1:4] == ["  Part", "    Sect", "      Span: Run it"]


def test_filled_in_field_is_read_where_it_stood(tmp_path: Path) -> None:
    path = tagged_pdf(tmp_path / "a.pdf", ["Name:", "Sign below"])

    def add(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"BT /F1 12 Tf 2 5 Td (A Khan) Tj ET", Type=Name.XObject, Subtype=Name.Form)
        look.BBox, look.Resources = Array((0, 0, 128, 25)), pdf.pages[0].obj.Resources
        said: dict[str, Any] = {"FT": Name.Tx, "T": String("name"), "V": String("A Khan"), "TU": String("Your name")}
        field = add_link(pdf, Subtype=Name.Widget, AP=Dictionary(N=look), **said)
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        form = sect(pdf).K[-1]
        form.S = Name.Form
        sect(pdf).K = Array([sect(pdf).K[0], form, sect(pdf).K[1]])

    pack = build(tmp_path / "pack.pdf", edited(path, add))
    found = {str(each.S): each for each in elements(pack)}
    assert [str(each.S) for each in elements(pack)] == ["/Document", "/Part", "/Sect", "/P", "/Form", "/P", "/P"]
    assert found["/Form"].A.unparse() == b"<< /Desc (Your name) /O /PrintField /Role /tv >>"
    assert found["/Form"].K.MCID == 2


# What has no tags, or bad ones


def test_paper_without_tags_is_read_page_by_page_and_said_so(tmp_path: Path) -> None:
    plain = text_pdf(tmp_path / "plain.pdf", "First", "Second")
    said = written(tmp_path / "pack.pdf", tagged_pdf(tmp_path / "a.pdf", ["One"], ["Two"]), plain)
    assert outline_of_tags(tmp_path / "pack.pdf")[-3:] == ["  Part", "    P: First", "    P: Second"]
    assert (said.tagged, said.pdf_ua) == (True, False)
    words = "plain.pdf: has no tags for screen readers; each page is read out as one block, as it is drawn."
    assert said.notes == (words,)


def test_scan_is_a_picture_with_words_that_say_so(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    with pikepdf.new() as pdf:
        image = pdf.make_stream(b"\0" * 3, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
        image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
        made = add_page(pdf, b"q 500 0 0 700 40 40 cm /Im Do Q")
        made.obj.Resources.XObject = Dictionary(Im=image)
        add_page(pdf, b"")
        pdf.save(path)
    said = written(tmp_path / "pack.pdf", path)
    figure = elements(tmp_path / "pack.pdf")[2]
    assert (str(figure.S), str(figure.Alt)) == (
        *("/Figure", "Page 1 of scan: a picture of a page, with no words to read out."),
    )
    assert said.notes[1] == "scan.pdf: 1 page with no words to read out, only a picture of a page."
    assert len(elements(tmp_path / "pack.pdf")) == 3  # nothing for the empty page


def test_words_outside_the_tags_are_read_last(tmp_path: Path) -> None:
    def lose(pdf: pikepdf.Pdf) -> None:
        del sect(pdf).K[0]

    path = edited(tagged_pdf(tmp_path / "a.pdf", ["Lost", "Kept"], ["More"]), lose)
    said = written(tmp_path / "pack.pdf", path)
    assert outline_of_tags(tmp_path / "pack.pdf")[1:] == [
        *("  Part", "    Sect", "      P: Kept", "    Sect", "      P: More", "    P: Lost")
    ]
    assert said.notes == ("a.pdf: 1 piece of its content outside its tags, read out last.",)


def test_parent_tree_of_a_paper_may_be_wrong_or_missing(tmp_path: Path) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.StructTreeRoot.ParentTree
        for each in pdf.pages:
            each.obj.StructParents = 7

    pack = build(tmp_path / "pack.pdf", edited(tagged_pdf(tmp_path / "a.pdf", ["One"], ["Two"]), spoil))
    assert outline_of_tags(pack)[-4:] == ["    Sect", "      P: One", "    Sect", "      P: Two"]


def make_cycle(pdf: pikepdf.Pdf) -> None:
    sect(pdf).K.append(pdf.Root.StructTreeRoot.K)


def lead_elsewhere(pdf: pikepdf.Pdf) -> None:
    gone = pdf.make_indirect(Dictionary(Type=Name.Page))
    for section in pdf.Root.StructTreeRoot.K.K:
        section.K[0].Pg = gone


def empty(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K = Array()


@pytest.mark.parametrize("spoil", [make_cycle, lead_elsewhere, empty])
def test_paper_whose_tags_are_broken_is_read_page_by_page(spoil: Any, tmp_path: Path) -> None:
    said = written(tmp_path / "pack.pdf", edited(tagged_pdf(tmp_path / "a.pdf", ["One"], ["Two"]), spoil))
    assert outline_of_tags(tmp_path / "pack.pdf") == ["Document", "  Part", "    P: One", "    P: Two"]
    assert not said.tagged
    assert said.notes[0].startswith("a.pdf: its tags for screen readers are broken (")


def test_piece_of_content_that_is_not_there_is_forgotten(tmp_path: Path) -> None:
    def claim(pdf: pikepdf.Pdf) -> None:
        sect(pdf).K[0].K = Array([0, 99])
        sect(pdf, 1).K[0].K = Array([0, Dictionary(Type=Name.MCR, MCID=0, Pg=pdf.pages[0].obj)])

    pack = build(tmp_path / "pack.pdf", edited(tagged_pdf(tmp_path / "a.pdf", ["One"], ["Two"]), claim))
    assert outline_of_tags(pack)[-4:] == ["    Sect", "      P: One", "    Sect", "      P: Two"]


def test_page_with_a_number_beyond_reason_is_read_as_one_block(tmp_path: Path) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        data = pdf.pages[0].Contents.read_bytes().replace(b"/MCID 0", b"/MCID 2000000000")
        pdf.pages[0].obj.Contents = pdf.make_stream(data)

    written(tmp_path / "pack.pdf", edited(tagged_pdf(tmp_path / "a.pdf", ["One"], ["Two"]), spoil))
    assert outline_of_tags(tmp_path / "pack.pdf")[-3:] == ["    Sect", "      P: Two", "    P: One"]
    assert "      P" in outline_of_tags(tmp_path / "pack.pdf")


def test_page_without_tags_in_a_tagged_paper_is_read_too(tmp_path: Path) -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        add_page(pdf, words("A page put in"))

    said = written(tmp_path / "pack.pdf", edited(tagged_pdf(tmp_path / "a.pdf", ["One"]), add))
    assert outline_of_tags(tmp_path / "pack.pdf")[-1] == "    P: A page put in"
    assert said.tagged
    assert said.notes == ("a.pdf: 1 page without tags for screen readers, read out last.",)


def test_list_item_without_a_body_gets_one(tmp_path: Path) -> None:
    def make_list(pdf: pikepdf.Pdf) -> None:
        section = sect(pdf)
        section.S = Name.LI

    path = edited(tagged_pdf(tmp_path / "a.pdf", ["Lbl: 1.", "Span: Agreed", "Span: at once"]), make_list)
    assert outline_of_tags(build(tmp_path / "pack.pdf", path))[2:7] == [
        *("    LI", "      Lbl: 1.", "      LBody", "        Span: Agreed", "        Span: at once")
    ]


# Forms of content, other files


def test_marked_content_inside_a_form_is_held_there(tmp_path: Path) -> None:
    path = tagged_pdf(tmp_path / "a.pdf", ["Before"])

    def add(pdf: pikepdf.Pdf) -> None:
        inside = pdf.make_stream(b"/P <</MCID 0>> BDC %sEMC" % words("Inside"), Type=Name.XObject, Subtype=Name.Form)
        inside.BBox, inside.Resources, inside.StructParents = Array((0, 0, 595, 842)), pdf.pages[0].obj.Resources, 5
        made = pdf.pages[0].obj
        made.Resources.XObject = Dictionary(Fm=inside)
        made.Contents = Array([made.Contents, pdf.make_stream(b"/Fm Do")])
        held = Dictionary(Type=Name.MCR, MCID=0, Pg=made, Stm=inside)
        sect(pdf).K.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=sect(pdf), K=held)))

    pack = build(tmp_path / "pack.pdf", edited(path, add), tagged_pdf(tmp_path / "b.pdf", ["Other"]))
    with pikepdf.open(pack) as pdf:
        inside = pdf.pages[0].obj.Resources.XObject.Fm
        assert inside.StructParents == 4  # four pages, no links
        leaf = pdf.Root.StructTreeRoot.ParentTree.Kids[0]
        row = dict(zip(leaf.Nums[::2], leaf.Nums[1::2], strict=True))[4]
        assert row[0].K.Stm.objgen == inside.objgen


def test_artifacts_with_numbers_are_nobodys(tmp_path: Path) -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        made = pdf.pages[0].obj
        line = pdf.make_stream(b"/Artifact <</MCID 1 /Type/Layout>> BDC 0 0 9 9 re f EMC")
        made.Contents = Array([made.Contents, line])

    said = written(tmp_path / "pack.pdf", edited(tagged_pdf(tmp_path / "a.pdf", ["One"]), add))
    assert said.notes == ()


@pytest.mark.parametrize(
    "saving",
    [
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"encryption": pikepdf.Encryption(owner="o", user="")},
        {"linearize": True},
        {"qdf": True},
    ],
    ids=lambda saving: next(iter(saving)),
)
def test_tags_are_kept_however_the_file_is_written(saving: dict[str, Any], tmp_path: Path) -> None:
    table(tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        pdf.save(tmp_path / "b.pdf", **saving)
    plain, other = (build(tmp_path / f"{n}-pack.pdf", tmp_path / f"{n}.pdf") for n in ("a", "b"))
    assert outline_of_tags(other) == outline_of_tags(plain)
    assert len(outline_of_tags(plain)) == 12


def test_damaged_file_keeps_its_tags(tmp_path: Path) -> None:
    data = table(tmp_path / "a.pdf").read_bytes()
    (tmp_path / "b.pdf").write_bytes(data[: data.rindex(b"startxref")] + b"startxref\n12\n%%EOF\n")
    plain, other = (build(tmp_path / f"{n}-pack.pdf", tmp_path / f"{n}.pdf") for n in ("a", "b"))
    assert outline_of_tags(other) == outline_of_tags(plain)


def test_undecodable_page_is_named(tmp_path: Path) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Contents = Stream(pdf, b"not compressed", Filter=Name.LZWDecode, DecodeParms=Dictionary())

    path = text_pdf(tmp_path / "a.pdf", "One", "Two")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        bad = pdf.make_stream(b"")
        bad.write(b"not compressed", filter=Name.FlateDecode)
        pdf.pages[1].obj.Contents = bad
        pdf.save(path)
    with pytest.raises(PaperError, match=r"a\.pdf: page 2 is damaged: what is on it cannot be decoded\."):
        build(tmp_path / "pack.pdf", path)


# Claims


UA = (
    '<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>'
)


def claiming(path: Path, *pages: list[str]) -> Path:
    def claim(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Metadata = pdf.make_stream(UA.encode(), Type=Name.Metadata, Subtype=Name.XML)

    return edited(tagged_pdf(path, *pages), claim)


def test_pdf_ua_is_claimed_when_every_paper_earns_it(tmp_path: Path) -> None:
    earns = [claiming(tmp_path / "a.pdf", ["One"]), claiming(tmp_path / "b.pdf", ["Two"])]
    for paths, claims in (
        (earns, True),
        ([*earns, tagged_pdf(tmp_path / "c.pdf", ["Three"])], False),
        ([*earns, claiming(tmp_path / "d.pdf", ["Figure: A picture"])], False),
        ([*earns, claiming(tmp_path / "e.pdf", ["Thing: What is it?"])], False),
        ([*earns, text_pdf(tmp_path / "f.pdf", "Untagged")], False),
    ):
        assert written(tmp_path / "pack.pdf", *paths).pdf_ua is claims
        with pikepdf.open(tmp_path / "pack.pdf") as pdf:
            assert (b"pdfuaid:part>1<" in pdf.Root.Metadata.read_bytes()) is claims


def test_pack_breaks_no_rule_that_its_papers_keep(tmp_path: Path) -> None:
    def embed(pdf: pikepdf.Pdf) -> None:  # Helvetica, which the sample pages use, is not embedded: no text at all then
        for number, each in enumerate(pdf.pages):
            each.obj.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC %d 0 9 9 re f EMC" % number)
            del each.obj.Resources.Font

    paths = [edited(claiming(tmp_path / f"{name}.pdf", ["One"], ["Two"], ["Three"]), embed) for name in "ab"]
    assert written(tmp_path / "pack.pdf", *paths, draft=True).pdf_ua
    report = page.validate_pdf(tmp_path / "pack.pdf", profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


# Real papers


@pytest.mark.skipif(not MEETING.is_dir(), reason="the published papers are not here")
def test_every_structure_element_of_published_papers_is_in_the_pack(tmp_path: Path) -> None:
    papers = [next(MEETING.glob(name)) for name in ("Devolution White*.pdf", "Appendix A*.pdf", "Appendix B*.pdf")]
    pack = build(tmp_path / "pack.pdf", *papers)
    counts = [len(elements(path)) for path in papers]
    assert counts == [230, 82, 600]
    assert [len(elements(pack, part)) for part in range(3)] == counts
    assert [str(each.S) for path in papers for each in elements(path)[1:]] == [
        str(each.S) for part in range(3) for each in elements(pack, part)[1:]
    ]
    read = [line for path in papers for line in structure_text(path)]
    assert structure_text(pack) == read
    assert len(read) == 537


def structure_text(path: Path) -> list[str]:
    """What poppler reads out of the structure, without the names of the elements."""
    found = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, check=True).stdout
    lines = found.decode("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip().startswith('"')]
