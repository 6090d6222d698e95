"""As what and for whom somebody speaks, by each construction that says so."""

import pytest
from treebank import doc_of

from quotes.nlp.rules.detector import detector
from quotes.nlp.speakers.resolver import resolver


def speaker(text, number=-1):
    """Name, title and institution of who says the last quote."""
    found = resolver(detector(doc_of(text)))._.quotes[number]["speaker"]
    return found["name"], found["title"], found["institution"]


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        ("Engineer Imre Fodor said the well was dry.", "Engineer", None),
        ("Chief engineer Imre Fodor said the well was dry.", "Chief engineer", None),
        ("Former mayor Imre Fodor said the well was dry.", "Former mayor", None),
        ("Tarn Water chief engineer Imre Fodor said the well was dry.", "chief engineer", "Tarn Water"),
        ("The Tarn Water engineer Imre Fodor said the well was dry.", "engineer", "Tarn Water"),
        ("Sen. Imre Fodor said the well was dry.", "Sen.", None),
        ("Mr. Imre Fodor said the well was dry.", None, None),
        ("French president Imre Fodor said the well was dry.", "French president", None),
    ],
)
def test_a_title_stands_right_before_the_name(text, title, institution):
    """An address says nothing."""
    assert speaker(text) == ("Imre Fodor", title, institution)


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        ("Imre Fodor, an engineer at Tarn Water, said the well was dry.", "engineer", "Tarn Water"),
        ("Imre Fodor, the chief engineer of Tarn Water, said the well was dry.", "chief engineer", "Tarn Water"),
        ("Imre Fodor, head of drilling at Tarn Water, said the well was dry.", "head of drilling", "Tarn Water"),
        ("Imre Fodor, a spokesman for Tarn Water, said the well was dry.", "spokesman", "Tarn Water"),
        ("Imre Fodor, 34, a baker, said the well was dry.", "baker", None),
        ("Imre Fodor, Tarn Water’s chief engineer, said the well was dry.", "chief engineer", "Tarn Water"),
        ("Imre Fodor, a father of two, said the well was dry.", None, None),
    ],
)
def test_an_apposition_behind_the_name_says_what_somebody_is(text, title, institution):
    """A family tie does not."""
    assert speaker(text) == ("Imre Fodor", title, institution)


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        ("The former head of Tarn Water, Imre Fodor, said the well was dry.", "former head", "Tarn Water"),
        ("Tarn Water’s chief engineer, Imre Fodor, said the well was dry.", "chief engineer", "Tarn Water"),
        ("The mayor, Imre Fodor, said the well was dry.", "mayor", None),
    ],
)
def test_a_description_before_a_comma_says_it_too(text, title, institution):
    assert speaker(text) == ("Imre Fodor", title, institution)


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        ("Imre Fodor of Tarn Water said the well was dry.", None, "Tarn Water"),
        ("Imre Fodor, who chairs Tarn Water, said the well was dry.", None, "Tarn Water"),
        ("Imre Fodor, who works for Tarn Water, said the well was dry.", None, "Tarn Water"),
        ("Imre Fodor, who is the head of Tarn Water, said the well was dry.", "head", "Tarn Water"),
        ("Imre Fodor, who has two sons, said the well was dry.", None, None),
    ],
)
def test_a_phrase_or_relative_clause_names_the_institution(text, title, institution):
    assert speaker(text) == ("Imre Fodor", title, institution)


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        ("Imre Fodor is the head of Tarn Water. Fodor said the well was dry.", "head", "Tarn Water"),
        ("Imre Fodor became Tarn Water’s chief engineer. Fodor said the well was dry.", "chief engineer", "Tarn Water"),
        ("Imre Fodor was named head of Tarn Water. Fodor said the well was dry.", "head", "Tarn Water"),
        ("Imre Fodor joined Tarn Water in May. Fodor said the well was dry.", None, "Tarn Water"),
        ("Fodor said the well was dry. Imre Fodor, an engineer at Tarn Water, left.", "engineer", "Tarn Water"),
    ],
)
def test_another_sentence_may_say_it(text, title, institution):
    """Before the quote or behind it."""
    assert speaker(text) == ("Imre Fodor", title, institution)


def test_the_fuller_affiliation_is_the_main_one():
    text = "Dr. Imre Fodor left. Imre Fodor, an engineer at Tarn Water, said the well was dry."
    doc = resolver(detector(doc_of(text)))
    affiliations = doc._.quotes[0]["speaker"]["affiliations"]

    assert (affiliations[0]["title"], affiliations[0]["institution"]) == ("engineer", "Tarn Water")
    assert "Dr." not in {each["title"] for each in affiliations}


def test_every_title_and_institution_stands_where_its_span_says():
    text = "Imre Fodor, an engineer at Tarn Water, said the well was dry."
    (each,) = resolver(detector(doc_of(text)))._.quotes[0]["speaker"]["affiliations"]

    assert text[slice(*each["title_span"])] == each["title"] == "engineer"
    assert text[slice(*each["institution_span"])] == each["institution"] == "Tarn Water"


def test_an_affiliation_said_twice_is_listed_once():
    text = "Engineer Imre Fodor left. Engineer Imre Fodor said the well was dry."

    assert len(resolver(detector(doc_of(text)))._.quotes[0]["speaker"]["affiliations"]) == 1


def test_the_title_of_one_person_is_not_given_to_another():
    text = "Odile Fenn, the mayor, left. Imre Fodor said the well was dry."

    assert speaker(text) == ("Imre Fodor", None, None)


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        ("Imre Fodor (pictured), an engineer at Tarn Water, said the well was dry.", "engineer", "Tarn Water"),
        ("President and chief executive Imre Fodor said the well was dry.", "President and chief executive", None),
        ("Head of drilling Imre Fodor said the well was dry.", "Head of drilling", None),
        ("Imre Fodor, who served as head of Tarn Water, said the well was dry.", "head", "Tarn Water"),
        ("Imre Fodor teaches at Tarn College. Fodor said the well was dry.", None, "Tarn College"),
        ("Imre Fodor runs Tarn Water. Fodor said the well was dry.", None, "Tarn Water"),
    ],
)
def test_rarer_constructions_are_read_too(text, title, institution):
    assert speaker(text) == ("Imre Fodor", title, institution)
