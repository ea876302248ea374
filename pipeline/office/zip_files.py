"""Are .docx, .xlsx, .odt and .ods whole? Each is a zip of XML parts (ECMA-376 part 2; OpenDocument 1.3 part 2)."""

import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from pipeline.office.file_kinds import Kind

MEGABYTE = 1_000_000
MOST_OF_A_MEMBER = 500 * MEGABYTE
MOST_IN_ALL = 1000 * MEGABYTE
_CHUNK = 1 << 20
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    OverflowError,
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CUT_SHORT = "Ask the author for it again, or open it in the program that made it and save it again."

_TOO_BIG = (
    f"A part of this file unpacks to more than {MOST_OF_A_MEMBER // MEGABYTE} MB, far more than a paper can need.",
    "Ask the author to save the pictures in it smaller, or for a PDF.",
)

Words = tuple[str, str]


def check_ooxml(path: Path, kind: Kind) -> Words | None:
    """Return what is wrong with a .docx or .xlsx and what to do, or None."""
    return _check(path, kind, _ooxml_parts)


def check_odf(path: Path, kind: Kind) -> Words | None:
    """Return what is wrong with an .odt or .ods and what to do, or None."""
    return _check(path, kind, lambda archive, _: iter(["content.xml"]))


class _UnfitError(Exception):
    """A file that cannot be used: what is wrong and what to do, in words for the officer."""


def _check(path: Path, kind: Kind, parts: Callable[[zipfile.ZipFile, Kind], Iterator[str]]) -> Words | None:
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive)
            for number, part in enumerate(parts(archive, kind)):
                _check_xml(archive, part, kind.root if number == 0 else "")
    except _UnfitError as error:
        return str(error.args[0]), str(error.args[1] if len(error.args) > 1 else CUT_SHORT)
    except _DAMAGE:
        return f"This file is cut short or damaged: it is not a whole {kind.name.split(' ', 1)[1]}.", CUT_SHORT
    return None


def _check_members(archive: zipfile.ZipFile) -> None:
    """Read every member to its end, which checks its CRC, and no more than a paper can need."""
    total = 0
    for member in archive.infolist():
        if member.flag_bits & 1:
            raise _UnfitError("This file is protected by a password.", "Ask the author for a copy without a password.")
        if member.file_size > MOST_OF_A_MEMBER:
            raise _UnfitError(*_TOO_BIG)
        read = 0
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                read += len(chunk)
                if read > MOST_OF_A_MEMBER or total + read > MOST_IN_ALL:
                    raise _UnfitError(*_TOO_BIG)
        total += read


def _ooxml_parts(archive: zipfile.ZipFile, kind: Kind) -> Iterator[str]:
    """Yield the main part, after checking its type, and the sheets of a workbook: all must be there."""
    root = etree.fromstring(archive.read("_rels/.rels"), _parser())
    target = next(
        (rel.get("Target", "") for rel in root.iter(_RELATIONSHIP) if rel.get("Type", "").endswith("/officeDocument")),
        "",
    )
    main = posixpath.normpath(target.lstrip("/"))
    if _content_type(archive, main) != kind.main:
        raise _UnfitError(f"This file is named like {kind.name} but has no such document inside.")
    yield main
    if kind.root == "workbook":
        yield from _sheets(archive, main)


def _content_type(archive: zipfile.ZipFile, part: str) -> str:
    types = etree.fromstring(archive.read("[Content_Types].xml"), _parser())
    for override in types.iter(f"{_TYPES}Override"):
        if override.get("PartName", "").lstrip("/").lower() == part.lower():
            return override.get("ContentType", "")
    extension = part.rpartition(".")[2].lower()
    defaults = {d.get("Extension", "").lower(): d.get("ContentType", "") for d in types.iter(f"{_TYPES}Default")}
    return defaults.get(extension, "")


def _sheets(archive: zipfile.ZipFile, main: str) -> Iterator[str]:
    """LibreOffice shows a sheet whose part is missing as an empty one."""
    folder, name = posixpath.split(main)
    relations = etree.fromstring(archive.read(f"{folder}/_rels/{name}.rels".lstrip("/")), _parser())
    for relation in relations.iter(_RELATIONSHIP):
        if relation.get("Type", "").endswith("/worksheet"):
            target = relation.get("Target", "")
            yield target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _check_xml(archive: zipfile.ZipFile, part: str, root: str) -> None:
    """Read a part to its end; it must be well formed, and its root element the expected one when that is known."""
    if part not in archive.namelist():
        raise _UnfitError(f"This file is damaged: its part {part} is missing.")
    found = ""
    try:
        with archive.open(part) as stream:
            for _, element in etree.iterparse(stream, events=("start", "end"), huge_tree=True, resolve_entities=False):
                found = found or etree.QName(element).localname
                if element.getparent() is not None:
                    element.clear()
    except etree.XMLSyntaxError as error:
        raise _UnfitError(f"This file is damaged: its part {part} cannot be read.") from error
    if root and found != root:
        raise _UnfitError(f"This file is damaged: its part {part} is something else.")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
