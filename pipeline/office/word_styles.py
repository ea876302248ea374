"""The styles of a Word file: what a paragraph and its runs look like once all their styles are asked.

Built-in styles are known by their name, which is English in every language of Word ("heading 1"), whatever their id
("berschrift1", "Ttulo1").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from pipeline.office.word_package import W, is_on, value

_HEADING = re.compile(r"heading ([1-9])")
_USUAL_SIZE = 10.0  # points, where nothing says otherwise (ECMA-376 17.3.2.38)
_DEEPEST = 30  # styles based on each other


@dataclass(frozen=True)
class Style:
    """One style. ``kind`` "paragraph", "character" or "table"; ``name`` in lower case."""

    id: str
    kind: str
    name: str
    based_on: str
    element: "etree._Element"

    @property
    def text(self) -> "etree._Element | None":
        return self.element.find(f"{W}rPr")


@dataclass(frozen=True)
class Look:
    """How a run of text looks. ``size`` in points; ``colour`` and ``behind`` (its shading) like "1F5132", "" when
    nothing is said or Word chooses. ``colour`` is the run's own: a style's is the template's, not the author's."""

    bold: bool
    size: float
    colour: str
    behind: str
    raised: bool = False


@dataclass
class Styles:
    """All styles of a file. ``root``: w:styles, None when the file has none."""

    root: "etree._Element | None"
    _chains: dict[tuple[str, str], tuple[Style, ...]] = field(default_factory=dict)

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Style]:
        found = {}
        for each in self.root.iterfind(f"{W}style") if self.root is not None else ():
            kind, name = each.get(f"{W}type", "paragraph"), value(each, "name").lower()
            style = Style(each.get(f"{W}styleId", ""), kind, name, value(each, "basedOn"), each)
            found[(kind, style.id)] = style
            if each.get(f"{W}default") in ("1", "true", "on"):
                found[(kind, "")] = style
        return found

    @cached_property
    def defaults(self) -> "etree._Element | None":
        """The rPr that every run begins with."""
        return self.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if self.root is not None else None

    def chain(self, kind: str, style_id: str) -> tuple[Style, ...]:
        """Return the style and those it is based on, nearest first; the default style for "" or an unknown id."""
        if (kind, style_id) not in self._chains:
            self._chains[(kind, style_id)] = tuple(self._based(kind, style_id))
        return self._chains[(kind, style_id)]

    def _based(self, kind: str, style_id: str) -> Iterator[Style]:
        style = self._by_id.get((kind, style_id)) or self._by_id.get((kind, ""))
        met: set[str] = set()
        while style is not None and style.id not in met and len(met) < _DEEPEST:
            met.add(style.id)
            yield style
            style = self._by_id.get((kind, style.based_on)) if style.based_on else None

    def name(self, style_id: str) -> str:
        """Return the paragraph style's name in lower case: "heading 1", "caption", "normal"."""
        return next((style.name for style in self.chain("paragraph", style_id)), "")

    def is_a(self, style_id: str, *names: str) -> bool:
        """Is the paragraph style one of these by name, or based on one?"""
        return any(style.name.startswith(names) for style in self.chain("paragraph", style_id))

    def outline_level(self, paragraph: "etree._Element") -> int:
        """Return 1 to 9 for a heading, 0 for other text: from the paragraph itself, else its style (17.3.1.20)."""
        own = value(paragraph, "pPr/outlineLvl")
        if own.isdecimal():
            return int(own) + 1 if int(own) < 9 else 0
        for style in self.chain("paragraph", value(paragraph, "pPr/pStyle")):
            level = value(style.element, "pPr/outlineLvl")
            if level.isdecimal():
                return int(level) + 1 if int(level) < 9 else 0
            if heading := _HEADING.fullmatch(style.name):
                return int(heading[1])
        return 0

    def look(self, run: "etree._Element", paragraph_style: str, table_style: str) -> Look:
        """Return how a run looks: its own properties, its character style, the paragraph's, the table's, the
        defaults; the first that says something counts."""
        asked = self._asked(run, paragraph_style, table_style)
        size = _first(asked, "sz")
        colour = value(run, "rPr/color")
        return Look(
            bold=is_on(next((found for each in asked if (found := each.find(f"{W}b")) is not None), None)),
            size=float(size) / 2 if size.isdecimal() else _USUAL_SIZE,
            colour=_hex(colour),
            behind=_HIGHLIGHTS.get(value(run, "rPr/highlight"), "") or _fill(asked),
            raised=_first(asked, "vertAlign") in ("superscript", "subscript"),
        )

    def _asked(self, run: "etree._Element", paragraph_style: str, table_style: str) -> Sequence["etree._Element"]:
        own = run.find(f"{W}rPr")
        character = value(run, "rPr/rStyle")
        styles = [
            *(self.chain("character", character) if character else ()),
            *self.chain("paragraph", paragraph_style),
            *(self.chain("table", table_style) if table_style else ()),
        ]
        return [each for each in (own, *(style.text for style in styles), self.defaults) if each is not None]

    def language(self) -> str:
        """Return the language that text has unless it says otherwise, "" for none."""
        defaults = [style.text for style in self.chain("paragraph", "")]
        languages = [value(each, "lang") for each in (*defaults, self.defaults)]
        return next((each for each in languages if each and each.lower() not in ("x-none", "zxx")), "")

    def paragraph_fill(self, paragraph: "etree._Element") -> str:
        """Return the shading behind a paragraph by itself or its style, "" for none."""
        chain = self.chain("paragraph", value(paragraph, "pPr/pStyle"))
        asked = [paragraph.find(f"{W}pPr"), *(style.element.find(f"{W}pPr") for style in chain)]
        return _fill([each for each in asked if each is not None])

    def shades_tables(self, table_style: str) -> bool:
        """Does the table style shade cells, some or all?"""
        return any(style.element.find(f".//{W}shd") is not None for style in self.chain("table", table_style))


_HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000",
    "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0", "black": "000000", "white": "FFFFFF",
}  # fmt: skip


def fill_of(properties: "etree._Element") -> str:
    """Return the colour of the w:shd in these properties, like "E8F1EA"; "" for none or a pattern."""
    shading = properties.find(f"{W}shd")
    if shading is None:
        return ""
    pattern = shading.get(f"{W}val", "clear")
    return _hex(shading.get(f"{W}color" if pattern == "solid" else f"{W}fill", ""))


def _fill(asked: Sequence["etree._Element"]) -> str:
    return next((fill for each in asked if (fill := fill_of(each))), "")


def _first(asked: Sequence["etree._Element"], name: str) -> str:
    return next((said for each in asked if (said := value(each, name))), "")


def _hex(colour: str) -> str:
    return colour.upper() if re.fullmatch(r"[0-9A-Fa-f]{6}", colour) else ""
