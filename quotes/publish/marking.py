"""An article's text cut into paragraphs, and those into pieces, so that quotes which overlap or stand in one another can be marked.

Nothing here knows HTML: the template writes each piece as one flat element, so that no tag can ever be left open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

# Atomic, so that a carriage return and its line feed are never taken for two line ends.
_END = r"(?>\r\n|[\n\r\u2028\u2029])"
_LINE = re.compile(_END)
_BLANK_LINE = re.compile(rf"{_END}(?:[^\S\r\n\u2028\u2029]*{_END})+")


#: A kind of zone with its start and end.
Zone = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be marked: a quote, or the cue or mention of one (not `counted`), with its spans in characters of the text."""

    id: int
    kind: str
    spans: tuple[tuple[int, int], ...]
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: the zone that it lies in, its pieces, and the ids of the quotes that begin in it."""

    zone: str
    pieces: tuple[Piece, ...]
    quotes: tuple[int, ...]


#: From where to where, and the spans of the quotes that lie over it.
_Stretch = tuple[int, int, list[tuple[Mark, tuple[int, int]]]]


def paragraphs(text: str, zones: Sequence[Zone], marks: Sequence[Mark]) -> list[Paragraph]:
    """The text as paragraphs of pieces; the pieces of all of them, joined, are the text without the white space between."""
    cut = [_cut(start, end, zones, marks) for start, end in _paragraph_spans(text, zones)]
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for left, _, over in chain.from_iterable(cut):
        for mark, _ in over:
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


def _cut(start: int, end: int, zones: Sequence[Zone], marks: Sequence[Mark]) -> list[_Stretch]:
    """A paragraph cut wherever a quote or a zone begins or ends, each stretch with the spans that lie over the whole of it."""
    touching = [(mark, span) for mark in marks for span in mark.spans if span[0] < end and span[1] > start]
    cuts = {start, end}
    cuts.update(edge for _, span in touching for edge in span if start < edge < end)
    cuts.update(edge for _, *zone in zones for edge in zone if start < edge < end)
    return [
        (left, right, [each for each in touching if each[1][0] <= left and right <= each[1][1]]) for left, right in pairwise(sorted(cuts))
    ]


def _piece(text: str, stretch: _Stretch, zones: Sequence[Zone], first: dict[int, int], last: dict[int, int]) -> Piece:
    left, right, over = stretch
    innermost, part = (
        min((each for each in over if each[0].counted is counted), key=lambda each: each[1][1] - each[1][0], default=None)
        for counted in (True, False)
    )
    return Piece(
        text[left:right],
        _zone_at(zones, left),
        innermost[0].kind if innermost else None,
        sum(mark.counted for mark, _ in over),
        tuple(mark.id for mark, _ in over if mark.counted and first[mark.id] == left),
        tuple(mark.id for mark, _ in over if mark.counted and last[mark.id] == left),
        innermost[0].id if innermost else None,
        part[0].kind if part else None,
        part[0].id if part else None,
    )


def _zone_at(zones: Sequence[Zone], place: int) -> str:
    return next((kind for kind, start, end in zones if start <= place < end), "body")
