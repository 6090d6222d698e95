"""Scores on gold corpora: read what people marked, extract from the same texts, compare.

    nlp = quotes.load()
    corpus = read_corpus(Path("polnear"))
    scores = evaluate(corpus, nlp)
    scores.figures["attributed"].f1

The figures are those of the command `quotes evaluate`; docs/evaluation.md says what each of them means.
"""

from __future__ import annotations

from typing import Any, overload

from quotes.corpora import DEFAULT_SPLIT, read_corpus
from quotes.corpora.gold import Corpus, HardCase, HardCases
from quotes.evaluation.faults import Fault, find_faults
from quotes.evaluation.outcomes import CasesOutcome, CorpusOutcome, Outcome, differences, intervals, outcome_of
from quotes.evaluation.passage_scores import CaseScores, judge, judge_cases
from quotes.evaluation.prediction import Predictions, predict
from quotes.evaluation.reliability import calibration_error, reliability
from quotes.evaluation.scores import PRF, Scores, score_article

__all__ = [
    "DEFAULT_SPLIT",
    "PRF",
    "CaseScores",
    "CasesOutcome",
    "Corpus",
    "CorpusOutcome",
    "Fault",
    "HardCase",
    "HardCases",
    "Outcome",
    "Predictions",
    "Scores",
    "calibration_error",
    "differences",
    "evaluate",
    "find_faults",
    "intervals",
    "judge",
    "judge_cases",
    "outcome_of",
    "predict",
    "read_corpus",
    "reliability",
    "score_corpus",
]


@overload
def evaluate(corpus: Corpus, nlp: Any, *, workers: int = 1) -> Scores: ...
@overload
def evaluate(corpus: HardCases, nlp: Any, *, workers: int = 1) -> CaseScores: ...
def evaluate(corpus: Corpus | HardCases, nlp: Any, *, workers: int = 1) -> Scores | CaseScores:
    """Extract from every text of the corpus with `nlp` (see `quotes.load`) and score it. An article that fails counts as missed."""
    predictions = predict(corpus, nlp, workers=workers)
    return score_corpus(corpus, predictions) if isinstance(corpus, Corpus) else judge_cases(corpus, predictions)


def score_corpus(corpus: Corpus, predictions: Predictions) -> Scores:
    """The figures of a corpus, added up over its articles."""
    return sum((score_article(gold, predictions.quotes.get(gold.name, ())) for gold in corpus.articles), Scores())
