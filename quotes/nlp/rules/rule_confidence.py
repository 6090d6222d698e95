"""How sure a rule is: the share of its attributions that were right on annotated news, by the construction it read."""

from __future__ import annotations

from functools import cache

from quotes import lexicons
from quotes.nlp.detection.attribution import Attribution

#: Taken for a construction too rare to measure.
RARE = 0.4


@cache
def _measured() -> dict[tuple[str, str], float]:
    return {(evidence, act): float(share) for evidence, act, share in lexicons.rows("confidence.tsv")}


def rule_confidence(each: Attribution) -> float:
    """The confidence of an attribution, 0 to 1: that content and source are both right."""
    table = _measured()
    return table.get((each.evidence, each.act), table.get((each.evidence, "*"), RARE))
