"""The clause of attribution before a quotation: 'X said, "…"', 'X: "…"', 'said "…"'."""

from __future__ import annotations

from quotes.nlp.detection.cues import why_unuttered
from quotes.nlp.detection.sources import noun_phrase, source_of_verb
from quotes.nlp.parsing.parse import FINITE_TAGS, SUBJECTS, VERB_TAGS, Parse
from quotes.nlp.rules.quotation_context import (
    WINDOW,
    AttributionClause,
    QuotationContext,
    cue_spans,
    is_reporting_verb,
    label_source,
    last_sentence,
    particle_length,
    quoted_act,
    visible_tokens,
)


def clause_before(parse: Parse, each: QuotationContext, floor: int) -> AttributionClause | None:
    """What introduces a quotation from before it, looking back no further than the character `floor`; None when nothing does."""
    lead = visible_tokens(parse, parse.token_at(floor), each.first) or _line_above(parse, each)
    lead = last_sentence(parse, lead)
    if not lead:
        return None
    mark = parse.words[lead[-1]]
    if mark == ":" or each.before_mark == ":":
        return _colon(parse, lead[:-1], each)
    if mark == ",":
        return _introduced(parse, lead[:-1], each, "comma-before", reach=14) if each.capital or each.words >= 4 else None
    return _introduced(parse, lead, each, "before", reach=3) if each.capital or each.words >= 5 or each.end_mark in ".?!" else None


def _line_above(parse: Parse, each: QuotationContext) -> list[int]:
    """The last sentence of the paragraph before, when a colon or a comma ends it and the quotation opens its own ("The mayor went on:")."""
    last = next((token for token in range(each.first - 1, -1, -1) if not parse.space(token)), None)
    if each.before_mark or last is None or parse.words[last] not in {":", ","}:
        return []
    return visible_tokens(parse, parse.bounds[parse.sentence[last]][0], last + 1)


def _introduced(parse: Parse, lead: list[int], each: QuotationContext, evidence: str, *, reach: int) -> AttributionClause | None:
    """The nearest cue verb of speech before the quotation, within `reach` tokens of it."""
    for token in reversed(lead[-reach:]):
        if parse.tag[token] not in VERB_TAGS or not is_reporting_verb(parse, token):
            continue
        ends = token + particle_length(parse, token) == lead[-1] or (parse.lower[lead[-1]] == "that" and token == lead[-2])
        if evidence == "before" and not ends:
            continue
        if why_unuttered(parse, token):
            return None
        source = source_of_verb(parse, token, set(range(each.first, each.after)))
        if source is None:
            subjects = [other for other in lead if other < token and parse.dep[other] in SUBJECTS and parse.dep[other] != "expl"]
            source = noun_phrase(parse, subjects[-1], without={token}) if subjects else None
        if source is None and evidence == "before":
            return None
        return AttributionClause(cue_spans(parse, token), token, source, each.quotation.end, evidence, quoted_act(parse, token))
    return None


def _colon(parse: Parse, lead: list[int], each: QuotationContext) -> AttributionClause | None:
    """A colon before the quotation: the clause before it introduces, by its cue verb, its main verb, or as a bare label ("X: …")."""
    colon = next((token for token in range(each.first - 1, -1, -1) if parse.words[token] == ":"), None)
    if colon is None or not lead:
        return None
    introduced = _introduced(parse, lead, each, "colon", reach=WINDOW)
    if introduced is not None and introduced.source is not None:
        return introduced
    subject = next((token for token in lead if parse.dep[token] in {"nsubj", "nsubjpass"}), None)
    if not any(parse.tag[token] in FINITE_TAGS for token in lead):
        source, evidence = label_source(parse, lead), "colon"
    elif subject is not None and each.is_utterance:
        source, evidence = noun_phrase(parse, subject, without={parse.head[subject]}), "colon:clause"
    else:
        return None
    return None if source is None else AttributionClause((parse.span(colon, colon),), None, source, each.quotation.end, evidence)
