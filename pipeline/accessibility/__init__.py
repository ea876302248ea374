"""What is not accessible in the papers of a pack: the rules, the report paper by paper, its summary. Values only.

``pipeline.office.word_faults`` finds the faults of Word files, ``pipeline.reading.pdf_faults`` those of PDFs.
"""

from pipeline.accessibility.conversion import lost_in_conversion
from pipeline.accessibility.report import (
    AccessibilityReport,
    FaultGroup,
    PaperReport,
    as_json,
    grouped,
    page_words,
    report,
    summary_lines,
)
from pipeline.accessibility.rules import (
    RULES,
    Rule,
    contrast,
    fault,
    is_by_machine,
    says_nothing,
    title_says_nothing,
)

__all__ = [
    "RULES",
    "AccessibilityReport",
    "FaultGroup",
    "PaperReport",
    "Rule",
    "as_json",
    "contrast",
    "fault",
    "grouped",
    "is_by_machine",
    "lost_in_conversion",
    "page_words",
    "report",
    "says_nothing",
    "summary_lines",
    "title_says_nothing",
]
