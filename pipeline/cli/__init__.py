"""The command line: words in, one call, words out."""

import click


@click.group()
def main() -> None:
    """Build, check and publish the public document pack of a council meeting."""
