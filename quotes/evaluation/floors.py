"""Floors: figures pinned in a file, below which a later run must not fall.

The file is JSON, one entry a corpus: its digest, and for each figure the per cent to hold. F1 is pinned, recall where the figure is one of
recall, and for hard cases the number of passages. A pinned figure is rounded down, so that the run that set it always passes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quotes.errors import CorpusError
from quotes.evaluation.outcomes import CasesOutcome, Outcome

Floors = Mapping[str, Mapping[str, Any]]


def figures_to_hold(outcome: Outcome) -> dict[str, float]:
    """The figures that are pinned: in per cent, rounded down to two decimals, or numbers of passages."""
    if isinstance(outcome, CasesOutcome):
        return {"right": outcome.scores.right, "contents_right": outcome.scores.contents_right}
    return {
        name: math.floor(1e4 * (prf.recall if name.endswith("_recall") else prf.f1) + 1e-6) / 100
        for name, prf in outcome.scores[""].figures.items()
    }


def read_floors(path: Path) -> dict[str, Mapping[str, Any]]:
    """The floors pinned at `path`, by corpus. Raises CorpusError."""
    try:
        floors = json.loads(path.read_text("utf-8"))
        if all(isinstance(each["digest"], str) and isinstance(each["figures"], dict) for each in floors.values()):
            return dict(floors)
        error: Exception | None = None
    except FileNotFoundError as missing:
        raise CorpusError(f"{path}: no such file of floors; write it with --pin") from missing
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as caught:
        error = caught
    raise CorpusError(f"{path}: not a file of floors; write one with --pin") from error


def fallen(floors: Floors, outcome: Outcome) -> Iterator[str]:
    """One line for each figure of the corpus that is below its floor, and for a corpus that is not the one that was pinned."""
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
            elif now[figure] < floor:
                yield f"{name}: {figure} is {now[figure]}, below its floor of {floor}"


def pinned(floors: Floors, outcome: Outcome) -> dict[str, Mapping[str, Any]]:
    """`floors` with the figures of this outcome."""
    return {**floors, outcome.corpus.name: {"digest": outcome.corpus.digest, "figures": figures_to_hold(outcome)}}
