"""The papers of a meeting as PDFs ready to be placed: converted, rendered, or as they were.

All faults of all papers are reported together, the cheapest looked for first; a paper that cannot be read stops the
build, it is never left out.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.convert import Request
from pipeline.errors import Fault, FaultsError, ManifestError, PaperError
from pipeline.model import AgendaItem, Document, EntryKind, Meeting, PaperKind, Publicity
from pipeline.ocr import machine_read
from pipeline.office.soundness import check_office_file
from pipeline.pack.words import pages_without_words
from pipeline.papers import pages, registers
from pipeline.papers.accessible import described, look_at
from pipeline.papers.desk import EXCEL, WORD, Desk, Job, Prepared, Ready
from pipeline.privacy import PublicMeeting
from pipeline.storage import sha256_of

__all__ = ["Desk", "Prepared", "Ready", "prepare"]


def prepare(view: PublicMeeting, desk: Desk) -> Prepared:
    """Return the meeting's open papers as PDFs, in agenda order.

    Raises PaperError with every paper that cannot be read, ManifestError for a faulty register, minutes or template.
    """
    meeting = view.meeting
    jobs = [
        Job(item, paper, paper.source)
        for item in meeting.public
        for paper in item.papers
        if paper.source is not None and paper.supplement is None
    ]
    _check_all(jobs, desk)
    desk.notes += _supplements(meeting)
    jobs = registers.with_registers(meeting, jobs, desk)
    converted, with_page = _convert_all(jobs, meeting, desk)
    pdfs = _pdfs(jobs, converted, meeting, desk)
    papers = tuple(_in_order(meeting, jobs, pdfs, with_page, desk))
    return Prepared(papers, tuple(desk.notes), tuple(desk.findings), desk.converted)


def _supplements(meeting: Meeting) -> Iterator[str]:
    for item in meeting.public:
        for paper in item.papers:
            if paper.supplement is not None:
                yield f"{paper.file or paper.title} belongs to supplement {paper.supplement} and is not in this pack."


def _check_all(jobs: Sequence[Job], desk: Desk) -> None:
    """Look at every file before the slow work begins."""
    faults: list[Fault] = []
    for job in jobs:
        try:
            if job.suffix == ".pdf":
                desk.inspect(job.source, job.paper.file)
            elif fault := check_office_file(job.source, job.paper.file):
                faults.append(fault)
        except FaultsError as error:
            faults += error.faults
    if faults:
        raise PaperError(faults)


def _convert_all(jobs: Sequence[Job], meeting: Meeting, desk: Desk) -> tuple[dict[int, Path], set[int]]:
    """Run LibreOffice over what needs it: return by job the PDF or flat spreadsheet, and who wants a sign-off page.

    One round does it, but for a report in an older Word format: it is made a .docx first, to look into and fill in.
    """
    with_page: set[int] = set()
    requests: dict[int, Request] = {}

    def word_request(number: int, docx: Path) -> Request:
        source, wants_page = registers.word_file(jobs[number], docx, meeting, desk)
        if wants_page:
            with_page.add(number)
        return Request(source, "writer-pdf", jobs[number].paper.file)

    for number, job in enumerate(jobs):
        if job.suffix in EXCEL:
            requests[number] = Request(job.source, "fods", job.paper.file)
        elif job.suffix == ".docx":
            requests[number] = word_request(number, job.source)
        elif job.suffix in WORD:
            requests[number] = Request(job.source, "docx" if job.register else "writer-pdf", job.paper.file)
        elif job.suffix == ".pdf" and registers.wants_page(job, meeting):
            with_page.add(number)
    first = _converted(requests, desk)
    older = {number: first[number] for number, request in requests.items() if request.to == "docx"}
    second = _converted({number: word_request(number, docx) for number, docx in older.items()}, desk)
    return first | second, with_page


def _converted(requests: dict[int, Request], desk: Desk) -> dict[int, Path]:
    return dict(zip(requests, desk.convert(list(requests.values())), strict=True))


def _pdfs(jobs: Sequence[Job], converted: dict[int, Path], meeting: Meeting, desk: Desk) -> list[Path]:
    """Return each paper's PDF. Raises the faults of all papers that could not be made, those of the manifest first."""
    pdfs: list[Path] = []
    faults: dict[type[FaultsError], list[Fault]] = {ManifestError: [], PaperError: []}
    for number, job in enumerate(jobs):
        try:
            pdfs.append(_pdf(job, converted.get(number), meeting, desk))
        except (ManifestError, PaperError) as error:
            faults[type(error)] += error.faults
    for kind, found in faults.items():
        if found:
            raise kind(found)
    return pdfs


def _pdf(job: Job, converted: Path | None, meeting: Meeting, desk: Desk) -> Path:
    if job.suffix in EXCEL or job.suffix == ".csv":
        return pages.workbook_pdf(job, converted, meeting, desk)
    if job.suffix == ".md":
        return pages.markdown_pdf(job, meeting, desk)
    pages.note_kept_size(job.paper.file, desk)
    if job.suffix == ".docx" and converted is not None:
        return described(job.source, job.paper.file, converted, desk)
    return converted or _with_words(job, meeting, desk)


def _with_words(job: Job, meeting: Meeting, desk: Desk) -> Path:
    """A PDF as it is; if asked for, with a text layer on its scanned pages, which is said."""
    scanned = pages_without_words(job.source) if desk.ocr else ()
    if not scanned:
        return job.source
    which = f"page{'' if len(scanned) == 1 else 's'} {', '.join(map(str, scanned))}"
    desk.progress(f"Reading scanned {which} of {job.paper.file} by machine ...")
    seconds = desk.seconds + 30 * len(scanned)
    read = machine_read(job.source, job.paper.file, meeting.council.language, desk.cache, seconds)
    desk.notes.append(f"{job.paper.file}: the words of scanned {which} were read by machine and may be wrong.")
    return read


def _in_order(
    meeting: Meeting, jobs: Sequence[Job], pdfs: Sequence[Path], with_page: set[int], desk: Desk
) -> Iterator[Ready]:
    """The papers as the agenda has them: an item's petitions first, a report's sign-off page right after it."""
    faults: list[Fault] = []
    for item in meeting.public:
        numbers = [number for number, job in enumerate(jobs) if job.item is item]
        if item.petitions and not any(jobs[number].paper.kind is PaperKind.PETITION for number in numbers):
            yield _petitions(item, meeting, desk)
        for number in numbers:
            try:
                yield _ready(jobs[number], pdfs[number], desk)
            except FaultsError as error:
                faults += error.faults
            if number in with_page:
                yield _sign_offs(jobs[number], meeting, desk)
    if faults:
        raise PaperError(faults)


def _ready(job: Job, pdf: Path, desk: Desk) -> Ready:
    paper = job.paper
    document = _document(pdf, paper.title, paper.file, paper.publicity, desk)
    look_at(paper.id, paper.file, job.source if job.suffix == ".docx" else None, pdf, desk)
    return Ready(job.item.number, EntryKind(paper.kind.value), paper.title, paper.file, paper.id, document)


def _document(pdf: Path, title: str, shown_as: str, publicity: Publicity, desk: Desk) -> Document:
    info = desk.inspect(pdf, shown_as)
    return Document(pdf, sha256_of(pdf), info.pages, publicity, title, info.outline, info.language)


def _petitions(item: AgendaItem, meeting: Meeting, desk: Desk) -> Ready:
    pdf = pages.petitions_pdf(item, meeting, desk)
    paper_id = f"petition-{item.number}"
    document = _document(pdf, item.title, "the petitions paper", item.publicity, desk)
    look_at(paper_id, "the petitions paper", None, pdf, desk)
    return Ready(item.number, EntryKind.PETITION, item.title, "meeting.yaml", paper_id, document)


def _sign_offs(job: Job, meeting: Meeting, desk: Desk) -> Ready:
    title = f"Sign-off: {job.paper.title}"
    pdf = pages.sign_offs_pdf(job, meeting, desk)
    document = _document(pdf, title, "the sign-off page", job.paper.publicity, desk)
    paper_id = f"{job.paper.id}-sign-offs"
    look_at(paper_id, "the sign-off page", None, pdf, desk)
    return Ready(job.item.number, EntryKind.SIGN_OFFS, title, job.register_name, paper_id, document, follows_on=True)
