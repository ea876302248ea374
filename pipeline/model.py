"""Every noun of a meeting, frozen. The page to read first.

Nothing here reads a file, a clock or a PDF. Dates and times are plain ``datetime`` values; paths are absolute.
Council terms as in a published pack; PDF terms as in ISO 32000 (``page_index`` counts from 0, ``page_label`` is what is
printed on the page).
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Publicity(StrEnum):
    """Who may see a paper. Only OPEN papers reach the public."""

    OPEN = "open"
    EXEMPT = "exempt"
    CONFIDENTIAL = "confidential"
    INTERNAL = "internal"


class PaperKind(StrEnum):
    """What a paper is, as ``kind:`` in meeting.yaml."""

    MINUTES = "minutes"
    REPORT = "report"
    APPENDIX = "appendix"
    PETITION = "petition"
    NOTICE = "notice"
    OTHER = "other"


class EntryKind(StrEnum):
    """What a run of pages in a pack is, as ``kind`` in plan.json."""

    FRONT_SHEET = "front_sheet"
    MINUTES = "minutes"
    PETITION = "petition"
    REPORT = "report"
    APPENDIX = "appendix"
    SIGN_OFFS = "sign_offs"
    NOTICE = "notice"
    OTHER = "other"


class MeetingState(StrEnum):
    CONFIRMED = "confirmed"
    PROPOSED = "proposed"
    CANCELLED = "cancelled"
    MOVED = "moved"


class Numbering(StrEnum):
    """Where page numbers begin. FRONT_SHEET: page 1 is the agenda, label = physical page. FIRST_PAPER: the front sheet
    has no number and the first paper is page 1."""

    FRONT_SHEET = "front_sheet"
    FIRST_PAPER = "first_paper"


class Padding(StrEnum):
    """What starts on an odd page and is padded to an even number of pages: each paper, each item, or nothing."""

    PAPER = "paper"
    ITEM = "item"
    NONE = "none"


@dataclass(frozen=True)
class Person:
    """A member or an invited person as printed: ``name`` "Councillor A Khan", ``role`` "Cabinet Member" or ""."""

    name: str
    role: str = ""


@dataclass(frozen=True)
class Contact:
    team: str = ""
    name: str = ""
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True)
class ProperOfficer:
    name: str
    title: str = ""
    address: str = ""


@dataclass(frozen=True)
class StandingItem:
    """An item that stands on every agenda of a body (Apologies, Minutes, Any Other Business)."""

    title: str
    kind: str = ""
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Body:
    """A decision-making body: committee, cabinet or single Cabinet Member."""

    slug: str
    name: str
    notice: str = ""
    members: tuple[Person, ...] = ()
    by_invitation: tuple[Person, ...] = ()
    standing_items: tuple[StandingItem, ...] = ()
    contact: Contact | None = None
    place: str = ""
    time: dt.time | None = None


@dataclass(frozen=True)
class ReportHeading:
    """One numbered heading of the council's report form: ``number`` "5.1", ``title`` "Financial implications".

    ``required``: an empty one must say "None" in words.
    """

    number: str
    title: str
    required: bool = True

    @property
    def level(self) -> int:
        """1 for "5", 2 for "5.1"."""
        return self.number.count(".") + 1


@dataclass(frozen=True)
class SignOffRules:
    """``sign_offs:`` in council.yaml. ``publish``: is the table part of the public pack?"""

    publish: bool = True
    required: tuple[tuple[str, tuple[str, ...]], ...] = ()
    order: tuple[str, ...] = ()
    lead_days: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Council:
    name: str
    website: str = ""
    address: str = ""
    crest: Path | None = None
    language: str = "en-GB"
    contact: Contact = field(default_factory=Contact)
    proper_officer: ProperOfficer | None = None
    access_notes: tuple[str, ...] = ()
    numbering: Numbering = Numbering.FRONT_SHEET
    padding: Padding = Padding.PAPER
    supplement_numbering: str = "continue"
    sign_offs: SignOffRules = field(default_factory=SignOffRules)
    closed_days: tuple[dt.date, ...] = ()
    annual_meetings: tuple[dt.date, ...] = ()
    report_headings: tuple[ReportHeading, ...] = ()
    bodies: tuple[Body, ...] = ()


@dataclass(frozen=True)
class Exemption:
    """Why a paper is withheld: the paragraph (1-7) of Schedule 12A, Local Government Act 1972, and the public-interest
    reason (paragraph 10)."""

    paragraph: int
    reason: str


@dataclass(frozen=True)
class Petition:
    """A petition as the minutes and the petitions paper record it.

    ``kind`` "e-petition" or "paper petition"; ``attended``: did the organiser attend (None: not said)?
    """

    kind: str
    heading: str
    received: dt.date | None = None
    signatures: int | None = None
    statement: str = ""
    organiser: str = ""
    attended: bool | None = None


@dataclass(frozen=True)
class SignOffRow:
    """One row of the printed sign-off table (five columns). ``role`` is the prefix of an approver: "Finance",
    "Legal", "Members" or ""."""

    name: str
    title: str = ""
    directorate: str = ""
    sent: str = ""
    answered: str = ""
    role: str = ""


@dataclass(frozen=True)
class SignOffTable:
    """The contributor and approver table of a report, as printed."""

    contributors: tuple[SignOffRow, ...] = ()
    approvers: tuple[SignOffRow, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A paper of an item. ``source`` is the officer's file; None while the paper is to follow.

    ``file`` is the path as written in meeting.yaml: what people recognise, and what plan.json shows as ``source``.
    ``line`` is where meeting.yaml declares it (from 1), for messages.
    """

    id: str
    kind: PaperKind
    title: str
    source: Path | None = None
    file: str = ""
    letter: str = ""
    report_type: str = ""
    sign_offs: Path | None = None
    publicity: Publicity = Publicity.OPEN
    exempt: Exemption | None = None
    public_title: str = ""
    to_follow: dt.date | None = None
    supplement: int | None = None
    replaces: str = ""
    urgent_reason: str = ""
    urgent_agreed_by: str = ""
    line: int | None = None


@dataclass(frozen=True)
class AgendaItem:
    """An item of business. ``number`` is what is printed ("3", "5a", "12.1"); ``items`` are its sub-items (a), (b).

    ``kind`` is free ("minutes", "petition" or ""); ``report_of`` is the post in "Report of the ...".
    """

    number: str
    title: str
    kind: str = ""
    text: str = ""
    report_of: str = ""
    items: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    petitions: tuple[Petition, ...] = ()
    publicity: Publicity = Publicity.OPEN
    exempt: Exemption | None = None
    public_title: str = ""
    to_follow: dt.date | None = None
    urgent_reason: str = ""
    urgent_agreed_by: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Meeting:
    """A meeting as meeting.yaml and council.yaml give it, private business included. Public templates never see it:
    they see ``privacy.public_view(meeting)``."""

    slug: str
    folder: Path
    council: Council
    body: Body
    date: dt.date
    time: dt.time | None
    place: str
    published: dt.date | None = None
    state: MeetingState = MeetingState.CONFIRMED
    by_invitation: tuple[Person, ...] = ()
    contact: Contact = field(default_factory=Contact)
    public: tuple[AgendaItem, ...] = ()
    private: tuple[AgendaItem, ...] = ()
    manifest: Path | None = None


@dataclass(frozen=True)
class Workspace:
    """The folder that holds council.yaml, and where its parts are."""

    root: Path

    @property
    def council_file(self) -> Path:
        return self.root / "council.yaml"

    @property
    def meetings(self) -> Path:
        return self.root / "meetings"

    @property
    def minutes(self) -> Path:
        return self.root / "minutes"

    @property
    def templates(self) -> Path:
        return self.root / "agenda_templates"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def cache(self) -> Path:
        return self.build / ".cache"


@dataclass(frozen=True)
class PackEntry:
    """A run of pages in a pack: one paper with its own blank pages. Pages are physical, from 1, both ends included.

    ``pages`` counts the paper's own pages (without blanks). Labels are what is printed; None when nothing is.
    """

    item: str | None
    kind: EntryKind
    title: str
    source: str
    paper_id: str
    pages: int
    first_page: int
    last_page: int
    first_label: str | None
    last_label: str | None

    @property
    def blank_pages(self) -> tuple[int, ...]:
        """The physical pages that this entry adds as "This page is intentionally left blank"."""
        return tuple(range(self.first_page + self.pages, self.last_page + 1))


@dataclass(frozen=True)
class PackPlan:
    """Where every paper of a pack stands. Pure arithmetic; kept as plan.json. Entries tile the pack, in order."""

    entries: tuple[PackEntry, ...]
    labels: tuple[str | None, ...]

    @property
    def pages(self) -> int:
        return len(self.labels)

    @property
    def blank_pages(self) -> tuple[int, ...]:
        return tuple(page for entry in self.entries for page in entry.blank_pages)

    def of_item(self, number: str) -> tuple[PackEntry, ...]:
        return tuple(entry for entry in self.entries if entry.item == number)


@dataclass(frozen=True)
class DocumentInfo:
    """Title, author, language and dates that a pack carries; from the meeting, never from the clock."""

    title: str
    author: str
    subject: str
    language: str
    created: dt.date
    keywords: str = ""


@dataclass(frozen=True)
class OutlineNode:
    """A bookmark: ``page`` physical, from 1; ``children`` are nested below it."""

    title: str
    page: int
    children: tuple["OutlineNode", ...] = ()


@dataclass(frozen=True)
class Pack:
    """A finished pack on disk.

    ``tagged``: a paper brought its structure tags; ``pdf_ua``: the pack claims PDF/UA-1, since every paper earned it;
    ``notes``: what putting it together had to say.
    """

    path: Path
    sha256: str
    plan: PackPlan
    kind: str = "main"
    public: bool = True
    tagged: bool = False
    pdf_ua: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Present:
    """Those present under one heading: "Cabinet Member", "Other Members", or a directorate of officers."""

    heading: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Minute:
    """One minute: its title and what was recorded, as Markdown and petition records in order.

    ``line``: where its heading stands in the minutes file, from 1.
    """

    title: str
    blocks: tuple["str | Petition", ...]
    line: int


@dataclass(frozen=True)
class Minutes:
    """The minutes of one meeting as the minute book has them.

    ``first_number`` None: the numbers run on from the meeting before.
    """

    path: Path
    body: str
    date: dt.date
    time: dt.time | None = None
    place: str = ""
    present: tuple[Present, ...] = ()
    officers: tuple[Present, ...] = ()
    apologies: tuple[str, ...] = ()
    first_number: int | None = None
    closed: dt.time | None = None
    minutes: tuple[Minute, ...] = ()
    private_minutes: tuple[Minute, ...] = ()


@dataclass(frozen=True)
class Document:
    """A PDF ready to be placed in a pack: an officer's paper (converted or as it was) or a page that we rendered.

    ``sha256`` is of the PDF's bytes; ``outline`` is the PDF's own (pages from 1, within the paper).
    """

    path: Path
    sha256: str
    pages: int
    publicity: Publicity
    title: str
    outline: tuple[OutlineNode, ...] = ()
    language: str = ""


class Severity(StrEnum):
    """ERROR stops a build (not a draft); WARNING and QUERY are for the officer to look at."""

    ERROR = "error"
    WARNING = "warning"
    QUERY = "query"


@dataclass(frozen=True)
class Finding:
    """A fact about the papers, for the person at the desk: what is wrong, where, what to do."""

    slug: str
    severity: Severity
    message: str
    expected: str = ""
    found: str = ""


@dataclass(frozen=True)
class ReportText:
    """What the front matter of a Markdown report says; every part may be empty."""

    title: str = ""
    level: str = ""
    cabinet_member: str = ""
    director: str = ""
    wards: str = ""
    key_decision: str = ""
    questions: tuple[tuple[str, str], ...] = ()
    authors: tuple[Person, ...] = ()
    directorate: str = ""
    contact: str = ""


@dataclass(frozen=True)
class AccessibilityFault:
    """Something in a paper that shuts out a reader who listens to it, enlarges it or uses no mouse.

    ``slug`` names a rule of ``pipeline.accessibility``. ``place`` is where, as the author sees it: "page 3",
    "Table 2, 'Ward | Trees'". ``quote`` is the paper's own words there, "" where there are none. ``pages`` are those
    of the paper, from 1; none for a Word paper until its pages are known. ``count``: how many pages, pictures or
    tables it speaks of.
    """

    slug: str
    severity: Severity
    message: str
    place: str
    remedy: str
    quote: str = ""
    pages: tuple[int, ...] = ()
    paper: str = ""
    count: int = 1

    @property
    def page(self) -> int | None:
        """The first of its pages."""
        return self.pages[0] if self.pages else None
