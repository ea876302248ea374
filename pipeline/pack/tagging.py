"""One structure tree for the pack, made of those of its papers (ISO 32000-1 14.7, 14.8).

Below one /Document each paper is a /Part. The elements are taken over one by one, renumbered, with what they say of
themselves; the parent tree is made anew from what they hold. No merging library does this: all but one drop the tags.
"""

from collections.abc import Iterable, Sequence

from pipeline.pack.attributes import Attributes
from pipeline.pack.papertags import Block, Numbers, PaperResult, PaperTags, UnusableTagsError
from pipeline.pack.rawfile import RawFileError, string_of, text_string
from pipeline.pack.rawwriter import Additions
from pipeline.pack.roles import RoleMap
from pipeline.pack.structure import BrokenTreeError
from pipeline.pack.taggedpaper import TaggedPaper

_LEAF = 64  # entries of a leaf of a number or name tree


class TagWriter:
    """Writes the tree, paper by paper."""

    def __init__(
        self,
        additions: Additions,
        root: int,
        numbers: Numbers,
        contents: Sequence[Iterable[int]],
        streams: Sequence[tuple[int, Iterable[int]]],
    ):
        """``root``: the number of the tree's root; ``contents``: the MCIDs on each page; ``streams``: the page where
        each stream is drawn first, and the MCIDs in it."""
        self.additions, self.root, self.numbers = additions, root, numbers
        self.document = additions.reserve()
        self.parts: list[int] = []
        self.pages = [_unclaimed(mcids) for mcids in contents]
        self.streams = [_unclaimed(mcids) for _, mcids in streams]
        self.stream_pages = [page for page, _ in streams]
        self.link_owners: list[int | None] = [None] * len(numbers.links)
        self.stream_owners: list[int | None] = [None] * len(numbers.streams)
        self.roles = RoleMap()
        self.attributes = Attributes()
        self.ids: dict[bytes, int] = {}

    def add_paper(self, paper: PaperTags, index: int) -> PaperResult:
        """Add the Part of a paper. Raises UnusableTagsError."""
        if paper.reads is None:
            return self._add_untagged(paper)
        try:
            file = paper.reads(paper.known)
            if file.numbers:
                paper = paper.renumbered(file.numbers)
            return TaggedPaper(self, paper, file.tree, file.raw, index).add()
        except (BrokenTreeError, RawFileError, ValueError) as error:
            raise UnusableTagsError(index, str(error)) from error

    def _add_untagged(self, paper: PaperTags) -> PaperResult:
        part = self.additions.reserve()
        kids = self.own_elements(part, paper)
        self.close_part(part, paper, kids, b"", b"")
        return PaperResult(tagged=False, elements=1 + len(kids))

    def own_elements(self, part: int, paper: PaperTags) -> list[int]:
        """Add what papers do not bring themselves: pages without tags, content and links outside of their tags, blank
        pages. Return their numbers."""
        kids = []
        blocks = {block.page: block for block in paper.blocks}
        for page in range(paper.first, paper.first + len(paper.pages)):
            left = [mcid for mcid, owner in enumerate(self.pages[page]) if owner is None]
            if left:
                kids.append(self._content(part, page, left, blocks.get(page)))
            kids += [self._link(part, page, link) for link in paper.loose.get(page, ()) if not self.link_owners[link]]
        for stream in paper.streams.values():
            left = [mcid for mcid, owner in enumerate(self.streams[stream]) if owner is None]
            if left:
                kids.append(self._stream_content(part, stream, left))
        kids += [self._content(part, page, [0], None) for page in paper.blank_pages]
        return kids

    def _stream_content(self, part: int, stream: int, mcids: Sequence[int]) -> int:
        number = self.additions.reserve()
        held = b""
        for mcid in mcids:
            self.streams[stream][mcid] = b"%d 0 R" % number
            at = (mcid, self.numbers.pages[self.stream_pages[stream]], self.numbers.streams[stream])
            held += b"<</MCID %d/Pg %d 0 R/Stm %d 0 R/Type/MCR>>" % at
        self.additions.add(number, b"<</K[%s]/P %d 0 R/S/P/Type/StructElem>>" % (held, part))
        return number

    def _content(self, part: int, page: int, mcids: Sequence[int], block: Block | None) -> int:
        number = self.additions.reserve()
        for mcid in mcids:
            self.pages[page][mcid] = b"%d 0 R" % number
        role = block.role if block else b"/P"
        words = b"/Alt" + text_string(block.words) if block and block.words else b""
        held = b"[%s]" % b" ".join(b"%d" % mcid for mcid in mcids)
        data = b"<</K%s/P %d 0 R/Pg %d 0 R/S%s/Type/StructElem%s>>"
        self.additions.add(number, data % (held, part, self.numbers.pages[page], role, words))
        return number

    def _link(self, part: int, page: int, link: int) -> int:
        number = self.additions.reserve()
        self.link_owners[link] = number
        held = b"<</Obj %d 0 R/Pg %d 0 R/Type/OBJR>>" % (self.numbers.links[link], self.numbers.pages[page])
        self.additions.add(number, b"<</K %s/P %d 0 R/S/Link/Type/StructElem>>" % (held, part))
        return number

    def close_part(self, part: int, paper: PaperTags, kids: Sequence[int], held: bytes, more: bytes) -> None:
        """Write the Part itself. ``held``: the kids it has from the paper; ``kids``: those added here."""
        self.parts.append(part)
        below = b" ".join(filter(None, [held, *(b"%d 0 R" % kid for kid in kids)]))
        said = b"/T%s" % text_string(paper.title)
        if paper.language:
            said += b"/Lang%s" % text_string(paper.language)
        data = b"<</K[%s]/P %d 0 R/S/Part/Type/StructElem%s%s>>" % (below, self.document, said, more)
        self.additions.add_plain(part, data)

    def close(self) -> None:
        """Write what holds the papers together: root, document, parent tree, IDs, roles, classes."""
        parts = b" ".join(b"%d 0 R" % part for part in self.parts)
        self.additions.add_plain(self.document, b"<</K[%s]/P %d 0 R/S/Document/Type/StructElem>>" % (parts, self.root))
        entries = [b"%d 0 R" % self._row(owners) for owners in self.pages]
        entries += [b"%d 0 R" % owner if owner else b"null" for owner in self.link_owners]
        entries += [
            b"%d 0 R" % owner if owner else b"%d 0 R" % self._row(owners)
            for owner, owners in zip(self.stream_owners, self.streams, strict=True)
        ]
        pairs = [(b"%d" % key, entry) for key, entry in enumerate(entries) if entry != b"null"]
        root = b"/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d" % (
            self.document,
            self._search_tree(pairs, b"/Nums"),
            len(entries),
        )
        if self.ids:
            named = [(string_of(ident), b"%d 0 R" % number) for ident, number in sorted(self.ids.items())]
            root += b"/IDTree %d 0 R" % self._search_tree(named, b"/Names")
        if self.roles.entries:
            root += b"/RoleMap<<%s>>" % b"".join(b"%s%s" % pair for pair in sorted(self.roles.entries.items()))
        if self.attributes.classes:
            root += b"/ClassMap<<%s>>" % b"".join(b"%s %s" % pair for pair in sorted(self.attributes.classes.items()))
        self.additions.add_plain(self.root, b"<<%s/Type/StructTreeRoot>>" % root)

    def _row(self, owners: Sequence[bytes | None]) -> int:
        return self.additions.new(b"[%s]" % b" ".join(owner or b"null" for owner in owners))

    def _search_tree(self, pairs: Sequence[tuple[bytes, bytes]], kind: bytes) -> int:
        """Add a number or name tree of one level of leaves (7.9.6, 7.9.7)."""
        leaves = []
        for at in range(0, len(pairs), _LEAF):
            leaf = pairs[at : at + _LEAF]
            listed = b" ".join(b"%s %s" % pair for pair in leaf)
            leaves.append(self.additions.new(b"<</Limits[%s %s]%s[%s]>>" % (leaf[0][0], leaf[-1][0], kind, listed)))
        return self.additions.new(b"<</Kids[%s]>>" % b" ".join(b"%d 0 R" % leaf for leaf in leaves))


def _unclaimed(mcids: Iterable[int]) -> list[bytes | None]:
    """A row of the parent tree: None where content waits for the element that holds it."""
    found = set(mcids)
    row: list[bytes | None] = [b"null"] * (max(found, default=-1) + 1)
    for mcid in found:
        row[mcid] = None
    return row
