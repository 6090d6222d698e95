import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.linking import acronym_of, comparable, identify_institution, named, preferred_name, speaker_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Vale Bank", "Vale Bank"),
        ("Vale Bank", "VALE  BANK"),
        ("École de Tarn", "Ecole de Tarn"),
        ("U.N.", "UN"),
        ("U. S. Lines", "U.S. Lines"),
        ("Fenn & Daughters", "Fenn and Daughters"),
        ("Tarn’s Own", "Tarn's Own"),
        ("Upland\u00a0Court", "Upland\nCourt"),
    ],
)
def test_two_spellings_of_one_name_compare_equal(one, other):
    assert comparable(one) == comparable(other)
    assert identify_institution(one).id == identify_institution(other).id


@pytest.mark.parametrize(("one", "other"), [("Vale Bank", "Vale Banks"), ("Upland Court", "Court Upland")])
def test_different_names_stay_apart(one, other):
    """A speaker of one article has another id in each; a person is never an organisation of the same name; An is a given name."""
    assert identify_institution(one).id != identify_institution(other).id
    assert (
        len(
            {
                speaker_id("Fenn", "person", None),
                speaker_id("Fenn", "organisation", None),
                *(speaker_id("Fenn", "person", n) for n in (1, 2)),
            }
        )
        == 4
    )
    assert comparable("An Tran", person=True) == "an tran"


@pytest.mark.parametrize(
    ("name", "expected"), [("The company", False), ("the company", False), ("The Harbour Board", True), ("iTarn", True), ("河港局", True)]
)
def test_an_organisation_is_named_by_a_capital(name, expected):
    assert named(name) is expected


@pytest.mark.parametrize(
    ("name", "following", "expected"),
    [
        ("Senn River Authority", " (SRA), called", "SRA"),
        ("Ministry of Roads", " (MoR)", "MoR"),
        ("Senn River Authority", ", SRA", None),
        ("Senn River Authority", " (Ltd)", None),
        ("Senn River Authority", " (BBX)", None),
        ("Museum of Modern Design", " (MoreDesign)", None),
        ("Senn River Authority", "", None),
    ],
)
def test_an_acronym_is_taken_only_from_brackets_and_only_if_it_fits(name, following, expected):
    assert acronym_of(name, following) == expected


@given(st.text(min_size=1), st.text(min_size=1))
def test_the_spelling_shown_does_not_depend_on_the_order(one, other):
    assert preferred_name(one, other) == preferred_name(other, one)


@pytest.mark.parametrize(("better", "worse"), [("Ivo Kvist", "IVO KVIST"), ("José Núñez", "Jose Nunez"), ("Vale Bank", "the Vale Bank")])
def test_the_better_spelling_is_shown(better, worse):
    assert preferred_name(better, worse) == preferred_name(worse, better) == better
