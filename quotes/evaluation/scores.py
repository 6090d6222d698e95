"""Scoring quotes against gold attributions: counts that can be added, article by article.

Two kinds of figure, as in the literature on PolNeAR: spans (character by character, and span by span after trimming), and whole quotes
matched one to one. A quote is *attributed* when its content matches and its source overlaps the gold source: what a user feels.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from quotes.corpora.gold import Attribution, GoldArticle
from quotes.evaluation.bootstrap import PARTS
from quotes.evaluation.name_matching import near_any, same_name
from quotes.records import DEFAULT_ACT, Quote, Span, spans_of

SPEAKER_FIGURES = ("speaker_named", "speaker_named_direct", "speaker_any", "title", "institution")

#: Below this Jaccard index of characters two contents are not the same quote.
SAME_QUOTE = 0.5
_QUOTATION_MARKS = frozenset('"“”')
_EDGE = frozenset("\"“”‘’'.,;:!? \n\t")


class PRF(NamedTuple):
    """True positives, false positives and false negatives; adds up over articles."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @classmethod
    def of(cls, gold: AbstractSet[Any], predicted: AbstractSet[Any]) -> PRF:
        """Compare two sets."""
        return cls(len(gold & predicted), len(predicted - gold), len(gold - predicted))

    def __add__(self, other: tuple[Any, ...]) -> PRF:
        return PRF(*map(operator.add, self, other))

    @property
    def parts(self) -> dict[str, float]:
        """Precision (the share of what was predicted that is right), recall (of the gold that was found) and F1 by name, 0 of nothing."""
        return {name: float(np.nan_to_num(of(np.asarray(self)))) for name, of in PARTS.items()}

    @property
    def precision(self) -> float:
        """See `parts`."""
        return self.parts["precision"]

    @property
    def recall(self) -> float:
        """See `parts`."""
        return self.parts["recall"]

    @property
    def f1(self) -> float:
        """See `parts`."""
        return self.parts["f1"]


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of a corpus, or of one article; adds up. Figures about speakers stand only where the gold knows them."""

    figures: Mapping[str, PRF] = field(default_factory=dict)
    articles: int = 0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: Scores) -> Scores:
        figures = {name: self.figures.get(name, PRF()) + other.figures.get(name, PRF()) for name in {**self.figures, **other.figures}}
        return Scores(figures, self.articles + other.articles, self.gold + other.gold, self.predicted + other.predicted)


def score_article(gold: GoldArticle, quotes: Sequence[Quote]) -> Scores:
    """The figures of one article; `quotes` are the predictions of the acts that the corpus annotates."""
    text = gold.article.text
    pairs = match([each.content for each in gold.attributions], [quote.spans for quote in quotes], text)
    figures = {**_span_figures(gold, quotes), **_quote_figures(gold, quotes, pairs)}
    if gold.speakers_known:
        figures |= speaker_figures(gold, quotes, pairs)
    return Scores(figures, articles=1, gold=len(gold.attributions), predicted=len(quotes))


def default_view(gold: GoldArticle, quotes: Sequence[Quote]) -> tuple[GoldArticle, list[Quote]]:
    """What the site shows unless asked for more: acts of speech, of the gold as of the quotes, and of those the sure ones."""
    text = gold.article.text
    spoken = tuple(each for each in gold.attributions if (each.act == DEFAULT_ACT if each.act else is_speech(each, text)))
    return replace(gold, attributions=spoken), [quote for quote in quotes if quote.act == DEFAULT_ACT and not quote.unsure]


def characters(spans: Iterable[Span], text: str) -> frozenset[int]:
    """Where the characters of the spans stand, white space aside."""
    return frozenset(i for start, end in spans for i in range(start, min(end, len(text))) if not text[i].isspace())


def trimmed(span: Span, text: str) -> Span | None:
    """The span without edge punctuation and a leading `that`, so that only words can differ; None when nothing is left."""
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if text[start:end].lower().startswith("that ") and text[start + 5 : end].strip():
        start += 5
    return Span(start, end) if end > start else None


def match(gold: Sequence[Sequence[Span]], predicted: Sequence[Sequence[Span]], text: str) -> list[tuple[int, int]]:
    """Pair gold with predicted contents one to one, the best Jaccard index first: positions in both sequences.

    Of equally good pairs the later in the article goes first; any fixed order would do, but it is part of the measure.
    """
    gold_at = [characters(spans, text) for spans in gold]
    predicted_at = [characters(spans, text) for spans in predicted]
    candidates = []
    for i, ours in enumerate(gold_at):
        for j, theirs in enumerate(predicted_at):
            shared = len(ours & theirs)
            if shared and (jaccard := shared / len(ours | theirs)) >= SAME_QUOTE:
                candidates.append((jaccard, i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(candidates, reverse=True):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def sources_meet(gold: Sequence[Span], given: Sequence[Span], text: str) -> bool:
    """Whether two sources overlap, or both are missing."""
    return bool(characters(gold, text) & characters(given, text)) if gold or given else True


def is_direct(content: Iterable[Span], text: str) -> bool:
    """Whether a content holds a double quotation mark."""
    return any(text[i] in _QUOTATION_MARKS for i in characters(content, text))


def is_speech(gold: Attribution, text: str) -> bool:
    """Whether the gold cue holds a word of speech (PolNeAR does not say which attributions are of speech)."""
    cue = " ".join(text[start:end] for start, end in gold.cue).lower()
    return not speech_cues().isdisjoint(re.findall(r"[a-z]+", cue))


@cache
def speech_cues() -> frozenset[str]:
    """The words that make a cue one of speech, each form listed. Part of the measure: another list gives another recall."""
    return frozenset(
        word
        for line in files("quotes.evaluation").joinpath("speech_cues.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
        for word in line.split()
    )


def _span_figures(gold: GoldArticle, quotes: Sequence[Quote]) -> dict[str, PRF]:
    text = gold.article.text
    spans = {
        "content": (_all(each.content for each in gold.attributions), _all(quote.spans for quote in quotes)),
        "source": (_all(each.source for each in gold.attributions), _all(spans_of(quote.mention) for quote in quotes)),
        "cue": (_all(each.cue for each in gold.attributions), _all(spans_of(quote.cue) for quote in quotes)),
    }
    figures = {f"{role}_overlap": PRF.of(*(characters(each, text) for each in spans[role])) for role in ("content", "source")}
    for role, (ours, theirs) in spans.items():
        figures[f"{role}_exact"] = PRF.of(*({trimmed(span, text) for span in each} - {None} for each in (ours, theirs)))
    return figures


def _all(passages: Iterable[Iterable[Span]]) -> list[Span]:
    return [span for passage in passages for span in passage]


def _quote_figures(gold: GoldArticle, quotes: Sequence[Quote], pairs: Sequence[tuple[int, int]]) -> dict[str, PRF]:
    text, attributions = gold.article.text, gold.attributions
    attributed = [i for i, j in pairs if sources_meet(attributions[i].source, spans_of(quotes[j].mention), text)]
    direct = {i for i, each in enumerate(attributions) if is_direct(each.content, text)}
    speech = {i for i, each in enumerate(attributions) if is_speech(each, text)}
    direct_matched = {j for i, j in pairs if i in direct}
    # A prediction with marks that matches an indirect gold content, or none, is false here.
    direct_false = sum(j not in direct_matched and is_direct(quote.spans, text) for j, quote in enumerate(quotes))
    direct_attributed = len(direct.intersection(attributed))
    speech_attributed = len(speech.intersection(attributed))

    def against_all(right: int) -> PRF:
        return PRF(right, len(quotes) - right, len(attributions) - right)

    return {
        "quote": against_all(len(pairs)),
        "attributed": against_all(len(attributed)),
        "direct_quote": PRF(len(direct_matched), direct_false, len(direct) - len(direct_matched)),
        "direct_attributed": PRF(
            direct_attributed, direct_false + len(direct_matched) - direct_attributed, len(direct) - direct_attributed
        ),
        "speech_recall": PRF(speech_attributed, 0, len(speech) - speech_attributed),
    }


def speaker_figures(gold: GoldArticle, quotes: Sequence[Quote], pairs: Sequence[tuple[int, int]]) -> dict[str, PRF]:
    """Who the speaker is, end to end: a quote that was not found is a miss, and title and institution count only with the right name."""
    found = dict(pairs)
    figures = dict.fromkeys(SPEAKER_FIGURES, PRF())
    for i, attribution in enumerate(gold.attributions):
        speaker = attribution.speaker
        if speaker is None:
            continue
        predicted = quotes[found[i]].speaker if i in found else None
        right = predicted is not None and same_name(predicted.name, speaker.name, speaker.kind)
        name = PRF(int(right), int(bool(predicted and predicted.name) and not right), int(not right))
        figures["speaker_any"] += name
        if speaker.named:
            figures["speaker_named"] += name
            if is_direct(attribution.content, gold.article.text):
                figures["speaker_named_direct"] += name
        figures["title"] += _role(predicted.title if predicted else None, speaker.titles, right)
        figures["institution"] += _role(predicted.institution if predicted else None, speaker.institutions, right)
    return figures


def _role(predicted: str | None, acceptable: Sequence[str], speaker_right: bool) -> PRF:
    right = bool(predicted) and speaker_right and near_any(predicted or "", acceptable)
    return PRF(int(right), int(bool(predicted) and not right), int(bool(acceptable) and not right))
