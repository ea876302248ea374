"""The stories, each about a screen: what happens from a meeting folder to its pack."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import manifest
from pipeline.model import (
    Document,
    DocumentInfo,
    EntryKind,
    Finding,
    Pack,
    PackPlan,
    Person,
    Publicity,
    Severity,
    Workspace,
)
from pipeline.pack.assembly import write_pack
from pipeline.pack.plan import Placing, page_range, plan_pack
from pipeline.pack.sources import inspect_source
from pipeline.papers import Desk, Ready, prepare
from pipeline.privacy import PublicMeeting, public_view, release, withheld
from pipeline.render import Renderer, data_address
from pipeline.storage import Cache, only_one, sha256_of, write_whole

#: The agenda prints page ranges and its own length moves them: plan, render, measure, at most so often.
ROUNDS = 3


@dataclass(frozen=True)
class Options:
    """How to build. ``seconds``: LibreOffice's time limit a file."""

    draft: bool = False
    seconds: float = 120


@dataclass(frozen=True)
class Built:
    """What a build gives back: the pack, unless findings stopped it, and what the officer should know."""

    pack: Pack | None
    plan_file: Path
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]
    converted: int = 0
    rendered: int = 0


def build_pack(folder: Path, options: Options, tell: Callable[[str], None]) -> Built:
    """Build the public pack of a meeting into ``build/<meeting>/``.

    ``tell`` is given a line for the officer while something takes its time. Raises PipelineError; the last good pack
    then stays as it was.
    """
    workspace = manifest.find_workspace(folder)
    meeting = manifest.load_meeting(folder)
    output = workspace.build / meeting.slug
    waiting = "Another build of this meeting is running; waiting for it to end."
    with only_one(output / ".lock", lambda: tell(waiting)):
        cache = Cache(workspace.cache)
        desk = Desk(workspace, Renderer([workspace.templates], cache), cache, options.seconds)
        view = public_view(meeting)
        prepared = prepare(view, desk)
        plan_file = output / "plan.json"
        notes = (*(_withheld_notes(len(withheld(meeting)))), *prepared.notes)
        if _stops(prepared.findings) and not options.draft:
            return Built(None, plan_file, notes, prepared.findings, prepared.converted)
        sheet, plan = settle(view, prepared.papers, desk)
        target = output / f"{pack_name(view, options.draft)}.pdf"
        documents = [sheet, *(paper.document for paper in prepared.papers)]
        digest = write_pack(
            plan,
            [release(document) for document in documents],
            {item.number: item.title for item in view.meeting.public},
            document_info(view),
            target,
            draft=options.draft,
        )
        pack = Pack(target, digest, plan)
        write_whole(plan_file, (json.dumps(plan_json(pack, workspace), ensure_ascii=False, indent=2) + "\n").encode())
        return Built(pack, plan_file, notes, prepared.findings, prepared.converted, desk.renderer.rendered)


def settle(view: PublicMeeting, papers: Sequence[Ready], desk: Desk) -> tuple[Document, PackPlan]:
    """Return the front sheet and the plan whose page ranges it prints.

    If the length goes on changing (a range that needs one more line), the longer sheet is planned for and padded.
    """
    reserved = 2
    for round_ in range(ROUNDS):
        plan = _plan(view, papers, pages=reserved, at_least=reserved)
        sheet = front_sheet(view, plan, desk)
        if sheet.pages == reserved or (round_ == ROUNDS - 1 and sheet.pages < reserved):
            break
        reserved = max(sheet.pages, reserved) if round_ else sheet.pages
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
    return Document(pdf, sha256_of(pdf), info.pages, Publicity.OPEN, "Agenda", info.outline, meeting.council.language)


def by_surname(members: Sequence[Person]) -> tuple[Person, ...]:
    """Return the members in the order of the last word of their names; where all are Councillors, that is said once."""
    ordered = sorted(members, key=lambda person: (person.name.split()[-1].casefold(), person.name))
    title = "Councillor "
    if len(ordered) > 1 and all(person.name.startswith(title) for person in ordered):
        first = replace(ordered[0], name=f"Councillors {ordered[0].name.removeprefix(title)}")
        return (first, *(replace(p, name=p.name.removeprefix(title)) for p in ordered[1:]))
    return tuple(ordered)


def document_info(view: PublicMeeting) -> DocumentInfo:
    """Return what the pack says of itself; its dates are the publication's, else the meeting's."""
    meeting = view.meeting
    day = manifest.dates.weekday_date(meeting.date)
    return DocumentInfo(
        title=f"Public document pack: {meeting.body.name}, {day}",
        author=meeting.council.name,
        subject=f"{meeting.body.name}, {day}",
        language=meeting.council.language,
        created=meeting.published or meeting.date,
    )


def pack_name(view: PublicMeeting, draft: bool) -> str:
    """Return the file name of the pack without its ending: date, body and "public-pack"."""
    meeting = view.meeting
    return f"{meeting.date.isoformat()}-{meeting.body.slug}-public-pack{'-DRAFT' if draft else ''}"


def _withheld_notes(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    return (f"{count} paper{'s are' if count > 1 else ' is'} not open and not in the public pack.",)


def _stops(findings: Sequence[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def plan_json(pack: Pack, workspace: Workspace) -> dict[str, object]:
    """Return plan.json: see DESIGN section 6. Paths are relative to the workspace."""
    return {
        "pack": pack.path.relative_to(workspace.root).as_posix(),
        "sha256": pack.sha256,
        "pages": pack.plan.pages,
        "tagged": pack.tagged,
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
