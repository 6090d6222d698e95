"""Proper names in an article: where they stand, and whether a person's, a body's or a place's."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from quotes import lexicons
from quotes.components.parse import Parse

NameKind = Literal["person", "organisation", "place"]
SUFFIXES = frozenset({"jr.", "jr", "sr.", "sr", "ii", "iii", "iv", "kcb", "obe", "mbe", "qc", "kc", "phd", "ph.d.", "md", "m.d."})
PARTICLES = frozenset(
    {
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "bint",
        "ben",
        "ter",
        "ten",
        "st.",
        "st",
        "abu",
        "y",
        "af",
        "av",
        "zu",
    }
)
_FORMS = SUFFIXES | {"inc.", "inc", "ltd.", "ltd", "llc", "llp", "co.", "corp.", "plc"}
_OPEN_NICK, _CLOSE_NICK = frozenset("“\"‘'("), frozenset("”\"’')")
_PERSON_LABELS = frozenset({"PERSON"})
_BODY_LABELS = frozenset({"ORG", "FAC", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})
_PLACE_LABELS = frozenset({"GPE", "LOC"})


@dataclass(frozen=True, slots=True)
class Name:
    """One printed name: its tokens (both included), without honorific, leading article or possessive; `gender` by its honorific or role."""

    first: int
    last: int
    kind: NameKind
    words: tuple[str, ...]
    gender: str = "-"


def fold(word: str) -> str:
    """A word for comparing: lower case, no accents, no dots or marks."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in plain if character.isalnum())


def names_of(parse: Parse) -> list[Name]:
    """Every proper name of the text in order: the pipeline's entities, their edges mended, nicknames in marks joined, and full names that
    the pipeline overlooked behind an honorific or with a given name in front."""
    found: list[Name] = []
    for first, last, label in sorted((*_entities(parse), *_overlooked(parse))):
        for name in _mend(parse, first, last, label):
            if found and name.first <= found[-1].last:
                if name.last - name.first > found[-1].last - found[-1].first:
                    found[-1] = name
                continue
            found.append(name)
    return found


def _entities(parse: Parse) -> Iterator[tuple[int, int, str]]:
    token = 0
    while token < len(parse):
        label = parse.entity[token]
        if not label:
            token += 1
            continue
        last = token
        while last + 1 < len(parse) and parse.entity[last + 1] == label and not parse.begins[last + 1]:
            last += 1
        if label in _PERSON_LABELS | _BODY_LABELS | _PLACE_LABELS:
            yield token, last, label
        token = last + 1


def _overlooked(parse: Parse) -> Iterator[tuple[int, int, str]]:
    """Capitalised pairs that carry no label, the first a given name or behind an honorific."""
    given, honorifics = lexicons.genders("given_names.tsv"), lexicons.genders("honorifics.tsv")
    for token in range(len(parse) - 1):
        if parse.tag[token] != "NNP" or parse.entity[token] or not parse.words[token][:1].isupper():
            continue
        address = token > 0 and parse.lower[token - 1] in honorifics and parse.words[token - 1][:1].isupper()
        if not (address or (parse.lower[token] in given and parse.tag[token + 1] == "NNP" and not parse.entity[token + 1])):
            continue
        last = token
        while last + 1 < len(parse) and parse.tag[last + 1] == "NNP" and not parse.entity[last + 1] and last - token < 3:
            last += 1
        yield token, last, "PERSON"


def _mend(parse: Parse, first: int, last: int, label: str) -> Iterator[Name]:
    cut = next((token for token in range(first, last + 1) if "\n" in parse.words[token] or _list_comma(parse, token, last)), None)
    if cut is not None:
        last = cut - 1
    if any(parse.tag[token] in {"VBD", "VBZ", "VBP", "MD"} and parse.words[token].islower() for token in range(first, last + 1)):
        return  # a sentence in title case, no name
    while last >= first and (parse.words[last] in {"'s", "’s", "'", "’", ",", "."} or parse.space(last) or parse.tag[last] == "POS"):
        last -= 1
    while first <= last and (parse.lower[first] in {"the", "a", "an"} or not any(c.isalnum() for c in parse.words[first])):
        first += 1
    if first > last or not any(parse.words[token][:1].isupper() for token in range(first, last + 1)):
        return
    cut = next(
        (t for t in range(first + 1, last) if parse.tag[t] == "IN" and parse.lower[t] not in {"of", "for", "and", "in", "on", "at"}), None
    )
    if cut is not None:  # "Harbour Prize after Adair", out of a headline
        yield from _mend(parse, first, cut - 1, label)
        return
    if label == "PERSON" or first < last:
        first = _with_first_name(parse, first, last)
    given = parse.lower[first] in lexicons.genders("given_names.tsv") and last > first
    personal = not _body_words(parse, first, last) and _person_beside(parse, first, last)
    hyphenated = last - first >= 3 and parse.words[last - 1] == "-" and label != "GPE"
    if label in _PERSON_LABELS or personal or (label in _BODY_LABELS and (given or hyphenated) and not _body_words(parse, first, last)):
        yield from _person(parse, first, last)
    else:
        words = tuple(filter(None, (fold(parse.words[token]) for token in range(first, last + 1))))
        if words:
            kind: NameKind = "place" if label in _PLACE_LABELS else "organisation"
            if kind == "place" and _body_words(parse, first, last):
                kind = "organisation"
            yield Name(first, last, kind, words)


_APPOINTED = frozenset(form for lemma in ("appoint", "hire", "name", "elect") for form in lexicons.inflect(lemma))


def _person_beside(parse: Parse, first: int, last: int) -> bool:
    """Whether the words beside a name show a person: a role right before it ("caretaker Owain Pryce"), ", a rice farmer" or ", who" or an
    age behind it, "appointed … as" around it."""
    before = first - 1
    if before >= 0 and parse.tag[before] == "NN" and lexicons.is_role(parse.lower[before]) and parse.dep[before] == "compound":
        return True
    behind = last + 1
    if before >= 0 and parse.lower[before] in _APPOINTED and parse.lower[behind : behind + 1] == ["as"]:
        return True
    if parse.dep[last] == "appos" and parse.head[last] < first and lexicons.is_role(parse.lower[parse.head[last]]):
        return True  # "the bank's head of freight, Viveca Strand"
    if behind + 2 >= len(parse) or parse.words[behind] != "," or parse.entity[last] in {"GPE", "LOC"}:
        return False
    if parse.lower[behind + 1] == "who" or (parse.tag[behind + 1] == "CD" and parse.words[behind + 2] in {",", "."}):
        return True
    if parse.lower[behind + 1] not in {"a", "an"}:
        return False
    head = behind + 2
    while head + 1 < len(parse) and parse.tag[head] in {"JJ", "NN", "NNP", "HYPH", "VBN"} and parse.tag[head + 1] in {"NN", "HYPH", "JJ"}:
        head += 1
    return lexicons.is_role(parse.lower[head])


def _with_first_name(parse: Parse, first: int, last: int) -> int:
    """The token before a surname when it is a capitalised word without a label that belongs to it ("Beatrix | Mwangi-Stone")."""
    before = first - 1
    surname = first == last or any(parse.words[token] == "-" for token in range(first, last))
    if before < 0 or not surname or parse.entity[before] or parse.tag[before] != "NNP" or not first <= parse.head[before] <= last:
        return first
    word = parse.lower[before]
    title = lexicons.is_listed_role(word) or word in lexicons.genders("honorifics.tsv") or word in lexicons.words("organisation_words.txt")
    opens = before == parse.bounds[parse.sentence[before]][0] and lexicons.is_role(word)
    return first if title or opens or not parse.words[before].isalpha() or parse.words[before].isupper() else before


def _list_comma(parse: Parse, token: int, last: int) -> bool:
    return parse.words[token] == "," and (token == last or parse.lower[token + 1] not in _FORMS)


def _body_words(parse: Parse, first: int, last: int) -> bool:
    return any(parse.lower[token] in lexicons.words("organisation_words.txt") for token in range(first, last + 1))


def _person(parse: Parse, first: int, last: int) -> Iterator[Name]:
    gender = "-"
    honorifics = lexicons.genders("honorifics.tsv")
    if first == last and parse.lower[first] in honorifics:  # the pipeline saw the honorific alone: the name comes behind it
        while last + 1 < len(parse) and (
            parse.tag[last + 1] in {"NNP", "NNPS"} or (parse.words[last + 1] == "-" and parse.tag[last + 2 : last + 3] == ["NNP"])
        ):
            last += 1
    while first < last and (
        parse.lower[first] in honorifics
        or (lexicons.is_listed_role(parse.lower[first]) and parse.lower[first] not in lexicons.genders("given_names.tsv"))
    ):
        gender = honorifics.get(parse.lower[first], gender)
        first += 1
    if last - first >= 2 and first == parse.bounds[parse.sentence[first]][0] and _role_opens(parse, first):
        first += 1  # "Climber Pemba Dorje", at the head of a sentence
    if last - first >= 2 and parse.lower[first] in lexicons.verbs() and parse.lower[first] not in lexicons.genders("given_names.tsv"):
        first += 1  # "Rip Imre Fodor", out of a headline
    if _body_words(parse, first, last) and first < last:
        yield Name(first, last, "organisation", tuple(filter(None, (fold(parse.words[token]) for token in range(first, last + 1)))))
        return
    first, last = _widened(parse, first, last)
    words = tuple(filter(None, (fold(parse.words[token]) for token in range(first, last + 1) if not _nickname(parse, token, first, last))))
    if gender == "-":
        gender = _gender_before(parse, first)
    if words:
        yield Name(first, last, "person", words, gender)


def _role_opens(parse: Parse, first: int) -> bool:
    """Whether a capitalised word at the head of a sentence is a title and no given name that ends like one ("Pieter")."""
    word = parse.lower[first]
    if word in lexicons.genders("given_names.tsv"):
        return False
    return lexicons.is_listed_role(word) or (parse.tag[first] == "NN" and lexicons.is_role(word))


def _nickname(parse: Parse, token: int, first: int, last: int) -> bool:
    return first < token < last and parse.words[token - 1] in _OPEN_NICK and parse.words[token + 1] in _CLOSE_NICK


def _widened(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """A name with the initials, particles, suffixes and quoted nickname that the entity left out."""
    honorifics = lexicons.genders("honorifics.tsv")
    while first > 0:
        before = parse.words[first - 1]
        initial = len(before) <= 3 and before.endswith(".") and before[:1].isupper() and before.lower() not in honorifics
        given = fold(before) in lexicons.genders("given_names.tsv") and before[:1].isupper()
        if not (initial or given) or parse.entity[first - 1] not in {"", "PERSON"}:
            break
        first -= 1
    while last + 2 < len(parse) and parse.lower[last + 1] in PARTICLES and parse.words[last + 1].islower() and parse.tag[last + 2] == "NNP":
        last += 2  # "João Carlos | dos Santos"
    while last + 1 < len(parse) and parse.lower[last + 1] in SUFFIXES:
        last += 1
    if last + 2 < len(parse) and parse.words[last + 1] == "," and parse.lower[last + 2] in {"jr.", "jr", "sr.", "sr"}:
        last += 2
    if (
        first >= 2
        and first < last
        and parse.words[first - 1] in _OPEN_NICK
        and parse.words[first + 1] in _CLOSE_NICK
        and parse.words[first - 2][:1].isupper()
    ):
        first -= 2  # the pipeline began at the nickname
    if (
        first >= 4
        and parse.words[first - 1] in _CLOSE_NICK
        and parse.words[first - 3] in _OPEN_NICK
        and parse.words[first - 2][:1].isupper()
        and parse.words[first - 4][:1].isupper()
        and parse.tag[first - 4] == "NNP"
    ):
        first -= 4
    if (
        last + 4 < len(parse)
        and first == last
        and parse.words[last + 1] in _OPEN_NICK
        and parse.words[last + 2][:1].isupper()
        and parse.words[last + 3] in _CLOSE_NICK
        and parse.tag[last + 4] == "NNP"
    ):
        last += 4
    return first, last


def _gender_before(parse: Parse, first: int) -> str:
    """The gender that an honorific or a role right before a name shows."""
    for token in (first - 1, first - 2):
        if token < 0 or parse.space(token):
            break
        word = parse.lower[token]
        for listed in ("honorifics.tsv", "roles.tsv"):
            gender = lexicons.genders(listed).get(word, "-")
            if gender != "-":
                return gender
        if parse.tag[token] not in {"NN", "NNP", "JJ"}:
            break
    return "-"


def bare_name(parse: Parse, head: int, *, person: bool) -> Name | None:
    """The capitalised words around a noun as a name, for one that the pipeline did not see as an entity."""
    if parse.tag[head] not in {"NNP", "NNPS"} or not parse.words[head][:1].isupper() or _describes(parse.lower[head]):
        return None
    first = last = head
    while (
        first > 0
        and parse.tag[first - 1] in {"NNP", "NNPS"}
        and parse.words[first - 1][:1].isupper()
        and parse.head[first - 1] in range(first, head + 1)
    ):
        first -= 1
    while (
        last + 1 < len(parse)
        and parse.tag[last + 1] in {"NNP", "NNPS"}
        and parse.words[last + 1][:1].isupper()
        and parse.lower[last + 1] not in {"'s"}
    ):
        last += 1
    honorifics = lexicons.genders("honorifics.tsv")
    gender = "-"
    while first < last and (parse.lower[first] in honorifics or lexicons.is_listed_role(parse.lower[first])):
        gender = honorifics.get(parse.lower[first], "-")
        first += 1
    words = tuple(filter(None, (fold(parse.words[token]) for token in range(first, last + 1))))
    if not words or (first == last and (_body_words(parse, first, last) or parse.entity[first] == "DATE")):
        return None
    kind: NameKind = "organisation" if _body_words(parse, first, last) or not person else "person"
    return Name(first, last, kind, words, gender if gender != "-" else _gender_before(parse, first))


def unlabelled_names(parse: Parse, taken: set[int]) -> Iterator[Name]:
    """Subjects of two capitalised words and more that nothing has named yet ("Calder Water apologised"): bodies, most likely."""
    for token in range(1, len(parse)):
        if (
            parse.dep[token] not in {"nsubj", "nsubjpass"}
            or token in taken
            or parse.entity[token]
            or parse.tag[token] not in {"NNP", "NNPS"}
        ):
            continue
        name = bare_name(parse, token, person=False)
        if name is not None and name.last > name.first and not taken & set(range(name.first, name.last + 1)):
            taken |= set(range(name.first, name.last + 1))
            yield name


def _describes(noun: str) -> bool:
    """Whether a capitalised noun is a description all the same ("Judge", "Democrats")."""
    return lexicons.is_listed_role(noun) or noun in {"democrat", "democrats", "republican", "republicans", "tory", "tories"}
