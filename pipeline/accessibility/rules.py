"""The kinds of fault that shut a reader out, and the judgements that Word files and PDFs share.

The law behind them: the Public Sector Bodies Accessibility Regulations 2018 (WCAG 2.2 AA, for documents too) and, for a
PDF, ISO 14289-1 (PDF/UA-1). What a program cannot decide is a query: somebody must look.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import AccessibilityFault, Severity

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
    Rule("machine-words", _Q, "alternative text by a machine", "alternative texts by a machine", "WCAG 1.1.1"),
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
RANKS: Mapping[str, int] = {rule.slug: rank for rank, rule in enumerate(_RULES)}


def fault(
    slug: str, message: str, place: str, remedy: str, quote: str = "", pages: Sequence[int] = (), count: int = 1
) -> AccessibilityFault:
    """Return a fault of this rule, as grave as the rule says. Raises KeyError for no such rule."""
    return AccessibilityFault(slug, RULES[slug].severity, message, place, remedy, quote, tuple(pages), count=count)


def says_nothing(alternative: str) -> bool:
    """Is this alternative text a file name or a bare word like "image"?"""
    words = " ".join(alternative.split()).strip("'\"")
    return bool(_FILE_NAME.fullmatch(words) or _EMPTY_WORDS.fullmatch(words))


def is_by_machine(alternative: str) -> bool:
    """Does this alternative text say that a program made it up?"""
    return _BY_MACHINE in " ".join(alternative.lower().split())


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
