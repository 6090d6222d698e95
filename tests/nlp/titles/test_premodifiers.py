"""Titles and ranks right before a name: with "of" and "for" in them, of several words, abbreviated."""

import pytest


@pytest.mark.model
@pytest.mark.parametrize(
    ("printed", "name", "title"),
    [
        ("Secretary of State for Fisheries Joan Mallory", "Joan Mallory", "Secretary of State for Fisheries"),
        ("Deputy Mayor for Housing Peter Lund", "Peter Lund", "Deputy Mayor for Housing"),
        ("Minister for Health Sarah Koller", "Sarah Koller", "Minister for Health"),
        ("Director of Adult Care Helen Marsh", "Helen Marsh", "Director of Adult Care"),
        ("Chief of Police Anna Petrov", "Anna Petrov", "Chief of Police"),
        ("vice president of sales Mark Olsen", "Mark Olsen", "vice president of sales"),
        ("Lt. Gov. Mark Olsen", "Mark Olsen", "Lt. Gov."),
        ("Rear Adm. Helen Marsh", "Helen Marsh", "Rear Adm."),
        ("Det. Insp. Peter Lund", "Peter Lund", "Det. Insp."),
        ("State Rep. Thomas Weir", "Thomas Weir", "State Rep."),
        ("Lt Col Joan Mallory", "Joan Mallory", "Lt Col"),
        ("Rt Hon Joan Mallory", "Joan Mallory", None),
        ("Dr Anna Petrov", "Anna Petrov", None),
    ],
)
def test_a_title_before_a_name_is_taken_whole(nlp, printed, name, title):
    """And the name without it, where it is printed in full."""
    (quote,) = nlp(f"“It is too late,” said {printed}.")._.quotes

    assert (quote["speaker"]["name"], quote["speaker"]["title"]) == (name, title)


@pytest.mark.model
@pytest.mark.parametrize("printed", ["a spokesman for Mayor Joan Mallory", "the lawyer for victim Joan Mallory"])
def test_who_speaks_for_somebody_is_not_that_person(nlp, printed):
    """A title does not go on over another's."""
    (quote,) = nlp(f"“It is too late,” said {printed}.")._.quotes

    assert quote["speaker"]["name"] != "Joan Mallory"
