"""How a run can end: the exit codes, a fault in an officer's file, and the few exceptions that carry them.

An exception means that this run cannot go on and says who must do what. A fact about the papers is a Finding, not an
exception. One handler, in ``pipeline.cli``, turns an exception into words on stderr and an exit code.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """What the shell is told. Public interface: never renumber."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    MANIFEST = 3
    SIGN_OFF = 4
    PRIVACY = 5
    NOTICE = 6
    PAPER = 7
    NOT_INSTALLED = 8
    PUBLICATION = 9
    OUR_FAULT = 70


#: ``build`` and ``publish`` end with the first of these that applies.
PRECEDENCE = (
    ExitCode.MANIFEST,
    ExitCode.PAPER,
    ExitCode.PRIVACY,
    ExitCode.SIGN_OFF,
    ExitCode.NOTICE,
    ExitCode.FINDINGS,
)


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file an officer wrote: what, where, and what to write instead.

    ``line`` and ``column`` count from 1; None when the fault is of the whole file.
    """

    message: str
    remedy: str = ""
    file: Path | None = None
    line: int | None = None
    column: int | None = None
    key: str = ""

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                str(self.file) if self.file else "",
                f"line {self.line}" if self.line else "",
                f"column {self.column}" if self.line and self.column else "",
            )
            if part
        )
        words = f"{place}: {self.message}" if place else self.message
        return f"{words}\n  {self.remedy}" if self.remedy else words


class PipelineError(Exception):
    """This run cannot go on. The message is for the person at the desk: what is wrong, where, what to do."""

    exit_code = ExitCode.OUR_FAULT


class FaultsError(PipelineError):
    """Several faults found together; all of them are reported, in file and line order as given."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ManifestError(FaultsError):
    """The workspace, council.yaml, meeting.yaml, minutes or a template is wrong (exit 3)."""

    exit_code = ExitCode.MANIFEST


class PaperError(FaultsError):
    """One or more papers cannot be read or converted (exit 7). A paper is never left out of a pack."""

    exit_code = ExitCode.PAPER


class PrivacyError(PipelineError):
    """The privacy gate refused (exit 5)."""

    exit_code = ExitCode.PRIVACY


class NotInstalledError(PipelineError):
    """A program or font that this run needs is not on the machine (exit 8). The message says how to install it."""

    exit_code = ExitCode.NOT_INSTALLED
