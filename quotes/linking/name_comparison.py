"""Names of people compared: the parts of each, and how two of them may be names of one person.

nameparser (LGPL) splits a name into its parts; how these compare is decided here, by rule, so that it can be explained. rapidfuzz finds
names that are spelled much alike: a reason to ask an editor, never to join.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from quotes import lexicons
from quotes.linking.identities import comparable

if TYPE_CHECKING:
    from nameparser.config import Constants

#: How two different names can belong to one person, the surest first; None where they cannot.
Relation = Literal["spelling", "initials", "middle", "double", "nickname", "initial", "generation"]

#: How similar two spellings must be for an editor to be asked, in percent.
ALIKE = 75

_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_MARKS = str.maketrans("“”„«»‘’", '"""""\'\'')
_PARTICLES = frozenset(
    {"van", "von", "vom", "der", "den", "de", "la", "las", "los", "da", "do", "dos", "das", "del", "della"}
    | {"di", "du", "le", "el", "bin", "ibn", "ben", "bint", "ter", "ten", "zu", "zum", "af", "av"}
)
#: Particles that are no given name: a name that begins with one is a family name alone.
_LEADING = frozenset({"von", "vom", "de", "del", "della", "dos", "das", "el", "bin", "ibn", "bint", "ter", "zu", "zum", "af", "av"})
#: The Arabic article in its spellings: before the sun letters it is written as it is spoken.
_ARABIC_ARTICLE = re.compile(r"^(?:[AaEe]l|[Uu]l|[Aa](?:s|sh|d|r|n|t|z))-(?=\w)|^(?:El|Al)(?=[A-Z][a-z])")
_INITIALS = re.compile(r"(?:\w\.){2,}")
#: `Jae-myung`, `Ying-jeou`: a small letter behind the hyphen.
_EASTERN_GIVEN = re.compile(r"[^\W\d_]+-[a-zà-ÿ]+")
#: Family names of East Asia that are given names in the West, so that the rest of the name decides.
_ALSO_GIVEN = frozenset({"lee", "kim"})
#: The commonest Korean family names, which stand first whatever follows.
_KOREAN = _ALSO_GIVEN | {"park", "choi", "chung", "jung", "kang", "cho", "yoon", "jang", "kwon", "hwang", "ban"}


class PersonName(NamedTuple):
    """The parts of a name as they are compared: lower case, no accents, dots or hyphens.

    `family` has particles (“van beethoven”) and both family names of a Spanish name; `generation` is jr, sr, ii, iii, iv or empty; `nick`
    is a name in quotation marks. An East Asian given name is one word.
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
        """The word of the family name by which it is sorted: the last, of two Spanish ones the first."""
        words = self.family.split()
        return next((word for word in words[:-1] if word in lexicons.words("spanish_surnames.txt")), words[-1] if words else "")

    @property
    def bare(self) -> str:
        """The given name and the surname alone."""
        return f"{self.given} {self.surname}"


@lru_cache(maxsize=1 << 16)
def person_name(name: str) -> PersonName:
    """The parts of a name. Names of one key have the same parts, except `nick`."""
    from nameparser import HumanName

    nick = HumanName(_straight(name), constants=_untitled()).nickname if re.search(r'["\'(]', _straight(name)) else ""
    return _parts(tuple(person_key(name).split()))._replace(nick=_plain(nick))


@lru_cache(maxsize=1 << 16)
def person_key(name: str) -> str:
    """The whole name as it is compared, the family name last: two names with one key are spellings of one name.

    Case, accents, dots, hyphens and quotation marks do not count, nor does it where the family name stands first by custom.
    """
    from nameparser import HumanName

    parsed = HumanName(_straight(name), constants=_untitled())
    words = f"{parsed.first} {parsed.middle} {parsed.last}".split()
    shouted = name.isupper()
    if words and len(words[0]) == 2 and words[0].isupper() and words[0].isalpha() and not shouted and len(words) > 1:
        words[0] = f"{words[0][0]}.{words[0][1]}."  # JD Vance
    plain = [each for word in _in_order(words) for each in _compared(word)]
    plain[1:] = ["el" if each == "al" else each for each in plain[1:]]
    generation = [each for each in _plain(parsed.suffix).replace(",", " ").split() if each in _GENERATIONS][:1]
    return " ".join([*plain, *generation]) or comparable(name, person=True)


def block_of(name: str) -> str:
    """The block in which names are compared: names in different blocks are never one person’s.

    It is the family name, in a form that its common spellings share (`Sissi`, `Sisi`).
    """
    return _folded(person_name(name).surname or person_key(name).rsplit(" ", 1)[-1])


@lru_cache(maxsize=1 << 14)
def relation(one: PersonName, other: PersonName) -> Relation | None:
    """How two full names can be names of one person; None where they cannot.

    A middle name or initial that one of them leaves out, the second of two Spanish family names, a pet form of a given name (`Bill`,
    `William`), an initial for it, a generation that one leaves out. Different generations are different people.
    """
    if one.generation != other.generation:
        if one.generation and other.generation:
            return None
        return "generation" if relation(one._replace(generation=""), other._replace(generation="")) else None
    family = _families(one, other)
    if family is None:
        return None
    if "".join((one.given, *one.middle)) == "".join((other.given, *other.middle)):
        return family
    given = _givens(one, other)
    if given in ("nickname", "initial"):
        return given
    return None if given is None else max(family, given, key=("spelling", "initials", "middle", "double").index)


@lru_cache(maxsize=1 << 14)
def alike(one: PersonName, other: PersonName) -> bool:
    """Whether two full names that no rule relates are spelled so much alike that an editor should look: `Zelensky`, `Zelenskyy`."""
    from rapidfuzz.fuzz import ratio

    if one.generation != other.generation or min(len(one.given), len(other.given)) < 4:
        return False
    family, others = one.family.replace(" ", ""), other.family.replace(" ", "")
    return ratio(one.given, other.given) >= ALIKE and min(len(family), len(others)) >= 4 and ratio(family, others) >= ALIKE


def _families(one: PersonName, other: PersonName) -> Relation | None:
    if one.family == other.family:
        return "spelling"
    words, others = ([word for word in each.family.split() if word not in _PARTICLES] for each in (one, other))
    if words == others:
        return "spelling"
    few, many = sorted((words, others), key=len)
    if not few or few != many[: len(few)] or any(map(lexicons.is_listed_role, many[len(few) :])):
        return None
    return "double"


def _givens(one: PersonName, other: PersonName) -> Relation | None:
    few, many = sorted((one, other), key=lambda each: len(each.middle))
    if one.given == other.given:
        return _middles(few.middle, many.middle)
    if _initial(one.given, other.given):
        return "initial" if _middles(few.middle, many.middle) else None
    if _called(one, other) or _called(other, one):
        return "nickname" if _middles(few.middle, many.middle) else None
    # Known by a middle name: F. Scott Fitzgerald, Scott Fitzgerald.
    if len(few.given) > 1 and few.given in many.middle and _middles(few.middle, many.middle[many.middle.index(few.given) + 1 :]):
        return "middle"
    return None


def _middles(few: tuple[str, ...], many: tuple[str, ...]) -> Relation | None:
    """How middle names correspond, some left out or shortened to initials, in their order; None where they do not."""
    if len(few) > len(many) or (few and len(few[0]) == 1 and not _fit(few[0], many[0])):
        return None  # George W., George H. W.
    rest = iter(many)
    left_out: list[str] = []
    for each in few:
        for found in rest:
            if _fit(each, found):
                break
            left_out.append(found)
        else:
            return None
    left_out.extend(rest)
    return "middle" if any(len(each) > 1 for each in left_out) else "initials"


def _fit(one: str, other: str) -> bool:
    return one == other or _initial(one, other)


def _called(one: PersonName, other: PersonName) -> bool:
    if one.nick and one.nick == other.given:
        return True
    return len(one.given) > 1 and len(other.given) > 1 and not lexicons.full_forms(one.given).isdisjoint(lexicons.full_forms(other.given))


def _initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[:1] == other[:1]


def _straight(name: str) -> str:
    return " ".join(name.translate(_MARKS).split())


def _compared(word: str) -> list[str]:
    """The words of one printed word as they are compared."""
    if _INITIALS.fullmatch(word):
        return [each for each in map(_plain, word) if each]
    return _plain(_ARABIC_ARTICLE.sub("el ", word)).split()


def _in_order(words: Sequence[str]) -> list[str]:
    """The words with the family name last, an East Asian given name as one word."""
    first = lexicons.words("family_names_first.txt")
    plain = [_plain(word).replace(" ", "") for word in words]
    if len(words) == 2 and not any(map(_ARABIC_ARTICLE.match, words)):
        given_last, given_first = (bool(_EASTERN_GIVEN.fullmatch(word)) for word in reversed(words))
        if given_first != given_last:
            return [plain[0], words[1]] if given_first else [plain[1], words[0]]
        if plain[0] in first and plain[1] not in first:
            return [plain[1], words[0]]
        if plain[1] in first and "-" in words[0]:
            return [plain[0], words[1]]
    if len(words) == 3:
        syllables = lexicons.words("korean_syllables.txt")
        korean = plain[0] in _KOREAN or (plain[0] in first and plain[2] not in first)
        if korean and plain[1] in syllables and plain[2] in syllables:
            return [plain[1] + plain[2], words[0]]
        if plain[2] in first | _ALSO_GIVEN and plain[0] in syllables and plain[1] in syllables:
            return [plain[0] + plain[1], words[2]]
        if plain[0] in first and plain[2] not in first and plain[1] not in lexicons.genders("given_names.tsv"):
            return [plain[1] + plain[2], words[0]]
    return list(words)


@lru_cache(maxsize=1 << 16)
def _parts(words: tuple[str, ...]) -> PersonName:
    """The parts of a key."""
    generation = words[-1] if len(words) > 1 and words[-1] in _GENERATIONS else ""
    names = words[: -1 if generation else None]
    spanish = lexicons.words("spanish_surnames.txt")
    if not names:
        return PersonName("", (), "", generation, "")
    if names[0] in _LEADING or all(each in _PARTICLES for each in names[:2]) or all(each in spanish for each in names):
        return PersonName("", (), " ".join(names), generation, "")
    if len(names) == 1:
        return PersonName(names[0], (), "", generation, "")
    family_at = next((at for at in range(1, len(names) - 1) if names[at] in spanish), len(names) - 1)
    while family_at > 1 and names[family_at - 1] in _PARTICLES:
        family_at -= 1
    return PersonName(names[0], names[1:family_at], " ".join(names[family_at:]), generation, "")


@lru_cache(maxsize=1 << 14)
def _folded(word: str) -> str:
    """The word without the commonest differences of spelling: doubled letters, `y` for `i`, and in long words the vowels inside."""
    plain = re.sub(r"(\w)\1+", r"\1", word.replace("ph", "f").replace("ck", "k").replace("y", "i").replace("j", "i"))
    return re.sub(r"(?<=\w)[aeiou]+(?=\w)", "_", plain) if len(plain) > 5 else plain


@lru_cache(maxsize=1 << 16)
def _plain(name: str) -> str:
    if not name:
        return ""
    return " ".join(re.sub(r"[^\w' ]", " ", comparable(name, person=True).replace("-", " ")).replace("'", "").split())


@cache
def _untitled() -> Constants:
    from nameparser.config import Constants

    return Constants(titles=set())  # our names have none left; "Sen" and "Cardinal" are names
