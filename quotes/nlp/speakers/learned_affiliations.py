"""A person's affiliations: what a trained model reads at each mention of the person, joined with what the rules find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes import lexicons
from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.model.affiliation_inference import Part
from quotes.nlp.names.entity import Entity
from quotes.nlp.names.organisation_spans import without_article
from quotes.nlp.parsing.parse import Parse
from quotes.nlp.speakers.article_affiliations import Affiliation, fullest_name, printed, with_past
from quotes.nlp.titles.roles import PASSING, is_plural
from quotes.records import Span

#: How sure the model must be of a part, and of an institution without a title; chosen by the figures of news/dev and of the articles set
#: aside.
SURE = {"title": 0.7, "institution": 0.75}
ALONE = 0.97
#: At most so many tokens stand between a title and its institution; chosen by the figures of the articles set aside.
_GAP = 8
#: A title this far behind one name may belong to another name within as many tokens behind it.
_BEHIND = 5
_ORGANISATIONS = frozenset({"ORG", "FAC", "GPE", "LOC"})


def merge_learned(discourse: Discourse, entity: Entity, from_rules: Sequence[Affiliation]) -> tuple[Affiliation, ...]:
    """The affiliations that the model reads at a person's mentions, the surest first, then those that only the rules found
    (`from_rules`).

    Where both found a title in one place, its bounds are those of the rules. Where neither found an institution beside a title, the
    surest that the model reads by itself stands alone, from a probability of `ALONE` on.
    """
    parse = discourse.parse
    parts = [
        (token, part)
        for token in discourse.positions.get(id(entity), ())
        for part in discourse.parts.get(token, ())
        if part.probability >= SURE[part.kind] and _is_own(discourse, entity, part)
    ]
    from_rules = [_without_unread_place(discourse, each) for each in from_rules]
    found: list[Affiliation] = []
    for each in (*(_bounded(each, from_rules) for each in _learned(discourse, parts)), *from_rules):
        known = next((number for number, other in enumerate(found) if _same_title(parse, each, other)), None)
        other = None if known is None else found[known]
        if other is None or (other.institution and printed(parse, each.institution) not in ("", printed(parse, other.institution))):
            found += [each] if each.title or each.institution else []
        else:
            found[found.index(other)] = Affiliation(other.title, other.institution or each.institution, other.past or each.past)
    sure = [part for _, part in parts if part.kind == "institution" and part.probability >= ALONE]
    if sure and all(each.institution is None and not each.past for each in found):
        found.append(Affiliation(None, _whole_institution(discourse, max(sure, key=lambda part: part.probability))))
    return tuple(found)


def _bounded(each: Affiliation, from_rules: Sequence[Affiliation]) -> Affiliation:
    """An affiliation that the model reads in the bounds that the rules give it, of an institution the longer."""
    same = next((other for other in from_rules if _overlap(other.title, each.title)), None)
    if same is None:
        return each
    institution = each.institution
    if institution is None or _overlap(same.title, institution):
        institution = same.institution
    elif same.institution is not None and _overlap(same.institution, institution):
        institution = max(same.institution, institution, key=lambda span: span.end - span.start)
    return Affiliation(same.title, institution, same.past or each.past)


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
    return set(parse.entity[parse.token_at(span.start) : parse.token_at(span.end - 1) + 1]) <= {"GPE", "LOC", "NORP"}


def _without_unread_place(discourse: Discourse, each: Affiliation) -> Affiliation:
    """An affiliation of the rules without a place that the model does not take for an institution: one in four is right."""
    unread = each.institution is not None and is_place(discourse.parse, each.institution) and reading(discourse, each.institution) == 0
    return each._replace(institution=None) if unread else each


def _is_own(discourse: Discourse, entity: Entity, part: Part) -> bool:
    """Whether a part that was read at a mention can be that person's.

    It is not when another person is named between the two, or right behind the part ("head of planning, Fiona Reid"), nor behind "whose"
    ("whose daughter teaches at …") or a semicolon; a title is not either when it stands in a person's name, is somebody's who owns
    what follows, a plural or a word for relatives.
    """
    parse = discourse.parse
    low, high = sorted((part.anchor, part.start))
    far = part.kind == "title" and part.start - part.anchor > _BEHIND
    end = min(part.stop + _BEHIND, parse.bounds[parse.sentence[part.start]][1]) if far else high
    others = [discourse.by_token[token] for token in (*range(low, max(high, end)), part.stop) if token in discourse.names]
    if any(other is not entity and other.kind == "person" for other in others) or not {"whose", ";"}.isdisjoint(parse.lower[low:high]):
        return False
    if part.kind != "title":
        return True
    inside, last = discourse.entity_at(part.start), part.stop - 1
    another = inside is not None and inside.kind == "person"
    another = another or parse.tag[part.stop : part.stop + 1] == ["POS"]  # "one of the president's aides"
    return not (another or parse.lower[last] in lexicons.words("kin.txt") or is_plural(parse, (part.start, last)))


def _learned(discourse: Discourse, parts: Sequence[tuple[int, Part]]) -> Iterator[Affiliation]:
    """Each title read at a mention, with the institution beside it: present before past, the surest first."""
    parse = discourse.parse
    found: list[tuple[bool, float, Affiliation]] = []
    for token, title in parts:
        if title.kind == "title":
            beside = [part for at, part in parts if at == token and part.kind == "institution" and _distance(parse, title, part) <= _GAP]
            nearest = min(beside, key=lambda each: _distance(parse, title, each), default=None)
            first, past = with_past(parse, _whole_title(parse, title))
            while not past and first + 1 < title.stop and (parse.lower[first] in PASSING or _is_inside(parse, first)):
                first += 1  # "Water Ministry | spokesman"
            institution = None if nearest is None else _whole_institution(discourse, nearest)
            sure = title.probability + (nearest.probability if nearest else 0)
            found.append((past, -sure, Affiliation(parse.span(first, title.stop - 1), institution, past)))
    yield from (each for _, _, each in sorted(found, key=lambda each: each[:2]))


def _whole_title(parse: Parse, title: Part) -> int:
    """Where a title begins with the common nouns that belong to it ("reality | star")."""
    first = title.start
    while first > 0 and parse.dep[first - 1] == "compound" and parse.head[first - 1] < title.stop and parse.words[first - 1].islower():
        first -= 1
    return first


def _is_inside(parse: Parse, token: int) -> bool:
    return parse.entity[token] == "ORG" or _goes_on(parse, token)


def _whole_institution(discourse: Discourse, part: Part) -> Span:
    """An institution with the whole of the name that it is part of."""
    parse = discourse.parse
    first, last = part.start, part.stop - 1
    while _goes_on(parse, first):
        first -= 1
    while last + 1 < len(parse) and _goes_on(parse, last + 1):
        last += 1
    return fullest_name(discourse, *without_article(parse, first, last))


def _distance(parse: Parse, one: Part, other: Part) -> int:
    """Tokens between two parts, far too many where they stand in different sentences."""
    first, last = sorted((one, other), key=lambda each: each.start)
    return last.start - first.stop if parse.sentence[first.start] == parse.sentence[last.start] else len(parse)


def _goes_on(parse: Parse, token: int) -> bool:
    """Whether an organisation's or a place's name that began before a token goes on with it."""
    return parse.entity[token] in _ORGANISATIONS and not parse.begins[token]


def _same_title(parse: Parse, one: Affiliation, other: Affiliation) -> bool:
    """Whether two affiliations name one position: the words of one title begin or end the other."""
    short, long = sorted((printed(parse, one.title).split(), printed(parse, other.title).split()), key=len)
    return bool(short) and short in (long[-len(short) :], long[: len(short)])


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one.start < other.end and other.start < one.end
