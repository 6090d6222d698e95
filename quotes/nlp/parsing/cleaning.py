"""A clean copy of a text, without what only layout put there, aligned with the original by character. The original is never changed.

A line end within a paragraph becomes a blank, several blanks one; soft hyphens, zero-width characters, footnote numbers and the blanks just
inside quotation marks are removed; a mark that is printed twice becomes one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from quotes.readers.layout.lines import BREAKS, soft_breaks
from quotes.records import Span

#: First character, the one after the last, and their replacement: one character or none.
Edit = tuple[int, int, str]
#: Places from which copy and original run in parallel: the character of the copy, and the first and last of the original that it replaces.
Alignment = tuple[tuple[int, int, int], ...]

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
_BLANKS = re.compile(rf"[^\S{BREAKS}]+")
#: The number of a footnote behind what it is about: "safe.12", "safe.¹²", "safe[3]", "safe [3]."
_FOOTNOTE = re.compile(
    r"(?:(?<=[a-z]{2}[.!?,;:])|(?<=[a-z][.!?,][”’\"']))\d{1,3}(?!\S)"
    r"|(?<=[.!?,;:”’\"'])[¹²³⁰⁴-⁹]+"
    r"|(?<=[\w.!?,;:”’\"'\]])\[\d{1,3}(?:[,–-] ?\d{1,3})*\]"
    r"|(?<=\S) \[\d{1,3}(?:[,–-] ?\d{1,3})*\](?=[.!?,;:”’\"']|\s*$)",
    re.MULTILINE,
)
#: Short words with a full stop that a number of their own follows ("No.12").
_NUMBERED = re.compile(
    r"\b(?:no|nos|vol|vols|pt|pp|par|sec|art|arts|fig|figs|ch|col|app|ver|rev|lot|ext|tel|st|ca|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.",
    re.IGNORECASE,
)
#: One mark printed as two, and what it is; a straight one only where it opens or closes.
_DOUBLED = (
    (re.compile(r"““+|‘‘+"), "“"),
    (re.compile(r"””+|’’+"), "”"),
    (re.compile(r"(?<![\w.,!?…\"])(?:\"\"++|'')(?=\w)|(?<=[\w.,!?…])(?:\"\"+|'')(?!\w)"), '"'),
    (re.compile(r"(?<!\w),,(?=\w)"), "„"),
    (re.compile(r"(?<![\w`])`(?=\w)"), "‘"),
)
#: A blank behind an opening mark (a closing “, as Germans have it, follows a word), and one before a closing mark.
_BEHIND = re.compile(r"(?<![^\s(\[{—–/-])[“„«‹]( )(?=\S)")
_BEFORE = re.compile(r"(?<=\S)( )[”»›](?!\w)")
_OPENING, _CLOSING = frozenset("([{—–-/“‘:"), frozenset(")]}—–-/”’.,;:!?…")
_LINE = re.compile(rf"[^{BREAKS}]+")


@dataclass(frozen=True, slots=True)
class CleanText:
    """A clean copy, aligned with its original; without `alignment` it is the original."""

    text: str
    alignment: Alignment = ()

    def to_original(self, start: int, end: int) -> Span:
        """The span of the original that a non-empty span of the copy stands for."""
        if not self.alignment:
            return Span(start, end)

        def place(at: int) -> tuple[int, int]:
            begins, first, last = self.alignment[bisect_right(self.alignment, at, key=lambda run: run[0]) - 1]
            return (first, last) if at == begins else (last + at - begins, last + at - begins)

        return Span(place(start)[0], place(end - 1)[1] + 1)

    def to_clean(self, start: int, end: int) -> Span:
        """The span of the copy that is left of a span of the original."""
        return Span(self._first_from(start), self._first_from(end))

    def _first_from(self, at: int) -> int:
        """The first character of the copy that stands for one of the original from `at` on."""
        if not self.alignment:
            return at
        index = bisect_right(self.alignment, at, key=lambda run: run[1]) - 1
        if index < 0:
            return 0
        begins, first, last = self.alignment[index]
        within = begins + (0 if at <= first else max(1, at - last))
        return min(within, self.alignment[index + 1][0] if index + 1 < len(self.alignment) else len(self.text))


def clean_text(text: str) -> CleanText:
    """The clean copy of a text; a clean copy is its own."""
    draft = _Draft(text)
    draft.edit((match.start(), match.end(), "") for match in _INVISIBLE.finditer(draft.text))
    for edits in (_line_ends, _blanks, _doubled_marks, _footnotes, _blanks_inside_marks):
        draft.edit(edits(draft.text))
    return CleanText(draft.text, draft.alignment())


class _Draft:
    """A text while it is edited, with the place of each of its characters in the original."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.changed = False
        self._first = self._last = np.arange(len(text))

    def edit(self, edits: Iterable[Edit]) -> None:
        """Make edits, which are in order and do not overlap."""
        kept, firsts, lasts, at = [], [], [], 0
        for start, end, new in edits:
            kept += [self.text[at:start], new]
            firsts += [self._first[at:start], self._first[start : start + len(new)]]
            lasts += [self._last[at:start], self._last[end - len(new) : end]]
            at = end
        if not kept:
            return
        self.changed = True
        self.text = "".join([*kept, self.text[at:]])
        self._first, self._last = np.concatenate([*firsts, self._first[at:]]), np.concatenate([*lasts, self._last[at:]])

    def alignment(self) -> Alignment:
        """The alignment with the original; empty where nothing was edited."""
        if not self.changed or not len(self._first):
            return ()
        steps = np.flatnonzero((self._first[1:] != self._last[:-1] + 1) | (self._first[1:] != self._last[1:])) + 1
        return tuple((int(at), int(self._first[at]), int(self._last[at])) for at in (0, *steps.tolist()))


def _line_ends(text: str) -> Iterator[Edit]:
    """Line ends within a paragraph: nothing behind a hyphen in a word, else a blank."""
    for start, end in soft_breaks(text):
        hyphened = text[start - 1] in "-‐" and text[start - 2 : start - 1].isalpha() and text[end].isalpha()
        yield start, end, "" if hyphened else " "


def _blanks(text: str) -> Iterator[Edit]:
    """Blanks at the edges of a line are nothing, others one."""
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        edge = start == 0 or end == len(text) or text[start - 1] in BREAKS or text[end] in BREAKS
        if edge or match.group() != " ":
            yield start, end, "" if edge else " "


def _footnotes(text: str) -> Iterator[Edit]:
    for match in _FOOTNOTE.finditer(text):
        before = text[max(0, match.start() - 6) : match.start()]
        if not (match.group()[0].isdigit() and any(each.end() == len(before) for each in _NUMBERED.finditer(before))):
            yield match.start(), match.end(), ""


def _doubled_marks(text: str) -> list[Edit]:
    found = [(match.start(), match.end(), new) for pattern, new in _DOUBLED for match in pattern.finditer(text)]
    return [each for each, before in zip(sorted(found), [(0, 0, ""), *sorted(found)], strict=False) if each[0] >= before[1]]


def _blanks_inside_marks(text: str) -> list[Edit]:
    """The blanks behind opening and before closing marks; whether a straight mark between blanks opens or closes follows from its line."""
    found = {(*match.span(1), "") for pattern in (_BEHIND, _BEFORE) for match in pattern.finditer(text)}
    for line in _LINE.finditer(text):
        found |= set(_inside_straight(text, line.start(), line.end()))
    return sorted(found)


def _inside_straight(text: str, start: int, end: int) -> Iterator[Edit]:
    """The blanks inside the straight marks of a line that has one between blanks; every other one opens, unless one cannot."""
    line = text[start:end]
    if ' " ' not in f" {line} ":
        return
    marks = []
    for at, character in enumerate(line):
        if character != '"':
            continue
        before, after = line[at - 1 : at] or " ", line[at + 1 : at + 2] or " "
        marks.append((at, before, after))
        wrong = before != " " and before not in _OPENING if len(marks) % 2 else after != " " and after not in _CLOSING
        if wrong or line[at - 2 : at - 1].isdigit():  # inches
            return
    if len(marks) % 2:
        return
    for number, (at, before, after) in enumerate(marks):
        if number % 2 == 0 and after == " ":
            yield start + at + 1, start + at + 2, ""
        elif number % 2 and before == " ":
            yield start + at - 1, start + at, ""
