"""Scores on gold corpora: read what people marked, extract from the same texts, compare.

    nlp = quotes.load()
    corpus = read_corpus(Path("polnear"))
    scores = evaluate(corpus, nlp)
    scores.figures["attributed"].f1

The figures are those of the command `quotes evaluate`; docs/evaluation.md says what each of them means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, overload

from quotes.evaluation.corpora import DEFAULT_SPLIT, read_corpus
from quotes.evaluation.faults import Fault, find_faults
from quotes.evaluation.gold import Corpus, HardCase, HardCases
from quotes.evaluation.passages import CaseScores, judge
from quotes.evaluation.prediction import Predictions, predict
from quotes.evaluation.scores import PRF, Scores, score_article

__all__ = [
    "DEFAULT_SPLIT",
    "PRF",
    "CaseScores",
    "Corpus",
    "Fault",
    "HardCase",
    "HardCases",
    "Predictions",
    "Scores",
    "evaluate",
    "find_faults",
    "judge",
    "judge_cases",
    "predict",
    "read_corpus",
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


def judge_cases(corpus: HardCases, predictions: Predictions) -> CaseScores:
    """What is wrong in each passage, and how many false quotes stand in passages without any."""
    faults = {case.id: judge(case, predictions.quotes.get(case.id, ())) for case in corpus.cases}
    return CaseScores(faults, _false_in_negatives(corpus.cases, faults))


def _false_in_negatives(cases: Iterable[HardCase], faults: Mapping[str, Sequence[str]]) -> int:
    return sum(faults[case.id].count("false quote") for case in cases if not case.quotes)
