"""The accessibility report of a pack: papers in order, faults by gravity, its summary, its JSON and its page."""

import datetime as dt
import json
import re
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import etree

from pipeline import accessibility
from pipeline.accessibility import AccessibilityReport, contrast, fault, page_words, says_nothing, title_says_nothing
from pipeline.model import AccessibilityFault, EntryKind, Numbering, Severity
from pipeline.pack.plan import Placing, plan_pack
from pipeline.render import Renderer
from pipeline.storage import Cache

PICTURE = fault("picture", "It has no alternative text.", "picture 1 on page 2", "Describe it.", "Trees", (2,))
HEADER = fault("table-header", "It has no header row.", "Table 1, 'Ward | Trees'", "Mark it.")
LANGUAGE = fault("no-language", "No language is set.", "the whole paper", "Set it.")
SCAN = fault("scan", "Pages 1 - 3 are only pictures.", "pages 1 - 3", "Give the Word file.", pages=(1, 2, 3), count=3)
LINK = fault("vague-link", "It does not say where it leads.", "the link 'here'", "Name the page.")


def report_of(
    *faults: Sequence[AccessibilityFault], numbering: Numbering = Numbering.FRONT_SHEET
) -> AccessibilityReport:
    """A report of an agenda of 2 pages and a paper of 3 pages for each list of faults."""
    papers = [
        Placing(str(number), EntryKind.REPORT, f"Paper {number}", f"paper-{number}.docx", 3, f"p{number}")
        for number in range(1, len(faults) + 1)
    ]
    plan = plan_pack([Placing(None, EntryKind.FRONT_SHEET, "Agenda", "meeting.yaml", 2, "agenda"), *papers], numbering)
    return accessibility.report({f"p{number}": each for number, each in enumerate(faults, start=1)}, plan)


def html_of(report: AccessibilityReport, folder: Path) -> str:
    return Renderer([], Cache(folder)).html(
        "accessibility.html",
        report=report,
        council=SimpleNamespace(name="Ardenshire City Council", language="en-GB"),
        meeting=SimpleNamespace(body=SimpleNamespace(name="Trees & Parks Panel"), date=dt.date(2026, 11, 9)),
        pack_file="the pack.pdf",
    )


def test_papers_stand_in_pack_order_with_their_pages() -> None:
    report = report_of((), (PICTURE,))
    assert [(paper.entry.title, paper.pages, paper.accessible) for paper in report.papers] == [
        ("Agenda", "pages 1 - 2", True),
        ("Paper 1", "pages 3 - 5", True),
        ("Paper 2", "pages 7 - 9", False),
    ]


def test_fault_is_placed_by_the_numbers_printed_in_the_pack() -> None:
    paper = report_of((), (PICTURE, SCAN)).papers[2]
    assert [paper.pages_of(each) for each in paper.faults] == ["pages 7 - 9", "page 8"]


def test_pages_count_from_the_first_paper_where_the_council_numbers_so() -> None:
    report = report_of((PICTURE,), numbering=Numbering.FIRST_PAPER)
    assert (report.papers[0].pages, report.papers[1].pages_of(PICTURE)) == ("unnumbered pages", "page 2")
    assert report.papers[1].pack_pages(PICTURE) == (4,)


def test_faults_are_grouped_by_kind_the_gravest_first() -> None:
    paper = report_of((LINK, LANGUAGE, HEADER, SCAN, HEADER)).papers[1]
    assert [group.words for group in paper.groups] == [
        "3 pages that are only pictures",
        "2 tables without a header row",
        "no language set",
        "1 link that does not say where to",
    ]


def test_paper_with_queries_alone_is_accessible() -> None:
    report = report_of((LINK,))
    assert (report.accessible, report.certain, report.queries) == (True, 0, 1)


def test_page_that_the_paper_does_not_have_is_left_out() -> None:
    beyond = fault("picture", "m", "p", "r", pages=(9,))
    assert report_of((beyond,)).papers[1].pages_of(beyond) == ""


def test_summary_is_a_line_a_paper_the_gravest_first() -> None:
    report = report_of((LINK,), (HEADER, HEADER, LANGUAGE, LINK), (SCAN,), ())
    assert accessibility.summary_lines(report, "accessibility.html") == (
        "paper-3.docx (pages 11 - 13): 3 pages that are only pictures",
        "paper-2.docx (pages 7 - 9): 2 tables without a header row, no language set; 1 to check",
        "paper-1.docx (pages 3 - 5): 1 to check",
        "What to do: see accessibility.html",
    )


def test_summary_of_many_papers_names_eight_and_counts_the_rest() -> None:
    lines = accessibility.summary_lines(report_of(*[(HEADER,)] * 10), "accessibility.html")
    assert (len(lines), lines[-1]) == (9, "and 2 more papers: see accessibility.html")


def test_nothing_wrong_is_nothing_said() -> None:
    assert accessibility.summary_lines(report_of((), ())) == ()


def test_json_names_pack_pages_from_one_and_printed_labels() -> None:
    report = report_of((), (PICTURE,), numbering=Numbering.FIRST_PAPER)
    answer = json.loads(json.dumps(accessibility.as_json(report)))
    assert answer["totals"] == {"papers": 3, "accessible": 2, "faults": 1, "queries": 0}
    assert answer["papers"][2]["faults"] == [
        {
            "slug": "picture",
            "severity": "warning",
            "message": "It has no alternative text.",
            "place": "picture 1 on page 2",
            "quote": "Trees",
            "remedy": "Describe it.",
            "count": 1,
            "clause": "WCAG 1.1.1",
            "paper_pages": [2],
            "pages": [8],
            "page_labels": ["6"],
        }
    ]


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ((), ""),
        (("9",), "page 9"),
        (("9", "10", "11"), "pages 9 - 11"),
        (("1", "3", "4", "8"), "pages 1, 3 - 4 and 8"),
        ((None, "1"), "page 1"),
        ((None,), "an unnumbered page"),
        (("A1", "A2"), "pages A1 and A2"),
    ],
)
def test_pages_in_words(labels: tuple[str | None, ...], words: str) -> None:
    assert page_words(labels) == words


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("000000", "FFFFFF", 21.0), ("777777", "FFFFFF", 4.48), ("1F5132", "1F5132", 1.0)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


@pytest.mark.parametrize("words", ["image1.png", "Picture 2", "a chart", "IMG_2041.JPG"])
def test_words_that_say_nothing(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["Map of Castle Park", "A chart of trees planted", "Crest of Ardenshire"])
def test_words_that_say_something(words: str) -> None:
    assert not says_nothing(words)


def test_titles_that_say_nothing_and_one_that_does() -> None:
    assert [title_says_nothing(title) for title in ("Untitled", "Document 3", "report.docx", "Report on trees")] == [
        True,
        True,
        True,
        False,
    ]


def test_every_kind_of_fault_can_be_said_in_words() -> None:
    assert len(accessibility.RULES) == len({rule.one for rule in accessibility.RULES.values()})
    assert {rule.severity for rule in accessibility.RULES.values()} == {Severity.WARNING, Severity.QUERY}


# What the conversion of a Word paper lost


def test_fault_of_the_pdf_that_the_word_file_has_too_is_said_once() -> None:
    pdf = (PICTURE, LANGUAGE, fault("no-title", "m", "p", "r"))
    assert accessibility.lost_in_conversion((PICTURE,), pdf) == ()


def test_picture_described_in_word_and_not_in_its_pdf_is_no_fault_of_the_author() -> None:
    (lost,) = accessibility.lost_in_conversion((LINK,), (PICTURE,))
    assert lost.place == PICTURE.place
    assert lost.remedy.startswith("The Word file is not at fault")


# The page


def test_page_is_accessible_itself(tmp_path: Path) -> None:
    page = html_of(report_of((LINK, PICTURE), (SCAN, HEADER, LANGUAGE)), tmp_path)
    tree = etree.fromstring(page, etree.HTMLParser())
    assert tree.get("lang") == "en-GB"
    assert tree.findtext("head/title") == "Accessibility of the papers: Trees & Parks Panel, Monday, 9 November 2026"
    levels = [int(each.tag[1]) for each in tree.iter("h1", "h2", "h3")]
    assert levels == [1, 2, 3, 3, 2, 3, 3, 3]
    assert tree.findtext(".//table/caption") == "The papers of this pack"
    assert {each.get("scope") for each in tree.iter("th")} == {"col", "row"}
    ids = {each.get("id") for each in tree.iter() if each.get("id")}
    assert {each.get("href") for each in tree.iterfind(".//table//a")} == {f"#{each}" for each in ids}
    assert not re.search(r"(?:src|href)=.https?:", page)


def test_page_leads_to_the_page_of_the_pack(tmp_path: Path) -> None:
    page = html_of(report_of((), (PICTURE,)), tmp_path)
    assert '<a href="the%20pack.pdf#page=8">page 8 of the pack</a>' in page


def test_page_of_a_pack_without_faults_is_short(tmp_path: Path) -> None:
    page = html_of(report_of((), ()), tmp_path)
    assert "No fault was found in the 3 papers." in page
    assert "<h2" not in page


def test_colours_of_the_page_can_be_read(tmp_path: Path) -> None:
    style = html_of(report_of(()), tmp_path).partition("<style>")[2].partition("</style>")[0]
    inks = {colour.upper() for colour in re.findall(r"[ {]color: #([0-9a-f]{6})", style)}
    assert inks == {"1A1A1A", "0B3C8C", "4A4A4A"}
    assert all(contrast(ink, "FFFFFF") >= 7 and contrast(ink, "F1F3F6") >= 7 for ink in inks)


def test_words_of_a_paper_are_escaped(tmp_path: Path) -> None:
    odd = fault("picture", "m <b>", "picture 1, by '<script>'", "r")
    assert "<script>" not in html_of(report_of((odd,)), tmp_path)
