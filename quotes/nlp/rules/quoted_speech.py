"""Quoted speech by marks and position: which quotation is an utterance, what introduces it, and its source.

Marks and position come first. A comma, question or exclamation mark inside the closing mark, or a comma or colon before the opening one,
shows an utterance whatever the verb beside it; cue verbs are evidence where the position leaves a doubt, never a gate.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import Quotation, outermost
from quotes.nlp.parsing.parse import VERB_TAGS, Parse
from quotes.nlp.rules.attribution_clauses import (
    AttributionClause,
    QuotationContext,
    clause_after,
    clause_before,
    dash_signature,
    is_reporting_verb,
    last_sentence,
    particle_length,
    quotation_context,
)
from quotes.records import Span


def find_quoted_speech(parse: Parse, quotations: Sequence[Quotation], paragraphs: Sequence[tuple[int, int]]) -> list[Attribution]:
    """The utterances among the outermost quotations, each with its cue and source, broken ones joined; those that run over paragraphs share
    a speaker. Quotations that only colour a phrase are left to the syntax."""
    found: list[Attribution] = []
    run: list[int] = []  # the quotes of a quotation that runs over paragraphs
    outer = outermost(quotations)
    starts = [each.start for each in outer]
    for start, end in paragraphs:
        inside = outer[bisect_left(starts, start) : bisect_left(starts, end)]
        contexts = [context for each in inside for context in [quotation_context(parse, each, Span(start, end))] if context is not None]
        first = len(found)
        found.extend(_in_paragraph(parse, contexts))
        if len(found) == first:
            continue
        if inside[0].continued:
            run.append(first)
            if not inside[0].continues:
                _link_run(found, run)
        if inside[-1].continues and not inside[-1].continued:
            run = [len(found) - 1]
    return found


def _link_run(found: list[Attribution], run: Sequence[int]) -> None:
    """Have the quotes of a run that have no cue follow the one that has it, before or behind them."""
    cued = next((found[number].start for number in run if not found[number].floating), None)
    for number in run:
        if cued is not None and found[number].floating:
            found[number] = replace(found[number], follows=cued, evidence="floating:run")


def _in_paragraph(parse: Parse, contexts: Sequence[QuotationContext]) -> list[Attribution]:
    """The attributions of one paragraph's quotations."""
    found: list[Attribution] = []
    previous: AttributionClause | None = None  # the clause that just ended, for a quote that goes on behind it
    for number, each in enumerate(contexts):
        limit = contexts[number + 1].quotation.start if number + 1 < len(contexts) else each.paragraph.end
        floor = contexts[number - 1].quotation.end if number else each.paragraph.start
        clause = _clause(parse, each, floor, limit)
        if found and previous is not None and _continues(parse, each, previous, own=clause):
            last = found[-1]
            found[-1] = replace(last, contents=(*last.contents, each.span))
            previous = AttributionClause(last.cue, last.verb, last.source, each.quotation.end, last.evidence)
            continue
        if clause is not None:
            span = _with_lead(parse, each, floor, clause)
            found.append(Attribution((span,), clause.cue, clause.source, clause.act, clause.evidence, clause.verb))
        elif each.whole:
            found.append(Attribution((each.span,), (), None, "speech", "floating"))
        previous = clause
    return found


def _clause(parse: Parse, each: QuotationContext, floor: int, limit: int) -> AttributionClause | None:
    introduced = clause_before(parse, each, floor)
    if introduced is not None and introduced.evidence in {"colon", "comma-before"}:
        return introduced
    return clause_after(parse, each, limit) or introduced or dash_signature(parse, each, limit)


def _with_lead(parse: Parse, each: QuotationContext, floor: int, clause: AttributionClause) -> Span:
    """The quotation with the words of its own sentence before it, where only its end is quoted (The fund was "fully solvent," she said)."""
    lead = list(range(parse.token_at(floor), each.first))
    tail = last_sentence(parse, lead)
    goes_on = len(tail) == len(lead) and floor != each.paragraph.start  # with what is quoted before
    if not clause.evidence.startswith("after") or goes_on or any(is_reporting_verb(parse, token) for token in tail):
        return each.span
    while tail and parse.tag[tail[0]] == "CC":
        del tail[0]
    return Span(parse.start[tail[0]], each.quotation.end) if tail else each.span


def _continues(parse: Parse, each: QuotationContext, clause: AttributionClause, *, own: AttributionClause | None) -> bool:
    """Whether a quotation goes on with the quote before the clause of attribution that it follows ("A," he said, "B." and '"A," he said.
    "B."')."""
    between = parse.text[clause.end : each.quotation.start]
    if between.strip(" \t,.;:—–-") or _has_another_cue(parse, clause, each):
        return False
    if each.before_mark not in {",", ".", ":", ";", "—", "–", "-", "!", "?"}:
        return False
    return own is None or own.verb is None or own.verb < each.after


def _has_another_cue(parse: Parse, clause: AttributionClause, each: QuotationContext) -> bool:
    """Whether a second cue stands between a clause of attribution and the next quotation ("…, adding", "but Grant shot back")."""
    if clause.verb is None:
        return False
    return any(
        parse.tag[token] in VERB_TAGS and parse.tag[token] != "VBN" and is_reporting_verb(parse, token)
        for token in range(clause.verb + 1 + particle_length(parse, clause.verb), each.first)
    )
