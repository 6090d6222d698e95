"""Institutions across articles: which names are those of one institution.

A pure function of names and of what the articles say about them. The same words are the same institution, whatever their case, accents,
leading article or legal form (`Vale Bank plc`). An acronym is the institution of those initials if an article gives it right after the name
(`China Foreign Affairs University (CFAU)`) or prints both, and this is the only such institution; else the pair is left for an editor.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from quotes import lexicons
from quotes.linking.identities import comparable
from quotes.linking.union_find import Unions

_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "at", "to", "de", "la", "du", "des", "del", "von", "und", "et"})
_LONGEST_ACRONYM = 8
#: Shorter acronyms fit too many names: they must be given in an article, or have the initials of all words.
_TELLING_ACRONYM = 3
#: `Justice Department` is the Department of Justice. (But Miami University is not the University of Miami, nor a city’s police department a
#: department of police.)
_DEPARTMENTS = frozenset(
    {"justice", "state", "treasury", "defense", "defence", "labor", "energy", "education", "commerce", "transportation", "transport"}
    | {"agriculture", "interior", "health", "housing", "veterans", "homeland", "war", "finance", "culture"}
)
_NATIONS = frozenset(
    {"us", "american", "uk", "british", "french", "german", "russian", "chinese", "israeli", "indian", "canadian", "japanese"}
)
#: Acronyms that stand for the same institution in every article, and hardly any article says for which.
_WELL_KNOWN = {"us": "united states", "uk": "united kingdom", "un": "united nations", "eu": "european union"}
#: Behind a nation these begin the name of an institution that other nations have, too.
_OF_STATES = frozenset(
    {"department", "ministry", "treasury", "senate", "congress", "army", "navy", "embassy", "parliament", "supreme", "central"}
    | {"government"}
)


class InstitutionName(NamedTuple):
    """A name of an institution in its best spelling.

    `key` is its `institution_key`, `acronyms` are those that articles give right after it, `articles` those that print it.
    """

    id: int
    name: str
    key: str
    acronyms: frozenset[str] = frozenset()
    articles: frozenset[int] = frozenset()


class InstitutionDecision(NamedTuple):
    """The main name of the institution, and why this is one of its names."""

    main_id: int
    because: str


class LinkedInstitutions(NamedTuple):
    """The decisions by name id; and the pairs left open, as ids of names, the lower one first, with what is missing."""

    decisions: dict[int, InstitutionDecision]
    doubts: tuple[tuple[int, int, str], ...]


@lru_cache(maxsize=1 << 15)
def institution_key(name: str) -> str:
    """The name as it is compared: without case, accents, articles and legal form; `Justice Department` as `Department of Justice`."""
    words = comparable(name).replace("-", " ").replace(",", " ").split()
    words = [word.removesuffix("'s") for word in words[:-1]] + words[-1:]  # Fenn's campaign
    shortest = 2 if words[:1] and words[0] in lexicons.words("organisation_words.txt") else 1  # News Corporation
    while len(words) > shortest and (words[-1] == "and" or words[-1] in lexicons.words("legal_forms.txt")):
        words.pop()
    nation = words[:1] if len(words) > 2 and words[0] in _NATIONS else []
    if words[-1:] == ["ministry"] or (words[-1:] == ["department"] and words[len(nation)] in _DEPARTMENTS):
        words = [*nation, words[-1], "of", *words[len(nation) : -1]] if len(words) > 1 else words
    return " ".join(word for at, word in enumerate(words) if word != "the" or at == 0)


@lru_cache(maxsize=1 << 15)
def institution_block(name: str, acronym: str | None = None) -> str:
    """The block in which names of institutions are compared: the letters of an acronym, or the initials of a name.

    `acronym` is one that an article gives for the name. An `o` inside, which may stand for `of`, and a nation in front do not count.
    """
    if acronym or is_acronym(name):
        return _capitals(acronym or comparable(name).upper())
    key = _at_home(institution_key(name)).replace("'", "")
    initials = _initials(key, without=_SMALL)
    return _without_o(initials) if len(initials) > 1 else " ".join(re.findall(r"\w+", key))


def _at_home(key: str) -> str:
    """The key without a nation in front of an institution that other nations have, too: `us department of justice`."""
    nation, _, rest = key.partition(" ")
    return rest if nation in _NATIONS and rest.split(" ", 1)[0] in _OF_STATES else key


def is_acronym(name: str) -> bool:
    """Whether a name is made of initials: `IMF`, `U.N.`, `MoD`."""
    word = re.sub(r"^(?:the|The)\s+", "", name.strip()).replace(".", "").replace("&", "")
    return word.isalnum() and 2 <= len(word) <= _LONGEST_ACRONYM and sum(map(str.isupper, word)) >= max(2, len(word) - 2)


def link_institutions(
    names: Sequence[InstitutionName], together: Sequence[frozenset[int]] = (), apart: Collection[frozenset[int]] = frozenset()
) -> LinkedInstitutions:
    """Which of the names of one block are those of one institution.

    Corrections say that the ids in each set of `together` are one institution, and that those in each pair of `apart` are two.
    """
    ordered = sorted(names, key=lambda each: each.id)
    unions: Unions[int] = Unions(each.id for each in ordered)
    why: dict[int, str] = {}
    by_key: dict[str, list[InstitutionName]] = defaultdict(list)
    for each in ordered:
        by_key[each.key].append(each)
    for same in by_key.values():
        for each in same[1:]:
            unions.join(same[0].id, each.id)
            why[each.id] = f"{same[0].name}: the same name but for its legal form or the order of its words"
    doubts = _acronyms(by_key, unions, apart, why) + _nations(by_key, apart)
    for ids in together:
        meant = [each.id for each in ordered if each.id in ids]
        for each_id in meant[1:]:
            unions.join(meant[0], each_id)
        why.update(dict.fromkeys(meant, "a person said that these names are one institution’s"))
    decisions: dict[int, InstitutionDecision] = {}
    for group in unions.groups(ordered, lambda each: each.id):
        # The full name is the main one, so that the id of the institution stays when an acronym turns up.
        main = min(group, key=lambda each: (is_acronym(each.name), each.id))
        for each in group:
            decisions[each.id] = InstitutionDecision(main.id, why.get(each.id, "the same name"))
    left_open = {
        (min(one, other), max(one, other), reason) for one, other, reason in doubts if decisions[one].main_id != decisions[other].main_id
    }
    return LinkedInstitutions(decisions, tuple(sorted(left_open)))


def _acronyms(
    by_key: dict[str, list[InstitutionName]], unions: Unions[int], apart: Collection[frozenset[int]], why: dict[int, str]
) -> list[tuple[int, int, str]]:
    """Join acronyms with their institutions; returns the pairs left open."""
    doubts: list[tuple[int, int, str]] = []
    short = {key: same for key, same in by_key.items() if is_acronym(same[0].name)}
    long = {key: same for key, same in by_key.items() if key not in short}
    for _, acronyms in sorted(short.items()):
        letters = _letters(acronyms[0].name)
        fitting = [
            same
            for key, same in sorted(long.items())
            if (_has_initials(key, letters) or _is_given(letters, same))
            and not any(frozenset((one.id, other.id)) in apart for one in same for other in acronyms)
        ]
        likely = [(same, reason) for same in fitting if (reason := _reason(same, acronyms, letters))]
        distinctive = len(letters) >= _TELLING_ACRONYM
        if len(likely) == 1:
            same, reason = likely[0]
            if distinctive or _is_given(letters, same) or letters == _initials(same[0].key):
                unions.join(same[0].id, acronyms[0].id)
                why.update({each.id: f"{same[0].name}: {reason}" for each in acronyms})
            else:
                doubts.append((acronyms[0].id, same[0].id, reason))
        elif likely:
            missing = "its initials, and an article has both; so has another institution"
            doubts.extend((acronyms[0].id, same[0].id, missing) for same, _ in likely)
        elif len(fitting) == 1 and distinctive:  # initials that fit several names are no reason to ask
            doubts.append((acronyms[0].id, fitting[0][0].id, "its initials; no article says so"))
    return doubts


def _nations(by_key: dict[str, list[InstitutionName]], apart: Collection[frozenset[int]]) -> list[tuple[int, int, str]]:
    """The Treasury of one article may be the U.S. Treasury of another: such pairs, where only one nation’s is known, are left open."""
    homes: dict[str, list[list[InstitutionName]]] = defaultdict(list)
    for key, same in by_key.items():
        if _at_home(key) != key:
            homes[_at_home(key)].append(same)
    pairs = [(by_key[home][0], same[0][0]) for home, same in sorted(homes.items()) if home in by_key and len(same) == 1]
    missing = "the same name but for the nation"
    return [(one.id, other.id, missing) for one, other in pairs if frozenset((one.id, other.id)) not in apart]


def _letters(acronym: str) -> str:
    return re.sub(r"\W", "", comparable(acronym))


def _initials(key: str, *, without: Collection[str] = ()) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", key) if word not in without)


def _has_initials(key: str, letters: str) -> bool:
    return letters in {_initials(_at_home(key)), _initials(_at_home(key), without=_SMALL)}


def _is_given(letters: str, same: Sequence[InstitutionName]) -> bool:
    return any(_letters(acronym) == letters for each in same for acronym in each.acronyms)


def _reason(same: Sequence[InstitutionName], acronyms: Sequence[InstitutionName], letters: str) -> str | None:
    if _is_given(letters, same):
        return "an article gives this acronym for it"
    if letters in _WELL_KNOWN:
        return "its well-known acronym" if same[0].key == _WELL_KNOWN[letters] else None
    if any(not one.articles.isdisjoint(other.articles) for one in same for other in acronyms):
        return "its initials, and an article has both"
    return None


def _capitals(acronym: str) -> str:
    return _without_o("".join(letter for letter in acronym if letter.isupper() or letter.isdigit()).lower())


def _without_o(letters: str) -> str:
    return letters[:1] + letters[1:-1].replace("o", "") + letters[1:][-1:]
