import json
from dataclasses import FrozenInstanceError, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.records import (
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


def test_a_quote_that_is_as_likely_wrong_as_right_is_marked():
    """It is kept: whoever wants the sure ones can ask for them."""
    assert [well(confidence=confidence).unsure for confidence in (0.0, 0.49, 0.5, 1.0)] == [True, True, False, False]


def test_the_parts_of_a_broken_quote_are_joined_by_an_ellipsis():
    assert quoted(TEXT, [(0, 11), (43, 52)]) == "“The well,” … “is dry.”"


def test_a_quote_as_json_has_the_fields_of_the_contract_in_order():
    """In plain lists: a tuple would be written the same, but not read back the same."""
    row = well().as_json("a.txt")

    assert " ".join(row) == "article kind act text spans cue mention speaker confidence zone topics unsure"
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


WATER, CLERK, CHAIR = Affiliation(None, "Tarn Water"), Affiliation("clerk", "Upland Bank"), Affiliation("chair", "Upland Bank", past=True)


@pytest.mark.parametrize(
    ("affiliations", "title", "institution", "past"),
    [
        pytest.param([WATER, Affiliation("engineer", None), CLERK], "engineer", "Tarn Water", False, id="the first that is known of each"),
        pytest.param([CHAIR, WATER], None, "Tarn Water", False, id="a former chair who runs another body is no chair of it"),
        pytest.param([CHAIR], "chair", "Upland Bank", True, id="what a speaker was where nothing says what they are"),
    ],
)
def test_a_speaker_has_a_title_and_an_institution(affiliations, title, institution, past):
    speaker = Speaker("Imre Fodor", "person", tuple(affiliations))

    assert (speaker.title, speaker.institution, speaker.past) == (title, institution, past)


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


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"path": "b.txt", "title": "Dry"}, True),
        pytest.param({"topics": ("wells",)}, True, id="a newer version may find others"),
        ({"text": TEXT + " "}, False),
        ({"url": "https://a.example/1"}, False),
    ],
)
def test_the_identity_of_an_article_is_its_text_and_address(changes, same):
    article = Article(text=TEXT, path="a.txt")

    assert (replace(article, **changes).id == article.id) is same


def test_an_id_never_changes_between_versions():
    """Databases made before must still fit: a change of the recipe needs a new version in it."""
    assert Article(text="“Dry,” Fodor said.").id == 291265735073057


@given(st.text(), st.text())
def test_ids_are_positive_and_fit_a_float(kind, identity):
    """So that a spreadsheet keeps every digit; a lone surrogate is no reason to fail, and the parts of an identity do not run together."""
    made = content_id(kind, identity)

    assert 0 <= made < 2**53
    assert int(float(made)) == made
    assert content_id(kind, f"{identity}a", "b") != content_id(kind, identity, "ab")


def test_a_value_is_on_one_line_without_what_prints_nothing():
    assert as_value("Mara\u00a0\u200bDu\u00adnn,\n  may\u00ador\u200e") == "Mara Dunn, mayor"
