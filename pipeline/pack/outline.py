"""The bookmarks of a pack: the agenda, the items that have papers, their papers, the papers' own headings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pikepdf
from pikepdf import Array, Name, OutlineItem

from pipeline.model import Document, EntryKind, OutlineNode, PackEntry, PackPlan
from pipeline.pack.geometry import view_of


def outline_of(
    plan: PackPlan, documents: Sequence[Document], item_titles: Mapping[str, str]
) -> tuple[OutlineNode, ...]:
    """Return the pack's outline: the agenda, the items that have papers, their papers, the papers' own headings."""
    nodes: list[OutlineNode] = []
    items: dict[str, int] = {}
    for entry, document in zip(plan.entries, documents, strict=True):
        own = tuple(_shift(node, entry) for node in document.outline if 1 <= node.page <= entry.pages)
        paper = OutlineNode(entry.title, entry.first_page, own)
        if entry.kind is EntryKind.FRONT_SHEET:
            nodes.append(OutlineNode("Agenda", entry.first_page))
        elif entry.item is None:
            nodes.append(paper)
        elif entry.item in items:
            item = nodes[items[entry.item]]
            nodes[items[entry.item]] = replace(item, children=(*item.children, paper))
        else:
            items[entry.item] = len(nodes)
            title = f"{entry.item} {item_titles.get(entry.item, '')}".strip()
            title += f" (page {entry.first_label})" if entry.first_label else ""
            nodes.append(OutlineNode(title, entry.first_page, (paper,)))
    return tuple(nodes)


def _shift(node: OutlineNode, entry: PackEntry) -> OutlineNode:
    """Move a paper's bookmark to where the paper stands; one that leads outside the paper stays at its end."""
    page = entry.first_page - 1 + min(max(node.page, 1), entry.pages)
    return OutlineNode(node.title, page, tuple(_shift(child, entry) for child in node.children))


def write_outline(pdf: pikepdf.Pdf, pages: Sequence[pikepdf.Page], nodes: Sequence[OutlineNode]) -> None:
    with pdf.open_outline() as outline:
        outline.root.extend(_bookmark(node, pages) for node in nodes)


def _bookmark(node: OutlineNode, pages: Sequence[pikepdf.Page]) -> OutlineItem:
    """Return the bookmark, closed, leading to the viewed top left of its page at the reader's own zoom."""
    page = pages[node.page - 1]
    view = view_of(page)
    left, top = view.to_page(0, view.height)
    item = OutlineItem(node.title, Array([page.obj, Name.XYZ, round(left, 2), round(top, 2), None]))
    item.is_closed = bool(node.children)
    item.children.extend(_bookmark(child, pages) for child in node.children)
    return item
