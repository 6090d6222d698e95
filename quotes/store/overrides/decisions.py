"""What people decided about speakers and institutions in all articles: names that are one, one name that is two, the name to show.

The corrections `merge`, `apart`, `split` and `rename` speak of somebody by kind, name and its key, and by an article where several bear
the name. Names that are one are weighed together with all that either is weighed with, so that what was joined to one of them stays: their
blocks become one. A family name alone, and whoever has no name (a group, a document), is drawn into a block in the article that is meant.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

from quotes.linking import named
from quotes.linking.identities import institution_id
from quotes.linking.institutions import institution_block
from quotes.linking.name_comparison import block_of, person_name
from quotes.linking.person_records import NO_OVERRIDES, Member, PersonOverrides, Split
from quotes.linking.union_find import Unions

#: The actions that are read here.
NAMING = ("merge", "apart", "split", "rename")
#: How a block begins that holds speakers without a name of their own, whom a person said to be one.
TOGETHER = "together "

#: A block of names of people or institutions, the id of an institution’s name, or kind, key and article of somebody without a full name.
Node = tuple[str, str] | tuple[str, int] | tuple[str, str, int | None]


class Named(NamedTuple):
    """Somebody that a correction speaks of; `article` is None where whoever bears the name is meant (of several, the first)."""

    kind: str
    key: str
    name: str
    article: int | None = None
    acronym: str | None = None

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Named:
        """Out of the target or the change of a correction."""
        return cls(**{name: plain[name] for name in cls._fields if name in plain})

    def as_json(self) -> dict[str, Any]:
        """As it stands in a correction."""
        return {name: value for name, value in self._asdict().items() if value is not None}

    @property
    def member(self) -> Member:
        """As linking knows it."""
        return Member(self.key, self.article)

    @property
    def is_institution(self) -> bool:
        """Whether it is an institution, the same in every article, whatever it is called. An organisation that speaks without a name ("the
        company") is that of its article, which is then given."""
        return self.kind == "organisation" and (self.article is None or named(self.name))

    @property
    def identity(self) -> tuple[Any, ...]:
        """What tells it from everybody else."""
        return ("institution", institution_id(self.name)) if self.is_institution else (self.kind, self.key, self.article)

    @property
    def full(self) -> bool:
        """Whether it is a person with a given and a family name."""
        return self.kind == "person" and person_name(self.name).full

    @property
    def nodes(self) -> frozenset[Node]:
        """What a merge puts together: blocks of names, and names that are drawn into one."""
        if self.is_institution:
            blocks = {institution_block(self.name), institution_block(self.name, self.acronym)}
            return frozenset(("institution", block) for block in blocks) | {("alias", institution_id(self.name))}
        if self.full:
            return frozenset((("person", block_of(self.name)),))
        own: Node = (self.kind, self.key, self.article)
        return frozenset((own, ("person", block_of(self.name)))) if self.kind == "person" else frozenset((own,))


class Decisions:
    """The corrections in force that are about names, ready for linking."""

    def __init__(self, corrections: Iterable[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = ()) -> None:
        merged: list[tuple[Named, Named]] = []
        self._splits: dict[str, list[Split]] = defaultdict(list)
        self._apart: dict[str, list[tuple[Member, Member]]] = defaultdict(list)
        self._shown: list[tuple[Named, str]] = []
        self.institutions_apart: set[frozenset[int]] = set()
        for number, (action, target, change) in enumerate(corrections):
            one = Named.of(target)
            if action == "rename":
                self._shown.append((one, change["name"]))
            elif action == "split":
                split = Split(number, frozenset(Member(key, article) for key in change["keys"] for article in change["articles"]))
                for key in change["keys"]:
                    self._splits[key].append(split)
            elif action == "merge":
                merged.append((one, Named.of(change)))
            elif one.is_institution:
                self.institutions_apart.add(frozenset((institution_id(one.name), institution_id(change["name"]))))
            else:
                other = Named.of(change)
                for key in {one.key, other.key}:
                    self._apart[key].append((one.member, other.member))
        self._merge(merged)

    def _merge(self, merged: Sequence[tuple[Named, Named]]) -> None:
        """Put together the blocks of names that are one."""
        unions: Unions[Node] = Unions()
        nodes: set[Node] = set()
        for one, other in merged:
            nodes |= one.nodes | other.nodes
            for node in one.nodes | other.nodes:
                unions.join(next(iter(one.nodes)), node)
        self._blocks: dict[Node, str] = {}
        self._groups: dict[Node, frozenset[Node]] = {}
        for group in unions.groups(sorted(nodes, key=str), lambda node: node):
            self._blocks.update(dict.fromkeys(group, _block(group)))
            self._groups.update(dict.fromkeys(group, frozenset(group)))
        self._together: dict[str, list[tuple[Member, Member]]] = defaultdict(list)
        self._institutions: dict[str, list[frozenset[int]]] = defaultdict(list)
        for one, other in merged:
            block = self._blocks[next(iter(one.nodes))]
            if one.is_institution:
                self._institutions[block].append(frozenset((institution_id(one.name), institution_id(other.name))))
            else:
                self._together[block].append((one.member, other.member))

    @classmethod
    def of(cls, db: Database) -> Decisions:
        """The decisions in force in a database."""
        sql = f"select action, target, change from corrections where action in {NAMING!r} and undone_at is null order by id"
        return cls((action, json.loads(target), json.loads(change)) for action, target, change in db.execute(sql).fetchall())

    def block(self, kind: str, key: str, article_id: int, natural: str | None) -> str | None:
        """The block that an appearance belongs to; `natural` is the one by its own name, if any."""
        if natural is None:
            return self._blocks.get((kind, key, article_id))
        return self._blocks.get((kind, natural), natural) if kind == "person" else natural

    @property
    def has_merges(self) -> bool:
        """Whether any names were merged, so that an appearance may belong to another block than its natural one."""
        return bool(self._blocks)

    def people(self, block: str) -> PersonOverrides:
        """What was decided about the people of a block."""
        if not self._splits and not self._apart and block not in self._together:
            return NO_OVERRIDES
        return PersonOverrides(self._splits, self._together.get(block, ()), self._apart)

    def institution_block(self, alias_id: int, natural: str) -> str:
        """The block that the name of an institution belongs to; `natural` is the one by its own."""
        return self._blocks.get(("alias", alias_id)) or self._blocks.get(("institution", natural), natural)

    def institutions_together(self, block: str) -> tuple[frozenset[int], ...]:
        """Pairs of ids of names of institutions that people decided to be one."""
        return tuple(self._institutions.get(block, ()))

    def concerned(self, nodes: Collection[Node]) -> set[Node]:
        """All that is put together with any of `nodes`, these among them, and the blocks that it is in."""
        found = set(nodes).union(*(self._groups.get(node, ()) for node in nodes))
        return found | {("institution" if node[0] == "alias" else node[0], self._blocks[node]) for node in found if node in self._blocks}

    def renamed(self, kind: str, keys: Collection[str]) -> list[tuple[Member, str]]:
        """The names that people gave whoever has one of these names and is no institution, the latest first."""
        shown = reversed(self._shown)
        return [(one.member, name) for one, name in shown if one.kind == kind and one.key in keys and not one.is_institution]

    @property
    def renames_institutions(self) -> bool:
        """Whether any institution was given a name."""
        return any(one.is_institution for one, _ in self._shown)

    def renamed_institution(self, alias_ids: Collection[int]) -> str | None:
        """The name that people gave an institution that has one of these names."""
        names = (name for one, name in reversed(self._shown) if one.is_institution and institution_id(one.name) in alias_ids)
        return next(names, None)


def _block(group: Sequence[Node]) -> str:
    """The block of what was put together: the first of its blocks, or one named after the first who has no name."""
    blocks = [str(node[1]) for node in group if len(node) == 2 and node[0] != "alias"]
    return min(blocks) if blocks else f"{TOGETHER}{' '.join(map(str, group[0]))}"
