"""Two published meetings of a real council as meeting folders: our pack beside theirs."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest

from tests.readback import blank_pages, page_links, planned_ranges, printed_ranges, text
from tests.workspaces import REPOSITORY, Case

REAL = REPOSITORY.parent / "shared" / "real"
JANUARY_9, JANUARY_30 = REAL / "kent-2025-01-09", REAL / "kent-2025-01-30"
pytestmark = pytest.mark.skipif(not JANUARY_30.is_dir(), reason="the published papers are not here")

COUNCIL = """\
council: {name: Test County Council}
numbering: {from: first_paper}
bodies: [{slug: county-council, name: County Council}, {slug: cabinet, name: Cabinet}]
"""

#: By item: the beginnings of the file names, in the order of the pack. Item 9 lacks a paper, so it is left out.
CABINET = {
    "3": ["Minutes of the meeting"],
    "4": [],
    "5": ["24-00108 - Revenue", "24-00108 - PROD", "24-00108 - Finance", "24-00108 - Appendix"],
    "6": [
        "Draft Revenue Budget 2025-26 MTFP",
        "Draft Revenue Budget 2025-26 and",
        *(f"Appendix {letter} " for letter in "ABCDEFGHIJKLMNOP"),
    ],
    "7": ["24-00109 - Transfer", "24-00109 - Appendix A", "24-00109 - Appendix C"],
    "8": [f"24-00115 - {name}" for name in ("Adoption", "PROD", "Appendix A", "Appendix B", "EqIA")],
}


def meeting(root: Path, folder: Path, slug: str, items: Sequence[Sequence[str]]) -> Case:
    """Make a workspace of a published meeting's folder; an item is the beginnings of its papers' names."""
    made = Case(root, root / "meetings" / slug)
    made.folder.mkdir(parents=True)
    (root / "council.yaml").write_text(COUNCIL)
    public = []
    for beginnings in items:
        papers = [next(folder.glob(f"{beginning}*.pdf")) for beginning in beginnings]
        for paper in papers:
            shutil.copy(paper, made.folder)
        public.append({"title": "Business", "papers": [{"file": paper.name} for paper in papers]})
    date, body = slug[:10], slug[11:]
    made.items(public, head=f"body: {body}\ndate: {date}\n")
    return made


@pytest.fixture(scope="module")
def devolution(tmp_path_factory: pytest.TempPathFactory) -> Case:
    papers = ["Devolution White Paper", "Appendix A", "Appendix B"]
    root = tmp_path_factory.mktemp("kent") / "w"
    made = meeting(root, JANUARY_9, "2025-01-09-county-council", [[], [], papers])
    made.built()
    return made


def test_pack_has_twenty_pages_and_prints_the_published_range(devolution: Case) -> None:
    assert devolution.plan["pages"] == 20
    assert printed_ranges(devolution.pack) == {"3": "(Pages 1 - 18)"}


def test_blank_pages_are_where_the_published_pack_has_them(devolution: Case) -> None:
    published = next((JANUARY_9 / "public_pack").glob("*.pdf"))
    assert blank_pages(devolution.pack) == blank_pages(published) == devolution.plan["blank_pages"] == [2]


def test_words_of_every_paper_are_those_of_the_published_pack(devolution: Case) -> None:
    published = next((JANUARY_9 / "public_pack").glob("*.pdf"))
    for page in range(3, 21):
        assert words_without_stamps(devolution.pack, page) == words_without_stamps(published, page), f"page {page}"


def words_without_stamps(pack: Path, page: int) -> list[str]:
    """Both packs draw the stamps last."""
    with pypdfium2.PdfDocument(pack) as pdf:
        textpage = pdf[page - 1].get_textpage()
        words = " ".join(textpage.get_text_range().split())
        textpage.close()
    bare, stamps = re.subn(rf" ?Page {page - 2}( Agenda Item 3)?$", "", words)
    assert stamps == 1
    return bare.split()


def test_nothing_changed_is_known_of_a_real_meeting_too(devolution: Case) -> None:
    before = devolution.pack.read_bytes()
    assert devolution.built()["unchanged"] is True
    assert devolution.pack.read_bytes() == before


def test_ranges_of_a_cabinet_meeting_are_those_of_the_real_front_sheet(tmp_path: Path) -> None:
    made = meeting(tmp_path / "w", JANUARY_30, "2025-01-30-cabinet", [[], [], *CABINET.values()])
    plan = made.built()
    assert plan["pages"] == 2 + 460
    assert [e["kind"] for e in plan["entries"]].count("other") == 31
    real = real_ranges()
    assert list(real) == ["3", "5", "6", "7", "8", "9"]
    del real["9"]
    assert printed_ranges_quickly(made.pack) == planned_ranges(plan) == real
    links = [to for _, to in page_links(made.pack, 1) if isinstance(to, int)]
    assert sorted(set(links)) == [3, 13, 87, 279, 329]


def real_ranges() -> dict[str, str]:
    sheet = text(next(JANUARY_30.glob("Agenda frontsheet*.pdf")))
    parts = re.split(r" (\d)\. ", sheet)
    found = {n: re.search(r"\(Pages (\d+) - (\d+)\)", words) for n, words in zip(parts[1::2], parts[2::2], strict=True)}
    return {n: match[0] for n, match in found.items() if match}


def printed_ranges_quickly(pack: Path) -> dict[str, str]:
    """As ``printed_ranges`` but without reading the other 461 pages."""
    with pypdfium2.PdfDocument(pack) as pdf:
        textpage = pdf[0].get_textpage()
        sheet = " ".join(textpage.get_text_range().split())
        textpage.close()
    return dict(re.findall(r"(\d)\. Business (\(Pages \d+ - \d+\))", sheet))
