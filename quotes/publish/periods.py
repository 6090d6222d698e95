"""Counts over time in steps that a picture can show: months, quarters or years, whichever are few enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

#: Steps that fit side by side in a picture.
_STEPS = 12

_UNITS: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("month", lambda month: f"{month // 12:04d}-{month % 12 + 1:02d}"),
    ("quarter", lambda month: f"{month // 12:04d} Q{month % 12 // 3 + 1}"),
    ("year", lambda month: f"{month // 12:04d}"),
)


def over_time(counts: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Series of counts by month (`2026-03`) as rows of equal steps without a gap.

    Gives the `unit`, the `names` of the series, `rows` of a period with the count of each series, and how many are `dated` and `undated` in
    each series: what has no date is in no row.
    """
    months = {name: Counter({_month(each): many for each, many in series.items() if _dated(each)}) for name, series in counts.items()}
    dated = [sum(series.values()) for series in months.values()]
    totals = {"dated": dated, "undated": [sum(series.values()) - of for series, of in zip(counts.values(), dated, strict=True)]}
    seen = sorted(set().union(*months.values()))
    if not seen:
        return {"unit": "month", "names": list(counts), "rows": [], **totals}
    unit, label = next((each for each in _UNITS if len({each[1](month) for month in range(seen[0], seen[-1] + 1)}) <= _STEPS), _UNITS[-1])
    steps: dict[str, list[int]] = {label(month): [0] * len(counts) for month in range(seen[0], seen[-1] + 1)}
    for nth, series in enumerate(months.values()):
        for month, many in series.items():
            steps[label(month)][nth] += many
    periods = [{"period": period, "counts": many} for period, many in steps.items()]
    return {"unit": unit, "names": list(counts), "rows": periods, **totals}


def _dated(month: str) -> bool:
    return len(month) >= 4 and month[:4].isdecimal()


def _month(month: str) -> int:
    """Months since the year 0; a year alone counts as its January."""
    return int(month[:4]) * 12 + (int(month[5:7]) - 1 if month[5:7].isdecimal() else 0)


def since_of(period: str) -> tuple[str, str]:
    """The first and last month of a period, as the address of a search has them."""
    if " Q" in period:
        quarter = int(period[-1])
        return f"{period[:4]}-{quarter * 3 - 2:02d}", f"{period[:4]}-{quarter * 3:02d}"
    return period, period
