"""The file of errors: each kind with its count, gold beside predicted, in the surroundings of the text."""

import pytest
from gold_samples import TEXT, at, person, quote

from quotes.corpora.gold import Corpus
from quotes.evaluation import Predictions, outcome_of, read_corpus
from quotes.evaluation.error_file import error_lines, find_faults, wrong_edges
from quotes.records import Span

DIRECT = "“The weir held,”"
SURE = person("Ines Duarte", "harbour master", "Port of Salin")
RIGHT = quote(DIRECT, "Ines Duarte", cue="said", speaker=SURE)
MISSED = ("missed", "E2", "nothing stands there")


@pytest.mark.parametrize(
    ("quotes", "faults"),
    [
        ([], [("missed", "E1", "nothing stands there")]),
        ([RIGHT], []),
        ([RIGHT, quote("shrugged")], [("false", None, "gold has nothing there")]),
        ([quote("held")], [("missed", "E1", "another stands there"), ("false", "E1", "gold has another there")]),
        (
            [quote(DIRECT, "Officials", cue="said", speaker=person("Joana Reis"))],
            [("wrong source", "E1", "stands elsewhere"), ("wrong speaker name", "E1", "")],
        ),
        ([quote("“The weir held,” said", "Ines Duarte", cue="said", speaker=SURE)], [("wrong edge", "E1", "ends late")]),
        ([quote(DIRECT, "Ines Duarte", cue="said Ines", speaker=SURE)], [("wrong cue", "E1", "more or fewer words")]),
        ([quote(DIRECT, "Ines Duarte", cue="shrugged", speaker=SURE)], [("wrong cue", "E1", "stands elsewhere")]),
        ([quote(DIRECT, None, speaker=SURE)], [("wrong source", "E1", "none given"), ("wrong cue", "E1", "none given")]),
        ([quote(DIRECT, "Ines Duarte", cue="said")], [("wrong speaker name", "E1", "none given")]),
        (
            [quote(DIRECT, "Ines Duarte", cue="said", speaker=person("Ines Duarte", None, "Weather Office"))],
            [("wrong title", "E1", "none given"), ("wrong institution", "E1", "")],
        ),
    ],
)
def test_each_error_is_of_a_kind_and_says_how_it_is_wrong(gold, quotes, faults):
    """The second gold quote is missed in every case."""
    found = [(fault.kind, fault.gold and fault.gold.id, fault.way) for fault in find_faults(gold, quotes)]

    assert MISSED in found
    assert [each for each in found if each != MISSED] == faults


@pytest.mark.parametrize(
    ("gold", "predicted", "way"),
    [
        (at("that rain will return"), at("rain will return"), ""),
        (at("rain will return"), at("will return"), "begins late"),
        (at("rain will return"), at("believe that rain will"), "begins early, ends early"),
        (at("rain") + at("return"), at("rain will return"), "other parts within"),
        ((Span(0, 1),), at("rain"), ""),
    ],
)
def test_a_wrong_edge_says_which(gold, predicted, way):
    """Punctuation and a leading “that” do not count."""
    assert wrong_edges(gold, predicted, TEXT) == way


def test_the_file_shows_gold_and_prediction_in_their_place(gold):
    """Under the model's name the counts, then the text around each error, what was marked, and what was found."""
    found = Predictions({"weir": [quote("shrugged")]}, {"other": "too long"})
    lines = list(error_lines(outcome_of(Corpus("salin/dev", (gold,), "0"), found, "rules")))
    text = "\n".join(lines)

    assert lines[0] == "# salin/dev: errors of rules"
    assert "- missed: 2 (a gold quote that no prediction matches (half its characters shared)): nothing stands there 2" in lines
    assert any(line.startswith("- wrong cue: 0 (") and line.endswith(")") for line in lines)
    assert "- not extracted at all: other: too long" in lines
    assert "## missed: weir\n\n1. at 0–16: nothing stands there\n\n   > ⟦“The weir held,”⟧ said Ines Duarte" in text
    assert "gold: “The weir held,” | cue said | source Ines Duarte, the harbour master | speaker Ines Duarte (person)" in text
    assert "rules: shrugged | cue – | source – | direct speech | confidence 0.90" in text


def test_passages_show_what_was_expected(passages):
    """With counts of what is wrong, the whole passage, and what was found."""
    found = Predictions({"a": [quote("“The weir held,”")]}, {})
    text = "\n".join(error_lines(outcome_of(read_corpus(passages), found, "rules")))

    assert text.startswith("# cases: errors of rules\n\n- speaker: 1\n- title: 1\n\n## a: speaker, title\n\n   > “The weir held,”")
    assert "- expected: The weir held | Ines Duarte | harbour master | –" in text
    assert "## b" not in text
