"""Files that are written whole or not at all, the lock of a build, and the cache of conversions.

Everything lies below ``build/``, which may be deleted at any time.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import PipelineError


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Yield a temporary path in the target's folder; on success it is flushed to disk and renamed to ``target``.

    On any error the temporary file goes and ``target`` stays as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        _flush(temporary)
        temporary.replace(target)
        _flush(target.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_whole(target: Path, content: bytes) -> None:
    """Write the bytes to ``target``: whole or not at all. A file that has these bytes already is left alone."""
    with suppress(OSError):
        if target.read_bytes() == content:
            return
    with written_whole(target) as temporary:
        temporary.write_bytes(content)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def only_one(lock_file: Path, waiting: Callable[[], None], seconds: float = 600) -> Iterator[None]:
    """Hold a lock that ends with the process, however it ends.

    ``waiting`` is called once if another process holds it; after ``seconds`` PipelineError is raised.
    """
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    with lock_file.open("a") as stream:
        told = False
        until = time.monotonic() + seconds
        while not _locked(stream.fileno()):
            if not told:
                waiting()
                told = True
            if time.monotonic() > until:
                raise PipelineError(
                    f"Another build of this meeting has been running for over {seconds:.0f} seconds. "
                    "Wait for it to end, or stop it, and build again."
                )
            time.sleep(0.05)
        yield


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def swept(folder: Path) -> Iterator[None]:
    """Remove the half-made files of a folder at the end, however it ends: of this run and of killed ones.

    Only whoever holds the folder's lock may.
    """
    try:
        yield
    finally:
        for pattern in (".*.part", ".*.new", ".*.tmp"):
            for left_behind in folder.glob(pattern):
                left_behind.unlink(missing_ok=True)


class Cache:
    """Files by the hash of all that made them: a conversion done once is not done again.

    An entry is written whole and never changed, so several builds may share one cache.
    """

    def __init__(self, root: Path):
        self.root = root

    @staticmethod
    def key(*parts: str | bytes) -> str:
        """Return the key of a result: the hash of everything that decides it."""
        digest = hashlib.sha256()
        for part in parts:
            content = part.encode() if isinstance(part, str) else part
            digest.update(len(content).to_bytes(8, "big") + content)
        return digest.hexdigest()

    def path(self, key: str, suffix: str) -> Path:
        return self.root / key[:2] / f"{key}{suffix}"

    def get(self, key: str, suffix: str) -> Path | None:
        """Return the entry, or None."""
        path = self.path(key, suffix)
        return path if path.is_file() and path.stat().st_size else None

    def put(self, key: str, suffix: str, content: bytes) -> Path:
        """Keep the bytes and return where."""
        path = self.path(key, suffix)
        write_whole(path, content)
        return path

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """Yield an empty folder for work in progress; it goes afterwards, and so do those of runs that were killed."""
        parent = self.root / "work"
        parent.mkdir(parents=True, exist_ok=True)
        self._sweep(parent)
        folder = Path(tempfile.mkdtemp(dir=parent))
        with (folder / ".in-use").open("w") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    @staticmethod
    def _sweep(parent: Path) -> None:
        """Remove the work folders that no living process holds and that are over a minute old."""
        for folder in parent.iterdir():
            with suppress(OSError):
                if time.time() - folder.stat().st_mtime < 60:
                    continue
                with (folder / ".in-use").open("a") as stream:
                    if _locked(stream.fileno()):
                        shutil.rmtree(folder, ignore_errors=True)
