"""Quotation marks: which opens, which closes, which is an apostrophe or an inch. Pure text, no parse.

Marks are paired by type and within a paragraph; a paragraph that opens with the mark that the one before left open continues its quote,
as house styles have it (Chicago Manual of Style 13.32). Where a mark stays open to the end, the quotation runs to the end of its
paragraph and says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quotes.records import QuoteKind, Span

#: Opening mark to the marks that may close it.
PAIRS = {
    "“": "”",
    "”": "”“",
    "„": "“”",
    "«": "»",
    "‹": "›",
    "‘": "’",
    "「": "」",
    "『": "』",
    '"': '"',
    "'": "'",
    "``": "''",
    "''": "''",
    "‟": "”",
    "＂": "＂",
}
SINGLE = "‘'‹"
_MARK = re.compile(r"``|''|[“”„‟«»‹›‘’「」『』\"'＂]")
#: Words that begin with an apostrophe and so look like an opening single mark.
_CLIPPED = re.compile(r"(?:\d0s|em|til|twas|tis|cause|bout|round|n|n')\b", re.IGNORECASE)
#: How deep quotations nest in print, and how far a better closing mark is looked for: bounds that keep any input to linear time.
_DEEPEST, _LOOK_AHEAD = 6, 40
_TERMINAL = ".,!?…;:—–-"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A span in quotation marks, marks included. `depth` is the number of quotations it is nested in; `closed` is False where the closing
    mark is missing; `continues` says that the next paragraph goes on with it, `continued` that it goes on from the paragraph before."""

    start: int
    end: int
    mark: str
    depth: int = 0
    closed: bool = True
    continues: bool = False
    continued: bool = False

    @property
    def inner(self) -> Span:
        """The words without the marks."""
        return Span(self.start + len(self.mark), self.end - (len(self.mark) if self.closed else 0))


@dataclass(slots=True)
class _Open:
    start: int
    mark: str
    continued: bool


def paragraphs_of(text: str) -> list[Span]:
    """The spans of `text` between line breaks that hold more than white space, without the white space at their edges."""
    spans = []
    for match in re.finditer(r"[^\r\n\u2028\u2029]+", text):
        words = match.group()
        left = len(words) - len(words.lstrip())
        if left < len(words):
            spans.append(Span(match.start() + left, match.start() + len(words.rstrip())))
    return spans


def find_quotations(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Quotation]:
    """Every quotation of `text`, in the order of their starts, nested ones behind the one around them.

    A straight mark opens after white space, a dash or a bracket, and closes else; a mark behind a digit that nothing opened is an inch or a
    minute; a single mark between letters, or one that clips a word ("'90s"), is an apostrophe.
    """
    found: list[Quotation] = []
    carried: _Open | None = None
    for index, (start, end) in enumerate(paragraphs):
        following = text[paragraphs[index + 1][0] : paragraphs[index + 1][1]] if index + 1 < len(paragraphs) else ""
        pairs, left_open = _pair(text, start, end, carried)
        carried = None
        bound = end
        orphans: list[Quotation] = []
        for each in left_open:
            bound = bound if each.start < bound else end
            goes_on = not orphans and following.startswith(each.mark)
            if each.mark in SINGLE and not (goes_on and all(_opens_sentence(words) for words in (text[each.start : end], following))):
                continue  # more likely an apostrophe than a quote nobody closed
            bound = _end_of_orphan(text, each, bound, pairs)
            goes_on = goes_on and bound == end
            orphans.append(Quotation(each.start, bound, each.mark, 0, False, goes_on, each.continued))
            if goes_on:
                carried = each
        found.extend(_nested(sorted([*pairs, *orphans], key=_order)))
    return found


def _pair(text: str, start: int, end: int, carried: _Open | None) -> tuple[list[Quotation], list[_Open]]:
    """The closed quotations of one paragraph, and the marks that stay open at its end, the outermost first."""
    stack: list[_Open] = []
    found: list[Quotation] = []
    marks = list(_MARK.finditer(text, start, end))
    for number, match in enumerate(marks):
        mark, at = match.group(), match.start()
        if _apostrophe(text, match, start, end, stack):
            continue
        closing = _closes(stack, mark)
        opening = _opens(text, match, start, end)
        if closing is not None and (not opening or stack[closing].mark == "„"):
            if mark in "’'" and _possessive(text, match, marks[number + 1 : number + 1 + _LOOK_AHEAD], end):
                continue
            opener = stack[closing]
            del stack[closing:]
            if match.start() > opener.start + len(opener.mark):
                found.append(Quotation(opener.start, match.end(), opener.mark, 0, True, False, opener.continued))
        elif opening:
            stack.append(_Open(at, mark, carried is not None and at == start))
            del stack[:-_DEEPEST]
    return found, stack


def _opens_sentence(words: str) -> bool:
    """Whether a capital letter stands right behind the mark at the head of `words`, and clips no word."""
    return words[1:2].isupper() and not _CLIPPED.match(words, 1)


def _end_of_orphan(text: str, opener: _Open, end: int, pairs: Sequence[Quotation]) -> int:
    """Where a quotation that nobody closed ends: before the next with the same mark, or one it would cross, else with its paragraph."""
    behind = [pair for pair in pairs if opener.start < pair.start < end]
    end = min([end, *(_before(text, opener, pair) for pair in behind if pair.mark == opener.mark)])
    crossed = [_before(text, opener, pair) for pair in behind if pair.start < end < pair.end]
    return min([end, *crossed])


def _before(text: str, opener: _Open, pair: Quotation) -> int:
    return opener.start + len(text[opener.start : pair.start].rstrip())


def _order(each: Quotation) -> tuple[int, int]:
    return each.start, -each.end


def _nested(ordered: Sequence[Quotation]) -> Iterator[Quotation]:
    """Quotations in order, each with how many others it stands in."""
    around: list[Quotation] = []
    for each in ordered:
        while around and around[-1].end <= each.start:
            around.pop()
        yield replace(each, depth=len(around))
        around.append(each)


def _closes(stack: Sequence[_Open], mark: str) -> int | None:
    for depth in range(len(stack) - 1, -1, -1):
        if mark in PAIRS[stack[depth].mark] or (mark == '"' and stack[depth].mark == "“") or (mark == "”" and stack[depth].mark == '"'):
            return depth
    return None


def _opens(text: str, match: re.Match[str], start: int, end: int) -> bool:
    mark = match.group()
    if mark not in PAIRS:
        return False
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    if mark == "“" and before.isalnum():
        return False
    if mark in ("“", "„", "«", "‹", "‘", "``", "「", "『", "‟"):
        return not after.isspace()
    if after.isspace() or after in ")]}":
        return False
    if mark in ('"', "＂", "''"):
        return not (before.isalnum() or before in ".,!?…;%)]")
    return before.isspace() or before in '([{—–-/"“:'


def _apostrophe(text: str, match: re.Match[str], start: int, end: int, stack: Sequence[_Open]) -> bool:
    """Whether a mark is none: an apostrophe, or a measure behind a digit where no such mark stands open."""
    mark = match.group()
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    if mark == '"':
        return before.isdigit() and not any(each.mark == mark for each in stack)
    if mark not in ("'", "’", "‘"):
        return False
    return after.isalnum() if before.isalnum() else _CLIPPED.match(text, match.end()) is not None


def _possessive(text: str, match: re.Match[str], later: Sequence[re.Match[str]], end: int) -> bool:
    """Whether a mark behind an s inside single marks is a plural's apostrophe: a better closing mark, after punctuation, comes later."""
    if text[match.start() - 1] not in "sS" or match.end() >= end or not text[match.end()].isspace():
        return False
    for each in later:
        if each.group() == match.group() and text[each.start() - 1] in _TERMINAL:
            return True
        if each.group() in PAIRS and _opens(text, each, match.start(), end):
            return False
    return False


def overlapping_quotations(found: Sequence[Quotation], start: int, end: int) -> Iterator[Quotation]:
    """The quotations of a text, in their order, that share a character with a span."""
    index = bisect_right(found, start, key=lambda each: each.start) - 1
    while index > 0 and found[index].depth:
        index -= 1
    for at in range(max(index, 0), len(found)):
        each = found[at]
        if each.start >= end:
            return
        if each.end > start:
            yield each


def touches_quotation(spans: Iterable[Span], marks: Sequence[Quotation]) -> bool:
    """Whether any of the spans shares a character with a quotation."""
    return any(True for span in spans for _ in overlapping_quotations(marks, *span))


def is_within_quotation(span: Span, marks: Sequence[Quotation]) -> bool:
    """Whether a span lies in one quotation."""
    return any(each.start <= span.start and span.end <= each.end for each in overlapping_quotations(marks, *span))


def outermost(found: Sequence[Quotation]) -> list[Quotation]:
    """The quotations that are nested in no other."""
    return [each for each in found if each.depth == 0]


def quote_kind(text: str, contents: Sequence[Span], marks: Sequence[Quotation], cue: Sequence[Span] = ()) -> QuoteKind:
    """Whether all, part or none of a content is in quotation marks; those that hold its cue as well do not count, since what somebody
    quoted reports of others is theirs to quote or not."""
    first, last = contents[0].start, contents[-1].end
    around = [
        each
        for each in overlapping_quotations(marks, first, last)
        if each.start >= first or not any(each.start < start < each.end for start, _ in cue)
    ]
    regions: list[Span] = []
    for each in around:
        if not regions or each.inner.start >= regions[-1].end:
            regions.append(each.inner)
    whole = sum(count_letters(text, start, end) for start, end in contents)
    inside = sum(count_letters(text, max(start, region.start), min(end, region.end)) for start, end in contents for region in regions)
    return "indirect" if not inside else "direct" if inside == whole else "mixed"


def count_letters(text: str, start: int, end: int) -> int:
    """The number of letters and digits between two characters of the text."""
    return sum(character.isalnum() for character in text[start:end])
