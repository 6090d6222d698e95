"""How a name, a title or an institution was read, and how sure that makes it."""

import pytest

from quotes.nlp.speakers.speaker_confidence import institution_evidence, name_evidence, part_confidence, title_evidence
from quotes.records import Span


@pytest.mark.parametrize(
    ("name", "mention", "evidence"),
    [
        ("Ines Duarte", "Ines Duarte, the mayor", "person full"),
        ("Ines Duarte", "Mayor Duarte", "person short"),
        ("Ines Duarte", "she", "person pronoun"),
        ("Ines Duarte", "She", "person pronoun"),
        ("Ines Duarte", "the mayor of Salin", "person description"),
        ("Ines Duarte", None, "person floating"),
        ("Duarte", "Duarte", "person single"),
        ("Bo Li", "Li of Salin", "person description"),
    ],
)
def test_a_name_is_read_from_a_mention(name, mention, evidence):
    """By the words that both have; two letters are too few to tell a surname."""
    assert name_evidence(name, "person", mention) == evidence


@pytest.mark.parametrize("kind", ["group", "unnamed", "document"])
def test_who_has_no_name_is_of_a_kind_only(kind):
    """Whatever stands beside the quote."""
    assert name_evidence("two nurses", kind, "they") == kind


@pytest.mark.parametrize(
    ("span", "named", "evidence"),
    [
        (Span(105, 110), "person full", "beside named"),
        (Span(92, 97), "person short", "beside named"),
        (Span(500, 505), "person short", "elsewhere named"),
        (Span(500, 505), "person pronoun", "elsewhere resolved"),
        (Span(500, 505), "organisation single", "elsewhere named"),
        (Span(105, 110), "unnamed", "beside unnamed"),
    ],
)
def test_a_title_stands_beside_the_mention_or_elsewhere(span, named, evidence):
    """Of somebody named there, or of one who was made out."""
    assert title_evidence(span, [Span(100, 112)], named) == evidence


@pytest.mark.parametrize(
    ("reading", "place", "evidence"),
    [
        (0.9, False, "name surely"),
        (0.89, True, "place likely"),
        (0.2, False, "name hardly"),
        (0.0, False, "name unread"),
        (None, True, "*"),
    ],
)
def test_an_institution_is_as_sure_as_the_model_reads_it(reading, place, evidence):
    assert institution_evidence(reading, place=place) == evidence


def test_evidence_that_was_never_measured_counts_as_the_average():
    """A number between none and all."""
    assert part_confidence("title", "by a leap of faith") == part_confidence("title", "*")
    assert 0 < part_confidence("name", "person full") <= 1
    assert part_confidence("title", None) is None


def test_a_name_that_is_printed_is_surer_than_one_that_is_made_out():
    """Or the table would be of no use."""
    assert part_confidence("name", "person full") > part_confidence("name", "person pronoun")
