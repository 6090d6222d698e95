"""Every quote that the rules find in an article: quoted speech, reported speech and labels, brought together into one list; and the spaCy
component that writes them on `doc._.attributions`, without a model."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from quotes.nlp.detection.attribution import Attribution, rule_confidence
from quotes.nlp.detection.quotation_marks import (
    Quotation,
    count_letters,
    find_quotations,
    overlapping_quotations,
    paragraphs_of,
    quote_kind,
)
from quotes.nlp.detection.sources import with_antecedent
from quotes.nlp.detection.speech_acts import is_excluded
from quotes.nlp.parsing.parse import Parse, parse_of, trim
from quotes.nlp.rules.labels import HEADLINE, TRANSCRIPT, find_labelled_speech, fits_beside_turns, is_turn
from quotes.nlp.rules.quoted_speech import find_quoted_speech
from quotes.nlp.rules.reported_speech import find_reported_speech
from quotes.records import Span

#: Zones in which words in quotation marks without a cue are a headline's manner, no quote.
HEADINGS = ("headline", "subhead")
#: Zones in which nobody speaks.
SILENT_ZONES = ("byline", "timestamp", "section", "boilerplate")


@Language.component(
    "quotes_detector", assigns=["doc._.attributions"], requires=["token.tag", "token.dep", "token.head", "doc.sents", "doc._.zones"]
)
def detector(doc: Doc) -> Doc:
    """Find the attributions of a parsed Doc, those in bylines and boilerplate left out."""
    parse = parse_of(doc)
    marks = find_quotations(parse.text, paragraphs_of(parse.text))
    doc._.attributions = tuple(
        each.as_plain() | {"kind": quote_kind(parse.text, each.contents, marks, each.cue), "confidence": rule_confidence(each)}
        for found in detect(parse)
        if not is_excluded(parse, found, marks)
        for each in [fit_to_layout(found, parse, doc._.zones)]
        if each is not None
    )
    return doc


def fit_to_layout(each: Attribution, parse: Parse, zones: Sequence[tuple[str, int, int]]) -> Attribution | None:
    """An attribution as the layout allows it: none where nobody speaks, none in a heading without a cue, and without the dateline before
    it; a source that is a relative pronoun with its antecedent."""
    kind, end = next(((kind, end) for kind, start, end in zones if start <= each.start < end), ("body", 0))
    if kind in SILENT_ZONES or (kind in HEADINGS and each.floating):
        return None
    if kind == "dateline":
        first = each.contents[0]
        rest = trim(parse.text, end, first.end)
        if rest is None:
            return None
        each = replace(each, contents=(rest, *each.contents[1:]))
    source = None if each.source is None else with_antecedent(parse, each.source)
    return each if source is None or any(each.covers(span.start) for span in source.spans) else replace(each, source=source)


def detect(parse: Parse) -> list[Attribution]:
    """Every attribution of an article, in the order of the text. A content never holds its own cue or source."""
    paragraphs = paragraphs_of(parse.text)
    marks = find_quotations(parse.text, paragraphs)
    direct = find_quoted_speech(parse, marks, paragraphs)
    quoted = sorted(span for each in direct for span in each.contents)
    reported = [
        replace(each, contents=_extend_to_marks(parse.text, each, marks))
        for each in find_reported_speech(parse, {each.verb for each in direct})
        if not _is_inside(each.cue, quoted)  # what somebody quoted thinks, says or wants is part of what they said
    ]
    reported = [each for each in reported if not _is_inside(each.contents, quoted)]
    labels = [
        each
        for each in find_labelled_speech(parse, paragraphs)
        if each.evidence not in {HEADLINE, TRANSCRIPT}
        or not _is_inside([Span(each.start, each.start + 1)], quoted)
        or (each.source and parse.text[: each.source.spans[0].start].endswith(('"', "“")))  # the whole transcript is quoted
    ]
    reported += [each for each in labels if not is_turn(each)]
    turns = [each for each in labels if is_turn(each)]
    held = merge_spans([span for each in reported for span in each.contents])
    # a floating quote gives way to a report that holds it
    direct = [each for each in direct if each.evidence != "floating" or not _is_inside(each.contents, held)]
    found = [each for each in (*reported, *direct) if fits_beside_turns(parse, each, turns)] + turns
    return link_floating(sorted(found, key=lambda each: each.order))


def _is_inside(spans: Sequence[Span], regions: Sequence[Span]) -> bool:
    """Whether every span lies in one of the regions, which are in order and do not overlap."""
    for span in spans:
        index = bisect_right(regions, span.start, key=lambda region: region.start) - 1
        if index < 0 or regions[index].end < span.end:
            return False
    return bool(spans)


def _extend_to_marks(text: str, each: Attribution, marks: Sequence[Quotation]) -> tuple[Span, ...]:
    """Contents extended over the quotation marks at their edges: a mark is a surer edge than a parse."""
    spans = []
    barred = [*each.cue, *(each.source.spans if each.source else ())]
    for start, end in each.contents:
        for mark in overlapping_quotations(marks, start, end):
            wider = Span(min(start, mark.start), max(end, mark.end))
            inside = (
                mark.start < start and end < mark.end and count_letters(text, mark.start, start) + count_letters(text, end, mark.end) > 0
            )
            if mark.closed and not inside and not any(bar.start < wider.end and wider.start < bar.end for bar in barred):
                start, end = wider
        spans.append(Span(start, end))
    return tuple(merge_spans(spans))


def link_floating(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions in order, in which each floating quote follows one that is there: its own, or the speech next before it."""
    starts = {each.start for each in attributions}
    anchors = [each.start for each in attributions if not each.floating and each.act == "speech"]
    linked = []
    for each in attributions:
        if each.floating and each.follows not in starts:
            index = bisect_left(anchors, each.start) - 1
            each = replace(each, follows=anchors[index] if index >= 0 else None)
        linked.append(each)
    return linked


def merge_spans(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
