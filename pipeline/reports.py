"""A report written in Markdown, put into the council's form: its headings numbered as the council numbers them.

The officer writes headings by their words ("## Legal implications"); the numbers come from ``report_headings`` in
council.yaml. A heading with nothing under it must say "None": what is left empty might have been forgotten.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline.manifest.report_file import read_front_matter
from pipeline.markdown import split_sections, titled, to_html
from pipeline.model import (
    AgendaItem,
    Finding,
    Meeting,
    Paper,
    PaperKind,
    ReportHeading,
    ReportText,
    Severity,
    SignOffTable,
)

APPENDICES = "List of appendices included"
BACKGROUND = "Background papers"
_PLACEHOLDER = re.compile(r"<p>\{\{\s*signoff_table\s*\}\}</p>")
_NUMBER = re.compile(r"^\d+(\.\d+)*\.?\s+")


@dataclass(frozen=True)
class Section:
    """A section of a report: ``number`` "5.1" or "", ``text`` in Markdown, ``line`` of its heading from 1."""

    number: str
    title: str
    level: int
    text: str
    line: int


def page(
    path: Path,
    paper: Paper,
    meeting: Meeting,
    item: AgendaItem,
    picture: Callable[[str], str],
    sign_offs: SignOffTable | None,
) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Return the context of report.html and what is wrong with the report's form.

    Raises ManifestError for faults in its front matter, with their lines.
    """
    report, text, first_line = read_front_matter(path)
    before, found = split_sections(text)
    if found and found[0][0] == 1 and not before.strip():
        before, found = found[0][2], found[1:]
        report = _titled(report, text)
    opening, numbered, closing = arrange(found, meeting.council.report_headings, first_line)
    written = [*opening, *numbered, *closing]
    findings = tuple(check_form(paper.file, written, meeting.council.report_headings))
    if numbered and not _has(written, APPENDICES):
        opening.append(_appendices(item))
    if before.strip():
        opening.insert(0, Section("", "Introduction", 1, before, 1))
    parts = {
        name: [_shown(s, picture) for s in sections]
        for name, sections in (("opening", opening), ("numbered", numbered), ("closing", closing))
    }
    placed = any(section["after"] is not None for sections in parts.values() for section in sections)
    context = {
        "council": meeting.council,
        "body_name": meeting.body.name,
        "meeting_date": meeting.date,
        "report": _completed(report, paper, meeting),
        "fields": _fields(report, paper, item),
        **parts,
        "sign_offs": sign_offs,
        "sign_offs_at_end": sign_offs is not None and not placed,
        "asks_for_sign_offs": placed,
    }
    return context, findings


def arrange(
    found: Sequence[tuple[int, str, str, int]], headings: Sequence[ReportHeading], first_line: int
) -> tuple[list[Section], list[Section], list[Section]]:
    """Return the sections before the numbered ones, those from the first numbered one to the last, and those after.

    A heading that is not the council's stays where it is; a lesser one inside the section it stands in.
    """
    known = {_words(heading.title): heading for heading in headings}
    sections: list[Section] = []
    for level, title, text, line in found:
        heading = known.get(_words(title))
        at = first_line + line - 1
        if heading:
            sections.append(Section(heading.number, heading.title, heading.level, text, at))
        elif level > 2 and sections:
            sections[-1] = _with_more(sections[-1], f"{'#' * level} {title}\n\n{text}")
        else:
            sections.append(Section("", title, 1, text, at))
    places = [place for place, section in enumerate(sections) if section.number]
    first, last = (places[0], places[-1] + 1) if places else (len(sections), len(sections))
    return sections[:first], _with_chapters(sections[first:last], headings), sections[last:]


def _with_chapters(numbered: Sequence[Section], headings: Sequence[ReportHeading]) -> list[Section]:
    """Put the heading of a chapter ("5") before its first part ("5.1") where the officer wrote the parts alone."""
    titles = {heading.number: heading for heading in headings}
    there = {section.number for section in numbered}
    result: list[Section] = []
    for section in numbered:
        chapter = section.number.rpartition(".")[0]
        if chapter in titles and chapter not in there:
            there.add(chapter)
            result.append(Section(chapter, titles[chapter].title, titles[chapter].level, "", section.line))
        result.append(section)
    return result


def _with_more(section: Section, text: str) -> Section:
    return Section(section.number, section.title, section.level, f"{section.text}\n\n{text}", section.line)


def _words(title: str) -> str:
    """The words of a heading, without its number, case and punctuation."""
    return re.sub(r"[^a-z0-9]+", " ", _NUMBER.sub("", title.strip()).lower()).strip()


def check_form(file: str, sections: Sequence[Section], headings: Sequence[ReportHeading]) -> list[Finding]:
    """Return what the council's form asks for and the report does not give.

    A paper without any of the council's headings is not in the council's form and is left alone.
    """
    written = {section.number: section for section in sections if section.number}
    if not written:
        return []
    findings = []
    for heading in headings:
        section = written.get(heading.number)
        has_parts = any(number.startswith(f"{heading.number}.") for number in written)
        name = f"heading {heading.number} {heading.title}"
        if section is None and heading.required and not has_parts:
            findings.append(
                _error("heading-missing", f"{file} lacks {name}. Add it; if there is nothing to say, write None.")
            )
        elif section is not None and heading.required and not section.text.strip() and not has_parts:
            findings.append(
                _error(
                    "heading-empty",
                    f"{file} line {section.line}: {name} is empty. Write None if there is nothing to say.",
                )
            )
    background = next((s for s in sections if _words(s.title) == _words(BACKGROUND)), None)
    if background is None or not background.text.strip():
        findings.append(
            _error(
                "background-papers",
                f"{file} does not say its background papers (Local Government Act 1972 s.100D). "
                f"Add the heading '{BACKGROUND}' and list them, or write None.",
            )
        )
    return findings


def _error(slug: str, message: str) -> Finding:
    return Finding(slug, Severity.ERROR, message)


def _has(sections: Sequence[Section], title: str) -> bool:
    return any(_words(section.title) == _words(title) for section in sections)


def _appendices(item: AgendaItem) -> Section:
    """The list that must match the appendices in the pack, made from them."""
    lines = [
        f"- Appendix {paper.letter} – {paper.title}" if paper.letter else f"- {paper.title}"
        for paper in item.papers
        if paper.kind is PaperKind.APPENDIX
    ]
    return Section("", APPENDICES, 1, "\n".join(lines) or "None", 0)


def _shown(section: Section, picture: Callable[[str], str]) -> dict[str, Any]:
    """A section as the template wants it; ``after`` is what follows the sign-off table's line, None without one."""
    html = to_html(section.text, picture=picture, shift=1)
    parts = _PLACEHOLDER.split(html, maxsplit=1)
    before, after = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], None)
    return {
        "number": section.number,
        "title": section.title,
        "level": section.level,
        "html": Markup(before),  # noqa: S704 - of our own HTML
        "after": None if after is None else Markup(after),  # noqa: S704 - of our own HTML
    }


def _titled(report: ReportText, text: str) -> ReportText:
    return report if report.title else replace(report, title=titled(text, "")[0])


def _completed(report: ReportText, paper: Paper, meeting: Meeting) -> ReportText:
    return replace(report, title=report.title or paper.title, level=report.level or f"Report to {meeting.body.name}")


def _fields(report: ReportText, paper: Paper, item: AgendaItem) -> list[tuple[str, str]]:
    rows = [
        ("Name of Cabinet Member:", report.cabinet_member),
        ("Director approving submission of the report:", report.director or item.report_of),
        ("Ward(s) affected:", report.wards),
        ("Title:", report.title or paper.title),
        ("Is this a key decision?", report.key_decision),
        *report.questions,
    ]
    return [(label, value) for label, value in rows if value]
