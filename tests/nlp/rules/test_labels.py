import pytest
from treebank import parse

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import paragraphs_of
from quotes.nlp.rules.detect import detect
from quotes.nlp.rules.labels import find_labelled_speech, turn_confidence
from quotes.records import SURE, Span

INTERVIEW = "The hearing\n\nHALE: Is the well dry?\n\nFODOR: It is dry.\n\nHALE: Since when?"


def found(text):
    return [
        (text[each.start : each.contents[-1].end], text[each.source.spans[0].start : each.source.spans[-1].end])
        for each in find_labelled_speech(parse(text), paragraphs_of(text))
    ]


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("Wells to run dry by May: study", "Wells to run dry by May", "study"),
        ("Wells to run dry by May: officials", "Wells to run dry by May", "officials"),
        ("Imre Fodor: wells to run dry by May", "wells to run dry by May", "Imre Fodor"),
        ("Minister: wells to run dry by May", "wells to run dry by May", "Minister"),
    ],
)
def test_a_headline_names_its_source_on_one_side_of_a_colon(text, content, source):
    assert found(text) == [(content, source)]


@pytest.mark.parametrize(
    "text",
    [
        "Drought: what you need to know",
        "The wells of Tarn: a history",
        "The well is dry. The mayor left: nobody knows why.",
        "Live: wells run dry: latest",
    ],
)
def test_a_colon_that_names_nobody_is_no_label(text):
    assert found(text) == []


def test_only_the_first_paragraph_is_a_headline():
    assert found("The wells of Tarn.\n\nWells to run dry by May: officials") == []


def test_the_turns_of_a_conversation_are_its_speakers():
    """Names in capitals, one of whom speaks twice."""
    assert found(INTERVIEW) == [("Is the well dry?", "HALE"), ("It is dry", "FODOR"), ("Since when?", "HALE")]


def test_a_transcript_that_is_quoted_as_a_whole_has_its_turns():
    text = 'The hearing\n\n"HALE: Is the well dry?\n\n"FODOR: It is dry.\n\n"HALE: Since when?"'

    assert [text[each.source.spans[0].start : each.source.spans[0].end] for each in detect(parse(text)) if each.source] == [
        "HALE",
        "FODOR",
        "HALE",
    ]


def test_a_list_with_labels_is_no_conversation():
    """Nobody comes twice."""
    assert found("The results\n\nTARN: Three wells.\n\nMARROW: Two wells.\n\nUPLAND: One well.") == []


def test_a_text_without_a_paragraph_has_no_label():
    assert find_labelled_speech(parse("Imre said the well was dry."), []) == []


@pytest.mark.parametrize(("evidence", "sure"), [("label:question", False), ("label:answer", True), ("label:transcript", True)])
def test_what_an_interviewer_asks_is_no_sure_quote(evidence, sure):
    """It is the article's own voice; answers and turns of a transcript are quotes."""
    turn = Attribution((Span(3, 9),), (Span(1, 2),), None, "speech", evidence)

    assert (turn_confidence(turn) >= SURE) == sure
