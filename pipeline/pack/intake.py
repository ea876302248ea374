"""A paper taken into the pack: its pages, without anything that came along by accident, and what they hold.

Page keys, links and looks are carried over from a list of what may be.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from pipeline.errors import Fault, PaperError, PipelineError, PrivacyError
from pipeline.model import Document, PackEntry
from pipeline.pack.content import Content, enclose, forget_mcids, mark_lines, mcids_in, paints, read_content, shows_text
from pipeline.pack.flatten import flatten
from pipeline.pack.geometry import box_of, inherited, view_of
from pipeline.pack.layers import hidden_layers
from pipeline.pack.links import Link, annotations_of, destinations_of, is_link, read_link
from pipeline.pack.opening import open_source
from pipeline.pack.papertags import Block, PaperTags
from pipeline.pack.sourcefile import source_file

#: What a page keeps. Dropped, among others: Metadata, PieceInfo, Thumb, AA (scripts), B. Tags are written anew.
PAGE_KEYS = frozenset(
    {"/Type", "/Parent", "/MediaBox", "/CropBox", "/TrimBox", "/BleedBox"}
    | {"/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"}
)
_INHERITED = (Name.Resources, Name.MediaBox, Name.CropBox, Name.Rotate)
_UA_CLAIM = re.compile(rb"pdfuaid:part(?:>|\s*=\s*[\"'])\s*1")
_DEEPEST = 5
_MOST_MCIDS = 100_000  # on a page; the parent tree has a place for each number up to the highest


@dataclass(frozen=True)
class TaggedStream:
    """A form or an image of the pack that has tags of its own; ``page`` (from 0 in the pack) is where it is first."""

    stream: pikepdf.Object
    page: int
    mcids: frozenset[int]


@dataclass
class PackInMaking:
    """A pack as it grows, page by page. ``links``: of the papers, written as ``annotations`` when all pages
    are there."""

    pdf: pikepdf.Pdf
    pages: list[pikepdf.Object] = field(default_factory=list)
    contents: list[Content] = field(default_factory=list)
    papers: list[PaperTags] = field(default_factory=list)
    links: list[tuple[PackEntry, PaperTags, Link]] = field(default_factory=list)
    streams: list[TaggedStream] = field(default_factory=list)
    annotations: list[pikepdf.Object] = field(default_factory=list)
    blank: pikepdf.Object | None = None
    font: pikepdf.Object | None = None


def take_in(pack: PackInMaking, entry: PackEntry, document: Document, opened: ExitStack, broken: str) -> PaperTags:
    """Add the paper's pages to the pack and return what it brings to the structure tree.

    ``broken``: why its tags are not to be used; "" uses them if there are any. The file stays open, held by ``opened``:
    its streams are read when the pack is saved. Raises PaperError, PrivacyError (hidden layers), PipelineError.
    """
    shown_as = entry.source or entry.title
    source, _damaged = open_source(document.path, shown_as)
    opened.enter_context(source)
    if len(source.pages) != entry.pages:
        raise PipelineError(f"{shown_as} has {len(source.pages)} pages, and the plan gives it {entry.pages}.")
    _refuse_hidden_layers(source, shown_as)
    tags = _tags_of(source, entry, document, broken, len(pack.pages))
    try:
        pages = list(source.pages)
        _settle(source, pages)
        drawn = flatten(source, tagged=tags.reads is not None)
    except (ValueError, pikepdf.PikepdfError) as error:
        words = f"has a form field or a mark that cannot be drawn: {error}"
        raise PaperError([Fault(words, "Print it to a new PDF, and use that.", file=Path(shown_as))]) from error
    tags.drawn = {number: each.moved(tags.first) for number, each in drawn.items()}
    pack.links += [(entry, tags, link) for link in _links(source, pages)]
    for index, page in enumerate(_copied(pack, pages, tags)):
        try:
            pack.contents.append(_prepared(pack.pdf, page, tags, index))
        except pikepdf.PikepdfError as error:
            raise undecodable(shown_as, index + 1) from error
    pack.papers.append(tags)
    return tags


def undecodable(shown_as: str, page: int) -> PaperError:
    """Return the error for a page (from 1) of a paper whose content makes no sense."""
    message = f"page {page} is damaged: what is on it cannot be decoded."
    remedy = "Ask the author for the file again, or print it to a new PDF and compare the pages."
    return PaperError([Fault(message, remedy, file=Path(shown_as))])


def _tags_of(source: pikepdf.Pdf, entry: PackEntry, document: Document, broken: str, first: int) -> PaperTags:
    shown_as = entry.source or entry.title
    tree, said = source.Root.get(Name.StructTreeRoot), source.Root.get(Name.Metadata)
    has_tree = isinstance(tree, Dictionary) and Name.K in tree
    made_by = source.docinfo.get("/Producer") if Name.Info in source.trailer else None
    return PaperTags(
        shown_as=shown_as,
        title=document.title,
        language=document.language,
        first=first,
        pages=[page.obj.objgen[0] for page in source.pages],
        reads=partial(source_file, document.path, shown_as) if has_tree and not broken else None,
        by_weasyprint=str(made_by).startswith("WeasyPrint"),
        claims_ua=isinstance(said, Stream) and bool(_UA_CLAIM.search(said.read_bytes())),
        broken=broken,
    )


def _settle(source: pikepdf.Pdf, pages: list[pikepdf.Page]) -> None:
    """Write into each page what it inherits from the page tree, so that it stands by itself; make its boxes plain."""
    shared: dict[tuple[int, int, str], pikepdf.Object] = {}
    for page in pages:
        for key in _INHERITED:
            value = None if key in page.obj else inherited(page.obj, key)
            if isinstance(value, Dictionary) and not value.is_indirect:
                parent = page.obj.get(Name.Parent)
                value = shared.setdefault((*parent.objgen, str(key)), source.make_indirect(value)) if parent else value
            if value is not None:
                page.obj[key] = value
        _make_boxes_plain(page)


def _make_boxes_plain(page: pikepdf.Page) -> None:
    """Write boxes and rotation as they are understood here: readers differ over reversed, absent or odd ones."""
    view, media = view_of(page), box_of(page.obj.get(Name.MediaBox))
    page.obj.MediaBox = Array(media or view.box)
    if Name.CropBox in page.obj:
        page.obj.CropBox = Array(view.box)
    if Name.Rotate in page.obj:
        page.obj.Rotate = view.rotate


def _refuse_hidden_layers(source: pikepdf.Pdf, shown_as: str) -> None:
    layers = hidden_layers(source)
    if layers:
        names = ", ".join(f"'{name}'" for name in layers)
        raise PrivacyError(
            f"{shown_as}: has hidden layers, which the pack would bring to light: {names}.\n"
            "  If they are to be seen, switch them on and save the file; if not, print it to a new PDF and use that."
        )


def _links(source: pikepdf.Pdf, pages: list[pikepdf.Page]) -> Iterator[Link]:
    annotated = [(index, page) for index, page in enumerate(pages) if Name.Annots in page.obj]
    destinations = destinations_of(source) if annotated else None
    for index, page in annotated:
        for annotation in annotations_of(page):
            link = read_link(annotation, index, destinations) if destinations and is_link(annotation) else None
            if link is not None:
                yield link


def _prepared(pdf: pikepdf.Pdf, page: pikepdf.Page, tags: PaperTags, index: int) -> Content:
    """Read the page's content; make the page one block of the structure tree if it has no tags.

    This is done to the copy in the pack: with the first object that is added to a paper, qpdf reads all of it.
    """
    content = read_content(page)
    usable = max(content.mcids, default=0) <= _MOST_MCIDS
    if tags.reads is not None and usable and (content.mcids or content.marks):
        if content.unmarked and tags.claims_ua:
            tags.claims_ua = mark_lines(pdf, page)
            return read_content(page) if content.repair.cuts else content
        return content
    if content.mcids:
        forget_mcids(pdf, page)
        content = read_content(page)
    text = shows_text(page)
    if not text and not paints(page):
        return content
    role = b"/P" if text else b"/Figure"
    words = "" if text else f"Page {index + 1} of {tags.title}: a picture of a page, with no words to read out."
    tags.blocks.append(Block(tags.first + index, role, words))
    enclose(pdf, page, pdf.make_stream(b"%s <</MCID 0>> BDC q\n" % role), b"EMC\n", content.repair)
    return Content(mcids=frozenset({0}), marks=True)


def _copied(pack: PackInMaking, pages: list[pikepdf.Page], tags: PaperTags) -> list[pikepdf.Page]:
    """Copy the pages into the pack, stripped of what a page must not bring.

    Not by ``pages.extend``, which reads the whole of each paper: four times slower, and six times the memory.
    """
    for page in pages:
        for key in [key for key in page.obj.keys() if key not in PAGE_KEYS]:  # noqa: SIM118 (a PDF object iterates otherwise)
            del page.obj[key]
    tagged = list(_tagged_streams(pages)) if tags.reads is not None else []
    copied = [pack.pdf.copy_foreign(page.obj) for page in pages]
    pack.pages += copied
    for index, stream in tagged:
        made = pack.pdf.copy_foreign(stream)
        mcids = mcids_in(made.read_bytes(), made.get(Name.Resources)) if _is_form(stream) else frozenset()
        tags.streams[stream.objgen[0]] = len(pack.streams)
        pack.streams.append(TaggedStream(made, tags.first + index, mcids))
    return [pikepdf.Page(each) for each in copied]


def _tagged_streams(pages: list[pikepdf.Page]) -> Iterator[tuple[int, pikepdf.Object]]:
    """Yield the forms and images that point into the structure tree, once each, with the page they are first on."""
    met: set[tuple[int, int]] = set()
    for index, page in enumerate(pages):
        waiting = [(page.obj.get(Name.Resources), 0)]
        while waiting:
            resources, depth = waiting.pop()
            things = resources.get(Name.XObject) if isinstance(resources, Dictionary) else None
            if not isinstance(things, Dictionary) or (things.is_indirect and things.objgen in met) or depth > _DEEPEST:
                continue
            met.add(things.objgen)
            for thing in things.as_dict().values():
                if not isinstance(thing, Stream) or thing.objgen in met:
                    continue
                met.add(thing.objgen)
                if Name.StructParents in thing or Name.StructParent in thing:
                    yield index, thing
                if _is_form(thing):
                    waiting.append((thing.get(Name.Resources), depth + 1))


def _is_form(stream: pikepdf.Object) -> bool:
    return stream.get(Name.Subtype) == Name.Form
