"""Both ways of numbering and the three of padding, on small meetings read back; and what a front sheet prints."""

import shutil
from itertools import product
from pathlib import Path

import pypdf
import pytest

from tests.readback import (
    Bookmark,
    Leaf,
    blank_pages,
    leaves,
    outline,
    page_links,
    planned_leaves,
    planned_ranges,
    printed_ranges,
    text,
    texts,
)
from tests.workspaces import Case, case

#: Items with papers of 3, 2 and 1 pages, of one page, and one without a paper between them.
ITEMS = [
    {"title": "Street trees", "papers": [{"file": "a.pdf", "kind": "report"}, {"file": "b.pdf", "kind": "appendix"}]},
    {"title": "Any news", "text": "To hear the news."},
    {"title": "Hedges", "number": "5a", "papers": [{"file": "c.pdf", "kind": "report"}]},
]
PAGES = {"a.pdf": 3, "b.pdf": 2, "c.pdf": 1}

#: Where the front sheet (one page) and a, b, c then stand, and which pages are blank.
PADDED = {
    "paper": ([(1, 2), (3, 6), (7, 8), (9, 10)], [2, 6, 10]),
    "item": ([(1, 2), (3, 5), (6, 8), (9, 10)], [2, 8, 10]),
    "none": ([(1, 1), (2, 4), (5, 6), (7, 7)], []),
}
RANGES = {
    ("front_sheet", "paper"): {"1": "(Pages 3 - 8)", "5a": "(Pages 9 - 10)"},
    ("front_sheet", "item"): {"1": "(Pages 3 - 8)", "5a": "(Pages 9 - 10)"},
    ("front_sheet", "none"): {"1": "(Pages 2 - 6)", "5a": "(Page 7)"},
    ("first_paper", "paper"): {"1": "(Pages 1 - 6)", "5a": "(Pages 7 - 8)"},
    ("first_paper", "item"): {"1": "(Pages 1 - 6)", "5a": "(Pages 7 - 8)"},
    ("first_paper", "none"): {"1": "(Pages 1 - 5)", "5a": "(Page 6)"},
}


def small(root: Path, numbering: str, padding: str) -> Case:
    made = case(root, ITEMS, council=f"numbering: {{from: {numbering}}}\npadding: {padding}\n")
    for name, pages in PAGES.items():
        made.pdf(name, *(f"{name} leaf {number}" for number in range(1, pages + 1)))
    return made


@pytest.mark.parametrize(("numbering", "padding"), [*product(("front_sheet", "first_paper"), PADDED)])
def test_pack_agrees_with_its_plan(tmp_path: Path, numbering: str, padding: str) -> None:
    made = small(tmp_path / "w", numbering, padding)
    plan = made.built()
    places, blanks = PADDED[padding]
    assert [(e["first_page"], e["last_page"]) for e in plan["entries"]] == places
    assert plan["blank_pages"] == blanks == blank_pages(made.pack)
    assert leaves(made.pack) == planned_leaves(plan)
    assert printed_ranges(made.pack) == planned_ranges(plan) == RANGES[numbering, padding]
    links = [(words, to) for words, to in page_links(made.pack, 1) if isinstance(to, int)]
    assert {words: to for words, to in links if words.startswith("(")} == {
        RANGES[numbering, padding]["1"]: places[1][0],
        RANGES[numbering, padding]["5a"]: places[3][0],
    }
    assert [item.page for item in outline(made.pack)] == [1, places[1][0], places[3][0]]


def test_front_sheet_without_a_number_has_no_label_and_no_stamp(tmp_path: Path) -> None:
    made = small(tmp_path / "w", "first_paper", "paper")
    plan = made.built()
    assert (plan["entries"][0]["first_label"], plan["entries"][0]["last_label"]) == (None, None)
    assert leaves(made.pack)[:3] == [
        Leaf(None, None, None),
        Leaf(None, None, None),
        Leaf("1", "Page 1", "Agenda Item 1"),
    ]


def test_outline_of_a_small_pack_in_full(tmp_path: Path) -> None:
    made = small(tmp_path / "w", "front_sheet", "item")
    made.built()
    assert outline(made.pack) == (
        Bookmark("Agenda", 1),
        Bookmark("1 Street trees (page 3)", 3, (Bookmark("Street trees", 3), Bookmark("B", 6))),
        Bookmark("5a Hedges (page 9)", 9, (Bookmark("Hedges", 9),)),
    )


def test_words_of_every_page_are_the_papers_own(tmp_path: Path) -> None:
    made = small(tmp_path / "w", "front_sheet", "paper")
    made.built()
    assert texts(made.pack)[2:] == [
        "Agenda Item 1 a.pdf leaf 1 Page 3",
        "a.pdf leaf 2 Page 4",
        "a.pdf leaf 3 Page 5",
        "This page is intentionally left blank Page 6",
        "b.pdf leaf 1 Page 7",
        "b.pdf leaf 2 Page 8",
        "Agenda Item 5a c.pdf leaf 1 Page 9",
        "This page is intentionally left blank Page 10",
    ]


@pytest.mark.parametrize("items", [3, 12, 40])
def test_longer_agenda_moves_its_own_ranges(tmp_path: Path, items: int) -> None:
    """The sheet of 1, 2 and more pages must settle, and print where the papers really are."""
    public = [
        {"title": f"Item of business number {n}", "text": "To consider it. " * 9, "papers": [{"file": f"p{n}.pdf"}]}
        for n in range(1, items + 1)
    ]
    made = case(tmp_path / "w", public)
    for n in range(1, items + 1):
        made.pdf(f"p{n}.pdf")
    plan = made.built()
    sheet = plan["entries"][0]
    assert sheet["last_page"] % 2 == 0
    words = text(made.pack, 1, sheet["last_page"])
    ranges = planned_ranges(plan)
    assert len(ranges) == items
    for item, printed in ranges.items():
        assert f"Item of business number {item} {printed}" in words
    assert leaves(made.pack) == planned_leaves(plan)
    pages = [to for page in range(1, sheet["last_page"] + 1) for _, to in page_links(made.pack, page)]
    assert {to for to in pages if isinstance(to, int)} == {entry["first_page"] for entry in plan["entries"][1:]}


def test_same_meeting_gives_the_same_bytes_again_after_build_is_deleted(tmp_path: Path) -> None:

    made = small(tmp_path / "w", "front_sheet", "paper")
    made.built()
    first = made.pack.read_bytes(), (made.output / "plan.json").read_bytes()
    shutil.rmtree(made.root / "build")
    made.built()
    assert (made.pack.read_bytes(), (made.output / "plan.json").read_bytes()) == first


def test_dates_of_a_pack_without_a_published_date_are_the_meetings(tmp_path: Path) -> None:
    made = small(tmp_path / "w", "front_sheet", "paper")
    made.items(ITEMS, head="body: trees-panel\ndate: 9 November 2026\n")
    made.built()
    info = pypdf.PdfReader(made.pack).metadata
    assert info is not None
    assert (info["/CreationDate"], info["/ModDate"]) == ("D:20261109000000Z", "D:20261109000000Z")


def test_what_is_to_follow_is_printed_with_its_date(tmp_path: Path) -> None:
    made = case(
        tmp_path / "w",
        [
            {"title": "Hedges", "to_follow": "2026-11-02"},
            {
                "title": "Verges",
                "papers": [
                    {"file": "a.pdf", "kind": "report"},
                    {"title": "Appendix II", "kind": "appendix", "to_follow": "3 November 2026"},
                ],
            },
            {"title": "Meadows", "papers": [{"kind": "report", "to_follow": "04/11/2026"}]},
        ],
    )
    made.pdf("a.pdf")
    plan = made.built()
    sheet = text(made.pack, 1, 1)
    assert "1. Hedges To follow: Monday, 2 November 2026 2. Verges" in sheet
    assert "2. Verges (Pages 3 - 4) Appendix II, to follow: Tuesday, 3 November 2026 3. Meadows" in sheet
    assert "3. Meadows To follow: Wednesday, 4 November 2026 Private" in sheet
    assert [entry["source"] for entry in plan["entries"]] == ["meeting.yaml", "a.pdf"]


def test_no_business_is_nil_in_both_parts(tmp_path: Path) -> None:
    made = case(tmp_path / "w")
    assert made.built()["pages"] == 2
    assert "Public Business Nil Private Business Nil" in text(made.pack, 1, 1)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("cancelled", "This meeting has been cancelled."),
        ("moved", "The time or place of this meeting has changed."),
        ("proposed", "This meeting is proposed and has yet to be confirmed."),
    ],
)
def test_state_of_the_meeting_is_printed(tmp_path: Path, state: str, words: str) -> None:
    made = case(tmp_path / "w")
    made.items([], head=f"body: trees-panel\ndate: 2026-11-09\nstate: {state}\n")
    made.built()
    assert words in text(made.pack, 1, 1)


def test_signs_that_html_reads_otherwise_are_printed_as_written(tmp_path: Path) -> None:
    title = 'Fees & charges <2026/27> "draft" {{ body }} {% raw %} – Tŷ’r Afon £5'
    made = case(tmp_path / "w", [{"title": title, "papers": [{"file": "a.pdf", "kind": "report"}]}])
    made.pdf("a.pdf")
    made.built()
    assert f"1. {title} (Pages 3 - 4)" in text(made.pack, 1, 1)
    assert outline(made.pack)[1].title == f"1 {title} (page 3)"


def test_files_as_windows_makes_them_are_built(tmp_path: Path) -> None:
    """Endings in capitals, a folder within the folder, byte order marks, two-byte line ends; one file in two items."""
    made = case(
        tmp_path / "w",
        [
            {"title": "Oaks", "papers": [{"file": "A.PDF"}, {"file": "Papers\\b.pdf"}]},
            {"title": "Elms", "number": "12.1", "papers": [{"file": "A.PDF"}, {"file": "NOTES.MD"}]},
        ],
    )
    (made.folder / "Papers").mkdir()
    made.pdf("A.PDF")
    made.pdf("Papers/b.pdf")
    (made.folder / "NOTES.MD").write_bytes("\ufeff# Notes\r\n\r\nGeiriau – tŷ.\r\n".encode())
    manifest = (made.folder / "meeting.yaml").read_bytes()
    (made.folder / "meeting.yaml").write_bytes(b"\xef\xbb\xbf" + manifest.replace(b"\n", b"\r\n"))
    plan = made.built()
    assert printed_ranges(made.pack) == {"1": "(Pages 3 - 6)", "12.1": "(Pages 7 - 10)"}
    assert leaves(made.pack) == planned_leaves(plan)
    assert texts(made.pack)[8] == "Notes Geiriau – tŷ. Page 9"


def with_late_paper(root: Path) -> Case:
    late = {"file": "late.pdf", "kind": "appendix", "supplement": 1, "title": "Late news"}
    made = case(root, [{"title": "Hedges", "papers": [{"file": "a.pdf", "kind": "report"}, late]}])
    made.pdf("a.pdf")
    made.pdf("late.pdf", "Words that came too late.")
    return made


def test_supplement_papers_are_not_in_the_main_pack(tmp_path: Path) -> None:
    made = with_late_paper(tmp_path / "w")
    assert [entry["source"] for entry in made.built()["entries"]] == ["meeting.yaml", "a.pdf"]
    assert "came too late" not in text(made.pack)


def test_supplement_papers_are_said_to_be_left_out(tmp_path: Path) -> None:
    notes = with_late_paper(tmp_path / "w").built()["notes"]
    assert any("late.pdf" in note and "supplement" in note for note in notes), notes


def test_petitions_of_an_item_are_a_paper_before_its_others(tmp_path: Path) -> None:
    petitions = [
        {"kind": "e-petition", "heading": "Save the Oak", "signatures": 1204, "received": "2026-10-01"},
        {
            "kind": "paper petition",
            "heading": "Fell the Oak",
            "statement": "It is old.\n\nIt drips.",
            "attended": False,
        },
    ]
    made = case(
        tmp_path / "w",
        [{"title": "Petitions", "petitions": petitions, "papers": [{"file": "a.pdf", "kind": "report"}]}],
    )
    made.pdf("a.pdf")
    plan = made.built()
    assert [(e["kind"], e["source"]) for e in plan["entries"][1:]] == [
        ("petition", "meeting.yaml"),
        ("report", "a.pdf"),
    ]
    page = texts(made.pack)[2]
    assert "2 petitions are before this meeting. 1. Save the Oak Kind of petition E-petition" in page
    assert "Number of signatures 1,204" in page
    assert "2. Fell the Oak Kind of petition Paper petition" in page
    assert "The petition states: It is old. It drips." in page
