"""The reader of titles and institutions learns with the encoder under it."""

from __future__ import annotations

import pytest
from training_samples import EDGES, parse, tokenizer

torch = pytest.importorskip("torch")

from test_part_examples import INES, TEXT  # noqa: E402

from quotes.nlp.model.features import Found  # noqa: E402
from quotes.training.examples.part_examples import part_examples  # noqa: E402
from quotes.training.loop import part_loss  # noqa: E402
from quotes.training.network import Network, Shape  # noqa: E402

TINY = Shape(vocabulary=20, width=16, heads=2, inner=16, layers=1, positions=64, role_width=8, part_width=16, entities=5)


def test_the_parts_are_learned_and_the_encoder_with_them():
    torch.manual_seed(0)
    network = Network(TINY, 0.0).eval()
    examples = list(part_examples(parse(TEXT), Found((), ()), [INES], (), (), tokenizer(), edges=EDGES))
    encoder = network.encoder.layers[0].up.weight.detach().clone()
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3)
    first = float(part_loss(network, examples).detach())

    for _ in range(100):
        optimizer.zero_grad()
        part_loss(network, examples).backward()
        optimizer.step()

    assert float(part_loss(network, examples).detach()) < 0.7 * first
    assert not torch.equal(network.encoder.layers[0].up.weight, encoder)
