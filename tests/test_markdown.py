"""Markdown papers: what becomes of lists, links, pictures and headings."""

from pathlib import Path

import pytest

from pipeline.errors import PaperError
from pipeline.markdown import pictures_beside, split_sections, titled, to_html
from pipeline.render import data_address


def test_list_after_resolved_is_the_resolution() -> None:
    html = to_html("RESOLVED that the Cabinet Member:\n\n1. Agrees\n2. Notes\n")
    assert '<ol class="resolved tight">' in html


def test_ordinary_list_is_not_a_resolution() -> None:
    assert '<ol class="tight">' in to_html("These were considered:\n\n1. One\n2. Two\n")


def test_list_whose_items_have_paragraphs_keeps_its_numbers_beside_them() -> None:
    assert "<ol>" in to_html("1. One\n\n   More of one\n\n2. Two\n")


def test_list_numbered_with_brackets_keeps_them() -> None:
    assert '<ol class="resolved tight">' in to_html("1) Agrees\n2) Notes\n")


def test_raw_html_is_shown_as_text() -> None:
    assert "&lt;script&gt;" in to_html("<script>alert(1)</script>")


def test_link_to_a_file_or_script_is_no_link() -> None:
    html = to_html("[a](file:///etc/passwd) [b](javascript:alert) [c](https://www.ardenshire.example)")
    assert "file:" not in html.replace("[a](file:///etc/passwd)", "")
    assert 'href="https://www.ardenshire.example"' in html
    assert 'href="javascript' not in html


def test_table_headers_have_their_scope() -> None:
    assert '<th scope="col">Ward</th>' in to_html("| Ward | Trees |\n|---|---|\n| North | 12 |\n")


def test_headings_can_be_lowered() -> None:
    assert to_html("# A\n\n###### B", shift=2) == "<h3>A</h3>\n<h6>B</h6>\n"


def test_sections_keep_their_lines_and_code_is_no_heading() -> None:
    before, sections = split_sections("First.\n\n## One\n\ntext\n\n```\n## not one\n```\n\n### Part\n")
    assert before.strip() == "First."
    assert sections == ((2, "One", "text\n\n```\n## not one\n```", 3), (3, "Part", "", 11))


def test_title_is_the_first_heading_if_it_opens_the_paper() -> None:
    assert titled("# Trees\n\nText", "other") == ("Trees", "\nText")
    assert titled("Text\n\n# Trees", "other") == ("other", "Text\n\n# Trees")


def test_picture_beside_the_paper_is_put_inside_the_page(tmp_path: Path) -> None:
    (tmp_path / "a tree.png").write_bytes(b"\x89PNG")
    find = pictures_beside(tmp_path / "report.md", "report.md", data_address)
    assert 'src="data:image/png;base64,iVBORw=="' in to_html("![A tree](<a tree.png>)", picture=find)


@pytest.mark.parametrize("source", ["missing.png", "../secret.png", "https://elsewhere.example/x.png"])
def test_picture_that_is_missing_or_elsewhere_stops_the_build(tmp_path: Path, source: str) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    (tmp_path / "meeting").mkdir()
    find = pictures_beside(tmp_path / "meeting" / "report.md", "report.md", data_address)
    with pytest.raises(PaperError, match=r"report\.md.*is not in the paper's folder"):
        to_html(f"![x]({source})", picture=find)
