"""Which names an article prints, and which of them are the same person's or body's."""

from itertools import pairwise

import pytest
from treebank import parse

from quotes.nlp.names.entities import group_names
from quotes.nlp.names.name_parts import fold
from quotes.nlp.names.namesakes import same_person
from quotes.nlp.names.proper_names import names_of


def names(text):
    """Every name with its kind, as printed."""
    each = parse(text)
    return [(text[each.start[name.first] : each.end[name.last]], name.kind) for name in names_of(each)]


def entities(text, kind="person"):
    """The mentions of each entity of a kind, the fullest form first."""
    each = parse(text)

    def printed(name):
        return text[each.start[name.first] : each.end[name.last]]

    found = [entity for entity in group_names(each, names_of(each)) if entity.kind == kind]
    return [[printed(entity.fullest), *(printed(name) for name in entity.mentions if name is not entity.fullest)] for entity in found]


@pytest.mark.parametrize(
    ("one", "other"), [("Dvořák", "DVORAK"), ("O’Hara", "O'Hara"), ("Jr.", "jr"), ("U.N.", "UN"), ("Łukasz", "łukasz"), ("Ngũgĩ", "Ngugi")]
)
def test_words_compare_without_case_accents_and_dots(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Imre Fodor left.", [("Imre Fodor", "person")]),
        ("Mrs. Fodor left.", [("Fodor", "person")]),
        ("J. P. Fodor left.", [("J. P. Fodor", "person")]),
        ("Imre Fodor Jr. left.", [("Imre Fodor Jr.", "person")]),
        ("Imre “Duke” Fodor left.", [("Imre “Duke” Fodor", "person")]),
        ("Pieter van der Berg left.", [("Pieter van der Berg", "person")]),
        ("Imre Fodor’s dog left.", [("Imre Fodor", "person")]),
        ("Mayor Odile Fenn left.", [("Odile Fenn", "person")]),
        ("The Tarn Water Authority left.", [("Tarn Water Authority", "organisation")]),
        ("Imre Fodor and Odile Fenn left.", [("Imre Fodor", "person"), ("Odile Fenn", "person")]),
        ("The storm passed.", []),
    ],
)
def test_a_name_is_printed_without_honorific_article_or_possessive(text, expected):
    """With its initials, particles, suffix and nickname."""
    assert names(text) == expected


def test_a_name_behind_an_honorific_is_seen_although_it_has_no_label():
    assert names("Mr. Qwelby left.") == [("Qwelby", "person")]


def test_a_name_never_runs_over_a_line():
    assert names("Odile Fenn\nImre Fodor left.") == [("Odile Fenn", "person"), ("Imre Fodor", "person")]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("odile fenn", "odile marie fenn"),
        ("o fenn", "odile fenn"),
        ("tim fenn", "timothy fenn"),
        ("odile fenn jr", "odile fenn"),
        ("fenn odile", "odile fenn"),
        ("marie fenn", "odile marie fenn"),
    ],
)
def test_two_forms_of_one_name_are_the_same_person(short, full):
    assert same_person(short.split(), full.split())
    assert same_person(full.split(), short.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("odile fenn", "imre fenn"),
        ("odile fenn", "odile fodor"),
        ("joan fenn", "john fenn"),
        ("erica fenn", "eric fenn"),
        ("daniel fenn", "danielle fenn"),
        ("odile a fenn", "odile b fenn"),
        ("paul thomas", "thomas paul"),
        ("", "odile fenn"),
        ("jr", "odile fenn"),
    ],
)
def test_two_people_of_one_surname_stay_apart(one, other):
    assert not same_person(one.split(), other.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Odile Fenn left. Fenn came back.", [["Odile Fenn", "Fenn"]]),
        ("Fenn left. Odile Fenn came back.", [["Odile Fenn", "Fenn"]]),
        ("Odile Fenn left. Odile came back.", [["Odile Fenn", "Odile"]]),
        ("Kim Soo-yeon left. Kim came back.", [["Kim Soo-yeon", "Kim"]]),
        ("Pieter van der Berg left. Van der Berg came back.", [["Pieter van der Berg", "Van der Berg"]]),
        ("Odile Osei-Brandt left. Osei-Brandt came back.", [["Odile Osei-Brandt", "Osei-Brandt"]]),
        ("Odile Fenn left. Imre Fodor came back.", [["Odile Fenn"], ["Imre Fodor"]]),
        ("J. Fenn left. John Fenn stayed. Jane Fenn came back.", [["John Fenn"], ["Jane Fenn"], ["J. Fenn"]]),
        ("Odile Fenn and Thomas Fenn left. Fenn came back.", [["Odile Fenn"], ["Thomas Fenn"], ["Fenn"]]),
        ("Imre Fenn died. Thomas Fenn, who is his uncle, left. Fenn said so.", [["Imre Fenn"], ["Thomas Fenn", "Fenn"]]),
    ],
)
def test_short_names_join_the_full_one(text, expected):
    """Wherever in the article it stands; the fullest form is first."""
    assert entities(text) == expected


def test_an_honorific_tells_two_of_one_surname_apart():
    text = "Odile Fenn and Thomas Fenn left. Mr. Fenn came back. Mrs. Fenn did not."

    assert entities(text) == [["Odile Fenn", "Fenn"], ["Thomas Fenn", "Fenn"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Tarn Water Authority left. The TWA came back.", [["Tarn Water Authority", "TWA"]]),
        ("The Tarn Water Authority left. Tarn Water came back.", [["Tarn Water Authority", "Tarn Water"]]),
        ("The Upland Bank left. The Marrow Bank came back.", [["Upland Bank"], ["Marrow Bank"]]),
    ],
)
def test_a_body_is_known_by_its_initials_and_by_its_first_words(text, expected):
    assert entities(text, "organisation") == expected


def test_a_surname_with_the_label_of_a_place_is_the_person_known():
    """Labels on one word are the least sure."""
    assert entities("Odile Tarn left. Tarn came back.") == [["Odile Tarn", "Tarn"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maria Qwelby slept.", [("Maria Qwelby", "person")]),
        ("Mayor Maria Qwelby slept.", [("Maria Qwelby", "person")]),
        ("Tarn University slept.", [("Tarn University", "organisation")]),
        ("Beatrix Mwangi-Stone slept.", [("Beatrix Mwangi-Stone", "person")]),
        ("Dolores “Lola” Ibarra slept.", [("Dolores “Lola” Ibarra", "person")]),
        ("Odile Fenn’s Tarn Water slept.", [("Odile Fenn", "person"), ("Tarn Water", "organisation")]),
    ],
)
def test_the_edges_and_labels_of_a_model_are_mended(text, expected):
    """These trees are left as a model that errs might draw them: no label, half of the name, the title in it, a body called a place."""
    assert names(text) == expected


def test_a_sentence_that_the_model_took_for_a_name_is_none():
    """As in headlines."""
    assert names("Wells ran dry in May") == []


def test_names_never_overlap():
    text = "Imre Fodor, Jr., slept."
    each = list(names_of(parse(text)))

    assert all(one.last < other.first for one, other in pairwise(each))
