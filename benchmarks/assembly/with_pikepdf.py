"""A peer: `python with_pikepdf.py JOB PACK` merges, numbers and bookmarks the pages, and looks at nothing.

The fastest way there is in Python: no tags, no links put right, no check whether a page's content is balanced.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem


def write(job: dict[str, Any], pack: Path) -> None:
    with pikepdf.new() as pdf:
        sources = [pikepdf.open(part) for part in job["parts"]]
        for source in sources:
            pdf.pages.extend(source.pages)
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        )
        pages = list(pdf.pages)
        for page, label in zip(pages, job["plan"]["labels"], strict=True):
            name = page.add_resource(font, Name.Font, Name.Number)
            drawn = f"q BT {name} 11 Tf 275 22 Td (Page {label}) Tj ET Q".encode("ascii")
            page.contents_add(pdf.make_stream(drawn))
        with pdf.open_outline() as outline:
            for title, first in job["bookmarks"]:
                outline.root.append(OutlineItem(title, Array([pages[first - 1].obj, Name.Fit])))
        pdf.save(pack, object_stream_mode=ObjectStreamMode.generate)
        for source in sources:
            source.close()


if __name__ == "__main__":
    write(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))
