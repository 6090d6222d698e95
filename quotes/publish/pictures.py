"""Pictures as SVG, drawn by leather on the server; the page's style sheet gives them colours, so that they follow light and dark.

leather (MIT, no dependency of its own, kept by the people of csvkit and agate) draws plain shapes and text and no script. pygal (LGPL)
brings a
script and a style of its own into every picture, which the policy forbids; matplotlib is a hundred times the size and turns words into
paths.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markupsafe import Markup

_WIDTH = 720
_SPACE = "http://www.w3.org/2000/svg"

# leather's first colours, which the style sheet puts others in place of.
_HUES = {"#e41a1c": 1, "#377eb8": 2}

# What leather writes into its text and must not: it does not escape.
_UNFIT = re.compile(r"[<>&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


#: Pictures that are kept. What one looks like hangs on the numbers in it alone, so none that is kept can be out of date.
_KEPT = 256


class _Counts:
    """A scale from 0 to `top`. leather's own looks first for round ticks, which takes most of its time, and ours are given."""

    def __init__(self, top: int) -> None:
        self._top = top

    def contains(self, count: float) -> bool:
        return 0 <= count <= self._top

    def project(self, count: float, first: float, last: float) -> float:
        """Where a count lies between the places of 0 and of `top`, in tenths of a unit of the picture."""
        return round(float(first) + (float(last) - float(first)) * float(count) / self._top, 1)

    def format_tick(self, count: float, *_: Any) -> str:
        return str(count)


def timeline(series: Mapping[str, Any], label: str) -> Markup:
    """Columns for one series over time, lines for several; nothing where there are fewer than two steps.

    `label` is what a screen reader says.
    """
    steps = tuple((str(each["period"]), tuple(each["counts"])) for each in series["rows"])
    return _timeline(steps, tuple(series["names"]), label) if len(steps) > 1 else Markup("")


@lru_cache(_KEPT)
def _timeline(steps: tuple[tuple[str, tuple[int, ...]], ...], names: tuple[str, ...], label: str) -> Markup:
    import leather

    chart = leather.Chart()
    top = _top(many for _, counts in steps for many in counts)
    if len(names) == 1:
        chart.add_columns([(period, counts[0]) for period, counts in steps])
    else:
        for nth, name in enumerate(names):
            chart.add_line([(place, counts[nth]) for place, (_, counts) in enumerate(steps)], name=_plain(name)[:40])
        chart.set_x_scale(_Counts(len(steps) - 1))
        chart.add_x_axis(ticks=list(range(len(steps))), tick_formatter=lambda place, *_: steps[int(place)][0])
    chart.set_y_scale(_Counts(top))
    chart.add_y_axis(ticks=_quarters(top))
    return _finished(chart, 230, label)


def shares(counted: Sequence[tuple[str, int]], label: str) -> Markup:
    """A bar for each name, the longest first; nothing where there are fewer than two."""
    return _shares(tuple(counted), label) if len(counted) > 1 else Markup("")


@lru_cache(_KEPT)
def _shares(counted: tuple[tuple[str, int], ...], label: str) -> Markup:
    import leather

    chart = leather.Chart()
    # leather puts the last bar on top.
    chart.add_bars([(many, _plain(name)[:26]) for name, many in counted])
    top = _top(many for _, many in counted)
    chart.set_x_scale(_Counts(top))
    chart.add_x_axis(ticks=_quarters(top))
    return _finished(chart, 70 + 26 * len(counted), label)


def forget_pictures() -> None:
    """Draw every picture anew, as when nobody has looked at it before."""
    _timeline.cache_clear()
    _shares.cache_clear()


def _top(counts: Iterable[int]) -> int:
    """A round number that no count is above, and a quarter of which is whole."""
    most = max(counts, default=1)
    return next(nice * int(10**power) for power in range(18) for nice in (4, 8, 12, 20, 32) if nice * 10**power >= most)


def _quarters(top: int) -> list[int]:
    return [top * quarter // 4 for quarter in range(5)]


def _plain(words: str) -> str:
    return _UNFIT.sub(" ", words)


def _finished(chart: Any, height: int, label: str) -> Markup:
    """The picture without a background and fonts of its own, as wide as its place, and with a name."""
    named = {"role": "img", "aria-label": _plain(label), "class": "quotes-picture"}
    svg = ET.Element("svg", {"xmlns": _SPACE, "version": "1.1", "viewBox": f"0 0 {_WIDTH} {height}", **named})
    frame = chart.to_svg_group(_WIDTH, height)
    frame.remove(frame[0])
    svg.append(frame)
    return Markup(_written(svg))


def _written(part: ET.Element) -> str:
    """An element as text. ElementTree's own way looks for namespaces in every name, which takes longer than drawing."""
    given = []
    for name, value in part.items():
        if name in ("fill", "stroke") and value in _HUES:
            given.append(f' class="quotes-hue-{_HUES[value]}"')
        elif name not in ("font-family", "font-size"):
            given.append(f' {name}="{escape(str(value))}"')
    return f"<{part.tag}{''.join(given)}>{escape(part.text or '')}{''.join(map(_written, part))}</{part.tag}>{escape(part.tail or '')}"
