from hypothesis import given
from hypothesis import strategies as st
from test_person_linking import POOL, blocks, seen

from quotes.linking.candidate_blocking import KnownName, connected_keys
from quotes.linking.name_comparison import person_name
from quotes.linking.person_linking import link_people


def told_of(appearances):
    """What a block tells under each key."""
    found = {}
    for each in appearances:
        one = KnownName(frozenset([person_name(each.name)]), each.institutions, each.titles)
        found[each.key] = found[each.key].joined(one) if each.key in found else one
    return found


def kin(start, *appearances):
    return connected_keys([start], told_of(appearances))


def test_a_name_that_can_be_a_form_of_it_is_kin_and_another_is_not():
    block = [seen(1, "Ada Fenn"), seen(2, "A. Fenn"), seen(3, "Bram Fenn")]

    assert kin("ada fenn", *block) == {"ada fenn", "a fenn"}


def test_what_is_kin_of_kin_is_kin():
    block = [seen(1, "Ada Fenn"), seen(2, "A. Fenn"), seen(3, "Adam Fenn"), seen(4, "Bram Fenn")]

    assert kin("ada fenn", *block) == {"ada fenn", "a fenn", "adam fenn"}


def test_a_lone_name_is_kin_by_an_institution_or_a_title_of_one_holder():
    block = [seen(1, "Ada Fenn", "", "Vale Bank"), seen(2, "Fenn", "president", "Vale Bank"), seen(3, "Bram Fenn", "president")]

    assert kin("ada fenn", *block) == {"ada fenn", "fenn", "bram fenn"}
    assert kin("ada fenn", block[0], seen(2, "Fenn", "farmer"), seen(3, "Bram Fenn", "farmer")) == {"ada fenn"}


@given(blocks(), st.sampled_from([each.key for each in POOL]))
def test_about_kin_the_same_is_decided_as_among_all(block, start):
    found = connected_keys([start], told_of(block))
    among_all, alone = link_people(block), link_people([each for each in block if each.key in found])

    assert alone.decisions == {each.id: among_all.decisions[each.id] for each in block if each.key in found}
    speakers = {each.speaker_id for each in alone.decisions.values()}
    assert alone.doubts == tuple(each for each in among_all.doubts if {each.one, each.other} & speakers)
