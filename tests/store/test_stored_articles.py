"""Reading articles and quotes back as records."""

import pytest
from newsroom import archive, bridge

from quotes.errors import StoreError
from quotes.store import stored


def test_what_was_saved_is_read_back(store):
    """Every field of the articles and of their quotes, these in order of the text."""
    saved = sorted((bridge(), *archive(5, 3)), key=lambda each: each[0].id)
    for article, quotes in saved:
        store.save(article, quotes, extractor="rules")

    in_order = [(article, tuple(sorted(quotes, key=lambda quote: quote.spans[0].start))) for article, quotes in saved]
    assert list(stored(store)) == in_order


def test_a_damaged_row_is_named(store):
    """With the article that it belongs to."""
    article, quotes = bridge()
    store.save(article, quotes, extractor="rules")
    store.db.execute("update extractions set records = x'00'")

    with pytest.raises(StoreError, match=r"the article bridge\.txt is damaged .*: run `quotes verify`"):
        list(stored(store))
