"""A paper's file as bytes, for its structure tree: as it is where it is sound, else as qpdf writes it anew."""

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Name, ObjectStreamMode, StreamDecodeLevel

from pipeline.pack.links import annotations_of
from pipeline.pack.opening import open_source
from pipeline.pack.rawfile import RawFile, RawFileError, Ref, read_file
from pipeline.pack.structure import SourceTree, read_tree

_LIST = "/CivicpackNumbers"


@dataclass(frozen=True)
class SourceFile:
    """``numbers``: what the objects that were asked for are called in ``raw``, when it had to be written anew."""

    raw: RawFile
    tree: SourceTree
    numbers: Mapping[int, int]


def source_file(path: Path, shown_as: str, known: Collection[int]) -> SourceFile:
    """Return the file with its tree. ``known``: numbers of objects that the caller holds on to.

    Raises RawFileError, BrokenTreeError, and what ``open_source`` raises.
    """
    try:
        raw = read_file(path.read_bytes())
        return SourceFile(raw, read_tree(raw), {})
    except (RawFileError, ValueError):
        raw, numbers = _written_anew(path, shown_as, sorted(known))
        return SourceFile(raw, read_tree(raw), numbers)


def _written_anew(path: Path, shown_as: str, known: Collection[int]) -> tuple[RawFile, Mapping[int, int]]:
    """Have qpdf write what the structure tree needs: damage mended, nothing encrypted, nothing compressed."""
    with open_source(path, shown_as)[0] as pdf:
        found = [(number, pdf.get_object(number, 0)) for number in known if number > 0]
        listed = [(number, thing) for number, thing in found if isinstance(thing, pikepdf.Object) and thing.is_indirect]
        for page in pdf.pages:
            for annotation in annotations_of(page):
                _strip(annotation, ())
            _strip(page.obj, (Name.Type, Name.Parent, Name.MediaBox))
        _strip(pdf.Root, (Name.Type, Name.Pages, Name.StructTreeRoot))
        pdf.Root[_LIST] = Array([thing for _, thing in listed])
        saved = io.BytesIO()
        pdf.save(
            saved,
            object_stream_mode=ObjectStreamMode.disable,
            compress_streams=False,
            stream_decode_level=StreamDecodeLevel.none,
            encryption=False,
            static_id=True,
        )
    raw = read_file(saved.getvalue())
    root = raw.resolved(raw.trailer[b"/Root"])
    refs = root.get(_LIST.encode("ascii")) if isinstance(root, dict) else None
    if not isinstance(refs, list) or len(refs) != len(listed):
        raise RawFileError("the file cannot be written anew")
    pairs = zip(listed, refs, strict=True)
    return raw, {old: int(new) for (old, _), new in pairs if isinstance(new, Ref)}


def _strip(thing: pikepdf.Object, kept: Collection[Name]) -> None:
    for key in list(thing.keys()):
        if Name(key) not in kept:
            del thing[key]
