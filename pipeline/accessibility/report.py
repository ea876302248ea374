"""The accessibility report of a pack: its papers in order, what is wrong with each, the gravest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.accessibility.rules import RANKS, RULES, Rule
from pipeline.model import AccessibilityFault, PackEntry, PackPlan, Severity

MOST_LINES = 8


@dataclass(frozen=True)
class FaultGroup:
    """The faults of one kind in one paper, in the order they were found in."""

    rule: Rule
    faults: tuple[AccessibilityFault, ...]

    @property
    def count(self) -> int:
        """How many pages, pictures or tables have it."""
        return sum(fault.count for fault in self.faults)

    @property
    def message(self) -> str:
        """What is wrong, if it is the same in all of them; else ""."""
        messages = {fault.message for fault in self.faults}
        return self.faults[0].message if len(messages) == 1 else ""

    @property
    def remedy(self) -> str:
        """What to do, if it is the same for all of them; else ""."""
        remedies = {fault.remedy for fault in self.faults}
        return self.faults[0].remedy if len(remedies) == 1 else ""

    @property
    def words(self) -> str:
        """What a summary says: "3 tables without a header row", "no language set"."""
        if not self.rule.many:
            return self.rule.one
        return f"1 {self.rule.one}" if self.count == 1 else f"{self.count} {self.rule.many}"


@dataclass(frozen=True)
class PaperReport:
    """A paper of the pack and what is wrong with it, the gravest first. ``labels``: the printed numbers of its own
    pages, in order; None where nothing is printed."""

    entry: PackEntry
    labels: tuple[str | None, ...]
    groups: tuple[FaultGroup, ...] = ()

    @property
    def faults(self) -> tuple[AccessibilityFault, ...]:
        return tuple(fault for group in self.groups for fault in group.faults)

    @property
    def certain(self) -> tuple[FaultGroup, ...]:
        return tuple(group for group in self.groups if group.rule.severity is not Severity.QUERY)

    @property
    def queries(self) -> tuple[FaultGroup, ...]:
        return tuple(group for group in self.groups if group.rule.severity is Severity.QUERY)

    @property
    def accessible(self) -> bool:
        """Is nothing wrong with it that a program can be sure of?"""
        return not self.certain

    @property
    def pages(self) -> str:
        """Where it stands in the pack: "pages 9 - 14", by printed numbers if it has them."""
        return page_words(self.labels)

    def page_labels(self, fault: AccessibilityFault) -> tuple[str | None, ...]:
        """The printed numbers of the fault's pages; pages that the paper does not have are left out."""
        return tuple(self.labels[page - 1] for page in fault.pages if 0 < page <= len(self.labels))

    def pack_pages(self, fault: AccessibilityFault) -> tuple[int, ...]:
        """The fault's pages in the pack, physical, from 1."""
        return tuple(self.entry.first_page + page - 1 for page in fault.pages if 0 < page <= len(self.labels))

    def pages_of(self, fault: AccessibilityFault) -> str:
        """Where the fault stands in the pack: "page 11", "pages 11 - 13 and 15"; "" when that is not known."""
        return page_words(self.page_labels(fault))


@dataclass(frozen=True)
class AccessibilityReport:
    """The papers of a pack, in its order."""

    papers: tuple[PaperReport, ...]

    @property
    def accessible(self) -> bool:
        return all(paper.accessible for paper in self.papers)

    @property
    def accessible_papers(self) -> int:
        return sum(paper.accessible for paper in self.papers)

    @property
    def certain(self) -> int:
        """How many faults are certain, in all papers."""
        return sum(group.count for paper in self.papers for group in paper.certain)

    @property
    def queries(self) -> int:
        """How many places somebody must look at."""
        return sum(group.count for paper in self.papers for group in paper.queries)


def report(faults: Mapping[str, Sequence[AccessibilityFault]], plan: PackPlan) -> AccessibilityReport:
    """Return the report of a pack. ``faults`` by the paper's id, as in the plan's entries; a paper that is missing
    there has none."""
    return AccessibilityReport(tuple(_paper(entry, faults.get(entry.paper_id, ()), plan) for entry in plan.entries))


def _paper(entry: PackEntry, faults: Sequence[AccessibilityFault], plan: PackPlan) -> PaperReport:
    labels = plan.labels[entry.first_page - 1 : entry.first_page - 1 + entry.pages]
    return PaperReport(entry, labels, grouped(faults))


def grouped(faults: Iterable[AccessibilityFault]) -> tuple[FaultGroup, ...]:
    """Return the faults by kind, the gravest kind first."""
    found: dict[str, list[AccessibilityFault]] = {}
    for each in faults:
        found.setdefault(each.slug, []).append(each)
    return tuple(FaultGroup(RULES[slug], tuple(found[slug])) for slug in sorted(found, key=RANKS.__getitem__))


def summary_lines(report: AccessibilityReport, file: str = "the accessibility report") -> tuple[str, ...]:
    """Return a line for each paper with faults, the gravest first, and a last one that says where the rest is.

    Nothing when all papers are accessible and nothing is to be looked at.
    """
    faulty = sorted((paper for paper in report.papers if paper.groups), key=_gravity)
    lines = [_line(paper) for paper in faulty[:MOST_LINES]]
    more = len(faulty) - len(lines)
    if more:
        lines.append(f"and {more} more {'paper' if more == 1 else 'papers'}: see {file}")
    elif lines:
        lines.append(f"What to do: see {file}")
    return tuple(lines)


def _gravity(paper: PaperReport) -> tuple[int, int, int]:
    """Sorts first: whose gravest fault is graver, then whoever has more of it, then by place in the pack."""
    first = paper.groups[0]
    return RANKS[first.rule.slug], -first.count, paper.entry.first_page


def _line(paper: PaperReport) -> str:
    """ "report.docx (pages 9 - 14): 3 pictures without alternative text, no language set; 4 to check"."""
    shown = [group.words for group in paper.certain]
    said = ", ".join([*shown[:3], f"{len(shown) - 3} more kinds"] if len(shown) > 4 else shown)
    check = sum(group.count for group in paper.queries)
    words = "; ".join(part for part in (said, f"{check} to check" if check else "") if part)
    return f"{paper.entry.source} ({paper.pages}): {words}"


def page_words(labels: Sequence[str | None]) -> str:
    """Return "page 9", "pages 9 - 14 and 16", "unnumbered pages"; "" for no pages."""
    if not labels:
        return ""
    numbered = [label for label in labels if label is not None]
    if not numbered:
        return "unnumbered pages" if len(labels) > 1 else "an unnumbered page"
    runs = _runs(numbered)
    words = " and ".join([", ".join(runs[:-1]), runs[-1]] if len(runs) > 1 else runs)
    return f"page{'s' if len(numbered) > 1 else ''} {words}"


def _runs(labels: Sequence[str]) -> list[str]:
    """ "9 - 14", "16": labels that are numbers and follow each other are drawn together."""
    runs: list[list[str]] = []
    for label in labels:
        if runs and label.isdecimal() and runs[-1][-1].isdecimal() and int(label) == int(runs[-1][-1]) + 1:
            runs[-1].append(label)
        else:
            runs.append([label])
    return [f"{run[0]} - {run[-1]}" if len(run) > 1 else run[0] for run in runs]


def as_json(report: AccessibilityReport) -> dict[str, Any]:
    """Return the report for machines. ``page`` is the pack's, from 1, as in plan.json; ``page_label`` as printed."""
    return {
        "accessible": report.accessible,
        "totals": {
            "papers": len(report.papers),
            "accessible": report.accessible_papers,
            "faults": report.certain,
            "queries": report.queries,
        },
        "papers": [_paper_json(paper) for paper in report.papers],
    }


def _paper_json(paper: PaperReport) -> dict[str, Any]:
    entry = paper.entry
    return {
        "item": entry.item,
        "kind": entry.kind.value,
        "title": entry.title,
        "source": entry.source,
        "first_page": entry.first_page,
        "last_page": entry.last_page,
        "first_label": entry.first_label,
        "last_label": entry.last_label,
        "accessible": paper.accessible,
        "faults": [_fault_json(each, paper) for each in paper.faults],
    }


def _fault_json(fault: AccessibilityFault, paper: PaperReport) -> dict[str, Any]:
    return {
        "slug": fault.slug,
        "severity": fault.severity.value,
        "message": fault.message,
        "place": fault.place,
        "quote": fault.quote,
        "remedy": fault.remedy,
        "count": fault.count,
        "clause": RULES[fault.slug].clause,
        "paper_pages": list(fault.pages),
        "pages": list(paper.pack_pages(fault)),
        "page_labels": list(paper.page_labels(fault)),
    }
