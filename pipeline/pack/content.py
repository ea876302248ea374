"""Content streams: shutting a page's own content off, so that what is drawn after it stands in clean space.

Papers leave q without Q, BT without ET, strings without their bracket. A reader forgives that at the end of a page; a
stamp drawn after it would inherit the mess. Here the mess is found (ISO 32000-1 7.2, 7.8.2) and closed.
"""

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from pipeline.pack.geometry import inherited

_WORDS = (b"q", b"Q", b"BT", b"ET", b"BMC", b"BDC", b"EMC", b"BI")
#: The operators that open and close something, alone. Each pattern begins with a letter, so that ``re`` skips fast.
_BRACKETS = re.compile(
    b"|".join(rb"%s(?<![^\0\t\n\f\r ()<>\[\]{}]%s)(?![^\0\t\n\f\r ()<>\[\]{}/%%])" % (word, word) for word in _WORDS)
)
_STRING = re.compile(rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\)", re.DOTALL)  # one level of brackets inside
_TOKEN = re.compile(
    rb"(?:[\0\t\n\f\r ]++|[-+.0-9]++(?![^\0\t\n\f\r ()<>\[\]{}/%])|%[^\r\n]*+"  # space, numbers, comments
    rb"|/[^\0\t\n\f\r ()<>\[\]{}/%]*+|\((?:[^()\\]++|\\.)*+\)|<[0-9A-Fa-f]*+>)++"  # names, simple strings
    rb"|(?P<string>\()|<<|>>|(?P<hex><[^>]*>?)|[\[\]{}>)]|(?P<word>[^\0\t\n\f\r ()<>\[\]{}/%]+)",
    re.DOTALL,
)
_STRING_PART = re.compile(rb"\\.|[()]", re.DOTALL)
_IMAGE_END = re.compile(rb"[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|$)")
_IMAGE_DATA = re.compile(rb"[^\t\n\f\r -~]")  # bytes that no operator after an image has
_PAIRS = {b"[": b"]", b"<<": b">>"}


@dataclass
class _Open:
    """What is open at a point of the content."""

    saved: int = 0
    text: bool = False
    marked: int = 0
    cuts: list[int] = field(default_factory=list)
    operands: list[bytes] = field(default_factory=list)


@dataclass(frozen=True)
class Repair:
    """What balances a page's content: ``closing`` goes after it; each Q at ``cuts`` (byte offsets) closes nothing and
    must go, since readers ignore it but would obey it inside our own q ... Q."""

    closing: bytes = b""
    cuts: tuple[int, ...] = ()


def repair_of(data: bytes) -> Repair:
    """Return what balances this content. Whole contents only: streams joined as the page joins them."""
    return Repair() if _plainly_balanced(data) else _scan(data)


def _plainly_balanced(data: bytes) -> bool:
    """Is the content certainly balanced? A quick look; False sends it to the exact scan."""
    bare = _STRING.sub(b" ", data) if b"(" in data else data
    if b"(" in bare or b"%" in bare:
        return False
    if bare.count(b"[") != bare.count(b"]") or bare.count(b"<") != bare.count(b">"):
        return False
    saved = marked = 0
    text = False
    for word in _BRACKETS.findall(bare):
        if word == b"q":
            saved += 1
        elif word == b"Q":
            saved -= 1
            if saved < 0:
                return False
        elif word in (b"BT", b"ET"):
            text = word == b"BT"
        elif word == b"EMC":
            marked -= 1
            if marked < 0:
                return False
        elif word == b"BI":
            return False
        else:
            marked += 1
    return saved == 0 and marked == 0 and not text


def _scan(data: bytes) -> Repair:
    """Walk the content token by token, past strings, comments and inline images."""
    now = _Open()
    at, unclosed = 0, b""
    while at < len(data) and not unclosed:
        token = _TOKEN.match(data, at)
        assert token is not None, "every byte begins a token"  # noqa: S101 (the pattern's alternatives cover all bytes)
        at = token.end()
        if token["string"]:
            at, unclosed = _past_string(data, at)
        elif token["hex"]:
            unclosed = b"" if token["hex"].endswith(b">") else b">"
        elif token["word"] == b"ID":
            at, unclosed = _past_image(data, at)
            now.operands.clear()
        else:
            _note(now, token[0], token.start(), token["word"] is not None)
    closing = [unclosed] if unclosed else []
    closing += reversed(now.operands)
    closing += [b"ET"] * now.text + [b"EMC"] * now.marked + [b"Q"] * now.saved
    return Repair(closing=b"\n".join(closing), cuts=tuple(now.cuts))


def _note(now: _Open, token: bytes, at: int, is_word: bool) -> None:
    """Count one token."""
    if not is_word:
        if token in _PAIRS:
            now.operands.append(_PAIRS[token])
        elif now.operands and token == now.operands[-1]:
            now.operands.pop()
    elif token == b"q":
        now.saved += 1
    elif token == b"Q" and now.saved:
        now.saved -= 1
    elif token == b"Q":
        now.cuts.append(at)
    elif token in (b"BT", b"ET"):
        now.text = token == b"BT"
    elif token in (b"BMC", b"BDC"):
        now.marked += 1
    elif token == b"EMC":
        now.marked = max(0, now.marked - 1)


def _past_string(data: bytes, at: int) -> tuple[int, bytes]:
    """Return where the literal string ends whose first bracket stands before ``at``, and the brackets it lacks."""
    depth = 1
    while depth and (part := _STRING_PART.search(data, at)):
        at = part.end()
        depth += {b"(": 1, b")": -1}.get(part[0], 0)
    return (at, b"") if depth == 0 else (len(data), b")" * depth)


def _past_image(data: bytes, at: int) -> tuple[int, bytes]:
    """Return where the inline image ends whose data begin at ``at``, and the EI it lacks.

    The data may hold the letters EI by chance: the true end is followed by plain text.
    """
    for end in _IMAGE_END.finditer(data, at):
        if not _IMAGE_DATA.search(data, end.end(), end.end() + 16):
            return end.end(), b""
    return len(data), b"\nEI"


def content_of(page: pikepdf.Page) -> bytes:
    """Return the page's content, decoded, its streams joined as readers join them.

    Raises pikepdf.PdfError when a stream cannot be decoded.
    """
    return b"\n".join(stream.read_bytes() for stream in _streams(page))


def enclose(pdf: pikepdf.Pdf, page: pikepdf.Page, opening: pikepdf.Object, drawing: bytes) -> None:
    """Shut the page's content between q and Q and draw after it. ``opening`` is one shared stream that holds "q".

    Raises pikepdf.PdfError when the content cannot be decoded.
    """
    streams: Sequence[pikepdf.Object] = _streams(page)
    data = content_of(page)
    repair = repair_of(data)
    if repair.cuts:
        patched = bytearray(data)
        for at in repair.cuts:
            patched[at : at + 1] = b" "
        streams = [pdf.make_stream(bytes(patched))]
    after = pdf.make_stream(b"\n" + repair.closing + b"\nQ\n" + drawing)
    page.obj[Name.Contents] = Array([opening, *streams, after])


def add_resource(page: pikepdf.Page, kind: str, wanted: str, thing: pikepdf.Object) -> str:
    """Make the thing known to the page's content and return the name it got.

    ``kind`` "/Font", "/XObject" ...; ``wanted`` "/Name". A name that the paper uses for something else is left to the
    paper (a paper may itself be a pack of ours). ``thing`` is an indirect object.
    """
    if not isinstance(page.obj.get(Name.Resources), Dictionary):
        above = inherited(page.obj, Name.Resources)
        page.obj.Resources = copy(above) if isinstance(above, Dictionary) else Dictionary()
    resources = page.obj.Resources
    if not isinstance(resources.get(kind), Dictionary):
        resources[kind] = Dictionary()
    known = resources[kind]
    name, more = wanted, 1
    while (held := known.get(name)) is not None and held.objgen != thing.objgen:
        more += 1
        name = f"{wanted}-{more}"
    known[name] = thing
    return name


def _streams(page: pikepdf.Page) -> list[Stream]:
    """The page's content streams; what is no stream is no content."""
    contents = page.obj.get(Name.Contents)
    if isinstance(contents, Stream):
        return [contents]
    if isinstance(contents, Array):
        return [part for part in contents if isinstance(part, Stream)]
    return []
