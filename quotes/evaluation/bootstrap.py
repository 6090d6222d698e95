"""How far a figure would move on other articles of the same kind: 95% intervals by the bootstrap.

Articles are drawn with replacement, as many as there are, `DRAWS` times; the 2.5th and the 97.5th percentile of a figure over the draws are
its interval (the percentile method: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). Whole articles are
drawn and not quotes, since the quotes of one article are alike. Every figure is worked out from counts that add up over articles, so that a
draw is a sum. All figures of all models see the same draws; so the difference of two models is taken draw by draw, on the same articles.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS = 1000
SEED = 20160908
LEVEL = 95.0


class Estimate(NamedTuple):
    """A value, and its 95% interval; None where it means nothing, or where there is one article only."""

    value: float
    interval: tuple[float, float] | None

    @property
    def differs_from_0(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure and what it is made from: `counts` (articles, kinds of count), and `of`, which makes it from sums (..., kinds of count).

    Where a figure means nothing (the precision of no quotes) it is NaN.
    """

    counts: Floats
    of: Callable[[Floats], Floats]

    @property
    def value(self) -> float:
        """The figure over all articles."""
        return float(self.of(self.counts.sum(axis=0)))

    def drawn(self) -> Floats:
        """The figure in every draw."""
        return self.of(_draws(len(self.counts)) @ self.counts)

    def estimate(self, less: Measure | None = None) -> Estimate:
        """The figure with its interval; or its difference from `less`, the same figure of another model on the same articles in order."""
        value, drawn = (self.value - less.value, self.drawn() - less.drawn()) if less else (self.value, self.drawn())
        return Estimate(value, _interval(drawn) if len(self.counts) > 1 else None)


def ratio(part: Floats, whole: Floats) -> Floats:
    """Part of whole, NaN where there is none."""
    shares: Floats = np.full(np.shape(whole), np.nan)
    np.divide(part, whole, out=shares, where=np.asarray(whole) > 0)
    return shares


def share(counts: Floats) -> Floats:
    """Of (some, all): the share of some."""
    return ratio(counts[..., 0], counts[..., 1])


#: Figures of (true positives, false positives, false negatives).
PARTS: dict[str, Callable[[Floats], Floats]] = {
    "precision": lambda counts: ratio(counts[..., 0], counts[..., 0] + counts[..., 1]),
    "recall": lambda counts: ratio(counts[..., 0], counts[..., 0] + counts[..., 2]),
    "f1": lambda counts: ratio(2 * counts[..., 0], 2 * counts[..., 0] + counts[..., 1] + counts[..., 2]),
}


def _interval(values: Floats) -> tuple[float, float] | None:
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    low, high = np.percentile(known, [(100 - LEVEL) / 2, (100 + LEVEL) / 2])
    return float(low), float(high)


@cache
def _draws(articles: int) -> Floats:
    """How often each article was drawn in each draw: (draws, articles)."""
    generator = np.random.default_rng(SEED)
    return generator.multinomial(articles, np.full(articles, 1 / articles), size=DRAWS).astype(np.float64)
