"""Quoted speech by marks and position: which quotation is an utterance, what introduces it, and whose it is.

Marks and position come first. A comma, question or exclamation mark inside the closing mark, or a comma or colon before the opening one,
shows an
utterance whatever the verb beside it; cue verbs are evidence where the position leaves a doubt, never a gate.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from quotes import lexicons
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import Quotation, outermost
from quotes.nlp.detection.sources import subject_of
from quotes.nlp.parsing.parse import FINITE_TAGS, NOUN_TAGS, VERB_TAGS, Parse
from quotes.nlp.rules.cue_after import after, dash
from quotes.nlp.rules.cue_before import before
from quotes.nlp.rules.quotation_context import (
    Link,
    Stretch,
    embedded,
    is_utterance,
    only_space,
    particle_length,
    sentence_tail,
    span_of,
    stretch_of,
)
from quotes.records import Span


def quoted(parse: Parse, quotations: Sequence[Quotation], paragraphs: Sequence[tuple[int, int]]) -> list[Attribution]:
    """The utterances among the outermost quotations, each with its cue and source, broken ones joined, floating ones tied to their
    predecessor. Quotations that only colour a phrase are left to the syntax."""
    found: list[Attribution] = []
    outer = [_mended(parse, each) for each in outermost(quotations)]
    for start, end in paragraphs:
        inside = outer[bisect_left(outer, start, key=_start) : bisect_left(outer, end, key=_start)]
        stretches = [stretch_of(parse, each, Span(start, end)) for each in inside]
        found.extend(_paragraph(parse, [each for each in stretches if each is not None]))
    return _chained(found, quotations)


def _mended(parse: Parse, quotation: Quotation) -> Quotation:
    """A quotation that nobody closed, cut at the comma before its clause of attribution ("The road is open, said Mara Quist.)."""
    if quotation.closed:
        return quotation
    verbs, last = lexicons.verbs(), parse.token_at(quotation.end - 1)
    # where the next paragraph takes the quote up, only a clause that ends this one shows that the mark was forgotten
    first = last - 4 if quotation.continues else 0
    for token in range(max(first, parse.token_at(quotation.start) + 2), last):
        known = verbs.get(parse.lower[token])
        if parse.tag[token] not in FINITE_TAGS or known is None or known.act != "speech" or "s" not in known.frames:
            continue
        subject = subject_of(parse, token)
        opening = parse.left[subject] if subject is not None and subject < token else token
        named = parse.tag[token + 1] in NOUN_TAGS | {"PRP", "DT"} or opening < token
        if named and parse.words[opening - 1] == "," and parse.start[opening - 1] > quotation.start:
            return replace(quotation, end=parse.end[opening - 1], continues=False)
    return quotation


def _start(quotation: Quotation) -> int:
    return quotation.start


def _chained(found: list[Attribution], quotations: Sequence[Quotation]) -> list[Attribution]:
    """Quotes that run over paragraphs: those without a cue of their own share the speaker of the one in their run that has one, before or
    behind them."""
    by_start = {each.contents[-1].start: index for index, each in enumerate(found)}
    by_start |= {each.start: index for index, each in enumerate(found)}
    run: list[int] = []
    for quotation in quotations:
        if quotation.depth or not (quotation.continues or quotation.continued):
            continue
        if not quotation.continued:
            run = []
        if quotation.start in by_start:
            run.append(by_start[quotation.start])
        if not quotation.continues:
            anchor = next((index for index in run if found[index].evidence != "floating"), None)
            for index in run:
                if anchor is not None and found[index].evidence == "floating":
                    found[index] = replace(found[index], follows=found[anchor].start, evidence="floating:run")
    return found


def _paragraph(parse: Parse, stretches: Sequence[Stretch]) -> list[Attribution]:
    """The attributions of one paragraph's quotations; a floating one is tied to its predecessor later, when reports are known too."""
    found: list[Attribution] = []
    open_link: Link | None = None  # the clause of attribution that just ended, for a quote that goes on behind it
    for number, each in enumerate(stretches):
        limit = stretches[number + 1].quotation.start if number + 1 < len(stretches) else each.paragraph.end
        floor = stretches[number - 1].quotation.end if number else each.paragraph.start
        link = _link(parse, each, floor, limit)
        if _continues(parse, each, open_link, found, own=link):
            last = found[-1]
            found[-1] = replace(last, contents=(*last.contents, span_of(each)))
            open_link = Link(last.cue, last.verb, last.source, each.quotation.end, last.evidence)
            continue
        if link is not None:
            found.append(Attribution((_with_lead(parse, each, floor, link),), link.cue, link.source, link.act, link.evidence, link.verb))
        elif each.whole and (is_utterance(each) or each.quotation.continues or each.quotation.continued):
            found.append(Attribution((span_of(each),), (), None, "speech", "floating"))
        open_link = link
    return found


def _with_lead(parse: Parse, each: Stretch, floor: int, link: Link) -> Span:
    """The quotation with the words of its own sentence before it, where only its end is quoted (The fund was "fully solvent," she said)."""
    if not link.evidence.startswith("after") or each.before_mark in {"", ":"}:
        return span_of(each)
    lead = [token for token in range(parse.token_at(floor), each.first) if not parse.space(token)]
    tail = sentence_tail(parse, lead)
    if not tail or (len(tail) == len(lead) and floor != each.paragraph.start):
        return span_of(each)
    verbs = lexicons.verbs()
    if any(parse.lower[token] in verbs and verbs[parse.lower[token]].act == "speech" and parse.tag[token] in VERB_TAGS for token in tail):
        return span_of(each)
    while tail and (parse.tag[tail[0]] == "CC" or parse.words[tail[0]] in {",", "—", "–", "-", "(", "[", "…", "•", "*"}):
        del tail[0]
    return Span(parse.start[tail[0]], each.quotation.end) if tail else span_of(each)


def _continues(parse: Parse, each: Stretch, link: Link | None, found: Sequence[Attribution], own: Link | None) -> bool:
    """Whether a stretch goes on with the quote before the clause of attribution that it follows ("A," he said, "B." and '"A," he said.
    "B."')."""
    if link is None or not found or not only_space(parse.text, link.end, each.quotation.start):
        return False
    if each.before_mark not in {",", ".", ":", ";", "—", "–", "-", "!", "?"} or _another_cue(parse, link, each):
        return False
    if own is not None and own.verb is not None and own.verb > each.after - 1 and not own.evidence.endswith("before"):
        return False
    if own is not None and own.evidence == "colon":
        return False
    return each.quotation.start >= link.end


def _another_cue(parse: Parse, link: Link, each: Stretch) -> bool:
    """Whether a second cue stands between a clause of attribution and the next quotation ("…, adding", "but Grant shot back")."""
    if link.verb is None:
        return False
    verbs = lexicons.verbs()
    for token in range(link.verb + 1 + particle_length(parse, link.verb), each.first):
        word = parse.lower[token]
        if parse.tag[token] not in VERB_TAGS or embedded(parse, token, 0):
            continue
        if particle_length(parse, token) or (
            word in verbs and verbs[word].act == "speech" and "s" in verbs[word].frames and parse.tag[token] != "VBN"
        ):
            return True
    return False


def _link(parse: Parse, each: Stretch, floor: int, limit: int) -> Link | None:
    introduced = before(parse, each, floor)
    if introduced is not None and introduced.evidence in {"colon", "comma-before"}:
        return introduced
    return after(parse, each, limit) or introduced or dash(parse, each, limit)
