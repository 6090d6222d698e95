"""The figures as people read them, of one model or of several, and as plain values for other programs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from quotes.evaluation.bootstrap import DRAWS, LEVEL, PARTS, Estimate
from quotes.evaluation.outcomes import ACT_COUNTS, DEFAULT, CasesOutcome, CorpusOutcome, Outcome
from quotes.evaluation.reliability import BINS, SURE, bins_of, sure_of
from quotes.records import SURE as FLOOR

Estimates = Mapping[str, Estimate]

#: Said under every table of confidence, since it is part of the measure.
FLOATING = "a quote without a cue is right wherever it stands in a gold content, since PolNeAR joins it to the quote before"
#: Said under a table of acts when gold does not mark them all.
NO_ACTS = "where gold marks no act, its cue is of speech or not: thought, intent and other agree with a cue that is not"
#: What stands for a figure that means nothing, such as the precision of no quotes.
NOTHING = "–"


def report(outcomes: Sequence[Outcome], *, with_intervals: bool = True) -> str:
    """The figures of one corpus as plain tables; `outcomes` are those of every model on it, the first the one to compare with."""
    known = [estimates(each, with_intervals=with_intervals) for each in outcomes]
    less = [estimates(each, outcomes[0], with_intervals=with_intervals) for each in outcomes[1:]]
    lines = list(_figure_lines(outcomes, known, less))
    for outcome, own in zip(outcomes, known, strict=True):
        if less:
            lines.append(f"{outcome.corpus.name}, {outcome.model}:")
        if isinstance(outcome, CasesOutcome):
            lines += [f"  {case}: {', '.join(wrong)}" for case, wrong in outcome.faults.items() if wrong]
        else:
            lines += [*_confidence_lines(outcome, own), *_act_lines(outcome, own)]
    if any(each.interval for estimated in known for each in estimated.values()):
        unit = "articles" if isinstance(outcomes[0], CorpusOutcome) else "passages"
        lines.append(f"  [low–high]: {LEVEL:.0f}% intervals from {DRAWS:,} bootstrap draws of {unit}")
        lines += [f"  *: the interval of the difference from {outcomes[0].model} leaves out 0"] if less else []
    return "\n".join(lines)


def estimates(outcome: Outcome, first: Outcome | None = None, *, with_intervals: bool = True) -> Estimates:
    """Every figure of an outcome, or its difference from that of `first` on the same corpus, with 95% intervals or without."""
    found = {name: each.estimate(first.measures[name] if first else None) for name, each in outcome.measures.items()}
    return found if with_intervals else {name: Estimate(each.value, None) for name, each in found.items()}


def _figure_lines(outcomes: Sequence[Outcome], known: Sequence[Estimates], less: Sequence[Estimates]) -> Iterator[str]:
    """The tables of all figures: a row for each figure and model, and below it the difference from the first model."""
    first = outcomes[0]

    def table(head: Sequence[str], figures: Mapping[str, Sequence[str]]) -> Iterator[str]:
        rows = [("", *head) if not less else ("", "", *head)]
        for figure, names in figures.items():
            for number, (outcome, own) in enumerate(zip(outcomes, known, strict=True)):
                rows.append((figure, *([outcome.model] if less else []), *(_cell(name, own) for name in names)))
                if number:
                    differences = (_cell(name, less[number - 1], difference=True) for name in names)
                    rows.append(("", f"less {first.model}", *differences))
        yield from _columns(rows)

    if isinstance(first, CasesOutcome):
        yield f"{first.corpus.name}: {len(first.faults)} passages"
        yield from table(["passages"], {name.partition(".")[2]: [name] for name in first.measures})
        return
    views = {
        "": f"{first.corpus.name}: {len(first.found)} articles",
        DEFAULT: f"  default view (speech at a confidence of {FLOOR} and above)",
    }
    for view, title in views.items():
        predicted = ", ".join(f"{each.scores[view].predicted} by {each.model}" for each in outcomes if isinstance(each, CorpusOutcome))
        yield f"{title}, {first.scores[view].gold} gold attributions; predicted: {predicted}; figures in per cent"
        yield from table(["P", "R", "F1"], {name: [f"{view}{name}.{part}" for part in PARTS] for name in first.scores[""].figures})
    if less:
        yield from table(["value"], {name: [name] for name in first.measures if name.rpartition(".")[2] not in PARTS})


def _confidence_lines(outcome: CorpusOutcome, known: Estimates) -> Iterator[str]:
    """What the confidence of a model's quotes is worth, in tenths."""
    sums = outcome.bins.sum(axis=0)
    if not (bins := bins_of(sums)):
        return
    rows = [(f"{each.low:.1f}–{each.low + 1 / BINS:.1f}", f"{each.count}", f"{each.confidence:.2f}", f"{each.right:.1%}") for each in bins]
    yield from _columns([("confidence", "quotes", "mean", "right"), *rows])
    error, sure = _cell("calibration.error", known), _cell("sure.precision", known)
    yield f"  calibration error {error}; of {sure_of(sums)[1]:.0f} quotes of confidence {SURE:.1f} and above {sure} per cent right"
    yield f"  right: content matched and source found; {FLOATING}"


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


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows with their cells below one another; those of the first row are the heads."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  " + "  ".join(f"{cell:{width}s}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _cell(name: str, known: Estimates, *, difference: bool = False) -> str:
    """A figure, or a difference of two, with its interval."""
    if name not in known or math.isnan(known[name].value):
        return NOTHING
    estimate, sign, between = known[name], *(("+", ", ") if difference else ("", "–"))

    def shown(value: float) -> str:
        """Passages are counted, calibration errors are small shares, and everything else is in per cent."""
        if name.startswith("passages."):
            return f"{value:{sign}.0f}"
        return f"{value:{sign}.3f}" if name.startswith("calibration.") else f"{100 * value:{sign}.1f}"

    interval = f" [{between.join(map(shown, estimate.interval))}]" if estimate.interval else ""
    return f"{shown(estimate.value)}{interval}{' *' if difference and estimate.differs_from_0 else ''}"


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
    record: dict[str, Any] = {"model": outcome.model}
    if isinstance(outcome, CasesOutcome):
        faults = outcome.faults
        record |= {
            "passages": len(faults),
            **outcome.totals,
            "faults": {case: list(wrong) for case, wrong in faults.items() if wrong},
        }
    else:
        scores, default, sums = outcome.scores[""], outcome.scores[DEFAULT], outcome.bins.sum(axis=0)
        error, sure = (outcome.measures[name].value for name in ("calibration.error", "sure.precision"))
        record |= {
            "articles": scores.articles,
            "gold": scores.gold,
            "predicted": scores.predicted,
            "figures": {figure: {**prf.parts, **prf._asdict()} for figure, prf in scores.figures.items()},
            "default_view": {figure: {**prf.parts, **prf._asdict()} for figure, prf in default.figures.items()},
            "confidence": [asdict(each) for each in bins_of(sums)],
            "calibration_error": None if math.isnan(error) else error,  # JSON knows no NaN
            "sure": int(sure_of(sums)[1]),
            "sure_precision": None if math.isnan(sure) else sure,
            "acts": {act: dict(zip(ACT_COUNTS, map(int, counts.sum(axis=0)), strict=True)) for act, counts in outcome.acts.items()},
        }
    if with_intervals:
        record["intervals"] = {name: list(each.interval) for name, each in estimates(outcome).items() if each.interval}
    return record
