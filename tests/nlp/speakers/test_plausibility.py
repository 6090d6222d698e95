"""What cannot be a name, a title or an institution is refused with a reason; everything else passes."""

import pytest
from tagging import parsed

from quotes.nlp.speakers.plausibility import why_implausible
from quotes.records import Span


def why(tagged, field):
    doc, parse, _ = parsed(tagged)
    return why_implausible(parse, Span(0, len(doc.text.rstrip())), field)


@pytest.mark.parametrize(
    ("tagged", "field"),
    [
        ("Ines/NNP Duarte/NNP", "person"),
        ("Okafor/NNP", "person"),
        ("Vale/NNP Bank/NNP", "organisation"),
        ("NY1/NN", "organisation"),
        ("the/DT council/NN", "organisation"),
        ("92/CD %/NN", "description"),
        ("two/CD officials/NNS who/WP know/VBP the/DT plan/NN", "description"),
        ("harbour/NN master/NN", "title"),
        ("acting/JJ mayor/NN", "title"),
        ("Head/NN of/IN Policy/NNP", "title"),
        ("retired/VBN surgeon/NN", "title"),
        ("New/NNP York/NNP Times/NNP", "institution"),
        ("Digital/NNP Copyright/NNP Forum/NNP", "institution"),
        ("UNHCR/JJ", "institution"),
        ("Wyoming/NNP GOP/NNP", "institution"),
    ],
)
def test_what_can_be_one_passes(tagged, field):
    assert why(tagged, field) is None


def test_an_institution_does_not_end_before_a_hyphen():
    _, parse, _ = parsed("Vale-Orme/NNP")

    assert why_implausible(parse, Span(0, 4), "institution") == "cut off"


@pytest.mark.parametrize(
    ("tagged", "field", "reason"),
    [
        ("Image/NN caption/NN", "person", "a caption or a credit"),
        ("Photo/NN by/IN Ines/NNP Duarte/NNP", "organisation", "a caption or a credit"),
        ("Ines/NNP Duarte/NNP ©/SYM AFP/NNP", "person", "a caption or a credit"),
        ("Q/NNP 14/CD", "person", "no word in it"),
        ("2019/CD", "institution", "no word in it"),
        ("Q/NN", "organisation", "no word in it"),
        ("-endorse/NN", "title", "cut off"),
        ("Sang-/NNP", "person", "cut off"),
        ("neighbours/NNS", "person", "no capital letter"),
        ("earlier/RBR", "title", "no noun in it"),
        ("optimistic/JJ", "title", "no noun in it"),
        ("Several/JJ Republican/JJ", "institution", "no noun in it"),
        ("Vale/NNP Bank/NNP that/WDT Duarte/NNP runs/VBZ", "institution", "a clause"),
        ("mayor/NN was/VBD told/VBN", "title", "a clause"),
        ("becoming/VBG the/DT chairman/NN", "title", "a verb phrase"),
        ("and/CC a/DT third/JJ officer/NN", "title", "begins with a conjunction"),
        ("same/JJ wording/NN", "title", "no role in it"),
        ("leader/NN of/IN", "title", "cut off"),
        ("president/NN 's/POS", "title", "cut off"),
        ("Rival/NNP", "title", "no post"),
        ("Vale/NNP Republican/NNP", "institution", "a person"),
        ("House/NNP Rep./NNP", "institution", "a person"),
        ("top/JJ Vale/NNP Party/NNP", "institution", "begins with an adjective"),
        ("Presumptive/NNP GOP/NNP", "institution", "begins with an adjective"),
        ("Presumptive/NN Republican/JJ", "institution", "begins with an adjective"),
        ("Vale/NNP Urban/JJ", "institution", "an adjective"),
        ("President/NNP", "institution", "a role"),
        ("board/NN", "institution", "no name"),
        ("President/NNP Ines/NNP Duarte/NNP", "institution", "a person with a title"),
        (" ".join(["Duarte/NNP"] * 9), "person", "too long"),
    ],
)
def test_what_can_be_none_is_refused_with_the_reason(tagged, field, reason):
    assert why(tagged, field) == reason
