"""What an article and its quotes are about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tagging import parsed, tagged

from quotes.nlp.parsing.parse import parse_of
from quotes.nlp.topics.topic_component import find_topics, is_title_case, topics

TARIFFS = """
Steel/NN tariffs/NNS hurt/VBP Senn/NNP/GPE ,/, Mara/NNP/PERSON Quist/NNP/I-PERSON said/VBD ./.
The/DT steel/NN tariff/NN hurts/VBZ coal/NN ./.
Senn/NNP/GPE wants/VBZ no/DT tariff/NN on/IN coal/NN ,/, Quist/NNP/PERSON said/VBD ./.
"""


def quote(doc, words, speaker=None, mention=None, cue=None):
    """The plain values of a quote whose content is `words` of the Doc."""
    start = doc.text.index(words)
    spans = {
        key: at and {"text": at, "spans": ((doc.text.index(at), doc.text.index(at) + len(at)),)}
        for key, at in (("mention", mention), ("cue", cue))
    }
    named = None if speaker is None else {"name": speaker, "kind": "person"}
    return {"spans": ((start, start + len(words)),), "speaker": named, **spans}


def spoken_of(text, words, **parts):
    doc = tagged(text)
    return find_topics(doc, parse_of(doc), [one := quote(doc, words, **parts)]).of_quote(one)


def foremost(text):
    doc, parse, _ = parsed(text)
    return find_topics(doc, parse).of_article()


def test_an_article_is_about_what_it_comes_back_to():
    """What comes first is foremost."""
    first, *others = foremost(TARIFFS)

    assert (first, set(others)) == ("steel tariffs", {"Senn", "coal", "Mara Quist"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Steel/NN tariffs/NNS hurt/VBP Senn/NNP/GPE", {"steel tariffs", "Senn"}, id="a short article: what it prints once"),
        pytest.param("park/NN and/CC park/NN", set(), id="a single noun must come back often"),
        pytest.param("park/NN ,/, park/NN ,/, park/NN and/CC park/NN", {"park"}, id="as this one does"),
        pytest.param("coal/NN and/CC coal/NN", {"coal"}, id="but a subject is one of its own"),
        pytest.param(
            "SENN/NNP/ORG FEARS/NNP/I-ORG STEEL/NNP TARIFFS/NNPS\nSenn/NNP/GPE has/VBZ steel/NN tariffs/NNS",
            {"Senn", "steel tariffs"},
            id="a headline in title case counts but spells nothing",
        ),
        pytest.param(
            "The/DT Peat/NNP Tax/NNP ,/, the/DT peat/NN tax/NN and/CC the/DT peat/NN tax/NN", {"peat tax"}, id="the usual spelling"
        ),
        pytest.param("the/DT Senn/NNP/GPE War/NNP and/CC the/DT Senn/NNP/GPE War/NNP", {"Senn War"}, id="no part of a capitalised term"),
    ],
)
def test_topics_of_an_article(text, expected):
    assert set(foremost(f"{text} ./.")) == expected


def test_who_only_speaks_is_no_topic_of_the_article():
    doc = tagged(TARIFFS)
    ends = doc.text.rindex("Quist")
    doc._.quotes = (
        {**quote(doc, "Steel tariffs hurt Senn", "Mara Quist", mention="Mara Quist")},
        {**quote(doc, "Senn wants no tariff on coal", "Mara Quist"), "mention": {"text": "Quist", "spans": ((ends, ends + 5),)}},
    )

    assert "Mara Quist" not in topics(doc)._.topics


def test_the_component_gives_each_quote_its_topics():
    doc = tagged(TARIFFS)
    doc._.quotes = (quote(doc, "Steel tariffs hurt Senn", "Mara Quist"),)

    assert [each["topics"] for each in topics(doc)._.quotes] == [("steel tariffs", "Senn")]


@pytest.mark.parametrize("text", ["", "Nobody/NN spoke/VBD ./."])
def test_an_article_without_phrases_has_no_topics(text):
    doc = topics(tagged(text))

    assert (doc._.topics, doc._.quotes) == ((), ())


def test_an_article_has_eight_topics_at_most_and_four_people():
    people = " ".join(f"then/RB Ann/NNP/PERSON Q{letter}ist/NNP/I-PERSON ,/," for letter in "abcdefg")
    places = " ".join(f"then/RB T{letter}rn/NNP/GPE ,/," for letter in "abcdefg")
    found = foremost("\n".join([people, people, places, places]))

    assert len(found) == 8
    assert len([topic for topic in found if topic.startswith("Ann")]) == 4


def test_a_quote_speaks_about_the_names_and_terms_in_it():
    assert spoken_of(TARIFFS, "Senn wants no tariff on coal") == ("Senn", "tariffs", "coal")


def test_a_speaker_is_no_topic_of_their_own_quote():
    text = "Mara/NNP/PERSON Quist/NNP/I-PERSON left/VBD Senn/NNP/GPE ./."

    assert spoken_of(text, "Mara Quist left Senn", speaker="Mara J. Quist") == ("Senn",)
    assert spoken_of(text, "Mara Quist left Senn", speaker="Ida Quist") == ("Mara Quist", "Senn")


def test_a_quote_has_six_topics_at_most():
    places = " ".join(f"then/RB T{letter}rn/NNP/GPE ,/," for letter in "abcdefghi")

    assert len(spoken_of(places, tagged(places).text)) == 6


def test_a_term_with_a_general_head_must_come_back():
    """“Peat habit” printed once is no topic; “peat bog” is."""
    assert spoken_of("peat/NN habit/NN", "peat habit") == ()
    assert spoken_of("peat/NN habit/NN and/CC peat/NN habit/NN", "peat habit") == ("peat habit",)
    assert spoken_of("peat/NN bog/NN", "peat bog") == ("peat bog",)


@pytest.mark.parametrize(
    ("words", "raised"),
    [
        ("TARIFFS HURT SENN AGAIN", True),
        ("Steel Tariffs Hurt the Town", True),
        ("Steel tariffs hurt the town", False),
        ("Quist left", False),
        ("", False),
    ],
)
def test_headlines_are_known_by_their_capitals(words, raised):
    assert is_title_case(words.split()) is raised


WORDS = st.sampled_from(
    ["the", "Senn", "Quist", "peat", "-", "tax", "TARIFFS", "policies", "’s", "s", "new", "U.S.", "it", "people", "president"]
)
TAGS = st.sampled_from(["NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "AFX", "DT", "POS", "PRP", "VBD"])
LABELS = st.sampled_from(["", "", "", "PERSON", "I-PERSON", "ORG", "I-ORG", "GPE", "NORP", "DATE"])


@given(st.lists(st.tuples(WORDS, TAGS, LABELS), min_size=1, max_size=30))
def test_whatever_the_tagger_says_topics_come_out(tokens):
    """Wrong tags and names torn apart are no reason to lose an article; topics are never empty nor twice."""
    doc = tagged(" ".join("/".join((word, tag, label)).rstrip("/") for word, tag, label in _whole(tokens)))
    doc._.quotes = (quote(doc, doc.text, "Mara Quist"),)
    found = topics(doc)

    for each in (found._.topics, found._.quotes[0]["topics"]):
        assert all(topic.strip() == topic != "" for topic in each)
        assert len(set(each)) == len(each)


def _whole(tokens):
    """Tokens whose names go on only where one of the label began."""
    before = ""
    for word, tag, label in tokens:
        label = label if not label.startswith("I-") or before.removeprefix("I-") == label[2:] else ""
        yield word, tag, label
        before = label
