"""Weights out: the network as two ONNX graphs, the encoder's linear maps in int8, and a vocabulary cut to what English news needs."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from quotes.components.features import FIELDS, PAIR_FIELDS
from quotes.training.network import Network

OPSET = 17


class _Encoder(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, token: Tensor, first: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        states = self.network.read(ids, token, first, features, None)
        return tuple(states[name] for name in OUTPUTS)


OUTPUTS = ("as_token", "as_anchor", "anchor", "act", "entity")


class _Roles(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.roles = network.roles

    def forward(self, tokens: Tensor, anchors: Tensor, pairs: Tensor) -> Tensor:
        emissions: Tensor = self.roles(tokens, anchors, pairs)
        return emissions


def export(network: Network, folder: Path) -> None:
    """Write `encoder.onnx` (int8) and `roles.onnx` (float) into a folder.

    Linear maps are quantised to int8 with a scale for each output channel, activations dynamically at run time (ONNX Runtime's
    DynamicQuantizeLinear); embeddings are quantised to int8 row tables and looked up before they are scaled.
    """
    network.eval()
    ids = torch.ones(1, 12, dtype=torch.long)
    token = torch.arange(-1, 11).unsqueeze(0).clamp(max=9)
    first = torch.arange(1, 11).unsqueeze(0)
    features = torch.ones(1, len(FIELDS), 10, dtype=torch.long)
    encoder = io.BytesIO()
    with torch.no_grad():
        torch.onnx.export(
            _Encoder(network).eval(),
            (ids, token, first, features),
            encoder,  # type: ignore[arg-type]
            input_names=["ids", "token", "first", "features"],
            output_names=list(OUTPUTS),
            dynamic_axes={
                "ids": {1: "pieces"},
                "token": {1: "pieces"},
                "first": {1: "tokens"},
                "features": {2: "tokens"},
                **{name: {1: "tokens"} for name in OUTPUTS},
            },
            opset_version=OPSET,
            dynamo=False,
        )
        width = network.shape.role_width
        torch.onnx.export(
            _Roles(network).eval(),
            (torch.zeros(2, 10, width), torch.zeros(2, 1, width), torch.ones(2, len(PAIR_FIELDS), 10, dtype=torch.long)),
            str(folder / "roles.onnx"),
            input_names=["tokens", "anchors", "pairs"],
            output_names=["emissions"],
            dynamic_axes={
                "tokens": {0: "anchors", 1: "tokens"},
                "anchors": {0: "anchors"},
                "pairs": {0: "anchors", 2: "tokens"},
                "emissions": {0: "anchors", 1: "tokens"},
            },
            opset_version=OPSET,
            dynamo=False,
        )
    _quantised(encoder, folder / "encoder.onnx")


def _quantised(graph: io.BytesIO, path: Path) -> None:
    import tempfile

    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model: Any = onnx.load_model_from_string(graph.getvalue())
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "encoder.onnx"
        onnx.save_model(model, str(whole))
        # Weights of seven bits: without VNNI the int8 products of two neighbours are summed in 16 bits and would overflow.
        quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
