"""Intervals by drawing articles again and again."""

import numpy as np
import pytest

from quotes.evaluation.bootstrap import Difference, Interval, Measure, difference, f1, precision, recall, share


def shares(*counts):
    """A share whose counts (some, all) are given for each article."""
    return Measure(np.asarray(counts, dtype=float), share)


EVEN = shares(*[(1, 2)] * 20)
MIXED = shares(*[(0, 10), (10, 10)] * 10)


def test_a_figure_is_that_of_the_sums():
    """Not the mean of the articles: 1 of 1 and 0 of 3 are 1 of 4."""
    assert shares((1, 1), (0, 3)).value == 0.25


@pytest.mark.parametrize(("of", "value"), [(precision, 0.75), (recall, 0.6), (f1, 2 / 3)])
def test_the_figures_of_counts_are_those_of_prf(of, value):
    """Three right, one false, two missed."""
    assert Measure(np.asarray([[2.0, 1.0, 0.0], [1.0, 0.0, 2.0]]), of).value == pytest.approx(value)


def test_articles_that_are_all_alike_leave_nothing_to_chance():
    """Whichever are drawn, the figure is the same."""
    assert EVEN.interval() == Interval(0.5, 0.5)


def test_the_interval_is_as_wide_as_the_theory_has_it():
    """Twenty articles, half of them right throughout: 1.96 standard errors of sqrt(0.25 / 20) on each side."""
    interval = MIXED.interval()

    assert (interval.low, interval.high) == (pytest.approx(0.28, abs=0.04), pytest.approx(0.72, abs=0.04))


def test_the_same_articles_give_the_same_interval():
    """The seed is fixed, so that a figure can be printed again."""
    assert shares(*[(0, 10), (10, 10)] * 10).interval() == MIXED.interval()


def test_one_article_gives_no_interval():
    """There is nothing to draw from."""
    assert shares((1, 2)).interval() is None


def test_a_figure_of_nothing_is_none_and_has_no_interval():
    """The precision of no quotes is not 0."""
    nothing = shares((0, 0), (0, 0))

    assert np.isnan(nothing.value)
    assert nothing.interval() is None


def test_draws_in_which_a_figure_means_nothing_are_left_out():
    """Those that missed the one article with quotes."""
    assert shares((1, 1), (0, 0), (0, 0)).interval() == Interval(1.0, 1.0)


def test_a_difference_is_taken_on_the_same_articles():
    """A model that is better by a tenth on every article is surely better, however much the articles differ."""
    better = shares(*[(1, 10), (10, 10)] * 9, (1, 10), (10, 10))

    paired = difference(better, MIXED)
    assert paired.value == pytest.approx(0.05)
    assert paired.clear
    assert not Difference(0.05, Interval(-0.2, 0.3)).clear


def test_a_model_does_not_differ_from_itself():
    """Not by a rounding error either."""
    assert difference(MIXED, MIXED) == Difference(0.0, Interval(0.0, 0.0))
    assert not difference(MIXED, MIXED).clear
