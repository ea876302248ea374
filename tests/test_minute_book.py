"""The minute book: what a minutes file says, and the numbers that run on."""

import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import ManifestError
from pipeline.manifest import first_minute_number, minutes_before, read_minutes
from pipeline.model import Body, Council, Minute, Minutes, Person, Petition, Present, Workspace

COUNCIL = Council("Ardenshire City Council", bodies=(Body("cabinet", "Cabinet"), Body("scrutiny", "Scrutiny Board")))
FULL = """\
---
body: cabinet
date: Tuesday, 28 February 2017
time: 2.00 pm
place: Diamond Room 1 - Council House
present:
  Cabinet Member: [Councillor A Khan]
  Other Members: Councillor B Kerr (Deputy Cabinet Member), Councillor C Hill (Shadow Cabinet Member, Finance)
  officers:
    People: [J Bell, {name: M Cole}]
    Place: S Poole
apologies: [Councillor D Moss]
first_number: 13
closed: 3.15 pm
---

# Public Business

## Declarations of Interests

There were no disclosable pecuniary interests made.

## Petitions ##

The petitions considered were as follows:

```petition
- {kind: e-petition, heading: Save the Park, received: 1 September 2016, signatures: 382, attended: false}
- kind: paper petition
  heading: "Parks: a future"
```

RESOLVED that the Cabinet Member:

1) Agrees.

~~~
## not a heading
```petition
~~~

# Private Business

## A property matter

### A smaller heading

Agreed.
"""


def written(tmp_path: Path, text: str, name: str = "2017-02-28.md", body: str = "cabinet") -> Path:
    path = tmp_path / "minutes" / body / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(path: Path, council: Council | None = COUNCIL) -> list[tuple[int | None, str]]:
    with pytest.raises(ManifestError) as caught:
        read_minutes(path, council)
    assert {fault.file for fault in caught.value.faults} == {path}
    return [(fault.line, fault.message) for fault in caught.value.faults]


def test_head_of_the_minutes_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, FULL)
    minutes = read_minutes(path, COUNCIL)
    assert (minutes.path, minutes.body, minutes.date) == (path, "cabinet", dt.date(2017, 2, 28))
    assert (minutes.time, minutes.closed) == (dt.time(14), dt.time(15, 15))
    assert (minutes.place, minutes.first_number) == ("Diamond Room 1 - Council House", 13)
    assert minutes.apologies == ("Councillor D Moss",)
    assert minutes.present == (
        Present("Cabinet Member", (Person("Councillor A Khan"),)),
        Present(
            "Other Members",
            (
                Person("Councillor B Kerr", "Deputy Cabinet Member"),
                Person("Councillor C Hill", "Shadow Cabinet Member, Finance"),
            ),
        ),
    )
    assert minutes.officers == (
        Present("People", (Person("J Bell"), Person("M Cole"))),
        Present("Place", (Person("S Poole"),)),
    )


def test_minutes_keep_their_text_petitions_and_lines(tmp_path: Path) -> None:
    minutes = read_minutes(written(tmp_path, FULL), COUNCIL)
    declarations, petitions = minutes.minutes
    assert declarations == Minute(
        "Declarations of Interests", ("There were no disclosable pecuniary interests made.",), 19
    )
    assert (petitions.title, petitions.line) == ("Petitions", 23)
    assert petitions.blocks == (
        "The petitions considered were as follows:",
        Petition("e-petition", "Save the Park", dt.date(2016, 9, 1), 382, attended=False),
        Petition("paper petition", "Parks: a future"),
        "RESOLVED that the Cabinet Member:\n\n1) Agrees.\n\n~~~\n## not a heading\n```petition\n~~~",
    )
    assert minutes.private_minutes == (Minute("A property matter", ("### A smaller heading\n\nAgreed.",), 44),)


def test_present_may_be_a_list_and_officers_stand_beside_it(tmp_path: Path) -> None:
    head = "---\nbody: cabinet\ndate: 28/02/2017\npresent: [Councillor A Khan (Chair), Councillor B Kerr]\n"
    minutes = read_minutes(written(tmp_path, head + "officers: {Place: J Bell}\napologies: None\n---\n## A\n"), COUNCIL)
    assert minutes.present == (Present("Members", (Person("Councillor A Khan", "Chair"), Person("Councillor B Kerr"))),)
    assert minutes.officers == (Present("Place", (Person("J Bell"),)),)
    assert (minutes.apologies, minutes.minutes) == ((), (Minute("A", (), 8),))


def test_windows_line_ends_and_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    path = written(tmp_path, FULL)
    plain = read_minutes(path, COUNCIL)
    path.write_bytes(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode())
    assert read_minutes(path, COUNCIL) == plain


def test_petition_indented_in_a_list_is_a_petition(tmp_path: Path) -> None:
    fence = "   ````petition\n   kind: e-petition\n   heading: H\n   ````\n"
    text = f"---\nbody: cabinet\ndate: 28/02/2017\n---\n## A\n1. One\n\n{fence}"
    (minute,) = read_minutes(written(tmp_path, text)).minutes
    assert minute.blocks == ("1. One", Petition("e-petition", "H"))


def test_code_in_a_line_of_text_opens_no_block(tmp_path: Path) -> None:
    text = "---\nbody: cabinet\ndate: 28/02/2017\n---\n## A\n```x``` is code\n## B\n"
    assert [minute.title for minute in read_minutes(written(tmp_path, text)).minutes] == ["A", "B"]


def test_every_fault_of_head_petitions_and_text_comes_with_its_line(tmp_path: Path) -> None:
    text = """\
---
body: cabnet
date: 29 February 2017
colour: red
closed: late
---
Some text.

More text.
# Minutes
##
## 13. Apologies
```petition
kind: e-petition
heading:
signatures: many
```
```petition
- {kind: e-petition, heading: Save: the Park}
```
```petition
- {kind: e-petition, heading: A, recieved: 1 May 2017}
- Save the Park
-
```
```petition
```
```petition
kind: e-petition
"""
    assert faults_of(written(tmp_path, text)) == [
        (2, "council.yaml has no body cabnet; did you mean cabinet?"),
        (2, "the body is cabnet, but the folder is cabinet"),
        (3, "'date' is wrong: 29 February 2017 does not exist: February 2017 has 28 days"),
        (4, "unknown key 'colour'"),
        (5, "'closed' is wrong: \"late\" is not a time"),
        (7, "this text stands before the first minute and would not be printed"),
        (10, 'the heading "Minutes" is not one that minutes have'),
        (11, "this minute has no title"),
        (12, "minutes are numbered for you, and this title begins with 13."),
        (15, "'heading' has nothing after it"),
        (16, "'signatures' must be a whole number, not \"many\""),
        (19, "text with a colon in it needs quotes"),
        (22, "unknown key 'recieved'; did you mean 'received'?"),
        (23, "this must be keys and values, not text"),
        (24, "'kind' is missing"),
        (24, "'heading' is missing"),
        (26, "this petition is empty"),
        (28, "the block opened with ``` here is never closed"),
    ]


def test_petition_before_the_first_minute_is_a_fault(tmp_path: Path) -> None:
    text = "---\nbody: cabinet\ndate: 28/02/2017\n---\n```petition\nkind: e-petition\nheading: H\n```\n"
    assert faults_of(written(tmp_path, text)) == [(5, "this petition stands before the first minute")]


@pytest.mark.parametrize("text", ["", "## Apologies\n", "---\n---\n## A\n", "---\nbody: cabinet\n"])
def test_minutes_without_a_head_say_how_to_begin(tmp_path: Path, text: str) -> None:
    assert faults_of(written(tmp_path, text)) == [(1, "these minutes have no head")]


def test_date_must_agree_with_the_file_name(tmp_path: Path) -> None:
    text = "---\nbody: cabinet\ndate: 2017-02-27\n---\n"
    assert faults_of(written(tmp_path, text)) == [(3, "the date is 2017-02-27, but the file's name says 2017-02-28")]


def test_title_that_begins_with_a_figure_is_fine(tmp_path: Path) -> None:
    text = "---\nbody: cabinet\ndate: 2017-02-28\n---\n## 2017/18 Budget\n## 20 mph zones\n"
    assert [m.title for m in read_minutes(written(tmp_path, text)).minutes] == ["2017/18 Budget", "20 mph zones"]


def book(tmp_path: Path, *names: str) -> Workspace:
    for name in names:
        written(tmp_path, "", name)
    return Workspace(tmp_path)


def test_minutes_before_a_date_come_newest_last_one_a_meeting(tmp_path: Path) -> None:
    workspace = book(
        tmp_path, "2017-02-28.docx", "2016-11-01.pdf", "2017-01-17.pdf", "2017-01-17.md", "2017-10-09.md",
        "2017-02-30.md", "notes.md", "2017-01-17 draft.md",
    )  # fmt: skip
    found = minutes_before(workspace, "cabinet", dt.date(2017, 10, 9))
    assert [path.name for path in found] == ["2016-11-01.pdf", "2017-01-17.md", "2017-02-28.docx"]
    assert minutes_before(workspace, "scrutiny", dt.date(2017, 10, 9)) == ()


def meeting(tmp_path: Path, date: str, minutes: int, first: int | None = None) -> Minutes:
    head = f"---\nbody: cabinet\ndate: {date}\n" + (f"first_number: {first}\n" if first else "") + "---\n"
    titles = [f"## Minute {n}\n" for n in range(minutes)]
    text = head + "".join(titles[:-1]) + "# Private Business\n" + "".join(titles[-1:])
    return read_minutes(written(tmp_path, text, f"{date}.md"), COUNCIL)


def first_of(minutes: Minutes, tmp_path: Path, *annual_meetings: dt.date) -> int:
    council = Council("A", bodies=COUNCIL.bodies, annual_meetings=annual_meetings)
    return first_minute_number(minutes, Workspace(tmp_path), council)


def test_minute_numbers_run_on_from_the_meeting_before(tmp_path: Path) -> None:
    january = meeting(tmp_path, "2017-01-17", 4, first=9)
    february = meeting(tmp_path, "2017-02-28", 5)
    march = meeting(tmp_path, "2017-03-28", 2)
    assert [first_of(minutes, tmp_path) for minutes in (january, february, march)] == [9, 13, 18]


def test_minute_numbers_begin_at_one_with_nothing_before(tmp_path: Path) -> None:
    first = meeting(tmp_path, "2017-01-17", 4)
    second = meeting(tmp_path, "2017-02-28", 1)
    assert [first_of(minutes, tmp_path) for minutes in (first, second)] == [1, 5]


@pytest.mark.parametrize(
    ("annual", "first"),
    [
        (dt.date(2017, 5, 18), 1),
        (dt.date(2017, 6, 20), 1),
        (dt.date(2017, 2, 28), 14),
        (dt.date(2017, 6, 21), 14),
    ],
)
def test_minute_numbers_begin_again_after_an_annual_meeting(tmp_path: Path, annual: dt.date, first: int) -> None:
    meeting(tmp_path, "2017-02-28", 4, first=10)
    assert first_of(meeting(tmp_path, "2017-06-20", 3), tmp_path, annual) == first


def test_minutes_in_word_before_cannot_be_counted_on(tmp_path: Path) -> None:
    meeting(tmp_path, "2017-01-17", 4)
    book(tmp_path, "2017-02-28.docx")
    minutes = meeting(tmp_path, "2017-03-28", 2)
    with pytest.raises(ManifestError, match=r"2017-02-28\.docx\) are not Markdown") as caught:
        first_of(minutes, tmp_path)
    assert caught.value.faults[0].remedy == "Add  first_number:  to the head."
    assert first_of(minutes, tmp_path, dt.date(2017, 3, 1)) == 1
