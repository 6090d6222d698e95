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


def test_words_are_compared_by_the_f1_of_their_sets():
    """Without possessives and honorifics; of titles half the words of any form are enough."""
    assert words("Mrs. Duarte's") == ["duarte"]
    assert overlap(["port"], ["port", "of", "salin"]) == 0.5
    assert near_any("the harbour master", ["clerk", "chief harbour master"])
    assert not near_any("master mariner", ["chief harbour master"])
    assert not near_any("harbour master", [])
