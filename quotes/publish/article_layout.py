"""An article's text cut into paragraphs, and those into pieces, so that quotes which overlap or stand in one another can be marked.

Each piece becomes one flat element of the page, so that no tag can ever be left open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

# Atomic, so that a carriage return and its line feed are never taken for two line ends.
_END = r"(?>\r\n|[\n\r\u2028\u2029])"
_LINE = re.compile(_END)
_BLANK_LINE = re.compile(rf"{_END}(?:[^\S\r\n\u2028\u2029]*{_END})+")

#: A kind of zone with its start and end.
Zone = tuple[str, int, int]


class Mark(NamedTuple):
    """What is to be marked: a quote, or the cue or mention of one (not `counted`), with its spans in characters of the text."""

    id: int
    kind: str
    spans: tuple[tuple[int, int], ...]
    counted: bool = True


class Piece(NamedTuple):
    """A part of the text that lies wholly within the same quotes: the innermost one, how many there are, and which begin and end with it.

    `part` is the cue or the mention, where the piece is that of a quote.
    """

    text: str
    zone: str
    quote: Mark | None
    depth: int
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    part: Mark | None


class Paragraph(NamedTuple):
    """One paragraph: the zone that it lies in, its pieces, and the ids of the quotes that begin in it."""

    zone: str
    pieces: tuple[Piece, ...]
    quotes: tuple[int, ...]


def paragraphs(text: str, zones: Sequence[Zone], marks: Sequence[Mark]) -> list[Paragraph]:
    """The text as paragraphs of pieces; the pieces of all of them, joined, are the text without the white space between."""
    spans = [(start, end, mark) for mark in marks for start, end in mark.spans]
    edges = sorted({edge for _, *zone in zones for edge in zone} | {edge for start, end, _ in spans for edge in (start, end)})
    cut: list[list[tuple[int, int, list[Mark]]]] = []
    for start, end in _paragraph_spans(text, zones):
        # The innermost mark comes first.
        touching = sorted([each for each in spans if each[0] < end and start < each[1]], key=lambda each: each[1] - each[0])
        places = pairwise([start, *(edge for edge in edges if start < edge < end), end])
        cut.append([(left, right, [each[2] for each in touching if each[0] <= left and right <= each[1]]) for left, right in places])
    first: dict[Mark, int] = {}
    last: dict[Mark, int] = {}
    for left, mark in ((left, mark) for pieces in cut for left, _, over in pieces for mark in over):
        first.setdefault(mark, left)
        last[mark] = left
    begins: dict[int, list[int]] = defaultdict(list)
    ends: dict[int, list[int]] = defaultdict(list)
    for mark in marks:
        if mark.counted and mark in first:
            begins[first[mark]].append(mark.id)
            ends[last[mark]].append(mark.id)
    found = []
    for pieces in cut:
        made = []
        for left, right, over in pieces:
            quotes = [mark for mark in over if mark.counted]
            part = next((mark for mark in over if not mark.counted), None)
            around = (next(iter(quotes), None), len(quotes), tuple(begins[left]), tuple(ends[left]), part)
            made.append(Piece(text[left:right], _zone_at(zones, left), *around))
        seen = {piece.zone for piece in made if piece.text.strip()}
        zone = seen.pop() if len(seen) == 1 else "body"
        found.append(Paragraph(zone, tuple(made), tuple(quote for piece in made for quote in piece.begins)))
    return found


def _paragraph_spans(text: str, zones: Sequence[Zone]) -> list[tuple[int, int]]:
    """Cut at blank lines, at each line end where there is no blank line at all, and where a line belongs to another zone."""
    blank = _BLANK_LINE.search(text.strip())
    breaks = {found.span() for found in (_BLANK_LINE if blank else _LINE).finditer(text)}
    # A headline and a byline may stand on lines of their own with no blank line between.
    breaks |= {found.span() for found in _LINE.finditer(text) if _zone_at(zones, found.start() - 1) != _zone_at(zones, found.end())}
    edges = [0, *(edge for each in sorted(breaks) for edge in each), len(text)]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if text[start:end].strip()]


def _zone_at(zones: Sequence[Zone], place: int) -> str:
    return next((kind for kind, start, end in zones if start <= place < end), "body")
