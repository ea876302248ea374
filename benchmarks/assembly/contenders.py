"""Who is measured: the commands that make a pack from a job, and how to install what is missing."""

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
_JARS = tuple(Path("/usr/share/java") / name for name in ("pdfbox2.jar", "fontbox2.jar", "commons-logging.jar"))
_INSPECTION = "pipeline.pack.inspection"

Commands = list[list[str]]


@dataclass(frozen=True)
class Job:
    """What a contender is given: ``folder`` with job.json and the lists beside it. ``pack`` is what it is to write."""

    folder: Path
    pack: Path

    @property
    def file(self) -> Path:
        return self.folder / "job.json"

    def parts(self) -> list[str]:
        return (self.folder / "parts.txt").read_text(encoding="utf-8").splitlines()


@dataclass(frozen=True)
class Contender:
    """``commands`` are run one after the other. ``missing``: why it is left out, or "". ``reads``: the contender whose
    pack it reads instead of writing one."""

    slug: str
    what: str
    commands: Callable[[Job], Commands]
    missing: Callable[[], str] = lambda: ""
    reads: str = ""


def contenders(classes: Path) -> list[Contender]:
    """Return all contenders, the tool itself first. ``classes``: where the Java peer is compiled to, when needed."""
    return [
        Contender("civicpack", "civicpack, all of it", _script("ours.py")),
        Contender("inspection", "civicpack: inspection alone", _inspect, _no_inspection, reads="civicpack"),
        Contender("pdfbox", "PDFBox 2, tags merged", lambda job: [_java(job, classes)], lambda: _no_java(classes)),
        Contender("pikepdf", "pikepdf, untagged, unchecked", _script("with_pikepdf.py")),
        Contender("pypdf", "pypdf with page overlay", _script("with_pypdf.py")),
        Contender("qpdf", "qpdf, no bookmarks", _qpdf, lambda: _no_program("qpdf", "qpdf")),
        Contender("pdftk", "pdftk, no bookmarks", _pdftk, lambda: _no_program("pdftk", "pdftk-java")),
    ]


def _script(name: str) -> Callable[[Job], Commands]:
    return lambda job: [[sys.executable, str(HERE / name), str(job.file), str(job.pack)]]


def _inspect(job: Job) -> Commands:
    return [[sys.executable, str(HERE / "inspect_ours.py"), str(job.file), str(job.pack)]]


def _no_inspection() -> str:
    return "" if importlib.util.find_spec(_INSPECTION) else "not built yet"


def _no_program(name: str, package: str) -> str:
    return "" if shutil.which(name) else f"not installed (sudo apt-get install {package})"


def _no_java(classes: Path) -> str:
    """Compile the Java peer; return why it cannot be."""
    if not (shutil.which("javac") and shutil.which("java") and all(jar.is_file() for jar in _JARS)):
        return "not installed (sudo apt-get install libpdfbox2-java default-jdk-headless)"
    subprocess.run(["javac", "-cp", _class_path(), "-d", str(classes), str(HERE / "PdfBox.java")], check=True)
    return ""


def _class_path(*more: Path) -> str:
    return ":".join(str(path) for path in (*_JARS, *more))


def _java(job: Job, classes: Path) -> list[str]:
    lists = [str(job.folder / name) for name in ("parts.txt", "labels.txt", "bookmarks.txt")]
    return ["java", "-Dfile.encoding=UTF-8", "-cp", _class_path(classes), "PdfBox", *lists, str(job.pack)]


def _qpdf(job: Job) -> Commands:
    overlay = ["--overlay", str(job.folder / "numbers.pdf"), "--"]
    return [["qpdf", "--empty", "--pages", *job.parts(), "--", *overlay, str(job.pack)]]


def _pdftk(job: Job) -> Commands:
    """Two calls: pdftk joins and stamps in one call only by losing its place in the stamp."""
    joined = str(job.pack.with_suffix(".joined"))
    return [
        ["pdftk", *job.parts(), "cat", "output", joined],
        ["pdftk", joined, "multistamp", str(job.folder / "numbers.pdf"), "output", str(job.pack)],
    ]


def judged(job: Job, page: int) -> dict[str, object]:
    """Return what ``judge.py`` finds in the pack, asked in a process of its own."""
    command = [sys.executable, str(HERE / "judge.py"), str(job.pack), str(page)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, object] = json.loads(answer.stdout)
    return found
