"""The network on cases small enough to be counted out."""

from itertools import pairwise, product

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from training_samples import example

from quotes.nlp.model.role_decoding import ROLES, viterbi
from quotes.training.batches import collated
from quotes.training.network import Field, Network, Shape

TINY = Shape(vocabulary=50, width=16, heads=2, inner=32, layers=1, positions=64, role_width=12, entities=3)
WINDOW, LONGER = example(8), example(14, (4, 9), seed=1)


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    return Network(TINY).eval()


@pytest.fixture(scope="module")
def field():
    """A field that has learned something, at random."""
    torch.manual_seed(1)
    made = Field(len(ROLES))
    with torch.no_grad():
        made.step.normal_()
        made.begin.normal_()
    return made


def read(network, batch):
    with torch.no_grad():
        return network.read(batch.ids, batch.token, batch.first, batch.features, batch.mask)


def allowed(path):
    """Whether every inside carries on its own begin or inside."""
    return all(role == 0 or role % 2 or before in (role, role - 1) for before, role in zip((0, *path), path, strict=False))


def score(field, emissions, path):
    steps = field.steps()
    total = (field.begin + field.forbidden[0])[path[0]] + sum(emissions[at, role] for at, role in enumerate(path))
    return total + sum(steps[one, other] for one, other in pairwise(path))


def best(field, emissions):
    """The best rows as the model that is shipped finds them."""
    lengths = np.full(len(emissions), emissions.shape[1])
    return viterbi(emissions, field.steps().detach().numpy(), (field.begin + field.forbidden[0]).detach().numpy(), lengths)


@pytest.mark.parametrize("gold", [(0, 0, 0), (1, 2, 3), (5, 6, 1), (1, 3, 0)])
def test_the_loss_is_that_of_counting_out_every_row(field, gold):
    """The share of the right row among all 343, as a negative logarithm."""
    emissions = torch.randn(3, len(ROLES))
    every = torch.stack([score(field, emissions, path) for path in product(range(len(ROLES)), repeat=3)])
    expected = torch.logsumexp(every, 0) - score(field, emissions, gold)
    found = field.loss(emissions.unsqueeze(0), torch.tensor([gold]), torch.tensor([3]))

    assert found.item() == pytest.approx(expected.item(), rel=1e-5)


def test_the_loss_of_a_row_stops_at_its_length(field):
    """Whatever the padding holds; a window may be of one token."""
    emissions, roles = torch.randn(3, 5, len(ROLES)), torch.tensor([[1, 2, 0, 3, 4]] * 3)
    together = field.loss(emissions, roles, torch.tensor([5, 3, 1]))
    alone = [field.loss(emissions[[row], :length], roles[[row], :length], torch.tensor([length])) for row, length in enumerate((5, 3, 1))]

    torch.testing.assert_close(together, torch.cat(alone))


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.sampled_from([0.1, 3.0, 50.0]))
def test_a_forbidden_step_is_never_the_best(seed, length, spread):
    """However sure the emissions are."""
    torch.manual_seed(seed)
    field = Field(len(ROLES))
    with torch.no_grad():
        field.step.normal_(std=spread / 2)
        field.begin.normal_(std=spread / 2)
    emissions = (torch.randn(4, length, len(ROLES)) * spread).numpy()
    rows = best(field, emissions)

    assert all(allowed(tuple(row)) for row in rows.tolist())


def test_the_best_row_is_the_likeliest(field):
    """What is read is what was trained."""
    emissions = torch.randn(4, len(ROLES))
    (found,) = best(field, emissions[None].numpy())
    likeliest = max(product(range(len(ROLES)), repeat=4), key=lambda path: score(field, emissions, path).item())

    assert tuple(found.tolist()) == likeliest


def test_each_piece_is_told_of_its_own_token(network):
    """Another tag of the first token changes what its piece brings to the encoder, and no other piece."""
    batch, seen = collated([WINDOW]), []
    hook = network.encoder.register_forward_pre_hook(lambda _, arguments: seen.append(arguments[1]))
    batch.features[0, 0, 0] = 1
    read(network, batch)
    batch.features[0, 0, 0] = 2
    read(network, batch)
    hook.remove()

    assert (seen[0] != seen[1]).nonzero().tolist() == [[0, 0, 1]]


def test_tokens_are_read_the_same_in_a_batch_and_alone(network):
    """Padding is not looked at."""
    alone, together = read(network, collated([WINDOW])), read(network, collated([WINDOW, LONGER]))

    for name, scores in alone.items():
        torch.testing.assert_close(together[name][:1, : len(WINDOW.flat)], scores, rtol=1e-4, atol=1e-5)


def test_bfloat16_changes_little(network):
    """The products of the encoder are rounded, the sums and the heads are not."""
    exact = read(network, collated([WINDOW]))["anchor"]
    network.brief = True
    try:
        rounded = read(network, collated([WINDOW]))["anchor"]
    finally:
        network.brief = False

    assert rounded.dtype == torch.float32
    assert not torch.equal(rounded, exact)
    torch.testing.assert_close(rounded, exact, rtol=0.1, atol=0.05)
