"""Markdown papers and minutes to HTML (CommonMark and tables; raw HTML is shown as text, never passed on)."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from pipeline.errors import Fault, PaperError

_SAFE_LINK = re.compile(r"(https?:|mailto:|tel:|#)", re.IGNORECASE)


def to_html(text: str, *, picture: Callable[[str], str] | None = None, shift: int = 0) -> Markup:
    """Return the text as HTML.

    ``picture`` gives the data: address for a picture's path; ``shift`` lowers every heading by so many levels.
    A list after a paragraph that begins RESOLVED, or numbered "1)", gets the class "resolved".
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    for index, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1:]) + shift)}"
        elif token.type in ("ordered_list_open", "bullet_list_open"):
            for name in _list_classes(tokens, index):
                token.attrJoin("class", name)
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "inline":
            _mend_inline(token, picture)
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - raw HTML is off


def _list_classes(tokens: Sequence[Token], index: int) -> Iterator[str]:
    """ "resolved": numbered "1)"; "tight": its items are single paragraphs, so their numbers may stand in the line."""
    opening = tokens[index]
    if opening.type == "ordered_list_open" and (opening.markup == ")" or _after_resolved(tokens, index)):
        yield "resolved"
    closing = opening.type.replace("open", "close")
    end = next(n for n in range(index, len(tokens)) if tokens[n].type == closing and tokens[n].level == opening.level)
    if all(token.hidden for token in tokens[index:end] if token.type == "paragraph_open"):
        yield "tight"


def _after_resolved(tokens: Sequence[Token], index: int) -> bool:
    if index < 3 or tokens[index - 1].type != "paragraph_close":
        return False
    return tokens[index - 2].content.lstrip("*_ ").startswith("RESOLVED")


def _mend_inline(token: Token, picture: Callable[[str], str] | None) -> None:
    """Put pictures inside the page; a link that is not to the web loses its address."""
    for child in token.children or []:
        if child.type == "image" and picture is not None:
            child.attrSet("src", picture(str(child.attrGet("src") or "")))
        elif child.type == "link_open" and not _SAFE_LINK.match(str(child.attrGet("href") or "")):
            child.attrSet("href", "#")


def split_sections(text: str) -> tuple[str, tuple[tuple[int, str, str, int], ...]]:
    """Return what stands before the first heading, and for each heading (level, title, text below it, line from 1).

    Headings inside lists, quotations and code are not headings of the paper.
    """
    tokens = MarkdownIt("commonmark").parse(text)
    lines = text.splitlines()
    found = [
        (int(token.tag[1:]), tokens[index + 1].content.strip(), token.map)
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]
    starts = [place[0] for _, _, place in found] + [len(lines)]
    before = "\n".join(lines[: starts[0]])
    sections = tuple(
        (level, title, "\n".join(lines[place[1] : starts[number + 1]]).strip("\n"), place[0] + 1)
        for number, (level, title, place) in enumerate(found)
    )
    return before, sections


def pictures_beside(paper: Path, shown_as: str, address: Callable[[Path], str]) -> Callable[[str], str]:
    """Return a function that gives the data: address of a picture beside the paper.

    The function raises PaperError for a picture that is missing, on the web, or outside the paper's folder.
    """

    def find(source: str) -> str:
        file = (paper.parent / unquote(source)).resolve()
        if "://" in source or not file.is_relative_to(paper.parent.resolve()) or not file.is_file():
            raise PaperError(
                [
                    Fault(
                        f"the picture '{source}' is not in the paper's folder",
                        "Put the picture beside the paper and give its file name.",
                        file=Path(shown_as),
                    )
                ]
            )
        return address(file)

    return find


def titled(text: str, title: str) -> tuple[str, str]:
    """Return the paper's title and its text without it: its first heading if that opens the text, else ``title``."""
    before, sections = split_sections(text)
    if not before.strip() and sections and sections[0][0] == 1:
        opening = sections[0]
        rest = text.splitlines()[opening[3] :]
        return opening[1], "\n".join(rest)
    return title, text
