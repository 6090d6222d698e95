import pytest
from small_model import layout, reading
from treebank import parse

from quotes.nlp.detection.speech_acts import act_of, frame_of
from quotes.nlp.model.span_fitting import fit_prediction
from quotes.nlp.rules.detect import fit_to_layout


def found(text, content, cue, source="Imre"):
    """The parse of a text, and what a model that takes everything for speech reads in it."""
    each = parse(text)
    return each, fit_prediction(each, reading(each, content, cue, source), *layout(each))


@pytest.mark.parametrize(
    ("text", "content", "cue", "frame", "act"),
    [
        ("Imre ordered new pumps.", "new pumps", "ordered", "n", "other"),
        ("Imre offered a flat.", "a flat", "offered", "n", "other"),
        ("Imre praised the divers.", "the divers", "praised", "n", "other"),
        ("Imre criticised the council for its silence.", "the council for its silence", "criticised", "x", "speech"),
        ("Imre spoke of the drought.", "the drought", "spoke of", ":of", "other"),
        ("Imre agreed to repair the well.", "to repair the well", "agreed", "i", "intent"),
        ("Imre kvetched that the well was dry.", "the well was dry", "kvetched", "s", "speech"),
        ("Imre said the well was dry.", "the well was dry", "said", "s", "speech"),
    ],
)
def test_an_act_goes_by_the_cue_and_what_it_governs(text, content, cue, frame, act):
    """Things done, people praised and topics are no speech; an unknown verb with a that-clause is."""
    each, attribution = found(text, content, cue)

    assert frame_of(each, attribution) == frame
    assert act_of(each, attribution) == act


def test_what_stands_in_marks_was_said_whatever_the_verb_governs():
    """Marks are facts."""
    each, attribution = found("Imre praised the divers.", "the divers", "praised")

    assert act_of(each, attribution, marked=True) == "speech"


def test_who_is_cited_is_no_speech():
    """They are the source of what was reported."""
    text = "The well is dry, Tarn News reported, citing two officials."

    assert act_of(*found(text, "two officials", "citing", "Tarn News")) == "other"


def test_a_document_that_shows_something_says_it():
    """A person who shows something does not."""
    assert act_of(*found("Surveys showed the well was dry.", "the well was dry", "showed", "Surveys")) == "speech"


def test_according_to_and_a_colon_are_cues_of_speech():
    """No lexicon of verbs has them."""
    text = "According to Imre Fodor, the well is dry."

    assert act_of(*found(text, "the well is dry", "According to", "Imre Fodor")) == "speech"


def test_a_relative_pronoun_is_printed_with_what_it_stands_for():
    """ "Who" alone tells nobody who spoke."""
    each, attribution = found("Imre, who said the well was dry, left.", "the well was dry", "said", "who")
    (span,) = fit_to_layout(attribution, each, []).source.spans

    assert each.text[slice(*span)] == "Imre, who"
    assert each.words[fit_to_layout(attribution, each, []).source.head] == "Imre"
