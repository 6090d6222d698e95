"""Entities corrected by the names that people annotated."""

from __future__ import annotations

from quotes.corpora.gold import GoldSpeaker
from quotes.records import Span
from quotes.training.examples.name_labels import with_gold_names

TEXT = "Mayor of Oslo Ida Strand met the Norwegian Fjord Trust at Strand Hall. Strand agreed."


def words(entities):
    return [(TEXT[span.start : span.end], label) for span, label in entities]


def test_a_full_name_takes_the_place_of_what_was_found_there():
    found = [(Span(0, 24), "ORG"), (Span(58, 69), "FAC")]

    named = with_gold_names(TEXT, found, [GoldSpeaker("Ida Strand", "person", (), ("Norwegian Fjord Trust",))])

    assert words(named) == [("Ida Strand", "PERSON"), ("Norwegian Fjord Trust", "ORG"), ("Strand Hall", "FAC"), ("Strand", "PERSON")]


def test_a_state_that_speaks_stays_a_place():
    text = "New Zealand said so."

    assert with_gold_names(text, [(Span(0, 11), "GPE")], [GoldSpeaker("New Zealand", "organisation")]) == ((Span(0, 11), "GPE"),)


def test_without_speakers_nothing_changes():
    found = ((Span(0, 5), "ORG"),)

    assert with_gold_names(TEXT, found, []) == found
