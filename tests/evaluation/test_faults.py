"""The file of errors: each kind told apart, gold beside predicted."""

from gold_samples import person, quote

from quotes.evaluation.faults import find_faults
from quotes.evaluation.gold import Corpus
from quotes.evaluation.prediction import Predictions
from quotes.evaluation.report import error_lines, table
from quotes.evaluation.scores import score_article

DIRECT = "“The weir held,”"
SURE = person("Ines Duarte", "harbour master", "Port of Salin")


def kinds(gold, *quotes):
    return [fault.kind for fault in find_faults(gold, quotes) if fault.gold is None or fault.gold.id == "E1"]


def test_nothing_found_is_missed(gold):
    """Both gold attributions, in the order of the text."""
    assert [(fault.kind, fault.gold.id) for fault in find_faults(gold, [])] == [("missed", "E1"), ("missed", "E2")]


def test_a_right_quote_has_no_fault(gold):
    """Span, source, name, title and institution are right."""
    assert kinds(gold, quote(DIRECT, "Ines Duarte", speaker=SURE)) == []


def test_a_quote_of_nothing_is_false(gold):
    """It touches no gold content, so there is no gold beside it."""
    assert kinds(gold, quote(DIRECT, "Ines Duarte", speaker=SURE), quote("shrugged")) == ["false"]


def test_a_wrong_source_and_a_wrong_name_are_two_faults(gold):
    """Each has its own cause, so each is told."""
    assert kinds(gold, quote(DIRECT, "Officials", speaker=person("Joana Reis"))) == ["wrong source", "wrong speaker name"]


def test_a_span_that_is_off_is_a_fault_of_its_own(gold):
    """More words than gold has, though enough of them to match."""
    assert kinds(gold, quote("“The weir held,” said", "Ines Duarte", speaker=SURE)) == ["wrong span"]


def test_title_and_institution_are_faults_under_the_right_name(gold):
    """Missing and wrong alike."""
    speaker = person("Ines Duarte", None, "Weather Office")

    assert kinds(gold, quote(DIRECT, "Ines Duarte", speaker=speaker)) == ["wrong title", "wrong institution"]


def test_the_file_shows_gold_and_prediction_in_their_place(gold):
    """A person sees the text around, what was marked, and what was found."""
    corpus = Corpus("salin/dev", (gold,), "0")
    lines = "\n".join(error_lines(corpus, Predictions({"weir": [quote("shrugged")]}, {"other": "too long"})))

    assert "- missed: 2 (" in lines
    assert "- not extracted at all: other: too long" in lines
    assert "> ⟦“The weir held,”⟧ said Ines Duarte" in lines
    assert "gold: “The weir held,” | cue said | source Ines Duarte, the harbour master | speaker Ines Duarte (person)" in lines
    assert "predicted: shrugged | cue – | source – | direct speech | confidence 0.90" in lines


def test_the_table_gives_per_cent(gold):
    """One line a figure, as the measures are written everywhere."""
    lines = table("salin/dev", score_article(gold, [quote(DIRECT, "Ines Duarte")])).splitlines()

    assert lines[0] == "salin/dev: 1 articles, 2 gold attributions, 1 predicted"
    assert "  attributed           P 100.0%  R  50.0%  F1  66.7%" in lines
