"""How often each construction of the rules is right: the table of `lexicons/confidence.tsv`, measured on a gold corpus.

    python -m quotes.evaluation.calibration POLNEAR --split train > quotes/lexicons/confidence.tsv
    python -m quotes.evaluation.calibration POLNEAR --split dev --check

The second holds the confidence that was given against what was right, in bins of a tenth, and prints the expected calibration error.

A construction's confidence is the share of its attributions whose content and source are both right (see `scores.match`), drawn
towards the share of all by `PRIOR` imagined cases, so that a rare one is not taken for sure. A floating quote has no source to be
right: it counts when it stands in a gold content, since PolNeAR joins it to the quote before.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.evaluation.gold import Corpus, GoldArticle
from quotes.evaluation.scores import characters, match, source_found
from quotes.extract import quotes_of
from quotes.records import Act

#: Imagined cases with the share of all, added to each construction's own.
PRIOR = 8
#: Fewer than this of one act, and the construction's share over all acts stands for it.
ENOUGH = 20

Key = tuple[str, Act]


@dataclass(frozen=True, slots=True)
class Bin:
    """Attributions of like confidence: how many, the mean confidence that they were given, and the share that was right."""

    count: int
    confidence: float
    right: float


def reliability(judged: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Given confidence (0 to 1) and outcome, gathered into bins of a tenth, empty ones left out."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in judged:
        bins[min(int(confidence * 10), 9)].append((confidence, right))
    return [
        Bin(len(each), sum(confidence for confidence, _ in each) / len(each), sum(right for _, right in each) / len(each))
        for _, each in sorted(bins.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error: the mean distance of confidence and share, weighted by count (Naeini, Cooper & Hauskrecht 2015)."""
    every = sum(each.count for each in bins)
    return sum(each.count * abs(each.confidence - each.right) for each in bins) / every if every else 0.0


def confidences(corpus: Corpus, nlp: Any) -> Iterator[tuple[float, bool]]:
    """Each quote's confidence and whether it was right; quotes of acts that the corpus does not annotate are left out."""
    by_text = {gold.article.text: gold for gold in corpus.articles}
    for doc in nlp.pipe(by_text):
        for values, (key, right) in zip(doc._.attributions, _judged(by_text[doc.text], doc, corpus.acts), strict=True):
            if corpus.acts is None or key[1] in corpus.acts:
                yield values["confidence"], right


def outcomes(corpus: Corpus, nlp: Any) -> Iterator[tuple[Key, bool]]:
    """Each attribution's construction and act, and whether it was right."""
    by_text = {gold.article.text: gold for gold in corpus.articles}
    for doc in nlp.pipe(by_text):
        yield from _judged(by_text[doc.text], doc, corpus.acts)


def _judged(gold: GoldArticle, doc: Any, acts: frozenset[Act] | None) -> Iterator[tuple[Key, bool]]:
    quotes, text = quotes_of(doc), gold.article.text
    scored = [number for number, quote in enumerate(quotes) if acts is None or quote.act in acts]
    pairs = match([each.content for each in gold.attributions], [quotes[number].spans for number in scored], text)
    right = {scored[j] for i, j in pairs if source_found(gold.attributions[i], quotes[scored[j]], text)}
    marked = characters([span for each in gold.attributions for span in each.content], text)
    for number, values in enumerate(doc._.attributions):
        floating = values["evidence"].startswith("floating") and characters(quotes[number].spans, text) <= marked
        yield (values["evidence"], values["act"]), number in right or floating


def shares(results: Iterator[tuple[Key, bool]]) -> dict[tuple[str, str], float]:
    """Construction and act (or "*" for any) to the share that was right, 0 to 1."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for (evidence, act), right in results:
        for key in ((evidence, act), (evidence, "*"), ("*", "*")):
            counts[key][0] += right
            counts[key][1] += 1
    return smoothed(counts)


def smoothed(counts: Mapping[tuple[str, str], list[int]]) -> dict[tuple[str, str], float]:
    """Counts of (right, all) as shares, drawn towards the share of all; acts too rare are left to their construction's "*"."""
    right, every = counts.get(("*", "*"), [0, 0])
    base = right / every if every else 0.0
    return {
        key: round((n_right + PRIOR * base) / (n + PRIOR), 2)
        for key, (n_right, n) in sorted(counts.items())
        if key[1] == "*" or n >= ENOUGH
    }


def main(arguments: list[str]) -> None:
    """Print the table for a corpus, or with --check how the shipped one fares on it: PATH [--split NAME] [--check]."""
    from pathlib import Path

    import quotes
    from quotes.evaluation import read_corpus

    split = arguments[arguments.index("--split") + 1] if "--split" in arguments else "train"
    corpus = read_corpus(Path(arguments[0]), split=split)
    if not isinstance(corpus, Corpus):
        raise SystemExit(f"{arguments[0]}: passages without annotated sources cannot calibrate; name a corpus of articles")
    if "--check" in arguments:
        bins = reliability(confidences(corpus, quotes.load()))
        for each in bins:
            print(f"{each.count:5d} quotes  confidence {each.confidence:.2f}  right {each.right:.2f}")
        print(f"expected calibration error {calibration_error(bins):.3f}")
        return
    print(f"# Share of a construction's attributions whose content and source were right, on {corpus.name}.")
    print("# Source: python -m quotes.evaluation.calibration CORPUS --split train. Licence: Apache-2.0.")
    print("# construction <TAB> act, or * for any <TAB> share")
    for (evidence, act), share in shares(outcomes(corpus, quotes.load())).items():
        print(f"{evidence}\t{act}\t{share:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
