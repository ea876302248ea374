"""The papers of a meeting as PDFs ready to be placed: converted, rendered, or as they were.

All faults of all papers are reported together, the cheapest looked for first; a paper that cannot be read stops the
build, it is never left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import convert, markdown, minutes, reports
from pipeline.convert import Request
from pipeline.errors import Fault, FaultsError, ManifestError, PaperError
from pipeline.manifest import read_sign_offs_yaml
from pipeline.model import (
    AgendaItem,
    Document,
    EntryKind,
    Finding,
    Meeting,
    Paper,
    PaperKind,
    Publicity,
    SignOffTable,
    Workspace,
)
from pipeline.office import sign_offs, spreadsheet, word
from pipeline.office.sheet import Sheet, Workbook
from pipeline.office.soundness import check_office_file
from pipeline.pack.joining import join
from pipeline.pack.sources import inspect_source
from pipeline.pack.words import page_mentions_all
from pipeline.privacy import PublicMeeting
from pipeline.render import Renderer, data_address
from pipeline.storage import Cache, sha256_of

WORD = frozenset({".docx", ".doc", ".odt", ".rtf"})
EXCEL = frozenset({".xlsx", ".xls", ".ods"})
REGISTERS = ("signoffs.xlsx", "signoffs.yaml")


@dataclass(frozen=True)
class Desk:
    """What preparing papers needs: where things are, the renderer, the cache, and LibreOffice's time limit a file."""

    workspace: Workspace
    renderer: Renderer
    cache: Cache
    seconds: float


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


@dataclass(frozen=True)
class _Job:
    """One paper on its way: the file to turn into a PDF may be a copy with the sign-off table put in."""

    item: AgendaItem
    paper: Paper
    register: SignOffTable | None = None

    @property
    def source(self) -> Path:
        assert self.paper.source is not None  # noqa: S101 - jobs are made for papers that are there
        return self.paper.source

    @property
    def suffix(self) -> str:
        return self.source.suffix.lower()


def prepare(view: PublicMeeting, desk: Desk) -> Prepared:
    """Return the meeting's open papers as PDFs, in agenda order.

    Raises PaperError with every paper that cannot be read, ManifestError for a faulty register, minutes or template.
    """
    meeting = view.meeting
    jobs = [
        _Job(item, paper)
        for item in meeting.public
        for paper in item.papers
        if paper.source is not None and paper.supplement is None
    ]
    _check_all(jobs)
    jobs, notes = _with_registers(meeting, jobs, desk)
    return _Preparation(meeting, desk, jobs, notes).run()


def _check_all(jobs: Sequence[_Job]) -> None:
    """Look at every file before the slow work begins."""
    faults: list[Fault] = []
    for job in jobs:
        if job.suffix == ".pdf":
            faults += _faults_of(lambda job=job: inspect_source(job.source, job.paper.file))  # type: ignore[misc]
        elif fault := check_office_file(job.source, job.paper.file):
            faults.append(fault)
    if faults:
        raise PaperError(faults)


def _faults_of(act: Callable[[], object]) -> tuple[Fault, ...]:
    try:
        act()
    except FaultsError as error:
        return error.faults
    return ()


def _with_registers(meeting: Meeting, jobs: list[_Job], desk: Desk) -> tuple[list[_Job], list[str]]:
    """Give each report its sign-off register: the one it names, else the folder's own if the meeting has one report."""
    reports_ = [job for job in jobs if job.paper.kind is PaperKind.REPORT]
    beside = next((meeting.folder / name for name in REGISTERS if (meeting.folder / name).is_file()), None)
    notes = []
    if beside and len(reports_) > 1 and not any(job.paper.sign_offs for job in reports_):
        notes.append(
            f"{beside.name} belongs to no report: the meeting has {len(reports_)}. "
            "Name it with sign_offs: under its report."
        )
    result = []
    for job in jobs:
        register = job.paper.sign_offs
        if register is None and job.paper.kind is PaperKind.REPORT and len(reports_) == 1:
            register = beside
        table = _read_register(register) if register else None
        result.append(replace(job, register=table))
    return result, notes


def _read_register(register: Path) -> SignOffTable:
    if register.suffix.lower() in (".yaml", ".yml"):
        return read_sign_offs_yaml(register)
    if register.suffix.lower() == ".xlsx":
        return sign_offs.read_sign_off_workbook(register, register.name)
    raise ManifestError(
        [Fault("a sign-off register is an Excel workbook (.xlsx) or a .yaml file", "Save it as one.", file=register)]
    )


class _Preparation:
    """One run over the papers of a meeting, step by step; the state is what has been made so far."""

    def __init__(self, meeting: Meeting, desk: Desk, jobs: list[_Job], notes: list[str]):
        self.meeting = meeting
        self.desk = desk
        self.jobs = jobs
        self.notes = notes
        self.findings: list[Finding] = []
        self.converted = 0
        self.sign_off_pages: set[int] = set()

    def run(self) -> Prepared:
        sheets = self._convert_first()
        pdfs = [self._pdf(number, job, sheets.get(number)) for number, job in enumerate(self.jobs)]
        papers = tuple(self._in_order(pdfs))
        return Prepared(papers, tuple(self.notes), tuple(self.findings), self.converted)

    # -- LibreOffice: one round for all that can be, a second for what needs the first

    def _convert_first(self) -> dict[int, Path]:
        """Return by job the PDF of each Word paper and the flat spreadsheet of each workbook."""
        first = {number: self._first_request(number, job) for number, job in enumerate(self.jobs)}
        requests = {number: request for number, request in first.items() if request}
        results = self._convert(requests)
        again = {
            number: self._word_request(number, self.jobs[number], results[number])
            for number, request in requests.items()
            if request.to == "docx"
        }
        return {**results, **self._convert(again)}

    def _convert(self, requests: dict[int, Request]) -> dict[int, Path]:
        made = convert.convert(list(requests.values()), self.desk.cache, self.desk.seconds)
        self.converted += sum(one.made_now for one in made)
        return {number: one.path for number, one in zip(requests, made, strict=True)}

    def _first_request(self, number: int, job: _Job) -> Request | None:
        if job.suffix in EXCEL:
            return Request(job.source, "fods", job.paper.file)
        if job.suffix == ".docx":
            return self._word_request(number, job, job.source)
        if job.suffix in WORD:
            # only a .docx can be looked into for its sign-off table
            return Request(job.source, "docx" if job.register else "writer-pdf", job.paper.file)
        if job.suffix == ".pdf" and self._publishes(job) and not _pdf_has_table(job.source):
            self.sign_off_pages.add(number)
        return None

    def _word_request(self, number: int, job: _Job, docx: Path) -> Request:
        """The request for a Word paper's PDF, with its sign-off table in place."""
        place = word.sign_off_place(docx)
        if place is word.SignOffPlace.LINE:
            docx = self._fill_in(job, docx)
        elif place is word.SignOffPlace.END and self._publishes(job):
            self.sign_off_pages.add(number)
        return Request(docx, "writer-pdf", job.paper.file)

    def _publishes(self, job: _Job) -> bool:
        return job.register is not None and self.meeting.council.sign_offs.publish

    def _fill_in(self, job: _Job, docx: Path) -> Path:
        publish = self.meeting.council.sign_offs.publish
        if job.register is None and publish:
            raise ManifestError(
                [
                    Fault(
                        f"{job.paper.file} asks for its sign-off table with the line {{{{ signoff_table }}}}, "
                        "but there is no sign-off register",
                        "Put signoffs.xlsx in the meeting folder, or name the register with sign_offs: under it.",
                        file=self.meeting.manifest,
                        line=job.paper.line,
                    )
                ]
            )
        table = job.register if publish else None
        key = Cache.key("sign-off table", sha256_of(docx), repr(table))
        return self.desk.cache.get(key, ".docx") or self.desk.cache.put(
            key, ".docx", word.with_sign_off_table(docx, table)
        )

    # -- each paper's PDF

    def _pdf(self, number: int, job: _Job, converted: Path | None) -> Path:
        if job.suffix == ".pdf":
            return job.source
        if job.suffix in EXCEL and converted is not None:
            return self._spreadsheet(job, spreadsheet.read_fods(converted, job.paper.file), converted)
        if job.suffix == ".csv":
            return self._spreadsheet(job, spreadsheet.read_csv(job.source, job.paper.file), None)
        if job.suffix == ".md":
            return self._markdown(job)
        assert converted is not None  # noqa: S101 - every other kind goes through LibreOffice
        return converted

    def _spreadsheet(self, job: _Job, workbook: Workbook, flat: Path | None) -> Path:
        self.notes += workbook.all_notes
        parts = [self._sheets(job, list(run), flat) for run in _runs(workbook.sheets)]
        return parts[0] if len(parts) == 1 else self._joined(parts)

    def _sheets(self, job: _Job, sheets: list[Sheet], flat: Path | None) -> Path:
        """Render these sheets as tables; one that cannot be is printed by Calc itself, and that is said."""
        sheet = sheets[0]
        if not sheet.unrenderable or flat is None:
            html = self.desk.renderer.html(
                "spreadsheet.html",
                title=job.paper.title,
                letter=job.paper.letter,
                sheets=sheets,
                language=self.meeting.council.language,
            )
            return self.desk.renderer.pdf(html)
        self.notes.append(
            f"{job.paper.file}: sheet '{sheet.name}' {sheet.unrenderable}, so it is printed as Calc prints it, without "
            "tags for screen readers."
        )
        key = Cache.key("one sheet", sha256_of(flat), sheet.name)
        alone = self.desk.cache.get(key, ".fods") or self.desk.cache.put(
            key, ".fods", spreadsheet.only_sheet(flat, sheet.name)
        )
        return self._convert({0: Request(alone, "calc-pdf", f"{job.paper.file}, sheet '{sheet.name}'")})[0]

    def _joined(self, parts: list[Path]) -> Path:
        key = Cache.key("joined", *(sha256_of(part) for part in parts))
        return self.desk.cache.get(key, ".pdf") or self.desk.cache.put(key, ".pdf", join(parts))

    def _markdown(self, job: _Job) -> Path:
        picture = markdown.pictures_beside(job.source, job.paper.file, data_address)
        council = self.meeting.council
        if job.paper.kind is PaperKind.MINUTES:
            context = minutes.page(job.source, council, self.desk.workspace, picture)
            return self.desk.renderer.pdf(self.desk.renderer.html("minutes.html", **context))
        if job.paper.kind is PaperKind.REPORT:
            publishes = self._publishes(job)
            context, findings = reports.page(
                job.source, job.paper, self.meeting, job.item, picture, job.register if publishes else None
            )
            self.findings += findings
            return self.desk.renderer.pdf(self.desk.renderer.html("report.html", **context))
        text = job.source.read_text(encoding="utf-8-sig")
        title, content = markdown.titled(text, job.paper.title)
        return self.desk.renderer.pdf(
            self.desk.renderer.html(
                "paper.html", council=council, title=title, content=markdown.to_html(content, picture=picture)
            )
        )

    # -- pack order

    def _in_order(self, pdfs: list[Path]) -> Iterator[Ready]:
        faults: list[Fault] = []
        by_item = {item.number: [] for item in self.meeting.public}  # type: dict[str, list[tuple[int, _Job]]]
        for number, job in enumerate(self.jobs):
            by_item[job.item.number].append((number, job))
        for item in self.meeting.public:
            has_petition_paper = any(job.paper.kind is PaperKind.PETITION for _, job in by_item[item.number])
            if item.petitions and not has_petition_paper:
                yield self._petitions(item)
            for number, job in by_item[item.number]:
                try:
                    yield self._ready(job, pdfs[number])
                    if number in self.sign_off_pages:
                        yield self._sign_offs(job)
                except FaultsError as error:
                    faults += error.faults
        if faults:
            raise PaperError(faults)

    def _ready(self, job: _Job, pdf: Path) -> Ready:
        paper = job.paper
        document = self._document(pdf, paper.title, paper.file, job)
        return Ready(job.item.number, EntryKind(paper.kind.value), paper.title, paper.file, paper.id, document)

    def _document(self, pdf: Path, title: str, shown_as: str, job: _Job | None = None) -> Document:
        info = inspect_source(pdf, shown_as)
        self.notes += info.notes
        publicity = job.paper.publicity if job else Publicity.OPEN
        return Document(pdf, sha256_of(pdf), info.pages, publicity, title, info.outline, info.language)

    def _petitions(self, item: AgendaItem) -> Ready:
        html = self.desk.renderer.html(
            "petitions.html", council=self.meeting.council, body=self.meeting.body, meeting=self.meeting, item=item
        )
        document = self._document(self.desk.renderer.pdf(html), item.title, "meeting.yaml")
        return Ready(item.number, EntryKind.PETITION, item.title, "meeting.yaml", f"petition-{item.number}", document)

    def _sign_offs(self, job: _Job) -> Ready:
        html = self.desk.renderer.html(
            "sign_offs.html", council=self.meeting.council, title=job.paper.title, table=job.register
        )
        title = f"Sign-off: {job.paper.title}"
        document = self._document(self.desk.renderer.pdf(html), title, "the sign-off table")
        source = job.paper.sign_offs.name if job.paper.sign_offs else REGISTERS[0]
        return Ready(
            job.item.number, EntryKind.SIGN_OFFS, title, source, f"{job.paper.id}-sign-offs", document, follows_on=True
        )


def _runs(sheets: Iterable[Sheet]) -> list[list[Sheet]]:
    """Split the sheets into runs that are rendered together; one for Calc stands alone."""
    runs: list[list[Sheet]] = []
    for sheet in sheets:
        if runs and not sheet.unrenderable and not runs[-1][-1].unrenderable:
            runs[-1].append(sheet)
        else:
            runs.append([sheet])
    return runs


def _pdf_has_table(pdf: Path) -> bool:
    return page_mentions_all(pdf, sign_offs.HEADING_WORDS)
