"""civicpack doctor: what is installed, what is missing, and the command that installs it."""

import json

import click

from pipeline.errors import ExitCode


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def doctor(as_json: bool) -> None:
    """Show what is installed and what is missing, with the command that installs it."""
    from pipeline.installed import checks

    results = checks()
    if as_json:
        rows = [{"name": c.name, "ok": c.ok, "found": c.found, "install": c.install} for c in results]
        click.echo(json.dumps({"checks": rows, "ok": all(c.ok for c in results)}, ensure_ascii=False, indent=2))
    else:
        for check in results:
            click.echo(f"{'ok     ' if check.ok else 'MISSING'}  {check.name}: {check.found}")
            if not check.ok:
                click.echo(f"         {check.why} Install it: {check.install}")
    if not all(check.ok for check in results):
        raise SystemExit(int(ExitCode.NOT_INSTALLED))
