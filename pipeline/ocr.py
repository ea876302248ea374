"""A text layer for scanned pages, read by machine with OCRmyPDF. Optional at install, off unless asked."""

import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.errors import Fault, NotInstalledError, PaperError
from pipeline.storage import Cache, sha256_of

INSTALL = "pip install 'civicpack[ocr]', and sudo apt-get install tesseract-ocr (tesseract-ocr-cym for Welsh)"
_LANGUAGES = {"en": "eng", "cy": "cym", "gd": "gla", "ga": "gle", "fr": "fra", "de": "deu", "pl": "pol"}
#: No Ghostscript, nothing re-encoded, pages with words left alone.
_OPTIONS = (
    "--skip-text",
    "--output-type",
    "pdf",
    "--rasterizer",
    "pypdfium",
    "--optimize",
    "0",
    "--quiet",
    "--jobs",
    "2",
)


def program() -> Path:
    """Return OCRmyPDF's command, from our own Python environment first. Raises NotInstalledError."""
    found = shutil.which("ocrmypdf", path=str(Path(sys.executable).parent)) or shutil.which("ocrmypdf")
    if found is None or shutil.which("tesseract") is None:
        raise NotInstalledError(
            f"Scanned pages cannot be read by machine: OCRmyPDF is not installed. Install it: {INSTALL}"
        )
    return Path(found)


def machine_read(pdf: Path, shown_as: str, language: str, cache: Cache, seconds: float) -> Path:
    """Return the PDF with a text layer on the pages that had no words; from the cache if it was read before.

    ``language`` is a language tag like "en-GB"; ``seconds`` the time limit. Raises NotInstalledError, and PaperError
    when it cannot be read.
    """
    command = program()
    wanted = _LANGUAGES.get(language.split("-")[0].lower(), "eng")
    key = Cache.key("ocr", _version(), *_OPTIONS, wanted, sha256_of(pdf))
    found = cache.get(key, ".pdf")
    if found is not None:
        return found
    with cache.workspace() as folder:
        result = folder / "read.pdf"
        words = _run([str(command), *_OPTIONS, "-l", wanted, str(pdf), str(result)], seconds)
        if not result.is_file():
            remedy = "Build without --ocr, or ask the author for the original file instead of a scan."
            raise PaperError([Fault(f"{shown_as} could not be read by machine: {words}", remedy)])
        return cache.put(key, ".pdf", result.read_bytes())


def _version() -> str:
    try:
        return version("ocrmypdf")
    except PackageNotFoundError:
        return "of the system"


def _run(command: list[str], seconds: float) -> str:
    """Run OCRmyPDF and return its last words."""
    try:
        done = subprocess.run(  # noqa: S603 - our own command; file names are ours or the officer's
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return f"it took over {seconds:.0f} seconds."
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return lines[-1] if lines else f"OCRmyPDF ended with code {done.returncode}."
