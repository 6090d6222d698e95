"""The nouns by which an article calls the people and organisations that it names: appositions, words before the name, "X is a …", ties
of relatives.

Every common noun printed beside a name counts, whether or not it is a role that a list knows: "the prop X" can be "the prop" later.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from quotes import lexicons
from quotes.nlp.coreference.discourse import Descriptor, Discourse
from quotes.nlp.names.entity import Entity
from quotes.nlp.names.name_parts import fold, noun_gender
from quotes.nlp.names.namesakes import generational_suffix
from quotes.nlp.names.proper_names import Name
from quotes.nlp.parsing.parse import FINITE_TAGS, Parse
from quotes.nlp.titles.name_context import apposition_start, before_honorifics

_CHILDREN, _ELDER = ("son", "daughter"), ("father", "mother", "elder")
#: What somebody is to that another is this.
_INVERSE = {
    **dict.fromkeys(_CHILDREN, _ELDER),
    **dict.fromkeys(("father", "mother"), _CHILDREN),
    **dict.fromkeys(("brother", "sister"), ("brother", "sister")),
    "wife": ("husband",),
    "husband": ("wife",),
}
#: What "Sr." and "Jr." are to their namesakes.
_GENERATIONS = {"sr": ("father", "elder"), "jr": ("son", "younger")}
#: The words that tell two of one surname apart.
_AGES = {"elder": "elder", "older": "elder", "senior": "elder", "younger": "younger", "junior": "younger"}
_PHRASE = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "HYPH", "VBN", "VBG", "CD", "POS", "PRP$", "DT", "RB", "FW", "AFX"})
#: Small words inside a phrase.
_LINKS = frozenset({"of", "and", "for", "at", "in", "from", "-"})
_ARTICLES = frozenset({"a", "an", "the", "one", "another"})
_DETERMINERS = _ARTICLES | {"its", "his", "her", "their", "our", "my"}


def add_descriptors(discourse: Discourse) -> None:
    """Note what every name of the article is called."""
    parse = discourse.parse
    for entity in discourse.entities:
        for role in discourse.roles_of(entity):
            if role.title is not None:
                _add_title(discourse, entity, *role.title)
        for name in entity.mentions if entity.kind != "place" else ():
            for first, last in phrases_beside(parse, name):
                if entity.kind == "person":
                    _add_phrase(discourse, entity, name, first, last)
                else:
                    called = discourse.organisation_descriptions.setdefault(id(entity), set())
                    called.update(parse.lower[token] for token in heads_in(parse, first, last))
            generation = generational_suffix(name.words)
            if generation in _GENERATIONS and len(name.words) > 1 and len(discourse.surnames.get(name.words[-2], ())) > 1:
                for noun in _GENERATIONS[generation]:
                    _add(discourse, noun, Descriptor(name.first, entity, frozenset({noun})))
    for found in discourse.descriptors.values():
        found.sort(key=lambda each: each.at)


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    return {title: tuple({*full.split(), *others.split()} - {"-"}) for title, full, others in lexicons.rows("titles.tsv")}


def _add(discourse: Discourse, noun: str, descriptor: Descriptor) -> None:
    for word in (noun, *_synonyms().get(noun, ())):
        discourse.descriptors.setdefault(fold(word), []).append(descriptor)


def _words(parse: Parse, first: int, last: int, *tags: str) -> frozenset[str]:
    """The words between two tokens, folded; with these tags only, if any are given."""
    return frozenset(fold(parse.lower[token]) for token in range(first, last + 1) if not tags or parse.tag[token] in tags)


def _add_title(discourse: Discourse, entity: Entity, first: int, last: int) -> None:
    parse = discourse.parse
    words, heads = _words(parse, first, last), set(heads_in(parse, first, last))
    for token in range(first, last + 1):
        if token in heads or lexicons.is_role(parse.lower[token]):
            _add(discourse, parse.lower[token], Descriptor(token, entity, words, words))


def _add_phrase(discourse: Discourse, entity: Entity, name: Name, first: int, last: int) -> None:
    parse = discourse.parse
    words, nouns = _words(parse, first, last), _words(parse, first, last, "NN", "NNS")
    owned = not {"POS", "PRP$"}.isdisjoint(parse.tag[max(first - 1, 0) : last + 1])
    for token in heads_in(parse, first, last):
        noun = parse.lower[token]
        _add(discourse, noun, Descriptor(token, entity, words, nouns))
        if noun in _INVERSE and owned:
            _note_owner(discourse, entity, noun, name, first, last)


def _note_owner(discourse: Discourse, kin: Entity, tie: str, name: Name, first: int, last: int) -> None:
    """Whose son or wife somebody is, is a father or mother, a husband: who was named last before it, in its sentence or, before "his" and
    "her", in the one before."""
    parse = discourse.parse
    owner = next((parse.lower[token] for token in range(max(first - 1, 0), last + 1) if parse.tag[token] == "PRP$"), "")
    gender = {"his": "m", "her": "f"}.get(owner, "-")
    index = bisect_left(discourse.mentions, first, key=lambda each: each[0])
    near = [
        (at, entity)
        for at, entity in reversed(discourse.mentions[max(0, index - 6) : index])
        if entity is not kin and entity.kind == "person" and parse.sentence[name.first] - parse.sentence[at] <= int(bool(owner))
    ]
    fitting = [pair for pair in near if gender in {"-", pair[1].gender}] or [pair for pair in near if pair[1].gender == "-"]
    if not fitting:
        return
    at, entity = fitting[0]
    if gender != "-" and parse.sentence[at] == parse.sentence[name.first]:
        entity.gender = entity.explicit_gender = gender
    for noun in _INVERSE[tie]:
        if noun_gender(noun) in {"-", entity.gender} or entity.gender == "-":
            _add(discourse, noun, Descriptor(at, entity, frozenset({noun})))
    if tie in _CHILDREN:
        _add(discourse, "younger", Descriptor(name.first, kin, frozenset({"younger"})))


def phrases_beside(parse: Parse, name: Name) -> Iterator[tuple[int, int]]:
    """The noun phrases that say what the person of a name is, as token ranges without their article: in apposition, before the name ("the
    prop X", "a fan named X"), and before its comma."""
    token = apposition_start(parse, name)
    if token is not None and (parse.lower[token] in _DETERMINERS or parse.dep[token] == "poss" or parse.words[token].islower()):
        first = last = token + (parse.lower[token] in _ARTICLES)
        while last < len(parse) and (parse.tag[last] in _PHRASE or parse.lower[last] in _LINKS):
            last += 1
        if last > first and not _opens_clause(parse, first, last - 1):
            yield first, last - 1
    last = before_honorifics(parse, name)
    comma = last > 0 and parse.words[last] == ","
    last -= comma or (last > 0 and parse.lower[last] in {"called", "named"})
    first = last + 1
    while first > 0 and (
        (parse.tag[first - 1] in _PHRASE and (comma or parse.words[first - 1].islower())) or (comma and parse.lower[first - 1] in _LINKS)
    ):
        first -= 1
        if parse.lower[first] in _DETERMINERS and parse.tag[first - 1] != "IN":
            break
    determined = parse.lower[first : first + 1] and parse.lower[first] in _DETERMINERS
    first += first <= last and parse.lower[first] in _ARTICLES
    opens = last >= 0 and last == parse.bounds[parse.sentence[last]][0]
    if opens and parse.tag[last] == "NN":
        yield last, last
    elif first <= last and parse.tag[last] in {"NN", "NNP", "NNS"} and (not comma or determined or "POS" in parse.tag[first:last]):
        yield first, last


def _opens_clause(parse: Parse, first: int, last: int) -> bool:
    """Whether a phrase behind a comma is the subject of what follows (", the agency said"), and no apposition."""
    finite = not FINITE_TAGS.isdisjoint(parse.tag[last + 1 : last + 2])
    return finite and any(parse.dep[token] in {"nsubj", "nsubjpass"} for token in range(first, last + 1))


def heads_in(parse: Parse, first: int, last: int) -> Iterator[int]:
    """The nouns that head a phrase: the last one before a preposition, and of each part that "and" joins."""
    head = None
    inside = False
    for token in range(first, last + 1):
        word = parse.lower[token]
        if word == "and":
            if head is not None:
                yield head
            head, inside = None, False
        elif parse.tag[token] in {"IN", "TO"}:
            inside = True
        elif not inside and parse.tag[token] in {"NN", "NNS", "NNP"} and parse.words[token][:1].islower() | (token == first):
            head = token
    if head is not None:
        yield head


def may_mean_organisation(noun: str) -> bool:
    """Whether a common noun may stand for an organisation that was named."""
    return noun in lexicons.words("collectives.txt") or noun in lexicons.words("kinds_of_institution.tsv")


def elder_or_younger(discourse: Discourse, name: Name) -> str:
    """The word that tells two of one surname apart right before a name ("the elder Mr. X"); empty where there is none."""
    return _AGES.get(discourse.parse.lower[max(before_honorifics(discourse.parse, name), 0)], "")
