"""Makes what all contenders are given: the papers of a meeting as PDFs, where they go, and a job that says so.

Run as `python sources.py PAGES FOLDER CACHE`. The papers go through the tool's own conversion and rendering, once: what
is in the cache is not made again. Peers cannot draw blank pages or numbers by themselves, so they get a PDF of each.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import pikepdf
from judge import count_elements
from pikepdf import Array, Dictionary, Name

from benchmarks.papers import write_meeting
from pipeline import building, manifest, papers
from pipeline.model import Document, PackPlan
from pipeline.privacy import public_view
from pipeline.render import Renderer
from pipeline.storage import Cache

_A4 = (0, 0, 595, 842)
_SECONDS = 300.0  # LibreOffice's time limit for one paper


def make_job(pages: int, folder: Path, cache: Cache) -> None:
    """Make the papers of a meeting of about so many pages, and in ``folder`` the job for all contenders.

    job.json is for Python, the lists (parts, labels, bookmarks, one a line) for the others, facts.json for the table.
    """
    meeting = manifest.load_meeting(write_meeting(folder / "workspace", pages))
    view = public_view(meeting)
    workspace = manifest.find_workspace(meeting.folder)
    desk = papers.Desk(workspace, Renderer([], cache), cache, _SECONDS)
    prepared = papers.prepare(view, desk)
    sheet, plan = building.settle(view, prepared.papers, desk)
    documents = [sheet, *(paper.document for paper in prepared.papers)]
    parts = _parts(plan, documents, _blank_page(folder / "blank.pdf"))
    bookmarks = [(entry.title, entry.first_page) for entry in plan.entries]
    job = {
        "plan": asdict(plan),
        "documents": [asdict(document) for document in documents],
        "titles": {item.number: item.title for item in meeting.public},
        "info": asdict(building.document_info(view)),
        "parts": [str(part) for part in parts],
        "bookmarks": bookmarks,
        "numbers": str(_numbers(folder / "numbers.pdf", plan)),
    }
    (folder / "job.json").write_text(json.dumps(job, default=str), encoding="utf-8")
    (folder / "facts.json").write_text(json.dumps(_facts(plan, documents)), encoding="utf-8")
    _write_lines(folder / "parts.txt", [str(part) for part in parts])
    _write_lines(folder / "labels.txt", [label or "" for label in plan.labels])
    _write_lines(folder / "bookmarks.txt", [f"{page}\t{title}" for title, page in bookmarks])


def _facts(plan: PackPlan, documents: list[Document]) -> dict[str, object]:
    return {
        "pages": plan.pages,
        "papers": len(documents),
        "elements": sum(count_elements(document.path) or 0 for document in documents),
        "kilobytes": sum(document.path.stat().st_size for document in documents) // 1024,
        "last_label": plan.labels[-1],
    }


def _write_lines(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _parts(plan: PackPlan, documents: list[Document], blank: Path) -> list[Path]:
    """Every file in the order of the pack, the blank page wherever the plan has one."""
    parts = []
    for entry, document in zip(plan.entries, documents, strict=True):
        parts += [document.path, *(blank for _ in entry.blank_pages)]
    return parts


def _blank_page(path: Path) -> Path:
    with pikepdf.new() as pdf:
        _add_page(pdf, b"BT /F1 12 Tf 190 420 Td (This page is intentionally left blank) Tj ET")
        pdf.save(path)
    return path


def _numbers(path: Path, plan: PackPlan) -> Path:
    """Write a PDF with nothing but the number on each page."""
    with pikepdf.new() as pdf:
        for label in plan.labels:
            _add_page(pdf, b"BT /F1 11 Tf 275 22 Td (Page %s) Tj ET" % (label or "").encode("ascii"))
        pdf.save(path)
    return path


def _add_page(pdf: pikepdf.Pdf, content: bytes) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array(_A4),
        Resources=Dictionary(Font=Dictionary(F1=font)),
        Contents=pdf.make_stream(content),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


if __name__ == "__main__":
    make_job(int(sys.argv[1]), Path(sys.argv[2]).resolve(), Cache(Path(sys.argv[3]).resolve()))
