"""Headings of a Word file: levels skipped, headings without words, bold lines that look like headings, none at all."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.accessibility import fault
from pipeline.model import AccessibilityFault
from pipeline.office.word_story import Paragraph, Story

LONGEST_HEADING = 90  # letters
LEAST_TEXT = 60  # letters of the paragraph below, for a bold line to be a heading of it
WORDS_OF_TWO_PAGES = 900
_ENDS = (".", ",", ";", ":")
_CAPTION = re.compile(
    r"(table|figure|fig\.?|chart|graph|map|picture|photo|source|note)s?\b[\s:]*[\dA-Z:]", re.IGNORECASE
)
_APPLY = "In Word: put the cursor in it and choose Heading {} under Home, Styles."


def heading_faults(story: Story) -> Iterator[AccessibilityFault]:
    """Yield what is wrong with the headings, in the order of the text."""
    headings = [each for each in story.paragraphs if each.level]
    likely = list(_likely_headings(story))
    if not headings and _is_long(story):
        message = "The paper has no headings: whoever listens to it cannot jump from part to part, or see its plan."
        remedy = "In Word: give each heading one of the styles Heading 1, Heading 2 ... under Home, Styles."
        yield fault("no-headings", message, "the whole paper", remedy)
    yield from _skipped(story, [each for each in headings if each.text])
    for heading in headings:
        if not heading.text and not heading.frames and heading.table is None:
            yield _empty(story, heading)
    for line in likely:
        message = "The line is bold and stands above text like a heading, but has no heading style."
        remedy = f"If it is a heading: {_lower(_APPLY.format(1 if not headings else '1, 2 or 3'))}"
        yield fault("looks-like-heading", message, f"paragraph '{line.quoted}'", remedy, line.text)


def _is_long(story: Story) -> bool:
    return story.words > WORDS_OF_TWO_PAGES or (story.package.pages > 2 and story.words > WORDS_OF_TWO_PAGES // 2)


def _skipped(story: Story, headings: Sequence[Paragraph]) -> Iterator[AccessibilityFault]:
    """A title in the style Title may stand for the heading of level 1."""
    titled = any(story.styles.is_a(each.style_id, "title") and each.text for each in story.paragraphs)
    before, above = (1, "the title") if titled else (0, "")
    for heading in headings:
        if heading.level > before + 1:
            right = before + 1
            message = f"The first heading is of level {heading.level}, not 1."
            if above:
                left_out = f"level {_levels(right, heading.level)} left out"
                message = f"A heading of level {heading.level} comes right after {above}: {left_out}."
            place = f"heading '{heading.quoted}'"
            yield fault("skipped-level", message, place, _APPLY.format(right), heading.text)
        before, above = heading.level, f"one of level {heading.level}"


def _levels(first: int, beyond: int) -> str:
    return f"{first} is" if beyond - first == 1 else f"{first} to {beyond - 1} are"


def _empty(story: Story, heading: Paragraph) -> AccessibilityFault:
    at = story.paragraphs.index(heading)
    before = next((each.quoted for each in reversed(story.paragraphs[:at]) if each.text), "")
    place = f"the empty line after '{before}'" if before else "the empty line at the top"
    message = (
        f"An empty line has the style of a heading (level {heading.level}): it is read out as a heading without words."
    )
    return fault("empty-heading", message, place, "In Word: delete the line, or give it the style Normal.", before)


def _likely_headings(story: Story) -> Iterator[Paragraph]:
    """Yield bold short lines above text, after the first text of the paper: lines above that are its title."""
    begun = False
    said = [each for each in story.body if each.text]
    for line, following in pairwise(said):
        begun = begun or bool(line.level) or not _is_bold(line)
        if begun and _may_be_heading(story, line) and _is_text(following):
            yield line


def _may_be_heading(story: Story, line: Paragraph) -> bool:
    return (
        not line.level
        and len(line.text) <= LONGEST_HEADING
        and _is_bold(line)
        and not line.text.endswith(_ENDS)
        and any(letter.isalpha() for letter in line.text)
        and "\t" not in line.raw.strip().lstrip("0123456789.() ")[1:]
        and not _CAPTION.match(line.text)
        and not story.styles.is_a(line.style_id, "caption", "title", "subtitle", "toc", "signature", "header", "footer")
        and not line.frames
    )


def _is_text(paragraph: Paragraph) -> bool:
    return not paragraph.level and len(paragraph.text) >= LEAST_TEXT and not _is_bold(paragraph)


def _is_bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.look.bold for run in runs)


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
