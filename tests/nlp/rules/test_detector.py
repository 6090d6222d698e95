import pytest
from treebank import doc_of, parse, resolved

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.parsing.sentence_starts import layout_component, start_sentences
from quotes.nlp.rules.detect import detect, detector, fit_to_layout
from quotes.nlp.speakers.resolver import resolver

SAID = "“The well is dry,” Imre said."
FLOATS = "“We will leave.” It took Imre a day to decide."


def only(text):
    (each,) = detect(parse(text))
    return each


@pytest.mark.parametrize("kind", ["byline", "timestamp", "section", "boilerplate"])
def test_nobody_speaks_in_furniture(kind):
    assert fit_to_layout(only(SAID), parse(SAID), [(kind, 0, len(SAID))]) is None


@pytest.mark.parametrize("kind", ["body", "caption", "headline", "subhead"])
def test_somebody_may_speak_elsewhere(kind):
    assert fit_to_layout(only(SAID), parse(SAID), [(kind, 0, len(SAID))]) == only(SAID)


@pytest.mark.parametrize("kind", ["headline", "subhead"])
def test_a_heading_in_marks_is_no_floating_quote(kind):
    """Titles are printed in marks."""
    assert fit_to_layout(only(FLOATS), parse(FLOATS), [(kind, 0, len(FLOATS))]) is None


def test_a_dateline_is_no_part_of_what_was_said():
    text = "TARN — The well is dry, Imre said."
    fit = fit_to_layout(only(text), parse(text), [("dateline", 0, 7)])

    assert text[slice(*fit.contents[0])] == "The well is dry"


@pytest.mark.parametrize("text", [SAID, FLOATS, "The well, Imre said, is dry."])
def test_an_attribution_comes_back_from_its_plain_values(text):
    each = only(text)
    tokens = each.source.tokens if each.source else frozenset()

    assert Attribution.from_plain(each.as_plain(), tokens) == each


def test_the_resolver_turns_attributions_into_quotes():
    (quote,) = resolved(SAID)

    assert quote["text"] == "“The well is dry,”"
    assert quote["cue"] == {"text": "said", "spans": ((24, 28),)}
    assert quote["mention"] == {"text": "Imre", "spans": ((19, 23),)}
    assert quote["speaker"]["name"] == "Imre"
    assert quote["zone"] == "body"


def test_a_quote_says_in_which_zone_it_stands():
    doc = doc_of(SAID)
    doc._.zones = (("caption", 0, len(SAID)),)

    assert [quote["zone"] for quote in resolver(detector(doc))._.quotes] == ["caption"]


def blank(text):
    import spacy

    return spacy.blank("en").make_doc(text)


def test_a_sentence_starts_at_each_paragraph():
    doc = blank("Wells dry\n\nImre said so.\r\nHe left.")
    start_sentences(doc)

    assert [token.text for token in doc if token.is_sent_start] == ["Wells", "Imre", "He"]


def test_no_sentence_starts_at_white_space():
    doc = blank("Wells  dry \n\n  Imre said so.")
    start_sentences(doc)

    assert not any(token.is_sent_start for token in doc if token.is_space and token.i)


def test_no_sentence_starts_behind_an_abbreviated_rank():
    """The title would be cut off from its name."""
    doc = blank("“No,” said Det. Sgt. Imre Fodor of Tarn.")
    start_sentences(doc)

    assert [token.text for token in doc if token.is_sent_start is False] == ["Sgt", "Imre"]


def test_zones_that_the_reader_brought_are_kept():
    doc = blank("Imre Fodor\n\nThe well is dry.")
    doc._.zones = (("caption", 0, 10),)

    assert layout_component(doc)._.zones == (("caption", 0, 10),)


def test_zones_are_marked_where_the_reader_brought_none():
    text = "Wells run dry\n\nBy Odile Fenn, Tarn News\n\nThe well is dry, Imre said.\n"

    assert ("byline", "By Odile Fenn, Tarn News") in [(kind, text[start:end]) for kind, start, end in layout_component(blank(text))._.zones]
