"""Quotes of an article: what the marks show and what the syntax shows, brought together into one list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import Quotation, letters, overlapping, paragraphs_of, quotations
from quotes.nlp.parsing.parse import Parse
from quotes.nlp.rules.labels import beside_turns, is_turn, labelled
from quotes.nlp.rules.quoted_speech import quoted
from quotes.nlp.rules.reported_speech import reported
from quotes.records import Span


def detect(parse: Parse) -> list[Attribution]:
    """Every attribution of an article, in the order of the text. A content never holds its own cue or source."""
    paragraphs = paragraphs_of(parse.text)
    marks = quotations(parse.text, paragraphs)
    direct = quoted(parse, marks, paragraphs)
    used = {each.verb for each in direct if each.verb is not None}
    indirect = reported(parse, taken=used.__contains__)
    uttered = sorted(Span(*span) for each in direct for span in each.contents)
    kept: list[Attribution] = []
    for each in indirect:
        if _inside(each.cue, uttered):
            continue  # what somebody quoted thinks, says or wants is part of what they said
        whole = replace(each, contents=_with_marks(parse.text, each, marks))
        if _inside(whole.contents, uttered):
            continue
        kept.append(whole)
    labels = labelled(parse, paragraphs, taken=lambda at: _inside([Span(at, at + 1)], uttered))
    kept.extend(each for each in labels if not is_turn(each))
    turns = [each for each in labels if is_turn(each)]
    found = [each for each in _without_floats(direct, kept) if beside_turns(parse, each, turns)] + turns
    return sorted(found, key=lambda each: (each.start, -each.contents[-1].end))


def _inside(spans: Sequence[Span], regions: Sequence[Span]) -> bool:
    """Whether every span lies in one of the regions, which are in order and do not overlap."""
    for span in spans:
        index = bisect_right(regions, span.start, key=lambda region: region.start) - 1
        if index < 0 or regions[index].end < span.end:
            return False
    return bool(spans)


def _with_marks(text: str, each: Attribution, marks: Sequence[Quotation]) -> tuple[Span, ...]:
    """Contents stretched over the quotation marks at their edges: a mark is a surer edge than a parse."""
    spans = []
    barred = [*each.cue, *(each.source.spans if each.source else ())]
    for start, end in each.contents:
        for quotation in overlapping(marks, start, end):
            if quotation.closed and not (start <= quotation.start and quotation.end <= end):
                wider = Span(min(start, quotation.start), max(end, quotation.end))
                inside = (
                    quotation.start < start
                    and end < quotation.end
                    and letters(text, quotation.start, start) + letters(text, end, quotation.end) > 0
                )
                if not inside and not any(bar.start < wider.end and wider.start < bar.end for bar in barred):
                    start, end = wider
        spans.append(Span(start, end))
    return tuple(union(spans))


def _without_floats(direct: Sequence[Attribution], kept: Sequence[Attribution]) -> list[Attribution]:
    """Floating quotes give way to a report that holds them, and tie themselves to the attribution next before them, of either kind."""
    result = [*kept]
    anchors = sorted([each for each in (*direct, *kept) if not each.floating and each.act == "speech"], key=lambda each: each.start)
    held = union([span for each in kept for span in each.contents])
    for each in direct:
        if not each.floating or each.evidence == "floating:run":
            result.append(each)
            continue
        if _inside(each.contents, held):
            continue
        index = bisect_left(anchors, each.start, key=lambda other: other.start) - 1
        result.append(replace(each, follows=anchors[index].start if index >= 0 else None))
    return result


def floats_tied(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions in order, in which each floating quote follows one that is there: its own, or the speech next before it."""
    starts = {each.start for each in attributions}
    anchors = [each.start for each in attributions if not each.floating and each.act == "speech"]
    tied = []
    for each in attributions:
        if each.floating and each.follows not in starts:
            index = bisect_left(anchors, each.start) - 1
            each = replace(each, follows=anchors[index] if index >= 0 else None)
        tied.append(each)
    return tied


def union(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
