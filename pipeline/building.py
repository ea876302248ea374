"""The pack of a meeting put together: front sheet and plan settled, everything written, then put in place at once."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline import accessibility, dates
from pipeline.errors import PipelineError
from pipeline.model import (
    Document,
    DocumentInfo,
    EntryKind,
    Pack,
    PackPlan,
    Person,
    Publicity,
    Workspace,
)
from pipeline.pack.assembly import write_pack
from pipeline.pack.inspection import inspect_pack
from pipeline.pack.plan import Placing, page_range, plan_pack
from pipeline.pack.sources import inspect_source
from pipeline.papers import Desk, Ready
from pipeline.papers.accessible import look_at
from pipeline.privacy import PublicMeeting, release
from pipeline.render import data_address
from pipeline.storage import sha256_of, write_whole

#: The pages of a front sheet, before it is known.
USUAL_SHEET = 2


def settle(view: PublicMeeting, papers: Sequence[Ready], desk: Desk) -> tuple[Document, PackPlan]:
    """Return the front sheet and the plan whose page ranges it prints.

    The agenda prints page ranges and its own length moves them: plan with a guess, render, measure, plan again. After
    the guess it can only grow (a sheet that came out shorter is padded), so this ends: as a rule in two rounds.
    """
    reserved, guessed = USUAL_SHEET, True
    while True:
        sheet = front_sheet(view, _plan(view, papers, pages=reserved, at_least=reserved), desk)
        if sheet.pages == reserved or (sheet.pages < reserved and not guessed):
            break
        reserved, guessed = sheet.pages, False
    return sheet, _plan(view, papers, pages=sheet.pages, at_least=reserved)


def _plan(view: PublicMeeting, papers: Sequence[Ready], pages: int, at_least: int) -> PackPlan:
    council = view.meeting.council
    sheet = Placing(None, EntryKind.FRONT_SHEET, "Agenda", "meeting.yaml", pages, "agenda", at_least=at_least)
    placings = [
        Placing(p.item, p.kind, p.title, p.source, p.document.pages, p.paper_id, follows_on=p.follows_on)
        for p in papers
    ]
    return plan_pack([sheet, *placings], council.numbering, council.padding)


def front_sheet(view: PublicMeeting, plan: PackPlan, desk: Desk) -> Document:
    """Return the agenda front sheet that prints this plan's page ranges."""
    meeting = view.meeting
    html = desk.renderer.html(
        "front_sheet.html",
        council=meeting.council,
        body=meeting.body,
        meeting=meeting,
        members=by_surname(meeting.body.members),
        ranges={item.number: page_range(plan, item.number) for item in meeting.public},
        crest=data_address(meeting.council.crest) if meeting.council.crest else "",
    )
    pdf = desk.renderer.pdf(html)
    info = inspect_source(pdf, "the front sheet")
    look_at("agenda", "the front sheet", None, pdf, desk)
    return Document(pdf, sha256_of(pdf), info.pages, Publicity.OPEN, "Agenda", info.outline, meeting.council.language)


def by_surname(members: Sequence[Person]) -> tuple[Person, ...]:
    """Return the members in the order of the last word of their names; where all are Councillors, that is said once."""
    ordered = sorted(members, key=lambda person: (person.name.split()[-1].casefold(), person.name))
    title = "Councillor "
    if len(ordered) > 1 and all(person.name.startswith(title) for person in ordered):
        first = replace(ordered[0], name=f"Councillors {ordered[0].name.removeprefix(title)}")
        return (first, *(replace(p, name=p.name.removeprefix(title)) for p in ordered[1:]))
    return tuple(ordered)


def document_info(view: PublicMeeting, *, large_print: bool = False) -> DocumentInfo:
    """Return what the pack says of itself; its dates are the publication's, else the meeting's."""
    meeting = view.meeting
    day = dates.weekday_date(meeting.date)
    return DocumentInfo(
        title=f"Public document pack{' (large print)' if large_print else ''}: {meeting.body.name}, {day}",
        author=meeting.council.name,
        subject=f"{meeting.body.name}, {day}",
        language=meeting.council.language,
        created=meeting.published or meeting.date,
    )


def pack_name(view: PublicMeeting, *, draft: bool = False, large_print: bool = False) -> str:
    """Return the file name of the pack without its ending: date, body, "public-pack", and what is special about it."""
    meeting = view.meeting
    special = ("-large-print" if large_print else "") + ("-DRAFT" if draft else "")
    return f"{meeting.date.isoformat()}-{meeting.body.slug}-public-pack{special}"


def written(
    view: PublicMeeting,
    papers: Sequence[Ready],
    sheet: Document,
    plan: PackPlan,
    target: Path,
    *,
    draft: bool,
    large_print: bool,
) -> Pack:
    """Write the pack under a name of its own for now, and prove it: it is put in place together with its plan.

    Raises PipelineError, our fault, when the pack read back is not what was planned.
    """
    fresh = target.with_name(f".{target.name}.new")
    documents = [release(document) for document in (sheet, *(paper.document for paper in papers))]
    titles = {item.number: item.title for item in view.meeting.public}
    info = document_info(view, large_print=large_print)
    made = write_pack(plan, documents, titles, info, fresh, draft=draft)
    if faults := inspect_pack(fresh, plan, documents, titles, info, draft):
        raise PipelineError(
            "The pack was made, and read back it is not as planned. The last good pack is as it was.\n"
            + "\n".join(f"  {fault}" for fault in faults)
            + "\nThis is a fault in civicpack, not in your papers. Please report it with the lines above."
        )
    return Pack(fresh, made.sha256, plan, tagged=made.tagged, pdf_ua=made.pdf_ua, notes=made.notes)


def put_in_place(pack: Pack, workspace: Workspace, plan_file: Path) -> Pack:
    """Put the pack and its plan in place, one rename right after the other."""
    target = pack.path.with_name(pack.path.name.removeprefix(".").removesuffix(".new"))
    kept = replace(pack, path=target)
    plan = json.dumps(plan_json(kept, workspace), ensure_ascii=False, indent=2) + "\n"
    fresh = plan_file.with_name(f".{plan_file.name}.new")
    write_whole(fresh, plan.encode())
    pack.path.replace(target)
    fresh.replace(plan_file)
    return kept


def accessibility_files(pack: Pack, view: PublicMeeting, desk: Desk) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the accessibility report beside the pack, as a page and as JSON; return the files and its summary."""
    found = accessibility.report(desk.faults, pack.plan)
    page, data = (pack.path.with_name(f"{pack.path.stem}.accessibility.{ending}") for ending in ("html", "json"))
    meeting = view.meeting
    html = desk.renderer.html(
        "accessibility.html", report=found, council=meeting.council, meeting=meeting, pack_file=pack.path.name
    )
    write_whole(page, html.encode())
    write_whole(data, (json.dumps(accessibility.as_json(found), ensure_ascii=False, indent=2) + "\n").encode())
    return (page, data), accessibility.summary_lines(found, page.name)


def plan_json(pack: Pack, workspace: Workspace) -> dict[str, object]:
    """Return plan.json: see DESIGN section 6. Paths are relative to the workspace."""
    return {
        "pack": pack.path.relative_to(workspace.root).as_posix(),
        "sha256": pack.sha256,
        "pages": pack.plan.pages,
        "tagged": pack.tagged,
        "pdf_ua": pack.pdf_ua,
        "blank_pages": list(pack.plan.blank_pages),
        "entries": [
            {
                "item": entry.item,
                "kind": entry.kind.value,
                "title": entry.title,
                "source": entry.source,
                "first_page": entry.first_page,
                "last_page": entry.last_page,
                "first_label": entry.first_label,
                "last_label": entry.last_label,
            }
            for entry in pack.plan.entries
        ],
    }
