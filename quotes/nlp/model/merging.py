"""The attributions of rules and model merged: each with its confidence, and of two that conflict the more confident one.

The rules know quotation marks, layout and the constructions they were written for; the model has learned from more news than rules can be
written from. A logistic regression over what both say, fitted on annotated text that neither was trained on, gives the probability that
content and source are both right, which is the quote's confidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from quotes.nlp.detection.attribution import Attribution, rule_confidence
from quotes.nlp.detection.quotation_marks import Quotation, is_within_quotation, overlapping_quotations, touches_quotation
from quotes.nlp.detection.speech_acts import act_of, is_excluded
from quotes.nlp.model.confidence import Candidate, candidate_confidence
from quotes.nlp.model.inference import Prediction
from quotes.nlp.model.span_fitting import MIN_OVERLAP, drop_contested_parts, fit_prediction
from quotes.nlp.parsing.parse import Parse, tokens_of
from quotes.records import Span

#: Probability from which on a candidate counts as one that others may be nested in.
LIKELY = 0.45
#: Constructions that the rules alone may propose without quotation marks; of other reports that the model leaves out, one in five is right.
_RELIABLE = frozenset({"according", "label:headline"})


def token_index(sets: Iterable[frozenset[int]]) -> Callable[[frozenset[int]], list[int]]:
    """A function that gives the numbers of the sets, in order, that share a token with its argument, without looking at all of them."""
    by_token: defaultdict[int, list[int]] = defaultdict(list)
    for number, tokens in enumerate(sets):
        for token in tokens:
            by_token[token].append(number)
    return lambda tokens: sorted({number for token in tokens for number in by_token.get(token, ())})


def merge(
    parse: Parse,
    rules: Sequence[Attribution],
    predictions: Sequence[Prediction],
    marks: Sequence[Quotation],
    paragraphs: Sequence[Span],
    weights: Mapping[str, float],
    floor: float,
) -> list[tuple[Attribution, float]]:
    """Attributions with their confidence, those at or above the floor, in the order of the text."""
    proposed = candidates(parse, rules, predictions, marks, paragraphs)
    return resolve_conflicts([(each, candidate_confidence(parse, each, weights)) for each in proposed], floor)


def resolve_conflicts(scored: Iterable[tuple[Candidate, float]], floor: float) -> list[tuple[Attribution, float]]:
    """The candidates at or above the floor that conflict with none that is more confident, in the order of the text."""
    # A quote without a cue gives way to one with a cue.
    ordered = sorted(scored, key=lambda pair: (pair[0].attribution.floating, -pair[1], pair[0].attribution.start))
    nearby = token_index(each.tokens for each, _ in ordered)
    kept: set[int] = set()
    for number, (each, score) in enumerate(ordered):
        if score >= floor and not any(other in kept and _conflict(each, ordered[other][0]) for other in nearby(each.tokens)):
            kept.add(number)
    return sorted(((ordered[each][0].attribution, ordered[each][1]) for each in sorted(kept)), key=lambda pair: pair[0].order)


def candidates(
    parse: Parse, rules: Sequence[Attribution], predictions: Sequence[Prediction], marks: Sequence[Quotation], paragraphs: Sequence[Span]
) -> list[Candidate]:
    """What the rules and the model propose, matched one to one by content."""
    fits = [(each, fit_prediction(parse, each, marks, paragraphs)) for each in predictions]
    predicted = [(each, fit) for each, fit in fits if fit and not is_excluded(parse, fit, marks)]
    rivals = [fit for each, fit in predicted if each.probability > LIKELY]
    nearby = token_index(_tokens(parse, fit) for fit in rivals)
    ours = [drop_contested_parts(fit, [rivals[i] for i in nearby(_tokens(parse, fit))]) for _, fit in predicted]
    ruled = [(each, _tokens(parse, each)) for each in rules if not is_excluded(parse, each, marks)]
    matches = _match([(fit, _tokens(parse, fit)) for fit in ours], ruled, [each.anchor for each, _ in predicted])
    found = []
    for i, ((prediction, _), fit) in enumerate(zip(predicted, ours, strict=True)):
        j, overlap = matches.get(i, (-1, 0.0))
        found.append(_candidate(parse, fit, prediction, ruled[j][0] if j >= 0 else None, overlap, marks))
    # Should the model's prediction not stand, the quotation that the rules found by its marks does.
    matched = {j for j, _ in matches.values()}
    alone = [
        Candidate(each, tokens, None, each) for j, (each, tokens) in enumerate(ruled) if j not in matched and _stands_alone(each, marks)
    ]
    bare = [Candidate(each, tokens, None, each) for j, (each, tokens) in enumerate(ruled) if j in matched and each.floating]
    return _in_context([*found, *alone], marks) + bare


def _match(
    proposed: Sequence[tuple[Attribution, frozenset[int]]], ruled: Sequence[tuple[Attribution, frozenset[int]]], anchors: Sequence[int]
) -> dict[int, tuple[int, float]]:
    """For each prediction that has one, the number of the rules' attribution that is the same quote and their overlap, the best first."""
    nearby = token_index(tokens for _, tokens in ruled)
    pairs = [
        (-overlap, anchors[i], j, i)
        for i, (ours, tokens) in enumerate(proposed)
        for j in nearby(tokens)
        for overlap in [jaccard(tokens, ruled[j][1])]
        if overlap >= MIN_OVERLAP or _same_cue(ours, ruled[j][0])
    ]
    matches: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for overlap, _, j, i in sorted(pairs):
        if i not in matches and j not in taken:
            matches[i] = (j, -overlap)
            taken.add(j)
    return matches


def _stands_alone(rule: Attribution, marks: Sequence[Quotation]) -> bool:
    """Whether what the rules alone propose is a candidate."""
    return rule.floating or rule.evidence in _RELIABLE or touches_quotation(rule.contents, marks)


def _in_context(found: Sequence[Candidate], marks: Sequence[Quotation]) -> list[Candidate]:
    """The candidates with the share of each in quotation marks, and whether it is nested in a likely one or holds one."""
    likely = [
        each for each in found if (rule_confidence(each.attribution) if each.prediction is None else each.prediction.probability) > LIKELY
    ]
    nearby = token_index(each.tokens for each in likely)
    placed = []
    for each in found:
        contents = each.attribution.contents
        outer = [mark for mark in overlapping_quotations(marks, contents[0].start, contents[-1].end) if mark.depth == 0]
        marked = sum(max(0, min(end, mark.end) - max(start, mark.start)) for start, end in contents for mark in outer)
        others = [likely[i].tokens for i in nearby(each.tokens)]
        placed.append(
            replace(
                each,
                marked=marked / sum(end - start for start, end in contents),
                nested=any(each.tokens < tokens for tokens in others),
                holds=any(tokens < each.tokens for tokens in others),
            )
        )
    return placed


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of two sets that both hold."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def _tokens(parse: Parse, each: Attribution) -> frozenset[int]:
    return frozenset(token for token in tokens_of(parse, each.contents) if parse.words[token][0].isalnum())


def _candidate(
    parse: Parse,
    attribution: Attribution,
    prediction: Prediction,
    rule: Attribution | None,
    overlap: float,
    marks: Sequence[Quotation],
) -> Candidate:
    """A prediction with the rules' attribution that it matches: content and source are the model's, act and evidence the rules'."""
    tokens, marked = _tokens(parse, attribution), touches_quotation(attribution.contents, marks)
    same = False
    if rule is not None:
        ours = frozenset(tokens_of(parse, attribution.source.spans)) if attribution.source else frozenset()
        theirs = frozenset(tokens_of(parse, rule.source.spans)) if rule.source else frozenset()
        same = bool(ours & theirs) or (not ours and not theirs)
        attribution = replace(
            attribution,
            contents=_with_quotations(attribution.contents, rule.contents, marks) if same else attribution.contents,
            act=rule.act,
            evidence=f"model+{rule.evidence}",
            follows=rule.follows,
        )
    attribution = replace(attribution, act=act_of(parse, attribution, marked=marked))
    return Candidate(attribution, tokens, prediction, rule, overlap, same)


def _same_cue(ours: Attribution, ruled: Attribution) -> bool:
    """Whether both have the same cue and begin together: then they are one quote, wherever they end."""
    return ours.verb is not None and ours.verb == ruled.verb and ours.start == ruled.start


def _with_quotations(contents: tuple[Span, ...], ruled: Sequence[Span], marks: Sequence[Quotation]) -> tuple[Span, ...]:
    """Contents with the whole quotations that the rules add to them and the model left out ("“A,” she said. “B told me C.”")."""
    added = [
        span
        for span in ruled
        if not any(span.start < end and start < span.end for start, end in contents) and is_within_quotation(span, marks)
    ]
    return tuple(sorted((*contents, *added))) if added else contents


def _conflict(one: Candidate, other: Candidate) -> bool:
    """Whether of two contents that overlap none holds the other with its own cue in it."""
    inner, outer = (one, other) if len(one.tokens) <= len(other.tokens) else (other, one)
    return not (inner.tokens <= outer.tokens and _is_within(inner.attribution.cue, outer.attribution))


def _is_within(cue: Sequence[Span], outer: Attribution) -> bool:
    """Whether a cue lies in the content of another attribution."""
    return bool(cue) and all(any(span.start <= start and end <= span.end for span in outer.contents) for start, end in cue)
