"""A YAML tree against its record: every fault at once, in plain words, and a record of what was sound.

A faulty part is left out (or, where it is required, an example stands in for it) so that the rest can be checked
further. The places that were mended so are the file's ``touched``: nothing more is said of them.
"""

import copy
from difflib import get_close_matches
from typing import Any, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from pipeline.manifest.fields import Record
from pipeline.manifest.syntax import missing_space
from pipeline.manifest.writing import flow
from pipeline.manifest.yamlfile import Loc, Tree, YamlFile, kind_of

R = TypeVar("R", bound=Record)
_ROUNDS = 5


def checked(model: type[R], file: YamlFile) -> R | None:
    """Return the record that the file holds, mended where it was faulty; None when the file cannot be used at all.

    The faults are added to ``file.faults``.
    """
    if file.data is None:
        return None
    data = copy.deepcopy(file.data)
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(data)
        except ValidationError as failure:
            errors = failure.errors(include_url=False)
            for error in sorted(errors, key=lambda error: error["type"] != "extra_forbidden"):
                _report(model, file, error)
                data = _mended(model, data, error)
    return None


def _report(model: type[Record], file: YamlFile, error: ErrorDetails) -> None:
    loc = _written(error["loc"])
    if not file.is_sound(loc):
        return
    message, remedy = _words(model, file, loc, error)
    file.fault(loc, message, remedy, of_key=error["type"] == "extra_forbidden")
    file.touched.add(loc)
    if error["type"] == "extra_forbidden" and (meant := _meant(model, file, loc)):
        file.touched.add((*loc[:-1], meant))


def _words(model: type[Record], file: YamlFile, loc: Loc, error: ErrorDetails) -> tuple[str, str]:
    match error["type"]:
        case "extra_forbidden":
            return _unknown_key(model, file, loc)
        case "missing" if loc in file.keys:
            return f"'{loc[-1]}' has nothing after it", _example(model, loc)
        case "missing":
            return f"'{loc[-1]}' is missing{_holder(loc)}", _example(model, loc)
        case "refused":
            context = error["ctx"]
            return f"{_label(loc)} {context['message']}", context["remedy"] or _example(model, loc)
        case _ if error["input"] is None:
            return f"{_label(loc)} is empty", _example(model, loc)
        case _ if isinstance(error["input"], str) and (slip := missing_space(error["input"])):
            return slip.message, slip.remedy
        case _:
            wanted = "a list" if error["type"] in ("tuple_type", "list_type") else "keys and values"
            return f"{_label(loc)} must be {wanted}, not {kind_of(error['input'])}", _example(model, loc)


def _unknown_key(model: type[Record], file: YamlFile, loc: Loc) -> tuple[str, str]:
    if meant := _meant(model, file, loc):
        return f"unknown key '{loc[-1]}'; did you mean '{meant}'?", "Correct it, or take the line out."
    return f"unknown key '{loc[-1]}'", f"The keys here are {', '.join(_keys(model, loc[:-1]))}."


def _meant(model: type[Record], file: YamlFile, loc: Loc) -> str:
    """Return the key that was probably meant by the unknown one at ``loc``, and is not there yet; or ""."""
    absent = [key for key in _keys(model, loc[:-1]) if (*loc[:-1], key) not in file.keys]
    word = str(loc[-1]).lower().strip().replace("-", "_").replace(" ", "_")
    return next(iter(get_close_matches(word, absent, 1, 0.7)), "")


def _keys(model: type[Record], loc: Loc) -> list[str]:
    record = _walk(model, loc)[0]
    return [field.alias or name for name, field in record.model_fields.items()] if _is_record(record) else []


def _label(loc: Loc) -> str:
    """Return "'time'", "entry 2 of 'items'" or, for the whole tree, "this"."""
    if not loc:
        return "this"
    if isinstance(loc[-1], int):
        return f"entry {loc[-1] + 1} of '{next((step for step in reversed(loc) if isinstance(step, str)), '')}'"
    return f"'{loc[-1]}'"


def _holder(loc: Loc) -> str:
    return f" in {_label(loc[:-1])}" if len(loc) > 1 else ""


def _example(model: type[Record], loc: Loc) -> str:
    """Return what could be written there. An optional key may also be taken out."""
    _, field, name = _walk(model, loc)
    if field is None or not field.examples:
        return ""
    example = field.examples[0]
    words = f"Write for example  {name}: {example if isinstance(example, str) else flow(example)}"
    if isinstance(loc[-1], int):
        return f"{words}  (or take the entry out)"
    return words if field.is_required() else f"{words}  (or take the key out)"


def _written(loc: Loc) -> Loc:
    """Drop what pydantic adds to a place (the mark of a mapping's key)."""
    return tuple(step for step in loc if step != "[key]")


def _mended(model: type[Record], data: Tree, error: ErrorDetails) -> Tree:
    """Return the tree with the faulty place taken out, or an example put there when something must stand there."""
    loc = _written(error["loc"])
    if not loc:
        return _stand_in(model)
    holder = data
    for step in loc[:-1]:
        try:
            holder = holder[step]
        except (KeyError, IndexError, TypeError):
            return data
    annotation, field, _ = _walk(model, loc)
    if isinstance(holder, dict) and not (field and field.is_required()):
        holder.pop(loc[-1], None)
    else:
        holder[loc[-1]] = _stand_in(annotation, field)
    return data


def _stand_in(annotation: Any, field: FieldInfo | None = None) -> Tree:
    """Return a tree that is valid for this record or field: its example."""
    if _is_record(annotation):
        return {
            inner.alias or name: _stand_in(bare(inner.annotation), inner)
            for name, inner in annotation.model_fields.items()
            if inner.is_required()
        }
    example = field.examples[0] if field and field.examples else ""
    while isinstance(example, list) and example:
        example = example[0]
    return str(example)


def _is_record(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Record)


def _walk(model: type[Record], loc: Loc) -> tuple[Any, FieldInfo | None, str]:
    """Return the type at ``loc``, and the field with its key that it belongs to; (None, None, "") off the map."""
    annotation: Any = model
    field: FieldInfo | None = None
    key = ""
    for step in loc:
        if _is_record(annotation):
            key = str(step)
            field = next((f for name, f in annotation.model_fields.items() if (f.alias or name) == step), None)
            if field is None:
                return None, None, ""
            annotation = bare(field.annotation)
        elif get_origin(annotation) in (tuple, dict):
            annotation = bare(get_args(annotation)[0 if get_origin(annotation) is tuple else 1])
        else:
            return None, None, ""
    return annotation, field, key


def bare(annotation: Any) -> Any:
    """Return the type without Annotated and without "or None"."""
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if type(None) in get_args(annotation):
        return bare(next(kind for kind in get_args(annotation) if kind is not type(None)))
    return annotation
