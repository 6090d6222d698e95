"""Whom an interview introduces, on parses written down here."""

from types import SimpleNamespace

import pytest
from tagging import discourse

from quotes.nlp.speakers.interviewees import interviewee
from quotes.records import Span

MET = "Zvarrik NNP compound 2 PERSON|Orlok NNP nsubj 3 PERSON|met VBD ROOT 3|Minda NNP compound 5 PERSON|Varga NNP dobj 3 PERSON"


@pytest.mark.parametrize(
    ("introduction", "name"),
    [
        ("Minda NNP compound 2 PERSON|Varga NNP nsubj 3 PERSON|left VBD ROOT 3", "Minda Varga"),
        (MET, "Minda Varga"),
        (f"{MET}|and CC cc 5|Ada NNP compound 8 PERSON|Case NNP conj 5 PERSON", None),
    ],
)
def test_who_answers_is_the_only_person_introduced_or_the_one_that_somebody_met(introduction, name):
    found = discourse(introduction, "Yes UH ROOT 1")
    end = len(found.parse.text)
    answering = interviewee(found, [SimpleNamespace(start=end - 4, contents=[Span(end - 4, end)])])

    assert (answering and found.parse.text[slice(*answering.name)]) == name
