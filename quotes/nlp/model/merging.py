"""Rules and model brought together: what either found, each with a chance of being right, and of two that clash the likelier one.

The rules know quotation marks, layout and the constructions they were written for; the model has read more news than rules can be written
from. A logistic regression over what both say, fitted on annotated text that neither was trained on, gives the chance that a
quote's content and source are both right. It is the quote's confidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.exclusions import is_no_quote
from quotes.nlp.detection.quotation_marks import Quotation, overlapping
from quotes.nlp.detection.speech_acts import act_of
from quotes.nlp.model.confidence import Candidate, confidence, evidence
from quotes.nlp.model.inference import Reading
from quotes.nlp.model.span_fitting import SAME, attribution_of, with_its_own
from quotes.nlp.parsing.parse import Parse, tokens_of
from quotes.nlp.rules.rule_confidence import confidence_of
from quotes.records import Span

#: Chance from which on a candidate counts as one that others stand in or hold.
LIKELY = 0.45
#: Constructions of the rules that need neither marks nor the model's word.
_PLAIN = frozenset({"according", "label:headline"})


class Nearby:
    """Sets of tokens by their tokens, so that those that share one with another are found without a look at all of them."""

    def __init__(self, sets: Sequence[frozenset[int]] = ()) -> None:
        self._by_token: defaultdict[int, list[int]] = defaultdict(list)
        self._count = 0
        for tokens in sets:
            self.add(tokens)

    def add(self, tokens: frozenset[int]) -> None:
        """One more set."""
        for token in tokens:
            self._by_token[token].append(self._count)
        self._count += 1

    def to(self, tokens: frozenset[int]) -> list[int]:
        """The numbers of the sets that share a token with these, in the order in which they were added."""
        return sorted({number for token in tokens for number in self._by_token.get(token, ())})


def joined(
    parse: Parse,
    rules: Sequence[Attribution],
    readings: Sequence[Reading],
    marks: Sequence[Quotation],
    paragraphs: Sequence[Span],
    weights: Mapping[str, float],
    floor: float,
) -> list[tuple[Attribution, float]]:
    """Attributions with their confidence, those at or above the floor, in the order of the text."""
    proposed = candidates(parse, rules, readings, marks, paragraphs)
    return kept([(each, confidence_in(parse, each, weights)) for each in proposed], floor)


def kept(scored: Iterable[tuple[Candidate, float]], floor: float) -> list[tuple[Attribution, float]]:
    """The candidates that stay, with their confidence, in the order of the text: of two that clash the likelier one."""
    stay: list[tuple[Candidate, float]] = []
    nearby = Nearby()
    # A quote without a cue gives way to one for which somebody found a cue.
    for each, score in sorted(scored, key=lambda pair: (pair[0].attribution.floating, -pair[1], pair[0].attribution.start)):
        if score >= floor and not any(_clash(each, stay[i][0]) for i in nearby.to(each.tokens)):
            stay.append((each, score))
            nearby.add(each.tokens)
    found = [(each.attribution, score) for each, score in stay]
    return sorted(found, key=lambda pair: (pair[0].start, -pair[0].contents[-1].end))


def confidence_in(parse: Parse, each: Candidate, weights: Mapping[str, float]) -> float:
    """The chance that a candidate's content and source are both right. For a floating quote it is the rules' word: gold corpora that join
    such a quote to the one before, as PolNeAR does, cannot say."""
    return confidence_of(each.attribution) if each.attribution.floating else confidence(evidence(parse, each), weights)


def candidates(
    parse: Parse, rules: Sequence[Attribution], readings: Sequence[Reading], marks: Sequence[Quotation], paragraphs: Sequence[Span]
) -> list[Candidate]:
    """What either side proposes, matched one to one by content."""
    read_so = [
        (each, attribution, _tokens(parse, attribution))
        for each in readings
        for attribution in [attribution_of(parse, each, marks, paragraphs)]
        if attribution and not is_no_quote(parse, attribution, marks)
    ]
    nearby = Nearby([tokens for _, _, tokens in read_so])
    proposed = [
        (each, own, _tokens(parse, own))
        for each, attribution, tokens in read_so
        for own in [with_its_own(attribution, [read_so[i][1] for i in nearby.to(tokens) if read_so[i][0].chance > LIKELY])]
    ]
    ruled = [(each, _tokens(parse, each)) for each in rules if not is_no_quote(parse, each, marks)]
    beside = Nearby([tokens for _, tokens in ruled])
    pairs = sorted(
        (
            (-overlap, i, j)
            for i, (_, _, tokens) in enumerate(proposed)
            for j in beside.to(tokens)
            for overlap in [jaccard(tokens, ruled[j][1])]
            if (overlap >= SAME and not _reports_within(proposed[i][1], ruled[j][0])) or _one_cue(proposed[i][1], ruled[j][0])
        ),
        key=lambda pair: (pair[0], proposed[pair[1]][0].anchor, pair[2]),
    )
    of: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for overlap, i, j in pairs:
        if i not in of and j not in taken:
            of[i] = (j, -overlap)
            taken.add(j)
    found = []
    for i, (reading, attribution, tokens) in enumerate(proposed):
        j, overlap = of.get(i, (-1, 0.0))
        rule = ruled[j][0] if j >= 0 else None
        found.append(_together(parse, attribution, tokens, reading, rule, overlap, marks))
    alone = [pair for j, pair in enumerate(ruled) if j not in taken and _stands_alone(pair[0], marks)]
    found += [Candidate(each, tokens, None, each) for each, tokens in alone]
    # Should the model's reading not stand, what the rules know from the marks does.
    bare = [Candidate(each, tokens, None, each) for j, (each, tokens) in enumerate(ruled) if j in taken and each.floating]
    placed = _in_their_places(found, marks)
    return placed + [each for each in bare if not any(each.tokens == other.tokens and other.attribution.floating for other in placed)]


def _stands_alone(rule: Attribution, marks: Sequence[Quotation]) -> bool:
    """Whether what the rules alone propose is a candidate: what stands in marks, behind "according to" or beside a label. Of other reports
    that the model does not see one in five is right."""
    return rule.floating or rule.evidence in _PLAIN or any(True for span in rule.contents for _ in overlapping(marks, *span))


def _in_their_places(found: Sequence[Candidate], marks: Sequence[Quotation]) -> list[Candidate]:
    likely = [each for each in found if _likely(each)]
    nearby = Nearby([each.tokens for each in likely])
    placed = []
    for each in found:
        first, last = each.attribution.start, each.attribution.contents[-1].end
        regions = [mark for mark in overlapping(marks, first, last) if mark.depth == 0]
        whole = sum(end - start for start, end in each.attribution.contents)
        within = sum(max(0, min(end, mark.end) - max(start, mark.start)) for start, end in each.attribution.contents for mark in regions)
        others = [likely[i] for i in nearby.to(each.tokens) if likely[i] is not each]
        placed.append(
            replace(
                each,
                marked=within / whole,
                nested=any(each.tokens < other.tokens for other in others),
                holds=any(other.tokens < each.tokens for other in others),
            )
        )
    return placed


def _likely(each: Candidate) -> bool:
    if each.reading is None:
        return confidence_of(each.attribution) > LIKELY
    return each.reading.chance > LIKELY


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of two sets that both hold."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def _tokens(parse: Parse, each: Attribution) -> frozenset[int]:
    return frozenset(token for token in tokens_of(parse, each.contents) if parse.words[token][0].isalnum())


def _together(
    parse: Parse,
    attribution: Attribution,
    tokens: frozenset[int],
    reading: Reading,
    rule: Attribution | None,
    overlap: float,
    marks: Sequence[Quotation],
) -> Candidate:
    marked = any(True for span in attribution.contents for _ in overlapping(marks, *span))
    if rule is None:
        return Candidate(replace(attribution, act=act_of(parse, attribution, marked=marked)), tokens, reading, None)
    ours = frozenset(tokens_of(parse, attribution.source.spans)) if attribution.source else frozenset()
    theirs = frozenset(tokens_of(parse, rule.source.spans)) if rule.source else frozenset()
    same = bool(ours & theirs) or (not ours and not theirs)
    # While nobody knows of a source, a floating quote goes on floating: its speaker is that of the quote it follows.
    floats = rule.floating and attribution.source is None
    evidence = rule.evidence if floats else f"model+{rule.evidence}"
    if same:
        attribution = replace(attribution, contents=_with_quotations(attribution.contents, rule.contents, marks))
    merged = replace(attribution, act=rule.act, evidence=evidence, follows=rule.follows, cue=() if floats else attribution.cue)
    merged = replace(merged, act=act_of(parse, merged, marked=marked))
    return Candidate(merged, tokens, reading, rule, overlap, same)


def _reports_within(ours: Attribution, ruled: Attribution) -> bool:
    """Whether what was read is a report within a quotation that has no cue of its own: then they are two quotes."""
    return ruled.floating and _within(ours.cue, ruled)


def _one_cue(ours: Attribution, ruled: Attribution) -> bool:
    """Whether a cue introduces both, and both begin together: then they are one quote, wherever they end."""
    return ours.verb is not None and ours.verb == ruled.verb and ours.contents[0].start == ruled.contents[0].start


def _with_quotations(contents: tuple[Span, ...], ruled: Sequence[Span], marks: Sequence[Quotation]) -> tuple[Span, ...]:
    """Contents with the whole quotations that the rules join to them and the model left out ("“A,” she said. “B told me C.”")."""
    added = [
        span
        for span in ruled
        if not any(span.start < end and start < span.end for start, end in contents)
        and any(each.start <= span.start and span.end <= each.end for each in overlapping(marks, *span))
    ]
    return tuple(sorted((*contents, *added))) if added else contents


def _clash(one: Candidate, other: Candidate) -> bool:
    """Whether two cannot both stand: contents that overlap without one being held by the other with its own cue in it."""
    if one.tokens.isdisjoint(other.tokens):
        return False
    inner, outer = (one, other) if len(one.tokens) <= len(other.tokens) else (other, one)
    return not (inner.tokens <= outer.tokens and _within(inner.attribution.cue, outer.attribution))


def _within(cue: Sequence[Span], outer: Attribution) -> bool:
    """Whether a cue stands in the content of another quote, which then holds what it introduces."""
    return bool(cue) and all(any(span.start <= start and end <= span.end for span in outer.contents) for start, end in cue)
