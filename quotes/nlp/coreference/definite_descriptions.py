"""Who a description means: "the prop", "the 43-year-old", "the elder Mr. X", "the airline", "the commission"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from quotes import lexicons
from quotes.nlp.coreference.descriptors import may_mean_organisation
from quotes.nlp.coreference.discourse import Descriptor, Discourse
from quotes.nlp.coreference.pronouns import SUBJECTS
from quotes.nlp.names.entity import Entity
from quotes.nlp.names.name_parts import fold, noun_gender
from quotes.nlp.names.proper_names import Name
from quotes.nlp.parsing.parse import Parse

#: How many descriptions by one noun are weighed, and how many sentences back the last organisation spoken of may stand.
WEIGHED, REACH = 40, 3
#: Nouns for organisations that are too many things to mean whatever organisation was last spoken of.
_PUBLIC = lexicons.words("public_institutions.txt")
#: How far below a headline, in tokens, the one stands that it calls by a noun.
LEAD = 80
#: What somebody of a party is called, in one form.
_PARTIES = {"gop": "republican", "republican": "republican", "democrat": "democratic", "democratic": "democratic", "tory": "conservative"}
_VAGUE = frozenset(
    {"former", "late", "new", "old", "young", "veteran", "retired", "same", "other", "first", "second", "longtime", "senior"}
)


def person_of_epithet(discourse: Discourse, token: int) -> Entity | None:
    """The person just named that a report calls again by age, party, place in the team or origin ("the 31-year-old", "the goalkeeper",
    "the Iowa Democrat"), nobody of that noun having come in: the subject of the sentences before, the nearest first."""
    parse = discourse.parse
    noun = parse.lower[token]
    if token > 1 and parse.words[token - 1] == "-":
        noun = f"{parse.lower[token - 2]}-{noun}"  # "left-hander"
    aged = noun == "year-old"
    if not aged and lexicons.words("epithets.txt").isdisjoint({noun, parse.lower[token]}):
        return None
    if any(parse.tag[place] == parse.tag[token] for place in discourse.earlier_mentions(token)):
        return None
    gender = noun_gender(noun)
    sentence = parse.sentence[token]
    people: dict[int, list[tuple[int, Entity]]] = {}
    for at, entity in discourse.before(token, window=40):
        if entity.kind == "person" and not entity.unnamed and 0 < sentence - parse.sentence[at] <= REACH and not discourse.quoted_at(at):
            people.setdefault(parse.sentence[at], []).append((at, entity))
    subjects = [pair for place in sorted(people, reverse=True) for pair in people[place] if _is_subject(parse, pair[0])]
    fitting = [(at, each) for at, each in subjects if (gender == "-" or each.explicit_gender in {gender, "-"})]
    if aged:
        fitting = [(at, each) for at, each in fitting if discourse.age_of(each) is None]
    if not fitting:
        return None
    at, entity = fitting[0]
    if "\n" not in parse.text[parse.end[at] : parse.start[token]]:
        return entity
    return max((each for _, each in fitting), key=lambda each: bisect_left(discourse.positions.get(id(each), []), token))


def _is_subject(parse: Parse, at: int) -> bool:
    return parse.dep[at] in SUBJECTS or (parse.dep[at] == "appos" and parse.dep[parse.head[at]] in SUBJECTS)


def described_person(discourse: Discourse, token: int, *, anywhere: bool = False) -> Entity | None:
    """The person that a description means: the last mentioned before it whose title or apposition has its noun, the modifiers not against
    it; `anywhere` looks behind it too, for a headline that names nobody."""
    parse = discourse.parse
    noun = fold(parse.lower[token])
    modifiers = {
        fold(parse.lower[child]) for child in parse.children[token] if parse.dep[child] in {"amod", "compound", "nmod"} and child < token
    }
    compounds = {
        fold(parse.lower[child])
        for child in parse.children[token]
        if parse.dep[child] == "compound" and child < token and parse.words[child].islower()
    }
    gender = noun_gender(parse.lower[token])
    sides = _sides(parse, token)
    best: tuple[int, int] = (0, -1)
    found: Entity | None = None
    for each in _near(discourse, noun, token):
        last = discourse.last_mention(each.entity, token)
        if (last < 0 and not anywhere) or (gender != "-" and each.entity.explicit_gender not in {gender, "-"}):
            continue
        if compounds and not compounds & each.words and each.nouns - {noun}:
            continue  # "the transport minister" is not "the culture minister"
        if sides and (others := _sides(parse, each.at)) and not sides & others:
            continue  # "the Republican nominee" is not "Democratic nominee X"
        score = (1 + len(modifiers & each.words), last)
        if score > best:
            best, found = score, each.entity
    if found is not None and may_mean_organisation(parse.lower[token]) and best[0] == 1 and modifiers - _VAGUE:
        return None
    return found


def _sides(parse: Parse, token: int) -> frozenset[str]:
    """The parties and nations among the words right before a noun, whatever the parser made of them."""
    first = token
    while first > max(0, token - 6) and (parse.tag[first - 1] in {"JJ", "NN", "NNP", "HYPH", "VBN"} or parse.words[first - 1] == "-"):
        first -= 1
    named = (parse.lower[each] for each in range(first, token) if parse.entity[each] == "NORP" or parse.lower[each] in _PARTIES)
    return frozenset(_PARTIES.get(word, word) for word in named)


def only_described_person(discourse: Discourse, token: int, *, anywhere: bool = False) -> Entity | None:
    """The one person of an article that a noun describes, named only behind it ("A crane driver was fined. X, 43, …") if not `anywhere`;
    None where it describes two."""
    noun = fold(discourse.parse.lower[token])
    found = {id(each.entity): each.entity for each in discourse.descriptors.get(noun, ())[:WEIGHED]}
    if len(found) != 1:
        return None
    entity = next(iter(found.values()))
    return entity if anywhere or discourse.last_mention(entity, token) < 0 else None


def first_described_person(discourse: Discourse, token: int) -> Entity | None:
    """The person of a noun that an article brings in right below its headline, the others of that noun far behind."""
    entries = discourse.descriptors.get(fold(discourse.parse.lower[token]), ())[:WEIGHED]
    if not entries or not 0 < entries[0].at - token < LEAD:
        return None
    other = next((each for each in entries if each.entity is not entries[0].entity), None)
    return entries[0].entity if other is None or other.at - entries[0].at > LEAD else None


def _near(discourse: Discourse, noun: str, token: int) -> Iterator[Descriptor]:
    entries = discourse.descriptors.get(noun, [])
    if len(entries) > WEIGHED:
        index = bisect_left(entries, token, key=lambda each: each.at)
        entries = entries[max(0, index - WEIGHED) : index + WEIGHED // 4]
    yield from entries


def bearer_of_surname(discourse: Discourse, name: Name, word: str) -> Entity | None:
    """The elder or the younger of those who bear a surname: by age, by whose son somebody is, or the first named."""
    people = discourse.surnames.get(name.words[-1], [])
    if len(people) < 2:
        return None
    ages = {id(e): age for e in people for age in [discourse.age_of(e)] if age is not None}
    if len(ages) == len(people):
        pick = max if word == "elder" else min
        return pick(people, key=lambda e: ages[id(e)])
    called = (each.entity for each in discourse.descriptors.get(word, ()) if any(each.entity is e for e in people))
    return next(called, people[0] if word == "elder" else people[-1])


@cache
def _kinds() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(row[1].split()) for row in lexicons.rows("kinds_of_institution.tsv")}


@cache
def _kinds_by_word() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for noun, words in _kinds().items():
        for word in words:
            found.setdefault(word, set()).add(noun)
    return {word: frozenset(nouns) for word, nouns in found.items()}


def described_organisation(discourse: Discourse, token: int, *, named: bool = False) -> Entity | None:
    """The organisation that "the commission" or "the airline" means: the last whose name has the noun or that was called so; the last
    whose name says its kind; else, for a noun that any organisation may be called by, the last subject that is no organisation of
    another kind (not where it must be `named` so)."""
    parse = discourse.parse
    noun = parse.lower[token]
    best: tuple[int, int] = (0, -1)
    found: Entity | None = None
    seen: set[int] = set()
    for at, entity in reversed(discourse.before(token)):
        if not discourse.is_organisation(entity) or id(entity) in seen or token in range(entity.fullest.first, entity.fullest.last + 1):
            continue
        seen.add(id(entity))
        score = (_similarity(discourse, entity, noun, token), at)
        if score[0] and score > best:
            best, found = score, entity
    if found is not None or named or noun in _PUBLIC:
        return found
    return _last_organisation(discourse, token, noun)


def _similarity(discourse: Discourse, entity: Entity, noun: str, token: int) -> int:
    """How well an organisation's name or what it was called fits a noun: 0 not at all."""
    words = entity.words
    folded = fold(noun)
    if words[-1] == folded:
        return 5
    if any(folded in mention.words for mention in entity.mentions[:4]) or noun in discourse.organisation_descriptions.get(id(entity), ()):
        return 4
    parse = discourse.parse
    before = {fold(parse.lower[child]) for child in parse.children[token] if parse.dep[child] in {"compound", "amod"}}
    if before & set(words):
        return 3
    kinds = _kinds().get(noun, frozenset())
    if words[-1] in kinds:
        return 3
    return 2 if any(word in kinds for word in words) else 0


def _other_kind(entity: Entity, noun: str) -> bool:
    """Whether an organisation's name says that it is of another kind than a noun means."""
    for word in (entity.words[-1], entity.words[0]):
        kinds = _kinds_by_word().get(word)
        if kinds or may_mean_organisation(word):
            return word != noun and noun not in (kinds or ())
    return False


def _last_organisation(discourse: Discourse, token: int, noun: str) -> Entity | None:
    parse = discourse.parse
    near = [
        (at, entity)
        for at, entity in discourse.before(token, window=40)
        if discourse.is_organisation(entity)
        and parse.sentence[token] - parse.sentence[at] <= REACH
        and not discourse.quoted_at(at)
        and not _other_kind(entity, noun)
        and entity.kind != "place"
        and any(len(word) > 2 and word.isalpha() for word in entity.words)
    ]
    if not near:
        return None
    return max(near, key=lambda pair: (parse.dep[pair[0]] in SUBJECTS, pair[0]))[1]
