"""The measured confidence of the constructions."""

import pytest

from quotes import lexicons
from quotes.evaluation.calibration import ENOUGH, PRIOR, shares, smoothed


def test_a_construction_never_seen_alone_is_drawn_to_the_share_of_all():
    """One lucky case is not certainty."""
    counts = {("dash", "*"): [1, 1], ("*", "*"): [50, 100]}

    assert smoothed(counts)[("dash", "*")] == pytest.approx((1 + PRIOR * 0.5) / (1 + PRIOR), abs=0.01)


def test_a_construction_seen_often_keeps_its_own_share():
    """The more cases, the less the others count."""
    counts = {("after", "*"): [900, 1000], ("*", "*"): [500, 1500]}

    assert smoothed(counts)[("after", "*")] == pytest.approx(0.9, abs=0.01)


def test_an_act_too_rare_is_left_to_its_construction():
    """No line of its own."""
    counts = {("clause:that", "intent"): [1, ENOUGH - 1], ("clause:that", "*"): [50, 100], ("*", "*"): [50, 100]}

    assert ("clause:that", "intent") not in smoothed(counts)


def test_outcomes_are_counted_by_construction_and_act():
    """And over all acts, and over all constructions."""
    results = iter([(("after", "speech"), True)] * 30 + [(("after", "speech"), False)] * 10)

    assert set(shares(results)) == {("after", "speech"), ("after", "*"), ("*", "*")}


def test_nothing_seen_gives_an_empty_table():
    """Not a division by zero."""
    assert shares(iter([])) == {}


def test_every_share_in_the_shipped_table_is_one():
    """Between 0 and 1, a line for each construction over all acts."""
    rows = list(lexicons.rows("confidence.tsv"))

    assert all(0 <= float(share) <= 1 for _, _, share in rows)
    assert {evidence for evidence, act, _ in rows} == {evidence for evidence, act, _ in rows if act == "*"}
