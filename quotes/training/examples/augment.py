"""Augmentation: articles with other quotation marks, other names and another layout, and their annotation.

Each change is a list of edits to a text; spans are mapped through them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from quotes import lexicons
from quotes.corpora.gold import Attribution
from quotes.nlp.detection.quotation_marks import Quotation, find_quotations, paragraphs_of
from quotes.records import Span
from quotes.training.examples.name_labels import Entity

#: A text with its attributions and named entities.
Annotated = tuple[str, tuple[Attribution, ...], tuple[Entity, ...]]
#: Pairs of marks, outer and inner, by how often news in English has them.
STYLES = (
    (("“", "”"), ("‘", "’")),
    (('"', '"'), ("'", "'")),
    (("‘", "’"), ("“", "”")),
    (("'", "'"), ('"', '"')),
    (("«", "»"), ("“", "”")),
    (("„", "“"), ("‚", "‘")),
    (("``", "''"), ("`", "'")),
)
WEIGHTS = (5, 5, 6, 4, 1, 1, 0.5)


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to before `end` are replaced by `text`; `lettered` where each keeps its place, as capitals for small letters."""

    start: int
    end: int
    text: str
    lettered: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """A text after its edits. `first` is where each character of the old text begins now, and what would follow them; `last` where the
    character before each ends. A character inside an edit stands for all of its replacement."""

    text: str
    first: Sequence[int]
    last: Sequence[int]

    def span(self, span: Span) -> Span:
        """A span of the old text in the new one."""
        return Span(self.first[span.start], self.last[span.end])


def edited(text: str, edits: Iterable[Edit]) -> Edited:
    """The text after the edits; of two that overlap the first stays."""
    new, at = "", 0
    first, last = list[int](), [0]

    def append(words: str, old: int, *, lettered: bool) -> None:
        """Put words in the place of so many old characters."""
        nonlocal new
        begin, end = len(new), len(new) + len(words)
        first.extend(range(begin, end) if lettered else [begin] * old)
        last.extend(range(begin + 1, end + 1) if lettered else [end] * old)
        new += words

    for each in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if each.start >= at:
            append(text[at : each.start], each.start - at, lettered=True)
            append(each.text, each.end - each.start, lettered=each.lettered)
            at = each.end
    append(text[at:], len(text) - at, lettered=True)
    return Edited(new, [*first, len(new)], last)


def moved(attributions: Sequence[Attribution], move: Callable[[Span], Span], text: str) -> tuple[Attribution, ...]:
    """Gold attributions in a changed text, their spans moved by `move`; spans of which nothing is left are dropped."""

    def spans(old: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(span for span in map(move, old) if text[span.start : span.end].strip())

    return tuple(replace(each, content=spans(each.content), cue=spans(each.cue), source=spans(each.source)) for each in attributions)


def other_marks(text: str, chance: random.Random) -> list[Edit]:
    """The whole text in another style of quotation marks; sometimes with commas and full stops outside them, as in British news."""
    outer, inner = chance.choices(STYLES, WEIGHTS)[0]
    outside = chance.random() < (0.5 if outer[0] in "‘'" else 0.1)
    edits = []
    for each in find_quotations(text, paragraphs_of(text)):
        opening, closing = (outer, inner)[each.depth % 2]
        edits.append(Edit(each.start, each.start + len(each.mark), opening))
        if each.closed:
            edits.append(_closing(text, each, closing, outside=outside))
    return edits


def _closing(text: str, each: Quotation, closing: str, *, outside: bool) -> Edit:
    at = each.end - _width(text, each)
    if outside and text[at - 1] in ",." and text[at - 2 : at - 1] != ".":
        return Edit(at - 1, each.end, closing + text[at - 1])
    return Edit(at, each.end, closing)


def _width(text: str, each: Quotation) -> int:
    """How many characters the closing mark of a quotation has."""
    return 2 if each.mark in ("``", "''") and text[each.end - 2 : each.end] == "''" else 1


def lost_marks(text: str, chance: random.Random) -> list[Edit]:
    """Some quotation marks left out, sometimes all."""
    found = find_quotations(text, paragraphs_of(text))
    every = chance.random() < 0.3
    edits = []
    for each in found:
        if every or chance.random() < 0.06:
            edits.append(Edit(each.start, each.start + len(each.mark), ""))
        if each.closed and (every or chance.random() < 0.06):
            edits.append(Edit(each.end - _width(text, each), each.end, ""))
    return edits


def upper_lede(text: str, chance: random.Random) -> list[Edit]:
    """The first words of some paragraphs in capitals."""
    edits = []
    for start, end in paragraphs_of(text):
        if chance.random() < 0.12 and (words := re.match(r"(?:\S+\s+){0,3}\S+", text[start:end])):
            upper = words.group().upper()
            if len(upper) == words.end():  # ß would be two letters
                edits.append(Edit(start, start + words.end(), upper, lettered=True))
    return edits


@cache
def _surnames() -> tuple[str, ...]:
    lines = files(__package__).joinpath("surnames.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _given() -> tuple[str, ...]:
    return tuple(sorted(name.title() for name in lexicons.words("given_names.tsv")))


def other_names(text: str, people: Sequence[Span], chance: random.Random) -> list[Edit]:
    """Every person of the text under another name, the same one throughout: last names by surnames, what stands before by given names.

    `people` are the spans of people's names as a recogniser found them.
    """
    names: dict[str, str] = {}
    for start, end in people:
        words = [match.group() for match in re.finditer(r"\w[\w'’.-]*", text[start:end]) if match.group()[0].isupper()]
        for number, word in enumerate(words):
            word = re.sub(r"['’]s$", "", word)
            if len(word) > 2 and not word.endswith("."):
                last = number == len(words) - 1
                names.setdefault(word, chance.choice(_surnames() if last else _given()))
    if not names:
        return []
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b")
    return [Edit(match.start(), match.end(), names[match.group()]) for match in pattern.finditer(text)]


def variant(text: str, gold: Sequence[Attribution], entities: Sequence[Entity], seed: str) -> Annotated:
    """One changed form of an annotated article, and its named entities in it; the same seed gives the same form.

    The entities are carried along and not looked for anew: a recogniser knows "Ines Duarte" better than the name that stands for it here.
    """
    chance = random.Random(seed)
    changes: list[Callable[[str], list[Edit]]] = []
    if chance.random() < 0.7:
        people = [span for span, label in entities if label == "PERSON"]
        changes.append(lambda now: other_names(now, people, chance))
    if chance.random() < 0.8:
        changes.append(lambda now: other_marks(now, chance))
    if chance.random() < 0.25:
        changes.append(lambda now: lost_marks(now, chance))
    if chance.random() < 0.3:
        changes.append(lambda now: upper_lede(now, chance))
    for change in changes:
        through = edited(text, change(text))
        gold = moved(gold, through.span, through.text)
        entities = [(through.span(span), label) for span, label in entities]
        text = through.text
    return text, tuple(gold), tuple(entities)
