"""Real published papers, merged again: the pages must read as in the pack that was published from them."""

from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from pipeline.model import EntryKind, Numbering
from pipeline.pack.plan import Placing, page_range, plan_pack
from pipeline.pack.sources import inspect_source
from tests.pdfs import build, text_pdf

MEETING = Path(__file__).parents[2] / "shared" / "real" / "kent-2025-01-09"
PAPERS = ("Devolution White Paper*.pdf", "Appendix A*.pdf", "Appendix B*.pdf")
pytestmark = pytest.mark.skipif(not MEETING.is_dir(), reason="the published papers are not here")


def words_of(path: Path, page: int) -> list[str]:
    """The page's words in reading order, without the stamps, which both packs draw last."""
    with pypdfium2.PdfDocument(path) as pdf:
        textpage = pdf[page - 1].get_textpage()
        text = " ".join(textpage.get_text_range().split())
        textpage.close()
    stamps = f"Page {page - 2}" + (" Agenda Item 3" if page == 3 else "")
    assert text.endswith(stamps), f"page {page}"
    return text.removesuffix(stamps).split()


def test_published_pack_is_rebuilt_from_its_papers(tmp_path: Path) -> None:
    papers = [next(MEETING.glob(pattern)) for pattern in PAPERS]
    published = next((MEETING / "public_pack").glob("*.pdf"))
    infos = [inspect_source(path, path.name) for path in papers]
    assert [info.pages for info in infos] == [8, 4, 6]
    kinds = (EntryKind.REPORT, EntryKind.APPENDIX, EntryKind.APPENDIX)
    plan = plan_pack(
        [
            Placing(None, EntryKind.FRONT_SHEET, "Agenda", "", 2),
            *(
                Placing("3", kind, path.stem, path.name, info.pages)
                for kind, path, info in zip(kinds, papers, infos, strict=True)
            ),
        ],
        Numbering.FIRST_PAPER,
    )
    assert page_range(plan, "3") == "(Pages 1 - 18)"
    front = text_pdf(tmp_path / "front.pdf", "Agenda", "Membership")
    pack = build(tmp_path / "pack.pdf", front, *papers, plan=plan)
    with pypdf.PdfReader(pack) as ours, pypdf.PdfReader(published) as theirs:
        assert len(ours.pages) == len(theirs.pages) == 20
        assert ours.page_labels == ["", "", *map(str, range(1, 19))]
        links = [sum(len(page.get("/Annots", [])) for page in reader.pages[2:]) for reader in (ours, theirs)]
        assert links[0] == links[1] > 0
    for page in range(3, 21):
        assert words_of(pack, page) == words_of(published, page), f"page {page}"
    with pikepdf.open(pack) as pdf:
        assert pdf.check_pdf_syntax() == []
