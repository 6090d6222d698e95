"""Every error by kind, with gold and prediction side by side: what a person reads to see where the rules go wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.evaluation.gold import Attribution, GoldArticle
from quotes.evaluation.names import near_any, same_name
from quotes.evaluation.scores import characters, match, source_found, trimmed
from quotes.records import Quote, Span

FaultKind = Literal["missed", "false", "wrong source", "wrong span", "wrong speaker name", "wrong title", "wrong institution"]

MEANING: dict[FaultKind, str] = {
    "missed": "a gold quote that no prediction matches (half its characters shared)",
    "false": "a prediction that matches no gold quote",
    "wrong source": "the quote was found, but its mention does not touch the gold source",
    "wrong span": "the quote was found and rightly attributed, but its parts begin or end elsewhere",
    "wrong speaker name": "the quote was found, but the speaker behind it has another name",
    "wrong title": "the speaker is right, the title is not (or is missing, or none is stated)",
    "wrong institution": "the speaker is right, the institution is not (or is missing, or none is stated)",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One error; `gold` is None for a false quote. For a missed or false one the other side is what overlaps it, if anything does."""

    kind: FaultKind
    gold: Attribution | None
    predicted: Quote | None

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
            faults.append(Fault("missed", attribution, next((quote for _, quote in predicted if _touch(attribution, quote, text)), None)))
    for j, quote in enumerate(quotes):
        if j not in right:
            faults.append(Fault("false", next((each for _, each in expected if _touch(each, quote, text)), None), quote))
    return sorted(faults, key=lambda fault: fault.at)


def _faults_of_pair(article: GoldArticle, gold: Attribution, quote: Quote) -> Iterator[Fault]:
    text = article.article.text
    if not source_found(gold, quote, text):
        yield Fault("wrong source", gold, quote)
    elif {trimmed(span, text) for span in gold.content} - {None} != {trimmed(span, text) for span in quote.spans} - {None}:
        yield Fault("wrong span", gold, quote)
    if gold.speaker is None:
        return
    speaker = quote.speaker
    if speaker is None or not same_name(speaker.name, gold.speaker.name, gold.speaker.kind):
        yield Fault("wrong speaker name", gold, quote)
        return
    if _wrong_role(speaker.title, gold.speaker.titles):
        yield Fault("wrong title", gold, quote)
    if _wrong_role(speaker.institution, gold.speaker.institutions):
        yield Fault("wrong institution", gold, quote)


def _wrong_role(predicted: str | None, acceptable: Sequence[str]) -> bool:
    return not near_any(predicted, acceptable) if predicted else bool(acceptable)


def _touch(gold: Attribution, quote: Quote, text: str) -> bool:
    return not characters(gold.content, text).isdisjoint(characters(quote.spans, text))
