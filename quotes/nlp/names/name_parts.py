"""What a printed name is made of: honorifics, initials, particles, suffixes, a nickname in marks, and the gender that its words show."""

from __future__ import annotations

import re
import unicodedata

from quotes import lexicons
from quotes.nlp.parsing.parse import Parse

GENERATIONS = frozenset({"jr.", "jr", "sr.", "sr", "ii", "iii", "iv"})
SUFFIXES = GENERATIONS | {"kcb", "obe", "mbe", "qc", "kc", "phd", "ph.d.", "md", "m.d."}
PARTICLES = lexicons.words("name_particles.txt")
OPEN_QUOTES, CLOSE_QUOTES = frozenset("“\"‘'("), frozenset("”\"’')")
#: Ranks and offices that also begin the names of organisations and places ("Major League", "King County"): alone they make nobody a person.
_AMBIGUOUS = lexicons.words("ambiguous_honorifics.txt")
_INITIALS = re.compile(r"(?:[A-Z]\.-?)+\Z")
_COUNTRIES = frozenset({"U.S.", "U.K.", "U.N.", "E.U.", "D.C.", "L.A.", "U.A.E.", "U.S.A."})
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def fold(word: str) -> str:
    """A word for comparing: lower case, no accents, no dots or marks."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    if not plain.isascii():
        plain = plain.translate(_PLAIN)
    return "".join(character for character in plain if character.isalnum())


def given_name_gender(word: str) -> str | None:
    """The gender of a given name, its accents aside; None for a word that is none."""
    return lexicons.genders("given_names.tsv").get(fold(word))


def is_initials(word: str) -> bool:
    """Whether a word is the initials of given names ("J.K.")."""
    return bool(_INITIALS.match(word)) and word not in _COUNTRIES


def is_honorific(parse: Parse, token: int) -> bool:
    """Whether a capitalised word is an honorific or a rank in front of what follows."""
    return parse.words[token][:1].isupper() and parse.lower[token] in lexicons.genders("honorifics.tsv")


def is_personal_honorific(parse: Parse, token: int) -> bool:
    """Whether an honorific is one that only people have ("Ms", "Cllr"), not a rank that an organisation's name may begin with ("Major
    League")."""
    return is_honorific(parse, token) and parse.lower[token] not in _AMBIGUOUS


def noun_gender(noun: str) -> str:
    """The gender that a noun for a person shows by its form or its meaning ("sister", "chairwoman"); "-" where it shows none."""
    gender = lexicons.genders("gendered.tsv").get(noun) or lexicons.genders("roles.tsv").get(noun, "-")
    if gender == "-" and len(noun) > 5:
        return "f" if noun.endswith(("woman", "lady")) else "m" if noun.endswith("man") else "-"
    return gender


def after_honorifics(parse: Parse, token: int) -> int:
    """The token behind the honorifics and their full stops that begin at a token; the token itself where it is none."""
    while token + 1 < len(parse) and is_honorific(parse, token):
        token += 1
        if token + 1 < len(parse) and parse.words[token] == "." and parse.end[token - 1] == parse.start[token]:
            token += 1
    return token


def is_quoted_nickname(parse: Parse, token: int, first: int, last: int) -> bool:
    """Whether a word inside a name stands in marks ("Roberto “Beto” Luna")."""
    return first < token < last and _is_nickname(parse, token)


def expanded_name(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """A name with the initials, particles, suffixes and quoted nickname that the entity left out."""
    first = _start(parse, first)
    while parse.lower[last + 1 : last + 2] and parse.lower[last + 1] in PARTICLES and parse.tag[last + 2 : last + 3] == ["NNP"]:
        last += 2  # "João Carlos | dos Santos"
    last = _suffixed(parse, last)
    if 2 <= first < last and parse.words[first - 2][:1].isupper() and _is_nickname(parse, first):
        first -= 2  # the pipeline began at the nickname
    if first >= 4 and parse.words[first - 4][:1].isupper() and _is_nickname(parse, first - 2):
        first -= 4
    if first == last and last + 4 < len(parse) and parse.tag[last + 4] == "NNP" and _is_nickname(parse, last + 2):
        last += 4
    return first, last


def _is_nickname(parse: Parse, token: int) -> bool:
    return parse.words[token][:1].isupper() and parse.words[token - 1] in OPEN_QUOTES and parse.words[token + 1] in CLOSE_QUOTES


def _start(parse: Parse, first: int) -> int:
    """Where a name begins with the initials and given names that stand before it."""
    while first > 0:
        before = parse.words[first - 1]
        if _hyphened(parse, first):
            first -= 2
        elif is_initials(before) or (given_name_gender(before) is not None and before[:1].isupper()):
            first -= 1
        else:
            break
    return first


def _hyphened(parse: Parse, first: int) -> bool:
    """Whether a hyphen joins a capitalised word before it to a name's first word ("Anne | -Lise Tveit")."""
    if first < 2 or parse.words[first - 1] != "-" or not parse.words[first - 2].istitle():
        return False
    joined = parse.end[first - 2] == parse.start[first - 1] and parse.end[first - 1] == parse.start[first]
    return joined and parse.entity[first - 2] not in {"NORP", "GPE", "LOC", "ORG"} and not lexicons.is_listed_role(parse.lower[first - 2])


def _suffixed(parse: Parse, last: int) -> int:
    """Where a name ends with "Jr." and the like behind it, and the full stop that belongs to that."""
    while not SUFFIXES.isdisjoint(parse.lower[last + 1 : last + 2]):
        last += 1
    if parse.words[last + 1 : last + 2] == [","] and not {"jr.", "jr", "sr.", "sr"}.isdisjoint(parse.lower[last + 2 : last + 3]):
        last += 2
    return last + (parse.lower[last] in {"jr", "sr"} and parse.words[last + 1 : last + 2] == ["."])


def is_dash(parse: Parse, token: int) -> bool:
    """Whether a hyphen stands for a dash, with space on both sides ("Ann Ray - Tarn's keeper")."""
    apart = 0 < token < len(parse) - 1 and parse.end[token - 1] < parse.start[token] and parse.end[token] < parse.start[token + 1]
    return parse.words[token] == "-" and apart
