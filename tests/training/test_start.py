"""The encoder that training starts from."""

from importlib.util import find_spec

import pytest
import torch
from safetensors.torch import load_file
from training_samples import PIECES

from quotes.training import start
from quotes.training.network import Shape
from quotes.training.start import encoder_folder, fresh, kept


@pytest.mark.skipif(find_spec(start.PACKAGE) is None, reason="the package of the encoder is not installed")
def test_the_package_carries_an_encoder():
    """With all that training needs of it."""
    assert {"model.safetensors", "config.json", "tokenizer.json"} <= {path.name for path in encoder_folder().iterdir()}


def test_the_sizes_are_read_from_the_encoder(encoder):
    """Those of its layers, of which fewer may be kept."""
    shape = fresh(encoder, 3, 5, 0.0).shape

    assert shape == Shape(vocabulary=len(PIECES), width=16, heads=2, inner=32, layers=3, positions=256, entities=5)


@pytest.mark.parametrize("whole", range(1, 25))
def test_layers_are_kept_evenly_the_last_among_them(whole):
    """So many as are asked for, in order; all where all are."""
    for layers in range(1, whole + 1):
        found = kept(layers, whole)

        assert len(found) == layers
        assert found == sorted(set(found))
        assert found[-1] == whole - 1
        assert layers == 1 or found[0] == 0
    assert kept(whole, whole) == list(range(whole))


def test_a_fresh_network_reads_as_the_encoder_does(encoder):
    """Attention over all pieces, then two maps, each with its norm behind: written out for one layer."""
    weights = load_file(str(encoder / "model.safetensors"))
    network = fresh(encoder, 1, 5, 0.0).eval()
    ids = torch.tensor([[2, 4, 5, 3]])
    layer = "encoder.layer.5"

    def linear(name, states):
        return states @ weights[f"{layer}.{name}.weight"].T + weights[f"{layer}.{name}.bias"]

    def norm(name, states):
        return torch.nn.functional.layer_norm(states, (16,), weights[f"{name}.weight"], weights[f"{name}.bias"], 1e-12)

    states = weights["embeddings.word_embeddings.weight"][ids] + weights["embeddings.position_embeddings.weight"][:4]
    states = norm("embeddings.LayerNorm", states + weights["embeddings.token_type_embeddings.weight"][0])
    query, key, value = (linear(f"attention.self.{name}", states).view(1, 4, 2, 8).transpose(1, 2) for name in ("query", "key", "value"))
    seen = torch.softmax(query @ key.transpose(2, 3) / 8**0.5, dim=-1) @ value
    states = norm(f"{layer}.attention.output.LayerNorm", states + linear("attention.output.dense", seen.transpose(1, 2).reshape(1, 4, 16)))
    grown = torch.nn.functional.gelu(linear("intermediate.dense", states))
    expected = norm(f"{layer}.output.LayerNorm", states + linear("output.dense", grown))
    with torch.no_grad():
        for table in network.encoder.known:
            table.weight.zero_()
        found = network.encoder(ids, torch.zeros(1, len(network.encoder.known), 4, dtype=torch.long), None)

    torch.testing.assert_close(found, expected)
