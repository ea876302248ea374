"""Real workbooks for the tests, made with openpyxl, and converted by LibreOffice as ``convert`` does it. Invented."""

import datetime as dt
import io
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

BOLD = Font(bold=True)
CENTRED = Alignment(horizontal="center")
MONEY = '"£"#,##0;("£"#,##0)'
POUNDS = '"£"#,##0.00'
DATE = "dd/mm/yyyy"
SERVICES = ("Fostering", "Adoption", "Early Help", "Youth Justice", "Short Breaks", "Leaving Care", "Playgrounds")
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-GB</value></prop></item>
</oor:items>
"""


def soffice(sources: Sequence[Path], to: str, folder: Path) -> dict[str, Path]:
    """Convert all in one call; return the outputs by the name of their source. A fresh profile, British dates."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE)
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", to, "--outdir", str(folder), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {source.stem: folder / f"{source.stem}.{to.split(':')[0]}" for source in sources}


def bold_row(sheet: Worksheet, row: int) -> None:
    for cell in sheet[row]:
        if cell.value is not None:
            cell.font = BOLD


def formatted(sheet: Worksheet, columns: str, number_format: str, first_row: int) -> None:
    for column in columns:
        for cell in sheet[column][first_row - 1 :]:
            cell.number_format = number_format


def budget(book: openpyxl.Workbook) -> None:
    """A title over all columns, a header of two rows with merged cells, sections, totals, brackets and a note."""
    sheet = book.active
    sheet.title = "Budget"
    sheet["A1"] = "Children's services budget 2017/18"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.merge_cells("A1:F1")
    sheet["A2"] = "All figures are invented"
    sheet.append([])
    sheet.append(["Service", "2016/17", None, "2017/18", None, "Change"])
    sheet.append([None, "Budget", "Actual", "Budget", "Forecast", None])
    for area in ("A4:A5", "B4:C4", "D4:E4", "F4:F5"):
        sheet.merge_cells(area)
    bold_row(sheet, 4), bold_row(sheet, 5)
    for cell in sheet[4]:
        cell.alignment = CENTRED
    sheet.append(["Looked-after children"])
    sheet["A6"].font = BOLD
    sheet.append(["Fostering", 1250000, 1301250, 1300000, 1294000, 0.04])
    sheet.append(["Adoption", 420000, 398400, 400000, 402500, -0.0476])
    sheet.append([])
    sheet.append(["Early help"])
    sheet["A10"].font = BOLD
    sheet.append(["Family hubs", 310000, 322750, -15000, 318000, 0])
    sheet.append(["Total", 1980000, 2022400, 1685000, 2014500, -0.149])
    bold_row(sheet, 12)
    sheet.append([])
    sheet.append(["Source: the council's ledger, 31 August 2017. Brackets are income."])
    formatted(sheet, "BCDE", MONEY, 6)
    formatted(sheet, "F", "0.0%", 6)


def wide(book: openpyxl.Workbook) -> None:
    """Fourteen columns: a name and a month each, with a total."""
    sheet = book.active
    sheet.title = "Monthly"
    months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
    sheet.append(["Service", *months, "Total"])
    bold_row(sheet, 1)
    for number, service in enumerate(SERVICES * 3):
        values = [round(1200 + 37.5 * number + 91 * month) for month in range(12)]
        sheet.append([service, *values, sum(values)])
    formatted(sheet, "BCDEFGHIJKLMN", "#,##0", 2)


def long(book: openpyxl.Workbook) -> None:
    """Three hundred rows with dates, long words in one column, and the header set to repeat."""
    sheet = book.active
    sheet.title = "Sheet1"
    sheet.append(["Ref", "Received", "Complaint", "Ward", "Days", "Refund"])
    for number in range(1, 301):
        words = f"{SERVICES[number % 7]}: a letter was answered late" + (" and the reply went astray" * (number % 4))
        sheet.append([f"C{number:04}", dt.date(2017, 1, 2) + dt.timedelta(number), words, f"Ward {number % 18 + 1}"])
        sheet.cell(number + 1, 5, number % 40)
        sheet.cell(number + 1, 6, (number % 11 - 3) * 12.5)
    formatted(sheet, "B", DATE, 2)
    formatted(sheet, "F", f"{POUNDS};({POUNDS})", 2)
    sheet.print_title_rows = "1:1"


def hidden(book: openpyxl.Workbook) -> None:
    """What is hidden, and what must be said: comments, errors, today's date, white words, links, a merge over both."""
    sheet = book.active
    sheet.title = "Costs"
    sheet.append(["Service", "Manager", "Salary", "Cost", "Share"])
    bold_row(sheet, 1)
    for number, service in enumerate(SERVICES, 2):
        sheet.append([service, f"Manager {number}", 40000 + number, number * 1000.5, f"=D{number}/D20"])
    sheet.column_dimensions["C"].hidden = True
    for row in (4, 5, 6):
        sheet.row_dimensions[row].hidden = True
    sheet["A3"] = "See the register"
    sheet["A3"].hyperlink = "https://www.example.org/register?a=1&b=2"
    sheet["A7"].hyperlink = "file:///C:/Users/jane/secret.xlsx"
    sheet["B2"].comment = Comment("Do not print this", "Jane")
    sheet["B8"].font = Font(color="FFFFFFFF")
    sheet["E8"] = "=TODAY()"
    sheet["A9"], sheet["D9"] = "Merged across", "last"
    sheet.merge_cells("A9:C9")
    sheet["A3"].alignment = Alignment(indent=1)
    secret = book.create_sheet("Workings")
    secret["A1"] = "not for print"
    secret.sheet_state = "hidden"
    book.create_sheet("Blank")


def formats(book: openpyxl.Workbook) -> None:
    """One cell a number format."""
    sheet = book.active
    sheet.title = "Formats"
    accounting = '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-'
    rows: list[tuple[str, Any, str]] = [
        ("pounds", 1234.5, POUNDS),
        ("brackets", -1234, "#,##0;(#,##0)"),
        ("percent", 0.125, "0.0%"),
        ("British date", dt.date(2017, 4, 1), DATE),
        ("system date", dt.date(2017, 4, 1), "mm-dd-yy"),
        ("month", dt.date(2017, 4, 1), "mmm yyyy"),
        ("time", dt.time(15, 30), "hh:mm"),
        ("accounting", -1234.5, accounting),
        ("accounting nought", 0, accounting),
        ("millions", 3800000, '"£"0.0,,"m"'),
        ("general third", "=1/3", "General"),
        ("general whole", 1234567, "General"),
        ("text that looks like a number", "007", "@"),
        ("true", True, "General"),
        ("two lines", "first\nsecond", "General"),
    ]
    for row in rows:
        sheet.append(row[:2])
        sheet.cell(sheet.max_row, 2).number_format = row[2]


def drawn(book: openpyxl.Workbook) -> None:
    """A sheet of figures, one with a chart, one with a picture."""
    book.active.title = "Figures"
    for name in ("Figures", "Chart", "Picture"):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        sheet.append(["Year", "Count"])
        for year in range(2014, 2018):
            sheet.append([year, year - 2000])
        sheet["D1"] = f"only on {name}"
    chart = BarChart()
    chart.add_data(Reference(book["Chart"], min_col=2, min_row=1, max_row=5), titles_from_data=True)
    book["Chart"].add_chart(chart, "E2")
    book["Picture"].add_image(Picture(_picture()), "E2")


def _picture() -> io.BytesIO:
    png = io.BytesIO()
    Image.new("RGB", (40, 40), "navy").save(png, "PNG")
    return png


def areas(book: openpyxl.Workbook) -> None:
    """A print area of two parts with words outside, and two tables on one sheet, side notes and a coloured cell."""
    sheet = book.active
    sheet.title = "Areas"
    sheet.append(["Ward", "Votes"])
    sheet.append(["Abbey", 10])
    sheet["A6"], sheet["B6"], sheet["A7"], sheet["B7"] = "Street", "Lamps", "High Street", 4
    sheet["D3"] = "outside"
    sheet.print_area = "A1:B2,A6:B7"
    other = book.create_sheet("Two tables")
    other["A1"] = "Table 1: staff"
    for number, row in enumerate((["Team", "Staff"], ["North", 12], ["South", 9]), 2):
        for column, value in enumerate(row, 1):
            other.cell(number, column, value)
    other["A6"] = "Note: staff in post on 1 April."
    other["A8"] = "Table 2: vacancies"
    for number, row in enumerate((["Team", "Posts", "Since"], ["North", 2, "May"], ["South", 1, "June"]), 9):
        for column, value in enumerate(row, 1):
            other.cell(number, column, value)
    bold_row(other, 2), bold_row(other, 9)
    other["C10"].fill = PatternFill("solid", fgColor="FF00B050")
    other["C11"] = None
    other["C11"].fill = PatternFill("solid", fgColor="FFC00000")


def giant(book: openpyxl.Workbook) -> None:
    """Sixty columns of text on one sheet, eighteen of figures on another, one far cell on a third."""
    book.active.title = "Sixty"
    book.active.append([f"Heading number {n}" for n in range(60)])
    book.active.append([f"words and words {n}" for n in range(60)])
    eighteen = book.create_sheet("Eighteen")
    eighteen.append(["Service", *(f"Week {n}" for n in range(1, 19))])
    for service in SERVICES:
        eighteen.append([service, *(f"{n * 1234567:,}" for n in range(18))])
    far = book.create_sheet("Far")
    far["A1"], far["B1"] = "near", 1
    far["A1048576"], far["B1048576"] = "far", 2


def grouped(book: openpyxl.Workbook) -> None:
    """Row groups merged down the first column, as risk registers have them."""
    sheet = book.active
    sheet.title = "Risks"
    sheet.append(["Area", "Risk", "Score", "Owner"])
    bold_row(sheet, 1)
    for number in range(60):
        sheet.append(
            [f"Area {number // 4 + 1}" if number % 4 == 0 else None, f"Risk {number + 1}", number % 25, "Team"]
        )
    for first in range(2, 62, 4):
        sheet.merge_cells(start_row=first, end_row=first + 3, start_column=1, end_column=1)


MAKERS: dict[str, Callable[[openpyxl.Workbook], None]] = {
    maker.__name__: maker for maker in (budget, wide, long, hidden, formats, drawn, areas, giant, grouped)
}


def blank_workbook(folder: Path) -> Path:
    """Two sheets: an empty one and a hidden one."""
    book = openpyxl.Workbook()
    book.create_sheet("Kept back")["A1"] = "words"
    book["Kept back"].sheet_state = "hidden"
    book.save(folder / "blank.xlsx")
    return folder / "blank.xlsx"


def make_all(folder: Path) -> list[Path]:
    paths = []
    for name, maker in MAKERS.items():
        book = openpyxl.Workbook()
        maker(book)
        paths.append(folder / f"{name}.xlsx")
        book.save(paths[-1])
    return paths
