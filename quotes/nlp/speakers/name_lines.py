"""Name lines: a short paragraph that is a name, an age, a job ("Susan Wright, 54, teacher"), above or below the quote of its bearer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quotes import lexicons
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import PAIRS, paragraphs_of
from quotes.nlp.detection.sources import Source
from quotes.nlp.parsing.parse import FINITE_TAGS, Parse
from quotes.records import Span

#: The longest name line in characters, and the longest name in words.
LINE, WORDS = 110, 5
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*)*")
_REST = re.compile(r"\s*(?:[,(|:]|[–—-]\s)\s*")
_AGE = re.compile(r"(?:aged )?\d{1,2}\b")
_PARTICLES = frozenset({"al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "la", "le", "ten", "ter", "van", "von"})
_PLACES = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME", "EVENT"})


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of a run: the name line's source, or None for a quote's paragraph; `told` whether an age or a job follows the name."""

    span: Span
    source: Source | None
    told: bool = False


def beside_name_lines(
    parse: Parse, attributions: Sequence[Attribution], silent: Sequence[tuple[int, int]]
) -> tuple[list[Attribution], frozenset[int]]:
    """Attributions, of which those without a cue that a name line stands above or below have it for their source, and the starts of
    those; `silent` are stretches (the byline) whose names speak nowhere."""
    paragraphs = paragraphs_of(parse.text)
    starts = [start for start, _ in paragraphs]
    cued = {bisect_right(starts, each.start) - 1 for each in attributions if each.cue and each.act == "speech"}
    floating = {bisect_right(starts, each.start) - 1 for each in attributions if not each.cue} - cued
    if not floating:
        return list(attributions), frozenset()
    sources: dict[int, Source] = {}
    run: list[_Line] = []
    numbers: list[int] = []
    for number, (start, end) in enumerate([*paragraphs, Span(len(parse.text), len(parse.text))]):
        line = _line(parse, Span(start, end), silent)
        if line is not None:
            run.append(line)
            numbers.append(number)
            continue
        before = paragraphs[numbers[0] - 1] if numbers and numbers[0] else None
        for at, source in _assigned(parse.text, run, quoted=before is not None and _has_mark(parse.text[slice(*before)])).items():
            sources[numbers[at]] = source
        run, numbers = [], []
    named = {number: source for number, source in sources.items() if number in floating}
    found = []
    beside = set()
    for each in attributions:
        own = named.get(bisect_right(starts, each.start) - 1)
        if own is not None and not each.cue:
            each = replace(each, source=own, follows=None)
            beside.add(each.start)
        found.append(each)
    return found, frozenset(beside)


def _has_mark(text: str) -> bool:
    return text[:1] in PAIRS or text[-1:] in {'"', "”", "’", "»"}


def _line(parse: Parse, span: Span, silent: Sequence[tuple[int, int]]) -> _Line | None:
    """A paragraph as a member of a run; None for any other."""
    text = parse.text[span.start : span.end]
    if text[:1] in PAIRS and text[:1] != "":
        return _Line(span, None)
    if not text or len(text) > LINE or text[-1] in ".!?;" or any(mark in text for mark in '"“”«»'):
        return None
    if any(start <= span.start < end for start, end in silent):
        return None
    match = _NAME.match(text)
    if match is None or not _names(match.group().split()):
        return None
    separator = _REST.match(text, match.end())
    if separator is None and match.end() < len(text):
        return None
    rest = text[separator.end() :].rstrip(")") if separator else ""
    first, last = parse.token_at(span.start), parse.token_at(span.start + match.end() - 1)
    final = parse.token_at(span.end - 1)
    told = _AGE.match(rest) is not None or any(lexicons.is_role(word.casefold()) for word in re.findall(r"[^\W\d_]+", rest))
    if _finite(parse, last + 1, final) or not _of_person(parse, first, last, told=told, alone=not rest):
        return None
    if " " not in match.group() and _AGE.match(rest) is None:
        return None
    tokens = frozenset(token for token in range(first, final + 1) if not parse.space(token))
    return _Line(span, Source((Span(span.start, span.start + len(text.rstrip(" :"))),), last, tokens), told)


def _names(words: Sequence[str]) -> bool:
    capital = [word for word in words if word[0].isupper()]
    return (
        len(words) <= WORDS
        and words[0][0].isupper()
        and words[-1][0].isupper()
        and all(word in _PARTICLES for word in words if word not in capital)
    )


def _finite(parse: Parse, first: int, last: int) -> bool:
    """Whether a verb makes a sentence of what follows the name; "retired" behind a comma, or a clause with "who", does not."""
    for token in range(first, last + 1):
        if parse.lower[token] in {"who", "which", "whose"}:
            return False
        if parse.tag[token] in FINITE_TAGS and parse.words[token].islower() and parse.words[token - 1] != ",":
            return True
    return False


def _of_person(parse: Parse, first: int, last: int, *, told: bool, alone: bool) -> bool:
    labels = {parse.entity[token] for token in range(first, last + 1)}
    given = any(parse.lower[token] in lexicons.genders("given_names.tsv") for token in range(first, last + 1))
    if "PERSON" in labels or (given and not labels & _PLACES):
        return True
    return told and not alone and not labels & _PLACES


def _assigned(text: str, run: Sequence[_Line], *, quoted: bool) -> Mapping[int, Source]:
    """The source of each quote's paragraph of a run, by its place; `quoted` whether the paragraph before the run holds a quote.

    Whether names stand above or below their quotes is decided once: by the blank lines, else by which comes first.
    """
    lines = [at for at, line in enumerate(run) if line.source is not None]
    while len(lines) > 1 and lines[1] == lines[0] + 1:
        del lines[0]  # a headline or a byline above a name line
    if len(lines) > 1 and lines[0] == 0 and not run[0].told and lines[-1] == len(run) - 1:
        del lines[0]
    if not lines or all(line.source for line in run):
        return {}
    blank = [text.count("\n", one.span.end, other.span.start) > 1 for one, other in pairwise(run)]
    votes = 0
    for at in lines:
        above = at + 1 < len(run) and run[at + 1].source is None and not blank[at]
        below = at > 0 and run[at - 1].source is None and not blank[at - 1]
        votes += above - below
    if len(lines) == 1 and not votes and (quoted or not run[lines[0]].told):
        return {}
    leads = votes > 0 or (votes == 0 and all(run[at].source for at in range(lines[0])))
    found: dict[int, Source] = {}
    near: Source | None = None
    kept = set(lines)
    for at in range(len(run)) if leads else reversed(range(len(run))):
        if run[at].source is not None:
            near = run[at].source if at in kept else near
        elif near is not None:
            found[at] = near
    return found
