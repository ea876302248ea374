"""Minutes from the minute book as they come out of a build: every part of the page, and numbers that run on."""

from pathlib import Path

import pytest

from tests.readback import outline, text
from tests.workspaces import Case, case

MINUTES = """\
---
body: trees-panel
date: 2026-10-05
time: 2.00 pm
place: Room 4 - Council House
present:
  Chair: [Councillor R Penhallow]
  Other Members: [Councillor T Adeyemi (Deputy Chair), Councillor B Aldous]
officers:
  Place: [K Lansbury, L Marchbank]
apologies: [Councillor M Thistlewood]
closed: 3.15 pm
---

# Public Business

## Declarations of Interests

There were no disclosable pecuniary interests.

## Petitions

```petition
kind: e-petition
heading: Save the Oak
received: 2026-09-01
signatures: 1204
statement: |-
  It is old.

  It is ours.
organiser: Delyth Ormerod
attended: true
```

```petition
kind: paper petition
heading: Fell the Oak
signatures: 1
attended: false
```

RESOLVED that the Panel:

1) Keeps the oak.
2) Thanks both organisers.

# Private Business

## A property matter

It was agreed.
"""
BEFORE = "---\nbody: trees-panel\ndate: 2026-09-07\nfirst_number: 11\n---\n\n## One\n\nWords.\n\n## Two\n\nWords.\n"


def minuted(root: Path, markdown: str = MINUTES, council: str = "", **earlier: str) -> Case:
    """A meeting whose one paper is minutes; ``earlier`` are other files of the book, by date with underscores."""
    file = "minutes/trees-panel/2026-10-05.md"
    items = [{"title": "Minutes", "kind": "minutes", "papers": [{"file": file, "kind": "minutes"}]}]
    made = case(root, items, council=council)
    made.write(file, markdown)
    for date, written in earlier.items():
        made.write(f"minutes/trees-panel/{date.strip('_').replace('_', '-')}.md", written)
    return made


def words_of(made: Case) -> str:
    made.built()
    return text(made.pack, 3, 4)


def test_every_part_of_the_minutes_is_printed_in_order(tmp_path: Path) -> None:
    words = words_of(minuted(tmp_path / "w"))
    places = [
        words.index(part)
        for part in (
            "Ardenshire City Council Minutes of the Meeting of Trees Panel held at 2.00 pm on Monday, 5 October 2026",
            "at Room 4 - Council House Present:",
            "Chair: Councillor R Penhallow",
            "Other Members: Councillor T Adeyemi (Deputy Chair) Councillor B Aldous",
            "Employees (by Directorate) Place K Lansbury, L Marchbank",
            "Apologies: Councillor M Thistlewood",
            "Public Business 1. Declarations of Interests There were no disclosable pecuniary interests.",
            "2. Petitions",
            "i) An e-petition headed ‘Save the Oak’, received on 1 September 2026 and bearing 1,204 signatures,",
            "It is old. It is ours.",
            "The petition organiser, Delyth Ormerod, attended the meeting and spoke on behalf of the petitioners.",
            "ii) A paper petition headed ‘Fell the Oak’, bearing 1 signature.",
            "The petition organiser was unable to attend the meeting.",
            "RESOLVED that the Panel: 1) Keeps the oak. 2) Thanks both organisers.",
            "Private Business 3. A property matter",
            "(Meeting closed at 3.15 pm)",
        )
    ]
    assert places == sorted(places)


def test_no_apologies_are_said(tmp_path: Path) -> None:
    words = words_of(minuted(tmp_path / "w", MINUTES.replace("apologies: [Councillor M Thistlewood]", "apologies: []")))
    assert "Apologies: There were no apologies" in words


def test_numbers_run_on_from_the_meeting_before(tmp_path: Path) -> None:
    words = words_of(minuted(tmp_path / "w", _2026_09_07=BEFORE))
    assert "13. Declarations of Interests" in words
    assert "14. Petitions" in words
    assert "15. A property matter" in words


def test_numbers_begin_again_after_the_annual_meeting(tmp_path: Path) -> None:
    made = minuted(tmp_path / "w", council="annual_meetings: [2026-09-30]\n", _2026_09_07=BEFORE)
    assert "Public Business 1. Declarations" in words_of(made)


def test_change_to_an_earlier_meeting_moves_the_numbers_of_an_unchanged_one(tmp_path: Path) -> None:
    made = minuted(tmp_path / "w", _2026_09_07=BEFORE)
    assert "13. Declarations" in words_of(made)
    made.write("minutes/trees-panel/2026-09-07.md", BEFORE + "\n## Three\n\nWords.\n")
    assert "14. Declarations" in words_of(made)


def test_only_petition_of_a_minute_has_no_numeral(tmp_path: Path) -> None:
    second = MINUTES[MINUTES.index("```petition\nkind: paper") : MINUTES.index("RESOLVED")]
    words = words_of(minuted(tmp_path / "w", MINUTES.replace(second, "")))
    assert "i) An e-petition" not in words
    assert "2. Petitions An e-petition headed ‘Save the Oak’" in words


def test_minutes_are_named_by_their_date_in_plan_and_outline(tmp_path: Path) -> None:
    made = minuted(tmp_path / "w")
    entry = made.built()["entries"][1]
    assert (entry["kind"], entry["title"]) == ("minutes", "Minutes of the meeting held on 5 October 2026")
    assert entry["source"] == "minutes/trees-panel/2026-10-05.md"
    assert outline(made.pack)[1].children[0].title == "Minutes of the meeting held on 5 October 2026"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("date: 2026-10-05", "date: 2026-10-32", "line 3, column 7: 'date'"),
        ("date: 2026-10-05", "date: 2026-10-06", "the date is 2026-10-06, but the file's name says 2026-10-05"),
        ("body: trees-panel", "body: tree-panel", "did you mean trees-panel"),
        ("## Petitions", "## 14. Petitions", "minutes are numbered for you"),
        ("kind: paper petition\n", "", "'kind' is missing"),
        ("signatures: 1204", "signatures: many", "line 27, column 13: 'signatures' must be a whole number"),
        ("attended: false\n```", "attended: false\n", "is never closed"),
    ],
)
def test_fault_in_minutes_is_named_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in MINUTES
    made = minuted(tmp_path / "w", MINUTES.replace(old, new, 1))
    result = made.build()
    assert result.exit_code == 3
    assert "2026-10-05.md, line " in result.stderr
    assert message in result.stderr
    assert not (made.output / "plan.json").exists()


def test_minutes_of_another_kind_of_file_go_in_as_they_are(tmp_path: Path) -> None:
    file = "minutes/trees-panel/2026-10-05.pdf"
    made = case(tmp_path / "w", [{"title": "Minutes", "papers": [{"file": file, "kind": "minutes"}]}])
    (made.root / "minutes/trees-panel").mkdir(parents=True)
    made.pdf("x.pdf", "Minutes typed elsewhere.").rename(made.root / file)
    assert "Minutes typed elsewhere." in words_of(made)
