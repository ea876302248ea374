"""Content streams: shutting a page's own content off, so that what is drawn after it stands in clean space.

Papers leave q without Q, BT without ET, strings without their bracket. A reader forgives that at the end of a page; a
stamp drawn after it would inherit the mess. Here the mess is found (ISO 32000-1 7.2, 7.8.2) and closed.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field

import pikepdf
import regex as re  # not re: before Python 3.11.5 its possessive groups match wrongly
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
_W = rb"[\0\t\n\f\r ]"
_PROPERTIES = rb"(?:[^<>(]|<[0-9A-Fa-f\s]*+>|\((?:[^()\\]++|\\.)*+\))"
#: Marked content with its number (14.7.4.2), its properties in place or by name; some programs number artifacts too.
_NUMBERED = re.compile(
    rb"<<(?<!/Artifact<<)(?<!/Artifact.<<)(?=(%(p)s*?)/MCID%(w)s++(\d++))%(p)s*+>>%(w)s*+BDC"
    % {b"p": _PROPERTIES, b"w": _W},
    re.DOTALL,
)
_NAMED = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%%]++)%(w)s*+(/[^\0\t\n\f\r ()<>\[\]{}/%%]++)%(w)s++BDC" % {b"w": _W})
_GAP = re.compile(rb"EMC(?=%s)((?:[^B]++|B(?![DM]C%s))*+)" % (_W, _W))  # what stands after marked content
_MARKS = re.compile(
    rb"(?:B[DM]C(?<![^\0\t\n\f\r >]B[DM]C)|EMC(?<![^\0\t\n\f\r )>\]]EMC))(?![^\0\t\n\f\r ()<>\[\]{}/%])"
)
_NUMBER = rb"[-+.0-9]++"
_PATH = re.compile(  # a path from its first point to its paint (8.5); operands before operators
    rb"(?:%(n)s%(w)s++){2,4}(?:m|re)(?:%(w)s++(?:%(n)s|m|re|l|c|v|y|h|W\*?))*?%(w)s++(?:f\*?|F|S|s|B\*?|b\*?)(?=%(w)s|$)"
    % {b"n": _NUMBER, b"w": _W}
)
_SHOWS = re.compile(rb"(?<![^\0\t\n\f\r )>\]])(?:f\*?|F|S|s|B\*?|b\*?|sh|EI|Do|T[jJ]|['\"])(?=%s|$)" % _W)
_SHOWS_TEXT = re.compile(rb"[)>\]]%s*+(?:T[Jj]|['\"])" % _W)
_PAINTS = re.compile(rb"(?:^|%s)(?:f\*?|F|S|s|B\*?|b\*?|sh|EI)(?=%s|$)" % (_W, _W))
_DRAWS = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%%]++)%s++Do" % _W)


@dataclass
class _Open:
    """What is open at a point of the content."""

    saved: int = 0
    text: bool = False
    marked: int = 0
    cuts: list[int] = field(default_factory=list)
    operands: list[tuple[bytes, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Repair:
    """What balances a page's content: ``closing`` goes after it, the bytes at ``cuts`` become spaces.

    Cut are each Q and each EMC that closes nothing (readers ignore it, but would obey it inside our own q ... Q), and
    each bracket of an array or dictionary that is never closed.
    """

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
    cuts = now.cuts + [at + more for token, at in now.operands for more in range(len(token))]
    closing = [unclosed] if unclosed else []
    closing += [b"ET"] * now.text + [b"EMC"] * now.marked + [b"Q"] * now.saved
    return Repair(closing=b"\n".join(closing), cuts=tuple(sorted(cuts)))


def _note(now: _Open, token: bytes, at: int, is_word: bool) -> None:
    """Count one token."""
    if not is_word:
        if token in _PAIRS:
            now.operands.append((token, at))
        elif now.operands and token == _PAIRS[now.operands[-1][0]]:
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
    elif token == b"EMC" and now.marked:
        now.marked -= 1
    elif token == b"EMC":
        now.cuts += [at, at + 1, at + 2]


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


@dataclass(frozen=True)
class Content:
    """What is known of a page's content: what balances it, the numbers of its marked content, whether it marks any,
    whether some of it may stand outside all marks."""

    repair: Repair = field(default_factory=Repair)
    mcids: frozenset[int] = frozenset()
    marks: bool = False
    unmarked: bool = False


def read_content(page: pikepdf.Page) -> Content:
    """Read the page's content once. Raises pikepdf.PdfError when it cannot be decoded."""
    data = content_of(page)
    mcids = mcids_in(data, page.obj.get(Name.Resources))
    begins = _MARKS.search(data)
    gaps = [data[: begins.start()] if begins else data, *_GAP.findall(data)]
    return Content(repair_of(data), mcids, begins is not None, bool(_SHOWS.search(b" ".join(gaps))))


def mark_lines(pdf: pikepdf.Pdf, page: pikepdf.Page) -> bool:
    """Mark the lines and grounds that stand outside all marks as artifacts; return whether nothing else does.

    LibreOffice forgets the borders of paragraphs. Lines say nothing, so this is safe; words and pictures stay as they
    are.
    """
    data, parts, at, clean = content_of(page), [], 0, True
    for start, end in _outside(data):
        parts += [data[at:start], _PATH.sub(rb"/Artifact BMC \g<0> EMC", data[start:end])]
        clean = clean and not _SHOWS.search(_PATH.sub(b" ", data[start:end]))
        at = end
    page.obj[Name.Contents] = pdf.make_stream(b"".join([*parts, data[at:]]))
    return clean


def _outside(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the stretches of content outside of marked content."""
    bare = _STRING.sub(lambda found: b" " * len(found[0]), data)
    depth = start = 0
    for word in _MARKS.finditer(bare):
        if word[0] != b"EMC":
            if depth == 0:
                yield start, word.start()
            depth += 1
        elif depth:
            depth -= 1
            start = word.end()
    if depth == 0:
        yield start, len(data)


def mcids_in(data: bytes, resources: object) -> frozenset[int]:
    """Return the numbers of the marked content that belongs to the structure tree; artifacts do not."""
    found = {int(number) for _, number in _NUMBERED.findall(data)} if b"/MCID" in data else set()
    properties = resources.get("/Properties") if isinstance(resources, Dictionary) else None
    if isinstance(properties, Dictionary):
        numbers = {
            name.encode("latin-1", "replace"): value["/MCID"]
            for name, value in properties.items()
            if isinstance(value, Dictionary) and isinstance(value.get("/MCID"), int)
        }
        found |= {
            int(numbers[name])
            for tag, name in _NAMED.findall(data)
            if numbers and name in numbers and tag != b"Artifact"
        }
    return frozenset(found)


def shows_text(thing: pikepdf.Page | pikepdf.Object, depth: int = 0) -> bool:
    """Does the page, or a form it draws, show any text (14.8 has no words for pictures of text)?"""
    data, resources = _data_and_resources(thing)
    if _SHOWS_TEXT.search(data):
        return True
    forms = resources.get(Name.XObject) if isinstance(resources, Dictionary) else None
    if not isinstance(forms, Dictionary) or depth > 5:
        return False
    drawn = {b"/" + name for name in _DRAWS.findall(data)}
    return any(
        isinstance(form, Stream) and form.get(Name.Subtype) == Name.Form and shows_text(form, depth + 1)
        for name, form in forms.items()
        if name.encode("latin-1", "replace") in drawn
    )


def paints(page: pikepdf.Page) -> bool:
    """Does the page show anything at all besides text?"""
    data = content_of(page)
    return bool(_PAINTS.search(data) or _DRAWS.search(data))


def _data_and_resources(thing: pikepdf.Page | pikepdf.Object) -> tuple[bytes, object]:
    if isinstance(thing, pikepdf.Page):
        return content_of(thing), thing.obj.get(Name.Resources)
    return thing.read_bytes(), thing.get(Name.Resources)


def forget_mcids(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Take the numbers off the page's marked content: their structure tree is not kept."""
    data = content_of(page)
    plain = _NUMBERED.sub(lambda found: found[0].replace(b"/MCID", b"/Was"), data)
    if plain != data:
        page.obj[Name.Contents] = pdf.make_stream(plain)
    resources = page.obj.get(Name.Resources)
    properties = resources.get("/Properties") if isinstance(resources, Dictionary) else None
    for value in properties.as_dict().values() if isinstance(properties, Dictionary) else ():
        if isinstance(value, Dictionary) and "/MCID" in value:
            del value["/MCID"]


def enclose(
    pdf: pikepdf.Pdf, page: pikepdf.Page, opening: pikepdf.Object, drawing: bytes, repair: Repair | None = None
) -> None:
    """Shut the page's content between q and Q and draw after it. ``opening`` is one shared stream that holds "q".

    ``repair``: of this very content, where it is known already. Raises pikepdf.PdfError when the content cannot be
    decoded.
    """
    streams: Sequence[pikepdf.Object] = _streams(page)
    repair = repair_of(content_of(page)) if repair is None else repair
    if repair.cuts:
        patched = bytearray(content_of(page))
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
