"""meeting.yaml -> Meeting."""

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from pipeline.errors import Fault, ManifestError
from pipeline.manifest.checking import checked
from pipeline.manifest.council import contact_of, merged, people, read_council
from pipeline.manifest.folder import MEETING, absolute, find_workspace
from pipeline.manifest.meeting_records import ItemRecord, MeetingFile, PetitionRecord
from pipeline.manifest.papers import PaperMaker, Standing, publicity_of
from pipeline.manifest.yamlfile import Loc, YamlFile, read_yaml
from pipeline.model import AgendaItem, Body, Council, Meeting, PaperKind, Petition, Publicity, Workspace

#: A register under one of these names in the meeting folder belongs to the meeting's only report, open or not.
REGISTERS = ("signoffs.xlsx", "signoffs.yaml")
_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")


def load_meeting(folder: Path) -> Meeting:
    """Return the meeting in this folder, with the council of its workspace.

    Raises ManifestError with every fault in council.yaml and in meeting.yaml, in that order.
    """
    folder = absolute(folder)
    workspace = find_workspace(folder)
    council, council_file = read_council(workspace)
    file = read_yaml(folder / MEETING, "Make one with  civicpack new BODY DATE")
    record = checked(MeetingFile, file)
    meeting: Meeting | None = None
    if record is not None:
        meeting = _MeetingReader(file, record, folder, workspace).meeting(council, council_file)
    faults: list[Fault] = [*council_file.sorted_faults(), *file.sorted_faults()]
    if meeting is None or faults:
        raise ManifestError(faults)
    return _with_register_beside(meeting)


def _with_register_beside(meeting: Meeting) -> Meeting:
    """Give the meeting's only report the register that lies in the folder, unless a paper names one."""
    papers = [paper for item in (*meeting.public, *meeting.private) for paper in item.papers]
    reports = [paper for paper in papers if paper.kind is PaperKind.REPORT]
    beside = next((meeting.folder / name for name in REGISTERS if (meeting.folder / name).is_file()), None)
    if beside is None or len(reports) != 1 or any(paper.sign_offs for paper in papers):
        return meeting

    def given(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
        return tuple(
            replace(item, papers=tuple(replace(p, sign_offs=beside) if p is reports[0] else p for p in item.papers))
            for item in items
        )

    return replace(meeting, public=given(meeting.public), private=given(meeting.private))


class _MeetingReader:
    """Turns the record of one meeting.yaml into a Meeting; what is wrong is noted in the file."""

    def __init__(self, file: YamlFile, record: MeetingFile, folder: Path, workspace: Workspace):
        self.file, self.record, self.folder = file, record, folder
        self.makes = PaperMaker(file, folder, workspace.root)

    def meeting(self, council: Council | None, council_file: YamlFile) -> Meeting | None:
        self._check_folder_date()
        record, body = self.record, self._body(council, council_file)
        items = [*_located("public", record.public), *_located("private", record.private)]
        self.makes.take_given_ids(items)
        numbers = item_numbers([item for _, item in items])
        self._check_numbers(items, numbers)
        made = [self._item(item, loc, number) for (loc, item), number in zip(items, numbers, strict=True)]
        if council is None or body is None:
            return None
        return Meeting(
            slug=self.folder.name,
            folder=self.folder,
            council=council,
            body=body,
            date=record.date,
            time=record.time or body.time,
            place=record.place or body.place,
            published=record.published,
            state=record.state,
            by_invitation=body.by_invitation if record.by_invitation is None else people(record.by_invitation),
            contact=merged(contact_of(record.contact) if record.contact else None, body.contact, council.contact),
            public=tuple(made[: len(record.public)]),
            private=tuple(made[len(record.public) :]),
            manifest=self.file.path,
        )

    def _body(self, council: Council | None, council_file: YamlFile) -> Body | None:
        if council is None or not self.file.is_sound(("body",)):
            return None
        bodies = {body.slug: body for body in council.bodies}
        if self.record.body in bodies:
            return bodies[self.record.body]
        if council_file.is_sound(("bodies",)):
            message, remedy = unknown_body(self.record.body, council)
            self.file.fault(("body",), message, remedy)
        return None

    def _check_folder_date(self) -> None:
        match, written = _DATED.match(self.folder.name), self.record.date.isoformat()
        if match and match[1] != written and self.file.is_sound(("date",)):
            remedy = "Correct the date, or rename the folder if the pack has not been published."
            self.file.fault(("date",), f"the date is {written}, but the folder's name says {match[1]}", remedy)

    def _check_numbers(self, items: list[tuple[Loc, ItemRecord]], numbers: list[str]) -> None:
        first: dict[str, Loc] = {}
        for (loc, item), number in zip(items, numbers, strict=True):
            earlier = first.setdefault(number.casefold(), loc)
            if earlier == loc or not (
                self.file.is_sound((*loc, "number")) and self.file.is_sound((*earlier, "number"))
            ):
                continue
            lines = f"lines {self.file.line(earlier)} and {self.file.line(loc)}"
            here = (*loc, "number") if item.number else loc
            self.file.fault(
                here, f"two items have the number {number} ({lines})", "Change one of them, or take its number: out."
            )

    def _item(self, item: ItemRecord, loc: Loc, number: str) -> AgendaItem:
        private = loc[0] == "private"
        around = Standing(Publicity.EXEMPT if private else Publicity.OPEN, None, private)
        seen = publicity_of(item, loc, around, self.file, "this item")
        papers = tuple(
            self.makes.paper(paper, item, (*loc, "papers", index), seen) for index, paper in enumerate(item.papers)
        )
        return AgendaItem(
            number=number,
            title=item.title,
            kind=item.kind,
            text=item.text,
            report_of=item.report_of,
            items=item.items,
            papers=papers,
            petitions=tuple(map(petition_of, item.petitions)),
            publicity=seen.publicity,
            exempt=seen.exempt,
            public_title=item.public_title,
            to_follow=item.to_follow,
            urgent_reason=item.urgent.reason if item.urgent else "",
            urgent_agreed_by=item.urgent.agreed_by if item.urgent else "",
            line=self.file.line(loc),
        )


def _located(key: str, items: tuple[ItemRecord, ...]) -> Iterator[tuple[Loc, ItemRecord]]:
    yield from (((key, index), item) for index, item in enumerate(items))


def item_numbers(items: list[ItemRecord]) -> list[str]:
    """Return each item's number: the one given, else the next whole number after the last."""
    numbers, last = [], 0
    for item in items:
        if item.number is None:
            last += 1
        elif item.number.isdigit():
            last = int(item.number)
        numbers.append(item.number or str(last))
    return numbers


def unknown_body(slug: str, council: Council) -> tuple[str, str]:
    """Return the message and the remedy for a body that council.yaml does not have."""
    known = {body.slug: body.slug for body in council.bodies} | {b.name.casefold(): b.slug for b in council.bodies}
    near = get_close_matches(slug.casefold(), known, 1, 0.6)
    guess = f"; did you mean {known[near[0]]}?" if near else ""
    slugs = ", ".join(body.slug for body in council.bodies)
    remedy = f"The bodies are {slugs}." if slugs else "Add it under bodies: in council.yaml."
    return f"council.yaml has no body {slug}{guess}", remedy


def find_body(council: Council, name: str) -> Body:
    """Return the body with this slug, or with this name in full. Raises ManifestError with the nearest one."""
    word = " ".join(name.split()).casefold()
    for body in council.bodies:
        if word in (body.slug, body.name.casefold()):
            return body
    raise ManifestError([Fault(*unknown_body(name, council))])


def petition_of(record: PetitionRecord) -> Petition:
    return Petition(
        kind=record.kind,
        heading=record.heading,
        received=record.received,
        signatures=record.signatures,
        statement=record.statement,
        organiser=record.organiser,
        attended=record.attended,
    )
