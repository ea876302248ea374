"""The command line: words in, one call, words out."""

import errno
import os
import signal
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import click

from pipeline import __version__
from pipeline.cli.build import build
from pipeline.cli.doctor import doctor
from pipeline.cli.workspace import init, new
from pipeline.errors import ExitCode, FaultsError, PipelineError

#: What shells give a program that was interrupted or told to end.
INTERRUPTED = 128 + signal.SIGINT


class _Handled(click.Group):
    """The one place where an exception becomes words on stderr and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        signal.signal(signal.SIGTERM, _end)
        try:
            return super().invoke(ctx)
        except FaultsError as error:
            for fault in error.faults:
                click.echo(str(replace(fault, file=_nearest(fault.file))), err=True)
            sys.exit(int(error.exit_code))
        except PipelineError as error:
            click.echo(str(error), err=True)
            sys.exit(int(error.exit_code))
        except KeyboardInterrupt:
            click.echo("Interrupted. Nothing was changed.", err=True)
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(int(ExitCode.FINE))
        except OSError as error:
            click.echo(_disk_words(error), err=True)
            sys.exit(int(ExitCode.MANIFEST))
        except click.exceptions.Exit:
            raise
        except click.ClickException:
            raise
        except Exception:  # noqa: BLE001 - whatever else happens is our fault, and is said so
            click.echo(traceback.format_exc(), err=True)
            click.echo(
                "This is a fault in civicpack, not in your papers. Please report it with the lines above.", err=True
            )
            sys.exit(int(ExitCode.OUR_FAULT))


def _nearest(file: Path | None) -> Path | None:
    """The file as seen from here, if it lies below."""
    return file.relative_to(Path.cwd()) if file and file.is_relative_to(Path.cwd()) else file


def _end(number: int, _: FrameType | None) -> None:
    """Leave by the ordinary way, so that LibreOffice is ended and half-written files go."""
    sys.exit(128 + number)


def _disk_words(error: OSError) -> str:
    place = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full{place}. The last good pack is as it was. Free some space and build again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Not allowed to write or read{place}: {error.strerror}. Check who owns the folder."
    return f"The disk gave an error{place}: {error.strerror or error}. The last good pack is as it was."


@click.group(cls=_Handled)
@click.version_option(__version__, prog_name="civicpack")
def main() -> None:
    """Build, check and publish the public document pack of a council meeting."""


main.add_command(build)
main.add_command(doctor)
main.add_command(init)
main.add_command(new)
