"""Alternative text that is lost in conversion is put back where it is certain, and nowhere else."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.pack.descriptions import with_descriptions


def tagged(path: Path, *said: str | None) -> Path:
    """A PDF with a figure for each text: None for one without alternative text."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        figures = []
        for text in said:
            figure = Dictionary(Type=Name.StructElem, S=Name.Figure)
            if text is not None:
                figure.Alt = pikepdf.String(text)
            figures.append(pdf.make_indirect(figure))
        section = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, K=Array(figures)))
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=section))
        pdf.save(path)
    return path


def read(content: bytes, path: Path) -> list[str]:
    path.write_bytes(content)
    with pikepdf.open(path) as pdf:
        return [str(figure.get(Name.Alt, "")) for figure in pdf.Root.StructTreeRoot.K.K]


CERTAIN = {
    "between-two": (("Crest", None, "Map"), ("Crest", "Trees planted, by year", "Map")),
    "first": ((None, "Map"), ("Trees", "Map")),
    "last": (("Crest", None), ("Crest", "Trees")),
    "alone": ((None,), ("Trees",)),
    "two-together": ((None, None, "Map"), ("Trees", "Ash", "Map")),
}
UNCERTAIN = {
    "more-drawings-than-figures": ((None, "Map"), ("Trees", "Ash", "Map")),
    "more-figures-than-drawings": ((None, None), ("Trees",)),
    "figure-of-unknown-words": ((None, "Something else"), ("Trees", "Map")),
    "nothing-lost": (("Crest", "Map"), ("Crest", "Map")),
    "no-words-in-the-file": ((None,), ("",)),
    "no-figures": ((), ("Trees",)),
}


@pytest.mark.parametrize("kind", CERTAIN)
def test_figure_gets_the_words_of_its_drawing(tmp_path: Path, kind: str) -> None:
    said, words = CERTAIN[kind]
    mended = with_descriptions(tagged(tmp_path / "paper.pdf", *said), words)
    assert mended is not None
    assert read(mended, tmp_path / "mended.pdf") == list(words)


@pytest.mark.parametrize("kind", UNCERTAIN)
def test_nothing_is_said_where_it_is_not_certain(tmp_path: Path, kind: str) -> None:
    said, words = UNCERTAIN[kind]
    assert with_descriptions(tagged(tmp_path / "paper.pdf", *said), words) is None


def test_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    paper = tagged(tmp_path / "paper.pdf", None)
    assert with_descriptions(paper, ["Trees"]) == with_descriptions(paper, ["Trees"])


def test_paper_without_tags_and_tree_in_a_circle_are_left_alone(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "plain.pdf")
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect))
        element.K = Array([element])
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=element))
        pdf.save(tmp_path / "circle.pdf")
    for name in ("plain.pdf", "circle.pdf"):
        assert with_descriptions(tmp_path / name, ["Trees"]) is None
