"""The reader of titles and institutions learns, and nothing else of the network does."""

from __future__ import annotations

import pytest
from training_samples import EDGES, parse, tokenizer

torch = pytest.importorskip("torch")

from test_part_examples import INES, TEXT  # noqa: E402

from quotes.components.features import Found  # noqa: E402
from quotes.errors import TrainingError  # noqa: E402
from quotes.training import parts  # noqa: E402
from quotes.training.network import Network, Shape  # noqa: E402
from quotes.training.part_examples import part_examples  # noqa: E402

TINY = Shape(vocabulary=20, width=16, heads=2, inner=16, layers=1, positions=64, role_width=8, part_width=16, entities=5)


def test_the_parts_are_learned_and_the_rest_stays(monkeypatch):
    torch.manual_seed(0)
    monkeypatch.setattr(parts, "EPOCHS", 200)
    monkeypatch.setattr(parts, "WINDOWS", 1)
    network = Network(TINY, 0.0)
    (example,) = part_examples(parse(TEXT), Found((), ()), [INES], (), (), tokenizer(), edges=EDGES)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    reader = network.parts
    states = parts._states(network.eval(), example, "cpu").detach()
    first = float(parts.part_loss(reader.eval(), states, example).detach())

    parts.train_parts(network, [example], lambda _: None)

    assert float(parts.part_loss(reader.eval(), states, example).detach()) < 0.7 * first
    assert network.knows_parts
    for name, value in network.state_dict().items():
        assert torch.equal(value, before[name]) or name.startswith("parts.")


def test_without_an_annotated_speaker_there_is_nothing_to_learn():
    with pytest.raises(TrainingError, match="no annotated article says who its speakers are"):
        parts.train_parts(Network(TINY), [], lambda _: None)
