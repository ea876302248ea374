"""Writing YAML that an officer will read and edit: plain words where YAML allows them, else double quotes."""

import json
import re
from typing import Any

_PLAIN = re.compile(r'[^\W_](?:[^#:"\\{}\[\]\n]|:(?=[^\s,]))*')
_SAME_IN_EVERY_YAML = re.compile(r"(?i)null|true|false|yes|no|on|off|~")


def scalar(text: str, in_brackets: bool = False) -> str:
    """Return the text as a YAML value: plain where that is safe in YAML 1.1 and 1.2 alike."""
    safe = _PLAIN.fullmatch(text) and text == text.strip() and text.isprintable()
    if not safe or _SAME_IN_EVERY_YAML.fullmatch(text) or (in_brackets and "," in text):
        return json.dumps(text, ensure_ascii=False)
    return text


def flow(value: Any) -> str:
    """Return a value as YAML on one line: {paragraph: 3, reason: ...}, [Matters Arising]."""
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            return "{" + ", ".join(f"{scalar(key, True)}: {flow(entry)}" for key, entry in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(flow(entry) for entry in value) + "]"
        case str():
            return scalar(value, in_brackets=True)
        case _:
            return str(value)
