"""The institution of a person out of what a model read at their mentions."""

from __future__ import annotations

import pytest
from treebank import doc_of

from quotes.components.coreference import discourse_of
from quotes.components.learned_affiliations import with_institution_read
from quotes.components.parse import parse_of
from quotes.components.part_reading import Part
from quotes.components.posts import Affiliation
from quotes.records import Span

TEXT = "Odile Fenn, the mayor, met Imre Fodor, an engineer. The engineer said the well was dry."
MAYOR = Affiliation(Span(TEXT.index("mayor"), TEXT.index("mayor") + 5), None)


def institutions(told, *parts):
    """The institutions of Odile Fenn in words; parts are (kind, words, chance), read at her name."""
    parse = parse_of(doc_of(TEXT))
    discourse = discourse_of(parse, ())
    for kind, words, chance in parts:
        start = parse.token_at(TEXT.index(words))
        discourse.parts.setdefault(1, []).append(Part(1, kind, start, start + len(words.split()), chance))
    entity = discourse.entity_at(1)
    found = with_institution_read(discourse, entity, told)
    return [each.institution and TEXT[each.institution.start : each.institution.end] for each in found]


def test_the_surest_institution_goes_with_the_title():
    parts = ("institution", "engineer", 0.8), ("institution", "Imre Fodor", 0.9)

    assert institutions((MAYOR,), *parts) == ["Imre Fodor"]


@pytest.mark.parametrize("told", [(), (MAYOR._replace(past=True),)], ids=["no title", "a past one"])
def test_without_a_title_that_is_held_there_is_none(told):
    assert institutions(told, ("institution", "Imre Fodor", 0.9)) == [None] * len(told)


def test_what_stands_elsewhere_does_not_go_with_the_title():
    assert institutions((MAYOR,), ("institution", "well", 0.9)) == [None]


def test_what_the_rules_tell_stays():
    told = (MAYOR._replace(institution=Span(0, 5)),)

    assert institutions(told, ("institution", "Imre Fodor", 0.9)) == ["Odile"]


def test_what_is_hardly_sure_or_a_title_is_left_out():
    assert institutions((MAYOR,), ("institution", "Imre Fodor", 0.5), ("title", "engineer", 0.9)) == [None]
