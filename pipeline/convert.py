"""Word and Excel files through LibreOffice: to PDF (tagged), to .docx, or to a flat spreadsheet. The only subprocess.

LibreOffice 7.4 turns two calls on one profile into a lost file with exit code 0, and writes a lock file beside what it
opens. So every call has its own profile, works on copies, and each output is looked for by name.
"""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.errors import Fault, NotInstalledError, PaperError
from pipeline.storage import Cache, sha256_of

INSTALL = "sudo apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
FONTS_INSTALL = "sudo apt-get install fonts-liberation fonts-crosextra-carlito fonts-crosextra-caladea"
#: Families whose metric twins decide where pages break: Arial, Times New Roman, Courier New, Calibri, Cambria.
FONTS = ("Liberation Sans", "Liberation Serif", "Liberation Mono", "Carlito", "Caladea")

_PDF_OPTIONS = {
    "PDFUACompliance": True,
    "UseTaggedPDF": True,
    "ExportBookmarks": True,
    "ExportNotes": False,
    "ExportFormFields": False,
    "SelectPdfVersion": 17,
    "UseReferenceXObject": False,
    "IsAddStream": False,
    "ReduceImageResolution": True,
    "MaxImageResolution": 300,
    "Quality": 90,
    "InitialView": 0,
    "SinglePageSheets": False,
}


def _pdf_filter(name: str) -> str:
    options = {
        key: {"type": "boolean" if isinstance(value, bool) else "long", "value": str(value).lower()}
        for key, value in _PDF_OPTIONS.items()
    }
    return f"pdf:{name}:{json.dumps(options, separators=(',', ':'))}"


#: What to ask of LibreOffice, by the kind of result wanted. Also part of the cache key.
_FILTERS = {
    "writer-pdf": (_pdf_filter("writer_pdf_Export"), ".pdf"),
    "calc-pdf": (_pdf_filter("calc_pdf_Export"), ".pdf"),
    "docx": ("docx:MS Word 2007 XML", ".docx"),
    "fods": ("fods:OpenDocument Spreadsheet Flat XML", ".fods"),
}

#: Settings of the profile: British dates and numbers, no macros, no links followed, no recovery, no first-start pages.
_SETTINGS = (
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "en-GB"),
    ("/org.openoffice.Setup/L10N", "ooLocale", "en-US"),
    ("/org.openoffice.Office.Linguistic/General", "DefaultLocale", "en-GB"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Save/Document", "AutoSave", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
)


@dataclass(frozen=True)
class Request:
    """One file to convert. ``to`` is "writer-pdf", "calc-pdf", "docx" or "fods"; ``shown_as`` names it in messages."""

    source: Path
    to: str
    shown_as: str

    @property
    def suffix(self) -> str:
        return _FILTERS[self.to][1]


@dataclass(frozen=True)
class Converted:
    """Where the result of a request is, and whether it was made in this run."""

    path: Path
    made_now: bool


@cache
def program() -> Path:
    """Return LibreOffice's start program. Raises NotInstalledError."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    raise NotInstalledError(f"LibreOffice is not installed; Word and Excel papers need it. Install it: {INSTALL}")


@cache
def version() -> str:
    """Return what tells this LibreOffice from another, without starting it (a start costs a tenth of a second)."""
    real = program().resolve()
    marks = [str(real)]
    for part in ("versionrc", "soffice.bin"):
        with suppress(OSError):
            file = real.parent / part
            marks.append(f"{part} {file.stat().st_size} {file.stat().st_mtime_ns}")
    return "; ".join(marks)


def version_in_words() -> str:
    """Return what LibreOffice says of itself, like "LibreOffice 7.4.7.2". Raises NotInstalledError."""
    answer = subprocess.run(  # noqa: S603 - a fixed command
        [str(program()), "--version"], capture_output=True, text=True, check=False, timeout=60
    )
    return answer.stdout.strip() or f"{program()} (it does not say its version)"


@cache
def fonts() -> tuple[str, ...]:
    """Return every installed font as fontconfig lists it: page breaks depend on them. Raises NotInstalledError."""
    lister = shutil.which("fc-list")
    if lister is None:
        raise NotInstalledError("fontconfig is not installed. Install it: sudo apt-get install fontconfig")
    listing = subprocess.run(  # noqa: S603 - a fixed command
        [lister, "--format", "%{file}\t%{family}\t%{style}\t%{fontversion}\n"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return tuple(sorted(listing.stdout.splitlines()))


def missing_fonts() -> tuple[str, ...]:
    """Return the families of ``FONTS`` that are not installed."""
    listing = "\n".join(fonts())
    return tuple(family for family in FONTS if family not in listing)


def convert(
    requests: Sequence[Request], cache: Cache, seconds: float, starting: Callable[[int], None] = lambda _: None
) -> tuple[Converted, ...]:
    """Return the converted files, in the order of the requests; those in the cache are not made again.

    ``seconds`` is the time limit of one file; a call for several has as much more. ``starting`` is told how many files
    LibreOffice is to convert, if any. Raises PaperError naming every file
    that LibreOffice did not convert, NotInstalledError without LibreOffice.
    """
    keys = [_key(request) for request in requests]
    missing: dict[str, Request] = {}
    for key, request in zip(keys, requests, strict=True):
        if cache.get(key, request.suffix) is None:
            missing.setdefault(key, request)
    if missing:
        starting(len(missing))
        _make(missing, cache, seconds)
    return tuple(
        Converted(cache.path(key, request.suffix), key in missing) for key, request in zip(keys, requests, strict=True)
    )


def _key(request: Request) -> str:
    wanted = _FILTERS[request.to][0] + json.dumps(_SETTINGS)
    return Cache.key(
        "libreoffice", version(), "\n".join(fonts()), wanted, request.source.suffix.lower(), sha256_of(request.source)
    )


def _make(missing: dict[str, Request], cache: Cache, seconds: float) -> None:
    """Convert what is missing: one call a core first, then what did not come out, one file a call."""
    program()
    with cache.workspace() as folder, _Calls() as calls:
        cores = os.cpu_count() or 1
        with ThreadPoolExecutor(cores) as pool, calls:
            under_way = [
                pool.submit(_call, calls, dict(batch), folder / f"call-{number}", cache, seconds)
                for number, batch in enumerate(_batches(missing, cores))
            ]
            for call in under_way:
                call.result()
        reasons: dict[str, str] = {}
        for number, (key, request) in enumerate(missing.items()):
            if cache.get(key, request.suffix) is None:
                reasons[key] = _call(calls, {key: request}, folder / f"again-{number}", cache, seconds)
    faults = [
        Fault(f"{request.shown_as} could not be converted: {reasons[key]}", _REMEDY, file=None)
        for key, request in missing.items()
        if cache.get(key, request.suffix) is None
    ]
    if faults:
        raise PaperError(faults)


_REMEDY = "Open it in Word or Excel, save it again (or save it as PDF and put that in its place), and build again."


def _batches(missing: dict[str, Request], cores: int) -> Iterator[list[tuple[str, Request]]]:
    """Split the requests into calls: one kind of result a call, shared out evenly by size over the cores."""
    for kind in _FILTERS:
        wanted = sorted(
            ((k, r) for k, r in missing.items() if r.to == kind), key=lambda pair: -pair[1].source.stat().st_size
        )
        for number in range(min(cores, len(wanted))):
            yield wanted[number::cores]


class _Calls:
    """The LibreOffice processes under way, so that an interrupted build ends them before it goes."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []
        self._stopped = False

    def __enter__(self) -> "_Calls":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self._stopped = True
            for process in self._running:
                _end(process)

    def start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        if self._stopped:
            raise InterruptedError("the build was interrupted")
        process = subprocess.Popen(  # noqa: S603 - our own command; file names are ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "SAL_USE_VCLPLUGIN": "svp", "TZ": "Europe/London"},
        )
        self._running.append(process)
        return process


def _call(calls: _Calls, batch: dict[str, Request], folder: Path, cache: Cache, seconds: float) -> str:
    """Run LibreOffice once on copies of these files and keep what it made; return why something may be missing."""
    sources, results = folder / "in", folder / "out"
    sources.mkdir(parents=True)
    results.mkdir()
    names = {}
    for number, (key, request) in enumerate(batch.items()):
        names[key] = f"{number:04d}"
        shutil.copyfile(request.source, sources / f"{names[key]}{request.source.suffix.lower()}")
    kind = next(iter(batch.values())).to
    reason = _run(calls, kind, sorted(sources.iterdir()), results, folder / "profile", seconds * len(batch))
    for key, request in batch.items():
        made = results / f"{names[key]}{request.suffix}"
        if made.is_file() and made.stat().st_size:
            cache.put(key, request.suffix, made.read_bytes())
    return reason


def _run(calls: _Calls, kind: str, files: list[Path], results: Path, profile: Path, seconds: float) -> str:
    _write_profile(profile)
    command = [
        str(program()),
        f"-env:UserInstallation={profile.resolve().as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        _FILTERS[kind][0],
        "--outdir",
        str(results),
        *map(str, files),
    ]
    process = calls.start(command)
    try:
        code = process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return f"LibreOffice did not finish within {seconds:.0f} seconds."
    finally:
        _end(process)
    if code < 0:
        return f"LibreOffice was stopped ({signal.Signals(-code).name})."
    return "LibreOffice could not open it." if code == 0 else f"LibreOffice failed (exit code {code})."


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the call and everything it started (its start program waits for a child that does the work)."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )
