"""Times `civicpack build` on a meeting of twelve Word papers, and its parts, against the papers converted one by one.

Run as `python benchmarks/build [--rounds N]`. Everything happens in a temporary folder. The peer does what a script
would: LibreOffice once for each paper, then qpdf to join the results, without front sheet, numbers, links or bookmarks.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
import openpyxl

from pipeline import building
from pipeline.papers import desk
from pipeline.render import Renderer
from pipeline.workflow import Options, build_pack

PAPERS = 12
COUNCIL = """\
council: {name: Benchmark Borough Council}
contact: {team: Committee Services, telephone: 01632 960001, email: committees@benchmark.example}
bodies:
  - {slug: cabinet, name: Cabinet, members: [Councillor A Example (Leader), Councillor B Example]}
"""


def write_word(path: Path, number: int, changed: str = "") -> None:
    """A report of about six pages: headings, paragraphs and a table of forty rows."""
    document = docx.Document()
    document.add_heading(f"Report {number} {changed}", 1)
    for section in range(1, 9):
        document.add_heading(f"{section} Section of report {number}", 2)
        for paragraph in range(1, 5):
            document.add_paragraph(
                f"{section}.{paragraph} The service dealt with {number * 137 + section * 11 + paragraph} requests in "
                "the year and answered most of them within ten working days, as the table below shows. " * 3
            )
    table = document.add_table(rows=1, cols=4)
    for cell, words in zip(table.rows[0].cells, ("Ward", "Requests", "Answered", "Share"), strict=True):
        cell.text = words
    for row in range(40):
        cells = table.add_row().cells
        for cell, words in zip(cells, (f"Ward {row}", str(row * 7), str(row * 6), "86%"), strict=True):
            cell.text = words
    document.save(str(path))


def write_workspace(root: Path) -> Path:
    """Make a workspace with one meeting and return the meeting's folder."""
    folder = root / "meetings" / "2026-10-12-cabinet"
    folder.mkdir(parents=True)
    (root / "council.yaml").write_text(COUNCIL, encoding="utf-8")
    lines = ["body: cabinet", "date: 2026-10-12", "time: 10.00 am", "place: Council Chamber", "public:"]
    for number in range(1, PAPERS + 1):
        write_word(folder / f"report-{number}.docx", number)
        lines += [f"  - title: Report {number}", "    papers:", f"      - {{file: report-{number}.docx, kind: report}}"]
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["Service", *(f"Month {month}" for month in range(1, 13))])
    for row in range(60):
        sheet.append([f"Service {row}", *(row * 1000 + month for month in range(12))])
    workbook.save(folder / "budget.xlsx")
    lines += ["      - {file: budget.xlsx, kind: appendix, letter: A, title: Budget}", "private: []"]
    (folder / "meeting.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


class Parts:
    """Seconds spent in converting, rendering and assembling, measured around the functions that do it."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(("converting", "rendering", "assembling"), 0.0)

    @contextmanager
    def measured(self) -> Iterator["Parts"]:
        places = (
            (desk, "convert", "converting"),
            (Renderer, "pdf", "rendering"),
            (building, "written", "assembling"),
        )
        originals = [(owner, name, getattr(owner, name)) for owner, name, _ in places]
        for (owner, name, original), (_, _, part) in zip(originals, places, strict=True):
            setattr(owner, name, self._timed(original, part))
        try:
            yield self
        finally:
            for owner, name, original in originals:
                setattr(owner, name, original)

    def _timed(self, function: Callable[..., object], part: str) -> Callable[..., object]:
        def timed(*args: object, **named: object) -> object:
            started = time.perf_counter()
            try:
                return function(*args, **named)
            finally:
                self.seconds[part] += time.perf_counter() - started

        return timed


def build(folder: Path) -> tuple[float, dict[str, float], int]:
    """Build in this process; return the seconds in all, by part, and how many papers were converted."""
    parts = Parts()
    started = time.perf_counter()
    with parts.measured():
        built = build_pack(folder, Options(), lambda line: None)
    return time.perf_counter() - started, parts.seconds, built.converted


def command(folder: Path) -> float:
    """Seconds of the command as an officer runs it, the start of Python included."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from pipeline.cli import main; main()", "build", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - started


def peer(folder: Path, scratch: Path) -> float:
    """Seconds to convert each paper with a LibreOffice of its own and join the results with qpdf."""
    shutil.rmtree(scratch, ignore_errors=True)
    started = time.perf_counter()
    for paper in sorted([*folder.glob("*.docx"), *folder.glob("*.xlsx")]):
        subprocess.run(
            ["soffice", f"-env:UserInstallation={(scratch / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
             "--outdir", str(scratch), str(paper)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    results = [str(path) for path in sorted(scratch.glob("*.pdf"))]
    subprocess.run(["qpdf", "--empty", "--pages", *results, "--", str(scratch / "joined.pdf")], check=True)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed; the median is printed")
    rounds = parser.parse_args().rounds
    rows: dict[str, list[tuple[float, dict[str, float], int]]] = {}
    peers: list[float] = []
    commands: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        folder = write_workspace(root / "workspace")
        output = root / "workspace" / "build"
        for number in range(rounds):
            peers.append(peer(folder, root / "peer"))
            shutil.rmtree(output, ignore_errors=True)
            rows.setdefault("from nothing", []).append(build(folder))
            write_word(folder / "report-7.docx", 7, f"changed {number}")
            rows.setdefault("one paper of twelve changed", []).append(build(folder))
            next(output.glob("*/*.pdf")).unlink()
            rows.setdefault("pack lost, papers in the cache", []).append(build(folder))
            rows.setdefault("nothing changed", []).append(build(folder))
            commands.append(command(folder))
    show(rows, statistics.median(peers), statistics.median(commands))


def show(rows: dict[str, list[tuple[float, dict[str, float], int]]], one_by_one: float, command_seconds: float) -> None:
    out = sys.stdout.write
    out(f"{'build':32} {'seconds':>8} {'convert':>8} {'render':>8} {'assemble':>9} {'converted':>10} {'of peer':>8}\n")
    for name, runs in rows.items():
        total = statistics.median(run[0] for run in runs)
        parts = [statistics.median(run[1][part] for run in runs) for part in ("converting", "rendering", "assembling")]
        out(f"{name:32} {total:8.2f} {parts[0]:8.2f} {parts[1]:8.2f} {parts[2]:9.2f}")
        out(f" {runs[-1][2]:10} {total / one_by_one:8.2f}\n")
    out(f"{'nothing changed, as a command':32} {command_seconds:8.2f} {'':36} {command_seconds / one_by_one:10.2f}\n")
    out(f"{'peer: paper by paper, joined':32} {one_by_one:8.2f} {'':36} {1:10.2f}\n")


if __name__ == "__main__":
    main()
