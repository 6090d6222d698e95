"""Labels: a colon that says who speaks, where there are neither marks nor a verb. Headlines ("Rates to rise: bank") and transcripts
("HALE: We will.")."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quotes import lexicons
from quotes.components.attribution import Attribution
from quotes.components.parse import FINITE_TAGS, NOUN_TAGS, Parse, runs
from quotes.components.sources import Source

#: The longest headline, in tokens, and the longest label.
HEADLINE, LABEL = 26, 6
#: How many labelled paragraphs make a transcript.
TURNS = 3


def labelled(parse: Parse, paragraphs: Sequence[tuple[int, int]], *, taken: Callable[[int], bool] = lambda _: False) -> list[Attribution]:
    """The contents that a label introduces: in the first paragraph if it is a headline, and in every turn of a transcript.

    `taken` tells whether a character already stands in a quote.
    """
    found = []
    if paragraphs:
        headline = _headline(parse, _tokens(parse, *paragraphs[0]))
        if headline is not None and not taken(headline.start):
            found.append(headline)
    turns = [turn for start, end in paragraphs[1:] for turn in [_turn(parse, _tokens(parse, start, end))] if turn is not None]
    names = [_label_text(parse, turn) for turn in turns]
    if len(turns) >= TURNS and len(set(names)) < len(names):  # in a conversation somebody speaks twice
        found.extend(turn for turn in turns if not taken(turn.start))
    return found


def _label_text(parse: Parse, turn: Attribution) -> str:
    assert turn.source is not None
    return parse.text[turn.source.spans[0].start : turn.source.spans[-1].end].casefold()


def _tokens(parse: Parse, start: int, end: int) -> list[int]:
    return [token for token in range(parse.token_at(start), parse.token_at(end - 1) + 1) if not parse.space(token)]


def _headline(parse: Parse, tokens: list[int]) -> Attribution | None:
    if not 3 <= len(tokens) <= HEADLINE:
        return None
    if parse.words[tokens[-1]] == ".":
        tokens = tokens[:-1]
    if any(parse.words[token] in {".", "!", "?"} for token in tokens[:-1]):
        return None
    colons = [index for index, token in enumerate(tokens) if parse.words[token] == ":"]
    if len(colons) != 1:
        return None
    left, right = tokens[: colons[0]], tokens[colons[0] + 1 :]
    colon = tokens[colons[0]]
    if 0 < len(right) <= 4 < len(left) and _speaks(parse, right):
        return _attribution(parse, left, colon, right, "label:headline")
    if 0 < len(left) <= LABEL and len(right) >= 3 and _speaks(parse, left):
        return _attribution(parse, right, colon, left, "label:headline")
    return None


def _speaks(parse: Parse, tokens: Sequence[int]) -> bool:
    """Whether a label names somebody: a named person or body, people, or a document; never a sentence."""
    if any(parse.tag[token] in FINITE_TAGS for token in tokens):
        return False
    noun = parse.lower[tokens[-1]]
    if any(parse.entity[token] in {"PERSON", "ORG"} for token in tokens):
        return True
    known = (
        noun in lexicons.words("documents.txt") or noun in lexicons.words("plural_people.txt") or noun in lexicons.words("collectives.txt")
    )
    return known or lexicons.is_role(noun)


def _turn(parse: Parse, tokens: list[int]) -> Attribution | None:
    """A paragraph of a transcript: a name, in capitals or with a capital each, a colon, and what was said."""
    colon = next((index for index, token in enumerate(tokens[: LABEL + 1]) if parse.words[token] == ":"), None)
    if not colon or len(tokens) < colon + 3:
        return None
    label = tokens[:colon]
    if not all(parse.words[token][:1].isupper() or not parse.words[token][:1].isalnum() for token in label):
        return None
    capitals = all(parse.words[token].isupper() or not parse.words[token].isalpha() for token in label)
    if not capitals and not any(parse.entity[token] == "PERSON" for token in label):
        return None
    return _attribution(parse, tokens[colon + 1 :], tokens[colon], label, "label:transcript")


def _attribution(parse: Parse, content: Sequence[int], colon: int, label: Sequence[int], evidence: str) -> Attribution | None:
    spans, source = runs(parse, content), runs(parse, label)
    if not spans or not source:
        return None
    head = next((token for token in reversed(label) if parse.tag[token] in NOUN_TAGS), label[-1])
    return Attribution(tuple(spans), (parse.span(colon, colon),), Source(tuple(source), head, frozenset(label)), "speech", evidence)
