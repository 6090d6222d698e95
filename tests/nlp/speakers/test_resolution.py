"""Who the printed source means: by name, pronoun, description, or nothing at all."""

import pytest
from treebank import doc_of

from quotes.nlp.rules.detector import detector
from quotes.nlp.speakers.resolver import resolver


def speakers(text):
    """Name and kind of the speaker of each quote."""
    return [
        quote["speaker"] and (quote["speaker"]["name"], quote["speaker"]["kind"]) for quote in resolver(detector(doc_of(text)))._.quotes
    ]


def last(text):
    return speakers(text)[-1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Odile Fenn left. Fenn said the well was dry.", "Odile Fenn"),
        ("Fenn said the well was dry. Odile Fenn left.", "Odile Fenn"),
        ("Odile Fenn and her brother Seth left. Seth said the well was dry.", "Seth"),
        ("Odile Fenn and Thomas Fenn left. Mr. Fenn said the well was dry.", "Thomas Fenn"),
        ("Odile Fenn and Thomas Fenn left. Odile said the well was dry.", "Odile Fenn"),
        ("Kim Soo-yeon left. Kim said the well was dry.", "Kim Soo-yeon"),
    ],
)
def test_a_short_name_is_given_in_full(text, name):
    assert (name, "person") in speakers(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Odile Fenn opened the door. “The well is dry,” she said.", "Odile Fenn"),
        ("Thomas Fodor met Maria Fenn in Tarn. “The well is dry,” she said.", "Maria Fenn"),
        ("Maria Fenn met Thomas Fodor in Tarn. “The well is dry,” he said.", "Thomas Fodor"),
        ("Odile Fenn met Maria Fodor in Tarn. “The well is dry,” she said.", "Odile Fenn"),
        ("Odile Fenn opened the door.\n\nIt rained. “The well is dry,” she said.", "Odile Fenn"),
        ("Odile Fenn said she knew. She said the well was dry.", "Odile Fenn"),
    ],
)
def test_a_pronoun_means_the_nearest_fitting_subject(text, name):
    """Of its gender; a subject before an object."""
    assert last(text) == (name, "person")


def test_a_pronoun_that_fits_nobody_means_nobody():
    assert last("Maria Fenn opened the door. “The well is dry,” he said.") is None


def test_a_pronoun_without_anybody_before_it_means_nobody():
    assert last("“The well is dry,” she said.") is None


def test_a_first_person_is_who_speaks_around_it():
    """What "we" fear in what Odile says is her fear."""
    assert speakers("Odile Fenn said we fear the well is dry.") == [("Odile Fenn", "person")] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Odile and Imre Fenn dug the well. “It is dry,” they said.", ("Odile and Imre Fenn", "group")),
        ("Farmers left on Monday. They said the well was dry.", ("Farmers", "group")),
        ("Tarn Water left on Monday. It said the well was dry.", ("Tarn Water", "organisation")),
    ],
)
def test_they_and_it_mean_several_people_or_a_body(text, expected):
    assert last(text) == expected


def test_it_without_a_body_before_it_is_nobody():
    assert last("Odile Fenn opened a letter. It said the well was dry.") in (None, ("a letter", "document"), ("letter", "document"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Odile Fenn is a professor at Tarn College. The professor said the well was dry.", "Odile Fenn"),
        ("Odile Fenn, the mayor, met Imre Fodor, an engineer. The engineer said the well was dry.", "Imre Fodor"),
        ("Odile Fenn, the mayor, met Imre Fodor, an engineer. The mayor said the well was dry.", "Odile Fenn"),
        ("Sen. Odile Fenn left. The senator said the well was dry.", "Odile Fenn"),
    ],
)
def test_a_description_means_who_has_that_title(text, name):
    assert last(text) == (name, "person")


def test_a_description_that_nobody_fits_stays_as_it_is():
    name, kind = last("Odile Fenn, the mayor, left. The plumber said the well was dry.")

    assert (name.removeprefix("The "), kind) == ("plumber", "unnamed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A neighbour said the well was dry.", ("A neighbour", "unnamed")),
        ("A senior official at Tarn Water said the well was dry.", ("A senior official at Tarn Water", "unnamed")),
        ("Officials said the well was dry.", ("Officials", "group")),
        ("Two officials at Tarn Water said the well was dry.", ("Two officials at Tarn Water", "group")),
        ("Many said the well was dry.", ("Many", "group")),
        ("Imre Fodor and Odile Fenn said the well was dry.", ("Imre Fodor and Odile Fenn", "group")),
        ("The Tarn Water Authority said the well was dry.", ("Tarn Water Authority", "organisation")),
        ("A report said the well was dry.", ("A report", "document")),
    ],
)
def test_the_kind_of_a_speaker_is_told_by_the_source(text, expected):
    """Named or not, one or many, or a paper."""
    assert last(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A report by Tarn Water said the well was dry.", ("Tarn Water", "organisation")),
        ("A Tarn Water survey said the well was dry.", ("Tarn Water", "organisation")),
        ("Odile Fenn left. Her memoir said the well was dry.", ("Odile Fenn", "person")),
    ],
)
def test_a_document_speaks_for_its_author(text, expected):
    assert last(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Tarn Water Authority left. The authority said the well was dry.", ("Tarn Water Authority", "organisation")),
        ("Upland Motors left. The company said the well was dry.", ("Upland Motors", "organisation")),
        ("The Fenn campaign said the well was dry.", ("Fenn campaign", "organisation")),
    ],
)
def test_a_common_noun_stands_for_the_body_spoken_of(text, expected):
    assert last(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Odile Fenn said the well was dry. “We will leave.”",
        "Odile Fenn said the well was dry.\n\n“We will leave.”",
        "“The well is dry,” said Odile Fenn.\n\n“We will leave.”",
        "“The well is dry.\n\n“We will leave,” said Odile Fenn.",
    ],
)
def test_a_floating_quote_is_said_by_who_spoke_around_it(text):
    """Before it, or in its run."""
    assert set(speakers(text)) == {("Odile Fenn", "person")}


def test_who_does_something_behind_a_floating_quote_need_not_have_said_it():
    """It may be the one who hears it."""
    assert speakers("“We will leave.” Odile Fenn had made up her mind.") == [None]


def test_a_name_in_the_byline_is_nobody_in_the_story():
    text = "By Thomas Fenn\n\nOdile Fenn left. Fenn said the well was dry."
    doc = doc_of(text)
    doc._.zones = (("byline", 0, 14),)

    assert [quote["speaker"]["name"] for quote in resolver(detector(doc))._.quotes] == ["Odile Fenn"]


def test_who_said_it_is_the_noun_of_the_relative_clause():
    assert last("Odile Fenn, who said the well was dry, left.") == ("Odile Fenn", "person")


def test_a_person_apposed_to_a_description_is_named():
    assert last("“The well is dry,” said Tarn Water’s head of drilling, Odile Fenn.") == ("Odile Fenn", "person")


def test_a_line_break_in_a_name_is_a_space():
    """As it is printed in a narrow column."""
    assert last("Odile\nFenn said the well was dry.")[0] in {"Odile Fenn", "Fenn"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarn Water said it was sorry. The statement said the well was dry.", ("Tarn Water", "organisation")),
        ("The report, released by Tarn Water, said the well was dry.", ("Tarn Water", "organisation")),
        ("The report said the well was dry.", ("The report", "document")),
    ],
)
def test_a_paper_spoken_of_is_its_issuer_s_where_one_is_told(text, expected):
    assert last(text) == expected


def test_somebody_new_without_a_name_takes_the_pronoun():
    """Not the person named before."""
    text = "Maria Fenn left. A volunteer opened the door. “The well is dry,” she said."

    assert last(text) == ("A volunteer", "unnamed")


def test_the_speakers_of_a_transcript_are_people():
    text = "The hearing\n\nHALE: Is the well dry?\n\nFODOR: It is dry.\n\nHALE: Since when?"

    assert speakers(text) == [("HALE", "person"), ("FODOR", "person"), ("HALE", "person")]


def test_a_name_that_the_model_missed_is_a_person_beside_said():
    assert last("Qwelby said the well was dry.") == ("Qwelby", "person")


def test_a_name_with_a_word_for_bodies_is_a_body():
    assert last("Qwelby Bank said the well was dry.") == ("Qwelby Bank", "organisation")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aides to Maria Fenn said the well was dry.", ("Aides to Maria Fenn", "group")),
        ("A lawyer for Maria Fenn said the well was dry.", ("A lawyer for Maria Fenn", "unnamed")),
        ("Maria Fenn’s lawyer said the well was dry.", ("Maria Fenn’s lawyer", "unnamed")),
    ],
)
def test_who_speaks_for_somebody_is_not_that_person(text, expected):
    assert last(text) == expected
