"""Posts of bodies that are not named beside them: by what the article is about, and by the words that a body was described with."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab
from treebank import doc_of

from quotes.components.detector import detector
from quotes.components.implied import kind_of_post
from quotes.components.parse import parse_of
from quotes.components.resolver import resolver


def kind(title):
    """What kind of body has a post of this title."""
    words = title.split()
    parse = parse_of(Doc(Vocab(), words=words, tags=["NN"] * len(words), deps=["dep"] * len(words), heads=[len(words) - 1] * len(words)))
    return kind_of_post(parse, (0, len(parse) - 1))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("chief executive", "business"),
        ("chief financial officer", "business"),
        ("finance director", "business"),
        ("deputy chairman", "any"),
        ("general secretary", "any"),
        ("head coach", "team"),
    ],
)
def test_posts_of_bodies(title, body):
    """Nobody holds them but in a business, a team, or some body or other."""
    assert kind(title) == body


@pytest.mark.parametrize("title", ["baker", "environment chief", "police officer", "foreign secretary", "senator", "film director"])
def test_professions_and_offices_of_state_imply_no_body(title):
    """Nor do posts that say themselves what they are over."""
    assert kind(title) is None


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        ("Tarn Water cut its forecast on Monday. Chief executive Imre Fodor said the well was dry.", "Chief executive", "Tarn Water"),
        ("Tarn Water cut its forecast on Monday. Its spokesman, Imre Fodor, said the well was dry.", "spokesman", "Tarn Water"),
        ("Tarn Water cut its forecast on Monday. Geologist Imre Fodor said the well was dry.", "Geologist", None),
        ("Tarn Water sued Ostrow Steel. Ostrow Steel sued the Bay Bank. Chairman Imre Fodor said the well was dry.", "Chairman", None),
        ("The county school board met on Monday. Board president Imre Fodor said the well was dry.", "president", "county school board"),
        (
            "The county school board met on Monday. Imre Fodor, the board's treasurer, said the well was dry.",
            "treasurer",
            "county school board",
        ),
        ("Ostrava striker Imre Fodor said the well was dry.", "striker", "Ostrava"),
        ("A county Harbour Party chairwoman, Imre Fodor, said the well was dry.", "chairwoman", "county Harbour Party"),
        ("A labour ministry official, Imre Fodor, said the well was dry.", "official", "labour ministry"),
    ],
)
def test_the_body_that_the_article_is_about(text, title, institution):
    """One company, one board: theirs are the posts that name no body; never where it might be another's."""
    speaker = resolver(detector(doc_of(text)))._.quotes[-1]["speaker"]

    assert (speaker["name"], speaker["title"], speaker["institution"]) == ("Imre Fodor", title, institution)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Imre Fodor, a 30-year-old farrier, said the well was dry.", "farrier"),
        ("Imre Fodor, a mahout, said the well was dry.", "mahout"),
        ("Imre Fodor, a proud native, said the well was dry.", None),
    ],
)
def test_what_an_indefinite_apposition_says_is_a_title(text, title):
    """A noun that no list has too, if it says more than what kind of person it is."""
    assert resolver(detector(doc_of(text)))._.quotes[-1]["speaker"]["title"] == title
