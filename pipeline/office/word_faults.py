"""What is not accessible in a Word file, found before it is converted and named as its author sees it.

The sign-off table that the tool puts in is not there yet and not looked at. Headers and footers are not looked at:
in the pack they are page furniture, not read out.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.accessibility import fault, title_says_nothing
from pipeline.errors import Fault, PaperError
from pipeline.model import AccessibilityFault
from pipeline.office.word_heading_faults import heading_faults
from pipeline.office.word_layout_faults import layout_faults, link_faults
from pipeline.office.word_look_faults import look_faults
from pipeline.office.word_package import read_package
from pipeline.office.word_picture_faults import descriptions, picture_faults
from pipeline.office.word_reader import read_story
from pipeline.office.word_story import Story
from pipeline.office.word_table_faults import table_faults

PROPERTIES = "the file's properties"


def word_faults(path: Path, shown_as: str) -> tuple[AccessibilityFault, ...]:
    """Return what is not accessible in a .docx, kind by kind, each kind in the order of the text.

    ``shown_as`` is the file as the officer wrote it. Raises PaperError if it is no Word file that can be read.
    """
    package = read_package(path, shown_as)
    try:
        return tuple(replace(found, paper=shown_as) for found in _all(read_story(package)))
    except RecursionError as error:
        words = "things stand inside each other too deep to be looked into"
        raise PaperError([Fault(words, "Open it in Word and save it again.", file=Path(shown_as))]) from error


def word_descriptions(path: Path, shown_as: str) -> tuple[str, ...]:
    """Return the alternative text of each drawing in a .docx, in order; "" for one without. Raises as word_faults."""
    return descriptions(read_story(read_package(path, shown_as)))


def _all(story: Story) -> Iterator[AccessibilityFault]:
    yield from _document_faults(story)
    yield from picture_faults(story)
    yield from table_faults(story)
    yield from heading_faults(story)
    yield from link_faults(story)
    yield from look_faults(story)
    yield from layout_faults(story)


def _document_faults(story: Story) -> Iterator[AccessibilityFault]:
    if not _has_language(story):
        message = "No language is set: a screen reader guesses it, and may read the words in a foreign tongue."
        remedy = "In Word: mark all (Ctrl+A); Review, Language, Set Proofing Language, English (United Kingdom)."
        yield fault("no-language", message, "the whole paper", remedy)
    title = story.package.title
    if not title:
        message = "The file has no title: people who open it alone hear its file name instead."
        yield fault("no-title", message, PROPERTIES, "In Word: File, Info, Properties, and write it beside Title.")
    elif title_says_nothing(title):
        message = f"The title in the file's properties, '{title}', does not say what the paper is."
        yield fault(
            "vague-title", message, PROPERTIES, "In Word: File, Info, Properties, and write it beside Title.", title
        )


def _has_language(story: Story) -> bool:
    """Does the file set a language for all text, or else at least half of its letters for themselves?"""
    if story.styles.language():
        return True
    runs = [run for paragraph in story.paragraphs for run in paragraph.runs]
    return sum(len(run.text) for run in runs if run.language) * 2 > sum(len(run.text) for run in runs) > 0
