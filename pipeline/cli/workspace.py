"""civicpack init and new: an empty workspace, and a meeting folder to start from."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import datetime as dt


class Day(click.ParamType[Any]):
    """A date as officers write it: 2026-10-12, 12 October 2026, 12/10/2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "dt.date":
        from pipeline.dates import parse_date

        try:
            return parse_date(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def init(directory: Path) -> None:
    """Make a new workspace in DIR: council.yaml to fill in, and the folders."""
    from pipeline.workspace import new_workspace

    for path in new_workspace(directory):
        click.echo(f"Made {path}")
    click.echo(
        f"Next: write your council and its bodies in {directory / 'council.yaml'}, then: civicpack new BODY DATE"
    )


@click.command()
@click.argument("body")
@click.argument("day", type=Day(), metavar="DATE")
def new(body: str, day: "dt.date") -> None:
    """Make the folder of a meeting of BODY on DATE: standing items, contact, the last minutes attached.

    BODY is the body's slug in council.yaml; DATE as you write it: 2026-10-12, 12/10/2026 or "12 October 2026".
    """
    from pipeline.workspace import new_meeting

    folder = new_meeting(Path.cwd(), body, day)
    click.echo(f"Made {folder}")
    click.echo(f"Next: put the papers in it, name them in meeting.yaml, then: civicpack build {folder.name}")
