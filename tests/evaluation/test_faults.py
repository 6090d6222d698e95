"""Errors by kind, each told apart from the others."""

import pytest
from gold_samples import TEXT, at, person, quote

from quotes.evaluation.faults import find_faults, wrong_edges
from quotes.records import Span

DIRECT = "“The weir held,”"
SURE = person("Ines Duarte", "harbour master", "Port of Salin")


def kinds(gold, *quotes):
    return [fault.kind for fault in find_faults(gold, quotes) if fault.gold is None or fault.gold.id == "E1"]


def test_nothing_found_is_missed(gold):
    """Both gold attributions, in the order of the text."""
    assert [(fault.kind, fault.gold.id) for fault in find_faults(gold, [])] == [("missed", "E1"), ("missed", "E2")]


def test_a_right_quote_has_no_fault(gold):
    """Span, source, name, title and institution are right."""
    assert kinds(gold, quote(DIRECT, "Ines Duarte", cue="said", speaker=SURE)) == []


def test_a_quote_of_nothing_is_false(gold):
    """It touches no gold content, so there is no gold beside it."""
    assert kinds(gold, quote(DIRECT, "Ines Duarte", cue="said", speaker=SURE), quote("shrugged")) == ["false"]


def test_a_wrong_source_and_a_wrong_name_are_two_faults(gold):
    """Each has its own cause, so each is told."""
    assert kinds(gold, quote(DIRECT, "Officials", cue="said", speaker=person("Joana Reis"))) == ["wrong source", "wrong speaker name"]


def test_a_span_that_is_off_is_a_fault_of_its_own(gold):
    """More words than gold has, though enough of them to match."""
    assert kinds(gold, quote("“The weir held,” said", "Ines Duarte", cue="said", speaker=SURE)) == ["wrong edge"]


@pytest.mark.parametrize(
    ("gold", "predicted", "ways"),
    [
        (at("that rain will return"), at("rain will return"), ()),
        (at("rain will return"), at("will return"), ("begins late",)),
        (at("rain will return"), at("believe that rain will"), ("begins early", "ends early")),
        (at("rain will"), at("rain will return"), ("ends late",)),
        (at("rain will") + at("return"), at("rain will return"), ("cut at other places",)),
        (at("rain") + at("return"), at("rain will return"), ("other words within",)),
        ((Span(0, 1),), at("rain"), ()),
    ],
)
def test_a_wrong_edge_says_which(gold, predicted, ways):
    """Either end, or the parts between them; punctuation and a leading “that” do not count."""
    assert wrong_edges(gold, predicted, TEXT) == ways


@pytest.mark.parametrize(("cue", "way"), [("said Ines", "more or fewer words"), ("shrugged", "stands elsewhere"), (None, "none given")])
def test_another_cue_is_a_fault_of_its_own(gold, cue, way):
    """It touches the gold one, or stands elsewhere, or nowhere."""
    faults = find_faults(gold, [quote(DIRECT, "Ines Duarte", cue=cue, speaker=SURE)])

    assert [(fault.kind, fault.ways) for fault in faults if fault.predicted] == [("wrong cue", (way,))]


def test_a_wrong_source_says_how(gold):
    """Another one, or none."""
    faults = find_faults(gold, [quote(DIRECT, "Officials", cue="said"), quote("rain will return", cue="believe")])

    assert [fault.ways for fault in faults if fault.kind == "wrong source"] == [("stands elsewhere",), ("none given",)]


def test_a_missed_quote_says_whether_another_stands_there(gold):
    """A piece too short to match is not nothing."""
    faults = find_faults(gold, [quote("held")])

    assert [(fault.kind, fault.ways) for fault in faults] == [
        ("missed", ("another stands there",)),
        ("false", ("gold has another there",)),
        ("missed", ("nothing stands there",)),
    ]


def test_title_and_institution_are_faults_under_the_right_name(gold):
    """Missing and wrong alike."""
    speaker = person("Ines Duarte", None, "Weather Office")

    assert kinds(gold, quote(DIRECT, "Ines Duarte", cue="said", speaker=speaker)) == ["wrong title", "wrong institution"]
