"""Whether confidence means what it says."""

import math

import numpy as np
import pytest
from gold_samples import quote

from quotes.evaluation.reliability import Bin, are_right, binned, bins_of, error_of, sure_of

JUDGED = [(0.82, True), (0.88, False), (1.0, True)]


def test_like_confidences_share_a_bin():
    """With their mean, and the share that was right; certainty goes with the last. The bins of articles add up."""
    assert bins_of(binned(JUDGED)) == [Bin(0.8, 2, pytest.approx(0.85), 0.5), Bin(0.9, 1, 1.0, 1.0)]
    assert np.allclose(binned(JUDGED[:1]) + binned(JUDGED[1:]), binned(JUDGED))


def test_the_calibration_error_weighs_bins_by_their_quotes():
    """Three quotes off by 0.2 on the whole, one by a half; of no quotes there is none."""
    assert float(error_of(binned([(0.8, True), (0.8, True), (0.8, False), (0.5, True)]))) == pytest.approx((0.4 + 0.5) / 4)
    assert math.isnan(error_of(binned([])))


def test_sure_are_those_of_nine_tenths_and_more():
    """Right ones, and all."""
    assert sure_of(binned([(0.89, True), (0.9, True), (0.95, False), (1.0, True)])).tolist() == [2, 3]


def test_right_is_what_matches_and_has_the_right_source(gold):
    """A wrong source and a quote of nothing are wrong."""
    said = quote("“The weir held,”", "Ines Duarte", cue="said")
    other = quote("rain will return", "Ines Duarte", cue="believe")

    assert are_right(gold, [said, other, quote("shrugged", cue="clerk")]) == [True, False, False]


def test_a_quote_without_a_cue_is_right_within_a_gold_content(gold):
    """Though it is too short to match: gold joins it to the quote before."""
    assert are_right(gold, [quote("held"), quote("held,” said"), quote("held", cue="said")]) == [True, False, False]
