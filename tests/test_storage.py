"""Files written whole or not at all, the lock, the cache."""

import errno
import fcntl
import os
import threading
import time
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.storage import Cache, only_one, write_whole, written_whole


def test_interrupted_write_leaves_the_last_file_and_no_part(tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    write_whole(target, b"the last good pack")
    with pytest.raises(KeyboardInterrupt), written_whole(target) as temporary:
        temporary.write_bytes(b"half of the next")
        raise KeyboardInterrupt
    assert target.read_bytes() == b"the last good pack"
    assert list(tmp_path.iterdir()) == [target]


def test_full_disk_leaves_the_last_file(tmp_path: Path) -> None:
    """/dev/full gives the real error of a full disk at the first write."""
    target = tmp_path / "pack.pdf"
    write_whole(target, b"the last good pack")
    with pytest.raises(OSError) as caught, written_whole(target) as temporary:
        temporary.unlink()
        temporary.symlink_to("/dev/full")
        with temporary.open("wb") as stream:
            stream.write(b"x" * 100_000)
    assert caught.value.errno == errno.ENOSPC
    assert target.read_bytes() == b"the last good pack"


def test_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    write_whole(target, b"{}")
    os.utime(target, (1, 1))
    write_whole(target, b"{}")
    assert target.stat().st_mtime == 1


def test_second_build_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    lock, told = tmp_path / ".lock", []
    held = lock.open("a")
    fcntl.flock(held.fileno(), fcntl.LOCK_EX)
    threading.Timer(0.3, held.close).start()
    started = time.monotonic()
    with only_one(lock, lambda: told.append("waiting")):
        assert time.monotonic() - started >= 0.2
    assert told == ["waiting"]


def test_lock_held_too_long_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with lock.open("a") as held:
        fcntl.flock(held.fileno(), fcntl.LOCK_EX)
        with pytest.raises(PipelineError, match="Wait for it to end"), only_one(lock, lambda: None, seconds=0.1):
            raise AssertionError("both hold the lock")


def test_cache_key_tells_parts_apart() -> None:
    assert Cache.key("ab", "c") != Cache.key("a", "bc")
    assert Cache.key("ab", "c") == Cache.key("ab", b"c")


def test_cache_gives_back_what_was_put(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    key = Cache.key("x")
    assert cache.get(key, ".pdf") is None
    assert cache.get(key, ".pdf") is None
    assert cache.put(key, ".pdf", b"%PDF").read_bytes() == b"%PDF"
    found = cache.get(key, ".pdf")
    assert found is not None
    assert found.read_bytes() == b"%PDF"


def test_empty_cache_entry_counts_as_missing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    path = cache.put(Cache.key("x"), ".pdf", b"%PDF")
    path.write_bytes(b"")
    assert cache.get(Cache.key("x"), ".pdf") is None


def test_work_folder_of_a_killed_run_is_swept_and_one_in_use_is_not(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with cache.workspace() as in_use:
        left = in_use.parent / "left-behind"
        left.mkdir()
        (left / "in.docx").write_bytes(b"x")
        for folder in (left, in_use):
            os.utime(folder, (1, 1))
        with cache.workspace():
            assert not left.exists()
            assert in_use.exists()
    assert not in_use.exists()
