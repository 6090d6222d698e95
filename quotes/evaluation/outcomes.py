"""What one model did on one corpus, with every figure as counts by article: reports, intervals and comparisons draw on this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from quotes.corpora.gold import Corpus, HardCases
from quotes.evaluation import bootstrap
from quotes.evaluation.acts import ACTS, ActCounts, act_counts
from quotes.evaluation.bootstrap import Difference, Floats, Interval, Measure
from quotes.evaluation.passage_scores import CaseScores, judge_cases
from quotes.evaluation.prediction import Predictions
from quotes.evaluation.reliability import SURE, Bin, Judged, are_right, binned, error_of, reliability, sure_of
from quotes.evaluation.scores import PRF, Scores, default_view, score_article
from quotes.records import Act

Measures = Mapping[str, Measure]

#: Before the names of figures of the default view.
DEFAULT = "default:"
_PARTS = {"precision": bootstrap.precision, "recall": bootstrap.recall, "f1": bootstrap.f1}


@dataclass(frozen=True)
class CorpusOutcome:
    """A model on annotated articles: what it found, and for each article in turn its scores, those of the default view, its quotes judged,
    and its acts."""

    model: str
    corpus: Corpus
    predictions: Predictions
    by_article: Sequence[Scores]
    default_by_article: Sequence[Scores]
    judged: Sequence[Sequence[Judged]]
    acts: Sequence[Mapping[Act, ActCounts]]

    @cached_property
    def scores(self) -> Scores:
        """The figures added up over the articles."""
        return sum(self.by_article, Scores())

    @cached_property
    def default_scores(self) -> Scores:
        """The figures of the default view added up over the articles."""
        return sum(self.default_by_article, Scores())

    @cached_property
    def act_totals(self) -> Mapping[Act, ActCounts]:
        """The counts of acts added up over the articles."""
        return {act: sum((each[act] for each in self.acts), ActCounts()) for act in ACTS}

    @property
    def acts_scored(self) -> tuple[Act, ...]:
        """The acts that can be mistaken for one another: all that the corpus annotates, none where it annotates a single one."""
        acts = tuple(act for act in ACTS if self.corpus.acts is None or act in self.corpus.acts)
        return acts if len(acts) > 1 else ()

    @cached_property
    def bins(self) -> list[Bin]:
        """The quotes of all articles by their confidence."""
        return reliability(each for article in self.judged for each in article)

    @property
    def sure(self) -> int:
        """How many quotes are sure."""
        return sum(confidence >= SURE for article in self.judged for confidence, _ in article)

    @cached_property
    def measures(self) -> Measures:
        """Every figure by its name: `attributed.f1`, `calibration.error`, `sure.precision`, `act_speech.agreed` and so on."""
        return dict(self._measures())

    def _measures(self) -> Iterator[tuple[str, Measure]]:
        for view, scores in (("", self.by_article), (DEFAULT, self.default_by_article)):
            for figure in self.scores.figures:
                counts = _table([_counts(each.figures.get(figure, PRF())) for each in scores])
                for part, of in _PARTS.items():
                    # Of a figure of recall, precision and F1 mean nothing.
                    if part == "recall" or not figure.endswith("_recall"):
                        yield f"{view}{figure}.{part}", Measure(counts, of)
        bins = _table([binned(each) for each in self.judged])
        yield "calibration.error", Measure(bins, error_of)
        yield "sure.precision", Measure(sure_of(bins), bootstrap.share)
        for act in self.acts_scored:
            those = [each[act] for each in self.acts]
            yield f"act_{act}.agreed", Measure(_table([(each.agreed, each.known) for each in those]), bootstrap.share)
            yield f"act_{act}.attributed", Measure(_table([(each.attributed, each.quotes) for each in those]), bootstrap.share)


@dataclass(frozen=True)
class CasesOutcome:
    """A model on passages that are right or wrong as a whole."""

    model: str
    corpus: HardCases
    predictions: Predictions
    scores: CaseScores

    @cached_property
    def measures(self) -> Measures:
        """The numbers of passages by name: `passages.right`, `passages.contents_right`, `passages.false_in_negatives`."""
        faults = self.scores.faults
        rows: dict[str, list[int]] = {
            "right": [not wrong for wrong in faults.values()],
            "contents_right": ["content" not in wrong for wrong in faults.values()],
            "false_in_negatives": [0 if case.quotes else faults[case.id].count("false quote") for case in self.corpus.cases],
        }
        return {f"passages.{name}": Measure(_table([(each,) for each in row]), bootstrap.total) for name, row in rows.items()}


Outcome = CorpusOutcome | CasesOutcome


def outcome_of(corpus: Corpus | HardCases, predictions: Predictions, model: str) -> Outcome:
    """Score what `model` found in the texts of the corpus."""
    if isinstance(corpus, HardCases):
        return CasesOutcome(model, corpus, predictions, judge_cases(corpus, predictions))
    found = [(gold, predictions.quotes.get(gold.name, ())) for gold in corpus.articles]
    return CorpusOutcome(
        model,
        corpus,
        predictions,
        tuple(score_article(gold, quotes) for gold, quotes in found),
        tuple(score_article(*default_view(gold, quotes)) for gold, quotes in found),
        tuple(tuple(zip([quote.confidence for quote in quotes], are_right(gold, quotes), strict=True)) for gold, quotes in found),
        tuple(act_counts(gold, quotes) for gold, quotes in found),
    )


def intervals(outcome: Outcome) -> dict[str, Interval]:
    """The 95% interval of every figure that has one."""
    return {name: interval for name, measure in outcome.measures.items() if (interval := measure.interval())}


def differences(outcome: Outcome, first: Outcome) -> dict[str, Difference]:
    """Every figure of an outcome less that of the first on the same corpus, with its paired interval."""
    return {
        name: bootstrap.difference(measure, first.measures[name]) for name, measure in outcome.measures.items() if name in first.measures
    }


def _counts(prf: PRF) -> tuple[int, int, int]:
    return prf.tp, prf.fp, prf.fn


def _table(rows: Sequence[Sequence[float] | Floats]) -> Floats:
    return np.asarray(rows, dtype=np.float64)
