"""The role of a speaker, from title, institution and mention."""

import pytest

from quotes.nlp.speakers.speaker_roles import UNKNOWN, speaker_role
from quotes.records import Affiliation


def role(title=None, institution=None, kind="person", mention=None):
    return speaker_role([Affiliation(title, institution)], kind, mention)[0].role


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("spokeswoman", "spokesperson"),
        ("head of communications", "spokesperson"),
        ("press officer", "spokesperson"),
        ("emeritus professor of roman law", "expert"),
        ("marine biologists", "expert"),
        ("Dr", "expert"),
        ("Interior Minister", "politician"),
        ("Secretary of State", "politician"),
        ("Rep.", "politician"),
        ("Republican Senate nominee", "politician"),
        ("ex-mayor", "politician"),
        ("U.S. attorney", "official"),
        ("detective inspector", "official"),
        ("chief of police", "official"),
        ("appeal judge", "official"),
        ("co-owner", "business"),
        ("chief financial officer", "business"),
        ("vice-chairwoman", "unknown"),
        ("widow", "witness"),
        ("lorry driver", "witness"),
        ("shop steward", "advocate"),
        ("defence lawyer", "advocate"),
        ("criminal lawyer", "expert"),
        ("editor-in-chief", "journalist"),
        ("goalkeeper", "other"),
        ("Archbishop", "other"),
        ("president", "politician"),
        ("director", "unknown"),
        ("wheelwright", "unknown"),
    ],
)
def test_the_head_noun_of_a_title_tells(title, expected):
    assert role(title) == expected


@pytest.mark.parametrize(
    ("title", "institution", "expected"),
    [
        ("director", "Velder University", "expert"),
        ("director", "Ministry of Ports", "official"),
        ("director", "Upland Steel Ltd", "business"),
        ("director", "Doctors for Clean Air", "advocate"),
        ("director", "Museum of the River", "expert"),
        ("president", "Bargemen’s Union", "advocate"),
        ("president", "Upland Court of Appeal", "official"),
        ("president", "Velder Football Club", "other"),
        ("president", "Kelvane", "unknown"),
        ("secretary", "Harbour Party", "politician"),
        ("chair", "Save the Marshes", "advocate"),
        ("manager", "Velder City FC", "other"),
        ("manager", "Kelvane", "business"),
        ("chief executive", "Senn Health Service", "official"),
        ("chief executive", "Refuge Foundation", "advocate"),
        ("member", "Velder Town Council", "politician"),
        ("moderator", "The Senn Courier", "journalist"),
        ("head of strategy and planning", "Bank Workers’ Union", "advocate"),
    ],
)
def test_the_kind_of_the_institution_decides_where_the_noun_is_said_in_all(title, institution, expected):
    assert role(title, institution) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("union president", "advocate"),
        ("university president", "expert"),
        ("head of the company", "business"),
        ("party secretary", "politician"),
    ],
)
def test_a_title_may_name_the_kind_of_body_itself(title, expected):
    assert role(title) == expected


@pytest.mark.parametrize(
    ("institution", "expected"),
    [("Velder University", "expert"), ("Tarn Water Ltd", "business"), ("Kelvane", "unknown"), (None, "unknown")],
)
def test_an_institution_alone_tells_if_its_name_does(institution, expected):
    assert role(None, institution) == expected


@pytest.mark.parametrize(
    ("kind", "mention", "expected"),
    [
        ("unnamed", "A resident of the lower town", "witness"),
        ("group", "two nurses", "witness"),
        ("group", "Several of the engineers’ daughters", "witness"),
        ("group", "a number of economists", "expert"),
        ("group", "Democrats", "politician"),
        ("group", "water companies", "business"),
        ("group", "animal rights groups", "advocate"),
        ("group", "people familiar with the talks", "unknown"),
        ("group", "sources", "unknown"),
        ("group", "Friends of the Aqueduct", "advocate"),
        ("unnamed", "the family’s lawyer", "advocate"),
        ("unnamed", "a lawyer for the port", "advocate"),
        ("person", "her neighbour Ada Quill", "witness"),
        ("person", "Ada Baker", "unknown"),
        ("person", "she", "unknown"),
        ("organisation", "the Ministry of Ports", "official"),
        ("organisation", "the company", "business"),
        ("organisation", "The Senn Courier", "journalist"),
        ("organisation", "Kelvane", "unknown"),
        ("document", "a study of doctors", "unknown"),
    ],
)
def test_a_description_tells_where_no_title_does(kind, mention, expected):
    """Beside a name only words in small letters: Baker is a name."""
    assert role(kind=kind, mention=mention) == expected


@pytest.mark.parametrize(
    ("mention", "expected"),
    [("Ada Quill, a vice president at Kelvane", "unknown"), ("the president, Ada Quill", "politician"), (None, "politician")],
)
def test_a_president_of_some_body_does_not_preside_over_a_state(mention, expected):
    assert role("vice president" if mention and "vice" in mention else "president", mention=mention) == expected


def test_the_lawyer_of_a_body_speaks_for_it():
    assert role("lawyer", "Velder Hospital", mention="the hospital’s lawyer, Ada Quill") == "advocate"
    assert role("lawyer", "Velder University") == "expert"


def test_a_title_of_learning_gives_way_to_an_office():
    posts = [Affiliation("Dr", None), Affiliation("health minister", None)]

    assert speaker_role(posts, "person", "Dr Quill")[0].role == "politician"


def test_the_first_of_two_posts_that_tells_counts():
    found, number = speaker_role(
        [Affiliation("chair", "Kelvane"), Affiliation("beekeeper", None), Affiliation("senator", None)],
        "person",
        None,
    )

    assert (found.role, number) == ("business", 1)


@pytest.mark.parametrize(
    ("title", "institution", "origin", "words"),
    [
        ("deputy press secretary", "Ministry of Ports", "title", "press secretary"),
        ("director", "Ministry of Ports", "institution", "Ministry of"),
        ("union president", None, "title", "union"),
    ],
)
def test_the_words_that_tell_are_pointed_out(title, institution, origin, words):
    found, _ = speaker_role([Affiliation(title, institution)], "person", None)

    assert found.origin == origin
    assert ({"title": title, "institution": institution}[origin])[found.start : found.end] == words


def test_nothing_tells_nothing():
    assert speaker_role([], "person", None) == (UNKNOWN, 0)
    assert speaker_role([Affiliation("", " ")], "unnamed", "") == (UNKNOWN, 0)
