"""Word and Excel files as our own types: text, tables, sign-off tables, faults.

The only owner of python-docx and openpyxl. ``soundness`` looks at every office file first, since LibreOffice turns
garbage into pages; ``word`` reads and fills in reports; ``spreadsheet`` makes of a workbook what a person would want
printed; ``sign_offs`` reads the contributor and approver table from a workbook.
"""
