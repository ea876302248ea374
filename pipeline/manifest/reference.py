"""The JSON Schemas and the field reference, out of the records. ``python -m pipeline.manifest.reference`` writes them.

``--check`` writes nothing and exits 1 when docs/ is not current.
"""

import json
import sys
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from pipeline.manifest import council_records as council
from pipeline.manifest import meeting_records as meeting
from pipeline.manifest import minutes_records as minutes
from pipeline.manifest.checking import bare
from pipeline.manifest.fields import Record, Takes
from pipeline.manifest.report_file import ReportFile
from pipeline.manifest.writing import flow

FILES: dict[str, type[Record]] = {
    "council": council.CouncilFile,
    "meeting": meeting.MeetingFile,
    "minutes": minutes.MinutesFile,
    "sign_offs": minutes.SignOffsFile,
    "report": ReportFile,
}
_TITLES: dict[type[Record], str] = {
    council.CouncilFile: "council.yaml",
    council.CouncilNameRecord: "The council (`council:`)",
    council.ContactRecord: "A contact (`contact:`)",
    council.ProperOfficerRecord: "The proper officer (`proper_officer:`)",
    council.NumberingRecord: "Page numbers (`numbering:`)",
    council.SignOffsRecord: "Sign-off rules (`sign_offs:`)",
    council.ReportHeadingRecord: "A report heading (`report_headings:`)",
    council.BodyRecord: "A body (`bodies:`)",
    council.PersonRecord: "A person (`members:`, `by_invitation:`, `present:`)",
    council.StandingItemRecord: "A standing item (`standing_items:`)",
    meeting.MeetingFile: "meeting.yaml",
    meeting.ItemRecord: "An item (`public:`, `private:`)",
    meeting.PaperRecord: "A paper (`papers:`)",
    meeting.PetitionRecord: "A petition (`petitions:`, and in minutes)",
    meeting.ExemptRecord: "An exemption (`exempt:`)",
    meeting.UrgentRecord: "Urgency (`urgent:`)",
    minutes.MinutesFile: "The head of minutes",
    ReportFile: "The head of a report in Markdown",
    minutes.SignOffsFile: "signoffs.yaml",
    minutes.SignOffRowRecord: "A contributor or approver",
}
_PREFACE = """\
# Field reference

Every key that can stand in council.yaml, meeting.yaml, minutes, reports in Markdown and signoffs.yaml. Made from the
program itself by `python -m pipeline.manifest.reference`; the same as JSON Schema, for editors, is in
[schema/](schema/).

A date is written 2017-10-09, 9 October 2017, 9th October, 2017 or 09/10/2017, the day before the month. A time is
written 3.30 pm, 15:30, 1530 or noon. Text needs double quotes when it holds a colon and a space, or begins with a sign.
"""


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of "council", "meeting", "minutes" and "report" (their heads) or
    "sign_offs"."""
    model = FILES[name]
    schema: dict[str, Any] = _untitled(model.model_json_schema(by_alias=True))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": _TITLES[model], **schema}


def _untitled(schema: Any) -> Any:
    """Drop the titles that pydantic makes out of names, and defaults that say nothing."""
    if isinstance(schema, list):
        return [_untitled(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: part if key == "examples" else _untitled(part)
        for key, part in schema.items()
        if not (key == "title" and isinstance(part, str)) and not (key == "default" and part in (None, "", [], {}))
    }


def field_reference() -> str:
    """Return the field reference as Markdown: a table for each record."""
    return "\n".join([_PREFACE, *(_section(model, title) for model, title in _TITLES.items())])


def _section(model: type[Record], title: str) -> str:
    level = "##" if model in FILES.values() else "###"
    about = " ".join((model.__doc__ or "").split())
    rows = [_row(field.alias or name, field) for name, field in model.model_fields.items()]
    head = "| key | what it is | takes | if left out | example |\n| --- | --- | --- | --- | --- |"
    return "\n".join([f"{level} {title}\n", f"{about}\n", head, *rows, ""])


def _row(key: str, field: FieldInfo) -> str:
    example = field.examples[0] if field.examples else ""
    written = example if isinstance(example, str) else flow(example)
    cells = (f"`{key}`", field.description or "", _takes(field), _default(field), f"`{written}`")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _takes(field: FieldInfo) -> str:
    for extra in field.metadata:
        if isinstance(extra, Takes):
            return extra.words
    return _type_words(field.annotation)


def _type_words(annotation: Any) -> str:
    for extra in getattr(annotation, "__metadata__", ()):
        if isinstance(extra, Takes):
            return extra.words
    if type(None) in get_args(annotation):
        return _type_words(next(kind for kind in get_args(annotation) if kind is not type(None)))
    plain = bare(annotation)
    if isinstance(plain, type) and issubclass(plain, Record):
        return f"keys of {_linked(plain)}"
    if get_origin(plain) is tuple:
        inner = bare(get_args(plain)[0])
        words = _linked(inner) if inner in _TITLES else _type_words(get_args(plain)[0])
        return f"a list: {words}"
    if get_origin(plain) is dict:
        return f"names, each with {_type_words(get_args(plain)[1])}"
    return "text"


def _linked(model: type[Record]) -> str:
    title = _TITLES[model]
    anchor = "".join(letter for letter in title.lower().replace(" ", "-") if letter.isalnum() or letter in "-_")
    name = title.split(" (")[0]
    return f"[{name[0].lower() + name[1:]}](#{anchor})"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**must be given**"
    if isinstance(field.default, bool):
        return f"`{flow(field.default)}`"
    return f"`{field.default}`" if isinstance(field.default, str) and field.default else ""


def written_files(docs: Path) -> dict[Path, str]:
    """Return what docs/ should hold: each file's path and text."""
    schemas = {
        docs / "schema" / f"{name}.json": json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"
        for name in FILES
    }
    return {docs / "fields.md": field_reference(), **schemas}


def main(arguments: list[str]) -> int:
    """Write docs/, or with --check say what is stale. Returns the exit code."""
    docs = Path(__file__).parents[2] / "docs"
    stale = [
        (path, text)
        for path, text in written_files(docs).items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path, text in stale:
        if "--check" in arguments:
            sys.stderr.write(f"{path.relative_to(docs.parent)} is stale: run  python -m pipeline.manifest.reference\n")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
