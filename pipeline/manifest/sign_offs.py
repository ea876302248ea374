"""signoffs.yaml -> SignOffTable."""

import datetime as dt
from pathlib import Path

from pipeline import dates
from pipeline.errors import ManifestError
from pipeline.manifest.checking import checked
from pipeline.manifest.minutes_records import SignOffRowRecord, SignOffsFile
from pipeline.manifest.yamlfile import read_yaml
from pipeline.model import SignOffRow, SignOffTable


def read_sign_offs_yaml(path: Path) -> SignOffTable:
    """Return the contributors and approvers of a report; dates as the table prints them, 17/08/2017.

    Raises ManifestError with every fault.
    """
    file = read_yaml(path, "Write  contributors:  and  approvers:  each with a list of people.")
    record = checked(SignOffsFile, file)
    if record is None or file.faults:
        raise ManifestError(file.sorted_faults())
    return SignOffTable(tuple(map(_row, record.contributors)), tuple(map(_row, record.approvers)))


def _row(record: SignOffRowRecord) -> SignOffRow:
    return SignOffRow(
        name=record.name,
        title=record.title,
        directorate=record.directorate,
        sent=_printed(record.sent),
        answered=_printed(record.answered),
        role=record.role,
    )


def _printed(date: dt.date | None) -> str:
    return dates.table_date(date) if date else ""
