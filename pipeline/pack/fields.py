"""What a form field shows when its file does not say: drawn here, with the stamp font.

A program may fill in a field and leave the drawing to the reader (/NeedAppearances, or no appearance at all). A pack
has no form, so the drawing has to be made (ISO 32000-1 12.7.3.3).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pikepdf
from pikepdf import Annotation, Array, Dictionary, Name, Stream, String

from pipeline.pack.geometry import box_of, inherited
from pipeline.pack.rawfile import text_string
from pipeline.pack.stampfont import stamp_font

_MULTILINE, _PASSWORD, _COMB = 1 << 12, 1 << 13, 1 << 24  # /Ff (tables 226, 228)
_RADIO, _PUSH_BUTTON = 1 << 15, 1 << 16
_SHOWS_TEXT = re.compile(rb"(?:Tj|TJ|'|\")(?:[\s\]]|$)")
_SIZE = re.compile(rb"([\d.]+)\s+Tf")


@dataclass(frozen=True)
class _Field:
    """What a widget inherits from its field: ``kind`` /Tx, /Ch or /Btn; ``value`` as shown; ``size`` 0 fits itself;
    ``back`` and ``edge`` are content operators that set the colours of its box."""

    kind: str
    value: str
    flags: int
    size: float
    align: int
    cells: int
    back: bytes
    edge: bytes


def complete_widget(pdf: pikepdf.Pdf, widget: Dictionary, form: Dictionary, font: Callable[[], pikepdf.Object]) -> None:
    """Give a widget what readers would supply: its state, the form's fonts, an appearance it lacks."""
    field = _field_of(widget, form)
    if Name.AS not in widget and field.kind == "/Btn" and isinstance(inherited(widget, Name.V), Name):
        widget.AS = inherited(widget, Name.V)
    appearance = Annotation(widget).get_appearance_stream(Name.N)
    stale = bool(form.get(Name.NeedAppearances, False)) and field.kind in ("/Tx", "/Ch")
    empty = appearance is None or (stale and not _shows_text(appearance))
    box = box_of(widget.get(Name.Rect))
    framed = appearance is None and (field.back or field.edge)
    if box is not None and ((empty and field.value) or framed):
        drawn = pdf.make_stream(_field_content(field, box[2] - box[0], box[3] - box[1]))
        drawn.Type, drawn.Subtype = Name.XObject, Name.Form
        drawn.BBox = Array([0, 0, box[2] - box[0], box[3] - box[1]])
        drawn.Resources = Dictionary(Font=Dictionary(CivicpackStamp=font()))
        widget.AP = Dictionary(N=drawn)
        if Name.AS in widget:
            del widget[Name.AS]  # no states: the one appearance stands
    elif appearance is not None:
        _lend_fonts(appearance, form)


def _lend_fonts(appearance: pikepdf.Object, form: Dictionary) -> None:
    """An appearance may use fonts that only the form's /DR has (12.7.3.3)."""
    shared = form.get(Name.DR)
    if not isinstance(shared, Dictionary):
        return
    own = appearance.get(Name.Resources)
    if not isinstance(own, Dictionary):
        appearance.Resources = shared
        return
    fonts, lent = own.get(Name.Font), shared.get(Name.Font)
    if not isinstance(lent, Dictionary):
        return
    if not isinstance(fonts, Dictionary):
        own.Font = lent
        return
    for name, font in lent.items():
        if name not in fonts:
            fonts[name] = font


def _field_of(widget: Dictionary, form: Dictionary) -> _Field:
    kind, flags = str(inherited(widget, Name.FT)), integer(inherited(widget, Name.Ff))
    look = inherited(widget, Name.DA) or form.get(Name.DA)
    size = _SIZE.search(bytes(look)) if isinstance(look, String) else None
    return _Field(
        kind=kind,
        value=_shown_value(widget, kind, flags),
        flags=flags,
        size=float(size[1]) if size and size[1].count(b".") < 2 else 0.0,
        align=integer(inherited(widget, Name.Q)),
        cells=integer(inherited(widget, Name.MaxLen)) if flags & _COMB else 0,
        back=_colour(widget, Name.BG, (b"g", b"rg", b"k")),
        edge=_colour(widget, Name.BC, (b"G", b"RG", b"K")),
    )


def _colour(widget: Dictionary, key: Name, operators: tuple[bytes, bytes, bytes]) -> bytes:
    """The operator that sets a colour of the widget's /MK (table 189), or b"" for none."""
    looks = widget.get(Name.MK)
    colour = looks.get(key) if isinstance(looks, Dictionary) else None
    if not isinstance(colour, Array) or len(colour) not in (1, 3, 4):
        return b""
    numbers = [value for value in colour if isinstance(value, int | Decimal)]
    return b"%s %s" % (" ".join(f"{value:f}" for value in numbers).encode("ascii"), operators[len(colour) // 2])


def _shown_value(widget: Dictionary, kind: str, flags: int) -> str:
    """The field's value as a reader would draw it; a ticked box is an X."""
    value = inherited(widget, Name.V)
    if kind == "/Btn":
        state = widget.get(Name.AS, value)
        return "" if flags & _PUSH_BUTTON or state is None or state == Name.Off else "X"
    if flags & _PASSWORD:
        return ""
    values = list(value) if isinstance(value, Array) else [value]
    shown = [_chosen(each, inherited(widget, Name.Opt)) for each in values if isinstance(each, String)]
    return "\n".join(shown).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def _chosen(value: String, options: object) -> str:
    """A choice's words: /Opt may pair the value that is sent with the words that are shown."""
    for option in options if isinstance(options, Array) else ():
        if isinstance(option, Array) and len(option) == 2 and option[0] == value:
            return str(option[1])
    return str(value)


def _field_content(field: _Field, width: float, height: float) -> bytes:
    """Return the content of an appearance that is ``width`` x ``height`` points: the value, within the box."""
    several = bool(field.flags & _MULTILINE) or "\n" in field.value
    size = field.size or min(12.0, height * 0.7 if not several else 12.0)
    lines = _lines(field.value, size, width - 4) if several else [field.value]
    while size > 4 and (_tall(lines, size) > height or _widest(lines, size) > width - 4):
        size -= 0.5
        lines = _lines(field.value, size, width - 4) if several else lines
    font = stamp_font()
    baseline = height - size if several else (height - size * font.cap_height / 1000) / 2
    frame = b"0.5 0.5 %.2f %.2f re" % (width - 1, height - 1)
    shown = [b"q %s %s f Q" % (field.back, frame)] if field.back else []
    shown += [b"q %s %s S Q" % (field.edge, frame)] if field.edge else []
    shown.append(b"/Tx BMC q BT 0 g /CivicpackStamp %.2f Tf" % size)
    for line in lines:
        for text, x in _placed(field, line, size, width):
            shown.append(b"1 0 0 1 %.2f %.2f Tm %s Tj" % (x, baseline, font.encode(text)))
        baseline -= size * 1.15
    return b"\n".join([*shown, b"ET Q EMC"])


def _placed(field: _Field, line: str, size: float, width: float) -> list[tuple[str, float]]:
    """Return the line's pieces with their left edges: one piece, or one a cell in a comb."""
    measure = stamp_font().width
    if field.cells > 0:
        cell = width / field.cells
        return [(letter, (at + 0.5) * cell - measure(letter, size) / 2) for at, letter in enumerate(line)]
    spare = width - 4 - measure(line, size)
    return [(line, 2 + {1: spare / 2, 2: spare}.get(1 if field.kind == "/Btn" else field.align, 0.0))]


def _lines(value: str, size: float, width: float) -> list[str]:
    """Break the value into lines no wider than ``width``, between words."""
    lines: list[str] = []
    for paragraph in value.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and stamp_font().width(longer, size) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def _tall(lines: list[str], size: float) -> float:
    """How high the lines stand; of a single line only the letters count, as readers let the rest overhang."""
    return size * (1.15 * len(lines) if len(lines) > 1 else 0.9)


def _widest(lines: list[str], size: float) -> float:
    return max((stamp_font().width(line, size) for line in lines), default=0.0)


def _shows_text(appearance: pikepdf.Object) -> bool:
    return isinstance(appearance, Stream) and bool(_SHOWS_TEXT.search(appearance.read_bytes()))


def is_push_button(widget: Dictionary) -> bool:
    return inherited(widget, Name.FT) == Name.Btn and bool(integer(inherited(widget, Name.Ff)) & _PUSH_BUTTON)


def print_field(widget: Dictionary) -> bytes:
    """Return what a field is once it is printed (ISO 32000-1 table 348), as a dictionary's inside."""
    kind, flags = inherited(widget, Name.FT), integer(inherited(widget, Name.Ff))
    said = b"/O/PrintField"
    if kind == Name.Btn and not flags & _PUSH_BUTTON:
        on = widget.get(Name.AS, Name.Off) != Name.Off
        said += b"/Role/%s/checked/%s" % (b"rb" if flags & _RADIO else b"cb", b"on" if on else b"off")
    else:
        said += b"/Role/%s" % (b"pb" if kind == Name.Btn else b"tv")
    words = inherited(widget, Name.TU)
    return said + (b"/Desc%s" % text_string(str(words)) if isinstance(words, String) and str(words) else b"")


def integer(value: object) -> int:
    return value if isinstance(value, int) else 0
