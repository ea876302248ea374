"""YAML's complaints in plain words: what is wrong in the line, and the line as it should be."""

import re
from collections.abc import Callable

from ruamel.yaml.error import MarkedYAMLError

from pipeline.errors import Fault

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_KEY_AND_TEXT = re.compile(r"^(\s*(?:- )*\{?\s*)([\w .-]+): +(.*)$")
_NO_SPACE = re.compile(r"^\s*(?:- )*([A-Za-z_]+):(?=[^\s:/])(.*)$")
_LINE_UP = "Put it exactly under the line it belongs with, with spaces and no tabs."


def control_characters(text: str) -> list[Fault]:
    """Return a fault for each line with characters that no text may hold (they come from other programs)."""
    return [
        Fault(f"there is an invisible control character (code {ord(found[0])}) in this line", "Type it again.", line=n)
        for n, line in enumerate(text.split("\n"), 1)
        if (found := _CONTROL.search(line))
    ]


def leading_tabs(text: str) -> list[Fault]:
    """Return a fault for each line that is indented with a tab."""
    return [
        Fault("a tab stands at the beginning of this line", "Use spaces, two for each step in.", line=n, column=1)
        for n, line in enumerate(text.split("\n"), 1)
        if re.match(r" *\t\s*[^\s#]", line)
    ]


def explain(error: MarkedYAMLError, text: str) -> Fault:
    """Return the fault that an officer can act on. Its line is within ``text``, from 1."""
    lines = text.split("\n")
    at = error.problem_mark or error.context_mark
    row, column = (at.line, at.column) if at else (0, 0)
    problem = " ".join(str(part) for part in (error.problem, error.context) if part)
    for row_near in (row, row - 1):
        line = lines[row_near] if 0 <= row_near < len(lines) else ""
        if "\u00a0" in line[: len(line) - len(line.lstrip())] or ":\u00a0" in line:
            message = "a non-breaking space, as Word writes it, stands where a plain space must"
            return Fault(message, "Delete it and press the space bar.", line=row_near + 1)
    for words, words_for_it in _EXPLANATIONS:
        if words in problem and (fault := words_for_it(error, lines, row, column)):
            return fault
    return Fault(f"this is not well-formed YAML ({problem})", "Compare it with the line above.", line=row + 1)


def _value_with_colon(error: MarkedYAMLError, lines: list[str], row: int, column: int) -> Fault | None:
    """``title: Petition: Save the Park``, the commonest slip; also ``title:Apologies`` and a line too far in."""
    for row_near in (row, row - 1):
        if row_near >= 0 and (fault := missing_space(lines[row_near], row_near)):
            return fault
    match = _KEY_AND_TEXT.match(lines[row])
    if match and (": " in match[3] or match[3].endswith(":")):
        return _needs_quotes(match[2], match[3], row, column)
    return Fault("this line is further in than the line above allows", _LINE_UP, line=row + 1, column=column + 1)


def missing_space(line: str, row: int = 0) -> Fault | None:
    """Return the fault of a line like ``title:Apologies``, which YAML takes for text."""
    if match := _NO_SPACE.match(line):
        return Fault("a space is missing after the colon", f"Write  {match[1]}: {match[2].strip()}", line=row + 1)
    return None


def _needs_quotes(key: str, text: str, row: int, column: int) -> Fault:
    quoted = text.strip().strip("'\"").replace("\\", "\\\\").replace('"', '\\"')
    remedy = f'Put the text in double quotes:  {key}: "{quoted}"'
    return Fault("text with a colon in it needs quotes", remedy, line=row + 1, column=column + 1)


def _no_colon(error: MarkedYAMLError, lines: list[str], row: int, column: int) -> Fault:
    at = error.context_mark.line if error.context_mark else row
    message = f"this line has no key and colon: {lines[at].strip()[:60]}"
    return missing_space(lines[at], at) or Fault(message, "Write it like  title: Apologies", line=at + 1)


def _text_after_quote(error: MarkedYAMLError, lines: list[str], row: int, column: int) -> Fault:
    remedy = "Put the whole text in double quotes; an apostrophe inside them is fine."
    match = _KEY_AND_TEXT.match(lines[row])
    if match and match[3].count('"') == 0:
        remedy = f'Put the whole text in double quotes:  {match[2]}: "{match[3].strip().strip(chr(39))}"'
    return Fault("there is more text after the closing quote", remedy, line=row + 1, column=column + 1)


def _stray_bracket(error: MarkedYAMLError, lines: list[str], row: int, column: int) -> Fault:
    bracket = lines[row][column : column + 1]
    return Fault(f"this {bracket} closes nothing", "Take it out, or open it.", line=row + 1, column=column + 1)


def _out_of_line(error: MarkedYAMLError, lines: list[str], row: int, column: int) -> Fault:
    return Fault("this line does not line up with those above it", _LINE_UP, line=row + 1, column=column + 1)


def _open_bracket(error: MarkedYAMLError, lines: list[str], row: int, column: int) -> Fault:
    opened = error.context_mark
    line, column = (opened.line, opened.column) if opened else (row, column)
    bracket = lines[line][column : column + 1]
    closing = {"[": "]", "{": "}"}.get(bracket, "bracket")
    if "got ':'" in str(error.problem) and opened and row == opened.line:
        remedy = "Put the text in double quotes, and a comma between two keys."
        return Fault("text with a colon in it needs quotes", remedy, line=line + 1, column=column + 1)
    remedy = f"Add the {closing}, or the comma that is missing between two entries."
    return Fault(f"the {bracket} opened here is not closed", remedy, line=line + 1, column=column + 1)


def _open_quote(error: MarkedYAMLError, lines: list[str], row: int, column: int) -> Fault:
    at = error.context_mark
    return Fault(
        "the quote opened here is never closed", "Add the closing quote.", line=(at.line if at else row) + 1,
        column=at.column + 1 if at else None,
    )  # fmt: skip


def _bad_beginning(error: MarkedYAMLError, lines: list[str], row: int, column: int) -> Fault:
    if error.context_mark and ("alias" in str(error.context) or "anchor" in str(error.context)):
        row, column = error.context_mark.line, error.context_mark.column
    character = lines[row][column : column + 1]
    if character == "\t":
        message, remedy = "there is a tab in this line", "Use a space instead."
        return Fault(message, remedy, line=row + 1, column=column + 1)
    remedy = f'Put the text in double quotes: "{lines[row][column:].strip()}"'
    return Fault(f"text that begins with {character} needs quotes", remedy, line=row + 1, column=column + 1)


def _backslash(error: MarkedYAMLError, lines: list[str], row: int, column: int) -> Fault:
    remedy = "Write / instead of \\ in a file's path, or use single quotes."
    return Fault("a backslash in double quotes has a meaning of its own", remedy, line=row + 1, column=column + 1)


def _second_document(error: MarkedYAMLError, lines: list[str], row: int, column: int) -> Fault:
    return Fault("a line of three dashes begins a second document", "Take that line out.", line=row + 1)


def _dash(error: MarkedYAMLError, lines: list[str], row: int, column: int) -> Fault:
    remedy = "Begin each entry of a list on a line of its own."
    return Fault("a dash and a space begin a list, which cannot stand here", remedy, line=row + 1, column=column + 1)


def _block_text(error: MarkedYAMLError, lines: list[str], row: int, column: int) -> Fault:
    remedy = "Put the text in double quotes, or begin it on the next line, two spaces further in."
    return Fault("nothing may follow | or > on the line", remedy, line=row + 1, column=column + 1)


_Explanation = Callable[[MarkedYAMLError, list[str], int, int], Fault | None]
_EXPLANATIONS: tuple[tuple[str, _Explanation], ...] = (
    ("mapping values are not allowed", _value_with_colon),
    ("could not find expected ':'", _no_colon),
    ("found unexpected end of stream", _open_quote),
    ("found unexpected document separator", _open_quote),
    ("expected ',' or", _open_bracket),
    ("but found '<scalar>'", _text_after_quote),
    ("but found '}'", _stray_bracket),
    ("but found ']'", _stray_bracket),
    ("but found another document", _second_document),
    ("expected <block end>", _out_of_line),
    ("expected '<document start>'", _out_of_line),
    ("cannot start any token", _bad_beginning),
    ("found undefined alias", _bad_beginning),
    ("alphabetic or numeric character", _bad_beginning),
    ("expected the node content, but found '-'", _dash),
    ("expected the node content", _bad_beginning),
    ("unknown escape character", _backslash),
    ("escape sequence", _backslash),
    ("sequence entries are not allowed", _dash),
    ("mapping keys are not allowed", _bad_beginning),
    ("expected a comment or a line break", _block_text),
    ("expected chomping or indentation", _block_text),
)
