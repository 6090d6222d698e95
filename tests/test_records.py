import json
from dataclasses import FrozenInstanceError, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.records import (
    ID_BITS,
    Affiliation,
    Article,
    Passage,
    Quote,
    Span,
    Speaker,
    SpeakerConfidence,
    as_value,
    content_id,
    quote_from_plain,
    quoted,
)

TEXT = "“The well,” Imre Fodor of Tarn Water said, “is dry.”"
DEAN = Affiliation("dean", "Tarn College", Span(0, 4), Span(8, 20))


def well(**changes) -> Quote:
    quote = Quote(
        kind="direct",
        act="speech",
        text="“The well,” … “is dry.”",
        spans=(Span(0, 11), Span(43, 52)),
        cue=Passage("said", (Span(37, 41),)),
        mention=Passage("Imre Fodor of Tarn Water", (Span(12, 36),)),
        speaker=Speaker("Imre Fodor", "person", (Affiliation(None, "Tarn Water", None, Span(26, 36)),)),
        confidence=0.9,
    )
    return replace(quote, **changes)


@pytest.mark.parametrize(("confidence", "unsure"), [(0.0, True), (0.49, True), (0.5, False), (1.0, False)])
def test_a_quote_that_is_as_likely_wrong_as_right_is_marked(confidence, unsure):
    """It is kept: whoever wants the sure ones can ask for them."""
    assert replace(well(), confidence=confidence).unsure is unsure


def test_the_parts_of_a_broken_quote_are_joined_by_an_ellipsis():
    assert quoted(TEXT, [(0, 11), (43, 52)]) == "“The well,” … “is dry.”"


def test_a_quote_as_json_has_the_fields_of_the_contract_in_order():
    assert list(well().as_json("-")) == [
        "article",
        "kind",
        "act",
        "text",
        "spans",
        "cue",
        "mention",
        "speaker",
        "confidence",
        "unsure",
        "zone",
        "topics",
    ]


def test_a_quote_as_json_holds_plain_lists():
    """A tuple would be written the same, but not read back the same."""
    row = well().as_json("a.txt")

    assert row["article"] == "a.txt"
    assert row["spans"] == [[0, 11], [43, 52]]
    assert row["cue"] == {"text": "said", "spans": [[37, 41]]}
    assert row["speaker"] == {
        "name": "Imre Fodor",
        "kind": "person",
        "title": None,
        "institution": "Tarn Water",
        "past": False,
        "role": "unknown",
        "role_evidence": None,
        "outlet": False,
        "affiliations": [
            {"title": None, "institution": "Tarn Water", "title_span": None, "institution_span": [26, 36], "past": False},
        ],
        "confidence": {"name": None, "title": None, "institution": None},
    }


def test_the_title_of_a_speaker_is_the_first_that_is_known():
    """A title and an institution may come from two mentions."""
    speaker = Speaker(
        "Imre Fodor", "person", (Affiliation(None, "Tarn Water"), Affiliation("engineer", None), Affiliation("clerk", "Upland Bank"))
    )

    assert (speaker.title, speaker.institution) == ("engineer", "Tarn Water")


def test_what_a_speaker_was_gives_way_to_what_they_are():
    """A former chair who now runs another body is no chair of it."""
    speaker = Speaker("Imre Fodor", "person", (Affiliation("chair", "Upland Bank", past=True), Affiliation(None, "Tarn Water")))

    assert (speaker.title, speaker.institution, speaker.past) == (None, "Tarn Water", False)


def test_what_a_speaker_was_stands_where_nothing_says_what_they_are():
    speaker = Speaker("Imre Fodor", "person", (Affiliation("chair", "Upland Bank", past=True),))

    assert (speaker.title, speaker.institution, speaker.past) == ("chair", "Upland Bank", True)


@pytest.mark.parametrize("record", [well(), Article(text=TEXT), Speaker("Imre Fodor", "person"), DEAN, Passage("said", ())])
def test_records_cannot_be_changed(record):
    """They are passed on without copies."""
    with pytest.raises(FrozenInstanceError):
        setattr(record, fields(record)[0].name, "something else")


@pytest.mark.parametrize(
    "quote",
    [
        well(),
        well(cue=None, mention=None),
        well(speaker=None),
        well(speaker=Speaker("a report", "document")),
        well(speaker=Speaker("Odile Fenn", "person", (DEAN, Affiliation("chair", None, Span(30, 35))))),
        well(speaker=Speaker("Tarn Courier", "organisation", (), "journalist", Passage("Courier", (Span(5, 12),)), outlet=True)),
        well(speaker=Speaker("Odile Fenn", "person", (replace(DEAN, past=True),), confidence=SpeakerConfidence(0.9, 0.7, None))),
        well(zone="caption"),
        well(topics=("dry wells", "Upland")),
    ],
)
def test_a_quote_comes_back_from_plain_values(quote):
    """Lists become tuples and spans again, the order of the affiliations stays."""
    assert quote_from_plain(json.loads(json.dumps(quote.as_json("-")))) == quote


def test_an_article_is_the_same_wherever_it_was_read():
    """Its identity is its text and address, not its path."""
    assert Article(text=TEXT, path="a.txt").id == Article(text=TEXT, path="b.txt", title="Dry").id


def test_the_topics_of_an_article_are_no_part_of_its_identity():
    """A newer version may find others."""
    assert Article(text=TEXT).id == Article(text=TEXT, topics=("wells",)).id


def test_articles_of_other_text_or_address_are_others():
    ids = {Article(text=TEXT).id, Article(text=TEXT + " ").id, Article(text=TEXT, url="https://a.example/1").id}

    assert len(ids) == 3


def test_an_id_never_changes_between_versions():
    """Databases made before must still fit: a change of the recipe needs a new version in it."""
    assert Article(text="“Dry,” Fodor said.").id == 291265735073057


def test_the_parts_of_an_identity_do_not_run_together():
    assert content_id("speaker", "ab", "c") != content_id("speaker", "a", "bc")


@given(st.text(), st.text())
def test_ids_are_positive_and_fit_a_float(kind, identity):
    """So that a spreadsheet keeps every digit; a lone surrogate is no reason to fail."""
    made = content_id(kind, identity)

    assert 0 <= made < 2**ID_BITS
    assert int(float(made)) == made


def test_a_value_is_on_one_line_without_what_prints_nothing():
    assert as_value("Mara\u00a0\u200bDu\u00adnn,\n  may\u00ador\u200e") == "Mara Dunn, mayor"
