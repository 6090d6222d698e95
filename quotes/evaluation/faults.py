"""Every error by kind, with gold and prediction side by side: what a person reads to see where an extractor goes wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.corpora.gold import Attribution, GoldArticle
from quotes.evaluation.name_matching import near_any, same_name
from quotes.evaluation.scores import characters, match, source_found, trimmed
from quotes.records import Passage, Quote, Span

FaultKind = Literal[
    "missed", "false", "wrong source", "wrong edge", "wrong cue", "wrong speaker name", "wrong title", "wrong institution"
]  # fmt: skip

MEANING: dict[FaultKind, str] = {
    "missed": "a gold quote that no prediction matches (half its characters shared)",
    "false": "a prediction that matches no gold quote",
    "wrong source": "the quote was found, but its mention does not touch the gold source",
    "wrong edge": "the quote was found, but its content begins or ends elsewhere or has other parts (edge punctuation aside)",
    "wrong cue": "the quote was found, but its cue, edge punctuation aside, is another",
    "wrong speaker name": "the quote was found, but the speaker behind it has another name",
    "wrong title": "the speaker is right, the title is not (or is missing, or none is stated)",
    "wrong institution": "the speaker is right, the institution is not (or is missing, or none is stated)",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One error; `gold` is None for a false quote. For a missed or false one the other side is what overlaps it, if anything does.

    `ways` says how it is wrong: which edge, whether anything else stands there.
    """

    kind: FaultKind
    gold: Attribution | None
    predicted: Quote | None
    ways: tuple[str, ...] = ()

    @property
    def at(self) -> Span:
        """Where in the article to look, from the first to the last character of both contents."""
        spans = (self.gold.content if self.gold else ()) + (self.predicted.spans if self.predicted else ())
        return Span(min(start for start, _ in spans), max(end for _, end in spans))


def find_faults(gold: GoldArticle, quotes: Sequence[Quote]) -> list[Fault]:
    """All errors of an article in the order of its text; a quote may have several."""
    text = gold.article.text
    pairs = match([each.content for each in gold.attributions], [quote.spans for quote in quotes], text)
    found, right = {i for i, _ in pairs}, {j for _, j in pairs}
    faults = [fault for i, j in pairs for fault in _faults_of_pair(gold, gold.attributions[i], quotes[j])]
    # What is shown beside a missed or a false quote is best one that is itself without its match.
    predicted = sorted(enumerate(quotes), key=lambda numbered: numbered[0] in right)
    expected = sorted(enumerate(gold.attributions), key=lambda numbered: numbered[0] in found)
    for i, attribution in enumerate(gold.attributions):
        if i not in found:
            other = next((quote for _, quote in predicted if _touch(attribution, quote, text)), None)
            faults.append(Fault("missed", attribution, other, ("another stands there" if other else "nothing stands there",)))
    for j, quote in enumerate(quotes):
        if j not in right:
            touched = next((each for _, each in expected if _touch(each, quote, text)), None)
            faults.append(Fault("false", touched, quote, ("gold has another there" if touched else "gold has nothing there",)))
    return sorted(faults, key=lambda fault: fault.at)


def _faults_of_pair(article: GoldArticle, gold: Attribution, quote: Quote) -> Iterator[Fault]:
    text = article.article.text
    if not source_found(gold, quote, text):
        yield Fault("wrong source", gold, quote, (_way(gold.source, quote.mention),))
    if edges := wrong_edges(gold.content, quote.spans, text):
        yield Fault("wrong edge", gold, quote, edges)
    if _words(gold.cue, text) != _words(quote.cue.spans if quote.cue else (), text):
        touching = quote.cue is not None and not characters(gold.cue, text).isdisjoint(characters(quote.cue.spans, text))
        yield Fault("wrong cue", gold, quote, ("more or fewer words" if touching else _way(gold.cue, quote.cue),))
    if gold.speaker is None:
        return
    speaker = quote.speaker
    if speaker is None or not same_name(speaker.name, gold.speaker.name, gold.speaker.kind):
        yield Fault("wrong speaker name", gold, quote, () if speaker else ("none given",))
        return
    if _wrong_role(speaker.title, gold.speaker.titles):
        yield Fault("wrong title", gold, quote, () if speaker.title else ("none given",))
    if _wrong_role(speaker.institution, gold.speaker.institutions):
        yield Fault("wrong institution", gold, quote, () if speaker.institution else ("none given",))


def wrong_edges(gold: Sequence[Span], predicted: Sequence[Span], text: str) -> tuple[str, ...]:
    """How the predicted parts of a content differ from the gold ones once trimmed; empty when they do not."""
    ours, theirs = sorted(_words(gold, text)), sorted(_words(predicted, text))
    if ours == theirs or not ours or not theirs:
        return ()
    begin = theirs[0].start - ours[0].start
    end = max(span.end for span in theirs) - max(span.end for span in ours)
    ways = [f"begins {'late' if begin > 0 else 'early'}"] * (begin != 0) + [f"ends {'late' if end > 0 else 'early'}"] * (end != 0)
    same = _letters(gold, text) == _letters(predicted, text)
    return tuple(ways or ["cut at other places" if same else "other words within"])


def _letters(spans: Sequence[Span], text: str) -> frozenset[int]:
    return frozenset(at for at in characters(spans, text) if text[at].isalnum())


def _words(spans: Sequence[Span], text: str) -> set[Span]:
    return {inner for span in spans if (inner := trimmed(span, text))}


def _way(gold: Sequence[Span], predicted: Passage | None) -> str:
    if predicted is None:
        return "none given"
    return "stands elsewhere" if gold else "gold has none"


def _wrong_role(predicted: str | None, acceptable: Sequence[str]) -> bool:
    return not near_any(predicted, acceptable) if predicted else bool(acceptable)


def _touch(gold: Attribution, quote: Quote, text: str) -> bool:
    return not characters(gold.content, text).isdisjoint(characters(quote.spans, text))
