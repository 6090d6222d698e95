"""What finds quotes, as a user chose it: the model, the spaCy pipeline, which quotes are kept; and the versions that stored quotes name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from quotes.records import Act, Article
from quotes.store import Run

if TYPE_CHECKING:
    from quotes.extract import Extracted

#: Digits of a model's digest that are kept.
DIGITS = 12


@dataclass
class Extractor:
    """What extracts quotes, as the options name it, and which quotes are kept. The pipeline is loaded when it is first needed."""

    model: str | None
    spacy_model: str | None
    workers: int
    acts: Sequence[str] = ()
    min_confidence: float = 0.0

    @cached_property
    def name(self) -> str:
        """The model: the one named, else the best installed."""
        from quotes.pipeline import installed_models

        return self.model or installed_models()[0]

    @cached_property
    def nlp(self) -> Any:
        """The spaCy Language."""
        from quotes.pipeline import load

        return load(model=self.name, spacy_model=self.spacy_model)

    def extract(self, articles: Iterable[Article]) -> Iterator[Extracted]:
        """Each article with the quotes to keep, or with the error that it failed with."""
        nlp = self.nlp
        from quotes.extract import extract

        acts = self.acts or get_args(Act)
        for article, found in extract(articles, nlp, workers=self.workers):
            if not isinstance(found, Exception):
                found = tuple(quote for quote in found if quote.act in acts and quote.confidence >= self.min_confidence)
            yield article, found

    @cached_property
    def run(self) -> Run:
        """The versions that stored quotes name.

        A narrower selection is another run: a later one without it must not take the articles for done. So are other weights of the same
        name.
        """
        from importlib.metadata import version

        program, meta, digest = version("quotes"), self.nlp.meta, model_digest(self.name)
        spacy_model = f"{meta['lang']}_{meta['name']} {meta['version']}"
        options = {"act": sorted(self.acts), "min_confidence": self.min_confidence}
        parts = [f"{self.name} {program} on {spacy_model}", *([f"weights {digest}"] if digest else [])]
        parts += [f"act {act}" for act in sorted(self.acts)]
        parts += [f"confidence {self.min_confidence:g}"] if self.min_confidence else []
        return Run("; ".join(parts), program, self.name, digest, spacy_model, {name: value for name, value in options.items() if value})


def model_digest(model: str) -> str | None:
    """The first digits of the SHA-256 of a trained model's files; None for the rules, which have none."""
    from quotes.pipeline import RULES, model_folder

    if model == RULES or not (folder := Path(model_folder(model))).is_dir():
        return None
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in {".onnx", ".json"}:
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:DIGITS]
