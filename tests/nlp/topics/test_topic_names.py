"""Names as topics: the same bearer, the same string."""

import pytest
from tagging import parsed

from quotes.nlp.topics.topic_names import canonical_form, find_names, is_topic, short_name


def names(text, people=()):
    _, parse, mute = parsed(text)
    return [name.topic for name in find_names(parse, mute, people) if is_topic(name)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the/DT/ORG Fed/NNP/I-ORG", "Federal Reserve"),
        ("Fed/NNP/ORG", "Federal Reserve"),
        ("GOP/NNP/ORG", "Republican Party"),
        ("U.S./NNP/GPE", "United States"),
        ("Senn/NNP/GPE 's/POS/I-GPE", "Senn"),
        ("Dr./NNP/PERSON Mara/NNP/I-PERSON Quist/NNP/I-PERSON", "Mara Quist"),
        ("President/NNP/PERSON Mara/NNP/I-PERSON Quist/NNP/I-PERSON", "Mara Quist"),
        ("Mara/NNP/PERSON J./NNP/I-PERSON Quist/NNP/I-PERSON Jr./NNP/I-PERSON", "Mara Quist"),
        ("Trans/NNP/LAW -/HYPH/I-LAW Pacific/NNP/I-LAW Partnership/NNP/I-LAW", "Trans-Pacific Partnership"),
        ("Sennites/NNPS/NORP", "Sennites"),
    ],
)
def test_a_name_is_given_in_one_form(text, name):
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Sennish/JJ/NORP",
        "The/DT/ORG Marlow/NNP/I-ORG Herald/NNP/I-ORG",
        "State/NNP/ORG",
        "Tuesday/NNP/DATE",
        "’s/POS/ORG",
        "REDACTED/NNP/ORG",
    ],
)
def test_what_is_no_name_of_somebody_spoken_about_is_left_out(text):
    """Adjectives, the paper itself, common words with a capital, dates."""
    assert names(text) == []


def test_a_surname_is_made_whole():
    assert names("Mara/NNP/PERSON Quist/NNP/I-PERSON met/VBD Quist/NNP/PERSON") == ["Mara Quist", "Mara Quist"]


def test_a_first_name_alone_is_made_whole():
    assert names("Mara/NNP/PERSON Quist/NNP/I-PERSON met/VBD Mara/NNP/PERSON") == ["Mara Quist", "Mara Quist"]


def test_a_surname_of_two_people_is_the_one_who_was_named_first():
    """The other is named in full each time, to be told apart."""
    text = "Ida/NNP/PERSON Quist/NNP/I-PERSON met/VBD Mara/NNP/PERSON Quist/NNP/I-PERSON and/CC Mara/NNP/PERSON Quist/NNP/I-PERSON"

    assert names(f"{text} left/VBD Quist/NNP/PERSON")[-1] == "Ida Quist"


def test_a_name_is_not_its_owners():
    assert names("President/NNP/LAW Quist/NNP/I-LAW ’s/POS/I-LAW Peat/NNP/I-LAW Act/NNP/I-LAW") == ["Peat Act"]
    assert names("Quist/NNP/LAW ’s/POS/I-LAW Affordable/NNP/I-LAW Care/NNP/I-LAW Act/NNP/I-LAW") == ["Affordable Care Act"]
    assert names("Quist/NNP/ORG ’s/POS/I-ORG Bakery/NNP/I-ORG") == ["Quist’s Bakery"]


def test_people_known_by_their_quotes_make_surnames_whole():
    """The resolver knows more full names than the recogniser."""
    assert names("Quist/NNP/PERSON left/VBD", ["Mara J. Quist"]) == ["Mara Quist"]


def test_the_longer_name_of_a_person_gives_way_to_the_shorter_whole_one():
    long = "Mara/NNP/PERSON Rodham/NNP/I-PERSON Quist/NNP/I-PERSON"

    assert set(names(f"{long} met/VBD Mara/NNP/PERSON Quist/NNP/I-PERSON")) == {"Mara Quist"}


def test_a_surname_that_is_once_taken_for_a_body_is_the_persons():
    assert names("Mara/NNP/PERSON Quist/NNP/I-PERSON left/VBD Quist/NNP/ORG") == ["Mara Quist", "Mara Quist"]


def test_a_town_that_is_also_a_surname_stays_a_town():
    """Where it is mostly named as one."""
    assert names("Mara/NNP/PERSON Senn/NNP/I-PERSON left/VBD Senn/NNP/GPE") == ["Mara Senn", "Senn"]


def test_an_acronym_is_written_out():
    text = "Tarn/NNP/ORG Water/NNP/I-ORG Board/NNP/I-ORG met/VBD TWB/NNP/ORG"

    assert names(text) == ["Tarn Water Board", "Tarn Water Board"]


def test_an_acronym_that_nothing_is_written_out_for_stays():
    assert names("Tarn/NNP/ORG Water/NNP/I-ORG met/VBD QXB/NNP/ORG") == ["Tarn Water", "QXB"]


def test_muted_tokens_hold_no_names():
    _, parse, _ = parsed("Senn/NNP/GPE rose/VBD")

    assert find_names(parse, [True, False]) == []


@pytest.mark.parametrize(("name", "words"), [("Mara J. Quist Jr.", ("Mara", "Quist")), ("J. Quist", ("J.", "Quist")), ("", ())])
def test_a_person_is_called_without_initials_and_generation(name, words):
    assert short_name(name) == words


def test_a_name_that_no_list_has_is_filed_as_it_is():
    assert canonical_form(("Tarn", "Water")) == ("Tarn", "Water")
