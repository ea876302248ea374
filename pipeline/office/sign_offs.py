"""The contributor and approver table of a report: its five columns, and a workbook that holds it."""

import datetime as dt
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from pipeline import dates
from pipeline.errors import Fault, ManifestError
from pipeline.model import SignOffRow, SignOffTable
from pipeline.office.soundness import check_office_file

HEADINGS = (
    "Contributor/approver name",
    "Title",
    "Directorate or organisation",
    "Date doc sent out",
    "Date response received or approved",
)
#: Words that the headings have between them, in lower case: a page that lacks one of them has no sign-off table.
HEADING_WORDS = ("contributor", "approver", "title", "directorate", "organisation", "sent", "response", "approved")
CONTRIBUTORS = "Contributors:"
APPROVERS = "Names of approvers for submission: (officers and members)"
LAST_HEADING_ROW = 20  # the headings stand in one of the first twenty rows

_ROLE = re.compile(r"([^:]{1,40}):\s*(\S.*)")
_FIGURES = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


def has_sign_off_table(texts: Sequence[str]) -> bool:
    """Are these the five headings of a sign-off table, in any order, case and spacing, and in words close to ours?"""
    return len(_columns(texts)) == len(HEADINGS)


def _columns(texts: Iterable[str]) -> dict[int, int]:
    """Return for each heading (0 to 4) the position of the text that says it; the first of two wins."""
    found: dict[int, int] = {}
    for position, text in enumerate(texts):
        heading = _heading(text)
        if heading is not None:
            found.setdefault(heading, position)
    return found


def _heading(text: str) -> int | None:
    """Return which heading a text is: 0 for the name, 4 for the date of the answer, None for no heading."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    if not words or len(words) > 9:
        return None
    if words & {"contributor", "contributors", "approver", "approvers"} or words == {"name"}:
        return 0
    if words <= {"title", "job", "post", "position"}:
        return 1
    if words & {"directorate", "organisation", "organization", "department"}:
        return 2
    if words & {"sent"}:
        return 3
    if words & {"response", "received", "approved", "returned"}:
        return 4
    return None


def read_sign_off_workbook(path: Path, shown_as: str) -> SignOffTable:
    """Return the contributors and approvers that an .xlsx lists below the five headings.

    Rows stand below the sub-headings "Contributors:" and "Names of approvers for submission: ...". Dates print as
    dd/mm/yyyy; an answer that is no date is kept as written. An approver's "Finance: Jane Roe" is a role and a name.
    Raises ManifestError with every row that cannot be understood (its number as the line), or when the headings are
    not found.
    """
    fault = check_office_file(path, shown_as)
    if fault is not None:
        raise ManifestError([fault])
    sheets = _visible_sheets(path, shown_as)
    for sheet in sheets:
        for number, texts in _first_rows(sheet):
            columns = _columns(texts)
            if len(columns) == len(HEADINGS):
                return _Reading(shown_as, sheet, columns).below(number)
    raise ManifestError([_no_headings(shown_as, [texts for sheet in sheets for _, texts in _first_rows(sheet)])])


def _visible_sheets(path: Path, shown_as: str) -> list[Worksheet]:
    """openpyxl warns of what it does not keep when it saves; we only read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            workbook = openpyxl.load_workbook(path, data_only=True)
        except (InvalidFileException, KeyError, ValueError, TypeError, SyntaxError) as error:
            fault = Fault("This workbook cannot be read.", "Open it in Excel and save it again as .xlsx.")
            raise ManifestError([replace(fault, file=Path(shown_as))]) from error
    return [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]


def _first_rows(sheet: Worksheet) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(max_row=LAST_HEADING_ROW, values_only=True), 1):
        yield number, [_text(value) for value in row]


def _no_headings(shown_as: str, rows: Iterable[list[str]]) -> Fault:
    """Say which headings are wanted, and which of them are missing from the row that comes nearest."""
    nearest = max((_columns(texts) for texts in rows), key=len, default={})
    missing = [f"'{heading}'" for number, heading in enumerate(HEADINGS) if number not in nearest]
    wanted = ", ".join(f"'{heading}'" for heading in HEADINGS)
    if 2 <= len(nearest) < len(HEADINGS):
        return Fault(
            f"The sign-off table has no column {' and no column '.join(missing)}.",
            f"Give it the five headings {wanted} in one row.",
            file=Path(shown_as),
        )
    return Fault(
        f"No sign-off table was found in the first {LAST_HEADING_ROW} rows.",
        f"Give it the five headings {wanted} in one row.",
        file=Path(shown_as),
    )


@dataclass
class _Reading:
    """The rows below the headings, read one by one. ``columns`` maps a heading to its column, from 0."""

    shown_as: str
    sheet: Worksheet
    columns: dict[int, int]
    contributors: list[SignOffRow] = field(default_factory=list)
    approvers: list[SignOffRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    into: list[SignOffRow] | None = None

    def below(self, heading_row: int) -> SignOffTable:
        rows = self.sheet.iter_rows(min_row=heading_row + 1, values_only=True)
        for number, row in enumerate(rows, heading_row + 1):
            values = [row[self.columns[heading]] for heading in range(len(HEADINGS))]
            first = next((_text(value) for value in row if _text(value)), "")
            self._take(number, values, first)
        if not self.faults and not self.contributors and not self.approvers:
            self._fault(heading_row, "The sign-off table has no rows.", "Put each person on a row below the headings.")
        if self.faults:
            raise ManifestError(self.faults)
        return SignOffTable(tuple(self.contributors), tuple(self.approvers))

    def _take(self, number: int, values: Sequence[object], first: str) -> None:
        texts = [_text(value) for value in values]
        if not any(texts) and not first:
            return
        sub_heading = _sub_heading(texts[0] or first)
        if sub_heading:
            self.into = self.contributors if sub_heading == CONTRIBUTORS else self.approvers
        elif any(text.startswith("#") and text.endswith(("!", "?", "/A")) for text in texts):
            self._fault(
                number, "A cell of this row shows an error.", "Type what it should say in place of the formula."
            )
        elif not texts[0]:
            if any(texts):
                self._fault(number, "This row has no name.", f"Write the name in the column '{HEADINGS[0]}'.")
        elif self.into is None:
            self._fault(
                number,
                f"It is not said whether {texts[0]} is a contributor or an approver.",
                f"Put a row '{CONTRIBUTORS}' or '{APPROVERS}' above.",
            )
        elif isinstance(values[0], int | float | dt.date):
            self._fault(number, f"'{texts[0]}' is not a name.", f"Write the name in the column '{HEADINGS[0]}'.")
        elif wrong := next((words for value in values[3:] if (words := _wrong_date(value))), ""):
            self._fault(number, wrong, dates.DATE_FORMS)
        else:
            self.into.append(self._row(values))

    def _row(self, values: Sequence[object]) -> SignOffRow:
        name, title, directorate = (_text(value) for value in values[:3])
        role = ""
        if self.into is self.approvers and (match := _ROLE.fullmatch(name)):
            role, name = match.group(1).strip(), match.group(2)
        return SignOffRow(
            name=name,
            title=title,
            directorate=directorate,
            sent=_date_text(values[3]),
            answered=_date_text(values[4]),
            role=role,
        )

    def _fault(self, row: int, message: str, remedy: str) -> None:
        self.faults.append(Fault(message, remedy, file=Path(self.shown_as), line=row))


def _sub_heading(text: str) -> str:
    """Return the sub-heading a text is, in words close to ours, else ""."""
    words = re.findall(r"[a-z]+", text.lower())
    if words in (["contributors"], ["contributor"]):
        return CONTRIBUTORS
    if words and ("approvers" in words[:3] or words == ["approver"]):
        return APPROVERS
    return ""


def _wrong_date(value: object) -> str:
    """Say what is wrong with a date in figures; words ("No response") are no date and may stand."""
    if isinstance(value, int | float):
        return f"'{_text(value)}' is a number, not a date: format the cell as a date."
    text = _text(value)
    if not _FIGURES.fullmatch(text):
        return ""
    try:
        dates.parse_date(text)
    except ValueError as error:
        return f"{str(error)[:1].upper()}{str(error)[1:]}."
    return ""


def _text(value: object) -> str:
    """Return a cell's words on one line; a whole number without its ".0"."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return _date_text(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _date_text(value: object) -> str:
    """Return "08/09/2017" for a date cell or a date in words; any other text as written."""
    if isinstance(value, dt.datetime):
        return dates.table_date(value.date())
    if isinstance(value, dt.date):
        return dates.table_date(value)
    text = _text(value)
    try:
        return dates.table_date(dates.parse_date(text))
    except ValueError:
        return text
