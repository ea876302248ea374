"""Where every paper of a pack stands: pure page arithmetic.

The rules are those of published council packs: every paper starts on an odd page and is padded to an even number of
pages, the last one too; a blank page has a number and lies inside its item's "(Pages 9 - 28)".
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.model import EntryKind, Numbering, PackEntry, PackPlan, Padding


@dataclass(frozen=True)
class Placing:
    """A paper to be placed, with the number of its own pages.

    ``follows_on``: begins on the page after the placing before it, with no blank between (a report's sign-off page).
    ``at_least``: so many pages are kept for it, blank where it has fewer (a front sheet whose length would not settle).
    """

    item: str | None
    kind: EntryKind
    title: str
    source: str
    pages: int
    paper_id: str = ""
    follows_on: bool = False
    at_least: int = 0


def plan_pack(
    placings: Sequence[Placing],
    numbering: Numbering = Numbering.FRONT_SHEET,
    padding: Padding = Padding.PAPER,
    first_number: int = 1,
) -> PackPlan:
    """Return the plan that places these papers in this order.

    ``first_number`` is the number of the first numbered page (a supplement continues from the pack before it).
    Raises ValueError for a paper without pages.
    """
    for placing in placings:
        if placing.pages < 1:
            raise ValueError(f"{placing.source} has no pages")
    entries: list[PackEntry] = []
    page = 1
    for group in _padded_together(placings, padding):
        own = sum(max(placing.pages, placing.at_least) for placing in group)
        blank = own % 2 if padding is not Padding.NONE else 0
        for placing in group:
            last = page + max(placing.pages, placing.at_least) - 1 + (blank if placing is group[-1] else 0)
            entries.append(_entry(placing, page, last))
            page = last + 1
    return _label(entries, page - 1, numbering, first_number)


def _padded_together(placings: Sequence[Placing], padding: Padding) -> list[list[Placing]]:
    """Split the papers into runs that share one padding: a paper with what follows on, or a whole item."""
    if padding is Padding.ITEM:
        numbered = [(index if p.item is None else p.item, p) for index, p in enumerate(placings)]
        return [[p for _, p in run] for _, run in groupby(numbered, key=lambda pair: pair[0])]
    runs: list[list[Placing]] = []
    for placing in placings:
        if placing.follows_on and runs:
            runs[-1].append(placing)
        else:
            runs.append([placing])
    return runs


def _entry(placing: Placing, first: int, last: int) -> PackEntry:
    return PackEntry(
        item=placing.item,
        kind=placing.kind,
        title=placing.title,
        source=placing.source,
        paper_id=placing.paper_id,
        pages=placing.pages,
        first_page=first,
        last_page=last,
        first_label=None,
        last_label=None,
    )


def _label(entries: list[PackEntry], pages: int, numbering: Numbering, first_number: int) -> PackPlan:
    unnumbered = 0
    if numbering is Numbering.FIRST_PAPER:
        unnumbered = max((e.last_page for e in entries if e.kind is EntryKind.FRONT_SHEET), default=0)
    labels = tuple(
        None if page <= unnumbered else str(first_number + page - unnumbered - 1) for page in range(1, pages + 1)
    )
    labelled = tuple(
        replace(e, first_label=labels[e.first_page - 1], last_label=labels[e.last_page - 1]) for e in entries
    )
    return PackPlan(entries=labelled, labels=labels)


def page_range(plan: PackPlan, number: str) -> str:
    """Return what the agenda prints for an item: "(Pages 9 - 28)", "(Page 9)", or "" when it has no papers."""
    entries = plan.of_item(number)
    if not entries:
        return ""
    first, last = entries[0].first_label, entries[-1].last_label
    return f"(Page {first})" if first == last else f"(Pages {first} - {last})"
