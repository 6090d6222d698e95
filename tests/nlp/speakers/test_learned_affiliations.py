"""Titles and institutions of a person out of what a model read at their mentions and what rules tell."""

from __future__ import annotations

import pytest
from treebank import doc_of

from quotes.nlp.coreference.mentions import discourse_of
from quotes.nlp.model.affiliation_inference import Part
from quotes.nlp.parsing.parse import parse_of
from quotes.nlp.speakers.article_affiliations import Affiliation
from quotes.nlp.speakers.learned_affiliations import merge_learned
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


def test_a_title_that_is_over_goes_with_the_institution_beside_it():
    assert affiliations((), ("title", "mayor", 0.8), ("institution", "Tarn", 0.8)) == [("former mayor", "Tarn")]


def test_what_stands_in_another_sentence_does_not_go_with_a_title():
    assert affiliations((), ("title", "engineer", 0.8), ("institution", "well", 0.8), anchor=FODOR) == [("engineer", None)]


@pytest.mark.parametrize("title", ["engineer", "Imre Fodor"])
def test_a_title_behind_somebody_else_and_a_name_are_nobodys(title):
    assert affiliations((), ("title", title, 0.9)) == []


def test_a_title_that_owns_something_is_its_holders():
    text = "Odile Fenn, one of the mayor’s aides, left."

    assert affiliations((), ("title", "mayor", 0.9), text=text) == []


def test_rules_fill_in_the_institution_of_a_title_that_was_read():
    told = (Affiliation(said("former mayor"), said("Tarn"), past=True),)

    assert affiliations(told, ("title", "mayor", 0.9), ("institution", "Tarn", 0.3)) == [("former mayor", "Tarn")]


def test_a_place_that_the_model_does_not_read_is_no_institution():
    told = (Affiliation(said("former mayor"), said("Tarn"), past=True),)

    assert affiliations(told, ("title", "mayor", 0.9)) == [("former mayor", None)]


def test_what_rules_tell_besides_stands_behind():
    told = (Affiliation(said("engineer"), None),)

    assert affiliations(told, ("title", "mayor", 0.9)) == [("former mayor", None), ("engineer", None)]


def test_without_parts_the_rules_stand():
    told = (Affiliation(said("mayor"), said("Tarn")), Affiliation(said("mayor"), None))

    assert affiliations(told) == [("mayor", "Tarn")]


@pytest.mark.parametrize("part", [("title", "mayor", 0.5), ("institution", "Tarn", 0.5), ("institution", "Tarn", 0.96)])
def test_what_is_hardly_sure_is_left_out(part):
    assert affiliations((), part) == []


def test_a_sure_institution_stands_alone_where_no_title_has_one():
    assert affiliations((), ("institution", "Tarn", 0.98)) == [(None, "Tarn")]
    assert affiliations((Affiliation(said("engineer"), said("well")),), ("institution", "Tarn", 0.99)) == [("engineer", "well")]


def test_what_stands_behind_a_semicolon_is_somebody_elses():
    assert affiliations((), ("title", "engineer", 0.99), text="Odile Fenn left; an engineer said the well was dry.") == []
