"""A Word paper is looked at twice: as its author wrote it, and as the PDF that was made of it."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import AccessibilityFault

#: A fault of the PDF is the author's, and named in the Word file, if that has one of these.
_CAUSES = {
    "picture": ("picture", "undescribed-shape", "empty-words"),
    "undescribed-shape": ("picture", "undescribed-shape", "empty-words"),
    "empty-words": ("empty-words",),
    "machine-words": ("machine-words",),
    "table-header": ("table-header", "unclear-header", "nested-table"),
    "unclear-header": ("table-header", "unclear-header", "nested-table"),
    "skipped-level": ("skipped-level", "empty-heading", "no-headings", "looks-like-heading"),
    "no-headings": ("no-headings",),
    "scan": ("picture", "empty-words"),
    "drawn-words": ("picture", "undescribed-shape", "empty-words"),
}
#: The pack has a title and a language of its own, and no lock.
_MENDED_BY_PACK = ("no-title", "vague-title", "no-language", "locked")
_REMEDY = "The Word file is not at fault: it was lost when the PDF was made. Check that page of the pack."


def lost_in_conversion(
    word: Sequence[AccessibilityFault], pdf: Sequence[AccessibilityFault]
) -> tuple[AccessibilityFault, ...]:
    """Return the faults of the PDF made from a Word file that the Word file does not have itself."""
    authors = {fault.slug for fault in word}
    return tuple(
        replace(fault, remedy=_REMEDY)
        for fault in pdf
        if fault.slug not in _MENDED_BY_PACK and not authors.intersection(_CAUSES.get(fault.slug, ()))
    )
