"""Names in texts as a recogniser learns them: as annotated, or where nobody annotated them, as two recognisers both find them."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.training.augment import Entity
from quotes.training.gold_names import joined

#: The label of words of which it is not known what they name, so that nothing is learned from them.
UNSURE = ""
#: Labels of names: of these the annotation decides, of dates, sums and the like the recogniser.
_NAMES = frozenset({"PERSON", "ORG", "GPE", "FAC", "LOC", "NORP", "WORK_OF_ART", "PRODUCT", "LAW", "EVENT"})


def agreed(first: Sequence[Entity], second: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities that two recognisers both find, in order; what only one finds, or labels otherwise, is UNSURE."""
    both = set(second)
    return tuple(joined([(span, UNSURE) for span, _ in [*first, *second]], [each for each in first if each in both]))


def as_annotated(found: Sequence[Entity], annotated: Sequence[Entity]) -> tuple[Entity, ...]:
    """The annotated names, and what else a recogniser found, in order; names that it alone has are UNSURE."""
    return tuple(joined([(span, UNSURE if label in _NAMES else label) for span, label in found], annotated))
