"""As what and for whom somebody speaks, by each construction that says so: `affiliations.txt`."""

from pathlib import Path

import pytest
from examples import examples
from treebank import resolved


def last_speaker(text):
    return resolved(text)[-1]["speaker"]


@pytest.mark.parametrize(("text", "expected"), examples(Path(__file__).with_name("affiliations.txt")))
def test_a_construction_says_title_and_institution(text, expected):
    """The main one first, and whether it is past."""
    speaker = last_speaker(text)
    found = [(each["title"], each["institution"], *(["past"] if each["past"] else [])) for each in speaker["affiliations"]]

    assert (speaker["name"], found) == ("Imre Fodor", expected)


def test_every_title_and_institution_stands_where_its_span_says():
    text = "Imre Fodor, an engineer at Tarn Water, said the well was dry."
    (each,) = last_speaker(text)["affiliations"]

    assert text[slice(*each["title_span"])] == each["title"] == "engineer"
    assert text[slice(*each["institution_span"])] == each["institution"] == "Tarn Water"
