"""The detector as a spaCy component: every attribution that the rules find in a Doc, on `doc._.attributions`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.exclusions import is_excluded
from quotes.nlp.detection.quotation_marks import find_quotations, paragraphs_of, quote_kind
from quotes.nlp.detection.sources import with_antecedent
from quotes.nlp.parsing.extensions import register
from quotes.nlp.parsing.parse import Parse, parse_of, trim
from quotes.nlp.rules.detect import detect
from quotes.nlp.rules.rule_confidence import rule_confidence

register()

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
        rest = trim(parse.text, end, first.end) if end < first.end else None
        if rest is None:
            return None
        each = replace(each, contents=(rest, *each.contents[1:]))
    source = None if each.source is None else with_antecedent(parse, each.source)
    return each if source is None or any(each.covers(span.start) for span in source.spans) else replace(each, source=source)
