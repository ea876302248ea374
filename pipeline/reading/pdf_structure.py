"""The structure tree of a PDF as far as accessibility needs it: headings, tables and figures in reading order, and
which content of which page the tree claims (ISO 32000-1 14.7, 14.8).

Files are taken as they come: a tree with cycles, wrong types or a million elements is read as far as it makes sense.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_MOST_ELEMENTS = 300_000
_DEEPEST = 200
_MOST_PLACES = 60  # marked contents remembered of one element, to quote its words
_MOST_ROLES = 10  # roles mapped to roles
_HEADINGS = {f"H{level}": level for level in range(1, 10)}
_FIGURES = ("Figure", "Formula")
_TEXT = frozenset({"P", "L", "LI", "LBody", "H", "Table", "TR", "TD", "Link", *_HEADINGS})


@dataclass(eq=False)
class Element:
    """A heading, table or figure. ``level`` of a heading, else 0; ``words`` its alternative or actual text;
    ``places`` (page from 1, marked-content number) of what it holds, the first of it; ``before``: the last place
    before it; ``rows``, ``columns`` and ``headed`` (has it header cells?) of a table; ``holds_text``: is there text
    with tags of its own inside?"""

    kind: str
    page: int
    level: int = 0
    words: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)
    before: tuple[int, int] | None = None
    rows: int = 0
    cells: int = 0
    columns: int = 0
    headed: bool = False
    holds_text: bool = False


@dataclass
class Structure:
    """The tree of a PDF. ``claimed``: for each page, from 1, the marked-content numbers that it claims; ``forms``: the
    pages of which it claims content inside forms; ``language`` of its outermost element."""

    claimed: dict[int, set[int]] = field(default_factory=dict)
    forms: set[int] = field(default_factory=set)
    elements: list[Element] = field(default_factory=list)
    language: str = ""

    def of_kind(self, *kinds: str) -> Iterator[Element]:
        return (each for each in self.elements if each.kind in kinds)

    @property
    def headings(self) -> list[Element]:
        return [each for each in self.elements if each.level]


@dataclass(frozen=True)
class _Around:
    """What stands around a place in the tree: its page (0: not said), the elements it is in, how deep it is, whether
    an element around has words that stand for all of it, and whether it is tagged as text."""

    page: int = 0
    inside: tuple[Element, ...] = ()
    depth: int = 0
    described: bool = False
    text: bool = False


def is_tagged(pdf: pikepdf.Pdf) -> bool:
    """Has the PDF a structure tree, and says it that readers may rely on it (ISO 32000-1 14.7.1)?"""
    mark = pdf.Root.get(Name.MarkInfo)
    marked = mark.get(Name.Marked) if isinstance(mark, Dictionary) else False
    return isinstance(pdf.Root.get(Name.StructTreeRoot), Dictionary) and isinstance(marked, bool) and marked


def read_structure(pdf: pikepdf.Pdf) -> Structure:
    """Return what the structure tree holds; an empty one when there is none. Raises pikepdf.PikepdfError."""
    root = pdf.Root.get(Name.StructTreeRoot)
    if not isinstance(root, Dictionary):
        return Structure()
    walker = _Walker(pdf, _roles(root))
    walker.walk(root)
    return walker.found


def _roles(root: Dictionary) -> dict[str, str]:
    """Return the standard type for each of the file's own (14.8.4), roles of roles followed."""
    mapped = root.get(Name.RoleMap)
    direct = {_name(key): _name(role) for key, role in mapped.items()} if isinstance(mapped, Dictionary) else {}
    resolved = {}
    for own, role in direct.items():
        steps = 0
        while role in direct and role not in _TEXT and steps < _MOST_ROLES:
            role, steps = direct[role], steps + 1
        resolved[own] = role
    return resolved


def _name(value: object) -> str:
    """ "H1" of /H1 or of the key "/H1"; "" for what is no name."""
    try:
        return str(value).lstrip("/") if isinstance(value, str | Name) else ""
    except ValueError:  # a name whose bytes are no UTF-8
        return ""


def text_of(value: object) -> str:
    """Return the words of a PDF string, white space made single; "" for what is no string."""
    try:
        return " ".join(str(value).split()) if isinstance(value, String) else ""
    except ValueError:
        return ""


class _Walker:
    """Walks the tree in reading order, without recursion."""

    def __init__(self, pdf: pikepdf.Pdf, roles: dict[str, str]):
        self.found = Structure()
        self._roles = roles
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        self._met: set[tuple[int, int]] = set()
        self._last: tuple[int, int] | None = None
        self._waiting: list[tuple[object, _Around]] = []

    def walk(self, root: Dictionary) -> None:
        self._push(root.get(Name.K), _Around())
        count = 0
        while self._waiting and count < _MOST_ELEMENTS:
            count += 1
            node, around = self._waiting.pop()
            if isinstance(node, bool):
                continue
            if isinstance(node, int):
                self._claim(around.page, node, around)
            elif isinstance(node, Dictionary):
                self._dictionary(node, around)

    def _push(self, kids: object, around: _Around) -> None:
        if around.depth > _DEEPEST:
            return
        if isinstance(kids, Array):
            self._waiting.extend((kid, around) for kid in reversed(list(kids)))
        else:
            self._waiting.append((kids, around))

    def _dictionary(self, node: Dictionary, around: _Around) -> None:
        kind = _name(node.get(Name.Type))
        if kind == "OBJR":
            return
        page = self._page(node) or around.page
        if kind == "MCR":
            number = node.get(Name.MCID)
            if Name.Stm in node:
                self.found.forms.add(page)
            elif isinstance(number, int):
                self._claim(page, number, around)
            return
        if node.objgen != (0, 0):
            if node.objgen in self._met:
                return
            self._met.add(node.objgen)
        self._element(node, page, around)

    def _page(self, node: Dictionary) -> int:
        page = node.get(Name.Pg)
        return self._pages.get(page.objgen, 0) if isinstance(page, Dictionary) else 0

    def _claim(self, page: int, number: int, around: _Around) -> None:
        self._last = (page, number)
        self.found.claimed.setdefault(page, set()).add(number)
        for element in around.inside:
            element.page = element.page if element.places else page
            element.holds_text = element.holds_text or around.text
            if len(element.places) < _MOST_PLACES:
                element.places.append((page, number))

    def _element(self, node: Dictionary, page: int, around: _Around) -> None:
        own = _name(node.get(Name.S))
        kind = own if own in _TEXT else self._roles.get(own, own)
        if not self.found.language:
            self.found.language = text_of(node.get(Name.Lang)) if around.depth < 2 else ""
        words = ""
        if kind in _FIGURES or Name.Alt in node or Name.ActualText in node:
            words = text_of(node.get(Name.Alt)) or text_of(node.get(Name.ActualText))
        self._note(kind, around)
        inside = around.inside
        if kind in _HEADINGS or kind == "Table" or (kind in _FIGURES and not around.described):
            element = Element(kind, page, _HEADINGS.get(kind, 0), words, before=self._last)
            self.found.elements.append(element)
            inside = (*inside, element)
        elif words:
            _describe(around)
        text = kind not in _FIGURES and (around.text or kind in _TEXT)
        beneath = _Around(page, inside, around.depth + 1, around.described or bool(words), text)
        self._push(node.get(Name.K), beneath)

    def _note(self, kind: str, around: _Around) -> None:
        """Tell the innermost table of its rows and cells."""
        if kind not in ("TR", "TH", "TD"):
            return
        table = next((each for each in reversed(around.inside) if each.kind == "Table"), None)
        if table is None:
            return
        if kind == "TR":
            table.rows += 1
            table.cells = 0
        else:
            table.cells += 1
            table.columns = max(table.columns, table.cells)
            table.headed = table.headed or kind == "TH"


def _describe(around: _Around) -> None:
    """An element inside a figure has words of its own: they go for the figure too."""
    if around.inside and around.inside[-1].kind in _FIGURES and not around.inside[-1].words:
        around.inside[-1].words = "."
