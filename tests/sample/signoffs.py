"""The sign-off register of the report (signoffs.xlsx): who contributed and who approved."""

import datetime as dt
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from workbook import save_workbook

HEADINGS = (
    "Contributor/ approver name",
    "Title",
    "Directorate or organisation",
    "Date doc sent out",
    "Date response received or approved",
)


def day(number: int, month: int) -> dt.date:
    return dt.date(2026, month, number)


# name, title, directorate, sent, answered: directorates and, in each, surnames in the order of the alphabet
CONTRIBUTORS = (
    ("Bisi Adewole", "Community Engagement Manager", "Communities", day(17, 8), day(21, 8)),
    ("Carys Llewelyn", "Schools Partnership Officer", "Communities", day(17, 8), day(27, 8)),
    ("Tomasz Wrona", "Equality and Inclusion Officer", "Communities", day(24, 8), day(4, 9)),
    ("Hamish Aldcroft", "Senior Arboricultural Officer", "Place", day(17, 8), day(24, 8)),
    ("Priya Chandran", "Parks Development Manager", "Place", day(17, 8), day(26, 8)),
    ("Gwen Dovedale", "Play and Open Spaces Officer", "Place", day(17, 8), day(19, 8)),
    ("Idris Eastwell", "Grounds Maintenance Manager", "Place", day(17, 8), day(28, 8)),
    ("Marta Kielbrook", "Biodiversity Officer", "Place", day(24, 8), day(2, 9)),
    ("Leon Marchbank", "Highway Assets Engineer", "Place", day(24, 8), day(7, 9)),
    ("Farida Osmani", "Bereavement Services Manager", "Place", day(17, 8), day(25, 8)),
    ("Nuala Pettifer", "Allotments and Volunteering Officer", "Place", day(17, 8), day(20, 8)),
    ("Dev Ramanathan", "Planning Policy Officer", "Place", day(24, 8), day(9, 9)),
    ("Orla Fenwick", "Governance Services Officer", "Resources", day(7, 9), day(9, 9)),
    ("Sunil Vadher", "Insight Analyst", "Resources", day(24, 8), day(3, 9)),
)
# role, name, title, directorate, sent, answered
APPROVERS = (
    ("Finance", "Ruth Amberley", "Finance Manager", "Resources", day(14, 9), day(18, 9)),
    ("Legal", "Anneke Visser", "Regulatory Team Solicitor", "Resources", day(14, 9), day(21, 9)),
    ("", "Gareth Blackmore", "Director of Streets and Green Spaces", "Place", day(22, 9), day(23, 9)),
    ("", "Joan Hartigan", "Executive Director (Place)", "Place", day(22, 9), day(24, 9)),
    (
        "Members",
        "Councillor Rowan Penhallow",
        "Cabinet Member for Green Spaces and Recreation",
        "",
        day(25, 9),
        day(29, 9),
    ),
)
WIDTHS = (34, 42, 20, 16, 20)


def write_register(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Sign-offs"
    sheet.append(HEADINGS)
    sheet.append(("Contributors:",))
    for row in CONTRIBUTORS:
        sheet.append(row)
    sheet.append(("Names of approvers for submission: (officers and members)",))
    for role, name, *rest in APPROVERS:
        sheet.append((f"{role}: {name}" if role else name, *rest))
    dress(sheet)
    save_workbook(book, path, "Sign-offs: Tree and Green Spaces Annual Report 2025/26")


def dress(sheet: Worksheet) -> None:
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for cell in sheet[1]:
        cell.font = Font(name="Arial", size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F5132")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for row in sheet.iter_rows(min_row=2):
        group = row[1].value is None
        for cell in row:
            cell.font = Font(name="Arial", size=10, bold=group)
            cell.alignment = Alignment(vertical="top", wrap_text=not group)
            if isinstance(cell.value, dt.date):
                cell.number_format = "DD/MM/YYYY"
        if group:
            sheet.merge_cells(start_row=row[0].row, start_column=1, end_row=row[0].row, end_column=len(HEADINGS))
    sheet.row_dimensions[1].height = 28
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.print_title_rows = "1:1"
