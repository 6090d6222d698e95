"""The role of a speaker, from title, institution and mention."""

import pytest

from quotes.nlp.speakers.speaker_roles import UNKNOWN, speaker_role
from quotes.records import Affiliation


def role(title=None, institution=None, kind="person", mention=None):
    return speaker_role([Affiliation(title, institution)], kind, mention)[0].role


def cases(table):
    """Each value of a table with the role under which it stands."""
    return [(value, role) for role, values in table.items() for value in values.split("; ")]


TITLES = {
    "spokesperson": "spokeswoman; head of communications; press officer",
    "expert": "emeritus professor of roman law; marine biologists; Dr; criminal lawyer; university president",
    "politician": "Interior Minister; Secretary of State; Rep.; Republican Senate nominee; ex-mayor; president; party secretary",
    "official": "U.S. attorney; detective inspector; chief of police; appeal judge",
    "business": "co-owner; chief financial officer; head of the company",
    "witness": "widow; lorry driver",
    "advocate": "shop steward; defence lawyer; union president",
    "journalist": "editor-in-chief",
    "other": "goalkeeper; Archbishop",
    "unknown": "vice-chairwoman; director; wheelwright",
}
#: A title, which may be missing, and behind a comma an institution.
AFFILIATIONS = {
    "expert": "director, Velder University; director, Museum of the River; , Velder University",
    "official": "director, Ministry of Ports; president, Upland Court of Appeal; chief executive, Senn Health Service",
    "business": "director, Upland Steel Ltd; manager, Kelvane; , Tarn Water Ltd",
    "advocate": "director, Doctors for Clean Air; director, Amnesty International; president, Bargemen’s Union; "
    "chief executive, Refuge Foundation; head of strategy and planning, Bank Workers’ Union",
    "politician": "secretary, Harbour Party; member, Velder Town Council",
    "journalist": "moderator, The Senn Courier",
    "other": "president, Velder Football Club; manager, Velder City FC",
    "unknown": "president, Kelvane; , Kelvane",
}
#: The kind of the speaker, and behind a colon the words by which they are mentioned.
MENTIONS = {
    "witness": "unnamed: A resident of the lower town; group: two nurses; group: Several of the engineers’ daughters; "
    "person: her neighbour Ada Quill",
    "expert": "group: a number of economists",
    "politician": "group: Democrats",
    "business": "group: water companies; organisation: the company",
    "advocate": "group: animal rights groups; group: Friends of the Aqueduct; unnamed: the family’s lawyer; unnamed: a lawyer for the port",
    "official": "organisation: the Ministry of Ports",
    "journalist": "organisation: The Senn Courier",
    "unknown": "group: people familiar with the talks; group: sources; person: Ada Baker; person: she; organisation: Kelvane; "
    "document: a study of doctors",
}


@pytest.mark.parametrize(("title", "expected"), cases(TITLES))
def test_the_head_noun_of_a_title_tells(title, expected):
    """Or the kind of body that the title names itself."""
    assert role(title) == expected


@pytest.mark.parametrize(("affiliation", "expected"), cases(AFFILIATIONS))
def test_the_institution_decides_where_the_title_is_said_in_all_or_missing(affiliation, expected):
    title, institution = affiliation.split(", ")

    assert role(title or None, institution or None) == expected


@pytest.mark.parametrize(("mention", "expected"), cases(MENTIONS))
def test_a_description_tells_where_no_title_does(mention, expected):
    """Beside a name only words in small letters: Baker is a name."""
    kind, words = mention.split(": ")

    assert role(kind=kind, mention=words) == expected


@pytest.mark.parametrize(
    ("title", "mention", "expected"),
    [
        ("vice president", "Ada Quill, a vice president at Kelvane", "unknown"),
        ("president", "the president, Ada Quill", "politician"),
        ("president", None, "politician"),
    ],
)
def test_a_president_of_some_body_does_not_preside_over_a_state(title, mention, expected):
    assert role(title, mention=mention) == expected


def test_the_lawyer_of_a_body_speaks_for_it():
    assert role("lawyer", "Velder Hospital", mention="the hospital’s lawyer, Ada Quill") == "advocate"
    assert role("lawyer", "Velder University") == "expert"


def test_a_title_of_learning_gives_way_to_an_office():
    posts = [Affiliation("Dr", None), Affiliation("health minister", None)]
    found, number = speaker_role(posts, "person", "Dr Quill")

    assert (found.role, number) == ("politician", 1)


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
