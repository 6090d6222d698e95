"""How sure rules and model are together: regressions fitted on text that neither was trained on.

Platt's scaling (1999) with more than one score: the chance that a candidate's content and source are both right, from what the model and
the rules say of it. There is one regression for what both found, one for what only the model found, and one for what only the rules did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quotes.components.attribution import Attribution
from quotes.components.detection import detect
from quotes.components.features import found_in
from quotes.components.joining import Candidate, candidates, described, kept
from quotes.components.marks import paragraphs_of, quotations
from quotes.components.parse import Parse, parse_of
from quotes.components.reading import Model
from quotes.corpora.gold import GoldArticle
from quotes.errors import TrainingError
from quotes.evaluation.scores import characters, is_direct, match, sources_meet
from quotes.records import Span
from quotes.training.prepare import nameless

Weights = dict[str, dict[str, float]]
KINDS = ("both", "model", "rule")
#: Fewer candidates of a kind than this cannot carry a regression.
ENOUGH = 50
CLASSES = ("marked", "speech", "other")
Floors = dict[str, float]
#: How much F1 (0 to 1) a lower floor for speech may cost.
PRICE = 0.02
#: Lower floors that are tried for speech.
LOW_FLOORS = tuple(round(0.06 + 0.01 * step, 2) for step in range(30))
#: Floors that are tried, and the F1 of attributed quotes decides.
FLOORS = tuple(round(0.2 + 0.02 * step, 2) for step in range(16))


@dataclass(frozen=True, slots=True)
class Read:
    """An article read by both sides, with its gold."""

    gold: GoldArticle
    parse: Parse
    proposed: tuple[Candidate, ...]
    rules: tuple[Any, ...]
    readings: tuple[Any, ...]
    marks: tuple[Any, ...]
    paragraphs: tuple[Span, ...]


def read_all(articles: Sequence[GoldArticle], docs: Iterable[Any], model: Model) -> list[Read]:
    """What rules and model propose in each article; `docs` are parsed, and their entities are not looked at."""
    found = []
    for gold, doc in zip(articles, docs, strict=True):
        parse = nameless(parse_of(doc))
        paragraphs = paragraphs_of(parse.text)
        marks = quotations(parse.text, paragraphs)
        rules = detect(parse)
        readings, _ = model.read(parse, found_in(parse, rules), marks, paragraphs, doc._.zones)
        proposed = candidates(parse, rules, readings, marks, paragraphs)
        found.append(Read(gold, parse, tuple(proposed), tuple(rules), tuple(readings), tuple(marks), tuple(paragraphs)))
    return found


def right(read: Read) -> list[bool]:
    """Of each candidate whether its content matches a gold one and its source that one's. A quote without cue and source counts when it
    stands in a gold content: PolNeAR joins it to the quote before."""
    gold, text = read.gold.attributions, read.parse.text
    pairs = match([each.content for each in gold], [each.attribution.contents for each in read.proposed], text)
    good = {j for i, j in pairs if sources_meet(gold[i].source, source_of(read.proposed[j].attribution), text)}
    marked = characters([span for each in gold for span in each.content], text)
    return [
        number in good or (each.attribution.floating and characters(each.attribution.contents, text) <= marked)
        for number, each in enumerate(read.proposed)
    ]


def source_of(each: Attribution) -> tuple[Span, ...]:
    """The spans of an attribution's source, none where it has none."""
    return each.source.spans if each.source else ()


def fitted(reads: Sequence[Read], strength: float = 1.0) -> Weights:
    """The regressions' weights by kind and feature. Raises TrainingError when there is too little to fit them on."""
    from sklearn.linear_model import LogisticRegression

    rows: dict[str, list[tuple[dict[str, float], bool]]] = {kind: [] for kind in KINDS}
    for read in reads:
        for each, good in zip(read.proposed, right(read), strict=True):
            if each.attribution.floating:
                continue
            kind, features = described(each)
            rows[kind].append((features, good))
    weights: Weights = {}
    for kind, judged in rows.items():
        if len(judged) < ENOUGH or len({good for _, good in judged}) < 2:
            raise TrainingError(
                f"{len(judged)} quotes found by {kind} in the text set aside are too few to measure confidence on; train on more"
            )
        names = list(judged[0][0])
        regression = LogisticRegression(C=strength, max_iter=2000)
        regression.fit(np.array([[features[name] for name in names] for features, _ in judged]), np.array([good for _, good in judged]))
        weights[kind] = {
            "bias": round(float(regression.intercept_[0]), 4),
            **{name: round(float(weight), 4) for name, weight in zip(names, regression.coef_[0], strict=True)},
        }
    return weights


def best_floors(reads: Sequence[Read], weights: Weights) -> Floors:
    """The confidence below which quotes are left out, by what they are (`joining.floor_of`).

    For all of them the one that serves best by the F1 of attributed quotes. For speech without quotation marks as low a one as costs no
    more than `PRICE`, since who asks for speech wants all of it, and what is unsure is marked.
    """

    def same(floor: float) -> Floors:
        return dict.fromkeys(CLASSES, floor)

    def f1(floors: Floors) -> float:
        return scores_by_kind(reads, weights, floors)["all"]["f1"]

    best = max(map(same, FLOORS), key=f1)
    least = f1(best) - PRICE
    lower = ({**best, "speech": floor} for floor in LOW_FLOORS if floor < best["speech"])
    return next((floors for floors in lower if f1(floors) >= least), best)


def scores_by_kind(reads: Sequence[Read], weights: Weights, floors: Floors) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 (0 to 1) of attributed quotes, of all and of those with and without quotation marks, and gold counts.

    A quote that is right is of its gold content's kind; what else was found is of its own.
    """
    kinds = ("all", "with marks", "without marks")
    good, wanted, given = (dict.fromkeys(kinds, 0) for _ in range(3))
    for read in reads:
        found = [each for each, _ in kept(read.proposed, weights, floors)]
        gold, text = read.gold.attributions, read.parse.text
        pairs = match([each.content for each in gold], [each.contents for each in found], text)
        right = {j: i for i, j in pairs if sources_meet(gold[i].source, source_of(found[j]), text)}
        gold_kinds = [kinds[1] if is_direct(each.content, text) else kinds[2] for each in gold]
        for j, each in enumerate(found):
            kind = gold_kinds[right[j]] if j in right else kinds[1] if is_direct(each.contents, text) else kinds[2]
            for name in ("all", kind):
                given[name] += 1
                good[name] += j in right
        for kind in gold_kinds:
            for name in ("all", kind):
                wanted[name] += 1
    return {
        kind: {
            "precision": good[kind] / max(1, given[kind]),
            "recall": good[kind] / max(1, wanted[kind]),
            "f1": 2 * good[kind] / max(1, given[kind] + wanted[kind]),
            "gold": wanted[kind],
        }
        for kind in kinds
    }
