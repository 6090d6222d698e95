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


def rows(*outcomes, **options):
    """The lines of a report, their cells one blank apart."""
    return [" ".join(line.split()) for line in report(outcomes, **options).splitlines()]


def test_one_model_gives_per_cent_with_intervals(outcome):
    """A row a figure, as the measures are written everywhere; of a figure of recall only recall means something."""
    lines = rows(outcome)

    assert lines[0] == "salin/dev: 2 articles, 4 gold attributions; predicted: 1 by rules; figures in per cent"
    assert lines[1] == "P R F1"
    assert "attributed 100.0 [100.0–100.0] 25.0 [0.0–50.0] 40.0 [0.0–66.7]" in lines
    assert any(line.startswith("speech_recall – ") and line.endswith(" –") for line in lines)
    assert lines[-1].endswith("95% intervals from 1,000 bootstrap draws of articles")


def test_the_default_view_stands_beside_all_rows(outcome):
    """The same figures of what readers meet first; intervals can be left out, and then nothing is said of draws."""
    lines = rows(outcome, with_intervals=False)
    at = next(
        number for number, line in enumerate(lines) if line.startswith("default view (speech at a confidence of 0.5 and above), 2 gold")
    )

    assert "attributed 100.0 25.0 40.0" in lines[:at]
    assert "attributed 100.0 50.0 66.7" in lines[at:]
    assert "[" not in "".join(lines)
    assert outcome.measures["default:attributed.recall"].value == 0.5


def test_the_report_says_what_confidence_and_acts_are_worth(outcome):
    """In tenths, with the rule for quotes without a cue; acts with their counts, and a word on what is not known."""
    lines = rows(outcome)

    assert "0.9–1.0 1 0.90 100.0%" in lines
    assert any(line.startswith("calibration error 0.100 [") and "of 1 quotes of confidence 0.9 and above 100.0" in line for line in lines)
    assert any(line.endswith(FLOATING) for line in lines)
    assert {"speech 1 1 1 100.0 100.0", "intent 0 0 0 – –", NO_ACTS} <= set(rows(outcome, with_intervals=False))


def test_models_stand_below_each_other(outcome, better):
    """And the difference from the first, marked where its interval leaves out 0."""
    lines = rows(outcome, better)
    at = lines.index("attributed rules 100.0 [100.0–100.0] 25.0 [0.0–50.0] 40.0 [0.0–66.7]")

    assert "predicted: 1 by rules, 2 by joined" in lines[0]
    assert lines[at + 1].startswith("attributed joined 100.0 [100.0–100.0] 50.0 [50.0–50.0] ")
    assert lines[at + 2].startswith("less rules +0.0 [+0.0, +0.0] +25.0 [+0.0, +50.0] ")
    assert any(line.startswith("calibration.error joined 0.100") for line in lines)
    assert [line for line in lines if line.endswith(":")] == ["salin/dev, rules:", "salin/dev, joined:"]


def test_a_clear_difference_is_marked(corpus, better):
    """What means nothing has none."""
    nothing = outcome_of(corpus, Predictions({}, {}), "rules")

    assert any(line.startswith("less rules – +50.0 [+50.0, +50.0] * ") for line in rows(nothing, better))


def test_passages_are_reported_as_numbers(cases):
    """With what is wrong in each; the same model twice differs in nothing."""
    assert rows(cases)[:5] == ["cases: 2 passages", "passages", "right 1 [0–2]", "contents_right 1 [0–2]", "false_in_negatives 0 [0–0]"]
    both = rows(cases, replace(cases, model="other"))
    assert "less rules +0 [+0, +0]" in both
    assert both.count("a: content") == 2


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
