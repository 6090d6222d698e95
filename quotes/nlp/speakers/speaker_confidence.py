"""How sure the name, the title and the institution of a speaker are, each for itself: the share that was right, by how it was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, get_args

from quotes import lexicons
from quotes.records import Span, SpeakerKind

Part = Literal["name", "title", "institution"]
PARTS: tuple[Part, ...] = get_args(Part)
#: How each of the PARTS was read; None for one that is not given.
Evidence = tuple[str | None, str | None, str | None]
_PRONOUNS = frozenset({"he", "she", "it", "they", "him", "her", "them", "i", "we", "who", "which", "that", "his", "its", "their"})
#: Kinds of speakers that have a name of their own.
_NAMED = frozenset({"person", "organisation"})
#: From which probability on an institution is read how surely.
_READINGS = ((0.9, "surely"), (0.75, "likely"), (0.2, "hardly"), (0.0, "unread"))
#: Characters between a mention and a title that still stands beside it ("Sen. | X", "X, | chair of …").
_BESIDE = 12


@cache
def _measured() -> dict[tuple[str, str], float]:
    return {(part, evidence): float(share) for part, evidence, share, _ in lexicons.rows("speaker_confidence.tsv")}


def part_confidence(part: Part, evidence: str | None) -> float | None:
    """The confidence of a part that was read by `evidence`, 0 to 1, None for one that is not given; evidence that was never measured counts
    as the average."""
    table = _measured()
    return None if evidence is None else table.get((part, evidence), table[part, "*"])


def name_evidence(name: str, kind: SpeakerKind, mention: str | None) -> str:
    """How a mention led to a name: the kind of the speaker, and for one that has a name `full` (printed in the mention), `short` (a word
    of it is), `pronoun`, `description`, or `floating` where no mention stands beside the quote."""
    if kind not in _NAMED:
        return kind
    if mention is None:
        return f"{kind} floating"
    words = re.findall(r"\w+", mention.casefold())
    if len(words) == 1 and words[0] in _PRONOUNS:
        return f"{kind} pronoun"
    named = re.findall(r"\w+", name.casefold())
    if set(named) <= set(words):
        return f"{kind} full" if len(named) > 1 else f"{kind} single"
    return f"{kind} short" if set(words) & {word for word in named if len(word) > 2} else f"{kind} description"


def institution_evidence(reading: float | None, *, place: bool) -> str:
    """How an institution was read: a `place` or a body's `name`, and how surely the model reads it as somebody's (`learned_affiliations.
    reading`); `*` where there is no model."""
    if reading is None:
        return "*"
    return f"{'place' if place else 'name'} {next(how for least, how in _READINGS if reading >= least)}"


def title_evidence(span: Span, mention: Sequence[Span], named: str) -> str:
    """How a title was read: `beside` the mention or `elsewhere` in the article, of somebody `named` there or
    `resolved` from a pronoun, a description or the quote before."""
    near = any(each.start - _BESIDE <= span.start and span.end <= each.end + _BESIDE for each in mention)
    how = "named" if named.endswith(("full", "short", "single")) else "resolved" if " " in named else named
    return f"{'beside' if near else 'elsewhere'} {how}"
