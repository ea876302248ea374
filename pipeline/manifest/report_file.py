"""A report in Markdown: the keys at its head, and its text."""

from pathlib import Path

from pydantic import Field

from pipeline.errors import ManifestError
from pipeline.manifest.checking import checked
from pipeline.manifest.council import people
from pipeline.manifest.fields import Line, Record
from pipeline.manifest.minutes_records import People
from pipeline.manifest.yamlfile import head_and_body, parse_keys, read_text
from pipeline.model import ReportText


class ReportFile(Record):
    """A report written in Markdown may begin with these keys between two lines of ---; its headings stand below."""

    title: Line = Field(
        "", description="The title; left out, it is the first heading, else the agenda's.", examples=["Street Trees"]
    )
    level: Line = Field("", description="What the report is, under Public Report.", examples=["Cabinet Member Report"])
    cabinet_member: Line = Field("", description="Name of Cabinet Member.", examples=["Councillor A Khan"])
    director: Line = Field(
        "",
        description="Director approving submission; left out, it is the item's `report_of`.",
        examples=["Director of Place"],
    )
    wards: Line = Field("", description="Ward(s) affected.", examples=["All"])
    key_decision: Line = Field("", description="Is this a key decision?", examples=["No"])
    questions: dict[Line, Line] = Field(
        default_factory=dict,
        description="The form's further questions and their answers, as printed.",
        examples=[{"Will this report go to Council?": "No"}],
    )
    authors: People = Field((), description="Who wrote it, with their posts.", examples=[["J Bell (Tree Officer)"]])
    directorate: Line = Field("", description="The authors' directorate.", examples=["Place"])
    contact: Line = Field("", description="How to reach them.", examples=["trees@ardenshire.example"])


def read_front_matter(path: Path) -> tuple[ReportText, str, int]:
    """Return what the report's head says, its text, and the line of the file where that text begins.

    A report without a head is all text. Raises ManifestError with every fault, with the lines of the file.
    """
    text, faults = read_text(path)
    if text is None:
        raise ManifestError(faults)
    head, body, line = head_and_body(text)
    if not head:
        return ReportText(), text, 1
    file = parse_keys(head, path, first_line=2)
    record = checked(ReportFile, file)
    if record is None or file.faults:
        raise ManifestError(file.sorted_faults())
    return (
        ReportText(
            title=record.title,
            level=record.level,
            cabinet_member=record.cabinet_member,
            director=record.director,
            wards=record.wards,
            key_decision=record.key_decision,
            questions=tuple(record.questions.items()),
            authors=people(record.authors),
            directorate=record.directorate,
            contact=record.contact,
        ),
        body,
        line,
    )
