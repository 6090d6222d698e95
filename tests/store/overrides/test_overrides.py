"""Which quote a correction is about, and what a person's words become."""

from correction_samples import weir
from hypothesis import given
from hypothesis import strategies as st

from quotes.records import Affiliation, Span, Speaker
from quotes.store.overrides.correction_records import Correction
from quotes.store.overrides.overrides import OVERLAP, nearest, overlap, override, with_part

ARTICLE, QUOTES = weir()
SPANS = st.lists(st.integers(0, 60), min_size=2, max_size=6, unique=True).map(
    lambda places: tuple(Span(*pair) for pair in zip(sorted(places)[::2], sorted(places)[1::2], strict=False))
)


def title(identifier, spans, words="clerk"):
    target = {"spans": [list(span) for span in spans], "text": "…"}
    return Correction(
        id=identifier, action="title", target=target, change={"title": words}, by="ada", at="2026-01-01", article_id=ARTICLE.id
    )


@given(SPANS, SPANS)
def test_overlap_counts_the_characters_that_both_have(one, other):
    """Of those that either has, whichever comes first."""
    characters = [{place for start, end in spans for place in range(start, end)} for spans in (one, other)]

    assert overlap(one, other) == overlap(other, one) == len(characters[0] & characters[1]) / len(characters[0] | characters[1])
    assert overlap(one, one) == 1


@given(st.lists(SPANS, min_size=1, max_size=5, unique=True))
def test_no_two_corrections_of_different_quotes_change_one(places):
    """A quote is taken once, and only where half of it is shared."""
    said = [title(number, spans, f"t{number}") for number, spans in enumerate(places, start=1)]
    corrected = override(ARTICLE, QUOTES, said)
    changed = [each.quote.speaker.title for each in corrected.every if each.corrected]

    assert len(changed) == len(set(changed)) == len(said) - len(corrected.dormant)
    for each in corrected.every:
        if each.corrected:
            number = int(each.quote.speaker.title[1:])
            assert overlap(places[number - 1], each.quote.spans) >= OVERLAP


def test_the_very_same_place_goes_before_a_likeness_that_is_said_earlier():
    (span,) = QUOTES[1].spans
    near = (Span(span.start + 1, span.end),)
    corrected = override(ARTICLE, QUOTES, [title(1, near, "near"), title(2, (span,), "exact")])

    assert corrected.every[1].quote.speaker.title == "exact"
    assert corrected.dormant == {1: "no such quote is found in the article now"}


def test_without_corrections_nothing_changes():
    corrected = override(ARTICLE, QUOTES, [])

    assert [each.quote for each in corrected.shown] == QUOTES
    assert not any(each.looked_at for each in corrected.every)


def test_words_are_found_whole_and_nearest():
    text = "mayor, mayoral,\nlord  mayor"

    assert nearest(text, "mayor", 20) == Span(22, 27)
    assert nearest(text, "lord mayor", 0) == Span(16, 27)
    assert nearest(text, "mayo", 0) is None


def test_a_title_takes_the_place_of_the_main_one_and_leaves_the_others():
    posts = (Affiliation("clerk", "Salin"), Affiliation("judge", None, past=True), Affiliation("clerk", "Tarn"))
    speaker = with_part(ARTICLE, Speaker("Bo Quill", "person", posts), "title", "mayor", QUOTES[0])

    assert [(each.title, each.institution) for each in speaker.affiliations] == [("mayor", "Salin"), ("judge", None), ("mayor", "Tarn")]
    assert (speaker.title, speaker.role, speaker.confidence.title) == ("mayor", "politician", 1.0)


def test_no_title_means_none_at_all():
    """Not even a past one, which would otherwise stand in."""
    posts = (Affiliation("clerk", "Salin"), Affiliation("judge", None, past=True))
    speaker = with_part(ARTICLE, Speaker("Bo Quill", "person", posts), "title", None, QUOTES[0])

    assert (speaker.affiliations, speaker.title, speaker.confidence.title) == ((Affiliation(None, "Salin"),), None, None)


def test_who_had_none_gets_an_institution():
    speaker = with_part(ARTICLE, Speaker("Bo Quill", "person"), "institution", "Salin", QUOTES[0])

    assert speaker.affiliations == (Affiliation(None, "Salin", None, Span(99, 104)),)
    assert ARTICLE.text[99:104] == "Salin"
