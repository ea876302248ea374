"""Tables from CSV, the guessing of headers and paper, and the template: without LibreOffice."""

import io
from pathlib import Path

import jinja2
import pdfplumber
import pytest
from weasyprint import HTML

from pipeline.errors import PaperError
from pipeline.office.cell_text import shorten
from pipeline.office.csv_text import looks_numeric
from pipeline.office.flat_ods import Area, address, parse_areas
from pipeline.office.paper_size import em_width
from pipeline.office.sheet import Cell, Row, Sheet, Span, Table
from pipeline.office.spreadsheet import read_csv, read_fods

TEMPLATES = Path(__file__).parent.parent / "agenda_templates"


def page_of(sheets: tuple[Sheet, ...], title: str = "Costs", letter: str = "II") -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("spreadsheet.html")
    return template.render(title=title, letter=letter, sheets=sheets, language="en-GB")


def table_of(folder: Path, words: str | bytes) -> Table:
    path = folder / "table.csv"
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return read_csv(path, "table.csv").sheets[0].tables[0]


def words_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"Ward,Cost\r\nAbbey,\xc2\xa35\r\n", id="utf-8"),
        pytest.param(b"\xef\xbb\xbfWard;Cost\nAbbey;\xc2\xa35\n", id="utf-8 with mark, semicolons"),
        pytest.param("Ward\tCost\nAbbey\t£5\n".encode("utf-16"), id="utf-16, tabs"),
        pytest.param(b"Ward,Cost\nAbbey,\xa35\n", id="cp1252"),
        pytest.param(b"sep=;\r\nWard;Cost\r\nAbbey;\xa35", id="Excel's sep line"),
        pytest.param(b"Ward|Cost\nAbbey|\xa35\n\n\n", id="bars, empty lines at the end"),
    ],
)
def test_csv_is_read_in_its_own_encoding_and_delimiter(tmp_path: Path, data: bytes) -> None:
    table = table_of(tmp_path, data)
    assert words_of(table) == [["Ward", "Cost"], ["Abbey", "£5"]]
    assert table.header_rows == 1
    assert [cell.scope for cell in table.rows[0].cells] == ["col", "col"]


def test_csv_delimiter_is_not_the_comma_inside_numbers(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'Ward;Cost;Share\nAbbey;"1,234,567";0,5\nBridge;"2,345,678";0,25\n')
    assert words_of(table)[1] == ["Abbey", "1,234,567", "0,5"]


def test_csv_numbers_stand_right_and_codes_left(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Name,Telephone,Cost\nJane,01632960001,(200)\nAnwen,01632960002,£1 234\nAsh,,12.5%\n")
    assert [cell.align for cell in table.rows[1].cells] == ["left", "left", "right"]
    assert [cell.align for cell in table.rows[0].cells] == ["left", "left", "right"]
    assert table.rows[2].cells[2].align == "left"  # "£1 234" is not a number as we write it


def test_csv_keeps_line_breaks_and_pads_ragged_rows(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'Name,Note,Date\nJane,"one\ntwo",1 May\nAsh\n')
    assert words_of(table)[1:] == [["Jane", "one\ntwo", "1 May"], ["Ash", "", ""]]


def test_csv_title_above_the_table_becomes_its_caption(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Costs of the year,,\n,,\nWard,Cost,Days\nAbbey,5,1\nBridge,6,2\n")
    assert [cell.text for cell in table.caption] == ["Costs of the year"]
    assert [cell.text for row in table.head for cell in row.cells] == ["Ward", "Cost", "Days"]
    assert [row.cells[0].scope for row in table.rows] == ["col", "row", "row"]


def test_names_beside_their_values_are_not_taken_for_a_header(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Budget,500\nActual,450\nChange,-50\n")
    assert table.header_rows == 0
    assert [row.cells[0].scope for row in table.rows] == ["row", "row", "row"]


@pytest.mark.parametrize("data", [b"", b"\n\n ,,\n"], ids=["empty", "blank"])
def test_csv_without_words_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(PaperError, match="nothing to print"):
        read_csv(path, "x.csv")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'Ward,Cost\n"Abbey,5\n', "cannot be told apart"),
        (b"\x00\x01\x02", "not a text file"),
        (b"a\x81", "not a text"),
    ],
    ids=["open quotation", "binary", "no known encoding"],
)
def test_csv_that_cannot_be_read_says_so(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(PaperError, match=words) as raised:
        read_csv(path, "papers/x.csv")
    assert raised.value.faults[0].file == Path("papers/x.csv")


def test_fods_that_is_no_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.fods"
    path.write_text("<office/>")
    with pytest.raises(PaperError, match="cannot be read"):
        read_fods(path, "x.xlsx")


@pytest.mark.parametrize(
    ("columns", "words", "paper", "size"),
    [
        (3, "short", "portrait", 10),
        (5, "some twenty letters", "portrait", 9),
        (8, "some twenty letters", "landscape", 9),
        (16, "some letters", "landscape", 8),
        (24, "some letters", "a3-landscape", 8),
    ],
)
def test_paper_follows_from_what_the_columns_need(
    tmp_path: Path, columns: int, words: str, paper: str, size: float
) -> None:
    lines = [",".join(f"H{n}" for n in range(columns))] + [",".join([words] * columns)] * 5
    path = tmp_path / "x.csv"
    path.write_text("\n".join(lines))
    sheet = read_csv(path, "x.csv").sheets[0]
    assert (sheet.paper, sheet.font_size) == (paper, size)
    assert sheet.landscape is (paper != "portrait")
    assert sum(sheet.tables[0].widths) == pytest.approx(100, abs=0.1)


def test_csv_too_wide_for_any_paper_is_still_printed_and_said(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("\n".join([",".join(f"Heading{n}" for n in range(80)), ",".join(["wide words"] * 80)]))
    workbook = read_csv(path, "x.csv")
    assert workbook.sheets[0].unrenderable == ""
    assert workbook.notes == ("x.csv has a table of 80 columns, too wide for a page: look at its pages.",)


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        ("0.333333333333333", 8, "0.333333"),
        ("1234567.891234", 9, "1234567.9"),
        ("1234567.891234", 6, "1234568"),
        ("-0.00000001234", 8, "0"),
        ("2.50000000000001", 8, "2.5"),
        ("12345678901234", 8, "12345678901234"),
        ("0.125", 8, "0.125"),
        ("1.2E-05", 3, "1.2E-05"),
    ],
)
def test_general_number_is_shown_as_its_column_shows_it(number: str, places: int, shown: str) -> None:
    assert shorten(number, places) == shown


@pytest.mark.parametrize("words", ["1,234.50", "(200)", "-£3", "£1,234", "12.5%", "1234567", "£-5", "+3", "(£1,200)"])
def test_number_as_written_looks_numeric(words: str) -> None:
    assert looks_numeric(words)


@pytest.mark.parametrize("words", ["", "n/a", "1,23", "01/04/2017", "1.2.3", "12 High Street", "£", "C0001"])
def test_words_do_not_look_numeric(words: str) -> None:
    assert not looks_numeric(words)


def test_areas_are_read_with_sheet_names_that_hold_anything() -> None:
    assert parse_areas("'It''s A1.B2'.A1:'It''s A1.B2'.D7 $Sheet1.$F$2:.$AA$3 Costs.C9") == (
        Area(0, 0, 6, 3),
        Area(1, 5, 2, 26),
        Area(8, 2, 8, 2),
    )
    assert address(8, 26) == "AA9"


def test_width_of_words_is_near_that_of_the_real_font() -> None:
    assert em_width("Children and young people's services 2017") == pytest.approx(19.3, rel=0.08)
    assert em_width("£1,234,567.00") == pytest.approx(6.4, rel=0.08)


def test_ink_can_be_read_on_its_fill() -> None:
    assert [Cell(fill=fill).ink for fill in ("", "#ffff00", "#00b050", "#c00000", "#1f3864")] == [
        "#000", "#000", "#000", "#fff", "#fff",
    ]  # fmt: skip


def test_page_escapes_what_is_in_the_cells_and_keeps_links() -> None:
    link = Span("our register", href="https://www.example.org/?a=1&b=2")
    cells = (
        Cell(((Span("<b>&"), link),)),
        Cell(((Span("Fee"), Span("1", script="super")), (Span("next", bold=True),))),
    )
    html = page_of((Sheet("S", blocks=(Table((Row(cells),), widths=(50.0, 50.0)),)),), title='A "B" & C', letter="")
    assert '&lt;b&gt;&amp;<a href="https://www.example.org/?a=1&amp;b=2">our register</a></td>' in html
    assert "Fee<sup>1</sup><br><strong>next</strong></td>" in html
    assert "<title>A &#34;B&#34; &amp; C</title>" in html
    assert "Appendix" not in html


def test_long_table_repeats_its_header_and_stays_inside_the_margins(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = [f"C{n:04},{'Llanfairpwllgwyngyll' * 3} and words,{n * 1234567}" for n in range(120)]
    path.write_text("\n".join(["Reference,What was said,Amount", *rows]))
    pdf = HTML(string=page_of(read_csv(path, "x.csv").sheets)).write_pdf()
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) > 2
        for page in document.pages:
            words = page.extract_text()
            assert words.count("Reference What was said Amount") == 1
            assert min(char["x0"] for char in page.chars) >= 18 * 72 / 25.4 - 0.1
            assert max(char["x1"] for char in page.chars) <= float(page.width) - 18 * 72 / 25.4 + 0.1
            assert max(char["bottom"] for char in page.chars) <= float(page.height) - 20 * 72 / 25.4
            assert min(char["top"] for char in page.chars) >= 15 * 72 / 25.4
        found = "".join(page.extract_text() for page in document.pages)
        assert all(f"C{n:04}" in found for n in range(120))


def test_row_higher_than_a_page_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Ref,Words,Days\nA,short,1\nB," + "word " * 4000 + "end-of-the-words,2\nC,last,3\n")
    pdf = HTML(string=page_of(read_csv(path, "x.csv").sheets)).write_pdf()
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        text = " ".join(page.extract_text() for page in document.pages)
    assert text.count("word ") + text.count("word\n") >= 3990
    assert "end-of-the-words" in text and "last" in text


def test_large_csv_is_read_in_linear_time(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Ref,Words,Days\n" + "".join(f"R{n},some words,{n}\n" for n in range(5000)))
    table = read_csv(path, "x.csv").sheets[0].tables[0]
    assert len(table.rows) == 5001
