"""The file of errors: each kind with its count, gold beside predicted, in the surroundings of the text."""

import pytest
from gold_samples import quote

from quotes.corpora.gold import Corpus
from quotes.evaluation import Predictions, outcome_of, read_corpus
from quotes.evaluation.error_file import error_lines


@pytest.fixture
def lines(gold):
    """A false quote, and everything missed."""
    found = Predictions({"weir": [quote("shrugged")]}, {"other": "too long"})
    return list(error_lines(outcome_of(Corpus("salin/dev", (gold,), "0"), found, "rules")))


def test_the_file_names_the_model(lines):
    """One section each, so that several can stand in one file."""
    assert [line for line in lines if line.startswith("# ")] == ["# salin/dev: errors of rules"]


def test_the_counts_stand_at_the_top(lines):
    """By kind, with how each is wrong, and what was not extracted at all."""
    assert "- missed: 2 (a gold quote that no prediction matches (half its characters shared)): nothing stands there 2" in lines
    assert any(line.startswith("- wrong cue: 0 (") and line.endswith(")") for line in lines)
    assert "- not extracted at all: other: too long" in lines


def test_the_file_shows_gold_and_prediction_in_their_place(lines):
    """A person sees the text around, what was marked, and what was found, with its confidence."""
    text = "\n".join(lines)

    assert "## missed: weir\n\n1. at 0–16: nothing stands there\n\n   > ⟦“The weir held,”⟧ said Ines Duarte" in text
    assert "gold: “The weir held,” | cue said | source Ines Duarte, the harbour master | speaker Ines Duarte (person)" in text
    assert "rules: shrugged | cue – | source – | direct speech | confidence 0.90" in text


def test_passages_show_what_was_expected(passages):
    """With counts of what is wrong, the whole passage, and what was found."""
    found = Predictions({"a": [quote("“The weir held,”")]}, {})
    text = "\n".join(error_lines(outcome_of(read_corpus(passages), found, "rules")))

    assert text.startswith("# cases: errors of rules\n\n- speaker: 1\n- title: 1\n\n## a: speaker, title\n\n   > “The weir held,”")
    assert "- expected: The weir held | Ines Duarte | harbour master | –" in text
    assert "- rules: “The weir held,” | cue – | source – | direct speech | confidence 0.90" in text
    assert "## b" not in text
