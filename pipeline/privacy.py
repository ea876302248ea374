"""The gate for exempt material: only what is OPEN is released to the public.

Assembly takes ``PublicDocument`` and nothing else, and only ``release`` makes one; public templates and plans take
``PublicMeeting``, and only ``public_view`` makes one. So a leak is a type error first and a refusal second.
"""

from dataclasses import dataclass, replace
from typing import Final

from pipeline.errors import PrivacyError
from pipeline.model import AgendaItem, Document, Meeting, Paper, Publicity

_MINT: Final = object()


@dataclass(frozen=True, init=False)
class PublicDocument:
    """A document that the public may see. Made by ``release`` only."""

    document: Document

    def __init__(self, document: Document, mint: object = None):
        if mint is not _MINT:
            raise PrivacyError("A public document is made by privacy.release(), which checks that it is open.")
        object.__setattr__(self, "document", document)


@dataclass(frozen=True, init=False)
class PublicMeeting:
    """A meeting as the public may see it. Made by ``public_view`` only."""

    meeting: Meeting

    def __init__(self, meeting: Meeting, mint: object = None):
        if mint is not _MINT:
            raise PrivacyError("A public meeting is made by privacy.public_view(), which leaves out what is private.")
        object.__setattr__(self, "meeting", meeting)


def release(document: Document) -> PublicDocument:
    """Return the document as one the public may see.

    Raises PrivacyError unless it is declared OPEN; what is not clearly open is not released.
    """
    if document.publicity is not Publicity.OPEN:
        raise PrivacyError(f"{document.title} is {document.publicity.value} and cannot go into a public pack.")
    return PublicDocument(document, _MINT)


def public_view(meeting: Meeting) -> PublicMeeting:
    """Return the meeting without what the public may not see.

    Papers that are not OPEN are left out; an item of private business keeps its number, its public title (else its
    title, as the agenda must list it) and its exemption, and loses its text, petitions and papers.
    Raises PrivacyError when a file is open in one place and withheld in another: it cannot be both.
    """
    _refuse_open_and_withheld(meeting)
    view = replace(
        meeting,
        public=tuple(_public_item(item) for item in meeting.public if item.publicity is not Publicity.INTERNAL),
        private=tuple(_private_item(item) for item in meeting.private if item.publicity is not Publicity.INTERNAL),
    )
    return PublicMeeting(view, _MINT)


def withheld(meeting: Meeting) -> tuple[Paper, ...]:
    """Return the papers that the public pack leaves out: not open, or of an item that is not open or is private."""
    private = [paper for item in meeting.private for paper in item.papers]
    public = [p for item in meeting.public for p in item.papers if not _is_open(item, p)]
    return (*public, *private)


def _refuse_open_and_withheld(meeting: Meeting) -> None:
    shut = {paper.source: paper for paper in withheld(meeting) if paper.source is not None}
    for item in meeting.public:
        for paper in item.papers:
            if _is_open(item, paper) and paper.source in shut:
                raise PrivacyError(
                    f"meeting.yaml line {paper.line}: {paper.file} is open here, and not open in line "
                    f"{shut[paper.source].line}. Say in both places whether the public may see it."
                )


def _is_open(item: AgendaItem, paper: Paper) -> bool:
    return item.publicity is Publicity.OPEN and paper.publicity is Publicity.OPEN


def _public_item(item: AgendaItem) -> AgendaItem:
    if item.publicity is not Publicity.OPEN:
        return _private_item(item)
    return replace(item, papers=tuple(paper for paper in item.papers if _is_open(item, paper)))


def _private_item(item: AgendaItem) -> AgendaItem:
    return replace(
        item,
        title=item.public_title or item.title,
        text="",
        items=(),
        papers=(),
        petitions=(),
        to_follow=None,
        urgent_reason="",
        urgent_agreed_by="",
    )
