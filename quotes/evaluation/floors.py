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
from quotes.evaluation.passage_scores import CaseScores
from quotes.evaluation.scores import Scores

Floors = Mapping[str, Mapping[str, Any]]


def figures_to_hold(scores: Scores | CaseScores) -> dict[str, float]:
    """The figures that are pinned: in per cent, rounded down to two decimals, or numbers of passages."""
    if isinstance(scores, CaseScores):
        return {"right": scores.right, "contents_right": scores.contents_right}
    return {
        name: math.floor(1e4 * (prf.recall if name.endswith("_recall") else prf.f1) + 1e-6) / 100 for name, prf in scores.figures.items()
    }


def read_floors(path: Path) -> dict[str, dict[str, Any]]:
    """The floors pinned at `path`, by corpus. Raises CorpusError."""
    try:
        floors = json.loads(path.read_text("utf-8"))
        if all(isinstance(each["digest"], str) and isinstance(each["figures"], dict) for each in floors.values()):
            return dict(floors)
    except FileNotFoundError as error:
        raise CorpusError(f"{path}: no such file of floors; write it with --pin") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"{path}: not a file of floors: {error}") from error
    raise CorpusError(f"{path}: not a file of floors")


def fallen(floors: Floors, name: str, digest: str, scores: Scores | CaseScores) -> Iterator[str]:
    """One line for each figure of the corpus that is below its floor, and for a corpus that is not the one that was pinned."""
    if name not in floors:
        yield f"{name}: no floors are pinned for it; pin them with --pin"
        return
    if floors[name]["digest"] != digest:
        yield f"{name}: not the corpus whose floors are pinned; pin them anew with --pin --force"
        return
    now = figures_to_hold(scores)
    for figure, floor in floors[name]["figures"].items():
        if figure not in now:
            yield f"{name}: {figure} has a floor of {floor} but was not measured"
        elif now[figure] < floor:
            yield f"{name}: {figure} is {now[figure]}, below its floor of {floor}"


def pinned(floors: Floors, name: str, digest: str, scores: Scores | CaseScores, *, force: bool = False) -> dict[str, Mapping[str, Any]]:
    """`floors` with this corpus's figures of now. Raises CorpusError where that would lower one, unless forced."""
    if name in floors and not force:
        lower = list(fallen(floors, name, digest, scores))
        if lower:
            raise CorpusError(f"{lower[0]}: nothing pinned; --force lowers floors")
    return {**floors, name: {"digest": digest, "figures": figures_to_hold(scores)}}


def write_floors(path: Path, floors: Floors) -> None:
    """Write the floors to `path`, sorted, so that a change shows as a change of one line. Raises OSError."""
    path.write_text(json.dumps(dict(sorted(floors.items())), indent=2, ensure_ascii=False) + "\n", "utf-8")
