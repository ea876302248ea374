"""What can stand after a key: text, a number kept as written, a date, a time, yes or no, one of a few words.

Each reads the text that YAML holds (see yamlfile) and refuses in an officer's words.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from pipeline import dates
from pipeline.manifest.yamlfile import kind_of
from pipeline.model import MeetingState, Numbering, Padding, PaperKind, Publicity

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER = re.compile(r"[0-9A-Za-z]+([.\-/][0-9A-Za-z]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "'": "", "\u2019": ""})
W = TypeVar("W")


class Record(BaseModel):
    """A group of keys. An unknown key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


@dataclass(frozen=True, eq=False)
class Takes:
    """What a field takes: how it is read, in words for docs/fields.md, and as JSON Schema."""

    read: Callable[[Any], Any]
    words: str
    json: dict[str, Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.json)


def refuse(message: str, remedy: str = "") -> PydanticCustomError:
    """Return the error for a value. ``message`` follows the key's name: "'time' " + "must be ..."."""
    return PydanticCustomError("refused", "{message}", {"message": message, "remedy": remedy})


def slug(text: str) -> str:
    """Return the text in small letters, figures and hyphens: "Adroddiad Tŷ Ŵyn.docx" gives "adroddiad-ty-wyn-docx"."""
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def prose(value: Any) -> str:
    """Text of one or more paragraphs, in composed letters (NFC)."""
    if not isinstance(value, str):
        raise refuse(f"must be text, not {kind_of(value)}" if value is not None else "is empty")
    if _CONTROL.search(value):
        raise refuse("holds an invisible control character", "Type it again.")
    if not value.strip():
        raise refuse("is empty")
    return unicodedata.normalize("NFC", value.strip())


def line(value: Any) -> str:
    """Text on one line: every run of spaces and line ends is one space."""
    return " ".join(prose(value).split())


def file_name(value: Any) -> str:
    """A path exactly as written."""
    prose(value)
    return str(value).strip()


def date(value: Any) -> dt.date:
    text = line(value)
    try:
        return dates.parse_date(text)
    except ValueError as error:
        raise refuse(f"is wrong: {error}", dates.DATE_FORMS) from None


def time(value: Any) -> dt.time:
    text = line(value)
    try:
        return dates.parse_time(text)
    except ValueError as error:
        raise refuse(f"is wrong: {error}", dates.TIME_FORMS) from None


def flag(value: Any) -> bool:
    word = line(value).lower()
    if word not in ("true", "false", "yes", "no"):
        raise refuse(f'must be true or false, not "{line(value)}"')
    return word in ("true", "yes")


def whole_number(value: Any, least: int = 0, most: int = 10_000_000) -> int:
    text = line(value).replace(",", "")
    if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
        limits = f"from {least} to {most}" if most < 1000 else f"of {least} or more" if least else ""
        raise refuse(f'must be a whole number{" " + limits if limits else ""}, not "{line(value)}"')
    return int(text)


def choice(value: Any, words: dict[str, W]) -> W:
    """One of a few words, in any case and with spaces or hyphens for underscores."""
    text = line(value)
    word = re.sub("[ _-]+", "_", text.lower())
    if word in words:
        return words[word]
    near = get_close_matches(word, words, 1)
    guess = f"; did you mean {near[0]}?" if near else ""
    raise refuse(f'cannot be "{text}"{guess}', f"Write one of: {', '.join(words)}.")


def shaped(value: Any, shape: re.Pattern[str], what: str, mend: Callable[[str], str]) -> str:
    text = line(value)
    if not shape.fullmatch(text):
        mended = mend(text)
        raise refuse(f'must be {what}, not "{text}"', f"Write for example  {mended}" if mended else "")
    return text


def _without_full_stop(text: str) -> str:
    mended = text.strip(" .()")
    return mended if _NUMBER.fullmatch(mended) else "5a"


def _words(enum: type[StrEnum]) -> Takes:
    """A field that takes one of an enum's words."""
    words = {member.value: member for member in enum}
    return Takes(partial(choice, words=words), "one of: " + ", ".join(words), {"type": "string", "enum": list(words)})


_AS_WRITTEN = {"type": ["string", "number"]}
_ITEM_NUMBER = partial(shaped, shape=_NUMBER, what="a number like 3, 5a or 12.1", mend=_without_full_stop)
_SLUG_READ = partial(shaped, shape=_SLUG, what="small letters, figures and hyphens", mend=slug)
_LANGUAGE_READ = partial(shaped, shape=_LANGUAGE, what="a language code like en-GB or cy", mend=lambda _: "en-GB")
_CONTINUE = {"continue": "continue", "restart": "restart"}

Line = Annotated[str, Takes(line, "text", {"type": "string"})]
Prose = Annotated[str, Takes(prose, "text", {"type": "string"})]
FileName = Annotated[str, Takes(file_name, "a file's path", {"type": "string"})]
AsWritten = Annotated[str, Takes(line, "text or a number, kept as written", _AS_WRITTEN)]
ItemNumber = Annotated[str, Takes(_ITEM_NUMBER, "a number like 3, 5a or 12.1, kept as written", _AS_WRITTEN)]
Slug = Annotated[
    str,
    Takes(_SLUG_READ, "small letters, figures and hyphens", {"type": "string", "pattern": f"^{_SLUG.pattern}$"}),
]
Language = Annotated[str, Takes(_LANGUAGE_READ, "a language code like en-GB or cy", {"type": "string"})]
Date = Annotated[dt.date, Takes(date, "a date", {"type": "string"})]
Time = Annotated[dt.time, Takes(time, "a time", _AS_WRITTEN)]
Flag = Annotated[bool, Takes(flag, "true or false", {"type": "boolean"})]
Count = Annotated[int, Takes(whole_number, "a whole number", {"type": "integer", "minimum": 0})]
Ordinal = Annotated[
    int, Takes(partial(whole_number, least=1), "a whole number from 1", {"type": "integer", "minimum": 1})
]
Paragraph = Annotated[
    int,
    Takes(
        partial(whole_number, least=1, most=7),
        "a paragraph of Schedule 12A, 1 to 7",
        {"type": "integer", "minimum": 1, "maximum": 7},
    ),
]
PublicityWord = Annotated[Publicity, _words(Publicity)]
KindWord = Annotated[PaperKind, _words(PaperKind)]
StateWord = Annotated[MeetingState, _words(MeetingState)]
NumberingWord = Annotated[Numbering, _words(Numbering)]
PaddingWord = Annotated[Padding, _words(Padding)]
SupplementWord = Annotated[
    str,
    Takes(
        partial(choice, words=_CONTINUE),
        "one of: continue, restart",
        {"type": "string", "enum": list(_CONTINUE)},
    ),
]
