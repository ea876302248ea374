"""What an officer can get wrong: a clear message, the right exit code, nothing lost, the last good pack untouched."""

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import docx
import pikepdf
import pytest
from click.testing import Result

from tests.pdfs import text_of
from tests.readback import leaves, outline, planned_leaves, text
from tests.workspaces import Case, case, files, one_report, run

MEETING = """\
body: trees-panel
date: 2026-11-09
public:
  - title: Trees
    papers:
      - {file: report.pdf, kind: report}
      - {file: notes.md, kind: other}
private: []
"""


@pytest.fixture
def good(tmp_path: Path) -> Case:
    """A meeting with a report in PDF and notes in Markdown, built once and found good."""
    made = case(tmp_path / "Ardenshire's work")
    made.write("meeting.yaml", MEETING)
    made.pdf("report.pdf", "One.", "Two.", "Three.")
    made.write("notes.md", "# Notes\n\nWords.\n")
    made.built()
    return made


def refused(made: Case, code: int, *options: str) -> Result:
    """Build, which must end with this code and leave pack, plan and inputs byte for byte as they were."""
    before = files(made.output), files(made.folder), files(made.root / "minutes")
    result = made.build(*options)
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert (files(made.output), files(made.folder), files(made.root / "minutes")) == before
    assert made.build(*options).exit_code == code, "the second try must not be taken for an unchanged meeting"
    return result


def damaged(path: Path, share: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


def lock(path: Path, user: str) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user=user, owner="the clerk"))


def no_pages(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(path)


BAD_PDFS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "empty": (lambda p: p.write_bytes(b""), "is empty (0 bytes).", "put the file there again"),
    "truncated": (lambda p: damaged(p, 0.6), "is damaged", "Ask the author for the file again"),
    "cut-in-its-head": (lambda p: damaged(p, 0.05), "is damaged", "Ask the author for the file again"),
    "html": (lambda p: p.write_bytes(b"<!DOCTYPE html><title>Sign in</title>"), "it looks like a web page", "browser"),
    "word-named-pdf": (lambda p: docx.Document().save(str(p)), "it looks like a Word file", "with its own ending"),
    "password": (lambda p: lock(p, "oak"), "needs a password to open.", "Ask the author for a copy that opens without"),
    "no-pages": (no_pages, "has no pages.", "Ask the author"),
    "noise": (lambda p: p.write_bytes(bytes(range(256)) * 20), "is not a PDF", "Ask the author"),
    "zeros": (lambda p: p.write_bytes(bytes(9000)), "is not a PDF", "Ask the author"),
}


@pytest.mark.parametrize("kind", BAD_PDFS)
def test_pdf_that_cannot_be_read_stops_the_build(good: Case, kind: str) -> None:
    spoil, message, remedy = BAD_PDFS[kind]
    spoil(good.folder / "report.pdf")
    said = refused(good, 7).stderr
    assert said.startswith("report.pdf: ")
    assert message in said
    assert remedy in said


def test_pdf_under_an_owners_password_only_is_used_and_its_file_is_named(good: Case) -> None:
    lock(good.folder / "report.pdf", "")
    answer = good.built()
    assert answer["pages"] == 8
    assert "One." in text(good.pack, 3, 3)
    assert any("report.pdf" in note and "owner's password" in note for note in answer["notes"]), answer["notes"]


BAD_WORD: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut-short": (lambda p: (docx.Document().save(str(p)), damaged(p, 0.7)), "cut short or damaged"),
    "empty": (lambda p: p.write_bytes(b""), "This file is empty (0 bytes)."),
    "really-a-pdf": (lambda p: p.write_bytes(b"%PDF-1.7\n%%EOF"), "is really a PDF"),
    "really-a-web-page": (lambda p: p.write_bytes(b"<html><body>Sign in</body></html>"), "a web page (HTML)"),
    "really-text": (lambda p: p.write_bytes(b"Just words."), "plain text"),
    "noise": (lambda p: p.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20), "cut short or damaged"),
    "password": (lambda p: p.write_bytes(encrypted_package()), "protected by a password"),
}


def encrypted_package() -> bytes:
    """The beginnings of a Word file behind a password: an OLE file with the streams of an encrypted package."""
    sector = 512
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(sector - 8))
    header[24:34] = bytes([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0])
    for place, value in ((44, 1), (48, 1), (56, 4096), (60, 0xFFFFFFFE), (68, 0xFFFFFFFE), (76, 0)):
        header[place : place + 4] = value.to_bytes(4, "little")
    header[80:sector] = b"\xff" * (sector - 80)
    table = (0xFFFFFFFD).to_bytes(4, "little") + (0xFFFFFFFE).to_bytes(4, "little") + b"\xff" * (sector - 8)
    entries = [("Root Entry", 5, 1), ("EncryptedPackage", 2, 0xFFFFFFFF), ("EncryptionInfo", 2, 0xFFFFFFFF)]
    directory = b"".join(_ole_entry(name, kind, child, n) for n, (name, kind, child) in enumerate(entries))
    return bytes(header) + table + directory + _ole_entry("", 0, 0xFFFFFFFF, 3)


def _ole_entry(name: str, kind: int, child: int, number: int) -> bytes:
    words = name.encode("utf-16-le")
    entry = bytearray(words.ljust(64, b"\0") + (len(words) + 2 if name else 0).to_bytes(2, "little") + bytes(62))
    entry[66:68] = bytes([kind, 1])
    right = 2 if number == 1 else 0xFFFFFFFF
    for place, value in ((68, 0xFFFFFFFF), (72, right), (76, child), (116, 0xFFFFFFFE)):
        entry[place : place + 4] = value.to_bytes(4, "little")
    return bytes(entry)


@pytest.mark.parametrize("kind", BAD_WORD)
def test_word_file_that_cannot_be_read_stops_the_build(good: Case, kind: str) -> None:
    """Found before LibreOffice is asked, which would make pages of some of them."""
    spoil, message = BAD_WORD[kind]
    spoil(good.folder / "paper.docx")
    good.write("meeting.yaml", MEETING.replace("notes.md", "paper.docx"))
    said = refused(good, 7).stderr
    assert said.startswith("paper.docx: ")
    assert message in said
    assert "\n  " in said, "it says what to do"


def test_several_faulty_papers_are_all_named_in_one_run(good: Case) -> None:
    names = ("a.pdf", "b.docx", "c.xlsx", "d.csv", "e.md", "f.pdf")
    papers = [{"file": name, "kind": "other"} for name in ("report.pdf", *names)]
    good.items([{"title": "Trees", "papers": papers[:4]}, {"title": "Hedges", "papers": papers[4:]}])
    for name in names[:5]:
        good.write(name, "")
    good.pdf("f.pdf")
    lock(good.folder / "f.pdf", "oak")
    said = refused(good, 7).stderr
    assert [name for name in names if f"{name}: " not in said] == []
    assert "report.pdf" not in said


BAD_MEETINGS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "missing-paper": (
        "file: report.pdf",
        "file: reprot.pdf",
        ("line 6, column 16: reprot.pdf is not there; did you mean report.pdf?",),
    ),
    "missing-paper-unlike-any": (
        "file: notes.md",
        "file: minutes.docx",
        ("line 7, column 16: minutes.docx is not there", "Put the file there, or correct its name."),
    ),
    "two-items-of-one-number": (
        "private: []",
        "  - {title: Hedges, number: 1}\nprivate: []",
        ("two items have the number 1 (lines 4 and 8)", "Change one of them, or take its number: out."),
    ),
    "unknown-body": ("body: trees-panel", "body: tree-panel", ("line 1, column 7:", "trees-panel")),
    "impossible-date": ("2026-11-09", "2026-11-31", ("line 2, column 7:", "31 November 2026 does not exist")),
    "date-in-american": ("2026-11-09", "11/23/2026", ("line 2, column 7:", "23/11/2026")),
    "date-not-the-folders": ("2026-11-09", "2026-11-10", ("the folder's name says 2026-11-09",)),
    "unknown-key": ("kind: report", "knid: report", ("line 6, column 28: unknown key 'knid'; did you mean 'kind'?",)),
    "unknown-kind": ("kind: report", "kind: raport", ("line 6", "report")),
    "paper-outside": ("file: notes.md", "file: ../secret.md", ("line 7, column 16: ../secret.md leads outside",)),
    "paper-of-the-machine": ("file: notes.md", "file: /etc/hostname", ("line 7, column 16: /etc/hostname leads out",)),
    "paper-on-windows": ("file: notes.md", 'file: "C:\\\\secret.md"', ("leads outside the folder",)),
    "paper-in-a-roundabout-way": ("file: notes.md", "file: minutes/../council.yaml", ("leads outside the folder",)),
    "not-yaml": ("public:", "public: [", ("meeting.yaml, line ",)),
    "tab": ("  - title: Trees", "\t- title: Trees", ("meeting.yaml, line 4",)),
    "empty": (MEETING, "", ("meeting.yaml, line 1: the file is empty",)),
    "exempt-without-a-reason": ("kind: other", "kind: other, publicity: exempt", ("names no Schedule 12A paragraph",)),
}


@pytest.mark.parametrize("kind", BAD_MEETINGS)
def test_fault_in_the_manifest_is_named_with_its_line(good: Case, kind: str) -> None:
    old, new, messages = BAD_MEETINGS[kind]
    (good.root / "meetings/secret.md").write_text("Secret.")
    good.write("meeting.yaml", MEETING.replace(old, new))
    said = refused(good, 3).stderr
    assert str(good.folder / "meeting.yaml") in said
    assert [message for message in messages if message not in said] == [], said


def test_all_faults_of_a_manifest_come_at_once_in_the_order_of_its_lines(good: Case) -> None:
    written = MEETING.replace("trees-panel", "tree-panel").replace("2026-11-09", "2026-02-30")
    good.write("meeting.yaml", written.replace("notes.md", "nots.md"))
    said = refused(good, 3).stderr
    places = [said.index(f"meeting.yaml, line {line}") for line in (1, 2, 7)]
    assert places == sorted(places)


def test_link_that_leads_outside_the_workspace_is_refused(good: Case, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("Secret.")
    (good.folder / "notes.md").unlink()
    (good.folder / "notes.md").symlink_to(tmp_path / "secret.md")
    said = refused(good, 3).stderr
    assert "notes.md is a link that leads outside the workspace" in said


def test_fault_in_council_yaml_is_named(good: Case) -> None:
    council = good.root / "council.yaml"
    council.write_text(council.read_text() + "padding: papers\n")
    said = refused(good, 3).stderr
    assert "council.yaml, line 10, column 10:" in said
    assert "paper" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_paper_that_may_not_be_read_is_refused(good: Case) -> None:
    (good.folder / "report.pdf").chmod(0)
    said = refused(good, 3).stderr
    assert "report.pdf may not be opened" in said


def test_folder_without_a_meeting_is_refused(good: Case) -> None:
    result = run("build", "meetings", cwd=good.root)
    assert result.returncode == 3
    assert "there is no meeting.yaml in this folder" in result.stderr


def test_paper_of_a_thousand_pages_is_built(tmp_path: Path) -> None:
    made = one_report(tmp_path / "w")
    made.pdf("report.pdf", *(f"Leaf {number}." for number in range(1, 1001)))
    plan = made.built()
    assert (plan["pages"], plan["blank_pages"]) == (1002, [2])
    assert text_of(made.pack, 3) == "Leaf 1. Page 3 Agenda Item 1"
    assert text_of(made.pack, 1002) == "Leaf 1000. Page 1002"
    assert "(Pages 3 - 1002)" in text_of(made.pack, 1)


NAMES = ("Adroddiad y Cyngor – tŷ.pdf", 'it\'s "a" report.pdf', "£5 & 100% #2 (final).pdf", "Ŵyl o’r ŷd.md", "报告.pdf")


def odd_names(root: Path) -> Case:
    papers = [{"file": name, "kind": "other"} for name in NAMES]
    made = case(root, [{"title": "Enwau", "papers": papers}], slug="2026-11-09 Pwyllgor Tŷ'r Afon")
    for number, name in enumerate(NAMES):
        if name.endswith(".md"):
            made.write(name, f"Paper {number}.")
        else:
            made.pdf(name, f"Paper {number}.")
    return made


def test_names_with_spaces_apostrophes_and_other_letters_are_built(tmp_path: Path) -> None:
    made = odd_names(tmp_path / "Gwaith y Cyngor's – tŷ")
    plan = made.built()
    assert [entry["source"] for entry in plan["entries"][1:]] == list(NAMES)
    for number, entry in enumerate(plan["entries"][1:]):
        assert f"Paper {number}." in text(made.pack, entry["first_page"], entry["first_page"])
    assert leaves(made.pack) == planned_leaves(plan)
    assert outline(made.pack)[1].children[0].title == "Adroddiad y Cyngor – tŷ"


def test_such_names_are_built_under_a_locale_without_such_letters(tmp_path: Path) -> None:
    """As a server's timer runs it."""
    made = odd_names(tmp_path / "tŷ")
    done = run("build", made.folder.name, cwd=made.root, env={"LC_ALL": "C", "LANG": "C"})
    assert done.returncode == 0, done.stderr
    assert [entry["source"] for entry in made.plan["entries"][1:]] == list(NAMES)


def test_name_written_with_separate_accents_is_found(tmp_path: Path) -> None:
    made = case(tmp_path / "w", [{"title": "Tŷ", "papers": [{"file": unicodedata.normalize("NFD", "tŷ.pdf")}]}])
    made.pdf(unicodedata.normalize("NFC", "tŷ.pdf"), "Words.")
    assert made.built()["pages"] == 4


@pytest.mark.libreoffice
def test_word_paper_with_an_odd_name_is_converted(tmp_path: Path) -> None:
    name = 'Cofnodion – Tŷ\'r "Afon" £5.docx'
    made = case(tmp_path / "tŷ", [{"title": "Enwau", "papers": [{"file": name, "kind": "other"}]}])
    made.word(name, "Geiriau o’r tŷ.")
    assert made.built()["converted"] == 1
    assert "Geiriau o’r tŷ." in text(made.pack, 3, 3)


def test_message_of_a_faulty_paper_in_full(good: Case) -> None:
    good.write("report.pdf", "")
    said = refused(good, 7).stderr
    assert said == "report.pdf: is empty (0 bytes).\n  The copy has failed: put the file there again.\n"
