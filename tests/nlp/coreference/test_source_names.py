"""Sources whose grammatical head is not the name in them."""

import pytest
from treebank import doc_of

from quotes.nlp.rules.detector import detector
from quotes.nlp.speakers.resolver import resolver


def speaker(text):
    """Name and kind of who says what a text reports."""
    (quote,) = resolver(detector(doc_of(text)))._.quotes
    return tuple(quote["speaker"][field] for field in ("name", "kind"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GT&T Chairman and CEO Wendell Harbison said the mast was new.", ("Wendell Harbison", "person")),
        ("Former Ambassador to Norway Ann Ray said the mast was new.", ("Ann Ray", "person")),
        ("One of these sites, Tarn.net, said the mast was new.", ("Tarn.net", "organisation")),
        ("A report by Odile Fenn said the well was dry.", ("Odile Fenn", "person")),
    ],
)
def test_the_name_in_a_source_is_its_speaker(text, expected):
    """Behind titles, beside a description, or as a document's author."""
    assert speaker(text) == expected
