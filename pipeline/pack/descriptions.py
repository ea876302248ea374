"""Alternative text that LibreOffice loses on the way (7.4 drops a native chart's), put back into a paper's tags."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

_DEEPEST = 200


def with_descriptions(pdf: Path, words: Sequence[str]) -> bytes | None:
    """Return the PDF with alternative text on the figures that lost it; None when nothing can be mended for certain.

    ``words`` are the alternative texts of the Word file's drawings, in order. A figure is given words only where the
    figures before and after it show which drawing it must be. Same inputs give the same bytes.
    """
    with pikepdf.open(pdf) as source:
        figures = [element for element in _elements(source) if element.get(Name.S) == Name.Figure]
        said = [str(figure.get(Name.Alt, "")).strip() for figure in figures]
        lacking = _matched(said, [" ".join(text.split()) for text in words])
        if not lacking:
            return None
        for place, text in lacking.items():
            figures[place][Name.Alt] = pikepdf.String(text)
        stream = io.BytesIO()
        source.save(stream, deterministic_id=True)
        return stream.getvalue()


def _elements(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    """The structure elements of a paper, in reading order."""
    root = pdf.Root.get(Name.StructTreeRoot)
    seen: set[tuple[int, int]] = set()

    def walk(kids: object, depth: int) -> Iterator[Dictionary]:
        for kid in kids if isinstance(kids, Array) else [kids]:
            if not isinstance(kid, Dictionary) or depth > _DEEPEST or (kid.is_indirect and kid.objgen in seen):
                continue
            if kid.is_indirect:
                seen.add(kid.objgen)
            if Name.S in kid:
                yield kid
            yield from walk(kid.get(Name.K), depth + 1)

    if isinstance(root, Dictionary):
        yield from walk(root.get(Name.K), 0)


def _matched(said: Sequence[str], words: Sequence[str]) -> dict[int, str]:
    """Return, by the place of a figure without words, the words it must have had.

    Figures that kept their words are fixed points; between two of them as many figures must be without words as there
    are drawings, or nothing is said of these.
    """
    result: dict[int, str] = {}
    gap: list[int] = []
    taken = 0
    for place, text in enumerate([*said, None]):
        if text == "":
            gap.append(place)
            continue
        at = len(words) if text is None else next((n for n in range(taken, len(words)) if words[n] == text), None)
        if at is None:  # a figure that is no drawing of the file: nothing before the next fixed point is certain
            gap.append(-1)
            continue
        between = words[taken:at]
        if len(between) == len(gap) and -1 not in gap:
            result.update({place: text for place, text in zip(gap, between, strict=True) if text})
        gap, taken = [], at + 1
    return result
