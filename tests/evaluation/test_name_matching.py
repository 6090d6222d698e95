"""When two printed forms mean the same."""

import pytest

from quotes.evaluation.name_matching import near_any, overlap, same_name, words


@pytest.mark.parametrize(
    ("predicted", "gold", "kind", "same"),
    [
        ("Ines Duarte", "Ines Duarte", "person", True),
        ("Inês Duarte", "Ines Duarte", "person", True),
        ("Dr Ines Duarte", "Ines Duarte", "person", True),
        ("Ines M. Duarte", "Ines Duarte", "person", True),
        ("Duarte", "Ines Duarte", "person", False),
        ("Ana Duarte", "Ines Duarte", "person", False),
        ("Duarte", "Duarte", "person", True),
        ("the Port of Salin", "Port of Salin", "organisation", True),
        ("Salin", "Port of Salin", "organisation", False),
        ("Port of Salin’s", "", "organisation", False),
        ("the", "the", "group", False),
    ],
)
def test_same_name(predicted, gold, kind, same):
    """A person keeps first name and surname; of other names two thirds must agree."""
    assert same_name(predicted, gold, kind) is same


def test_possessives_and_honorifics_are_no_words_of_a_name():
    """What stands around a name does not make another name."""
    assert words("Mrs. Duarte's") == ["duarte"]


def test_overlap_is_the_f1_of_the_words():
    """One of one against one of three: 2·1/4."""
    assert overlap(["port"], ["port", "of", "salin"]) == 0.5


def test_near_any_takes_half_the_words_of_any_form():
    """`harbour master` against `the chief harbour master`: 2·2/5."""
    assert near_any("the harbour master", ["clerk", "chief harbour master"])
    assert not near_any("master mariner", ["chief harbour master"])
    assert not near_any("harbour master", [])
