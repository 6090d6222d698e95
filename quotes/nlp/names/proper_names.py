"""Proper names in an article: where they stand, and whether a person's, an organisation's or a place's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from quotes import lexicons
from quotes.nlp.names.abbreviations import abbreviations
from quotes.nlp.names.entity_kinds import CERTAIN, WEAK, has_organisation_word, person_evidence
from quotes.nlp.names.name_parts import (
    PARTICLES,
    SUFFIXES,
    after_honorifics,
    expanded_name,
    fold,
    given_name_gender,
    is_dash,
    is_honorific,
    is_initials,
    is_personal_honorific,
    is_quoted_nickname,
    noun_gender,
)
from quotes.nlp.names.organisation_spans import firm_end, is_legal_form, is_organisation_noun, whole_organisation
from quotes.nlp.parsing.parse import SUBJECTS, Parse

NameKind = Literal["person", "organisation", "place"]
_ORGANISATION_LABELS = frozenset({"ORG", "FAC", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})
_PLACE_LABELS = frozenset({"GPE", "LOC"})
#: What no name ends with.
_EDGES = frozenset({"'s", "’s", "'", "’", ",", ".", "of", "for", "and"})
_LABELS = _ORGANISATION_LABELS | _PLACE_LABELS | {"PERSON"}


@dataclass(frozen=True, slots=True)
class Name:
    """One printed name: its tokens (both included), without honorific, leading article or possessive.

    `gender` by its honorific or the noun beside it; `honorific` as printed, lower case; `nickname` the nickname that stands in it in
    marks, or what the person is known as; `weight` how much speaks for a person here (above 0) or for an organisation; `prominent`
    whether it is more than an aside ("X’s", "for his wife, X").
    """

    first: int
    last: int
    kind: NameKind
    words: tuple[str, ...]
    gender: str = "-"
    honorific: str = ""
    nickname: str = ""
    weight: int = 0
    prominent: bool = True


def names_of(parse: Parse) -> list[Name]:
    """Every proper name of the text in order: the pipeline's entities, their edges mended, nicknames in marks joined, and full names that
    the pipeline overlooked behind an honorific or with a given name in front."""
    defined = [(each.first, each.last) for each in abbreviations(parse)]
    others = (
        each
        for each in (*_entities(parse), *_overlooked(parse))
        if not any(first <= each[1] and each[0] <= last for first, last in defined)
    )
    found: list[Name] = []
    for first, last, label in sorted([*others, *((first, last, "ORG") for first, last in defined)]):
        for name in _clean_edges(parse, first, last, label, whole=(first, last) in defined):
            if not found or name.first > found[-1].last:
                found.append(name)
            elif name.last - name.first > found[-1].last - found[-1].first:
                found[-1] = name
    return found


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
    """Whether another name begins behind these tokens, and not the rest of a person's whose first word the entity recogniser cut off
    ("Htun | Maung Shwe")."""
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
        given = given_name_gender(parse.words[token]) is not None or is_initials(parse.words[token])
        if not (address or (given and parse.tag[token + 1] == "NNP" and not parse.entity[token + 1])):
            continue
        last = token
        while last + 1 < len(parse) and parse.tag[last + 1] == "NNP" and not parse.entity[last + 1] and last - token < 3:
            last += 1
        yield token, last, "PERSON"


def _clean_edges(parse: Parse, first: int, last: int, label: str, *, whole: bool) -> Iterator[Name]:
    """The name or names of an entity; `whole` says that it may hold a comma."""
    ends = (
        token for token in range(first, last + 1) if "\n" in parse.words[token] or is_dash(parse, token) or _list_comma(parse, token, last)
    )
    cut = next(ends, None)
    if cut is not None and not whole:
        last = cut - 1
    if any(
        parse.tag[token] in {"VBD", "VBZ", "VBP", "MD"} and parse.words[token].islower() and parse.lower[token] not in PARTICLES
        for token in range(first, last + 1)
    ):
        return  # a sentence in title case, no name
    while last >= first and (parse.lower[last] in _EDGES or parse.space(last) or parse.tag[last] == "POS"):
        last -= 1
    while first <= last and (parse.lower[first] in {"the", "a", "an"} or not any(c.isalnum() for c in parse.words[first])):
        first += 1
    party = first < last and parse.words[first] in {"R", "D", "I"} and parse.words[first + 1] in {"-", "–"}
    if party or first > last or not any(parse.words[token][:1].isupper() for token in range(first, last + 1)):
        return  # "R-Ohio" is a party and a state
    if label == "PERSON" or first < last or not has_organisation_word(parse, first, last):
        first = _with_first_name(parse, first, last, label)
    yield from _named(parse, first, last, label)


def _named(parse: Parse, first: int, last: int, label: str) -> Iterator[Name]:
    """The mended tokens as a person's name, an organisation's or a place's."""
    last = firm_end(parse, last)
    address = first < last and (is_personal_honorific(parse, first) or (label == "PERSON" and is_honorific(parse, first)))
    weight = person_evidence(parse, first, last, label)
    if weight > 0 or address:
        yield from _person(parse, first, last, label)
        return
    if label not in _PLACE_LABELS:
        first, last = whole_organisation(parse, first, last)
    words = tuple(filter(None, (fold(parse.words[token]) for token in range(first, last + 1))))
    if words:
        kind: NameKind = "place" if label in _PLACE_LABELS and not has_organisation_word(parse, first, last) else "organisation"
        yield Name(first, last, kind, words, weight=weight)


def _with_first_name(parse: Parse, first: int, last: int, label: str) -> int:
    """The token before a surname when it is a capitalised word without a label that belongs to it ("Beatrix | Mwangi-Stone")."""
    before = first - 1
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
    after = parse.lower[token + 1] if token < last else ""
    return parse.words[token] == "," and after not in SUFFIXES and not is_legal_form(after)


def _person(parse: Parse, first: int, last: int, label: str) -> Iterator[Name]:
    honorifics = lexicons.genders("honorifics.tsv")
    if first == last and parse.lower[first] in honorifics:  # the pipeline saw the honorific alone: the name comes behind it
        after = after_honorifics(parse, first)
        if after < len(parse) and parse.tag[after] == "NNP" and parse.words[after][:1].isupper() and not parse.space(after - 1):
            last = after
        while last + 1 < len(parse) and (
            parse.tag[last + 1] in {"NNP", "NNPS"} or (parse.words[last + 1] == "-" and parse.tag[last + 2 : last + 3] == ["NNP"])
        ):
            last += 1
    first, gender, honorific = _without_titles(parse, first, last)
    if not honorific:
        honorific, shown = _honorific_before(parse, first)
        gender = shown if gender == "-" else gender
    first, last = expanded_name(parse, first, last)
    inner = [token for token in range(first, last + 1) if not is_quoted_nickname(parse, token, first, last)]
    nickname = next((fold(parse.words[token]) for token in range(first, last + 1) if token not in inner), "")
    words = tuple(filter(None, (fold(parse.words[token]) for token in inner)))
    if gender == "-":
        gender = _gender_beside(parse, first, last)
    if words:
        weight = person_evidence(parse, first, last, label) + (CERTAIN if honorific else 0)
        yield Name(first, last, "person", words, gender, honorific, nickname, max(weight, WEAK), _is_prominent(parse, first, last))


def _is_prominent(parse: Parse, first: int, last: int) -> bool:
    """Whether a name is more than an aside: no possessor, and no relatives of somebody ("for his wife X")."""
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
        if not (listed or (lexicons.is_listed_role(word) and given_name_gender(word) is None)):
            break
        if listed:
            gender = honorifics[word] if honorifics[word] != "-" else gender
            honorific = word.rstrip(".")
        elif gender == "-":
            gender = noun_gender(word)
        first += 1
    return first, gender, honorific


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
        shown = noun_gender(parse.lower[at])
        if shown == "-":
            shown = lexicons.genders("honorifics.tsv").get(parse.lower[at], "-") if parse.words[at][:1].isupper() else "-"
        if shown != "-":
            return shown
        if parse.tag[at] not in {"NN", "NNP", "JJ"}:
            break
    return _gender_after(parse, last)


def _gender_after(parse: Parse, last: int) -> str:
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
            shown = noun_gender(parse.lower[token])
            if shown != "-":
                return shown
    return "-"


def capitalised_name(parse: Parse, head: int, *, person: bool) -> Name | None:
    """The capitalised words around a noun as a name, for one that the pipeline did not see as an entity."""
    if parse.tag[head] not in {"NNP", "NNPS"} or not parse.words[head][:1].isupper():
        return None
    if _is_description(parse.lower[head]) or is_honorific(parse, head):
        return None
    first = last = head
    while first > 0 and parse.head[first - 1] in range(first, head + 1):
        hyphen = parse.words[first - 1] == "-" and parse.end[first - 1] == parse.start[first]
        if not hyphen and not (parse.tag[first - 1] in {"NNP", "NNPS"} and parse.words[first - 1][:1].isupper()):
            break
        first -= 1
    while (
        last + 1 < len(parse)
        and parse.tag[last + 1] in {"NNP", "NNPS"}
        and parse.words[last + 1][:1].isupper()
        and parse.lower[last + 1] not in {"'s"}
    ):
        last += 1
    first, gender, honorific = _without_titles(parse, first, last)
    if not honorific:
        honorific, shown = _honorific_before(parse, first)
        gender = shown if gender == "-" else gender
    words = tuple(filter(None, (fold(parse.words[token]) for token in range(first, last + 1))))
    if not words or (first == last and (has_organisation_word(parse, first, last) or parse.entity[first] == "DATE")):
        return None
    weight = person_evidence(parse, first, last, "") + (CERTAIN if honorific else 0) + (WEAK if person else -WEAK)
    kind: NameKind = "person" if weight > 0 else "organisation"
    return Name(first, last, kind, words, gender if kind == "person" else "-", honorific, weight=weight)


def _is_description(noun: str) -> bool:
    """Whether a capitalised noun is a description all the same ("Judge", "Democrats")."""
    return lexicons.is_listed_role(noun) or noun in {"democrat", "democrats", "republican", "republicans", "tory", "tories"}


def introductions(parse: Parse, heads: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The full names, as first and last tokens, that end with the word of a source which is a common word by itself ("Day said", of "Ada
    Day stayed in bed")."""
    wanted = {
        parse.words[head]
        for head in heads
        if parse.left[head] == head and parse.words[head].istitle() and parse.tag[head] not in {"NNS", "NNPS"}
    }
    for last in range(1, len(parse) if wanted else 0):
        if parse.words[last] not in wanted:
            continue
        first = last
        while first > 0 and parse.tag[first - 1] == "NNP" and parse.words[first - 1].istitle() and not is_honorific(parse, first - 1):
            first -= 1
        means = lexicons.is_role(parse.lower[last]) or is_organisation_noun(parse.lower[last])
        named = first < last and ((parse.head[first] == last and not means) or parse.entity[first] == "PERSON")
        if named and not any(lexicons.is_listed_role(parse.lower[token]) for token in range(first, last)):
            yield first, last


def full_name(parse: Parse, first: int, last: int) -> Name | None:
    """A person's name of tokens that are known to be one."""
    return next(_person(parse, first, last, "PERSON"), None)
