"""Inspection finds what validators do not: each of these packs is broken in one way, and is caught at it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.model import DocumentInfo, EntryKind, PackPlan
from pipeline.pack.assembly import write_pack
from pipeline.pack.inspection import inspect_pack
from pipeline.pack.plan import Placing, plan_pack
from pipeline.privacy import PublicDocument, release
from tests.pdfs import INFO, add_page, parts_of, tagged_pdf, text_pdf, words

Change = Callable[[pikepdf.Pdf], None]


def front_sheet(path: Path) -> Path:
    """A tagged page with a link to item 4 and one to the web."""
    with pikepdf.open(tagged_pdf(path, ["H1: Agenda", "4 Parks"]), allow_overwriting_input=True) as pdf:
        page, annotations = pdf.pages[0].obj, []
        for at, address in enumerate(("pack:item-4", "https://www.ardenshire.example/")):
            link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array((72, 600 - 40 * at, 200, 620 - 40 * at)))
            link.A = Dictionary(S=Name.URI, URI=String(address))
            annotations.append(pdf.make_indirect(link))
        page.Annots = Array(annotations)
        pdf.save(path)
    return path


@pytest.fixture
def sound(tmp_path: Path) -> tuple[Path, PackPlan, list[Path]]:
    """A sound pack: front sheet, a tagged report of three pages with an image of a link, an untagged appendix."""
    paths = [
        front_sheet(tmp_path / "agenda.pdf"),
        tagged_pdf(tmp_path / "report.pdf", ["H1: Parks", "All are open."], ["More."], ["Last."], Lang=String("cy")),
        text_pdf(tmp_path / "appendix.pdf", "Numbers"),
    ]
    plan = plan_pack(
        [
            Placing(None, EntryKind.FRONT_SHEET, "Agenda", "", 1),
            Placing("4", EntryKind.REPORT, "Report on parks", "report.pdf", 3),
            Placing("4", EntryKind.APPENDIX, "Appendix I", "appendix.pdf", 1),
        ]
    )
    write_pack(plan, *sources(plan, paths), tmp_path / "pack.pdf")
    return tmp_path / "pack.pdf", plan, paths


def sources(plan: PackPlan, paths: list[Path]) -> tuple[list[PublicDocument], dict[str, str], DocumentInfo]:
    """Documents, titles and what the pack says of itself; the report is in Welsh."""
    documents, titles, info = parts_of(plan, paths)
    welsh = [replace(each.document, language="cy" if "report" in each.document.path.name else "") for each in documents]
    return [release(document) for document in welsh], titles, info


def test_sound_pack_has_no_fault(sound: tuple[Path, PackPlan, list[Path]]) -> None:
    pack, plan, paths = sound
    assert inspect_pack(pack, plan, *sources(plan, paths)) == ()


def keys(pdf: pikepdf.Pdf) -> list[int]:
    return [page.obj.StructParents for page in pdf.pages]


def swap_keys(pdf: pikepdf.Pdf) -> None:
    one, two = pdf.pages[3].obj, pdf.pages[4].obj
    one.StructParents, two.StructParents = two.StructParents, one.StructParents


def zero_keys(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.StructParents = 0


def cut_part(pdf: pikepdf.Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K
    document.K = Array([document.K[0], document.K[2]])


def swap_parts(pdf: pikepdf.Pdf) -> None:
    document = pdf.Root.StructTreeRoot.K
    document.K = Array([document.K[1], document.K[0], document.K[2]])


def lose_element(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.K.K[1].K[0].K[1]


def empty_part(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K.K[1].K = Array()


def hold_twice(pdf: pikepdf.Pdf) -> None:
    section = pdf.Root.StructTreeRoot.K.K[1].K[0]
    section.K.append(section.K[0])


def unmark_stamp(pdf: pikepdf.Pdf) -> None:
    stamp = pdf.pages[2].obj.Contents[-1]
    pdf.pages[2].obj.Contents[-1] = pdf.make_stream(
        stamp.read_bytes().replace(b"/Artifact <</Type /Pagination", b"/P <<")
    )


def move_stamp_out(pdf: pikepdf.Pdf) -> None:
    stamp = pdf.pages[2].obj.Contents[-1]
    pdf.pages[2].obj.Contents[-1] = pdf.make_stream(stamp.read_bytes().replace(b" cm\n", b" cm 1 0 0 1 900 0 cm\n"))


def turn_stamp(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.Rotate = 90


def renumber_stamp(pdf: pikepdf.Pdf) -> None:
    """Page 4 says "Page 3"."""
    pdf.pages[3].obj.Contents[-1] = pdf.pages[2].obj.Contents[-1]


def shift_label(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D), 3, Dictionary(S=Name.D, St=5)]))


def lose_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[3]


def swap_pages(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[3]
    del pdf.pages[3]
    pdf.pages.insert(4, page)


def lose_text(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[3].obj
    page.Contents = Array([*list(page.Contents)[:1], pdf.make_stream(b"/P <</MCID 0>> BDC EMC"), page.Contents[-1]])


def mislead_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots[0].Dest[0] = pdf.pages[4].obj


def lose_link(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Annots[1]


def leave_pack_link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots[1].A.URI = String("pack:item-4")


def silence_link(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Annots[0].Contents


def add_comment(pdf: pikepdf.Pdf) -> None:
    comment = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array((9, 9, 20, 20)), Contents=String("A comment"))
    pdf.pages[3].obj.Annots = Array([pdf.make_indirect(comment)])


def mislead_bookmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Next.Dest[0] = pdf.pages[5].obj


def lose_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def lose_part_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.K.K[1].Lang


def lose_title(pdf: pikepdf.Pdf) -> None:
    del pdf.trailer.Info.Title


def unsay_tagged(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def lose_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def write_on_blank(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[1].obj
    page.Contents = Array([page.Contents[0], pdf.make_stream(b"/P <</MCID 0>> BDC EMC"), page.Contents[-1]])


MUTANTS: list[tuple[Change, str]] = [
    (swap_keys, "Page 4: 1 pieces of its content are not where the structure tree says, or nobody's."),
    (zero_keys, "Page 2: 2 pieces of its content are not where the structure tree says, or nobody's."),
    (cut_part, "Its structure tree has 2 papers, and the plan has 3."),
    (swap_parts, "Agenda: its part of the structure tree is called 'report', not 'agenda'."),
    (lose_element, "report.pdf: 7 of its 8 structure elements are in the pack."),
    (empty_part, "report.pdf: 0 of its 8 structure elements are in the pack."),
    (hold_twice, "stands in two places"),
    (unmark_stamp, "Page 3: what is stamped on it is not marked as an artifact."),
    (move_stamp_out, "Page 3"),
    (turn_stamp, "Page 3: its stamps are not upright inside the visible page."),
    (renumber_stamp, "Page 4 should have the stamps Page 4; it ends with 'More.Page3"),
    (shift_label, "Page 4 is labelled '5' and should be '4'."),
    (lose_page, "It has 7 pages, and the plan has 8."),
    (swap_pages, "Page 4 does not have the words of page 2 of report.pdf"),
    (lose_text, "Page 4 does not have the words of page 2 of report.pdf: '' where 'More.' should be."),
    (mislead_link, "Page 1: the link at (72, 600, 200, 620) leads to page 5, and should not."),
    (lose_link, "Page 1: the link at (72, 560, 200, 580) to 'https://www.ardenshire.example/' is not there."),
    (leave_pack_link, "Page 1: a link leads to 'pack:item-4'."),
    (silence_link, "Page 1: a link does not say where it leads."),
    (add_comment, "Page 4: it has an annotation that is not a plain link."),
    (mislead_bookmark, "It has the bookmark '4 Item about Appendix I (page 3)' (page 6, level 0) where"),
    (lose_language, "Its language is '' and should be 'en-GB'."),
    (lose_part_language, "report.pdf: its language in the structure tree is '', not 'cy'."),
    (lose_title, "Its title is '' and should be 'Agenda for the Cabinet Member, 9 October 2017'."),
    (unsay_tagged, "It does not say that it is tagged."),
    (lose_tree, "It has no structure tree."),
    (write_on_blank, "Page 2 should say that it is left blank; it says 'Page2'."),
]


@pytest.mark.parametrize(("change", "fault"), MUTANTS, ids=lambda each: getattr(each, "__name__", ""))
def test_broken_pack_is_caught(change: Change, fault: str, sound: tuple[Path, PackPlan, list[Path]]) -> None:
    pack, plan, paths = sound
    with pikepdf.open(pack, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(pack, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    faults = inspect_pack(pack, plan, *sources(plan, paths))
    assert [each for each in faults if fault in each], faults


def test_draft_that_is_no_draft_is_caught(sound: tuple[Path, PackPlan, list[Path]]) -> None:
    pack, plan, paths = sound
    faults = inspect_pack(pack, plan, *sources(plan, paths), draft=True)
    assert (
        "Page 3 should have the stamps DRAFT, Page 3, Agenda Item 4; it ends with 'ParksAllareopen.Page3AgendaItem4'."
        in faults
    )


def test_dates_that_differ_are_caught(sound: tuple[Path, PackPlan, list[Path]]) -> None:
    pack, plan, paths = sound
    documents, titles, _ = sources(plan, paths)
    assert inspect_pack(pack, plan, documents, titles, replace(INFO, author="Another council")) == (
        "Its author is 'Ardenshire City Council' and should be 'Another council'.",
    )


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nno pack at all", None])
def test_file_that_is_no_pack_is_a_fault_and_no_crash(
    data: bytes | None, sound: tuple[Path, PackPlan, list[Path]]
) -> None:
    pack, plan, paths = sound
    pack.write_bytes(pack.read_bytes()[:4000] if data is None else data)
    (fault,) = inspect_pack(pack, plan, *sources(plan, paths))
    assert fault.startswith("It cannot be read back: ")


def test_faults_of_one_kind_are_told_up_to_twenty(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", *[f"Text {number}" for number in range(40)])
    plan = plan_pack([Placing("1", EntryKind.REPORT, "A", "a.pdf", 40)])
    write_pack(plan, *sources(plan, [path]), tmp_path / "pack.pdf")
    shifted = PackPlan(plan.entries, tuple(str(number + 1) for number in range(1, 41)))
    faults = inspect_pack(tmp_path / "pack.pdf", shifted, *sources(shifted, [path]))
    labels = [fault for fault in faults if "labelled" in fault]
    assert len(labels) == 20
    assert faults.count("... and more of this kind.") == 2  # labels and stamps


def test_lost_annotation_of_a_form_is_no_fault(tmp_path: Path) -> None:
    """What a mark shows becomes words of the page; inspection knows where words may be more than in the paper."""
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        page = add_page(pdf, words("Approved by"))
        look = pdf.make_stream(words("J Smith", 2, 5), Type=Name.XObject, Subtype=Name.Form)
        look.BBox, look.Resources = Array((0, 0, 128, 25)), page.obj.Resources
        mark = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=Array((72, 600, 200, 625)), F=4)
        mark.AP = Dictionary(N=look)
        page.obj.Annots = Array([mark])
        pdf.save(path)
    plan = plan_pack([Placing("1", EntryKind.REPORT, "A", "a.pdf", 1)])
    write_pack(plan, *sources(plan, [path]), tmp_path / "pack.pdf")
    assert inspect_pack(tmp_path / "pack.pdf", plan, *sources(plan, [path])) == ()
