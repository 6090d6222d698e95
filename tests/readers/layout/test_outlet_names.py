"""One outlet has one name, and what is none is no outlet."""

import pytest

from quotes.readers.layout.outlets import known_outlet, outlet_name, outlet_of_host, same_outlet
from quotes.readers.layout.plain_text import article_from_text


@pytest.mark.parametrize(
    "stated", ["AP", "(AP)", "The AP", "A.P.", "Associated Press", "The Associated Press", "AP News", "@AP", "apnews.com"]
)
def test_an_agency_has_one_name(stated):
    """However it signs."""
    assert outlet_name([stated]) == "Associated Press"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://hosted.ap.org/dynamic/stories/A/B", "Associated Press"),
        ("https://www.bbc.co.uk/sport/1", "BBC"),
        ("https://edition.cnn.com/2019/a", "CNN"),
        ("https://sports.reuters.com/a", "Reuters"),
        ("https://notreuters.com/a", None),
        ("https://courier.example/a", None),
        ("//[", None),
        (None, None),
    ],
)
def test_an_address_tells_the_outlet(url, name):
    """The hosts under a registered one too, and no other."""
    assert outlet_of_host(url) == name


@pytest.mark.parametrize(
    "stated",
    [
        "@MarlowExaminer", "https://www.marlow.example/", "www.marlow.example", "marlow.example", "desk@marlow.example", "Home", "Menu",
        "Sport", "World news", "News", "»", "404", "The site for all who want to read more of what goes on in and around Marlow",
    ],
)  # fmt: skip
def test_a_handle_an_address_a_section_and_a_button_are_no_outlets(stated):
    """The next that is stated counts, else none."""
    assert outlet_name([stated]) is None
    assert outlet_name([stated, None, "Marlow Examiner"]) == "Marlow Examiner"


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("Marlow Examiner | Local news, sport and weather", "Marlow Examiner"),
        ("Home - Marlow Examiner", "Marlow Examiner"),
        ("Marlow Examiner » World", "Marlow Examiner"),
        ("NYT > World", "The New York Times"),
        ("World news | The Guardian", "The Guardian"),
        ("CNN.com - RSS Channel", "CNN"),
        ("Reuters Staff", "Reuters"),
        ("Yahoo! News", "Yahoo News"),
        ("The Heights Ledger", "The Heights Ledger"),
    ],
)
def test_a_name_stands_without_what_is_said_beside_it(stated, name):
    assert outlet_name([stated]) == name


def test_the_section_of_an_article_is_not_its_outlet():
    assert outlet_name(["Harbour life"], section="Harbour Life") is None


def test_names_are_compared_without_the_article_and_full_stops():
    assert same_outlet("The Marlow Examiner", "Marlow Examiner")
    assert same_outlet("A.F.P.", "Agence France Presse")
    assert not same_outlet("Marlow Examiner", None)
    assert known_outlet("Marlow Examiner") is None


def test_what_signs_a_text_is_stored_under_its_one_name():
    """An address beside it wins."""
    text = "Quay closed\n\nPORT VELDER (AP) — A judge closed the quay on Monday after the crane had fallen into the harbour again."
    assert article_from_text(text).outlet == "Associated Press"
    assert article_from_text(text, url="https://www.reuters.com/a").outlet == "Reuters"
