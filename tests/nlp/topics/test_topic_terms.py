"""Noun phrases as topics: what tells the kind stays, in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tagging import parsed

from quotes import lexicons
from quotes.nlp.topics.topic_names import find_names
from quotes.nlp.topics.topic_terms import find_terms, is_general, is_subject, plural, singular


def terms(text):
    doc, parse, mute = parsed(text)
    return [term.topic for term in find_terms(doc, parse, mute, find_names(parse, mute))]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("the/DT interest/NN rate/NN", "interest rates"),
        ("low/JJ interest/NN rates/NNS", "interest rates"),
        ("new/JJ steel/NN tariffs/NNS", "steel tariffs"),
        ("Climate/NN change/NN", "climate change"),
        ("foreign/JJ policy/NN", "foreign policy"),
        ("nuclear/JJ weapons/NNS", "nuclear weapons"),
        ("immigration/NN issue/NN", "immigration"),
        ("coal/NN debate/NN", "coal"),
        ("for/IN Syrian/JJ refugees/NNS", "Syrian refugees"),
        ("two/CD -/HYPH state/NN peat/NN bogs/NNS", "peat bog"),
        ("anti/JJ -/HYPH dumping/NN duties/NNS", "anti-dumping duty"),
        ("Senn/NNP/GPE peat/NN bogs/NNS", "Senn peat bog"),
        ("young/JJ voters/NNS", "voters"),
        ("economics/NNS", "economics"),
        ("the/DT minimum/JJ wage/NN", "minimum wage"),
        ("a/DT low/JJ wage/NN", "wages"),
    ],
)
def test_a_phrase_is_given_in_one_form(text, topic):
    """Determiners and degrees off, number folded, what adds nothing dropped."""
    assert terms(text) == [topic]


@pytest.mark.parametrize(
    "text",
    [
        "last/JJ week/NN",
        "people/NNS",
        "a/DT lot/NN",
        "his/PRP$ campaign/NN",
        "campaign/NN manager/NN",
        "senior/JJ adviser/NN",
        "my/PRP$ brother/NN",
        "Tuesday/NNP/DATE night/NN/I-DATE",
        "federal/JJ money/NN",
        "political/JJ issue/NN",
        "peat/JJ",
        "President/NNP Quist/NNP",
        "Mara/NNP/PERSON Quist/NNP/I-PERSON",
        "frontrunner/NN Mara/NNP/PERSON Quist/NNP/I-PERSON",
        "the/DT company/NN Tarn/NNP/ORG Water/NNP/I-ORG",
    ],
)
def test_what_nobody_would_ask_for_is_left_out(text):
    assert terms(text) == []


def test_an_adjective_that_may_not_tell_the_kind_stays_where_it_comes_back():
    """“Liquid peat” printed twice is a term."""
    assert terms("liquid/JJ peat/NN") == ["peat"]
    assert terms("liquid/JJ peat/NN and/CC liquid/JJ peat/NN") == ["liquid peat"] * 2


def test_what_follows_a_persons_name_must_come_back_to_be_a_term():
    """The tagger takes the verb in “Quist ploughs on” for a noun."""
    plough = "Quist/NNP/PERSON ploughs/NNS"

    assert terms(plough) == ["plough"]
    assert terms(f"{plough} and/CC {plough}") == ["Quist plough"] * 2


def test_a_long_phrase_that_is_printed_once_loses_its_adjectives():
    assert terms("regional/JJ coastal/JJ peat/NN bogs/NNS") == ["peat bog"]


def test_a_long_phrase_that_is_printed_again_stays():
    text = "regional/JJ coastal/JJ peat/NN bogs/NNS"

    assert terms(f"{text} and/CC {text}") == ["regional coastal peat bog"] * 2


def test_of_a_phrase_that_is_printed_once_a_subject_is_left():
    """More articles share “guns” than “gun laws”; what an article comes back to stays."""
    assert terms("gun/NN laws/NNS") == ["guns"]
    assert terms("gun/NN laws/NNS and/CC gun/NN laws/NNS") == ["gun laws"] * 2


def test_a_name_within_a_phrase_is_never_torn():
    text = "four/CD long/NN Tarn/NNP/ORG Water/NNP/I-ORG Board/NNP/I-ORG pump/NN valve/NN rows/NNS"

    assert all("Board" not in topic or "Tarn Water Board" in topic for topic in terms(text))


def test_a_subject_of_several_words_is_found_behind_others():
    assert terms("career/NN independent/JJ law/NN enforcement/NN") == ["law enforcement"]


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("rates", "rate"),
        ("policies", "policy"),
        ("taxes", "tax"),
        ("crises", "crisis"),
        ("women", "woman"),
        ("caucuses", "caucus"),
        ("series", "series"),
    ],
)
def test_plurals_have_singulars(many, one):
    assert singular(many) == one
    assert plural(one) == many


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1))
def test_a_singular_never_vanishes(noun):
    assert singular(noun)


def test_general_nouns_are_general_in_the_plural_too():
    assert is_general("people")
    assert is_general("weeks")
    assert not is_general("tariff")


def test_subjects_are_known_in_either_number():
    assert is_subject("gun")
    assert is_subject("guns")
    assert not is_subject("economic")
    assert not is_subject("week")


def test_no_subject_is_general():
    """A word cannot be a topic by itself and none."""
    assert lexicons.words("subjects.txt") & (lexicons.words("general_nouns.txt") | lexicons.words("light_nouns.txt")) == set()
