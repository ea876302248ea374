"""Builds that are killed or interrupted at any moment: the last pack, the plan and the papers stay whole."""

import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest

from tests import killer
from tests.pdfs import text_of
from tests.workspaces import REPOSITORY, Case, case, files

KILLS = 20


def odd_and_even(root: Path) -> Case:
    """A meeting with a paper to be rendered and one to be taken as it is; its words are ``version 0``."""
    papers = [{"file": "report.pdf", "kind": "report"}, {"file": "notes.md", "kind": "other"}]
    made = case(root, [{"title": "Trees", "papers": papers}])
    made.pdf("report.pdf", "One.", "Two.", "Three.")
    rewrite(made, 0)
    return made


def rewrite(made: Case, version: int) -> None:
    made.write("notes.md", f"# Notes\n\nThis is version {version}.\n")


@dataclass(frozen=True)
class Kept:
    """What a reader finds: the hash of the pack, the hash that the plan tells, and the version of the words."""

    pack: str
    plan: str
    version: str


def kept(made: Case) -> Kept:
    """Open the pack and the plan, which must both be whole."""
    plan = json.loads((made.output / "plan.json").read_bytes())
    assert len(pypdf.PdfReader(made.pack).pages) == 8
    words = text_of(made.pack, 7)
    return Kept(
        hashlib.sha256(made.pack.read_bytes()).hexdigest(), plan["sha256"], words.split("version ")[1].split(".")[0]
    )


@contextlib.contextmanager
def killing(made: Case, said: Path) -> Iterator["subprocess.Popen[str]"]:
    """Start ``killer`` on a meeting; what its children say goes to the file ``said``."""
    with said.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, str(killer.__file__), str(made.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )
        with process:
            assert process.stdout is not None and process.stdin is not None
            while process.stdout.readline() != "ready\n":
                assert process.poll() is None
            yield process
            process.stdin.close()


def end_one(process: "subprocess.Popen[str]", change: int, number: int) -> int:
    assert process.stdout is not None and process.stdin is not None
    process.stdin.write(f"{change} {number}\n")
    process.stdin.flush()
    return int(process.stdout.readline())


@dataclass(frozen=True)
class End:
    """A build that was ended at a change to the disk, and what was found then. ``good``: the last whole state."""

    code: int
    version: int
    good: Kept
    now: Kept
    strays: list[str]
    papers_kept: bool


@pytest.fixture(scope="module", params=[signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def ends(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[End], str]:
    """End a build before each of its changes to the disk, one after the other, until one comes through.

    Returned with the signal, and with what the builds said on stderr.
    """
    folder = tmp_path_factory.mktemp("ends")
    made, ended = odd_and_even(folder / "w"), list[End]()
    with killing(made, folder / "said") as process:
        good = kept(made)
        while not ended or ended[-1].code != 0:
            version = len(ended) + 1
            rewrite(made, version)
            papers = files(made.folder)
            code = end_one(process, version, request.param)
            now = kept(made)
            ended.append(End(code, version, good, now, made.strays(), files(made.folder) == papers))
            good = now if now.plan == now.pack else good
    return request.param, ended, (folder / "said").read_text()


def test_ended_before_any_change_to_the_disk_everything_is_whole(ends: tuple[int, list[End], str]) -> None:
    """``kept`` has opened pack and plan each time. Only between their two renames may the plan be behind."""
    _, ended, _ = ends
    assert len(ended) > 8
    for end in ended:
        assert end.papers_kept
        assert end.now.version in (end.good.version, str(end.version))
        assert end.now.plan in (end.now.pack, end.good.plan)
    assert sum(end.now.plan != end.now.pack for end in ended) <= 1


def test_build_after_the_ended_ones_is_good(ends: tuple[int, list[End], str]) -> None:
    _, ended, _ = ends
    last = ended[-1].now
    assert (last.version, last.plan) == (str(ended[-1].version), last.pack)


def test_ended_builds_say_so_by_their_exit_code_and_without_a_traceback(ends: tuple[int, list[End], str]) -> None:
    number, ended, said = ends
    wanted = -signal.SIGKILL if number == signal.SIGKILL else 128 + number
    assert {end.code for end in ended[:-1]} == {wanted}
    assert "Traceback" not in said
    assert "Exception" not in said


def test_ended_builds_leave_nothing_half_done(ends: tuple[int, list[End], str]) -> None:
    """A killed one may, and then the next that comes through sweeps it away."""
    number, ended, _ = ends
    looked_at = ended[-1:] if number == signal.SIGKILL else ended
    assert {name for end in looked_at for name in end.strays} == set()


@pytest.mark.slow
@pytest.mark.libreoffice
def test_twenty_kills_at_random_moments_leave_everything_whole(tmp_path: Path) -> None:
    """The real command, with Word papers that change each time, so that LibreOffice is at work in many of them."""
    made = odd_and_even(tmp_path / "w")
    made.items([{"title": "Trees", "papers": [{"file": name} for name in ("report.pdf", "notes.md", "paper.docx")]}])
    made.word("paper.docx", "Words.")
    made.built()
    version, kills, chance = 0, 0, random.Random(2026)  # noqa: S311 - moments, not secrets
    rewrite(made, version)
    made.word("paper.docx", "Other words.")
    usual = timed_build(made)
    good = kept_of_three(made)
    while kills < KILLS:
        version += 1
        rewrite(made, version)
        made.word("paper.docx", f"Words {version}.")
        before = files(made.folder)
        process = made.start()
        time.sleep(chance.uniform(0.05, usual))
        process.kill()
        kills += process.wait() == -signal.SIGKILL
        close(process)
        assert files(made.folder) == before
        now = kept_of_three(made)
        assert now.plan == now.pack
        assert now == good or now.version == str(version)
        good = now
    made.built()
    assert kept_of_three(made).version == str(version)
    assert made.strays() == []


def timed_build(made: Case) -> float:
    started = time.monotonic()
    process = made.start()
    assert process.wait() == 0
    close(process)
    return time.monotonic() - started


def kept_of_three(made: Case) -> Kept:
    plan = json.loads((made.output / "plan.json").read_bytes())
    assert len(pypdf.PdfReader(made.pack).pages) == plan["pages"] == 10
    words = text_of(made.pack, 7)
    return Kept(
        hashlib.sha256(made.pack.read_bytes()).hexdigest(), plan["sha256"], words.split("version ")[1].split(".")[0]
    )


def close(process: "subprocess.Popen[str]") -> str:
    """Close the pipes of a process that has ended; return what it said on stderr."""
    assert process.stdout is not None and process.stderr is not None
    with process.stdout, process.stderr:
        return process.stderr.read()


@pytest.mark.libreoffice
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_while_libreoffice_works_it_is_ended_too(tmp_path: Path, number: int, code: int) -> None:
    made = odd_and_even(tmp_path / "w")
    made.built()
    good = kept(made), files(made.output)
    made.items([{"title": "Trees", "papers": [{"file": "paper.docx"}, {"file": "report.pdf"}]}])
    made.word("paper.docx", *(f"A long paper, line {line}." for line in range(2000)))
    before = files(made.folder)
    process = made.start()
    until(lambda: libreoffice_of(made))
    process.send_signal(number)
    assert process.wait(20) == code
    said = close(process)
    assert libreoffice_of(made) == []
    assert "Traceback" not in said
    assert (kept(made), files(made.output), files(made.folder)) == (*good, before)
    assert list((made.root / "build/.cache/work").iterdir()) == []
    if number == signal.SIGINT:
        assert said.endswith("Interrupted. Nothing was changed.\n")


def libreoffice_of(made: Case) -> list[int]:
    """Return the processes whose command line names this workspace's cache: LibreOffice's, with its profile there."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            line = (folder / "cmdline").read_bytes().decode(errors="replace")
            if f"{made.root}/build/.cache/work" in line and "soffice" in line:
                found.append(int(folder.name))
    return found


def until(holds: "object", seconds: float = 30) -> None:
    """Wait until the function says something true."""
    assert callable(holds)
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.01)
