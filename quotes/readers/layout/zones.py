"""Zones that are known: those of paragraphs joined to a text, and put over the zones that are read from its lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from quotes.records import Article, Zone, ZoneKind

_PARAGRAPH_BREAK = "\n\n"


class Paragraph(NamedTuple):
    """A paragraph, and what part of the layout it is; None where that is not known, as of running text."""

    kind: ZoneKind | None
    text: str


def joined(paragraphs: Iterable[Paragraph]) -> tuple[str, list[Zone]]:
    """The text, an empty line between paragraphs, and the zones of those whose part in the layout is known."""
    texts: list[str] = []
    zones: list[Zone] = []
    at = 0
    for kind, text in paragraphs:
        texts.append(text)
        if kind is not None:
            zones.append(Zone(kind, at, at + len(text)))
        at += len(text) + len(_PARAGRAPH_BREAK)
    return _PARAGRAPH_BREAK.join(texts), zones


def with_zones(article: Article, known: Sequence[Zone]) -> Article:
    """The article with the zones `known` (in order, disjoint) in place of whatever stood there; what was cut in two stays as two."""
    if not known:
        return article
    zones = [*known]
    for zone in article.zones:
        start = zone.start
        for each in known:
            if each.end > start and each.start < zone.end:
                zones.extend(_trimmed(article.text, zone, start, each.start))
                start = each.end
        zones.extend(_trimmed(article.text, zone, start, zone.end))
    return replace(article, zones=tuple(sorted(zones, key=lambda zone: zone.start)))


def _trimmed(text: str, zone: Zone, start: int, end: int) -> list[Zone]:
    """The part of a zone between two places, without the white space at its edges; nothing where only that is left."""
    words = text[start:end].strip() if start < end else ""
    first = text.index(words, start)
    return [Zone(zone.kind, first, first + len(words))] if words else []
