"""How a name, a title or an institution was read, and how sure that makes it."""

import pytest

from quotes.nlp.speakers.speaker_confidence import institution_evidence, name_evidence, part_confidence, title_evidence
from quotes.records import Span


@pytest.mark.parametrize(
    ("name", "kind", "mention", "evidence"),
    [
        ("Ines Duarte", "person", "Ines Duarte, the mayor", "person full"),
        ("Ines Duarte", "person", "Mayor Duarte", "person short"),
        ("Ines Duarte", "person", "She", "person pronoun"),
        ("Ines Duarte", "person", "the mayor of Salin", "person description"),
        ("Ines Duarte", "person", None, "person floating"),
        ("Duarte", "person", "Duarte", "person single"),
        ("Bo Li", "person", "Li of Salin", "person description"),
        ("two nurses", "group", "they", "group"),
    ],
)
def test_a_name_is_read_from_a_mention(name, kind, mention, evidence):
    """By the words that both have; two letters are too few to tell a surname."""
    assert name_evidence(name, kind, mention) == evidence


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
    assert part_confidence("name", "person full") > part_confidence("name", "person pronoun")
