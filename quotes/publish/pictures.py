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
from typing import Any

from markupsafe import Markup

_WIDTH = 720
_SPACE = "http://www.w3.org/2000/svg"

# leather's first colours, which the style sheet puts others in place of.
_HUES = {"#e41a1c": 1, "#377eb8": 2}

# What leather writes into its text and must not: it does not escape.
_UNFIT = re.compile(r"[<>&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def timeline(series: Mapping[str, Any], label: str) -> Markup:
    """Columns for one series over time, lines for several; nothing where there is nothing to show. `label` is what a screen reader says."""
    import leather

    found = series["rows"]
    if not found:
        return Markup("")
    chart = leather.Chart()
    top = _top(many for each in found for many in each["counts"])
    if len(series["names"]) == 1:
        chart.add_columns([(each["period"], each["counts"][0]) for each in found])
    else:
        for nth, name in enumerate(series["names"]):
            chart.add_line([(place, each["counts"][nth]) for place, each in enumerate(found)], name=_plain(name)[:40])
        chart.add_x_scale(0, max(1, len(found) - 1))
        chart.add_x_axis(ticks=list(range(len(found))), tick_formatter=lambda place, *_: found[int(place)]["period"])
    chart.add_y_scale(0, top)
    chart.add_y_axis(ticks=[top * quarter // 4 for quarter in range(5)])
    return _finished(chart.to_svg(width=_WIDTH, height=230), label)


def shares(counted: Sequence[tuple[str, int]], label: str) -> Markup:
    """A bar for each name, the longest first; nothing where there are fewer than two."""
    import leather

    if len(counted) < 2:
        return Markup("")
    chart = leather.Chart()
    # leather puts the last bar on top.
    chart.add_bars([(many, _plain(name)[:26]) for name, many in counted])
    top = _top(many for _, many in counted)
    chart.add_x_scale(0, top)
    chart.add_x_axis(ticks=[top * quarter // 4 for quarter in range(5)])
    return _finished(chart.to_svg(width=_WIDTH, height=70 + 26 * len(counted)), label)


def _top(counts: Iterable[int]) -> int:
    """A round number that no count is above, and a quarter of which is whole."""
    most = max(counts, default=1)
    return next(nice * int(10**power) for power in range(18) for nice in (4, 8, 12, 20, 32) if nice * 10**power >= most)


def _plain(words: str) -> str:
    return _UNFIT.sub(" ", words)


def _finished(drawn: str, label: str) -> Markup:
    """The picture without a background and fonts of its own, as wide as its place, and with a name."""
    ET.register_namespace("", _SPACE)
    svg = ET.fromstring(drawn)
    width, height = svg.attrib.pop("width"), svg.attrib.pop("height")
    svg.attrib |= {"viewBox": f"0 0 {width} {height}", "role": "img", "aria-label": _UNFIT.sub(" ", label), "class": "quotes-picture"}
    frame = svg[0]
    frame.remove(frame[0])
    for part in svg.iter():
        for name in ("font-family", "font-size"):
            part.attrib.pop(name, None)
        for name in ("fill", "stroke"):
            if part.get(name) in _HUES:
                part.set("class", f"quotes-hue-{_HUES[part.attrib.pop(name)]}")
    return Markup(ET.tostring(svg, encoding="unicode"))
