"""Titles and institutions by the constructions that news has for them: fields, lists, bodies within bodies, statements, past posts."""

import pytest
from treebank import doc_of

from quotes.nlp.rules.detector import detector
from quotes.nlp.speakers.resolver import resolver


def affiliations(text):
    """Title, institution and whether it is past, of the speaker of the last quote; the main one first."""
    speaker = resolver(detector(doc_of(text)))._.quotes[-1]["speaker"]
    assert speaker["name"] == "Imre Fodor"
    return [(each["title"], each["institution"], each["past"]) for each in speaker["affiliations"]]


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        ("Imre Fodor, a lecturer in soil physics at Tarn College, said the well was dry.", "lecturer in soil physics", "Tarn College"),
        ("Imre Fodor, founder and chief executive of Tarn Water, said the well was dry.", "founder and chief executive", "Tarn Water"),
        ("Imre Fodor, Secretary of State for Wells, said the well was dry.", "Secretary of State for Wells", None),
    ],
)
def test_the_field_belongs_to_the_title(text, title, institution):
    """Lists and an office's name too."""
    found = affiliations(text)

    assert (found[0][:2] if found else (None, None)) == (title, institution)


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        ("Imre Fodor, secretary of the Tarn Drillers’ Union, said the well was dry.", "secretary", "Tarn Drillers’ Union"),
        (
            "Imre Fodor, an engineer at Tarn University’s Institute of Wells, said the well was dry.",
            "engineer",
            "Tarn University’s Institute of Wells",
        ),
        ("Imre Fodor, an adviser to the Adair campaign, said the well was dry.", "adviser", "Adair campaign"),
        (
            "Imre Fodor, principal deputy Tarn House press secretary, said the well was dry.",
            "principal deputy Tarn House press secretary",
            "Tarn House",
        ),
    ],
)
def test_a_body_is_read_to_its_end(text, title, institution):
    """Commas, possessives, and of one body within another the inner."""
    found = affiliations(text)

    assert (found[0][:2] if found else (None, None)) == (title, institution)


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        ("Imre Fodor, mayor of Tarn, said the well was dry.", "mayor", None),
        ("Imre Fodor, a winner of the Tarn Prize, said the well was dry.", "winner", None),
        ("Imre Fodor, a critic of the Tarn Water plan, said the well was dry.", None, None),
    ],
)
def test_a_place_a_prize_and_a_stance_are_no_affiliation(text, title, institution):
    """And who is against something has no title by it."""
    found = affiliations(text)

    assert (found[0][:2] if found else (None, None)) == (title, institution)


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        ("Imre Fodor, who has coached Tarn Rovers since May, said the well was dry.", None, "Tarn Rovers"),
        ("Imre Fodor, who owns the bakery Tarn Loaf, said the well was dry.", None, "Tarn Loaf"),
        ("Imre Fodor was elected treasurer of Tarn Cricket Club in 2021. Fodor said the well was dry.", "treasurer", "Tarn Cricket Club"),
    ],
)
def test_a_clause_or_a_sentence_says_it(text, title, institution):
    """Relative clauses, participles, pronouns and passives."""
    found = affiliations(text)

    assert (found[0][:2] if found else (None, None)) == (title, institution)


@pytest.mark.parametrize(
    ("text", "title", "institution"),
    [
        (
            "The Tarn Trust, a wildlife charity, dug the well. The charity’s director, Imre Fodor, said it was dry.",
            "director",
            "Tarn Trust",
        ),
        ("The State Well Office dug the well. The office’s deputy head, Imre Fodor, said it was dry.", "deputy head", "State Well Office"),
    ],
)
def test_a_common_noun_means_the_body_named_before(text, title, institution):
    """By what it is called, what it is said to be, or what was last spoken of."""
    found = affiliations(text)

    assert (found[0][:2] if found else (None, None)) == (title, institution)


@pytest.mark.parametrize(
    "text",
    [
        "Former Tarn Party leader Imre Fodor said the well was dry.",
        "Imre Fodor, who was head of Tarn Water until 2014, said the well was dry.",
    ],
)
def test_what_is_over_is_marked_and_its_word_left_out(text):
    """ "Former", "one-time", "was … until"."""
    ((title, institution, past),) = affiliations(text)

    assert past
    assert title in {"leader", "engineer", "head"}
    assert institution in {"Tarn Party", "Tarn Water"}


def test_of_several_posts_the_first_is_the_main_one():
    found = affiliations("Imre Fodor, an engineer at Tarn Water and secretary of the Tarn Cricket Club, said the well was dry.")

    assert found == [("engineer", "Tarn Water", False), ("secretary", "Tarn Cricket Club", False)]


def test_what_a_parenthesis_interrupts_is_no_title():
    assert affiliations("The merger, Imre Fodor said, was off.") == []
