"""What a model reads, made into attributions: spans of the text, their edges on the quotation marks, each part with one cue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import Quotation, overlapping
from quotes.nlp.detection.sources import Source
from quotes.nlp.model.inference import Reading
from quotes.nlp.parsing.parse import NOUN_TAGS, PRONOUN_TAGS, Parse, tokens_of, trimmed
from quotes.nlp.rules.detect import union
from quotes.records import Act, Span

ACTS: tuple[Act, ...] = ("speech", "thought", "intent", "other")
#: Share of a quotation's letters that a content must hold to be stretched over all of it.
MOSTLY = 0.8
#: Share of two contents that both hold, from which on they are one (Jaccard).
SAME = 0.5


def attribution_of(parse: Parse, reading: Reading, marks: Sequence[Quotation], paragraphs: Sequence[Span]) -> Attribution | None:
    """A reading as an attribution: contents cut between paragraphs, stretched to the marks they nearly fill, and trimmed."""
    cue = _spans(parse, reading.cue)
    source = _source(parse, reading.source)
    barred = [*cue, *(source.spans if source else ())]
    home = _paragraph(paragraphs, parse.start[reading.anchor])
    contents = []
    for start, end in _spans(parse, reading.contents):
        if home is not None and start < home.end and end > home.start:
            start, end = max(start, home.start), min(end, home.end)
        span = trimmed(parse.text, *_to_marks(parse.text, start, end, marks, barred))
        if span and any(character.isalnum() for character in parse.text[span.start : span.end]):
            contents.append(without_that(parse.text, span))
    contents = _of_one_quote(parse, _in_one_paragraph(union(contents), home, marks), reading.anchor, marks)
    if not contents or not cue:
        return None
    likeliest = max(range(len(ACTS)), key=lambda number: reading.acts[number])
    return Attribution(tuple(contents), cue, source, ACTS[likeliest], "model", reading.anchor)


def _in_one_paragraph(contents: Sequence[Span], home: Span | None, marks: Sequence[Quotation]) -> list[Span]:
    """Contents without the quotations of other paragraphs, where some stand in the cue's own: a paragraph in quotation marks without a cue
    is a quote of its own, as the rules have it, and of the same speaker."""
    if home is None or not any(span.start < home.end and span.end > home.start for span in contents):
        return list(contents)
    return [
        span
        for span in contents
        if (span.start < home.end and span.end > home.start)
        or not any(each.start <= span.start and span.end <= each.end for each in overlapping(marks, *span))
    ]


def _of_one_quote(parse: Parse, contents: Sequence[Span], anchor: int, marks: Sequence[Quotation]) -> list[Span]:
    """Contents without the quotations of later sentences, where what the cue's own sentence reports stands behind it and in no marks: "She
    said she was worried. “It split us.”" is two quotes, "It was late, she said. “It split us.”" one."""
    if not contents:
        return []
    marked = [any(each.start <= start and end <= each.end for each in overlapping(marks, start, end)) for start, end in contents]
    begins = parse.start[parse.bounds[parse.sentence[anchor]][0]]
    own = next((number for number, span in enumerate(contents) if span.end > begins), 0)
    if contents[own].start < parse.start[anchor] or marked[own] or any(overlapping(marks, *contents[own])):
        return list(contents)
    return [
        span
        for number, span in enumerate(contents)
        if number <= own or not marked[number] or not _sentence_ends(parse.text, contents[own].end, span.start)
    ]


def _sentence_ends(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends between two places, behind all that stands there but blanks: at "… worried. “It …"."""
    between = text[start:end].rstrip()
    return between.endswith((".", "!", "?"))


def without_that(text: str, span: Span) -> Span:
    """A content without a leading "that"."""
    if text[span.start : span.start + 5].lower() == "that " and text[span.start + 5 : span.end].strip():
        return trimmed(text, span.start + 5, span.end) or span
    return span


def _paragraph(paragraphs: Sequence[Span], at: int) -> Span | None:
    return next((each for each in paragraphs if each.start <= at < each.end), None)


def _spans(parse: Parse, ranges: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(parse.start[first], parse.end[stop - 1]) for first, stop in ranges)


def _to_marks(text: str, start: int, end: int, marks: Sequence[Quotation], barred: Sequence[Span]) -> tuple[int, int]:
    """A content as wide as the quotations that it nearly fills: a mark is a surer edge than any reading."""
    for each in overlapping(marks, start, end):
        if each.start >= start and each.end <= end:
            continue
        whole = _letters(text, *each.inner)
        within = _letters(text, max(start, each.inner.start), min(end, each.inner.end))
        wider = Span(min(start, each.start), max(end, each.end))
        if whole and within >= MOSTLY * whole and not any(bar.start < wider.end and wider.start < bar.end for bar in barred):
            start, end = wider
    return start, end


def _letters(text: str, start: int, end: int) -> int:
    return sum(character.isalnum() for character in text[start:end])


def _source(parse: Parse, ranges: Sequence[tuple[int, int]]) -> Source | None:
    """A source with the token that governs it: of those whose head lies outside, the first noun or pronoun."""
    spans = [span for each in _spans(parse, ranges[:1]) for span in [trimmed(parse.text, *each)] if span]
    tokens = frozenset(tokens_of(parse, spans))
    if not tokens:
        return None
    tops = [token for token in sorted(tokens) if parse.head[token] not in tokens or parse.head[token] == token]
    nouns = [token for token in tops if parse.tag[token] in NOUN_TAGS | PRONOUN_TAGS]
    others = [
        token
        for token in sorted(tokens)
        if parse.tag[token] in NOUN_TAGS | PRONOUN_TAGS and parse.dep[token] not in {"det", "poss", "compound"}
    ]
    return Source(tuple(spans), (nouns or others or tops or sorted(tokens))[0], tokens)


def with_its_own(each: Attribution, others: Sequence[Attribution]) -> Attribution:
    """An attribution without the parts of its content that are all that another cue introduces: in "“A,” she said, adding, “B.”" both
    cues lay claim to B, and it is the nearer one's."""
    if len(each.contents) < 2:
        return each
    rivals = [other for other in others if other is not each and len(other.contents) <= len(each.contents)]
    left = tuple(
        part for part in each.contents if not any(_is_all(part, other) and _gap(other, part) < _gap(each, part) for other in rivals)
    )
    return replace(each, contents=left) if left else each


def _is_all(part: Span, other: Attribution) -> bool:
    """Whether a part is another content, for the most part."""
    shared = sum(max(0, min(part.end, end) - max(part.start, start)) for start, end in other.contents)
    whole = part.end - part.start + sum(end - start for start, end in other.contents) - shared
    return shared >= SAME * whole


def _gap(each: Attribution, part: Span) -> int:
    """How far a cue stands from a part of a content, in characters."""
    return min(max(part.start - cue.end, cue.start - part.end, 0) for cue in each.cue)
