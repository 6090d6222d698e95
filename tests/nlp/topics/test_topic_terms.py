"""Noun phrases as topics: what tells the kind stays, in one form."""

from pathlib import Path

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from tagging import parsed

from quotes import lexicons
from quotes.nlp.topics.topic_names import find_names
from quotes.nlp.topics.topic_terms import find_terms, is_general, is_subject, plural, singular


def terms(text):
    doc, parse, mute = parsed(text)
    return [term.topic for term in find_terms(doc, parse, mute, find_names(parse, mute))]


@pytest.mark.parametrize(("text", "expected"), examples(Path(__file__).with_name("topic_terms.txt")))
def test_noun_phrases_of_a_tagged_text_are_topics(text, expected):
    assert [(topic,) for topic in terms(text)] == expected


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


@pytest.mark.parametrize(("noun", "general"), [("people", True), ("weeks", True), ("tariff", False)])
def test_general_nouns_are_general_in_either_number(noun, general):
    assert is_general(noun) is general


@pytest.mark.parametrize(("noun", "subject"), [("gun", True), ("guns", True), ("economic", False), ("week", False)])
def test_subjects_are_known_in_either_number(noun, subject):
    assert is_subject(noun) is subject


def test_no_subject_is_general():
    """A word cannot be a topic by itself and none."""
    assert lexicons.words("subjects.txt") & (lexicons.words("general_nouns.txt") | lexicons.words("light_nouns.txt")) == set()
