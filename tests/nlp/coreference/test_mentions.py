"""Persons told from bodies, whole names, and who a description means, on parses written down here."""

import pytest
from tagging import discourse, kinds

from quotes.nlp.coreference.definite_descriptions import (
    described_organisation,
    described_person,
    first_described_person,
    person_of_epithet,
)

LEFT = "Zvarrik NNP compound 2 PERSON|Orlok NNP nsubj 3 PERSON|left VBD ROOT 3"
GLAZIER = "Zvarrik NNP compound 2 PERSON|Orlok NNP nsubj 7 PERSON|, , punct 2|a DT det 5|glazier NN appos 2|, , punct 2|left VBD ROOT 7"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        (GLAZIER.replace("PERSON", "ORG"), "person"),
        ("Zvarrik NNP compound 2 ORG|Orlok NNP nsubj 6 ORG|, , punct 2|43 CD appos 2|, , punct 2|left VBD ROOT 6", "person"),
        ("Mr NNP compound 3|Zvarrik NNP compound 3 ORG|Orlok NNP nsubj 4 ORG|left VBD ROOT 4", "person"),
        ("Zvarrik NNP compound 2 ORG|Orlok NNP nsubj 3 ORG|said VBD ROOT 3|nothing NN dobj 3", "person"),
        ("Zvarrik NNP compound 2 PERSON|Orlok NNP nsubj 3 PERSON|sold VBD ROOT 3|its PRP$ poss 5|mill NN dobj 3", "organisation"),
        ("The DT det 4|newspaper NN compound 4|Zvarrik NNP compound 4 PERSON|Orlok NNP nsubj 5 PERSON|left VBD ROOT 5", "organisation"),
        ("Lamp NN compound 2|maker NN compound 4|Zvarrik NNP compound 4 PERSON|Orlok NNP nsubj 5 PERSON|slept VBD ROOT 5", "organisation"),
        ("The DT det 3|Zvarrik NNP compound 3 ORG|Orlok NNP nsubj 4 ORG|left VBD ROOT 4", "organisation"),
        (
            "Zvarrik NNP compound 2 PERSON|Orlok NNP nsubj 3 PERSON|said VBD ROOT 3|it PRP nsubj 6|would MD aux 6|recall VB ccomp 3",
            "organisation",
        ),
        (
            "Zvarrik NNP compound 2 PERSON|Orlok NNP nsubj 3 PERSON|said VBD ROOT 3|it PRP nsubj 6|would MD aux 6|rain VB ccomp 3",
            "person",
        ),
    ],
)
def test_what_stands_beside_a_name_tells_a_person_from_a_body(sentence, kind):
    """Whatever the recogniser calls it; "it" is a body where it acts on purpose, as weather does not."""
    assert kinds(discourse(sentence)) == {"zvarrik orlok": kind}


def test_what_one_mention_shows_holds_for_the_name():
    found = discourse(LEFT.replace("PERSON", "ORG"), "Ms NNP compound 2|Orlok NNP nsubj 3 ORG|wept VBD ROOT 3")

    assert kinds(found) == {"zvarrik orlok": "person"}
    assert found.entities[0].explicit_gender == "f"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        (
            "Roads NNPS nmod 4|and CC cc 1|Bridges NNP conj 1 ORG|Authority NNP nsubj 5 ORG|slept VBD ROOT 5",
            "roads and bridges authority",
        ),
        (
            "The DT det 2|Committee NNP nsubj 7 ORG|for IN prep 2|a DT det 6|"
            "Quieter NNP amod 6 ORG|Harbour NNP pobj 3 ORG|slept VBD ROOT 7",
            "committee for a quieter harbour",
        ),
        ("Orrin NNP compound 3 PERSON|Valley NNP compound 3|Builders NNPS nsubj 4|slept VBD ROOT 4", "orrin valley builders"),
    ],
)
def test_a_body_has_its_whole_name(sentence, name):
    """Over "and" and "for", and a company word behind."""
    assert kinds(discourse(sentence)) == {name: "organisation"}


@pytest.mark.parametrize(
    ("sentences", "meant"),
    [
        (
            [
                "Doctors NNS nsubj 2|saw VBD ROOT 2|Odile NNP compound 4 PERSON|Fenn NNP dobj 2 PERSON",
                "President NNP compound 2|Fenn NNP nsubj 3 PERSON|woke VBD ROOT 3",
                "Mr NNP compound 2|Fenn NNP nsubj 3 PERSON|left VBD ROOT 3",
                "Imre NNP compound 2 PERSON|Fenn NNP nsubj 3 PERSON|stayed VBD ROOT 3",
            ],
            {5: ("imre", "fenn")},
        ),
        (
            [
                "Sen. NNP compound 3|Imre NNP compound 3 PERSON|Fenn NNP nsubj 4 PERSON|slept VBD ROOT 4",
                "Rafe NNP compound 2 PERSON|Fenn NNP nsubj 3 PERSON|woke VBD ROOT 3",
                "Senator NNP compound 2|Fenn NNP nsubj 3 PERSON|left VBD ROOT 3",
            ],
            {8: ("imre", "fenn")},
        ),
        (
            [
                "Odile NNP compound 2 PERSON|Fenn NNP nsubj 6 PERSON|and CC cc 2|Minda NNP compound 5 PERSON|Fenn NNP conj 2 PERSON|"
                "left VBD ROOT 6",
                "The DT det 3|younger JJR amod 3|Fenn NNP nsubj 4 PERSON|wept VBD ROOT 4",
            ],
            {8: ("minda", "fenn")},
        ),
    ],
    ids=["the one who is called Mr elsewhere", "the one of that title, abbreviated", "the younger is the second named"],
)
def test_a_surname_of_two_people_is_one_s(sentences, meant):
    """Of the surname that could be either's, which no mention is left of, nothing stays."""
    found = discourse(*sentences)

    assert {token: found.entity_at(token).words for token in meant} == meant
    assert len(found.entities) == 2


@pytest.mark.parametrize(
    "called",
    [
        GLAZIER,
        "Glazier NN compound 3|Zvarrik NNP compound 3 PERSON|Orlok NNP nsubj 4 PERSON|left VBD ROOT 4",
        "a DT det 2|glazier NN nsubj 6|named VBN acl 2|Zvarrik NNP compound 5 PERSON|Orlok NNP oprd 3 PERSON|left VBD ROOT 6",
        "the DT det 2|glazier NN nsubj 8|of IN prep 2|Tarn NNP pobj 3 GPE|, , punct 2|Zvarrik NNP compound 7 PERSON|"
        "Orlok NNP appos 2 PERSON|left VBD ROOT 8",
    ],
)
def test_a_description_is_who_was_called_so(called):
    """In apposition, before the name or before its comma."""
    found = discourse(called, "The DT det 2|glazier NN nsubj 3|wept VBD ROOT 3")

    assert described_person(found, called.count("|") + 2).words == ("zvarrik", "orlok")


def test_the_subject_of_a_clause_put_in_behind_a_name_describes_nobody():
    put_in = GLAZIER.replace("appos 2|, ,", "nsubj 6|said VBD ccomp 8|, ,").replace("nsubj 7", "nsubj 8").replace("ROOT 7", "ROOT 8")

    assert described_person(discourse(put_in, "The DT det 2|glazier NN nsubj 3|wept VBD ROOT 3"), 9) is None


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


@pytest.mark.parametrize(("noun", "meant"), [("goalkeeper", True), ("Democrat", True), ("dentist", False)])
def test_an_epithet_is_the_subject_before_it_if_nobody_else_was_called_so(noun, meant):
    """A place in a team or a party, not a role that nobody was given."""
    tag = "NNP" if noun[0].isupper() else "NN"
    wept = f"The DT det 2|{noun} {tag} nsubj 3|wept VBD ROOT 3"

    assert (person_of_epithet(discourse(LEFT, wept), 4) is not None) is meant
    if meant and tag == "NN":
        assert person_of_epithet(discourse(f"A DT det 2|{noun} NN nsubj 3|sang VBD ROOT 3", LEFT, wept), 7) is None


def test_a_headline_means_the_first_of_a_role_below_it():
    """Where the next one comes far behind."""
    found = discourse("Glazier NN nsubj 2|sues VBZ ROOT 2", GLAZIER)

    assert first_described_person(found, 0) is found.entity_at(2)


def test_a_common_noun_for_a_body_goes_by_its_name():
    """The airline is the one of airways, however near the court stands."""
    found = discourse(
        "Orlok NNP compound 2 ORG|Airways NNP nsubj 3 ORG|lost VBD ROOT 3|at IN prep 3|the DT det 7|"
        "Tarn NNP compound 7 ORG|Tribunal NNP pobj 4 ORG",
        "The DT det 2|airline NN nsubj 3|wept VBD ROOT 3",
    )

    assert described_organisation(found, 8).words == ("orlok", "airways")
