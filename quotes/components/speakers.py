"""The speaker behind a source: name, kind, titles and institutions, from the mention as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotes import lexicons
from quotes.components.attribution import Attribution
from quotes.components.coreference import (
    FEMALE,
    MALE,
    Discourse,
    body_described,
    body_of_pronoun,
    person_aged,
    person_described,
    person_of_pronoun,
    plural_of_pronoun,
)
from quotes.components.entities import Entity, name_span
from quotes.components.parse import FINITE_TAGS, Parse, trimmed
from quotes.components.roles import Role, body_at, role_in
from quotes.components.sources import Source
from quotes.records import Span, SpeakerKind

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "myself"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_QUANTITIES = frozenset(
    {"many", "some", "most", "several", "few", "others", "both", "all", "none", "one", "another", "those", "these", "half", "two", "three"}
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A speaker as spans over the article: the name's span, its kind, and (title, institution) spans, the main one first."""

    name: Span
    kind: SpeakerKind
    affiliations: tuple[tuple[Span | None, Span | None], ...] = ()


def resolve(discourse: Discourse, attributions: Sequence[Attribution]) -> list[Resolved | None]:
    """The speaker of each attribution, in their order; None where the article does not tell."""
    found: list[Resolved | None] = []
    by_start: dict[int, Resolved | None] = {}
    for each in attributions:
        speaker = _of_source(discourse, each.source) if each.source is not None else None
        if each.source is not None and _issued(discourse.parse, each.source):
            speaker = next((one for one in reversed(found[-4:]) if one is not None and one.kind in {"person", "organisation"}), speaker)
        if each.source is not None and speaker is None and discourse.parse.lower[each.source.head] in _FIRST_PERSON:
            speaker = _enclosing(attributions[: len(found)], found, each)
        if each.evidence == "label:transcript" and each.source is not None and (speaker is None or speaker.kind != "person"):
            speaker = Resolved(Span(each.source.spans[0].start, each.source.spans[-1].end), "person")
        if each.floating:
            speaker = by_start.get(each.follows) if each.follows is not None else None
            speaker = _spoken_of(discourse, attributions, each) or speaker or _cataphor(discourse, each)
        found.append(speaker)
        if each.act == "speech" or each.start not in by_start:
            by_start[each.start] = speaker
    for index, each in enumerate(attributions):  # a floating quote may share the speaker of a cue that comes after it in the same run
        if each.floating and found[index] is None and each.follows is not None:
            found[index] = by_start.get(each.follows)
    return found


def _issued(parse: Parse, source: Source) -> bool:
    """Whether a source is "the statement" and the like: a thing just quoted from, whose words are its author's."""
    if parse.lower[source.head] not in {"statement", "letter", "memo", "tweet", "post", "email", "message"}:
        return False
    return [parse.lower[token] for token in sorted(source.tokens)][:-1] in (["the"], ["that"])


def _enclosing(attributions: Sequence[Attribution], found: Sequence[Resolved | None], inner: Attribution) -> Resolved | None:
    """The speaker of the quote in whose content a first person stands."""
    at = inner.source.spans[0].start if inner.source else inner.start
    for each, speaker in zip(reversed(attributions), reversed(found), strict=True):
        if each.covers(at):
            return speaker
    return None


def _spoken_of(discourse: Discourse, attributions: Sequence[Attribution], each: Attribution) -> Resolved | None:
    """The person that the sentence right before a floating quote is about, when nothing is reported in it ("Coach Wilk refused to blame the
    referee. “We had ninety minutes.”")."""
    parse = discourse.parse
    token = parse.token_at(each.start) - 1
    while token > 0 and not parse.words[token].isalnum():
        token -= 1
    if token <= 0 or discourse.quoted_at(token):
        return None
    first, last = parse.bounds[parse.sentence[token]]
    start, end = parse.start[first], parse.end[last - 1]
    if any(
        start <= other.start < end or any(start <= cue.start < end for cue in other.cue) for other in attributions if other.act == "speech"
    ):
        return None
    for at in range(first, last):
        if parse.dep[at] in {"nsubj", "nsubjpass"}:
            entity = discourse.entity_at(at)
            return of_entity(discourse, entity) if entity is not None and entity.kind == "person" else None
    return None


def _cataphor(discourse: Discourse, each: Attribution) -> Resolved | None:
    """The person named right behind a floating quote that nobody was named before."""
    parse = discourse.parse
    first = parse.token_at(each.contents[-1].end)
    if first >= len(parse):
        return None
    limit = parse.bounds[min(parse.sentence[first] + 1, len(parse.bounds) - 1)][1]
    for token in range(first, limit):
        entity = discourse.entity_at(token)
        if entity is not None and entity.kind == "person":
            return of_entity(discourse, entity)
    return None


def _of_source(discourse: Discourse, source: Source) -> Resolved | None:
    parse, head = discourse.parse, source.head
    word = parse.lower[head]
    if word in MALE | FEMALE:
        entity = person_of_pronoun(discourse, head)
        return of_entity(discourse, entity) if entity else None
    if word in _FIRST_PERSON or word in {"you", "who", "which", "that", "this", "it"}:
        body = body_of_pronoun(discourse, head) if word == "it" else None
        return of_entity(discourse, body) if body else None
    if word == "they":
        return _of_plural(discourse, head)
    joint = _joint(discourse, source)
    if joint is not None:
        return joint
    entity = discourse.entity_at(head)
    if entity is not None and (entity.kind == "person" or parse.tag[head] in {"NNP", "NNPS"} or parse.entity[head]):
        return of_entity(discourse, entity)
    apposed = _apposed(discourse, source)
    if apposed is not None:
        return of_entity(discourse, apposed)
    return _described(discourse, source)


def _joint(discourse: Discourse, source: Source) -> Resolved | None:
    """Two people or more who speak together: the phrase that names them, as one group."""
    parse = discourse.parse
    listed = _listed(discourse, source)
    if listed is not None:
        return listed
    conjuncts = [child for child in parse.children[source.head] if parse.dep[child] == "conj" and child in source.tokens]
    if not conjuncts or not any(parse.lower[child] == "and" for child in parse.children[source.head]):
        return None
    people = [token for token in (source.head, *conjuncts) if parse.tag[token] in {"NNP", "NNPS"}]
    if len(people) < 2:
        return None
    first = parse.left[source.head]
    last = max(_name_end(discourse, token) for token in people)
    span = trimmed(parse.text, parse.start[first], parse.end[last])
    return None if span is None else Resolved(span, "group")


def _listed(discourse: Discourse, source: Source) -> Resolved | None:
    """Names with nothing but commas and "and" between them, whatever the parser made of them."""
    parse = discourse.parse
    starts = [token for token in sorted(source.tokens) if token in discourse.names and discourse.entity_at(token) is not None]
    if len(starts) < 2:
        return None
    names = [discourse.names[token] for token in starts]
    for one, other in pairwise(names):
        between = {parse.lower[token] for token in range(one.last + 1, other.first)}
        if not between <= {"and", ","} or not between:
            return None
    if (
        "and" not in {parse.lower[token] for token in range(names[-2].last + 1, names[-1].first)}
        or parse.start[names[0].first] != source.spans[0].start
    ):
        return None
    return Resolved(Span(parse.start[names[0].first], parse.end[names[-1].last]), "group")


def _name_end(discourse: Discourse, token: int) -> int:
    while discourse.entity_at(token + 1) is not None and discourse.entity_at(token + 1) is discourse.entity_at(token):
        token += 1
    return token


def _of_plural(discourse: Discourse, head: int) -> Resolved | None:
    meant = plural_of_pronoun(discourse, head)
    if meant is None:
        return None
    if isinstance(meant, Entity):
        return of_entity(discourse, meant)
    parse = discourse.parse
    phrase = Source((parse.span(parse.left[meant], parse.right[meant]),), meant, frozenset(parse.subtree(meant)))
    joint = _joint(discourse, phrase)
    return joint or _described(discourse, phrase)


def _apposed(discourse: Discourse, source: Source) -> Entity | None:
    """The person named beside a description: "the governor, Viktor Hale", "campaign manager Robby Mook"."""
    parse, head = discourse.parse, source.head
    for token in sorted(source.tokens):
        entity = discourse.entity_at(token)
        if entity is None or entity.kind != "person" or token not in discourse.names or discourse.by_token.get(token - 1) is entity:
            continue
        name = discourse.names[token]
        if token > head and _only_titles(parse, head + 1, token):
            return entity
        if parse.dep[name.last] == "appos" and parse.head[name.last] == head:
            return entity
    return None


def _only_titles(parse: Parse, first: int, last: int) -> bool:
    """Whether nothing but a comma, an article, titles and honorifics stands between a description and a name."""
    between = range(first, last)
    if not between:
        return True
    if parse.words[first] != ",":
        return False
    honorifics = lexicons.genders("honorifics.tsv")
    return all(
        (parse.words[token] in {",", ".", "-"} and token == first)
        or parse.words[token] in {".", "-"}
        or parse.lower[token] in honorifics
        or parse.lower[token] in {"the", "a", "an"}
        or parse.tag[token] in {"JJ", "NN"}
        or lexicons.is_listed_role(parse.lower[token])
        for token in between
    ) and (last - first == 1 or last - first < 6)


# --- descriptions ----------------------------------------------------------------------------------------------------------------


def _described(discourse: Discourse, source: Source) -> Resolved | None:
    parse, head = discourse.parse, source.head
    noun = parse.lower[head]
    opening = parse.lower[parse.left[head]]
    definite = opening in {"the", "that", "this"} or any(parse.lower[child] in {"the", "that", "this"} for child in parse.children[head])
    bare = parse.left[head] == head and not definite and parse.tag[head] in {"NN", "NNP"}
    if definite and parse.lower[head - 1] == "-" and parse.lower[head - 4 : head - 3] != []:
        aged = person_aged(discourse, head)
        if aged is not None:
            return of_entity(discourse, aged)
    if noun in lexicons.words("documents.txt") and not lexicons.is_role(noun):
        return _document(discourse, source)
    if noun in lexicons.words("collectives.txt"):
        return _collective(discourse, source, definite)
    plural = parse.tag[head] in {"NNS", "NNPS"} or noun in lexicons.words("plural_people.txt") or noun in _QUANTITIES
    if (definite or bare) and not plural and lexicons.is_role(noun) and not _specified(parse, head):
        entity = person_described(discourse, head, anywhere=bare)
        if entity is not None:
            return of_entity(discourse, entity)
    name = _phrase(parse, source)
    if name is None:
        return None
    if (
        parse.tag[head] in {"NNP", "NNPS"}
        and not lexicons.is_role(noun)
        and noun not in {"democrat", "republican", "democrats", "republicans"}
    ):
        span = trimmed(parse.text, *_without_article(parse, name))
        return Resolved(span, "organisation") if span else None
    first, last = parse.token_at(name.start), parse.token_at(name.end - 1)
    role = role_in(parse, first, last)
    affiliations = (_spans(parse, role),) if role is not None else ()
    return Resolved(name, "group" if plural else "unnamed", affiliations)


def _specified(parse: Parse, head: int) -> bool:
    """Whether a description says more than whose title it is: "the lawyer for the family" is nobody known."""
    return any(parse.dep[child] in {"prep", "relcl"} and child > head for child in parse.children[head])


def _document(discourse: Discourse, source: Source) -> Resolved | None:
    """A document's author where the phrase names one ("his memoir", "a Pollwise survey", "a report by the bank"), else the document."""
    parse, head = discourse.parse, source.head
    for child in parse.children[head]:
        if parse.dep[child] in {"poss", "compound", "nmod", "amod"} and child < head:
            entity = discourse.entity_at(child)
            if entity is not None and entity.kind in {"person", "organisation"}:
                return of_entity(discourse, entity)
            if parse.lower[child] in {"his", "her"}:
                person = person_of_pronoun(discourse, child)
                if person is not None:
                    return of_entity(discourse, person)
            if parse.tag[child] == "NNP" and parse.dep[child] == "compound" and parse.entity[child] not in {"NORP", "GPE", "DATE"}:
                span = trimmed(parse.text, parse.start[parse.left[child]], parse.end[child])
                if span is not None:
                    return Resolved(span, "organisation")
        if parse.dep[child] in {"prep", "agent"} and parse.lower[child] in {"by", "from", "of"} and child > head:
            inner = parse.child(child, "pobj")
            entity = discourse.entity_at(inner) if inner is not None else None
            if entity is not None and (entity.kind == "person" or (entity.kind == "organisation" and parse.lower[child] != "of")):
                return of_entity(discourse, entity)
            body = body_at(parse, child + 1, parse.right[child]) if parse.lower[child] in {"by", "from"} else None
            if body is not None:
                return Resolved(parse.span(*body), "organisation")
        if parse.dep[child] == "acl" and child > head:  # "a report released by the bank"
            agent = parse.child(child, "agent")
            inner = parse.child(agent, "pobj") if agent is not None else None
            entity = discourse.entity_at(inner) if inner is not None else None
            if entity is not None:
                return of_entity(discourse, entity)
    name = _phrase(parse, source)
    return None if name is None else Resolved(name, "document")


def _collective(discourse: Discourse, source: Source, definite: bool) -> Resolved | None:
    """A body called by a common noun: with a name before it ("the Clinton campaign") it is that; "the company" is the one spoken of."""
    parse, head = discourse.parse, source.head
    modifiers = [child for child in parse.children[head] if child < head and parse.dep[child] in {"poss", "compound", "nmod", "amod"}]
    proper = [child for child in modifiers if parse.words[child][:1].isupper()]
    if proper:
        span = trimmed(parse.text, parse.start[min(parse.left[child] for child in proper)], parse.end[head])
        return None if span is None else Resolved(Span(*_without_article(parse, span)), "organisation")
    if definite or any(parse.lower[child] in {"his", "her", "their"} for child in modifiers):
        body = body_described(discourse, head)
        if body is not None:
            return of_entity(discourse, body)
    name = _phrase(parse, source)
    return None if name is None else Resolved(name, "organisation" if definite else "group")


def _phrase(parse: Parse, source: Source) -> Span | None:
    """A description as printed, up to a comma or a relative clause."""
    span = next((each for each in source.spans if each.start <= parse.start[source.head] < each.end), None)
    if span is None:
        return None
    first, last = parse.token_at(span.start), parse.token_at(span.end - 1)
    end = last
    for token in range(source.head + 1, last + 1):
        if (
            parse.words[token] in {",", ";", ":", "—", "–", "(", "“", '"'}
            or parse.lower[token] in {"who", "which", "whose"}
            or parse.tag[token] in FINITE_TAGS
        ):
            end = token - 1
            break
    start = parse.start[first]
    return trimmed(parse.text, start, parse.end[max(end, source.head)])


def _without_article(parse: Parse, span: Span) -> tuple[int, int]:
    words = parse.text[span.start : span.end]
    for article in ("the ", "The ", "a ", "A ", "an ", "An "):
        if words.startswith(article):
            return span.start + len(article), span.end
    return span.start, span.end


# --- entities --------------------------------------------------------------------------------------------------------------------


def of_entity(discourse: Discourse, entity: Entity) -> Resolved:
    """An entity as a speaker: its fullest name and everything that was read of its roles, the surest first."""
    parse = discourse.parse
    if entity.unnamed:
        head = entity.fullest.first
        phrase = Source((parse.span(parse.left[head], parse.right[head]),), head, frozenset(parse.subtree(head)))
        found = _described(discourse, phrase)
        if found is not None:
            return found
    span = name_span(parse, entity.fullest)
    if entity.kind != "person":
        return Resolved(span, "organisation")
    return Resolved(span, "person", _ranked(parse, discourse.roles_of(entity)))


def _ranked(parse: Parse, roles: Sequence[Role]) -> tuple[tuple[Span | None, Span | None], ...]:
    """Affiliations without repeats: those that name title and institution together first, then the surer construction, then the order of
    the text."""
    order = sorted(
        roles,
        key=lambda role: (
            -(role.weight + (role.title is not None and role.institution is not None)),
            min(role.title or role.institution or (0, 0)),
        ),
    )
    found: list[tuple[Span | None, Span | None]] = []
    seen: set[tuple[str, str]] = set()
    for role in order:
        title, institution = _spans(parse, role)
        key = (_printed(parse, title), _printed(parse, institution))
        if key not in seen:
            seen.add(key)
            found.append((title, institution))
    return tuple(found)


def _spans(parse: Parse, role: Role) -> tuple[Span | None, Span | None]:
    return role.title_span(parse), role.institution_span(parse)


def _printed(parse: Parse, span: Span | None) -> str:
    return parse.text[span.start : span.end].casefold() if span is not None else ""
