"""Structure types: what an element is (ISO 32000-1 14.8.4), and one role map made of those of all papers.

Papers name types as they like and say in a role map what each means. Two papers may mean two things by one name, and
some give a standard type another meaning, which PDF/UA forbids (ISO 14289-1 7.1): such names get a number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

_STANDARD = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 "
    "L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot "
    "Ruby RB RT RP Warichu WT WP Figure Formula Form"
)
STANDARD = frozenset(b"/" + name.encode("ascii") for name in _STANDARD.split())
#: Types that came with PDF 2.0 (ISO 32000-2 14.8.4), as readers of PDF 1.7 may take them.
_NEWER = {
    b"/Title": b"/P",
    b"/FENote": b"/Note",
    b"/Em": b"/Span",
    b"/Strong": b"/Span",
    b"/Sub": b"/Span",
    b"/Aside": b"/Sect",
    b"/DocumentFragment": b"/Sect",
    b"/Artifact": b"/NonStruct",
} | {b"/H%d" % level: b"/H6" for level in range(7, 21)}
_MOST_STEPS = 20


@dataclass
class RoleMap:
    """The pack's role map. ``entries``: a name of some paper's -> the standard type it means."""

    entries: dict[bytes, bytes] = field(default_factory=dict)

    def name_for(self, role: bytes, means: bytes) -> bytes:
        """Return the name under which the pack has this role; a new one where the name is taken for something else."""
        name, more = role, 1
        while name in STANDARD or name == b"/" or self.entries.get(name, means) != means:
            more += 1
            name = b"%s-%d" % (role if len(role) > 1 else b"/Unnamed", more)
        self.entries[name] = means
        return name


@dataclass
class PaperRoles:
    """The roles of one paper. ``unmapped``: it has types of which nothing says what they mean."""

    own: Mapping[bytes, bytes]
    pack: RoleMap
    unmapped: bool = False
    _names: dict[bytes, tuple[bytes, bytes]] = field(default_factory=dict)

    def of(self, role: bytes) -> tuple[bytes, bytes]:
        """Return the role's name in the pack, and the standard type that it means."""
        found = self._names.get(role)
        if found is None:
            means = self._meaning(role)
            found = self._names[role] = (role if role == means else self.pack.name_for(role, means), means)
        return found

    def _meaning(self, role: bytes) -> bytes:
        """Follow the paper's role map to a standard type."""
        name = self.own.get(role, role)
        for _ in range(_MOST_STEPS):
            if name in STANDARD:
                return name
            if name in _NEWER and name not in self.own:
                return _NEWER[name]
            if self.own.get(name, name) == name:
                break
            name = self.own[name]
        self.unmapped = True
        return role if role in STANDARD else b"/NonStruct"
