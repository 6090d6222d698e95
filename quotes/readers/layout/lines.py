"""A text as its printed lines: the units from which the layout is read."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from quotes.records import Span

#: What ends a line.
BREAKS = "\n\r\v\f\x85\u2028\u2029"
_PRINTED_LINE = re.compile(rf"[^{BREAKS}]+")

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
_WORD = re.compile(r"\S*")
_ENDS = (".", "!", "?", ":", ";", '."', '!"', '?"', ".”", "!”", "?”", ".'", ".’")


class Line(NamedTuple):
    """A paragraph or a short line as printed, without the blanks around it; `alone` when blank lines stand before and after."""

    start: int
    end: int
    text: str
    alone: bool


class _Row(NamedTuple):
    """A line as it stands in the text, its edges trimmed; `begin` is where it starts with its indentation."""

    begin: int
    start: int
    end: int

    @property
    def width(self) -> int:
        return self.end - self.begin

    @property
    def indent(self) -> int:
        return self.start - self.begin


def printed_lines(text: str) -> list[Line]:
    """The lines of the text that print something, in order; prose that was wrapped at a width counts as one line a paragraph."""
    lines: list[Line] = []
    blocks = _blocks(text)
    joined = {span.start for span in _soft(text, blocks)}
    for block in blocks:
        spans: list[Span] = []
        for row in block:
            goes_on = bool(spans) and spans[-1].end in joined
            spans = [*spans[:-1], Span(spans[-1].start, row.end)] if goes_on else [*spans, Span(row.start, row.end)]
        lines.extend(Line(start, end, text[start:end], alone=len(spans) == 1) for start, end in spans)
    return lines


def soft_breaks(text: str) -> list[Span]:
    """The line ends within a paragraph of a text that is wrapped at a width, in order, each with the blanks around it; none in a text of a
    line a paragraph."""
    return _soft(text, _blocks(text))


def _soft(text: str, blocks: list[list[_Row]]) -> list[Span]:
    """A wrapped text shows in that most of its lines would be wider than one width with the next word, and many go on in lower case.

    There, a line end is within a paragraph where the next word did not fit, or where a sentence goes on in lower case; never before a line
    that is indented.
    """
    margins = [(min(row.indent for row in block), block) for block in blocks]
    pairs = [(row, after) for margin, block in margins for row, after in pairwise(block) if after.indent < margin + _INDENTED]
    going_on = sum(text[after.start].islower() for _, after in pairs)
    if len(pairs) < _FEW:
        whole = all(_NARROWEST <= row.width <= _WIDEST for row, _ in pairs) and going_on * 2 > len(pairs)
        return [Span(row.end, after.start) for row, after in pairs if whole]
    width, fitting = _common_width([(row.width, row.width + _word(text, after)) for row, after in pairs])
    if fitting < 0.4 * len(pairs) or going_on < 0.35 * len(pairs):
        return []
    return [
        Span(row.end, after.start)
        for row, after in pairs
        if row.width + _word(text, after) >= width
        or (text[after.start].islower() and row.width * 2 >= width and not text[row.start : row.end].endswith(_ENDS))
    ]


def _word(text: str, row: _Row) -> int:
    """The length of the first word of a line."""
    match = _WORD.match(text, row.start, row.end)
    return match.end() - match.start() if match else 0


def _common_width(ranges: list[tuple[int, int]]) -> tuple[int, int]:
    """The width at which the most lines would end where they do, and how many: a line allows any from its own up to that with the next
    word."""
    steps: Counter[int] = Counter()
    for least, most in ranges:
        if _NARROWEST <= least <= _WIDEST:
            steps[least] += 1
            steps[most + 1] -= 1
    best, most, count = _NARROWEST, 0, 0
    for width in sorted(steps):
        count += steps[width]
        if count > most:
            best, most = width, count
    return best, most


def _blocks(text: str) -> list[list[_Row]]:
    """Lines that follow one another without a blank line between."""
    blocks: list[list[_Row]] = []
    end_of_last = -1
    for match in _PRINTED_LINE.finditer(text):
        printed = match.group()
        inner = printed.strip(BLANK)
        if not inner:
            continue
        start = match.start() + len(printed) - len(printed.lstrip(BLANK))
        row = _Row(match.start(), start, start + len(inner))
        if blocks and _one_break(text, end_of_last, match.start()):
            blocks[-1].append(row)
        else:
            blocks.append([row])
        end_of_last = match.end()
    return blocks


def _one_break(text: str, end: int, start: int) -> bool:
    return start - end == 1 or (start - end == 2 and text[end:start] == "\r\n")
