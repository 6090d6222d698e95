"""Floors: figures pinned in a file, below which a later run must not fall.

The file is JSON, one entry a corpus: its digest, and for each figure the per cent to hold. F1 is pinned, recall where the figure is one of
recall, and for hard cases the number of passages. A pinned figure is rounded down, so that the run that set it always passes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from quotes.errors import CorpusError
from quotes.evaluation.outcomes import CasesOutcome, Outcome

#: Points by which a figure may be lower on a processor that rounds the sums of the int8 model otherwise (0.2 was seen on PolNeAR dev).
ROUNDING = 0.3


def figures_to_hold(outcome: Outcome) -> dict[str, float]:
    """The figures that are pinned: in per cent, rounded down to two decimals, or numbers of passages."""
    if isinstance(outcome, CasesOutcome):
        return {name: outcome.totals[name] for name in ("right", "contents_right")}
    return {
        name: math.floor(1e4 * (prf.recall if name.endswith("_recall") else prf.f1) + 1e-6) / 100
        for name, prf in outcome.scores[""].figures.items()
    }


def read_floors(path: Path) -> dict[str, Mapping[str, Any]]:
    """The floors pinned at `path`, by corpus. Raises CorpusError."""
    if not path.exists():
        raise CorpusError(f"{path}: no such file of floors; write it with --pin")
    try:
        floors: dict[str, Mapping[str, Any]] = json.loads(path.read_text("utf-8"))
        if all(isinstance(each["digest"], str) and isinstance(each["figures"], dict) for each in floors.values()):
            return floors
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    raise CorpusError(f"{path}: not a file of floors; write one with --pin")


def pin(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Write the figures of these outcomes to the file, beside those of other corpora that are in it. Raises CorpusError."""
    floors = read_floors(path) if path.exists() else {}
    floors |= {each.corpus.name: {"digest": each.corpus.digest, "figures": figures_to_hold(each)} for each in outcomes}
    path.write_text(json.dumps(dict(sorted(floors.items())), indent=2, ensure_ascii=False) + "\n", "utf-8")


def fallen(floors: Mapping[str, Mapping[str, Any]], outcome: Outcome) -> Iterator[str]:
    """One line for each figure that is below its floor by more than `ROUNDING`, and for a corpus that is not the one that was pinned."""
    name = outcome.corpus.name
    if name not in floors:
        yield f"{name}: no floors are pinned for it; pin them with --pin"
    elif floors[name]["digest"] != outcome.corpus.digest:
        yield f"{name}: not the corpus whose floors are pinned; pin them anew with --pin"
    else:
        now = figures_to_hold(outcome)
        for figure, floor in floors[name]["figures"].items():
            if figure not in now:
                yield f"{name}: {figure} has a floor of {floor} but was not measured"
            elif now[figure] < floor - ROUNDING:
                yield f"{name}: {figure} is {now[figure]}, below its floor of {floor}"
