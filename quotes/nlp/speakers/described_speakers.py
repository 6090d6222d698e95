"""Speakers as they are described: a description, a document or an organisation by its common noun, and what is known of a named one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotes import lexicons
from quotes.nlp.coreference.definite_descriptions import (
    described_organisation,
    described_person,
    first_described_person,
    only_described_person,
    person_of_epithet,
)
from quotes.nlp.coreference.descriptors import may_mean_organisation
from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.coreference.pronouns import person_of_pronoun
from quotes.nlp.coreference.unnamed_speakers import fullest_phrase, phrase_of
from quotes.nlp.detection.sources import Source, noun_phrase
from quotes.nlp.names.entity import Entity, fullness, span_of_name
from quotes.nlp.names.entity_kinds import complement_pronoun
from quotes.nlp.parsing.parse import Parse, trim
from quotes.nlp.speakers.article_affiliations import Affiliation, affiliations_of, ranked
from quotes.nlp.speakers.learned_affiliations import merge_learned
from quotes.nlp.speakers.plausibility import Field, why_implausible
from quotes.nlp.titles.roles import roles_in
from quotes.records import Span, SpeakerKind

_QUANTITIES = frozenset(
    {"many", "some", "most", "several", "few", "others", "both", "all", "none", "one", "another", "those", "these", "half", "two", "three"}
)
#: Of the people asked in a poll, of whom none said the words.
_SHARES = frozenset({"%", "percent", "cent"})
#: At these something is said, by nobody that they name.
_OCCASIONS = frozenset(
    {"briefing", "ceremony", "conference", "debate", "event", "forum", "gathering", "hearing", "interview", "meeting", "rally", "summit"}
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A speaker as spans over the article: the name's span, its kind, and its affiliations, the main one first."""

    name: Span
    kind: SpeakerKind
    affiliations: tuple[Affiliation, ...] = ()


def described_speaker(discourse: Discourse, source: Source) -> Resolved | None:
    """Who a source without a name is: the one that the article named before where the description fits, else the description as printed."""
    parse, head = discourse.parse, source.head
    noun = parse.lower[head]
    opening = parse.lower[parse.left[head]]
    definite = opening in {"the", "that", "this"} or any(parse.lower[child] in {"the", "that", "this"} for child in parse.children[head])
    bare = parse.left[head] == head and not definite and parse.tag[head] in {"NN", "NNP"}
    singular = parse.tag[head] in {"NN", "NNP"} and noun not in lexicons.words("plural_people.txt") and noun not in _QUANTITIES
    old = max(source.tokens, default=head)  # whichever part the parser took for the head
    old = old if parse.lower[old] == "old" else head + 2 if parse.lower[head + 1 : head + 3] == ["-", "old"] else head
    if parse.lower[old] == "old" and old > 4 and parse.lower[old - 5] in {"the", "that"}:
        aged = person_of_epithet(discourse, old)
        if aged is not None:
            return speaker_of(discourse, aged)
    entity = (_person(discourse, head, definite=definite, bare=bare) or _in_headline(discourse, head)) if singular else None
    if entity is not None:
        return speaker_of(discourse, entity)
    if definite and not lexicons.is_role(noun) and complement_pronoun(parse, head) == "it" and noun not in lexicons.words("documents.txt"):
        return _collective(discourse, source, definite)  # "the town hall said it would pay": whatever the noun, an organisation
    if noun in lexicons.words("documents.txt") and not lexicons.is_role(noun):
        return _document(discourse, source)
    if may_mean_organisation(noun) and not lexicons.is_listed_role(noun):
        return _collective(discourse, source, definite)
    if noun in _OCCASIONS or noun in _SHARES:
        return None
    plural = not singular and (parse.tag[head] in {"NNS", "NNPS"} or noun in lexicons.words("plural_people.txt") or noun in _QUANTITIES)
    name = _fullest(discourse, source, definite=definite)
    if name is None:
        return None
    if (
        parse.tag[head] in {"NNP", "NNPS"}
        and not lexicons.is_role(noun)
        and noun not in {"democrat", "republican", "democrats", "republicans"}
    ):
        span = trim(parse.text, *_without_article(parse, name))
        return Resolved(span, "organisation") if span else None
    first, last = parse.token_at(name.start), parse.token_at(name.end - 1)
    return Resolved(name, "group" if plural else "unnamed", ranked(discourse, roles_in(parse, first, last)))


def _person(discourse: Discourse, head: int, *, definite: bool, bare: bool) -> Entity | None:
    """The person of a name that a singular description means."""
    parse = discourse.parse
    if _specified(parse, head) or parse.child(head, "poss") is not None:
        return None
    if definite or bare:
        found = described_person(discourse, head, anywhere=bare)
        return found or (person_of_epithet(discourse, head) if definite else None)
    if parse.sentence[head] < 3 and any(parse.lower[child] in {"a", "an"} for child in parse.children[head]):
        return only_described_person(discourse, head)
    return None


def _in_headline(discourse: Discourse, head: int) -> Entity | None:
    """The one person of an article who has the role that a headline names without an article ("Former Tarn Mayor Says …")."""
    parse = discourse.parse
    start = parse.left[head]
    opens = start == parse.bounds[parse.sentence[head]][0] or parse.words[start - 1] == ","
    articles = any(parse.tag[child] in {"DT", "PRP$", "CD"} or parse.dep[child] == "poss" for child in parse.children[head])
    if (
        parse.sentence[head] > 2
        or not opens
        or articles
        or not parse.words[start][:1].isupper()
        or may_mean_organisation(parse.lower[head])
    ):
        return None
    return only_described_person(discourse, head, anywhere=True) or first_described_person(discourse, head)


def _fullest(discourse: Discourse, source: Source, *, definite: bool) -> Span | None:
    """The fullest phrase that the article prints for somebody without a name, where it has brought them in before."""
    name = phrase_of(discourse.parse, source)
    return None if name is None else fullest_phrase(discourse, source.head, name, definite=definite)


def _specified(parse: Parse, head: int) -> bool:
    """Whether a description says more than whose title it is: "the lawyer for the family" is nobody known."""
    return any(parse.dep[child] in {"prep", "relcl"} and child > head for child in parse.children[head])


def _document(discourse: Discourse, source: Source) -> Resolved | None:
    """A document's author where the phrase names one ("his memoir", "a Pollwise survey", "a report by the bank"), else the document."""
    parse, head = discourse.parse, source.head
    for inner in _authors(parse, head):
        entity = discourse.entity_at(inner)
        of = parse.lower[parse.head[inner]] == "of"  # "a survey of the banks" is not theirs
        if entity is not None and (entity.kind == "person" or (entity.kind == "organisation" and not of)):
            return speaker_of(discourse, entity)
        phrase = noun_phrase(parse, inner) if may_mean_organisation(parse.lower[inner]) and not of else None
        author = described_speaker(discourse, phrase) if phrase is not None else None
        if author is not None and author.kind == "organisation":
            return author  # "a statement from the minister's office"
    for child in parse.children[head]:
        if parse.dep[child] in {"poss", "compound", "nmod", "amod"} and child < head:
            entity = discourse.entity_at(child)
            if entity is not None and entity.kind in {"person", "organisation"}:
                return speaker_of(discourse, entity)
            if parse.lower[child] in {"his", "her"}:
                person = person_of_pronoun(discourse, child)
                if person is not None:
                    return speaker_of(discourse, person)
            if (
                parse.tag[child] == "NNP"
                and len(parse.words[child]) > 1
                and parse.dep[child] == "compound"
                and parse.entity[child] not in {"NORP", "GPE", "DATE"}
            ):
                span = trim(parse.text, parse.start[parse.left[child]], parse.end[child])
                if span is not None:
                    return Resolved(span, "organisation")
    definite = any(parse.lower[child] in {"the", "that", "this"} for child in parse.children[head])
    name = _fullest(discourse, source, definite=definite)
    return None if name is None else Resolved(name, "document")


def _authors(parse: Parse, head: int) -> Iterator[int]:
    """The nouns behind a document that name its author: "a report by X", "a letter from X", "a statement released by X"; "of X" last."""
    last = []
    for child in parse.children[head]:
        if child > head and parse.dep[child] in {"prep", "agent", "acl"}:
            link = parse.child(child, "agent") if parse.dep[child] == "acl" else child
            inner = parse.child(link, "pobj") if link is not None else None
            if inner is not None and parse.lower[child] == "of":
                last.append(inner)
            elif inner is not None and (parse.dep[child] == "acl" or parse.lower[child] in {"by", "from"}):
                yield inner
    yield from last


def _collective(discourse: Discourse, source: Source, definite: bool) -> Resolved | None:
    """An organisation called by a common noun: with a name before it ("the Adair campaign") it is that; "the company" is the one spoken
    of."""
    parse, head = discourse.parse, source.head
    modifiers = [child for child in parse.children[head] if child < head and parse.dep[child] in {"poss", "compound", "nmod", "amod"}]
    proper = [child for child in modifiers if parse.words[child][:1].isupper()]
    if proper:
        first = min(parse.left[child] for child in proper)
        first = next((at for at in range(first, head) if at in discourse.names and discourse.names[at].kind == "person"), first)
        span = trim(parse.text, parse.start[first], parse.end[head])  # "Rival | Adair’s campaign"
        return None if span is None else Resolved(Span(*_without_article(parse, span)), "organisation")
    if definite or any(parse.lower[child] in {"his", "her", "their"} for child in modifiers):
        organisation = described_organisation(discourse, head)
        if organisation is not None:
            return speaker_of(discourse, organisation)
    name = phrase_of(parse, source)
    return None if name is None else Resolved(name, "organisation" if definite else "group")


def _without_article(parse: Parse, span: Span) -> tuple[int, int]:
    words = parse.text[span.start : span.end]
    for article in ("the ", "The ", "a ", "A ", "an ", "An "):
        if words.startswith(article):
            return span.start + len(article), span.end
    return span.start, span.end


def speaker_of(discourse: Discourse, entity: Entity) -> Resolved:
    """An entity as a speaker, read once however often it speaks."""
    key = (id(entity), entity.kind)
    found: Resolved | None = discourse.resolved.get(key)
    if found is None:
        found = discourse.resolved[key] = _speaker_of_entity(discourse, entity)
    return found


def _speaker_of_entity(discourse: Discourse, entity: Entity) -> Resolved:
    """An entity as a speaker: its fullest name and everything that was read of its roles, the surest first."""
    parse = discourse.parse
    if entity.unnamed:
        head = entity.fullest.first
        phrase = Source((parse.span(parse.left[head], parse.right[head]),), head, frozenset(parse.subtree(head)))
        found = described_speaker(discourse, phrase)
        if found is not None:
            return found
    span = _plausible_name(parse, entity)
    if entity.kind != "person":
        return Resolved(span, "organisation")
    if entity.ambiguous:
        return Resolved(span, "person")  # whose title it would be, nobody knows
    return Resolved(span, "person", merge_learned(discourse, entity, affiliations_of(discourse, entity)))


def _plausible_name(parse: Parse, entity: Entity) -> Span:
    """The fullest name of an entity that can be a name; where none can, the fullest."""
    field: Field = "person" if entity.kind == "person" else "organisation"
    names = sorted(entity.mentions, key=fullness, reverse=True)
    spans = (span_of_name(parse, each) for each in (entity.fullest, *names))
    return next((span for span in spans if why_implausible(parse, span, field) is None), span_of_name(parse, entity.fullest))
