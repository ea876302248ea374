"""Every odd PDF as a pack of its own: built whole with its stamps upright and inside the page, or refused in words.

Run as a program it writes the table of docs/odd-pdfs.md:  python -m tests.test_odd_pdfs > docs/odd-pdfs.md
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest

from pipeline.errors import FaultsError, PipelineError
from pipeline.model import EntryKind
from pipeline.pack.plan import Placing, plan_pack
from pipeline.pack.sources import SourceInfo, inspect_source
from tests.pdfs import build

FOLDER = Path(__file__).parents[2] / "shared" / "real" / "odd-pdfs"
FILES = sorted(FOLDER.glob("*.pdf"))
REFUSED = {
    "378014596.pdf": "is damaged: the list of its pages cannot be read.",
    "cyclic-toc.pdf": "is damaged: it holds 2 pages, and the list of pages leads to 1 only.",
    "graph-encrypted.pdf": "needs a password to open.",
    "libreoffice-writer-password.pdf": "needs a password to open.",
    "newline-buffer-test.pdf": "has no pages.",
    "small.pdf": "is damaged: the list of its pages cannot be read.",
    "unreadablemetadata.pdf": "is damaged: the list of its pages cannot be read.",
}
#: What form fields show, which becomes text of the page.
FIELDS = {
    "form_dd0293.pdf": "Controlled by: CUI Category: LDC: POC:",
    "libreoffice-form.pdf": "Alice Bob",
    "pdflatex-forms.pdf": "Submit",
}
HEAD = """# Odd PDFs

Each file of a collection of odd PDFs (encrypted, broken, rotated, form-filled, attached, layered) as a pack of one
paper. A paper is built whole or refused; it is never left out, and no page of it is lost. Stamps stand upright and
inside the visible page on every page that was built (`tests/test_odd_pdfs.py`, which also writes this table).

| file | pages | | what is said |
|---|---|---|---|
"""


def pack_of(path: Path, target: Path) -> SourceInfo:
    info = inspect_source(path, path.name)
    plan = plan_pack([Placing("4", EntryKind.REPORT, path.stem, path.name, info.pages)])
    build(target, path, plan=plan)
    return info


def words_of(path: Path, pages: int) -> list[str]:
    """The words of the first pages, as read by pypdfium2 with nothing cut off; it does not read form fields."""
    found: list[str] = []
    with pypdfium2.PdfDocument(path) as pdf:
        for page in range(pages):
            textpage = pdf[page].get_textpage()
            found += textpage.get_text_range().split()
            textpage.close()
    return found


def decodes(stream: pikepdf.Stream) -> bool:
    """Are the stream's bytes what its filters say? (JPEG and the like are not looked into.)"""
    try:
        stream.get_stream_buffer(pikepdf.StreamDecodeLevel.generalized)
    except pikepdf.PikepdfError as error:
        return "unfilterable" in str(error)
    return True


@pytest.mark.slow
@pytest.mark.skipif(not FILES, reason="the odd PDFs are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_odd_pdf_is_built_whole_or_refused_in_words(path: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack.pdf"
    if path.name in REFUSED:
        with pytest.raises(FaultsError) as refused:
            pack_of(path, pack)
        (fault,) = refused.value.faults
        assert (fault.message, str(fault.file)) == (REFUSED[path.name], path.name)
        assert fault.remedy and not pack.exists()
        return
    info = pack_of(path, pack)
    with pikepdf.open(pack) as pdf:
        assert len(pdf.pages) == info.pages + info.pages % 2
        assert [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and not decodes(each)] == []
    stamps = Counter(f"Agenda Item 4 {' '.join(f'Page {page}' for page in range(1, info.pages + 1))}".split())
    drawn = Counter(FIELDS.get(path.name, "").split())
    before, after = (Counter(words_of(each, info.pages)) for each in (path, pack))
    assert after == before + drawn + stamps
    assert_stamps_are_upright_and_visible(pack, info.pages)


def assert_stamps_are_upright_and_visible(pack: Path, pages: int) -> None:
    with pdfplumber.open(pack) as pdf:
        for number, page in enumerate(pdf.pages[:pages], start=1):
            stamped = [char for char in page.chars if "CivicpackStamp" in char["fontname"]]
            text = "".join(char["text"] for char in stamped)
            assert text.endswith(f"Page {number}" + ("Agenda Item 4" if number == 1 else ""))
            x0, top, x1, bottom = page.cropbox
            for char in stamped[-len(f"Page {number}Agenda Item 4" if number == 1 else f"Page {number}") :]:
                across, up, down, along = char["matrix"][:4]
                assert across > 0 and along > 0 and up == pytest.approx(0) and down == pytest.approx(0)
                assert x0 <= char["x0"] and char["x1"] <= x1 and top <= char["top"] and char["bottom"] <= bottom


def table() -> str:
    rows = []
    for path in FILES:
        with tempfile.TemporaryDirectory() as folder:
            try:
                info = pack_of(path, Path(folder) / "pack.pdf")
                rows.append((path.name, str(info.pages), "built", " ".join(info.notes)))
            except FaultsError as error:
                rows.append((path.name, "", "refused", f"{error.faults[0].message} {error.faults[0].remedy}"))
            except PipelineError as error:
                rows.append((path.name, "", "refused", " ".join(str(error).split())))
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


if __name__ == "__main__":
    sys.stdout.write(table())
