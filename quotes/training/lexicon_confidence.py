"""The tables of confidence of the rules in `lexicons/`, measured on a gold corpus.

    python -m quotes.training.lexicon_confidence attributions CORPUS --split train > quotes/lexicons/confidence.tsv
    python -m quotes.training.lexicon_confidence speakers CORPUS > quotes/lexicons/speaker_confidence.tsv

The first has, for each construction and act, the share of attributions that are right (see `evaluation/reliability.py`); the second, for
each kind of evidence, the share of names, titles and institutions that are; it needs a corpus with annotated speakers. Shares are smoothed
towards the overall share by `PRIOR` pseudo-counts. `quotes evaluate` reports the calibration.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from quotes.corpora.gold import Corpus, GoldSpeaker
from quotes.errors import CorpusError
from quotes.evaluation.name_matching import near_any, same_name
from quotes.evaluation.reliability import are_right
from quotes.evaluation.scores import match
from quotes.extract import quotes_of
from quotes.nlp.parsing.clean_tokenizer import make_doc
from quotes.nlp.speakers.speaker_confidence import PARTS, Evidence
from quotes.records import Quote

#: Pseudo-counts of the overall share, added to each row.
PRIOR = 8
#: The least number of cases for a row of an act; with fewer, the share over all acts is used.
ENOUGH = 20

#: The two keys of a case, and whether it was right.
Case = tuple[str, str, bool]
Row = tuple[str, str, float, int]


def attributions(corpus: Corpus, nlp: Any) -> Iterator[Case]:
    """Each attribution's construction and act; acts that the corpus does not annotate are left out."""
    by_text = {gold.article.text: gold for gold in corpus.articles}
    for doc in nlp.pipe(by_text):
        pairs = zip(doc._.attributions, quotes_of(doc), strict=True)
        found = [(values, quote) for values, quote in pairs if corpus.acts is None or quote.act in corpus.acts]
        right = are_right(by_text[doc.text], [quote for _, quote in found])
        yield from ((values["evidence"], values["act"], each) for (values, _), each in zip(found, right, strict=True))


def speakers(corpus: Corpus, nlp: Any) -> Iterator[Case]:
    """Each name, title and institution given to a quote that matches a gold one whose speaker is known, and how it was read."""
    known = [gold for gold in corpus.articles if gold.speakers_known]
    for gold, doc in zip(known, nlp.pipe(make_doc(nlp, gold.article.text, gold.article.zones) for gold in known), strict=True):
        quotes = quotes_of(doc)
        for i, j in match([each.content for each in gold.attributions], [quote.spans for quote in quotes], gold.article.text):
            if (speaker := gold.attributions[i].speaker) is not None:
                yield from parts_of(quotes[j], doc._.evidence[j], speaker)


def parts_of(quote: Quote, evidence: Evidence, gold: GoldSpeaker) -> Iterator[Case]:
    """The name, title and institution of a quote's speaker, each with its evidence; with a wrong name the other two are wrong too."""
    if (speaker := quote.speaker) is None:
        return
    right = same_name(speaker.name, gold.name, gold.kind)
    judged = (right, right and near_any(speaker.title or "", gold.titles), right and near_any(speaker.institution or "", gold.institutions))
    yield from ((part, how, good) for part, how, good in zip(PARTS, evidence, judged, strict=True) if how is not None)


def smoothed(cases: Iterable[Case], *, over_all: bool = False, enough: int = 0) -> list[Row]:
    """Each pair, with "*" for any second part, its share of right cases and how many there are.

    Shares are smoothed towards that of ("*", "*") if `over_all`, else of the first part. Pairs of fewer cases than `enough` are left out.
    """
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for first, second, right in cases:
        for key in ((first, second), (first, "*"), *([("*", "*")] if over_all else [])):
            counts[key][0] += right
            counts[key][1] += 1
    rows = []
    for (first, second), (good, number) in sorted(counts.items()):
        good_of_all, all_of_all = counts["*" if over_all else first, "*"]
        if second == "*" or number >= enough:
            rows.append((first, second, round((good + PRIOR * good_of_all / all_of_all) / (number + PRIOR), 2), number))
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table for a corpus."""
    import quotes
    from quotes.corpora import read_corpus
    from quotes.pipeline import RULES

    parser = argparse.ArgumentParser(prog="python -m quotes.training.lexicon_confidence", description=__doc__)
    parser.add_argument("table", choices=["attributions", "speakers"])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--split", default="dev")
    options = parser.parse_args(arguments)
    corpus = read_corpus(options.corpus, split=options.split)
    if not isinstance(corpus, Corpus):
        raise CorpusError(f"{options.corpus}: passages without annotated sources cannot calibrate; name a corpus of articles")
    print(f"# Share that was right on {corpus.name}.")
    print(f"# Source: python -m quotes.training.lexicon_confidence {options.table} CORPUS --split {options.split}. Licence: Apache-2.0.")
    if options.table == "attributions":
        print("# construction <TAB> act, or * for any <TAB> share")
        rows = smoothed(attributions(corpus, quotes.load(model=RULES)), over_all=True, enough=ENOUGH)
    else:
        print("# part <TAB> evidence, or * for any <TAB> share <TAB> cases")
        rows = smoothed(speakers(corpus, quotes.load()))
    for first, second, share, number in rows:
        print(first, second, f"{share:.2f}", *([number] if options.table == "speakers" else []), sep="\t")


if __name__ == "__main__":
    main()
