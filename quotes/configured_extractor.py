"""What finds quotes, as a user chose it: the model, the spaCy pipeline, which quotes are kept; and the versions that stored quotes name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from quotes.errors import ArticleError, TaskError
from quotes.local_processes import run_in_processes
from quotes.records import Act, Article
from quotes.store import Run

if TYPE_CHECKING:
    from quotes.extract import Extracted

#: Digits of a model's digest that are kept.
DIGITS = 12
#: Articles that a process is handed at a time.
TOGETHER = 8


@dataclass(frozen=True)
class Extractor:
    """What extracts quotes, as the options name it, and which quotes are kept. The pipeline is loaded when it is first needed."""

    model: str | None = None
    spacy_model: str | None = None
    workers: int = 1
    acts: tuple[str, ...] = ()
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
        """Each article with the quotes to keep, or with the error that it failed with, in the order of the input.

        With several workers, those are processes which are handed the articles and hand back records; a few articles need none.
        """
        articles = iter(articles)
        first = list(islice(articles, TOGETHER)) if self.workers > 1 else []
        if len(first) == TOGETHER:
            return self._extract_in_processes(chain(first, articles))
        return self._extract_here(chain(first, articles))

    def _extract_here(self, articles: Iterable[Article]) -> Iterator[Extracted]:
        nlp = self.nlp
        from quotes.extract import extract

        acts = self.acts or get_args(Act)
        for article, found in extract(articles, nlp):
            if not isinstance(found, Exception):
                found = tuple(quote for quote in found if quote.act in acts and quote.confidence >= self.min_confidence)
            yield article, found

    def _extract_in_processes(self, articles: Iterator[Article]) -> Iterator[Extracted]:
        batches = enumerate(iter(lambda: tuple(islice(articles, TOGETHER)), ()))
        tasks = (_Batch(number, self.of_one_process, batch) for number, batch in batches)
        ended: dict[int, list[Extracted]] = {}
        following = 0
        for task, outcome in run_in_processes(_extract_batch, tasks, workers=self.workers):
            ended[task.number] = list(_one_by_one(task)) if isinstance(outcome, TaskError) else outcome
            while found := ended.pop(following, None):
                yield from found
                following += 1

    @property
    def of_one_process(self) -> Extractor:
        """The same, as a task takes it to the process that does it."""
        return replace(self, workers=1)

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


@cache
def of_this_process(extractor: Extractor) -> Extractor:
    """The first extractor of its kind in this process, so that a pipeline is loaded once."""
    return extractor


@dataclass(frozen=True, slots=True)
class _Batch:
    """Articles for one process."""

    number: int
    extractor: Extractor
    articles: tuple[Article, ...]


def _extract_batch(batch: _Batch) -> list[Extracted]:
    return list(of_this_process(batch.extractor).extract(batch.articles))


def _one_by_one(batch: _Batch) -> Iterator[Extracted]:
    """What can be extracted of a batch that its process died of."""
    for task, outcome in run_in_processes(_extract_batch, (replace(batch, articles=(each,)) for each in batch.articles), workers=1):
        (article,) = task.articles
        yield from [(article, ArticleError(f"{article.path}: {outcome}"))] if isinstance(outcome, TaskError) else outcome


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
