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
from quotes.nlp.names.name_parts import fold, is_honorific, noun_gender
from quotes.nlp.names.proper_names import Name
from quotes.nlp.parsing.parse import FINITE_TAGS, Parse
from quotes.nlp.titles.roles import Role

_CHILDREN, _ELDER = ("son", "daughter"), ("father", "mother", "elder")
#: What somebody is to that another is this.
_INVERSE = {
    **dict.fromkeys(_CHILDREN, _ELDER),
    **dict.fromkeys(("father", "mother"), _CHILDREN),
    **dict.fromkeys(("brother", "sister"), ("brother", "sister")),
    "wife": ("husband",),
    "husband": ("wife",),
}
_PHRASE = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "HYPH", "VBN", "VBG", "CD", "POS", "PRP$", "DT", "RB", "FW", "AFX"})
_DIED = frozenset(form for lemma in ("die", "drown", "perish", "kill", "vanish", "disappear", "murder") for form in lexicons.inflect(lemma))
_DETERMINERS = frozenset({"a", "an", "the", "its", "his", "her", "their", "our", "my", "one", "another"})


def add_descriptors(discourse: Discourse) -> None:
    """Note what every name of the article is called."""
    for entity in discourse.entities:
        if entity.kind == "person":
            for role in discourse.roles_of(entity):
                _add_role(discourse, entity, role)
        for name in entity.mentions if entity.kind != "place" else ():
            for first, last in phrases_beside(discourse.parse, name):
                _add_phrase(discourse, entity, name, first, last)
            if entity.kind == "person":
                _add_generation(discourse, entity, name)
    for found in discourse.descriptors.values():
        found.sort(key=lambda each: each.at)


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    return {title: tuple({*full.split(), *others.split()} - {"-"}) for title, full, others in lexicons.rows("titles.tsv")}


def _add(discourse: Discourse, noun: str, descriptor: Descriptor) -> None:
    for word in (noun, *_synonyms().get(noun, ())):
        discourse.descriptors.setdefault(fold(word), []).append(descriptor)


def _add_role(discourse: Discourse, entity: Entity, role: Role) -> None:
    if role.title is None:
        return
    parse = discourse.parse
    first, last = role.title
    words = frozenset(fold(parse.lower[token]) for token in range(first, last + 1))
    heads = frozenset(heads_in(parse, first, last))
    for token in range(first, last + 1):
        if token in heads or lexicons.is_role(parse.lower[token]):
            _add(discourse, parse.lower[token], Descriptor(token, entity, words, words))


def _owner_institution(parse: Parse, first: int) -> bool:
    before = parse.tag[first - 1] if first else ""
    return before in {"POS", "PRP$"} or parse.tag[first] == "PRP$"


def _add_phrase(discourse: Discourse, entity: Entity, name: Name, first: int, last: int) -> None:
    parse = discourse.parse
    words = frozenset(fold(parse.lower[token]) for token in range(first, last + 1))
    owned = _owner_institution(parse, first) or any(parse.tag[token] in {"POS", "PRP$"} for token in range(first, last + 1))
    nouns = frozenset(fold(parse.lower[token]) for token in range(first, last + 1) if parse.tag[token] in {"NN", "NNS"})
    for token in heads_in(parse, first, last):
        noun = parse.lower[token]
        if entity.kind != "person":
            discourse.organisation_descriptions.setdefault(id(entity), set()).add(noun)
            continue
        _add(discourse, noun, Descriptor(token, entity, words, nouns))
        if noun in _INVERSE and owned:
            _note_owner(discourse, entity, noun, name, first, last)


def _note_owner(discourse: Discourse, kin: Entity, tie: str, name: Name, first: int, last: int) -> None:
    """Whose son or wife somebody is, is a father or mother, a husband: who was named last before it, in its sentence or, before "his" and
    "her", in the one before."""
    parse = discourse.parse
    owner = next((parse.lower[token] for token in range(max(first - 1, 0), last + 1) if parse.tag[token] == "PRP$"), "")
    explicit_gender = {"his": "m", "her": "f"}.get(owner, "-")
    index = bisect_left(discourse.mentions, first, key=lambda each: each[0])
    near = [
        (at, entity)
        for at, entity in reversed(discourse.mentions[max(0, index - 6) : index])
        if entity is not kin and entity.kind == "person" and parse.sentence[name.first] - parse.sentence[at] <= int(bool(owner))
    ]
    fitting = [pair for pair in near if explicit_gender in {"-", pair[1].gender}] or [pair for pair in near if pair[1].gender == "-"]
    if not fitting:
        return
    at, entity = fitting[0]
    if explicit_gender != "-" and parse.sentence[at] == parse.sentence[name.first]:
        entity.gender = entity.explicit_gender = explicit_gender
    for noun in _INVERSE[tie]:
        if noun_gender(noun) in {"-", entity.gender} or entity.gender == "-":
            _add(discourse, noun, Descriptor(at, entity, frozenset({noun})))
    if tie in _CHILDREN:
        _add(discourse, "younger", Descriptor(name.first, kin, frozenset({"younger"})))


def _add_generation(discourse: Discourse, entity: Entity, name: Name) -> None:
    """ "Sr." and "Jr.", and a husband or wife who died."""
    parse = discourse.parse
    suffix = name.words[-1]
    namesakes = [each for each in discourse.surnames.get(name.words[-2], ()) if each is not entity] if len(name.words) > 1 else []
    nouns = {"sr": ("father", "elder"), "jr": ("son", "younger")}.get(suffix, ()) if namesakes else ()
    for noun in nouns:
        _add(discourse, noun, Descriptor(name.first, entity, frozenset({noun})))
    end = min(parse.bounds[parse.sentence[name.last]][1], name.last + 16)
    for token in range(name.last + 1, end - 1):
        if parse.lower[token] == "whose" and parse.lower[token + 1] in {"husband", "wife"}:
            widow = "widow" if parse.lower[token + 1] == "husband" else "widower"
            if any(parse.lower[each] in _DIED for each in range(token + 2, min(token + 8, end))):
                _add(discourse, widow, Descriptor(name.first, entity, frozenset({widow})))
                entity.explicit_gender = entity.gender = "f" if widow == "widow" else "m"
            return


def phrases_beside(parse: Parse, name: Name) -> Iterator[tuple[int, int]]:
    """The noun phrases that say what the person of a name is, as token ranges without their article."""
    yield from _apposed(parse, name)
    yield from _before_name(parse, name)
    yield from _before_comma(parse, name)


def _run(parse: Parse, first: int, limit: int) -> tuple[int, int] | None:
    """A phrase from its first token on, without its article, to a comma, a verb or a relative word."""
    while first < limit and parse.lower[first] in {"a", "an", "the", "one", "another"}:
        first += 1
    last = first
    while last < limit and (
        parse.tag[last] in _PHRASE or parse.lower[last] in {"of", "and", "for", "at", "in", "from", "-"} or parse.words[last] == "-"
    ):
        if "\n" in parse.words[last] or parse.tag[last] in FINITE_TAGS:
            break
        last += 1
    last -= 1
    return (first, last) if last >= first else None


def _apposed(parse: Parse, name: Name) -> Iterator[tuple[int, int]]:
    token = name.last + 1
    if token < len(parse) and parse.words[token] == "(":
        close = next((each for each in range(token, min(token + 8, len(parse))) if parse.words[each] == ")"), None)
        token = token if close is None else close + 1
    if token >= len(parse) or parse.words[token] not in {",", "—", "–"}:
        return
    token += 1
    if token + 1 < len(parse) and parse.tag[token] == "CD" and parse.words[token + 1] == ",":
        token += 2
    if token >= len(parse) or not (
        parse.lower[token] in _DETERMINERS
        or (parse.words[token].islower() and parse.tag[token] in {"NN", "JJ", "NNS"} and parse.dep[token] not in {"nsubj", "nsubjpass"})
        or parse.dep[token] == "poss"
    ):
        return
    phrase = _run(parse, token, min(token + 14, len(parse)))
    if phrase is not None and not opens_clause(parse, *phrase):
        yield phrase


def opens_clause(parse: Parse, first: int, last: int) -> bool:
    """Whether a phrase behind a comma is the subject of what follows (", the agency said"), and no apposition."""
    following = last + 1
    return (
        following < len(parse)
        and (parse.tag[following] in FINITE_TAGS or parse.lower[following] in lexicons.verbs())
        and any(parse.dep[token] in {"nsubj", "nsubjpass"} and parse.head[token] > last for token in range(first, last + 1))
    )


def _before_honorifics(parse: Parse, name: Name) -> int:
    """The token before a name and its honorifics."""
    last = name.first - 1
    while last > 0:
        if parse.words[last] == "." and is_honorific(parse, last - 1):
            last -= 2
        elif is_honorific(parse, last):
            last -= 1
        else:
            break
    return last


def _before_name(parse: Parse, name: Name) -> Iterator[tuple[int, int]]:
    last = _before_honorifics(parse, name)
    if last > 0 and parse.lower[last] in {"called", "named"} and parse.tag[last] == "VBN":
        last -= 1  # "a fan named X"
    first = last
    while (
        first >= 0
        and parse.tag[first] in {"NN", "JJ", "HYPH", "VBN", "VBG", "NNS"}
        and parse.words[first].islower() | (parse.tag[first] == "HYPH")
    ):
        first -= 1
    first += 1
    opens = last >= 0 and last == parse.bounds[parse.sentence[last]][0] and parse.tag[last] == "NN"
    if opens and parse.dep[last] == "compound":
        yield last, last
    elif first <= last and parse.tag[last] == "NN":
        yield first, last


def _before_comma(parse: Parse, name: Name) -> Iterator[tuple[int, int]]:
    comma = _before_honorifics(parse, name)
    if comma < 1 or parse.words[comma] != "," or parse.tag[comma - 1] not in {"NN", "NNP", "NNS"}:
        return
    first = comma - 1
    while first >= 0 and comma - first < 14 and (parse.tag[first] in _PHRASE or parse.lower[first] in {"of", "for", "at"}):
        if parse.lower[first] in _DETERMINERS and not (
            first > 0 and parse.tag[first - 1] == "IN" and parse.lower[first - 1] in {"of", "for", "at"}
        ):
            break
        first -= 1
    if first < 0 or parse.lower[first] not in _DETERMINERS:
        if not (
            first >= -1 and parse.tag[first + 1] in {"NNP", "JJ", "NN"} and any(parse.tag[t] == "POS" for t in range(first + 1, comma))
        ):
            return
        first += 1
    if first <= comma - 1:
        yield (first + 1 if parse.lower[first] in {"a", "an", "the", "one", "another"} else first), comma - 1


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
    """The word that tells two of one surname apart right before a name ("the elder Mr. X")."""
    parse = discourse.parse
    for token in range(name.first - 1, max(name.first - 5, -1), -1):
        word = parse.lower[token]
        if word in {"elder", "older", "senior"}:
            return "elder"
        if word in {"younger", "junior"}:
            return "younger"
        if word not in lexicons.genders("honorifics.tsv") and parse.words[token] != ".":
            break
    return ""
