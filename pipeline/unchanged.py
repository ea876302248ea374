"""Has anything changed since the last build? If not, its pack is the pack: it would come out the same, byte for byte.

Everything that can decide a pack is hashed: every file of the meeting folder and the minute book, council.yaml and its
crest, the templates, this program, LibreOffice, the fonts, the options. Too much rather than too little.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline import convert
from pipeline.errors import NotInstalledError
from pipeline.model import Workspace
from pipeline.render import OWN_TEMPLATES
from pipeline.storage import sha256_of, write_whole

#: The libraries whose version can change a page.
_LIBRARIES = (
    "weasyprint",
    "pydyf",
    "fonttools",
    "pikepdf",
    "jinja2",
    "markdown-it-py",
    "lxml",
    "python-docx",
    "openpyxl",
)


def fingerprint(workspace: Workspace, folder: Path, inputs: Iterable[Path], options: str) -> str:
    """Return the hash of everything that decides the pack of this meeting.

    ``inputs`` are the files that the manifest names, wherever they are; the folders count whole, since a file that is
    put there (a sign-off register, a template) changes the pack too.
    """
    digest = hashlib.sha256()
    for part in (_program(), options, str(workspace.root), str(folder)):
        digest.update(part.encode(errors="surrogateescape") + b"\0")
    folders = (folder, workspace.minutes, workspace.templates, OWN_TEMPLATES)
    found = {path for root in folders for path in _files(root)} | {workspace.council_file, *inputs}
    for path in sorted(found):
        digest.update(str(path).encode(errors="surrogateescape") + b"\0")
        digest.update(sha256_of(path).encode() if path.is_file() else b"gone")
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    return (path for path in root.rglob("*") if path.is_file())


@cache
def _program() -> str:
    """What makes the pack: our own code, the libraries, LibreOffice and the fonts."""
    parts = [f"{name} {version(name)}" for name in _LIBRARIES]
    parts += [sha256_of(file) for file in sorted(Path(__file__).parent.rglob("*.py"))]
    try:
        parts += [convert.version(), *convert.fonts()]
    except NotInstalledError:
        parts.append("LibreOffice or fontconfig is not installed")
    return "\n".join(parts)


def remember(record: Path, key: str, inputs: Iterable[Path], files: Iterable[Path], facts: dict[str, Any]) -> None:
    """Note that these files came out of what has this fingerprint, and what else the build had to say."""
    kept = {
        "fingerprint": key,
        "inputs": [str(path) for path in inputs],
        "files": {path.name: sha256_of(path) for path in files},
        "facts": facts,
    }
    write_whole(record, json.dumps(kept, ensure_ascii=False).encode())


def recall(record: Path, workspace: Workspace, folder: Path, options: str) -> dict[str, Any] | None:
    """Return the facts of the last build, if nothing has changed and what it made is there, byte for byte."""
    try:
        kept = json.loads(record.read_text(encoding="utf-8"))
        inputs = [Path(path) for path in kept["inputs"]]
        if kept["fingerprint"] != fingerprint(workspace, folder, inputs, options):
            return None
        made = all(sha256_of(record.parent / name) == digest for name, digest in kept["files"].items())
        facts: dict[str, Any] = kept["facts"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return facts if made else None
