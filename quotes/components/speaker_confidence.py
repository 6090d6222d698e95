"""How sure the name, the title and the institution of a speaker are, each for itself: the share that was right, by how it was read."""

from __future__ import annotations

from functools import cache
from typing import Literal

from quotes import lexicons

Part = Literal["name", "title", "institution"]


@cache
def _measured() -> dict[tuple[str, str], float]:
    return {(part, evidence): float(share) for part, evidence, share, _ in lexicons.rows("speaker_confidence.tsv")}


def part_confidence(part: Part, evidence: str) -> float:
    """The confidence of a part that was read by `evidence`, 0 to 1; evidence that was never measured counts as the average."""
    table = _measured()
    return table.get((part, evidence), table[part, "*"])
