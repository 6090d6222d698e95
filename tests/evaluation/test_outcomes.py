"""Every figure of a model as counts by article, and what can be made of them."""

from dataclasses import replace

import pytest
from gold_samples import quote

from quotes.corpora.gold import Corpus
from quotes.evaluation import Predictions, differences, intervals, outcome_of, read_corpus
from quotes.evaluation.outcomes import CorpusOutcome

FOUND = quote("“The weir held,”", "Ines Duarte", cue="said")


@pytest.fixture
def corpus(gold) -> Corpus:
    """The same article twice."""
    return Corpus("salin/dev", (gold, replace(gold, name="weir2")), "0")


def found(corpus, model="rules", **quotes) -> CorpusOutcome:
    return outcome_of(corpus, Predictions({name: [each] for name, each in quotes.items()}, {}), model)


def test_measures_are_the_figures_of_the_scores(corpus):
    """By article and all in all."""
    outcome = found(corpus, weir=FOUND)

    assert outcome.scores.figures["attributed"].f1 == outcome.measures["attributed.f1"].value == 0.4
    assert [each.gold for each in outcome.by_article] == [2, 2]


def test_of_a_figure_of_recall_only_recall_is_measured(corpus):
    """Its precision means nothing."""
    assert {name for name in found(corpus).measures if name.startswith("speech_recall")} == {"speech_recall.recall"}


def test_acts_are_told_only_where_several_are_annotated(corpus):
    """Where all is speech, nothing can be taken for it."""
    assert found(corpus, weir=FOUND).measures["act_speech.agreed"].value == 1.0
    assert not any(name.startswith("act_") for name in found(replace(corpus, acts=frozenset({"speech"}))).measures)


def test_confidence_is_held_against_what_is_right(corpus):
    """One right and one false, both given 0.9."""
    outcome = found(corpus, weir=FOUND, weir2=quote("shrugged", cue="clerk"))

    assert outcome.measures["calibration.error"].value == pytest.approx(0.4)
    assert (outcome.sure, outcome.measures["sure.precision"].value) == (2, 0.5)


def test_intervals_stand_by_the_name_of_their_figure(corpus):
    """Those that mean nothing are left out."""
    known = intervals(found(corpus, weir=FOUND))

    assert (known["attributed.recall"].low, known["attributed.recall"].high) == (0.0, 0.5)
    assert "act_intent.agreed" not in known


def test_a_model_that_finds_more_everywhere_differs_from_one_that_finds_nothing(corpus):
    """In every draw."""
    change = differences(found(corpus, "better", weir=FOUND, weir2=FOUND), found(corpus))["attributed.recall"]

    assert (change.value, change.clear) == (0.5, True)


def test_passages_are_counted_one_by_one(passages):
    """How many are right, in how many the contents are, and false quotes where there are none."""
    outcome = outcome_of(read_corpus(passages), Predictions({"b": [FOUND]}, {}), "rules")

    assert {name: measure.value for name, measure in outcome.measures.items()} == {
        "passages.right": 0,
        "passages.contents_right": 1,
        "passages.false_in_negatives": 1,
    }
