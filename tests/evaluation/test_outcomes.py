"""Every figure of a model as counts by article, and what can be made of them."""

from dataclasses import replace

import pytest
from gold_samples import TEXT, at, quote

from quotes.corpora.gold import Attribution, Corpus
from quotes.evaluation import Predictions, outcome_of, read_corpus
from quotes.evaluation.outcomes import agrees
from quotes.evaluation.report import estimates

FOUND = quote("“The weir held,”", "Ines Duarte", cue="said")
SAID = Attribution("E1", at("“The weir held,”"), at("said"))
BELIEVED = Attribution("E2", at("that rain will return"), at("believe"))


@pytest.fixture
def corpus(gold) -> Corpus:
    """The same article twice."""
    return Corpus("salin/dev", (gold, replace(gold, name="weir2")), "0")


def found(corpus, model="rules", **quotes):
    return outcome_of(corpus, Predictions({name: [each] for name, each in quotes.items()}, {}), model)


def test_measures_are_the_figures_of_the_scores(corpus):
    """By article and all in all; of a figure of recall only recall is measured."""
    outcome = found(corpus, weir=FOUND)

    assert outcome.scores[""].figures["attributed"].f1 == outcome.measures["attributed.f1"].value == 0.4
    assert [each.gold for each in outcome.by_article[""]] == [2, 2]
    assert {name for name in outcome.measures if name.startswith("speech_recall")} == {"speech_recall.recall"}


def test_acts_are_measured_only_where_several_are_annotated(corpus):
    """Where all is speech, nothing can be taken for it."""
    assert found(corpus, weir=FOUND).measures["act_speech.agreed"].value == 1.0
    assert not any(name.startswith("act_") for name in found(replace(corpus, acts=frozenset({"speech"}))).measures)


def test_confidence_is_compared_with_what_is_right(corpus):
    """One right and one false, both given 0.9."""
    outcome = found(corpus, weir=FOUND, weir2=quote("shrugged", cue="clerk"))

    assert outcome.measures["calibration.error"].value == pytest.approx(0.4)
    assert outcome.measures["sure.precision"].value == 0.5


def test_every_figure_has_its_interval_and_its_difference(corpus):
    """A figure that means nothing has neither; a model that finds more everywhere differs in every draw."""
    outcome = found(corpus, weir=FOUND)

    assert estimates(outcome)["attributed.recall"].interval == (0.0, 0.5)
    assert estimates(outcome)["act_intent.agreed"].interval is None
    change = estimates(found(corpus, "better", weir=FOUND, weir2=FOUND), found(corpus))["attributed.recall"]
    assert (change.value, change.differs_from_0) == (0.5, True)


def test_passages_are_counted_one_by_one(passages):
    """How many are right, in how many the contents are, and false quotes where there are none."""
    outcome = outcome_of(read_corpus(passages), Predictions({"b": [FOUND]}, {}), "rules")

    assert {name: measure.value for name, measure in outcome.measures.items()} == {
        "passages.right": 0,
        "passages.contents_right": 1,
        "passages.false_in_negatives": 1,
    }


@pytest.mark.parametrize(
    ("act", "gold", "agreed"),
    [
        ("speech", SAID, True),
        ("thought", SAID, False),
        ("speech", BELIEVED, False),
        ("intent", BELIEVED, True),
        ("intent", replace(BELIEVED, act="thought"), False),
        ("thought", replace(SAID, act="thought"), True),
        ("speech", replace(SAID, cue=()), None),
        ("speech", replace(SAID, cue=(), act="speech"), True),
    ],
)
def test_gold_acts_go_before_the_words_of_the_cue(act, gold, agreed):
    """Without either nobody knows; by words alone, only speech is told from the rest."""
    assert agrees(act, gold, TEXT) is agreed
