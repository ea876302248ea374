"""Is an office file whole, and what its name says it is? Asked before LibreOffice sees it.

LibreOffice turns garbage into pages: a web page named .docx and half of a .doc both "convert". A file that is refused
here is told what it really is and what to do about it.
"""

import csv
import re
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import Fault
from pipeline.office.csv_text import csv_rows, decode_csv
from pipeline.office.file_kinds import KINDS, kind_of
from pipeline.office.ole_files import check_ole
from pipeline.office.zip_files import check_odf, check_ooxml

SAVE_AGAIN = "Open it in the program that made it, save it again, and replace this file."
_RTF_TOKEN = re.compile(rb"\\bin(\d{1,9}) ?|\\[{}\\]|[{}]")


def check_office_file(path: Path, shown_as: str) -> Fault | None:
    """Return what is wrong with an office file, or None for one that may go to LibreOffice or to our own readers.

    Knows .docx .xlsx .odt .ods .doc .xls .rtf .csv .md by the file's name, and raises ValueError for other names.
    ``shown_as`` is the path in messages. A file that cannot be opened at all is a fault too.
    """
    suffix = path.suffix.lower()
    if suffix not in _CHECKS:
        raise ValueError(f"{path.name}: not the name of an office file")
    try:
        words = _look(path, suffix)
    except OSError as error:
        words = (f"This file cannot be opened ({error.strerror or error}).", "Check the file and who may read it.")
    return Fault(words[0], words[1], file=Path(shown_as)) if words else None


Words = tuple[str, str]  # what is wrong, what to do


def _look(path: Path, suffix: str) -> Words | None:
    if path.stat().st_size == 0:
        return "This file is empty (0 bytes).", "Ask the author for it again: it was not copied or saved to the end."
    found = kind_of(path)
    if found == "encrypted":
        return (
            "This file is protected by a password.",
            "Ask the author for a copy without: File, Info, Protect Document, Encrypt with Password, empty the box.",
        )
    wanted = KINDS[suffix]
    if found not in ("", wanted.name):
        return _other_kind(found, suffix)
    return _CHECKS[suffix](path)


def _other_kind(found: str, suffix: str) -> Words:
    """Say what it really is: to be renamed if we take such files, else to be saved as what its name says."""
    wanted = KINDS[suffix]
    said = f"This file is named {suffix} but is really {found}."
    taken = next((name for name, kind in KINDS.items() if kind.name == found and name not in (".csv", ".md")), "")
    if taken:
        return said, f"Rename it to end in {taken} (in meeting.yaml too), or open it and save it as {wanted.save_as}."
    if found == "a PDF":
        return said, "Rename it to end in .pdf (in meeting.yaml too)."
    return said, f"Open it in the program that made it and save it as {wanted.save_as}."


def _check_docx(path: Path) -> Words | None:
    return check_ooxml(path, KINDS[".docx"])


def _check_xlsx(path: Path) -> Words | None:
    return check_ooxml(path, KINDS[".xlsx"])


def _check_odt(path: Path) -> Words | None:
    return check_odf(path, KINDS[".odt"])


def _check_ods(path: Path) -> Words | None:
    return check_odf(path, KINDS[".ods"])


def _check_doc(path: Path) -> Words | None:
    return check_ole(path, KINDS[".doc"])


def _check_xls(path: Path) -> Words | None:
    return check_ole(path, KINDS[".xls"])


def _check_rtf(path: Path) -> Words | None:
    """An RTF document is one group: it must open and close (RTF 1.9.1, "Groups")."""
    data = path.read_bytes().strip(b"\0 \t\r\n\x1a")
    if not data.startswith(b"{\\rtf"):
        return "This file is named .rtf but is not an RTF document.", f"Save it as {KINDS['.rtf'].save_as}."
    if _open_groups(data) > 0:
        return "This RTF document is cut short: its end is missing.", SAVE_AGAIN
    return None


def _open_groups(data: bytes) -> int:
    """Count the groups that are still open at the end; embedded binary runs are stepped over."""
    depth, at = 0, 0
    while match := _RTF_TOKEN.search(data, at):
        at = match.end()
        if match.group(1):
            at += int(match.group(1))
            if at > len(data):
                return depth
        elif match.group() == b"{":
            depth += 1
        elif match.group() == b"}":
            depth -= 1
            if depth == 0:
                return 0
    return depth


def _check_csv(path: Path) -> Words | None:
    try:
        rows = csv_rows(decode_csv(path.read_bytes()))
    except ValueError:
        return (
            "This file is named .csv but is not text.",
            "Open it in the program that made it and save it as 'CSV UTF-8' or .xlsx.",
        )
    except csv.Error as error:
        return f"The columns of this file cannot be told apart ({error}).", "Open it in Excel and save it as .xlsx."
    if not any(field.strip() for row in rows for field in row):
        return "This file has no words in it.", "Ask the author for it again."
    return None


def _check_md(path: Path) -> Words | None:
    data = path.read_bytes()
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return f"Line {line} of this file is not UTF-8 text.", "Open it in a text editor and save it as UTF-8."
    if "\0" in words:
        return "This file is named .md but is not text.", "Save it as UTF-8 text."
    return None if words.strip() else ("This file has no words in it.", "Ask the author for it again.")


_CHECKS: dict[str, Callable[[Path], Words | None]] = {
    ".docx": _check_docx,
    ".xlsx": _check_xlsx,
    ".odt": _check_odt,
    ".ods": _check_ods,
    ".doc": _check_doc,
    ".xls": _check_xls,
    ".rtf": _check_rtf,
    ".csv": _check_csv,
    ".md": _check_md,
}
