"""An article's text cut into paragraphs, and those into pieces, so that quotes which overlap or stand in one another can be marked.

Nothing here knows HTML: each piece is written as one flat element (printing.py), so that no tag can ever be left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
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
    """A stretch of text that lies wholly within the same quotes: the innermost one's kind and id, and which begin and end with it.

    `part` is cue or mention, where the stretch is that of the quote `of`.
    """

    text: str
    zone: str
    kind: str | None = None
    depth: int = 0
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    id: int | None = None
    part: str | None = None
    of: int | None = None


class Paragraph(NamedTuple):
    """One paragraph: the zone that it lies in, its pieces, and the ids of the quotes that begin in it."""

    zone: str
    pieces: tuple[Piece, ...]
    quotes: tuple[int, ...]


#: From where to where, and the marks that lie over it, each with its place among all marks and the span of it.
_Stretch = tuple[int, int, list[tuple[int, int, int, Mark]]]


def paragraphs(text: str, zones: Sequence[Zone], marks: Sequence[Mark]) -> list[Paragraph]:
    """The text as paragraphs of pieces; the pieces of all of them, joined, are the text without the white space between."""
    cut = list(_cut(_paragraph_spans(text, zones), zones, marks))
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for left, _, over in chain.from_iterable(cut):
        for *_, mark in over:
            if not mark.counted:
                continue
            first.setdefault(mark.id, left)
            last[mark.id] = left
    laid_out = []
    for stretches in cut:
        pieces = tuple(_piece(text, each, zones, first, last) for each in stretches)
        inside = {piece.zone for piece in pieces if piece.text.strip()}
        begun = tuple(quote for piece in pieces for quote in piece.begins)
        laid_out.append(Paragraph(inside.pop() if len(inside) == 1 else "body", pieces, begun))
    return laid_out


def _paragraph_spans(text: str, zones: Sequence[Zone]) -> list[tuple[int, int]]:
    """Cut at blank lines, at each line end where there is no blank line at all, and where a line belongs to another zone."""
    blank = [found.span() for found in _BLANK_LINE.finditer(text.strip())]
    breaks = [found.span() for found in (_BLANK_LINE if blank else _LINE).finditer(text)]
    # A headline and a byline may stand on lines of their own with no blank line between.
    breaks += [found.span() for found in _LINE.finditer(text) if _zone_at(zones, found.start() - 1) != _zone_at(zones, found.end())]
    edges = [0, *(edge for each in sorted(set(breaks)) for edge in each), len(text)]
    spans = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if start < end and text[start:end].strip():
            spans.append((start, end))
    return spans


def _cut(paragraphs: Sequence[tuple[int, int]], zones: Sequence[Zone], marks: Sequence[Mark]) -> Iterator[list[_Stretch]]:
    """Each paragraph cut wherever a quote or a zone begins or ends, each stretch with the spans that lie over the whole of it."""
    coming = sorted((span[0], span[1], place, mark) for place, mark in enumerate(marks) for span in mark.spans)
    edges = sorted({edge for _, *zone in zones for edge in zone})
    touching: list[tuple[int, int, int, Mark]] = []
    nth = edge = 0
    for start, end in paragraphs:
        cuts = {start, end}
        while edge < len(edges) and edges[edge] < end:
            cuts.add(max(start, edges[edge]))
            edge += 1
        touching = [each for each in touching if each[1] > start]
        while nth < len(coming) and coming[nth][0] < end:
            if coming[nth][1] > start:
                touching.append(coming[nth])
            nth += 1
        for left, right, *_ in touching:
            cuts.add(max(start, left))
            cuts.add(min(end, right))
        # In the order of the marks, which is that of the quotes.
        touching.sort(key=_place)
        yield [(left, right, [each for each in touching if each[0] <= left and right <= each[1]]) for left, right in pairwise(sorted(cuts))]


def _place(each: tuple[int, int, int, Mark]) -> int:
    return each[2]


def _piece(text: str, stretch: _Stretch, zones: Sequence[Zone], first: dict[int, int], last: dict[int, int]) -> Piece:
    left, right, over = stretch
    zone = _zone_at(zones, left)
    if not over:
        return Piece(text[left:right], zone)
    quotes = [each for each in over if each[3].counted]
    parts = [each for each in over if not each[3].counted]
    innermost = min(quotes, key=_length)[3] if quotes else None
    part = min(parts, key=_length)[3] if parts else None
    return Piece(
        text[left:right],
        zone,
        innermost.kind if innermost else None,
        len(quotes),
        tuple(mark.id for *_, mark in quotes if first[mark.id] == left),
        tuple(mark.id for *_, mark in quotes if last[mark.id] == left),
        innermost.id if innermost else None,
        part.kind if part else None,
        part.id if part else None,
    )


def _length(each: tuple[int, int, int, Mark]) -> int:
    return each[1] - each[0]


def _zone_at(zones: Sequence[Zone], place: int) -> str:
    for kind, start, end in zones:
        if start <= place < end:
            return kind
    return "body"
