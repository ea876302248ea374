"""meeting.yaml: the items, their numbers and what they take from the body, and every fault at once."""

import datetime as dt
import time
from pathlib import Path

import pytest

from pipeline.errors import ManifestError
from pipeline.manifest import load_meeting
from pipeline.model import Contact, Exemption, Meeting, MeetingState, Person, Petition, Publicity

COUNCIL = """\
council: {name: Ardenshire City Council}
contact: {team: Governance Services, telephone: 01632 960001, email: committees@ardenshire.example}
bodies:
  - slug: cabinet-member-children
    name: Cabinet Member for Children and Young People
    place: Diamond Room 1 - Council House
    time: 3.30 pm
    contact: {name: Jo Bell, telephone: 01632 960002}
    by_invitation: [Councillor C Hill (Shadow Cabinet Member)]
  - {slug: scrutiny, name: Scrutiny Board}
"""
HEAD = "body: cabinet-member-children\ndate: 9 October 2017\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "council.yaml").write_text(COUNCIL, encoding="utf-8")
    folder = tmp_path / "meetings" / "2017-10-09-cabinet-member-children"
    folder.mkdir(parents=True)
    return folder


def loaded(folder: Path, text: str) -> Meeting:
    (folder / "meeting.yaml").write_text(text, encoding="utf-8")
    return load_meeting(folder)


def faults_of(folder: Path, text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(ManifestError) as caught:
        loaded(folder, text)
    return [(fault.line, fault.message) for fault in caught.value.faults]


def test_body_and_council_fill_what_the_meeting_leaves_out(folder: Path) -> None:
    meeting = loaded(folder, HEAD)
    assert (meeting.slug, meeting.folder, meeting.manifest) == (folder.name, folder, folder / "meeting.yaml")
    assert (meeting.date, meeting.time) == (dt.date(2017, 10, 9), dt.time(15, 30))
    assert (meeting.place, meeting.state) == ("Diamond Room 1 - Council House", MeetingState.CONFIRMED)
    assert meeting.contact == Contact("Governance Services", "Jo Bell", "01632 960002", "committees@ardenshire.example")
    assert meeting.by_invitation == (Person("Councillor C Hill", "Shadow Cabinet Member"),)
    assert (meeting.public, meeting.private, meeting.published) == ((), (), None)


def test_meeting_overrides_its_body(folder: Path) -> None:
    meeting = loaded(
        folder,
        HEAD + "time: noon\nplace: Neuadd y Dref\nby_invitation: []\nstate: moved\npublished: 29/09/2017\n"
        "contact: {name: Sam Poole}\nprivate:\n",
    )
    assert (meeting.time, meeting.place, meeting.by_invitation) == (dt.time(12), "Neuadd y Dref", ())
    assert (meeting.state, meeting.published) == (MeetingState.MOVED, dt.date(2017, 9, 29))
    assert (meeting.contact.name, meeting.contact.telephone) == ("Sam Poole", "01632 960002")


def test_items_keep_their_order_text_and_lines(folder: Path) -> None:
    meeting = loaded(
        folder,
        HEAD
        + """\
public:
  - title: Minutes
    kind: minutes
    items: [To agree the minutes of the meeting held on 28 February 2017., Matters Arising]
  - title: "Parking: No through road"
    report_of: Director of Children's Services
    text: |
      One paragraph.

      Another.
    to_follow: 5 October 2017
    urgent: {reason: The grant must be accepted., agreed_by: Councillor A Khan}
""",
    )
    minutes, parking = meeting.public
    assert minutes.items == ("To agree the minutes of the meeting held on 28 February 2017.", "Matters Arising")
    assert (minutes.kind, minutes.line, parking.line) == ("minutes", 4, 7)
    assert (parking.title, parking.text) == ("Parking: No through road", "One paragraph.\n\nAnother.")
    assert (parking.report_of, parking.to_follow) == ("Director of Children's Services", dt.date(2017, 10, 5))
    assert (parking.urgent_reason, parking.urgent_agreed_by) == ("The grant must be accepted.", "Councillor A Khan")


def test_petition_record_is_read(folder: Path) -> None:
    petitions = """\
public:
  - title: Petitions
    petitions:
      - {kind: e-petition, heading: Save the Park, received: 2017-09-01, signatures: "1,382",
         statement: Keep it open., organiser: Sam Poole, attended: yes}
      - {kind: paper petition, heading: Light the Path}
"""
    (item,) = loaded(folder, HEAD + petitions).public
    assert item.petitions == (
        Petition("e-petition", "Save the Park", dt.date(2017, 9, 1), 1382, "Keep it open.", "Sam Poole", True),
        Petition("paper petition", "Light the Path"),
    )


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        (["", "", ""], ["1", "2", "3"]),
        (["", "5a", ""], ["1", "5a", "2"]),
        (["", "12.10", ""], ["1", "12.10", "2"]),
        (["7", "", ""], ["7", "8", "9"]),
        (["", "7", ""], ["1", "7", "8"]),
        (["0", "", ""], ["0", "1", "2"]),
    ],
)
def test_numbers_count_on_and_given_ones_are_kept_as_written(
    folder: Path, given: list[str], printed: list[str]
) -> None:
    items = [f"  - {{title: Item{f', number: {number}' if number else ''}}}\n" for number in given]
    meeting = loaded(folder, HEAD + "public:\n" + "".join(items[:2]) + "private:\n" + items[2])
    assert [item.number for item in (*meeting.public, *meeting.private)] == printed


def test_two_items_with_one_number_are_named_by_both_lines(folder: Path) -> None:
    text = HEAD + "public:\n  - {title: A, number: 5a}\n  - {title: B}\n  - {title: C, number: 5A}\n"
    assert faults_of(folder, text) == [(6, "two items have the number 5A (lines 4 and 6)")]
    text = HEAD + "public:\n  - {title: A, number: 2}\n  - {title: B, number: 1}\n  - {title: C}\n"
    assert faults_of(folder, text) == [(6, "two items have the number 2 (lines 4 and 6)")]


def test_private_business_is_exempt_unless_it_says_otherwise(folder: Path) -> None:
    meeting = loaded(
        folder,
        HEAD
        + "private:\n  - title: A\n  - {title: B, publicity: confidential}\n"
        + "  - {title: C, public_title: A property matter, exempt: {paragraph: 3, reason: Prices.}}\n",
    )
    assert [item.publicity for item in meeting.private] == [
        Publicity.EXEMPT,
        Publicity.CONFIDENTIAL,
        Publicity.EXEMPT,
    ]
    assert meeting.private[2].exempt == Exemption(3, "Prices.")
    assert meeting.private[2].public_title == "A property matter"


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("publicity: exempt", "this item is marked exempt but names no Schedule 12A paragraph"),
        ("exempt: {paragraph: 3, reason: X}", "this item has a reason for being exempt but is open"),
        ("publicity: internal, exempt: {paragraph: 3, reason: X}",
         "this item has a reason for being exempt but is internal"),
        ("publicity: exempt, exempt: {paragraph: 8, reason: X}",
         "'paragraph' must be a whole number from 1 to 7, not \"8\""),
        ("publicity: exempt, exempt: {paragraph: 3}", "'reason' is missing in 'exempt'"),
        ("publicity: exempt, exempt: {reason: X}", "'paragraph' is missing in 'exempt'"),
        ("publicity: secret", "'publicity' cannot be \"secret\""),
    ],
)  # fmt: skip
def test_exemption_must_be_whole_and_fit_its_publicity(folder: Path, item: str, message: str) -> None:
    assert faults_of(folder, HEAD + f"public:\n  - {{title: A, {item}}}\n") == [(4, message)]


def test_open_item_under_private_business_is_a_fault(folder: Path) -> None:
    text = HEAD + "private:\n  - {title: A, publicity: open}\n"
    assert faults_of(folder, text) == [(4, "this item is marked open but stands under private business")]


def test_unknown_body_suggests_the_nearest(folder: Path) -> None:
    text = HEAD.replace("cabinet-member-children", "cabinet-member-childrens")
    assert faults_of(folder, text) == [
        (1, "council.yaml has no body cabinet-member-childrens; did you mean cabinet-member-children?")
    ]
    text = HEAD.replace("cabinet-member-children", "Scrutiny Board")
    assert faults_of(folder, text) == [(1, "council.yaml has no body Scrutiny Board; did you mean scrutiny?")]


def test_date_that_contradicts_the_folder_is_a_fault(folder: Path) -> None:
    assert faults_of(folder, HEAD.replace("9 October", "10 October")) == [
        (2, "the date is 2017-10-10, but the folder's name says 2017-10-09")
    ]


def test_folder_without_a_date_in_its_name_is_fine(folder: Path) -> None:
    other = folder.parent / "autumn"
    other.mkdir()
    assert loaded(other, HEAD).slug == "autumn"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("date: 31 November 2017", "'date' is wrong: 31 November 2017 does not exist: November has 30 days"),
        ("date: Tuesday, 9 October 2017", "'date' is wrong: 9 October 2017 is a Monday, not a Tuesday"),
        ("date: 10/25/2017", "'date' is wrong: there is no month 25 in \"10/25/2017\"; the day comes first: for 25 "
         "October 2017 write 25/10/2017"),
        ("date:", "'date' has nothing after it"),
    ],
)  # fmt: skip
def test_date_that_does_not_exist_says_why_and_nothing_else(folder: Path, line: str, message: str) -> None:
    assert faults_of(folder, f"body: cabinet-member-children\n{line}\n") == [(2, message)]


def test_faults_of_both_files_come_together_council_first(folder: Path) -> None:
    council = folder.parent.parent / "council.yaml"
    council.write_text(COUNCIL + "padding: papers\n", encoding="utf-8")
    (folder / "meeting.yaml").write_text(
        "body: cabinet-member-childen\ndate: 31 November 2017\ntime: midnight\ntitel: x\npublic:\n"
        "  - {title: A, number: 1}\n  - {titel: B, number: 1}\n  - {title: C, papers: [{file: c.docx, kind: reprot}]}\n"
        "  - Apologies\n  -\n"
    )
    with pytest.raises(ManifestError) as caught:
        load_meeting(folder)
    assert [(f.file.name if f.file else "", f.line, f.column, f.key) for f in caught.value.faults] == [
        ("council.yaml", 11, 10, "padding"),
        ("meeting.yaml", 1, 7, "body"),
        ("meeting.yaml", 2, 7, "date"),
        ("meeting.yaml", 3, 7, "time"),
        ("meeting.yaml", 4, 1, "titel"),
        ("meeting.yaml", 7, 6, "titel"),
        ("meeting.yaml", 7, 24, "number"),
        ("meeting.yaml", 8, 32, "file"),
        ("meeting.yaml", 8, 46, "kind"),
        ("meeting.yaml", 9, 5, "public"),
        ("meeting.yaml", 10, 4, "public"),
    ]


def test_broken_council_does_not_hide_the_faults_of_the_meeting(folder: Path) -> None:
    (folder.parent.parent / "council.yaml").write_text("council: {name: A\n")
    assert faults_of(folder, HEAD + "plaec: x\n") == [
        (1, "the { opened here is not closed"),
        (3, "unknown key 'plaec'; did you mean 'place'?"),
    ]


def test_no_meeting_file_says_how_to_make_one(folder: Path) -> None:
    with pytest.raises(ManifestError, match="the file is not there"):
        load_meeting(folder)


def test_unknown_key_with_nothing_near_lists_the_keys(folder: Path) -> None:
    with pytest.raises(ManifestError) as caught:
        loaded(folder, HEAD + "public:\n  - {title: A, colour: red}\n")
    (fault,) = caught.value.faults
    assert (fault.message, fault.line, fault.column, fault.key) == ("unknown key 'colour'", 4, 16, "colour")
    assert fault.remedy.startswith("The keys here are title, number, kind, text, report_of, items, papers")


def test_messages_hold_no_jargon(folder: Path) -> None:
    with pytest.raises(ManifestError) as caught:
        loaded(folder, "body: [x]\ndate: {a: b}\npublic: No\nprivate: [[x]]\ncontact: none\nby_invitation: {a: b}\n")
    assert len(caught.value.faults) == 6
    for word in ("valid", "input", "str", "dict", "tuple", "type", "None", "instance"):
        assert word not in str(caught.value).replace(str(folder), "")


def test_forty_items_load_well_under_a_second(folder: Path) -> None:
    items = []
    for number in range(40):
        (folder / f"report {number}.docx").write_bytes(b"x")
        items.append(f"  - title: Item {number}\n    papers:\n      - {{file: report {number}.docx, kind: report}}\n")
    loaded(folder, HEAD + "public:\n" + "".join(items))
    begun = time.perf_counter()
    assert len(load_meeting(folder).public) == 40
    assert time.perf_counter() - begun < 0.5  # about 0.05 on an idle machine
