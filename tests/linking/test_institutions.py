import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.linking import institution_id
from quotes.linking.institutions import InstitutionName, institution_block, institution_key, is_acronym, link_institutions


def body(name, acronyms="", articles=()):
    return InstitutionName(institution_id(name), name, institution_key(name), frozenset(acronyms.split()), frozenset(articles))


def one(*names) -> bool:
    return len({each.main_id for each in link_institutions(names).decisions.values()}) == 1


@pytest.mark.parametrize(
    ("one_name", "other"),
    [
        ("Vale Motors", "Vale Motors plc"),
        ("Fenn & Co., Inc.", "Fenn and Co"),
        ("Upland-Court", "Upland Court"),
        ("Justice Department", "Department of Justice"),
        ("the Treasury Department", "Department of the Treasury"),
        ("U.S. Treasury Department", "US Department of the Treasury"),
        ("Fenn’s campaign", "Fenn campaign"),
    ],
)
def test_two_names_of_one_body(one_name, other):
    assert one(body(one_name), body(other))
    assert institution_block(one_name) == institution_block(other)


@pytest.mark.parametrize(
    ("one_name", "other"),
    [
        ("University of Miami", "Miami University"),
        ("Tarn Police Department", "Department of Tarn Police"),
        ("Vale Bank", "Vale Bank Workers"),
        ("the Treasury", "Treasury Department"),
        ("News", "News Corporation"),
    ],
)
def test_names_of_two_bodies(one_name, other):
    assert not one(body(one_name), body(other))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([body("Senn River Authority", "SRA"), body("SRA")], True),
        ([body("Upland Nursery", articles=[1]), body("U.N.", articles=[1])], False),
        ([body("Vale Bank", articles=[1]), body("V.B.", articles=[1])], True),
        ([body("United Nations", articles=[1]), body("U.N.", articles=[2])], True),
        ([body("Ministry of Roads and Trade", articles=[1]), body("MRT", articles=[1])], True),
        ([body("Vale Bank"), body("V.B.")], False),
    ],
    ids=[
        "as an article gives it",
        "what everybody knows as another",
        "two letters of two words",
        "what everybody knows it by",
        "three of more words",
        "in no article together",
    ],
)
def test_an_acronym_is_the_body_that_it_stands_for(names, expected):
    assert one(*names) is expected
    assert link_institutions(names).doubts == ()


@pytest.mark.parametrize("acronym", ["SRA", "S.R.A."])
def test_an_acronym_is_the_body_whose_initials_it_has_where_an_article_has_both(acronym):
    assert one(body("Senn River Authority", articles=[1, 2]), body(acronym, articles=[2]))
    assert not one(body("Senn River Authority", articles=[1]), body(acronym, articles=[2]))


def test_two_letters_are_the_initials_of_too_many():
    pair = body("University of Tarn", articles=[1]), body("UT", articles=[1])

    assert not one(*pair)
    assert len(link_institutions(pair).doubts) == 1


def test_an_acronym_of_two_bodies_is_neither():
    three = [body("Senn River Authority", articles=[1]), body("Senn Rowing Association", articles=[2]), body("SRA", articles=[1, 2])]
    linked = link_institutions(three)

    assert len({each.main_id for each in linked.decisions.values()}) == 3
    assert len(linked.doubts) == 2
    assert link_institutions([body("Senn River Authority"), body("Senn Rowing Association"), body("SRA")]).doubts == ()


def test_a_nation_in_front_is_a_ground_to_ask():
    pair = body("Department of Justice"), body("U.S. Department of Justice")

    assert institution_block(pair[0].name) == institution_block(pair[1].name)
    assert not one(*pair)
    assert [reason for _, _, reason in link_institutions(pair).doubts] == ["the same name but for the nation"]


@pytest.mark.parametrize(
    ("acronym", "name"), [("DOJ", "Department of Justice"), ("DoJ", "Department of Justice"), ("IMF", "International Monetary Fund")]
)
def test_an_acronym_has_the_block_of_its_name(acronym, name):
    assert institution_block(acronym) == institution_block(name)


@pytest.mark.parametrize(
    ("name", "expected"), [("U.N.", True), ("MoD", True), ("the FBI", True), ("Vale", False), ("X", False), ("Tarn FC", False)]
)
def test_an_acronym_is_made_of_capitals(name, expected):
    assert is_acronym(name) is expected


NAMES = ["Senn River Authority", "SRA", "Senn Rowing Association", "S.R.A.", "Senn River Authority plc", "the SRA", "UN"]
bodies = st.lists(
    st.builds(body, st.sampled_from(NAMES), st.sampled_from(["", "SRA"]), st.frozensets(st.integers(1, 3))),
    unique_by=lambda each: each.id,
    max_size=6,
)


@given(bodies, st.randoms())
def test_the_order_of_names_makes_no_difference(names, chance):
    shuffled = chance.sample(names, len(names))

    assert link_institutions(names) == link_institutions(shuffled)


@given(bodies)
def test_the_full_name_stands_for_the_body(names):
    linked = link_institutions(names).decisions
    shown = {each.id: each.name for each in names}
    for each in names:
        if not is_acronym(each.name):
            assert not is_acronym(shown[linked[each.id].main_id])
