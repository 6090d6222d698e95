"""Speakers as they are described, and which of their names is shown."""

from tagging import discourse

from quotes.nlp.names.entity import Entity
from quotes.nlp.names.proper_names import Name
from quotes.nlp.speakers.described_speakers import speaker_of


def test_the_fullest_name_that_can_be_one_is_shown():
    """A mention that ran on into the title of a book, cut off, does not leave a person without a name."""
    found = discourse(
        "Odile NNP compound 2 PERSON|Fenn NNP nsubj 3 PERSON|slept VBD ROOT 3",
        "Odile NNP compound 2 PERSON|Fenn NNP nsubj 5 PERSON|Quill NNP dep 2 PERSON|- HYPH dep 2 PERSON|left VBD ROOT 5",
    )
    names = [Name(0, 1, "person", ("odile", "fenn")), Name(3, 6, "person", ("odile", "fenn", "quill"))]
    shown = speaker_of(found, Entity("person", names)).name

    assert found.parse.text[shown.start : shown.end] == "Odile Fenn"
