"""Counts over time and shares as SVG, from templates; the page's style sheet gives colours, so that they follow light and dark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from quotes.publish.cells import TEMPLATES

#: Steps that fit side by side.
_STEPS = 12

_UNITS: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("month", lambda month: f"{month // 12:04d}-{month % 12 + 1:02d}"),
    ("quarter", lambda month: f"{month // 12:04d} Q{month % 12 // 3 + 1}"),
    ("year", lambda month: f"{month // 12:04d}"),
)

# XML 1.0 has no place for these, not even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def over_time(counts: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Series of counts by month (`2026-03`) as rows of equal steps without a gap: months, quarters or years, whichever are few enough.

    Gives the `unit`, the `names` of the series, `rows` of a period and the count of each series, and how many are `dated` and `undated` in
    each series: what has no date is in no row.
    """
    months = {
        name: Counter({_month(each): many for each, many in series.items() if each[:4].isdecimal()}) for name, series in counts.items()
    }
    dated = [sum(series.values()) for series in months.values()]
    undated = [sum(series.values()) - of for series, of in zip(counts.values(), dated, strict=True)]
    seen = set().union(*months.values())
    every = range(min(seen), max(seen) + 1) if seen else range(0)
    unit, label = next((each for each in _UNITS if len({each[1](month) for month in every}) <= _STEPS), _UNITS[-1])
    steps: dict[str, list[int]] = {label(month): [0] * len(counts) for month in every}
    for nth, series in enumerate(months.values()):
        for month, many in series.items():
            steps[label(month)][nth] += many
    rows = [(period, *many) for period, many in steps.items()]
    return {"unit": unit, "names": list(counts), "rows": rows, "dated": dated, "undated": undated}


def _month(month: str) -> int:
    """Months since the year 0; a year alone counts as its January."""
    return int(month[:4]) * 12 + (int(month[5:7]) - 1 if month[5:7].isdecimal() else 0)


def timeline(series: Mapping[str, Any], label: str) -> Markup:
    """Columns for one series over time, lines for several; nothing where there are fewer than two steps.

    `label` is what a screen reader says.
    """
    if len(series["rows"]) < 2:
        return Markup("")
    most = _top(many for _, *counts in series["rows"] for many in counts)
    return _drawn("_timeline.svg", label, steps=series["rows"], names=series["names"], most=most)


def shares(counted: Sequence[Mapping[str, Any]], label: str) -> Markup:
    """A bar for each row of a name and a count, the longest first; nothing where there are fewer than two."""
    if len(counted) < 2:
        return Markup("")
    bars = [(name[:26], many) for name, many in (each.values() for each in counted)]
    return _drawn("_shares.svg", label, bars=bars, most=_top(many for _, many in bars))


def _top(counts: Iterable[int]) -> int:
    """A round number that no count is above, and a quarter of which is whole."""
    most = max(counts, default=1)
    return next(nice * int(10**power) for power in range(18) for nice in (4, 8, 12, 20, 32) if nice * 10**power >= most)


def _drawn(template: str, label: str, **values: Any) -> Markup:
    return Markup(printable(TEMPLATES.get_template(template).render(label=label, **values)))


def printable(xml: str) -> str:
    """XML with a sign in the place of each character that it cannot hold."""
    return _NO_XML.sub("\ufffd", xml)
