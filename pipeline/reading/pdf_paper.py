"""A PDF paper opened for looking: its pages, its tags, its properties; all it takes to say what is not accessible."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Name, Stream

from pipeline.reading.pdf_pages import ARTIFACT, PageLook, look_at_pages, words_on
from pipeline.reading.pdf_structure import Element, Structure, is_tagged, read_structure, text_of

FEW_LETTERS = 12  # a page number, "Appendix B"
_XMP_TITLE = re.compile(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)
_LONGEST_XMP = 1 << 20


@dataclass(frozen=True)
class PdfPaper:
    """A PDF as found. ``pages`` is empty if PDFium cannot read it; ``marked``: does it say that it is tagged?
    ``locked``: does it forbid screen readers?"""

    path: Path
    pages: tuple[PageLook, ...]
    structure: Structure
    marked: bool
    title: str
    language: str
    locked: bool

    @cached_property
    def scans(self) -> tuple[int, ...]:
        """The pages, from 1, that are pictures of pages: no words, and no description of the picture either."""
        return tuple(number for number in self._wordless if self.pages[number - 1].picture >= 0.5)

    @cached_property
    def drawn(self) -> tuple[int, ...]:
        """The other pages on which a good deal is drawn and nothing can be read."""
        looks = [(number, self.pages[number - 1]) for number in self._wordless if number not in self.scans]
        return tuple(
            number for number, look in looks if not look.letters and (look.drawings >= 40 or look.picture > 0.1)
        )

    @cached_property
    def _wordless(self) -> tuple[int, ...]:
        described = {figure.page for figure in self.structure.of_kind("Figure", "Formula") if figure.words}
        return tuple(
            number
            for number, look in enumerate(self.pages, start=1)
            if look.letters <= FEW_LETTERS and number not in described
        )

    @property
    def has_words(self) -> bool:
        """Is there a page with more words on it than a page number?"""
        return any(look.letters > FEW_LETTERS for look in self.pages)

    @property
    def letters(self) -> int:
        return sum(look.letters for look in self.pages)

    @property
    def tagged(self) -> bool:
        """Has it tags that cover at least one of its pages?"""
        return self.marked and any(self.structure.claimed.values())

    def unclaimed(self, number: int) -> tuple[int, int]:
        """Return how many pieces of text a page has that no tag claims, and how many it has in all, furniture left
        out."""
        look = self.pages[number - 1]
        claimed = self.structure.claimed.get(number, set())
        texts = [mark for mark in look.texts if mark != ARTIFACT]
        if number in self.structure.forms:
            return 0, len(texts)
        return sum(mark not in claimed for mark in texts), len(texts)

    def words_of(self, elements: Sequence[Element]) -> tuple[str, ...]:
        """Return what each element says, as far as it stands on its first page."""
        return words_on(self.path, [element.places for element in elements])

    def words_before(self, elements: Sequence[Element]) -> tuple[str, ...]:
        """Return the words that are read out before each element."""
        return words_on(self.path, [[element.before] if element.before else [] for element in elements])


def open_paper(path: Path) -> PdfPaper:
    """Look at a PDF. Raises pikepdf.PikepdfError when it cannot be opened."""
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        structure = read_structure(pdf)
        return PdfPaper(
            path=path,
            pages=_looks(path),
            structure=structure,
            marked=is_tagged(pdf),
            title=_title(pdf),
            language=text_of(pdf.Root.get(Name.Lang)) or structure.language,
            locked=pdf.is_encrypted and not pdf.allow.accessibility,
        )


def _looks(path: Path) -> tuple[PageLook, ...]:
    try:
        return look_at_pages(path)
    except pypdfium2.PdfiumError:
        return ()


def _title(pdf: pikepdf.Pdf) -> str:
    """The title in the document's information, else in its XMP metadata."""
    said = text_of(pdf.docinfo.get(Name.Title))
    metadata = pdf.Root.get(Name.Metadata)
    if said or not isinstance(metadata, Stream):
        return said
    found = _XMP_TITLE.search(metadata.read_bytes()[:_LONGEST_XMP])
    return " ".join(html.unescape(found[1].decode("utf-8", "replace")).split()) if found else ""
