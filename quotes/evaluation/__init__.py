"""Scores on gold corpora: read what people marked, extract from the same texts, compare.

    nlp = quotes.load()
    corpus = read_corpus(Path("polnear"))
    scores = evaluate(corpus, nlp)
    scores.figures["attributed"].f1

The figures are those of the command `quotes evaluate`; docs/evaluation.md says what each of them means. Corpora are read by
`quotes.corpora`; what is measured for training is in `quotes.training`.
"""

from __future__ import annotations

from functools import partial
from typing import Any, overload

from quotes.corpora import read_corpus
from quotes.corpora.gold import Corpus, HardCases
from quotes.evaluation.outcomes import CasesOutcome, Outcome, Predictions, outcome_of, predict
from quotes.evaluation.report import estimates
from quotes.evaluation.scores import Scores

__all__ = [
    "CasesOutcome",
    "Corpus",
    "HardCases",
    "Outcome",
    "Predictions",
    "Scores",
    "estimates",
    "evaluate",
    "outcome_of",
    "predict",
    "read_corpus",
]


@overload
def evaluate(corpus: Corpus, nlp: Any) -> Scores: ...
@overload
def evaluate(corpus: HardCases, nlp: Any) -> CasesOutcome: ...
def evaluate(corpus: Corpus | HardCases, nlp: Any) -> Scores | CasesOutcome:
    """Extract from every text of the corpus with `nlp` (see `quotes.load`) and score it. An article that fails counts as missed."""
    from quotes.extract import extract

    outcome = outcome_of(corpus, predict(corpus, partial(extract, nlp=nlp)), "")
    return outcome if isinstance(outcome, CasesOutcome) else outcome.scores[""]
