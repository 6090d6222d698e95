"""Whether a quote that is given as speech is one: the act of each quote that was found, against what gold says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import get_args

from quotes.corpora.gold import Attribution, GoldArticle
from quotes.evaluation.scores import is_speech, match, source_found
from quotes.records import Act, Quote

ACTS: tuple[Act, ...] = get_args(Act)


@dataclass(frozen=True, slots=True)
class ActCounts:
    """Quotes of one act: all of them, those whose content matches a gold one, of these those whose gold act is known, of these those that
    have this act; and of all, those that are attributed. Adds up over articles."""

    quotes: int = 0
    matched: int = 0
    known: int = 0
    agreed: int = 0
    attributed: int = 0

    def __add__(self, other: ActCounts) -> ActCounts:
        return ActCounts(*(ours + theirs for ours, theirs in zip(astuple(self), astuple(other), strict=True)))


def act_counts(gold: GoldArticle, quotes: Sequence[Quote]) -> Mapping[Act, ActCounts]:
    """The counts of an article for every act; `quotes` are those of the acts that the corpus annotates."""
    text = gold.article.text
    matched = dict.fromkeys(range(len(quotes)), ActCounts(quotes=1))
    for i, j in match([each.content for each in gold.attributions], [quote.spans for quote in quotes], text):
        attribution, quote = gold.attributions[i], quotes[j]
        agreed = agrees(quote.act, attribution, text)
        matched[j] += ActCounts(0, 1, agreed is not None, bool(agreed), source_found(attribution, quote, text))
    return {act: sum((matched[j] for j, quote in enumerate(quotes) if quote.act == act), ActCounts()) for act in ACTS}


def agrees(act: Act, gold: Attribution, text: str) -> bool | None:
    """Whether gold has this act; None where it does not say.

    Where nobody marked the act, the gold cue is of speech or not (`scores.is_speech`), and any act but speech agrees with one that is not.
    """
    if gold.act is not None:
        return act == gold.act
    if not gold.cue:
        return None
    return (act == "speech") == is_speech(gold, text)
