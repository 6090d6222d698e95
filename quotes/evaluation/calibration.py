"""How often each construction of the rules is right: the table of `lexicons/confidence.tsv`, measured on a gold corpus.

    python -m quotes.evaluation.calibration POLNEAR --split train > quotes/lexicons/confidence.tsv

A construction's confidence is the share of its attributions that are right (see `reliability.py`), drawn towards the share of all by
`PRIOR` imagined cases, so that a rare one is not taken for sure. How the confidence fares is in the report of `quotes evaluate`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from quotes.corpora.gold import Corpus
from quotes.evaluation.reliability import are_right
from quotes.extract import quotes_of
from quotes.records import Act

#: Imagined cases with the share of all, added to each construction's own.
PRIOR = 8
#: Fewer than this of one act, and the construction's share over all acts stands for it.
ENOUGH = 20

Key = tuple[str, Act]


def outcomes(corpus: Corpus, nlp: Any) -> Iterator[tuple[Key, bool]]:
    """Each attribution's construction and act, and whether it was right; acts that the corpus does not annotate are left out."""
    by_text = {gold.article.text: gold for gold in corpus.articles}
    for doc in nlp.pipe(by_text):
        found = [
            (values, quote)
            for values, quote in zip(doc._.attributions, quotes_of(doc), strict=True)
            if corpus.acts is None or quote.act in corpus.acts
        ]
        right = are_right(by_text[doc.text], [quote for _, quote in found])
        for (values, _), each in zip(found, right, strict=True):
            yield (values["evidence"], values["act"]), each


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
    """Print the table for a corpus: PATH [--split NAME]."""
    from pathlib import Path

    import quotes
    from quotes.evaluation import read_corpus
    from quotes.pipeline import RULES

    split = arguments[arguments.index("--split") + 1] if "--split" in arguments else "train"
    corpus = read_corpus(Path(arguments[0]), split=split)
    if not isinstance(corpus, Corpus):
        raise SystemExit(f"{arguments[0]}: passages without annotated sources cannot calibrate; name a corpus of articles")
    print(f"# Share of a construction's attributions whose content and source were right, on {corpus.name}.")
    print("# Source: python -m quotes.evaluation.calibration CORPUS --split train. Licence: Apache-2.0.")
    print("# construction <TAB> act, or * for any <TAB> share")
    for (evidence, act), share in shares(outcomes(corpus, quotes.load(model=RULES))).items():
        print(f"{evidence}\t{act}\t{share:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
