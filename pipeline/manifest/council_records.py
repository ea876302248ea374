"""The keys of council.yaml. The descriptions are the field reference that officers read (docs/fields.md)."""

import re
from typing import Any

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from pipeline.manifest.fields import (
    AsWritten,
    Count,
    Date,
    FileName,
    Flag,
    Language,
    Line,
    NumberingWord,
    PaddingWord,
    Prose,
    Record,
    Slug,
    SupplementWord,
    Time,
    line,
    refuse,
)


class TextRecord(Record):
    """A record that may also be written as one line of text (``from_text`` splits it)."""

    @classmethod
    def from_text(cls, text: str) -> dict[str, str]:
        raise NotImplementedError

    @model_validator(mode="before")
    @classmethod
    def _text(cls, value: Any) -> Any:
        return cls.from_text(line(value)) if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        keys = handler.resolve_ref_schema(handler(schema))
        own = {"title": keys.pop("title"), "description": keys.pop("description", "")}
        return {**own, "anyOf": [{"type": "string"}, keys]}


class PersonRecord(TextRecord):
    """A person. Plain text does as well: Councillor A Khan (Cabinet Member)"""

    name: Line = Field(description="The name as it is printed.", examples=["Councillor A Khan"])
    role: Line = Field("", description="What is printed in brackets after the name.", examples=["Cabinet Member"])

    @classmethod
    def from_text(cls, text: str) -> dict[str, str]:
        match = re.fullmatch(r"(.+?)\s*\((.+)\)", text)
        return {"name": match[1], "role": match[2]} if match else {"name": text}


class ContactRecord(Record):
    """Whom to contact about the agenda. What is left out comes from the body's contact, then from the council's."""

    team: Line = Field("", description="The team.", examples=["Governance Services"])
    name: Line = Field("", description="The officer.", examples=["Jo Bell"])
    telephone: AsWritten = Field("", description="The number, spaced as it is printed.", examples=["01632 960001"])
    email: Line = Field("", description="The address; it becomes a link.", examples=["committees@ardenshire.example"])


class ProperOfficerRecord(Record):
    """The proper officer, who signs the front sheet."""

    name: Line = Field(description="The name.", examples=["R Marsh"])
    title: Line = Field("", description="The post.", examples=["Director of Law and Governance"])
    address: Line = Field("", description="The address, on one line.", examples=["Council House, Ardenshire"])


class CouncilNameRecord(Record):
    """The council itself."""

    name: Line = Field(description="The council's name in full.", examples=["Ardenshire City Council"])
    website: Line = Field("", description="The address of its website.", examples=["https://www.ardenshire.example"])
    address: Line = Field("", description="The address of its offices.", examples=["Council House"])
    crest: FileName | None = Field(
        None, description="A picture for the front sheet, in the folder of council.yaml.", examples=["crest.svg"]
    )
    language: Language = Field("en-GB", description="The language of the papers.", examples=["en-GB"])


class NumberingRecord(Record):
    """Page numbers."""

    from_: NumberingWord = Field(
        "front_sheet",
        validate_default=True,
        alias="from",
        description="Page 1 is the front sheet, or the first paper after it (the front sheet then has no number).",
        examples=["front_sheet"],
    )


class SignOffsRecord(Record):
    """Contributors and approvers of reports."""

    publish: Flag = Field(True, description="Print the sign-off table in the public pack?", examples=[True])
    required: dict[Line, tuple[Line, ...]] = Field(
        default_factory=dict,
        description="For each type of report, who must approve it.",
        examples=[{"cabinet_member_report": ["finance", "legal", "director", "member"]}],
    )
    order: tuple[Line, ...] = Field(
        (), description="The order in which approvers answer.", examples=[["finance", "legal", "director", "member"]]
    )
    lead_days: dict[Line, Count] = Field(
        default_factory=dict, description="Working days that each approver needs.", examples=[{"finance": 5}]
    )


class ReportHeadingRecord(TextRecord):
    """A numbered heading of the council's report form. Plain text does as well: 5.1 Financial implications"""

    number: AsWritten = Field(description="Its number.", examples=["5.1"])
    title: Line = Field(description="Its words.", examples=["Financial implications"])
    required: Flag = Field(True, description='Must an empty one say "None"?', examples=[True])

    @classmethod
    def from_text(cls, text: str) -> dict[str, str]:
        match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)*)\.?\s+(.+)", text)
        if not match:
            raise refuse("must begin with the heading's number", "Write for example  5.1 Financial implications")
        return {"number": match[1], "title": match[2]}


class StandingItemRecord(Record):
    """An item that stands on every agenda of the body."""

    title: Line = Field(description="The title.", examples=["Apologies"])
    kind: Line = Field("", description="`minutes`: the last minutes are attached here.", examples=["minutes"])
    text: Prose = Field(
        "", description="What is printed below the title.", examples=["There are no outstanding issues."]
    )
    items: tuple[Line, ...] = Field((), description="Sub-items (a), (b) ...", examples=[["Matters Arising"]])


class BodyRecord(Record):
    """A committee, a cabinet or a single Cabinet Member."""

    slug: Slug = Field(
        description="Its short name in folder names and addresses.", examples=["cabinet-member-children"]
    )
    name: Line = Field(
        description="Its name as it is printed.", examples=["Cabinet Member for Children and Young People"]
    )
    notice: Line = Field("", description="The notice rule, by name.", examples=["principal_council"])
    members: tuple[PersonRecord, ...] = Field(
        (), description="The members, as the front sheet lists them.", examples=[["Councillor A Khan (Cabinet Member)"]]
    )
    by_invitation: tuple[PersonRecord, ...] = Field(
        (), description="Those always invited.", examples=[["Councillor B Jones (Shadow Cabinet Member)"]]
    )
    standing_items: tuple[StandingItemRecord, ...] = Field(
        (), description="The items that `civicpack new` puts on a fresh agenda.", examples=[[{"title": "Apologies"}]]
    )
    contact: ContactRecord | None = Field(
        None, description="The body's own contact.", examples=[{"name": "Jo Bell", "telephone": "01632 960002"}]
    )
    place: Line = Field("", description="Where it usually meets.", examples=["Diamond Room 1 - Council House"])
    time: Time | None = Field(None, description="When it usually meets.", examples=["3.30 pm"])


class CouncilFile(Record):
    """council.yaml stands at the top of the workspace and says what is the same for every meeting."""

    council: CouncilNameRecord = Field(
        description="Its name, its website, its address.", examples=[{"name": "Ardenshire City Council"}]
    )
    contact: ContactRecord = Field(
        default_factory=lambda: ContactRecord.model_validate({}),
        description="Whom to contact about agendas.",
        examples=[{"team": "Governance Services", "telephone": "01632 960001"}],
    )
    proper_officer: ProperOfficerRecord | None = Field(
        None, description="Who signs the front sheet.", examples=[{"name": "R Marsh"}]
    )
    access_notes: tuple[Prose, ...] = Field(
        (),
        description="Notes at the foot of the front sheet.",
        examples=[["A hearing loop is available in the committee rooms."]],
    )
    numbering: NumberingRecord = Field(
        default_factory=lambda: NumberingRecord.model_validate({}),
        description="Where page numbers begin.",
        examples=[{"from": "front_sheet"}],
    )
    padding: PaddingWord = Field(
        "paper",
        validate_default=True,
        description="What starts on an odd page and is filled up to an even number of pages: each paper, each item, "
        "or nothing (for packs read on a screen).",
        examples=["paper"],
    )
    supplement_numbering: SupplementWord = Field(
        "continue", description="Does a supplement's numbering go on from the pack before it?", examples=["continue"]
    )
    sign_offs: SignOffsRecord = Field(
        default_factory=lambda: SignOffsRecord.model_validate({}),
        description="Who contributes to reports and approves them.",
        examples=[{"publish": True}],
    )
    closed_days: tuple[Date, ...] = Field(
        (),
        description="Days the council is closed, beside weekends and bank holidays.",
        examples=[["29 December 2026"]],
    )
    annual_meetings: tuple[Date, ...] = Field(
        (), description="Dates of the Annual Meeting: minute numbers begin again at 1.", examples=[["18 May 2017"]]
    )
    report_headings: tuple[ReportHeadingRecord, ...] | None = Field(
        None,
        description="The numbered headings of the report form. Left out: the usual headings 1 to 6.",
        examples=[["5.1 Financial implications"]],
    )
    bodies: tuple[BodyRecord, ...] = Field(
        (),
        description="The bodies that meet.",
        examples=[[{"slug": "cabinet-member-children", "name": "Cabinet Member for Children and Young People"}]],
    )
