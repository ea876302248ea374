"""What is not accessible in a PDF paper."""

import random
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.model import AccessibilityFault, Severity
from pipeline.reading.pdf_faults import pdf_faults
from pipeline.reading.pdf_pages import look_at_pages
from pipeline.reading.quoted_pages import with_pages
from tests.pdfs import add_page, text_pdf, words
from tests.tagged_pdfs import TaggedPdf, scan
from tests.word_papers import WordPaper

REAL = Path(__file__).parent.parent.parent / "shared" / "real"
KENT = REAL / "kent-2025-01-30"
WARDS = (("Ward", "Trees"), ("North", "120"), ("South", "98"))
needs_kent = pytest.mark.skipif(not KENT.is_dir(), reason="the published papers are not here")
needs_odd = pytest.mark.skipif(not (REAL / "odd-pdfs").is_dir(), reason="the odd PDFs are not here")


def found(path: Path) -> list[tuple[str, str]]:
    """The kind and place of every fault."""
    return [(fault.slug, fault.place) for fault in pdf_faults(path, path.name)]


def one(path: Path) -> AccessibilityFault:
    (fault,) = pdf_faults(path, path.name)
    return fault


def test_well_tagged_paper_has_no_fault(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("H1", "Trees")
    paper.add("P", "The Council looks after trees.")
    paper.add("H2", "Wards")
    paper.table(WARDS)
    paper.add("Figure", "x", Alt=pikepdf.String("A lime tree in Castle Park"))
    paper.draw(b"/Artifact BMC\n" + words("Page 1", y=40) + b"EMC\n")
    assert found(paper.save(tmp_path)) == []


# Tags


def test_untagged_paper_is_named_with_what_else_it_lacks(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "paper.pdf", "The Council looks after trees.")
    assert found(path) == [
        ("no-language", "the file's properties"),
        ("no-title", "the file's properties"),
        ("untagged", "the whole paper"),
    ]


def test_tree_that_is_not_switched_on_counts_for_nothing(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("P", "The Council looks after trees.")
    paper.pdf.Root.MarkInfo.Marked = False
    assert found(paper.save(tmp_path)) == [("untagged", "the whole paper")]


def test_tree_that_covers_no_page_counts_for_nothing(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("P")
    paper.draw(words("The Council looks after trees."))
    fault = one(paper.save(tmp_path))
    assert (fault.slug, fault.message.partition(":")[0]) == ("untagged", "Its tags cover none of its pages")


def test_pages_whose_words_stand_outside_the_tags_are_named(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("P", "A tagged page.")
    for _ in range(2):
        paper.page()
        for number in range(6):
            paper.draw(paper.line(f"Line {number} without a tag"))
    fault = one(paper.save(tmp_path))
    assert (fault.slug, fault.place, fault.pages, fault.count) == ("outside-structure", "pages 2 - 3", (2, 3), 2)


def test_page_furniture_outside_the_tags_is_right(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("P", "A tagged page.")
    for number in range(6):
        paper.draw(b"/Artifact <</Type /Pagination>> BDC\n" + paper.line(f"Foot {number}") + b"EMC\n")
    assert found(paper.save(tmp_path)) == []


# Pictures, tables, headings


def test_figure_without_alternative_text_is_named_by_what_stands_before_it(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("P", "The chart shows trees planted.")
    paper.add("Figure", "x")
    fault = one(paper.save(tmp_path))
    assert (fault.slug, fault.pages) == ("picture", (1,))
    assert fault.place == "picture 1 on page 1, after 'The chart shows trees planted.'"


def test_roles_of_the_file_s_own_are_followed_through_the_role_map(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.root.RoleMap = Dictionary(Diagram=Name.Drawing, Drawing=Name.Figure, Loop=Name.Loop)
    paper.add("Diagram", "x")
    paper.add("Loop", "round and round")
    assert found(paper.save(tmp_path)) == [("picture", "picture 1 on page 1")]


@pytest.mark.parametrize("key", ["Alt", "ActualText"])
def test_figure_is_described_by_either_text_or_by_the_element_around_it(key: str, tmp_path: Path) -> None:
    paper = TaggedPdf()
    said = pikepdf.String("A lime tree")
    paper.add("Figure", "x", **{key: said})
    paper.add("Sect", kids=[paper.element("Figure", "y")], **{key: said})
    assert found(paper.save(tmp_path)) == []


def test_figure_that_holds_tagged_words_is_a_query(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("Figure", kids=[paper.element("P", "Words in a box")])
    fault = one(paper.save(tmp_path))
    assert (fault.slug, fault.severity) == ("undescribed-shape", Severity.QUERY)


@pytest.mark.parametrize(
    ("alt", "slug"),
    [("image3.png", "empty-words"), ("A tree Description automatically generated", "machine-words")],
)
def test_alternative_text_that_nobody_wrote_is_named(alt: str, slug: str, tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("Figure", "x", Alt=pikepdf.String(alt))
    assert one(paper.save(tmp_path)).slug == slug


def test_the_first_pictures_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    paper = TaggedPdf()
    for _ in range(10):
        paper.add("Figure", "x")
        paper.page()
    paper.add("P", "The end")
    faults = pdf_faults(paper.save(tmp_path), "paper.pdf")
    assert len(faults) == 7
    assert (faults[-1].place, faults[-1].count) == ("4 more pictures on pages 7 - 10", 4)


def test_table_without_header_cells_is_named_by_its_words(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.page()
    paper.table(WARDS, header=False)
    fault = one(paper.save(tmp_path))
    assert (fault.slug, fault.place) == ("table-header", "table on page 2, 'Ward Trees North 120 South 98'")


@pytest.mark.parametrize(
    "rows",
    [
        (("One", "row"),),
        (("A",), ("box",), ("of lines",)),
        (("Signed", "." * 60), ("Date", "." * 60), ("Post", "." * 60)),
    ],
    ids=["row", "column", "dotted lines"],
)
def test_boxes_and_dotted_lines_need_no_header_cells(rows: tuple[tuple[str, ...], ...], tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.table(rows, header=False)
    assert found(paper.save(tmp_path)) == []


def test_skipped_heading_level_is_named_by_the_heading(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("H1", "Trees")
    paper.add("H3", "Costs of planting")
    fault = one(paper.save(tmp_path))
    assert (fault.slug, fault.place) == ("skipped-level", "heading on page 1, 'Costs of planting'")
    assert fault.message == "A heading of level 3 comes right after one of level 1."


def test_going_back_up_is_no_skipped_level(tmp_path: Path) -> None:
    paper = TaggedPdf()
    for level in (1, 2, 3, 1, 2):
        paper.add(f"H{level}", f"Part {level}")
    assert found(paper.save(tmp_path)) == []


def test_long_paper_without_headings_is_named(tmp_path: Path) -> None:
    paper = TaggedPdf()
    for _ in range(3):
        for number in range(40):
            paper.add("P", f"Line {number}: the Council looks after trees on verges and in parks.")
        paper.page()
    assert found(paper.save(tmp_path)) == [("no-headings", "the whole paper")]


# Pages


def test_scanned_pages_are_named_as_ranges_and_nothing_else_of_them(tmp_path: Path) -> None:
    fault = one(scan(tmp_path / "letter.pdf", None, None, None))
    assert (fault.slug, fault.place, fault.count) == ("scan", "pages 1 - 3", 3)
    assert fault.message.startswith("Pages 1 - 3 are only pictures")


def test_scan_with_words_read_by_machine_is_a_query(tmp_path: Path) -> None:
    path = scan(tmp_path / "letter.pdf", None, "Dear Sir or Madam, the trees of our street", None)
    assert found(path) == [("scan", "pages 1 and 3"), ("machine-read", "page 2"), ("untagged", "the whole paper")]


def test_scan_described_by_a_figure_is_accessible(tmp_path: Path) -> None:
    scan(tmp_path / "letter.pdf", None)
    with pikepdf.open(tmp_path / "letter.pdf", allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(b"/Figure <</MCID 0>> BDC q 595 0 0 842 0 0 cm /Im Do Q EMC")
        figure = Dictionary(S=Name.Figure, K=0, Pg=page.obj, Alt=pikepdf.String("Plan of the trees in Castle Park"))
        pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=pdf.make_indirect(figure))
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.save(tmp_path / "plan.pdf")
    assert found(tmp_path / "plan.pdf") == []


def test_drawing_without_words_is_named(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("P", "The plan follows.")
    paper.page()
    paper.draw(b"".join(b"%d 100 m 300 %d l S\n" % (number, number) for number in range(60)))
    assert found(paper.save(tmp_path)) == [("drawn-words", "page 2")]


def test_empty_page_is_no_fault(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("P", "The first page.")
    paper.page()
    assert found(paper.save(tmp_path)) == []


def test_letters_without_meaning_are_named_by_page(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("P", "This page reads well, all of it.")
    paper.page()
    paper.add("P", "The Council looks after the trees on verges.")
    path = paper.save(tmp_path)
    with pikepdf.open(path) as pdf:
        meaningless = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Trees, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([Dictionary(
                Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Trees, DW=500,
                CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            )]),
        )  # fmt: skip
        pdf.pages[1].Resources.Font.F1 = pdf.make_indirect(meaningless)
        pdf.save(tmp_path / "garbled.pdf")
    assert found(tmp_path / "garbled.pdf") == [("garbled-text", "page 2")]


# Properties


def test_title_that_word_made_up_is_a_query(tmp_path: Path) -> None:
    paper = TaggedPdf(title="Microsoft Word - report v3.docx")
    paper.add("P", "Words")
    assert one(paper.save(tmp_path)).slug == "vague-title"


def test_title_in_the_metadata_is_a_title(tmp_path: Path) -> None:
    paper = TaggedPdf(title="")
    paper.add("P", "Words")
    with paper.pdf.open_metadata() as metadata:
        metadata["dc:title"] = "Trees & parks"
    assert found(paper.save(tmp_path)) == []


def test_lock_against_screen_readers_is_a_query(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("P", "Words")
    with pikepdf.open(paper.save(tmp_path)) as pdf:
        lock = pikepdf.Encryption(
            owner="o", user="", R=2, aes=False, metadata=False, allow=pikepdf.Permissions(extract=False)
        )
        pdf.save(tmp_path / "locked.pdf", encryption=lock)
    assert [slug for slug, _ in found(tmp_path / "locked.pdf")] == ["locked"]


# Files as they come


def test_password_and_damage_are_faults_not_exceptions(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        add_page(pdf, words("secret"))
        pdf.save(tmp_path / "secret.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    messages = [one(tmp_path / name).message for name in ("secret.pdf", "cut.pdf", "absent.pdf")]
    assert [message[message.index("(") :].partition(":")[0] for message in messages] == [
        "(it needs a password)",
        "(it is damaged)",
        "(it is damaged)",
    ]


def test_tree_with_a_cycle_ends(tmp_path: Path) -> None:
    paper = TaggedPdf()
    paper.add("P", "Words")
    paper.root.K[0].K.append(paper.root.K[0])
    paper.root.K.append(paper.root)
    assert found(paper.save(tmp_path)) == []


def test_tree_of_wrong_types_never_raises(tmp_path: Path) -> None:
    source = TaggedPdf()
    source.root.RoleMap = Dictionary(Own=Name.P)
    source.add("H1", "Trees")
    source.table(WARDS)
    source.add("Figure", "x", Alt=pikepdf.String("A tree"))
    source.save(tmp_path, "whole.pdf")
    wrong = (None, True, -7, 3.5, Name("/X"), pikepdf.String(b"\xfe\xff\xd8"), Array(), Dictionary())
    chance = random.Random(3)  # noqa: S311 - mischief, not secrecy
    for _ in range(60):
        with pikepdf.open(tmp_path / "whole.pdf") as pdf:
            things = [thing for thing in pdf.objects if isinstance(thing, Dictionary)]
            for thing in chance.sample(things, 3):
                key = chance.choice(list(thing.keys()))
                bad = chance.choice(wrong)
                if bad is None or key == "/Type":
                    continue
                thing[key] = bad
            pdf.save(tmp_path / "wrong.pdf")
        assert isinstance(pdf_faults(tmp_path / "wrong.pdf", "wrong.pdf"), tuple)


@needs_odd
def test_odd_pdfs_never_raise() -> None:
    slugs = {path.name: {slug for slug, _ in found(path)} for path in sorted((REAL / "odd-pdfs").glob("*.pdf"))}
    assert len(slugs) > 60
    assert "scan" in slugs["jbig2.pdf"]
    assert "machine-read" in slugs["sandwich.pdf"]
    assert slugs["graph-encrypted.pdf"] == {"unreadable"}


# Published papers, looked at by hand


@needs_kent
def test_chart_of_a_published_paper_lacks_its_text() -> None:
    path = KENT / "Appendix L - Treasury Management Strategy 2025-26.pdf"
    assert [(slug, place) for slug, place in found(path) if slug != "no-title"] == [("picture", "picture 1 on page 6")]


@needs_kent
def test_well_made_published_paper_has_no_fault() -> None:
    assert found(KENT / "Appendix M - Investment Strategy.pdf") == []


@needs_kent
def test_workbook_printed_to_pdf_has_tables_without_headers_and_no_headings() -> None:
    faults = pdf_faults(KENT / "24-00108 - Appendix - NOV 2024-25.pdf", "appendix.pdf")
    assert {fault.slug for fault in faults} == {"table-header", "unclear-header", "no-headings", "no-title"}
    assert sum(fault.count for fault in faults if fault.slug == "table-header") == 53


# Pages of a Word file's faults


def test_fault_of_a_word_paper_gets_the_page_its_words_are_printed_on(tmp_path: Path) -> None:
    paper = WordPaper(title="")
    paper.heading("Costs: of planting", 3)
    faults = paper.faults(tmp_path)
    pdf = text_pdf(
        tmp_path / "made.pdf", "Contents Costs of planting .... 2", "Nothing", "Costs of planting It is dear"
    )
    placed = with_pages(faults, pdf)
    assert [(fault.slug, fault.page) for fault in placed] == [("no-title", None), ("skipped-level", 3)]


def test_page_looks_tell_seen_words_from_unseen(tmp_path: Path) -> None:
    seen = look_at_pages(text_pdf(tmp_path / "seen.pdf", "The trees"))[0]
    unseen = look_at_pages(scan(tmp_path / "unseen.pdf", "The trees"))[0]
    assert (seen.letters, seen.picture, seen.unseen_text) == (8, 0.0, False)
    assert (unseen.letters, round(unseen.picture, 3), unseen.unseen_text) == (8, 1.0, True)
