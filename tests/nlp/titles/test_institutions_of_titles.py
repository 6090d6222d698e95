"""Posts whose body is named by a common noun or by a word beside them, and titles that an indefinite apposition says."""

import pytest
from treebank import doc_of

from quotes.nlp.rules.detector import detector
from quotes.nlp.speakers.resolver import resolver


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        ("Tarn Water cut its forecast on Monday. Chief executive Imre Fodor said the well was dry.", "Chief executive", None),
        ("Tarn Water cut its forecast on Monday. Its spokesman, Imre Fodor, said the well was dry.", "spokesman", "Tarn Water"),
        ("Tarn Water cut its forecast on Monday. Geologist Imre Fodor said the well was dry.", "Geologist", None),
        ("Tarn Water sued Ostrow Steel. Ostrow Steel sued the Bay Bank. Chairman Imre Fodor said the well was dry.", "Chairman", None),
    ],
)
def test_the_body_that_a_post_names(text, title, institution):
    """By "its", a common noun or a name beside it; that a company is spoken of nearby names nobody's employer."""
    speaker = resolver(detector(doc_of(text)))._.quotes[-1]["speaker"]

    assert (speaker["name"], speaker["title"], speaker["institution"]) == ("Imre Fodor", title, institution)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Imre Fodor, a proud native, said the well was dry.", None),
    ],
)
def test_what_an_indefinite_apposition_says_is_a_title(text, title):
    """If it says more than what kind of person it is."""
    assert resolver(detector(doc_of(text)))._.quotes[-1]["speaker"]["title"] == title
