"""Speakers without a name: their phrase as printed, and the fullest that the article prints for them ("the woman", brought in as "a woman
who asked not to be named")."""

from __future__ import annotations

from functools import cache

from quotes import lexicons
from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.detection.sources import Source
from quotes.nlp.names.name_parts import is_dash, noun_gender
from quotes.nlp.parsing.parse import FINITE_TAGS, NOUN_TAGS, Parse, trim
from quotes.records import Span

#: The longest relative clause that still says who somebody is, in tokens.
CLAUSE = 14
_BREAKS = frozenset({",", ";", ":", "—", "–", "(", "“", '"', "."})
_NEW = frozenset({"a", "an", "another", "one", "some", "several"})
_OLD = frozenset({"the", "that", "those", "these", "this"})


@cache
def can_speak(noun: str) -> bool:
    """Whether a common noun means people, or something written that is said to say things."""
    listed = noun in lexicons.words("plural_people.txt") or noun in lexicons.words("documents.txt")
    return listed or lexicons.is_role(noun) or noun_gender(noun) != "-"


def phrase_of(parse: Parse, source: Source) -> Span | None:
    """A description as printed, up to a comma; a clause with "who" that says which one belongs to it."""
    span = next((each for each in source.spans if each.start <= parse.start[source.head] < each.end), None)
    if span is None:
        return None
    first, last = parse.token_at(span.start), parse.token_at(span.end - 1)
    return trim(parse.text, parse.start[first], parse.end[max(_end(parse, source.head, last), source.head)])


def _end(parse: Parse, head: int, last: int) -> int:
    """The last token of a description that runs to `last` at most."""
    paper = parse.lower[head] in lexicons.words("documents.txt")
    for token in range(head + 1, last + 1):
        word = parse.lower[token]
        relative = parse.tag[token] == "WDT" or word in {"which", "whose"}
        if parse.words[token] in _BREAKS or is_dash(parse, token) or relative or (paper and parse.dep[token] == "acl"):
            return token - 1
        if word == "who":
            return _clause_end(parse, token, last) if token <= head + 1 or parse.dep[head] != "appos" else token - 1
        if parse.tag[token] in FINITE_TAGS and parse.dep[token] != "amod":
            bare = parse.dep[token] == "relcl" and parse.left[token] > head  # "polls in the county | he calls home"
            return (parse.left[token] if bare else token) - 1
    return last


def _clause_end(parse: Parse, who: int, last: int) -> int:
    """Where a short restrictive clause ends; before it where it is long, or no part of the source."""
    end = next((token - 1 for token in range(who + 1, last + 1) if parse.words[token] in _BREAKS), last)
    return end if 0 < end - who < CLAUSE else who - 1


def fullest_phrase(discourse: Discourse, head: int, name: Span, *, definite: bool) -> Span:
    """The longest of the phrases by which the article calls the one that a description means, its own among them."""
    if not definite:
        return name
    parse = discourse.parse
    introduction = _introduction(discourse, head)
    if introduction is None:
        return name
    found = phrase_of(parse, _source(parse, introduction))
    return found if found is not None and _length(parse, found) > _length(parse, name) else name


def _source(parse: Parse, head: int) -> Source:
    return Source((parse.span(parse.left[head], parse.right[head]),), head, frozenset())


def _length(parse: Parse, span: Span) -> int:
    words = parse.text[span.start : span.end].split()
    return len(words) - (words[0].lower() in _OLD | {"a", "an"})


def _introduction(discourse: Discourse, head: int) -> int | None:
    """The noun by which somebody came in before: the last earlier one with "a" or a number, else the last with more to it; the modifiers
    of the later one all among its words."""
    parse = discourse.parse
    modifiers = {parse.lower[child] for child in parse.children[head] if parse.dep[child] in {"amod", "compound"} and child < head}
    fuller = None
    for place in reversed(discourse.earlier_mentions(head)):
        before = [parse.lower[child] for child in parse.children[place] if child < place]
        if parse.tag[place] != parse.tag[head] or not modifiers <= set(before):
            continue
        new = any(word in _NEW for word in before) or any(parse.tag[c] == "CD" for c in parse.children[place])
        bare = parse.tag[place] == "NNS" and not any(word in _OLD for word in before) and parse.child(place, "poss") is None
        if new or bare:
            return place
        if fuller is None and parse.right[place] > place and parse.tag[parse.head[place]] not in NOUN_TAGS:
            fuller = place
    return fuller
