import datetime as dt
import hashlib
import resource
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from pypdf.generic import DictionaryObject

from pipeline import __version__
from pipeline.errors import ExitCode, PaperError, PipelineError, PrivacyError
from pipeline.model import EntryKind, Numbering, OutlineNode, PackPlan
from pipeline.pack.assembly import assemble, save_pack, write_pack
from pipeline.pack.outline import outline_of
from pipeline.pack.plan import Placing, plan_pack
from pipeline.privacy import release
from tests.pdfs import INFO, add_page, build, document, ink, picture, text_of, text_pdf, words

FRONT = Placing(None, EntryKind.FRONT_SHEET, "Agenda", "", 1)


def paper(path: Path, *annotations: Dictionary, pages: int = 1, **root: Any) -> Path:
    """A PDF whose first page has these annotations. ``root``: further keys of the catalog."""
    with pikepdf.new() as pdf:
        for number in range(1, pages + 1):
            add_page(pdf, words(f"{path.stem} {number}"))
        for annotation in annotations:
            if annotation.get("/Dest") is not None and isinstance(annotation.Dest, int):
                annotation.Dest = Array([pdf.pages[annotation.Dest].obj, Name.XYZ, 10, 20, None])
        pdf.pages[0].obj.Annots = Array(annotations)
        for key, value in root.items():
            pdf.Root[f"/{key}"] = value
        pdf.save(path)
    return path


def link(**keys: Any) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array((72, 690, 200, 715)), **keys)


def uri(address: str) -> Dictionary:
    return link(A=Dictionary(S=Name.URI, URI=String(address)))


def annotations(reader: pypdf.PdfReader, page: int) -> list[DictionaryObject]:
    return [each.get_object() for each in reader.pages[page - 1].get("/Annots", [])]


def landing(reader: pypdf.PdfReader, annotation: DictionaryObject) -> int:
    """The page, from 1, that a link's explicit destination leads to."""
    found = reader.get_page_number(annotation["/Dest"][0].get_object())
    assert found is not None
    return found + 1


def front_and_two(tmp_path: Path, numbering: Numbering = Numbering.FRONT_SHEET) -> tuple[list[Path], PackPlan]:
    links = [uri("pack:item-4"), uri("pack:item-12.1"), uri("pack:item-7"), uri("https://www.ardenshire.example/")]
    paths = [
        paper(tmp_path / "front.pdf", *links),
        paper(tmp_path / "report.pdf", pages=3),
        paper(tmp_path / "appendix.pdf"),
        paper(tmp_path / "budget.pdf", pages=2),
    ]
    placings = [
        FRONT,
        Placing("4", EntryKind.REPORT, "Report on parks", "report.pdf", 3),
        Placing("4", EntryKind.APPENDIX, "Appendix I", "appendix.pdf", 1),
        Placing("12.1", EntryKind.REPORT, "The budget", "budget.pdf", 2),
    ]
    return paths, plan_pack(placings, numbering)


# Labels, outline, metadata


@pytest.mark.parametrize(
    ("numbering", "labels"),
    [
        (Numbering.FRONT_SHEET, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
        (Numbering.FIRST_PAPER, ["", "", "1", "2", "3", "4", "5", "6", "7", "8"]),
    ],
)
def test_page_labels_are_what_is_printed(numbering: Numbering, labels: list[str], tmp_path: Path) -> None:
    paths, plan = front_and_two(tmp_path, numbering)
    pack = build(tmp_path / "pack.pdf", *paths, plan=plan)
    with pypdf.PdfReader(pack) as reader:
        assert reader.page_labels == labels
    printed = [text_of(pack, page).partition("Page ")[2].split(" ")[0] for page in range(1, 11)]
    assert printed == labels


def test_labels_that_do_not_count_are_kept_as_they_are(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", "One", "Two", "Three", "Four")
    plan = plan_pack([Placing("1", EntryKind.REPORT, "A", "a.pdf", 4)])
    odd = PackPlan(plan.entries, ("9", "10", "10a", "12"))
    with pypdf.PdfReader(build(tmp_path / "pack.pdf", path, plan=odd)) as reader:
        assert reader.page_labels == ["9", "10", "10a", "12"]


def titles(reader: pypdf.PdfReader, nodes: Any = None, depth: int = 0) -> list[tuple[int, str, int]]:
    """The outline as (depth, title, page from 1)."""
    found = []
    for node in reader.outline if nodes is None else nodes:
        if isinstance(node, list):
            found += titles(reader, node, depth + 1)
        else:
            found.append((depth, str(node.title), (reader.get_destination_page_number(node) or 0) + 1))
    return found


def test_outline_nests_papers_in_items_and_their_headings_below(tmp_path: Path) -> None:
    paths, plan = front_and_two(tmp_path, Numbering.FIRST_PAPER)
    heading = OutlineNode("Purpose", 2, (OutlineNode("Background", 3),))
    documents = [
        release(document(path, entry.pages, (heading,) if path.stem == "report" else ()))
        for path, entry in zip(paths, plan.entries, strict=True)
    ]
    write_pack(plan, documents, {"4": "Parks", "12.1": "Budget"}, INFO, tmp_path / "pack.pdf")
    with pypdf.PdfReader(tmp_path / "pack.pdf") as reader:
        assert titles(reader) == [
            (0, "Agenda", 1),
            (0, "4 Parks (page 1)", 3),
            (1, "Report on parks", 3),
            (2, "Purpose", 4),
            (3, "Background", 5),
            (1, "Appendix I", 7),
            (0, "12.1 Budget (page 7)", 9),
            (1, "The budget", 9),
        ]
        closed = [node["/%is_open%"] for node in reader.outline if not isinstance(node, list)]
        assert closed == [True, False, False]  # a bookmark without children counts as open


def test_outline_title_has_no_page_where_none_is_printed() -> None:
    plan = plan_pack([Placing("2", EntryKind.REPORT, "R", "r.pdf", 1)])
    unlabelled = PackPlan(tuple(plan.entries), (None, None))
    entry = unlabelled.entries[0]
    bare = PackPlan((type(entry)(**{**vars(entry), "first_label": None, "last_label": None}),), (None, None))
    nodes = outline_of(bare, [document(Path("r.pdf"), 1)], {"2": "Minutes"})
    assert [node.title for node in nodes] == ["2 Minutes"]


def test_bookmark_leads_to_the_viewed_top_of_a_rotated_page(tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    with pikepdf.new() as pdf:
        add_page(pdf, words("Turned"), Rotate=90)
        pdf.save(path)
    with pikepdf.open(build(tmp_path / "pack.pdf", path)) as pdf:
        assert [float(value) for value in pdf.Root.Outlines.First.Dest[2:4]] == [0, 0]


def test_document_says_what_it_is(tmp_path: Path) -> None:
    pack = build(tmp_path / "pack.pdf", text_pdf(tmp_path / "a.pdf", "One"))
    with pypdf.PdfReader(pack) as reader:
        info, xmp, root = reader.metadata, reader.xmp_metadata, reader.root_object
        assert info is not None and xmp is not None
        assert (info.title, info.author, info.subject) == (INFO.title, INFO.author, INFO.subject)
        assert info.producer == f"civicpack {__version__}"
        assert info.creation_date == info.modification_date == dt.datetime(2017, 9, 29, tzinfo=dt.UTC)
        assert xmp.dc_title == {"x-default": INFO.title}
        assert xmp.dc_creator == [INFO.author]
        assert xmp.dc_language == ["en-GB"]
        assert xmp.xmp_create_date == xmp.xmp_modify_date == dt.datetime(2017, 9, 29)  # noqa: DTZ001 (pypdf gives UTC)
        assert root["/Lang"] == "en-GB"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
        assert root["/PageMode"] == "/UseOutlines"
        assert [str(value) for value in root["/OpenAction"][1:]] == ["/XYZ", "NullObject", "NullObject", "1"]
        assert reader.get_page_number(root["/OpenAction"][0].get_object()) == 0


def test_title_with_markup_and_welsh_letters_survives(tmp_path: Path) -> None:
    info = type(INFO)("Cyngor <Tŷ> & “Gŵyl”", "A & B", "", "cy", dt.date(2025, 1, 9))
    path = text_pdf(tmp_path / "a.pdf", "One")
    plan = plan_pack([Placing("1", EntryKind.REPORT, "Tŷ", "a.pdf", 1)])
    write_pack(plan, [release(document(path, 1))], {"1": "Gŵyl"}, info, tmp_path / "pack.pdf")
    with pypdf.PdfReader(tmp_path / "pack.pdf") as reader:
        assert reader.metadata is not None and reader.xmp_metadata is not None
        assert reader.metadata.title == "Cyngor <Tŷ> & “Gŵyl”"
        assert reader.xmp_metadata.dc_title == {"x-default": "Cyngor <Tŷ> & “Gŵyl”"}
        assert titles(reader) == [(0, "1 Gŵyl (page 1)", 1), (1, "Tŷ", 1)]


def test_only_the_first_page_of_an_item_says_which_item_it_is(tmp_path: Path) -> None:
    paths, plan = front_and_two(tmp_path)
    pack = build(tmp_path / "pack.pdf", *paths, plan=plan)
    said = {page: text for page in range(1, 11) if "Agenda Item" in (text := text_of(pack, page))}
    assert said == {3: "report 1 Page 3 Agenda Item 4", 9: "budget 1 Page 9 Agenda Item 12.1"}


# Links


def test_agenda_links_lead_to_their_items_and_say_so(tmp_path: Path) -> None:
    paths, plan = front_and_two(tmp_path)
    pack = build(tmp_path / "pack.pdf", *paths, plan=plan)
    with pypdf.PdfReader(pack) as reader:
        first, second, web = annotations(reader, 1)  # item 7 has no papers: its link is gone
        assert (landing(reader, first), first["/Contents"]) == (3, "Item 4, page 3")
        assert (landing(reader, second), second["/Contents"]) == (9, "Item 12.1, page 9")
        assert web["/A"]["/URI"] == web["/Contents"] == "https://www.ardenshire.example/"
    with pikepdf.open(pack) as pdf:
        assert not [each for each in pdf.objects if b"pack:item" in each.unparse(resolved=True)]


def test_pack_link_in_a_paper_is_dropped(tmp_path: Path) -> None:
    pack = build(tmp_path / "pack.pdf", paper(tmp_path / "a.pdf", uri("pack:item-1")))
    with pypdf.PdfReader(pack) as reader:
        assert annotations(reader, 1) == []


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://www.ardenshire.example/a?b=c#d", "https://www.ardenshire.example/a?b=c#d"),
        ("mailto:committees@ardenshire.example", "mailto:committees@ardenshire.example"),
        ("tel:01632960001", "tel:01632960001"),
        ("www.ardenshire.example", "http://www.ardenshire.example"),
        ("javascript:alert(1)", None),
        ("file:///C:/secret.doc", None),
        ("http://a.example/\nb", None),
        ("report.docx", None),
    ],
)
def test_only_harmless_addresses_are_kept(address: str, kept: str | None, tmp_path: Path) -> None:
    pack = build(tmp_path / "pack.pdf", paper(tmp_path / "a.pdf", uri(address)))
    with pypdf.PdfReader(pack) as reader:
        assert [each["/A"]["/URI"] for each in annotations(reader, 1)] == ([kept] if kept else [])


@pytest.mark.parametrize(
    "dropped",
    [
        link(A=Dictionary(S=Name.Launch, F=String("calc.exe"))),
        link(A=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))),
        link(A=Dictionary(S=Name.GoToR, F=String("other.pdf"), D=Array([0, Name.Fit]))),
        link(A=Dictionary(S=Name.GoTo, D=String("no such name"))),
        link(Dest=Array([99, Name.Fit])),
        link(Dest=Array([])),
        link(),
        link(F=2, A=Dictionary(S=Name.URI, URI=String("https://hidden.example/"))),
        Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array((0, 0, 9, 9)), Contents=String("A comment"), F=4),
        Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array((0, 0, 9, 9)), F=4),
    ],
)
def test_what_could_do_harm_or_leads_nowhere_is_dropped(dropped: Dictionary, tmp_path: Path) -> None:
    pack = build(tmp_path / "pack.pdf", paper(tmp_path / "a.pdf", dropped))
    with pypdf.PdfReader(pack) as reader:
        assert annotations(reader, 1) == []


def named(path: Path, page: int) -> Path:
    """A paper of three pages whose name "intro" means this page (from 0), in a name tree and in the old way."""
    with pikepdf.open(paper(path, link(Dest=String("intro")), link(Dest=Name.intro), pages=3)) as pdf:
        where = Array([pdf.pages[page].obj, Name.FitH, 700])
        leaf = pdf.make_indirect(Dictionary(Names=Array([String("intro"), Dictionary(D=where)])))
        tree = pdf.make_indirect(Dictionary(Kids=Array([leaf])))
        tree.Kids.append(tree)  # a cycle
        pdf.Root.Names = Dictionary(Dests=tree)
        pdf.save(path.with_name(f"named-{path.name}"))
    return path.with_name(f"named-{path.name}")


def test_same_named_destination_in_two_papers_stays_in_each(tmp_path: Path) -> None:
    pack = build(tmp_path / "pack.pdf", named(tmp_path / "a.pdf", 1), named(tmp_path / "b.pdf", 2))
    with pypdf.PdfReader(pack) as reader:
        assert [landing(reader, each) for each in annotations(reader, 1)] == [2, 2]
        assert [landing(reader, each) for each in annotations(reader, 5)] == [7, 7]
        assert [str(value) for value in annotations(reader, 5)[0]["/Dest"][1:]] == ["/FitH", "700"]
        assert [each["/Contents"] for each in annotations(reader, 5)] == ["Page 7", "Page 7"]
        assert "/Names" not in reader.root_object


def test_link_keeps_its_look_and_its_own_words(tmp_path: Path) -> None:
    looks: dict[str, Any] = {"Border": Array((0, 0, 0)), "C": Array((1, 0, 0)), "H": Name.I}
    with_words = link(A=Dictionary(S=Name.URI, URI=String("https://x.example/")), Contents=String("Website"), **looks)
    pack = build(tmp_path / "pack.pdf", paper(tmp_path / "a.pdf", with_words))
    with pypdf.PdfReader(pack) as reader:
        (kept,) = annotations(reader, 1)
    assert kept["/Contents"] == "Website"
    assert [int(value) for value in kept["/Border"]] == [0, 0, 0]
    assert kept["/H"] == "/I"
    assert set(kept) == {
        "/Type",
        "/Subtype",
        "/Rect",
        "/P",
        "/F",
        "/A",
        "/Border",
        "/C",
        "/H",
        "/Contents",
        "/StructParent",
    }


# What must not come along


def test_hidden_data_of_a_page_and_its_images_stay_behind(tmp_path: Path) -> None:
    path = tmp_path / "leaky.pdf"
    with pikepdf.new() as pdf:
        secret = pdf.make_stream(b"SECRET", Type=Name.Metadata, Subtype=Name.XML)
        image = pdf.make_stream(b"\0" * 3, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
        image.ColorSpace, image.BitsPerComponent, image.Metadata, image.StructParent = Name.DeviceRGB, 8, secret, 3
        page = add_page(
            pdf,
            b"q 9 0 0 9 0 0 cm /Im Do Q",
            Metadata=secret,
            PieceInfo=Dictionary(App=Dictionary(Private=String("SECRET"))),
            AA=Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("SECRET"))),
            Thumb=image,
            StructParents=0,
            Tabs=Name.S,
        )
        page.obj.Resources.XObject = Dictionary(Im=image)
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("SECRET"))
        pdf.attachments["secret.txt"] = b"SECRET"
        pdf.docinfo["/Author"] = "SECRET"
        pdf.save(path)
    pack = build(tmp_path / "pack.pdf", path)
    with pikepdf.open(pack) as pdf:
        everything = b"".join(
            each.unparse(resolved=True) + (each.read_bytes() if isinstance(each, pikepdf.Stream) else b"")
            for each in pdf.objects
        )
        assert b"SECRET" not in everything
        kept = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/Tabs", "/StructParents"}
        assert set(pdf.pages[0].obj.keys()) == kept
        assert "/StructParent" not in pdf.pages[0].obj.Resources.XObject.Im


def layered(path: Path, **config: Any) -> Path:
    """A PDF with two layers, "Plan" and "Officer's notes"; ``config`` may name them as 0 and 1."""
    with pikepdf.new() as pdf:
        groups = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(n))) for n in ("Plan", "Officer's notes")]
        content = b"/OC /L0 BDC %s EMC /OC /L1 BDC %s EMC" % (words("Plan"), words("Notes", y=600))
        page = add_page(pdf, content)
        page.obj.Resources.Properties = Dictionary(L0=groups[0], L1=groups[1])
        settings = {f"/{key}": Array(groups[i] for i in v) if isinstance(v, list) else v for key, v in config.items()}
        pdf.Root.OCProperties = Dictionary(OCGs=Array(groups), D=Dictionary(settings))
        pdf.save(path)
    return path


@pytest.mark.parametrize(
    ("config", "named"),
    [
        ({"OFF": [1]}, "'Officer's notes'"),
        ({"BaseState": Name.OFF, "ON": [0]}, "'Officer's notes'"),
        ({"BaseState": Name.OFF}, "'Officer's notes', 'Plan'"),
    ],
)
def test_paper_with_a_layer_switched_off_is_refused(config: dict[str, Any], named: str, tmp_path: Path) -> None:
    with pytest.raises(PrivacyError) as refused:
        build(tmp_path / "pack.pdf", layered(tmp_path / "plan.pdf", **config))
    assert refused.value.exit_code is ExitCode.PRIVACY
    assert str(refused.value).startswith(f"plan.pdf: has hidden layers, which the pack would bring to light: {named}.")


def test_layer_switched_off_for_print_only_is_refused(tmp_path: Path) -> None:
    path = layered(tmp_path / "plan.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        group = pdf.Root.OCProperties.OCGs[1]
        group.Usage = Dictionary(Print=Dictionary(PrintState=Name.OFF))
        pdf.Root.OCProperties.D.AS = Array([Dictionary(Event=Name.Print, OCGs=Array([group]))])
        pdf.save(path)
    with pytest.raises(PrivacyError, match="Officer's notes"):
        build(tmp_path / "pack.pdf", path)


def test_content_that_shows_while_a_layer_is_off_is_refused(tmp_path: Path) -> None:
    path = layered(tmp_path / "plan.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        group = pdf.Root.OCProperties.OCGs[1]
        pdf.pages[0].Resources.Properties.L1 = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=group, P=Name.AllOff))
        pdf.save(path)
    with pytest.raises(PrivacyError, match="Officer's notes"):
        build(tmp_path / "pack.pdf", path)


def test_layers_that_are_on_simply_show(tmp_path: Path) -> None:
    pack = build(tmp_path / "pack.pdf", layered(tmp_path / "plan.pdf", ON=[0, 1]))
    assert text_of(pack, 1) == "Plan Notes Page 1 Agenda Item 1"
    with pikepdf.open(pack) as pdf:
        assert "/OCProperties" not in pdf.Root


# Whole or not at all


def test_same_papers_give_the_same_bytes(tmp_path: Path) -> None:
    paths, plan = front_and_two(tmp_path)
    one = build(tmp_path / "one.pdf", *paths, plan=plan, draft=True)
    time.sleep(1.1)  # a clock in the file would show
    two = build(tmp_path / "two.pdf", *paths, plan=plan, draft=True)
    assert one.read_bytes() == two.read_bytes()


def test_digest_is_of_the_file_written(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", "One")
    plan = plan_pack([Placing("1", EntryKind.REPORT, "A", "a.pdf", 1)])
    said = write_pack(plan, [release(document(path, 1))], {}, INFO, tmp_path / "pack.pdf")
    assert said.sha256 == hashlib.sha256((tmp_path / "pack.pdf").read_bytes()).hexdigest()


def test_full_disk_leaves_the_last_good_pack_and_no_other_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "pack.pdf").write_bytes(b"the last good pack")
    path = text_pdf(tmp_path / "a.pdf", *["Some words"] * 200)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))  # the disk is full after 8 KB
    try:
        with pytest.raises(OSError, match="File too large"):
            build(out / "pack.pdf", path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [each.name for each in out.iterdir()] == ["pack.pdf"]
    assert (out / "pack.pdf").read_bytes() == b"the last good pack"


def test_failed_rename_leaves_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "pack.pdf").mkdir()
    with pytest.raises(OSError, match="directory"):
        save_pack([b"a pack"], tmp_path / "pack.pdf")
    assert [each.name for each in tmp_path.iterdir()] == ["pack.pdf"]


def test_number_of_pages_that_differs_from_the_plan_is_our_fault(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", "One", "Two")
    plan = plan_pack([Placing("1", EntryKind.REPORT, "A", "a.pdf", 3)])
    with pytest.raises(PipelineError, match=r"a\.pdf has 2 pages, and the plan gives it 3\.") as fault:
        build(tmp_path / "pack.pdf", path, plan=plan)
    assert fault.value.exit_code is ExitCode.OUR_FAULT
    with pytest.raises(PipelineError, match="1 entries and 0 documents"), ExitStack() as opened:
        assemble(plan, [], {}, INFO, opened)


def test_paper_that_was_spoilt_after_inspection_stops_the_pack(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", "One")
    plan = plan_pack([Placing("1", EntryKind.REPORT, "A", "a.pdf", 1)])
    path.write_bytes(b"")
    with pytest.raises(PaperError, match=r"a\.pdf: is empty"):
        build(tmp_path / "pack.pdf", path, plan=plan)


def test_inherited_boxes_and_resources_reach_the_pack(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        page = add_page(pdf, words("Inherited"), CropBox=Array((100, 600, 400, 800)))
        add_page(pdf, words("Also"))
        for key in ("/Resources", "/MediaBox", "/CropBox"):
            pdf.Root.Pages[key] = page.obj[key]
            for each in pdf.pages:
                if key in each.obj:
                    del each.obj[key]
        pdf.save(path)
    pack = build(tmp_path / "pack.pdf", path)
    assert text_of(pack, 1) == "ited Page 1 Agenda Item 1"  # the text begins left of the visible part
    with pypdf.PdfReader(pack) as reader:
        assert "Inherited" in reader.pages[0].extract_text()
        assert [float(value) for value in reader.pages[1].cropbox] == [100, 600, 400, 800]


def test_blank_page_is_a4_with_its_sentence_in_the_middle(tmp_path: Path) -> None:
    pack = build(tmp_path / "pack.pdf", text_pdf(tmp_path / "a.pdf", "One"))
    image = picture(pack, 2)
    assert image.size == (595, 842)
    left, top, right, bottom = ink(image.crop((0, 100, 595, 742))) or (0, 0, 0, 0)
    assert (left + right) / 2 == pytest.approx(297.5, abs=1.5)
    assert 100 + (top + bottom) / 2 == pytest.approx(421, abs=5)
