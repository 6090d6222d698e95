"""Rules and model brought together: what either found, each with a chance of being right, and of two that clash the likelier one.

The rules know quotation marks, layout and the constructions they were written for; the model has read more news than rules can be written
from. A logistic regression over what both say, fitted on annotated text that neither was trained on, gives the chance that a
quote's content and source are both right. It is the quote's confidence.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quotes import lexicons
from quotes.components.attribution import Attribution
from quotes.components.confidence import confidence_of
from quotes.components.cues import unreal
from quotes.components.detection import union
from quotes.components.features import tokens_of
from quotes.components.marks import Quotation, overlapping
from quotes.components.parse import NOUN_TAGS, PRONOUN_TAGS, VERB_TAGS, Parse, trimmed
from quotes.components.reading import Reading
from quotes.components.sources import Source
from quotes.records import Act, Span

ACTS: tuple[Act, ...] = ("speech", "thought", "intent", "other")
#: Share of two contents' tokens that both hold, from which on they are one quote (Jaccard).
SAME = 0.5
#: Verbs that say that something was not uttered.
UNUTTERED = frozenset(form for lemma in ("decline", "refuse") for form in lexicons.inflect(lemma))
#: Chance from which on a candidate counts as one that others stand in or hold.
LIKELY = 0.45
#: Share of a quotation's letters that a content must hold to be stretched over all of it.
MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quote that rules, model or both propose. `reading` is what the model said of it, `rule` what the rules did; `agreement` and
    `same_source` how far they agree; `marked` the share of it in quotation marks; `nested` and `holds` whether it stands in, or holds,
    another that is likely."""

    attribution: Attribution
    tokens: frozenset[int]
    reading: Reading | None
    rule: Attribution | None
    agreement: float = 0.0
    same_source: bool = False
    marked: float = 0.0
    nested: bool = False
    holds: bool = False


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
    weights: Mapping[str, Mapping[str, float]],
    floor: float,
) -> list[tuple[Attribution, float]]:
    """Attributions with their confidence, those at or above `floor`, in the order of the text."""
    scored = [(each, confidence(each, weights)) for each in candidates(parse, rules, readings, marks, paragraphs)]
    # A quote without a cue gives way to one for which somebody found a cue.
    scored.sort(key=lambda pair: (pair[0].attribution.floating, -pair[1], pair[0].attribution.start))
    kept: list[tuple[Candidate, float]] = []
    nearby = Nearby()
    for each, score in scored:
        if score >= floor and not any(_clash(each, kept[i][0]) for i in nearby.to(each.tokens)):
            kept.append((each, score))
            nearby.add(each.tokens)
    found = [(each.attribution, score) for each, score in kept]
    return sorted(found, key=lambda pair: (pair[0].start, -pair[0].contents[-1].end))


def candidates(
    parse: Parse, rules: Sequence[Attribution], readings: Sequence[Reading], marks: Sequence[Quotation], paragraphs: Sequence[Span]
) -> list[Candidate]:
    """What either side proposes, matched one to one by content."""
    read_so = [
        (each, attribution, _tokens(parse, attribution))
        for each in readings
        for attribution in [read(parse, each, marks, paragraphs)]
        if attribution
    ]
    nearby = Nearby([tokens for _, _, tokens in read_so])
    proposed = [
        (each, own, _tokens(parse, own))
        for each, attribution, tokens in read_so
        for own in [_its_own(attribution, [read_so[i][1] for i in nearby.to(tokens) if read_so[i][0].chance > LIKELY])]
    ]
    ruled = [(each, _tokens(parse, each)) for each in rules]
    beside = Nearby([tokens for _, tokens in ruled])
    pairs = sorted(
        (
            (-overlap, i, j)
            for i, (_, _, tokens) in enumerate(proposed)
            for j in beside.to(tokens)
            for overlap in [jaccard(tokens, ruled[j][1])]
            if overlap >= SAME
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
        found.append(_together(parse, attribution, tokens, reading, rule, overlap))
    found += [Candidate(each, tokens, None, each) for j, (each, tokens) in enumerate(ruled) if j not in taken]
    return _in_their_places(found, marks)


def _its_own(each: Attribution, others: Sequence[Attribution]) -> Attribution:
    """An attribution without the parts of its content that are all that another cue introduces: in "“A,” she said, adding, “B.”" both
    cues lay claim to B, and it is the nearer one's."""
    if len(each.contents) < 2:
        return each
    rivals = [other for other in others if other is not each and len(other.contents) <= len(each.contents)]
    left = tuple(
        part for part in each.contents if not any(_is_all(part, other) and _gap(other, part) < _gap(each, part) for other in rivals)
    )
    return replace(each, contents=left) if left else each


def _is_all(part: Span, other: Attribution) -> bool:
    """Whether a part is another content, for the most part."""
    shared = sum(max(0, min(part.end, end) - max(part.start, start)) for start, end in other.contents)
    whole = part.end - part.start + sum(end - start for start, end in other.contents) - shared
    return shared >= SAME * whole


def _gap(each: Attribution, part: Span) -> int:
    """How far a cue stands from a part of a content, in characters."""
    return min(max(part.start - cue.end, cue.start - part.end, 0) for cue in each.cue)


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


def read(parse: Parse, reading: Reading, marks: Sequence[Quotation], paragraphs: Sequence[Span]) -> Attribution | None:
    """A reading as an attribution: contents cut between paragraphs, stretched to the marks they nearly fill, and trimmed."""
    cue = _spans(parse, reading.cue)
    source = _source(parse, reading.source)
    barred = [*cue, *(source.spans if source else ())]
    home = _paragraph(paragraphs, parse.start[reading.anchor])
    contents = []
    for start, end in _spans(parse, reading.contents):
        if home is not None and start < home.end and end > home.start:
            start, end = max(start, home.start), min(end, home.end)
        span = trimmed(parse.text, *_to_marks(parse.text, start, end, marks, barred))
        if span and any(character.isalnum() for character in parse.text[span.start : span.end]):
            contents.append(without_that(parse.text, span))
    contents = _of_one_quote(parse, union(contents), reading.anchor, marks)
    if not contents or not cue:
        return None
    likeliest = max(range(len(ACTS)), key=lambda number: reading.acts[number])
    return Attribution(tuple(contents), cue, source, ACTS[likeliest], "model", reading.anchor)


def _of_one_quote(parse: Parse, contents: Sequence[Span], anchor: int, marks: Sequence[Quotation]) -> list[Span]:
    """Contents without the quotations of later sentences, where what the cue's own sentence reports stands in no marks: "She said she was
    worried. “It split us.”" is two quotes."""

    def marked(span: Span) -> bool:
        return any(each.start <= span.start and span.end <= each.end for each in overlapping(marks, *span))

    end = parse.end[parse.bounds[parse.sentence[anchor]][1] - 1]
    own = [span for span in contents if span.start < end]
    if not own or any(overlapping(marks, *span) for span in own):
        return list(contents)
    return [span for span in contents if span.start < end or not marked(span)]


def without_that(text: str, span: Span) -> Span:
    """A content without a leading "that"."""
    if text[span.start : span.start + 5].lower() == "that " and text[span.start + 5 : span.end].strip():
        return trimmed(text, span.start + 5, span.end) or span
    return span


def _paragraph(paragraphs: Sequence[Span], at: int) -> Span | None:
    return next((each for each in paragraphs if each.start <= at < each.end), None)


def _spans(parse: Parse, ranges: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(parse.start[first], parse.end[stop - 1]) for first, stop in ranges)


def _to_marks(text: str, start: int, end: int, marks: Sequence[Quotation], barred: Sequence[Span]) -> tuple[int, int]:
    """A content as wide as the quotations that it nearly fills: a mark is a surer edge than any reading."""
    for each in overlapping(marks, start, end):
        if each.start >= start and each.end <= end:
            continue
        whole = _letters(text, *each.inner)
        within = _letters(text, max(start, each.inner.start), min(end, each.inner.end))
        wider = Span(min(start, each.start), max(end, each.end))
        if whole and within >= MOSTLY * whole and not any(bar.start < wider.end and wider.start < bar.end for bar in barred):
            start, end = wider
    return start, end


def _letters(text: str, start: int, end: int) -> int:
    return sum(character.isalnum() for character in text[start:end])


def _source(parse: Parse, ranges: Sequence[tuple[int, int]]) -> Source | None:
    """A source with the token that governs it: of those whose head lies outside, the first noun or pronoun."""
    spans = [span for each in _spans(parse, ranges[:1]) for span in [trimmed(parse.text, *each)] if span]
    tokens = frozenset(tokens_of(parse, spans))
    if not tokens:
        return None
    tops = [token for token in sorted(tokens) if parse.head[token] not in tokens or parse.head[token] == token]
    nouns = [token for token in tops if parse.tag[token] in NOUN_TAGS | PRONOUN_TAGS]
    others = [
        token
        for token in sorted(tokens)
        if parse.tag[token] in NOUN_TAGS | PRONOUN_TAGS and parse.dep[token] not in {"det", "poss", "compound"}
    ]
    return Source(tuple(spans), (nouns or others or tops or sorted(tokens))[0], tokens)


def _together(
    parse: Parse, attribution: Attribution, tokens: frozenset[int], reading: Reading, rule: Attribution | None, overlap: float
) -> Candidate:
    if rule is None:
        return Candidate(replace(attribution, act=act_of(parse, attribution)), tokens, reading, None)
    ours = frozenset(tokens_of(parse, attribution.source.spans)) if attribution.source else frozenset()
    theirs = frozenset(tokens_of(parse, rule.source.spans)) if rule.source else frozenset()
    same = bool(ours & theirs) or (not ours and not theirs)
    # While nobody knows of a source, a floating quote goes on floating: its speaker is that of the quote it follows.
    floats = rule.floating and attribution.source is None
    evidence = rule.evidence if floats else f"model+{rule.evidence}"
    merged = replace(attribution, act=rule.act, evidence=evidence, follows=rule.follows, cue=() if floats else attribution.cue)
    return Candidate(merged, tokens, reading, rule, overlap, same)


def act_of(parse: Parse, each: Attribution) -> Act:
    """The act of what the model alone found: by its cue where the lexicons have it, else as the model reads it; `other` for what was not
    uttered ("declined to say", "if she says"): gold corpora that mark it, as PolNeAR does, mark no act."""
    if each.verb is not None:
        if parse.lower[each.verb] in UNUTTERED or (parse.tag[each.verb] in VERB_TAGS and unreal(parse, each.verb)):
            return "other"
        word = parse.lower[each.verb]
        for lexicon in (lexicons.verbs(), lexicons.nouns(), lexicons.adjectives()):
            if word in lexicon:
                return lexicon[word].act
    return each.act


def described(each: Candidate) -> tuple[str, dict[str, float]]:
    """Which regression a candidate goes by, and its features."""
    features = {
        "speech": float(each.attribution.act == "speech"),
        "marked": each.marked,
        "nested": float(each.nested),
        "holds": float(each.holds),
    }
    if each.reading is None:
        rule = each.attribution
        return "rule", features | {"rule": logit(confidence_of(rule))}
    reading = each.reading
    features |= {
        "chance": logit(reading.chance),
        "content": logit(reading.content_sure),
        "source": logit(reading.source_sure) if each.attribution.source else 0.0,
        "sourceless": float(each.attribution.source is None),
        "long": math.log1p(len(each.tokens)),
    }
    if each.rule is None:
        return "model", features
    return "both", features | {
        "rule": logit(confidence_of(each.rule)),
        "agreement": each.agreement,
        "exact": float(each.agreement > 0.99),
        "same source": float(each.same_source),
    }


def confidence(each: Candidate, weights: Mapping[str, Mapping[str, float]]) -> float:
    """The chance that a candidate's content and source are both right. For a floating quote it is the rules' word: gold corpora that join
    such a quote to the one before, as PolNeAR does, cannot say."""
    if each.attribution.floating:
        return confidence_of(each.attribution)
    kind, features = described(each)
    of = weights[kind]
    return 1 / (1 + math.exp(-(of["bias"] + sum(of[name] * value for name, value in features.items()))))


def logit(share: float) -> float:
    """Log-odds, bounded: a model that is surer than 0.998 knows no more."""
    share = min(max(share, 0.002), 0.998)
    return math.log(share / (1 - share))


def _clash(one: Candidate, other: Candidate) -> bool:
    """Whether two cannot both stand: contents that overlap without one being held by the other with its own cue in it."""
    shared = one.tokens & other.tokens
    if not shared:
        return False
    if jaccard(one.tokens, other.tokens) >= SAME:
        return True
    inner, outer = (one, other) if len(one.tokens) <= len(other.tokens) else (other, one)
    if not inner.tokens <= outer.tokens:
        return True
    cue = inner.attribution.cue
    return not cue or not all(any(span.start <= start and end <= span.end for span in outer.attribution.contents) for start, end in cue)
