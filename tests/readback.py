"""A finished pack as pypdf and pdfplumber read it: neither of them wrote it. Pages count from 1."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pypdf
from pypdf.generic import Destination, DictionaryObject, StreamObject

#: How far from the edge the stamps stand, in points, on A4.
_EDGE = 42
_BLANK = "This page is intentionally left blank"


@dataclass(frozen=True)
class Leaf:
    """What a page is labelled, and what stands at its foot and its head; None where there is nothing."""

    label: str | None
    foot: str | None
    head: str | None


@cache
def _leaves(pack: Path, _stamp: int) -> tuple[tuple[str, Leaf], ...]:
    labels = pypdf.PdfReader(pack).page_labels
    with pdfplumber.open(pack) as pdf:
        return tuple((_plain(page.extract_text()), _leaf(page, labels[n])) for n, page in enumerate(pdf.pages))


def _leaf(page: Any, label: str) -> Leaf:
    foot = page.crop((0, page.height - _EDGE, page.width, page.height)).extract_text()
    head = page.crop((page.width / 2, 0, page.width, _EDGE)).extract_text()
    found = re.search(r"^Page \w+$", foot, re.MULTILINE), re.search(r"Agenda Item \S+$", head, re.MULTILINE)
    return Leaf(label or None, *(match[0] if match else None for match in found))


def leaves(pack: Path) -> list[Leaf]:
    """Return for each page its label and its stamps."""
    return [leaf for _, leaf in _leaves(pack, pack.stat().st_mtime_ns)]


def texts(pack: Path) -> list[str]:
    """Return the text of each page, white space made single."""
    return [text for text, _ in _leaves(pack, pack.stat().st_mtime_ns)]


def text(pack: Path, first: int = 1, last: int | None = None) -> str:
    """Return the text of these pages (all of them), white space made single."""
    return " ".join(texts(pack)[first - 1 : last])


def blank_pages(pack: Path) -> list[int]:
    return [number for number, words in enumerate(texts(pack), 1) if _BLANK in words]


def planned_leaves(plan: dict[str, Any]) -> list[Leaf]:
    """Return what each page must say, from plan.json alone."""
    planned: list[Leaf] = []
    met = set()
    for entry in plan["entries"]:
        for number in range(entry["first_page"], entry["last_page"] + 1):
            label = entry["first_label"] and str(int(entry["first_label"]) + number - entry["first_page"])
            begins = entry["item"] is not None and entry["item"] not in met
            met.add(entry["item"])
            planned.append(Leaf(label, label and f"Page {label}", f"Agenda Item {entry['item']}" if begins else None))
    return planned


def planned_ranges(plan: dict[str, Any]) -> dict[str, str]:
    """Return by item what the agenda must print, from plan.json alone."""
    ends: dict[str, list[str]] = {}
    for entry in plan["entries"]:
        if entry["item"] is not None:
            ends.setdefault(entry["item"], [entry["first_label"], ""])[1] = entry["last_label"]
    return {
        item: f"(Page {first})" if first == last else f"(Pages {first} - {last})"
        for item, (first, last) in ends.items()
    }


def printed_ranges(pack: Path) -> dict[str, str]:
    """Return by item what the front sheet prints: the number that begins the line, and the range that follows it."""
    sheet = text(pack, 1, 2).split("Private Business")[0]
    parts = re.split(r" (\d+(?:\.\d+)?[a-z]?)\. ", sheet)
    ranges = {item: re.search(r"\(Pages? [^)]*\)", words) for item, words in zip(parts[1::2], parts[2::2], strict=True)}
    return {item: match[0] for item, match in ranges.items() if match}


@dataclass(frozen=True)
class Bookmark:
    title: str
    page: int
    children: tuple["Bookmark", ...] = ()


def outline(pack: Path) -> tuple[Bookmark, ...]:
    reader = pypdf.PdfReader(pack)
    return tuple(_bookmarks(reader, reader.outline))


def _bookmarks(reader: pypdf.PdfReader, entries: list[Any]) -> Iterator[Bookmark]:
    """pypdf gives an entry's children as a list that follows it."""
    for index, entry in enumerate(entries):
        if isinstance(entry, Destination):
            below = entries[index + 1] if index + 1 < len(entries) else None
            children = tuple(_bookmarks(reader, below)) if isinstance(below, list) else ()
            yield Bookmark(str(entry.title), (reader.get_destination_page_number(entry) or 0) + 1, children)


def page_links(pack: Path, page: int) -> list[tuple[str, int | str]]:
    """Return the links of a page as (the words beneath, the page or address it leads to), from the top down."""
    reader = pypdf.PdfReader(pack)
    numbers = {each.indirect_reference.idnum: n for n, each in enumerate(reader.pages, 1) if each.indirect_reference}
    found = []
    with pdfplumber.open(pack) as pdf:
        leaf = pdf.pages[page - 1]
        for reference in reader.pages[page - 1].get("/Annots", []):
            link = reference.get_object()
            left, bottom, right, top = (float(value) for value in link["/Rect"])
            box = (left, leaf.height - top, right, leaf.height - bottom)
            found.append((box[1], left, _plain(leaf.crop(box).extract_text()), _leads_to(link, numbers)))
    return [(words, to) for _, _, words, to in sorted(found)]


def _leads_to(link: DictionaryObject, numbers: dict[int, int]) -> int | str:
    if "/A" in link and "/URI" in link["/A"]:
        return str(link["/A"]["/URI"])
    where = link["/Dest"] if "/Dest" in link else link["/A"]["/D"]
    return numbers[where[0].indirect_reference.idnum if hasattr(where[0], "indirect_reference") else where[0].idnum]


def everything_in(pack: Path) -> str:
    """Return every string, name and decompressed stream of the file, and the text of all pages: to search for leaks."""
    reader = pypdf.PdfReader(pack)
    parts = [text(pack), str(reader.metadata)]
    for number in range(1, int(reader.trailer["/Size"])):
        thing = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        parts.append(repr(thing))
        if isinstance(thing, StreamObject):
            parts.append(_decoded(thing))
    return "\n".join(parts)


def _decoded(stream: StreamObject) -> str:
    return "" if stream.get("/Subtype") == "/Image" else stream.get_data().decode("latin-1")


def _plain(words: str) -> str:
    return " ".join(words.split())
