"""Pictures, charts, drawings and text boxes of a Word file without words for those who cannot see them."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.accessibility import fault, is_by_machine, says_nothing
from pipeline.model import AccessibilityFault
from pipeline.office.word_package import WP, A, W
from pipeline.office.word_story import Paragraph, Story, cell_text, short

_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_KINDS = (
    ("/picture", "picture"),
    ("/chart", "chart"),
    ("/chartex", "chart"),
    ("/diagram", "diagram"),
    ("/wordprocessingInk", "drawing"),
)
_IN_WORD = "In Word: right-click it, View Alt Text, and"


@dataclass(frozen=True)
class _Frame:
    """A drawing: "picture", "chart", "diagram", "object", "drawing", "line" or "text box", and what is said of it."""

    kind: str
    words: str
    decorative: bool
    text: str = ""


def picture_faults(story: Story) -> Iterator[AccessibilityFault]:
    """Yield a fault for every drawing that has no alternative text, or one that says nothing."""
    counts: dict[str, int] = {}
    before = ""
    for number, paragraph in enumerate(story.paragraphs):
        for element in paragraph.frames:
            frame = _frame(element)
            if frame is None:
                continue
            counts[frame.kind] = counts.get(frame.kind, 0) + 1
            quote = paragraph.text or _caption_below(story, number) or before
            place = _place(frame, counts[frame.kind], paragraph, quote)
            yield from _faults(frame, place, short(quote, 200))
        before = paragraph.text or before


def descriptions(story: Story) -> tuple[str, ...]:
    """Return the alternative text of each drawing that is not decorative, in order; "" for one without."""
    frames = (_frame(element) for paragraph in story.paragraphs for element in paragraph.frames)
    return tuple(frame.words for frame in frames if frame is not None and not frame.decorative)


def _caption_below(story: Story, number: int) -> str:
    following = story.paragraphs[number + 1 : number + 2]
    return following[0].text if following and story.styles.is_a(following[0].style_id, "caption") else ""


def _place(frame: _Frame, number: int, paragraph: Paragraph, quote: str) -> str:
    """ "picture 2, in Table 1, 'Ward | Trees'", "chart 1, by 'The chart shows ...'"."""
    if frame.text:
        return f"{frame.kind} '{short(frame.text)}'"
    table = f", in {paragraph.table.place}" if paragraph.table else ""
    near = f", by '{short(quote)}'" if quote and not table else ""
    return f"{frame.kind} {number}{table or near}"


def _faults(frame: _Frame, place: str, quote: str) -> Iterator[AccessibilityFault]:
    if frame.decorative:
        return
    if not frame.words and frame.kind == "text box":
        message = (
            "Words stand in a text box, apart from the text: they may be read out in the wrong place, or not at all."
        )
        remedy = f"Move them into the text; or {_IN_WORD.replace('In Word', 'in Word')} say what the box is."
        yield fault("undescribed-shape", message, place, remedy, frame.text or quote)
    elif not frame.words and frame.kind in ("line", "drawing"):
        message = f"The {frame.kind} has no alternative text."
        remedy = f"{_IN_WORD} say what it shows, or tick 'Mark as decorative'."
        yield fault("undescribed-shape", message, place, remedy, quote)
    elif not frame.words:
        message = f"The {frame.kind} has no alternative text: whoever cannot see it is not told what it shows."
        what = "what the chart shows, with its main figures" if frame.kind == "chart" else "what matters in it"
        yield fault("picture", message, place, f"{_IN_WORD} write {what}; or tick 'Mark as decorative'.", quote)
    elif says_nothing(frame.words):
        message = f"The alternative text of the {frame.kind}, '{short(frame.words)}', does not say what it shows."
        yield fault("empty-words", message, place, f"{_IN_WORD} write what matters in it.", quote)
    elif is_by_machine(frame.words):
        message = f"A program wrote the alternative text of the {frame.kind}: '{short(frame.words)}'."
        yield fault("machine-words", message, place, f"{_IN_WORD} read it through, and write what matters.", quote)


def _frame(element: "etree._Element") -> _Frame | None:
    return _drawing(element) if element.tag in (f"{WP}inline", f"{WP}anchor") else _vml(element)


def _drawing(element: "etree._Element") -> _Frame:
    properties = element.find(f"{WP}docPr")
    said = (properties.get("descr") or properties.get("title") or "") if properties is not None else ""
    marked = element.find(f"{WP}docPr//{_DECORATIVE}")
    decorative = marked is not None and marked.get("val", "1") not in ("0", "false")
    text = _boxed_text(element)
    return _Frame(_kind(element, text), " ".join(said.split()), decorative, text)


def _kind(element: "etree._Element", text: str) -> str:
    data = element.find(f"{A}graphic/{A}graphicData")
    uri = data.get("uri", "") if data is not None else ""
    named = next((kind for end, kind in _KINDS if uri.endswith(end)), "")
    if named:
        return named
    if text and element.find(f".//{A}blip") is None:
        return "text box"
    shapes = [each.get("prst", "") for each in element.iter(f"{A}prstGeom")]
    if shapes and all(shape in ("line", "rect") or "Connector" in shape for shape in shapes):
        return "line"
    return "picture" if element.find(f".//{A}blip") is not None else "drawing"


def _vml(element: "etree._Element") -> _Frame | None:
    """The old kind of drawing; None for the ruled line that Word makes of "---"."""
    shapes = [
        each for each in element.iter(etree.Element) if str(each.tag).startswith(_V) and each.tag != f"{_V}shapetype"
    ]
    shapes = [each for each in shapes if each.get("id") or each.get("style") or each.get("type")]
    if not shapes or shapes[0].get(f"{_O}hr") in ("t", "true"):
        return None
    first, text = shapes[0], _boxed_text(element)
    said = " ".join((first.get("alt") or first.get("title") or "").split())
    if element.tag == f"{W}object":
        kind = "object"
    elif element.find(f".//{_V}imagedata") is not None:
        kind = "picture"
    elif text:
        kind = "text box"
    else:
        kind = "line" if first.tag in (f"{_V}line", f"{_V}rect") else "drawing"
    return _Frame(kind, said, decorative=False, text=text if kind == "text box" else "")


def _boxed_text(element: "etree._Element") -> str:
    return " ".join(filter(None, (cell_text(each) for each in element.iter(f"{W}txbxContent"))))
