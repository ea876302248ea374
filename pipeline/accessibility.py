"""What is not accessible in the papers of a pack: the rules, the report paper by paper, its summary.

The law behind it: the Public Sector Bodies Accessibility Regulations 2018 (WCAG 2.2 AA for documents too) and, for a
PDF, ISO 14289-1 (PDF/UA-1). What a program cannot decide is a query: somebody must look.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.model import AccessibilityFault, PackEntry, PackPlan, Severity

MOST_LINES = 8

_FILE_NAME = re.compile(
    r"[\w\-(). %]{1,80}\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|heic|pdf|docx?|xlsx?|rtf|odt)", re.IGNORECASE
)
_EMPTY_WORDS = re.compile(
    r"(an? |the )?(image|picture|photo|photograph|graphic|chart|graph|diagram|figure|screenshot|logo|icon|shape|drawing"
    r"|text ?box|object|untitled|alt(ernative)? ?text|img|dsc|pic)[\s_\-]*\d*\.?",
    re.IGNORECASE,
)
_BY_MACHINE = "description automatically generated"
_EMPTY_TITLE = re.compile(
    r"(microsoft (word|excel|powerpoint|office) - .*|(document|book|presentation|sheet) ?\d*|untitled.*|\[?title\]?"
    r"|(power)?point presentation|word document|template.*|print(ed)?|scan(ned)?[\s\d_.-]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rule:
    """One kind of fault. ``one`` and ``many`` follow a number ("1 picture without a description"); without ``many``
    the fault is of the whole paper and is not counted. ``clause``: the requirement it breaks."""

    slug: str
    severity: Severity
    one: str
    many: str
    clause: str

    @property
    def heading(self) -> str:
        words = self.many or self.one
        return words[0].upper() + words[1:]


_W, _Q = Severity.WARNING, Severity.QUERY

#: The kinds of fault, the gravest first: the first ones shut a reader out of the whole paper or page.
_RULES = (
    Rule("unreadable", _W, "could not be looked into", "", ""),
    Rule("untagged", _W, "no tags for screen readers", "", "PDF/UA 7.1; WCAG 1.3.1"),
    Rule("scan", _W, "page that is only a picture", "pages that are only pictures", "WCAG 1.4.5"),
    Rule("drawn-words", _W, "page without words to read out", "pages without words to read out", "WCAG 1.4.5"),
    Rule("garbled-text", _W, "page that reads out wrongly", "pages that read out wrongly", "PDF/UA 7.21.7"),
    Rule("outside-structure", _W, "page with untagged words", "pages with untagged words", "PDF/UA 7.1"),
    Rule("picture", _W, "picture without alternative text", "pictures without alternative text", "WCAG 1.1.1"),
    Rule("empty-words", _W, "alternative text that says nothing", "alternative texts that say nothing", "WCAG 1.1.1"),
    Rule("table-header", _W, "table without a header row", "tables without a header row", "WCAG 1.3.1"),
    Rule("nested-table", _W, "table inside a table", "tables inside tables", "WCAG 1.3.1"),
    Rule("no-headings", _W, "no headings", "", "WCAG 1.3.1, 2.4.6"),
    Rule("skipped-level", _W, "skipped heading level", "skipped heading levels", "WCAG 1.3.1; PDF/UA 7.4.2"),
    Rule("no-language", _W, "no language set", "", "WCAG 3.1.1"),
    Rule("no-title", _W, "no title in its properties", "", "WCAG 2.4.2"),
    Rule("machine-read", _Q, "page read by machine", "pages read by machine", "WCAG 1.4.5"),
    Rule("looks-like-heading", _Q, "line that may be a heading", "lines that may be headings", "WCAG 1.3.1"),
    Rule("empty-heading", _Q, "heading without words", "headings without words", "WCAG 2.4.6"),
    Rule("unclear-header", _Q, "table whose headers need a look", "tables whose headers need a look", "WCAG 1.3.1"),
    Rule("merged-cells", _Q, "table with merged cells", "tables with merged cells", "WCAG 1.3.1"),
    Rule("undescribed-shape", _Q, "drawing that may need words", "drawings that may need words", "WCAG 1.1.1"),
    Rule("typed-table", _Q, "table made with tabs or spaces", "tables made with tabs or spaces", "WCAG 1.3.1"),
    Rule("empty-lines", _Q, "run of empty lines", "runs of empty lines", "WCAG 1.3.1"),
    Rule("vague-link", _Q, "link that does not say where to", "links that do not say where to", "WCAG 2.4.4"),
    Rule("contrast", _Q, "stretch of text with weak contrast", "stretches of text with weak contrast", "WCAG 1.4.3"),
    Rule("small-text", _Q, "stretch of very small text", "stretches of very small text", "WCAG 1.4.4"),
    Rule("vague-title", _Q, "title that says nothing", "", "WCAG 2.4.2"),
    Rule("locked", _Q, "locked against screen readers", "", "PDF/UA 7.16"),
)  # fmt: skip
RULES: Mapping[str, Rule] = {rule.slug: rule for rule in _RULES}
_RANKS = {rule.slug: rank for rank, rule in enumerate(_RULES)}


@dataclass(frozen=True)
class FaultGroup:
    """The faults of one kind in one paper, in the order of the paper."""

    rule: Rule
    faults: tuple[AccessibilityFault, ...]

    @property
    def count(self) -> int:
        """How many there are: pages for a fault of whole pages."""
        return sum(max(1, len(fault.pages)) for fault in self.faults)

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


def fault(
    slug: str, message: str, place: str, remedy: str, quote: str = "", pages: Sequence[int] = ()
) -> AccessibilityFault:
    """Return a fault of this rule, as grave as the rule says. Raises KeyError for no such rule."""
    return AccessibilityFault(slug, RULES[slug].severity, message, place, remedy, quote, tuple(pages))


def says_nothing(alternative: str) -> bool:
    """Is this alternative text a file name, a bare word like "image", or what a program made up?"""
    words = " ".join(alternative.split()).strip("'\"")
    return bool(_FILE_NAME.fullmatch(words) or _EMPTY_WORDS.fullmatch(words)) or words.lower().endswith(_BY_MACHINE)


def title_says_nothing(title: str) -> bool:
    """Is this a file name, or what programs write for want of a title?"""
    words = " ".join(title.split())
    return bool(_EMPTY_TITLE.fullmatch(words) or _FILE_NAME.fullmatch(words))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours like "1F5132", from 1 to 21 (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance in sRGB (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


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
    return tuple(FaultGroup(RULES[slug], tuple(found[slug])) for slug in sorted(found, key=_RANKS.__getitem__))


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
    return _RANKS[first.rule.slug], -first.count, paper.entry.first_page


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
    pages = [page for page in fault.pages if 0 < page <= len(paper.labels)]
    return {
        "slug": fault.slug,
        "severity": fault.severity.value,
        "message": fault.message,
        "place": fault.place,
        "quote": fault.quote,
        "remedy": fault.remedy,
        "clause": RULES[fault.slug].clause,
        "paper_pages": list(fault.pages),
        "pages": [paper.entry.first_page + page - 1 for page in pages],
        "page_labels": list(paper.page_labels(fault)),
    }
