"""Which names of a block must be compared again when an article brings one of them.

A block can hold hundreds of names. Who bears a name depends on the names that can be forms of it, on a family name alone that shares an
institution or a title with one of those, and so on. What is found here may be too much, never too little: `link_people` decides the same
about these names alone as about the whole block (a test checks this).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from quotes.linking.evidence import SOLE_TITLES
from quotes.linking.name_comparison import PersonName, alike, relation


class KnownName(NamedTuple):
    """What all articles say under one name key: the name with each nickname printed with it, institutions and titles."""

    names: frozenset[PersonName]
    institutions: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()

    def joined(self, other: KnownName) -> KnownName:
        """What both say."""
        return KnownName(self.names | other.names, self.institutions | other.institutions, self.titles | other.titles)

    @property
    def full(self) -> bool:
        """Whether it has a given and a family name."""
        return any(each.full for each in self.names)


def connected_keys(start: Collection[str], known: Mapping[str, KnownName]) -> set[str]:
    """The keys to compare with those of `start`, and these themselves; `known` is what is known under each key of the block."""
    found = {key for key in start if key in known}
    unexplored = sorted(found)
    while unexplored:
        one = known[unexplored.pop()]
        near = [key for key, other in known.items() if key not in found and _near(one, other)]
        found.update(near)
        unexplored.extend(near)
    return found


def _near(one: KnownName, other: KnownName) -> bool:
    if one.full and other.full:
        return any(relation(name, other_name) or alike(name, other_name) for name in one.names for other_name in other.names)
    shared = (one.institutions & other.institutions) | (one.titles & other.titles & SOLE_TITLES)
    return bool(shared) and (one.full or other.full)
