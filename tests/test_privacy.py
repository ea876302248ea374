"""The gate: only what is open is released, and what the public sees of a meeting has nothing withheld in it."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import PrivacyError
from pipeline.model import AgendaItem, Body, Council, Document, Exemption, Meeting, Paper, PaperKind, Publicity
from pipeline.privacy import PublicDocument, PublicMeeting, public_view, release, withheld

OPEN = Paper("report", PaperKind.REPORT, "Trees", Path("/m/report.docx"), "report.docx", line=7)
EXEMPT = Paper(
    "bids", PaperKind.APPENDIX, "Bids", Path("/m/bids.xlsx"), "bids.xlsx", publicity=Publicity.EXEMPT, line=9
)


def meeting(*public: AgendaItem, private: tuple[AgendaItem, ...] = ()) -> Meeting:
    body = Body("cabinet", "Cabinet")
    day = dt.date(2026, 10, 12)
    return Meeting("m", Path("/m"), Council("Council"), body, day, None, "", public=public, private=private)


def document(publicity: Publicity) -> Document:
    return Document(Path("/m/x.pdf"), "0" * 64, 1, publicity, "Paper")


@pytest.mark.parametrize("publicity", [p for p in Publicity if p is not Publicity.OPEN])
def test_document_that_is_not_open_is_not_released(publicity: Publicity) -> None:
    with pytest.raises(PrivacyError, match=publicity.value):
        release(document(publicity))


def test_open_document_is_released() -> None:
    assert release(document(Publicity.OPEN)).document.title == "Paper"


def test_public_things_are_made_by_the_gate_only() -> None:
    with pytest.raises(PrivacyError):
        PublicDocument(document(Publicity.OPEN))
    with pytest.raises(PrivacyError):
        PublicMeeting(meeting())


def test_exempt_appendix_leaves_its_open_report() -> None:
    view = public_view(meeting(AgendaItem("1", "Trees", papers=(OPEN, EXEMPT)))).meeting
    assert view.public[0].papers == (OPEN,)


def test_exempt_item_keeps_its_number_public_title_and_reason_only() -> None:
    reason = Exemption(3, "Prices of bidders.")
    item = AgendaItem(
        "4",
        "Sale of Bridge House",
        text="To Mr Bidder.",
        items=("The price",),
        papers=(OPEN,),
        publicity=Publicity.EXEMPT,
        exempt=reason,
        public_title="A property matter",
    )
    view = public_view(meeting(item)).meeting.public[0]
    assert (view.number, view.title, view.exempt) == ("4", "A property matter", reason)
    assert (view.text, view.items, view.papers) == ("", (), ())


def test_internal_item_is_not_listed() -> None:
    assert public_view(meeting(AgendaItem("1", "Notes", publicity=Publicity.INTERNAL))).meeting.public == ()


def test_what_is_withheld_is_counted_wherever_it_is() -> None:
    private = AgendaItem("2", "Staff", papers=(replace(OPEN, source=Path("/m/staff.docx")),))
    assert len(withheld(meeting(AgendaItem("1", "Trees", papers=(OPEN, EXEMPT)), private=(private,)))) == 2


def test_file_that_is_open_and_withheld_is_refused_with_both_lines() -> None:
    shut = replace(OPEN, publicity=Publicity.CONFIDENTIAL, line=12)
    with pytest.raises(PrivacyError, match=r"line 7: report\.docx is open here, and not open in line 12"):
        public_view(meeting(AgendaItem("1", "Trees", papers=(OPEN,)), AgendaItem("2", "Again", papers=(shut,))))
