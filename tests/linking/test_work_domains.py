import pytest

from quotes.linking.work_domains import wide, worlds_of


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("goalkeeper", {"sport"}),
        ("senator", {"public"}),
        ("virologist", {"life", "health"}),
        ("Bank of Senn", {"public"}),
        ("striker for Tarn United FC", {"sport"}),
        ("physician", {"health"}),
        ("marine biologist", {"life"}),
    ],
)
def test_a_title_or_an_institution_tells_the_world(words, expected):
    assert wide(worlds_of(words)) == expected


@pytest.mark.parametrize(
    "words",
    [
        "director",
        "professor",
        "University of Senn",
        "chairman",
        "spokeswoman",
        "general manager",
        "Tarn State University",
        "Major League",
    ],
)
def test_words_of_many_worlds_tell_none(words):
    assert worlds_of(words) == frozenset()


@pytest.mark.parametrize(("one", "other"), [("senator", "Minister of Roads"), ("chief executive", "Vale Bank"), ("judge", "lawyers")])
def test_a_field_is_a_part_of_a_world(one, other):
    assert worlds_of(one) == worlds_of(other)


def test_two_fields_can_be_one_world():
    """A lawyer becomes a senator."""
    assert worlds_of("lawyer") != worlds_of("senator")
    assert wide(worlds_of("lawyer")) == wide(worlds_of("senator"))
