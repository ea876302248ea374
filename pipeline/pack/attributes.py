"""What elements say of themselves besides their type: layout, lists, tables (ISO 32000-1 14.8.5), and classes of it.

Only the attributes of the standard are taken over. IDs get the paper's own beginning: WeasyPrint gives each paper's
first table the same ones, and a header cell is found by its ID.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex as re  # not re: before Python 3.11.5 its possessive groups match wrongly

from pipeline.pack.rawfile import STRING, RawFile, Ref, Value, parse, string_bytes, string_of, unparse

_OWNERS = (b"/Layout", b"/List", b"/Table", b"/PrintField")
_DEEPEST = 5
STRINGS = re.compile(STRING)
#: A table cell that names its headers, as WeasyPrint writes it: no need to take it apart.
_CELL = re.compile(
    rb"\s*<<\s*/O\s*/Table\s*(?:/(?:Col|Row)Span\s+\d++\s*)*+/Headers\s*\[(?:\s*+(?:%s))*+\s*\]\s*>>\s*" % STRING
)


@dataclass
class Attributes:
    """The attributes of the pack. ``classes``: its class map, ready to be written."""

    classes: dict[bytes, bytes] = field(default_factory=dict)
    _known: dict[tuple[bytes, bytes], bytes] = field(default_factory=dict)

    def of(self, values: Sequence[Value], raw: RawFile, prefix: bytes, scope: bytes = b"") -> bytes:
        """Return the /A entry for these attributes, or nothing. ``scope``: of a header cell that does not say it."""
        if len(values) != 1:
            return self._entry(values, raw, prefix, scope)
        (value,) = values
        written = raw.get(value) if isinstance(value, Ref) else value
        if not isinstance(written, bytes):
            return self._entry(values, raw, prefix, scope)
        found = self._known.get((written, scope))
        if found is not None:
            return found
        cell = _CELL.fullmatch(written)
        if cell and (b"/Scope" in written or not scope):
            return b"/A" + STRINGS.sub(lambda ident: prefixed(prefix, ident[0]), written.strip())
        made = self._entry(values, raw, prefix, scope)
        if b"/Headers" not in written and b" R" not in written:
            self._known[written, scope] = made
        return made

    def _entry(self, values: Sequence[Value], raw: RawFile, prefix: bytes, scope: bytes) -> bytes:
        kept = plain_attributes(values, raw, prefix)
        if scope and not any(b"/Scope" in each for each in kept):
            table = next((each for each in kept if each[b"/O"] == b"/Table"), None)
            if table is None:
                table = {b"/O": b"/Table"}
                kept.append(table)
            table[b"/Scope"] = scope
        return _written(b"/A", kept)

    def class_names(
        self, names: Sequence[bytes], classes: dict[bytes, list[Value]], raw: RawFile, prefix: bytes
    ) -> bytes:
        """Return the /C entry: the names under which the pack's class map has these classes of a paper."""
        taken = []
        for name in names:
            value = _written(b"", plain_attributes(classes.get(name, ()), raw, prefix))
            if not value:
                continue
            known, more = name, 1
            while self.classes.get(known, value) != value:
                more += 1
                known = b"%s-%d" % (name, more)
            self.classes[known] = value
            taken.append(known)
        return b"/C[%s]" % b"".join(taken) if taken else b""


def plain_attributes(values: Sequence[Value], raw: RawFile, prefix: bytes) -> list[dict[bytes, Value]]:
    """Return the attributes of the standard among these, whole, without references, with IDs as the pack has them."""
    kept: list[dict[bytes, Value]] = []
    for value in values:
        whole = _whole(value, raw, 0)
        if isinstance(whole, bytes) and whole.startswith(b"<<"):
            whole = _whole(parse(whole)[0], raw, 0)
        if isinstance(whole, dict) and whole.get(b"/O") in _OWNERS and len(whole) > 1:
            headers = whole.get(b"/Headers")
            if isinstance(headers, list):
                whole[b"/Headers"] = [prefixed(prefix, each) for each in headers if isinstance(each, bytes)]
            kept.append(whole)
    return kept


def prefixed(prefix: bytes, ident: bytes) -> bytes:
    """Return an ID, written as a string, with the paper's own beginning."""
    return string_of(prefix + string_bytes(ident))


def _whole(value: Value, raw: RawFile, depth: int) -> Value:
    """Return the value with what it refers to in the place of references."""
    found = raw.resolved(value) if isinstance(value, Ref) else value
    if found is None or depth > _DEEPEST:
        return b"null"
    if isinstance(found, list):
        return [_whole(each, raw, depth + 1) for each in found]
    if isinstance(found, dict):
        return {key: _whole(each, raw, depth + 1) for key, each in found.items()}
    return found


def _written(key: bytes, kept: Sequence[dict[bytes, Value]]) -> bytes:
    if not kept:
        return b""
    if len(kept) == 1:
        return key + unparse(kept[0])
    return key + unparse(list(kept))
