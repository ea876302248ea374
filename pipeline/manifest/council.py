"""council.yaml -> Council."""

from pathlib import Path

from pipeline.errors import ManifestError
from pipeline.manifest.checking import checked
from pipeline.manifest.council_records import (
    BodyRecord,
    ContactRecord,
    CouncilFile,
    PersonRecord,
    ReportHeadingRecord,
)
from pipeline.manifest.files import Problem, find_file
from pipeline.manifest.yamlfile import YamlFile, read_yaml
from pipeline.model import (
    Body,
    Contact,
    Council,
    Person,
    ProperOfficer,
    ReportHeading,
    SignOffRules,
    StandingItem,
    Workspace,
)

PICTURES = (".svg", ".png", ".jpg", ".jpeg")

#: The usual numbered headings of an English council's report to its cabinet or a Cabinet Member.
REPORT_HEADINGS = (
    ReportHeading("1", "Context (or background)"),
    ReportHeading("2", "Options considered and recommended proposal"),
    ReportHeading("3", "Results of consultation undertaken"),
    ReportHeading("4", "Timetable for implementing this decision"),
    ReportHeading("5", "Comments from the Director of Finance and the Director of Law and Governance"),
    ReportHeading("5.1", "Financial implications"),
    ReportHeading("5.2", "Legal implications"),
    ReportHeading("6", "Other implications"),
    ReportHeading("6.1", "How will this contribute to the Council Plan?"),
    ReportHeading("6.2", "How is risk being managed?"),
    ReportHeading("6.3", "What is the impact on the organisation?"),
    ReportHeading("6.4", "Equalities and equality impact"),
    ReportHeading("6.5", "Implications for (or impact on) climate change and the environment"),
    ReportHeading("6.6", "Implications for partner organisations"),
)


def load_council(workspace: Workspace) -> Council:
    """Return the council of a workspace. Raises ManifestError with every fault in council.yaml."""
    council, file = read_council(workspace)
    if council is None or file.faults:
        raise ManifestError(file.sorted_faults())
    return council


def read_council(workspace: Workspace) -> tuple[Council | None, YamlFile]:
    """Return the council as far as it can be read, and council.yaml with its faults."""
    path = workspace.council_file
    file = read_yaml(path, "Copy the council.yaml that  civicpack init DIR  makes, and fill it in.")
    record = checked(CouncilFile, file)
    if record is None:
        return None, file
    _check_repeats(record, file)
    return _council(record, _crest(record, file, workspace.root)), file


def _check_repeats(record: CouncilFile, file: YamlFile) -> None:
    _check_unlike([body.slug for body in record.bodies], file, ("bodies",), "slug", "two bodies have the slug")
    headings = [heading.number for heading in record.report_headings or ()]
    _check_unlike(headings, file, ("report_headings",), "number", "two report headings have the number")


def _check_unlike(words: list[str], file: YamlFile, loc: tuple[str | int, ...], key: str, said: str) -> None:
    """Note a fault for each word that was there before."""
    first: dict[str, int] = {}
    for index, word in enumerate(words):
        here = (*loc, index, key)
        if word in first and file.is_sound(here) and file.is_sound((*loc, first[word], key)):
            file.fault(here, f"{said} {word}, the first in line {file.line((*loc, first[word], key))}", "Change one.")
        first.setdefault(word, index)


def _crest(record: CouncilFile, file: YamlFile, root: Path) -> Path | None:
    loc = ("council", "crest")
    if record.council.crest is None or not file.is_sound(loc):
        return None
    found = find_file(record.council.crest, root, root, PICTURES)
    if isinstance(found, Problem):
        file.fault(loc, found.message, found.remedy)
        return None
    return found


def _council(record: CouncilFile, crest: Path | None) -> Council:
    headings = record.report_headings
    officer, rules = record.proper_officer, record.sign_offs
    return Council(
        name=record.council.name,
        website=record.council.website,
        address=record.council.address,
        crest=crest,
        language=record.council.language,
        contact=contact_of(record.contact),
        proper_officer=ProperOfficer(officer.name, officer.title, officer.address) if officer else None,
        access_notes=record.access_notes,
        numbering=record.numbering.from_,
        padding=record.padding,
        supplement_numbering=record.supplement_numbering,
        sign_offs=SignOffRules(
            rules.publish, tuple(rules.required.items()), rules.order, tuple(rules.lead_days.items())
        ),
        closed_days=record.closed_days,
        annual_meetings=tuple(sorted(record.annual_meetings)),
        report_headings=REPORT_HEADINGS if headings is None else tuple(map(_heading, headings)),
        bodies=tuple(map(_body, record.bodies)),
    )


def _heading(record: ReportHeadingRecord) -> ReportHeading:
    return ReportHeading(record.number, record.title, record.required)


def _body(record: BodyRecord) -> Body:
    return Body(
        slug=record.slug,
        name=record.name,
        notice=record.notice,
        members=people(record.members),
        by_invitation=people(record.by_invitation),
        standing_items=tuple(StandingItem(i.title, i.kind, i.text, i.items) for i in record.standing_items),
        contact=contact_of(record.contact) if record.contact else None,
        place=record.place,
        time=record.time,
    )


def people(records: tuple[PersonRecord, ...]) -> tuple[Person, ...]:
    return tuple(Person(record.name, record.role) for record in records)


def contact_of(record: ContactRecord) -> Contact:
    return Contact(record.team, record.name, record.telephone, record.email)


def merged(*contacts: Contact | None) -> Contact:
    """Return a contact whose every part comes from the first of these that has it."""
    known = [contact for contact in contacts if contact]
    parts = {
        part: next((value for contact in known if (value := getattr(contact, part))), "")
        for part in ("team", "name", "telephone", "email")
    }
    return Contact(**parts)
