"""The detector as a spaCy component: every attribution of a Doc, as plain values on `doc._.attributions`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.exclusions import is_no_quote
from quotes.nlp.detection.quotation_marks import kind_of, paragraphs_of, quotations
from quotes.nlp.detection.sources import Source, with_antecedent
from quotes.nlp.parsing.extensions import register
from quotes.nlp.parsing.parse import Parse, parse_of, trimmed
from quotes.nlp.rules.detect import detect
from quotes.nlp.rules.rule_confidence import confidence_of
from quotes.records import Span

register()

#: Zones in which words in marks without a cue are a headline's manner, no quote.
HEADINGS = ("headline", "subhead")
#: Zones in which nobody speaks.
SILENT = ("byline", "timestamp", "section", "boilerplate")


@Language.component(
    "quotes_detector", assigns=["doc._.attributions"], requires=["token.tag", "token.dep", "token.head", "doc.sents", "doc._.zones"]
)
def detector(doc: Doc) -> Doc:
    """Find the attributions of a parsed Doc, those in bylines and boilerplate left out."""
    parse = parse_of(doc)
    text = parse.text
    marks = quotations(text, paragraphs_of(text))
    zones = [*doc._.zones]
    doc._.attributions = tuple(
        {**plain(each), "kind": kind_of(text, each.contents, marks, each.cue), "confidence": confidence_of(each)}
        for found in detect(parse)
        if not is_no_quote(parse, found, marks)
        for each in [fitted(found, parse, zones)]
        if each is not None
    )
    return doc


def fitted(each: Attribution, parse: Parse, zones: Sequence[tuple[str, int, int]]) -> Attribution | None:
    """An attribution as the layout allows it: none where nobody speaks, none in a subhead without a cue, and without the dateline before
    it; a source that is a relative pronoun with what it stands for."""
    kind, end = next(((kind, end) for kind, start, end in zones if start <= each.start < end), ("body", 0))
    if kind in SILENT or (kind in HEADINGS and each.floating):
        return None
    if kind == "dateline":
        first = each.contents[0]
        rest = trimmed(parse.text, end, first.end) if end < first.end else None
        if rest is None:
            return None
        each = replace(each, contents=(rest, *each.contents[1:]))
    source = None if each.source is None else with_antecedent(parse, each.source)
    return each if source is None or any(each.covers(span.start) for span in source.spans) else replace(each, source=source)


def plain(each: Attribution) -> dict[str, Any]:
    """An attribution as plain values."""
    return {
        "contents": tuple(tuple(span) for span in each.contents),
        "cue": tuple(tuple(span) for span in each.cue),
        "source": tuple(tuple(span) for span in each.source.spans) if each.source else (),
        "source_head": each.source.head if each.source else None,
        "act": each.act,
        "evidence": each.evidence,
        "verb": each.verb,
        "follows": each.follows,
    }


def attribution_of(values: dict[str, Any], tokens: range | frozenset[int]) -> Attribution:
    """An attribution out of its plain values; `tokens` are those of its source."""
    source = None
    if values["source"]:
        source = Source(tuple(Span(*span) for span in values["source"]), values["source_head"], frozenset(tokens))
    return Attribution(
        tuple(Span(*span) for span in values["contents"]),
        tuple(Span(*span) for span in values["cue"]),
        source,
        values["act"],
        values["evidence"],
        values["verb"],
        values["follows"],
    )
