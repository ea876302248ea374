"""What the machine can do to a build: LibreOffice gone, hung or killed, the disk full, another build under way."""

import hashlib
import os
import shutil
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from tests.readback import leaves, planned_leaves, text
from tests.workspaces import COMMAND, Case, case, files, run


@pytest.fixture
def made(tmp_path: Path) -> Case:
    """A meeting with papers in PDF and Markdown, built once; then a Word paper is added to it."""
    made = case(tmp_path / "w", [{"title": "Trees", "papers": [{"file": "a.pdf"}, {"file": "b.md"}]}])
    made.pdf("a.pdf")
    made.write("b.md", "# B\n\nWords.\n")
    made.built()
    made.items([{"title": "Trees", "papers": [{"file": "a.pdf"}, {"file": "b.md"}, {"file": "c.docx"}]}])
    made.word("c.docx", "Words in Word.")
    return made


def kept(made: Case) -> dict[str, str]:
    """What must be as it was: the visible files of the output, and the papers."""
    return files(made.output, hidden=False) | files(made.folder)


def refused(made: Case, code: int, *options: str, **env: str) -> str:
    before = kept(made)
    done = run("build", made.folder.name, *options, cwd=made.root, env=env)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert kept(made) == before
    return done.stderr


def search_path(folder: Path, soffice: str = "") -> str:
    """Return a PATH with fc-list and, unless it is empty, a program soffice of our own."""
    folder.mkdir()
    (folder / "fc-list").symlink_to(str(shutil.which("fc-list")))
    for tool in ("sleep", "kill"):
        (folder / tool).symlink_to(str(shutil.which(tool)))
    if soffice:
        program = folder / "soffice"
        program.write_text(f"#!/bin/sh\n{soffice}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(folder)


def test_without_libreoffice_the_way_to_install_it_is_said(made: Case, tmp_path: Path) -> None:
    said = refused(made, 8, PATH=search_path(tmp_path / "bin"))
    assert "LibreOffice is not installed; Word and Excel papers need it." in said
    assert "sudo apt-get install libreoffice-writer-nogui libreoffice-calc-nogui" in said


def test_without_libreoffice_a_meeting_that_needs_none_is_built(tmp_path: Path) -> None:
    made = case(tmp_path / "w", [{"title": "Trees", "papers": [{"file": "a.pdf"}]}])
    made.pdf("a.pdf")
    done = run("build", made.folder.name, cwd=made.root, env={"PATH": search_path(tmp_path / "bin")})
    assert done.returncode == 0, done.stderr
    assert made.plan["pages"] == 4


def test_libreoffice_that_hangs_is_stopped_with_all_it_started(made: Case, tmp_path: Path) -> None:
    path = search_path(tmp_path / "bin", f"sleep 543 & echo $! >> {tmp_path}/children; wait")
    said = refused(made, 7, "--convert-seconds", "1", PATH=path)
    assert "c.docx could not be converted: LibreOffice did not finish within 1 second" in said
    assert "save it as PDF" in said
    children = (tmp_path / "children").read_text().split()
    assert children
    until = time.monotonic() + 5  # a process that was sent SIGKILL takes a moment to be gone
    while any(is_running(int(child)) for child in children) and time.monotonic() < until:
        time.sleep(0.02)
    assert [child for child in children if is_running(int(child))] == []


def is_running(process: int) -> bool:
    """Does it run, and is it no zombie that nobody has waited for?"""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_libreoffice_that_is_killed_each_time_is_said(made: Case, tmp_path: Path) -> None:
    said = refused(made, 7, PATH=search_path(tmp_path / "bin", "kill -9 $$"))
    assert "c.docx could not be converted: LibreOffice was stopped (SIGKILL)." in said


def test_libreoffice_that_makes_nothing_is_no_success(made: Case, tmp_path: Path) -> None:
    said = refused(made, 7, PATH=search_path(tmp_path / "bin", "exit 0"))
    assert "c.docx could not be converted: LibreOffice could not open it." in said


def test_libreoffice_that_makes_rubbish_is_no_success(made: Case, tmp_path: Path) -> None:
    script = 'for word; do [ "$last" = --outdir ] && out=$word; last=$word; done; echo rubbish > "$out/0000.pdf"'
    said = refused(made, 7, PATH=search_path(tmp_path / "bin", script))
    assert "c.docx" in said


@pytest.mark.libreoffice
def test_libreoffice_that_is_killed_once_is_asked_again(made: Case, tmp_path: Path) -> None:
    real = shutil.which("soffice")
    script = f'if [ -e {tmp_path}/met ]; then exec {real} "$@"; fi\n: > {tmp_path}/met\nkill -9 $$'
    path = f"{search_path(tmp_path / 'bin', script)}{os.pathsep}{os.environ['PATH']}"
    done = run("build", made.folder.name, cwd=made.root, env={"PATH": path})
    assert done.returncode == 0, done.stderr
    assert "Words in Word." in text(made.pack)


@pytest.mark.libreoffice
def test_after_trouble_the_next_build_is_good(made: Case, tmp_path: Path) -> None:
    refused(made, 7, PATH=search_path(tmp_path / "bin", "exit 1"))
    assert made.built()["converted"] == 1
    assert leaves(made.pack) == planned_leaves(made.plan)


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte and a half at build/; only root may make one."""
    build = tmp_path / "full" / "build"
    build.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(build)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("only root can make a small disk to fill")
    yield build
    subprocess.run(["umount", "--lazy", str(build)], check=True)


def on_full_disk(full_disk: Path) -> Case:
    made = case(full_disk.parent, [{"title": "Trees", "papers": [{"file": "a.pdf"}, {"file": "b.md"}]}])
    made.pdf("a.pdf")
    made.write("b.md", "# B\n\nWords.\n")
    made.built()
    return made


def test_pack_that_finds_no_room_on_the_disk_is_not_written(full_disk: Path) -> None:
    made = on_full_disk(full_disk)
    big_paper(made, 1_600_000)
    said = refused(made, 3)
    assert said.startswith("The disk is full")
    assert "The last good pack is as it was. Free some space and build again." in said
    assert made.strays() == [], "what was begun is cleared away, or the disk stays full"
    made.pdf("a.pdf", "Small again.")
    made.built()
    assert "Small again." in text(made.pack)


def big_paper(made: Case, size: int) -> None:
    """Give a.pdf a page with that many bytes of noise in it, which cannot be made smaller."""
    import pikepdf

    from tests.pdfs import add_page, words

    with pikepdf.new() as pdf:
        page = add_page(pdf, words("Big."))
        noise = hashlib.shake_256(b"noise").digest(size)
        page.Resources.XObject = pikepdf.Dictionary(
            N=pdf.make_stream(noise, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1])
        )
        pdf.save(made.folder / "a.pdf")


@pytest.mark.parametrize("left", [0, 12_000])
def test_rendered_pages_that_find_no_room_are_said_to_be_so(full_disk: Path, left: int) -> None:
    made = on_full_disk(full_disk)
    fill(full_disk, left)
    made.write("b.md", "# B\n\n" + "\n\n".join(f"Other words, line {line}." for line in range(100)))
    said = refused(made, 3)
    assert said.startswith("The disk is full")


@pytest.mark.libreoffice
@pytest.mark.parametrize("left", [0, 150_000])
def test_conversion_that_finds_no_room_is_said_to_be_so(full_disk: Path, left: int) -> None:
    """And not that the paper cannot be opened, which would send the officer to its author."""
    made = on_full_disk(full_disk)
    made.items([{"title": "Trees", "papers": [{"file": "a.pdf"}, {"file": "c.docx"}]}])
    made.word("c.docx", "Words in Word.")
    fill(full_disk, left)
    said = refused(made, 3)
    assert "disk is full" in said


def fill(disk: Path, left: int) -> None:
    """Leave so many bytes on the disk."""
    free = os.statvfs(disk)
    (disk / "filling").write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - left)))


def test_build_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    made = case(tmp_path / "w")
    (made.root / "build").write_text("not a folder")
    result = made.build()
    assert result.exit_code == 3
    assert "build" in result.stderr


@pytest.mark.libreoffice
def test_builds_at_once_of_one_meeting_and_of_two_all_end_well(tmp_path: Path) -> None:
    """Two of one meeting and one of another, with the same new Word paper, sharing an empty cache."""
    papers = [{"file": "a.pdf"}, {"file": "c.docx"}]
    first = case(tmp_path / "w", [{"title": "Trees", "papers": papers}])
    first.pdf("a.pdf")
    first.word("c.docx", "Words in Word.")
    shutil.copytree(first.folder, first.folder.with_name("2026-11-09-twin"))
    second = Case(first.root, first.folder.with_name("2026-11-09-twin"))
    building = [first.start(), second.start(), first.start()]
    said = [process.communicate(timeout=120)[1] for process in building]
    assert [process.returncode for process in building] == [0, 0, 0], said
    for made in (first, second):
        assert made.plan["sha256"] == hashlib.sha256(made.pack.read_bytes()).hexdigest()
        assert len(pypdf.PdfReader(made.pack).pages) == made.plan["pages"] == 6
        assert "Words in Word." in text(made.pack)
        assert made.strays() == []
    assert first.pack.read_bytes() == second.pack.read_bytes()


def test_second_build_of_a_meeting_says_that_it_waits(made: Case) -> None:
    import fcntl

    with (made.output / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = subprocess.Popen(
            [*COMMAND, "build", str(made.folder)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        with process:
            assert process.stderr is not None
            assert process.stderr.readline() == "Another build of this meeting is running; waiting for it to end.\n"
            process.terminate()
    assert process.returncode == 143
