"""council.yaml: what it gives, and every fault at once."""

import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import ExitCode, ManifestError
from pipeline.manifest import REPORT_HEADINGS, load_council
from pipeline.model import Contact, Numbering, Padding, Person, ProperOfficer, ReportHeading, StandingItem, Workspace

FULL = """\
council: {name: Ardenshire City Council, website: https://www.ardenshire.example, address: Council House, crest: crest.svg, language: cy}
contact: {team: Governance Services, telephone: 01632 960001, email: committees@ardenshire.example}
proper_officer: {name: R Marsh, title: Director of Law, address: "Council House, Ardenshire"}
access_notes: [A hearing loop is available.]
numbering: {from: first_paper}
padding: none
supplement_numbering: restart
sign_offs: {publish: No, required: {cabinet_member_report: [finance, legal]}, order: [finance, legal], lead_days: {finance: 5}}
closed_days: [2026-12-29, 30 December 2026]
annual_meetings: [17 May 2018, 18 May 2017]
report_headings: [5.10 Legal implications, {number: 6, title: Other implications, required: false}]
bodies:
  - slug: cabinet-member-children
    name: Cabinet Member for Children and Young People
    notice: principal_council
    place: Diamond Room 1 - Council House
    time: 15.30
    contact: {name: Jo Bell, telephone: 960002}
    members: [{name: Councillor A Khan, role: Cabinet Member}, Councillor B Kerr (Deputy)]
    by_invitation: [Councillor C Hill]
    standing_items: [{title: Apologies}, {title: Minutes, kind: minutes, items: [Matters Arising]}]
"""  # noqa: E501  as an officer writes it


def council_file(tmp_path: Path, text: str) -> Workspace:
    (tmp_path / "council.yaml").write_text(text, encoding="utf-8")
    return Workspace(tmp_path)


def faults_of(tmp_path: Path, text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(ManifestError) as caught:
        load_council(council_file(tmp_path, text))
    return [(fault.line, fault.message) for fault in caught.value.faults]


def test_every_key_reaches_the_council(tmp_path: Path) -> None:
    (tmp_path / "crest.svg").write_text("<svg/>")
    council = load_council(council_file(tmp_path, FULL))
    assert (council.name, council.website) == ("Ardenshire City Council", "https://www.ardenshire.example")
    assert (council.address, council.crest, council.language) == ("Council House", tmp_path / "crest.svg", "cy")
    assert council.contact == Contact("Governance Services", "", "01632 960001", "committees@ardenshire.example")
    assert council.proper_officer == ProperOfficer("R Marsh", "Director of Law", "Council House, Ardenshire")
    assert council.access_notes == ("A hearing loop is available.",)
    assert (council.numbering, council.padding) == (Numbering.FIRST_PAPER, Padding.NONE)
    assert council.supplement_numbering == "restart"
    assert council.sign_offs.publish is False
    assert council.sign_offs.required == (("cabinet_member_report", ("finance", "legal")),)
    assert (council.sign_offs.order, council.sign_offs.lead_days) == (("finance", "legal"), (("finance", 5),))
    assert council.closed_days == (dt.date(2026, 12, 29), dt.date(2026, 12, 30))
    assert council.annual_meetings == (dt.date(2017, 5, 18), dt.date(2018, 5, 17))
    assert council.report_headings == (
        ReportHeading("5.10", "Legal implications"),
        ReportHeading("6", "Other implications", required=False),
    )


def test_every_key_reaches_the_body(tmp_path: Path) -> None:
    (tmp_path / "crest.svg").write_text("<svg/>")
    (body,) = load_council(council_file(tmp_path, FULL)).bodies
    assert (body.slug, body.notice) == ("cabinet-member-children", "principal_council")
    assert (body.place, body.time) == ("Diamond Room 1 - Council House", dt.time(15, 30))
    assert body.contact == Contact(name="Jo Bell", telephone="960002")
    assert body.members == (Person("Councillor A Khan", "Cabinet Member"), Person("Councillor B Kerr", "Deputy"))
    assert body.by_invitation == (Person("Councillor C Hill"),)
    assert body.standing_items == (
        StandingItem("Apologies"),
        StandingItem("Minutes", "minutes", items=("Matters Arising",)),
    )


def test_what_is_left_out_has_the_usual_value(tmp_path: Path) -> None:
    council = load_council(council_file(tmp_path, "council: {name: Ardenshire}\nbodies:\n"))
    assert (council.numbering, council.padding, council.language) == (Numbering.FRONT_SHEET, Padding.PAPER, "en-GB")
    assert (council.supplement_numbering, council.sign_offs.publish) == ("continue", True)
    assert council.report_headings == REPORT_HEADINGS
    numbers = " ".join(heading.number for heading in REPORT_HEADINGS)
    assert numbers == "1 2 3 4 5 5.1 5.2 6 6.1 6.2 6.3 6.4 6.5 6.6"
    assert council.bodies == ()


def test_no_report_headings_at_all_can_be_said(tmp_path: Path) -> None:
    assert load_council(council_file(tmp_path, "council: {name: A}\nreport_headings: []\n")).report_headings == ()


def test_all_faults_come_together_with_their_lines(tmp_path: Path) -> None:
    text = """\
council: {name: "", language: english}
padding: papers
colour: red
sign_offs: {lead_days: {finance: many}}
closed_days: 2026-12-29
report_headings: [Legal implications]
bodies:
  - {slug: Cabinet Member, name: A, time: 3.30}
  - {slug: cabinet, name: [B], members: Khan}
  - {slug: cabinet, nmae: C}
"""
    assert faults_of(tmp_path, text) == [
        (1, "'name' is empty"),
        (1, "'language' must be a language code like en-GB or cy, not \"english\""),
        (2, "'padding' cannot be \"papers\"; did you mean paper?"),
        (3, "unknown key 'colour'"),
        (4, "'finance' must be a whole number, not \"many\""),
        (5, "'closed_days' must be a list, not text"),
        (6, "entry 1 of 'report_headings' must begin with the heading's number"),
        (8, "'slug' must be small letters, figures and hyphens, not \"Cabinet Member\""),
        (8, "'time' is wrong: \"3.30\" does not say whether it is am or pm"),
        (9, "'name' must be text, not a list"),
        (9, "'members' must be a list, not text"),
        (10, "two bodies have the slug cabinet, the first in line 9"),
        (10, "unknown key 'nmae'; did you mean 'name'?"),
    ]


def test_remedies_say_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(ManifestError) as caught:
        load_council(council_file(tmp_path, "council: {name: A, colour: B}\npadding: wide\nclosed_days: 1 May 2026\n"))
    assert [fault.remedy for fault in caught.value.faults] == [
        "The keys here are name, website, address, crest, language.",
        "Write one of: paper, item, none.",
        "Write for example  closed_days: [29 December 2026]  (or take the key out)",
    ]
    assert caught.value.exit_code is ExitCode.MANIFEST


def test_two_report_headings_with_one_number_are_a_fault(tmp_path: Path) -> None:
    text = "council: {name: A}\nreport_headings:\n  - 5.1 Finance\n  - 5.1 Law\n"
    assert faults_of(tmp_path, text) == [(4, "two report headings have the number 5.1, the first in line 3")]


def test_crest_that_is_not_there_or_no_picture_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "Crest.svg").write_text("<svg/>")
    (tmp_path / "crest.docx").write_bytes(b"")
    missing = faults_of(tmp_path, "council: {name: A, crest: crest.png}\n")
    assert missing == [(1, "crest.png is not there; did you mean Crest.svg?")]
    assert faults_of(tmp_path, "council: {name: A, crest: crest.docx}\n") == [
        (1, "crest.docx is a .docx file, which cannot be used here")
    ]


@pytest.mark.parametrize("text", ["", "   \n", "# only remarks\n"])
def test_empty_council_file_says_where_to_get_one(tmp_path: Path, text: str) -> None:
    with pytest.raises(ManifestError, match="civicpack init"):
        load_council(council_file(tmp_path, text))
