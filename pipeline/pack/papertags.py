"""What the papers of a pack bring to its structure tree, and what comes of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pipeline.pack.sourcefile import SourceFile


class UnusableTagsError(Exception):
    """A paper's tags cannot be used; the pack has to be made again without them. ``paper``: its place in the plan."""

    def __init__(self, paper: int, reason: str):
        self.paper, self.reason = paper, reason
        super().__init__(reason)


_T = TypeVar("_T")


@dataclass(frozen=True)
class Drawn:
    """An annotation that became content of a page: its MCID there; ``field``: the attributes of a form field."""

    page: int
    mcid: int
    field: bytes = b""

    def moved(self, first: int) -> "Drawn":
        """The same with pages counted from the pack's first, the paper's own first being ``first``."""
        return replace(self, page=self.page + first)


@dataclass(frozen=True)
class Block:
    """A page that has no tags, made one element: a /P when it has text, else a /Figure with words for it."""

    page: int
    role: bytes
    words: str = ""


@dataclass
class PaperTags:
    """What a paper brings. Pages count from 0 in the pack; ``pages``, and the keys of the rest, are the numbers that
    objects have in the paper's own file.

    ``reads``: gives that file; None: its tags are not used. ``links``: -> its place among the pack's links; ``loose``:
    the same by page; ``drawn``: an annotation that became content; ``streams``: a form or image with tags of its own ->
    its place among the pack's. ``broken``: why the paper's own tags are not used.
    """

    shown_as: str
    title: str
    language: str
    first: int
    pages: Sequence[int]
    reads: Callable[[Collection[int]], SourceFile] | None = None
    links: dict[int, int] = field(default_factory=dict)
    loose: dict[int, list[int]] = field(default_factory=dict)
    drawn: dict[int, Drawn] = field(default_factory=dict)
    streams: dict[int, int] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    blank_pages: Sequence[int] = ()
    by_weasyprint: bool = False
    claims_ua: bool = False
    broken: str = ""

    def renumbered(self, numbers: Mapping[int, int]) -> "PaperTags":
        """Return the same for a copy of the file in which objects have these numbers. What is not there is left out."""

        def keys(found: Mapping[int, _T]) -> dict[int, _T]:
            return {numbers[old]: value for old, value in found.items() if old in numbers}

        return replace(
            self,
            pages=[numbers.get(page, -1) for page in self.pages],
            links=keys(self.links),
            drawn=keys(self.drawn),
            streams=keys(self.streams),
        )

    @property
    def known(self) -> set[int]:
        """All numbers of the paper's file that stand here."""
        return {*self.pages, *self.links, *self.drawn, *self.streams}


@dataclass(frozen=True)
class PaperResult:
    """What came of a paper's tags. ``elements``: of its Part, the Part included; ``orphans``: pieces of content that
    no element holds; ``undescribed``: pictures without words; ``unmapped``: types that nothing explains."""

    tagged: bool
    elements: int = 0
    orphans: int = 0
    undescribed: int = 0
    unmapped: bool = False


@dataclass(frozen=True)
class Numbers:
    """The numbers that qpdf gave to pages, links and streams with tags, in the pack's order."""

    pages: Sequence[int]
    links: Sequence[int]
    streams: Sequence[int]
