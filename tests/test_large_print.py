"""The large-print pack of the sample meeting beside its ordinary one, and a page of every other kind that we render."""

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from tests.workspaces import SAMPLE, SLUG, Case, built_sample, case, one_report, run

POINTS = 72 / 25.4  # a millimetre
MARGINS = (18 * POINTS, 25 * POINTS)  # at the sides; above and below
STAMP = "CivicpackStamp"  # the pack room's own font: page numbers, item numbers, blank pages
A4 = (595, 842)
#: What large print says that the ordinary pack does not.
ADDED = {"Large", "print", "Each", "part", "below", "is", "one", "row", "of", "the", "table", "under", "its", "and"}


@dataclass(frozen=True)
class Leaf:
    """A page of ours as pdfplumber reads it, without the stamps."""

    width: float
    height: float
    text: str
    chars: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Packs:
    """A meeting's two packs: what each said when built."""

    case: Case
    ordinary: dict[str, Any]
    large: dict[str, Any]

    def leaves(self, pack: str, source: str, kind: str = "") -> list[Leaf]:
        """The pages of one paper in "ordinary" or "large"."""
        plan = getattr(self, pack)
        return [
            leaf
            for entry in plan["entries"]
            if entry["source"] == source and kind in ("", entry["kind"])
            for leaf in read(Path(plan["pack"]))[entry["first_page"] - 1 : entry["last_page"]]
        ]

    def text(self, pack: str, source: str, kind: str = "") -> str:
        return " ".join(" ".join(leaf.text.split()) for leaf in self.leaves(pack, source, kind)).strip()


@cache
def read(pack: Path) -> list[Leaf]:
    with pdfplumber.open(pack) as pdf:
        pages = [page.filter(lambda thing: STAMP not in thing.get("fontname", "")) for page in pdf.pages]
        return [Leaf(float(page.width), float(page.height), page.extract_text(), tuple(page.chars)) for page in pages]


def words_of(text: str) -> list[str]:
    """Words, years and sums of money, in order; page ranges aside, which differ from pack to pack."""
    plain = re.sub(r"\(Pages? \d+( - \d+)?\)", "", text)
    return re.findall(r"[^\W\d]+|\(?£?\d[\d,.]*\d%?|\d", plain)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Packs:
    """The sample meeting: front sheet, minutes, petition and a workbook are ours; two Word papers and a PDF are not."""
    root = tmp_path_factory.mktemp("large-print") / "w"
    shutil.copytree(built_sample(tmp_path_factory.getbasetemp()).case.root, root)  # with what LibreOffice converted
    made = Case(root, root / "meetings" / SAMPLE)
    return Packs(made, made.built(), made.built("--large-print"))


OURS = {
    "front sheet": ("meeting.yaml", "front_sheet"),
    "minutes": ("minutes/cabinet-member-green-spaces/2026-06-15.md", ""),
    "petition": ("meeting.yaml", "petition"),
    "workbook": ("appendix-2.xlsx", ""),
}

WIDE = """\
| Ward and what is known of it | Number of trees | Cost in 2025/26 | Cost in 2026/27 | Remarks |
|---|---:|---:|---:|---|
| Eastgate | 280 | £120,000 | £130,000 | *None* of [these](https://www.ardenshire.example/t) |
| Long Meadow | 1,204 | £345,000 | £320,000 | |
"""
REPORT = f"""\
---
director: Director of Streets and Green Spaces
---
# The Oak

## Recommendations

1. That it stays.

*This whole sentence stands in italics, and a long one is hard to read like that.*

{WIDE}
| Ward | Trees |
|---|---:|
| Westgate | 77 |

    a line of code

{{{{ signoff_table }}}}
"""
SIGN_OFFS = """\
contributors:
  - {name: Ann Other, title: Lead Accountant, directorate: Resources, sent: 2026-10-01, answered: 2026-10-02}
  - {name: Bo Ashby, title: Tree Officer, directorate: Streets and Green Spaces, sent: 2026-10-05}
approvers:
  - {name: Cy Penn, role: Finance, title: Finance Manager, directorate: Resources, sent: 2026-10-01}
"""


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Packs:
    """A meeting with a report in Markdown, a sign-off page, two petitions, a .csv and a note."""
    petitions = [
        {"kind": "e-petition", "heading": "Save the Oak", "signatures": 1204, "received": "2026-10-01"},
        {
            "kind": "paper petition",
            "heading": "Fell the Oak",
            "statement": "It is old.\n\nIt drips.",
            "attended": False,
        },
    ]
    report = {"file": "report.md", "kind": "report", "sign_offs": "signoffs.yaml"}
    second = {"file": "second.pdf", "kind": "report", "sign_offs": "signoffs.yaml"}
    made = case(
        tmp_path_factory.mktemp("large-print-others") / "w",
        [
            {"title": "Oak", "petitions": petitions, "papers": [report]},
            {"title": "Ash", "papers": [second, {"file": "table.csv", "kind": "appendix"}, {"file": "note.md"}]},
        ],
    )
    made.write("report.md", REPORT)
    made.write("signoffs.yaml", SIGN_OFFS)
    made.write("table.csv", "Trees in wards,,\nWard,Trees,Cost\nEastgate,280,£5\nBridge,3,£7\n")
    made.write("note.md", "# A note\n\nWords of it.\n\n- one\n- two\n")
    made.pdf("second.pdf")
    return Packs(made, made.built(), made.built("--large-print"))


OTHERS = {
    "petitions": ("meeting.yaml", "petition"),
    "report": ("report.md", ""),
    "sign-off page": ("signoffs.yaml", ""),
    "csv": ("table.csv", ""),
    "note": ("note.md", ""),
}


def check_pages(leaves: list[Leaf]) -> None:
    """18 point or more, inside the margins, on A4."""
    chars = [char for leaf in leaves for char in leaf.chars]
    assert len(chars) > 20
    assert min(char["size"] for char in chars) >= 17.99
    side, end = MARGINS
    for leaf in leaves:
        assert sorted((round(leaf.width), round(leaf.height))) == sorted(A4)
        for char in leaf.chars:
            assert side - 1 <= char["x0"] and char["x1"] <= leaf.width - side + 1, char["text"]
            assert end - 1 <= char["top"] and char["bottom"] <= leaf.height - end + 1, char["text"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("paper", OURS)
def test_all_that_we_render_is_18_point_inside_the_margins_of_a4(sample: Packs, paper: str) -> None:
    check_pages(sample.leaves("large", *OURS[paper]))


@pytest.mark.parametrize("paper", OTHERS)
def test_pages_of_every_other_kind_are_18_point_inside_the_margins(others: Packs, paper: str) -> None:
    check_pages(others.leaves("large", *OTHERS[paper]))


@pytest.mark.libreoffice
@pytest.mark.parametrize("paper", OURS)
def test_large_print_says_the_same_words(sample: Packs, paper: str) -> None:
    ordinary, large = (set(words_of(sample.text(pack, *OURS[paper]))) for pack in ("ordinary", "large"))
    assert ordinary - large == set()
    assert large - ordinary <= ADDED


@pytest.mark.parametrize("paper", OTHERS)
def test_pages_of_every_other_kind_say_the_same_words(others: Packs, paper: str) -> None:
    ordinary, large = (set(words_of(others.text(pack, *OTHERS[paper]))) for pack in ("ordinary", "large"))
    assert ordinary - large <= {"Contributor", "approver", "name"}  # the heading of a column that is no column now
    assert large - ordinary <= ADDED | {"What", "is", "not", "listed", "blank", "in"}


@pytest.mark.libreoffice
@pytest.mark.parametrize("paper", ["minutes", "petition"])
def test_large_print_says_them_in_the_same_order(sample: Packs, paper: str) -> None:
    assert words_of(sample.text("large", *OURS[paper])) == words_of(sample.text("ordinary", *OURS[paper]))


@pytest.mark.libreoffice
def test_front_sheet_says_that_it_is_in_large_print_and_then_the_same(sample: Packs) -> None:
    ordinary, large = (words_of(sample.text(pack, *OURS["front sheet"])) for pack in ("ordinary", "large"))
    assert large == ["Public", "Document", "Pack", "Large", "print", *ordinary[3:]]
    assert "Public Document Pack – Large print" in sample.text("large", *OURS["front sheet"])


@pytest.mark.libreoffice
def test_front_sheet_prints_the_access_notes(sample: Packs) -> None:
    assert "To ask for a British Sign Language interpreter" in sample.text("large", *OURS["front sheet"])


@pytest.mark.libreoffice
def test_front_sheet_prints_the_ranges_of_its_own_pack(sample: Packs) -> None:
    for item in ("3", "4", "5"):
        pages = [entry for entry in sample.large["entries"] if entry["item"] == item]
        said = f"(Pages {pages[0]['first_page']} - {pages[-1]['last_page']})"
        assert said in sample.text("large", *OURS["front sheet"])
    assert sample.large["pages"] > sample.ordinary["pages"]


@pytest.mark.libreoffice
def test_every_figure_of_a_wide_workbook_is_there_once(sample: Packs) -> None:
    def money(pack: str) -> Counter[str]:
        return Counter(re.findall(r"\(?£[\d,]+\)?|\(?[\d.]+%\)?", sample.text(pack, *OURS["workbook"])))

    assert sum(money("large").values()) == 188  # 14 rows of 12 and 5 rows of 4
    assert money("large") == money("ordinary")


@pytest.mark.libreoffice
def test_row_of_a_wide_workbook_is_written_out_under_its_name(sample: Packs) -> None:
    leaf = next(leaf for leaf in sample.leaves("large", "appendix-2.xlsx") if "G102" in leaf.text)
    assert leaf.text.splitlines()[:6] == [
        "G102 – Tree inspection and works",
        "Budget 2025/26: £1,120,000",
        "Spend and income in 2025/26 by £262,300",
        "quarter – Apr to Jun:",
        "Spend and income in 2025/26 by £281,700",
        "quarter – Jul to Sep:",
    ]


@pytest.mark.libreoffice
def test_sheet_that_fits_a_page_on_its_side_stays_a_table(sample: Packs) -> None:
    (leaf,) = [leaf for leaf in sample.leaves("large", "appendix-2.xlsx") if leaf.width > leaf.height]
    assert "Paths and access £165,000 £140,000 £150,000 £455,000" in leaf.text


@pytest.mark.libreoffice
def test_officer_is_told_which_papers_are_not_in_large_print(sample: Packs) -> None:
    def kept(notes: list[str]) -> list[str]:
        return [note.split(" is not in large print: ")[0] for note in notes if "large print" in note]

    assert kept(sample.large["notes"]) == ["report.docx", "appendix-1.docx", "appendix-3.pdf"]
    assert kept(sample.ordinary["notes"]) == []


@pytest.mark.libreoffice
def test_papers_that_are_not_ours_stay_as_they_are(sample: Packs) -> None:
    for source in ("report.docx", "appendix-1.docx", "appendix-3.pdf"):
        assert sample.text("large", source) == sample.text("ordinary", source)


def test_large_print_leaves_the_ordinary_pack_alone(tmp_path: Path) -> None:
    made = one_report(tmp_path / "w")
    made.built()
    before = made.pack.read_bytes(), (made.output / "plan.json").read_bytes()
    large = Path(made.built("--large-print")["pack"])
    assert large.name == f"{SLUG}-public-pack-large-print.pdf"
    assert ((made.output / f"{SLUG}-public-pack.pdf").read_bytes(), (made.output / "plan.json").read_bytes()) == before


def test_command_says_on_the_terminal_what_is_not_in_large_print(tmp_path: Path) -> None:
    made = one_report(tmp_path / "w")
    done = run("build", made.folder.name, "--large-print", cwd=made.root)
    assert done.returncode == 0
    assert "Note: report.pdf is not in large print: it is printed as its author made it. " in done.stderr


def test_person_of_the_sign_off_table_is_a_record(others: Packs) -> None:
    text = others.text("large", "signoffs.yaml")
    assert (
        "Bo Ashby Title: Tree Officer Directorate or organisation: Streets and Green Spaces "
        "Date doc sent out: 05/10/2026 Date response received or – approved:"
    ) in text
    assert "Names of approvers for submission: (officers and members) Finance: Cy Penn Title: Finance Manager" in text


def test_wide_markdown_table_is_written_out_and_a_narrow_one_stays(others: Packs) -> None:
    text = others.text("large", "report.md")
    assert "Each part below is one row of the table, under its Ward and what is known of it." in text
    assert "What is not listed is blank in the table." in text
    assert "Long Meadow Number of trees: 1,204 Cost in 2025/26: £345,000 Cost in 2026/27: £320,000" in text
    assert "Remarks: None of these" in text
    assert "Ward Trees Westgate 77" in text


def test_italics_become_bold(others: Packs) -> None:
    fonts = {char["fontname"].partition("+")[2] for leaf in others.leaves("large", "report.md") for char in leaf.chars}
    assert not any("Italic" in font or "Oblique" in font for font in fonts), fonts
    (leaf,) = [leaf for leaf in others.leaves("large", "report.md") if "This whole sentence" in leaf.text]
    start = "".join(char["text"] for char in leaf.chars).replace(" ", "").index("Thiswholesentence")
    marked = [char for char in leaf.chars if char["text"] != " "][start]
    assert "Bold" in marked["fontname"]
