import pytest
from small_model import layout, reading
from treebank import parse

from quotes.nlp.detection.speech_acts import is_excluded
from quotes.nlp.model.merging import candidates
from quotes.nlp.model.span_fitting import fit_prediction
from quotes.nlp.rules.detect import detect


def is_none(text, content, cue, source="Imre"):
    """Whether what a model reads in a text is no quote."""
    each = parse(text)
    return is_excluded(each, fit_prediction(each, reading(each, content, cue, source), *layout(each)), layout(each)[0])


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("“Where is the money?” Imre said nothing.", "Where is the money?", "said nothing", "Imre"),
        ("“Where is it?” Imre did not reply.", "Where is it?", "did not reply", "Imre"),
        ("“The well is dry.” Imre nodded.", "The well is dry.", "nodded", "Imre"),
        ("The motto is “The well is for all”.", "The well is for all", "motto is", None),
        ("The club’s motto was “The well is for all”.", "The well is for all", "was", "club’s motto"),
        ("They sang “Lights of Home”.", "Lights of Home", "sang", "They"),
        ("Imre asked not to be named.", "not to be named", "asked", "Imre"),
        ("Imre said the well was dry.", "the", "said", "Imre"),
    ],
)
def test_what_only_looks_like_a_quote_is_none(text, content, cue, source):
    """Answers that were not given, mottos, titles, words that say nothing alone."""
    assert is_none(text, content, cue, source) == (content != "the")


@pytest.mark.parametrize(
    ("text", "content", "cue"),
    [
        ("“Probably not,” Imre said.", "Probably not", "said"),
        ("“The well is dry,” deadpanned Imre.", "The well is dry", "deadpanned"),
        ("“It is full,” Odile shot back.", "It is full", "shot back"),
    ],
)
def test_what_is_attributed_is_a_quote(text, content, cue):
    """A "not" within the quotation denies no saying, and a comma leads to any verb."""
    assert not is_none(text, content, cue, source=None)


def test_who_says_nothing_is_not_the_speaker():
    """For the rules too: the quotation floats."""
    (each,) = detect(parse("“Where is the money?” Imre said nothing."))

    assert (each.floating, each.source) == (True, None)


def test_what_a_quoted_person_tells_of_others_takes_no_quotation_away():
    """The quotation without a cue stays whole, and the report within it is a quote of its own."""
    text = "“Odile said the well was dry.”"
    each = parse(text)
    found = candidates(each, detect(each), [reading(each, "the well was dry", source="Odile")], *layout(each))
    contents = [text[slice(*candidate.attribution.contents[0])] for candidate in found]

    assert sorted(contents, key=len) == ["the well was dry", text]
