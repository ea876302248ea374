"""Write the office papers of the sample meeting: python tests/sample/make_papers.py [FOLDER]

Same content, same bytes: zip times and document dates are fixed. FOLDER is the meeting's own when it is left out.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import facts
from annual import write_annual
from budget import write_budget
from plan import write_plan
from report import write_report
from signoffs import write_register

WORKSPACE = Path(__file__).resolve().parents[2]
MEETING = WORKSPACE / "meetings" / "2026-10-12-cabinet-member-green-spaces"
PAPERS: dict[str, Callable[[Path], None]] = {
    "report.docx": lambda path: write_report(path, WORKSPACE / "crest.svg"),
    "appendix-1.docx": write_annual,
    "appendix-2.xlsx": write_budget,
    "appendix-3.pdf": write_plan,
    "signoffs.xlsx": write_register,
}


def make_papers(folder: Path) -> list[Path]:
    """Write the five papers into the folder and return their paths. Raises AssertionError for a total that is wrong."""
    facts.prove()
    for name, write in PAPERS.items():
        write(folder / name)
    return [folder / name for name in PAPERS]


if __name__ == "__main__":
    for paper in make_papers(Path(sys.argv[1]) if len(sys.argv) > 1 else MEETING):
        sys.stdout.write(f"{paper}\n")
