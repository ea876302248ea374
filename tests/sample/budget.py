"""Appendix II: the budget workbook (appendix-2.xlsx), with a hidden row and a hidden sheet that must not be printed."""

from collections.abc import Sequence
from pathlib import Path

import facts as f
import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet
from report import APPENDICES
from workbook import save_workbook

TITLE = APPENDICES[1][1]
POUNDS, PERCENT = '"£"#,##0;("£"#,##0)', "0.0%;(0.0%)"
FORMATS = (POUNDS, *[POUNDS] * 4, POUNDS, POUNDS, PERCENT, POUNDS, POUNDS, PERCENT, POUNDS)  # columns C to N
WIDTHS = (7, 31, 13, 12, 12, 12, 12, 13, 11, 10, 13, 11, 10, 13)
LAST = "N"
NOTES = (
    "All figures in pounds. Income stands in brackets.",
    "A variance or change in brackets is spending below, or income above, the figure it is compared with. "
    "Percentages show how much more, or in brackets less, was spent or received.",
)
HIDDEN_LINE, HIDDEN_SHEET = "Suspense account (closed; not for print)", "Workings"
Results = dict[str, str | float]


def write_budget(path: Path) -> None:
    book = openpyxl.Workbook()
    revenue = book.active
    assert isinstance(revenue, Worksheet)
    revenue.title = "Revenue budget"
    results = {revenue.title: fill_revenue(revenue)}
    capital = book.create_sheet("Capital programme")
    results[capital.title] = fill_capital(capital)
    workings = book.create_sheet(HIDDEN_SHEET)
    workings["A1"] = "Workings of the finance team: not for print"
    workings.sheet_state = "hidden"
    save_workbook(book, path, TITLE, results)


def fill_revenue(sheet: Worksheet) -> Results:
    """Fill the sheet; the result is what each formula gives."""
    results: Results = {}
    head(sheet, (f"Revenue budget and outturn {f.YEAR}, with the budget for {f.NEXT_YEAR}", *NOTES), LAST)
    revenue_headings(sheet)
    group(sheet, 6, "Expenditure")
    for row, line in enumerate(f.EXPENDITURE, 7):
        results |= put_line(sheet, row, line)
    results |= put_line(sheet, 14, f.Line("G199", HIDDEN_LINE, 0, (0, 0, 0, 0), 0, 0))
    sheet.row_dimensions[14].hidden = True
    results |= put_sum(sheet, 15, f.GROSS, "=SUM({0}7:{0}14)")
    group(sheet, 16, "Income")
    for row, line in enumerate(f.INCOME, 17):
        results |= put_line(sheet, row, line)
    results |= put_sum(sheet, 21, f.RECEIPTS, "=SUM({0}17:{0}20)")
    results |= put_sum(sheet, 22, f.NET_COST, "={0}15+{0}21")
    for letter, width in zip("ABCDEFGHIJKLMN", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "C6"
    print_landscape(sheet, f"A1:{LAST}22", "4:5")
    return results


def revenue_headings(sheet: Worksheet) -> None:
    for cells, words in (
        ("A4:A5", "Code"),
        ("B4:B5", "Service"),
        ("C4:C5", f"Budget {f.YEAR}"),
        ("D4:G4", f"Spend and income in {f.YEAR} by quarter"),
        ("H4:J4", f"Outturn {f.YEAR}"),
        ("K4:M4", f"Compared with {f.PRIOR_YEAR}"),
        ("N4:N5", f"Budget {f.NEXT_YEAR}"),
    ):
        sheet.merge_cells(cells)
        sheet[cells.partition(":")[0]] = words
    below = ("Apr to Jun", "Jul to Sep", "Oct to Dec", "Jan to Mar", "Outturn", "Variance (£)", "Variance (%)")
    for column, words in enumerate((*below, f"Outturn {f.PRIOR_YEAR}", "Change (£)", "Change (%)"), 4):
        sheet.cell(5, column, words)
    for row in sheet["A4:N5"]:
        for cell in row:
            heading_look(cell)
    sheet.row_dimensions[5].height = 28


def put_line(sheet: Worksheet, row: int, line: f.Line) -> Results:
    values = (line.code, line.name, line.budget, *line.quarters)
    for column, value in enumerate(values, 1):
        sheet.cell(row, column, value)
    sheet.cell(row, 11, line.outturn_before)
    sheet.cell(row, 14, line.budget_next)
    sheet.cell(row, 8, f"=SUM(D{row}:G{row})")
    body_look(sheet, row)
    return {f"H{row}": line.outturn} | put_comparisons(sheet, row, line)


def put_comparisons(sheet: Worksheet, row: int, line: f.Line) -> Results:
    """Variance and change, in pounds and as shares; the shares of a line of noughts are left empty."""
    variance, change = line.variance, line.outturn - line.outturn_before
    sheet[f"I{row}"], sheet[f"L{row}"] = f"=H{row}-C{row}", f"=H{row}-K{row}"
    results: Results = {f"I{row}": variance, f"L{row}": change}
    if line.budget:
        sheet[f"J{row}"], sheet[f"M{row}"] = f"=I{row}/C{row}", f"=L{row}/K{row}"
        results |= {f"J{row}": variance / line.budget, f"M{row}": change / line.outturn_before}
    return results


def put_sum(sheet: Worksheet, row: int, line: f.Line, formula: str) -> Results:
    """A row of totals by ``formula``, in which {0} is the column's letter."""
    sheet.cell(row, 1, line.name)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    sums = dict(
        zip("CDEFGHKN", (line.budget, *line.quarters, line.outturn, line.outturn_before, line.budget_next), strict=True)
    )
    results: Results = {}
    for letter, value in sums.items():
        sheet[f"{letter}{row}"] = formula.format(letter)
        results[f"{letter}{row}"] = value
    results |= put_comparisons(sheet, row, line)
    body_look(sheet, row, bold=True)
    return results


def fill_capital(sheet: Worksheet) -> Results:
    results: Results = {}
    head(sheet, (f"Capital programme {f.YEAR} to 2027/28", "All figures in pounds."), "E")
    for column, words in enumerate(
        ("Scheme", f"Spend {f.YEAR}", f"Budget {f.NEXT_YEAR}", "Budget 2027/28", "Total"), 1
    ):
        heading_look(sheet.cell(4, column, words))
    for row, scheme in enumerate(f.CAPITAL, 5):
        for column, value in enumerate(scheme, 1):
            sheet.cell(row, column, value)
        sheet.cell(row, 5, f"=SUM(B{row}:D{row})")
        results[f"E{row}"] = sum(int(value) for value in scheme[1:])
    sheet.cell(9, 1, "Total")
    for letter, value in zip("BCDE", (*f.CAPITAL_BY_YEAR, f.CAPITAL_TOTAL), strict=True):
        sheet[f"{letter}9"] = f"=SUM({letter}5:{letter}8)"
        results[f"{letter}9"] = value
    for row in range(5, 10):
        for cell in sheet[row][:5]:
            cell_look(cell, bold=row == 9)
            if cell.column > 1:
                cell.number_format = POUNDS
    for letter, width in zip("ABCDE", (34, 18, 18, 18, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    print_landscape(sheet, "A1:E9", "4:4")
    return results


def head(sheet: Worksheet, lines: Sequence[str], last: str) -> None:
    for row, words in enumerate(lines, 1):
        sheet.merge_cells(f"A{row}:{last}{row}")
        sheet[f"A{row}"] = words
        sheet[f"A{row}"].font = Font(name="Arial", size=14 if row == 1 else 10, bold=row == 1)


def group(sheet: Worksheet, row: int, words: str) -> None:
    sheet.merge_cells(f"A{row}:{LAST}{row}")
    sheet[f"A{row}"] = words
    for cell in sheet[row]:
        cell_look(cell, bold=True)
        cell.fill = PatternFill("solid", fgColor="E8F1EA")


def body_look(sheet: Worksheet, row: int, bold: bool = False) -> None:
    for cell in sheet[row][:14]:
        cell_look(cell, bold)
    for cell, shown in zip(sheet[row][2:14], FORMATS, strict=True):
        cell.number_format = shown
        cell.alignment = Alignment(horizontal="right")


LINE = Side(style="thin", color="1F5132")


def cell_look(cell: Cell, bold: bool = False) -> None:
    cell.font = Font(name="Arial", size=10, bold=bold)
    cell.border = Border(top=LINE, bottom=LINE, left=LINE, right=LINE)


def heading_look(cell: Cell) -> None:
    cell_look(cell)
    cell.font = Font(name="Arial", size=10, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="1F5132")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def print_landscape(sheet: Worksheet, area: str, titles: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_area = area
    sheet.print_title_rows = titles
    sheet.oddFooter.left.text = "www.ardenshire.example/greenspaces"
