"""An encoder to start from, as small as one can be."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from training_samples import PIECES, tokenizer

#: What needs the libraries of the extra `train`.
collect_ignore = (
    []
    if all(map(find_spec, ("torch", "onnx", "safetensors")))
    else ["test_batches.py", "test_export.py", "test_loop.py", "test_network.py", "test_run.py", "test_start.py", "test_validation.py"]
)
WIDTH, INNER, LAYERS, POSITIONS = 16, 32, 6, 256


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    """Threads that wait for each other on a busy machine take four times the time that one takes."""
    if find_spec("torch"):
        import torch

        torch.set_num_threads(1)


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a BERT encoder of six layers, its weights drawn at random."""
    import torch
    from safetensors.torch import save_file

    chance = torch.Generator().manual_seed(0)
    sizes = {
        "embeddings.word_embeddings.weight": (len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": (POSITIONS, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        for name, out, into in [
            *((f"attention.self.{each}", WIDTH, WIDTH) for each in ("query", "key", "value")),
            ("attention.output.dense", WIDTH, WIDTH),
            ("intermediate.dense", INNER, WIDTH),
            ("output.dense", WIDTH, INNER),
        ]:
            sizes |= {f"{layer}.{name}.weight": (out, into), f"{layer}.{name}.bias": (out,)}
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            sizes |= {f"{layer}.{name}.weight": (WIDTH,), f"{layer}.{name}.bias": (WIDTH,)}
    folder = tmp_path_factory.mktemp("encoder")
    save_file({name: torch.randn(size, generator=chance) * 0.1 for name, size in sizes.items()}, str(folder / "model.safetensors"))
    sizes = {"vocab_size": len(PIECES), "hidden_size": WIDTH, "intermediate_size": INNER, "max_position_embeddings": POSITIONS}
    (folder / "config.json").write_text(json.dumps({**sizes, "num_attention_heads": 2, "num_hidden_layers": LAYERS}), encoding="utf-8")
    tokenizer().save(str(folder / "tokenizer.json"))
    return folder
