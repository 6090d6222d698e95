"""Names as topics: the same bearer, the same string."""

from pathlib import Path

import pytest
from examples import examples
from tagging import parsed

from quotes.nlp.topics.topic_names import canonical_form, find_names, is_topic, short_name


def names(text, people=()):
    _, parse, mute = parsed(text)
    return [(name.topic,) for name in find_names(parse, mute, people) if is_topic(name)]


@pytest.mark.parametrize(("text", "expected"), examples(Path(__file__).with_name("topic_names.txt")))
def test_names_of_a_tagged_text_are_topics(text, expected):
    assert names(text) == expected


def test_people_known_by_their_quotes_make_surnames_whole():
    """The resolver knows more full names than the recogniser."""
    assert names("Quist/NNP/PERSON left/VBD", ["Mara J. Quist"]) == [("Mara Quist",)]


def test_muted_tokens_hold_no_names():
    _, parse, _ = parsed("Senn/NNP/GPE rose/VBD")

    assert find_names(parse, [True, False]) == []


@pytest.mark.parametrize(("name", "words"), [("Mara J. Quist Jr.", ("Mara", "Quist")), ("J. Quist", ("J.", "Quist")), ("", ())])
def test_a_person_is_called_without_initials_and_generation(name, words):
    assert short_name(name) == words


def test_a_name_that_no_list_has_is_filed_as_it_is():
    assert canonical_form(("Tarn", "Water")) == ("Tarn", "Water")
