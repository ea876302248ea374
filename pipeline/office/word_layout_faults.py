"""Links of a Word file that do not say where they lead, tables made with tabs or spaces, and gaps of empty lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from pipeline.accessibility import fault
from pipeline.model import AccessibilityFault
from pipeline.office.word_package import R, W
from pipeline.office.word_story import Paragraph, Story, own_runs, run_text, short

MOST_EMPTY_LINES = 4
LEAST_TYPED_ROWS = 3
LONGEST_ADDRESS = 40  # letters of a web address that one can bear to have read out
_VAGUE = re.compile(
    r"(please )?(click|press|see|go|follow)? ?(here|this|this link|this page|this document|link|the link|more|read more"
    r"|learn more|find out more|more information|more info|more details|details|further information|continue"
    r"|website|webpage|web page|download|view|document|page)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_GAP = re.compile(r"(?<=\S)(?: *\t[\t ]*| {5,})(?=\S)")
_NUMBERING = re.compile(r"\A\s*(\(?(?:[\d.]{1,8}|[A-Za-z]|[ivx]{1,5})[.)]?|\W)\t\s*", re.IGNORECASE)
_FIELD = re.compile(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\s]*)', re.IGNORECASE)


@dataclass(frozen=True)
class _Link:
    """The words of a link and its web address, "" for a place in the same file."""

    words: str
    address: str


def link_faults(story: Story) -> Iterator[AccessibilityFault]:
    """Yield links whose words say nothing, or are a long web address."""
    for paragraph in story.paragraphs:
        for link in _links(story, paragraph):
            words = link.words.strip(" .,;:()[]<>\N{RIGHTWARDS ARROW}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
            place = f"the link '{short(words)}' in '{paragraph.quoted}'"
            if _VAGUE.fullmatch(words):
                message = (
                    f"The words of the link, '{words}', do not say where it leads: read on its own it tells nothing."
                )
                remedy = "Make the name of the page or paper the words of the link."
                yield fault("vague-link", message, place, remedy, paragraph.text)
            elif _ADDRESS.fullmatch(words) and len(words) > LONGEST_ADDRESS:
                message = "The link shows its whole web address, which is read out letter by letter."
                remedy = "In Word: right-click it, Edit Hyperlink, and write the page's name as the text to display."
                yield fault("vague-link", message, f"the link '{short(words)}'", remedy, words)


def _links(story: Story, paragraph: Paragraph) -> Iterator[_Link]:
    """Yield the links of a paragraph; pieces that follow each other and lead to one place are one link."""
    pieces = [
        (story.package.links.get(address, address), words) for address, words in _linked(paragraph.element) if words
    ]
    for address, run in groupby(pieces, key=lambda piece: piece[0]):
        if address:
            yield _Link(" ".join("".join(words for _, words in run).split()), address)


def _linked(paragraph: "etree._Element") -> Iterator[tuple[str, str]]:
    """Yield (relation id or address, words) for each run: of a link, or of a HYPERLINK field; ("", ...) for others."""
    code, shown = "", False
    for run in own_runs(paragraph):
        field = run.find(f"{W}fldChar")
        kind = field.get(f"{W}fldCharType") if field is not None else ""
        code = "" if kind in ("begin", "end") else code + "".join(each.text or "" for each in run.iter(f"{W}instrText"))
        shown = kind == "separate" or (shown and kind not in ("begin", "end"))
        found = _FIELD.match(code) if shown else None
        yield (found[1] if found else _relation(run)), run_text(run)


def _relation(run: "etree._Element") -> str:
    for parent in run.iterancestors(f"{W}hyperlink", f"{W}p"):
        return parent.get(f"{R}id", "")
    return ""


def layout_faults(story: Story) -> Iterator[AccessibilityFault]:
    """Yield tables that are typed with tabs or spaces, and gaps made with empty lines: gross ones only."""
    yield from _typed_tables(story)
    yield from _gaps(story)


def _typed_tables(story: Story) -> Iterator[AccessibilityFault]:
    """Three lines or more on end, each of three columns or more."""
    lines = [each for each in story.body if each.text]
    for typed, run in groupby(lines, key=lambda line: _typed_columns(story, line) >= LEAST_TYPED_ROWS):
        rows = list(run)
        if typed and len(rows) >= LEAST_TYPED_ROWS:
            message = (
                f"{len(rows)} lines are set in columns with tabs or spaces: they are read out across, without headings."
            )
            remedy = "In Word: mark the lines; Insert, Table, Convert Text to Table; then mark its header row."
            words = " | ".join(_GAP.split(rows[0].raw.strip()))
            yield fault("typed-table", message, f"the lines from '{short(words)}'", remedy, rows[0].text)


def _typed_columns(story: Story, line: Paragraph) -> int:
    if line.level or story.styles.is_a(line.style_id, "toc", "table of figures", "header", "footer"):
        return 1
    return len(_GAP.split(_NUMBERING.sub("", line.raw, count=1).strip()))


def _gaps(story: Story) -> Iterator[AccessibilityFault]:
    """Runs of empty lines between words; a line with a picture, a page break or a section's end is not empty."""
    before, empty = "", 0
    for line in story.body:
        if line.text or line.frames:
            if empty > MOST_EMPTY_LINES and before:
                message = f"{empty} empty lines stand one after another: each may be read out as 'blank'."
                remedy = "Delete them; use Layout, Breaks, Page for a new page, or the space after a paragraph."
                yield fault("empty-lines", message, f"after '{short(before)}'", remedy, before)
            before, empty = line.text or before, 0
        elif line.element.find(f".//{W}br") is None and line.element.find(f".//{W}sectPr") is None:
            empty += 1
        else:
            before, empty = "", 0
