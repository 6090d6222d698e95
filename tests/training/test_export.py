"""The network as graphs, which say what it says."""

import json

import numpy as np
import pytest
import torch
from training_samples import example

from quotes.training.batches import collated
from quotes.training.export import OUTPUTS, export
from quotes.training.network import Network, Shape

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:Constant folding:UserWarning")  # of the exporter

TINY = Shape(vocabulary=50, width=16, heads=2, inner=32, layers=1, positions=64, role_width=12, entities=3)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A network, and what it was written as."""
    import onnxruntime

    torch.manual_seed(0)
    network, folder = Network(TINY), tmp_path_factory.mktemp("model")
    export(network, folder)
    network.eval()
    return network, folder, [onnxruntime.InferenceSession(str(folder / f"{name}.onnx")) for name in ("encoder", "roles")]


@pytest.mark.parametrize("tokens", [5, 8, 30])
def test_the_graphs_read_windows_of_any_length(exported, tokens):
    """As the network does: the encoder nearly, in eight bits; the reader of roles exactly."""
    network, _, (encoder, roles) = exported
    batch = collated([example(tokens, (2, tokens - 2))])
    inputs = {name: getattr(batch, name).numpy() for name in ("ids", "token", "first", "features")}
    with torch.no_grad():
        seen = network.read(batch.ids, batch.token, batch.first, batch.features, None)
        states, anchors = seen["as_token"][batch.row], seen["as_anchor"][batch.row, batch.at].unsqueeze(1)
        emissions = network.roles(states, anchors, batch.pairs)
    found = dict(zip(OUTPUTS, encoder.run(list(OUTPUTS), inputs), strict=True))
    given = {"tokens": states.numpy(), "anchors": anchors.numpy(), "pairs": batch.pairs.numpy()}

    for name in OUTPUTS:
        assert found[name].shape == tuple(seen[name].shape)
        np.testing.assert_allclose(found[name], seen[name].numpy(), atol=0.1)
    np.testing.assert_allclose(roles.run(None, given)[0], emissions.numpy(), atol=1e-4)


def test_only_the_graphs_are_written(exported):
    """Nothing that was needed on the way stays."""
    _, folder, _ = exported

    assert {path.name for path in folder.iterdir()} == {"encoder.onnx", "roles.onnx"}


def test_the_reader_of_parts_is_written_once_it_is_learned(tmp_path):
    """And read back into a network, weights of 16 bits too."""
    from quotes.training.start import continue_from

    torch.manual_seed(0)
    network, again = Network(TINY), Network(TINY)
    network.knows_parts = True
    for each in network.parameters():  # the exporter writes equal weights once
        torch.nn.init.normal_(each, std=0.1)
    export(network, tmp_path)
    field = {"steps": network.field.steps().tolist(), "begin": network.field.begin.tolist()}
    (tmp_path / "model.json").write_text(json.dumps(field))
    continue_from(again, tmp_path)

    assert (tmp_path / "parts.onnx").is_file()
    assert again.knows_parts
    for name, value in network.state_dict().items():
        if not name.startswith(("flat.", "field.")):
            np.testing.assert_allclose(again.state_dict()[name].numpy(), value.numpy(), atol=0.05)
