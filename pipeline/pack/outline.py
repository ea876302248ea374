"""The bookmarks of a pack: the agenda, the items that have papers, their papers, the papers' own headings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name, String

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
    """Write the bookmarks (ISO 32000-1 12.3.3), those with children closed: straight, as pikepdf's own outline takes
    three times as long."""
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    if nodes:
        _write_below(pdf, root, nodes, _places(pages))
        root.Count = len(nodes)
    pdf.Root.Outlines = root


def _places(pages: Sequence[pikepdf.Page]) -> Callable[[int], Array]:
    """Return a function from a page (from 1) to its destination: the viewed top left, at the reader's own zoom."""

    @cache
    def place(number: int) -> Array:
        page = pages[number - 1]
        view = view_of(page)
        left, top = view.to_page(0, view.height)
        return Array([page.obj, Name.XYZ, round(left, 2), round(top, 2), None])

    return place


def _write_below(
    pdf: pikepdf.Pdf, parent: pikepdf.Object, nodes: Sequence[OutlineNode], place: Callable[[int], Array]
) -> None:
    made = [
        pdf.make_indirect(Dictionary(Title=String(node.title), Parent=parent, Dest=place(node.page))) for node in nodes
    ]
    for before, after in pairwise(made):
        before.Next, after.Prev = after, before
    parent.First, parent.Last = made[0], made[-1]
    for node, entry in zip(nodes, made, strict=True):
        if node.children:
            entry.Count = -len(node.children)
            _write_below(pdf, entry, node.children, place)
