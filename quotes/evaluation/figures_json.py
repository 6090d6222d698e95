"""The figures as plain values for other programs: shares between 0 and 1, unrounded, beside the counts that they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from quotes.evaluation.outcomes import CasesOutcome, CorpusOutcome, Outcome, differences, intervals
from quotes.evaluation.scores import Scores


def as_json(outcomes: Sequence[Outcome], *, with_intervals: bool = True) -> dict[str, Any]:
    """The figures of one corpus: those of the model, or, of several, `models` with those of each and its differences from the first."""
    records = {each.model: _record(each, with_intervals) for each in outcomes}
    if len(outcomes) == 1:
        return records[outcomes[0].model]
    for each in outcomes[1:]:
        records[each.model]["differences"] = _differences(each, outcomes[0], with_intervals)
    return {"models": records}


def _record(outcome: Outcome, with_intervals: bool) -> dict[str, Any]:
    record = _of_cases(outcome) if isinstance(outcome, CasesOutcome) else _of_articles(outcome)
    if with_intervals:
        record["intervals"] = {name: [each.low, each.high] for name, each in intervals(outcome).items()}
    return {"model": outcome.model, **record}


def _of_cases(outcome: CasesOutcome) -> dict[str, Any]:
    scores = outcome.scores
    return {
        "passages": len(scores.faults),
        "right": scores.right,
        "contents_right": scores.contents_right,
        "false_in_negatives": scores.false_in_negatives,
        "faults": {case: list(wrong) for case, wrong in scores.faults.items() if wrong},
    }


def _of_articles(outcome: CorpusOutcome) -> dict[str, Any]:
    scores = outcome.scores
    return {
        "articles": scores.articles,
        "gold": scores.gold,
        "predicted": scores.predicted,
        "figures": _figures(scores),
        "default_view": _figures(outcome.default_scores),
        "confidence": [asdict(each) for each in outcome.bins],
        "calibration_error": _known(outcome.measures["calibration.error"].value),
        "sure": outcome.sure,
        "sure_precision": _known(outcome.measures["sure.precision"].value),
        "acts": {act: asdict(outcome.act_totals[act]) for act in outcome.acts_scored},
    }


def _figures(scores: Scores) -> dict[str, dict[str, float]]:
    return {
        figure: {"precision": prf.precision, "recall": prf.recall, "f1": prf.f1, "tp": prf.tp, "fp": prf.fp, "fn": prf.fn}
        for figure, prf in scores.figures.items()
    }


def _differences(outcome: Outcome, first: Outcome, with_intervals: bool) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for name, each in differences(outcome, first).items():
        if _known(each.value) is not None:
            between = {"interval": [each.interval.low, each.interval.high]} if with_intervals and each.interval else {}
            record[name] = {"first": first.model, "difference": each.value, **between}
    return record


def _known(value: float) -> float | None:
    """JSON knows no NaN: what means nothing is null."""
    return None if value != value else value
