"""The encoder that training starts from."""

import json
import shutil
from importlib.util import find_spec

import pytest

torch = pytest.importorskip("torch")

from safetensors.torch import load_file, save_file  # noqa: E402

from quotes.errors import TrainingError  # noqa: E402
from quotes.training import start  # noqa: E402
from quotes.training.start import encoder_folder, fresh, kept, shape_of  # noqa: E402


@pytest.fixture
def broken(encoder, tmp_path):
    """A copy of the encoder, to be broken."""
    return shutil.copytree(encoder, tmp_path / "broken")


@pytest.fixture
def without(broken):
    """Takes a weight out of the copy, or puts another in its place."""

    def change(name, value=None):
        weights = load_file(str(broken / "model.safetensors"))
        del weights[name]
        if value is not None:
            weights[name] = value
        save_file(weights, str(broken / "model.safetensors"))
        return broken

    return change


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_folder_that_lacks_a_file_is_refused(broken, name):
    """The file is named."""
    (broken / name).unlink()

    with pytest.raises(TrainingError, match=f"no {name} in it; name the folder of a BERT encoder"):
        encoder_folder(broken)


@pytest.mark.skipif(find_spec(start.PACKAGE) is None, reason="the package of the encoder is not installed")
def test_the_package_carries_an_encoder():
    """Nothing need be named."""
    assert (encoder_folder() / "model.safetensors").is_file()


def test_without_the_package_one_must_be_named(monkeypatch):
    """The error says how."""
    monkeypatch.setattr(start, "PACKAGE", "no_such_encoder")

    with pytest.raises(TrainingError, match="pip install 'quotes\\[train\\]', or name one with --encoder"):
        encoder_folder()


def test_the_sizes_are_read_from_the_encoder(encoder):
    """Those of its layers, of which fewer may be kept."""
    shape = shape_of(encoder, 3, 5)

    assert (shape.vocabulary, shape.width, shape.heads, shape.inner, shape.positions) == (13, 16, 2, 32, 256)
    assert (shape.layers, shape.of_layers, shape.entities) == (3, 6, 5)


def test_no_more_layers_are_kept_than_there_are(encoder):
    """The error says how many that is."""
    with pytest.raises(TrainingError, match="has 6 layers, so 7 cannot be kept; ask for fewer with --layers"):
        shape_of(encoder, 7, 5)


@pytest.mark.parametrize(("name", "content"), [("model.safetensors", b"no"), ("config.json", b"no"), ("config.json", b"{}")])
def test_files_of_another_kind_are_refused(broken, name, content):
    """Not with an error of the library that reads them."""
    (broken / name).write_bytes(content)

    with pytest.raises(TrainingError, match="not a BERT encoder in safetensors"):
        shape_of(broken, 6, 5)


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
    network = fresh(encoder, shape_of(encoder, 1, 5), 0.0).eval()
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


def test_weights_of_other_sizes_are_refused(encoder, without):
    """Or of none."""
    shape = shape_of(encoder, 6, 5)
    for value in (torch.zeros(3), None):
        with pytest.raises(TrainingError, match="not the encoder that this network is made for"):
            fresh(without("encoder.layer.3.output.dense.bias", value), shape, 0.0)


def test_the_number_of_heads_is_told_by_the_configuration(broken):
    """No weight shows it."""
    (broken / "config.json").write_text(json.dumps({"num_attention_heads": 4, "num_hidden_layers": 6}))

    assert shape_of(broken, 6, 5).heads == 4
