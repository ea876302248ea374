"""Scanned pages read by machine: real OCRmyPDF and Tesseract on a page made into a picture."""

from pathlib import Path

import pypdfium2
import pytest

from pipeline import ocr
from pipeline.errors import NotInstalledError, PaperError
from pipeline.pack.words import pages_without_words
from pipeline.render import Renderer
from pipeline.storage import Cache

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Plan</title></head>
<body><p style="font-size: 20pt">The committee agreed to plant nineteen hundred trees.</p></body></html>"""


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A page with words and then the same page as a picture, as a scanner gives it."""
    printed = Renderer([], Cache(tmp_path / "cache")).pdf(PAGE)
    with pypdfium2.PdfDocument(printed) as document:
        document[0].render(scale=200 / 72).to_pil().save(tmp_path / "scan.pdf", resolution=200)
    return tmp_path / "scan.pdf"


@pytest.mark.slow
def test_scanned_page_gets_its_words_and_a_second_run_takes_them_from_the_cache(tmp_path: Path, scan: Path) -> None:
    assert pages_without_words(scan) == (1,)
    cache = Cache(tmp_path / "cache")
    read = ocr.machine_read(scan, "scan.pdf", "en-GB", cache, 60)
    with pypdfium2.PdfDocument(read) as document:
        assert "plant nineteen hundred trees" in " ".join(document[0].get_textpage().get_text_bounded().split())
    written = read.stat().st_mtime_ns
    assert ocr.machine_read(scan, "scan.pdf", "en-GB", cache, 60).stat().st_mtime_ns == written
    assert pages_without_words(read) == ()


@pytest.mark.slow
def test_time_limit_names_the_paper(tmp_path: Path, scan: Path) -> None:
    with pytest.raises(PaperError, match=r"scan\.pdf could not be read by machine: it took over 0 seconds"):
        ocr.machine_read(scan, "scan.pdf", "en-GB", Cache(tmp_path / "cache"), 0.1)


def test_without_ocrmypdf_the_message_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotInstalledError, match="tesseract-ocr"):
        ocr.machine_read(tmp_path / "scan.pdf", "scan.pdf", "en-GB", Cache(tmp_path / "cache"), 60)


def test_page_with_words_and_empty_page_are_not_scans(tmp_path: Path) -> None:
    renderer = Renderer([], Cache(tmp_path / "cache"))
    assert pages_without_words(renderer.pdf(PAGE)) == ()
    assert pages_without_words(renderer.pdf('<html lang="en"><title>Empty</title><body></body></html>')) == ()
