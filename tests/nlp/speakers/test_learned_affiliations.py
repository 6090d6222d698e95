"""Titles and institutions of a person out of what a model read at their mentions and what rules tell."""

from __future__ import annotations

import pytest
from tagging import tagged
from treebank import doc_of

from quotes.nlp.coreference.mentions import discourse_of
from quotes.nlp.model.affiliation_inference import Part
from quotes.nlp.parsing.parse import parse_of
from quotes.nlp.speakers.article_affiliations import Affiliation, ranked, with_past
from quotes.nlp.speakers.learned_affiliations import merge_learned
from quotes.nlp.titles.roles import Role
from quotes.records import Span

TEXT = "Odile Fenn, the former mayor of Tarn, met Imre Fodor, an engineer. The engineer said the well was dry."
FENN, FODOR = 1, 11


def said(words):
    """The span of the words' first place."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def affiliations(told, *parts, anchor=FENN, text=TEXT):
    """Titles and institutions of somebody in words; parts are (kind, words, chance), read at the token `anchor`."""
    parse = parse_of(doc_of(text))
    discourse = discourse_of(parse, ())
    for kind, words, chance in parts:
        start = parse.token_at(text.index(words))
        discourse.parts.setdefault(anchor, []).append(Part(anchor, kind, start, start + len(words.split()), chance))
    found = merge_learned(discourse, discourse.entity_at(anchor), told)
    return [tuple(span and text[span.start : span.end] for span in (each.title, each.institution)) for each in found]


MAYOR, HEAD = ("title", "mayor", 0.9), Affiliation(said("former mayor"), said("Tarn"), past=True)
SEMICOLON = "Odile Fenn left; an engineer said the well was dry."


@pytest.mark.parametrize(
    ("told", "parts", "expected"),
    [
        ((), [("title", "mayor", 0.8), ("institution", "Tarn", 0.8)], [("former mayor", "Tarn")]),
        ((HEAD,), [MAYOR, ("institution", "Tarn", 0.3)], [("former mayor", "Tarn")]),
        ((HEAD,), [MAYOR], [("former mayor", None)]),
        ((Affiliation(said("engineer"), None),), [MAYOR], [("former mayor", None), ("engineer", None)]),
        ((Affiliation(said("mayor"), said("Tarn")), Affiliation(said("mayor"), None)), [], [("mayor", "Tarn")]),
        ((), [("institution", "Tarn", 0.98)], [(None, "Tarn")]),
        ((Affiliation(said("engineer"), said("well")),), [("institution", "Tarn", 0.99)], [("engineer", "well")]),
    ],
    ids=[
        "what is over, with the institution beside it",
        "the institution of a title from the rules",
        "no place that the model does not read",
        "what rules tell besides, behind",
        "the rules alone",
        "a sure institution alone",
        "no institution alone where a title has one",
    ],
)
def test_affiliations_are_those_of_the_model_and_of_the_rules(told, parts, expected):
    assert affiliations(told, *parts) == expected


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (("title", "mayor", 0.5), TEXT),
        (("institution", "Tarn", 0.5), TEXT),
        (("institution", "Tarn", 0.96), TEXT),
        (("title", "engineer", 0.9), TEXT),
        (("title", "Imre Fodor", 0.9), TEXT),
        (MAYOR, "Odile Fenn, one of the mayor’s aides, left."),
        (("title", "engineer", 0.99), SEMICOLON),
    ],
)
def test_what_is_hardly_sure_or_somebody_elses_is_left_out(part, text):
    """Behind another's name, before what its holder owns, or behind a semicolon."""
    assert affiliations((), part, text=text) == []


def test_what_stands_in_another_sentence_does_not_go_with_a_title():
    assert affiliations((), ("title", "engineer", 0.8), ("institution", "well", 0.8), anchor=FODOR) == [("engineer", None)]


def test_of_equally_sure_affiliations_the_first_in_the_text_is_the_main_one():
    discourse = discourse_of(parse_of(doc_of(TEXT)), ())
    mayor, engineer = Role((5, 5), (7, 7), 3), Role((14, 14), (7, 7), 3)

    assert [each.title.start for each in ranked(discourse, [engineer, mayor])] == sorted([said("mayor").start, said("engineer").start])


@pytest.mark.parametrize(
    ("words", "past"),
    [
        ("who served as mayor", True),
        ("who resigned as the mayor", True),
        ("in her time as mayor", True),
        ("who was the mayor", True),
        ("who serves as mayor", False),
        ("he agreed to serve as mayor", False),
        ("such as mayor", False),
        ("the mayor", False),
    ],
)
def test_the_words_before_a_title_say_that_it_was_held_then(words, past):
    parse = parse_of(tagged(" ".join(f"{word}/X" for word in words.split())))
    assert with_past(parse, len(parse) - 1) == (len(parse) - 1, past)
