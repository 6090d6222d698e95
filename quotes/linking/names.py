"""Names of people compared: what each is made of, and how two of them may be names of one person.

nameparser (LGPL) takes a name apart; what the parts say about each other is decided here, by rule, so that it can be explained.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from quotes import lexicons
from quotes.linking.identities import comparable

if TYPE_CHECKING:
    from nameparser.config import Constants

#: How two different names can belong to one person; None where they cannot.
Relation = Literal["spelling", "middle", "nickname", "initial", "order"]

_MARKS = str.maketrans("“”„«»‘’", '"""""\'\'')
_GENERATIONS = {"jr": "jr", "sr": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}


class PersonName(NamedTuple):
    """The parts of a name as they are compared: small letters, no accents, dots or hyphens. `nick` is a name in quotation marks.

    `family` holds particles (“van beethoven”), `generation` jr, sr, ii, iii, iv or nothing.
    """

    given: str
    middle: tuple[str, ...]
    family: str
    generation: str
    nick: str

    @property
    def full(self) -> bool:
        """Whether the name has a given and a family name, or initials and a family name."""
        return bool(self.given and self.family)

    @property
    def surname(self) -> str:
        """The last word of the family name."""
        return self.family.rsplit(" ", 1)[-1]


@lru_cache(maxsize=1 << 16)
def person_name(name: str) -> PersonName:
    """Take a name apart."""
    from nameparser import HumanName

    parsed = HumanName(" ".join(name.translate(_MARKS).split()), constants=_untitled())
    given = _plain(parsed.first)
    # Initials written together ("J.D. Vance") are a first and a second name.
    initials = re.fullmatch(r"(?:\w\.){2,}", parsed.first.strip())
    letters = [letter for letter in parsed.first if letter.isalpha()] if initials else []
    middle = [each for each in [*letters[1:], *parsed.middle.split()] if each]
    return PersonName(
        _plain(letters[0]) if letters else given,
        tuple(filter(None, map(_plain, middle))),
        _plain(parsed.last),
        next((_GENERATIONS[each] for each in _plain(parsed.suffix).replace(",", " ").split() if each in _GENERATIONS), ""),
        _plain(parsed.nickname),
    )


@lru_cache(maxsize=1 << 16)
def person_key(name: str) -> str:
    """The whole name as it is compared: two names with one key are spelled alike but for case, accents, dots, hyphens and marks."""
    parts = person_name(name)
    if not parts.full:
        return _plain(name)
    return " ".join(filter(None, [parts.given, *parts.middle, parts.family, parts.generation]))


def block_of(name: str) -> str:
    """The family name under which a person’s names are compared with each other: names in different blocks are never one person’s."""
    parts = person_name(name)
    if parts.given in _family_names_first() and parts.surname not in _family_names_first():
        return parts.given
    return parts.surname


def relation(one: PersonName, other: PersonName) -> Relation | None:
    """How two full names can be names of one person; None where they cannot.

    A pet form of a given name (`Bill`, `William`), a middle name or initial that one of them leaves out, an initial for the given name,
    the order of family and given name. Different generations are different people.
    """
    if one.generation != other.generation:
        return None
    if one.family != other.family:
        return "order" if _reordered(one, other) else "middle" if _inner_family(one, other) else None
    if not _middles_fit(one.middle, other.middle):
        return None
    if one.given == other.given:
        return "spelling" if one.middle == other.middle else "middle"
    if _initial(one.given, other.given):
        return "initial"
    if _called(one, other) or _called(other, one):
        return "nickname"
    if (one.middle and other.given == one.middle[0]) or (other.middle and one.given == other.middle[0]):
        return "initial" if min(len(one.given), len(other.given)) == 1 else "middle"
    return None


@lru_cache(maxsize=1 << 14)
def full_forms(given: str) -> frozenset[str]:
    """The given names that `given` may stand for, itself among them."""
    return _by_short_form().get(given, frozenset()) | {given}


def _called(one: PersonName, other: PersonName) -> bool:
    if one.nick and one.nick == other.given:
        return True
    return len(one.given) > 1 and len(other.given) > 1 and not full_forms(one.given).isdisjoint(full_forms(other.given))


def _initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[:1] == other[:1]


def _middles_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the middle names of one are those of the other, some left out or shortened to their initials."""
    few, many = sorted((one, other), key=len)
    rest = iter(many)
    return all(any(each == found or _initial(each, found) for found in rest) for each in few)


def _inner_family(one: PersonName, other: PersonName) -> bool:
    """Whether two names differ by a family name inside: `Hillary Rodham Clinton`, or a particle that one leaves out."""
    if one.given != other.given or one.surname != other.surname:
        return False
    few, many = sorted(([*one.middle, *one.family.split()], [*other.middle, *other.family.split()]), key=len)
    rest = iter(many)
    return all(each in rest for each in few)


def _reordered(one: PersonName, other: PersonName) -> bool:
    """Whether one has the family name first; only where that is a custom, and by its order alone."""
    words, others = _words(one), _words(other)
    if words == others or sorted(words) != sorted(others):
        return False
    first = _family_names_first()
    return (words[0] in first and others[-1] == words[0]) or (others[0] in first and words[-1] == others[0])


def _words(name: PersonName) -> list[str]:
    return " ".join([name.given, *name.middle, name.family]).split()


@lru_cache(maxsize=1 << 16)
def _plain(name: str) -> str:
    if not name:
        return ""
    return " ".join(re.sub(r"[^\w' ]", " ", comparable(name, person=True).replace("-", " ")).replace("'", "").split())


@cache
def _untitled() -> Constants:
    from nameparser.config import Constants

    return Constants(titles=set())  # our names have none left; "Sen" and "Cardinal" are names


@cache
def _family_names_first() -> frozenset[str]:
    return lexicons.words("family_names_first.txt")


@cache
def _by_short_form() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for full, short in lexicons.rows("nicknames.tsv"):
        for each in short.split():
            found[each].add(full)
    return {short: frozenset(full) for short, full in found.items()}
