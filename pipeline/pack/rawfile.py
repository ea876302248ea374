"""PDF objects as bytes: reading the ones a structure tree is made of, without a library turning each into Python.

A pack of 5,000 pages has 400,000 structure elements. As pikepdf objects they take a gigabyte and most of the time; as
slices of the file they take next to nothing. Only sound files are read here (ISO 32000-1 7.5.4, 7.5.7, 7.5.8): for all
others ``RawFileError`` says so, and the caller has qpdf write the file anew first.
"""

import zlib
from dataclasses import dataclass, field

import regex as re  # not re: before Python 3.11.5 its possessive groups match wrongly

W = rb"[\0\t\n\f\r ]"
_DELIMITED = rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|$)"
NAME = rb"/[^\0\t\n\f\r ()<>\[\]{}/%]*+"
STRING = rb"\((?:[^()\\]++|\\.)*+\)|<[0-9A-Fa-f\s]*+>"  # no brackets inside a literal string
_TOKEN = re.compile(
    rb"(?:[\0\t\n\f\r ]++|%%[^\r\n]*+)*+(?:(?P<ref>\d++)%s++\d++%s++R%s|(?P<plain>%s|%s|[-+.0-9]++|true|false|null)"
    rb"|(?P<open><<|\[)|(?P<close>>>|\])|(?P<string>\())" % (W, W, _DELIMITED, NAME, STRING),
    re.DOTALL,
)
_STRING_PART = re.compile(rb"\\.|[()]", re.DOTALL)
_OBJECT = re.compile(rb"%s*+(\d++)%s++\d++%s++obj" % (W, W, W))
_LENGTH = re.compile(rb"/Length%s++(\d++)(?!%s++\d++%s++R)" % (W, W, W))
_STREAM = re.compile(rb"stream\r?\n")
_START = re.compile(rb"startxref%s++(\d++)%s++%%%%EOF" % (W, W))
_DEEPEST = 50


class RawFileError(Exception):
    """This file, or this object of it, is not as plain as it must be to be read here."""


class Ref(int):
    """A reference to the object of this number (generation 0)."""

    __slots__ = ()


#: A dictionary's keys with their slash; names, strings, numbers stand as they are written.
Value = Ref | bytes | list["Value"] | dict[bytes, "Value"]


def parse(data: bytes, at: int = 0) -> tuple[Value, int]:
    """Return the value that begins here and where it ends. Raises RawFileError for what is no value."""
    return _value(data, at, 0)


def _value(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    token = _TOKEN.match(data, at)
    if token is None or depth > _DEEPEST or token["close"]:
        raise RawFileError(f"no value at byte {at}")
    kind, end = token.lastgroup, token.end()
    if kind == "ref":
        return Ref(token["ref"]), end
    if kind == "plain":
        return token["plain"], end
    if kind == "string":
        return _string(data, end)
    return _array(data, end, depth) if token["open"] == b"[" else _dictionary(data, end, depth)


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    """Return a literal string with brackets inside, whose first bracket stands before ``at``."""
    start, depth = at - 1, 1
    while depth:
        part = _STRING_PART.search(data, at)
        if part is None:
            raise RawFileError("a string has no end")
        at = part.end()
        depth += {b"(": 1, b")": -1}.get(part[0], 0)
    return data[start:at], at


def _array(data: bytes, at: int, depth: int) -> tuple[list[Value], int]:
    values: list[Value] = []
    while True:
        token = _TOKEN.match(data, at)
        if token and token["close"]:
            return values, token.end()
        value, at = _value(data, at, depth + 1)
        values.append(value)


def _dictionary(data: bytes, at: int, depth: int) -> tuple[dict[bytes, Value], int]:
    values: dict[bytes, Value] = {}
    while True:
        token = _TOKEN.match(data, at)
        if token and token["close"]:
            return values, token.end()
        key, at = _value(data, at, depth + 1)
        if not isinstance(key, bytes) or not key.startswith(b"/"):
            raise RawFileError("a dictionary's key is no name")
        values[key], at = _value(data, at, depth + 1)


def unparse(value: Value) -> bytes:
    """Return the value as it is written in a file."""
    if isinstance(value, Ref):
        return b"%d 0 R" % value
    if isinstance(value, bytes):
        return value
    if isinstance(value, list):
        return b"[%s]" % b" ".join(unparse(each) for each in value)
    return b"<<%s>>" % b"".join(b"%s %s" % (key, unparse(each)) for key, each in value.items())


@dataclass
class RawFile:
    """A PDF as bytes. ``offsets``: an object's number -> where it begins; ``packed``: -> its object stream, place."""

    data: bytes
    trailer: dict[bytes, Value] = field(default_factory=dict)
    offsets: dict[int, int] = field(default_factory=dict)
    packed: dict[int, tuple[int, int]] = field(default_factory=dict)
    start: int = 0
    _unpacked: dict[int, list[bytes]] = field(default_factory=dict)

    def get(self, number: int) -> bytes:
        """Return the object's bytes, after "obj"; b"null" for one that is not there. Raises RawFileError."""
        at = self.offsets.get(number)
        if at is None:
            return self._from_stream(number)
        if at < 0:
            return b"null"
        head = b"%d 0 obj" % number
        end = self.data.find(b"endobj", at)
        if end >= 0 and self.data.startswith(head, at):
            return self.data[at + len(head) : end]
        found = _OBJECT.match(self.data, at)
        if found is None or end < 0 or int(found[1]) != number:
            raise RawFileError(f"object {number} is not where it should be")
        return self.data[found.end() : end]

    def value(self, number: int) -> Value:
        return parse(self.get(number))[0]

    def resolved(self, value: Value | None) -> Value | None:
        """Follow a reference, and a reference to a reference."""
        for _ in range(_DEEPEST):
            if not isinstance(value, Ref):
                return None if value == b"null" else value
            value = self.value(value)
        raise RawFileError("references that lead to each other")

    def _from_stream(self, number: int) -> bytes:
        if number not in self.packed:
            return b"null"
        holder, index = self.packed[number]
        if holder not in self._unpacked:
            self._unpacked[holder] = _objects_in(*self.stream(holder))
        objects = self._unpacked[holder]
        if index >= len(objects):
            raise RawFileError(f"object {number} is not in its stream")
        return objects[index]

    def stream(self, number: int) -> tuple[dict[bytes, Value], bytes]:
        """Return a stream's dictionary and its decoded bytes; only Flate is known here. Raises RawFileError."""
        return _stream_at(self, self.offsets.get(number, -1), number)


def read_file(data: bytes) -> RawFile:
    """Return the file's objects by number. Raises RawFileError for a file that is encrypted or damaged."""
    raw = RawFile(data)
    found = _START.match(data, data.rfind(b"startxref"))
    if found is None:
        raise RawFileError("no cross-reference table")
    at: int | None = int(found[1])
    met: set[int] = set()
    raw.start = int(found[1])
    try:
        while at is not None:
            if at in met or at >= len(data):
                raise RawFileError("the cross-reference table leads nowhere")
            met.add(at)
            trailer = _table(raw, at) if data.startswith(b"xref", at) else _xref_stream(raw, at)
            raw.trailer = trailer | raw.trailer
            if isinstance(also := trailer.get(b"/XRefStm"), bytes):  # Word writes both (7.5.8.4)
                _xref_stream(raw, int(also))
            before = trailer.get(b"/Prev")
            at = int(before) if isinstance(before, bytes) else None
    except (ValueError, IndexError, KeyError, TypeError, zlib.error) as error:
        raise RawFileError("the cross-reference table cannot be read") from error
    if b"/Root" not in raw.trailer or b"/Encrypt" in raw.trailer:
        raise RawFileError("encrypted or without a catalog")
    return raw


_SECTION = re.compile(rb"%s*+(\d++)%s++(\d++)%s*+" % (W, W, W))
_TRAILER = re.compile(rb"%s*+trailer" % W)


def _table(raw: RawFile, at: int) -> dict[bytes, Value]:
    """Read a cross-reference table and its trailer (7.5.4). What a newer table said stays."""
    at += len(b"xref")
    while section := _SECTION.match(raw.data, at):
        first, count = int(section[1]), int(section[2])
        lines = raw.data[section.end() : section.end() + 20 * count]
        if len(lines) != 20 * count or (count and lines[17:18] not in b"nf"):
            raise RawFileError("a cross-reference table of odd lines")
        for index in range(count):
            line, number = 20 * index, first + index
            if number not in raw.packed and number not in raw.offsets:
                raw.offsets[number] = int(lines[line : line + 10]) if lines[line + 17] == 0x6E else -1  # n: in use
        at = section.end() + 20 * count
    trailer = _TRAILER.match(raw.data, at)
    value = parse(raw.data, trailer.end())[0] if trailer else None
    if not isinstance(value, dict):
        raise RawFileError("a cross-reference table without trailer")
    return value


def _xref_stream(raw: RawFile, at: int) -> dict[bytes, Value]:
    """Read a cross-reference stream (7.5.8)."""
    info, data = _stream_at(raw, at, None)
    if info.get(b"/Type") != b"/XRef":
        raise RawFileError("no cross-reference stream")
    widths = [int(width) for width in _bytes_list(info[b"/W"])]
    size = int(_bytes(info[b"/Size"]))
    index = [int(n) for n in _bytes_list(info[b"/Index"])] if b"/Index" in info else [0, size]
    width, one, two = sum(widths), widths[0], widths[0] + widths[1]
    at = 0
    for first, count in zip(index[::2], index[1::2], strict=True):
        for number in range(first, first + count):
            row = data[at : at + width]
            at += width
            if number in raw.offsets or number in raw.packed:
                continue
            kind = int.from_bytes(row[:one]) if one else 1
            where, more = int.from_bytes(row[one:two]), int.from_bytes(row[two:])
            if kind == 2:
                raw.packed[number] = (where, more)
            else:
                raw.offsets[number] = where if kind == 1 else -1
    return info


def _bytes(value: Value) -> bytes:
    if not isinstance(value, bytes):
        raise RawFileError("not a plain value")
    return value


def _bytes_list(value: Value) -> list[bytes]:
    if not isinstance(value, list):
        raise RawFileError("not a list")
    return [_bytes(each) for each in value]


def _stream_at(raw: RawFile, at: int, number: int | None) -> tuple[dict[bytes, Value], bytes]:
    found = _OBJECT.match(raw.data, at) if at >= 0 else None
    if found is None or (number is not None and int(found[1]) != number):
        raise RawFileError("a stream is not where it should be")
    info, end = parse(raw.data, found.end())
    begins = _STREAM.search(raw.data, end, end + 32)
    if not isinstance(info, dict) or begins is None:
        raise RawFileError("no stream")
    length = raw.resolved(info.get(b"/Length"))
    encoded = raw.data[begins.end() : begins.end() + int(_bytes(length or b""))]
    return info, _decoded(info, encoded)


def _decoded(info: dict[bytes, Value], data: bytes) -> bytes:
    filters, parameters = info.get(b"/Filter"), info.get(b"/DecodeParms")
    if filters is None:
        return data
    if filters not in (b"/FlateDecode", [b"/FlateDecode"]):
        raise RawFileError("a filter that is not read here")
    try:
        plain = zlib.decompressobj().decompress(data)
    except zlib.error as error:
        raise RawFileError("damaged data") from error
    parameters = parameters[0] if isinstance(parameters, list) and parameters else parameters
    if not isinstance(parameters, dict) or parameters.get(b"/Predictor", b"1") == b"1":
        return plain
    return _unpredicted(plain, int(_bytes(parameters.get(b"/Columns", b"1"))))


def _unpredicted(data: bytes, columns: int) -> bytes:
    """Undo the PNG predictors that cross-reference streams use (ISO 15948): none and up."""
    before, rows = bytes(columns), []
    for at in range(0, len(data), columns + 1):
        row = data[at + 1 : at + 1 + columns]
        if data[at] == 2:
            row = bytes((a + b) & 255 for a, b in zip(row, before, strict=False))
        elif data[at] != 0:
            raise RawFileError("a predictor that is not read here")
        rows.append(row)
        before = row
    return b"".join(rows)


def _objects_in(info: dict[bytes, Value], data: bytes) -> list[bytes]:
    """Split an object stream (7.5.7). Its objects need not stand in the order of their numbers."""
    first = int(_bytes(info[b"/First"]))
    starts = [int(number) + first for number in data[:first].split()[1::2]]
    ends = sorted({*starts, len(data)})
    after = dict(zip(ends, [*ends[1:], len(data)], strict=True))
    return [data[start : after[start]] for start in starts]


_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\r\n])|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def string_bytes(written: bytes) -> bytes:
    """Return what a string that is written as (...) or <...> stands for (7.3.4)."""
    if written.startswith(b"<"):
        digits = bytes(byte for byte in written if byte in b"0123456789abcdefABCDEF")
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))

    def plain(found: re.Match[bytes]) -> bytes:
        if found[1]:
            return bytes([int(found[1], 8) & 255])
        return b"" if found[2] else _LETTERS.get(found[3], found[3])

    return _ESCAPED.sub(plain, written[1:-1])


def string_of(value: bytes) -> bytes:
    """Return these bytes as a string in a file."""
    return b"<%s>" % value.hex().encode("ascii")


def text_string(words: str) -> bytes:
    """Return words as a text string in a file (7.9.2.2)."""
    if words.isascii() and words.isprintable():
        return b"(%s)" % re.sub(rb"([()\\])", rb"\\\1", words.encode("ascii"))
    return string_of(b"\xfe\xff" + words.encode("utf-16-be"))
