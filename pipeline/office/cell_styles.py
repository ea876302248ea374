"""The styles of a flat OpenDocument spreadsheet that change what a person reads: weight, colour, alignment, width."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lxml import etree

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

_ALIGN: dict[str, Literal["left", "center", "right"]] = {
    "start": "left", "left": "left", "justify": "left", "center": "center", "end": "right", "right": "right",
}  # fmt: skip
_MM = {"in": 25.4, "cm": 10.0, "mm": 1.0, "pt": 25.4 / 72, "pc": 25.4 / 6}


@dataclass(frozen=True)
class CellStyle:
    """How a cell's words look. ``align`` None: numbers right, words left. ``colour`` and ``fill`` "#rrggbb" or "".

    ``general``: a number without a format of its own, shown with as many digits as the column holds. ``indent`` in mm.
    """

    bold: bool = False
    italic: bool = False
    struck: bool = False
    align: Literal["left", "center", "right"] | None = None
    colour: str = ""
    fill: str = ""
    indent: float = 0
    general: bool = True


@dataclass(frozen=True)
class TextStyle:
    """What a run of words changes of its cell's style; None where it keeps it."""

    bold: bool | None = None
    italic: bool | None = None
    colour: str | None = None
    script: Literal["", "super", "sub"] = ""


class Styles:
    """The named styles of one file, with what they inherit."""

    def __init__(self, tree: etree._ElementTree):
        self._found = {
            (style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")): style
            for group in ("styles", "automatic-styles")
            for style in tree.iterfind(f"{{urn:oasis:names:tc:opendocument:xmlns:office:1.0}}{group}/{STYLE}style")
        }
        self.cell = cache(self._cell)
        self.text = cache(self._text)
        self.column_width = cache(self._column_width)

    def sheet_is_visible(self, name: str) -> bool:
        return self._properties("table", name).get(f"{TABLE}display", "true") != "false"

    def _cell(self, name: str) -> CellStyle:
        found = self._properties("table-cell", name)
        chosen = found.get(f"{STYLE}text-align-source") != "value-type"
        return CellStyle(
            bold=is_bold(found.get(f"{FO}font-weight", "")),
            italic=found.get(f"{FO}font-style") in ("italic", "oblique"),
            struck=found.get(f"{STYLE}text-line-through-style", "none") != "none",
            align=_ALIGN.get(found.get(f"{FO}text-align", "")) if chosen else None,
            colour=_colour(found),
            fill=_hex(found.get(f"{FO}background-color", "")),
            indent=millimetres(found.get(f"{FO}margin-left", "0mm")),
            general=found.get("data-style", "N0") == "N0",
        )

    def _text(self, name: str) -> TextStyle:
        found = self._properties("text", name)
        weight, slope = found.get(f"{FO}font-weight"), found.get(f"{FO}font-style")
        coloured = f"{FO}color" in found or f"{STYLE}use-window-font-color" in found
        return TextStyle(
            bold=None if weight is None else is_bold(weight),
            italic=None if slope is None else slope in ("italic", "oblique"),
            colour=_colour(found) if coloured else None,
            script=_script(found.get(f"{STYLE}text-position", "")),
        )

    def _column_width(self, name: str) -> float:
        """Millimetres; Calc's own default (22.6) where the style says nothing."""
        return millimetres(self._properties("table-column", name).get(f"{STYLE}column-width", "22.6mm"))

    def _properties(self, family: str, name: str) -> dict[str, str]:
        """Return all properties of a style; its own win over those it inherits."""
        style = self._found.get((family, name))
        if style is None:
            return {}
        parent = style.get(f"{STYLE}parent-style-name", "")
        found = self._properties(family, parent) if parent and parent != name else {}
        own = {
            str(key): str(value) for group in style if str(group.tag) != f"{STYLE}map" for key, value in group.items()
        }
        if f"{FO}color" in own and f"{STYLE}use-window-font-color" not in own:
            found.pop(f"{STYLE}use-window-font-color", None)
        data_style = style.get(f"{STYLE}data-style-name")
        return found | own | ({"data-style": data_style} if data_style else {})


def is_bold(weight: str) -> bool:
    return weight == "bold" or (weight.isdigit() and int(weight) >= 600)


def millimetres(length: str) -> float:
    """Return 25.4 for "1in"; 0 for what is no length."""
    match = re.fullmatch(r"(-?[\d.]+)(in|cm|mm|pt|pc)", length)
    return float(match.group(1)) * _MM[match.group(2)] if match else 0.0


def _colour(found: dict[str, str]) -> str:
    automatic = found.get(f"{STYLE}use-window-font-color") == "true"
    return "" if automatic else _hex(found.get(f"{FO}color", ""))


def _hex(colour: str) -> str:
    return colour.lower() if re.fullmatch(r"#[0-9A-Fa-f]{6}", colour) else ""


def _script(position: str) -> Literal["", "super", "sub"]:
    """``style:text-position`` is "33% 58%", "super 58%", "-33% 58%", "sub" or "0% 100%"."""
    if position.startswith(("sub", "-")):
        return "sub"
    return "" if not position or position.startswith("0%") else "super"
