"""What one model found in one corpus, with every figure as counts by article: reports, intervals and comparisons are made from this."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from quotes.corpora.gold import Attribution, Corpus, GoldArticle, HardCases
from quotes.errors import ArticleError
from quotes.evaluation.bootstrap import PARTS, Floats, Measure, share
from quotes.evaluation.passage_scores import judge
from quotes.evaluation.reliability import are_right, binned, error_of, sure_of
from quotes.evaluation.scores import PRF, Scores, default_view, is_speech, match, score_article, sources_meet
from quotes.records import ACTS, Act, Article, Quote, spans_of

if TYPE_CHECKING:
    from quotes.extract import Extracted

#: What is counted of the quotes of each act: all of them, those whose content matches a gold one, of these those whose gold act is known,
#: of these those that have this act; and of all, those that are attributed.
ACT_COUNTS = ("quotes", "matched", "known", "agreed", "attributed")
#: Before the names of figures of the default view.
DEFAULT = "default:"


@dataclass(frozen=True, slots=True)
class Predictions:
    """What was extracted, by the article's or passage's name; `failures` says why an article gave nothing (each counts as missed)."""

    quotes: Mapping[str, Sequence[Quote]]
    failures: Mapping[str, str]


def predict(corpus: Corpus | HardCases, extract: Callable[[Iterable[Article]], Iterator[Extracted]]) -> Predictions:
    """Extract from every text of the corpus, with `Extractor().extract` or the like; only acts that the corpus annotates are kept."""
    acts: Collection[Act] = (isinstance(corpus, Corpus) and corpus.acts) or ACTS
    quotes: dict[str, Sequence[Quote]] = {}
    failures: dict[str, str] = {}
    for name, (_, found) in zip(corpus.texts, extract(corpus.texts.values()), strict=True):
        if isinstance(found, ArticleError):
            failures[name] = str(found)
        else:
            quotes[name] = [quote for quote in found if quote.act in acts]
    return Predictions(quotes, failures)


@dataclass(frozen=True)
class CorpusOutcome:
    """A model on annotated articles."""

    model: str
    corpus: Corpus
    predictions: Predictions

    @cached_property
    def found(self) -> Sequence[tuple[GoldArticle, Sequence[Quote]]]:
        """Each gold article with the quotes that were predicted for it; none where extraction failed."""
        return [(gold, self.predictions.quotes.get(gold.name, ())) for gold in self.corpus.articles]

    @cached_property
    def by_article(self) -> Mapping[str, Sequence[Scores]]:
        """The scores of each article: of all quotes under "", of the default view under DEFAULT."""
        return {
            "": [score_article(gold, quotes) for gold, quotes in self.found],
            DEFAULT: [score_article(*default_view(gold, quotes)) for gold, quotes in self.found],
        }

    @cached_property
    def scores(self) -> Mapping[str, Scores]:
        """The same added up over the articles."""
        return {view: sum(each, Scores()) for view, each in self.by_article.items()}

    @cached_property
    def bins(self) -> Floats:
        """The quotes of each article by their confidence, as `reliability.binned` counts them."""
        return np.asarray(
            [binned(zip([quote.confidence for quote in quotes], are_right(gold, quotes), strict=True)) for gold, quotes in self.found]
        )

    @cached_property
    def acts(self) -> Mapping[Act, Floats]:
        """The counts of each act: (articles, ACT_COUNTS).

        Only acts that can be mistaken for one another: all that the corpus annotates, none where it annotates a single one.
        """
        acts = [act for act in ACTS if self.corpus.acts is None or act in self.corpus.acts]
        counts = [act_counts(gold, quotes) for gold, quotes in self.found]
        return {act: np.asarray([each[act] for each in counts]) for act in acts} if len(acts) > 1 else {}

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Every figure by its name: `attributed.f1`, `calibration.error`, `sure.precision`, `act_speech.agreed` and so on."""
        found = {}
        for view, scores in self.by_article.items():
            for figure in self.scores[""].figures:
                counts = np.asarray([each.figures.get(figure, PRF()) for each in scores], dtype=np.float64)
                for part, of in PARTS.items():
                    # Of a figure of recall, precision and F1 mean nothing.
                    if part == "recall" or not figure.endswith("_recall"):
                        found[f"{view}{figure}.{part}"] = Measure(counts, of)
        found |= {"calibration.error": Measure(self.bins, error_of), "sure.precision": Measure(sure_of(self.bins), share)}
        for act, counts in self.acts.items():
            for part, of_all in (("agreed", "known"), ("attributed", "quotes")):
                found[f"act_{act}.{part}"] = Measure(counts[:, [ACT_COUNTS.index(part), ACT_COUNTS.index(of_all)]], share)
        return found


@dataclass(frozen=True)
class CasesOutcome:
    """A model on passages that are right or wrong as a whole."""

    model: str
    corpus: HardCases
    predictions: Predictions

    @cached_property
    def faults(self) -> Mapping[str, Sequence[str]]:
        """What is wrong in each passage, by its id: a list of words, empty when nothing is."""
        return {case.id: judge(case, self.predictions.quotes.get(case.id, ())) for case in self.corpus.cases}

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Numbers of passages: wholly right, with every content right; false quotes in those that have none."""
        rows = {
            "right": [not wrong for wrong in self.faults.values()],
            "contents_right": ["content" not in wrong for wrong in self.faults.values()],
            "false_in_negatives": [0 if case.quotes else self.faults[case.id].count("false quote") for case in self.corpus.cases],
        }
        return {f"passages.{name}": Measure(np.asarray(row, np.float64)[:, None], lambda sums: sums[..., 0]) for name, row in rows.items()}

    @property
    def totals(self) -> dict[str, int]:
        """The same numbers by name: `right`, `contents_right`, `false_in_negatives`."""
        return {name.partition(".")[2]: int(each.value) for name, each in self.measures.items()}


Outcome = CorpusOutcome | CasesOutcome


def outcome_of(corpus: Corpus | HardCases, predictions: Predictions, model: str) -> Outcome:
    """What `model` found in the texts of the corpus, ready to be scored."""
    return (CorpusOutcome if isinstance(corpus, Corpus) else CasesOutcome)(model, corpus, predictions)  # type: ignore[arg-type]


def act_counts(gold: GoldArticle, quotes: Sequence[Quote]) -> Mapping[Act, Floats]:
    """For every act an array of counts of one article, in the order of `ACT_COUNTS`; `quotes` are the predictions."""
    text = gold.article.text
    counts = {act: np.zeros(len(ACT_COUNTS)) for act in ACTS}
    for quote in quotes:
        counts[quote.act][0] += 1
    for i, j in match([each.content for each in gold.attributions], [quote.spans for quote in quotes], text):
        attribution, quote = gold.attributions[i], quotes[j]
        agreed = agrees(quote.act, attribution, text)
        attributed = sources_meet(attribution.source, spans_of(quote.mention), text)
        counts[quote.act] += 0, 1, agreed is not None, bool(agreed), attributed
    return counts


def agrees(act: Act, gold: Attribution, text: str) -> bool | None:
    """Whether gold has this act; None where it does not say.

    Where nobody marked the act, the gold cue is of speech or not (`scores.is_speech`), and any act but speech agrees with one that is not.
    """
    if gold.act is not None:
        return act == gold.act
    return (act == "speech") == is_speech(gold, text) if gold.cue else None
