"""What a reader sees of a page: the visible box, and how the viewed page maps to the page's own coordinates.

Viewed coordinates are points (1/72 inch) on paper as it is looked at: from the lower left corner of the visible page,
y upward, after /Rotate and /UserUnit. Boxes may be reversed, offset, inherited or nonsense; rotation may be 450 or -90
(ISO 32000-1 7.7.3.3, 14.11.2).
"""

from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

#: US Letter: what readers show for a page without a usable MediaBox.
_NO_BOX = (0.0, 0.0, 612.0, 792.0)
_DEEPEST = 50  # page tree levels that inheritance is followed

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class View:
    """A page as viewed. ``box`` is the visible part in the page's own coordinates; ``rotate`` 0, 90, 180 or 270
    (clockwise); ``unit`` is the page's /UserUnit."""

    box: Box
    rotate: int = 0
    unit: float = 1.0

    @property
    def width(self) -> float:
        """Viewed width in points."""
        x0, y0, x1, y1 = self.box
        return ((x1 - x0) if self.rotate % 180 == 0 else (y1 - y0)) * self.unit

    @property
    def height(self) -> float:
        """Viewed height in points."""
        x0, y0, x1, y1 = self.box
        return ((y1 - y0) if self.rotate % 180 == 0 else (x1 - x0)) * self.unit

    @property
    def matrix(self) -> Matrix:
        """The ``cm`` operands that take viewed coordinates to the page's own."""
        x0, y0, x1, y1 = self.box
        s = 1 / self.unit
        return {
            0: (s, 0.0, 0.0, s, x0, y0),
            90: (0.0, s, -s, 0.0, x1, y0),
            180: (-s, 0.0, 0.0, -s, x1, y1),
            270: (0.0, -s, s, 0.0, x0, y1),
        }[self.rotate]

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        """Return a viewed point in the page's own coordinates."""
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f


def view_of(page: pikepdf.Page) -> View:
    """Return how the page is seen: CropBox within MediaBox, both normalised; the MediaBox alone if they do not meet."""
    media = box_of(inherited(page.obj, Name.MediaBox)) or _NO_BOX
    crop = box_of(inherited(page.obj, Name.CropBox))
    return View(
        box=(crop and _meet(media, crop)) or media,
        rotate=rotation_of(inherited(page.obj, Name.Rotate)),
        unit=_unit_of(page.obj.get(Name.UserUnit)),
    )


def box_of(value: object) -> Box | None:
    """Return a rectangle with x0 < x1 and y0 < y1, or None when the value is not four numbers with an area."""
    if not isinstance(value, Array) or len(value) != 4:
        return None
    try:
        x0, y0, x1, y1 = (float(number) for number in value)
    except (TypeError, ValueError):
        return None
    box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box[2] > box[0] and box[3] > box[1] else None


def rotation_of(value: object) -> int:
    """Return 0, 90, 180 or 270; 0 for what is no multiple of 90, as readers take it."""
    try:
        turn = round(float(value)) % 360  # type: ignore[arg-type]  # TypeError if no number
    except (TypeError, ValueError):
        return 0
    return turn if turn % 90 == 0 else 0


def _unit_of(value: object) -> float:
    try:
        unit = float(value)  # type: ignore[arg-type]  # TypeError if no number
    except (TypeError, ValueError):
        return 1.0
    return unit if unit > 0 else 1.0


def _meet(a: Box, b: Box) -> Box | None:
    box = (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
    return box if box[2] > box[0] and box[3] > box[1] else None


def inherited(leaf: pikepdf.Object, key: Name) -> object:
    """Return a page's or form field's own value, else the nearest above it (ISO 32000-1 7.7.3.4, 12.7.3.1)."""
    node: object = leaf
    for _ in range(_DEEPEST):
        if not isinstance(node, Dictionary):
            return None
        value = node.get(key)
        if value is not None:
            return value
        node = node.get(Name.Parent)
    return None
