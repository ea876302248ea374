"""Jinja2 templates to HTML, and HTML to PDF through WeasyPrint, cached by all that decides the result.

The HTML is self-contained (style and pictures inside), so its hash is the hash of everything printed, and nothing is
ever fetched. WeasyPrint takes half a second to import: only when something must be rendered.
"""

import base64
import mimetypes
import re
import traceback
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jinja2

from pipeline import convert, dates
from pipeline.errors import Fault, ManifestError, NotInstalledError
from pipeline.storage import Cache

INSTALL = "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
#: The templates that ship with the package: beside it in the repository, inside it when installed.
_INSTALLED = Path(__file__).parent / "agenda_templates"
OWN_TEMPLATES = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parent.parent / "agenda_templates"


class Renderer:
    """Renders templates of the council first (``folders``, in order), else our own, into one cache.

    ``large_print`` is given to every template: 18 point or more, in a single column.
    """

    def __init__(self, folders: Sequence[Path], cache: Cache, large_print: bool = False):
        self.cache = cache
        self.large_print = large_print
        self._folders = tuple(folders)
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([*folders, OWN_TEMPLATES]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            day_date=dates.day_date,
            weekday_date=dates.weekday_date,
            clock=dates.clock,
            listed=listed,
        )
        self._environment.globals.update(time_and_date=dates.time_and_date, large_print=large_print)

    def html(self, template: str, **context: Any) -> str:
        """Return the page. Raises ManifestError naming the template's file and line if it has an error."""
        try:
            return self._environment.get_template(template).render(**context)
        except jinja2.TemplateSyntaxError as error:
            raise ManifestError([_syntax_fault(error)]) from error
        except UnicodeDecodeError as error:
            raise ManifestError(list(self._not_utf8())) from error
        except (jinja2.TemplateError, TypeError, ValueError, AttributeError, KeyError, ZeroDivisionError) as error:
            raise ManifestError([_running_fault(error)]) from error

    def _not_utf8(self) -> Iterator[Fault]:
        """The council's templates that are not UTF-8 (ours are)."""
        for path in (path for folder in self._folders for path in sorted(folder.glob("*.*"))):
            if path.suffix not in (".html", ".css", ".txt"):
                continue
            try:
                path.read_bytes().decode("utf-8")
            except UnicodeDecodeError as error:
                line = path.read_bytes()[: error.start].count(b"\n") + 1
                yield Fault("the template is not UTF-8 text", "Save it again as UTF-8.", path, line)

    def pdf(self, html: str) -> Path:
        """Return the page as a tagged PDF, from the cache if it was rendered before."""
        key = Cache.key("weasyprint", version("weasyprint"), "\n".join(convert.fonts()), html)
        found = self.cache.get(key, ".pdf")
        if found is not None:
            return found
        return self.cache.put(key, ".pdf", _write_pdf(html))


def _weasyprint() -> Any:
    """Import WeasyPrint. Raises NotInstalledError without Pango, a C library that pip cannot bring."""
    try:
        import weasyprint
    except OSError as error:
        raise NotInstalledError(
            f"Pango is not installed, or too old, and pages cannot be rendered. Install it: {INSTALL}"
        ) from error
    return weasyprint


def pango_version() -> str:
    """Return Pango's version, like "1.50.12". Raises NotInstalledError."""
    _weasyprint()
    from weasyprint.text.ffi import pango

    number = int(pango.pango_version())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _write_pdf(html: str) -> bytes:
    weasyprint = _weasyprint()
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    # a page depends on nothing outside itself: what it asks for must be in it
    fetcher = URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    document = weasyprint.HTML(string=html, base_url="about:blank", url_fetcher=fetcher)
    try:
        content: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_version="1.7")
    except FatalURLFetchingError as error:
        words = f"a page asks for something outside itself: {error}"
        raise ManifestError([Fault(words, "Pictures and styles must be inside the template's page.")]) from error
    return content


def data_address(picture: Path) -> str:
    """Return the picture as a data: address, to stand inside the page."""
    kind = mimetypes.guess_type(picture.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(picture.read_bytes()).decode()}"


def listed(words: Sequence[str]) -> str:
    """Return "A, B and C"."""
    words = list(words)
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _syntax_fault(error: jinja2.TemplateSyntaxError) -> Fault:
    return Fault(
        f"the template has an error: {error.message}",
        "Mend that line, or remove the file to use the template that comes with civicpack.",
        file=Path(error.filename) if error.filename else None,
        line=error.lineno,
    )


def _running_fault(error: Exception) -> Fault:
    """Name the last line of a template that the error came through; without one it is our own error, and goes on."""
    places = [
        frame for frame in traceback.extract_tb(error.__traceback__) if re.search(r"\.(html|css|txt)$", frame.filename)
    ]
    if not places:
        raise error
    words = f"there is no template {error}" if isinstance(error, jinja2.TemplateNotFound) else str(error)
    return Fault(
        f"the template has an error: {words}",
        "Mend that line, or remove the file to use the template that comes with civicpack.",
        file=Path(places[-1].filename),
        line=places[-1].lineno,
    )
