"""A text as its printed lines: the units from which the layout is read."""

from __future__ import annotations

import re
from typing import NamedTuple

from quotes.records import Span

_PRINTED_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")

#: White space, and characters that print nothing: a byte order mark, zero-width spaces and joiners.
BLANK = (
    " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff\u200b\u200c\u200d\u2060"
)

#: A line of prose broken by hand is about this long.
_NARROWEST, _WIDEST = 40, 100


class Line(NamedTuple):
    """A paragraph or a short line as printed, without the blanks around it; `alone` when blank lines stand before and after."""

    start: int
    end: int
    text: str
    alone: bool


def printed_lines(text: str) -> list[Line]:
    """The lines of the text that print something, in order; prose that was wrapped by hand counts as one line a paragraph."""
    lines: list[Line] = []
    for block in _blocks(text):
        spans = [Span(block[0].start, block[-1].end)] if _is_wrapped(text, block) else block
        lines.extend(Line(start, end, text[start:end], alone=len(spans) == 1) for start, end in spans)
    return lines


def _blocks(text: str) -> list[list[Span]]:
    """Lines that follow one another without a blank line between."""
    blocks: list[list[Span]] = []
    end_of_last = -1
    for match in _PRINTED_LINE.finditer(text):
        printed = match.group()
        inner = printed.strip(BLANK)
        if not inner:
            continue
        start = match.start() + len(printed) - len(printed.lstrip(BLANK))
        span = Span(start, start + len(inner))
        if blocks and _one_break(text, end_of_last, match.start()):
            blocks[-1].append(span)
        else:
            blocks.append([span])
        end_of_last = match.end()
    return blocks


def _one_break(text: str, end: int, start: int) -> bool:
    return start - end == 1 or (start - end == 2 and text[end:start] == "\r\n")


def _is_wrapped(text: str, block: list[Span]) -> bool:
    """Prose broken by hand: lines of an even width, most of which go on in lower case."""
    if len(block) < 2 or not all(_NARROWEST <= end - start <= _WIDEST for start, end in block[:-1]):
        return False
    going_on = sum(text[start].islower() for start, _ in block[1:])
    return going_on * 2 > len(block) - 1
