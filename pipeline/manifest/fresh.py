"""The text of a fresh meeting.yaml and of a fresh council.yaml, with remarks that show what else can be written."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

from pipeline import dates
from pipeline.manifest.council import REPORT_HEADINGS, merged
from pipeline.manifest.writing import flow, scalar
from pipeline.model import Body, Contact, Council, Person, StandingItem

_LONG = 100
_HINTS = """
  # A report with its appendices stands as an item of its own, before the last standing item:
  #
  # - title: Libraries Annual Report 2016/17
  #   report_of: Director of Libraries
  #   papers:
  #     - {file: report.docx, kind: report, report_type: cabinet_member_report, sign_offs: signoffs.xlsx}
  #     - {file: appendix-1.docx, kind: appendix, letter: I, title: Visitor figures}
  #     - {title: Appendix II, kind: appendix, letter: II, to_follow: 5 October 2017}
  #
  # A petition:
  #
  # - title: Petition - Save the Park
  #   petitions:
  #     - kind: e-petition
  #       heading: Save the Park
  #       received: 1 September 2017
  #       signatures: 382
  #       organiser: Sam Poole
  #       statement: Keep the park open for everybody.
  #
  # Text with a colon and a space in it, or that begins with a sign, needs double quotes:
  #
  # - title: "Parking: a review"
"""

_PRIVATE = """
# Business that the public may not see. [] prints "Nil". An item looks like this:
#
# - title: Sale of land
#   public_title: A property matter
#   exempt: {paragraph: 3, reason: It would show bidders each other's prices.}
#   papers:
#     - {file: private-report.docx, kind: report}
private: []
"""


def new_meeting_yaml(
    council: Council,
    body: Body,
    date: dt.date,
    last_minutes: Path | None = None,
    published: dt.date | None = None,
) -> str:
    """Return the text of a meeting.yaml with the body's standing items.

    ``last_minutes`` is a file of the minute book, named by its date; it becomes a paper of the first standing item of
    kind "minutes". What council.yaml says already stands there as a remark, for it need not be repeated.
    """
    return "\n".join(
        [
            f"# {body.name}, {dates.notice_date(date)}",
            f"body: {body.slug}",
            f"date: {date.isoformat()}",
            f"time: {dates.clock(body.time)}" if body.time else "# time: 3.30 pm",
            f"place: {scalar(body.place)}" if body.place else "# place: Diamond Room 1 - Council House",
            f"published: {published.isoformat()}" if published else "# published: (the day the agenda goes out)",
            "state: confirmed        # or proposed, cancelled, moved",
            *_who(council, body),
            "",
            "# The order of this list is the order of the agenda, and of the papers in the pack.",
            *_standing(body, last_minutes),
            _HINTS.rstrip(),
            _PRIVATE,
        ]
    )


def _who(council: Council, body: Body) -> Iterator[str]:
    if body.members:
        yield f"# Membership (from council.yaml): {', '.join(map(_named, body.members))}"
    invited = flow([_named(person) for person in body.by_invitation])
    yield (
        f"by_invitation: {invited}"
        if body.by_invitation
        else "# by_invitation: [Councillor B Jones (Shadow Cabinet Member)]"
    )
    contact = _contact_parts(merged(body.contact, council.contact))
    yield f"contact: {flow(contact)}" if contact else "# contact: {name: Jo Bell, telephone: 01632 960001}"


def _contact_parts(contact: Contact) -> dict[str, str]:
    parts = {"team": contact.team, "name": contact.name, "telephone": contact.telephone, "email": contact.email}
    return {key: value for key, value in parts.items() if value}


def _named(person: Person) -> str:
    return f"{person.name} ({person.role})" if person.role else person.name


def _standing(body: Body, last_minutes: Path | None) -> Iterator[str]:
    items = list(body.standing_items)
    if last_minutes and all(item.kind != "minutes" for item in items):
        items.insert(0, StandingItem("Minutes", kind="minutes"))
    if not items:
        yield "public: []"
        return
    yield "public:"
    attached = False
    for item in items:
        attach = last_minutes if item.kind == "minutes" and not attached else None
        attached = attached or attach is not None
        yield from _item(item, body, attach)


def _item(item: StandingItem, body: Body, last_minutes: Path | None) -> Iterator[str]:
    yield f"  - title: {scalar(item.title)}"
    if item.kind:
        yield f"    kind: {scalar(item.kind)}"
    if item.text:
        yield from _text(item.text)
    sub_items = list(item.items)
    if last_minutes:
        agree = f"To agree the minutes of the meeting held on {_held(last_minutes)}."
        sub_items = [agree, *(sub_items or ["Matters Arising"])]
    if sub_items:
        yield "    items:"
        yield from (f"      - {scalar(text)}" for text in sub_items)
    if last_minutes:
        file = scalar(f"minutes/{body.slug}/{last_minutes.name}", in_brackets=True)
        yield "    papers:"
        yield f"      - {{file: {file}, kind: minutes}}"


def _text(text: str) -> Iterator[str]:
    """A long text is folded over several lines."""
    if len(text) < _LONG or "\n" in text:
        yield f"    text: {scalar(text)}"
    else:
        yield "    text: >-"
        yield from (f"      {line}" for line in wrap(text, _LONG, break_long_words=False, break_on_hyphens=False))


def _held(minutes: Path) -> str:
    return dates.day_date(dates.parse_date(minutes.stem))


def council_yaml_template() -> str:
    """Return the text of a council.yaml that loads as it is, every key shown."""
    headings = "\n".join(f"#   - {heading.number} {heading.title}" for heading in REPORT_HEADINGS)
    return _COUNCIL.replace("#   HEADINGS", headings)


_COUNCIL = """\
# What is the same for every meeting of the council. Every key is described in the field reference (docs/fields.md).
# Lines that begin with # are remarks. Text with a colon and a space in it needs double quotes.

council:
  name: Ardenshire City Council             # change this first
  website: https://www.ardenshire.example
  address: Council House, Ardenshire
  # crest: crest.svg                        # a picture in this folder (.svg, .png, .jpg)
  language: en-GB

contact:
  team: Governance Services
  telephone: 01632 960001
  email: committees@ardenshire.example

proper_officer:
  name: R Marsh
  title: Director of Law and Governance
  address: Council House, Ardenshire

access_notes:
  - A hearing loop is available in the committee rooms.
  - If you need a British Sign Language interpreter, or this information in another format or language, please
    contact us.

numbering: {from: front_sheet}              # or first_paper: the front sheet has no number
padding: paper                              # or item, none (none is for packs read on a screen)
supplement_numbering: continue              # or restart

# Contributors and approvers of reports: is their table published, whose approval each type of report needs,
# in which order, and how many working days each is given.
sign_offs:
  publish: true
  required:
    cabinet_member_report: [finance, legal, director, member]
  order: [finance, legal, director, member]
  lead_days: {finance: 5, legal: 5, director: 3, member: 3}

closed_days: []                             # the council's own, beside weekends and bank holidays: [2026-12-29]
annual_meetings: []                         # minute numbers begin again after these days: [2026-05-21]

# The numbered headings of the report form. Left out, they are these:
# report_headings:
#   HEADINGS

bodies:
  - slug: cabinet-member-children           # its short name in folder names and web addresses
    name: Cabinet Member for Children and Young People
    notice: principal_council
    place: Diamond Room 1 - Council House
    time: 3.30 pm
    # contact: {name: Jo Bell, telephone: 01632 960002}     # where it differs from the council's
    members:
      - Councillor A Khan (Cabinet Member)
      - Councillor B Kerr (Deputy Cabinet Member)
    by_invitation:
      - Councillor C Hill (Shadow Cabinet Member)
    standing_items:
      - {title: Apologies}
      - {title: Declarations of Interests}
      - {title: Minutes, kind: minutes}
      - title: Outstanding Issues
        text: There are no outstanding issues.
      - title: Any Other Business
        text: To consider any other business that the Cabinet Member takes as a matter of urgency because of the special
          circumstances involved.
"""
