"""Confidence of names, titles and institutions, measured on annotated speakers."""

from dataclasses import replace

import pytest
from gold_samples import quote

from quotes.corpora.gold import Corpus, GoldSpeaker
from quotes.evaluation import Predictions
from quotes.evaluation.speaker_calibration import errors, judged, table
from quotes.records import Affiliation, Span, Speaker, SpeakerConfidence

MAYOR = GoldSpeaker("Ines Duarte", "person", ("mayor",), ("Salin Council",))


def speaking(name="Ines Duarte", title="mayor", institution=None):
    """A speaker with a post, the title of which stands at the head of the article."""
    post = Affiliation(title, institution, Span(0, 5), Span(900, 905) if institution else None)
    return Speaker(name, "person", (post,), confidence=SpeakerConfidence(0.9, 0.6, 0.5 if institution else None))


@pytest.fixture
def found(gold):
    """What is judged when the first gold quote is found and given to a speaker."""

    def of(speaker):
        first, *rest = gold.attributions
        known = replace(gold, attributions=(replace(first, speaker=MAYOR), *rest), speakers_known=True)
        given = replace(quote("“The weir held,”", "Ines Duarte", cue="said"), speaker=speaker)
        return list(judged(Corpus("salin/dev", (known,), "0"), Predictions({known.name: [given]}, {})))

    return of


def test_every_part_that_is_given_is_judged(found):
    """With how it was read and the confidence it was given; what is not given is not judged."""
    assert [(part, sure, right) for part, _, sure, right in found(speaking())] == [("name", 0.9, True), ("title", 0.6, True)]
    assert [part for part, *_ in found(speaking(institution="Salin Council"))] == ["name", "title", "institution"]


def test_with_a_wrong_name_title_and_institution_are_wrong_too(found):
    """Who speaks as somebody else's mayor is not right."""
    assert [right for *_, right in found(speaking("Omar Lind", institution="Salin Council"))] == [False, False, False]


def test_a_title_is_right_by_half_its_words(found):
    """As everywhere."""
    assert [right for *_, right in found(speaking(title="deputy mayor"))] == [True, True]
    assert [right for *_, right in found(speaking(title="harbour master"))] == [True, False]


def test_the_table_draws_rare_evidence_towards_all():
    """One right case of one kind does not make it sure."""
    values = [("name", "person full", 0.9, True)] + [("name", "person pronoun", 0.9, False)] * 3
    rows = {row.split("\t")[1]: row.split("\t")[2:] for row in table(values)}

    assert rows["*"] == ["0.25", "4"]
    assert rows["person full"] == ["0.33", "1"]


def test_errors_are_told_for_each_part():
    """How many, how many right, and how far confidence is from that."""
    (line,) = errors([("name", "person full", 0.5, True), ("name", "person full", 0.5, True)])

    assert line == "name: 2 given, 100.0% right, calibration error 0.500"
