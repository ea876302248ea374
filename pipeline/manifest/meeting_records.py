"""The keys of meeting.yaml. The descriptions are the field reference that officers read (docs/fields.md)."""

from pydantic import Field

from pipeline.manifest.council_records import ContactRecord, PersonRecord
from pipeline.manifest.fields import (
    AsWritten,
    Count,
    Date,
    FileName,
    Flag,
    ItemNumber,
    KindWord,
    Line,
    Ordinal,
    Paragraph,
    Prose,
    PublicityWord,
    Record,
    Slug,
    StateWord,
    Time,
)


class ExemptRecord(Record):
    """Why something is withheld (Local Government Act 1972, Schedule 12A)."""

    paragraph: Paragraph = Field(description="The paragraph of Schedule 12A, Part 1.", examples=[3])
    reason: Prose = Field(
        description="Why the public interest in withholding it outweighs the public interest in showing it.",
        examples=["It would show bidders each other's prices."],
    )


class UrgentRecord(Record):
    """Why late business cannot wait (Local Government Act 1972, s.100B(4)(b))."""

    reason: Prose = Field(description="The special circumstances.", examples=["The grant must be accepted by Friday."])
    agreed_by: Line = Field(description="Who agreed, as the law has it the chair.", examples=["Councillor A Khan"])


class PetitionRecord(Record):
    """A petition."""

    kind: Line = Field(description="What it is.", examples=["e-petition", "paper petition"])
    heading: Line = Field(description="Its heading, without quotation marks.", examples=["Save the Park"])
    received: Date | None = Field(None, description="The day it was received.", examples=["1 September 2017"])
    signatures: Count | None = Field(None, description="How many signed it.", examples=[382])
    statement: Prose = Field("", description="Its words.", examples=["Keep the park open for everybody."])
    organiser: Line = Field("", description="Who organised it.", examples=["Sam Poole"])
    attended: Flag | None = Field(None, description="Did the organiser attend the meeting?", examples=[True])


class PaperRecord(Record):
    """A paper of an item. It has a `file`, or it is `to_follow`."""

    id: Slug | None = Field(
        None,
        description="Its lasting name in addresses. Left out: made from the file's name.",
        examples=["complaints-report"],
    )
    file: FileName | None = Field(
        None,
        description="The file, in the meeting's folder, or in the minute book when the path begins with `minutes/`.",
        examples=["report.docx"],
    )
    kind: KindWord = Field("other", validate_default=True, description="What it is.", examples=["report"])
    title: Line = Field(
        "",
        description="The title. Left out: a report takes its item's, minutes their date, others the file's name.",
        examples=["Libraries Annual Report 2016/17"],
    )
    letter: AsWritten = Field("", description="An appendix's letter or number.", examples=["I"])
    report_type: Line = Field(
        "",
        description="Which approvals it needs: a name under `sign_offs: required:` in council.yaml.",
        examples=["cabinet_member_report"],
    )
    sign_offs: FileName | None = Field(
        None, description="The file of its contributors and approvers (.xlsx or .yaml).", examples=["signoffs.xlsx"]
    )
    publicity: PublicityWord | None = Field(
        None, description="Who may see it. Left out: as its item.", examples=["exempt"]
    )
    exempt: ExemptRecord | None = Field(
        None,
        description="Why it is withheld; goes with `publicity: exempt`.",
        examples=[{"paragraph": 3, "reason": "It would show bidders each other's prices."}],
    )
    public_title: Line = Field("", description="The title the public sees.", examples=["Appendix II (exempt)"])
    to_follow: Date | None = Field(
        None, description="The day a paper that is not there yet is expected.", examples=["5 October 2017"]
    )
    supplement: Ordinal | None = Field(None, description="The supplement a late paper goes out in.", examples=[1])
    replaces: Line = Field("", description="The id of the paper it takes the place of.", examples=["complaints-report"])
    urgent: UrgentRecord | None = Field(
        None,
        description="Why it cannot wait.",
        examples=[{"reason": "The grant must be accepted by Friday.", "agreed_by": "Councillor A Khan"}],
    )


class ItemRecord(Record):
    """An item of business. The order of the list is the order of the agenda, and of the papers in the pack."""

    title: Line = Field(description="The title.", examples=["Libraries Annual Report 2016/17"])
    number: ItemNumber | None = Field(
        None, description="Its number, where it is not the next one.", examples=["5a", "12.1"]
    )
    kind: Line = Field("", description="`minutes` or `petition`, or nothing.", examples=["minutes"])
    text: Prose = Field(
        "", description="What is printed below the title.", examples=["There are no outstanding issues."]
    )
    report_of: Line = Field(
        "", description='The post in "Report of the ...".', examples=["Director of Children's Services"]
    )
    items: tuple[Line, ...] = Field(
        (), description="Sub-items; they are printed as (a), (b) ...", examples=[["Matters Arising"]]
    )
    papers: tuple[PaperRecord, ...] = Field(
        (), description="The papers, in the order of the pack.", examples=[[{"file": "report.docx", "kind": "report"}]]
    )
    petitions: tuple[PetitionRecord, ...] = Field(
        (),
        description="Petitions; they are printed as a paper of the item.",
        examples=[[{"kind": "e-petition", "heading": "Save the Park", "signatures": 382}]],
    )
    publicity: PublicityWord | None = Field(
        None, description="Who may see it. Left out: open in `public`, exempt in `private`.", examples=["open"]
    )
    exempt: ExemptRecord | None = Field(
        None,
        description="Why it is withheld; goes with `publicity: exempt`.",
        examples=[{"paragraph": 3, "reason": "It would show bidders each other's prices."}],
    )
    public_title: Line = Field("", description="The title the public sees.", examples=["A property matter"])
    to_follow: Date | None = Field(None, description="The day its report is expected.", examples=["5 October 2017"])
    urgent: UrgentRecord | None = Field(
        None,
        description="Why it cannot wait.",
        examples=[{"reason": "The grant must be accepted by Friday.", "agreed_by": "Councillor A Khan"}],
    )


class MeetingFile(Record):
    """meeting.yaml stands in the meeting's folder with its papers."""

    body: Line = Field(description="The `slug` of the body in council.yaml.", examples=["cabinet-member-children"])
    date: Date = Field(description="The day of the meeting.", examples=["9 October 2017"])
    time: Time | None = Field(None, description="When it begins. Left out: the body's.", examples=["3.30 pm"])
    place: Line = Field(
        "", description="Where it meets. Left out: the body's.", examples=["Diamond Room 1 - Council House"]
    )
    published: Date | None = Field(
        None, description="The planned or real day of publication.", examples=["29 September 2017"]
    )
    state: StateWord = Field("confirmed", validate_default=True, description="Is it on?", examples=["confirmed"])
    by_invitation: tuple[PersonRecord, ...] | None = Field(
        None,
        description="Those invited. Left out: the body's; `[]`: nobody.",
        examples=[["Councillor B Jones (Shadow Cabinet Member)"]],
    )
    contact: ContactRecord | None = Field(
        None, description="Whom to contact about this meeting.", examples=[{"name": "Jo Bell"}]
    )
    public: tuple[ItemRecord, ...] = Field((), description="Public business.", examples=[[{"title": "Apologies"}]])
    private: tuple[ItemRecord, ...] = Field(
        (), description='Private business. `[]` prints "Nil".', examples=[[{"title": "A property matter"}]]
    )
