"""Windows put together as tensors."""

import random
from dataclasses import replace

import numpy as np
import pytest
import torch
from training_samples import example

from quotes.nlp.model.features import FIELDS, PAIR_FIELDS
from quotes.training.batches import SORTED_TOGETHER, Hidden, batches, collated
from quotes.training.examples.quote_examples import IGNORED

SHORT, LONG = example(6, (2,), act=1), example(9, (3, 7), act=2)
BARE = example(5, ())
EVERYTHING, NOTHING = 1.0, 0.0


def test_every_window_is_in_one_batch():
    """Whatever the order."""
    windows = [example(6 + number % 5, seed=number) for number in range(SORTED_TOGETHER + 30)]
    found = list(batches(windows, 64, random.Random(0)))

    assert sorted(id(each) for batch in found for each in batch) == sorted(map(id, windows))


def test_a_batch_holds_so_many_pieces_padding_counted():
    """Memory is bounded; what is longer than that goes alone."""
    windows = [example(6 + number % 20, seed=number) for number in range(80)]
    found = list(batches(windows, 24, random.Random(0)))

    assert all(len(batch) * max(map(len, batch)) <= 24 or len(batch) == 1 for batch in found)
    assert any(len(batch) > 1 for batch in found)
    assert any(len(batch[0]) > 24 for batch in found)


def test_windows_are_padded_on_the_right():
    """Each in its row with what it holds; what pads is no token, is not looked at, and is not counted in a loss."""
    batch = collated([SHORT, LONG])
    padding = {"ids": 0, "token": -1, "first": 0, "features": 0, "flat": IGNORED, "entities": IGNORED}

    for row, each in enumerate((SHORT, LONG)):
        for name, value in padding.items():
            held, given = getattr(batch, name)[row], getattr(each, name)
            np.testing.assert_array_equal(held[..., : given.shape[-1]], given)
            assert (held[..., given.shape[-1] :] == value).all()
    assert batch.ids.shape == batch.token.shape == (2, len(LONG))
    assert batch.mask.shape == (2, 1, 1, len(LONG))
    assert (batch.mask[0, 0, 0] < 0).tolist() == [False] * len(SHORT) + [True] * (len(LONG) - len(SHORT))
    assert batch.valid.sum(1).tolist() == [6, 9]


def test_every_anchor_knows_its_window_and_its_token():
    """Anchors of all windows stand in one list."""
    batch = collated([SHORT, BARE, LONG])

    assert (batch.row.tolist(), batch.at.tolist()) == ([0, 2, 2], [2, 3, 7])
    assert (batch.lengths.tolist(), batch.acts.tolist()) == ([6, 9, 9], [1, 2, 2])
    assert batch.is_anchor.nonzero().tolist() == [[0, 2], [2, 3], [2, 7]]
    for number, (each, index) in enumerate([(SHORT, 0), (LONG, 0), (LONG, 1)]):
        np.testing.assert_array_equal(batch.roles[number, : len(each.flat)], each.roles[index])
        np.testing.assert_array_equal(batch.pairs[number, :, : len(each.flat)], each.pairs[index])


@pytest.mark.parametrize(
    ("hidden", "of_tokens", "of_pairs"),
    [
        (Hidden(EVERYTHING, NOTHING, NOTHING), {"rule"}, {"rule"}),
        (Hidden(NOTHING, EVERYTHING, NOTHING), {"tag", "relation"}, {"path"}),
        (Hidden(NOTHING, NOTHING, NOTHING), set(), set()),
    ],
)
def test_what_is_hidden_is_not_known_anywhere(hidden, of_tokens, of_pairs):
    """Neither of the tokens nor of the pairs; all else stays."""
    plain, batch = collated([SHORT, LONG]), collated([SHORT, LONG], hidden, random.Random(0))

    for number, name in enumerate(FIELDS):
        expected = torch.zeros_like(plain.features[:, number]) if name in of_tokens else plain.features[:, number]
        assert torch.equal(batch.features[:, number], expected)
    for number, name in enumerate(PAIR_FIELDS):
        expected = torch.zeros_like(plain.pairs[:, number]) if name in of_pairs else plain.pairs[:, number]
        assert torch.equal(batch.pairs[:, number], expected)


def test_word_pieces_give_way_to_a_blank_but_for_the_edges():
    """Of the pieces about as many as asked for; the same chance hides the same."""
    windows = [example(40, (2,), seed=number) for number in range(30)]
    hidden = Hidden(NOTHING, NOTHING, 0.5)
    plain, (batch, again) = collated(windows), (collated(windows, hidden, random.Random(4), blank=77) for _ in range(2))
    edges = [0, plain.ids.shape[1] - 1]

    assert torch.equal(batch.ids, again.ids)
    assert torch.equal(batch.ids[:, edges], plain.ids[:, edges])
    assert 0.4 < (batch.ids[:, 1:-1] == 77).float().mean() < 0.6
    assert torch.equal(batch.ids[batch.ids != 77], plain.ids[batch.ids != 77])


def test_where_names_alone_are_known_no_token_counts_as_no_cue():
    """Beside a window whose quotes are known."""
    named = replace(BARE, flat=np.full_like(BARE.flat, IGNORED))
    batch = collated([named, SHORT])

    assert batch.valid[0].sum() == 0
    assert batch.valid[1].sum() == len(SHORT.flat)
