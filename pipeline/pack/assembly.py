"""One PDF out of many papers: pages, blank pages, links, outline and what the pack says of itself.

Nothing of a paper comes along by accident: page keys, links and looks are carried over from a list of what may be.
"""

import hashlib
import io
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Stream

from pipeline.errors import Fault, PaperError, PipelineError, PrivacyError
from pipeline.model import Document, DocumentInfo, EntryKind, PackEntry, PackPlan
from pipeline.pack.flatten import flatten
from pipeline.pack.geometry import box_of, inherited, view_of
from pipeline.pack.layers import hidden_layers
from pipeline.pack.links import PACK_SCHEME, Link, Target, add_link, annotations_of, destinations_of, is_link, read_link
from pipeline.pack.metadata import describe, label_pages, open_nicely
from pipeline.pack.opening import open_source
from pipeline.pack.outline import outline_of, write_outline
from pipeline.pack.pagination import number_pages
from pipeline.pack.stampfont import embed_font, stamp_font
from pipeline.privacy import PublicDocument

#: What a page keeps. Dropped, among others: Metadata, PieceInfo, Thumb, AA (scripts), B, StructParents (no tags yet).
PAGE_KEYS = frozenset(
    {"/Type", "/Parent", "/MediaBox", "/CropBox", "/TrimBox", "/BleedBox"}
    | {"/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group", "/Tabs"}
)
#: What images and forms inside a page lose: hidden descriptions, editing data, attachments, pointers to tags.
OBJECT_KEYS_DROPPED = ("/Metadata", "/PieceInfo", "/OPI", "/AF", "/StructParent", "/StructParents")
_INHERITED = (Name.Resources, Name.MediaBox, Name.CropBox, Name.Rotate)
_A4 = (0, 0, 595.28, 841.89)
_BLANK = "This page is intentionally left blank"


@dataclass
class _Pack:
    """A pack in the making. ``links``: with the entry they stand in, written when all pages are there."""

    pdf: pikepdf.Pdf
    links: list[tuple[PackEntry, Link]] = field(default_factory=list)
    blank: pikepdf.Object | None = None
    font: pikepdf.Object | None = None


def write_pack(
    plan: PackPlan,
    documents: Sequence[PublicDocument],
    item_titles: Mapping[str, str],
    info: DocumentInfo,
    target: Path,
    draft: bool = False,
) -> str:
    """Assemble, number and save a pack; return its sha256 as hexadecimal digits.

    ``documents`` are in the order of the plan's entries; ``item_titles``: an item's number -> its title as printed.
    Raises PaperError, PrivacyError (a hidden layer), PipelineError (documents and plan differ: our fault) and OSError
    (disk full ...); then no file is left behind and an earlier pack at ``target`` stays.
    """
    with ExitStack() as opened:
        pdf = assemble(plan, documents, item_titles, info, opened)
        number_pages(pdf, plan, draft=draft)
        return save_pack(pdf, target)


def assemble(
    plan: PackPlan,
    documents: Sequence[PublicDocument],
    item_titles: Mapping[str, str],
    info: DocumentInfo,
    opened: ExitStack,
) -> pikepdf.Pdf:
    """Return the pack, without stamps, in memory. Raises as ``write_pack`` does.

    Pages are read from their files when the pack is saved: until then the files stay open, held by ``opened``.
    """
    if len(documents) != len(plan.entries):
        raise PipelineError(f"The plan has {len(plan.entries)} entries and {len(documents)} documents were given.")
    pack = _Pack(opened.enter_context(pikepdf.new()))
    for entry, released in zip(plan.entries, documents, strict=True):
        _add_paper(pack, entry, released.document, opened)
        _add_blank_pages(pack, entry)
    _drop_hidden_data(pack.pdf)
    pages = list(pack.pdf.pages)
    _write_links(pack, plan, pages)
    write_outline(pack.pdf, pages, outline_of(plan, [released.document for released in documents], item_titles))
    label_pages(pack.pdf, plan.labels)
    describe(pack.pdf, info)
    open_nicely(pack.pdf)
    return pack.pdf


def _add_paper(pack: _Pack, entry: PackEntry, document: Document, opened: ExitStack) -> None:
    shown_as = entry.source or entry.title
    source, _damaged = open_source(document.path, shown_as)
    opened.enter_context(source)
    if len(source.pages) != entry.pages:
        raise PipelineError(f"{shown_as} has {len(source.pages)} pages, and the plan gives it {entry.pages}.")
    _refuse_hidden_layers(source, shown_as)
    try:
        _settle(source)
        flatten(source)
    except (ValueError, pikepdf.PikepdfError) as error:
        words = f"has a form field or a mark that cannot be drawn: {error}"
        raise PaperError([Fault(words, "Print it to a new PDF, and use that.", file=Path(shown_as))]) from error
    pack.links += [(entry, link) for link in _links(source)]
    for page in source.pages:
        for key in [key for key in page.obj.keys() if key not in PAGE_KEYS]:  # noqa: SIM118 (a PDF object iterates otherwise)
            del page.obj[key]
    pack.pdf.pages.extend(source.pages)


def _settle(source: pikepdf.Pdf) -> None:
    """Write into each page what it inherits from the page tree, so that it stands by itself; make its boxes plain."""
    shared: dict[tuple[int, int, str], pikepdf.Object] = {}
    for page in source.pages:
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


def _links(source: pikepdf.Pdf) -> Iterator[Link]:
    annotated = [(index, page) for index, page in enumerate(source.pages) if Name.Annots in page.obj]
    destinations = destinations_of(source) if annotated else None
    for index, page in annotated:
        for annotation in annotations_of(page):
            link = read_link(annotation, index, destinations) if destinations and is_link(annotation) else None
            if link is not None:
                yield link


def _add_blank_pages(pack: _Pack, entry: PackEntry) -> None:
    for _ in entry.blank_pages:
        if pack.blank is None:
            pack.font = pack.pdf.make_indirect(embed_font(pack.pdf))
            pack.blank = pack.pdf.make_stream(_blank_content())
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array(_A4),
            Resources=Dictionary(Font=Dictionary(CivicpackStamp=pack.font)),
            Contents=pack.blank,
        )
        pack.pdf.pages.append(pikepdf.Page(pack.pdf.make_indirect(page)))


def _blank_content() -> bytes:
    font, size = stamp_font(), 12
    x, y = (_A4[2] - font.width(_BLANK, size)) / 2, _A4[3] / 2
    return b"BT /CivicpackStamp %d Tf %.2f %.2f Td %s Tj ET\n" % (size, x, y, font.encode(_BLANK))


def _drop_hidden_data(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            for key in OBJECT_KEYS_DROPPED:
                if key in thing:
                    del thing[key]


def _write_links(pack: _Pack, plan: PackPlan, pages: Sequence[pikepdf.Page]) -> None:
    """Put the papers' links on their pages; those of the front sheet to items become places in the pack."""
    for entry, link in pack.links:
        first = entry.first_page - 1
        if not isinstance(link.to, str):
            words = link.words or _page_words(plan, first + link.to.page)
            add_link(pack.pdf, pages[first + link.page], replace(link, words=words), pages[first:])
        elif not link.to.lower().startswith(PACK_SCHEME):
            add_link(pack.pdf, pages[first + link.page], replace(link, words=link.words or link.to), pages)
        elif entry.kind is EntryKind.FRONT_SHEET and (to_item := _to_item(link, plan)):
            add_link(pack.pdf, pages[first + link.page], to_item, pages)


def _to_item(link: Link, plan: PackPlan) -> Link | None:
    """Turn ``pack:item-4`` into a link to the item's first page; None when the item has no papers."""
    number = unquote(str(link.to)[len(PACK_SCHEME) :]).removeprefix("item-")
    entries = plan.of_item(number)
    if not entries:
        return None
    words = f"Item {number}" + (f", page {entries[0].first_label}" if entries[0].first_label else "")
    return replace(link, to=Target(entries[0].first_page - 1), words=link.words or words)


def _page_words(plan: PackPlan, index: int) -> str:
    label = plan.labels[index]
    return f"Page {label}" if label else "A page of this paper"


def save_pack(pdf: pikepdf.Pdf, target: Path) -> str:
    """Save the pack whole or not at all; return its sha256. Raises OSError, and then leaves what was at ``target``.

    The pack is made in memory first: while qpdf writes to a file itself, a full disk or an interrupt ends the whole
    process, with no chance to clear up.
    """
    made = io.BytesIO()
    pdf.save(made, compress_streams=True, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
    temporary = target.with_name(f".{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(made.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return hashlib.sha256(made.getbuffer()).hexdigest()
