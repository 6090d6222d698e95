"""A model's predictions fitted to the text: character spans, their edges on quotation marks, each part with one cue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import (
    Quotation,
    count_letters,
    is_within_quotation,
    overlapping_quotations,
    touches_quotation,
)
from quotes.nlp.detection.sources import Source
from quotes.nlp.model.inference import Prediction
from quotes.nlp.parsing.parse import NOUN_TAGS, PRONOUN_TAGS, Parse, tokens_of, trim
from quotes.nlp.rules.detect import merge_spans
from quotes.records import ACTS, Span

#: Share of a quotation's letters from which on a content is extended over all of it.
_MOSTLY = 0.8
#: Overlap (Jaccard) from which on two contents are one.
MIN_OVERLAP = 0.5


def fit_prediction(parse: Parse, prediction: Prediction, marks: Sequence[Quotation], paragraphs: Sequence[Span]) -> Attribution | None:
    """A prediction as an attribution: contents cut at paragraphs, extended to the marks they nearly fill, and trimmed. None when no content
    or no cue is left."""
    cue = _spans(parse, prediction.cue)
    source = _source(parse, prediction.source)
    barred = [*cue, *(source.spans if source else ())]
    anchor = parse.start[prediction.anchor]
    home = next((each for each in paragraphs if each.start <= anchor < each.end), None)
    contents = []
    for start, end in _spans(parse, prediction.contents):
        if home is not None and start < home.end and end > home.start:
            start, end = max(start, home.start), min(end, home.end)
        span = trim(parse.text, *_extend_to_marks(parse.text, start, end, marks, barred))
        if span and count_letters(parse.text, *span):
            contents.append(without_that(parse.text, span))
    contents = _in_cue_paragraph(merge_spans(contents), home, marks)
    contents = _in_cue_sentence(parse, contents, prediction.anchor, marks)
    if not contents or not cue:
        return None
    likeliest = max(range(len(ACTS)), key=lambda number: prediction.acts[number])
    return Attribution(tuple(contents), cue, source, ACTS[likeliest], "model", prediction.anchor)


def _in_cue_paragraph(contents: Sequence[Span], home: Span | None, marks: Sequence[Quotation]) -> list[Span]:
    """Contents without the quotations of other paragraphs, where some are in the cue's own: a paragraph in quotation marks without a cue is
    a quote of its own, by the same speaker, as in the rules."""
    inside = [home is not None and span.start < home.end and span.end > home.start for span in contents]
    return [span for span, own in zip(contents, inside, strict=True) if own or not any(inside) or not is_within_quotation(span, marks)]


def _in_cue_sentence(parse: Parse, contents: Sequence[Span], anchor: int, marks: Sequence[Quotation]) -> list[Span]:
    """Contents without the quotations of later sentences, where what the cue's own sentence reports follows it without marks: "She said
    she was worried. “It split us.”" is two quotes, "It was late, she said. “It split us.”" one."""
    begins = parse.start[parse.bounds[parse.sentence[anchor]][0]]
    own = next((number for number, span in enumerate(contents) if span.end > begins), 0)
    if not contents or contents[own].start < parse.start[anchor] or touches_quotation([contents[own]], marks):
        return list(contents)
    return [
        span
        for number, span in enumerate(contents)
        if number <= own
        or not is_within_quotation(span, marks)
        or not parse.text[contents[own].end : span.start].rstrip().endswith((".", "!", "?"))
    ]


def without_that(text: str, span: Span) -> Span:
    """A content without a leading "that"."""
    rest = trim(text, span.start + 5, span.end)
    return rest if rest and text[span.start : span.start + 5].lower() == "that " else span


def _spans(parse: Parse, ranges: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(parse.start[first], parse.end[stop - 1]) for first, stop in ranges)


def _extend_to_marks(text: str, start: int, end: int, marks: Sequence[Quotation], barred: Sequence[Span]) -> tuple[int, int]:
    """A content as wide as the quotations that it nearly fills: a mark is a surer edge than a prediction."""
    for each in overlapping_quotations(marks, start, end):
        whole = count_letters(text, *each.inner)
        within = count_letters(text, max(start, each.inner.start), min(end, each.inner.end))
        wider = Span(min(start, each.start), max(end, each.end))
        if whole and within >= _MOSTLY * whole and not any(bar.start < wider.end and wider.start < bar.end for bar in barred):
            start, end = wider
    return start, end


def _source(parse: Parse, ranges: Sequence[tuple[int, int]]) -> Source | None:
    """A source with the token that governs it: the first noun or pronoun, one whose head lies outside before others."""
    spans = [span for each in _spans(parse, ranges[:1]) for span in [trim(parse.text, *each)] if span]
    tokens = tokens_of(parse, spans)
    if not tokens:
        return None
    tops = [token for token in tokens if parse.head[token] not in tokens or parse.head[token] == token]
    nouns = [token for token in tokens if parse.tag[token] in NOUN_TAGS | PRONOUN_TAGS]
    governing = [token for token in nouns if token in tops] or [
        token for token in nouns if parse.dep[token] not in {"det", "poss", "compound"}
    ]
    return Source(tuple(spans), (governing or tops)[0], frozenset(tokens))


def drop_contested_parts(each: Attribution, others: Sequence[Attribution]) -> Attribution:
    """An attribution without the parts of its content that are all that another, nearer cue introduces: in "“A,” she said, adding, “B.”"
    both cues claim B, and it belongs to the nearer one."""
    if len(each.contents) < 2:
        return each
    rivals = [other for other in others if other is not each and len(other.contents) <= len(each.contents)]
    left = [part for part in each.contents if not any(_is_all(part, other) and _gap(other, part) < _gap(each, part) for other in rivals)]
    return replace(each, contents=tuple(left)) if left else each


def _is_all(part: Span, other: Attribution) -> bool:
    """Whether a part is nearly the same as another content."""
    shared = sum(max(0, min(part.end, end) - max(part.start, start)) for start, end in other.contents)
    whole = part.end - part.start + sum(end - start for start, end in other.contents) - shared
    return shared >= MIN_OVERLAP * whole


def _gap(each: Attribution, part: Span) -> int:
    """The distance between a cue and a part of a content, in characters."""
    return min(max(part.start - cue.end, cue.start - part.end, 0) for cue in each.cue)
