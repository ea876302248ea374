"""Minutes from the minute book as the minutes template wants them: numbered on, petitions counted i), ii), iii)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline.manifest import first_minute_number, read_minutes
from pipeline.markdown import to_html
from pipeline.model import Council, Minute, Petition, Workspace

_NUMERALS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def page(path: Path, council: Council, workspace: Workspace, picture: Callable[[str], str]) -> dict[str, Any]:
    """Return the context of minutes.html. Raises ManifestError for faults in the file, with their lines."""
    minutes = read_minutes(path, council)
    first = first_minute_number(minutes, workspace, council)
    bodies = {body.slug: body.name for body in council.bodies}

    def recorded(entries: tuple[Minute, ...], start: int) -> list[tuple[int, Minute, list[tuple[Any, str]]]]:
        return [(number, minute, list(_blocks(minute, picture))) for number, minute in enumerate(entries, start=start)]

    return {
        "council": council,
        "body_name": bodies.get(minutes.body, minutes.body),
        "minutes": minutes,
        "numbered": recorded(minutes.minutes, first),
        "numbered_private": recorded(minutes.private_minutes, first + len(minutes.minutes)),
    }


def _blocks(minute: Minute, picture: Callable[[str], str]) -> Iterator[tuple[Markup | Petition, str]]:
    """The minute's parts, a petition with its numeral when there are several."""
    petitions = sum(isinstance(block, Petition) for block in minute.blocks)
    count = 0
    for block in minute.blocks:
        if isinstance(block, Petition):
            count += 1
            yield block, roman(count) if petitions > 1 else ""
        else:
            yield to_html(block, picture=picture, shift=3), ""


def roman(number: int) -> str:
    """Return 1 as "i", 4 as "iv"; for 1 to 89."""
    if not 1 <= number <= 89:
        raise ValueError(f"no small Roman numeral for {number}")
    tens, words = divmod(number, 50)
    result = "l" * tens
    for value, numeral in ((40, "xl"), *_NUMERALS):
        while words >= value:
            result += numeral
            words -= value
    return result
