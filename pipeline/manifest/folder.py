"""Where things are: the workspace, and the folder of a meeting that somebody named."""

import os
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from pipeline.errors import Fault, ManifestError
from pipeline.model import Workspace

COUNCIL = "council.yaml"
MEETING = "meeting.yaml"


def find_workspace(start: Path) -> Workspace:
    """Return the workspace: the nearest folder at or above ``start`` that holds council.yaml. Raises ManifestError."""
    start = absolute(start)
    for folder in (start, *start.parents):
        if (folder / COUNCIL).is_file():
            return Workspace(folder)
    remedy = "Go to the folder that holds it, or make a new one:  civicpack init DIR"
    raise ManifestError([Fault(f"there is no {COUNCIL} in this folder or in any above it", remedy, start)])


def resolve_meeting(argument: str, cwd: Path) -> Path:
    """Return the folder of the meeting that somebody named: a path to it or to its meeting.yaml, or its name alone.

    A name is looked for under meetings/ of the workspace of ``cwd``. Raises ManifestError with the nearest names.
    """
    cwd = absolute(cwd)
    given = cwd / argument
    given = given.parent if given.name == MEETING else given
    if (given / MEETING).is_file():
        return absolute(given)
    workspace = find_workspace(given if given.is_dir() else cwd)
    named = workspace.meetings / argument
    named = named.parent if named.name == MEETING else named
    if (named / MEETING).is_file():
        return absolute(named)
    folder = next((folder for folder in (given, named) if folder.is_dir()), None)
    if folder:
        remedy = "Make one with  civicpack new BODY DATE  and put the papers in its folder."
        remedy += _did_you_mean(workspace, argument)
        raise ManifestError([Fault(f"there is no {MEETING} in this folder", remedy, absolute(folder))])
    remedy = _did_you_mean(workspace, argument).strip() or "There is no meeting yet; make one:  civicpack new BODY DATE"
    raise ManifestError([Fault(f'there is no meeting "{argument}"', remedy, workspace.meetings)])


def _did_you_mean(workspace: Workspace, argument: str) -> str:
    names = sorted(path.parent.name for path in workspace.meetings.glob(f"*/{MEETING}"))
    word = PurePosixPath(argument).name
    near = get_close_matches(word, names, 3, 0.5)
    holding = [name for name in names if word and word.casefold() in name.casefold()]
    found = list(dict.fromkeys([*holding, *near]))[:3]
    if found:
        return f" Did you mean {' or '.join(found)}?"
    return f" The meetings are {', '.join(names[-5:])}." if names else ""


def absolute(path: Path) -> Path:
    """Return the path from the root, links kept: a meeting keeps its folder's name."""
    return Path(os.path.abspath(path))  # noqa: PTH100  resolve() would follow links
