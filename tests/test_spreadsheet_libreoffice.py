"""Real workbooks through real LibreOffice: one call converts them all."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
from weasyprint import HTML

from pipeline.errors import PaperError
from pipeline.office.sheet import Cell, Sheet, Table, Text, Workbook
from pipeline.office.spreadsheet import only_sheet, read_fods
from tests.test_spreadsheet import page_of
from tests.workbooks import MAKERS, blank_workbook, make_all, soffice

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
Reader = Callable[[str], Workbook]


@pytest.fixture(scope="module")
def flat(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("workbooks")
    return soffice([*make_all(folder), blank_workbook(folder)], "fods", folder)


@pytest.fixture(scope="module")
def read(flat: dict[str, Path]) -> Reader:
    return lambda name: read_fods(flat[name], f"{name}.xlsx")


def first_table(workbook: Workbook, sheet: int = 0) -> Table:
    return workbook.sheets[sheet].tables[0]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def cell_of(table: Table, words: str) -> Cell:
    return next(cell for row in table.rows for cell in row.cells if cell.text == words)


def test_title_rows_become_the_caption_and_merged_rows_the_header(read: Reader) -> None:
    table = first_table(read("budget"))
    assert [cell.text for cell in table.caption] == ["Children's services budget 2017/18", "All figures are invented"]
    assert table.header_rows == 2
    assert [(c.text, c.rowspan, c.colspan, c.scope) for c in table.head[0].cells] == [
        ("Service", 2, 1, "col"),
        ("2016/17", 1, 2, "colgroup"),
        ("2017/18", 1, 2, "colgroup"),
        ("Change", 2, 1, "col"),
    ]
    assert [c.text for c in table.head[1].cells] == ["Budget", "Actual", "Budget", "Forecast"]


def test_sections_of_a_budget_stay_one_table(read: Reader) -> None:
    sheet = read("budget").sheets[0]
    table, note = sheet.blocks
    assert isinstance(table, Table) and isinstance(note, Text)
    assert [(row.cells[0].text, row.cells[0].colspan) for row in table.rows if row.section] == [
        ("Looked-after children", 6),
        ("Early help", 6),
    ]
    assert [row.cells[0].text for row in table.rows if row.gap] == ["Early help"]
    assert [len(section) for section in table.sections] == [3, 3]
    assert note.paragraphs[0].text == "Source: the council's ledger, 31 August 2017. Brackets are income."


def test_money_brackets_percent_and_bold_are_kept(read: Reader) -> None:
    table = first_table(read("budget"))
    assert texts(table)[-2:] == [
        ["Family hubs", "£310,000", "£322,750", "(£15,000)", "£318,000", "0.0%"],
        ["Total", "£1,980,000", "£2,022,400", "£1,685,000", "£2,014,500", "-14.9%"],
    ]
    assert all(cell.bold for cell in table.rows[-1].cells)
    assert not any(cell.bold for cell in table.rows[-2].cells)
    assert [cell.scope for cell in table.rows[-1].cells] == ["row", "", "", "", "", ""]


def test_each_number_format_shows_as_in_the_workbook(read: Reader) -> None:
    assert texts(first_table(read("formats"))) == [
        ["pounds", "£1,234.50"],
        ["brackets", "(1,234)"],
        ["percent", "12.5%"],
        ["British date", "01/04/2017"],
        ["system date", "01/04/2017"],
        ["month", "Apr 2017"],
        ["time", "15:30"],
        ["accounting", "-£1,234.50"],
        ["accounting nought", "£-"],
        ["millions", "£3.8m"],
        ["general third", "0.333333"],
        ["general whole", "1234567"],
        ["text that looks like a number", "007"],
        ["true", "TRUE"],
        ["two lines", "first\nsecond"],
    ]


def test_text_that_looks_like_a_number_is_not_put_right(read: Reader) -> None:
    table = first_table(read("formats"))
    assert (cell_of(table, "007").align, cell_of(table, "007").numeric) == ("left", False)
    assert (cell_of(table, "01/04/2017").align, cell_of(table, "01/04/2017").numeric) == ("right", True)


def test_what_is_hidden_is_left_out_and_said(read: Reader) -> None:
    workbook = read("hidden")
    assert [sheet.name for sheet in workbook.sheets] == ["Costs"]
    assert workbook.notes == ("hidden.xlsx: sheet 'Workings' is hidden in the workbook and is not in the pack.",)
    table = first_table(workbook)
    assert [row[0] for row in texts(table)] == [
        "Service", "Fostering", "See the register", "Leaving Care", "Playgrounds", "Merged across",
    ]  # fmt: skip
    assert texts(table)[0] == ["Service", "Manager", "Cost", "Share"]
    everything = repr(workbook)
    for secret in ("40002", "Early Help", "Manager 8", "Do not print", "not for print", "secret.xlsx"):
        assert secret not in everything
    assert workbook.sheets[0].notes == (
        "hidden.xlsx, sheet 'Costs': rows 4-6 and column C are hidden in the workbook and are not in the pack.",
        "hidden.xlsx, sheet 'Costs': B8 has words in the colour of their background; they are not in the pack.",
        "hidden.xlsx, sheet 'Costs': E2 shows #DIV/0!, E3 shows #DIV/0! and E7 shows #DIV/0!. "
        "Correct the formula in the workbook.",
        "hidden.xlsx, sheet 'Costs': E8 uses TODAY(), so it changes each time the pack is built. "
        "Type the value in its place.",
        "hidden.xlsx, sheet 'Costs': 1 comment is not in the pack.",
    )


def test_merged_cell_loses_only_its_hidden_column(read: Reader) -> None:
    last = first_table(read("hidden")).rows[-1]
    assert [(cell.text, cell.colspan) for cell in last.cells] == [("Merged across", 2), ("last", 1), ("", 1)]


def test_links_to_the_web_are_kept_and_others_are_words(read: Reader) -> None:
    table = first_table(read("hidden"))
    web, file = cell_of(table, "See the register"), cell_of(table, "Leaving Care")
    assert web.lines[0][0].href == "https://www.example.org/register?a=1&b=2"
    assert web.indent > 2
    assert file.lines[0][0].href == ""


def test_print_areas_are_honoured_and_what_is_outside_is_said(read: Reader) -> None:
    sheet = read("areas").sheets[0]
    assert [texts(table) for table in sheet.tables] == [
        [["Ward", "Votes"], ["Abbey", "10"]],
        [["Street", "Lamps"], ["High Street", "4"]],
    ]
    assert sheet.notes == (
        "areas.xlsx, sheet 'Areas': the workbook prints A1:B2 and A6:B7 only; what stands outside (D3) is not in the "
        "pack.",
    )


def test_two_tables_on_a_sheet_have_each_their_caption_and_header(read: Reader) -> None:
    sheet = read("areas").sheets[1]
    first, note, second = sheet.blocks
    assert isinstance(first, Table) and isinstance(note, Text) and isinstance(second, Table)
    assert [cell.text for cell in first.caption + note.paragraphs + second.caption] == [
        "Table 1: staff", "Note: staff in post on 1 April.", "Table 2: vacancies",
    ]  # fmt: skip
    assert (first.header_rows, second.header_rows) == (1, 1)
    assert sheet.title == "Two tables"


def test_colour_of_a_cell_is_kept_and_colour_alone_is_said(read: Reader) -> None:
    sheet = read("areas").sheets[1]
    assert [cell.fill for row in sheet.tables[1].rows for cell in row.cells if cell.fill] == ["#00b050", "#c00000"]
    assert sheet.notes == (
        "areas.xlsx, sheet 'Two tables': some cells say something by colour alone; write the word in the cell as well, "
        "for those who cannot see it.",
    )


def test_chart_and_picture_are_left_to_calc(read: Reader) -> None:
    reasons = {sheet.name: sheet.unrenderable for sheet in read("drawn").sheets}
    assert reasons == {"Figures": "", "Chart": "has a chart", "Picture": "has a picture"}


def test_very_wide_sheets_take_a3_or_are_left_to_calc(read: Reader) -> None:
    sheets = {sheet.name: sheet for sheet in read("giant").sheets}
    assert sheets["Sixty"].unrenderable == "has a table of 60 columns, too wide for a page"
    assert (sheets["Eighteen"].paper, sheets["Eighteen"].unrenderable) == ("a3-landscape", "")


def test_cell_a_million_rows_away_costs_nothing(read: Reader) -> None:
    sheet = next(sheet for sheet in read("giant").sheets if sheet.name == "Far")
    assert texts(sheet.tables[0]) == [["near", "1"], ["far", "2"]]
    assert [row.gap for row in sheet.tables[0].rows] == [False, True]


def test_rows_set_to_repeat_are_the_header(read: Reader) -> None:
    sheet = read("long").sheets[0]
    table = sheet.tables[0]
    assert (sheet.paper, table.header_rows, len(table.rows)) == ("portrait", 1, 301)
    assert texts(table)[1] == ["C0001", "03/01/2017", SECOND, "Ward 2", "1", "(£25.00)"]


SECOND = "Adoption: a letter was answered late and the reply went astray"


def test_fourteen_columns_are_landscape_and_all_right_aligned(read: Reader) -> None:
    sheet = read("wide").sheets[0]
    assert sheet.paper == "landscape"
    assert {cell.align for cell in sheet.tables[0].rows[0].cells[1:]} == {"right"}


def test_rows_joined_by_a_merged_cell_stay_on_one_page(read: Reader) -> None:
    workbook = read("grouped")
    table = first_table(workbook)
    assert [row.keep for row in table.rows[1:9]] == [True, True, True, False] * 2
    assert table.rows[1].cells[0].scope == "rowgroup"
    with pdfplumber.open(io.BytesIO(HTML(string=page_of(workbook.sheets)).write_pdf())) as document:
        pages = [page.extract_text() for page in document.pages]
    assert len(pages) == 2
    for area in range(15):
        at = [next(i for i, page in enumerate(pages) if f"Risk {4 * area + n} " in page) for n in range(1, 5)]
        assert len(set(at)) == 1


def test_workbook_without_anything_visible_is_refused(read: Reader) -> None:
    with pytest.raises(PaperError, match="nothing to print") as raised:
        read("blank")
    assert str(raised.value).startswith("blank.xlsx: ")


def test_reading_twice_gives_the_same(read: Reader) -> None:
    assert [read(name) for name in MAKERS] == [read(name) for name in MAKERS]


def test_every_page_is_printed_within_its_margins(read: Reader) -> None:
    sheets: list[Sheet] = []
    for name in MAKERS:
        sheets += [sheet for sheet in read(name).sheets if not sheet.unrenderable]
    with pdfplumber.open(io.BytesIO(HTML(string=page_of(tuple(sheets))).write_pdf())) as document:
        shapes = set()
        for page in document.pages:
            shapes.add((round(page.width), round(page.height)))
            assert max(char["x1"] for char in page.chars) <= float(page.width) - 18 * 72 / 25.4 + 0.1
            assert max(char["bottom"] for char in page.chars) <= float(page.height) - 20 * 72 / 25.4
            assert min(char["top"] for char in page.chars) >= 15 * 72 / 25.4
    assert shapes == {(595, 842), (842, 595), (1191, 842)}


def test_one_sheet_alone_is_what_calc_prints(flat: dict[str, Path], tmp_path: Path) -> None:
    sources = []
    for name in ("Figures", "Chart", "Picture"):
        sources.append(tmp_path / f"{name}.fods")
        sources[-1].write_bytes(only_sheet(flat["drawn"], name))
    for name, path in soffice(sources, "pdf", tmp_path).items():
        with pdfplumber.open(path) as document:
            text = " ".join(page.extract_text() for page in document.pages)
        assert [other for other in ("Figures", "Chart", "Picture") if f"only on {other}" in text] == [name]


def test_only_sheet_of_another_name_is_our_fault(flat: dict[str, Path]) -> None:
    with pytest.raises(ValueError, match="no sheet is called 'Nowhere'"):
        only_sheet(flat["drawn"], "Nowhere")


def test_old_excel_and_opendocument_show_the_same(flat: dict[str, Path], read: Reader, tmp_path: Path) -> None:
    old = soffice([flat["budget"]], "xls", tmp_path)["budget"]
    open_document = soffice([flat["formats"]], "ods", tmp_path)["formats"]
    again = soffice([old, open_document], "fods", tmp_path)
    for name, path in again.items():
        assert texts(first_table(read_fods(path, name))) == texts(first_table(read(name)))
