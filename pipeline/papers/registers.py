"""Sign-off registers: which report each belongs to, and the Word report with its table put in."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.errors import Fault, ManifestError
from pipeline.manifest import REGISTERS, read_sign_offs_yaml
from pipeline.model import Meeting, PaperKind, SignOffTable
from pipeline.office import sign_offs, word
from pipeline.pack.words import page_mentions_all
from pipeline.papers.desk import Desk, Job
from pipeline.storage import Cache, sha256_of


def with_registers(meeting: Meeting, jobs: Sequence[Job], desk: Desk) -> list[Job]:
    """Return the jobs with each report's register: manifest has given a meeting's only report the one beside it.

    Raises ManifestError for a register that cannot be read.
    """
    reports = [job for job in jobs if job.paper.kind is PaperKind.REPORT]
    beside = next((meeting.folder / name for name in REGISTERS if (meeting.folder / name).is_file()), None)
    if beside and reports and not any(job.paper.sign_offs for job in reports):
        desk.notes.append(
            f"{beside.name} belongs to no report of this pack. If it should, name it with sign_offs: under its report."
        )
    return [_with_register(job) for job in jobs]


def _with_register(job: Job) -> Job:
    register = job.paper.sign_offs
    return replace(job, register=_read(register), register_name=register.name) if register else job


def _read(register: Path) -> SignOffTable:
    match register.suffix.lower():
        case ".yaml" | ".yml":
            return read_sign_offs_yaml(register)
        case ".xlsx":
            return sign_offs.read_sign_off_workbook(register, register.name)
    words = "a sign-off register is an Excel workbook (.xlsx) or a .yaml file"
    raise ManifestError([Fault(words, "Save it as one of them.", file=register)])


def wants_page(job: Job, meeting: Meeting) -> bool:
    """Does this PDF report want its sign-off table as a page of its own: has it none yet?"""
    return published(job, meeting) and not page_mentions_all(job.source, sign_offs.HEADING_WORDS)


def published(job: Job, meeting: Meeting) -> bool:
    """Has this report a register, and does the council publish it?"""
    return job.register is not None and meeting.council.sign_offs.publish


def word_file(job: Job, docx: Path, meeting: Meeting, desk: Desk) -> tuple[Path, bool]:
    """Return the .docx to convert, with its sign-off table where it asks for it; and whether it wants a page instead.

    Raises ManifestError when the report asks for a table and there is no register.
    """
    place = word.sign_off_place(docx)
    if place is not word.SignOffPlace.LINE:
        return docx, place is word.SignOffPlace.END and published(job, meeting)
    require_register(job, meeting)
    table = job.register if published(job, meeting) else None
    key = Cache.key("sign-off table", sha256_of(docx), repr(table))
    filled = desk.cache.get(key, ".docx")
    return filled or desk.cache.put(key, ".docx", word.with_sign_off_table(docx, table)), False


def require_register(job: Job, meeting: Meeting) -> None:
    """Raise ManifestError when a report that asks for its table has no register, and the council publishes them."""
    if job.register is not None or not meeting.council.sign_offs.publish:
        return
    words = f"{job.paper.file} asks for its sign-off table with the line {{{{ signoff_table }}}}, but has no register"
    remedy = "Put signoffs.xlsx in the meeting folder, or name the register with sign_offs: under the paper."
    raise ManifestError([Fault(words, remedy, file=meeting.manifest, line=job.paper.line)])
