"""The sample meeting built from end to end, and the pack read back with libraries that did not write it."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pypdf
import pytest

from tests.readback import (
    Bookmark,
    blank_pages,
    leaves,
    outline,
    page_links,
    planned_leaves,
    planned_ranges,
    printed_ranges,
    text,
    texts,
)
from tests.workspaces import REPOSITORY, SAMPLE, BuiltSample, Case, built_sample, files, run, sample_copy

pytestmark = pytest.mark.libreoffice

ENTRY_KEYS = ["item", "kind", "title", "source", "first_page", "last_page", "first_label", "last_label"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> BuiltSample:
    return built_sample(tmp_path_factory.getbasetemp())


@pytest.fixture
def copy(sample: BuiltSample, tmp_path: Path) -> Case:
    """A copy of the sample's workspace with what was built from it, to be changed."""
    shutil.copytree(sample.case.root, tmp_path / "copy")
    return Case(tmp_path / "copy", tmp_path / "copy" / "meetings" / SAMPLE)


def test_plan_lists_the_papers_in_agenda_order(sample: BuiltSample) -> None:
    assert [(e["item"], e["kind"], e["source"], e["title"]) for e in sample.plan["entries"]] == [
        (None, "front_sheet", "meeting.yaml", "Agenda"),
        (
            "3",
            "minutes",
            "minutes/cabinet-member-green-spaces/2026-06-15.md",
            "Minutes of the meeting held on 15 June 2026",
        ),
        ("4", "petition", "meeting.yaml", "Petition - New Play Equipment for Harrowby Recreation Ground"),
        ("5", "report", "report.docx", "Tree and Green Spaces Annual Report 2025/26"),
        ("5", "appendix", "appendix-1.docx", "Trees and Green Spaces in Ardenshire 2025/26"),
        ("5", "appendix", "appendix-2.xlsx", "Green Spaces Budget and Outturn 2025/26"),
        ("5", "appendix", "appendix-3.pdf", "Tree Planting Plan 2026/27"),
    ]


def test_plan_has_every_key_of_the_contract_in_its_type(sample: BuiltSample) -> None:
    plan = sample.plan
    kinds = {
        "pack": str,
        "sha256": str,
        "pages": int,
        "tagged": bool,
        "pdf_ua": bool,
        "blank_pages": list,
        "entries": list,
    }
    assert {key: type(value) for key, value in plan.items()} == kinds
    assert all(list(entry) == ENTRY_KEYS for entry in plan["entries"])
    assert plan["pack"] == f"build/{SAMPLE}/{SAMPLE}-public-pack.pdf"


def test_entries_tile_the_pack_and_each_begins_on_an_odd_page(sample: BuiltSample) -> None:
    entries = sample.plan["entries"]
    covered = [page for e in entries for page in range(e["first_page"], e["last_page"] + 1)]
    assert covered == list(range(1, sample.plan["pages"] + 1))
    assert all(entry["first_page"] % 2 == 1 and entry["last_page"] % 2 == 0 for entry in entries)


def test_labels_of_the_plan_are_the_physical_pages(sample: BuiltSample) -> None:
    for entry in sample.plan["entries"]:
        assert (entry["first_label"], entry["last_label"]) == (str(entry["first_page"]), str(entry["last_page"]))


def test_plan_describes_the_file_that_is_there(sample: BuiltSample) -> None:
    assert sample.plan["sha256"] == hashlib.sha256(sample.pack.read_bytes()).hexdigest()
    assert sample.plan["pages"] == len(pypdf.PdfReader(sample.pack).pages)
    assert sample.case.root / sample.plan["pack"] == sample.pack


def test_json_answer_is_the_plan_and_what_was_done(sample: BuiltSample) -> None:
    answer = sample.answer
    assert {key: answer[key] for key in sample.plan if key != "pack"} == {
        key: value for key, value in sample.plan.items() if key != "pack"
    }
    assert Path(answer["pack"]) == sample.pack
    assert (answer["converted"], answer["unchanged"], answer["findings"]) == (3, False, [])


def test_blank_pages_are_those_of_the_plan_and_end_their_papers(sample: BuiltSample) -> None:
    assert sample.plan["blank_pages"]
    assert blank_pages(sample.pack) == sample.plan["blank_pages"]
    assert {e["last_page"] for e in sample.plan["entries"]} >= set(sample.plan["blank_pages"])


def test_labels_and_stamps_of_every_page_agree_with_the_plan(sample: BuiltSample) -> None:
    assert leaves(sample.pack) == planned_leaves(sample.plan)


def test_ranges_printed_on_the_front_sheet_agree_with_the_plan(sample: BuiltSample) -> None:
    assert list(planned_ranges(sample.plan)) == ["3", "4", "5"]
    assert printed_ranges(sample.pack) == planned_ranges(sample.plan)


def test_agenda_links_lead_to_the_first_page_of_their_item(sample: BuiltSample) -> None:
    first = {f"(Pages {e['first_page']} ": e["first_page"] for e in sample.plan["entries"]}
    links = [(words, to) for page in (1, 2) for words, to in page_links(sample.pack, page) if isinstance(to, int)]
    assert {to for _, to in links} == {
        next(e["first_page"] for e in sample.plan["entries"] if e["item"] == item) for item in ("3", "4", "5")
    }
    for words, to in links:
        stated = re.search(r"\(Pages \d+ ", words)
        assert stated is None or first[stated[0]] == to


def test_no_link_of_the_agenda_lies_upon_another(sample: BuiltSample) -> None:
    """A screen reader would read the same link twice."""
    words = [words for words, to in page_links(sample.pack, 1) if isinstance(to, int)]
    assert [w for w in words if sum(w in other for other in words) > 1] == []


def test_address_of_the_contact_is_a_link(sample: BuiltSample) -> None:
    mail = "orla.fenwick@ardenshire.example"
    assert (mail, f"mailto:{mail}") in [link for page in (1, 2) for link in page_links(sample.pack, page)]


def test_outline_has_the_items_with_their_papers_at_their_pages(sample: BuiltSample) -> None:
    entries = sample.plan["entries"]
    agenda, *items = outline(sample.pack)
    assert agenda == Bookmark("Agenda", 1)
    assert [(item.title.split()[0], item.page) for item in items] == [
        (number, next(e["first_page"] for e in entries if e["item"] == number)) for number in ("3", "4", "5")
    ]
    papers = [(paper.title, paper.page) for item in items for paper in item.children]
    assert papers == [(e["title"], e["first_page"]) for e in entries[1:]]


def test_headings_of_papers_stand_below_them_within_their_pages(sample: BuiltSample) -> None:
    papers = [paper for item in outline(sample.pack)[1:] for paper in item.children]
    for paper, entry in zip(papers, sample.plan["entries"][1:], strict=True):
        pages = [below.page for below in descendants(paper)]
        assert pages
        assert all(entry["first_page"] <= page <= entry["last_page"] for page in pages)
    report = next(paper for paper in papers if paper.title == "Tree and Green Spaces Annual Report 2025/26")
    legal = next(below for below in descendants(report) if below.title == "5.2 Legal implications")
    assert "5.2 Legal implications" in texts(sample.pack)[legal.page - 1]


def descendants(bookmark: Bookmark) -> Iterator[Bookmark]:
    for child in bookmark.children:
        yield child
        yield from descendants(child)


def test_pack_says_its_title_author_language_and_dates_from_the_meeting(sample: BuiltSample) -> None:
    reader = pypdf.PdfReader(sample.pack)
    title = "Public document pack: Cabinet Member for Green Spaces and Recreation, Monday, 12 October 2026"
    info, xmp = reader.metadata, reader.xmp_metadata
    assert info is not None and xmp is not None
    assert (info.title, info.author) == (title, "Ardenshire City Council")
    assert (info["/CreationDate"], info["/ModDate"]) == ("D:20261002000000Z", "D:20261002000000Z")
    assert (xmp.dc_title, xmp.dc_creator) == ({"x-default": title}, ["Ardenshire City Council"])
    assert str(xmp.xmp_create_date) == "2026-10-02 00:00:00"
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"].value is True


def test_landscape_appendix_stays_landscape_with_its_number_at_the_viewed_foot(sample: BuiltSample) -> None:
    appendix = sample.plan["entries"][5]
    with pdfplumber.open(sample.pack) as pdf:
        page = pdf.pages[appendix["first_page"] - 1]
        assert page.width > page.height
        words = page.crop((0, page.height - 42, page.width, page.height)).extract_text()
    assert words == f"Page {appendix['first_page']}"


# The elements of a published front sheet, in their order (E01 to E23 of the reference).
ELEMENTS = {
    "E01 banner": "Public Document Pack",
    "E02 body": "Cabinet Member for Green Spaces and Recreation",
    "E03 time and date": "Time and Date 3.30 pm on Monday, 12th October, 2026",
    "E04 place": "Place Committee Room 2 - Council House",
    "E05 public business": "Public Business",
    "E06 item 1": "1. Apologies",
    "E07 item 2": "2. Declarations of Interests",
    "E08 minutes and sub-item a": "(a) To agree the minutes of the meeting held on 15 June 2026.",
    "E09 sub-item b": "(b) Matters Arising",
    "E10 report": "5. Tree and Green Spaces Annual Report 2025/26 (Pages 9 - ",
    "E11 report of": "Report of the Director of Streets and Green Spaces",
    "E12 standing item": "6. Outstanding Issues Report There are no outstanding issues.",
    "E13 any other business": "7. Any Other Business To consider any other items of business which the Cabinet Member",
    "E14 private business": "Private Business",
    "E15 nil": "Nil",
    "E16 proper officer": "Imelda Crossley, Director of Law and Governance, Council House, Ardenshire",
    "E17 published": "Friday, 2 October 2026",
    "E18 contact": "Note: The person to contact about the agenda and documents for this meeting is Orla Fenwick",
    "E18 telephone": "Governance Services, telephone 01632 960101",
    "E19 membership": "Membership: Councillors T Adeyemi (Deputy Cabinet Member) and R Penhallow (Cabinet Member)",
    "E20 by invitation": "By invitation: Councillor M Thistlewood (Shadow Cabinet Member)",
    "E21 hearing loop": "Please note: there is a hearing loop in each committee room.",
    "E22 sign language": "To ask for a British Sign Language interpreter at this meeting",
    "E23 contact repeated": "Email: orla.fenwick@ardenshire.example",
}


def test_front_sheet_has_every_element_in_its_order(sample: BuiltSample) -> None:
    sheet = text(sample.pack, 1, 2)
    missing = [name for name, words in ELEMENTS.items() if words not in sheet]
    assert missing == []
    found = [sheet.index(words) for name, words in ELEMENTS.items() if name != "E02 body"]
    assert found == sorted(found)


def test_items_without_papers_have_no_range(sample: BuiltSample) -> None:
    sheet = text(sample.pack, 1, 2)
    for item, following in (("1. Apologies", "2. Decl"), ("2. Declarations of Interests", "3. Min"), ("6. Out", "7. ")):
        assert "(Page" not in sheet[sheet.index(item) : sheet.index(following)]


def test_minutes_in_the_pack_run_on_and_count_their_petitions(sample: BuiltSample) -> None:
    minutes = sample.plan["entries"][1]
    words = text(sample.pack, minutes["first_page"], minutes["last_page"])
    headings = ["13. Declarations of Interests", "14. Minutes", "15. Verges and Meadows Programme - Petitions"]
    headings += ["16. Outstanding Issues Report", "17. Any Other Business", "(Meeting closed at 3.40 pm)"]
    places = [words.index(heading) for heading in headings]
    assert places == sorted(places)
    petitions = re.findall(r"(\w+)\) An? (e-petition|paper petition) headed ‘([^’]+(?:’s [^’]+)?)’", words)
    assert [(numeral, kind) for numeral, kind, _ in petitions] == [
        ("i", "e-petition"),
        ("ii", "e-petition"),
        ("iii", "paper petition"),
        ("iv", "paper petition"),
        ("v", "paper petition"),
    ]


def test_petition_is_a_paper_of_its_item(sample: BuiltSample) -> None:
    words = texts(sample.pack)[sample.plan["entries"][2]["first_page"] - 1]
    for part in (
        "Kind of petition Paper petition",
        "Received Friday, 4 September 2026",
        "Number of signatures 172",
        "Petition organiser Delyth Ormerod",
        "We ask the Council to put in new equipment for children of all ages",
    ):
        assert part in words


def test_sign_off_table_of_the_pack_is_the_register_row_for_row(sample: BuiltSample) -> None:
    """Read with pdfplumber from the pack and with openpyxl from signoffs.xlsx."""
    register = openpyxl.load_workbook(sample.case.folder / "signoffs.xlsx").active
    rows = [[_as_printed(value) for value in row[:5]] for row in register.iter_rows(values_only=True)]
    start = next(n for n, row in enumerate(rows) if row[0].startswith("Contributor/"))
    listed = [row for row in rows[start + 1 :] if any(row)]
    assert len(listed) == 2 + 14 + 5
    assert _printed_table(sample) == listed


def _as_printed(value: object) -> str:
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else " ".join(str(value or "").split())


def _printed_table(sample: BuiltSample) -> list[list[str]]:
    report = sample.plan["entries"][3]
    rows: list[list[str]] = []
    with pdfplumber.open(sample.pack) as pdf:
        for page in pdf.pages[report["first_page"] - 1 : report["last_page"]]:
            for table in page.extract_tables():
                cells = [[" ".join((cell or "").split()) for cell in row] for row in table]
                if cells[0][0].startswith("Contributor/"):
                    rows += cells[1:]
    return rows


def test_same_papers_elsewhere_and_without_a_cache_give_the_same_bytes(sample: BuiltSample, tmp_path: Path) -> None:
    other = sample_copy(tmp_path / "another place")
    done = run("build", f"meetings/{SAMPLE}", cwd=other.root)
    assert done.returncode == 0, done.stderr
    assert other.pack.read_bytes() == sample.pack.read_bytes()
    assert (other.output / "plan.json").read_bytes() == (sample.case.output / "plan.json").read_bytes()


def test_nothing_changed_is_said_and_nothing_is_written(copy: Case) -> None:
    copy.built()  # it stands in another folder now
    before, times = files(copy.root), {path: path.stat().st_mtime_ns for path in copy.output.iterdir()}
    answer = copy.built()
    assert (answer["unchanged"], answer["converted"]) == (True, 0)
    assert files(copy.root) == before
    assert {path: path.stat().st_mtime_ns for path in copy.output.iterdir() if path.name != ".lock"} == {
        path: time for path, time in times.items() if path.name != ".lock"
    }


def test_unchanged_build_gives_the_same_answer_again(copy: Case) -> None:
    first, second = copy.built(), copy.built()
    differing = {key for key in first if first[key] != second[key]}
    assert differing <= {"unchanged", "converted"}
    assert first["notes"]


def test_of_several_word_papers_only_the_changed_one_is_converted(copy: Case, sample: BuiltSample) -> None:
    report = docx.Document(str(copy.folder / "report.docx"))
    report.add_paragraph("A last word about hedgehogs.")
    report.save(str(copy.folder / "report.docx"))
    answer = copy.built()
    assert (answer["converted"], answer["unchanged"]) == (1, False)
    entry = answer["entries"][3]
    assert "A last word about hedgehogs." in text(copy.pack, entry["first_page"], entry["last_page"])
    assert copy.pack.read_bytes() != sample.pack.read_bytes()


def test_pack_that_was_lost_or_tampered_with_is_made_again(copy: Case, sample: BuiltSample) -> None:
    copy.pack.write_bytes(copy.pack.read_bytes() + b"%")
    assert copy.built()["unchanged"] is False
    assert copy.pack.read_bytes() == sample.pack.read_bytes()
    copy.pack.unlink()
    assert copy.built()["unchanged"] is False
    assert copy.pack.read_bytes() == sample.pack.read_bytes()


def test_inputs_are_as_they_were(sample: BuiltSample) -> None:
    for name in ("meetings", "minutes"):
        assert files(sample.case.root / name) == files(REPOSITORY / name)


def test_command_prints_the_pack_its_pages_and_its_papers(copy: Case) -> None:
    result = copy.build()
    assert result.exit_code == 0
    assert f"{SAMPLE}-public-pack.pdf" in result.stdout
    plan = copy.plan
    assert f"{plan['pages']} pages, {len(plan['blank_pages'])} of them blank" in result.stdout
    for entry in plan["entries"]:
        assert re.search(rf"{entry['first_page']} - {entry['last_page']} .*{re.escape(entry['title'])}", result.stdout)


def test_hidden_sheet_is_left_out_and_said(sample: BuiltSample) -> None:
    assert any("'Workings' is hidden" in note for note in sample.answer["notes"])
    assert json.loads(sample.stdout)["notes"] == sample.answer["notes"]


def test_draft_is_another_file_with_draft_on_each_page(copy: Case) -> None:
    public, plan = copy.pack.read_bytes(), (copy.output / "plan.json").read_bytes()
    answer = copy.built("--draft")
    draft = Path(answer["pack"])
    assert draft.name == f"{SAMPLE}-public-pack-DRAFT.pdf"
    assert json.loads(draft.with_suffix(".plan.json").read_bytes())["sha256"] == answer["sha256"]
    assert all("DRAFT" in _letters(page) for page in pypdf.PdfReader(draft).pages)
    assert (copy.pack.read_bytes(), (copy.output / "plan.json").read_bytes()) == (public, plan)


def _letters(page: pypdf.PageObject) -> str:
    return "".join(page.extract_text().split())
