"""Meetings of any size to measure with, made of the sample meeting's own papers.

A small meeting is the sample meeting itself. A large one has the sample's Word papers again and again, the longer ones
many times over in one file, each with other figures, and Markdown reports and tables of our own between them. No two
papers are alike, and the same size gives the same papers, so that conversions made once are found again.

With some 80 structure elements a page they are tagged as densely as published packs are.
"""

import random
import re
import shutil
import zipfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SAMPLE = "2026-10-12-cabinet-member-green-spaces"
#: Below this many pages the sample meeting is used as it stands.
SMALL = 60
_BODY = "cabinet-member-green-spaces"
_REPORT_PAGES, _ANNUAL_PAGES = 5, 12  # of the sample's report.docx and appendix-1.docx
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<{]*)")
_BODY_PARTS = re.compile(r"^(.*<w:body>)(.*)(<w:sectPr[ >](?:(?!<w:sectPr).)*)$", re.DOTALL)
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_FIRST_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_SENTENCES = (
    "In the year the service answered {} requests from residents, {} of them within ten working days.",
    "The number of sites inspected rose to {}, of which {} needed work before the winter.",
    "Officers recommend that £{},000 is moved from reserves, so that {} schemes can begin in the spring.",
    "A survey of {} households found that {} per cent had used the service at least once.",
)


def write_meeting(root: Path, pages: int) -> Path:
    """Make a workspace below ``root`` with one meeting of about so many pages, and return the meeting's folder."""
    shutil.copytree(REPOSITORY / "minutes", root / "minutes")
    for name in ("council.yaml", "crest.svg"):
        shutil.copyfile(REPOSITORY / name, root / name)
    sample = REPOSITORY / "meetings" / SAMPLE
    folder = root / "meetings" / SAMPLE
    if pages < SMALL:
        shutil.copytree(sample, folder)
        return folder
    folder.mkdir(parents=True)
    items = round(12 * (pages / 500) ** 0.45)
    lines = [f"body: {_BODY}", "date: 2026-10-12", "published: 2026-10-02", "public:"]
    for item in range(1, items + 1):
        lines += _write_item(folder, sample, item, pages / items)
    (folder / "meeting.yaml").write_text("\n".join([*lines, "private: []", ""]), encoding="utf-8")
    return folder


def _write_item(folder: Path, sample: Path, item: int, pages: float) -> list[str]:
    """Write four papers of about so many pages together and return their lines in meeting.yaml; the plan comes once."""
    reports, annuals = round(0.45 * pages / _REPORT_PAGES), round(0.32 * pages / _ANNUAL_PAGES)
    varied_word(sample / "report.docx", folder / f"report-{item}.docx", item, reports)
    varied_word(sample / "appendix-1.docx", folder / f"annual-{item}.docx", item, annuals)
    (folder / f"review-{item}.md").write_text(_markdown(item, round(0.14 * pages)), encoding="utf-8")
    (folder / f"requests-{item}.csv").write_text(_table(item, round(0.025 * pages)), encoding="utf-8")
    papers = [
        (f"report-{item}.docx", "report", f"Report number {item}"),
        (f"annual-{item}.docx", "appendix", f"Annual reports, volume {item}"),
        (f"review-{item}.md", "other", f"Review number {item}"),
        (f"requests-{item}.csv", "appendix", f"Requests by street, list {item}"),
    ]
    if item == 1:
        shutil.copyfile(sample / "appendix-3.pdf", folder / "plan.pdf")
        papers.append(("plan.pdf", "appendix", "Tree planting plan"))
    lines = [f"  - title: Business number {item}", "    papers:"]
    return lines + [f'      - {{file: {file}, kind: {kind}, title: "{title}"}}' for file, kind, title in papers]


def varied_word(source: Path, target: Path, seed: int, times: int = 1) -> None:
    """Write a Word file whose body is the source's, ``times`` over, with the digits of its text exchanged."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = _varied_document(data.decode("utf-8"), seed, times).encode("utf-8")
            new.writestr(zipfile.ZipInfo(name, _FIRST_OF_ZIP), data, zipfile.ZIP_DEFLATED)


def _varied_document(xml: str, seed: int, times: int) -> str:
    parts = _BODY_PARTS.match(xml)
    assert parts is not None, "a Word file has a body that ends with its section"  # noqa: S101
    bodies = (_varied_body(parts[2], seed * 1000 + time, time) for time in range(max(1, times)))
    return parts[1] + _PAGE_BREAK.join(bodies) + parts[3]


def _varied_body(body: str, seed: int, time: int) -> str:
    """Exchange the digits, and give the bookmarks and pictures of each repetition names of its own."""
    digits = list("0123456789")
    random.Random(seed).shuffle(digits)  # noqa: S311 - the same papers every time
    exchange = str.maketrans("0123456789", "".join(digits))
    body = _TEXT.sub(lambda match: match[1] + match[2].translate(exchange), body.replace("{{ signoff_table }}", ""))
    body = re.sub(r'(<w:bookmark(?:Start|End) w:id=")(\d+)', rf"\g<1>{time}0\g<2>", body)
    body = re.sub(r'(<w:bookmarkStart [^>]*w:name=")([^"]+)', rf"\g<1>\g<2>_{time}", body)
    body = re.sub(r'(w:anchor=")([^"]+)', rf"\g<1>\g<2>_{time}", body)
    return re.sub(r'(<wp:docPr id=")(\d+)', rf"\g<1>{time}0\g<2>", body)


def _markdown(seed: int, pages: int) -> str:
    """A paper of about so many pages: headings, paragraphs and a list in each part."""
    chance = random.Random(seed)  # noqa: S311
    lines = [f"# Review number {seed}", ""]
    for part in range(1, 2 * max(1, pages) + 1):
        lines += [f"## {part} Part {part} of review {seed}", ""]
        for _ in range(3):
            words = " ".join(chance.choice(_SENTENCES).format(*chance.sample(range(10, 990), 2)) for _ in range(4))
            lines += [words, ""]
        lines += [f"- Ward {number}: {chance.randrange(1000)} sites" for number in range(1, 5)]
        lines.append("")
    return "\n".join(lines)


def _table(seed: int, pages: int) -> str:
    """A table of seven columns that fills about so many pages."""
    chance = random.Random(seed)  # noqa: S311
    lines = ["Street,Ward,Requests,Answered,Share,Cost,Budget"]
    for row in range(1, 28 * max(1, pages) + 1):
        cost = chance.randrange(90_000)
        lines.append(f"Street {row},Ward {row % 18},{row * seed % 97},{row % 89},{row % 100}%,{cost},{cost + row}")
    return "\n".join(lines) + "\n"
