"""Where a proper name begins and ends: what the recogniser took in too much or left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quotes import lexicons
from quotes.components.bodies import is_body_noun
from quotes.components.name_parts import PARTICLES, given_gender, is_honorific
from quotes.components.parse import Parse


def owner_in(parse: Parse, first: int, last: int) -> int | None:
    """The last token of a person's full name of which what the person has was taken for a part ("Ada Oram | 's Long Battle")."""
    end = next((token - 1 for token in range(first + 2, last) if parse.tag[token] == "POS"), None)
    return end if end is not None and end > first and given_gender(parse.words[first]) is not None else None


def begins_title(parse: Parse, last: int) -> bool:
    """Whether the last word that the recogniser took into a body's name begins a title ("White House Press | Secretary")."""
    behind = parse.lower[last + 1 : last + 2]
    return bool(behind) and f"{parse.lower[last]} {behind[0]}" in lexicons.standings() and not is_body_noun(parse.lower[last])


def over_hyphen(parse: Parse, first: int, last: int, label: str) -> int:
    """Where a person's name ends that the recogniser cut off at a hyphen ("Ada Oram | -Finch")."""
    at = last if first < last and parse.words[last] == "-" else last + 1
    if label != "PERSON" or at + 1 >= len(parse) or parse.words[at] != "-" or not parse.words[at + 1].istitle():
        return last
    glued = parse.end[at - 1] == parse.start[at] and parse.end[at] == parse.start[at + 1]
    return at + 1 if glued and first < at - 1 and parse.tag[at + 1] == "NNP" and parse.entity[at + 1] in {"", "PERSON"} else last


def introductions(parse: Parse, heads: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The full names, as first and last tokens, that end with the word of a source which is a common word by itself ("Day said", of "Ada
    Day stayed in bed")."""
    wanted = {parse.words[head] for head in heads if parse.left[head] == head and parse.words[head].istitle()}
    for last in range(1, len(parse) if wanted else 0):
        if parse.words[last] not in wanted:
            continue
        first = last
        while first > 0 and parse.tag[first - 1] == "NNP" and parse.words[first - 1].istitle() and not is_honorific(parse, first - 1):
            first -= 1
        named = first < last and (parse.head[first] == last or parse.entity[first] == "PERSON")
        if named and not any(lexicons.is_listed_role(parse.lower[token]) for token in range(first, last)):
            yield first, last


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
