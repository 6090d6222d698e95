"""Institutions and other bodies across articles: which names are one body’s.

A pure function of names and of what the articles say about them. The same words are the same body, whatever their case, accents, leading
article or legal form (`Vale Bank plc`). An acronym is the body whose initials it has where an article sets the two side by side (`China
Foreign Affairs University (CFAU)`) or uses both, and no second body has that acronym; else a person is asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from quotes.linking.identities import comparable
from quotes.linking.unions import Unions

_LEGAL_FORMS = frozenset(
    {"inc", "corp", "corporation", "co", "ltd", "limited", "llc", "llp", "plc", "gmbh", "ag", "sa", "spa", "nv", "oyj", "pty"}
)
_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "at", "to", "de", "la", "du", "des", "del", "von", "und", "et", "&"})
_LONGEST_ACRONYM = 8


class BodyName(NamedTuple):
    """A name of a body as printed in its best spelling; `key` is its comparable form, `acronyms` those that articles give right after it,
    `articles` those that print it."""

    id: int
    name: str
    key: str
    acronyms: frozenset[str] = frozenset()
    articles: frozenset[int] = frozenset()


class BodyDecision(NamedTuple):
    """Which name stands for the body, and why this is one of its names."""

    main_id: int
    because: str


class BodiesLinked(NamedTuple):
    """What was decided: name id → decision; and pairs of ids of names, the lower one first, with what is missing."""

    decisions: dict[int, BodyDecision]
    doubts: tuple[tuple[int, int, str], ...]


@lru_cache(maxsize=1 << 15)
def body_key(name: str) -> str:
    """The name as it is compared: without case, accents, leading article and legal form."""
    words = comparable(name).replace("-", " ").replace(",", " ").split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


@lru_cache(maxsize=1 << 15)
def body_block(name: str, acronym: str | None = None) -> str:
    """The letters under which names of bodies are compared: an acronym’s own, a long name’s initials (or those of the acronym given for it)."""
    if acronym:
        return _capitals(acronym)
    if is_acronym(name):
        return _capitals(comparable(name).upper())
    words = re.findall(r"\w+", body_key(name).replace("'", ""))
    initials = "".join(word[0] for word in words if word not in _SMALL)
    return initials if len(initials) > 1 else " ".join(words)


def is_acronym(name: str) -> bool:
    """Whether a name is made of initials: `IMF`, `U.N.`, `MoD`."""
    word = re.sub(r"^(?:the|The)\s+", "", name.strip()).replace(".", "").replace("&", "")
    return word.isalnum() and 2 <= len(word) <= _LONGEST_ACRONYM and sum(map(str.isupper, word)) >= max(2, len(word) - 2)


def link_bodies(
    names: Sequence[BodyName], together: Sequence[frozenset[int]] = (), apart: Collection[frozenset[int]] = frozenset()
) -> BodiesLinked:
    """Which of the names of one block are one body’s; people decided that ids in `together` are one, and those in `apart` are not."""
    ordered = sorted(names, key=lambda each: each.id)
    unions: Unions[int] = Unions(each.id for each in ordered)
    why: dict[int, str] = {}
    by_key: dict[str, list[BodyName]] = defaultdict(list)
    for each in ordered:
        by_key[body_key(each.name)].append(each)
    for same in by_key.values():
        for each in same[1:]:
            unions.join(same[0].id, each.id)
            why[each.id] = f"{same[0].name}: the same name but for its legal form"
    doubts = _acronyms(by_key, unions, apart, why)
    for ids in together:
        meant = [each.id for each in ordered if each.id in ids]
        for each_id in meant[1:]:
            unions.join(meant[0], each_id)
        why.update(dict.fromkeys(meant, "a person said that these names are one body’s"))
    decisions: dict[int, BodyDecision] = {}
    for group in unions.groups(ordered, lambda each: each.id):
        # The full name stands for the body: its id does not change when an acronym turns up.
        main = min(group, key=lambda each: (is_acronym(each.name), each.id))
        for each in group:
            decisions[each.id] = BodyDecision(main.id, why.get(each.id, "the same name"))
    open_ends = {
        (min(one, other), max(one, other), reason) for one, other, reason in doubts if decisions[one].main_id != decisions[other].main_id
    }
    return BodiesLinked(decisions, tuple(sorted(open_ends)))


def _acronyms(
    by_key: dict[str, list[BodyName]], unions: Unions[int], apart: Collection[frozenset[int]], why: dict[int, str]
) -> list[tuple[int, int, str]]:
    doubts: list[tuple[int, int, str]] = []
    short = {key: same for key, same in by_key.items() if is_acronym(same[0].name)}
    long = {key: same for key, same in by_key.items() if key not in short}
    for key, acronyms in sorted(short.items()):
        letters = comparable(acronyms[0].name)
        fitting = [same for other, same in sorted(long.items()) if _initials_of(other, letters) or _given_for(same, letters)]
        if apart:
            fitting = [same for same in fitting if not any(frozenset((one.id, other.id)) in apart for one in same for other in acronyms)]
        told = [(same, reason) for same in fitting if (reason := _told(same, acronyms, letters))]
        if len(told) == 1:
            same, reason = told[0]
            unions.join(same[0].id, acronyms[0].id)
            why.update({each.id: f"{same[0].name}: {reason}" for each in acronyms})
        else:
            missing = "its initials, and an article has both; so has another body" if told else "its initials; no article says so"
            # Initials that fit several names are no ground to ask.
            asked = [same for same, _ in told] or (fitting if len(fitting) == 1 else [])
            doubts.extend((acronyms[0].id, same[0].id, missing) for same in asked)
    return doubts


def _initials_of(key: str, letters: str) -> bool:
    words = [word for word in re.findall(r"\w+", key)]
    plain = re.sub(r"\W", "", letters)
    return plain in {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL)}


def _given_for(same: Sequence[BodyName], letters: str) -> bool:
    return any(comparable(acronym) == letters for each in same for acronym in each.acronyms)


def _told(same: Sequence[BodyName], acronyms: Sequence[BodyName], letters: str) -> str | None:
    if _given_for(same, letters):
        return "an article gives this acronym for it"
    if any(not one.articles.isdisjoint(other.articles) for one in same for other in acronyms):
        return "its initials, and an article has both"
    return None


def _capitals(acronym: str) -> str:
    return "".join(letter for letter in acronym if letter.isupper() or letter.isdigit()).lower() or acronym.lower()
