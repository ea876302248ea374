"""Parts of one paper put together: the sheets of a workbook, some of which only Calc can print."""

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf


def join(parts: Sequence[Path]) -> bytes:
    """Return one PDF with the pages of these PDFs, which are our own renderings and hold no outline or forms.

    Same parts give the same bytes.
    """
    with pikepdf.new() as joined:
        for part in parts:
            with pikepdf.open(part) as source:
                joined.pages.extend(source.pages)
        stream = io.BytesIO()
        joined.save(stream, deterministic_id=True)
    return stream.getvalue()
