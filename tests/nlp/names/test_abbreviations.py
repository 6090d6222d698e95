"""Abbreviations that a text defines in parentheses."""

import pytest
from treebank import parse

from quotes.nlp.names.abbreviations import abbreviations, long_form_start
from quotes.nlp.names.entities import group_names
from quotes.nlp.names.proper_names import names_of

BUREAU = "The Bureau of Canals, Locks and Weirs (BCLW) left. BCLW said the well was dry."


@pytest.mark.parametrize(
    ("short", "before", "long"),
    [
        ("BCL", "staff of the Bureau of Canals and Locks", "Bureau of Canals and Locks"),
        ("TaWa", "the firm Tarn Water", "Tarn Water"),
        ("B.C.", "the Bureau of Canals", "Bureau of Canals"),
        ("BCX", "the Bureau of Canals", None),
        ("AB", "the Club", None),
    ],
)
def test_a_long_form_has_the_letters_of_the_short_one_in_order(short, before, long):
    """The first of them begins a word."""
    begin = long_form_start(short, before)

    assert (None if begin is None else before[begin:]) == long


def test_an_abbreviated_name_is_whole_and_the_short_form_the_same_organisation():
    """Whatever the recogniser cut."""
    tree = parse(BUREAU)
    (entity,) = group_names(tree, names_of(tree))
    printed = [BUREAU[tree.start[name.first] : tree.end[name.last]] for name in entity.mentions]

    assert printed == ["Bureau of Canals, Locks and Weirs", "BCLW"]


def test_a_place_that_is_abbreviated_is_no_organisation():
    assert abbreviations(parse("The United States (US) left.")) == []
