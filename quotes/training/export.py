"""Weights out: the network as two ONNX graphs, the encoder's linear maps in int8, and a vocabulary cut to what English news needs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from quotes.nlp.model.features import FIELDS, PAIR_FIELDS
from quotes.training.network import Network, RoleReader

OPSET = 17
#: The suffix of the name of a weight that is stored in 16 bits, and the least size of such a weight.
HALF = ".half"
_LARGE = 10_000


class _Encoder(nn.Module):
    def __init__(self, network: Network, outputs: Sequence[str]) -> None:
        super().__init__()
        self.network, self.outputs = network, outputs

    def forward(self, ids: Tensor, token: Tensor, first: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        states = self.network.read(ids, token, first, features, None)
        return tuple(states[name] for name in self.outputs)


OUTPUTS = ("as_token", "as_anchor", "anchor", "act", "entity")
#: Further outputs, for the head for titles and institutions.
PART_OUTPUTS = ("as_part", "as_person")


class _Roles(nn.Module):
    def __init__(self, roles: RoleReader) -> None:
        super().__init__()
        self.roles = roles

    def forward(self, tokens: Tensor, anchors: Tensor, pairs: Tensor) -> Tensor:
        emissions: Tensor = self.roles(tokens, anchors, pairs)
        return emissions


def export(network: Network, folder: Path) -> None:
    """Write `encoder.onnx` (int8), `roles.onnx` and, where the network knows them, `parts.onnx` (float) into a folder.

    Linear maps are quantised to int8 with a scale for each output channel, activations dynamically at run time (ONNX Runtime's
    DynamicQuantizeLinear); embeddings are quantised to int8 row tables and looked up before they are scaled.
    """
    network.eval()
    outputs = (*OUTPUTS, *(PART_OUTPUTS if network.knows_parts else ()))
    arguments = {
        "ids": torch.ones(1, 12, dtype=torch.long),
        "token": torch.arange(-1, 11).unsqueeze(0).clamp(max=9),
        "first": torch.arange(1, 11).unsqueeze(0),
        "features": torch.ones(1, len(FIELDS), 10, dtype=torch.long),
    }
    tokens = {1: "tokens"}
    axes = {"ids": {1: "pieces"}, "token": {1: "pieces"}, "first": tokens, "features": {2: "tokens"}, **dict.fromkeys(outputs, tokens)}
    encoder = io.BytesIO()
    _write(_Encoder(network, outputs), arguments, outputs, axes, encoder)
    _quantise(encoder, folder / "encoder.onnx")
    _export_roles(network.roles, network.shape.role_width, folder / "roles.onnx")
    if network.knows_parts:
        _export_roles(network.parts.reader, network.shape.part_width, folder / "parts.onnx")


def _export_roles(roles: RoleReader, width: int, path: Path) -> None:
    arguments = {
        "tokens": torch.zeros(2, 10, width),
        "anchors": torch.zeros(2, 1, width),
        "pairs": torch.ones(2, len(PAIR_FIELDS), 10, dtype=torch.long),
    }
    tokens = {0: "anchors", 1: "tokens"}
    axes = {"tokens": tokens, "anchors": {0: "anchors"}, "pairs": {0: "anchors", 2: "tokens"}, "emissions": tokens}
    _write(_Roles(roles), arguments, ["emissions"], axes, str(path))
    _halve(path)


def _write(module: nn.Module, arguments: dict[str, Tensor], outputs: Sequence[str], axes: dict[str, dict[int, str]], to: Any) -> None:
    with torch.no_grad():
        torch.onnx.export(
            module.eval(),
            tuple(arguments.values()),
            to,
            input_names=list(arguments),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def _halve(path: Path) -> None:
    """Store the larger weights of a graph in 16 bits; they are cast to 32 when it is loaded."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(str(path))
    graph = model.graph
    for number, each in enumerate(graph.initializer):
        values = numpy_helper.to_array(each)
        if values.dtype == "float32" and values.size >= _LARGE:
            graph.initializer[number].CopyFrom(numpy_helper.from_array(values.astype("float16"), each.name + HALF))
            graph.node.insert(0, helper.make_node("Cast", [each.name], [each.name.removesuffix(HALF)], to=TensorProto.FLOAT))
    onnx.save_model(model, str(path))


def _quantise(graph: io.BytesIO, path: Path) -> None:
    import tempfile

    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model: Any = onnx.load_model_from_string(graph.getvalue())
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "encoder.onnx"
        onnx.save_model(model, str(whole))
        # Weights of seven bits: without VNNI the int8 products of two neighbours are summed in 16 bits and would overflow.
        quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
