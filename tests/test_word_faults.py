"""What is not accessible in a Word file, before it is converted."""

import zipfile
from pathlib import Path

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from pipeline.errors import PaperError
from pipeline.model import Severity
from pipeline.office.sign_offs import HEADINGS
from pipeline.office.word_faults import word_faults
from tests.word_papers import LONG, WordPaper, attribute, shade

SAMPLE = Path(__file__).parent.parent / "meetings" / "2026-10-12-cabinet-member-green-spaces"
WHITE = RGBColor(255, 255, 255)
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
INSIDE = "<w:txbxContent><w:p><w:r><w:t>Ring us.</w:t></w:r></w:p></w:txbxContent>"
WARDS = (("Ward", "Trees"), ("North", "120"), ("South", "98"))


def found(paper: WordPaper, folder: Path) -> list[tuple[str, str]]:
    """The kind and place of every fault."""
    return [(fault.slug, fault.place) for fault in paper.faults(folder)]


def test_report_with_six_planted_faults_gives_six_findings_each_with_its_place(tmp_path: Path) -> None:
    paper = WordPaper(heading="Trees in every ward")
    paper.without_language()
    paper.text("The chart shows how many trees were planted.")
    paper.picture()
    paper.heading("What it costs", 3)
    paper.text()
    paper.table(WARDS, header=False)
    paper.text("Who was asked", bold=True)
    paper.text()
    paper.link("For the tree strategy ", "click here", "https://www.ardenshire.example/trees")
    assert found(paper, tmp_path) == [
        ("no-language", "the whole paper"),
        ("picture", "picture 1, by 'The chart shows how many trees were planted.'"),
        ("table-header", "Table 1, 'Ward | Trees'"),
        ("skipped-level", "heading 'What it costs'"),
        ("looks-like-heading", "paragraph 'Who was asked'"),
        ("vague-link", "the link 'click here' in 'For the tree strategy click here'"),
    ]


def test_every_fault_says_what_to_do_and_in_which_paper(tmp_path: Path) -> None:
    paper = WordPaper(title="")
    paper.picture()
    faults = paper.faults(tmp_path)
    assert len(faults) == 2
    assert all(fault.remedy.startswith("In Word:") and fault.paper == "report.docx" for fault in faults)


@pytest.mark.parametrize("name", ["report.docx", "appendix-1.docx"])
def test_sample_papers_have_no_fault(name: str) -> None:
    assert word_faults(SAMPLE / name, name) == ()


def test_paper_without_a_fault_gives_none(tmp_path: Path) -> None:
    paper = WordPaper()
    paper.text()
    paper.picture(alt="A lime tree in Castle Park")
    paper.picture(decorative=True)
    paper.heading("Costs", 2)
    paper.text("Costs: ", bold=True)
    paper.table(WARDS)
    paper.link("It is all in the ", "tree strategy", "https://www.ardenshire.example/trees")
    assert found(paper, tmp_path) == []


def test_file_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(b"<html>")
    with pytest.raises(PaperError, match=r"papers/report.docx: this is not a Word document that can be read"):
        word_faults(tmp_path / "report.docx", "papers/report.docx")


def test_broken_styles_are_done_without(tmp_path: Path) -> None:
    source = WordPaper().save(tmp_path)
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<w:styles" if name == "word/styles.xml" else old.read(name))
    assert [fault.slug for fault in word_faults(broken, "broken.docx")] == ["no-language"]


# Properties


def test_language_of_the_runs_is_enough(tmp_path: Path) -> None:
    paper = WordPaper(heading="")
    paper.without_language()
    language = OxmlElement("w:lang")
    attribute(language, "w:val", "en-GB")
    paper.text().runs[0]._r.get_or_add_rPr().append(language)
    assert found(paper, tmp_path) == []


@pytest.mark.parametrize("title", ["Document1", "Microsoft Word - report final v3.doc", "trees v2.docx", "[Title]"])
def test_title_that_says_nothing_is_a_query(title: str, tmp_path: Path) -> None:
    (fault,) = WordPaper(title=title).faults(tmp_path)
    assert (fault.slug, fault.severity, fault.quote) == ("vague-title", Severity.QUERY, title)


# Pictures


@pytest.mark.parametrize("alt", ["image1.png", "Picture 3", "IMG_2041.jpg", "chart"])
def test_alternative_text_that_says_nothing_is_named(alt: str, tmp_path: Path) -> None:
    paper = WordPaper()
    paper.picture(alt=alt)
    (fault,) = paper.faults(tmp_path)
    assert (fault.slug, fault.message) == (
        "empty-words",
        f"The alternative text of the picture, '{alt}', does not say what it shows.",
    )


def test_alternative_text_by_a_machine_is_a_query(tmp_path: Path) -> None:
    paper = WordPaper()
    paper.picture(alt="A tree in a park Description automatically generated")
    assert [fault.slug for fault in paper.faults(tmp_path)] == ["machine-words"]


def test_picture_takes_the_name_of_its_caption_below(tmp_path: Path) -> None:
    paper = WordPaper()
    paper.text()
    paper.picture()
    paper.text("Figure 1: Trees planted", style="Caption")
    assert found(paper, tmp_path) == [("picture", "picture 1, by 'Figure 1: Trees planted'")]


def test_picture_in_a_table_is_placed_by_the_table(tmp_path: Path) -> None:
    paper = WordPaper()
    table = paper.table(WARDS)
    paper.picture()
    paragraph = paper.document.paragraphs[-1]._p
    table.cell(1, 1).paragraphs[0]._p.append(paragraph.find(qn("w:r")))
    assert found(paper, tmp_path) == [("picture", "picture 1, in Table 1, 'Ward | Trees'")]


@pytest.mark.parametrize(
    ("graphic", "found_as"),
    [
        (("http://schemas.openxmlformats.org/drawingml/2006/chart", ""), ("picture", "chart 1")),
        (("http://schemas.openxmlformats.org/drawingml/2006/diagram", ""), ("picture", "diagram 1")),
        ((SHAPE, '<a:prstGeom prst="line"/>'), ("undescribed-shape", "line 1")),
        ((SHAPE, '<a:prstGeom prst="star5"/>'), ("undescribed-shape", "drawing 1")),
        ((SHAPE, INSIDE), ("undescribed-shape", "text box 'Ring us.'")),
    ],
    ids=["chart", "diagram", "line", "shape", "text box"],
)
def test_drawing_is_called_what_it_is_and_counted_once(
    graphic: tuple[str, str], found_as: tuple[str, str], tmp_path: Path
) -> None:
    paper = WordPaper()
    paper.drawing(*graphic)
    ((slug, place),) = found(paper, tmp_path)
    assert (slug, place.partition(", by")[0]) == found_as


def test_text_box_without_description_is_a_query_that_quotes_it(tmp_path: Path) -> None:
    paper = WordPaper()
    paper.text_box("Worried about a tree?")
    paper.text_box("Ring us any day.", alt="Box: ring us any day")
    assert found(paper, tmp_path) == [("undescribed-shape", "text box 'Worried about a tree?'")]


# Headings


def test_first_heading_below_level_one_is_a_skipped_level(tmp_path: Path) -> None:
    paper = WordPaper(heading="")
    paper.heading("Trees", 2)
    (fault,) = paper.faults(tmp_path)
    assert (fault.slug, fault.message) == ("skipped-level", "The first heading is of level 2, not 1.")


def test_title_stands_for_the_heading_of_level_one(tmp_path: Path) -> None:
    paper = WordPaper(heading="")
    paper.heading("Trees in Ardenshire", 0)
    paper.heading("Trees", 2)
    assert found(paper, tmp_path) == []


def test_headings_are_known_by_name_in_any_language_of_word(tmp_path: Path) -> None:
    paper = WordPaper()
    style = paper.document.styles["Heading 1"].element
    style.set(qn("w:styleId"), "berschrift1")
    for level in list(style.iter(qn("w:outlineLvl"))):
        level.getparent().remove(level)
    paper.document.paragraphs[0]._p.pPr.pStyle.val = "berschrift1"
    paper.heading("Costs", 3)
    assert found(paper, tmp_path) == [("skipped-level", "heading 'Costs'")]


def test_style_based_on_a_heading_is_a_heading(tmp_path: Path) -> None:
    paper = WordPaper()
    made = paper.document.styles.add_style("Council Heading", 1)
    made.base_style = paper.document.styles["Heading 2"]
    paper.text("Costs", style="Council Heading", bold=True)
    paper.text()
    paper.heading("Grants", 3)
    assert found(paper, tmp_path) == []


def test_heading_of_a_deleted_tracked_change_does_not_count(tmp_path: Path) -> None:
    paper = WordPaper()
    paper.heading("Costs", 3)
    paragraph = paper.document.paragraphs[-1]._p
    deleted = OxmlElement("w:del")
    deleted.extend(paragraph.findall(qn("w:r")))
    paragraph.append(deleted)
    assert [slug for slug, _ in found(paper, tmp_path)] == ["empty-heading"]


def test_long_paper_without_headings_is_named(tmp_path: Path) -> None:
    paper = WordPaper(heading="")
    for _ in range(60):
        paper.text()
    assert found(paper, tmp_path) == [("no-headings", "the whole paper")]


def test_short_paper_needs_no_headings(tmp_path: Path) -> None:
    paper = WordPaper(heading="")
    paper.text()
    assert found(paper, tmp_path) == []


@pytest.mark.parametrize(
    "words",
    ["Name of Cabinet Member:", "Table 2: Trees by ward", "It is bold, but it is a sentence.", "12.5", LONG],
    ids=["label", "caption", "sentence", "number", "paragraph"],
)
def test_other_bold_lines_are_not_taken_for_headings(words: str, tmp_path: Path) -> None:
    paper = WordPaper()
    paper.text()
    paper.text(words, bold=True)
    paper.text()
    assert found(paper, tmp_path) == []


def test_bold_lines_at_the_top_are_the_title_and_a_name_in_bold_is_a_name(tmp_path: Path) -> None:
    paper = WordPaper(heading="")
    paper.text("Cabinet Member Report", bold=True)
    paper.text("Trees in Ardenshire", bold=True)
    paper.text()
    paper.text("Kit Lansbury", bold=True)
    paper.text("Head of Parks and Trees")
    assert found(paper, tmp_path) == []


# Tables


def test_table_is_named_by_its_caption(tmp_path: Path) -> None:
    paper = WordPaper()
    paper.text("Table 4: Trees by ward", style="Caption")
    paper.table(WARDS, header=False)
    assert found(paper, tmp_path) == [("table-header", "the table 'Table 4: Trees by ward'")]


@pytest.mark.parametrize("rows", [(("Note", "Words"),), (("A box",), ("with lines",))], ids=["row", "column"])
def test_box_made_as_a_table_needs_no_header_row(rows: tuple[tuple[str, ...], ...], tmp_path: Path) -> None:
    paper = WordPaper()
    paper.table(rows, header=False)
    assert found(paper, tmp_path) == []


def test_form_of_labels_and_answers_is_a_query(tmp_path: Path) -> None:
    paper = WordPaper()
    paper.table((("Ward:", "All"), ("Key decision:", "No"), ("Lead officer:", "Kit Lansbury")), header=False)
    assert found(paper, tmp_path) == [("unclear-header", "Table 1, 'Ward: | All'")]


def test_empty_header_cell_is_named_by_its_column_but_not_the_corner(tmp_path: Path) -> None:
    paper = WordPaper()
    paper.table((("", "Planted", ""), ("North", "12", "3"), ("South", "9", "1")))
    (fault,) = paper.faults(tmp_path)
    assert (fault.slug, fault.message) == (
        "unclear-header",
        "The header row is empty over column 3: nothing says what stands in the cells below.",
    )


def test_merged_cells_are_a_query_but_not_a_row_that_is_one_cell(tmp_path: Path) -> None:
    paper = WordPaper()
    table = paper.table(
        (("Ward", "2024", "2025"), ("All wards", "", ""), ("North", "not counted", ""), ("East", "1", "2"))
    )
    table.cell(1, 0).merge(table.cell(1, 2))
    table.cell(2, 1).merge(table.cell(2, 2))
    (fault,) = paper.faults(tmp_path)
    assert (fault.slug, fault.place) == ("merged-cells", "Table 1, 'Ward | 2024 | 2025'")
    assert fault.message.startswith("A cell is merged across columns or rows, as 'not counted'")


def test_sign_off_table_of_the_report_may_have_merged_cells(tmp_path: Path) -> None:
    paper = WordPaper()
    table = paper.table((HEADINGS, ("Contributors:", "", "", "", ""), ("Ann Example", "Officer", "Place", "1 May", "")))
    table.cell(1, 0).merge(table.cell(1, 3))
    assert found(paper, tmp_path) == []


def test_table_inside_a_table_is_one_fault(tmp_path: Path) -> None:
    paper = WordPaper()
    outer = paper.table(WARDS, header=False)
    inner = outer.cell(1, 1).add_table(rows=2, cols=2)
    inner.cell(0, 0).text = "Oaks"
    assert found(paper, tmp_path) == [("nested-table", "Table 1, 'Ward | Trees': the table within, 'Oaks'")]


# Links


def test_link_made_as_a_field_is_read_too(tmp_path: Path) -> None:
    paper = WordPaper()
    paper.field_link("here", "https://www.ardenshire.example/trees")
    assert found(paper, tmp_path) == [("vague-link", "the link 'here' in 'See here'")]


def test_long_bare_address_is_a_query_and_a_short_one_is_not(tmp_path: Path) -> None:
    paper = WordPaper()
    address = "https://www.ardenshire.example/downloads/file/20417/tree_strategy_2020_to_2035"
    paper.link("See ", address, address)
    paper.link("See ", "www.ardenshire.example/trees", "https://www.ardenshire.example/trees")
    assert [(fault.slug, fault.quote) for fault in paper.faults(tmp_path)] == [("vague-link", address)]


# Looks and layout


def test_small_text_is_one_query_for_the_text_and_one_for_each_table(tmp_path: Path) -> None:
    paper = WordPaper()
    paper.text("The small print of the tree strategy.", size=7.5)
    paper.text("More small print.", size=8)
    table = paper.table(WARDS)
    for cell in table.columns[1].cells:
        cell.paragraphs[0].runs[0].font.size = Pt(7.5)
    messages = [(fault.place, fault.message.partition(":")[0]) for fault in paper.faults(tmp_path)]
    assert messages == [
        ("paragraph 'The small print of the tree strategy.'", "2 paragraphs are in type of 7.5 point"),
        ("Table 1, 'Ward | Trees': 'Trees'", "3 paragraphs are in type of 7.5 point"),
    ]


def test_pale_text_is_a_query_with_its_contrast(tmp_path: Path) -> None:
    paper = WordPaper()
    paper.text("Pale words", colour="999999")
    paper.text("Dark words", colour="595959")
    paper.text("Pale but large words", colour="8A8A8A", size=24)
    (fault,) = paper.faults(tmp_path)
    assert (fault.slug, fault.quote) == ("contrast", "Pale words")
    assert "#999999 on #FFFFFF: their contrast is 2.8 to 1" in fault.message


def test_white_text_is_judged_against_the_shading_of_its_cell(tmp_path: Path) -> None:
    paper = WordPaper()
    table = paper.table(WARDS)
    for cell, fill in zip(table.rows[0].cells, ("1F5132", "FFE08A"), strict=True):
        shade(cell, fill)
        cell.paragraphs[0].runs[0].font.color.rgb = WHITE
    assert [(fault.slug, fault.quote) for fault in paper.faults(tmp_path)] == [("contrast", "Trees")]


def test_white_text_under_a_table_style_that_shades_is_not_judged(tmp_path: Path) -> None:
    paper = WordPaper()
    table = paper.table(WARDS)
    table.style = "Light Grid Accent 1"
    table.cell(0, 0).paragraphs[0].runs[0].font.color.rgb = WHITE
    assert found(paper, tmp_path) == []


def test_lines_in_columns_by_tabs_are_a_typed_table(tmp_path: Path) -> None:
    paper = WordPaper()
    paper.lines("Ward\tPlanted\tFelled", "North\t12\t3", "East\t9\t1", LONG)
    assert found(paper, tmp_path) == [("typed-table", "the lines from 'Ward | Planted | Felled'")]


def test_numbered_lines_and_a_single_tab_are_no_table(tmp_path: Path) -> None:
    paper = WordPaper()
    paper.lines("1.\tThe trees\tpage 2", "2.\tThe parks\tpage 3", "(a)\tThe verges\tpage 4")
    paper.lines("Name:\tKit Lansbury", "Post:\tHead of Parks", "Telephone:\t01632 960152")
    assert found(paper, tmp_path) == []


@pytest.mark.parametrize(("empty", "slugs"), [(3, []), (5, ["empty-lines"])], ids=["few", "many"])
def test_many_empty_lines_are_a_query(empty: int, slugs: list[str], tmp_path: Path) -> None:
    paper = WordPaper()
    paper.text()
    paper.lines(*[""] * empty)
    paper.text("The end of the paper.")
    assert [slug for slug, _ in found(paper, tmp_path)] == slugs


def test_what_word_does_not_show_is_not_looked_at(tmp_path: Path) -> None:
    paper = WordPaper()
    for line in (paper.text("Small and hidden", size=6), paper.text("Who was asked", bold=True)):
        line.runs[0]._r.get_or_add_rPr().append(OxmlElement("w:vanish"))
    paper.text()
    assert found(paper, tmp_path) == []
