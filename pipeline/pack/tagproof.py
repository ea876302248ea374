"""The structure tree of a finished pack, proved: every piece of marked content, every element, both ways.

pypdf finds the objects and unpacks them; the 400,000 elements of a large pack are then read as bytes, since as Python
objects they would take minutes. Validators do not see a broken merge: with the keys of two pages swapped, with all of
them nought, or with a whole paper cut out, they say the same as before.
"""

import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdf
import regex as re  # not re: before Python 3.11.5 its possessive groups match wrongly
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from pipeline.model import Document, PackPlan
from pipeline.pack.rawfile import NAME, STRING, RawFileError, Ref, Value, parse
from pipeline.pack.sourcefile import source_file
from pipeline.pack.structure import BrokenTreeError, certain_elements

_DEEPEST = 1000
_SIMPLE = rb"(?:[^<>()]|%s)*+" % STRING
_VALUE = rb"(?:<<%s>>|\[(?:[^<>()\[\]]|%s|<<%s>>)*+\]|%s|%s|\d++\s++\d++\s++R\b|[-+.0-9]++|true|false)" % (
    *(_SIMPLE, STRING, _SIMPLE, STRING, NAME),
)
#: An element whose kids are numbers and references only, its keys in any order: P, Pg, K.
_ELEMENT = re.compile(
    rb"\s*<<(?:\s*(?:/P\s++(\d++)\s++0\s++R\b|/Pg\s++(\d++)\s++0\s++R\b"
    rb"|/K\s*(?:\[([\d\sR]*+)\]|(?=\d++\s*[/>])(\d++)|(?=\d++\s++\d++\s++R)(\d++)\s++\d++\s++R)"
    rb"|(?!/(?:P|Pg|K)[\s\[<])%s\s*%s))*+\s*>>\s*" % (NAME, _VALUE)
)
_ROW = re.compile(rb"\s*\[\s*(?:(?:\d++\s++0\s++R|null)\s*)*+\]\s*")
_BDC = re.compile(rb"/(%s)\s*+(?:<<(%s)>>|(/%s))\s*+BDC" % (NAME[1:], _SIMPLE, NAME[1:]))
_MCID = re.compile(rb"/MCID\s++(\d++)")
_ARTIFACT = re.compile(rb"/Artifact\s*<<[^<>]*>>\s*BDC\b.*?\bEMC\b", re.DOTALL)
_SHOWS = re.compile(rb"(?:^|[\s>)\]])(?:T[jJ]|['\"]|f\*?|F|S|s|B\*?|b\*?|sh|Do)(?=\s|$)")
_LINK_KEYS = frozenset(
    {"/Type", "/Subtype", "/Rect", "/P", "/F", "/A", "/Dest", "/Contents", "/StructParent"}
    | {"/Border", "/C", "/QuadPoints", "/H", "/BS"}
)


@dataclass
class _Tree:
    """What the elements say, by object number. ``holders``: who holds this element; ``parents``: whom it names; 0 for
    none. ``pieces``: (page or stream, MCID) -> element; ``objects``: an annotation -> the elements that hold it."""

    holders: "array[int]"
    parents: "array[int]"
    pieces: dict[int, dict[int, int]] = field(default_factory=dict)
    objects: dict[int, set[int]] = field(default_factory=dict)
    rows: dict[int, bytes] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def tag_faults(reader: pypdf.PdfReader, plan: PackPlan, documents: Sequence[Document]) -> Iterator[str]:
    """Yield what is wrong with the structure tree of the pack."""
    root = reader.root_object.get("/StructTreeRoot")
    root = root.get_object() if root is not None else None
    if not isinstance(root, DictionaryObject):
        yield "It has no structure tree."
        return
    tree = _read_tree(reader)
    document, parts = _parts(root)
    keys = _keys(root.get("/ParentTree"))
    for part in parts:
        _note_plain(tree, part)
    _note_plain(tree, document)
    yield from tree.faults
    yield from _part_faults(tree, parts, document, plan, documents)
    part_of = _parts_of_pages(plan)
    owners = _owners(tree, [part.idnum for part in parts])
    for index, page in enumerate(reader.pages):
        yield from _page_faults(index, page, tree, keys, owners, part_of)
    yield from _stream_faults(reader, tree, keys)


def _read_tree(reader: pypdf.PdfReader) -> _Tree:
    """Read every element of the file, one object stream after the other."""
    numbers: dict[int, list[int]] = {}
    for number, (stream, _) in reader.xref_objStm.items():
        numbers.setdefault(stream, []).append(number)
    size = max([*reader.xref_objStm, *(number for found in reader.xref.values() for number in found)]) + 2
    tree = _Tree(array("I", bytes(4 * size)), array("I", bytes(4 * size)))
    for stream in numbers:
        holder = reader.get_object(IndirectObject(stream, 0, reader))
        for number, data in _unpacked(holder):
            if b"/StructElem" in data:
                _note(tree, number, data)
            elif _ROW.fullmatch(data):
                tree.rows[number] = data
        reader.resolved_objects.pop((0, stream), None)  # not needed again, and there are many
    return tree


def _unpacked(holder: object) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of the objects in an object stream (ISO 32000-1 7.5.7)."""
    assert isinstance(holder, StreamObject)  # noqa: S101 (pypdf says that it is one)
    data, first = _data_of(holder), _int(holder.get("/First"))
    heads = [int(word) for word in data[:first].split()]
    starts = [first + at for at in heads[1::2]]
    for number, start, end in zip(heads[::2], starts, [*starts[1:], len(data)], strict=True):
        yield number, data[start:end]


def _data_of(stream: StreamObject) -> bytes:
    if stream.get("/Filter") == "/FlateDecode" and "/DecodeParms" not in stream:
        return zlib.decompressobj().decompress(stream._data)  # pypdf would keep what it decodes
    return stream.get_data()


def _note(tree: _Tree, number: int, data: bytes) -> None:
    plain = _ELEMENT.fullmatch(data)
    if plain is None:
        try:
            value = parse(data)[0]
        except RawFileError:
            tree.faults.append(f"Structure element {number} cannot be read.")
            return
        if isinstance(value, dict):
            _note_value(tree, number, value)
        return
    parent, page, listed, mcid, kid = plain.groups()
    tree.parents[number] = int(parent or 0)
    if listed is not None:
        words = listed.split()
        if b"R" not in listed:
            for word in words:
                _claim(tree, number, int(page or 0), int(word))
        else:
            _note_mixed(tree, number, int(page or 0), words)
    elif mcid is not None:
        _claim(tree, number, int(page or 0), int(mcid))
    elif kid is not None:
        _hold(tree, number, int(kid))


def _note_mixed(tree: _Tree, number: int, page: int, words: list[bytes]) -> None:
    at = 0
    while at < len(words):
        if at + 2 < len(words) and words[at + 2] == b"R":
            _hold(tree, number, int(words[at]))
            at += 3
        else:
            _claim(tree, number, page, int(words[at]))
            at += 1


def _note_value(tree: _Tree, number: int, value: dict[bytes, Value]) -> None:
    """Note an element whose kids are pieces of content or objects, given as dictionaries."""
    parent, page, kids = value.get(b"/P"), value.get(b"/Pg"), value.get(b"/K")
    tree.parents[number] = int(parent) if isinstance(parent, Ref) else 0
    for kid in kids if isinstance(kids, list) else [] if kids is None else [kids]:
        if isinstance(kid, Ref):
            _hold(tree, number, int(kid))
        elif isinstance(kid, bytes):
            _claim(tree, number, int(page) if isinstance(page, Ref) else 0, int(kid))
        elif isinstance(kid, dict) and isinstance(held := kid.get(b"/Obj"), Ref):
            tree.objects.setdefault(int(held), set()).add(number)
        elif isinstance(kid, dict) and isinstance(mcid := kid.get(b"/MCID"), bytes):
            where = kid.get(b"/Stm", kid.get(b"/Pg", page))
            _claim(tree, number, int(where) if isinstance(where, Ref) else 0, int(mcid))


def _note_plain(tree: _Tree, reference: IndirectObject) -> None:
    """Note an element that stands outside of the object streams, if it has not been met in one."""
    element = reference.get_object()
    if tree.parents[reference.idnum] or not isinstance(element, DictionaryObject):
        return
    parent, page = element.raw_get("/P"), element.get("/Pg") and element.raw_get("/Pg")
    tree.parents[reference.idnum] = parent.idnum
    kids = element.get("/K")
    kids = kids.get_object() if kids is not None else ArrayObject()
    for kid in kids if isinstance(kids, ArrayObject) else [element.raw_get("/K")]:
        if isinstance(kid, IndirectObject):
            _hold(tree, reference.idnum, kid.idnum)
        elif isinstance(kid, int):
            _claim(tree, reference.idnum, page.idnum if page else 0, int(kid))
        elif isinstance(kid, DictionaryObject) and "/Obj" in kid:
            tree.objects.setdefault(kid.raw_get("/Obj").idnum, set()).add(reference.idnum)
        elif isinstance(kid, DictionaryObject) and "/MCID" in kid:
            where = next(kid.raw_get(key) for key in ("/Stm", "/Pg") if key in kid)
            _claim(tree, reference.idnum, where.idnum, _int(kid.get("/MCID")))


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _claim(tree: _Tree, number: int, page: int, mcid: int) -> None:
    if tree.pieces.setdefault(page, {}).setdefault(mcid, number) != number:
        tree.faults.append(f"Two structure elements hold the same piece of content ({mcid} of object {page}).")


def _hold(tree: _Tree, number: int, kid: int) -> None:
    if kid >= len(tree.holders) or tree.holders[kid]:
        tree.faults.append(f"Structure element {kid} stands in two places, or nowhere.")
    else:
        tree.holders[kid] = number


def _parts(root: DictionaryObject) -> tuple[IndirectObject, list[IndirectObject]]:
    document = root.raw_get("/K")
    document = document[0] if isinstance(document, ArrayObject) else document
    kids = document.get_object().get("/K", ArrayObject())
    return document, [kid for kid in kids if isinstance(kid, IndirectObject)]


def _keys(node: object) -> dict[int, IndirectObject]:
    """Return the parent tree: a key -> the row of a page, or the element that holds an annotation."""
    found: dict[int, IndirectObject] = {}
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if not isinstance(node, DictionaryObject):
        return found
    for kid in node.get("/Kids", ()):
        found |= _keys(kid)
    numbers = node.get("/Nums", ArrayObject())
    return found | {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers) - 1, 2)}


def _parts_of_pages(plan: PackPlan) -> list[int]:
    """The paper that each page belongs to, by its place in the plan."""
    return [at for at, entry in enumerate(plan.entries) for _ in range(entry.first_page, entry.last_page + 1)]


def _owners(tree: _Tree, parts: Sequence[int]) -> "array[int]":
    """The Part that each element stands in, as its place from 1; 0 for none."""
    owners = array("I", bytes(4 * len(tree.holders)))
    for place, part in enumerate(parts, start=1):
        owners[part] = place
    for number in range(len(owners)):
        path: list[int] = []
        while tree.holders[number] and not owners[number] and len(path) < _DEEPEST:
            path.append(number)
            number = tree.holders[number]
        for each in path:
            owners[each] = owners[number]
    return owners


def _part_faults(
    tree: _Tree,
    parts: Sequence[IndirectObject],
    document: IndirectObject,
    plan: PackPlan,
    documents: Sequence[Document],
) -> Iterator[str]:
    lost = sum(bool(parent) and holder != parent for holder, parent in zip(tree.holders, tree.parents, strict=True))
    lost -= tree.holders[document.idnum] != tree.parents[document.idnum]  # held by the root, which is no element
    if lost:
        yield f"{lost} structure elements are not held by the element that they name as theirs."
    if len(parts) != len(plan.entries):
        yield f"Its structure tree has {len(parts)} papers, and the plan has {len(plan.entries)}."
        return
    counts = [0] * (len(parts) + 1)
    for place in _owners(tree, [part.idnum for part in parts]):
        counts[place] += 1
    for place, (reference, entry, paper) in enumerate(zip(parts, plan.entries, documents, strict=True), start=1):
        part, name = reference.get_object(), entry.source or entry.title
        if not isinstance(part, DictionaryObject):
            yield f"{name}: its part of the structure tree is no element."
            continue
        if part.get("/S") != "/Part" or part.get("/T") != paper.title:
            yield f"{name}: its part of the structure tree is called '{part.get('/T', '')}', not '{paper.title}'."
        if paper.language and part.get("/Lang") != paper.language:
            yield f"{name}: its language in the structure tree is '{part.get('/Lang', '')}', not '{paper.language}'."
        least, found = _least(paper, name), counts[place] - len(entry.blank_pages)  # each has an element of ours
        if found < least:
            yield f"{name}: {found} of its {least} structure elements are in the pack."


def _least(paper: Document, name: str) -> int:
    """How many structure elements a paper must have in the pack; 0 where its tags are not to be used."""
    try:
        file = source_file(paper.path, name, ())
        return certain_elements(file.raw, file.tree)
    except (RawFileError, BrokenTreeError, ValueError):
        return 0


def _page_faults(
    index: int,
    page: pypdf.PageObject,
    tree: _Tree,
    keys: dict[int, IndirectObject],
    owners: "array[int]",
    part_of: Sequence[int],
) -> Iterator[str]:
    """Prove one page: its content against the elements, the elements against its content, its links, its stamps."""
    assert page.indirect_reference is not None  # noqa: S101 (a page of a file is an object)
    number, place = page.indirect_reference.idnum, index + 1
    streams = _streams(page)
    mcids = _mcids(b"\n".join(streams), page.get("/Resources"))
    claims, row = tree.pieces.get(number, {}), _row(tree, keys, page.get("/StructParents"))
    wrong = [mcid for mcid in mcids if row.get(mcid) is None or row[mcid] != claims.get(mcid)]
    wrong += [mcid for mcid in {*claims, *row} if mcid not in mcids]
    if wrong:
        yield f"Page {place}: {len(wrong)} pieces of its content are not where the structure tree says, or nobody's."
    elif any(owners[holder] != part_of[index] + 1 for holder in row.values()):
        yield f"Page {place}: its content stands in another paper's part of the structure tree."
    if page.get("/Tabs") != "/S":
        yield f"Page {place}: its tab order is not that of the structure."
    if streams and _SHOWS.search(_ARTIFACT.sub(b" ", streams[-1])) and len(streams) > 1:
        yield f"Page {place}: what is stamped on it is not marked as an artifact."
    for reference in page.get("/Annots", ()):
        yield from _link_faults(place, reference, tree, keys)


def _link_faults(place: int, reference: object, tree: _Tree, keys: dict[int, IndirectObject]) -> Iterator[str]:
    link = reference.get_object() if isinstance(reference, IndirectObject) else None
    if not isinstance(link, DictionaryObject) or link.get("/Subtype") != "/Link" or not set(link) <= _LINK_KEYS:
        yield f"Page {place}: it has an annotation that is not a plain link."
        return
    action = link.get("/A")
    if isinstance(action, DictionaryObject) and (
        action.get("/S") != "/URI" or str(action.get("/URI", "")).lower().startswith("pack:")
    ):
        yield f"Page {place}: a link leads to '{action.get('/URI', action.get('/S'))}'."
    if not link.get("/Contents"):
        yield f"Page {place}: a link does not say where it leads."
    owner = keys.get(int(link.get("/StructParent", -1)))
    assert isinstance(reference, IndirectObject)  # noqa: S101 (asked above)
    if owner is None or owner.idnum not in tree.objects.get(reference.idnum, ()):
        yield f"Page {place}: a link is not where the structure tree says."


def _row(tree: _Tree, keys: dict[int, IndirectObject], key: object) -> dict[int, int]:
    """Return what the parent tree says of a page: an MCID -> the number of the element that holds it."""
    reference = keys.get(int(key)) if isinstance(key, int) else None
    if reference is None:
        return {}
    data = tree.rows.get(reference.idnum) if isinstance(reference, IndirectObject) else None
    if data is None:
        found = reference.get_object()
        listed = list(found) if isinstance(found, ArrayObject) else []
        return {at: each.idnum for at, each in enumerate(listed) if isinstance(each, IndirectObject)}
    numbers = re.findall(rb"(\d++)\s++0\s++R|null", data)
    return {at: int(number) for at, number in enumerate(numbers) if number}


def _streams(page: pypdf.PageObject) -> list[bytes]:
    contents = page.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    listed = contents if isinstance(contents, ArrayObject) else [] if contents is None else [contents]
    found = (each.get_object() for each in listed)
    return [_data_of(stream) for stream in found if isinstance(stream, StreamObject)]


def _mcids(data: bytes, resources: object) -> set[int]:
    """Return the numbers of the marked content in these operators, but for artifacts."""
    if b"BDC" not in data:
        return set()
    found: set[int] = set()
    known = resources.get_object() if isinstance(resources, IndirectObject) else resources
    properties = known.get("/Properties", {}) if isinstance(known, DictionaryObject) else {}
    for tag, given, named in _BDC.findall(data):
        if tag == b"Artifact":
            continue
        number = _MCID.search(given)
        if number:
            found.add(int(number[1]))
        elif named and (listed := properties.get(named.decode("latin-1"))) is not None and "/MCID" in listed:
            found.add(int(listed["/MCID"]))
    return found


def _stream_faults(reader: pypdf.PdfReader, tree: _Tree, keys: dict[int, IndirectObject]) -> Iterator[str]:
    """Prove the forms that have marked content of their own."""
    pages = {page.indirect_reference.idnum for page in reader.pages if page.indirect_reference}
    for number, claims in tree.pieces.items():
        if number in pages:
            continue
        stream = reader.get_object(IndirectObject(number, 0, reader)) if number else None
        if not isinstance(stream, StreamObject):
            yield "A structure element holds content of a page that is not there."
            continue
        row = _row(tree, keys, stream.get("/StructParents"))
        if row != claims or set(row) != _mcids(_data_of(stream), stream.get("/Resources")):
            yield "A form's content is not where the structure tree says."
