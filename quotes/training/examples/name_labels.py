"""Labels of named entities: those that a recogniser found, corrected by the annotation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from quotes.corpora.gold import GoldSpeaker
from quotes.records import Span

#: A named entity's span and its label.
Entity = tuple[Span, str]

#: The label of words of which it is not known what they name; they are ignored in training.
UNSURE = ""
#: Labels of names, which the annotation decides; dates, sums and the like are left to the recogniser.
_NAMES = frozenset({"PERSON", "ORG", "GPE", "FAC", "LOC", "NORP", "WORK_OF_ART", "PRODUCT", "LAW", "EVENT"})
#: Labels that an institution may have: a state speaks too.
_INSTITUTIONS = frozenset({"ORG", "GPE", "NORP", "FAC"})
#: A family name shorter than this is too like other words.
_SHORTEST = 3


def with_gold_names(text: str, entities: Sequence[Entity], speakers: Iterable[GoldSpeaker]) -> tuple[Entity, ...]:
    """The entities of a text in order, wherever a speaker's name or institution stands as annotated.

    A full name takes the place of whatever the recogniser found there; a family name by itself that of an entity of its own length or
    none, since it may be a part of another name ("the Adair Bridge").
    """
    known = list(dict.fromkeys(speakers))
    found = joined(entities, list(_full_names(text, entities, known)))
    alone = [
        (Span(*match.span()), "PERSON")
        for name in dict.fromkeys(each.name.split()[-1] for each in known if each.kind == "person" and len(each.name.split()) > 1)
        if len(name) >= _SHORTEST and name[0].isupper()
        for match in places(text, name)
    ]
    free = [(span, label) for span, label in alone if all(other == span or _apart(other, span) for other, _ in found)]
    return tuple(joined(found, free))


def _full_names(text: str, entities: Sequence[Entity], speakers: Sequence[GoldSpeaker]) -> Iterator[Entity]:
    labels = dict(entities)
    for each in speakers:
        if each.kind == "person" and " " in each.name:
            yield from ((Span(*match.span()), "PERSON") for match in places(text, each.name))
        for institution in (*each.institutions, *([each.name] if each.kind == "organisation" else [])):
            if " " in institution and re.search(r"(?:^|\s)[A-Z]", institution):
                for match in places(text, institution):
                    span = Span(*match.span())
                    yield span, labels[span] if labels.get(span) in _INSTITUTIONS else "ORG"


def agreed(first: Sequence[Entity], second: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities that two recognisers both find, in order; what only one finds, or labels otherwise, is UNSURE."""
    both = set(second)
    return tuple(joined([(span, UNSURE) for span, _ in [*first, *second]], [each for each in first if each in both]))


def as_annotated(found: Sequence[Entity], annotated: Sequence[Entity]) -> tuple[Entity, ...]:
    """The annotated names, and what else a recogniser found, in order; names that it alone has are UNSURE."""
    return tuple(joined([(span, UNSURE if label in _NAMES else label) for span, label in found], annotated))


def places(text: str, name: str) -> Iterator[re.Match[str]]:
    """Where a name stands as words of its own."""
    return re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)


def joined(entities: Sequence[Entity], sure: Sequence[Entity]) -> list[Entity]:
    """Entities in order without overlaps: the `sure` ones, the longer first, before the others."""
    taken: list[Entity] = []
    for span, label in [*sorted(sure, key=lambda each: each[0].start - each[0].end), *entities]:
        if all(_apart(other, span) for other, _ in taken):
            taken.append((span, label))
    return sorted(taken)


def _apart(one: Span, other: Span) -> bool:
    return one.end <= other.start or other.end <= one.start
