"""A person's institution out of what a trained model read at each mention of them, where no rule tells one."""

from __future__ import annotations

from quotes.components.coreference import Discourse
from quotes.components.entities import Entity
from quotes.components.part_reading import Part
from quotes.components.posts import Affiliation
from quotes.components.roles import PAST
from quotes.records import Span

#: How sure the model must be. Measured on news never seen, where 84 in 100 institutions were right so and 80 with 0.6.
SURE = 0.75
#: Tokens between a title and an institution that stand together, and before an institution where "former" may stand.
_GAP, _BEFORE = 4, 6


def with_institution_read(discourse: Discourse, entity: Entity, told: tuple[Affiliation, ...]) -> tuple[Affiliation, ...]:
    """What rules tell of a person, and where they tell no institution the surest that was read of them, if it stands beside the main title.

    Beside a title that stands elsewhere, or by itself ("whose daughter teaches at …"), it would say more than the article does.
    """
    if not told or any(each.institution or each.past for each in told):
        return told
    institution = _surest(discourse, entity)
    if institution is None or not _together(discourse, told[0].title, institution):
        return told
    return (told[0]._replace(institution=institution), *told[1:])


def _together(discourse: Discourse, title: Span | None, institution: Span) -> bool:
    if title is None:
        return False
    parse = discourse.parse
    (first, stop), (start, _) = sorted((parse.token_at(span.start), parse.token_at(span.end - 1) + 1) for span in (title, institution))
    return parse.sentence[first] == parse.sentence[start] and start - stop <= _GAP


def _surest(discourse: Discourse, entity: Entity) -> Span | None:
    parts = [part for token in discourse.positions.get(id(entity), ()) for part in discourse.parts.get(token, ())]
    sure = [part for part in parts if part.kind == "institution" and part.chance >= SURE and not _past(discourse, part)]
    best = max(sure, key=lambda part: (part.chance, -part.start), default=None)
    return None if best is None else discourse.parse.span(best.start, best.stop - 1)


def _past(discourse: Discourse, part: Part) -> bool:
    """Whether a word that says something is over stands shortly before an institution."""
    return any(word in PAST for word in discourse.parse.lower[max(0, part.start - _BEFORE) : part.start])
