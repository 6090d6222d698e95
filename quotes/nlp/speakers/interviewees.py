"""Who answers in an interview, and who the initials before a turn stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.names.entity import Entity
from quotes.nlp.speakers.described_speakers import Resolved, speaker_of
from quotes.nlp.speakers.speaker_roles import speaker_role
from quotes.records import Affiliation

#: How many tokens may stand between "spoke to" and the name.
_BETWEEN = 6
_TALKS = re.compile(
    r"\b(?:sp(?:oke|eaks)|talk(?:s|ed)|chat(?:s|ted)|s[ai]ts? down|[cC]atch(?:es)? up|caught up|met|meets|asks|asked|[iI]nterview(?:s|ed)?|"
    r"[cC]onversation|Q ?& ?A)(?: (?:to|with|of))?\b\W*",
)
_TALKED = re.compile(r"\W{0,2}(?:sp(?:oke|eaks)|talk(?:s|ed)|chat(?:s|ted)|sat down|sits down) (?:to|with)\b")


def speaker_by_initials(discourse: Discourse, label: str) -> Resolved | None:
    """The one person of an article with these initials."""
    letters = label.replace(".", "").casefold()
    people = []
    for entity in discourse.entities:
        first = [word[0] for word in entity.words if word]
        if entity.kind == "person" and len(first) > 1 and letters in {"".join(first), first[0] + first[-1]}:
            people.append(entity)
    return speaker_of(discourse, people[0]) if len(people) == 1 else None


def interviewee(discourse: Discourse, turns: Sequence[Attribution]) -> Resolved | None:
    """The person introduced before the first of the turns, else the one named behind the last; None where several may be meant."""
    first, last = turns[0].start, turns[-1].contents[-1].end
    return _met(discourse, 0, first) or _met(discourse, last, len(discourse.parse.text))


def _met(discourse: Discourse, start: int, end: int) -> Resolved | None:
    parse = discourse.parse
    people: dict[int, Entity] = {}
    for token in sorted(discourse.names):
        entity = discourse.by_token.get(token)
        if entity is not None and entity.kind == "person" and start <= parse.start[token] < end and not _asks(discourse, entity):
            people.setdefault(id(entity), entity)
    if len(people) < 2:
        return next((speaker_of(discourse, entity) for entity in people.values()), None)
    talked = {id(entity): entity for entity in _talked_to(discourse, start, end) if id(entity) in people}
    return speaker_of(discourse, next(iter(talked.values()))) if len(talked) == 1 else None


def _asks(discourse: Discourse, entity: Entity) -> bool:
    """Whether somebody is a journalist by their position."""
    speaker = speaker_of(discourse, entity)
    text = discourse.parse.text
    printed = [[None if span is None else text[span.start : span.end] for span in each[:2]] for each in speaker.affiliations]
    affiliations = [Affiliation(title, institution) for title, institution in printed]
    return speaker_role(affiliations, "person", None)[0].role == "journalist"


def _talked_to(discourse: Discourse, start: int, end: int) -> list[Entity]:
    """Who stands behind "spoke to" and its like, each with those joined by "and"; where no person does, who stands before it."""
    parse = discourse.parse
    found: list[Entity] = []
    for match in _TALKS.finditer(parse.text, start, end):
        token = parse.token_at(min(match.end(), len(parse.text) - 1))
        behind = [
            at
            for at in range(token, min(token + _BETWEEN, len(parse)))
            if at in discourse.names and discourse.by_token[at].kind == "person"
        ]
        if behind:
            found.append(discourse.by_token[behind[0]])
            after = discourse.names[behind[0]].last + 1
            if parse.lower[after : after + 1] == ["and"] and (other := discourse.entity_at(after + 1)) is not None:
                found.append(other)
        elif _TALKED.match(parse.text, match.start()):
            entity = discourse.entity_at(parse.token_at(match.start()) - 1)
            found += [entity] if entity is not None else []
    return found
