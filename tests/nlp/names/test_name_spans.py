"""Names that the recogniser cut short, and descriptions that a name behind a comma or before them explains, on parses written down here."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab
from tagging import discourse, kinds

from quotes.nlp.coreference.definite_descriptions import first_described_person, person_of_epithet
from quotes.nlp.parsing.parse import parse_of
from quotes.nlp.speakers.resolution import pronoun_form


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
    ("verb", "kind"),
    [("recall", "organisation"), ("rain", "person")],
)
def test_it_is_a_body_where_it_acts_on_purpose(verb, kind):
    """Weather and events are "it" too."""
    found = discourse(
        "Zvarrik NNP compound 2 PERSON|Orlok NNP nsubj 3 PERSON|said VBD ROOT 3|it PRP nsubj 6|"
        f"would MD aux 6|{verb} VB ccomp 3|soon RB advmod 6"
    )

    assert kinds(found) == {"zvarrik orlok": kind}


def test_a_maker_before_a_name_without_a_given_name_is_a_body():
    found = discourse("Lamp NN compound 2|maker NN compound 4|Zvarrik NNP compound 4 PERSON|Orlok NNP nsubj 5 PERSON|slept VBD ROOT 5")

    assert kinds(found) == {"zvarrik orlok": "organisation"}


SUBJECT = (
    "Odile NNP compound 2 PERSON|Fenn NNP nsubj 3 PERSON|slept VBD ROOT 3|near IN prep 3|Imre NNP compound 6 PERSON|Bahr NNP pobj 4 PERSON"
)


@pytest.mark.parametrize(("noun", "meant"), [("goalkeeper", True), ("Democrat", True), ("dentist", False)])
def test_an_epithet_means_the_subject_before_it(noun, meant):
    """A place in a team or a party, not a role that nobody was given."""
    tag = "NNP" if noun[0].isupper() else "NN"
    found = discourse(SUBJECT, f"The DT det 2|{noun} {tag} nsubj 3|left VBD ROOT 3")
    entity = person_of_epithet(found, 7)

    assert (entity is not None and entity.words == ("odile", "fenn")) == meant


TITLED = "Chancellor NNP compound 2|Odile NNP compound 2 PERSON|Fenn NNP nsubj 3 PERSON|slept VBD ROOT 3"


@pytest.mark.parametrize(
    ("subject", "before", "noun", "meant"),
    [
        (SUBJECT, "Austrian JJ amod 3 NORP", "dentist", True),
        (SUBJECT, "other JJ amod 3", "dentist", False),
        (TITLED, "Austrian JJ amod 3 NORP", "leader", True),
        (TITLED, "Austrian JJ amod 3 NORP", "dentist", False),
        (TITLED, "band NN compound 3", "leader", False),
    ],
)
def test_a_role_and_whose_it_is_mean_the_subject_before_it_unless_it_has_another_role(subject, before, noun, meant):
    found = discourse(subject, f"The DT det 3|{before}|{noun} NN nsubj 4|left VBD ROOT 4")
    entity = person_of_epithet(found, subject.count("|") + 3)

    assert (entity is not None and entity.words == ("odile", "fenn")) == meant


def test_a_party_and_a_state_are_no_name():
    assert kinds(
        discourse(
            "Odile NNP compound 2 PERSON|Fenn NNP nsubj 7 PERSON|, , punct 2|"
            "R NNP compound 6 PERSON|- HYPH punct 6 PERSON|Ore NNP appos 2 PERSON|left VBD ROOT 7"
        )
    ) == {"odile fenn": "person"}


def test_a_title_goes_with_the_one_who_is_called_mr_elsewhere():
    """Not with a relative of the same surname who is named near by."""
    found = discourse(
        "Doctors NNS nsubj 2|saw VBD ROOT 2|Odile NNP compound 4 PERSON|Fenn NNP dobj 2 PERSON",
        "President NNP compound 2|Fenn NNP nsubj 3 PERSON|woke VBD ROOT 3",
        "Mr NNP compound 2|Fenn NNP nsubj 3 PERSON|left VBD ROOT 3",
        "Imre NNP compound 2 PERSON|Fenn NNP nsubj 3 PERSON|stayed VBD ROOT 3",
    )

    assert found.entity_at(5).words == ("imre", "fenn")


def test_an_abbreviated_title_is_the_same_title():
    found = discourse(
        "Sen. NNP compound 3|Imre NNP compound 3 PERSON|Fenn NNP nsubj 4 PERSON|slept VBD ROOT 4",
        "Rafe NNP compound 2 PERSON|Fenn NNP nsubj 3 PERSON|woke VBD ROOT 3",
        "Senator NNP compound 2|Fenn NNP nsubj 3 PERSON|left VBD ROOT 3",
    )

    assert found.entity_at(8).words == ("imre", "fenn")


def test_a_headline_means_the_first_of_a_role_below_it():
    """Where the next one comes far behind."""
    found = discourse(
        "Ferryman NN nsubj 2|sues VBZ ROOT 2",
        "Imre NNP compound 2 PERSON|Fenn NNP nsubj 6 PERSON|, , punct 2|a DT det 5|ferryman NN appos 2|slept VBD ROOT 6",
    )

    assert first_described_person(found, 0) is found.entity_at(2)


@pytest.mark.parametrize(("word", "tag", "said"), [("WHO", "NNP", "WHO"), ("US", "NNP", "US"), ("Who", "WP", "who"), ("I", "PRP", "i")])
def test_an_acronym_is_no_pronoun(word, tag, said):
    doc = Doc(Vocab(), words=[word], tags=[tag], deps=["ROOT"], heads=[0])

    assert pronoun_form(parse_of(doc), 0) == said
