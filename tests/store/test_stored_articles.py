"""Reading articles and quotes back as records."""

import pytest
from newsroom import archive, bridge

from quotes.errors import StoreError
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


def test_a_damaged_row_is_named(store):
    """With the article that it belongs to."""
    article, quotes = bridge()
    store.save(article, quotes, extractor="rules")
    store.db.execute("update extractions set records = x'00'")

    with pytest.raises(StoreError, match=r"the article bridge\.txt is damaged .*: run `quotes verify`"):
        list(stored(store))
