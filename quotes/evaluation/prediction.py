"""Extracting from the texts of a gold corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.corpora.gold import Corpus, HardCases
from quotes.errors import ArticleError
from quotes.records import Article, Quote


@dataclass(frozen=True, slots=True)
class Predictions:
    """What was extracted, by the article's or passage's name; `failures` says why an article gave nothing (each counts as missed)."""

    quotes: Mapping[str, Sequence[Quote]]
    failures: Mapping[str, str]


def predict(corpus: Corpus | HardCases, nlp: Any, *, workers: int = 1) -> Predictions:
    """Extract from every text of the corpus; only acts that the corpus annotates are kept."""
    from quotes.extract import extract

    named: Mapping[str, Article] = (
        {gold.name: gold.article for gold in corpus.articles}
        if isinstance(corpus, Corpus)
        else {case.id: case.article for case in corpus.cases}
    )
    acts = corpus.acts if isinstance(corpus, Corpus) else None
    quotes: dict[str, Sequence[Quote]] = {}
    failures: dict[str, str] = {}
    for name, (_, found) in zip(named, extract(named.values(), nlp, workers=workers), strict=True):
        if isinstance(found, ArticleError):
            failures[name] = str(found)
        else:
            quotes[name] = [quote for quote in found if acts is None or quote.act in acts]
    return Predictions(quotes, failures)
