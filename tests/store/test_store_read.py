"""Reading articles and quotes back as records."""

from dataclasses import replace

import pytest
from newsroom import archive, bridge

from quotes.errors import StoreError
from quotes.records import Affiliation, Speaker
from quotes.store import stored


def test_what_was_saved_is_read_back(store):
    """Every field of the article and of its quotes, these in order of the text."""
    article, quotes = bridge()
    store.save(article, quotes, extractor="rules")

    assert list(stored(store)) == [(article, tuple(sorted(quotes, key=lambda quote: quote.spans[0].start)))]


def test_every_article_is_read_once(store):
    """With as many quotes as it has, its speakers and their affiliations among them."""
    saved = {}
    for article, quotes in archive(5, 3):
        store.save(article, quotes, extractor="rules")
        saved[article.id] = [(quote.text, quote.speaker and (quote.speaker.name, quote.speaker.title)) for quote in quotes]

    assert {
        article.id: [(quote.text, quote.speaker and (quote.speaker.name, quote.speaker.title)) for quote in quotes]
        for article, quotes in stored(store)
    } == saved


def test_the_main_affiliation_comes_first(store):
    """The one that the quote itself names, wherever it stands in the text."""
    article, quotes = bridge()
    speaker = Speaker("Ines Okoro-Valdés", "person", (Affiliation("chief engineer", "Senn River Authority"), Affiliation("Mayor", None)))
    store.save(article, [replace(quotes[0], speaker=speaker)], extractor="rules")
    ((_, (quote,)),) = stored(store)

    assert quote.speaker == speaker


def test_what_a_speaker_was_is_read_back_as_past(store):
    article, quotes = bridge()
    former = Affiliation("Mayor", None, past=True)
    speaker = Speaker("Ines Okoro-Valdés", "person", (Affiliation(None, "Senn River Authority"), former), "politician")
    store.save(article, [replace(quotes[0], speaker=speaker)], extractor="rules")
    ((_, (quote,)),) = stored(store)

    assert quote.speaker == speaker
    assert (quote.speaker.title, quote.speaker.past) == (None, False)


def test_a_damaged_row_is_named(store):
    """With the article that it belongs to."""
    article, quotes = bridge()
    store.save(article, quotes, extractor="rules")
    store.db.execute("update extractions set records = x'00'")

    with pytest.raises(StoreError, match=r"the article bridge\.txt is damaged .*: run `quotes verify`"):
        list(stored(store))
