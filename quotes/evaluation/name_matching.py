"""When two printed forms name the same person, organisation, title or institution: the comparison that the speakers' figures rest on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

_ARTICLES = frozenset({"the", "a", "an"})
#: Dropped from a name before it is compared. Part of the measure: another list gives other figures.
_BEFORE_NAMES = _ARTICLES | {"mr", "mrs", "ms", "dr", "sir", "sen", "rep", "gov", "president", "senator"}


def words(name: str | None, *, without: Collection[str] = _BEFORE_NAMES) -> list[str]:
    """The words of a name, in lower case and plain ASCII, without possessive endings and the words in `without`."""
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return [word for word in re.findall(r"[a-z0-9]+", re.sub(r"'s\b", "", plain)) if word not in without]


def overlap(first: Collection[str], second: Collection[str]) -> float:
    """How much two lists of words share, 0–1: the F1 of their sets."""
    if not first or not second:
        return 0.0
    return 2 * len(set(first) & set(second)) / (len(set(first)) + len(set(second)))


def same_name(predicted: str, gold: str, kind: str) -> bool:
    """Whether both name the same speaker of this kind.

    A person's name may lack middle names and initials, never the first name or the surname; of any other name two thirds must agree.
    """
    ours, theirs = words(predicted), words(gold)
    if not ours or not theirs:
        return False
    if set(ours) == set(theirs):
        return True
    if kind == "person":
        return len(ours) > 1 and len(theirs) > 1 and (ours[0], ours[-1]) == (theirs[0], theirs[-1])
    return overlap(ours, theirs) >= 0.66


def near_any(predicted: str, acceptable: Iterable[str]) -> bool:
    """Whether at least half the words agree with one of the acceptable titles or institutions."""
    ours = words(predicted, without=_ARTICLES)
    return any(overlap(ours, words(each, without=_ARTICLES)) >= 0.5 for each in acceptable)
