"""What a PDF paper is, before it goes into a pack: its pages, its outline, its language, and what a merge will drop."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from pipeline.errors import Fault, PaperError
from pipeline.model import OutlineNode
from pipeline.pack.flatten import draws_itself, shows
from pipeline.pack.links import Destinations, annotations_of, destinations_of, is_link, read_link
from pipeline.pack.opening import open_source

_DEEPEST = 32  # outline levels
_MOST = 20_000  # outline entries
_COMMENTS = ("/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret", "/Ink")


@dataclass(frozen=True)
class SourceInfo:
    """A PDF paper as found. ``outline`` pages count from 1; ``notes`` are sentences for the officer."""

    pages: int
    outline: tuple[OutlineNode, ...] = ()
    language: str = ""
    notes: tuple[str, ...] = ()


def inspect_source(path: Path, shown_as: str) -> SourceInfo:
    """Return what the PDF holds. Raises PaperError, with one fault, for a file that cannot be read whole.

    ``shown_as`` is the file as the officer wrote it. Notes tell of what will not be in the pack (attachments, scripts,
    comments) and of what was noticed (damage that was repaired, mark-up for redaction).
    """
    pdf, damaged = open_source(path, shown_as)
    with pdf:
        try:
            destinations = destinations_of(pdf)
            return SourceInfo(
                pages=len(pdf.pages),
                outline=_outline(pdf, destinations),
                language=_language(pdf),
                notes=tuple(_notes(pdf, destinations, damaged)),
            )
        except (pikepdf.PikepdfError, RecursionError) as error:
            message, remedy = "is damaged and cannot be read.", "Print it to a new PDF, and use that."
            raise PaperError([Fault(message, remedy, file=Path(shown_as))]) from error


def _language(pdf: pikepdf.Pdf) -> str:
    language = pdf.Root.get(Name.Lang)
    return str(language).strip() if isinstance(language, String) else ""


def _outline(pdf: pikepdf.Pdf, destinations: Destinations) -> tuple[OutlineNode, ...]:
    root = pdf.Root.get(Name.Outlines)
    if not isinstance(root, Dictionary):
        return ()
    return _children(root, destinations, set(), 0)


def _children(
    parent: Dictionary, destinations: Destinations, met: set[tuple[int, int]], depth: int
) -> tuple[OutlineNode, ...]:
    """Read the entries below one entry. An entry met twice (a cycle) is not read again.

    One that leads nowhere takes the page of its first child, and is left out if it has none.
    """
    nodes: list[OutlineNode] = []
    entry = parent.get(Name.First)
    while isinstance(entry, Dictionary) and entry.objgen not in met and len(met) < _MOST and depth < _DEEPEST:
        met.add(entry.objgen)
        children = _children(entry, destinations, met, depth + 1)
        title, page = _title(entry), _page(entry, destinations) or (children[0].page if children else 0)
        if title and page:
            nodes.append(OutlineNode(title, page, children))
        else:
            nodes.extend(children)
        entry = entry.get(Name.Next)
    return tuple(nodes)


def _title(entry: Dictionary) -> str:
    title = entry.get(Name.Title)
    words = str(title) if isinstance(title, String) else ""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())


def _page(entry: Dictionary, destinations: Destinations) -> int:
    """Return the page from 1, or 0 for none."""
    action = entry.get(Name.A)
    where = entry.get(Name.Dest)
    if where is None and isinstance(action, Dictionary) and action.get(Name.S) == Name.GoTo:
        where = action.get(Name.D)
    target = destinations.find(where)
    return target.page + 1 if target else 0


def _notes(pdf: pikepdf.Pdf, destinations: Destinations, damaged: bool) -> Iterator[str]:
    if damaged:
        yield "The file was damaged and has been repaired; all its pages are there."
    if pdf.is_encrypted:
        yield "The file was locked against changes with an owner's password; its pages are used all the same."
    yield from _document_notes(pdf)
    yield from _annotation_notes(pdf, destinations)


def _document_notes(pdf: pikepdf.Pdf) -> Iterator[str]:
    names = pdf.Root.get(Name.Names)
    names = names if isinstance(names, Dictionary) else Dictionary()
    attached = sorted(pdf.attachments) if isinstance(names.get(Name.EmbeddedFiles), Dictionary) else []
    if attached:
        yield f"Files attached to it are left out: {', '.join(attached)}."
    if isinstance(names.get(Name.JavaScript), Dictionary) or _runs_script(pdf):
        yield "Its scripts (JavaScript) are left out."
    form = pdf.Root.get(Name.AcroForm)
    if isinstance(form, Dictionary) and isinstance(form.get("/XFA"), Array | Stream):
        yield "It is an Acrobat form (XFA): its pages are used as they are drawn in the file."


def _runs_script(pdf: pikepdf.Pdf) -> bool:
    action = pdf.Root.get(Name.OpenAction)
    opens = isinstance(action, Dictionary) and action.get(Name.S) == Name.JavaScript
    return opens or Name.AA in pdf.Root or any(Name.AA in page.obj for page in pdf.pages)


def _annotation_notes(pdf: pikepdf.Pdf, destinations: Destinations) -> Iterator[str]:
    """Say what becomes of annotations: fields drawn in, comments and bad links left out."""
    fields = comments = undrawn = files = links = redactions = 0
    for index, page in enumerate(pdf.pages):
        for each in annotations_of(page):
            kind = str(each.get(Name.Subtype))
            if is_link(each):
                links += read_link(each, index, destinations) is None
                continue
            shown = shows(each)
            fields += kind == "/Widget"
            files += kind == "/FileAttachment"
            redactions += kind == "/Redact"
            comments += kind == "/Text" or (kind in _COMMENTS and not shown)
            undrawn += shown and not draws_itself(each)
    if fields:
        yield f"{_many(fields, 'form field')} will be printed as filled in; the pack has no form."
    if comments:
        yield f"{_many(comments, 'comment')} left out."
    if undrawn:
        yield f"{_many(undrawn, 'mark')} left out: the file does not say how to draw them."
    if files:
        yield f"{_many(files, 'file')} attached to its pages left out."
    if links:
        yield f"{_many(links, 'link')} left out: they run a program, open another file, or lead to no page of it."
    if redactions:
        yield f"{_many(redactions, 'passage')} marked for redaction but not removed: what is beneath can be read."


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
