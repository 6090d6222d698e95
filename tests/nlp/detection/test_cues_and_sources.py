import pytest
from treebank import parse

from quotes.nlp.detection.cues import find_cues, why_unuttered
from quotes.nlp.detection.sources import is_passive_verb, noun_phrase, source_of_noun, source_of_verb, subject_of


def token(text, word):
    return parse(text).words.index(word)


def cues(text):
    """The printed words of every cue with the part of speech it was read as."""
    each = parse(text)
    return [(" ".join(each.words[at] for at in cue.tokens), cue.part) for cue in find_cues(each)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Imre said that the well was dry.", [("said", "verb")]),
        ("“It is full,” Odile shot back.", [("shot back", "verb")]),
        ("Imre made the claim that the well was dry.", [("claim", "noun")]),
        ("Imre was adamant that the well was dry.", [("adamant", "adjective")]),
        ("Odile said that Imre said the well was dry.", [("said", "verb"), ("said", "verb")]),
        ("The storm passed.", []),
    ],
)
def test_cues_are_found_in_order(text, expected):
    """Verbs with their particles, nouns, adjectives."""
    assert cues(text) == expected


@pytest.mark.parametrize(
    ("text", "verb", "why"),
    [
        ("Imre said that the well was dry.", "said", None),
        ("Imre did not say that the well was dry.", "say", "negated"),
        ("Imre never said that the well was dry.", "said", "negated"),
        ("Imre would say that the well was dry.", "say", "modal"),
        ("If Imre says the well is dry, they will leave.", "says", "condition"),
        ("Imre declined to say why the well was dry.", "say", "infinitive"),
        ("That is to say, the well was dry.", "say", "infinitive"),
        ("Farmers who say the well is dry are wrong.", "say", "generic"),
        ("Say the well is dry.", "Say", "imperative"),
        ("Imre has said the well is dry.", "said", None),
        ("Imre will say the well is dry.", "say", None),
    ],
)
def test_speech_that_did_not_happen_says_why(text, verb, why):
    """A statement to come is one all the same."""
    assert why_unuttered(parse(text), token(text, verb)) == why


def test_a_passive_is_told_from_a_perfect():
    """ "was told" and "has said"."""
    told = "Owners were told by the council that the well was dry."
    said = "Imre has said the well is dry."

    assert is_passive_verb(parse(told), token(told, "told"))
    assert not is_passive_verb(parse(said), token(said, "said"))


@pytest.mark.parametrize(
    ("text", "verb", "source"),
    [
        ("Imre said that the well was dry.", "said", "Imre"),
        ("Owners were told by the council that the well was dry.", "told", "the council"),
        ("“The well is dry,” said Imre.", "said", "Imre"),
        ("Imre shrugged, saying the well was dry.", "saying", "Imre"),
        ("Imre stood up and said the well was dry.", "said", "Imre"),
        ("A report saying the well was dry has been lost.", "saying", "A report"),
        ("Odile issued a statement saying she had resigned.", "saying", "Odile"),
        ("Imre on Thursday said the well was dry.", "said", "Imre"),
        ("Owners were told that the well was dry.", "told", None),
    ],
)
def test_the_source_of_a_verb_is_who_says_it(text, verb, source):
    """Its subject, its agent, or whoever it inherits."""
    found = source_of_verb(parse(text), token(text, verb))

    assert (found and " ".join(text[start:end] for start, end in found.spans)) == source


@pytest.mark.parametrize(
    ("text", "noun", "source"),
    [
        ("Imre’s claim that the well was dry upset the mayor.", "claim", "Imre"),
        ("Imre made the claim that the well was dry.", "claim", "Imre"),
        ("The claim by Imre that the well was dry upset the mayor.", "claim", "Imre"),
        ("The claim that the well was dry is false.", "claim", None),
    ],
)
def test_the_source_of_a_noun_is_whose_it_is(text, noun, source):
    """The possessive mark is no part of it."""
    found = source_of_noun(parse(text), token(text, noun), set())

    assert (found and " ".join(text[start:end] for start, end in found.spans)) == source


def test_it_and_there_without_meaning_are_no_subject():
    text = "There is a well."

    assert subject_of(parse(text), token(text, "is")) is None


def test_a_source_knows_its_head_and_all_its_tokens():
    text = "Imre Fodor, an engineer at Tarn Water, said the well was dry."
    found = noun_phrase(parse(text), token(text, "Fodor"))

    assert parse(text).words[found.head] == "Fodor"
    assert {parse(text).words[each] for each in found.tokens} >= {"Imre", "engineer", "Tarn"}
