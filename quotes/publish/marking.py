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


#: A span of a mark, with the mark and its place among all of them.
_Laid = tuple[int, int, int, Mark]

#: From where to where, and what lies over the whole of it: spans of quotes, and of cues and mentions.
_Stretch = tuple[int, int, list[_Laid], list[_Laid]]


def paragraphs(text: str, zones: Sequence[Zone], marks: Sequence[Mark]) -> list[Paragraph]:
    """The text as paragraphs of pieces; the pieces of all of them, joined, are the text without the white space between."""
    cut = list(_cut(_paragraph_spans(text, zones), zones, marks))
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for left, _, quotes, _ in chain.from_iterable(cut):
        for *_, mark in quotes:
            first.setdefault(mark.id, left)
            last[mark.id] = left
    laid_out = []
    for stretches in cut:
        pieces = tuple([_piece(text, each, zones, first, last) for each in stretches])
        zone = pieces[0].zone
        if any(piece.zone != zone for piece in pieces):
            inside = {piece.zone for piece in pieces if piece.text.strip()}
            zone = inside.pop() if len(inside) == 1 else "body"
        laid_out.append(Paragraph(zone, pieces, tuple([quote for piece in pieces for quote in piece.begins])))
    return laid_out


def _paragraph_spans(text: str, zones: Sequence[Zone]) -> list[tuple[int, int]]:
    """Cut at blank lines, at each line end where there is no blank line at all, and where a line belongs to another zone."""
    blank = _BLANK_LINE.search(text.strip())
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
    touching: list[_Laid] = []
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
        quotes, parts = [each for each in touching if each[3].counted], [each for each in touching if not each[3].counted]
        yield [
            (
                left,
                right,
                [each for each in quotes if each[0] <= left and right <= each[1]] if quotes else quotes,
                [each for each in parts if each[0] <= left and right <= each[1]] if parts else parts,
            )
            for left, right in pairwise(sorted(cuts))
        ]


def _place(laid: _Laid) -> int:
    return laid[2]


def _length(laid: _Laid) -> int:
    return laid[1] - laid[0]


def _piece(text: str, stretch: _Stretch, zones: Sequence[Zone], first: dict[int, int], last: dict[int, int]) -> Piece:
    left, right, quotes, parts = stretch
    words, zone = text[left:right], _zone_at(zones, left)
    if not quotes and not parts:
        return Piece(words, zone)
    part = min(parts, key=_length)[3] if parts else None
    of = (part.kind, part.id) if part else (None, None)
    if not quotes:
        return Piece(words, zone, None, 0, (), (), None, *of)
    quote = min(quotes, key=_length)[3] if len(quotes) > 1 else quotes[0][3]
    begins = tuple([mark.id for *_, mark in quotes if first[mark.id] == left])
    ends = tuple([mark.id for *_, mark in quotes if last[mark.id] == left])
    return Piece(words, zone, quote.kind, len(quotes), begins, ends, quote.id, *of)


def _zone_at(zones: Sequence[Zone], place: int) -> str:
    for kind, start, end in zones:
        if start <= place < end:
            return kind
    return "body"
