"""How often names, titles and institutions of speakers are right, by how they were read: `lexicons/speaker_confidence.tsv`, from gold.

    python -m quotes.evaluation.speaker_calibration CORPUS [--split dev] > quotes/lexicons/speaker_confidence.tsv
    python -m quotes.evaluation.speaker_calibration CORPUS --check

CORPUS has its speakers annotated. The share of each kind of evidence is drawn towards the share of all by `PRIOR` imagined cases. With
`--check` it prints how far the stored confidences are from what is right there: the expected calibration error of each part.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from quotes.corpora.gold import Corpus, GoldSpeaker
from quotes.evaluation.calibration import PRIOR
from quotes.evaluation.name_matching import near_any, same_name
from quotes.evaluation.prediction import Predictions
from quotes.evaluation.reliability import calibration_error, reliability
from quotes.evaluation.scores import match
from quotes.nlp.speakers.speaker_confidence import Part, affiliation_evidence, name_evidence
from quotes.records import Affiliation, Quote, Span, main_affiliations

#: One judged value: which part, by what evidence, the confidence it was given, and whether it is right.
Judged = tuple[Part, str, float, bool]


def judged(corpus: Corpus, predictions: Predictions) -> Iterator[Judged]:
    """Every name, title and institution that was given to a quote which a gold one matches and whose true speaker is known."""
    for gold in corpus.articles:
        quotes = predictions.quotes.get(gold.name, ())
        pairs = match([each.content for each in gold.attributions], [quote.spans for quote in quotes], gold.article.text)
        for i, j in pairs if gold.speakers_known else ():
            speaker = gold.attributions[i].speaker
            if speaker is not None and quotes[j].speaker is not None:
                yield from _parts(quotes[j], speaker)


def _parts(quote: Quote, gold: GoldSpeaker) -> Iterator[Judged]:
    speaker = quote.speaker
    if speaker is None:
        return
    mention: Sequence[Span] = quote.mention.spans if quote.mention else ()
    named = name_evidence(speaker.name, speaker.kind, quote.mention.text if quote.mention else None)
    right = same_name(speaker.name, gold.name, gold.kind)
    yield "name", named, speaker.confidence.name or 0.0, right
    main = main_affiliations(speaker.affiliations)
    for each in _first(main, "title"):
        sure = speaker.confidence.title or 0.0
        yield "title", affiliation_evidence(each.title_span, mention, named), sure, right and near_any(each.title or "", gold.titles)
    for each in _first(main, "institution"):
        sure = speaker.confidence.institution or 0.0
        evidence = affiliation_evidence(each.institution_span, mention, named)
        yield "institution", evidence, sure, right and near_any(each.institution or "", gold.institutions)


def _first(affiliations: Iterable[Affiliation], part: str) -> list[Affiliation]:
    return [each for each in affiliations if getattr(each, part)][:1]


def table(values: Iterable[Judged]) -> Iterator[str]:
    """The rows of the lexicon: part, evidence (`*` for any), share and cases."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for part, evidence, _, right in values:
        for key in ((str(part), evidence), (str(part), "*")):
            counts[key][0] += right
            counts[key][1] += 1
    for (name, evidence), (good, cases) in sorted(counts.items()):
        every = counts[name, "*"]
        share = (good + PRIOR * every[0] / every[1]) / (cases + PRIOR)
        yield f"{name}\t{evidence}\t{share:.2f}\t{cases}"


def errors(values: Iterable[Judged]) -> Iterator[str]:
    """A line for each part: how many were given, how many right, and the calibration error."""
    by_part: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for part, _, sure, right in values:
        by_part[part].append((sure, right))
    for name, given in by_part.items():
        share = sum(right for _, right in given) / len(given)
        yield f"{name}: {len(given)} given, {share:.1%} right, calibration error {calibration_error(reliability(given)):.3f}"


def main(arguments: list[str]) -> None:
    """Print the table for a corpus, or with `--check` the errors: PATH [--split NAME] [--check]."""
    import quotes
    from quotes.evaluation import predict, read_corpus

    split = arguments[arguments.index("--split") + 1] if "--split" in arguments else "dev"
    corpus = read_corpus(Path(arguments[0]), split=split)
    if not isinstance(corpus, Corpus) or not any(each.speakers_known for each in corpus.articles):
        raise SystemExit(f"{arguments[0]}: nobody annotated who speaks there; name a corpus with speakers")
    values = list(judged(corpus, predict(corpus, quotes.load())))
    if "--check" in arguments:
        print("\n".join(errors(values)))
        return
    print(f"# Share of the names, titles and institutions of speakers that were right, by how they were read, on {corpus.name}.")
    print("# Source: python -m quotes.evaluation.speaker_calibration CORPUS. Licence: Apache-2.0.")
    print("# part <TAB> evidence, or * for any <TAB> share <TAB> cases")
    print("\n".join(table(values)))


if __name__ == "__main__":
    main(sys.argv[1:])
