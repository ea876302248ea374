"""A peer: `python with_pypdf.py JOB PACK` merges with pypdf and lays a page with the number over each.

The overlay is a PDF made beforehand. The tags are lost.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter


def write(job: dict[str, Any], pack: Path) -> None:
    writer = PdfWriter()
    for part in job["parts"]:
        writer.append(part, import_outline=False)
    for page, number in zip(writer.pages, PdfReader(job["numbers"]).pages, strict=True):
        page.merge_page(number)
    for title, first in job["bookmarks"]:
        writer.add_outline_item(title=title, page_number=first - 1)
    writer.write(pack)


if __name__ == "__main__":
    write(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))
