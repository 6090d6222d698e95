"""News outlets told from other bodies."""

import pytest

from quotes.nlp.speakers.outlet_names import calls_outlet, introduced_as_outlet, is_outlet


@pytest.mark.parametrize(
    "name",
    [
        "The Senn Courier",
        "Upland Evening Post",
        "Radio Velder",
        "Times of Ostrava",
        "BBC",
        "velder.com",
        "Senn News",
        "Velder Broadcasting Corporation",
    ],
)
def test_an_outlet_is_known_by_its_name(name):
    assert is_outlet(name)


@pytest.mark.parametrize("name", ["Royal Mail", "Velder University Press", "Post Office", "Kelvane", "Harbour Board", "times", "", "the"])
def test_other_bodies_are_none(name):
    assert not is_outlet(name)


@pytest.mark.parametrize(
    "text", ["the newspaper Ardent said", "state broadcaster Ardent said", "Ardent magazine said", "Ardent, a weekly newspaper, said"]
)
def test_an_outlet_is_known_by_the_words_beside_it(text):
    start = text.index("Ardent")

    assert introduced_as_outlet(text, start, start + 6)


@pytest.mark.parametrize("text", ["Ardent told the newspaper", "It was in the paper. Ardent said", "Ardent daily checks its pumps"])
def test_the_outlet_that_was_told_is_another(text):
    start = text.index("Ardent")

    assert not introduced_as_outlet(text, start, start + 6)


@pytest.mark.model
def test_an_outlet_that_speaks_is_a_journalist_and_marked(nlp):
    (quote,) = nlp("The Marlow Herald reported that the pumps had failed.")._.quotes
    speaker = quote["speaker"]

    assert (speaker["name"], speaker["outlet"], speaker["role"]) == ("Marlow Herald", True, "journalist")


def test_a_mention_calls_an_outlet_by_a_common_noun():
    assert calls_outlet("the newspaper")
    assert not calls_outlet("the paperworkers")
