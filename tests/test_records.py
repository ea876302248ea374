"""Wide tables of workbooks in large print: fitted to A4 in 18 point, else written out row by row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.office.paper_size import fit
from pipeline.office.records import MOST_LINES, as_records, fit_large_print
from pipeline.office.sheet import Cell, Record, Records, Row, Sheet, Span, Table, Text
from pipeline.office.spreadsheet import read_csv
from pipeline.papers.wide_tables import with_records
from pipeline.render import Renderer
from pipeline.storage import Cache

WIDTHS = (0.0,) * 5


def words(text: str, **look: object) -> Cell:
    return replace(Cell(((Span(text),),)) if text else Cell(), **look)  # type: ignore[arg-type]


def number(text: str) -> Cell:
    return words(text, numeric=True, align="right")


def head(*cells: Cell) -> Row:
    return Row(tuple(replace(c, scope="colgroup" if c.colspan > 1 else "col") if c.lines else c for c in cells))


def row(*cells: Cell) -> Row:
    return Row(cells)


#: A header of two rows, a section, a merged total, a blank, a merged value and a note.
BUDGET = Table(
    rows=(
        head(words("Code", rowspan=2), words("Service", rowspan=2), words("2025/26", colspan=2), words("Remark")),
        head(words("Budget"), words("Spent"), words("in words")),
        Row((words("Parks", bold=True, scope="colgroup", colspan=5),), section=True),
        row(words("G1"), words("Lawns"), number("£500"), number("£450"), words("")),
        row(words("G2"), words("Trees"), words("to follow", colspan=2), words("late")),
        row(words("Total", colspan=2, bold=True), number("£900"), number("£800"), words("")),
        Row((words("Note: rounded.", colspan=5),), section=True),
    ),
    header_rows=2,
    caption=(words("Costs"),),
    widths=WIDTHS,
)


def said(record: Record) -> tuple[str, list[tuple[str, str]]]:
    name = " – ".join(f"{label} {cell.text}".strip() for label, cell in record.name)
    return name, [(label, cell.text) for label, cell in record.lines]


def rendered(sheets: Sequence[Sheet], folder: Path, title: str = "Costs") -> Path:
    renderer = Renderer([], Cache(folder / "cache"), large_print=True)
    return renderer.pdf(renderer.html("spreadsheet.html", title=title, letter="", sheets=sheets, language="en-GB"))


def lines_of(pdf: Path) -> list[list[str]]:
    with pdfplumber.open(pdf) as document:
        return [page.extract_text().splitlines() for page in document.pages]


def test_rows_become_records_under_their_names_with_joined_headings() -> None:
    records = as_records(BUDGET)
    assert [[said(record) for record in section] for _, section in records.sections] == [
        [
            ("G1 – Lawns", [("2025/26 – Budget", "£500"), ("2025/26 – Spent", "£450")]),
            ("G2 – Trees", [("2025/26 – Budget; 2025/26 – Spent", "to follow"), ("Remark – in words", "late")]),
            ("Total", [("2025/26 – Budget", "£900"), ("2025/26 – Spent", "£800")]),
        ],
        [],
    ]
    assert (records.named_by, records.empty, records.blanks) == (("Code", "Service"), (), True)
    assert [heading.text for heading, _ in records.sections if heading] == ["Parks", "Note: rounded."]


def test_page_of_records_reads_in_order(tmp_path: Path) -> None:
    (page,) = lines_of(rendered([fit_large_print(Sheet("S", blocks=(as_records(BUDGET),)))], tmp_path, title="Money"))
    assert page == [
        "Money",
        "Costs",
        "Each part below is one row of the table, under its Code and",
        "Service. What is not listed is blank in the table.",
        "Parks",
        "G1 – Lawns",
        "2025/26 – Budget: £500",
        "2025/26 – Spent: £450",
        "G2 – Trees",
        "2025/26 – Budget; 2025/26 – Spent: to follow",
        "Remark – in words: late",
        "Total",
        "2025/26 – Budget: £900",
        "2025/26 – Spent: £800",
        "Note: rounded.",
    ]


def test_merged_value_is_in_every_record_that_it_covers() -> None:
    table = Table(
        (
            head(words("Ward"), words("Officer"), words("Trees")),
            row(words("Eastgate"), words("A Fell", rowspan=2), number("1")),
            row(words("Westgate"), number("2")),
        ),
        header_rows=1,
        widths=(0.0,) * 3,
    )
    ((_, records),) = as_records(table).sections
    assert [said(record)[1][0] for record in records] == [("Officer", "A Fell"), ("Officer", "A Fell")]


def test_merged_group_in_the_first_column_is_part_of_each_name() -> None:
    table = Table(
        (
            head(words("Area"), words("Risk"), words("Score")),
            row(words("Parks", rowspan=2), words("Storm"), number("9")),
            row(words("Drought"), number("4")),
        ),
        header_rows=1,
        widths=(0.0,) * 3,
    )
    ((_, records),) = as_records(table).sections
    assert [said(record)[0] for record in records] == ["Parks – Storm", "Parks – Drought"]


def test_number_that_names_a_row_keeps_its_heading_and_a_nameless_row_its_place() -> None:
    table = Table(
        (head(words("Year"), words("Trees")), row(number("2025"), number("7")), row(words(""), number("8"))),
        header_rows=1,
        widths=(0.0, 0.0),
    )
    ((_, records),) = as_records(table).sections
    assert [said(record) for record in records] == [("Year 2025", [("Trees", "7")]), ("", [("Trees", "8")])]
    assert records[1].number == 2


def test_heading_over_the_whole_table_is_said_once_above_it() -> None:
    table = Table(
        (head(words("£000", colspan=2)), head(words("Ward"), words("Cost")), row(words("Eastgate"), number("5"))),
        header_rows=2,
        widths=(0.0, 0.0),
    )
    records = as_records(table)
    assert [cell.text for cell in records.caption] == ["£000"]
    assert said(records.sections[0][1][0]) == ("Eastgate", [("Cost", "5")])


def test_column_without_any_value_is_named(tmp_path: Path) -> None:
    table = Table((head(words("Ward"), words("Notes")), row(words("Eastgate"), words(""))), 1, widths=(0.0, 0.0))
    assert (as_records(table).empty, as_records(table).blanks) == (("Notes",), False)
    (page,) = lines_of(rendered([fit_large_print(Sheet("S", blocks=(as_records(table),)))], tmp_path))
    assert "No row has anything under Notes." in " ".join(page)


@given(
    st.integers(1, 6).flatmap(
        lambda columns: st.lists(
            st.lists(st.sampled_from(["", "a", "£1", "two words"]), min_size=columns, max_size=columns),
            min_size=2,
            max_size=6,
        )
    )
)
def test_every_value_is_in_a_record_under_its_heading(texts: list[list[str]]) -> None:
    columns = len(texts[0])
    heading = [f"H{column}" for column in range(columns)]
    body = [row(*(number(text) if "£" in text else words(text) for text in line)) for line in texts]
    records = as_records(Table((head(*map(words, heading)), *body), 1, widths=(0.0,) * columns))
    ((_, written),) = records.sections
    found = Counter(cell.text for record in written for _, cell in (*record.name, *record.lines))
    assert found == Counter(text for line in texts for text in line if text)
    named = len(records.named_by)
    for line, record in zip(texts, written, strict=True):
        wanted = [(f"H{column}", text) for column, text in enumerate(line) if text and column >= named]
        assert [(label, cell.text) for label, cell in record.lines] == wanted


@pytest.mark.parametrize(
    ("columns", "text", "paper", "kind"),
    [
        pytest.param(3, "Eastgate", "portrait", Table, id="upright"),
        pytest.param(7, "Eastgate", "landscape", Table, id="on its side"),
        pytest.param(14, "£1,234,567", "portrait", Records, id="written out"),
        pytest.param(80, "wide words", "portrait", Records, id="too wide for any paper"),
    ],
)
def test_paper_in_large_print(tmp_path: Path, columns: int, text: str, paper: str, kind: type) -> None:
    path = tmp_path / "x.csv"
    line = ",".join(["Row name"] + [f'"{text}"'] * (columns - 1))
    path.write_text("\n".join([",".join(f"H{n}" for n in range(columns)), line, line]))
    workbook = read_csv(path, "x.csv", fit_large_print)
    (sheet,) = workbook.sheets
    assert (sheet.paper, sheet.font_size, type(sheet.blocks[0])) == (paper, 18, kind)
    assert (sheet.unrenderable, workbook.notes) == ("", ())


def test_only_the_table_that_does_not_fit_is_written_out() -> None:
    narrow = Table((head(words("Ward"), words("Trees")), row(words("Eastgate"), number("5"))), 1, widths=(0.0, 0.0))
    wide = Table(
        (head(*(words(f"Heading {n}") for n in range(14))), row(*(number("1,234,567") for _ in range(14)))),
        header_rows=1,
        widths=(0.0,) * 14,
    )
    sheet = fit_large_print(Sheet("S", blocks=(narrow, Text((words("A note."),)), wide)))
    assert [type(block) for block in sheet.blocks] == [Table, Text, Records]
    assert (sheet.paper, sheet.font_size) == ("portrait", 18)


def test_sheet_of_very_many_wide_rows_keeps_its_ordinary_size() -> None:
    line = row(words("Eastgate"), *(number("1,234,567") for _ in range(13)))
    heading = head(*(words(f"Heading {n}") for n in range(14)))
    long = Sheet("S", blocks=(Table((heading, *[line] * (MOST_LINES // 14)), 1, widths=(0.0,) * 14),))
    assert fit_large_print(long) == fit(long)
    short = Sheet("S", blocks=(Table((heading, *[line] * (MOST_LINES // 14 - 1)), 1, widths=(0.0,) * 14),))
    assert isinstance(fit_large_print(short).blocks[0], Records)


def test_sheet_for_calc_stays_so() -> None:
    assert fit_large_print(Sheet("Chart", unrenderable="has a chart")).unrenderable == "has a chart"


def test_values_stand_near_short_labels_and_have_room_beside_long_ones() -> None:
    def share(heading: str, value: str) -> int:
        return as_records(
            Table((head(words("A"), words(heading)), row(words("a"), words(value))), 1, widths=(0.0,) * 2)
        ).share

    assert share("May", "1") == 20
    assert 20 < share("Cost in 2025/26", "1") < 66
    assert share("Spend and income in 2025/26 by quarter, from April to June", "1") == 66
    assert share("Spend and income in 2025/26 by quarter, from April to June", "many words " * 5) == 46


def test_name_goes_on_to_the_next_page_of_a_long_record(tmp_path: Path) -> None:
    columns = 60
    table = Table(
        (
            head(*(words(f"Heading {n}") for n in range(columns))),
            row(words("Eastgate"), *map(number, "1" * (columns - 1))),
        ),
        header_rows=1,
        widths=(0.0,) * columns,
    )
    pages = lines_of(rendered([fit_large_print(Sheet("S", blocks=(table,)))], tmp_path))
    assert len(pages) >= 3
    assert [page[0] for page in pages[1:]] == ["Eastgate"] * (len(pages) - 1)
    assert [line for page in pages for line in page if line.startswith("Heading")] == [
        f"Heading {n}: 1" for n in range(1, columns)
    ]


def test_nothing_in_a_cell_is_smaller_than_18_point_or_long_in_italics(tmp_path: Path) -> None:
    lines = ((Span("Fee"), Span("2", script="super"), Span("CO"), Span("3", script="sub")),)
    long = words("A long remark that somebody wrote in italics.", italic=True)
    table = Table(
        (head(words("A"), words("B"), words("C")), row(Cell(lines), long, words("est.", italic=True))),
        1,
        widths=(0.0,) * 3,
    )
    for block in (table, as_records(table)):
        with pdfplumber.open(rendered([fit_large_print(Sheet("S", blocks=(block,)))], tmp_path)) as document:
            chars = [char for page in document.pages for char in page.chars]
        assert min(char["size"] for char in chars) >= 17.99
        slanted = "".join(char["text"] for char in chars if "Italic" in char["fontname"])
        assert slanted == "est."


def test_record_is_tagged_as_a_table_whose_values_have_their_headers(tmp_path: Path) -> None:
    reader = pypdf.PdfReader(
        rendered([fit_large_print(Sheet("S", blocks=(as_records(BUDGET),)))], tmp_path, title="Money")
    )
    kinds: Counter[str] = Counter()
    headers = []

    def walk(element: pypdf.generic.DictionaryObject) -> None:
        kinds[element.get("/S", "")] += 1
        if element.get("/S") == "/TD":
            headers.append(len(element["/A"]["/Headers"]))
        children = element.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            if isinstance(each := child.get_object(), dict):
                walk(each)

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    assert (kinds["/Table"], kinds["/TH"], kinds["/TD"]) == (3, 3 + 6, 6)
    assert headers == [1] * 6
    assert (kinds["/H1"], kinds["/H2"], kinds["/H3"]) == (1, 1, 1)


def test_markdown_table_with_signs_and_links_in_its_cells(tmp_path: Path) -> None:
    renderer = Renderer([], Cache(tmp_path / "cache"), large_print=True)
    from pipeline.markdown import to_html

    wide = "| " + " | ".join(f"Heading {n}" for n in range(9)) + " |\n" + "|---" * 9 + "|\n"
    wide += "| A &amp; B | <b> | `x < y` | [web](https://www.ardenshire.example) | **£5** | | 6 | 7 | a \\| b |\n"
    html = with_records(str(to_html(f"Before.\n\n{wide}\nAfter.")), renderer)
    assert html.startswith("<p>Before.</p>") and html.rstrip().endswith("<p>After.</p>")
    assert '<th scope="colgroup" colspan="2">A &amp; B</th>' in html
    assert '<th scope="row">Heading 1:</th><td>&lt;b&gt;</td>' in html
    assert "<td><code>x &lt; y</code></td>" in html
    assert '<td><a href="https://www.ardenshire.example">web</a></td>' in html
    assert "<td><strong>£5</strong></td>" in html
    assert '<th scope="row">Heading 8:</th><td>a | b</td>' in html
    assert "No row has anything under Heading 5." in html
    narrow = str(to_html("| A | B |\n|---|---|\n| 1 | 2 |\n"))
    assert with_records(narrow, renderer) == narrow
