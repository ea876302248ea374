"""Tables of a Word file that read out as a heap of cells: without header row, with merged cells, inside each other."""

from collections.abc import Iterator

from pipeline.accessibility import fault
from pipeline.model import AccessibilityFault
from pipeline.office.sign_offs import has_sign_off_table
from pipeline.office.word_story import Cell, Paragraph, Row, Story, Table, cell_text, short

_MARK = "In Word: put the cursor in its first row; Table Layout, Repeat Header Rows."
_LABEL_ENDS = (":", "?")


def table_faults(story: Story) -> Iterator[AccessibilityFault]:
    """Yield what is wrong with each table. A table of one row or one column is a box, not a table."""
    for table in story.tables:
        if table.inner:
            yield _nested(table)
        elif len(table.rows) > 1 and table.columns > 1:
            yield from _header_faults(story, table)
            yield from _merged_faults(table)


def _nested(table: Table) -> AccessibilityFault:
    words = cell_text(table.inner[0])
    message = (
        "A table stands inside a cell of the table: which cell belongs to which heading is lost when it is read out."
    )
    remedy = "Put the inner table below the other, or split the cell's text into rows of its own."
    place = f"{table.place}{f': the table within, {short(words)!r}' if words else ''}"
    return fault("nested-table", message, place, remedy, words or table.first_words)


def _header_faults(story: Story, table: Table) -> Iterator[AccessibilityFault]:
    if not table.rows[0].header:
        yield _form(table) if _is_form(story, table) else _no_header(table)
        return
    empty = list(_columns_without_header(table))
    if empty:
        columns = f"column{'s' if len(empty) > 1 else ''} {', '.join(str(column + 1) for column in empty)}"
        message = f"The header row is empty over {columns}: nothing says what stands in the cells below."
        yield fault("unclear-header", message, table.place, "Write a heading into the empty cells.", table.first_words)


def _no_header(table: Table) -> AccessibilityFault:
    later = next((number for number, row in enumerate(table.rows, 1) if row.header), 0)
    message = "The table has no header row: its cells are read out without what they mean."
    remedy = _MARK
    if later:
        message = f"Row {later} is marked as a header row, and the first row is not: then Word takes neither for one."
        remedy = (
            "Let the header row be the first row of the table, and mark that one: Table Layout, Repeat Header Rows."
        )
    return fault("table-header", message, table.place, remedy, table.first_words)


def _is_form(story: Story, table: Table) -> bool:
    """Are these labels on the left and answers on the right, and no row of headings above?"""
    if table.columns != 2:
        return False
    labels = [row.cells[0] for row in table.rows if row.cells and row.cells[0].text]
    bold = {paragraph.cell for paragraph in story.paragraphs if paragraph.table is table and _all_bold(paragraph)}
    first = [cell for cell in table.rows[0].cells if cell.text]
    if len(first) == 2 and all(cell in bold for cell in first):
        return False
    said = sum(cell in bold or cell.text.endswith(_LABEL_ENDS) for cell in labels)
    return bool(labels) and said >= 0.7 * len(labels)


def _form(table: Table) -> AccessibilityFault:
    message = (
        "The table is a form, labels left and answers right, without a header row: not every screen reader pairs them."
    )
    remedy = (
        "Write the labels as headings or 'Label: answer' lines; or add a header row ('Subject', 'Answer') and mark it."
    )
    return fault("unclear-header", message, table.place, remedy, table.first_words)


def _columns_without_header(table: Table) -> Iterator[int]:
    """Yield the columns, from 0, over which no header row says anything though cells below do; not the first, whose
    corner is often empty by right."""
    heads = [row for row in table.rows if row.header]
    below = [row for row in table.rows if not row.header]
    for column in range(1, table.columns):
        if not any(_says(row, column) for row in heads) and any(_says(row, column) for row in below):
            yield column


def _says(row: Row, column: int) -> bool:
    return any(cell.column <= column < cell.column + cell.across and cell.text for cell in row.cells)


def _merged_faults(table: Table) -> Iterator[AccessibilityFault]:
    """A cell over the whole width is a sub-heading; and the sign-off table is what it is."""
    if has_sign_off_table([cell.text for cell in table.rows[0].cells]):
        return
    merged = [
        cell
        for row in table.rows
        for cell in row.cells
        if not row.header and not cell.covered and (cell.down or 1 < cell.across < table.columns)
    ]
    if merged:
        count = "A cell is" if len(merged) == 1 else f"{len(merged)} cells are"
        message = (
            f"{count} merged across columns or rows, as '{_first_words(merged)}': screen readers lose the column there."
        )
        remedy = "In Word: put the cursor in it; Table Layout, Split Cells; and repeat the words where they belong."
        yield fault("merged-cells", message, table.place, remedy, table.first_words)


def _first_words(cells: list[Cell]) -> str:
    return short(next((cell.text for cell in cells if cell.text), "(empty)"), 40)


def _all_bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.look.bold for run in runs)
