"""The keys at the head of minutes, and those of a sign-off file in YAML."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from pipeline.manifest.council_records import PersonRecord
from pipeline.manifest.fields import Date, Line, Ordinal, Record, Slug, Time

_COMMA = re.compile(r",\s*(?![^()]*\))")


def _people(value: Any) -> Any:
    """One line of text is a list of names with commas between them; a comma in brackets belongs to a role."""
    return [name for name in _COMMA.split(value) if name] if isinstance(value, str) else value


def _apologies(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return [] if value.strip(" .").lower() in ("none", "nil", "there were no apologies") else [value]


People = Annotated[
    tuple[PersonRecord, ...], BeforeValidator(_people, json_schema_input_type=tuple[PersonRecord, ...] | str)
]
Apologies = Annotated[tuple[Line, ...], BeforeValidator(_apologies, json_schema_input_type=tuple[str, ...] | str)]


class MinutesFile(Record):
    """A file in the minute book, minutes/<body>/<date>.md, begins with these keys between two lines of ---."""

    body: Slug = Field(description="The `slug` of the body in council.yaml.", examples=["cabinet-member-children"])
    date: Date = Field(description="The day of the meeting.", examples=["28 February 2017"])
    time: Time | None = Field(None, description="When it began.", examples=["2.00 pm"])
    place: Line = Field("", description="Where it met.", examples=["Diamond Room 1 - Council House"])
    present: dict[Line, People] = Field(
        default_factory=dict,
        description="Those present, by heading; a list alone is printed under Members. Officers may stand here too, "
        "under `officers`.",
        examples=[{"Cabinet Member": ["Councillor A Khan"]}],
        json_schema_extra={"type": ["object", "array"]},
    )
    officers: dict[Line, People] = Field(
        default_factory=dict,
        description="Officers present, by directorate.",
        examples=[{"People": ["J Bell", "M Cole"]}],
    )
    apologies: Apologies = Field((), description="Who sent apologies.", examples=[["Councillor C Hill"]])
    first_number: Ordinal | None = Field(
        None, description="The number of the first minute. Left out: it runs on from the meeting before.", examples=[13]
    )
    closed: Time | None = Field(None, description="When the meeting closed.", examples=["3.15 pm"])


class SignOffRowRecord(Record):
    """Somebody who contributed to a report or approved it."""

    name: Line = Field(description="The name.", examples=["J Bell"])
    title: Line = Field("", description="The post.", examples=["Finance Manager"])
    directorate: Line = Field("", description="The directorate or organisation.", examples=["Place"])
    sent: Date | None = Field(None, description="When the report was sent to them.", examples=["08/09/2017"])
    answered: Date | None = Field(None, description="When they answered or approved.", examples=["26/09/2017"])
    role: Line = Field("", description="What is printed before an approver's name.", examples=["Finance"])


class SignOffsFile(Record):
    """signoffs.yaml, which a report names with `sign_offs:`, holds what the sign-off table prints."""

    contributors: tuple[SignOffRowRecord, ...] = Field(
        (), description="Who contributed.", examples=[[{"name": "J Bell"}]]
    )
    approvers: tuple[SignOffRowRecord, ...] = Field(
        (), description="Who approved.", examples=[[{"name": "M Cole", "role": "Finance"}]]
    )
