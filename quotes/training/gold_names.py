"""Named entities of an article, those of the recogniser corrected by the names of speakers that people annotated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from quotes.corpora.gold import GoldSpeaker
from quotes.records import Span
from quotes.training.augment import Entity

#: Labels that a name of a body may have: a state speaks too.
_BODIES = frozenset({"ORG", "GPE", "NORP", "FAC"})
#: A family name shorter than this is too like other words.
_SHORTEST = 3


def with_gold_names(text: str, entities: Sequence[Entity], speakers: Iterable[GoldSpeaker]) -> tuple[Entity, ...]:
    """The entities of a text in order, wherever a speaker's name or body stands as annotated.

    A full name takes the place of whatever the recogniser found there; a family name by itself that of an entity of its own length or
    none, since it may be a part of another name ("the Adair Bridge").
    """
    known = list(dict.fromkeys(speakers))
    sure = list(_full_names(text, entities, known))
    found = joined(entities, sure)
    alone = [
        (Span(*match.span()), "PERSON")
        for name in dict.fromkeys(each.name.split()[-1] for each in known if each.kind == "person" and len(each.name.split()) > 1)
        if len(name) >= _SHORTEST and name[0].isupper()
        for match in places(text, name)
    ]
    free = [
        (span, label)
        for span, label in alone
        if all(other == span or other.end <= span.start or span.end <= other.start for other, _ in found)
    ]
    return tuple(joined(found, free))


def _full_names(text: str, entities: Sequence[Entity], speakers: Sequence[GoldSpeaker]) -> Iterator[Entity]:
    labels = dict(entities)
    for each in speakers:
        if each.kind == "person" and " " in each.name:
            yield from ((Span(*match.span()), "PERSON") for match in places(text, each.name))
        bodies = [*each.institutions, *([each.name] if each.kind == "organisation" else [])]
        for body in bodies:
            if " " not in body or not re.search(r"(?:^|\s)[A-Z]", body):
                continue
            for match in places(text, body):
                span = Span(*match.span())
                yield span, labels[span] if labels.get(span) in _BODIES else "ORG"


def places(text: str, name: str) -> Iterator[re.Match[str]]:
    """Where a name stands as words of its own."""
    return re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)


def joined(entities: Sequence[Entity], sure: Sequence[Entity]) -> list[Entity]:
    """Entities in order without overlaps: the `sure` ones, the longer first, before the others."""
    taken: list[Entity] = []
    for span, label in [*sorted(sure, key=lambda each: each[0].start - each[0].end), *entities]:
        if all(other.end <= span.start or span.end <= other.start for other, _ in taken):
            taken.append((span, label))
    return sorted(taken)
