"""The confidence of rules and model together: a logistic regression fitted on text that neither was trained on.

Platt scaling (1999) with several features: the probability that a candidate's content and source are both right, from what the model and
the rules say of it, its act, its source and its cue (`nlp/model/confidence.py`).

    python -m quotes.training.confidence_fitting MODEL CORPUS...

fits the regression of a trained model again on corpora that it has not seen; of a corpus that it was trained on, the articles set aside
are used.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from quotes.corpora.gold import Corpus, GoldArticle
from quotes.errors import TrainingError
from quotes.evaluation.reliability import right_among
from quotes.evaluation.scores import PRF, is_direct, match, sources_meet
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import find_quotations, paragraphs_of
from quotes.nlp.model.confidence import Candidate, candidate_confidence, confidence_features
from quotes.nlp.model.features import rule_roles
from quotes.nlp.model.inference import Model
from quotes.nlp.model.merging import candidates, resolve_conflicts
from quotes.nlp.parsing.parse import Parse, parse_of
from quotes.nlp.rules.detect import detect
from quotes.records import Act, Span
from quotes.training.examples.prepare import as_read, is_set_aside, nameless, parsed

Weights = dict[str, float]
#: The least number of candidates for the regression.
ENOUGH = 150
#: The confidence below which quotes are dropped: of these, one in eight is right.
FLOOR = 0.2
#: The inverse strength of the regularisation, of standardised features.
STRENGTH = 0.1


@dataclass(frozen=True, slots=True)
class Read:
    """An article with the candidates of rules and model, and its gold, of which only quotes of some `acts` are annotated (None: of all)."""

    gold: GoldArticle
    parse: Parse
    proposed: tuple[Candidate, ...]
    acts: frozenset[Act] | None = None


def read_all(articles: Sequence[GoldArticle], docs: Iterable[Any], model: Model, *, acts: frozenset[Act] | None = None) -> list[Read]:
    """The candidates of rules and model in each article; `docs` are parsed, and their entities are not used."""
    found = []
    for gold, doc in zip(articles, docs, strict=True):
        parse = nameless(parse_of(doc))
        paragraphs = paragraphs_of(parse.text)
        marks = find_quotations(parse.text, paragraphs)
        rules = detect(parse)
        predictions, _, _ = model.predict(parse, rule_roles(parse, rules), marks, paragraphs, doc._.zones)
        found.append(Read(gold, parse, tuple(candidates(parse, rules, predictions, marks, paragraphs)), acts))
    return found


def right(read: Read) -> list[bool]:
    """Whether each candidate is right, as `evaluation/reliability.py` has it."""
    found = [(each.contents, _source(each), each.floating) for each in (one.attribution for one in read.proposed)]
    return right_among(read.gold, found, read.parse.text)


def _source(each: Attribution) -> tuple[Span, ...]:
    return each.source.spans if each.source else ()


def fitted(reads: Iterable[Read]) -> Weights:
    """The weight of each feature, not standardised. Quotes without a cue, and acts that are not annotated, are left out.

    Raises TrainingError when there are too few candidates.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    judged = [
        (confidence_features(read.parse, each), good)
        for read in reads
        for each, good in zip(read.proposed, right(read), strict=True)
        if not each.attribution.floating and (read.acts is None or each.attribution.act in read.acts)
    ]
    if len(judged) < ENOUGH or len({good for _, good in judged}) < 2:
        raise TrainingError(f"{len(judged)} quotes found in the text set aside are too few to measure confidence on; train on more")
    names = list(judged[0][0])
    values = np.array([[features[name] for name in names] for features, _ in judged])
    scaler = StandardScaler().fit(values)
    regression = LogisticRegression(C=STRENGTH, max_iter=5000).fit(scaler.transform(values), np.array([good for _, good in judged]))
    slopes = regression.coef_[0] / scaler.scale_
    bias = float(regression.intercept_[0] - slopes @ scaler.mean_)
    return {"bias": round(bias, 4), **{name: round(float(slope), 4) for name, slope in zip(names, slopes, strict=True)}}


def scores_by_kind(reads: Sequence[Read], weights: Weights, floor: float = FLOOR) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 (0 to 1) of attributed quotes, of all and of those with and without quotation marks, and gold counts.

    A quote that is right is of its gold content's kind; what else was found is of its own.
    """
    counts = dict.fromkeys(("all", "with marks", "without marks"), PRF())
    for read in reads:
        found = [
            each for each, _ in resolve_conflicts([(one, candidate_confidence(read.parse, one, weights)) for one in read.proposed], floor)
        ]
        found = [each for each in found if read.acts is None or each.act in read.acts]
        gold, text = read.gold.attributions, read.parse.text
        pairs = match([each.content for each in gold], [each.contents for each in found], text)
        right = {i: j for i, j in pairs if sources_meet(gold[i].source, _source(found[j]), text)}
        judged = [(each.content, PRF(tp=1) if i in right else PRF(fn=1)) for i, each in enumerate(gold)]
        judged += [(each.contents, PRF(fp=1)) for j, each in enumerate(found) if j not in right.values()]
        for content, one in judged:
            for kind in ("all", "with marks" if is_direct(content, text) else "without marks"):
                counts[kind] += one
    return {kind: {**each.parts, "gold": each.tp + each.fn} for kind, each in counts.items()}


def main(arguments: Sequence[str]) -> None:
    """Fit the confidence of the model in a folder again: MODEL CORPUS..."""
    import quotes
    from quotes.corpora import read_corpus
    from quotes.training.card import card_of

    folder, *paths = map(Path, arguments)
    model, nlp = Model(folder), quotes.load(model="rules")
    learned = {each["digest"] for each in model.settings["corpora"]}
    reads: list[Read] = []
    fitted_on: list[dict[str, Any]] = []
    for path in paths:
        corpus = read_corpus(path, split="train")
        if not isinstance(corpus, Corpus):
            raise TrainingError(f"{path}: passages without spans cannot be learned from; name annotated articles")
        unseen = [as_read(gold) for gold in corpus.articles if corpus.digest not in learned or is_set_aside(gold, len(corpus.articles))]
        reads += read_all(unseen, parsed(nlp, [gold.article for gold in unseen]), model, acts=corpus.acts)
        name = corpus.name if "/" in corpus.name else f"{path.resolve().parent.name}/{corpus.name}"
        fitted_on.append({"name": name, "digest": corpus.digest, "articles": len(unseen)})
    model.settings |= measured(reads) | {"confidence fitted on": fitted_on}
    write_settings(folder, model.settings)
    (folder / "README.md").write_text(card_of(model.settings), encoding="utf-8")


def write_settings(folder: Path, settings: dict[str, Any]) -> None:
    """Write the `model.json` of a model's folder."""
    (folder / "model.json").write_text(json.dumps(settings, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def measured(reads: Sequence[Read], weights: Weights | None = None) -> dict[str, Any]:
    """Confidence weights, floor and scores for `model.json`, from articles new to the model; `weights` are fitted if not given."""
    weights = fitted(reads) if weights is None else weights
    return {"confidence": weights, "floor": FLOOR, "scores": scores_by_kind(reads, weights)}


if __name__ == "__main__":
    main(sys.argv[1:])
