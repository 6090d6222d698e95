"""Zones that are known for sure, laid over those that were read from the look of the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.records import Article, Zone


def laid_over(article: Article, known: Sequence[Zone]) -> Article:
    """The article with the zones `known` (in order, disjoint) in place of whatever stood there; what was cut in two stays as two."""
    if not known:
        return article
    zones: list[Zone] = [*known]
    for zone in article.zones:
        start = zone.start
        for each in known:
            if each.end <= start or each.start >= zone.end:
                continue
            zones.extend(_trimmed(article.text, zone, start, each.start))
            start = each.end
        zones.extend(_trimmed(article.text, zone, start, zone.end))
    return replace(article, zones=tuple(sorted(zones, key=lambda zone: zone.start)))


def _trimmed(text: str, zone: Zone, start: int, end: int) -> list[Zone]:
    words = text[start:end].strip() if start < end else ""
    if not words:
        return []
    first = text.index(words, start)
    return [Zone(zone.kind, first, first + len(words))]
