"""The structure tree of one paper, read as it stands (ISO 32000-1 14.7): its elements and what each of them holds.

The paper's own parent tree is not read: the pack's is made from what the elements hold, so a wrong one does no harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex as re  # not re: before Python 3.11.5 its possessive groups match wrongly

from pipeline.pack.rawfile import NAME, STRING, RawFile, Ref, Value, W, parse, unparse

_D = rb"(?=[\0\t\n\f\r ()<>\[\]{}/%])"
_REF = rb"%s++(\d++)%s++\d++%s++R%s" % (W, W, W, _D)
#: An element of the common kind, its keys in any order: S, Pg, K (array of numbers, reference, number), A, Lang, ID.
_PLAIN = re.compile(
    rb"%(w)s*+<<(?:%(w)s*+(?:/Type%(w)s*+/StructElem%(d)s|/S%(w)s*+(%(name)s)|/P%(unread)s|/Pg%(ref)s"
    rb"|/K(?:%(w)s*+\[([\d\sR]*+)\]|%(ref)s|%(w)s++(\d++)%(d)s)"
    rb"|/A(?:%(ref)s|%(w)s*+(<<(?:[^<>()]|%(string)s)*+>>))"
    rb"|/Lang%(w)s*+(%(string)s)|/ID%(w)s*+(%(string)s)))*+%(w)s*+>>%(w)s*+"
    % {b"w": W, b"d": _D, b"name": NAME, b"ref": _REF, b"unread": _REF.replace(b"(\\d++)", b"\\d++"), b"string": STRING}
)
#: What an element keeps besides: words for it, its place in tables and notes (14.7.2, 14.9).
_WORDS = (b"/Lang", b"/Alt", b"/ActualText", b"/E", b"/T")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MOST_DIRECT = 1 << 30  # numbers from here are for elements that are no objects of their own


class BrokenTreeError(Exception):
    """This paper's tags cannot be relied on. The message completes "its tags are broken: "."""


@dataclass(frozen=True)
class Marked:
    """A piece of marked content. ``page``, ``stream``: object numbers in the paper; None: the element's own page."""

    mcid: int
    page: int | None = None
    stream: int | None = None


@dataclass(frozen=True)
class Held:
    """An object an element holds: an annotation, an image, a form. Object numbers in the paper."""

    target: int
    page: int | None = None


@dataclass(slots=True)
class Element:
    """``kids``: an element's number, a piece of content on ``page`` as -1 - MCID, or ``Marked`` or ``Held``.

    ``attributes`` and ``classes`` as they stand in the file; ``words``: keys and strings ready to be written.
    """

    role: bytes
    page: int | None
    kids: list["int | Marked | Held"]
    attributes: Sequence[Value] = ()
    words: bytes = b""
    ident: bytes = b""
    classes: Sequence[bytes] = ()


@dataclass
class SourceTree:
    """``elements`` in reading order by number; ``top`` are those right below the root."""

    elements: dict[int, Element]
    top: list[int]
    roles: dict[bytes, bytes]
    classes: dict[bytes, list[Value]]
    pieces: dict[int, "Marked | Held"] = field(default_factory=dict)


def read_tree(raw: RawFile) -> SourceTree:
    """Return the paper's tree. Raises BrokenTreeError, and RawFileError for objects that cannot be read."""
    catalog = raw.resolved(raw.trailer[b"/Root"])
    root = raw.resolved(catalog.get(b"/StructTreeRoot")) if isinstance(catalog, dict) else None
    if not isinstance(root, dict):
        raise BrokenTreeError("there is no tree")
    return _Reader(raw, root).read()


@dataclass
class _Reader:
    raw: RawFile
    root: dict[bytes, Value]
    elements: dict[int, Element] = field(default_factory=dict)
    pieces: dict[int, Marked | Held] = field(default_factory=dict)
    direct: dict[int, dict[bytes, Value]] = field(default_factory=dict)
    named: dict[bytes, bytes] = field(default_factory=dict)

    def read(self) -> SourceTree:
        top = [kid for kid in self._kids(self.root.get(b"/K")) if isinstance(kid, int) and kid >= 0]
        waiting = top[::-1]
        elements = self.elements
        while waiting:
            number = waiting.pop()
            if number in elements:
                raise BrokenTreeError("an element stands in two places")
            element = self._element(number)
            if element is not None:
                elements[number] = element
                kids = element.kids
                if len(kids) == 1:
                    if kids[0].__class__ is int and kids[0] >= 0:
                        waiting.append(kids[0])
                elif kids:
                    waiting.extend([kid for kid in reversed(kids) if kid.__class__ is int and kid >= 0])
        if not elements:
            raise BrokenTreeError("it has no elements")
        top = [number for number in top if number in elements]
        return SourceTree(elements, top, self._roles() | self.named, self._classes(), self.pieces)

    def _element(self, number: int) -> Element | None:
        """Return the element, None when there is something else under this number (noted in ``pieces``) or nothing."""
        if number in self.direct:
            return self._full(self.direct.pop(number))
        data = self.raw.get(number)
        plain = _PLAIN.fullmatch(data)
        if plain is None:
            value = parse(data)[0]
            if not isinstance(value, dict):
                return None
            if b"/S" in value:
                return self._full(value)
            piece = self._piece(value)
            if piece is not None:
                self.pieces[number] = piece
            return None
        role, page, array, ref, mcid, shared, own, language, ident = plain.groups()
        if role is None:
            return None
        kids: list[int | Marked | Held] = []
        if array is not None:
            kids = _numbers(array)
        elif mcid is not None:  # asked before the reference: re leaves behind what a failed branch had matched
            kids = [-1 - int(mcid)]
        elif ref is not None:
            kids = [int(ref)]
        return Element(
            plain_name(role) if b"#" in role else role,
            int(page) if page else None,
            kids,
            (Ref(shared),) if shared is not None else () if own is None else (own,),
            b"" if language is None else b"/Lang " + language,
            ident or b"",
        )

    def _full(self, value: dict[bytes, Value]) -> Element:
        """Make an element of a dictionary with any keys; what is not known here is left behind."""
        role, page = self.raw.resolved(value[b"/S"]), value.get(b"/Pg")
        ident = self.raw.resolved(value.get(b"/ID"))
        attributes = self.raw.resolved(value.get(b"/A"))
        found = ((key, self.raw.resolved(value.get(key))) for key in _WORDS)
        return Element(
            self._in_namespace(plain_name(role), value.get(b"/NS")) if isinstance(role, bytes) else b"/NonStruct",
            page if isinstance(page, Ref) else None,
            self._kids(value.get(b"/K")),
            attributes if isinstance(attributes, list) else [] if attributes is None else [attributes],
            b"".join(b"%s %s" % (key, words) for key, words in found if isinstance(words, bytes) and _is_string(words)),
            ident if isinstance(ident, bytes) and _is_string(ident) else b"",
            [plain_name(name) for name in self._names(value.get(b"/C"))],
        )

    def _in_namespace(self, role: bytes, namespace: Value | None) -> bytes:
        """Return the role under a name of its own if its namespace says what it means (ISO 32000-2 14.8.6).

        The pack is a PDF 1.7, which has no namespaces: all meanings go into one role map.
        """
        info = self.raw.resolved(namespace)
        if not isinstance(info, dict):
            return role
        mapped, means = self.raw.resolved(info.get(b"/RoleMapNS")), None
        if isinstance(mapped, dict):
            found = self.raw.resolved(mapped.get(role))
            means = self.raw.resolved(found[0]) if isinstance(found, list) and found else found
        if b"MathML" in unparse(info.get(b"/NS", b"")):
            means = b"/Formula" if role == b"/math" else b"/Span"
        if not isinstance(means, bytes):
            return role
        while self.named.get(role, means) != means:
            role += b"-NS"
        self.named[role] = plain_name(means)
        return role

    def _names(self, value: Value | None) -> list[bytes]:
        value = self.raw.resolved(value)
        listed = value if isinstance(value, list) else [value]
        return [name for name in listed if isinstance(name, bytes) and name.startswith(b"/")]

    def _kids(self, value: Value | None) -> list[int | Marked | Held]:
        if isinstance(value, Ref):
            held = self.raw.value(value)
            if not isinstance(held, list):
                return [int(value)] if isinstance(held, dict) else self._kids(held)
            value = held
        listed = value if isinstance(value, list) else [value]
        return [kid for each in listed if (kid := self._kid(each)) is not None]

    def _kid(self, value: Value | None) -> int | Marked | Held | None:
        if isinstance(value, Ref):
            return int(value)
        if isinstance(value, bytes):
            return -1 - int(value) if value.isdigit() else None
        if not isinstance(value, dict):
            return None
        if b"/S" not in value:
            return self._piece(value)
        number = _MOST_DIRECT + len(self.elements) + len(self.direct)
        while number in self.direct or number in self.elements:
            number += 1
        self.direct[number] = value
        return number

    def _piece(self, value: dict[bytes, Value]) -> Marked | Held | None:
        page, target, stream = value.get(b"/Pg"), value.get(b"/Obj"), value.get(b"/Stm")
        on = int(page) if isinstance(page, Ref) else None
        mcid = self.raw.resolved(value.get(b"/MCID"))
        if isinstance(mcid, bytes) and mcid.isdigit():
            return Marked(int(mcid), on, int(stream) if isinstance(stream, Ref) else None)
        return Held(int(target), on) if isinstance(target, Ref) else None

    def _roles(self) -> dict[bytes, bytes]:
        mapped = self.raw.resolved(self.root.get(b"/RoleMap"))
        pairs = mapped.items() if isinstance(mapped, dict) else ()
        resolved = ((role, self.raw.resolved(to)) for role, to in pairs)
        return {plain_name(role): plain_name(to) for role, to in resolved if isinstance(to, bytes)}

    def _classes(self) -> dict[bytes, list[Value]]:
        mapped = self.raw.resolved(self.root.get(b"/ClassMap"))
        pairs = mapped.items() if isinstance(mapped, dict) else ()
        resolved = ((name, self.raw.resolved(value)) for name, value in pairs)
        return {plain_name(name): v if isinstance(v, list) else [v] for name, v in resolved if v is not None}


def _numbers(array: bytes) -> list[int | Marked | Held]:
    """Read an array of numbers and references: MCIDs and elements."""
    words = array.split()
    if b"R" not in array:
        return [-1 - int(word) for word in words]
    if words[2::3].count(b"R") * 3 == len(words):
        return list(map(int, words[::3]))
    kids: list[int | Marked | Held] = []
    for at, word in enumerate(words):
        if word == b"R":
            del kids[-2:]
            kids.append(int(words[at - 2]))
        else:
            kids.append(-1 - int(word))
    return kids


@lru_cache(4096)
def plain_name(name: bytes) -> bytes:
    """Return a name spelled in one way, so that equal names are equal bytes (7.3.5)."""
    if b"#" not in name:
        return name
    spelled = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), name[1:])
    return b"/" + b"".join(
        bytes([byte]) if 33 <= byte <= 126 and byte not in b"#()<>[]{}/%" else b"#%02X" % byte for byte in spelled
    )


def _is_string(value: bytes) -> bool:
    return value.startswith((b"(", b"<"))


def certain_elements(raw: RawFile, tree: SourceTree) -> int:
    """Return how many elements a pack must have of this paper at least: all but those that hold annotations only.

    An annotation may be left behind, and an element that held nothing else goes with it.
    """
    pages = _page_numbers(raw)
    kept: set[int] = set()
    for number in reversed(tree.elements):
        element = tree.elements[number]
        if not element.kids or any(_stays(kid, element, tree, pages, kept) for kid in element.kids):
            kept.add(number)
    return len(kept)


def _stays(kid: int | Marked | Held, element: Element, tree: SourceTree, pages: set[int], kept: set[int]) -> bool:
    if isinstance(kid, int):
        if kid < 0:
            return element.page in pages
        if kid in kept:
            return True
        if kid not in tree.pieces:
            return False
        kid = tree.pieces[kid]
    return isinstance(kid, Marked) and (kid.page or element.page) in pages and kid.stream is None


def _page_numbers(raw: RawFile) -> set[int]:
    catalog = raw.resolved(raw.trailer[b"/Root"])
    waiting = [catalog.get(b"/Pages")] if isinstance(catalog, dict) else []
    met: set[int] = set()
    while waiting:
        ref = waiting.pop()
        node = raw.resolved(ref)
        if isinstance(ref, Ref) and ref not in met and isinstance(node, dict):
            met.add(int(ref))
            kids = raw.resolved(node.get(b"/Kids"))
            waiting += kids if isinstance(kids, list) else []
    return met
