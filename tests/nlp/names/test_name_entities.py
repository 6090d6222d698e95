"""Which names an article prints, and which of them are the same person's or body's."""

from itertools import pairwise
from pathlib import Path

import pytest
from examples import examples
from treebank import parse

from quotes.nlp.names.entities import group_names
from quotes.nlp.names.name_parts import fold
from quotes.nlp.names.namesakes import same_person
from quotes.nlp.names.proper_names import names_of


def printed(each, name):
    return each.text[each.start[name.first] : each.end[name.last]]


@pytest.mark.parametrize(("text", "expected"), examples(Path(__file__).with_name("names.txt")))
def test_an_article_prints_names(text, expected):
    """Each with its kind."""
    each = parse(text)
    found = list(names_of(each))

    assert [(printed(each, name), name.kind) for name in found] == expected
    assert all(one.last < other.first for one, other in pairwise(found))


@pytest.mark.parametrize(("text", "expected"), examples(Path(__file__).with_name("entities.txt")))
def test_names_are_one_person_s_or_body_s(text, expected):
    """The fullest form of each is first."""
    each = parse(text)
    found = [
        (entity.fullest, *(name for name in entity.mentions if name is not entity.fullest)) for entity in group_names(each, names_of(each))
    ]

    assert [tuple(printed(each, name) for name in names) for names in found] == expected


@pytest.mark.parametrize(
    ("one", "other"), [("Dvořák", "DVORAK"), ("O’Hara", "O'Hara"), ("Jr.", "jr"), ("U.N.", "UN"), ("Łukasz", "łukasz"), ("Ngũgĩ", "Ngugi")]
)
def test_words_compare_without_case_accents_and_dots(one, other):
    assert fold(one) == fold(other)


FORMS = "odile fenn=odile marie fenn; o fenn=odile fenn; tim fenn=timothy fenn; odile fenn jr=odile fenn; jk fenn=jana kira fenn; "
FORMS += "fenn odile=odile fenn; marie fenn=odile marie fenn"
PEOPLE = "odile fenn=imre fenn; odile fenn=odile fodor; joan fenn=john fenn; erica fenn=eric fenn; daniel fenn=danielle fenn; "
PEOPLE += "odile a fenn=odile b fenn; paul thomas=thomas paul; =odile fenn; jr=odile fenn; odile fenn jr=odile fenn sr"


@pytest.mark.parametrize(
    ("names", "same"), [*((each, True) for each in FORMS.split("; ")), *((each, False) for each in PEOPLE.split("; "))]
)
def test_two_names_are_the_same_person_s_or_not(names, same):
    """Forms of one name are; people of one surname stay apart."""
    one, other = (name.split() for name in names.split("="))

    assert same_person(one, other) is same
    assert same_person(other, one) is same
