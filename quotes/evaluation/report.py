"""The figures as people read them, of one model or of several side by side, and as plain values for other programs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from quotes.evaluation.bootstrap import DRAWS, LEVEL, Estimate
from quotes.evaluation.outcomes import ACT_COUNTS, DEFAULT, CasesOutcome, CorpusOutcome, Outcome
from quotes.evaluation.reliability import BINS, SURE, bins_of
from quotes.evaluation.scores import PRF, Scores
from quotes.records import SURE as FLOOR

Estimates = Mapping[str, Estimate]

#: Said under every table of confidence, since it is part of the measure.
FLOATING = "a quote without a cue is right wherever it stands in a gold content, since PolNeAR joins it to the quote before"
#: Said under a table of acts when gold does not mark them all.
NO_ACTS = "where gold marks no act, its cue is of speech or not: thought, intent and other agree with a cue that is not"
#: What stands for a figure that means nothing, such as the precision of no quotes.
NOTHING = "–"
_PARTS = {"precision": "P", "recall": "R", "f1": "F1"}


def report(outcomes: Sequence[Outcome], *, with_intervals: bool = True) -> str:
    """The figures of one corpus as plain tables; `outcomes` are those of every model on it, the first the one to compare with."""
    known = [estimates(each, with_intervals=with_intervals) for each in outcomes]
    lines = list(_alone(outcomes[0], known[0]) if len(outcomes) == 1 else _side_by_side(outcomes, known, with_intervals))
    if any(each.interval for estimated in known for each in estimated.values()):
        unit = "articles" if isinstance(outcomes[0], CorpusOutcome) else "passages"
        lines.append(f"  [low–high]: {LEVEL:.0f}% intervals from {DRAWS:,} bootstrap draws of {unit}")
    return "\n".join(lines)


def estimates(outcome: Outcome, first: Outcome | None = None, *, with_intervals: bool = True) -> Estimates:
    """Every figure of an outcome, or its difference from that of `first` on the same corpus, with 95% intervals or without."""
    found = {name: each.less(first.measures[name]) if first else each.estimate() for name, each in outcome.measures.items()}
    return found if with_intervals else {name: Estimate(each.value, None) for name, each in found.items()}


def _alone(outcome: Outcome, known: Estimates) -> Iterator[str]:
    if isinstance(outcome, CasesOutcome):
        yield from _case_lines(outcome, known)
        return
    scores, default = outcome.scores[""], outcome.scores[DEFAULT]
    yield f"{outcome.corpus.name}: {scores.articles} articles, {scores.gold} gold attributions, {scores.predicted} predicted"
    yield from _figure_lines(scores, "", known)
    yield f"  default view, speech at a confidence of {FLOOR} and above: {default.gold} gold attributions, {default.predicted} predicted"
    yield from _figure_lines(default, DEFAULT, known)
    yield from _confidence_lines(outcome, known)
    yield from _act_lines(outcome, known)


def _figure_lines(scores: Scores, view: str, known: Estimates) -> Iterator[str]:
    for figure, prf in scores.figures.items():
        cells = [f"{_PARTS[part]} {value:6.1%}{_interval(f'{view}{figure}.{part}', known)}" for part, value in prf.parts.items()]
        yield f"  {figure:20s} {'  '.join(cells)}"


def _case_lines(outcome: CasesOutcome, known: Estimates) -> Iterator[str]:
    totals, passages = outcome.scores.totals, f"{len(outcome.scores.faults)} passages"
    right = f"{totals['right']} of {passages} wholly right{_interval('passages.right', known)}"
    contents = f"{totals['contents_right']} with every content right{_interval('passages.contents_right', known)}"
    yield f"{outcome.corpus.name}: {passages}"
    yield from _wrong_cases(outcome)
    yield f"  {right}; {contents}"
    yield f"  {totals['false_in_negatives']} false quotes in passages that have none"


def _wrong_cases(outcome: CasesOutcome) -> Iterator[str]:
    return (f"  {case}: {', '.join(wrong)}" for case, wrong in outcome.scores.faults.items() if wrong)


def _confidence_lines(outcome: CorpusOutcome, known: Estimates) -> Iterator[str]:
    """What the confidence of a model's quotes is worth, in tenths."""
    bins = bins_of(outcome.bins.sum(axis=0))
    if not bins:
        return
    yield "  confidence   quotes   mean   right"
    for each in bins:
        yield f"  {each.low:.1f}–{each.low + 1 / BINS:.1f}      {each.count:6d}   {each.confidence:.2f}  {each.right:6.1%}"
    error, sure = _cell("calibration.error", known), _cell("sure.precision", known)
    yield f"  calibration error {error}; of {_sure(outcome)} quotes of confidence {SURE:.1f} and above {sure} per cent right"
    yield f"  right: content matched and source found; {FLOATING}"


def _sure(outcome: CorpusOutcome) -> int:
    return sum(quote.confidence >= SURE for _, quotes in outcome.found for quote in quotes)


def _act_lines(outcome: CorpusOutcome, known: Estimates) -> Iterator[str]:
    """Of each act, how many quotes gold agrees with, and how many are attributed."""
    if not outcome.acts:
        return
    rows: list[tuple[str, ...]] = [("act", "quotes", "matched", "gold act known", "of these agreed, %", "attributed, % of quotes")]
    for act, counts in outcome.acts.items():
        numbers = (f"{number:.0f}" for number in counts.sum(axis=0)[:3])
        rows.append((act, *numbers, *(_cell(f"act_{act}.{part}", known) for part in ("agreed", "attributed"))))
    yield from _columns(rows)
    if any(each.act is None for gold in outcome.corpus.articles for each in gold.attributions):
        yield f"  {NO_ACTS}"


def _side_by_side(outcomes: Sequence[Outcome], known: Sequence[Estimates], with_intervals: bool) -> Iterator[str]:
    first, *others = outcomes
    differences = [estimates(each, first, with_intervals=with_intervals) for each in others]
    rows: list[tuple[str, ...]] = [("figure", "", first.model, *(cell for each in others for cell in (each.model, f"less {first.model}")))]
    for name in first.measures:
        values = [_cell(name, each) for each in known]
        if any(each != NOTHING for each in values):
            pairs = zip(values[1:], (_cell(name, each, difference=True) for each in differences), strict=True)
            figure, _, part = name.partition(".")
            rows.append((figure, _PARTS.get(part, part), values[0], *(cell for pair in pairs for cell in pair)))
    if isinstance(first, CasesOutcome):
        yield f"{first.corpus.name}: {len(first.scores.faults)} passages"
    else:
        scores = first.scores[""]
        predicted = ", ".join(f"{each.scores[''].predicted} by {each.model}" for each in outcomes if isinstance(each, CorpusOutcome))
        yield f"{first.corpus.name}: {scores.articles} articles, {scores.gold} gold attributions; predicted: {predicted}"
    yield from _columns(rows)
    if any(each.interval for each in known[0].values()):
        yield f"  *: the interval of the difference from {first.model} leaves out 0"
    for each, own in zip(outcomes, known, strict=True):
        yield f"{each.corpus.name}, {each.model}:"
        if isinstance(each, CasesOutcome):
            yield from _wrong_cases(each)
        else:
            yield from _confidence_lines(each, own)
            yield from _act_lines(each, own)


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows with their cells below one another; those of the first row are the heads."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        yield "  " + "  ".join(f"{cell:{width}s}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _cell(name: str, known: Estimates, *, difference: bool = False) -> str:
    """A figure, or a difference of two, with its interval."""
    estimate = known[name]
    if math.isnan(estimate.value):
        return NOTHING
    star = " *" if difference and estimate.differs_from_0 else ""
    return f"{_shown(name, estimate.value, '+' if difference else '')}{_interval(name, known, difference=difference)}{star}"


def _interval(name: str, known: Estimates, *, difference: bool = False) -> str:
    interval = known[name].interval if name in known else None
    if interval is None:
        return ""
    sign, between = ("+", ", ") if difference else ("", "–")
    return f" [{between.join(_shown(name, edge, sign) for edge in interval)}]"


def _shown(name: str, value: float, sign: str = "") -> str:
    """Passages are counted, calibration errors are small shares, and everything else is in per cent."""
    if name.startswith("passages."):
        return f"{value:{sign}.0f}"
    return f"{value:{sign}.3f}" if name.startswith("calibration.") else f"{100 * value:{sign}.1f}"


def as_json(outcomes: Sequence[Outcome], *, with_intervals: bool = True) -> dict[str, Any]:
    """The figures of one corpus, shares between 0 and 1, unrounded, beside the counts that they come from.

    Those of the model, or, of several, `models` with those of each and its differences from the first.
    """
    first = outcomes[0]
    records = {each.model: _record(each, with_intervals) for each in outcomes}
    if len(outcomes) == 1:
        return records[first.model]
    for outcome in outcomes[1:]:
        records[outcome.model]["differences"] = {
            name: {"first": first.model, "difference": each.value, **({"interval": list(each.interval)} if each.interval else {})}
            for name, each in estimates(outcome, first, with_intervals=with_intervals).items()
            if not math.isnan(each.value)
        }
    return {"models": records}


def _record(outcome: Outcome, with_intervals: bool) -> dict[str, Any]:
    record = {"model": outcome.model, **(_case_values(outcome) if isinstance(outcome, CasesOutcome) else _article_values(outcome))}
    if with_intervals:
        record["intervals"] = {name: list(each.interval) for name, each in estimates(outcome).items() if each.interval}
    return record


def _case_values(outcome: CasesOutcome) -> dict[str, Any]:
    faults = outcome.scores.faults
    return {
        "passages": len(faults),
        **outcome.scores.totals,
        "faults": {case: list(wrong) for case, wrong in faults.items() if wrong},
    }


def _article_values(outcome: CorpusOutcome) -> dict[str, Any]:
    scores, default = outcome.scores[""], outcome.scores[DEFAULT]
    error, sure = (outcome.measures[name].value for name in ("calibration.error", "sure.precision"))
    return {
        "articles": scores.articles,
        "gold": scores.gold,
        "predicted": scores.predicted,
        "figures": {figure: _prf_values(prf) for figure, prf in scores.figures.items()},
        "default_view": {figure: _prf_values(prf) for figure, prf in default.figures.items()},
        "confidence": [asdict(each) for each in bins_of(outcome.bins.sum(axis=0))],
        "calibration_error": None if math.isnan(error) else error,  # JSON knows no NaN
        "sure": _sure(outcome),
        "sure_precision": None if math.isnan(sure) else sure,
        "acts": {act: dict(zip(ACT_COUNTS, map(int, counts.sum(axis=0)), strict=True)) for act, counts in outcome.acts.items()},
    }


def _prf_values(prf: PRF) -> dict[str, float]:
    return {**prf.parts, "tp": prf.tp, "fp": prf.fp, "fn": prf.fn}
