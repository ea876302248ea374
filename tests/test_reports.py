"""Reports written in Markdown, in the council's form, as they come out of a build."""

import re
from pathlib import Path

import pypdf
import pytest

from tests.readback import blank_pages, outline, text
from tests.workspaces import Case, case

COUNCIL = """\
report_headings:
  - 1 Context (or background)
  - 2 Options considered
  - 3 Comments from the Director
  - 3.1 Financial implications
  - 3.2 Legal implications
  - {number: "4", title: Timetable, required: false}
"""
WHOLE = """\
---
level: Cabinet Member Report
cabinet_member: Councillor R Penhallow
wards: All
key_decision: No
questions: {Will this report go to Council?: No}
authors: [Kit Lansbury (Head of Parks)]
directorate: Place
contact: parks@ardenshire.example
---

# The Old Elm

## Executive summary

It leans.

## Background papers

None

## Context (or background)

It was planted in 1881.

## Options considered

Prop it, or fell it.

## Financial implications

A prop costs £1,200.

## Legal implications

None
"""


def report(root: Path, markdown: str = WHOLE, council: str = COUNCIL, *more: dict[str, object]) -> Case:
    papers = [{"file": "report.md", "kind": "report"}, *more]
    made = case(root, [{"title": "The Elm", "report_of": "Director of Trees", "papers": papers}], council=council)
    made.write("report.md", markdown)
    return made


def findings(made: Case) -> list[tuple[str, str]]:
    """Build, which findings of severity error must stop, and return them."""
    result = made.build("--json")
    assert result.exit_code == 1, result.output
    assert not (made.output / "plan.json").exists()
    assert not list(made.output.glob("*.pdf"))
    assert "No pack was built. Mend the papers, or build a draft with --draft." in result.stderr
    return re.findall(r'"slug": "([^"]+)",\s+"severity": "error",\s+"message": "([^"]*)"', result.stdout)


def test_headings_are_numbered_from_the_councils_data(tmp_path: Path) -> None:
    made = report(tmp_path / "w")
    made.built()
    words = text(made.pack, 3)
    for heading in (
        "1 Context (or background) It was planted in 1881.",
        "2 Options considered Prop it, or fell it.",
        "3.1 Financial implications A prop costs £1,200.",
        "3.2 Legal implications None",
    ):
        assert heading in words


def test_head_of_the_report_is_printed_in_the_councils_form(tmp_path: Path) -> None:
    made = report(tmp_path / "w")
    made.built()
    words = text(made.pack, 3)
    places = [
        words.index(part)
        for part in (
            "Public Report Cabinet Member Report",
            "Trees Panel 9 November 2026",
            "The Old Elm",
            "Name of Cabinet Member: Councillor R Penhallow",
            "Director approving Director of Trees submission of the report:",  # the label is two lines long
            "Ward(s) affected: All",
            "Title: The Old Elm",
            "Is this a key decision? No",
            "Will this report go to No Council?",
            "Executive summary It leans.",
            "List of appendices included None",
            "1 Context",
            "Report author(s) Kit Lansbury, Head of Parks Directorate: Place Contact: parks@ardenshire.example",
            "Enquiries should be directed to the above",
            "This report is published on the Council’s website: https://www.ardenshire.example",
        )
    ]
    assert places == sorted(places)


def test_headings_of_the_report_stand_in_the_outline(tmp_path: Path) -> None:
    made = report(tmp_path / "w")
    made.built()
    paper = outline(made.pack)[1].children[0]
    titles = [paper.title, *(b.title for b in paper.children), *(b.title for c in paper.children for b in c.children)]
    assert "1 Context (or background)" in titles


def test_chapter_with_parts_needs_no_words_of_its_own_and_is_printed(tmp_path: Path) -> None:
    """The form has "3 Comments from the Director" above 3.1, whether the officer wrote that heading or not."""
    made = report(tmp_path / "w")
    made.built()
    assert "3 Comments from the Director 3.1 Financial implications" in text(made.pack, 3)


def test_headings_are_known_without_their_case_number_and_punctuation(tmp_path: Path) -> None:
    written = WHOLE.replace("## Context (or background)", "## 7. CONTEXT, or background:")
    made = report(tmp_path / "w", written)
    made.built()
    assert "1 Context (or background) It was planted in 1881." in text(made.pack, 3)


def test_missing_and_empty_headings_are_named_and_no_pack_is_built(tmp_path: Path) -> None:
    written = WHOLE.replace("## Options considered\n\nProp it, or fell it.\n\n", "").replace("A prop costs £1,200.", "")
    assert findings(report(tmp_path / "w", written)) == [
        (
            "heading-missing",
            "report.md lacks heading 2 Options considered. Add it; if there is nothing to say, write None.",
        ),
        (
            "heading-empty",
            "report.md line 26: heading 3.1 Financial implications is empty. Write None if there is nothing to say.",
        ),
    ]


def test_findings_are_said_on_stderr_too(tmp_path: Path) -> None:
    result = report(tmp_path / "w", WHOLE.replace("A prop costs £1,200.", "")).build()
    assert result.exit_code == 1
    assert "Error: report.md line 30: heading 3.1 Financial implications is empty." in result.stderr
    assert result.stdout == ""


def test_heading_that_is_not_required_may_be_left_out_or_empty(tmp_path: Path) -> None:
    report(tmp_path / "a").built()
    report(tmp_path / "b", WHOLE + "\n## Timetable\n").built()


@pytest.mark.parametrize("written", ["", "## Background papers\n\n"])
def test_background_papers_must_be_said(tmp_path: Path, written: str) -> None:
    ((slug, message),) = findings(report(tmp_path / "w", WHOLE.replace("## Background papers\n\nNone\n\n", written)))
    assert slug == "background-papers"
    assert "report.md does not say its background papers (Local Government Act 1972 s.100D)" in message
    assert "or write None" in message


def test_findings_leave_the_last_good_pack(tmp_path: Path) -> None:
    made = report(tmp_path / "w")
    made.built()
    good = made.pack.read_bytes(), (made.output / "plan.json").read_bytes()
    made.write("report.md", WHOLE.replace("It was planted in 1881.", ""))
    assert made.build().exit_code == 1
    assert (made.pack.read_bytes(), (made.output / "plan.json").read_bytes()) == good
    assert made.build().exit_code == 1, "a second try must not take the old pack for the new"


def test_draft_is_built_all_the_same_with_draft_on_each_page(tmp_path: Path) -> None:
    made = report(tmp_path / "w", WHOLE.replace("It was planted in 1881.", ""))
    answer = made.built("--draft")
    assert [finding["slug"] for finding in answer["findings"]] == ["heading-empty"]
    draft = Path(answer["pack"])
    pages = ["".join(page.extract_text().split()) for page in pypdf.PdfReader(draft).pages]
    assert len(pages) == answer["pages"] >= 4
    assert all("DRAFT" in words for words in pages)
    assert blank_pages(draft), "blank pages carry the mark too"
    assert not (made.output / "plan.json").exists()
    assert made.build().exit_code == 1


def test_report_without_any_heading_of_the_council_is_left_alone(tmp_path: Path) -> None:
    made = report(tmp_path / "w", "# A note\n\nSome words.\n\n## Its own heading\n\nMore words.\n")
    made.built()
    words = text(made.pack, 3)
    assert "A note" in words
    assert "Some words. Its own heading More words." in words
    assert "List of appendices" not in words


def test_report_without_a_title_takes_its_items(tmp_path: Path) -> None:
    made = report(tmp_path / "w", "Only words.\n")
    made.built()
    assert "Title: The Elm" in text(made.pack, 3)


def test_list_of_appendices_is_made_from_the_papers(tmp_path: Path) -> None:
    more = [
        {"file": "a.pdf", "kind": "appendix", "letter": "I", "title": "Photographs"},
        {"file": "b.pdf", "kind": "appendix", "title": "Measurements"},
        {"file": "c.pdf", "kind": "other", "title": "A letter"},
    ]
    made = report(tmp_path / "w", WHOLE, COUNCIL, *more)
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        made.pdf(name)
    made.built()
    assert "List of appendices included • Appendix I – Photographs • Measurements 1 Context" in text(made.pack, 3, 4)


def test_list_of_appendices_that_is_written_is_kept(tmp_path: Path) -> None:
    made = report(tmp_path / "w", WHOLE.replace("## Context", "## List of appendices included\n\nOne.\n\n## Context"))
    made.built()
    assert text(made.pack, 3).count("List of appendices included") == 1
    assert "List of appendices included One." in text(made.pack, 3)


def test_lesser_headings_stay_inside_their_section(tmp_path: Path) -> None:
    written = WHOLE.replace("It was planted in 1881.", "Old.\n\n### How old?\n\nVery.\n\n#### Rings\n\nMany.\n")
    made = report(tmp_path / "w", written)
    made.built()
    assert "1 Context (or background) Old. How old? Very. Rings Many. 2 Options" in text(made.pack, 3)


def test_section_with_a_lesser_heading_alone_is_not_empty(tmp_path: Path) -> None:
    report(tmp_path / "w", WHOLE.replace("It was planted in 1881.", "### When\n\nIn 1881.")).built()


def test_heading_of_the_officers_own_is_lost_nowhere(tmp_path: Path) -> None:
    written = WHOLE.replace("## Options considered", "## Wildlife\n\nOwls nest in it.\n\n## Options considered")
    made = report(tmp_path / "w", written)
    made.built()
    assert "Wildlife Owls nest in it." in text(made.pack, 3)


def test_lesser_heading_after_one_of_the_officers_own_stays_in_its_section(tmp_path: Path) -> None:
    written = WHOLE.replace("## Options considered", "## Wildlife\n\nOwls.\n\n## Options considered")
    made = report(tmp_path / "w", written.replace("Prop it, or fell it.", "Two.\n\n### Props\n\nOf oak."))
    made.built()
    assert "2 Options considered Two. Props Of oak." in text(made.pack, 3)


def test_words_before_the_first_heading_are_printed(tmp_path: Path) -> None:
    made = report(tmp_path / "w", WHOLE.replace("# The Old Elm\n", "# The Old Elm\n\nBriefly put: it leans.\n"))
    made.built()
    assert "Briefly put: it leans." in text(made.pack, 3)


def test_faults_in_the_head_have_their_lines(tmp_path: Path) -> None:
    made = report(tmp_path / "w", WHOLE.replace("wards: All", "wardz: All").replace("level:", "levle:"))
    result = made.build()
    assert result.exit_code == 3
    assert "report.md, line 2, column 1: unknown key 'levle'; did you mean 'level'?" in result.stderr
    assert "report.md, line 4, column 1: unknown key 'wardz'; did you mean 'wards'?" in result.stderr


def test_list_table_link_and_code_of_markdown_are_printed(tmp_path: Path) -> None:
    body = (
        "- one\n- two\n\n| Ward | Trees |\n|---|---|\n| Eastgate | 280 |\n\n[the site](https://www.ardenshire.example)"
    )
    made = report(tmp_path / "w", WHOLE.replace("It was planted in 1881.", body))
    made.built()
    assert "• one • two Ward Trees Eastgate 280 the site" in text(made.pack, 3)


def test_every_faulty_markdown_paper_is_named_in_one_run(tmp_path: Path) -> None:
    papers = [{"file": name, "kind": "report"} for name in ("a.md", "b.md")]
    made = case(tmp_path / "w", [{"title": "Elms", "papers": papers}])
    for name in ("a.md", "b.md"):
        made.write(name, "# Elms\n\n![A tree](missing.png)\n")
    result = made.build()
    assert result.exit_code == 7
    for name in ("a.md", "b.md"):
        assert f"{name}: the picture 'missing.png' is not in the paper's folder" in result.stderr


def test_heading_of_the_officers_own_between_numbered_ones_stays_there(tmp_path: Path) -> None:
    written = WHOLE.replace("## Options considered", "## Wildlife\n\nOwls live in it.\n\n## Options considered")
    made = report(tmp_path / "w", written)
    made.built()
    said = text(made.pack)
    assert said.index("1 Context (or background)") < said.index("Owls live") < said.index("2 Options considered")
