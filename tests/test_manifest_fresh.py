"""What `civicpack init` and `civicpack new` write loads without a fault, and so do its remarks."""

import datetime as dt
import re
from pathlib import Path

import pytest

from pipeline.manifest import (
    council_yaml_template,
    find_body,
    load_council,
    load_meeting,
    new_meeting_yaml,
)
from pipeline.manifest.writing import flow, scalar
from pipeline.manifest.yamlfile import parse_yaml
from pipeline.model import Body, Contact, Council, Person, StandingItem, Workspace

DATE = dt.date(2017, 10, 9)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "council.yaml").write_text(council_yaml_template(), encoding="utf-8")
    (tmp_path / "minutes" / "cabinet-member-children").mkdir(parents=True)
    (tmp_path / "minutes" / "cabinet-member-children" / "2017-02-28.docx").write_bytes(b"x")
    return Workspace(tmp_path)


def folder_with(workspace: Workspace, text: str) -> Path:
    folder = workspace.meetings / "2017-10-09-cabinet-member-children"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "meeting.yaml").write_text(text, encoding="utf-8")
    return folder


def test_council_template_loads_as_it_is(workspace: Workspace) -> None:
    council = load_council(workspace)
    (body,) = council.bodies
    assert (council.name, body.slug) == ("Ardenshire City Council", "cabinet-member-children")
    assert [item.title for item in body.standing_items] == [
        "Apologies", "Declarations of Interests", "Minutes", "Outstanding Issues", "Any Other Business",
    ]  # fmt: skip
    assert council.sign_offs.lead_days == (("finance", 5), ("legal", 5), ("director", 3), ("member", 3))


def test_council_template_loads_with_its_remarks_made_real(workspace: Workspace) -> None:
    text = council_yaml_template()
    headings = text.index("# report_headings:"), text.index("\nbodies:")
    real = text[: headings[0]] + re.sub("(?m)^# ", "", text[headings[0] : headings[1]]) + text[headings[1] :]
    real = real.replace("  # crest:", "  crest:").replace("    # contact:", "    contact:")
    (workspace.root / "crest.svg").write_text("<svg/>")
    workspace.council_file.write_text(real, encoding="utf-8")
    council = load_council(workspace)
    workspace.council_file.write_text(text, encoding="utf-8")
    assert council.report_headings == load_council(workspace).report_headings
    assert council.crest == workspace.root / "crest.svg"
    assert council.bodies[0].contact == Contact(name="Jo Bell", telephone="01632 960002")


def test_new_meeting_has_the_standing_items_and_the_last_minutes(workspace: Workspace) -> None:
    council = load_council(workspace)
    body = find_body(council, "cabinet-member-children")
    last = workspace.minutes / body.slug / "2017-02-28.docx"
    text = new_meeting_yaml(council, body, DATE, last)
    meeting = load_meeting(folder_with(workspace, text))
    assert [(item.number, item.title) for item in meeting.public] == [
        ("1", "Apologies"), ("2", "Declarations of Interests"), ("3", "Minutes"), ("4", "Outstanding Issues"),
        ("5", "Any Other Business"),
    ]  # fmt: skip
    minutes = meeting.public[2]
    assert minutes.items == ("To agree the minutes of the meeting held on 28 February 2017.", "Matters Arising")
    assert (minutes.papers[0].source, minutes.papers[0].kind) == (last, "minutes")
    assert minutes.papers[0].title == "Minutes of the meeting held on 28 February 2017"
    assert [item.text for item in meeting.public] == [item.text for item in body.standing_items]
    assert (meeting.date, meeting.time, meeting.place) == (DATE, body.time, body.place)
    assert (meeting.contact, meeting.by_invitation, meeting.private) == (council.contact, body.by_invitation, ())
    assert "# Membership (from council.yaml): Councillor A Khan (Cabinet Member), Councillor B Kerr" in text


def test_remarks_of_a_new_meeting_can_be_made_real(workspace: Workspace) -> None:
    council = load_council(workspace)
    text = new_meeting_yaml(council, council.bodies[0], DATE)
    hints = [line[4:] for line in text.split("\n") if re.match(r"  # *(- |  )", line)]
    private = [line[2:] for line in text.split("\n") if re.match(r"# (-|  )", line)]
    head = text.split("\n  # A report")[0]
    made = head + "\n  " + "\n  ".join(hints) + "\nprivate:\n  " + "\n  ".join(private) + "\n"
    folder = folder_with(workspace, made)
    for name in ("report.docx", "appendix-1.docx", "signoffs.xlsx", "private-report.docx"):
        (folder / name).write_bytes(b"x")
    meeting = load_meeting(folder)
    assert [item.title for item in meeting.public[-3:]] == [
        "Libraries Annual Report 2016/17", "Petition - Save the Park", "Parking: a review",
    ]  # fmt: skip
    assert [paper.letter for paper in meeting.public[-3].papers] == ["", "I", "II"]
    assert meeting.public[-2].petitions[0].signatures == 382
    assert meeting.private[0].public_title == "A property matter"


def test_body_with_nothing_but_a_name_gets_a_meeting_that_loads(tmp_path: Path) -> None:
    (tmp_path / "council.yaml").write_text("council: {name: A}\nbodies: [{slug: cabinet, name: Cabinet}]\n")
    workspace = Workspace(tmp_path)
    council = load_council(workspace)
    meeting = load_meeting(folder_with(workspace, new_meeting_yaml(council, council.bodies[0], DATE)))
    assert (meeting.public, meeting.private, meeting.time, meeting.place) == ((), (), None, "")


def test_minutes_get_an_item_when_no_standing_item_is_theirs(workspace: Workspace) -> None:
    body = Body("cabinet-member-children", "Cabinet", standing_items=(StandingItem("Apologies"),))
    text = new_meeting_yaml(Council("A"), body, DATE, Path("2017-02-28.docx"))
    meeting = load_meeting(folder_with(workspace, text))
    assert [(item.title, len(item.papers)) for item in meeting.public] == [("Minutes", 1), ("Apologies", 0)]


def test_awkward_words_survive_the_writing(workspace: Workspace) -> None:
    titles = [
        "Fees: 2017",
        "@home",
        "#3",
        "- dash",
        "No",
        "3.10",
        "It's",
        '"Quoted"',
        "a # b",
        "{x}",
        "50%",
        "Tŷ: Ŵyn\\",
    ]
    body = Body(
        "cabinet-member-children",
        "Cabinet",
        place="Room: 1, #2",
        by_invitation=(Person("O'Neill, B", "Chair: Scrutiny"), Person("[x] {y}")),
        contact=Contact("Team: A", "B, C", "0800", "a@b.example"),
        standing_items=(
            *(StandingItem(title, title, title, (title,)) for title in titles),
            StandingItem("Long", text="Take: any # other business. " * 9),
        ),
    )
    meeting = load_meeting(folder_with(workspace, new_meeting_yaml(Council("A"), body, DATE)))
    assert [item.title for item in meeting.public] == [*titles, "Long"]
    assert [(i.kind, i.text, i.items) for i in meeting.public[:-1]] == [(t, t, (t,)) for t in titles]
    assert meeting.public[-1].text == ("Take: any # other business. " * 9).strip()
    assert (meeting.place, meeting.by_invitation) == (body.place, body.by_invitation)
    assert meeting.contact.team == "Team: A"


@pytest.mark.parametrize(
    "value", ["No", "null", "12.10", "a: b", "a:b", "a, b", "x:", "'q'", "é", "https://a.example/b"]
)
def test_text_written_reads_back_in_a_line_and_in_brackets(value: str) -> None:
    file = parse_yaml(f"a: {scalar(value)}\nb: {flow([value, {'k': value}])}\n", Path("x"))
    assert (file.data, file.faults) == ({"a": value, "b": [value, {"k": value}]}, [])
