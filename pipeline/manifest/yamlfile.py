"""A YAML file as text, with the line and column of every key and value.

YAML 1.2 is read for its shape alone: every value stays the text that was written ("No", "12.10", "2017-10-09"), and the
field it belongs to says what it means. So nothing is guessed, and no telephone number loses its nought.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pipeline.errors import Fault
from pipeline.manifest.syntax import control_characters, explain, leading_tabs

Tree = Any  # str | None | list[Tree] | dict[str, Tree]
Loc = tuple[str | int, ...]

_NULL = ("", "~", "null")


@dataclass(frozen=True)
class Mark:
    """A place in a file, from 1."""

    line: int
    column: int


@dataclass
class YamlFile:
    """A file's tree with its places and what is wrong so far. ``data`` is None when it could not be read at all.

    A key with nothing after it has a place in ``keys`` and no entry in ``data``. ``touched``: where a fault made
    us read something other than what is written, so that no second fault is drawn from it.
    """

    path: Path
    data: Tree = None
    keys: dict[Loc, Mark] = field(default_factory=dict)
    values: dict[Loc, Mark] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    touched: set[Loc] = field(default_factory=set)

    def mark(self, loc: Loc, of_key: bool = False) -> Mark | None:
        """Return the place of the value at ``loc`` (or of its key), else of the nearest thing that holds it."""
        places = (self.keys, self.values) if of_key else (self.values, self.keys)
        for length in range(len(loc), -1, -1):
            for place in places:
                if loc[:length] in place:
                    return place[loc[:length]]
        return None

    def is_sound(self, loc: Loc) -> bool:
        """Is all that stands at, below and above ``loc`` read as it was written?"""
        return not any(loc[: len(t)] == t or t[: len(loc)] == loc for t in self.touched)

    def line(self, loc: Loc) -> int | None:
        mark = self.mark(loc)
        return mark.line if mark else None

    def fault(self, loc: Loc, message: str, remedy: str = "", of_key: bool = False) -> None:
        """Note that what stands at ``loc`` is wrong."""
        mark = self.mark(loc, of_key)
        key = next((step for step in reversed(loc) if isinstance(step, str)), "")
        self.faults.append(
            Fault(message, remedy, self.path, mark.line if mark else None, mark.column if mark else None, key)
        )

    def sorted_faults(self) -> list[Fault]:
        return sorted(self.faults, key=lambda fault: (fault.line or 0, fault.column or 0))

    def moved(self, old: Loc, new: Loc) -> "YamlFile":
        """Return the file with the places below ``old`` known as places below ``new``."""
        size = len(old)
        rekeyed = [
            {(*new, *loc[size:]) if loc[:size] == old else loc: mark for loc, mark in places.items()}
            for places in (self.keys, self.values)
        ]
        return replace(self, keys=rekeyed[0], values=rekeyed[1])


def read_yaml(path: Path, empty_remedy: str = "") -> YamlFile:
    """Return the file's tree, which must be keys and values; what is wrong with it is in ``faults``."""
    text, faults = read_text(path)
    if text is None:
        return YamlFile(path, faults=faults)
    file = parse_keys(text, path)
    if file.data is None and not file.faults:
        file.faults.append(Fault("the file is empty", empty_remedy, path, 1))
    return file


def parse_keys(text: str, path: Path, first_line: int = 1) -> YamlFile:
    """Return the tree of a YAML text that must be keys and values, or empty."""
    file = parse_yaml(text, path, first_line)
    if file.data is not None and not isinstance(file.data, dict):
        remedy = "Begin each line with a key and a colon, for example  title: Apologies"
        file.faults.append(Fault(f"these must be keys and values, not {kind_of(file.data)}", remedy, path, first_line))
        file.data = None
    return file


def head_and_body(text: str) -> tuple[str, str, int]:
    """Return what stands between two lines of --- at the top, what follows, and the line where that begins.

    The head is "" when there is none; it begins in line 2.
    """
    match = re.match(r"---[ \t]*\n(.*?)(?:^|\n)---[ \t]*(?:\n|$)", text, re.DOTALL)
    if not match or not match[1].strip():
        return "", text, 1
    return match[1], text[match.end() :], text.count("\n", 0, match.end()) + 1


def kind_of(value: Tree) -> str:
    """Return what a value of the tree is, in words."""
    return {list: "a list", dict: "keys and values", type(None): "nothing"}.get(type(value), "text")


def read_text(path: Path) -> tuple[str | None, list[Fault]]:
    """Return the text of a UTF-8 file with Unix line ends and no byte order mark; None and the fault if it has none."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None, [Fault("the file is not there", "Check the name and the folder.", path)]
    except IsADirectoryError:
        return None, [Fault("this is a folder, not a file", "", path)]
    except OSError as error:
        return None, [Fault(f"the file cannot be read ({error.strerror})", "Check who may open it.", path)]
    remedy = "Save it again as UTF-8: in Notepad choose Save As, Encoding: UTF-8."
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [Fault("the file is saved as UTF-16, not as UTF-8", remedy, path, 1)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        likely = raw[error.start : error.start + 1].decode("cp1252", errors="replace")
        return None, [Fault(f"the file is not UTF-8 text: look at the {likely} in this line", remedy, path, line)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def parse_yaml(text: str, path: Path, first_line: int = 1) -> YamlFile:
    """Return the tree of a YAML text that begins at ``first_line`` of the file. An empty text has data None."""
    file = YamlFile(path)
    try:
        if bad := control_characters(text):
            file.faults = [replace(fault, file=path, line=_shift(fault, first_line)) for fault in bad]
            return file
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        bad = leading_tabs(text) if "\\t" in str(error.problem) else []
        file.faults = [replace(f, file=path, line=_shift(f, first_line)) for f in bad or [explain(error, text)]]
        return file
    except RecursionError:
        file.faults = [Fault("too many brackets inside one another", "Close each [ and { that you open.", path)]
        return file
    if root is not None:
        file.data = _Reader(file, text.split("\n"), first_line).tree(root, ())
    return file


def _shift(fault: Fault, first_line: int) -> int | None:
    return fault.line + first_line - 1 if fault.line else None


class _Reader:
    """Turns ruamel's nodes into a tree, noting places and what YAML would silently change or drop."""

    def __init__(self, file: YamlFile, lines: list[str], first_line: int):
        self.file, self.lines, self.first_line = file, lines, first_line

    def tree(self, node: Node, loc: Loc) -> Tree:
        self.file.values[loc] = self._mark(node)
        if self._has_anchor_or_tag(node):
            begins = self.lines[node.start_mark.line][node.start_mark.column :][:1]
            remedy = f'Put the text in double quotes: "{begins}..."'
            self.file.fault(loc, f"text that begins with {begins} needs quotes, or YAML drops its first word", remedy)
            self.file.touched.add(loc)
            return str(node.value) if isinstance(node, ScalarNode) else None
        if isinstance(node, ScalarNode):
            return self._scalar(node, loc)
        if isinstance(node, SequenceNode):
            return [self.tree(entry, (*loc, index)) for index, entry in enumerate(node.value)]
        assert isinstance(node, MappingNode)  # noqa: S101  compose yields these three kinds
        return {key: value for key, value in self._pairs(node, loc) if value is not None}

    def _pairs(self, node: MappingNode, loc: Loc) -> Iterator[tuple[str, Tree]]:
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self.file.values[(*loc, "?")] = self._mark(key_node)
                self.file.fault((*loc, "?"), "a key must be one word", "Write it like  title: Apologies")
                continue
            key, here = str(key_node.value), (*loc, str(key_node.value))
            if here in self.file.keys:
                self._repeated(here, key_node)
                continue
            self.file.keys[here] = self._mark(key_node)
            value = self.tree(value_node, here)
            if value is None:
                self.file.values.pop(here, None)
            yield key, value

    def _repeated(self, loc: Loc, node: Node) -> None:
        first, again = self.file.keys[loc], self._mark(node)
        message = f"'{loc[-1]}' is given twice here, first in line {first.line}"
        self.file.faults.append(
            Fault(message, "Keep one of them.", self.file.path, again.line, again.column, str(loc[-1]))
        )

    def _scalar(self, node: ScalarNode, loc: Loc) -> str | None:
        if node.style is None and node.value in _NULL:
            return None
        rest = self.lines[node.end_mark.line][node.end_mark.column :] if not node.style else ""
        if re.match(r"\s+#[0-9]", rest):
            remedy = f'Put the text in double quotes: "{node.value}{rest.rstrip()}"'
            self.file.fault(loc, f"YAML takes what follows # as a remark, so {rest.strip()} would be lost", remedy)
        return str(node.value)

    def _has_anchor_or_tag(self, node: Node) -> bool:
        return bool(node.anchor) or str(node.tag or "").startswith("!")

    def _mark(self, node: Node) -> Mark:
        return Mark(node.start_mark.line + self.first_line, node.start_mark.column + 1)
