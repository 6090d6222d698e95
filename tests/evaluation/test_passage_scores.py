"""Hard cases: right as a whole, or what is wrong."""

import pytest
from gold_samples import person, quote

from quotes.evaluation import read_corpus
from quotes.evaluation.passage_scores import judge, judge_cases, plain

RIGHT = quote("“The weir held,”", speaker=person("Ines Duarte", "the harbour master"))


@pytest.fixture
def case(passages):
    return read_corpus(passages).cases[0]


def test_marks_case_and_a_leading_article_do_not_count(case):
    """The words do."""
    assert judge(case, [RIGHT]) == []
    assert plain(" “The Weir\n held,” ") == "weir held"


def test_each_fault_is_named(case):
    """A wrong name, a missing title, an institution where none belongs."""
    wrong = quote("“The weir held,”", speaker=person("Duarte", None, "Port"))

    assert judge(case, [wrong]) == ["speaker", "title", "institution"]


def test_a_quote_of_speech_too_many_is_false(case):
    """One of thought is not: passages hold speech."""
    assert judge(case, [RIGHT, quote("rain will return", act="thought")]) == []
    assert judge(case, [RIGHT, quote("rain will return")]) == ["false quote"]


def test_the_whole_set_is_counted(passages):
    """Passages right, contents found, and false quotes where there is nothing to find."""
    scores = judge_cases(read_corpus(passages), {"a": [RIGHT], "b": [quote("held")]})

    assert scores.totals == {"right": 1, "contents_right": 2, "false_in_negatives": 1}
