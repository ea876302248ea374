"""The links of a paper: read out of the source, judged, and built anew in the pack.

Only what is known to be harmless is carried over: links to the web, to an e-mail address or a telephone, and links
within the same paper. Names of destinations are resolved here, paper by paper: two papers may use one name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pipeline.pack.geometry import box_of

#: How the agenda, as rendered, points at an item; becomes a destination in the pack (workspace design, section 4).
PACK_SCHEME = "pack:"
_SAFE = re.compile(r"(?:https?|mailto|tel|pack):[^\x00-\x20\x7f]+", re.IGNORECASE)
_FITS = ("/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV")
_HIDDEN = 0b100010  # /F: Hidden, NoView (ISO 32000-1 table 165)
_DEEPEST = 50

Numbers = tuple[object, ...]  # int, Decimal or None, as pikepdf hands them over


@dataclass(frozen=True)
class Target:
    """A place in a paper: ``page`` counts from 0 within the paper; ``fit`` is the rest of the destination array."""

    page: int
    fit: Numbers = ("/Fit",)


@dataclass(frozen=True)
class Link:
    """A link worth keeping. ``page`` counts from 0 within the paper; ``looks`` are border, colour and quads; ``number``
    is the annotation's in the paper's file, 0 when it is no object of its own."""

    page: int
    to: "str | Target"
    rect: tuple[float, float, float, float]
    words: str = ""
    looks: tuple[tuple[str, bytes], ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Destinations:
    """Where the links and bookmarks of one PDF lead. ``pages``: a page's object number -> its index."""

    pages: Mapping[tuple[int, int], int]
    names: Mapping[bytes, pikepdf.Object]

    def find(self, value: object) -> Target | None:
        """Return the place that a /Dest, or a GoTo action's /D, means; None when there is no such page."""
        for _ in range(_DEEPEST):  # a name may stand for a dictionary that holds an array
            if isinstance(value, Array):
                return self._of_array(value)
            if isinstance(value, Dictionary):
                value = value.get(Name.D)
            elif isinstance(value, String):
                value = self.names.get(bytes(value))
            elif isinstance(value, Name):
                value = self.names.get(str(value)[1:].encode())
            else:
                return None
        return None

    def _of_array(self, array: Array) -> Target | None:
        if not len(array):
            return None
        page = array[0]
        index = self.pages.get(page.objgen) if isinstance(page, Dictionary) else None
        if isinstance(page, int) and 0 <= page < len(self.pages):
            index = page
        return None if index is None else Target(index, _fit(array))


def _fit(array: Array) -> Numbers:
    rest = [array[at] for at in range(1, min(len(array), 6))]
    if not rest or not isinstance(rest[0], Name) or str(rest[0]) not in _FITS:
        return ("/Fit",)
    if any(isinstance(value, pikepdf.Object | str | bool) for value in rest[1:]):
        return ("/Fit",)
    return (str(rest[0]), *rest[1:])


def destinations_of(pdf: pikepdf.Pdf) -> Destinations:
    """Return how this PDF's destinations resolve: the catalog's /Dests and its /Names /Dests tree (12.3.2.3)."""
    pages = {page.obj.objgen: index for index, page in reversed(list(enumerate(pdf.pages)))}
    names: dict[bytes, pikepdf.Object] = {}
    old = pdf.Root.get(Name.Dests)
    if isinstance(old, Dictionary):
        names |= {key[1:].encode(): value for key, value in old.items()}
    tree = pdf.Root.get(Name.Names)
    if isinstance(tree, Dictionary):
        names |= _name_tree(tree.get(Name.Dests))
    return Destinations(pages, names)


def _name_tree(root: object) -> Iterator[tuple[bytes, pikepdf.Object]]:
    """Yield the pairs of a name tree; a node met twice is not walked again."""
    waiting, met = [root], set()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in met):
            continue
        met.add(node.objgen)
        names, kids = node.get(Name.Names), node.get(Name.Kids)
        if isinstance(names, Array):
            for at in range(0, len(names) - 1, 2):
                if isinstance(names[at], String):
                    yield bytes(names[at]), names[at + 1]
        if isinstance(kids, Array):
            waiting.extend(kids)


def annotations_of(page: pikepdf.Page) -> list[Dictionary]:
    """Return the page's annotations that are dictionaries at all."""
    found = page.obj.get(Name.Annots)
    return [each for each in found if isinstance(each, Dictionary)] if isinstance(found, Array) else []


def is_link(annotation: Dictionary) -> bool:
    return annotation.get(Name.Subtype) == Name.Link


def read_link(annotation: Dictionary, page: int, destinations: Destinations) -> Link | None:
    """Return the link, or None when it must not or cannot be kept.

    Dropped: links that start a program, run a script or open another file, that lead to a page that is not there, and
    what no reader shows.
    """
    rect = box_of(annotation.get(Name.Rect))
    flags = annotation.get(Name.F, 0)
    if rect is None or (isinstance(flags, int) and flags & _HIDDEN):
        return None
    to = _where(annotation, destinations)
    if to is None:
        return None
    words = annotation.get(Name.Contents)
    said = str(words) if isinstance(words, String) else ""
    return Link(page, to, rect, said, _looks(annotation), annotation.objgen[0])


def _where(annotation: Dictionary, destinations: Destinations) -> "str | Target | None":
    action = annotation.get(Name.A)
    if Name.Dest in annotation or not isinstance(action, Dictionary):
        return destinations.find(annotation.get(Name.Dest))
    kind = action.get(Name.S)
    if kind == Name.GoTo:
        return destinations.find(action.get(Name.D))
    address = action.get(Name.URI)
    return _address(str(address)) if kind == Name.URI and isinstance(address, String) else None


def _address(written: str) -> str | None:
    """Return the address if it is one that a public paper may lead to."""
    address = written.strip()
    if address.lower().startswith("www."):
        address = f"http://{address}"
    return address if _SAFE.fullmatch(address) else None


def _looks(annotation: Dictionary) -> tuple[tuple[str, bytes], ...]:
    """The keys that say how a link looks, as PDF text: numbers and names only, so nothing else slips through."""
    looks = [("/Border", Array), ("/C", Array), ("/QuadPoints", Array), ("/H", Name), ("/BS", Dictionary)]
    found = ((key, kind, annotation.get(key)) for key, kind in looks)
    return tuple(
        (key, value.unparse(resolved=True))
        for key, kind, value in found
        if value is not None and isinstance(value, kind) and _is_plain(value)
    )


def _is_plain(value: object, depth: int = 0) -> bool:
    if isinstance(value, Array):
        return depth < 3 and all(_is_plain(each, depth + 1) for each in value)
    if isinstance(value, Dictionary):
        return depth < 3 and all(_is_plain(each, depth + 1) for _, each in value.items())
    return isinstance(value, Name) or not isinstance(value, pikepdf.Object)


def add_link(
    pdf: pikepdf.Pdf, page: pikepdf.Page, link: Link, pages: Sequence[pikepdf.Page], parent: int = 0
) -> pikepdf.Object:
    """Put the link on the page of the pack and return it. ``pages`` are the paper's pages in the pack, from its first.

    ``parent``: the link's key in the pack's parent tree.
    """
    new = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(link.rect), P=page.obj, F=4, StructParent=parent)
    for key, look in link.looks:
        new[key] = pikepdf.Object.parse(look)
    if isinstance(link.to, Target):
        new.Dest = destination(pages[link.to.page], link.to.fit)
    else:
        new.A = Dictionary(Type=Name.Action, S=Name.URI, URI=String(link.to))
    if link.words:
        new.Contents = String(link.words)
    if Name.Annots not in page.obj:
        page.obj.Annots = Array()
    made = pdf.make_indirect(new)
    page.obj.Annots.append(made)
    return made


def destination(page: pikepdf.Page, fit: Numbers) -> Array:
    """Return an explicit destination array in the pack."""
    return Array([page.obj, Name(str(fit[0])), *fit[1:]])
