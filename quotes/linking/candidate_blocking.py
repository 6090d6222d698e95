"""Which names of a family can have to do with each other: what is decided about the others hangs on none of them.

A family of many has hundreds of names in a large database, and a new article brings one of them. Who has that name depends on the names
that can be forms of it, and on a family name alone that has an institution or a title in common with one of those; and so on. What is
found here may be too much, never too little: `link_people` decides the same about it alone as among all (a test checks this).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import NamedTuple

from quotes.linking.evidence import SOLE_TITLES
from quotes.linking.name_comparison import PersonName, alike, relation


class KnownName(NamedTuple):
    """What articles tell under one key: its name with each nickname that it is printed with, institutions and titles."""

    names: frozenset[PersonName]
    institutions: frozenset[Hashable] = frozenset()
    titles: frozenset[str] = frozenset()

    def joined(self, other: KnownName) -> KnownName:
        """Both."""
        return KnownName(self.names | other.names, self.institutions | other.institutions, self.titles | other.titles)

    @property
    def full(self) -> bool:
        """Whether it has a given and a family name."""
        return any(each.full for each in self.names)


def connected_keys(start: Collection[str], known: Mapping[str, KnownName]) -> set[str]:
    """The keys that have to do with those of `start`, these among them; `known` is what is known under all keys of the block."""
    found = {key for key in start if key in known}
    open_ends = sorted(found)
    while open_ends:
        one = known[open_ends.pop()]
        near = [key for key, other in known.items() if key not in found and _near(one, other)]
        found.update(near)
        open_ends.extend(near)
    return found


def _near(one: KnownName, other: KnownName) -> bool:
    if one.full and other.full:
        return any(relation(name, other_name) or alike(name, other_name) for name in one.names for other_name in other.names)
    if not one.full and not other.full:
        return False
    return not (one.institutions.isdisjoint(other.institutions) and (one.titles & SOLE_TITLES).isdisjoint(other.titles))
