"""Text of a Word file that is hard to see: very small, or pale against what is behind it."""

from collections.abc import Iterable, Iterator

from pipeline.accessibility import contrast, fault
from pipeline.model import AccessibilityFault
from pipeline.office.word_package import W
from pipeline.office.word_story import Paragraph, Run, Story, Table, short
from pipeline.office.word_styles import fill_of

SMALLEST = 9.0  # points
LARGE, LARGE_BOLD = 18.0, 14.0  # points from which text counts as large (WCAG 1.4.3)
ENOUGH, ENOUGH_LARGE = 4.5, 3.0
_PAPER = "FFFFFF"


def look_faults(story: Story) -> Iterator[AccessibilityFault]:
    """Yield, for each table and for the text outside tables, one fault for small text and one for each pair of
    colours too close to each other."""
    parts: dict[Table | None, list[Paragraph]] = {}
    for paragraph in story.paragraphs:
        if paragraph.text:
            parts.setdefault(paragraph.table, []).append(paragraph)
    for table, paragraphs in parts.items():
        yield from _small(table, paragraphs)
        yield from _pale(story, table, paragraphs)


def _small(table: Table | None, paragraphs: Iterable[Paragraph]) -> Iterator[AccessibilityFault]:
    small = [(paragraph, size) for paragraph in paragraphs if (size := _usual_size(paragraph)) < SMALLEST]
    if small:
        least, first = min(size for _, size in small), small[0][0]
        many = "A paragraph is" if len(small) == 1 else f"{len(small)} paragraphs are"
        message = f"{many} in type of {least:g} point: too small for many readers."
        remedy = f"Use 11 or 12 point where you can, and never less than {SMALLEST:g}."
        yield fault("small-text", message, _place(table, first.text), remedy, first.text)


def _usual_size(paragraph: Paragraph) -> float:
    """Return the size, in points, of most of a paragraph's letters; raised and lowered ones are not counted."""
    sizes: dict[float, int] = {}
    for run in paragraph.runs:
        if not run.look.raised:
            sizes[run.look.size] = sizes.get(run.look.size, 0) + len(run.text.strip())
    return max(sizes, key=lambda size: sizes[size], default=SMALLEST)


def _pale(story: Story, table: Table | None, paragraphs: Iterable[Paragraph]) -> Iterator[AccessibilityFault]:
    found: dict[tuple[str, str], list[Run]] = {}
    for paragraph in paragraphs:
        for run in paragraph.runs:
            behind = _behind(story, paragraph, run) if run.look.colour and run.text.strip() else ""
            if behind and contrast(run.look.colour, behind) < _enough(run):
                found.setdefault((run.look.colour, behind), []).append(run)
    for (colour, behind), runs in found.items():
        yield _weak(table, colour, behind, runs)


def _weak(table: Table | None, colour: str, behind: str, runs: list[Run]) -> AccessibilityFault:
    ratio = int(contrast(colour, behind) * 10) / 10
    times = "" if len(runs) == 1 else f", {len(runs)} times"
    message = (
        f"Words in colour #{colour} on #{behind}{times}: their contrast is {ratio:g} to 1, and "
        f"{_enough(runs[0]):g} to 1 is the least that most people can read."
    )
    remedy = "Choose a darker colour for the words or a lighter one behind them (or the other way round)."
    words = runs[0].text.strip()
    return fault("contrast", message, _place(table, words), remedy, words)


def _behind(story: Story, paragraph: Paragraph, run: Run) -> str:
    """Return the colour behind a run, "" when it cannot be told: in a text box, or where a table style shades."""
    if own := run.look.behind or story.styles.paragraph_fill(paragraph.element):
        return own
    if paragraph.boxed:
        return ""
    for cell in paragraph.element.iterancestors(f"{W}tc"):
        properties = cell.find(f"{W}tcPr")
        if properties is not None and properties.find(f"{W}shd") is not None:
            return fill_of(properties) or _PAPER
    table = paragraph.table
    return "" if table is not None and story.styles.shades_tables(table.style_id) else _PAPER


def _enough(run: Run) -> float:
    return ENOUGH_LARGE if run.look.size >= (LARGE_BOLD if run.look.bold else LARGE) else ENOUGH


def _place(table: Table | None, words: str) -> str:
    return f"{table.place}: '{short(words)}'" if table else f"paragraph '{short(words)}'"
