"""One PDF out of many papers: pages, blank pages, links, outline, tags and what the pack says of itself."""

import hashlib
import io
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Stream

from pipeline.errors import PipelineError
from pipeline.model import DocumentInfo, EntryKind, PackEntry, PackPlan
from pipeline.pack.content import Content
from pipeline.pack.intake import PackInMaking, take_in
from pipeline.pack.links import PACK_SCHEME, Link, Target, add_link
from pipeline.pack.metadata import describe, label_pages, open_nicely, xmp_of
from pipeline.pack.outline import outline_of, write_outline
from pipeline.pack.pagination import number_pages
from pipeline.pack.papertags import Numbers, PaperResult, PaperTags, UnusableTagsError
from pipeline.pack.pausing import without_cycle_search
from pipeline.pack.rawwriter import Additions, stand_in
from pipeline.pack.stampfont import embed_font, stamp_font
from pipeline.pack.tagging import TagWriter
from pipeline.privacy import PublicDocument

#: What images and forms inside a page lose: hidden descriptions, editing data, attachments, pointers to old tags.
OBJECT_KEYS_DROPPED = ("/Metadata", "/PieceInfo", "/OPI", "/AF", "/StructParent", "/StructParents")
_A4 = (0, 0, 595.28, 841.89)
BLANK = "This page is intentionally left blank"


@dataclass(frozen=True)
class Written:
    """A pack on disk. ``sha256`` in hexadecimal digits; ``tagged``: at least one paper brought its tags; ``pdf_ua``:
    the pack claims PDF/UA-1, as every paper earned it; ``notes``: sentences for the officer."""

    sha256: str
    tagged: bool
    pdf_ua: bool
    notes: tuple[str, ...] = ()


def write_pack(
    plan: PackPlan,
    documents: Sequence[PublicDocument],
    item_titles: Mapping[str, str],
    info: DocumentInfo,
    target: Path,
    draft: bool = False,
) -> Written:
    """Assemble, number, tag and save a pack.

    ``documents`` are in the order of the plan's entries; ``item_titles``: an item's number -> its title as printed.
    Raises PaperError, PrivacyError (a hidden layer), PipelineError (documents and plan differ: our fault) and OSError
    (disk full ...); then no file is left behind and an earlier pack at ``target`` stays.
    """
    with without_cycle_search():
        return _write(plan, documents, item_titles, info, target, draft)


def _write(
    plan: PackPlan,
    documents: Sequence[PublicDocument],
    item_titles: Mapping[str, str],
    info: DocumentInfo,
    target: Path,
    draft: bool,
) -> Written:
    broken: dict[int, str] = {}
    while True:
        try:
            with ExitStack() as opened:
                pack = assemble(plan, documents, item_titles, info, opened, broken)
                number_pages(pack.pdf, plan, draft=draft, repairs=[content.repair for content in pack.contents])
                saved = _saved(pack)
            results, additions = _tag(saved, pack, info)
            return _written(pack.papers, results, save_pack(additions.pieces(), target))
        except UnusableTagsError as error:  # made again without them, rather than not at all
            if error.paper in broken:
                raise PipelineError(f"The tags of a paper were used though they are broken: {error}") from error
            broken[error.paper] = error.reason


def assemble(
    plan: PackPlan,
    documents: Sequence[PublicDocument],
    item_titles: Mapping[str, str],
    info: DocumentInfo,
    opened: ExitStack,
    broken: Mapping[int, str] | None = None,
) -> PackInMaking:
    """Return the pack, without stamps and tags, in memory. Raises as ``write_pack`` does.

    Pages are read from their files when the pack is saved: until then the files stay open, held by ``opened``.
    ``broken``: the places of papers whose tags are not to be used, and why.
    """
    if len(documents) != len(plan.entries):
        raise PipelineError(f"The plan has {len(plan.entries)} entries and {len(documents)} documents were given.")
    pack = PackInMaking(opened.enter_context(pikepdf.new()))
    for index, (entry, released) in enumerate(zip(plan.entries, documents, strict=True)):
        tags = take_in(pack, entry, released.document, opened, (broken or {}).get(index, ""))
        _add_blank_pages(pack, entry, tags)
    _write_page_tree(pack)
    _drop_hidden_data(pack.pdf)
    pages = list(pack.pdf.pages)
    _write_links(pack, plan, pages)
    write_outline(pack.pdf, pages, outline_of(plan, [released.document for released in documents], item_titles))
    label_pages(pack.pdf, plan.labels)
    describe(pack.pdf, info)
    open_nicely(pack.pdf)
    return pack


def _write_page_tree(pack: PackInMaking) -> None:
    """Put all pages into the page tree at once: one by one, each costs the more the more there are."""
    tree = pack.pdf.Root.Pages
    for page in pack.pages:
        page.Parent = tree
    tree.Kids, tree.Count = Array(pack.pages), len(pack.pages)


def _add_blank_pages(pack: PackInMaking, entry: PackEntry, tags: PaperTags) -> None:
    tags.blank_pages = range(len(pack.pages), len(pack.pages) + len(entry.blank_pages))
    for _ in entry.blank_pages:
        if pack.blank is None:
            pack.font = embed_font(pack.pdf)
            pack.blank = pack.pdf.make_stream(_blank_content())
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array(_A4),
            Resources=Dictionary(Font=Dictionary(CivicpackStamp=pack.font)),
            Contents=pack.blank,
        )
        pack.pages.append(pack.pdf.make_indirect(page))
        pack.contents.append(Content(mcids=frozenset({0}), marks=True))


def _blank_content() -> bytes:
    font, size = stamp_font(), 12
    x, y = (_A4[2] - font.width(BLANK, size)) / 2, _A4[3] / 2
    shown = b"BT /CivicpackStamp %d Tf %.2f %.2f Td %s Tj ET" % (size, x, y, font.encode(BLANK))
    return b"/P <</MCID 0>> BDC %s EMC\n" % shown


def _drop_hidden_data(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            for key in OBJECT_KEYS_DROPPED:
                if key in thing:
                    del thing[key]


def _write_links(pack: PackInMaking, plan: PackPlan, pages: Sequence[pikepdf.Page]) -> None:
    """Put the papers' links on their pages; those of the front sheet to items become places in the pack."""
    made: list[pikepdf.Object] = []
    for entry, tags, link in pack.links:
        first = entry.first_page - 1
        kept, among = link, pages
        if not isinstance(link.to, str):
            kept, among = replace(link, words=link.words or _page_words(plan, first + link.to.page)), pages[first:]
        elif not link.to.lower().startswith(PACK_SCHEME):
            kept = replace(link, words=link.words or link.to)
        elif entry.kind is EntryKind.FRONT_SHEET and (to_item := _to_item(link, plan)):
            kept = to_item
        else:
            continue
        page = first + link.page
        if link.number:
            tags.links[link.number] = len(made)
        tags.loose.setdefault(page, []).append(len(made))
        made.append(add_link(pack.pdf, pages[page], kept, among, len(pages) + len(made)))
    pack.annotations = made


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


def _saved(pack: PackInMaking) -> bytes:
    """Return the pack as qpdf writes it, with room for the tags: each page and link knows its key already.

    It is made in memory: while qpdf writes to a file itself, a full disk or an interrupt ends the whole process, with
    no chance to clear up.
    """
    pdf, pages = pack.pdf, list(pack.pdf.pages)
    for key, page in enumerate(pages):
        page.obj.StructParents = key
        page.obj.Tabs = Name.S
    for key, tagged in enumerate(pack.streams, len(pages) + len(pack.annotations)):
        tagged.stream["/StructParents" if tagged.stream.get(Name.Subtype) == Name.Form else "/StructParent"] = key
    pointed = [*(page.obj for page in pages), *pack.annotations, *(tagged.stream for tagged in pack.streams)]
    pdf.Root.StructTreeRoot = stand_in(pdf, pointed)
    pdf.Root.Metadata = stand_in(pdf)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    made = io.BytesIO()
    pdf.save(
        made,
        compress_streams=True,
        object_stream_mode=ObjectStreamMode.generate,
        min_version="1.7",
        fix_metadata_version=False,
        static_id=True,
    )
    return made.getvalue()


def _tag(saved: bytes, pack: PackInMaking, info: DocumentInfo) -> tuple[list[PaperResult], Additions]:
    """Return what came of the papers' tags, and the saved pack with the structure tree to be added."""
    additions = Additions(saved)
    root, metadata = sorted(additions.stand_ins, key=lambda each: -len(each.points_at))
    pages, links = len(pack.pages), len(pack.annotations)
    at = root.points_at
    numbers = Numbers(at[:pages], at[pages : pages + links], at[pages + links :])
    contents = [content.mcids for content in pack.contents]
    writer = TagWriter(additions, root.number, numbers, contents, [(each.page, each.mcids) for each in pack.streams])
    try:
        results = [writer.add_paper(paper, index) for index, paper in enumerate(pack.papers)]
    except UnusableTagsError:
        additions.abandon()
        raise
    writer.close()
    xmp = xmp_of(info, _earns_ua(pack.papers, results))
    said = b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream" % (len(xmp), xmp)
    additions.add_plain(metadata.number, said)
    return results, additions


def _earns_ua(papers: Sequence[PaperTags], results: Sequence[PaperResult]) -> bool:
    """May the pack claim PDF/UA-1? Each paper must claim it, and nothing we know of may speak against it."""
    return all(
        paper.claims_ua
        and result.tagged
        and not (paper.blocks or result.orphans or result.undescribed or result.unmapped)
        for paper, result in zip(papers, results, strict=True)
    )


def _written(papers: Sequence[PaperTags], results: Sequence[PaperResult], digest: str) -> Written:
    notes = [note for paper, result in zip(papers, results, strict=True) for note in _notes(paper, result)]
    return Written(digest, any(result.tagged for result in results), _earns_ua(papers, results), tuple(notes))


def _notes(paper: PaperTags, result: PaperResult) -> Iterable[str]:
    """What an officer should know about a paper's tags."""
    name = paper.shown_as
    if paper.broken:
        yield f"{name}: its tags for screen readers are broken ({paper.broken}) and are not used."
    elif not result.tagged:
        yield f"{name}: has no tags for screen readers; each page is read out as one block, as it is drawn."
    elif paper.blocks:
        yield f"{name}: {_many(len(paper.blocks), 'page')} without tags for screen readers, read out last."
    pictures = sum(block.role == b"/Figure" for block in paper.blocks)
    if pictures:
        yield f"{name}: {_many(pictures, 'page')} with no words to read out, only a picture of a page."
    if result.orphans:
        yield f"{name}: {_many(result.orphans, 'piece')} of its content outside its tags, read out last."
    if result.undescribed:
        yield f"{name}: {_many(result.undescribed, 'picture')} without alternative text."


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def save_pack(pieces: Iterable[bytes | memoryview], target: Path) -> str:
    """Save the pack whole or not at all; return its sha256. Raises OSError, and then leaves what was at ``target``."""
    digest = hashlib.sha256()
    temporary = target.with_name(f".{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return digest.hexdigest()
