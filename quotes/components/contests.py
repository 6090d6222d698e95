"""For which side somebody plays, where a report on a match tells it by what they did: "X scored twice for B", "X kept B's hopes alive",
"B beat C, with X defeating Y".

Only in an article that prints results ("6-3", "112–107"), since elsewhere one does much for a side that is not one's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from quotes import lexicons
from quotes.components.discourse import Discourse
from quotes.components.entities import Entity
from quotes.components.parse import FINITE_TAGS, VERB_TAGS, Parse

_RESULT = re.compile(r"(?<![\d.$£€-])\d{1,3}[-–]\d{1,3}(?![\d-])")
#: Results that an article must print to be one on matches.
_RESULTS = 2
#: How far behind a verb its side is looked for, in tokens.
_REACH = 26
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_LIST = frozenset({"and", ",", "&"})


@cache
def _forms(name: str) -> frozenset[str]:
    """The words of a class: of verbs all forms."""
    listed = [word for word, classes in lexicons.rows("contest_words.tsv") if name in classes.split()]
    return frozenset(listed) if name in {"tally", "result"} else frozenset(form for word in listed for form in lexicons.inflect(word))


def side_of(discourse: Discourse, entity: Entity) -> Entity | None:
    """The side that a person plays for; None where the article tells none, or two."""
    if discourse.of_matches is None:
        discourse.of_matches = reports_matches(discourse.parse)
    if not discourse.of_matches:
        return None
    sides = {id(side): side for side in (*_served(discourse, entity), *_winners_and_losers(discourse, entity))}
    return next(iter(sides.values())) if len(sides) == 1 else None


def reports_matches(parse: Parse) -> bool:
    """Whether an article prints the results of matches."""
    found = _RESULT.finditer(parse.text)
    return sum(1 for _ in zip(range(_RESULTS), found, strict=False)) == _RESULTS


def _served(discourse: Discourse, entity: Entity) -> Iterator[Entity]:
    """The sides for which the person did something."""
    parse = discourse.parse
    for token in discourse.positions.get(id(entity), ()):
        verb = _verb_of(parse, token)
        if verb is None or discourse.quoted_at(token):
            continue
        stop = min(verb + _REACH, parse.bounds[parse.sentence[verb]][1])
        for each in _deeds(parse, verb, stop):
            side = _team_at(discourse, each + 1, stop, owning=True) if parse.lower[each] in _forms("give") else None
            if side is not None:
                yield side
            elif parse.lower[each] in _forms("score") or (parse.lower[each] in _forms("do") and _tallied(parse, each, stop)):
                yield from _behind_for(discourse, each, stop)


def _verb_of(parse: Parse, token: int) -> int | None:
    """The verb that a name or pronoun is a subject of, also as the second of two."""
    while parse.dep[token] == "conj" and parse.head[token] < token:
        token = parse.head[token]
    verb = parse.head[token]
    return verb if parse.dep[token] == "nsubj" and parse.tag[verb] in VERB_TAGS and token < verb else None


def _deeds(parse: Parse, verb: int, stop: int) -> Iterator[int]:
    """A verb, and what the same subject did by it: "beat X to | seal the victory for B"."""
    yield verb
    for token in range(verb + 1, stop):
        if parse.tag[token] in FINITE_TAGS:
            return
        if parse.tag[token] == "VB" and parse.lower[token - 1] == "to":
            yield token


def _tallied(parse: Parse, verb: int, stop: int) -> bool:
    """Whether something that is scored or made stands behind a verb, before another."""
    for token in range(verb + 1, stop):
        if parse.lower[token] in _forms("tally"):
            return True
        if parse.tag[token] in FINITE_TAGS:
            return False
    return False


def _behind_for(discourse: Discourse, verb: int, stop: int) -> Iterator[Entity]:
    """The side behind "for", or the one whose win or loss it was ("in the Herons' fifth win")."""
    parse = discourse.parse
    for token in range(verb + 1, stop - 1):
        if parse.tag[token] in FINITE_TAGS or parse.lower[token] in {"who", "which", "that", "while", "after", "before"}:
            return
        side = _team_at(discourse, token + 1, stop) if parse.lower[token] in {"for", "in", "during"} else None
        if side is None:
            continue
        if parse.lower[token] == "for" or _owns_result(discourse, side, token + 1, stop):
            yield side
            return


def _owns_result(discourse: Discourse, side: Entity, first: int, stop: int) -> bool:
    parse = discourse.parse
    last = max(token for token in range(first, min(first + 6, stop)) if discourse.entity_at(token) is side)
    owns = parse.words[last + 1 : last + 2] and parse.words[last + 1] in _POSSESSIVE
    return bool(owns) and any(parse.lower[token] in _forms("result") for token in range(last + 2, min(last + 6, stop)))


def _team_at(discourse: Discourse, first: int, stop: int, *, owning: bool = False) -> Entity | None:
    """The side named from a token on, behind an article and small words ("the league-leading Herons"); with `owning` it may be another's
    owner ("B's hopes") only where what it owns is a result."""
    parse = discourse.parse
    token = first
    while token < min(first + 5, stop - 1) and (
        parse.words[token].islower() or parse.words[token + 1] == "-" or parse.words[token] == "-" or parse.tag[token] == "CD"
    ):
        if parse.tag[token] in VERB_TAGS - {"VBG", "VBN"} or parse.words[token] in {",", "and"} or parse.tag[token] in {"IN", "TO", "PRP"}:
            return None
        token += 2 if parse.words[token + 1] == "-" and not parse.words[token].islower() else 1
    entity = discourse.entity_at(token) if token < stop else None
    if entity is None or entity.kind == "person" or entity.unnamed:
        return None
    if owning and token > first + 1 and parse.lower[first] not in {"the"}:
        return None
    last = token
    while last + 1 < stop and discourse.entity_at(last + 1) is entity:
        last += 1
    if owning and parse.words[last + 1] in _POSSESSIVE:
        return entity if any(parse.lower[each] in _forms("result") for each in range(last + 2, min(last + 5, stop))) else None
    return entity


def _winners_and_losers(discourse: Discourse, entity: Entity) -> Iterator[Entity]:
    """The side of somebody whose own win or defeat stands in the sentence of the side's: "B lost to C after X was beaten by Y"."""
    parse = discourse.parse
    for name in entity.mentions:
        first, stop = parse.bounds[parse.sentence[name.first]]
        tie = _tie(discourse, first, stop)
        if tie is None or discourse.quoted_at(name.first):
            continue
        winner, loser, verb = tie
        for token in range(first, stop):
            if token == verb or parse.lower[token] not in _forms("beat") or parse.tag[token] not in VERB_TAGS:
                continue
            if entity in _people(discourse, token, first, stop, behind=False):
                yield winner
            elif entity in _people(discourse, token, first, stop, behind=True):
                yield loser


def _tie(discourse: Discourse, first: int, stop: int) -> tuple[Entity, Entity, int] | None:
    """The side that won, the one that lost and the verb between them, of the first such clause of a sentence."""
    parse = discourse.parse
    for verb in range(first + 1, stop - 1):
        won = parse.lower[verb] in _forms("beat") or parse.lower[verb + 1] == "past"
        lost = parse.lower[verb] in _forms("lose") and parse.lower[verb + 1] == "to"
        if parse.tag[verb] not in VERB_TAGS or not (won or lost):
            continue
        subject = next(
            (discourse.entity_at(token) for token in range(verb - 1, max(first - 1, verb - 5), -1) if _side(discourse, token)), None
        )
        behind = verb + 1 + (parse.lower[verb + 1] in {"past", "to"})
        other = _team_at(discourse, behind, stop)
        if subject is None or other is None or other is subject:
            return None
        return (subject, other, verb) if won else (other, subject, verb)
    return None


def _side(discourse: Discourse, token: int) -> bool:
    entity = discourse.entity_at(token)
    return entity is not None and entity.kind != "person" and not entity.unnamed


def _people(discourse: Discourse, verb: int, first: int, stop: int, *, behind: bool) -> list[Entity]:
    """The people right before a verb, or right behind it: one, or those whom "and" joins."""
    parse = discourse.parse
    places = range(verb + 1, stop) if behind else range(verb - 1, first - 1, -1)
    found: list[Entity] = []
    for token in places:
        entity = discourse.entity_at(token)
        if entity is not None and entity.kind == "person":
            if entity not in found:
                found.append(entity)
        elif not (parse.lower[token] in _LIST and found) and not (not found and parse.tag[token] in {"RB", "VBD", "DT", "JJ", "NN"}):
            break
    return found
