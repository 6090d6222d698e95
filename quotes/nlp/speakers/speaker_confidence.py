"""How sure the name, the title and the institution of a speaker are, each for itself: the share that was right, by how it was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from quotes import lexicons
from quotes.records import Span, SpeakerKind

Part = Literal["name", "title", "institution"]
_PRONOUNS = frozenset({"he", "she", "it", "they", "him", "her", "them", "i", "we", "who", "which", "that", "his", "its", "their"})
#: Kinds of speakers that have a name of their own.
_NAMED = frozenset({"person", "organisation"})
#: Characters between a mention and a title that still stands beside it ("Sen. | X", "X, | chair of …").
_BESIDE = 12


@cache
def _measured() -> dict[tuple[str, str], float]:
    return {(part, evidence): float(share) for part, evidence, share, _ in lexicons.rows("speaker_confidence.tsv")}


def part_confidence(part: Part, evidence: str) -> float:
    """The confidence of a part that was read by `evidence`, 0 to 1; evidence that was never measured counts as the average."""
    table = _measured()
    return table.get((part, evidence), table[part, "*"])


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


def affiliation_evidence(span: Span | None, mention: Sequence[Span], named: str) -> str:
    """How a title or an institution was read: `beside` the mention or `elsewhere` in the article, of somebody `named` there or
    `resolved` from a pronoun, a description or the quote before."""
    near = span is not None and any(each.start - _BESIDE <= span.start and span.end <= each.end + _BESIDE for each in mention)
    how = "named" if named.endswith(("full", "short", "single")) else "resolved" if " " in named else named
    return f"{'beside' if near else 'elsewhere'} {how}"
