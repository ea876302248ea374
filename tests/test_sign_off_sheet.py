"""The sign-off table of a report, read from a workbook. All people are invented."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.errors import ManifestError
from pipeline.model import SignOffRow, SignOffTable
from pipeline.office.sign_offs import HEADING_WORDS, HEADINGS, has_sign_off_table, read_sign_off_workbook

CONTRIBUTORS = ["Contributors:"]
APPROVERS = ["Names of approvers for submission: (officers and members)"]
SENT, ANSWERED = dt.date(2017, 9, 8), dt.date(2017, 9, 26)
JANE: list[Any] = ["Jane Roe", "Finance Manager", "Place", SENT, ANSWERED]


def workbook(folder: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    path = folder / "signoffs.xlsx"
    book.save(path)
    return path


def read(folder: Path, *rows: Sequence[Any]) -> SignOffTable:
    return read_sign_off_workbook(workbook(folder, rows), "signoffs.xlsx")


def faults(folder: Path, *rows: Sequence[Any]) -> list[tuple[int | None, str]]:
    with pytest.raises(ManifestError) as raised:
        read(folder, *rows)
    assert {fault.file for fault in raised.value.faults} == {Path("signoffs.xlsx")}
    return [(fault.line, fault.message) for fault in raised.value.faults]


def test_contributors_and_approvers_are_read_as_printed(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        HEADINGS,
        CONTRIBUTORS,
        JANE,
        [],
        ["Ann Other", "Governance Services Officer", "Place", "8 September 2017", "No response"],
        APPROVERS,
        ["Finance: Jane Roe", "Finance Manager", "Place", "08.09.17", dt.date(2017, 9, 11)],
        ["Sam Poe", "Director of Children's Services", "", SENT, None],
        ["Members: Councillor A Khan", "Cabinet Member", None, SENT, ANSWERED],
    )
    assert table.contributors == (
        SignOffRow("Jane Roe", "Finance Manager", "Place", "08/09/2017", "26/09/2017"),
        SignOffRow("Ann Other", "Governance Services Officer", "Place", "08/09/2017", "No response"),
    )
    assert table.approvers == (
        SignOffRow("Jane Roe", "Finance Manager", "Place", "08/09/2017", "11/09/2017", role="Finance"),
        SignOffRow("Sam Poe", "Director of Children's Services", "", "08/09/2017", ""),
        SignOffRow("Councillor A Khan", "Cabinet Member", "", "08/09/2017", "26/09/2017", role="Members"),
    )


def test_headings_may_stand_lower_in_other_words_and_other_order(tmp_path: Path) -> None:
    headings = ["No.", "DIRECTORATE", " contributor / approver\nNAME ", "Job title", "Date sent", "Date approved"]
    table = read(
        tmp_path,
        ["Report on complaints"],
        [],
        headings,
        [None, None, "CONTRIBUTORS"],
        [1, "People", "Jane Roe", "Manager", SENT, ANSWERED],
        [None, None, "Approvers:"],
        [2, "Place", "Legal:Sam Poe", "Solicitor", SENT, "n/a"],
    )
    assert table.contributors == (SignOffRow("Jane Roe", "Manager", "People", "08/09/2017", "26/09/2017"),)
    assert table.approvers == (SignOffRow("Sam Poe", "Solicitor", "Place", "08/09/2017", "n/a", role="Legal"),)


def test_sub_heading_row_may_hold_counts_beside_it(tmp_path: Path) -> None:
    assert len(read(tmp_path, HEADINGS, ["Contributors:", 1, 1, None, 1], JANE).contributors) == 1


def test_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    path = workbook(tmp_path, [HEADINGS, CONTRIBUTORS, JANE])
    book = openpyxl.load_workbook(path)
    old = book.active
    new = book.create_sheet("Now")
    for row in (HEADINGS, CONTRIBUTORS, ["Sam Poe", "Solicitor", "Place", SENT, ANSWERED]):
        new.append(list(row))
    old.sheet_state = "hidden"
    book.active = new
    book.save(path)
    assert [row.name for row in read_sign_off_workbook(path, "s.xlsx").contributors] == ["Sam Poe"]


def test_every_row_that_cannot_be_understood_is_told_with_its_number(tmp_path: Path) -> None:
    assert faults(
        tmp_path,
        ["Sign-offs"],
        HEADINGS,
        JANE,
        CONTRIBUTORS,
        [None, "Manager", "Place", SENT, ANSWERED],
        [42, "Manager", "Place", SENT, ANSWERED],
        ["Jane Roe", "Manager", "#REF!", SENT, ANSWERED],
        ["Jane Roe", "Manager", "Place", 42986, ANSWERED],
        ["Jane Roe", "Manager", "Place", SENT, "31/09/2017"],
    ) == [
        (3, "It is not said whether Jane Roe is a contributor or an approver."),
        (5, "This row has no name."),
        (6, "'42' is not a name."),
        (7, "A cell of this row shows an error."),
        (8, "'42986' is a number, not a date: format the cell as a date."),
        (9, "31 September 2017 does not exist: September has 30 days."),
    ]


def test_missing_column_is_named(tmp_path: Path) -> None:
    assert faults(tmp_path, HEADINGS[:4], CONTRIBUTORS, JANE[:4]) == [
        (None, "The sign-off table has no column 'Date response received or approved'.")
    ]


def test_workbook_without_headings_is_told_the_five(tmp_path: Path) -> None:
    with pytest.raises(ManifestError) as raised:
        read(tmp_path, *([["x"]] * 20), HEADINGS, CONTRIBUTORS, JANE)
    (fault,) = raised.value.faults
    assert fault.message == "No sign-off table was found in the first 20 rows."
    assert all(heading in fault.remedy for heading in HEADINGS)


def test_table_without_rows_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, HEADINGS, CONTRIBUTORS, APPROVERS) == [(1, "The sign-off table has no rows.")]


def test_damaged_workbook_is_a_fault_of_the_register(tmp_path: Path) -> None:
    path = workbook(tmp_path, [HEADINGS, CONTRIBUTORS, JANE])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ManifestError, match=r"signoffs\.xlsx: This file is cut short or damaged"):
        read_sign_off_workbook(path, "signoffs.xlsx")


def test_reference_headings_are_a_sign_off_table() -> None:
    assert has_sign_off_table(
        ["Contributor/ approver name", "Title", "Directorate or organisation", "Date doc sent out",
         "Date response received or approved"]
    )  # fmt: skip
    words = " ".join(HEADINGS).lower()
    assert all(word in words for word in HEADING_WORDS)


@pytest.mark.parametrize(
    "texts",
    [
        [],
        HEADINGS[:4],
        ["Service", "Budget", "Actual", "Forecast", "Variance"],
        ["Name", "Title", "Organisation", "Telephone", "E-mail"],
        ["The contributor sent a response about the title of the directorate, and it was received in time", "", "", ""],
    ],
)
def test_other_headings_are_no_sign_off_table(texts: list[str]) -> None:
    assert not has_sign_off_table(texts)
