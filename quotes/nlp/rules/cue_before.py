"""The clause of attribution before a quotation: 'X said, "…"', 'X: "…"', 'said "…"'."""

from __future__ import annotations

from collections.abc import Sequence

from quotes import lexicons
from quotes.nlp.detection.cues import unreal
from quotes.nlp.detection.sources import Source, noun_phrase, source_of_verb
from quotes.nlp.parsing.parse import FINITE_TAGS, SUBJECTS, VERB_TAGS, Parse
from quotes.nlp.rules.quotation_context import (
    WINDOW,
    Link,
    Stretch,
    act_of,
    cue_spans,
    is_utterance,
    label_of,
    particle_length,
    sentence_tail,
)


def before(parse: Parse, each: Stretch, floor: int) -> Link | None:
    """What introduces a quotation from before it, looking back no further than the character `floor`; None when nothing does."""
    first = parse.token_at(floor)
    lead = [token for token in range(first, each.first) if not parse.space(token)] or _line_above(parse, each)
    if not lead:
        return None
    lead = sentence_tail(parse, lead)
    if not lead:
        return None
    mark = parse.words[lead[-1]]
    if mark == ":" or each.before_mark == ":":
        return _colon(parse, lead[:-1], each)
    if mark == ",":
        if not each.capital and each.words < 4:
            return None
        return _introduced(parse, lead[:-1], each, "comma-before", reach=14)
    return _introduced(parse, lead, each, "before", reach=3) if each.capital or each.words >= 5 or each.end_mark in ".?!" else None


def _line_above(parse: Parse, each: Stretch) -> list[int]:
    """The last sentence of the paragraph before, when a colon or a comma ends it and the quotation opens its own ("The mayor went on:")."""
    if each.before_mark:
        return []
    last = each.first - 1
    while last >= 0 and parse.space(last):
        last -= 1
    if last < 0 or parse.words[last] not in {":", ","}:
        return []
    return [token for token in range(parse.bounds[parse.sentence[last]][0], last + 1) if not parse.space(token)]


def _introduced(parse: Parse, lead: list[int], each: Stretch, evidence: str, *, reach: int) -> Link | None:
    """The nearest cue verb of speech before the quotation, within `reach` tokens of it."""
    verbs = lexicons.verbs()
    for token in reversed(lead[-reach:]):
        word = parse.lower[token]
        known = parse.tag[token] in VERB_TAGS and (
            (word in verbs and verbs[word].act == "speech" and "s" in verbs[word].frames) or particle_length(parse, token)
        )
        if not known:
            continue
        if (
            evidence == "before"
            and token + particle_length(parse, token) != lead[-1]
            and not (parse.lower[lead[-1]] == "that" and token == lead[-2])
        ):
            continue
        if unreal(parse, token):
            return None
        source = source_of_verb(parse, token, set(range(each.first, each.after)))
        if source is None:
            source = _preceding_subject(parse, lead, token)
        if source is None and evidence == "before":
            return None
        return Link(cue_spans(parse, token), token, source, each.quotation.end, evidence, act_of(parse, token))
    return None


def _preceding_subject(parse: Parse, lead: Sequence[int], verb: int) -> Source | None:
    for token in reversed([each for each in lead if each < verb]):
        if parse.dep[token] in SUBJECTS and parse.dep[token] != "expl":
            return noun_phrase(parse, token, without={verb})
    return None


def _colon(parse: Parse, lead: list[int], each: Stretch) -> Link | None:
    """A colon before the quotation: the clause before it introduces, by its cue verb, its main verb, or as a bare label ("X: …")."""
    colon = next((token for token in range(each.first - 1, -1, -1) if parse.words[token] == ":"), None)
    if colon is None or not lead:
        return None
    introduced = _introduced(parse, lead, each, "colon", reach=WINDOW)
    if introduced is not None and introduced.source is not None:
        return introduced
    if not any(parse.tag[token] in FINITE_TAGS for token in lead):
        label = label_of(parse, lead)
        return None if label is None else Link((parse.span(colon, colon),), None, label, each.quotation.end, "colon")
    subject = next((token for token in lead if parse.dep[token] in {"nsubj", "nsubjpass"}), None)
    if subject is None or not is_utterance(each):
        return None
    source = noun_phrase(parse, subject, without={parse.head[subject]})
    return None if source is None else Link((parse.span(colon, colon),), None, source, each.quotation.end, "colon:clause")
