"""Layers (optional content, ISO 32000-1 8.11) that a paper keeps switched off.

Merged without care, a hidden layer comes to light in the pack. So a paper with one is refused, by name. Layers that
are on simply show.
"""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name


def hidden_layers(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Return the names of the layers that are off, on screen or in print, as the paper opens; once each, sorted.

    Also a layer whose content shows only while it is off (a membership of policy AllOff, AnyOff or a visibility
    expression): what of it shows cannot be told from here.
    """
    properties = pdf.Root.get(Name.OCProperties)
    if not isinstance(properties, Dictionary):
        return ()
    groups = _dictionaries(properties.get(Name.OCGs))
    config = properties.get(Name.D)
    config = config if isinstance(config, Dictionary) else Dictionary()
    off = {group.objgen: _name(group) for group in _dictionaries(config.get(Name.OFF))}
    if config.get(Name.BaseState) == Name.OFF:
        on = {group.objgen for group in _dictionaries(config.get(Name.ON))}
        off |= {group.objgen: _name(group) for group in groups if group.objgen not in on}
    off |= {group.objgen: _name(group) for group in _off_by_use(config)}
    contrary = [_name(group) for group in _contrary_groups(pdf)]
    return tuple(sorted({*off.values(), *contrary}))


def _off_by_use(config: Dictionary) -> Iterator[Dictionary]:
    """Yield the groups that readers switch off by themselves: for the screen or for print (8.11.4.4)."""
    for use in _dictionaries(config.get(Name.AS)):
        event = str(use.get(Name.Event, ""))[1:]
        for group in _dictionaries(use.get(Name.OCGs)):
            usage = group.get(Name.Usage)
            state = usage.get(f"/{event}") if isinstance(usage, Dictionary) and event in ("View", "Print") else None
            if isinstance(state, Dictionary) and state.get(f"/{event}State") == Name.OFF:
                yield group


def _contrary_groups(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    """Yield a group for each membership dictionary that is not simply "visible while its groups are on"."""
    for thing in pdf.objects:
        if not isinstance(thing, Dictionary) or thing.get(Name.Type) != Name.OCMD:
            continue
        if thing.get(Name.P) in (Name.AllOff, Name.AnyOff) or Name.VE in thing:
            groups = thing.get(Name.OCGs)
            yield from [groups] if isinstance(groups, Dictionary) else _dictionaries(groups)[:1] or [thing]


def _dictionaries(value: object) -> list[Dictionary]:
    return [each for each in value if isinstance(each, Dictionary)] if isinstance(value, Array) else []


def _name(group: Dictionary) -> str:
    return str(group.get(Name.Name, "") or "without a name")
