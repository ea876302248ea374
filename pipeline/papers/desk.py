"""What preparing papers takes and gives: the desk, a job for each paper, and the papers ready for their places."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.convert import Request, convert
from pipeline.model import AccessibilityFault, AgendaItem, Document, EntryKind, Finding, Paper, SignOffTable, Workspace
from pipeline.pack.sources import SourceInfo, inspect_source
from pipeline.render import Renderer
from pipeline.storage import Cache

WORD = frozenset({".docx", ".doc", ".odt", ".rtf"})
EXCEL = frozenset({".xlsx", ".xls", ".ods"})


@dataclass
class Desk:
    """Where things are, the tools, and what has been noted so far.

    ``seconds``: LibreOffice's time limit a file; ``converted``: how many files it converted just now; ``progress`` is
    given a line before something slow; ``ocr``: are scanned pages to be read by machine?
    ``faults``: what is not accessible, by a paper's id.
    """

    workspace: Workspace
    renderer: Renderer
    cache: Cache
    seconds: float
    progress: Callable[[str], None] = lambda _: None
    ocr: bool = False
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    faults: dict[str, tuple[AccessibilityFault, ...]] = field(default_factory=dict)
    converted: int = 0
    _inspected: dict[Path, SourceInfo] = field(default_factory=dict)

    def inspect(self, pdf: Path, shown_as: str) -> SourceInfo:
        """Return what the PDF holds, noting once what a merge drops. Raises PaperError if it cannot be read."""
        if pdf not in self._inspected:
            self._inspected[pdf] = inspect_source(pdf, shown_as)
            self.notes += [f"{shown_as}: {note}" for note in self._inspected[pdf].notes]
        return self._inspected[pdf]

    def convert(self, requests: Sequence[Request]) -> list[Path]:
        """Return what LibreOffice makes of these, in their order. Raises PaperError naming what it did not convert."""
        made = convert(requests, self.cache, self.seconds, self._starting)
        self.converted += sum(one.made_now for one in made)
        return [one.path for one in made]

    def _starting(self, count: int) -> None:
        self.progress(f"Converting {count} paper{'' if count == 1 else 's'} with LibreOffice ...")


@dataclass(frozen=True)
class Job:
    """One paper on its way to a PDF, with the sign-off register that belongs to it."""

    item: AgendaItem
    paper: Paper
    source: Path
    register: SignOffTable | None = None
    register_name: str = ""

    @property
    def suffix(self) -> str:
        return self.source.suffix.lower()


@dataclass(frozen=True)
class Ready:
    """A paper ready for its place in the pack. ``follows_on``: no blank page before it."""

    item: str
    kind: EntryKind
    title: str
    source: str
    paper_id: str
    document: Document
    follows_on: bool = False


@dataclass(frozen=True)
class Prepared:
    """The papers in pack order, what an officer should know about them, and how many LibreOffice converted just now."""

    papers: tuple[Ready, ...]
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    converted: int = 0
