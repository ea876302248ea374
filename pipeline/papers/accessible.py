"""What of each paper shuts out a reader: looked for in the Word file and in the PDF, remembered by their bytes."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

from pipeline import accessibility, reading
from pipeline.accessibility import lost_in_conversion
from pipeline.model import AccessibilityFault, Severity
from pipeline.office import word_faults
from pipeline.office.word_faults import word_faults as faults_of_word
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
            authors = faults_of_word(word, shown_as)
            found = (*with_pages(authors, pdf), *lost_in_conversion(authors, found))
        text = json.dumps([asdict(fault) for fault in found], ensure_ascii=False)
        kept = desk.cache.put(key, ".json", text.encode())
    desk.faults[paper_id] = tuple(map(_fault, json.loads(kept.read_text(encoding="utf-8"))))


def _fault(kept: dict[str, object]) -> AccessibilityFault:
    known = kept | {"severity": Severity(str(kept["severity"])), "pages": tuple(kept["pages"])}  # type: ignore[arg-type]
    return AccessibilityFault(**known)  # type: ignore[arg-type]


@cache
def _rules() -> str:
    """The hash of the code that judges: a rule that changes looks again."""
    folders = (Path(part.__file__ or "").parent for part in (accessibility, reading, word_faults))
    return Cache.key(*(file.read_bytes() for folder in folders for file in sorted(folder.glob("*.py"))))
