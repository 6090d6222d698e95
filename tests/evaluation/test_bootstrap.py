"""Intervals by drawing articles again and again."""

import numpy as np
import pytest

from quotes.evaluation.bootstrap import PARTS, Estimate, Measure, share


def shares(*counts):
    """A share whose counts (some, all) are given for each article."""
    return Measure(np.asarray(counts, dtype=float), share)


MIXED = shares(*[(0, 10), (10, 10)] * 10)


def test_a_figure_is_that_of_the_sums():
    """Not the mean of the articles: 1 of 1 and 0 of 3 are 1 of 4."""
    assert shares((1, 1), (0, 3)).value == 0.25


@pytest.mark.parametrize(("part", "value"), [("precision", 0.75), ("recall", 0.6), ("f1", 2 / 3)])
def test_the_figures_of_counts_are_those_of_prf(part, value):
    """Three right, one false, two missed."""
    assert Measure(np.asarray([[2.0, 1.0, 0.0], [1.0, 0.0, 2.0]]), PARTS[part]).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("counts", "interval"),
    [
        ([(1, 2)] * 20, (0.5, 0.5)),  # articles that are all alike leave nothing to chance
        ([(0, 10), (10, 10)] * 10, pytest.approx((0.28, 0.72), abs=0.04)),  # 1.96 standard errors of sqrt(0.25 / 20) on each side
        ([(1, 2)], None),  # nothing to draw from
        ([(0, 0), (0, 0)], None),  # the precision of no quotes is not 0
        ([(1, 1), (0, 0), (0, 0)], (1.0, 1.0)),  # draws in which it means nothing are left out
    ],
)
def test_the_interval_is_as_wide_as_the_theory_has_it(counts, interval):
    """The same each time it is asked for."""
    assert shares(*counts).estimate().interval == interval
    assert shares(*counts).estimate().interval == shares(*counts).estimate().interval
    assert np.isnan(shares(*counts).value) == (not sum(of_all for _, of_all in counts))


def test_a_difference_is_taken_on_the_same_articles():
    """A model that is better by a tenth on every article is surely better, however much the articles differ."""
    paired = shares(*[(1, 10), (10, 10)] * 10).estimate(MIXED)

    assert paired.value == pytest.approx(0.05)
    assert paired.differs_from_0
    assert not Estimate(0.05, (-0.2, 0.3)).differs_from_0


def test_a_model_does_not_differ_from_itself():
    """Not by a rounding error either."""
    assert MIXED.estimate(MIXED) == Estimate(0.0, (0.0, 0.0))
    assert not MIXED.estimate(MIXED).differs_from_0
