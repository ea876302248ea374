"""One program run to its end in a process of its own: seconds, processor seconds, memory.

Only the standard library is imported here and in ``__main__``: a child's peak memory is never told as less than that of
the process which started it, so that one must stay small.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class FailedError(RuntimeError):
    """A program that was measured did not end well."""


@dataclass(frozen=True)
class Run:
    """``wall`` and ``cpu`` (user and system, children included) in seconds, ``peak`` in MB (the largest process)."""

    wall: float
    cpu: float
    peak: float


def run(commands: Sequence[Sequence[str]], folder: Path) -> Run:
    """Run the commands one after the other and return what they took together. Raises FailedError."""
    wall = cpu = peak = 0.0
    for command in commands:
        one = _run(command, folder)
        wall, cpu, peak = wall + one.wall, cpu + one.cpu, max(peak, one.peak)
    return Run(wall, cpu, peak)


def _run(command: Sequence[str], folder: Path) -> Run:
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read().decode("utf-8", "replace")[-2000:]
            raise FailedError(f"{command[0]} ended with {process.returncode}:\n{words}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
