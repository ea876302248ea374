"""A new workspace, and a new meeting folder in one: nothing that is there is ever overwritten."""

import datetime as dt
from pathlib import Path

from pipeline import manifest
from pipeline.errors import Fault, ManifestError
from pipeline.storage import write_whole

_BUILD_README = """Everything in this folder is made by civicpack and may be deleted at any time.
The papers are in meetings/, the minute book in minutes/.
"""
_TEMPLATES_README = """Your own templates, a file at a time: a file here is used instead of civicpack's own
of the same name (front_sheet.html, minutes.html, report.html, petitions.html,
sign_offs.html, spreadsheet.html, paper.html,
page.css). Copy the one you want to change from civicpack and change the copy. What is not here comes from civicpack.
"""


def new_workspace(directory: Path) -> tuple[Path, ...]:
    """Make an empty workspace and return what was made. Raises ManifestError if there is one already."""
    council = directory / "council.yaml"
    if council.exists():
        raise ManifestError(
            [Fault("there is a workspace here already", "Choose another folder, or go on with this one.", file=council)]
        )
    made = {
        council: manifest.council_yaml_template(),
        directory / "agenda_templates" / "README.md": _TEMPLATES_README,
        directory / "build" / "README.md": _BUILD_README,
    }
    for folder in (directory / "meetings", directory / "minutes"):
        folder.mkdir(parents=True, exist_ok=True)
    for path, text in made.items():
        if not path.exists():
            write_whole(path, text.encode())
    return (*made, directory / "meetings", directory / "minutes")


def new_meeting(start: Path, name: str, day: dt.date) -> Path:
    """Make meetings/<day>-<slug>/meeting.yaml for the body of this slug or name, and return the folder.

    Raises ManifestError for a body that council.yaml does not have, or a meeting that is there already.
    """
    workspace = manifest.find_workspace(start)
    council = manifest.load_council(workspace)
    body = manifest.find_body(council, name)
    folder = workspace.meetings / f"{day.isoformat()}-{body.slug}"
    file = folder / "meeting.yaml"
    if file.exists():
        raise ManifestError([Fault("this meeting is there already", "Open it and go on with it.", file=file)])
    before = manifest.minutes_before(workspace, body.slug, day)
    write_whole(file, manifest.new_meeting_yaml(council, body, day, before[-1] if before else None).encode())
    return folder
