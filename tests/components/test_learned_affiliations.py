"""Titles and institutions of a person out of what a model read at their mentions and what rules tell."""

from __future__ import annotations

import pytest
from treebank import doc_of

from quotes.components.coreference import discourse_of
from quotes.components.learned_affiliations import with_parts_read
from quotes.components.parse import parse_of
from quotes.components.part_reading import Part
from quotes.components.posts import Affiliation
from quotes.records import Span

TEXT = "Odile Fenn, the former mayor of Tarn, met Imre Fodor, an engineer. The engineer said the well was dry."


def said(words):
    """The span of the words' first place."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def affiliations(told, *parts):
    """Titles and institutions of Odile Fenn in words; parts are (kind, words, chance), read at her name."""
    parse = parse_of(doc_of(TEXT))
    discourse = discourse_of(parse, ())
    for kind, words, chance in parts:
        start = parse.token_at(TEXT.index(words))
        discourse.parts.setdefault(1, []).append(Part(1, kind, start, start + len(words.split()), chance))
    found = with_parts_read(discourse, discourse.entity_at(1), told)
    return [tuple(span and TEXT[span.start : span.end] for span in (each.title, each.institution)) for each in found]


def test_a_title_goes_with_the_institution_beside_it():
    assert affiliations((), ("title", "engineer", 0.8), ("institution", "Imre Fodor", 0.9)) == [("engineer", "Imre Fodor")]


def test_what_stands_far_off_or_in_another_sentence_does_not_go_with_a_title():
    assert affiliations((), ("title", "engineer", 0.8), ("institution", "well", 0.9)) == [("engineer", None)]
    assert affiliations((), ("title", "engineer", 0.8), ("institution", "Tarn", 0.9)) == [("engineer", None)]


def test_a_title_that_is_over_is_read_with_the_word_that_says_so():
    assert affiliations((), ("title", "mayor", 0.8), ("institution", "Tarn", 0.8)) == [("former mayor", "Tarn")]


def test_rules_fill_in_the_institution_of_a_title_that_was_read():
    told = (Affiliation(said("engineer"), said("Tarn")),)

    assert affiliations(told, ("title", "engineer", 0.9)) == [("engineer", "Tarn")]


def test_what_rules_tell_besides_stands_behind():
    told = (Affiliation(said("mayor"), None),)

    assert affiliations(told, ("title", "engineer", 0.9)) == [("engineer", None), ("mayor", None)]


def test_without_parts_the_rules_stand():
    told = (Affiliation(said("mayor"), said("Tarn")), Affiliation(said("mayor"), None))

    assert affiliations(told) == [("mayor", "Tarn")]


@pytest.mark.parametrize("part", [("title", "engineer", 0.5), ("institution", "Imre Fodor", 0.5), ("institution", "Imre Fodor", 0.9)])
def test_what_is_hardly_sure_or_an_institution_by_itself_is_left_out(part):
    assert affiliations((), part) == []
