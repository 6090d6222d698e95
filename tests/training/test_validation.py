"""How much of what was set aside is read right."""

import numpy as np
import pytest
import torch
from training_samples import example

from quotes.training.network import Network, Shape
from quotes.training.validation import attributed, matching

TINY = Shape(vocabulary=50, width=16, heads=2, inner=32, layers=1, positions=64, role_width=12, entities=3)
NONE, CONTENT, INSIDE, SOURCE = 0, 1, 2, 5


@pytest.mark.parametrize(
    ("row", "right"),
    [
        ([SOURCE, NONE, CONTENT, INSIDE, INSIDE, INSIDE], True),
        ([SOURCE, NONE, NONE, NONE, CONTENT, INSIDE], True),
        ([SOURCE, NONE, NONE, NONE, NONE, CONTENT], False),
        ([NONE, SOURCE, CONTENT, INSIDE, INSIDE, INSIDE], False),
        ([NONE, NONE, CONTENT, INSIDE, INSIDE, INSIDE], False),
        ([NONE, NONE, NONE, NONE, NONE, NONE], False),
    ],
)
def test_an_attribution_is_right_by_half_its_content_and_its_source(row, right):
    """Wherever its edges stand."""
    gold = [SOURCE, NONE, CONTENT, INSIDE, INSIDE, INSIDE]

    assert matching(np.array([row]), np.array([gold])).tolist() == [right]


def test_where_nobody_is_the_source_none_must_be_found():
    """A source that gold has not is as wrong as another one."""
    gold = np.array([[NONE, CONTENT, INSIDE]])

    assert matching(gold, gold).tolist() == [True]
    assert matching(np.array([[SOURCE, CONTENT, INSIDE]]), gold).tolist() == [False]


def of_bias(anchor: float) -> Network:
    """A network that takes every token for a cue's, or none, and sees roles nowhere."""
    torch.manual_seed(0)
    network = Network(TINY).eval()
    with torch.no_grad():
        network.anchor.bias.fill_(anchor)
    return network


@pytest.mark.parametrize("bias", [-99.0, 99.0])
def test_what_reads_nothing_right_has_no_share(bias):
    """Whether it finds no cue or too many."""
    assert attributed(of_bias(bias), [example(9, (3,))], 40) == 0


def test_the_share_does_not_hang_on_the_batches():
    """Windows in one batch or each in its own."""
    windows = [example(9, (3 + number,), seed=number) for number in range(3)]
    network = of_bias(0.0)

    assert attributed(network, windows, 10) == attributed(network, windows, 1000)
