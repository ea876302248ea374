"""Says what a pack turned out to be: its pages, its structure elements, the words at the end of a page.

Run as `python judge.py PACK.pdf PAGE`. Elements are counted by walking the tree from its root, as a screen reader does:
one that the tree no longer leads to is lost.
"""

import json
import sys
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name


def count_elements(path: Path) -> int | None:
    """Return how many structure elements the PDF's tree leads to; None when it has no tree."""
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        root = pdf.Root.get(Name.StructTreeRoot)
        if not isinstance(root, Dictionary):
            return None
        met: set[tuple[int, int]] = set()
        count, waiting = 0, _kids(root)
        while waiting:
            element = waiting.pop()
            if not isinstance(element, Dictionary) or Name.S not in element:
                continue  # a piece of content or a link, not an element
            if element.is_indirect:
                if element.objgen in met:
                    continue
                met.add(element.objgen)
            count += 1
            waiting += _kids(element)
        return count


def _kids(element: Dictionary) -> list[pikepdf.Object]:
    below = element.get(Name.K)
    if isinstance(below, Array):
        return [kid for kid in below if isinstance(kid, Dictionary)]
    return [below] if isinstance(below, Dictionary) else []


def words_of(path: Path, page: int) -> str:
    """Return the words of a page (from 1) in the order they are drawn."""
    with pypdfium2.PdfDocument(path) as pdf:
        words: str = pdf[page - 1].get_textpage().get_text_range()
        return " ".join(words.split())


def pages_of(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


if __name__ == "__main__":
    pack = Path(sys.argv[1])
    found = {"pages": pages_of(pack), "elements": count_elements(pack), "words": words_of(pack, int(sys.argv[2]))}
    sys.stdout.write(json.dumps(found))
