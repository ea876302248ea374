"""The field reference and the JSON Schemas are made from the records, and are current."""

from pathlib import Path

import pytest

from pipeline.manifest.reference import FILES, field_reference, json_schema, main, written_files

DOCS = Path(__file__).parent.parent / "docs"


def test_docs_are_current() -> None:
    stale = [path.name for path, text in written_files(DOCS).items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run  python -m pipeline.manifest.reference"
    assert main(["--check"]) == 0


def test_schema_of_a_meeting_has_its_keys_and_refuses_others() -> None:
    schema = json_schema("meeting")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"] == ["body", "date"]
    assert schema["additionalProperties"] is False
    assert list(schema["properties"])[:4] == ["body", "date", "time", "place"]
    paper = schema["$defs"]["PaperRecord"]["properties"]
    assert paper["kind"]["enum"] == ["minutes", "report", "appendix", "petition", "notice", "other"]
    item = schema["$defs"]["ItemRecord"]["properties"]
    assert item["number"]["anyOf"][0] == {"type": ["string", "number"]}
    assert item["petitions"]["examples"] == [[{"kind": "e-petition", "heading": "Save the Park", "signatures": 382}]]


def test_schema_lets_a_person_be_a_line_of_text() -> None:
    person = json_schema("council")["$defs"]["PersonRecord"]
    assert person["anyOf"][0] == {"type": "string"}
    assert person["anyOf"][1]["required"] == ["name"]


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_described_with_an_example(name: str) -> None:
    schema = json_schema(name)
    records = [schema, *schema.get("$defs", {}).values()]
    for record in records:
        keys = record.get("properties") or record["anyOf"][1]["properties"]
        for key, field in keys.items():
            assert field.get("description"), key
            assert field.get("examples"), key


def test_field_reference_says_what_must_be_given_and_links_to_records() -> None:
    text = field_reference()
    assert "| `title` | The title. | text | **must be given** | `Libraries Annual Report 2016/17` |" in text
    assert "| `papers` | The papers, in the order of the pack. | a list: [a paper](#a-paper-papers) |" in text
    assert "\n### A paper (`papers:`)\n" in text
    assert "pydantic" not in text
