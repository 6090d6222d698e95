"""The tables, for one model and side by side, and the same for programs."""

import json
from dataclasses import replace

import pytest
from gold_samples import quote

from quotes.corpora.gold import Corpus
from quotes.evaluation import Predictions, outcome_of, read_corpus
from quotes.evaluation.report import FLOATING, NO_ACTS, as_json, report

FOUND = quote("“The weir held,”", "Ines Duarte", cue="said")


@pytest.fixture
def corpus(gold) -> Corpus:
    """The same article twice."""
    return Corpus("salin/dev", (gold, replace(gold, name="weir2")), "0")


@pytest.fixture
def outcome(corpus):
    """One quote found, in the first article."""
    return outcome_of(corpus, Predictions({"weir": [FOUND]}, {}), "rules")


@pytest.fixture
def better(corpus):
    """Found in both."""
    return outcome_of(corpus, Predictions({"weir": [FOUND], "weir2": [FOUND]}, {}), "joined")


@pytest.fixture
def cases(passages):
    """Nothing found in either passage."""
    return outcome_of(read_corpus(passages), Predictions({}, {}), "rules")


def test_one_model_gives_per_cent_with_intervals(outcome):
    """One line a figure, as the measures are written everywhere."""
    lines = report([outcome]).splitlines()

    assert lines[0] == "salin/dev: 2 articles, 4 gold attributions, 1 predicted"
    assert "  attributed           P 100.0% [100.0–100.0]  R  25.0% [0.0–50.0]  F1  40.0% [0.0–66.7]" in lines
    assert lines[-1].endswith("95% intervals from 1,000 bootstrap draws of articles")


def test_the_default_view_stands_beside_all_rows(outcome):
    """The same figures of what readers meet first."""
    lines = report([outcome], with_intervals=False).splitlines()
    at = lines.index("  default view, speech at a confidence of 0.5 and above: 2 gold attributions, 1 predicted")

    assert "  attributed           P 100.0%  R  50.0%  F1  66.7%" in lines[at:]
    assert outcome.measures["default:attributed.recall"].value == 0.5


def test_intervals_can_be_left_out(outcome):
    """The table is then as plain as it was, and says nothing of draws."""
    lines = report([outcome], with_intervals=False)

    assert "  attributed           P 100.0%  R  25.0%  F1  40.0%\n" in lines
    assert "[" not in lines


def test_the_report_says_what_the_confidence_is_worth(outcome):
    """In tenths, with the rule for quotes without a cue."""
    lines = report([outcome]).splitlines()

    assert "  0.9–1.0           1   0.90  100.0%" in lines
    assert any(line.startswith("  calibration error 0.100 [") and "of 1 quotes of confidence 0.9 and above 100.0" in line for line in lines)
    assert any(line.endswith(FLOATING) for line in lines)


def test_the_report_says_how_acts_fare(outcome):
    """With the counts, and a word on what is not known."""
    lines = report([outcome], with_intervals=False).splitlines()

    assert ["speech", "1", "1", "1", "100.0", "100.0"] in [line.split() for line in lines]
    assert ["intent", "0", "0", "0", "–", "–"] in [line.split() for line in lines]
    assert f"  {NO_ACTS}" in lines


def test_models_stand_side_by_side(outcome, better):
    """A column for each, and the difference from the first, marked where it is clear."""
    lines = report([outcome, better]).splitlines()

    assert lines[0] == "salin/dev: 2 articles, 4 gold attributions; predicted: 1 by rules, 2 by joined"
    assert lines[1].split() == ["figure", "rules", "joined", "less", "rules"]
    assert "attributed R 25.0 [0.0–50.0] 50.0 [50.0–50.0] +25.0 [+0.0, +50.0]" in [" ".join(line.split()) for line in lines]
    assert [line for line in lines if line.endswith(":")] == ["salin/dev, rules:", "salin/dev, joined:"]


def test_a_clear_difference_is_marked(corpus, better):
    """Its interval leaves out 0."""
    nothing = outcome_of(corpus, Predictions({}, {}), "rules")

    rows = [" ".join(line.split()) for line in report([nothing, better]).splitlines()]
    assert "attributed R 0.0 [0.0–0.0] 50.0 [50.0–50.0] +50.0 [+50.0, +50.0] *" in rows
    assert "attributed P – 100.0 [100.0–100.0] –" in rows


def test_passages_are_reported_as_numbers(cases):
    """With what is wrong in each."""
    lines = report([cases]).splitlines()

    assert lines[:3] == ["cases: 2 passages", "  a: content", "  1 of 2 passages wholly right [0–2]; 1 with every content right [0–2]"]


def test_passages_stand_side_by_side(cases):
    """The same model twice differs in nothing."""
    rows = [" ".join(line.split()) for line in report([cases, replace(cases, model="other")]).splitlines()]

    assert "passages right 1 [0–2] 1 [0–2] +0 [+0, +0]" in rows
    assert rows.count("a: content") == 2


def test_json_of_one_model_holds_counts_and_intervals(outcome):
    """Nothing in it but what JSON knows."""
    record = json.loads(json.dumps(as_json([outcome]), allow_nan=False))

    assert (record["model"], record["figures"]["attributed"]["tp"]) == ("rules", 1)
    assert record["intervals"]["attributed.recall"] == [0.0, 0.5]
    assert record["confidence"] == [{"low": 0.9, "count": 1, "confidence": 0.9, "right": 1.0}]
    assert record["acts"]["speech"] == {"quotes": 1, "matched": 1, "known": 1, "agreed": 1, "attributed": 1}


def test_json_of_several_models_holds_their_differences(outcome, better):
    """From the first; without intervals where none are wanted."""
    models = as_json([outcome, better])["models"]

    assert models["joined"]["differences"]["attributed.recall"] == {"first": "rules", "difference": 0.25, "interval": [0.0, 0.5]}
    assert "differences" not in models["rules"]
    plain = as_json([outcome, better], with_intervals=False)["models"]["joined"]
    assert plain["differences"]["attributed.recall"] == {"first": "rules", "difference": 0.25}
    assert "intervals" not in plain


def test_json_of_passages_names_the_wrong_ones(cases):
    """And what is wrong."""
    assert as_json([cases], with_intervals=False)["faults"] == {"a": ["content"]}
