"""The minute book: minutes/<body>/<date>.md, and the numbers that run on from one meeting to the next."""

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import Fault, ManifestError
from pipeline.manifest.checking import checked
from pipeline.manifest.council import people
from pipeline.manifest.meeting import petition_of, unknown_body
from pipeline.manifest.meeting_records import PetitionRecord
from pipeline.manifest.minutes_records import MinutesFile, People
from pipeline.manifest.yamlfile import YamlFile, head_and_body, parse_keys, parse_yaml, read_text
from pipeline.model import Council, Minute, Minutes, Petition, Present, Workspace

ENDINGS = (".md", ".docx", ".pdf")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FENCE = re.compile(r"^\s*(`{3,}(?=[^`]*$)|~{3,})\s*(.*)$")
_HEADING = re.compile(r"^ {0,3}(#{1,2})(?:\s+(.*?))?(?:\s+#+)?\s*$")
_NUMBERED = re.compile(r"^[0-9]+[.)]\s")


def read_minutes(path: Path, council: Council | None = None) -> Minutes:
    """Return the minutes in a Markdown file. With a council, the body must be one of its bodies.

    Petitions stand in the blocks where their fence stood; all else is Markdown as written. Raises ManifestError with
    every fault, with the lines of the file.
    """
    text, faults = read_text(path)
    if text is None:
        raise ManifestError(faults)
    head, body, body_line = head_and_body(text)
    if not head:
        remedy = "Begin it with a line of ---, then body: and date:, then another line of ---"
        raise ManifestError([Fault("these minutes have no head", remedy, path, 1)])
    file = _with_present(parse_keys(head, path, first_line=2))
    record = checked(MinutesFile, file)
    reader = _BodyReader(path, body_line)
    reader.read(body.split("\n"))
    if record:
        _check(record, file, path, council)
    if record is None or file.faults or reader.faults:
        raise ManifestError([*file.sorted_faults(), *sorted(reader.faults, key=lambda f: f.line or 0)])
    return _minutes(path, record, reader)


def _with_present(file: YamlFile) -> YamlFile:
    """Put a list under ``present`` below "Members", and ``officers`` of ``present`` where the record has them."""
    if not isinstance(file.data, dict):
        return file
    present = file.data.get("present")
    if isinstance(present, list):
        file.data["present"] = {"Members": present}
        return file.moved(("present",), ("present", "Members"))
    if isinstance(present, dict):
        key = next((key for key in present if key.strip().lower() == "officers"), None)
        if key and isinstance(present[key], dict) and "officers" not in file.data:
            file.data["officers"] = present.pop(key)
            return file.moved(("present", key), ("officers",))
    return file


def _check(record: MinutesFile, file: YamlFile, path: Path, council: Council | None) -> None:
    if council and file.is_sound(("body",)) and record.body not in {body.slug for body in council.bodies}:
        message, remedy = unknown_body(record.body, council)
        file.fault(("body",), message, remedy)
    folder = path.parent
    if folder.parent.name == "minutes" and folder.name != record.body and file.is_sound(("body",)):
        file.fault(("body",), f"the body is {record.body}, but the folder is {folder.name}", "Correct one of them.")
    if _ISO.fullmatch(path.stem) and path.stem != record.date.isoformat() and file.is_sound(("date",)):
        message = f"the date is {record.date.isoformat()}, but the file's name says {path.stem}"
        file.fault(("date",), message, "Correct one of them.")


def _minutes(path: Path, record: MinutesFile, reader: "_BodyReader") -> Minutes:
    return Minutes(
        path=path,
        body=record.body,
        date=record.date,
        time=record.time,
        place=record.place,
        present=_present(record.present),
        officers=_present(record.officers),
        apologies=record.apologies,
        first_number=record.first_number,
        closed=record.closed,
        minutes=tuple(draft.minute() for draft in reader.drafts if not draft.private),
        private_minutes=tuple(draft.minute() for draft in reader.drafts if draft.private),
    )


def _present(groups: dict[str, People]) -> tuple[Present, ...]:
    return tuple(Present(heading, people(group)) for heading, group in groups.items())


@dataclass
class _Draft:
    """A minute while it is read."""

    title: str
    line: int
    private: bool
    blocks: list[str | Petition] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def close_text(self) -> None:
        text = "\n".join(self.lines).strip("\n")
        self.lines.clear()
        if text.strip():
            self.blocks.append(text)

    def minute(self) -> Minute:
        self.close_text()
        return Minute(self.title, tuple(self.blocks), self.line)


class _BodyReader:
    """Reads the Markdown below the head, a line at a time. What is within a fence is never a heading."""

    def __init__(self, path: Path, first_line: int):
        self.path, self.first_line = path, first_line
        self.drafts: list[_Draft] = []
        self.faults: list[Fault] = []
        self.private = False

    def read(self, lines: list[str]) -> None:
        index = 0
        while index < len(lines):
            if fence := _FENCE.match(lines[index]):
                index = self._fenced(lines, index, fence)
            else:
                self._line(lines[index], index)
                index += 1

    def _line(self, text: str, index: int) -> None:
        heading = _HEADING.match(text)
        if heading is None:
            self._text([text], index)
        elif len(heading[1]) == 1:
            self._section(heading[2] or "", index)
        else:
            self._new_minute(heading[2] or "", index)

    def _section(self, title: str, index: int) -> None:
        words = " ".join(title.lower().split())
        if words not in ("public business", "private business"):
            remedy = "Begin a minute with ##; a single # is for  # Public Business  and  # Private Business"
            self._fault(f'the heading "{title}" is not one that minutes have', remedy, index)
        self.private = words == "private business"

    def _new_minute(self, title: str, index: int) -> None:
        if not title:
            self._fault("this minute has no title", "Write it after the ##", index)
        elif match := _NUMBERED.match(title):
            remedy = "Take the number out; first_number: in the head says where they begin."
            self._fault(f"minutes are numbered for you, and this title begins with {match[0].strip()}", remedy, index)
        self.drafts.append(_Draft(title, index + self.first_line, self.private))

    def _text(self, lines: list[str], index: int) -> None:
        if self.drafts:
            self.drafts[-1].lines += lines
        elif any(line.strip() for line in lines) and not any("before the first" in f.message for f in self.faults):
            remedy = "Give it a heading that begins with ##"
            self._fault("this text stands before the first minute and would not be printed", remedy, index)

    def _fenced(self, lines: list[str], start: int, fence: re.Match[str]) -> int:
        """Take the fenced block that begins at ``start``; return the index of the line after it."""
        closing = re.compile(rf"^\s*{re.escape(fence[1][0])}{{{len(fence[1])},}}\s*$")
        end = next((n for n in range(start + 1, len(lines)) if closing.match(lines[n])), None)
        if end is None:
            self._fault(f"the block opened with {fence[1]} here is never closed", f"Close it with {fence[1]}", start)
            return len(lines)
        if fence[2].strip().lower() not in ("petition", "petitions"):
            self._text(lines[start : end + 1], start)
        elif self.drafts:
            self._petitions(lines[start + 1 : end], start + 1)
        else:
            self._fault("this petition stands before the first minute", "Move it below a ## heading.", start)
        return end + 1

    def _petitions(self, lines: list[str], index: int) -> None:
        file = parse_yaml("\n".join(lines), self.path, index + self.first_line)
        if file.data is None and not file.faults:
            self._fault("this petition is empty", "Write  kind: e-petition  and  heading: ...", index - 1)
        records = file.data if isinstance(file.data, list) else [file.data]
        draft = self.drafts[-1]
        draft.close_text()
        for number, data in enumerate(records if file.data is not None else ()):
            one = file if not isinstance(file.data, list) else _entry(file, number)
            one.data = data if data is not None else {}
            record = checked(PetitionRecord, one)
            self.faults += one.faults if one is not file else []
            if record:
                draft.blocks.append(petition_of(record))
        self.faults += file.faults

    def _fault(self, message: str, remedy: str, index: int) -> None:
        self.faults.append(Fault(message, remedy, self.path, index + self.first_line))


def _entry(file: YamlFile, number: int) -> YamlFile:
    """Return the entry of a list as a file of its own, with its places in the whole file."""
    keys, values = (
        {loc[1:]: mark for loc, mark in places.items() if loc[:1] == (number,)} for places in (file.keys, file.values)
    )
    return YamlFile(file.path, None, keys, values)


def minutes_before(workspace: Workspace, body_slug: str, date: dt.date) -> tuple[Path, ...]:
    """Return the minutes of a body's meetings before ``date``, one file a meeting, the newest last.

    Of several files of one meeting the Markdown comes first, then Word, then PDF.
    """
    folder = workspace.minutes / body_slug
    found: dict[str, Path] = {}
    for ending in reversed(ENDINGS):
        for path in sorted(folder.glob(f"*{ending}")):
            if _is_date(path.stem) and path.stem < date.isoformat() and path.is_file():
                found[path.stem] = path
    return tuple(found[stem] for stem in sorted(found))


def _is_date(stem: str) -> bool:
    try:
        return bool(_ISO.fullmatch(stem)) and bool(dt.date.fromisoformat(stem))
    except ValueError:
        return False


def first_minute_number(minutes: Minutes, workspace: Workspace, council: Council) -> int:
    """Return the number of the first minute.

    ``first_number`` if it is given; else one more than the last minute of the meeting before, and 1 after an Annual
    Meeting or when there is none before. Raises ManifestError when the minutes before are not Markdown, for their
    numbers cannot be counted.
    """
    counted, here = 0, minutes
    while here.first_number is None:
        earlier = minutes_before(workspace, minutes.body, here.date)
        if not earlier or _new_year_between(dt.date.fromisoformat(earlier[-1].stem), here.date, council):
            return 1 + counted
        if earlier[-1].suffix != ".md":
            message = f"the minutes before these ({earlier[-1].name}) are not Markdown, so their last number is unknown"
            raise ManifestError([Fault(message, "Add  first_number:  to the head.", here.path, 1, key="first_number")])
        here = read_minutes(earlier[-1], council)
        counted += len(here.minutes) + len(here.private_minutes)
    return here.first_number + counted


def _new_year_between(before: dt.date, date: dt.date, council: Council) -> bool:
    return any(before < annual <= date for annual in council.annual_meetings)
