"""A text as its printed lines: the units from which the layout is read."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from quotes.records import Span

#: What ends a line.
BREAKS = "\n\r\v\f\x85\u2028\u2029"

#: White space, and characters that print nothing: a byte order mark, zero-width spaces and joiners.
BLANK = (
    " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff\u200b\u200c\u200d\u2060"
)

#: The widths, in characters, that prose is wrapped at.
_NARROWEST, _WIDEST = 30, 130
#: With fewer line ends within blocks no common width shows.
_FEW = 3
#: By so many blanks more than its block a line is indented.
_INDENTED = 2
_ENDS = (".", "!", "?", ":", ";", '."', '!"', '?"', ".”", "!”", "?”", ".'", ".’")


class Line(NamedTuple):
    """A paragraph or a short line as printed, without the blanks around it; `alone` when blank lines stand before and after."""

    start: int
    end: int
    text: str
    alone: bool


class Row(NamedTuple):
    """A line as it stands in the text, its edges trimmed; `begin` is where it starts with its indentation."""

    begin: int
    start: int
    end: int

    @property
    def width(self) -> int:
        """With its indentation."""
        return self.end - self.begin


def printed_lines(text: str) -> list[Line]:
    """The lines of the text that print something, in order; prose that was wrapped at a width counts as one line a paragraph."""
    lines: list[Line] = []
    blocks = blocks_of(text)
    joined = {span.start for span in soft_breaks(text, blocks)}
    for block in blocks:
        spans: list[Span] = []
        for row in block:
            goes_on = bool(spans) and spans[-1].end in joined
            spans = [*spans[:-1], Span(spans[-1].start, row.end)] if goes_on else [*spans, Span(row.start, row.end)]
        lines.extend(Line(start, end, text[start:end], alone=len(spans) == 1) for start, end in spans)
    return lines


def soft_breaks(text: str, blocks: list[list[Row]] | None = None) -> list[Span]:
    """The line ends within a paragraph of a text that is wrapped at a width, in order, each with the blanks around it; none in a text of a
    line a paragraph. `blocks` are those of the text, where they are known.

    A wrapped text shows in that most of its lines would be wider than one width with the next word, and many go on in lower case. There, a
    line end is within a paragraph where the next word did not fit, or where a sentence goes on in lower case; never before a line that is
    indented.
    """
    margins = [(min(row.start - row.begin for row in block), block) for block in (blocks_of(text) if blocks is None else blocks)]
    pairs = [(row, after) for margin, block in margins for row, after in pairwise(block) if after.start - after.begin < margin + _INDENTED]
    going_on = sum(text[after.start].islower() for _, after in pairs)
    if len(pairs) < _FEW:
        whole = all(_NARROWEST <= row.width <= _WIDEST for row, _ in pairs) and going_on * 2 > len(pairs)
        return [Span(row.end, after.start) for row, after in pairs if whole]
    with_next = [row.width + len(text[after.start : after.end].split(maxsplit=1)[0]) for row, after in pairs]
    # A line allows any width from its own up to that with the next word; that which the most lines allow is that of the text.
    fitting = {width: 0 for row, _ in pairs if _NARROWEST <= (width := row.width) <= _WIDEST}
    for width in fitting:
        fitting[width] = sum(row.width <= width <= most for (row, _), most in zip(pairs, with_next, strict=True))
    width = min(fitting, key=lambda width: (-fitting[width], width), default=0)
    if fitting.get(width, 0) < 0.4 * len(pairs) or going_on < 0.35 * len(pairs):
        return []
    return [
        Span(row.end, after.start)
        for (row, after), most in zip(pairs, with_next, strict=True)
        if most >= width or (text[after.start].islower() and row.width * 2 >= width and not text[row.start : row.end].endswith(_ENDS))
    ]


def blocks_of(text: str) -> list[list[Row]]:
    """Lines that follow one another without a blank line between."""
    blocks: list[list[Row]] = []
    at, goes_on = 0, False
    for printed in text.splitlines(keepends=True):
        inner = printed.strip(BLANK)
        if inner:
            start = at + printed.index(inner)
            row = Row(at, start, start + len(inner))
            if goes_on:
                blocks[-1].append(row)
            else:
                blocks.append([row])
        goes_on = bool(inner)
        at += len(printed)
    return blocks
