"""Who a printed name means where people of one article have names alike: two forms of one name, or two people; which of several people.

Two given names are never one person's unless one is an initial or a short form of the other (`nicknames.tsv`). Where a surname has several
people and nothing tells which of them is meant, it is nobody's but its own: what is known of another must not come with it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from functools import cache

from quotes import lexicons
from quotes.nlp.names.entity import Entity, core_words
from quotes.nlp.names.entity_kinds import complement_pronoun
from quotes.nlp.names.name_parts import GENERATIONS, SUFFIXES, given_name_gender
from quotes.nlp.names.proper_names import Name
from quotes.nlp.parsing.parse import Parse

#: How many people of one word are looked at for a short form: the last ones named.
MAX_CANDIDATES = 24
#: Within how many tokens behind a full name the surname alone is that person's, rather than whoever is named the most.
NEAR = 60


def generational_suffix(words: Collection[str]) -> str:
    """The "jr", "sr", "ii" … in a name; empty where there is none."""
    return next((word.rstrip(".") for word in words if word in GENERATIONS), "")


def same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names of several words can be one person's: the same surname, the first names equal, an initial or a short form, and
    middle names not against it; or one within the other; never "Jr." and "Sr."."""
    if _differ(generational_suffix(one), generational_suffix(other)):
        return False
    a, b = [[word for word in name if word not in SUFFIXES] for name in (one, other)]
    if not a or not b:
        return False
    if a == b:
        return True
    if len(a) == len(b) == 2 and a == b[::-1]:
        return given_name_gender(a[0]) is None or given_name_gender(a[1]) is None  # "Grant James" is not "James Grant"
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) > 1 and (longer[-len(shorter) :] == shorter or longer[: len(shorter)] == shorter):
        return True
    if a[-1] != b[-1] or len(a) < 2 or len(b) < 2:
        return False
    if a[0] == b[0]:
        return not any(_differ(x[0], y[0]) for x, y in zip(a[1:-1], b[1:-1], strict=False))
    return _initial(a, b) or _short_form(a[0], b[0])


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _initial(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether one first name is the initials of the other's ("J.K. Okello" of "James Kizito Okello")."""
    short, full = sorted((a, b), key=lambda name: len(name[0]))
    if len(short[0]) == 1:
        return short[0] == full[0][0]
    return len(short[0]) <= 3 and len(full) > 2 and short[0] == "".join(word[0] for word in full[:-1])[: len(short[0])]


def _short_form(one: str, other: str) -> bool:
    """Whether one given name is a short form of the other ("Tim", "Timothy")."""
    return one in lexicons.full_forms(other) or other in lexicons.full_forms(one)


#: How the end of somebody's life is reported: of the subject, of the object; and nouns for it, whose it is.
_DIES = lexicons.inflect("die", "drown", "perish")
_KILLED = lexicons.inflect("kill", "murder", "drown", "bury", "assassinate", "execute")
_DEATHS = frozenset({"assassination", "burial", "death", "funeral", "grave", "killing", "murder", "remains"})
#: Nobody says these but the living; what the dead wrote is quoted still.
_ORAL = lexicons.inflect("say", "tell", "add", "ask", "reply", "answer", "recall")


def says_dead(parse: Parse, name: Name) -> bool:
    """Whether the words around a name say that the person is dead ("X, who died in 1998", "the late X", "the murder of X")."""
    last, above = name.last, parse.head[name.last]
    if name.first and parse.lower[name.first - 1] == "late":
        return True
    noun = parse.head[above] if parse.dep[last] == "pobj" and parse.lower[above] == "of" else above
    if parse.dep[last] in {"poss", "pobj"} and parse.lower[noun] in _DEATHS:
        return True
    for verb in (above, *(child for child in parse.children[last] if parse.dep[child] == "relcl")):
        subjects = {parse.dep[child] for child in parse.children[verb] if child == last or parse.lower[child] == "who"}
        if ("nsubj" in subjects and parse.lower[verb] in _DIES) or ("nsubjpass" in subjects and parse.lower[verb] in _KILLED):
            return True
    return False


def matching_people(parse: Parse, people: dict[tuple[str, ...], list[Entity]], name: Name) -> list[Entity]:
    """Who a short name may mean: nobody, the one it means, or several where nothing tells which.

    By surname before first word; honorific and generation not against it, nor the pronoun of a clause ("X said she"); nobody dead where
    only the living speak; who was called so before, one near before the most mentioned.
    """
    short = core_words(name) or name.words
    n = len(short)
    people_of_name = people.get(short, [])
    if len(people_of_name) > MAX_CANDIDATES:
        people_of_name = people_of_name[:4] + people_of_name[-MAX_CANDIDATES:]
    forms = [(entity, [entity.fullest, *entity.mentions[:8]]) for entity in people_of_name]
    by_surname = [entity for entity, names in forms if any(core_words(each)[-n:] == short for each in names)]
    by_first = [entity for entity, names in forms if any(core_words(each)[:n] == short or each.nickname in short for each in names)]
    for candidates in (by_surname, by_first, people_of_name):  # the last: a Spanish first surname
        fitting = _compatible(parse, candidates, name)
        if not fitting:
            continue
        called = max(_honorific_score(entity, name) for entity in fitting)
        fitting = [entity for entity in fitting if _honorific_score(entity, name) == called]
        if not name.honorific:  # not who is named only later
            fitting = _prefer(fitting, lambda entity: entity.mentions[0].first < name.first)
        near = _nearest(parse, fitting, name.first)
        most = sorted(near or fitting, key=lambda entity: (entity.surname_only, len(entity.mentions)), reverse=True)
        undecided = len(near) > 1 and not most[0].surname_only and len(most[0].mentions) < 2 * len(most[1].mentions)
        return most if undecided else most[:1]
    return []


def _compatible(parse: Parse, people: list[Entity], name: Name) -> list[Entity]:
    """Those that what stands in and beside a name allows."""
    if name.gender != "-":
        people = [entity for entity in people if entity.explicit_gender in {"-", name.gender}]
        people = _prefer(people, lambda entity: entity.gender in {"-", name.gender})
    if len(people) < 2:
        return people
    generation, aloud = generational_suffix(name.words), parse.dep[name.last] == "nsubj" and parse.lower[parse.head[name.last]] in _ORAL
    gender = {"he": "m", "she": "f"}.get(complement_pronoun(parse, name.last), "")
    people = _prefer(people, lambda entity: not generation or generational_suffix(entity.words) == generation)
    people = _prefer(people, lambda entity: not (aloud and entity.dead))
    return _prefer(people, lambda entity: not gender or entity.gender == gender)


def _nearest(parse: Parse, people: list[Entity], at: int) -> list[Entity]:
    """Who was named in full near before, as the one a sentence is about; several where that sentence names several."""
    near = [(entity.prominent[index - 1], entity) for entity in people if (index := bisect_left(entity.prominent, at))]
    last = max((parse.sentence[lead] for lead, _ in near), default=-1)
    return [entity for lead, entity in near if parse.sentence[lead] == last and at - lead < NEAR]


def _prefer(people: list[Entity], fits: Callable[[Entity], bool]) -> list[Entity]:
    """Those of that something holds; all where it holds of none."""
    return [entity for entity in people if fits(entity)] or people


@cache
def _in_full() -> dict[str, str]:
    return {title.rstrip("."): full for title, full, _ in lexicons.rows("titles.tsv") if full != "-"}


def _honorific_score(entity: Entity, name: Name) -> int:
    """Whether somebody is called by this honorific, or of the gender it shows, elsewhere: 2, 1; -1 where by another title."""
    if not name.honorific:
        return 0
    called = {_in_full().get(each, each) for each in entity.honorifics}
    if _in_full().get(name.honorific, name.honorific) in called:
        return 3
    if name.gender != "-" and name.gender in {entity.explicit_gender, entity.gender}:
        return 2 if name.gender == entity.explicit_gender else 1
    return -1 if called & lexicons.titled_honorifics() else 0
