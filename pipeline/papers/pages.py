"""The papers that we render ourselves: Excel tables, Markdown minutes and reports, petitions, sign-off pages."""

from collections.abc import Iterable
from pathlib import Path

from pipeline import markdown, minutes, reports
from pipeline.convert import Request
from pipeline.model import AgendaItem, Meeting, PaperKind
from pipeline.office import spreadsheet
from pipeline.office.paper_size import LARGE_PRINT, fit
from pipeline.office.records import fit_large_print
from pipeline.office.sheet import Sheet, Workbook
from pipeline.pack.joining import join
from pipeline.papers.desk import Desk, Job
from pipeline.papers.registers import published, require_register
from pipeline.papers.wide_tables import with_records
from pipeline.render import data_address
from pipeline.storage import Cache, sha256_of


def workbook_pdf(job: Job, flat: Path | None, meeting: Meeting, desk: Desk) -> Path:
    """Return a workbook as a PDF of tables. ``flat`` is its flat file; None for a .csv.

    A sheet that cannot be shown as tables (it has a chart) is printed by Calc itself, and that is noted.
    """
    layout = fit_large_print if desk.renderer.large_print else fit
    workbook: Workbook = (
        spreadsheet.read_fods(flat, job.paper.file, layout)
        if flat
        else spreadsheet.read_csv(job.source, job.paper.file, layout)
    )
    desk.notes += workbook.all_notes
    for sheet in workbook.sheets:
        if not sheet.unrenderable and sheet.font_size < LARGE_PRINT[0].size:
            note_kept_size(f"{job.paper.file}, sheet '{sheet.name}'", desk, "it would fill many hundreds of pages")
    parts = [
        _printed_by_calc(job, run[0], flat, desk) if run[0].unrenderable and flat else _tables(job, run, meeting, desk)
        for run in _runs(workbook.sheets)
    ]
    if len(parts) == 1:
        return parts[0]
    key = Cache.key("joined", *(sha256_of(part) for part in parts))
    return desk.cache.get(key, ".pdf") or desk.cache.put(key, ".pdf", join(parts))


def _runs(sheets: Iterable[Sheet]) -> list[list[Sheet]]:
    """Split the sheets into runs that are rendered together; one for Calc stands alone."""
    runs: list[list[Sheet]] = []
    for sheet in sheets:
        if runs and not sheet.unrenderable and not runs[-1][-1].unrenderable:
            runs[-1].append(sheet)
        else:
            runs.append([sheet])
    return runs


def _tables(job: Job, sheets: list[Sheet], meeting: Meeting, desk: Desk) -> Path:
    html = desk.renderer.html(
        "spreadsheet.html",
        title=job.paper.title,
        letter=job.paper.letter,
        sheets=sheets,
        language=meeting.council.language,
    )
    return desk.renderer.pdf(html)


def _printed_by_calc(job: Job, sheet: Sheet, flat: Path, desk: Desk) -> Path:
    shown_as = f"{job.paper.file}, sheet '{sheet.name}'"
    desk.notes.append(f"{shown_as} {sheet.unrenderable}: Calc prints it, without tags for screen readers.")
    note_kept_size(shown_as, desk)
    key = Cache.key("one sheet", sha256_of(flat), sheet.name)
    alone = desk.cache.get(key, ".fods") or desk.cache.put(key, ".fods", spreadsheet.only_sheet(flat, sheet.name))
    return desk.convert([Request(alone, "calc-pdf", shown_as)])[0]


def note_kept_size(shown_as: str, desk: Desk, why: str = "it is printed as its author made it") -> None:
    """Note, in a large-print pack, that this paper or sheet keeps its size of type."""
    if desk.renderer.large_print:
        desk.notes.append(
            f"{shown_as} is not in large print: {why}. "
            "Ask its author for a copy in 18 point, or offer the reader another form of it."
        )


def markdown_pdf(job: Job, meeting: Meeting, desk: Desk) -> Path:
    """Return a Markdown paper as a PDF: minutes and reports in the council's form, others as they are."""
    html = _markdown_html(job, meeting, desk)
    return desk.renderer.pdf(with_records(html, desk.renderer) if desk.renderer.large_print else html)


def _markdown_html(job: Job, meeting: Meeting, desk: Desk) -> str:
    picture = markdown.pictures_beside(job.source, job.paper.file, data_address)
    council = meeting.council
    if job.paper.kind is PaperKind.MINUTES:
        context = minutes.page(job.source, council, desk.workspace, picture)
        return desk.renderer.html("minutes.html", **context)
    if job.paper.kind is PaperKind.REPORT:
        table = job.register if published(job, meeting) else None
        context, findings = reports.page(job.source, job.paper, meeting, job.item, picture, table)
        desk.findings += findings
        if context["asks_for_sign_offs"]:
            require_register(job, meeting)
        return desk.renderer.html("report.html", **context)
    title, text = markdown.titled(job.source.read_text(encoding="utf-8-sig"), job.paper.title)
    content = markdown.to_html(text, picture=picture)
    return desk.renderer.html("paper.html", council=council, title=title, content=content)


def petitions_pdf(item: AgendaItem, meeting: Meeting, desk: Desk) -> Path:
    """Return the petitions of an item as a paper."""
    html = desk.renderer.html("petitions.html", council=meeting.council, body=meeting.body, meeting=meeting, item=item)
    return desk.renderer.pdf(html)


def sign_offs_pdf(job: Job, meeting: Meeting, desk: Desk) -> Path:
    """Return a report's sign-off table as a page of its own."""
    html = desk.renderer.html("sign_offs.html", council=meeting.council, title=job.paper.title, table=job.register)
    return desk.renderer.pdf(html)
