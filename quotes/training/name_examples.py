"""Names in texts as a recogniser learns them: as annotated, or where nobody did, as two recognisers both have them."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.training.augment import Entity

#: The label of words of which it is not known what they name, so that nothing is learned from them.
UNSURE = ""
#: Labels that an annotated name may have: who annotates names marks all of these, or leaves open what the others are.
_NAMES = frozenset({"PERSON", "ORG", "GPE", "FAC", "LOC", "NORP", "WORK_OF_ART", "PRODUCT", "LAW", "EVENT"})


def agreed(first: Sequence[Entity], second: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities that two recognisers both found; what only one has, or has otherwise, is unsure."""
    both = [each for each in first if each in set(second)]
    rest = [(span, UNSURE) for span, _ in [*first, *second]]
    return _filled(both, rest)


def as_annotated(found: Sequence[Entity], annotated: Sequence[Entity]) -> tuple[Entity, ...]:
    """The annotated names, and the dates, sums and the like that a recogniser found; names that it alone has are unsure."""
    names = _filled((), sorted(annotated, key=lambda each: each[0].start - each[0].end))
    return _filled(names, [(span, UNSURE if label in _NAMES else label) for span, label in found])


def _filled(sure: Sequence[Entity], others: Sequence[Entity]) -> tuple[Entity, ...]:
    """The sure ones, and of the others in their order those that overlap with none before."""
    taken = list(sure)
    for span, label in others:
        if all(other.end <= span.start or span.end <= other.start for other, _ in taken):
            taken.append((span, label))
    return tuple(sorted(taken))
