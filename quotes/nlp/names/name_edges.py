"""Where a proper name begins and ends: what the recogniser took in too much or left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes import lexicons
from quotes.nlp.names.name_parts import PARTICLES, SUFFIXES, fold, given_gender, is_honorific, is_initials
from quotes.nlp.names.organisation_spans import is_body_noun
from quotes.nlp.parsing.parse import Parse

if TYPE_CHECKING:
    from quotes.nlp.names.proper_names import Name

#: Share of the longer words of a headline that begin with a capital.
HEADLINE = 0.8


def owner_in(parse: Parse, first: int, last: int) -> int | None:
    """The last token of a person's full name of which what the person has was taken for a part ("Ada Oram | 's Long Battle")."""
    end = next((token - 1 for token in range(first + 2, last) if parse.tag[token] == "POS"), None)
    return end if end is not None and end > first and given_gender(parse.words[first]) is not None else None


def begins_title(parse: Parse, last: int) -> bool:
    """Whether the last word that the recogniser took into a body's name begins a title ("White House Press | Secretary")."""
    behind = parse.lower[last + 1 : last + 2]
    return bool(behind) and f"{parse.lower[last]} {behind[0]}" in lexicons.role_nouns() and not is_body_noun(parse.lower[last])


def over_hyphen(parse: Parse, first: int, last: int, label: str) -> int:
    """Where a person's name ends that the recogniser cut off at a hyphen ("Ada Oram | -Finch", "Cho Min- | seo"). No name ends with one."""
    inside = first < last and parse.words[last] == "-"
    at = last if inside else last + 1
    if label != "PERSON" or at >= len(parse) or parse.words[at] != "-":
        return last
    whole = last - 1 if inside else last
    if at + 1 >= len(parse) or parse.end[at - 1] != parse.start[at] or parse.end[at] != parse.start[at + 1]:
        return whole
    named = parse.words[at + 1].istitle() or (inside and parse.words[at + 1].isalpha())
    tags = {"NNP", "NN"} if inside else {"NNP"}
    return at + 1 if named and first < at - 1 and parse.tag[at + 1] in tags and parse.entity[at + 1] in {"", "PERSON"} else whole


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
        means = lexicons.is_role(parse.lower[last]) or is_body_noun(parse.lower[last])
        named = first < last and ((parse.head[first] == last and not means) or parse.entity[first] == "PERSON")
        if named and not any(lexicons.is_listed_role(parse.lower[token]) for token in range(first, last)):
            yield first, last


def style_of(parse: Parse, first: int, last: int) -> bool:
    """Whether a capitalised title, "the" before it and "of" behind, describes its holder, and is no name ("the Earl of Tarn")."""
    while last + 1 < len(parse) and parse.words[last + 1].istitle() and lexicons.is_listed_role(parse.lower[last + 1]):
        last += 1
    while first > 0 and (
        is_honorific(parse, first - 1) or (parse.words[first - 1].istitle() and lexicons.is_listed_role(parse.lower[first - 1]))
    ):
        first -= 1  # of "Lord Mayor" the recogniser saw half
    end = next((token for token in range(first, last + 2) if parse.lower[token : token + 1] == ["of"]), None)
    if end is None or end == first or first == 0 or parse.lower[first - 1] != "the":
        return False
    return all(lexicons.is_listed_role(parse.lower[token]) or is_honorific(parse, token) for token in range(first, end))


def breaks(parse: Parse, token: int) -> bool:
    """Whether a preposition ends the name before it."""
    word = parse.lower[token]
    return parse.tag[token] == "IN" and word not in {"of", "for", "and", "in", "on", "at"} and word not in PARTICLES


def behind_people(parse: Parse, first: int, last: int) -> int:
    """Where the name begins in "Customers of the Bank X": a common noun at the head of a sentence is no part of it."""
    if last - first < 2 or first != parse.bounds[parse.sentence[first]][0] or parse.lower[first + 1] not in {"of", "at", "from", "in"}:
        return first
    noun = parse.lower[first]
    people = noun.endswith("s") and (lexicons.is_role(noun) or noun in lexicons.words("plural_people.txt"))
    if not people:
        return first
    first += 2
    return first + 1 if parse.lower[first] in {"the", "a", "an"} and first < last else first


def without_epithets(parse: Parse, names: list[Name]) -> list[Name]:
    """Names without a word before the given name or the surname that is none ("Crooked | Imre Fodor", "First | Fodor") or, out of a
    headline, a word behind it ("Imre Fodor | Joins"), where the article prints them without it too."""
    full = [name.words for name in names if name.kind == "person" and len(name.words) > 1]
    plain = {*full, *(words[-1:] for words in full if given_gender(words[0]) is not None)}
    return [_trimmed(parse, name, plain) if name.kind == "person" and len(name.words) > 1 else name for name in names]


def _trimmed(parse: Parse, name: Name, plain: Set[tuple[str, ...]]) -> Name:
    opens = fold(parse.words[name.first]) == name.words[0] and not is_initials(parse.words[name.first])
    if opens and name.words[1:] in plain and given_gender(name.words[0]) is None:
        common = parse.tag[name.first] not in {"NNP", "NNPS", "FW"} or name.words[0] in lexicons.words("function_words.txt")
        known = given_gender(name.words[1]) is not None if len(name.words) > 2 else common
        if known:
            return replace(name, first=name.first + 1, words=name.words[1:])
    closes = fold(parse.words[name.last]) == name.words[-1] and name.words[-1] not in SUFFIXES
    if len(name.words) > 2 and name.words[:-1] in plain and closes and _in_capitals(parse, name.last):
        return replace(name, last=name.last - 1, words=name.words[:-1])
    return name


def _in_capitals(parse: Parse, token: int) -> bool:
    """Whether nearly all words around a token begin with a capital, as in a headline."""
    first, stop = parse.bounds[parse.sentence[token]]
    words = [word for word in parse.words[max(first, token - 3) : min(stop, token + 6)] if word.isalpha() and len(word) > 3]
    return len(words) > 3 and sum(word[0].isupper() for word in words) >= HEADLINE * len(words)
