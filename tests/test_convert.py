"""LibreOffice as it is, and when it is absent, hangs, fails or is killed (a program of that name on the PATH)."""

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from pipeline import convert
from pipeline.convert import Request
from pipeline.errors import NotInstalledError, PaperError
from pipeline.storage import Cache


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    for remembered in (convert.program, convert.version, convert.fonts):
        remembered.cache_clear()
    yield
    for remembered in (convert.program, convert.version, convert.fonts):
        remembered.cache_clear()


def word_file(path: Path, words: str) -> Path:
    document = docx.Document()
    document.add_heading(words, 1)
    document.save(str(path))
    return path


def is_alive(process: int) -> bool:
    """Is it running, and not merely waiting for its parent to take note of its end?"""
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called soffice, found first; each test writes what it does."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder / "soffice"


def write_program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.libreoffice
def test_files_of_one_name_and_odd_names_all_come_out_and_only_a_changed_one_is_converted_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    papers = []
    for number, name in enumerate(["report", "Adroddiad y Cyngor – tŷ", "it's a 'report'", "report"]):
        folder = tmp_path / str(number)
        folder.mkdir()
        papers.append(word_file(folder / f"{name}.docx", f"Paper {number}"))
    requests = [Request(paper, "writer-pdf", paper.name) for paper in papers]
    first = convert.convert(requests, cache, 120)
    assert len({one.path for one in first}) == 4
    assert all(one.made_now and one.path.read_bytes().startswith(b"%PDF") for one in first)
    word_file(papers[1], "Another text")
    second = convert.convert(requests, cache, 120)
    assert [one.made_now for one in second] == [False, True, False, False]
    assert not list(tmp_path.glob("*/.~lock*"))


def test_without_libreoffice_the_message_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = word_file(tmp_path / "report.docx", "x")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotInstalledError, match="apt-get install libreoffice-writer-nogui") as caught:
        convert.convert([Request(paper, "writer-pdf", "report.docx")], Cache(tmp_path / "cache"), 10)
    assert caught.value.exit_code == 8


def test_hanging_libreoffice_is_stopped_with_what_it_started(tmp_path: Path, soffice: Path) -> None:
    write_program(soffice, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    paper = word_file(tmp_path / "report.docx", "x")
    with pytest.raises(PaperError, match=r"report\.docx could not be converted.*within 1 seconds"):
        convert.convert([Request(paper, "writer-pdf", "report.docx")], Cache(tmp_path / "cache"), 1)
    child = int((tmp_path / "child").read_text())
    until = time.monotonic() + 5  # a process that was sent SIGKILL takes a moment to be gone
    while is_alive(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_alive(child)


def test_killed_libreoffice_is_tried_again_once(tmp_path: Path, soffice: Path) -> None:
    write_program(
        soffice,
        f"if [ ! -e {tmp_path}/once ]; then touch {tmp_path}/once; kill -9 $$; fi\n"
        'while [ "$1" != "--outdir" ]; do shift; done; echo "%PDF-made" > "$2/0000.pdf"',
    )
    paper = word_file(tmp_path / "report.docx", "x")
    (made,) = convert.convert([Request(paper, "writer-pdf", "report.docx")], Cache(tmp_path / "cache"), 10)
    assert made.path.read_bytes() == b"%PDF-made\n"


def test_exit_code_0_without_a_file_is_not_success_and_every_paper_is_named(tmp_path: Path, soffice: Path) -> None:
    write_program(soffice, "exit 0")
    papers = [word_file(tmp_path / name, name) for name in ("a.docx", "b.docx")]
    with pytest.raises(PaperError) as caught:
        convert.convert([Request(p, "writer-pdf", p.name) for p in papers], Cache(tmp_path / "cache"), 10)
    assert [fault.message.split()[0] for fault in caught.value.faults] == ["a.docx", "b.docx"]
    assert caught.value.exit_code == 7


def test_fonts_are_part_of_the_key(tmp_path: Path, soffice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_program(soffice, 'while [ "$1" != "--outdir" ]; do shift; done; echo "%PDF" > "$2/0000.pdf"')
    requests = [Request(word_file(tmp_path / "a.docx", "x"), "writer-pdf", "a.docx")]
    cache = Cache(tmp_path / "cache")
    assert convert.convert(requests, cache, 10)[0].made_now
    assert not convert.convert(requests, cache, 10)[0].made_now
    write_program(soffice.parent / "fc-list", "echo 'one font only'")
    convert.fonts.cache_clear()
    assert convert.convert(requests, cache, 10)[0].made_now
