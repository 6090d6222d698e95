"""The records of `person_linking.py`: people as articles describe them, the decisions about them, and the corrections that bind these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person as one article describes them.

    `key` is the name as compared (`name_comparison.person_key`), `titles` are whole titles and `institutions` names, in comparable form;
    `companions` are the keys of the other people quoted in the article.
    """

    id: int
    article_id: int
    name: str
    key: str
    published: str | None = None
    worlds: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    companions: frozenset[str] = frozenset()

    @property
    def when(self) -> tuple[str, int]:
        """Sorts appearances in time, the undated last."""
        return self.published or "~", self.article_id


class Decision(NamedTuple):
    """Which speaker an appearance is, and why."""

    speaker_id: int
    because: str


class Doubt(NamedTuple):
    """Two speakers who may be one, for an editor to decide; `one` and `other` are ids, the lower one first."""

    one: int
    other: int
    reason: str


class Member(NamedTuple):
    """Whom a correction means: the bearer of a name (as compared) in an article or, without one, the first person of that name."""

    key: str
    article_id: int | None = None


class Split(NamedTuple):
    """Appearances that a correction separates from others of their name; of two such corrections, the one with the higher number holds."""

    number: int
    members: frozenset[Member]


class PersonOverrides(NamedTuple):
    """The corrections about a block: by key the splits and the pairs that are not one person; and the pairs that are."""

    splits: Mapping[str, Sequence[Split]] = MappingProxyType({})
    together: Sequence[tuple[Member, Member]] = ()
    apart: Mapping[str, Sequence[tuple[Member, Member]]] = MappingProxyType({})

    def concern(self, key: str) -> bool:
        """Whether any correction can affect the person with this name."""
        return bool(self.together) or key in self.splits or key in self.apart


NO_OVERRIDES = PersonOverrides()


class Linked(NamedTuple):
    """The decisions by appearance id, and the pairs left open."""

    decisions: dict[int, Decision]
    doubts: tuple[Doubt, ...]
