"""What people read of the figures: one model by itself, or several side by side."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from quotes.evaluation.bootstrap import DRAWS, LEVEL, Difference, Interval
from quotes.evaluation.outcomes import DEFAULT, CasesOutcome, CorpusOutcome, Outcome, differences, intervals
from quotes.evaluation.reliability import BINS, SURE
from quotes.evaluation.scores import Scores
from quotes.records import SURE as FLOOR

Intervals = Mapping[str, Interval]

#: Said under every table of confidence, since it is part of the measure.
FLOATING = "a quote without a cue is right wherever it stands in a gold content, since PolNeAR joins it to the quote before"
#: Said under a table of acts when gold does not mark them all.
NO_ACTS = "where gold marks no act, its cue is of speech or not: thought, intent and other agree with a cue that is not"
#: What stands for a figure that means nothing, such as the precision of no quotes.
NOTHING = "–"
_PARTS = {"precision": "P", "recall": "R", "f1": "F1"}


def report(outcomes: Sequence[Outcome], *, with_intervals: bool = True) -> str:
    """The figures of one corpus as plain tables; `outcomes` are those of every model on it, the first the one to compare with."""
    known = [intervals(each) if with_intervals else {} for each in outcomes]
    lines = list(_alone(outcomes[0], known[0]) if len(outcomes) == 1 else _side_by_side(outcomes, known))
    if any(known):
        unit = "articles" if isinstance(outcomes[0], CorpusOutcome) else "passages"
        lines.append(f"  [low–high]: {LEVEL:.0f}% intervals from {DRAWS:,} bootstrap draws of {unit}")
    return "\n".join(lines)


def _alone(outcome: Outcome, known: Intervals) -> Iterator[str]:
    if isinstance(outcome, CasesOutcome):
        yield from _case_lines(outcome, known)
        return
    scores, default = outcome.scores, outcome.default_scores
    yield f"{outcome.corpus.name}: {scores.articles} articles, {scores.gold} gold attributions, {scores.predicted} predicted"
    yield from _figure_lines(scores, "", known)
    yield f"  default view, speech at a confidence of {FLOOR} and above: {default.gold} gold attributions, {default.predicted} predicted"
    yield from _figure_lines(default, DEFAULT, known)
    yield from _confidence_lines(outcome, known)
    yield from _act_lines(outcome, known)


def _figure_lines(scores: Scores, view: str, known: Intervals) -> Iterator[str]:
    for figure, prf in scores.figures.items():
        parts = {"precision": prf.precision, "recall": prf.recall, "f1": prf.f1}
        cells = [f"{_PARTS[part]} {value:6.1%}{_between(f'{view}{figure}.{part}', known)}" for part, value in parts.items()]
        yield f"  {figure:20s} {'  '.join(cells)}"


def _case_lines(outcome: CasesOutcome, known: Intervals) -> Iterator[str]:
    scores = outcome.scores
    right = f"{scores.right} of {len(scores.faults)} passages wholly right{_between('passages.right', known)}"
    contents = f"{scores.contents_right} with every content right{_between('passages.contents_right', known)}"
    yield f"{outcome.corpus.name}: {len(scores.faults)} passages"
    yield from _wrong_cases(outcome)
    yield f"  {right}; {contents}"
    yield f"  {scores.false_in_negatives} false quotes in passages that have none"


def _wrong_cases(outcome: CasesOutcome) -> Iterator[str]:
    return (f"  {case}: {', '.join(wrong)}" for case, wrong in outcome.scores.faults.items() if wrong)


def _confidence_lines(outcome: CorpusOutcome, known: Intervals) -> Iterator[str]:
    """What the confidence of a model's quotes is worth, in tenths."""
    if not outcome.bins:
        return
    yield "  confidence   quotes   mean   right"
    for each in outcome.bins:
        yield f"  {each.low:.1f}–{each.low + 1 / BINS:.1f}      {each.count:6d}   {each.confidence:.2f}  {each.right:6.1%}"
    error, sure = _value("calibration.error", outcome, known), _value("sure.precision", outcome, known)
    yield f"  calibration error {error}; of {outcome.sure} quotes of confidence {SURE:.1f} and above {sure} per cent right"
    yield f"  right: content matched and source found; {FLOATING}"


def _act_lines(outcome: CorpusOutcome, known: Intervals) -> Iterator[str]:
    """Of each act, how many quotes gold agrees with, and how many are attributed."""
    if not outcome.acts_scored:
        return
    rows: list[tuple[str, ...]] = [("act", "quotes", "matched", "gold act known", "of these agreed, %", "attributed, % of quotes")]
    for act in outcome.acts_scored:
        counts = outcome.act_totals[act]
        shares = (_value(f"act_{act}.{part}", outcome, known) for part in ("agreed", "attributed"))
        rows.append((act, str(counts.quotes), str(counts.matched), str(counts.known), *shares))
    yield from _columns(rows)
    if any(each.act is None for gold in outcome.corpus.articles for each in gold.attributions):
        yield f"  {NO_ACTS}"


def _side_by_side(outcomes: Sequence[Outcome], known: Sequence[Intervals]) -> Iterator[str]:
    first, *others = outcomes
    apart = [differences(each, first) for each in others]
    rows: list[tuple[str, ...]] = [("figure", "", first.model, *(cell for each in others for cell in (each.model, f"less {first.model}")))]
    for name in first.measures:
        values = [_value(name, each, own) for each, own in zip(outcomes, known, strict=True)]
        if any(each != NOTHING for each in values):
            changes = [_change(name, each[name], with_interval=bool(known[0])) for each in apart]
            pairs = zip(values[1:], changes, strict=True)
            rows.append((*_label(name), values[0], *(cell for pair in pairs for cell in pair)))
    yield _heading(outcomes)
    yield from _columns(rows)
    if any(known):
        yield f"  *: the interval of the difference from {first.model} leaves out 0"
    for each, own in zip(outcomes, known, strict=True):
        yield f"{each.corpus.name}, {each.model}:"
        if isinstance(each, CasesOutcome):
            yield from _wrong_cases(each)
        else:
            yield from _confidence_lines(each, own)
            yield from _act_lines(each, own)


def _heading(outcomes: Sequence[Outcome]) -> str:
    first = outcomes[0]
    if isinstance(first, CasesOutcome):
        return f"{first.corpus.name}: {len(first.scores.faults)} passages"
    predicted = ", ".join(f"{each.scores.predicted} by {each.model}" for each in outcomes if isinstance(each, CorpusOutcome))
    return f"{first.corpus.name}: {first.scores.articles} articles, {first.scores.gold} gold attributions; predicted: {predicted}"


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows with their cells below one another; those of the first row are the heads."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        yield "  " + "  ".join(f"{cell:{width}s}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _label(name: str) -> tuple[str, str]:
    figure, _, part = name.partition(".")
    return figure, _PARTS.get(part, part)


def _value(name: str, outcome: Outcome, known: Intervals) -> str:
    value = outcome.measures[name].value
    return NOTHING if math.isnan(value) else f"{_shown(name, value)}{_between(name, known)}"


def _between(name: str, known: Intervals) -> str:
    return f" [{_shown(name, known[name].low)}–{_shown(name, known[name].high)}]" if name in known else ""


def _change(name: str, change: Difference, *, with_interval: bool) -> str:
    if math.isnan(change.value):
        return NOTHING
    shown = _shown(name, change.value, sign="+")
    if not with_interval or change.interval is None:
        return shown
    low, high = (_shown(name, edge, sign="+") for edge in (change.interval.low, change.interval.high))
    return f"{shown} [{low}, {high}]{' *' if change.clear else ''}"


def _shown(name: str, value: float, sign: str = "") -> str:
    """Passages are counted, calibration errors are small shares, and everything else is in per cent."""
    if name.startswith("passages."):
        return f"{value:{sign}.0f}"
    return f"{value:{sign}.3f}" if name.startswith("calibration.") else f"{100 * value:{sign}.1f}"
