"""Builds of a meeting, each in a child process that sends itself a signal before its n-th change to the disk.

Run as a program with the meeting's folder. Each line of standard input is "n signal"; the answer is the child's end as
``subprocess`` gives it (0: there was no n-th change, -9: killed). What a child says on stderr goes to ours.
"""

import os
import signal
import sys
from typing import Any

from pipeline.cli import main

CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "shutil.rmtree"})


def changes_the_disk(event: str, args: tuple[Any, ...]) -> bool:
    """Is this audit event one before the disk is changed: a file made, renamed, removed, or opened to be written?"""
    if event == "open":
        return isinstance(args[2], int) and bool(args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in CHANGES


def end_at(change: int, number: int) -> None:
    """Arrange for this process to send itself the signal before its change of that number, from 1."""
    met = 0

    def watch(event: str, args: tuple[Any, ...]) -> None:
        nonlocal met
        if changes_the_disk(event, args):
            met += 1
            if met == change:
                os.kill(os.getpid(), number)

    sys.addaudithook(watch)


def build(folder: str) -> int:
    try:
        main(["build", folder], prog_name="civicpack")
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def child(folder: str, change: int, number: int) -> int:
    """Build in a child; return how it ended."""
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        end_at(change, number)
        try:
            code = build(folder)
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    build(sys.argv[1])  # once in this process, so that the children need not import everything anew
    say("ready")
    for line in sys.stdin:
        at, with_signal = line.split()
        say(str(child(sys.argv[1], int(at), int(with_signal))))
