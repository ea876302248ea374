"""What of each paper shuts out a reader: looked for in the Word file and in the PDF, remembered by their bytes."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

from pipeline import accessibility, office, reading
from pipeline.accessibility import lost_in_conversion
from pipeline.model import AccessibilityFault, Severity
from pipeline.office.word_faults import word_descriptions, word_faults
from pipeline.pack.descriptions import with_descriptions
from pipeline.papers.desk import Desk
from pipeline.reading.pdf_faults import pdf_faults
from pipeline.reading.quoted_pages import with_pages
from pipeline.storage import Cache, sha256_of


def look_at(paper_id: str, shown_as: str, word: Path | None, pdf: Path, desk: Desk) -> None:
    """Note on the desk what is not accessible in a paper: as its author wrote it, and as the PDF that was made of it.

    ``word`` is the .docx, None for other papers. What was found before is read from the cache.
    """
    key = Cache.key("accessibility", _rules(), shown_as, sha256_of(word) if word else "", sha256_of(pdf))
    kept = desk.cache.get(key, ".json")
    if kept is None:
        found = pdf_faults(pdf, shown_as)
        if word is not None:
            authors = word_faults(word, shown_as)
            found = (*with_pages(authors, pdf), *lost_in_conversion(authors, found))
        text = json.dumps([asdict(fault) for fault in found], ensure_ascii=False)
        kept = desk.cache.put(key, ".json", text.encode())
    desk.faults[paper_id] = tuple(map(_fault, json.loads(kept.read_text(encoding="utf-8"))))


def described(word: Path, shown_as: str, pdf: Path, desk: Desk) -> Path:
    """Return a Word paper's PDF with the alternative text that was lost in conversion, if any was."""
    key = Cache.key("described", _rules(), sha256_of(word), sha256_of(pdf))
    if desk.cache.get(key, ".whole"):
        return pdf
    kept = desk.cache.get(key, ".pdf")
    if kept is not None:
        return kept
    words = word_descriptions(word, shown_as)
    mended = with_descriptions(pdf, words) if any(words) else None
    if mended is None:
        desk.cache.put(key, ".whole", b"nothing was lost")
        return pdf
    return desk.cache.put(key, ".pdf", mended)


def _fault(kept: dict[str, object]) -> AccessibilityFault:
    known = kept | {"severity": Severity(str(kept["severity"])), "pages": tuple(kept["pages"])}  # type: ignore[arg-type]
    return AccessibilityFault(**known)  # type: ignore[arg-type]


@cache
def _rules() -> str:
    """The hash of the code that judges: a rule that changes looks again."""
    folders = (Path(part.__file__ or "").parent for part in (accessibility, office, reading))
    return Cache.key(*(file.read_bytes() for folder in folders for file in sorted(folder.glob("*.py"))))
