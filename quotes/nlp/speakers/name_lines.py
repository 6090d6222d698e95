"""Name lines: short paragraphs of a name, an age, a job ("Susan Wright, 54, teacher") above or below the quotes of that person."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from quotes import lexicons
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import PAIRS, paragraphs_of
from quotes.nlp.detection.sources import Source
from quotes.nlp.names.name_parts import PARTICLES
from quotes.nlp.parsing.parse import FINITE_TAGS, Parse
from quotes.records import Span

#: The longest name line in characters, and the longest name in words.
LINE, WORDS = 110, 5
_LINE = re.compile(r"(?P<name>[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*)*)(?:\s*(?:[,(|:]|[–—-]\s)\s*(?P<rest>.*?)\)?)?")
_AGE = re.compile(r"(?:aged )?\d{1,2}\b")
_PLACES = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME", "EVENT"})


def beside_name_lines(
    parse: Parse, attributions: Sequence[Attribution], bylines: Sequence[tuple[int, int]]
) -> tuple[list[Attribution], frozenset[int]]:
    """The attributions, with the name line above or below as the source of those without a cue, and the starts of these; names in
    `bylines` (characters) do not speak."""
    paragraphs = paragraphs_of(parse.text)
    starts = [start for start, _ in paragraphs]
    cued = {bisect_right(starts, each.start) - 1 for each in attributions if each.cue and each.act == "speech"}
    uncued = {bisect_right(starts, each.start) - 1 for each in attributions if not each.cue} - cued
    sources: dict[int, Source] = {}
    run: dict[int, Source | None] = {}
    for number, span in enumerate([*paragraphs, (0, 0)] if uncued else ()):
        text = parse.text[slice(*span)]
        line = _name_line(parse, Span(*span), bylines)
        if line is not None or text[:1] in PAIRS:
            run[number] = line
        else:
            sources |= _sources_of(run)
            run = {}
    found = [
        replace(each, source=sources[number], follows=None) if not each.cue and number in sources and number in uncued else each
        for each in attributions
        for number in [bisect_right(starts, each.start) - 1]
    ]
    return found, frozenset(each.start for each, before in zip(found, attributions, strict=True) if each is not before)


def _sources_of(run: Mapping[int, Source | None]) -> dict[int, Source]:
    """The source of each quoted paragraph in a run of name lines and quoted paragraphs, by number: the name line above it where the run
    begins with one, else the one below."""
    found: dict[int, Source] = {}
    leads = next(iter(run.values()), None) is not None
    line: Source | None = None
    numbers = list(run)
    for number in numbers if leads else numbers[::-1]:
        line = run[number] or line
        if run[number] is None and line is not None:
            found[number] = line
    return found


def _name_line(parse: Parse, span: Span, bylines: Sequence[tuple[int, int]]) -> Source | None:
    """A paragraph as a source, where it is a name line."""
    text = parse.text[span.start : span.end]
    match = _LINE.fullmatch(text) if len(text) <= LINE and text[-1:] not in {".", "!", "?", ";"} else None
    if match is None or any(mark in text for mark in '"“”«»') or any(start <= span.start < end for start, end in bylines):
        return None
    words, rest = match["name"].split(), match["rest"] or ""
    if len(words) > WORDS or not all(word[0].isupper() or word in PARTICLES for word in words) or not words[-1][0].isupper():
        return None
    first, last = parse.token_at(span.start), parse.token_at(span.start + match.end("name") - 1)
    final = parse.token_at(span.end - 1)
    aged = _AGE.match(rest) is not None
    described = aged or any(lexicons.is_role(word.casefold()) for word in re.findall(r"[^\W\d_]+", rest))
    if not _is_person(parse, first, last, described=described) or (len(words) == 1 and not aged):
        return None
    if any(parse.tag[token] in FINITE_TAGS and parse.words[token - 1] not in {",", "who"} for token in range(last + 1, final + 1)):
        return None  # a sentence
    tokens = frozenset(token for token in range(first, final + 1) if not parse.space(token))
    return Source((Span(span.start, span.start + len(text.rstrip(" :"))),), last, tokens)


def _is_person(parse: Parse, first: int, last: int, *, described: bool) -> bool:
    labels = {parse.entity[token] for token in range(first, last + 1)}
    given = any(parse.lower[token] in lexicons.genders("given_names.tsv") for token in range(first, last + 1))
    return "PERSON" in labels or ((given or described) and not labels & _PLACES)
