"""A file that an officer names in YAML: found below the meeting's folder or the minute book, and nowhere else."""

import os
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath, PureWindowsPath

WITHOUT_MACROS = {".docm": ".docx", ".dotm": ".docx", ".xlsm": ".xlsx", ".xltm": ".xlsx"}
PAPERS = (".docx", ".doc", ".odt", ".rtf", ".pdf", ".md", ".xlsx", ".xls", ".ods", ".csv")


@dataclass(frozen=True)
class Problem:
    """Why a file cannot be used, and what to do."""

    message: str
    remedy: str = ""


def find_file(text: str, folder: Path, workspace: Path, kinds: Collection[str]) -> Path | Problem:
    """Return the file that ``text`` names, below ``folder`` or, when it begins with minutes/, below ``workspace``.

    Letters with accents are found however the disk spells them (NFC or NFD). ``kinds`` are the endings allowed, like
    ".docx". A path that leads outside, by name or by a symbolic link, is a Problem.
    """
    parts = PurePosixPath(text.replace("\\", "/")).parts
    if PureWindowsPath(text).root or ".." in parts or not parts or parts[0] == "~":
        remedy = f"Copy the file into {folder.name}/ and give its name alone."
        return Problem(f"{text} leads outside the folder", remedy)
    here = workspace if parts[0] == "minutes" else folder
    for index, part in enumerate(parts):
        entry = _entry(here, part)
        if entry is None:
            return _missing(text, here, parts, index, kinds)
        here = entry
    return _usable(text, here, (workspace, folder)) or _wrong_kind(here.name, kinds) or here


def _usable(text: str, path: Path, roots: tuple[Path, ...]) -> Problem | None:
    try:
        real = path.resolve(strict=True)
        inside = any(real.is_relative_to(root.resolve()) for root in roots)
    except (OSError, RuntimeError):
        return Problem(f"{text} is a link to a file that is not there", "Copy the file itself into the folder.")
    if not inside:
        return Problem(f"{text} is a link that leads outside the workspace", "Copy the file itself into the folder.")
    if path.is_dir():
        return Problem(f"{text} is a folder, not a file", "Name the file in it.")
    if not path.is_file():
        return Problem(f"{text} is not a file that can be read", "Copy the file itself into the folder.")
    if not os.access(path, os.R_OK):
        return Problem(f"{text} may not be opened", "Ask its owner for permission to read it.")
    return None


def _wrong_kind(name: str, kinds: Collection[str]) -> Problem | None:
    ending = PurePosixPath(name).suffix.lower()
    if ending in kinds:
        return None
    if plain := WITHOUT_MACROS.get(ending):
        return Problem(f"{name} may hold macros", f"Open it, save it without macros as {plain}, and name that file.")
    if name.startswith("~$"):
        return Problem(f"{name} is a file that Word keeps while a paper is open", "Name the paper itself.")
    said = f"{name} is a {ending} file" if ending else f"{name} has no file type"
    return Problem(f"{said}, which cannot be used here", f"It can be {', '.join(kinds)}.")


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def _entry(folder: Path, name: str) -> Path | None:
    """Return the entry of the folder with this name, spelled with composed or with separate accents."""
    names = _names(folder)
    if name in names:
        return folder / name
    composed = unicodedata.normalize("NFC", name)
    return next((folder / n for n in names if unicodedata.normalize("NFC", n) == composed), None)


def _missing(text: str, folder: Path, parts: tuple[str, ...], index: int, kinds: Collection[str]) -> Problem:
    names = [name for name in _names(folder) if not name.startswith((".", "~$"))]
    if near := nearest_name(parts[index], names, kinds):
        meant = "/".join((*parts[:index], near, *parts[index + 1 :]))
        return Problem(f"{text} is not there; did you mean {meant}?", f"Looked in {folder}.")
    return Problem(f"{text} is not there", f"Looked in {folder}. Put the file there, or correct its name.")


def nearest_name(name: str, names: Iterable[str], kinds: Collection[str]) -> str:
    """Return the name that was probably meant: another case, other spaces, another ending, or a slip; "" if none."""
    known = [n for n in names if PurePosixPath(n).suffix.lower() in kinds or PurePosixPath(name).suffix == ""]
    keys: dict[str, str] = {}
    for shorten in (_bare, _stem):
        keys = {shorten(n): n for n in reversed(known)}
        if found := keys.get(shorten(name)):
            return found
    whole = {_bare(n): n for n in reversed(known)}
    return next((whole[match] for match in get_close_matches(_bare(name), whole, 1, 0.7)), "")


def _bare(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFC", name).casefold()).strip()


def _stem(name: str) -> str:
    """Return the bare name without its ending, twice where Windows hid one ("report.docx.docx")."""
    stem = PurePosixPath(_bare(name)).stem
    return PurePosixPath(stem).stem if PurePosixPath(stem).suffix in PAPERS else stem
