"""The elements of one paper on their way into the pack's structure tree: renumbered, with all that they hold."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.pack.papertags import PaperResult, PaperTags
from pipeline.pack.rawfile import RawFile, string_bytes, string_of
from pipeline.pack.roles import PaperRoles
from pipeline.pack.structure import BrokenTreeError, Element, Held, Marked, SourceTree

if TYPE_CHECKING:
    from pipeline.pack.tagging import TagWriter

_NO_ROW: tuple[list[bytes | None], bytes] = ([], b"")  # of a page that is not in the pack
_LOOKED_AT = (b"/Figure", b"/Formula", b"/Link", b"/Form")


class TaggedPaper:
    """The elements of one paper on their way into the pack's tree."""

    def __init__(self, writer: "TagWriter", paper: PaperTags, tree: SourceTree, raw: RawFile, index: int):
        self.writer, self.paper, self.tree, self.raw = writer, paper, tree, raw
        self.prefix = b"%d-" % (index + 1)
        self.scopes: dict[int, bytes] = {}
        self.roles = PaperRoles(tree.roles, writer.roles)
        self.page_of = {old: paper.first + at for at, old in reversed(list(enumerate(paper.pages)))}
        self.blocks = {block.page for block in paper.blocks}  # one element each, which is not the paper's own
        self.rows: dict[int | None, tuple[list[bytes | None], bytes]] = {
            old: ([] if page in self.blocks else writer.pages[page], b"/Pg %d 0 R" % writer.numbers.pages[page])
            for old, page in self.page_of.items()
        }
        self.numbers: dict[int, int] = {}
        self.undescribed = 0

    def add(self) -> PaperResult:
        writer, tree = self.writer, self.tree
        self._prune()
        _mend_lists(tree, self.roles)
        if not tree.elements:
            raise BrokenTreeError("none of its elements leads to one of its pages")
        if self.paper.by_weasyprint:
            self.scopes = _scopes(tree, self.roles)
        first = writer.additions.reserve(len(tree.elements))
        self.numbers = dict(zip(tree.elements, range(first, first + len(tree.elements)), strict=True))
        top = tree.top[0] if len(tree.top) == 1 and self._means(tree.top[0]) == b"/Document" else None
        part = writer.additions.reserve() if top is None else self.numbers[top]
        held, more = b" ".join(b"%d 0 R" % self.numbers[number] for number in tree.top), b""
        parents = dict.fromkeys(tree.top, part)
        written: list[bytes] = []
        for number, (old, element) in enumerate(tree.elements.items(), first):
            kids = self._kids(element, number, parents)
            if old == top:  # always the first
                held, more = b" ".join(kids), self.rows.get(element.page, _NO_ROW)[1]
            else:
                written.append(self._written(element, number, kids, parents[old], old))
        writer.additions.add_all(first + (top is not None), written)
        drawn = {(each.page, each.mcid) for each in self.paper.drawn.values()}
        pages = [page for page in self.page_of.values() if page not in self.blocks]
        orphans = sum((p, m) not in drawn for p in pages for m, owner in enumerate(writer.pages[p]) if owner is None)
        kids_added = writer.own_elements(part, self.paper)
        writer.close_part(part, self.paper, kids_added, held, more)
        return PaperResult(
            tagged=True,
            elements=len(tree.elements) + len(kids_added) + (top is None),
            orphans=orphans,
            undescribed=self.undescribed,
            unmapped=self.roles.unmapped,
        )

    def _means(self, number: int) -> bytes:
        return self.roles.of(self.tree.elements[number].role)[1]

    def _keeps(self, piece: Marked | Held, element: Element) -> bool:
        """Is what the element holds in the pack?"""
        paper = self.paper
        if isinstance(piece, Held):
            return piece.target in paper.links or piece.target in paper.drawn or piece.target in paper.streams
        return (piece.page or element.page) in self.page_of and (piece.stream is None or piece.stream in paper.streams)

    def _prune(self) -> None:
        """Take out elements that held nothing but what is not in the pack: dropped annotations, pages left behind.

        One that was empty from the beginning (a table's empty cell) stays.
        """
        tree = self.tree
        if not any(self._lacks(element) for element in tree.elements.values()):
            return
        dead: set[int] = set()
        for number in reversed(tree.elements):
            element = tree.elements[number]
            if element.kids and not any(self._lives(kid, element, dead) for kid in element.kids):
                dead.add(number)
        tree.elements = {number: element for number, element in tree.elements.items() if number not in dead}
        tree.top = [number for number in tree.top if number not in dead]

    def _lacks(self, element: Element) -> bool:
        page_is_here, elements = element.page in self.page_of, self.tree.elements
        for kid in element.kids:
            if kid.__class__ is int and (kid in elements or (kid < 0 and page_is_here)):
                continue
            if isinstance(kid, int) and kid < 0:
                return True
            piece = self.tree.pieces.get(kid) if isinstance(kid, int) else kid
            if piece is None or not self._keeps(piece, element):
                return True
        return False

    def _lives(self, kid: int | Marked | Held, element: Element, dead: set[int]) -> bool:
        if isinstance(kid, int):
            if kid < 0:
                return element.page in self.page_of
            if kid in self.tree.elements:
                return kid not in dead
        piece = self.tree.pieces.get(kid) if isinstance(kid, int) else kid
        return piece is not None and self._keeps(piece, element)

    def _kids(self, element: Element, number: int, parents: dict[int, int]) -> list[bytes]:
        """Return what the element holds, as the pack has it, and enter it in the parent tree."""
        written: list[bytes] = []
        row, numbers = self.rows.get(element.page, _NO_ROW)[0], self.numbers
        for kid in element.kids:
            piece: Marked | Held | None
            if isinstance(kid, int):
                if kid < 0:
                    mcid = ~kid
                    if mcid < len(row) and row[mcid] is None:
                        row[mcid] = b"%d 0 R" % number
                        written.append(b"%d" % mcid)
                    continue
                below = numbers.get(kid)
                if below is not None:
                    parents[kid] = number
                    written.append(b"%d 0 R" % below)
                    continue
                piece = self.tree.pieces.get(kid)
            else:
                piece = kid
            if piece is not None and self._keeps(piece, element):
                own = self.page_of.get(element.page) if element.page is not None else None
                written += self._marked(piece, own, number) if isinstance(piece, Marked) else self._held(piece, number)
        return written

    def _marked(self, piece: Marked, own: int | None, number: int) -> list[bytes]:
        writer = self.writer
        page = self.page_of[piece.page] if piece.page is not None else own
        if page is None or page in self.blocks:
            return []
        stream = None if piece.stream is None else self.paper.streams[piece.stream]
        row = writer.pages[page] if stream is None else writer.streams[stream]
        if piece.mcid >= len(row) or row[piece.mcid] is not None:
            return []
        row[piece.mcid] = b"%d 0 R" % number
        if stream is None and page == own:
            return [b"%d" % piece.mcid]
        inside = b"" if stream is None else b"/Stm %d 0 R" % writer.numbers.streams[stream]
        return [b"<</MCID %d/Pg %d 0 R%s/Type/MCR>>" % (piece.mcid, writer.numbers.pages[page], inside)]

    def _held(self, piece: Held, number: int) -> list[bytes]:
        writer, paper = self.writer, self.paper
        if piece.target in paper.drawn:
            drawn = paper.drawn[piece.target]
            if writer.pages[drawn.page][drawn.mcid] is not None:
                return []
            writer.pages[drawn.page][drawn.mcid] = b"%d 0 R" % number
            return [b"<</MCID %d/Pg %d 0 R/Type/MCR>>" % (drawn.mcid, writer.numbers.pages[drawn.page])]
        if piece.target in paper.links:
            at = paper.links[piece.target]
            target, owners = writer.numbers.links[at], writer.link_owners
        else:
            at = paper.streams[piece.target]
            target, owners = writer.numbers.streams[at], writer.stream_owners
        owners[at] = owners[at] or number
        page = self.page_of.get(piece.page) if piece.page is not None else None
        on = b"" if page is None else b"/Pg %d 0 R" % writer.numbers.pages[page]
        return [b"<</Obj %d 0 R%s/Type/OBJR>>" % (target, on)]

    def _written(self, element: Element, number: int, kids: list[bytes], parent: int, old: int) -> bytes:
        """Return the element as the pack has it."""
        name, means = self.roles.of(element.role)
        more = element.words
        if means in _LOOKED_AT:
            name, more = self._looked_at(element, name, means, kids)
        ident = element.ident or (b"(note %d)" % number if means == b"/Note" else b"")  # ISO 14289-1 7.9
        if ident:
            more += self._identified(ident, number)
        if element.attributes or old in self.scopes:
            attributes = self.writer.attributes
            more += attributes.of(element.attributes, self.raw, self.prefix, self.scopes.get(old, b""))
        if element.classes:
            more += self.writer.attributes.class_names(element.classes, self.tree.classes, self.raw, self.prefix)
        held = b"" if not kids else b"/K " + kids[0] if len(kids) == 1 else b"/K[%s]" % b" ".join(kids)
        return b"<<%s/P %d 0 R%s/S%s/Type/StructElem%s>>" % (
            held,
            parent,
            self.rows.get(element.page, _NO_ROW)[1],
            name,
            more,
        )

    def _identified(self, ident: bytes, number: int) -> bytes:
        """Return the /ID entry; none for an ID that the paper uses twice."""
        whole = self.prefix + string_bytes(ident)
        if self.writer.ids.setdefault(whole, number) != number:
            return b""
        return b"/ID" + string_of(whole)

    def _looked_at(self, element: Element, name: bytes, means: bytes, kids: list[bytes]) -> tuple[bytes, bytes]:
        """Put right what is certain: a link that leads nowhere now, a field that is print now. Count what is wrong."""
        more = element.words
        if means in (b"/Figure", b"/Formula") and b"/Alt" not in more and b"/ActualText" not in more:
            self.undescribed += 1
        if means == b"/Link" and any(isinstance(kid, Held) for kid in element.kids) and not _has_object(kids):
            return b"/Span", more
        if means == b"/Form" and not element.attributes:
            drawn = (self.paper.drawn.get(kid.target) for kid in element.kids if isinstance(kid, Held))
            return name, more + next((b"/A<<%s>>" % each.field for each in drawn if each and each.field), b"")
        return name, more


def _has_object(kids: Sequence[bytes]) -> bool:
    return any(b"/OBJR" in kid for kid in kids)


def _scopes(tree: SourceTree, roles: PaperRoles) -> dict[int, bytes]:
    """Return what each header cell heads, for papers by WeasyPrint, which does not write the scope that HTML gives.

    In the head of a table, and in a row of header cells alone, the column; else its row.
    """
    means = {number: roles.of(element.role)[1] for number, element in tree.elements.items()}
    scopes: dict[int, bytes] = {}
    for section, element in tree.elements.items():
        for row in _below(element) if means[section] in (b"/THead", b"/TBody", b"/TFoot", b"/Table") else ():
            if means.get(row) != b"/TR":
                continue
            cells = _below(tree.elements[row])
            heads = [cell for cell in cells if means.get(cell) == b"/TH"]
            column = means[section] == b"/THead" or len(heads) == len(cells)
            scopes |= dict.fromkeys(heads, b"/Column" if column else b"/Row")
    return scopes


def _mend_lists(tree: SourceTree, roles: PaperRoles) -> None:
    """Give list items their bodies: an item holds a label and a body, nothing else (ISO 32000-1 table 336).

    What stands in an item without a body becomes its body; what follows the body goes into it. Other disorder stays.
    """
    bodies: dict[int, int] = {}
    # beyond every number that is taken: a kid may be one that is no element (an OBJR that stands by itself)
    held = (kid for element in tree.elements.values() for kid in element.kids if isinstance(kid, int))
    new = max(max(tree.elements, default=0), max(held, default=0)) + 1
    for number, element in tree.elements.items():
        if roles.of(element.role)[1] != b"/LI":
            continue
        parts = [_part_of_item(kid, tree, roles) for kid in element.kids]
        strays = [at for at, part in enumerate(parts) if not part]
        if strays and b"/LBody" not in parts:
            bodies[number] = new
            new += 1
        elif strays and parts.count(b"/LBody") == 1 and strays[0] > parts.index(b"/LBody"):
            body = element.kids[parts.index(b"/LBody")]
            moved = [element.kids[at] for at in strays]
            if isinstance(body, int) and all(isinstance(kid, int) and kid >= 0 for kid in moved):
                tree.elements[body].kids += moved
                element.kids = [kid for at, kid in enumerate(element.kids) if at not in strays]
    if bodies:
        tree.elements = dict(_with_bodies(tree, roles, bodies))


def _part_of_item(kid: int | Marked | Held, tree: SourceTree, roles: PaperRoles) -> bytes:
    """Return what a list item's kid is: its label, its body, or nothing of an item's own."""
    element = tree.elements.get(kid) if isinstance(kid, int) else None
    means = roles.of(element.role)[1] if element else b""
    return means if means in (b"/Lbl", b"/LBody") else b""


def _with_bodies(tree: SourceTree, roles: PaperRoles, bodies: dict[int, int]) -> Iterator[tuple[int, Element]]:
    for number, element in tree.elements.items():
        yield number, element
        if number in bodies:
            strays = [kid for kid in element.kids if not _part_of_item(kid, tree, roles)]
            element.kids = [kid for kid in element.kids if _part_of_item(kid, tree, roles)] + [bodies[number]]
            yield bodies[number], Element(b"/LBody", element.page, strays)


def _below(element: Element) -> list[int]:
    return [kid for kid in element.kids if isinstance(kid, int) and kid >= 0]
