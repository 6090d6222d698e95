"""What finds quotes in this run: the versions that a stored quote is to name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from quotes.store import Run

#: Digits of a model's digest that are kept.
DIGITS = 12


def run_of(nlp: Any, model: str, *, acts: Sequence[str] = (), min_confidence: float = 0.0) -> Run:
    """The run of this program with this extractor on this spaCy pipeline.

    A narrower selection is another run: a later one without it must not take the articles for done. So are other weights of the same name.
    """
    program = version("quotes")
    spacy_model = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
    digest = model_digest(model)
    selection = [*(f"act {act}" for act in sorted(acts)), *([f"confidence {min_confidence:g}"] if min_confidence else [])]
    extractor = "; ".join([f"{model} {program} on {spacy_model}", *([f"weights {digest}"] if digest else []), *selection])
    options: dict[str, Any] = {"act": sorted(acts)} if acts else {}
    if min_confidence:
        options["min_confidence"] = min_confidence
    return Run(extractor, program, model, digest, spacy_model, options)


def model_digest(model: str) -> str | None:
    """The first digits of the SHA-256 of a trained model's files; None for the rules, which have none."""
    from quotes.pipeline import RULES, folder_of

    folder = None if model == RULES else Path(folder_of(model))
    if folder is None or not folder.is_dir():
        return None
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in {".onnx", ".json"}:
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:DIGITS]
