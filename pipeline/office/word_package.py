"""A Word file taken apart: the parts of a .docx that say what its author sees (ECMA-376 part 1).

What Word does not show is gone from the body: deleted and moved text, hidden runs, the former formatting that tracked
changes keep, and the second-best of alternatives.
"""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from pipeline.errors import Fault, PaperError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
#: The strict form of the format (ISO 29500-1) has namespaces of its own for the same things.
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R),
)
_DAMAGE = (zipfile.BadZipFile, KeyError, OSError, EOFError, RuntimeError, ValueError)


@dataclass(frozen=True)
class WordPackage:
    """The parts of a Word file. ``body``: w:body as Word shows it; ``links``: the addresses by relation id;
    ``pages``: how many there were when Word last saved it, 0 when it does not say."""

    body: "etree._Element"
    styles: "etree._Element | None" = None
    title: str = ""
    pages: int = 0
    links: Mapping[str, str] = field(default_factory=dict)


def read_package(path: Path, shown_as: str) -> WordPackage:
    """Take a .docx apart. Raises PaperError, naming ``shown_as``, if it is no Word file that can be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive)
    except _DAMAGE as error:
        words = "this is not a Word document that can be read"
        raise PaperError([Fault(words, "Open it in Word and save it again.", file=Path(shown_as))]) from error


def _read(archive: zipfile.ZipFile) -> WordPackage:
    package = {kind: target for kind, _, target in _relations(archive, "")}
    main = package["officeDocument"]
    document = _part(archive, main)
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise KeyError("no body")
    relations = list(_relations(archive, main))
    styles = next((target for kind, _, target in relations if kind == "styles"), "")
    _leave_what_shows(body)
    return WordPackage(
        body=body,
        styles=_part(archive, styles),
        title=_words(_part(archive, package.get("core-properties", "")), f"{_DC}title"),
        pages=_number(_words(_part(archive, package.get("extended-properties", "")), f"{_PROPERTIES}Pages")),
        links={rid: target for kind, rid, target in relations if kind == "hyperlink"},
    )


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Yield kind ("styles"), id and target (a part's name, or an address) of what a part refers to."""
    folder, name = posixpath.split(part)
    root = _part(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    for each in root.iter(_RELATIONSHIP) if root is not None else ():
        target = each.get("Target", "")
        if each.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield each.get("Type", "").rpartition("/")[2], each.get("Id", ""), target


def _part(archive: zipfile.ZipFile, name: str) -> "etree._Element | None":
    """Return the root of a part, None when there is no such part or it is no XML: Word then does without it too."""
    if name not in archive.namelist():
        return None
    data = archive.read(name)
    if _STRICT in data:
        for strict, usual in _STRICT_NAMES:
            data = data.replace(strict, usual[1:-1].encode())
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return None


def _words(root: "etree._Element | None", tag: str) -> str:
    return " ".join((root.findtext(tag) or "").split()) if root is not None else ""


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else 0


def _leave_what_shows(body: "etree._Element") -> None:
    """Take out of the body what Word does not show."""
    for alternatives in list(body.iter(f"{MC}AlternateContent")):
        if any(len(choice) for choice in alternatives.iterfind(f"{MC}Choice")):
            _drop(alternatives.findall(f"{MC}Fallback"))
    _drop([row for row in body.iter(f"{W}tr") if row.find(f"{W}trPr/{W}del") is not None])
    _drop(list(body.iter(f"{W}del", f"{W}moveFrom")))
    _drop([each for each in body.iter(etree.Element) if str(each.tag).endswith("Change")])
    _drop([run for run in body.iter(f"{W}r") if is_on(run.find(f"{W}rPr/{W}vanish"))])


def _drop(elements: "list[etree._Element]") -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def is_on(switch: "etree._Element | None") -> bool:
    """Is a switch such as w:b there and not said to be off (ECMA-376 17.17.4)?"""
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off")


def value(parent: "etree._Element | None", path: str) -> str:
    """Return the w:val of the element at a path of w: names ("pPr/pStyle"), "" without it."""
    found = parent.find("/".join(f"{W}{name}" for name in path.split("/"))) if parent is not None else None
    return found.get(f"{W}val", "") if found is not None else ""
