"""What is known of an article's people and organisations while it is read: who was named where, and what is said of them.

Everything is looked up by token or by word; nothing goes through all that the article names.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quotes.nlp.detection.quotation_marks import Quotation
from quotes.nlp.names.entity import Entity
from quotes.nlp.names.name_parts import fold
from quotes.nlp.names.proper_names import Name
from quotes.nlp.parsing.parse import Parse
from quotes.nlp.titles.roles import Role

if TYPE_CHECKING:
    from quotes.nlp.model.affiliation_inference import Part


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A noun phrase that says what somebody is: where its noun stands, its words folded, those of its nouns."""

    at: int
    entity: Entity
    words: frozenset[str]
    nouns: frozenset[str] = frozenset()


@dataclass(slots=True)
class Discourse:
    """The entities, the tokens that name them, their roles and descriptions, and who was mentioned where."""

    parse: Parse
    entities: list[Entity]
    quotations: Sequence[Quotation]
    sources: frozenset[int] = frozenset()  # tokens that head a source
    quoted: frozenset[int] = frozenset()  # where contents begin
    parts: dict[int, list[Part]] = field(default_factory=dict)  # what a model read of whoever a token names
    by_token: dict[int, Entity] = field(default_factory=dict)
    names: dict[int, Name] = field(default_factory=dict)
    roles: dict[int, list[Role]] = field(default_factory=dict)
    mentions: list[tuple[int, Entity]] = field(default_factory=list)  # tokens of names and of what was understood since, in order
    positions: dict[int, list[int]] = field(default_factory=dict)  # the same by entity
    descriptors: dict[str, list[Descriptor]] = field(default_factory=dict)  # by noun, in order
    noun_positions: dict[str, list[int]] = field(default_factory=dict)  # common nouns for people and papers, in order
    organisation_descriptions: dict[int, set[str]] = field(default_factory=dict)  # the nouns that an organisation is called by
    speaking_places: set[int] = field(default_factory=set)  # places that say something
    resolved: dict[tuple[int, str], Any] = field(default_factory=dict)  # what was found of an entity, once for all its quotes
    surnames: dict[str, list[Entity]] = field(default_factory=dict)  # people of full names by surname, in the order of the text

    def entity_at(self, token: int) -> Entity | None:
        """The entity that a token is part of the name of."""
        return self.by_token.get(token)

    def quoted_at(self, token: int) -> bool:
        """Whether a token stands in quotation marks, not round a word or two that nobody says."""
        at = self.parse.start[token]
        around = [each for each in self._around(at) if each.start <= at < each.end and each.depth == 0]
        return any(each.end - each.start > 30 or each.start in self.quoted for each in around)

    def _around(self, at: int) -> Sequence[Quotation]:
        index = bisect_left(self.quotations, at + 1, key=lambda each: each.start)
        return self.quotations[max(0, index - 4) : index]

    def roles_of(self, entity: Entity) -> list[Role]:
        """What the article says of what a person is, in the order of the text."""
        return self.roles.get(id(entity), [])

    def described(self, head: int) -> Entity:
        """Somebody without a name, known by the noun that describes them; the same each time."""
        if head not in self.by_token:
            entity = Entity("person", [Name(head, head, "person", (fold(self.parse.lower[head]),))], unnamed=True)
            self.by_token[head] = entity
        return self.by_token[head]

    def add(self, token: int, entity: Entity) -> None:
        """Note that a token (a pronoun, a description, a bare surname) means an entity."""
        self.by_token[token] = entity
        positions = self.positions.setdefault(id(entity), [])
        index = bisect_left(positions, token)
        if index == len(positions) or positions[index] != token:
            positions.insert(index, token)
            insort(self.mentions, (token, entity), key=lambda each: each[0])

    def before(self, token: int, window: int = 120) -> Sequence[tuple[int, Entity]]:
        """The last mentions before a token, in order: a window of them, so that a long article takes time in proportion."""
        index = bisect_left(self.mentions, token, key=lambda each: each[0])
        return self.mentions[max(0, index - window) : index]

    def earlier_mentions(self, head: int, window: int = 12) -> Sequence[int]:
        """Where the common noun at a token stood before, in order, the last ones."""
        places = self.noun_positions.get(self.parse.lower[head], [])
        index = bisect_left(places, head)
        return places[max(0, index - window) : index]

    def last_mention(self, entity: Entity, token: int) -> int:
        """Where somebody was mentioned last before a token; -1 where not yet."""
        positions = self.positions.get(id(entity), [])
        index = bisect_left(positions, token)
        return positions[index - 1] if index else -1

    def age_of(self, entity: Entity) -> int | None:
        """How old somebody is by the number behind a name (", 43,")."""
        for name in entity.mentions:
            comma, age = ([word for word in self.parse.lower[name.last + 1 : name.last + 4] if word != "aged"] + ["", ""])[:2]
            if comma == "," and age.isdigit() and len(age) < 4:
                return int(age)
        return None

    def is_organisation(self, entity: Entity) -> bool:
        """Whether an entity is an organisation, or a place that speaks as one ("Brussels said")."""
        return entity.kind == "organisation" or (entity.kind == "place" and id(entity) in self.speaking_places)
