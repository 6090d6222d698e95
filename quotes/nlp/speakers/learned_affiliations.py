"""A person's affiliations: what a trained model reads at each mention of the person, joined with what the rules find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes import lexicons
from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.model.affiliation_inference import Part
from quotes.nlp.names.entity import Entity
from quotes.nlp.names.organisation_spans import without_article
from quotes.nlp.parsing.parse import Parse
from quotes.nlp.speakers.article_affiliations import Affiliation, fullest_name
from quotes.nlp.titles.roles import PASSING, PAST
from quotes.nlp.titles.title_phrases import is_plural
from quotes.records import Span

#: How sure the model must be of a part: chosen by the figures of news/dev and of the articles set aside.
SURE = {"title": 0.7, "institution": 0.75}
#: How sure it must be of an institution without a title; chosen by the figures of news/dev and of the articles set aside.
ALONE = 0.97
#: At most so many tokens stand between a title and its institution; chosen by the figures of the articles set aside.
_GAP = 8
#: A title this far behind one name may belong to another name within as many tokens behind it.
_BEHIND = 5


def merge_learned(discourse: Discourse, entity: Entity, from_rules: Sequence[Affiliation]) -> tuple[Affiliation, ...]:
    """The affiliations that the model reads at a person's mentions, the surest first, then those that only the rules found
    (`from_rules`).

    Where both found a title in one place, its bounds are those of the rules. Where neither found an institution beside a title, the
    surest that the model reads by itself stands alone, from a probability of `ALONE` on.
    """
    parse = discourse.parse
    from_rules = [kept for each in from_rules for kept in [_without_unread_place(discourse, each)] if kept.title or kept.institution]
    read = []
    for each in _learned(discourse, entity):
        same = next((other for other in from_rules if _overlap(other.title, each.title)), None)
        institution = each.institution
        if same is not None and (institution is None or _overlap(same.title, institution)):
            institution = same.institution
        elif same is not None and _overlap(same.institution, institution):
            institution = max(same.institution, institution, key=_length)
        read.append(each if same is None else Affiliation(same.title, institution, same.past or each.past))
    found: list[Affiliation] = []
    for each in [*read, *from_rules]:
        known = next((number for number, other in enumerate(found) if _same_title(parse, each, other)), None)
        if known is None:
            found.append(each)
        elif found[known].institution is None or _words(parse, each.institution) in ("", _words(parse, found[known].institution)):
            other = found[known]
            found[known] = Affiliation(other.title, other.institution or each.institution, other.past or each.past)
        else:
            found.append(each)
    if all(each.institution is None and not each.past for each in found):
        institution = _institution_alone(discourse, entity)
        if institution is not None:
            found.append(Affiliation(None, institution))
    return tuple(found)


def reading(discourse: Discourse, institution: Span) -> float | None:
    """The probability with which the model reads an institution as somebody's, there or wherever the article names the same one: 0 where
    it does not, None where it read nothing of the article."""
    parse = discourse.parse
    first, last = parse.token_at(institution.start), parse.token_at(institution.end - 1)
    entity = discourse.entity_at(last)
    same = (
        part.probability
        for parts in discourse.parts.values()
        for part in parts
        if part.kind == "institution"
        and ((part.start <= last and first < part.stop) or (entity is not None and discourse.entity_at(part.stop - 1) is entity))
    )
    return max(same, default=0.0) if discourse.parts else None


def is_place(parse: Parse, span: Span) -> bool:
    """Whether an institution is called by nothing but the name of a place."""
    tokens = range(parse.token_at(span.start), parse.token_at(span.end - 1) + 1)
    return {parse.entity[token] for token in tokens} <= {"GPE", "LOC", "NORP"}


def _without_unread_place(discourse: Discourse, each: Affiliation) -> Affiliation:
    """An affiliation of the rules without a place that the model does not take for an institution: one in four is right."""
    unread = each.institution is not None and is_place(discourse.parse, each.institution) and reading(discourse, each.institution) == 0
    return each._replace(institution=None) if unread else each


def _institution_alone(discourse: Discourse, entity: Entity) -> Span | None:
    """The surest institution that the model reads at a person's mentions, with a title or without."""
    parts = [part for token in discourse.positions.get(id(entity), ()) for part in discourse.parts.get(token, ())]
    sure = [part for part in parts if part.kind == "institution" and part.probability >= ALONE and _is_own(discourse, entity, part)]
    return _whole_institution(discourse, max(sure, key=lambda part: part.probability)) if sure else None


def _learned(discourse: Discourse, entity: Entity) -> list[Affiliation]:
    """The affiliations that the model reads at a person's mentions, present before past, the surest first."""
    found: list[tuple[float, Affiliation]] = []
    for token in discourse.positions.get(id(entity), ()):
        parts = [
            part for part in discourse.parts.get(token, ()) if part.probability >= SURE[part.kind] and _is_own(discourse, entity, part)
        ]
        found += _pairs(discourse, parts)
    return [each for _, each in sorted(found, key=lambda pair: (pair[1].past, -pair[0]))]


def _is_own(discourse: Discourse, entity: Entity, part: Part) -> bool:
    """Whether a part that was read at a mention can be that person's.

    It is not when another person is named between the two, or right behind the part ("head of planning, Fiona Reid"), nor behind "whose"
    ("whose daughter teaches at …") or a semicolon; a title is not either when it stands in a person's name, is somebody's who owns
    what follows, a plural or a word for relatives.
    """
    parse = discourse.parse
    low, high = sorted((part.anchor, part.start))
    far = part.kind == "title" and part.start - part.anchor > _BEHIND
    near = range(low, max(high, min(part.stop + _BEHIND, parse.bounds[parse.sentence[part.start]][1])) if far else high)
    others = [discourse.entity_at(token) for token in (*near, part.stop) if token in discourse.names]
    if any(other is not None and other is not entity and other.kind == "person" for other in others):
        return False
    if not {"whose", ";"}.isdisjoint(parse.lower[low:high]):
        return False
    inside, last = discourse.entity_at(part.start), part.stop - 1
    another = inside is not None and inside.kind == "person"
    another = another or parse.tag[part.stop : part.stop + 1] == ["POS"]  # "one of the president's aides"
    return part.kind != "title" or not (another or parse.lower[last] in lexicons.words("kin.txt") or is_plural(parse, (part.start, last)))


def _pairs(discourse: Discourse, parts: Sequence[Part]) -> Iterator[tuple[float, Affiliation]]:
    """Each title read at one mention, with the institution beside it, and how sure both are."""
    parse = discourse.parse
    institutions = [part for part in parts if part.kind == "institution"]
    for title in parts:
        if title.kind == "title":
            beside = [each for each in institutions if _distance(parse, title, each) <= _GAP]
            nearest = min(beside, key=lambda each: _distance(parse, title, each), default=None)
            first = _first(parse, title)
            past = first < title.start or parse.lower[first] in PAST
            institution = None if nearest is None else _whole_institution(discourse, nearest)
            yield (
                title.probability + (nearest.probability if nearest else 0),
                Affiliation(parse.span(first, title.stop - 1), institution, past),
            )


def _whole_institution(discourse: Discourse, part: Part) -> Span:
    """An institution with the whole of the name that it is part of."""
    parse = discourse.parse
    first, last = part.start, part.stop - 1
    while _goes_on(parse, first):
        first -= 1
    while _goes_on(parse, last + 1):
        last += 1
    return fullest_name(discourse, *without_article(parse, first, last))


def _distance(parse: Parse, one: Part, other: Part) -> int:
    """Tokens between two parts, far too many where they stand in different sentences."""
    first, last = sorted((one, other), key=lambda each: each.start)
    return last.start - first.stop if parse.sentence[first.start] == parse.sentence[last.start] else len(parse)


def _first(parse: Parse, title: Part) -> int:
    """Where a title begins, with the word before it that says it is over and without one that says it is new."""
    hyphen = title.start > 1 and parse.words[title.start - 1] == "-"
    before = title.start - 1 - hyphen
    if before >= 0 and parse.lower[before] in PAST and (not hyphen or parse.lower[before] == "ex"):
        return before
    first = title.start
    while first + 1 < title.stop and (parse.lower[first] in PASSING or _goes_on(parse, first) or parse.entity[first] == "ORG"):
        first += 1  # "Water Ministry | spokesman"
    return first


def _goes_on(parse: Parse, token: int) -> bool:
    """Whether an organisation's or a place's name that began before a token goes on with it."""
    return token < len(parse) and parse.entity[token] in {"ORG", "FAC", "GPE", "LOC"} and not parse.begins[token]


def _same_title(parse: Parse, one: Affiliation, other: Affiliation) -> bool:
    """Whether two affiliations name one position: the words of one title begin or end the other."""
    mine, theirs = _words(parse, one.title).split(), _words(parse, other.title).split()
    if not mine or not theirs:
        return False
    short, long = sorted((mine, theirs), key=len)
    return short in (long[-len(short) :], long[: len(short)])


def _length(span: Span | None) -> int:
    return 0 if span is None else span.end - span.start


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one.start < other.end and other.start < one.end


def _words(parse: Parse, span: Span | None) -> str:
    return "" if span is None else parse.text[span.start : span.end].casefold()
