"""What civicpack needs on the machine: the programs, fonts and libraries that pip cannot bring."""

import platform
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import version

from pipeline import convert, render
from pipeline.errors import NotInstalledError


@dataclass(frozen=True)
class Check:
    """One thing looked for: what was found, and if missing why it is needed and how to install it."""

    name: str
    ok: bool
    found: str
    why: str = ""
    install: str = ""


def checks() -> tuple[Check, ...]:
    """Look at everything; none of the checks starts LibreOffice's user profile or changes anything."""
    return (_python(), _libreoffice(), *_fonts(), _pango())


def _python() -> Check:
    return Check("Python", sys.version_info >= (3, 11), platform.python_version(), "Python 3.11 or newer is needed.")


def _libreoffice() -> Check:
    name, why = "LibreOffice", "Word and Excel papers are converted by it."
    try:
        found = convert.version_in_words()
    except NotInstalledError:
        return Check(name, False, "not found", why, convert.INSTALL)
    return Check(name, True, found)


def _fonts() -> tuple[Check, ...]:
    if shutil.which("fc-list") is None:
        return (
            Check("Fonts", False, "fontconfig not found", "Fonts decide where pages break.", convert.FONTS_INSTALL),
        )
    missing = convert.missing_fonts()
    why = "Without them Arial, Calibri, Cambria and Times New Roman break pages elsewhere."
    found = f"without {', '.join(missing)}" if missing else ", ".join(convert.FONTS)
    return (Check("Fonts", not missing, found, why, convert.FONTS_INSTALL),)


def _pango() -> Check:
    try:
        found = render.pango_version()
    except NotInstalledError:
        why = "Front sheets, minutes and tables are rendered with it."
        return Check("WeasyPrint and Pango", False, "Pango not found", why, render.INSTALL)
    return Check("WeasyPrint and Pango", True, f"WeasyPrint {version('weasyprint')}, Pango {found}")
