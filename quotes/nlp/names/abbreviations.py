"""Abbreviations that an article defines in parentheses: "the Bureau of Canals and Locks (BCL)".

The long form is found by the algorithm of Schwartz & Hearst (2003, "A simple algorithm for identifying abbreviation definitions in
biomedical text"): the letters of the short form are looked for from its end backwards, the first at the beginning of a word.
"""

from __future__ import annotations

from typing import NamedTuple

from quotes.nlp.parsing.parse import Parse

_SHORTEST, _LONGEST = 2, 10
#: Entity labels of which an organisation's name never consists wholly.
_OTHER = frozenset({"GPE", "LOC", "NORP", "PERSON"})


class Abbreviation(NamedTuple):
    """The tokens of an organisation's name (both included), and those of the short form behind it in parentheses."""

    first: int
    last: int
    short_first: int
    short_last: int


def abbreviations(parse: Parse) -> list[Abbreviation]:
    """The organisations' names that an article abbreviates, in its order."""
    found = []
    for opening in range(2, len(parse) - 2):
        closing = opening + 2 if parse.words[opening + 2] == ")" else opening + 3
        if parse.words[opening] != "(" or parse.words[closing : closing + 1] != [")"]:
            continue
        short = parse.text[parse.start[opening + 1] : parse.end[closing - 1]]
        if not (_SHORTEST <= len(short) <= _LONGEST and short[0].isalpha() and sum(letter.isupper() for letter in short) > 1):
            continue
        # So many words a long form may have, by the paper.
        earliest = max(parse.bounds[parse.sentence[opening]][0], opening - min(len(short) + 5, 2 * len(short)))
        begin = long_form_start(short, parse.text[parse.start[earliest] : parse.end[opening - 1]])
        first = opening if begin is None else parse.token_at(parse.start[earliest] + begin)
        labels = set(parse.entity[first:opening])
        if first < opening - 1 and parse.words[first][:1].isupper() and not labels <= _OTHER and "PERSON" not in labels:
            found.append(Abbreviation(first, opening - 1, opening + 1, closing - 1))
    return found


def long_form_start(short: str, before: str) -> int | None:
    """Where in `before`, the words in front of the parenthesis, the long form of a short form begins; None where it has none."""
    at = len(before)
    for number, letter in reversed(list(enumerate(short.casefold()))):
        if not letter.isalnum():
            continue
        at -= 1
        while at >= 0 and (before[at].casefold() != letter or (number == 0 and at > 0 and before[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    return before.rfind(" ", 0, at) + 1
