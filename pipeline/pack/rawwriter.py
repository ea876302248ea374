"""Objects as bytes, added to a PDF that qpdf has written: into object streams, under one new cross-reference stream.

The file stays what qpdf made of it, but for its end, and for stand-ins: empty streams that kept a number free for an
object made here, and that told which numbers qpdf gave to the pages and links such objects lead to.
"""

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Stream

from pipeline.pack.rawfile import Value, read_file, unparse

_STAND_IN = "/CivicpackStandIn"
_FOUND = re.compile(rb"(\d+) 0 obj\n<< /CivicpackStandIn \[([ \dR]*)\][^>]*>>\nstream\n\s*endstream\nendobj\n")
_PER_STREAM = 100
_LEVEL = 5  # of compression: a fifth faster than 6, and the pack 0.4 % larger
_WIDTHS = (1, 4, 2)
_ROW = sum(_WIDTHS)
_NEXT_PLACE = b"\2" + bytes(_ROW - 1) + b"\1"  # a row like the last, one place on in the same object stream


def stand_in(pdf: pikepdf.Pdf, points_at: Iterable[pikepdf.Object] = ()) -> Stream:
    """Return a stream that keeps a number for an object to come, and that learns the numbers of these objects."""
    return pdf.make_stream(b"", {_STAND_IN: Array(points_at)})


@dataclass(frozen=True)
class StandIn:
    """A stand-in in the saved file: its number, where its bytes are, the numbers of what it pointed at."""

    number: int
    start: int
    end: int
    points_at: tuple[int, ...]


@dataclass(frozen=True)
class _Packed:
    """An object stream in the making: the number of its first object, how many, where the first begins, its bytes."""

    first: int
    count: int
    begins: int
    data: "Future[bytes]"


class Additions:
    """Objects to be added to a saved PDF."""

    def __init__(self, saved: bytes):
        """``saved`` is as qpdf wrote it, with object streams."""
        self.stand_ins = list(_stand_ins(saved))
        self._saved, self._raw = saved, read_file(saved)
        self._next = max(max(self._raw.offsets), max(self._raw.packed, default=0)) + 1
        self._batch: list[bytes] = []
        self._first = 0
        self._packed: list[_Packed] = []
        self._plain: dict[int, bytes] = {}
        self._pool = ThreadPoolExecutor(1)

    def reserve(self, count: int = 1) -> int:
        """Return the first of so many numbers in a row that are now taken."""
        self._next += count
        return self._next - count

    def add(self, number: int, data: bytes) -> None:
        """Add an object. Numbers that run on from call to call make the file small."""
        if self._batch and (number != self._first + len(self._batch) or len(self._batch) == _PER_STREAM):
            self._pack()
        if not self._batch:
            self._first = number
        self._batch.append(data)

    def add_all(self, first: int, objects: Sequence[bytes]) -> None:
        """Add objects whose numbers run on from ``first``."""
        if self._batch:
            self._pack()
        for at in range(0, len(objects), _PER_STREAM):
            self._batch, self._first = list(objects[at : at + _PER_STREAM]), first + at
            self._pack()

    def new(self, data: bytes) -> int:
        """Add an object under the next number and return that."""
        number = self.reserve()
        self.add(number, data)
        return number

    def add_plain(self, number: int, data: bytes) -> None:
        """Add an object outside of any object stream: all that stands between "obj" and "endobj"."""
        self._plain[number] = data

    def _pack(self) -> None:
        header, at = [], 0
        for number, data in enumerate(self._batch, self._first):
            header.append(b"%d %d" % (number, at))
            at += len(data) + 1
        index = b" ".join(header) + b"\n"
        data = index + b"\n".join(self._batch)
        self._packed.append(
            _Packed(self._first, len(self._batch), len(index), self._pool.submit(zlib.compress, data, _LEVEL))
        )
        self._batch = []

    def abandon(self) -> None:
        """Let go of what was to be added."""
        self._pool.shutdown(cancel_futures=True)

    def pieces(self) -> Iterator[bytes | memoryview]:
        """Yield the whole file, in pieces. Nothing can be added after."""
        if self._batch:
            self._pack()
        whole, size = hashlib.sha256(), 0
        offsets: dict[int, int] = {}
        for piece, number in self._parts():
            if number is not None:
                offsets[number] = size
            whole.update(piece)
            size += len(piece)
            yield piece
        self._pool.shutdown()
        yield self._cross_references(offsets, size, whole.digest()[:16])

    def _parts(self) -> Iterator[tuple[bytes | memoryview, int | None]]:
        """Yield the parts of the file before its cross-references, with the number of the object that a part is."""
        view, at = memoryview(self._saved), 0
        for cut in [*((each.start, each.end) for each in self.stand_ins), (self._raw.start, 0)]:
            yield view[at : cut[0]], None
            at = cut[1]
        for number, data in self._plain.items():
            yield b"%d 0 obj\n%s\nendobj\n" % (number, data), number
        for number, packed in enumerate(self._packed, self._next):
            data = packed.data.result()
            info = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d" % (packed.count, packed.begins, len(data))
            yield b"%d 0 obj\n<<%s>>\nstream\n%s\nendstream\nendobj\n" % (number, info, data), number

    def _cross_references(self, offsets: dict[int, int], size: int, digest: bytes) -> bytes:
        """Return the cross-reference stream (7.5.8), which begins at ``size``, and the end of the file."""
        number = self._next + len(self._packed)
        rows = zlib.compress(b"".join(self._rows(offsets | {number: size})), 9)
        keys: dict[bytes, Value] = {key: self._raw.trailer[key] for key in (b"/Root", b"/Info")}
        keys |= {b"/Type": b"/XRef", b"/Size": b"%d" % (number + 1), b"/W": [b"%d" % width for width in _WIDTHS]}
        keys |= {b"/ID": [b"<%s>" % digest.hex().encode("ascii")] * 2, b"/Length": b"%d" % len(rows)}
        keys |= {b"/Filter": b"/FlateDecode", b"/DecodeParms": {b"/Predictor": b"12", b"/Columns": b"%d" % _ROW}}
        stream = b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, unparse(keys), rows)
        return stream + b"startxref\n%d\n%%%%EOF\n" % size

    def _rows(self, offsets: dict[int, int]) -> Iterator[bytes]:
        """Yield the rows by number, each as its difference from the row before (PNG predictor "up")."""
        runs = {packed.first: (at, packed.count) for at, packed in enumerate(self._packed, self._next)}
        before, number, end = bytes(_ROW), 0, max(offsets)
        while number <= end:
            holder, count = runs.get(number, (0, 1))
            if holder:
                row = _row(2, holder, 0)
            elif number in offsets:
                row = _row(1, offsets[number], 0)
            elif number in self._raw.packed:
                row = _row(2, *self._raw.packed[number])
            elif self._raw.offsets.get(number, -1) >= self._raw.start or self._raw.offsets.get(number, -1) < 0:
                row = _row(0, 0, 0)
            else:
                row = _row(1, self._moved(self._raw.offsets[number]), 0)
            yield b"\2" + bytes([(new - old) & 255 for new, old in zip(row, before, strict=True)])
            if count > 1:
                yield _NEXT_PLACE * (count - 1)
                row = _row(2, holder, count - 1)
            before = row
            number += count

    def _moved(self, offset: int) -> int:
        """Where an object of the saved file stands now that the stand-ins are gone."""
        return offset - sum(each.end - each.start for each in self.stand_ins if each.end <= offset)


def _stand_ins(saved: bytes) -> Iterator[StandIn]:
    at = saved.find(_STAND_IN.encode("ascii"))
    while at >= 0:
        found = _FOUND.match(saved, saved.rindex(b"\n", 0, saved.rindex(b" 0 obj", 0, at)) + 1)
        if found:
            yield StandIn(int(found[1]), found.start(), found.end(), tuple(map(int, found[2].split()[::3])))
        at = saved.find(_STAND_IN.encode("ascii"), at + 1)


def _row(kind: int, where: int, place: int) -> bytes:
    one, two, three = _WIDTHS
    return kind.to_bytes(one) + where.to_bytes(two) + place.to_bytes(three)
