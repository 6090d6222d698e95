"""Figures that must not fall."""

from dataclasses import replace

import pytest
from gold_samples import quote

from quotes.corpora.gold import Corpus
from quotes.errors import CorpusError
from quotes.evaluation import Predictions, outcome_of, read_corpus
from quotes.evaluation.floors import fallen, figures_to_hold, pin, read_floors


@pytest.fixture
def outcome(gold):
    """What gives one of two quotes, and what gives none."""

    def of(*quotes, name="salin", digest="abc"):
        return outcome_of(Corpus(name, (gold, replace(gold, name="weir2")), digest), Predictions({"weir": quotes}, {}), "rules")

    return of


@pytest.fixture
def pinned(tmp_path):
    """The floors that an outcome sets."""

    def floors(outcome):
        pin(tmp_path / "floors.json", [outcome])
        return read_floors(tmp_path / "floors.json")

    return floors


RIGHT = quote("“The weir held,”", "Ines Duarte", cue="said")


def test_f1_and_recall_are_pinned_rounded_down(outcome, passages):
    """2/3 is 66.66, never 66.67, or the run that pinned it would fail; passages are pinned as numbers."""
    figures = figures_to_hold(outcome(RIGHT, quote("rain will return", "Officials", cue="believe")))

    assert (figures["attributed"], figures["direct_quote"], figures["speech_recall"]) == (66.66, 66.66, 50.0)
    assert figures_to_hold(outcome_of(read_corpus(passages), Predictions({}, {}), "rules")) == {"right": 1, "contents_right": 1}


def test_a_figure_below_its_floor_is_named(outcome, pinned):
    """The run that pinned the floors stands on them, and so does a better one."""
    floors = pinned(outcome(RIGHT))

    assert list(fallen(floors, outcome(RIGHT))) == []
    assert "salin: quote is 0.0, below its floor of 40.0" in list(fallen(floors, outcome()))
    assert list(fallen(pinned(outcome()), outcome(RIGHT))) == []


def test_another_processor_may_round_the_model_otherwise(outcome, pinned):
    floors = pinned(outcome(RIGHT))
    floors["salin"]["figures"]["quote"] += 0.3
    assert list(fallen(floors, outcome(RIGHT))) == []
    floors["salin"]["figures"]["quote"] += 0.1
    assert len(list(fallen(floors, outcome(RIGHT)))) == 1


def test_another_corpus_is_not_compared_with_these_floors(outcome, pinned):
    """Neither one under another name nor one whose files changed."""
    floors = pinned(outcome())

    assert "no floors are pinned" in next(fallen(floors, outcome(name="other")))
    assert "not the corpus" in next(fallen(floors, outcome(digest="xyz")))


@pytest.mark.parametrize("content", ["", "[]", '{"salin": 3}', '{"salin": {"digest": 1, "figures": {}}}', None])
def test_what_are_no_floors_is_refused(tmp_path, content):
    """In one line that names the file, and says how to make one."""
    path = tmp_path / "floors.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CorpusError, match=r"floors\.json: (not a|no such) file of floors.*--pin"):
        read_floors(path)
