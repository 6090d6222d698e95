"""Persons told from bodies, descriptions, people without a name, and turns, on parses written down here."""

import pytest
from tagging import discourse, kinds

from quotes.nlp.coreference.definite_descriptions import described_organisation, described_person, person_of_epithet


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        (
            "Zvarrik NNP compound 2 ORG|Orlok NNP nsubj 7 ORG|, , punct 2|a DT det 5|glazier NN appos 2|, , punct 2|left VBD ROOT 7",
            "person",
        ),
        ("Zvarrik NNP compound 2 ORG|Orlok NNP nsubj 6 ORG|, , punct 2|43 CD appos 2|, , punct 2|left VBD ROOT 6", "person"),
        ("Mr NNP compound 3|Zvarrik NNP compound 3 ORG|Orlok NNP nsubj 4 ORG|left VBD ROOT 4", "person"),
        ("Zvarrik NNP compound 2 ORG|Orlok NNP nsubj 3 ORG|said VBD ROOT 3|nothing NN dobj 3", "person"),
        ("Zvarrik NNP compound 2 PERSON|Orlok NNP nsubj 3 PERSON|sold VBD ROOT 3|its PRP$ poss 5|mill NN dobj 3", "organisation"),
        ("The DT det 4|newspaper NN compound 4|Zvarrik NNP compound 4 PERSON|Orlok NNP nsubj 5 PERSON|left VBD ROOT 5", "organisation"),
        ("The DT det 3|Zvarrik NNP compound 3 ORG|Orlok NNP nsubj 4 ORG|left VBD ROOT 4", "organisation"),
    ],
)
def test_what_stands_beside_a_name_tells_a_person_from_a_body(sentence, kind):
    """Whatever the recogniser calls it."""
    assert kinds(discourse(sentence)) == {"zvarrik orlok": kind}


def test_what_one_mention_shows_holds_for_the_name():
    found = discourse(
        "Zvarrik NNP compound 2 ORG|Orlok NNP nsubj 3 ORG|left VBD ROOT 3",
        "Ms NNP compound 2|Orlok NNP nsubj 3 ORG|wept VBD ROOT 3",
    )

    assert kinds(found) == {"zvarrik orlok": "person"}
    assert found.entities[0].explicit_gender == "f"


GLAZIER = "Zvarrik NNP compound 2 PERSON|Orlok NNP nsubj 7 PERSON|, , punct 2|a DT det 5|glazier NN appos 2|, , punct 2|left VBD ROOT 7"


def test_a_description_is_who_was_called_so():
    found = discourse(GLAZIER, "The DT det 2|glazier NN nsubj 3|wept VBD ROOT 3")

    assert described_person(found, 8).words == ("zvarrik", "orlok")


def test_a_description_of_another_kind_is_nobody_named():
    """Not every minister is the minister of culture."""
    found = discourse(
        "culture NN compound 2|minister NN compound 4|Zvarrik NNP compound 4 PERSON|Orlok NNP nsubj 5 PERSON|left VBD ROOT 5",
        "The DT det 3|transport NN compound 3|minister NN nsubj 4|wept VBD ROOT 4",
    )

    assert described_person(found, 7) is None


@pytest.mark.parametrize(("party", "meant"), [("Republican JJ", True), ("GOP NNP", True), ("Democratic JJ", False), ("tired JJ", True)])
def test_the_nominee_of_another_party_is_nobody_named(party, meant):
    found = discourse(
        "Republican JJ amod 2 NORP|nominee NN compound 4|Zvarrik NNP compound 4 PERSON|Orlok NNP nsubj 5 PERSON|left VBD ROOT 5",
        f"The DT det 3|{party} amod 3{' NORP' if party[0].isupper() else ''}|nominee NN nsubj 4|wept VBD ROOT 4",
    )
    person = described_person(found, 7)

    assert (person is not None and person.words == ("zvarrik", "orlok")) == meant


def test_the_party_in_a_title_counts_whatever_the_parser_made_of_it():
    found = discourse(
        "Democratic NNP compound 4|front NN compound 4|runner NN compound 4|Orlok NNP nsubj 5 PERSON|left VBD ROOT 5",
        "The DT det 3|GOP NNP compound 3|runner NN nsubj 4|wept VBD ROOT 4",
    )

    assert described_person(found, 7) is None


def test_an_epithet_is_the_subject_before_it_if_nobody_else_was_called_so():
    left, wept = (
        "Zvarrik NNP compound 2 PERSON|Orlok NNP nsubj 3 PERSON|left VBD ROOT 3",
        "The DT det 2|goalkeeper NN nsubj 3|wept VBD ROOT 3",
    )

    assert person_of_epithet(discourse(left, wept), 4).words == ("zvarrik", "orlok")
    assert person_of_epithet(discourse("A DT det 2|goalkeeper NN nsubj 3|sang VBD ROOT 3", left, wept), 7) is None


def test_the_younger_of_a_surname_is_the_second_of_those_named_in_full():
    """Of the surname that could be either's, which no mention is left of, nothing stays."""
    found = discourse(
        "Zvarrik NNP compound 2 PERSON|Orlok NNP nsubj 6 PERSON|and CC cc 2|Minda NNP compound 5 PERSON|Orlok NNP conj 2 PERSON|"
        "left VBD ROOT 6",
        "The DT det 3|younger JJR amod 3|Orlok NNP nsubj 4 PERSON|wept VBD ROOT 4",
    )

    assert found.entity_at(8).words == ("minda", "orlok")
    assert len(found.entities) == 2


def test_a_common_noun_for_a_body_goes_by_its_name():
    """The airline is the one of airways, however near the court stands."""
    found = discourse(
        "Orlok NNP compound 2 ORG|Airways NNP nsubj 3 ORG|lost VBD ROOT 3|at IN prep 3|the DT det 7|"
        "Tarn NNP compound 7 ORG|Tribunal NNP pobj 4 ORG",
        "The DT det 2|airline NN nsubj 3|wept VBD ROOT 3",
    )

    assert described_organisation(found, 8).words == ("orlok", "airways")
