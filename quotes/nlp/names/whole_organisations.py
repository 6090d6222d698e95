"""The whole of a body's name, where the recogniser of names took in only a part of it."""

from __future__ import annotations

from quotes import lexicons
from quotes.nlp.names.entity_kinds import body_words, business_words
from quotes.nlp.names.organisation_spans import body_at
from quotes.nlp.parsing.parse import Parse

_LABELS = frozenset({"", "ORG"})


def whole_body(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """A body's name with the capitalised words that belong to it on both sides ("Roads | and Bridges Authority | for the North")."""
    if not body_words(parse, first, last):
        return first, last
    return _leftwards(parse, first, last), _rightwards(parse, first, last)


def _part(parse: Parse, token: int, last: int) -> bool:
    """Whether a word is a capitalised one that hangs, over others, on a name's last word."""
    return (
        parse.words[token][:1].isupper()
        and parse.tag[token] in {"NNP", "NNPS"}
        and any(above == last for above in parse.ancestors(token))
        and parse.sentence[token] == parse.sentence[last]
    )


def _leftwards(parse: Parse, first: int, last: int) -> int:
    """Where the name begins: over "and" to the word joined, and a country before that."""
    if (
        first > 0
        and last > first
        and parse.entity[first - 1] == "GPE"
        and parse.words[first - 1].istitle()
        and parse.dep[first - 1] == "compound"
        and parse.head[first - 1] == last
        and parse.entity[max(first - 2, 0)] != "GPE"
    ):
        return first - 1  # "Tarnmouth | General Hospital"
    joined = first > 1 and parse.lower[first - 1] in {"and", "&"} and parse.entity[first - 2] in _LABELS and _part(parse, first - 2, last)
    if not joined:
        return first
    first -= 2
    while first > 0 and _part(parse, first - 1, last) and parse.entity[first - 1] in _LABELS | {"GPE"}:
        first -= 1
    return first


def _rightwards(parse: Parse, first: int, last: int) -> int:
    """Where the name ends: behind "of", "for" and "on", and the capitalised words that these govern."""
    behind = parse.lower[last + 1 : last + 2]
    if behind not in (["of"], ["for"], ["on"]) or parse.head[last + 1] not in range(first, last + 1):
        return last
    if last + 3 < len(parse) and parse.lower[last + 2] in {"a", "an"} and parse.words[last + 3][:1].isupper():
        end = last + 3
        while end + 1 < len(parse) and parse.words[end + 1][:1].isupper() and parse.tag[end + 1] in {"NNP", "NNPS"}:
            end += 1
        return end
    if first == last and (end := end_of_such(parse, last)) > last:
        return end
    body = body_at(parse, first, parse.bounds[parse.sentence[last]][1] - 1)
    if body is None or body[0] != first or body[1] <= last or not parse.words[body[1]][:1].isupper():
        return last
    return body[1]


def end_of_such(parse: Parse, noun: int) -> int:
    """Where the name that begins with one capitalised noun and "of" ends ("Port | of Tarn"), whatever label the rest has; the noun itself
    where it does not go on so."""
    if parse.lower[noun + 1 : noun + 2] != ["of"] or parse.head[noun + 1] != noun or not parse.words[noun + 2 : noun + 3]:
        return noun
    end = noun + 1
    while end + 1 < len(parse) and parse.words[end + 1][:1].isupper() and parse.tag[end + 1] in {"NNP", "NNPS"}:
        end += 1
    return end if end > noun + 1 else noun


def is_legal_form(word: str) -> bool:
    """Whether a word is what a firm is by law ("Inc.", "plc")."""
    return word.casefold().rstrip(".") in lexicons.words("legal_forms.txt")


def firm_end(parse: Parse, last: int, label: str) -> int:
    """The last token of a firm's name of which only the beginning has its label ("Orrin | Valley Builders", "GrainRoute | Bolivia")."""
    if last + 1 < len(parse) and is_legal_form(parse.words[last + 1]) and parse.words[last + 1][0].isupper():
        return last + 1  # "Orrin | Corp"
    head = parse.head[last]
    if head <= last or head - last > 3 or parse.dep[last] != "compound":
        return last
    run = range(last + 1, head + 1)
    if label == "ORG" and head == last + 1 and parse.entity[head] in {"GPE", "LOC"} and parse.words[head].istitle():
        return head
    capitals = all(parse.words[t][:1].isupper() and parse.tag[t] in {"NNP", "NNPS"} and not parse.entity[t] for t in run)
    return head if capitals and (body_words(parse, head, head) or parse.lower[head] in business_words()) else last
