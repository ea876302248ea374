"""The files officers write -> Council, Meeting, Minutes, SignOffTable; every fault at once, with file, line and column.

The records (``*_records``) say which keys there are; ``checking`` holds a file against its record; ``council``,
``meeting``, ``papers`` and ``minutebook`` make the nouns of ``pipeline.model`` and judge what they mean together.
"""

from pipeline.manifest.council import REPORT_HEADINGS, load_council
from pipeline.manifest.fields import slug
from pipeline.manifest.files import PAPERS
from pipeline.manifest.folder import find_workspace, resolve_meeting
from pipeline.manifest.fresh import council_yaml_template, new_meeting_yaml
from pipeline.manifest.meeting import REGISTERS, find_body, load_meeting
from pipeline.manifest.minutebook import first_minute_number, minutes_before, read_minutes
from pipeline.manifest.report_file import read_front_matter
from pipeline.manifest.sign_offs import read_sign_offs_yaml

__all__ = [
    "PAPERS",
    "REGISTERS",
    "REPORT_HEADINGS",
    "council_yaml_template",
    "find_body",
    "find_workspace",
    "first_minute_number",
    "load_council",
    "load_meeting",
    "minutes_before",
    "new_meeting_yaml",
    "read_front_matter",
    "read_minutes",
    "read_sign_offs_yaml",
    "resolve_meeting",
    "slug",
]
