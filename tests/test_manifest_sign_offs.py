"""signoffs.yaml and the head of a report in Markdown."""

from pathlib import Path

import pytest

from pipeline.errors import ManifestError
from pipeline.manifest import read_front_matter, read_sign_offs_yaml
from pipeline.model import Person, ReportText, SignOffRow, SignOffTable


def written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_sign_offs_are_read_and_dates_printed_as_the_table_has_them(tmp_path: Path) -> None:
    text = """\
contributors:
  - {name: J Bell, title: Library Manager, directorate: People, sent: 2017-08-17, answered: 31 August 2017}
approvers:
  - {role: Finance, name: M Cole, title: Finance Manager, directorate: Place, sent: 8/9/17, answered: 26/09/2017}
  - {role: Members, name: Councillor A Khan, sent: 14/09/2017}
"""
    assert read_sign_offs_yaml(written(tmp_path, "signoffs.yaml", text)) == SignOffTable(
        contributors=(SignOffRow("J Bell", "Library Manager", "People", "17/08/2017", "31/08/2017"),),
        approvers=(
            SignOffRow("M Cole", "Finance Manager", "Place", "08/09/2017", "26/09/2017", "Finance"),
            SignOffRow("Councillor A Khan", "", "", "14/09/2017", "", "Members"),
        ),
    )


def test_sign_offs_give_every_fault(tmp_path: Path) -> None:
    text = (
        "contributors:\n  - {title: Manager}\n  - {name: J Bell, sent: 10/31/2017, answerd: 1 May 2017}\naprovers: []\n"
    )
    with pytest.raises(ManifestError) as caught:
        read_sign_offs_yaml(written(tmp_path, "signoffs.yaml", text))
    assert [(fault.line, fault.message) for fault in caught.value.faults] == [
        (2, "'name' is missing in entry 1 of 'contributors'"),
        (3, "'sent' is wrong: there is no month 31 in \"10/31/2017\"; the day comes first: for 31 October 2017 "
         "write 31/10/2017"),
        (3, "unknown key 'answerd'; did you mean 'answered'?"),
        (4, "unknown key 'aprovers'; did you mean 'approvers'?"),
    ]  # fmt: skip


def test_empty_sign_offs_say_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="Write  contributors:  and  approvers:"):
        read_sign_offs_yaml(written(tmp_path, "signoffs.yaml", ""))


def test_head_of_a_report_is_read_and_its_text_keeps_its_line(tmp_path: Path) -> None:
    text = """\
---
title: "Trees: a survey"
cabinet_member: Councillor A Khan
wards: All
key_decision: No
questions:
  Will this report go to Council?: No
authors: J Bell (Tree Officer), M Cole
contact: 01632 960001
---
## Context
"""
    report, body, line = read_front_matter(written(tmp_path, "report.md", text))
    assert report == ReportText(
        title="Trees: a survey",
        cabinet_member="Councillor A Khan",
        wards="All",
        key_decision="No",
        questions=(("Will this report go to Council?", "No"),),
        authors=(Person("J Bell", "Tree Officer"), Person("M Cole")),
        contact="01632 960001",
    )
    assert (body, line) == ("## Context\n", 11)


def test_report_without_a_head_is_all_text(tmp_path: Path) -> None:
    path = written(tmp_path, "report.md", "# Trees\n\nText.\n")
    assert read_front_matter(path) == (ReportText(), "# Trees\n\nText.\n", 1)


def test_fault_in_the_head_of_a_report_has_the_line_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ManifestError) as caught:
        read_front_matter(written(tmp_path, "report.md", "---\nwards: All\nauthor: J Bell\n---\n"))
    (fault,) = caught.value.faults
    assert (fault.line, fault.message) == (3, "unknown key 'author'; did you mean 'authors'?")
