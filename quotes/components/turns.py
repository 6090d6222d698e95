"""Whose turn it is in a dialogue: quotes without a cue, a paragraph each, between two people who take turns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quotes.components.attribution import Attribution
from quotes.components.parse import Parse

if TYPE_CHECKING:
    from quotes.components.descriptions import Resolved

#: The longest turn, in words, that a dialogue without questions has; a newspaper's longer quotes go on with the same speaker.
SHORT = 14
_MARKS = "“”\"‘’'"


def alternating(parse: Parse, attributions: Sequence[Attribution], found: Sequence[Resolved | None]) -> Resolved | None:
    """The speaker of the floating quote that comes next, when it is a turn: the two turns before it, each a paragraph of its own, were by
    different people, and either a question was asked or every turn is short."""
    index = len(found)
    each = attributions[index]
    if index < 2 or not _own_paragraph(parse.text, each.start):
        return None
    last, before = _turn(attributions, index - 1, each), _turn(attributions, index - 2, each)
    if last is None or before is None:
        return None
    one, other = found[index - 2], found[index - 1]
    if one is None or other is None or one.name == other.name or {one.kind, other.kind} - {"person", "unnamed"}:
        return None
    if not (_apart(parse.text, before, last) and _apart(parse.text, last, each)):
        return None
    texts = [parse.text[turn.start : turn.contents[-1].end].strip(_MARKS + " ") for turn in (before, last, each)]
    asked = texts[0].endswith("?") or texts[2].endswith("?") or texts[1].endswith("?")
    short = all(len(text.split()) <= SHORT for text in texts)
    return one if short or (asked and len(texts[2].split()) <= 3 * SHORT) else None


def _turn(attributions: Sequence[Attribution], index: int, each: Attribution) -> Attribution | None:
    turn = attributions[index]
    return turn if turn.act == "speech" and turn.contents[-1].end <= each.start and len(turn.contents) < 3 else None


def _own_paragraph(text: str, start: int) -> bool:
    before = text[max(0, start - 40) : start].rstrip(" \t")
    return before.endswith("\n")


def _apart(text: str, one: Attribution, other: Attribution) -> bool:
    """Whether one turn is the last thing quoted in the paragraph right before the other's."""
    between = text[one.contents[-1].end : other.start]
    return len([part for part in between.split("\n") if part.strip()]) <= 1 and "\n" in between and len(between) < 200
