"""What people decided about speakers and institutions in all articles: names that are one, one name that is two, the name to show."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlite_utils import Database

from quotes.linking.bodies import body_block
from quotes.linking.identities import institution_id
from quotes.linking.names import block_of
from quotes.linking.people import NOTHING_DECIDED, Decided
from quotes.linking.unions import Unions


class Decisions:
    """The corrections in force that are about names, ready for linking. `merge` joins keys, `split` parts articles, `rename` shows a name."""

    def __init__(self, corrections: Iterable[tuple[str, Mapping[str, object], Mapping[str, object]]] = ()) -> None:
        people: Unions[tuple[str, str]] = Unions()
        bodies: Unions[int] = Unions()
        shown: dict[str, str] = {}
        names: dict[int, str] = {}
        self._parted: dict[str, list[frozenset[int]]] = defaultdict(list)
        self._names: dict[tuple[str, str], str] = {}
        for action, target, change in corrections:
            kind, key, name = str(target["kind"]), str(target["key"]), str(target["name"])
            if action == "rename":
                self._names[kind, key] = str(change["name"])
            elif action == "split":
                articles = change["articles"]
                assert isinstance(articles, list)
                self._parted[key].append(frozenset(articles))
            elif kind == "person":
                other, other_name = str(change["key"]), str(change["name"])
                people.join((kind, key), (kind, other))
                shown.update({key: name, other: other_name})
            else:
                ids = institution_id(name), institution_id(str(change["name"]))
                bodies.join(*ids)
                names.update(zip(ids, (name, str(change["name"])), strict=True))
        self._blocks: dict[str, str] = {}
        self._together: dict[str, list[frozenset[str]]] = defaultdict(list)
        for group in people.groups(sorted(shown), lambda key: ("person", key)):
            block = min(_natural_block(shown[key], key) for key in group)
            self._blocks.update(dict.fromkeys(group, block))
            self._together[block].append(frozenset(group))
        self._body_blocks: dict[int, str] = {}
        self._bodies: dict[str, list[frozenset[int]]] = defaultdict(list)
        for ids_together in bodies.groups(sorted(names), lambda each: each):
            block = min(body_block(names[each]) for each in ids_together)
            self._body_blocks.update(dict.fromkeys(ids_together, block))
            self._bodies[block].append(frozenset(ids_together))

    @classmethod
    def of(cls, db: Database) -> Decisions:
        """The decisions in force in a database."""
        rows = db.execute(
            "select action, target, change from corrections where action in ('merge', 'split', 'rename') and undone_at is null order by id"
        ).fetchall()
        return cls((action, json.loads(target), json.loads(change)) for action, target, change in rows)

    def person_block(self, key: str) -> str | None:
        """The block that a person’s name belongs to by decision; None where by its own."""
        return self._blocks.get(key)

    def people(self, block: str) -> Decided:
        """What was decided about the people of a block."""
        if not self._parted and block not in self._together:
            return NOTHING_DECIDED
        return Decided({key: sorted(articles, key=sorted) for key, articles in self._parted.items()}, tuple(self._together.get(block, ())))

    def body_block(self, alias_id: int) -> str | None:
        """The block that the name of a body belongs to by decision; None where by its own."""
        return self._body_blocks.get(alias_id)

    def bodies_together(self, block: str) -> tuple[frozenset[int], ...]:
        """Ids of names of bodies that people decided to be one."""
        return tuple(self._bodies.get(block, ()))

    def renamed(self, kind: str, keys: Collection[str]) -> str | None:
        """The name that a person gave a speaker of one of these keys."""
        return next((name for (of_kind, key), name in reversed(self._names.items()) if of_kind == kind and key in keys), None)


def _natural_block(name: str, key: str) -> str:
    return block_of(name) or key.split()[-1]
