"""Page arithmetic: examples from published packs, and properties that hold for any pack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import EntryKind, Numbering, Padding
from pipeline.pack.plan import Placing, page_range, plan_pack


def placing(item: str | None, pages: int, kind: EntryKind = EntryKind.REPORT, **more: object) -> Placing:
    return Placing(item, kind, f"Paper of item {item}", f"{item}.pdf", pages, **more)  # type: ignore[arg-type]


SHEET = placing(None, 2, EntryKind.FRONT_SHEET)


def test_pack_of_the_reference_shape() -> None:
    """A front sheet of 2, minutes of 5, a report of 6 with appendices of 12 and 1: 28 pages, 8 and 28 blank."""
    plan = plan_pack([SHEET, placing("3", 5), placing("4", 6), placing("4", 12), placing("4", 1)])
    assert plan.pages == 28
    assert page_range(plan, "3") == "(Pages 3 - 8)"
    assert page_range(plan, "4") == "(Pages 9 - 28)"
    assert plan.blank_pages == (8, 28)
    assert plan.labels == tuple(str(page) for page in range(1, 29))


def test_numbering_from_the_first_paper_leaves_the_front_sheet_without_numbers() -> None:
    plan = plan_pack([SHEET, placing("3", 8), placing("3", 4), placing("3", 6)], Numbering.FIRST_PAPER)
    assert plan.pages == 20
    assert plan.labels == (None, None, *(str(n) for n in range(1, 19)))
    assert page_range(plan, "3") == "(Pages 1 - 18)"
    assert plan.entries[0].first_label is None


def test_front_sheet_of_three_pages_is_padded_before_the_first_paper() -> None:
    plan = plan_pack([placing(None, 3, EntryKind.FRONT_SHEET), placing("1", 1)], Numbering.FIRST_PAPER)
    assert plan.entries[0].blank_pages == (4,)
    assert (plan.entries[1].first_page, plan.entries[1].first_label) == (5, "1")


def test_padding_by_item_runs_the_papers_of_an_item_together() -> None:
    plan = plan_pack([SHEET, placing("1", 3), placing("1", 3), placing("2", 1)], padding=Padding.ITEM)
    assert [(e.first_page, e.last_page) for e in plan.entries] == [(1, 2), (3, 5), (6, 8), (9, 10)]
    assert plan.blank_pages == (10,)


def test_no_padding_gives_no_blank_pages_and_a_single_page_reads_as_one() -> None:
    plan = plan_pack([SHEET, placing("1", 3), placing("2", 1)], padding=Padding.NONE)
    assert plan.blank_pages == ()
    assert page_range(plan, "2") == "(Page 6)"


def test_sign_off_page_follows_its_report_without_a_blank_between() -> None:
    table = placing("1", 1, EntryKind.SIGN_OFFS, follows_on=True)
    plan = plan_pack([SHEET, placing("1", 5), table, placing("1", 2)])
    assert [(e.first_page, e.last_page) for e in plan.entries[1:]] == [(3, 7), (8, 8), (9, 10)]


def test_pages_kept_for_a_front_sheet_that_turned_out_shorter_are_blank() -> None:
    plan = plan_pack([placing(None, 2, EntryKind.FRONT_SHEET, at_least=4), placing("1", 2)])
    assert plan.entries[0].blank_pages == (3, 4)


def test_supplement_goes_on_from_a_number() -> None:
    plan = plan_pack([placing("4", 2)], first_number=29)
    assert page_range(plan, "4") == "(Pages 29 - 30)"


def test_paper_without_pages_is_refused() -> None:
    with pytest.raises(ValueError, match=r"4\.pdf has no pages"):
        plan_pack([placing("4", 0)])


PAPERS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 40), st.booleans()), max_size=30)


@given(PAPERS, st.sampled_from(Padding), st.sampled_from(Numbering), st.integers(1, 6))
def test_entries_tile_the_pack_and_labels_count_up(
    papers: list[tuple[int, int, bool]], padding: Padding, numbering: Numbering, sheet: int
) -> None:
    papers = sorted(papers, key=lambda paper: paper[0])
    placings = [placing(None, sheet, EntryKind.FRONT_SHEET)]
    placings += [placing(str(item), pages, follows_on=follows) for item, pages, follows in papers]
    plan = plan_pack(placings, numbering, padding)
    covered = [page for e in plan.entries for page in range(e.first_page, e.last_page + 1)]
    assert covered == list(range(1, plan.pages + 1))
    printed = [label for label in plan.labels if label is not None]
    assert printed == [str(n) for n in range(1, len(printed) + 1)]
    assert all(e.last_page - e.first_page + 1 == e.pages + len(e.blank_pages) for e in plan.entries)


@given(PAPERS)
def test_every_paper_starts_on_an_odd_page_and_the_pack_is_even(papers: list[tuple[int, int, bool]]) -> None:
    plan = plan_pack([SHEET, *(placing(str(item), pages) for item, pages, _ in papers)])
    assert all(entry.first_page % 2 == 1 and entry.last_page % 2 == 0 for entry in plan.entries)
    assert all(len(entry.blank_pages) <= 1 for entry in plan.entries)
