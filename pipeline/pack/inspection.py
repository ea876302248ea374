"""The finished pack read back, and the plan proved: by libraries that did not write it.

pypdf reads what the pack says of itself and where its outline leads, pdfium (``textproof``) the words, links and stamps
of every page as a reader sees them, ``tagproof`` the structure tree, of which each element and each piece of content is
looked at. What does not hold is said in words; nothing is raised.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import pypdf
import pypdfium2
from pypdf.errors import PyPdfError
from pypdf.generic import Destination, DictionaryObject

from pipeline.errors import PipelineError
from pipeline.model import DocumentInfo, OutlineNode, PackPlan
from pipeline.pack.outline import outline_of
from pipeline.pack.pausing import without_cycle_search
from pipeline.pack.tagproof import tag_faults
from pipeline.pack.textproof import page_faults
from pipeline.privacy import PublicDocument

_MOST = 20  # faults of one kind that are told

#: What reading a broken file may raise, in whatever library.
_UNREADABLE = (
    *(PyPdfError, pypdfium2.PdfiumError, PipelineError, zlib.error, OSError, RecursionError),
    *(ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError),
)


def inspect_pack(
    path: Path,
    plan: PackPlan,
    documents: Sequence[PublicDocument],
    item_titles: Mapping[str, str],
    info: DocumentInfo,
    draft: bool = False,
) -> tuple[str, ...]:
    """Return what in the pack is not as planned, in words; nothing when all holds. Takes what ``write_pack`` took.

    Raises nothing: a pack that cannot be read is itself a fault.
    """
    with without_cycle_search():
        return tuple(_inspected(path, plan, documents, item_titles, info, draft))


def _inspected(
    path: Path,
    plan: PackPlan,
    documents: Sequence[PublicDocument],
    item_titles: Mapping[str, str],
    info: DocumentInfo,
    draft: bool,
) -> list[str]:
    papers = [released.document for released in documents]
    with ThreadPoolExecutor(1) as beside:  # pdfium works beside Python
        pages = beside.submit(lambda: _first(page_faults(path, plan, papers, draft)))
        faults: list[str] = []
        try:
            with pypdf.PdfReader(path) as reader:
                if len(reader.pages) != plan.pages:
                    return [f"It has {len(reader.pages)} pages, and the plan has {plan.pages}."]
                faults += _first(_label_faults(reader, plan))
                faults += _first(_outline_faults(reader, outline_of(plan, papers, item_titles)))
                faults += _first(_word_faults(reader, info))
                faults += _first(tag_faults(reader, plan, papers))
            faults += pages.result()
        except _UNREADABLE as error:
            faults.append(f"It cannot be read back: {type(error).__name__}: {error}")
        return faults


def _first(faults: Iterator[str]) -> list[str]:
    found = list(islice(faults, _MOST + 1))
    return [*found[:_MOST], "... and more of this kind."] if len(found) > _MOST else found


def _label_faults(reader: pypdf.PdfReader, plan: PackPlan) -> Iterator[str]:
    for page, (found, planned) in enumerate(zip(reader.page_labels, plan.labels, strict=True), start=1):
        if found != (planned or ""):
            yield f"Page {page} is labelled '{found}' and should be '{planned or ''}'."


def _outline_faults(reader: pypdf.PdfReader, planned: Sequence[OutlineNode]) -> Iterator[str]:
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages, 1) if page.indirect_reference}
    found = list(_flat_found(reader.outline, numbers, 0))
    wanted = list(_flat_planned(planned, 0))
    for (depth, title, page), (level, words, to) in zip(found, wanted, strict=False):
        if (depth, title, page) != (level, words, to):
            found_one, planned_one = f"'{title}' (page {page}, level {depth})", f"'{words}' (page {to}, level {level})"
            yield f"It has the bookmark {found_one} where {planned_one} was planned."
    if len(found) != len(wanted):
        yield f"It has {len(found)} bookmarks, and {len(wanted)} were planned."


def _flat_found(entries: Sequence[object], numbers: Mapping[int, int], depth: int) -> Iterator[tuple[int, str, int]]:
    """pypdf gives an entry's children as a list that follows it."""
    for entry in entries:
        if isinstance(entry, Destination):
            page = getattr(entry.page, "idnum", None)
            yield depth, str(entry.title), numbers.get(page, 0) if page is not None else 0
        elif isinstance(entry, list):
            yield from _flat_found(entry, numbers, depth + 1)


def _flat_planned(nodes: Sequence[OutlineNode], depth: int) -> Iterator[tuple[int, str, int]]:
    for node in nodes:
        yield depth, node.title, node.page
        yield from _flat_planned(node.children, depth + 1)


def _word_faults(reader: pypdf.PdfReader, info: DocumentInfo) -> Iterator[str]:
    """What the pack says of itself: Info, XMP, language, how it opens."""
    root, said, xmp = reader.root_object, reader.metadata, reader.xmp_metadata
    found = {
        "title": (said.title if said else None, info.title),
        "author": (said.author if said else None, info.author),
        "subject": (said.subject if said else None, info.subject),
        "day": (said.creation_date.date() if said and said.creation_date else None, info.created),
        "XMP title": ((xmp.dc_title or {}).get("x-default") if xmp else None, info.title),
        "language": (root.get("/Lang"), info.language),
    }
    for name, (is_now, should_be) in found.items():
        if (is_now or "") != should_be:
            yield f"Its {name} is '{is_now or ''}' and should be '{should_be}'."
    if not _is_true(root.get("/MarkInfo"), "/Marked"):
        yield "It does not say that it is tagged."
    if not _is_true(root.get("/ViewerPreferences"), "/DisplayDocTitle"):
        yield "It does not ask readers to show its title."


def _is_true(value: object, key: str) -> bool:
    return isinstance(value, DictionaryObject) and bool(getattr(value.get(key), "value", False))
