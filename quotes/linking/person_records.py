"""People as the articles have them, what is decided about them, and the overrides that people made: the records of `person_linking.py`."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person as one article knows them. `key` is the name as compared (`name_comparison.person_key`); `titles` are whole titles and
    `institutions` names in comparable form (or the ids of institutions), `companions` the keys of
    the other people quoted in the article."""

    id: int
    article_id: int
    name: str
    key: str
    published: str | None = None
    worlds: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    institutions: frozenset[Hashable] = frozenset()
    companions: frozenset[str] = frozenset()

    @property
    def when(self) -> tuple[str, int]:
        """Orders appearances in time, the undated last; no two are alike."""
        return self.published or "~", self.article_id


class Decision(NamedTuple):
    """Which speaker an appearance is, and why."""

    speaker_id: int
    because: str


class Doubt(NamedTuple):
    """Two speakers who may be one, for a person to decide; `one` and `other` are ids, the lower one first."""

    one: int
    other: int
    reason: str


class Member(NamedTuple):
    """Somebody as people spoke of them: by a name as compared, and an article where the person with the name there is meant; without
    one, the first person with the name."""

    key: str
    article_id: int | None = None


class Split(NamedTuple):
    """Appearances that a person said are somebody apart; of two splits of one appearance, the one with the higher number holds."""

    number: int
    members: frozenset[Member]


class PersonOverrides(NamedTuple):
    """What people decided: under each key, the splits and the pairs that are not one; and the pairs of a block that are one."""

    splits: Mapping[str, Sequence[Split]] = MappingProxyType({})
    together: Sequence[tuple[Member, Member]] = ()
    apart: Mapping[str, Sequence[tuple[Member, Member]]] = MappingProxyType({})

    def concern(self, key: str) -> bool:
        """Whether any decision of an editor can affect the person with this name."""
        return bool(self.together) or key in self.splits or key in self.apart


NO_OVERRIDES = PersonOverrides()


class Linked(NamedTuple):
    """What was decided: appearance id → decision, and what was left open."""

    decisions: dict[int, Decision]
    doubts: tuple[Doubt, ...]
