"""Hard cases: right as a whole, or what is wrong."""

import pytest
from gold_samples import person, quote

from quotes.evaluation import Predictions, outcome_of, read_corpus
from quotes.evaluation.passage_scores import judge, plain

RIGHT = quote("“The weir held,”", speaker=person("Ines Duarte", "the harbour master"))


@pytest.fixture
def case(passages):
    return read_corpus(passages).cases[0]


THOUGHT, SPOKEN = quote("rain will return", act="thought"), quote("rain will return")
WRONG = quote("“The weir held,”", speaker=person("Duarte", None, "Port"))


@pytest.mark.parametrize(
    ("quotes", "faults"),
    [([RIGHT], []), ([WRONG], ["speaker", "title", "institution"]), ([RIGHT, THOUGHT], []), ([RIGHT, SPOKEN], ["false quote"])],
    ids=["right", "wrong name, missing title, institution where none belongs", "thoughts beside", "speech beside"],
)
def test_each_fault_is_named(case, quotes, faults):
    """Marks, case and a leading article do not count."""
    assert judge(case, quotes) == faults
    assert plain(" “The Weir\n held,” ") == "weir held"


def test_the_whole_set_is_counted(passages):
    """Passages right, contents found, and false quotes where there is nothing to find."""
    outcome = outcome_of(read_corpus(passages), Predictions({"a": [RIGHT], "b": [quote("held")]}, {}), "rules")

    assert outcome.totals == {"right": 1, "contents_right": 2, "false_in_negatives": 1}
