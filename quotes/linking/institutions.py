"""Institutions across articles: which names are those of one institution.

A pure function of names and of what the articles say about them. The same words are the same institution, whatever their case, accents,
leading article or legal form (`Vale Bank plc`). An acronym is the institution whose initials it has where an article sets the two side by
side (`China Foreign Affairs University (CFAU)`) or uses both, and no second one has that acronym; else a person is asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from quotes import lexicons
from quotes.linking.identities import comparable
from quotes.linking.union_find import Unions

_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "at", "to", "de", "la", "du", "des", "del", "von", "und", "et", "&"})
_LONGEST_ACRONYM = 8
#: Initials of fewer letters are those of too many names, but for names of as many words.
_TELLING_ACRONYM = 3
#: `Justice Department` is the Department of Justice. (Miami University is not the University of Miami, nor is a police department of a city
#: one of police.)
_DEPARTMENTS = frozenset(
    {"justice", "state", "treasury", "defense", "defence", "labor", "energy", "education", "commerce", "transportation", "transport"}
    | {"agriculture", "interior", "health", "housing", "veterans", "homeland", "war", "finance", "culture"}
)
_NATIONS = frozenset(
    {"us", "american", "uk", "british", "french", "german", "russian", "chinese", "israeli", "indian", "canadian", "japanese"}
)
_OF_STATES = frozenset(
    {"department", "ministry", "treasury", "senate", "congress", "army", "navy", "embassy", "parliament", "supreme", "central"}
    | {"government"}
)


class InstitutionName(NamedTuple):
    """A name of an institution as printed in its best spelling.

    `key` is its comparable form, `acronyms` those that articles give right after it, `articles` those that print it.
    """

    id: int
    name: str
    key: str
    acronyms: frozenset[str] = frozenset()
    articles: frozenset[int] = frozenset()


class InstitutionDecision(NamedTuple):
    """Which name stands for the institution, and why this is one of its names."""

    main_id: int
    because: str


class LinkedInstitutions(NamedTuple):
    """What was decided: name id → decision; and pairs of ids of names, the lower one first, with what is missing."""

    decisions: dict[int, InstitutionDecision]
    doubts: tuple[tuple[int, int, str], ...]


@lru_cache(maxsize=1 << 15)
def institution_key(name: str) -> str:
    """The name as it is compared: without case, accents, articles and legal form; `Justice Department` as `Department of Justice`."""
    words = comparable(name).replace("-", " ").replace(",", " ").split()
    words = [word.removesuffix("'s") for word in words[:-1]] + words[-1:]  # Fenn's campaign
    while (
        len(words) > 1
        and (words[-1] == "and" or words[-1] in lexicons.words("legal_forms.txt"))
        and not (len(words) == 2 and words[0] in _institution_words())
    ):  # News Corporation
        words.pop()
    nation = words[:1] if len(words) > 2 and words[0] in _NATIONS else []
    if words[-1:] == ["ministry"] or (words[-1:] == ["department"] and words[len(nation)] in _DEPARTMENTS):
        words = [*nation, words[-1], "of", *words[len(nation) : -1]] if len(words) > 1 else words
    return " ".join(word for at, word in enumerate(words) if word != "the" or at == 0)


@lru_cache(maxsize=1 << 15)
def institution_block(name: str, acronym: str | None = None) -> str:
    """The letters under which names of institutions are compared.

    An acronym’s own, a long name’s initials, or those of the acronym given for it. An `o` inside does not
    count, which may be that of `of`; nor does a nation in front.
    """
    if acronym or is_acronym(name):
        return _capitals(acronym or comparable(name).upper())
    words = re.findall(r"\w+", _at_home(institution_key(name)).replace("'", ""))
    initials = "".join(word[0] for word in words if word not in _SMALL)
    return _without_o(initials) if len(initials) > 1 else " ".join(words)


@cache
def _institution_words() -> frozenset[str]:
    return lexicons.words("organisation_words.txt")


def _at_home(key: str) -> str:
    """The key without a nation in front, where an institution of a state follows: `us department of justice`."""
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

    People decided that ids in `together` are one, and those in `apart` are not.
    """
    ordered = sorted(names, key=lambda each: each.id)
    unions: Unions[int] = Unions(each.id for each in ordered)
    why: dict[int, str] = {}
    by_key: dict[str, list[InstitutionName]] = defaultdict(list)
    for each in ordered:
        by_key[institution_key(each.name)].append(each)
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
        # The full name stands for the institution: its id does not change when an acronym turns up.
        main = min(group, key=lambda each: (is_acronym(each.name), each.id))
        for each in group:
            decisions[each.id] = InstitutionDecision(main.id, why.get(each.id, "the same name"))
    open_ends = {
        (min(one, other), max(one, other), reason) for one, other, reason in doubts if decisions[one].main_id != decisions[other].main_id
    }
    return LinkedInstitutions(decisions, tuple(sorted(open_ends)))


def _acronyms(
    by_key: dict[str, list[InstitutionName]], unions: Unions[int], apart: Collection[frozenset[int]], why: dict[int, str]
) -> list[tuple[int, int, str]]:
    doubts: list[tuple[int, int, str]] = []
    short = {key: same for key, same in by_key.items() if is_acronym(same[0].name)}
    long = {key: same for key, same in by_key.items() if key not in short}
    for _, acronyms in sorted(short.items()):
        letters = comparable(acronyms[0].name)
        fitting = [same for other, same in sorted(long.items()) if _initials_of(other, letters) or _given_for(same, letters)]
        if apart:
            fitting = [same for same in fitting if not any(frozenset((one.id, other.id)) in apart for one in same for other in acronyms)]
        likely = [(same, reason) for same in fitting if (reason := _reason(same, acronyms, letters))]
        if len(re.sub(r"\W", "", letters)) < _TELLING_ACRONYM and not all(
            _given_for(same, letters) or _whole(same, letters) for same, _ in likely
        ):
            doubts.extend((acronyms[0].id, same[0].id, reason) for same, reason in likely)
            continue
        if len(likely) == 1:
            same, reason = likely[0]
            unions.join(same[0].id, acronyms[0].id)
            why.update({each.id: f"{same[0].name}: {reason}" for each in acronyms})
        else:
            missing = "its initials, and an article has both; so has another institution" if likely else "its initials; no article says so"
            # Initials that fit several names are no ground to ask.
            asked = [same for same, _ in likely] or (fitting if len(fitting) == 1 and len(letters) >= _TELLING_ACRONYM else [])
            doubts.extend((acronyms[0].id, same[0].id, missing) for same in asked)
    return doubts


def _nations(by_key: dict[str, list[InstitutionName]], apart: Collection[frozenset[int]]) -> list[tuple[int, int, str]]:
    """The Treasury of one article is perhaps the U.S. Treasury of another: a person is asked, where it can be but one nation’s."""
    homes: dict[str, list[list[InstitutionName]]] = defaultdict(list)
    for key, same in by_key.items():
        if _at_home(key) != key:
            homes[_at_home(key)].append(same)
    pairs = [(by_key[home][0], same[0][0]) for home, same in sorted(homes.items()) if home in by_key and len(same) == 1]
    missing = "the same name but for the nation"
    return [(one.id, other.id, missing) for one, other in pairs if frozenset((one.id, other.id)) not in apart]


def _initials_of(key: str, letters: str) -> bool:
    words = re.findall(r"\w+", _at_home(key))
    plain = re.sub(r"\W", "", letters)
    return plain in {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL)}


def _whole(same: Sequence[InstitutionName], letters: str) -> bool:
    """Whether an acronym has the initials of all words of a name: that of the United Nations, not that of the University of Nebraska."""
    return "".join(word[0] for word in re.findall(r"\w+", same[0].key)) == re.sub(r"\W", "", letters)


def _given_for(same: Sequence[InstitutionName], letters: str) -> bool:
    return any(comparable(acronym) == letters for each in same for acronym in each.acronyms)


def _reason(same: Sequence[InstitutionName], acronyms: Sequence[InstitutionName], letters: str) -> str | None:
    if _given_for(same, letters):
        return "an article gives this acronym for it"
    if any(not one.articles.isdisjoint(other.articles) for one in same for other in acronyms):
        return "its initials, and an article has both"
    return None


def _capitals(acronym: str) -> str:
    return _without_o("".join(letter for letter in acronym if letter.isupper() or letter.isdigit()).lower() or acronym.lower())


def _without_o(letters: str) -> str:
    return letters[:1] + letters[1:-1].replace("o", "") + letters[1:][-1:]
