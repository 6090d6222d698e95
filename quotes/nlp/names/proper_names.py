"""Proper names in an article: where they stand, and whether a person's, a body's or a place's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from quotes import lexicons
from quotes.nlp.names.entity_kinds import HINTS, SURE, TELLS, body_words, evidence
from quotes.nlp.names.name_edges import begins_title, behind_people, breaks, over_hyphen, owner_in, style_of, without_epithets
from quotes.nlp.names.name_parts import (
    PARTICLES,
    SUFFIXES,
    behind_honorifics,
    fold,
    gendered,
    given_gender,
    is_honorific,
    is_initials,
    is_nickname,
    other_name,
    shows_person,
    widened,
)
from quotes.nlp.names.whole_organisations import end_of_such, firm_end, is_legal_form, whole_body
from quotes.nlp.parsing.parse import SUBJECTS, Parse

__all__ = ["PARTICLES", "SUFFIXES", "Name", "NameKind", "bare_name", "fold", "full_name", "names_of", "unlabelled_names"]

NameKind = Literal["person", "organisation", "place"]
_BODY_LABELS = frozenset({"ORG", "FAC", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})
_PLACE_LABELS = frozenset({"GPE", "LOC"})
#: What no name ends with.
_LOOSE = frozenset({"'s", "’s", "'", "’", ",", ".", "of", "for", "and"})
_LABELS = _BODY_LABELS | _PLACE_LABELS | {"PERSON"}


@dataclass(frozen=True, slots=True)
class Name:
    """One printed name: its tokens (both included), without honorific, leading article or possessive.

    `gender` by its honorific or the noun beside it; `honorific` as printed, lower case; `nick` the nickname that stands in it in marks, or
    what its bearer is known as; `weight` how much speaks for a person here (above 0) or for a body; `leads` whether it is more than an
    aside ("X’s", "for his wife, X").
    """

    first: int
    last: int
    kind: NameKind
    words: tuple[str, ...]
    gender: str = "-"
    honorific: str = ""
    nick: str = ""
    weight: int = 0
    leads: bool = True


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
    return without_epithets(parse, found)


def _entities(parse: Parse) -> Iterator[tuple[int, int, str]]:
    token = 0
    while token < len(parse):
        label = parse.entity[token]
        if not label:
            token += 1
            continue
        last = token
        while last + 1 < len(parse) and parse.entity[last + 1] == label and not _apart(parse, token, last, label):
            last += 1
        if label in _LABELS:
            yield token, last, label
        token = last + 1


def _apart(parse: Parse, first: int, last: int, label: str) -> bool:
    """Whether another name begins behind these tokens, and not the rest of a person's whose first word the recogniser cut off ("Htun |
    Maung Shwe")."""
    if not parse.begins[last + 1]:
        return False
    if label != "PERSON" or first != last or parse.dep[first] != "compound" or parse.tag[first] != "NNP":
        return True
    joined = first < parse.head[first] <= first + 3
    return not joined or lexicons.is_listed_role(parse.lower[first]) or is_honorific(parse, first)


def _overlooked(parse: Parse) -> Iterator[tuple[int, int, str]]:
    """Capitalised pairs that carry no label, the first a given name or behind an honorific."""
    for token in range(len(parse) - 1):
        if parse.tag[token] != "NNP" or parse.entity[token] or not parse.words[token][:1].isupper():
            continue
        address = token > 0 and is_honorific(parse, token - 1)
        given = given_gender(parse.words[token]) is not None or is_initials(parse.words[token])
        if not (address or (given and parse.tag[token + 1] == "NNP" and not parse.entity[token + 1])):
            continue
        last = token
        while last + 1 < len(parse) and parse.tag[last + 1] == "NNP" and not parse.entity[last + 1] and last - token < 3:
            last += 1
        yield token, last, "PERSON"


def _mend(parse: Parse, first: int, last: int, label: str) -> Iterator[Name]:
    cut = next((token for token in range(first, last + 1) if "\n" in parse.words[token] or _list_comma(parse, token, last)), None)
    if cut is not None:
        last = cut - 1
    if any(
        parse.tag[token] in {"VBD", "VBZ", "VBP", "MD"} and parse.words[token].islower() and parse.lower[token] not in PARTICLES
        for token in range(first, last + 1)
    ):
        return  # a sentence in title case, no name
    while last >= first and (parse.lower[last] in _LOOSE or parse.space(last) or parse.tag[last] == "POS"):
        last -= 1
    while first <= last and (parse.lower[first] in {"the", "a", "an"} or not any(c.isalnum() for c in parse.words[first])):
        first += 1
    party = first < last and parse.words[first] in {"R", "D", "I"} and parse.words[first + 1] in {"-", "–"}
    if party or style_of(parse, first, last):
        return  # "R-Ohio", a party and a state; "the Earl of Tarn"
    if (owner := owner_in(parse, first, last)) is not None:
        yield from _mend(parse, first, owner, "PERSON")
        return
    while label != "PERSON" and first < last and begins_title(parse, last):
        last -= 1
    last = over_hyphen(parse, first, last, label)
    first = behind_people(parse, first, last)
    if first > last or not any(parse.words[token][:1].isupper() for token in range(first, last + 1)):
        return
    cut = next((t for t in range(first + 1, last) if breaks(parse, t)), None)
    if cut is not None:  # "Harbour Prize after Adair", out of a headline
        yield from _mend(parse, first, cut - 1, label)
        return
    if label == "PERSON" or first < last or not body_words(parse, first, last):
        first = _with_first_name(parse, first, last, label)
    yield from _named(parse, first, last, label)


def _named(parse: Parse, first: int, last: int, label: str) -> Iterator[Name]:
    """The mended tokens as a person's name, a body's or a place's."""
    last = firm_end(parse, last, label)
    address = first < last and (shows_person(parse, first) or (label == "PERSON" and is_honorific(parse, first)))
    weight = evidence(parse, first, last, label)
    hyphenated = last - first >= 3 and parse.words[last - 1] == "-" and label not in _PLACE_LABELS
    if hyphenated and weight > -TELLS:
        weight += 2 * HINTS
    if not address and last - first >= 2 and is_honorific(parse, first) and label not in _PLACE_LABELS and weight > -TELLS:
        weight += 2 * HINTS  # "Sister Immaculata X": a rank, and a name of two words
    if weight > 0 or address:
        yield from _person(parse, first, last, label)
        return
    if label not in _PLACE_LABELS:
        first, last = whole_body(parse, first, last)
    words = tuple(filter(None, (fold(parse.words[token]) for token in range(first, last + 1))))
    if words:
        kind: NameKind = "place" if label in _PLACE_LABELS and not body_words(parse, first, last) else "organisation"
        yield Name(first, last, kind, words, weight=weight)


def _with_first_name(parse: Parse, first: int, last: int, label: str) -> int:
    """The token before a surname when it is a capitalised word without a label that belongs to it ("Beatrix | Mwangi-Stone")."""
    before = first - 1
    foreign = label == "PERSON" and before >= 0 and not parse.words[before].isascii() and not parse.words[first].isascii()
    if foreign and parse.words[before].istitle() and parse.words[before].isalpha() and not parse.entity[before]:
        return before  # whatever the tagger made of it
    if before < 0 or parse.entity[before] or parse.tag[before] != "NNP" or not first <= parse.head[before] <= last:
        return first
    word = parse.lower[before]
    surname = first == last or any(parse.words[token] == "-" for token in range(first, last))
    if not surname and (label != "PERSON" or word.isascii()):
        return first
    title = lexicons.is_listed_role(word) or word in lexicons.genders("honorifics.tsv") or word in lexicons.words("organisation_words.txt")
    opens = before == parse.bounds[parse.sentence[before]][0] and lexicons.is_role(word)
    return first if title or opens or not parse.words[before].isalpha() or parse.words[before].isupper() else before


def _list_comma(parse: Parse, token: int, last: int) -> bool:
    behind = parse.lower[token + 1] if token < last else ""
    return parse.words[token] == "," and behind not in SUFFIXES and not is_legal_form(behind)


def _person(parse: Parse, first: int, last: int, label: str) -> Iterator[Name]:
    honorifics = lexicons.genders("honorifics.tsv")
    if first == last and parse.lower[first] in honorifics:  # the pipeline saw the honorific alone: the name comes behind it
        behind = behind_honorifics(parse, first)
        if behind < len(parse) and parse.tag[behind] == "NNP" and parse.words[behind][:1].isupper() and not parse.space(behind - 1):
            last = behind
        while last + 1 < len(parse) and (
            parse.tag[last + 1] in {"NNP", "NNPS"} or (parse.words[last + 1] == "-" and parse.tag[last + 2 : last + 3] == ["NNP"])
        ):
            last += 1
    first, gender, honorific = _without_titles(parse, first, last)
    if parse.lower[first] in {"of", "for"}:
        return  # "Secretary of State": a title, and nobody's name
    if first < last and first == parse.bounds[parse.sentence[first]][0] and _role_opens(parse, first, last):
        first += 1  # "Climber Pemba Dorje", at the head of a sentence
    if last - first >= 2 and parse.lower[first] in lexicons.verbs() and given_gender(parse.lower[first]) is None:
        first += 1  # "Rip Imre Fodor", out of a headline
    if body_words(parse, first, last) and first < last:
        words = tuple(filter(None, (fold(parse.words[token]) for token in range(first, last + 1))))
        yield Name(first, last, "organisation", words, weight=-SURE)
        return
    if not honorific:
        honorific, told = _honorific_before(parse, first)
        gender = told if gender == "-" else gender
    first, last = widened(parse, first, last)
    inner = [token for token in range(first, last + 1) if not is_nickname(parse, token, first, last)]
    nick = next((fold(parse.words[token]) for token in range(first, last + 1) if token not in inner), "")
    nick = nick or (other_name(parse, last) if len(inner) > 1 else "")
    words = tuple(filter(None, (fold(parse.words[token]) for token in inner)))
    if gender == "-":
        gender = _gender_beside(parse, first, last)
    if words:
        weight = evidence(parse, first, last, label) + (SURE if honorific else 0)
        yield Name(first, last, "person", words, gender, honorific, nick, max(weight, HINTS), _leads(parse, first, last))


def full_name(parse: Parse, first: int, last: int) -> Name | None:
    """A person's name of tokens that are known to be one."""
    return next(_person(parse, first, last, "PERSON"), None)


def _leads(parse: Parse, first: int, last: int) -> bool:
    """Whether a name is more than an aside: no possessor, and no kin of somebody ("for his wife X")."""
    if parse.dep[last] in {"poss", "dobj"} or (parse.dep[last] == "pobj" and parse.lower[parse.head[last]] != "to"):
        return False
    subject = parse.head[last] if parse.dep[last] == "appos" else last
    if parse.dep[subject] in SUBJECTS and parse.dep[parse.head[subject]] != "relcl":
        return True
    token = first - 1 - (first > 0 and parse.words[first - 1] == ",")
    return token < 0 or not (parse.words[token].islower() and parse.lower[token] in lexicons.words("kin.txt"))


def _without_titles(parse: Parse, first: int, last: int) -> tuple[int, str, str]:
    """Where a name begins behind the honorifics and titles that the entity holds, and the gender and the honorific they say."""
    gender, honorific = "-", ""
    honorifics = lexicons.genders("honorifics.tsv")
    while first < last:
        word = parse.lower[first]
        listed = word in honorifics
        if not listed and parse.words[first] == "." and honorific:
            first += 1  # "Rev", its full stop a token of its own
            continue
        if not (listed or (lexicons.is_listed_role(word) and given_gender(word) is None)):
            break
        if listed and honorifics[word] != "-":
            gender = honorifics[word]
        elif gender == "-":
            gender = gendered(word)
        honorific = word.rstrip(".") if listed else honorific
        first += 1
    return first, gender, honorific


def _role_opens(parse: Parse, first: int, last: int) -> bool:
    """Whether a capitalised word at the head of a sentence is a title or a tie and no given name that ends like one ("Pieter")."""
    word = parse.lower[first]
    if given_gender(word) is not None:
        return False
    kin = word in lexicons.words("kin.txt") or (word.endswith("s") and word[:-1] in lexicons.words("kin.txt"))
    return last - first >= 2 and (lexicons.is_listed_role(word) or kin or (parse.tag[first] == "NN" and lexicons.is_role(word)))


def _honorific_before(parse: Parse, first: int) -> tuple[str, str]:
    """The honorific right before a name and its gender."""
    at = first - 1
    if at > 0 and parse.words[at] == "." and parse.end[at - 1] == parse.start[at]:
        at -= 1
    if at < 0 or parse.space(at) or not is_honorific(parse, at):
        return "", "-"
    return parse.lower[at].rstrip("."), lexicons.genders("honorifics.tsv")[parse.lower[at]]


def _gender_beside(parse: Parse, first: int, last: int) -> str:
    """The gender that a noun right before a name shows ("chairwoman X", "his sister, X"), or one right behind it (", a nun,")."""
    token = first - 1
    if token >= 0 and parse.words[token] == ",":
        token -= 1
        if not (parse.words[token].islower() and (parse.dep[last] == "appos" or parse.tag[token] == "NN")):
            token = -1
    for at in (token, token - 1):
        if at < 0 or parse.space(at):
            break
        told = gendered(parse.lower[at])
        if told == "-":
            told = lexicons.genders("honorifics.tsv").get(parse.lower[at], "-") if parse.words[at][:1].isupper() else "-"
        if told != "-":
            return told
        if parse.tag[at] not in {"NN", "NNP", "JJ"}:
            break
    return _gender_behind(parse, last)


def _gender_behind(parse: Parse, last: int) -> str:
    """The gender of the nouns in the apposition behind a name ("a carpet dealer and father of three", "her husband")."""
    if last + 2 >= len(parse) or parse.words[last + 1] != ",":
        return "-"
    if parse.lower[last + 2] not in {"a", "an", "the", "his", "her", "their"} and parse.tag[last + 2] not in {"NN", "CD"}:
        return "-"
    for token in range(last + 2, min(last + 14, len(parse))):
        if parse.words[token] in {".", ";", ":"} or (parse.words[token] == "," and parse.tag[token - 1] != "CD"):
            break
        if parse.tag[token] in {"VBD", "VBZ", "WP", "WDT", "WP$", "IN"} and parse.lower[token] not in {"of"}:
            break
        if parse.tag[token] == "NN" and parse.tag[token + 1 : token + 2] not in (["POS"], ["NN"]):
            told = gendered(parse.lower[token])
            if told != "-":
                return told
    return "-"


def bare_name(parse: Parse, head: int, *, person: bool) -> Name | None:
    """The capitalised words around a noun as a name, for one that the pipeline did not see as an entity."""
    if parse.tag[head] not in {"NNP", "NNPS"} or not parse.words[head][:1].isupper():
        return None
    if _describes(parse.lower[head]) or is_honorific(parse, head):
        return None
    first = last = head
    while first > 0 and parse.head[first - 1] in range(first, head + 1):
        hyphen = parse.words[first - 1] == "-" and parse.end[first - 1] == parse.start[first]
        if not hyphen and not (parse.tag[first - 1] in {"NNP", "NNPS"} and parse.words[first - 1][:1].isupper()):
            break
        first -= 1
    if parse.words[first] == "-":
        return None
    while (
        last + 1 < len(parse)
        and parse.tag[last + 1] in {"NNP", "NNPS"}
        and parse.words[last + 1][:1].isupper()
        and parse.lower[last + 1] not in {"'s"}
    ):
        last += 1
    if first == last and (end := end_of_such(parse, last)) > last:
        named = tuple(filter(None, (fold(parse.words[token]) for token in range(first, end + 1))))
        return Name(first, end, "organisation", named)
    first, gender, honorific = _without_titles(parse, first, last)
    if not honorific:
        honorific, told = _honorific_before(parse, first)
        gender = told if gender == "-" else gender
    words = tuple(filter(None, (fold(parse.words[token]) for token in range(first, last + 1))))
    if not words or (first == last and (body_words(parse, first, last) or parse.entity[first] == "DATE")):
        return None
    weight = evidence(parse, first, last, "") + (SURE if honorific else 0) + (HINTS if person else -HINTS)
    kind: NameKind = "person" if weight > 0 else "organisation"
    if gender == "-" and kind == "person":
        gender = _gender_beside(parse, first, last)
    return Name(first, last, kind, words, gender if kind == "person" else "-", honorific, weight=weight)


def unlabelled_names(parse: Parse, taken: set[int]) -> Iterator[Name]:
    """Subjects and appositions of two capitalised words and more that nothing has named yet ("Calder Water apologised"): bodies, most
    likely, unless the words beside them show a person."""
    for token in range(1, len(parse)):
        if (
            parse.dep[token] not in {"nsubj", "nsubjpass", "appos", "dobj", "pobj"}
            or token in taken
            or parse.entity[token]
            or parse.tag[token] not in {"NNP", "NNPS"}
        ):
            continue
        name = bare_name(parse, token, person=False)
        if name is not None and parse.dep[token] in {"dobj", "pobj", "appos"} and abs(name.weight) < TELLS - HINTS:
            continue
        if name is not None and name.last > name.first and not taken & set(range(name.first, name.last + 1)):
            taken |= set(range(name.first, name.last + 1))
            yield name


def _describes(noun: str) -> bool:
    """Whether a capitalised noun is a description all the same ("Judge", "Democrats")."""
    return lexicons.is_listed_role(noun) or noun in {"democrat", "democrats", "republican", "republicans", "tory", "tories"}
