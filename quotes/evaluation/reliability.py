"""Whether a confidence means what it says: of all quotes given 0.9, nine in ten should be right.

A quote is right when its content matches a gold one and its source is found (`scores.match`, `scores.sources_meet`). A floating quote, one
without a cue, has no source to be right: it counts wherever it stands in a gold content, since PolNeAR joins it to the quote before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from quotes.corpora.gold import GoldArticle
from quotes.evaluation.bootstrap import Floats, ratio
from quotes.evaluation.scores import characters, match, sources_meet
from quotes.records import Quote, Span, spans_of

#: Bins of a tenth; the last holds certainty too.
BINS = 10
#: Quotes of at least this confidence are called sure: they are all of the last bin.
SURE = 1 - 1 / BINS


@dataclass(frozen=True, slots=True)
class Bin:
    """Quotes of like confidence, from `low` up: how many, the mean confidence that they were given, and the share that was right."""

    low: float
    count: int
    confidence: float
    right: float


def are_right(gold: GoldArticle, quotes: Sequence[Quote]) -> list[bool]:
    """Whether each of an article's quotes is right; `quotes` are those of the acts that the corpus annotates."""
    found = [(quote.spans, spans_of(quote.mention), quote.cue is None) for quote in quotes]
    return right_among(gold, found, gold.article.text)


def right_among(gold: GoldArticle, found: Sequence[tuple[Sequence[Span], Sequence[Span], bool]], text: str) -> list[bool]:
    """The same of contents, each with its source and whether it is floating."""
    pairs = match([each.content for each in gold.attributions], [content for content, _, _ in found], text)
    right = {j for i, j in pairs if sources_meet(gold.attributions[i].source, found[j][1], text)}
    marked = characters([span for each in gold.attributions for span in each.content], text)
    return [j in right or (floating and characters(content, text) <= marked) for j, (content, _, floating) in enumerate(found)]


def binned(judged: Iterable[tuple[float, bool]]) -> Floats:
    """For each bin in turn: how many, the sum of their confidence, how many right. Adds up over articles."""
    sums = np.zeros((BINS, 3))
    for confidence, right in judged:
        sums[min(int(confidence * BINS), BINS - 1)] += 1, confidence, right
    return sums.ravel()


def bins_of(sums: Floats) -> list[Bin]:
    """The bins with quotes, from sums as `binned` gives them."""
    rows = enumerate(sums.reshape(BINS, 3).tolist())
    return [Bin(at / BINS, int(count), given / count, right / count) for at, (count, given, right) in rows if count]


def error_of(sums: Floats) -> Floats:
    """The expected calibration error: the mean distance of confidence and share, weighted by count (Naeini, Cooper & Hauskrecht 2015).

    From sums as `binned` gives them (..., 3 times the bins); NaN of no quotes.
    """
    bins = sums.reshape(*sums.shape[:-1], -1, 3)
    return ratio(np.abs(bins[..., 1] - bins[..., 2]).sum(axis=-1), bins[..., 0].sum(axis=-1))


def sure_of(sums: Floats) -> Floats:
    """The number of sure quotes that are right, and of all sure quotes, from sums as `binned` gives them."""
    return sums[..., [-1, -3]]
