"""The same article met again is one article, with its versions kept; near copies in other outlets are linked."""

from dataclasses import replace

import pytest
from newsroom import bridge, quote

from quotes.readers.fetch.addresses import address_key
from quotes.records import Article, Speaker
from quotes.store import Saved, verify
from quotes.store.intake import article_versions
from quotes.store.intake.article_versions import Meeting, catch_up, keep_older, meet, save_met

TEXT = "“Yes,” said Ann Lee. " + "The quay is closed for good, and the ferry goes from the new bridge on every day but Sunday. " * 3
LATER = TEXT.replace("“Yes,”", "“Yes, of course,”")
URL = "https://www.courier.example/quay?utm_source=x"


def add(store, article, quotes=None):
    met = meet(store, article)
    if quotes is None:
        words = article.text[: article.text.index("”") + 1]
        quotes = [quote(article.text, words, speaker=Speaker("Ann Lee", "person"))]
    if met.how in (Meeting.BEFORE, Meeting.OLDER):
        keep_older(store, article, met.article_id)
        return met.how
    save_met(store, article, quotes, extractor="rules 1", met=met)
    return met.how


def consistent(store):
    assert list(verify(store)) == []
    assert store.rows("select count(*) from articles where id not in (select id from article_versions)") == [(0,)]
    return True


def test_a_changed_text_at_the_same_address_is_a_version(store):
    old = Article(text=TEXT, url=URL, path="old.html")
    assert [add(store, old), add(store, old)] == [Meeting.NEW, Meeting.CURRENT]
    assert add(store, Article(text=LATER, url="http://courier.example/quay/", path="new.html")) is Meeting.NEWER
    assert store.rows("select path, text from articles") == [("new.html", LATER)]
    assert store.rows("select text from quotes") == [("“Yes, of course,”",)]
    kept = store.rows("select path, v.text, quotes from article_versions v where text is not null")
    assert kept[0][:2] == ("old.html", TEXT)
    assert '"text": "“Yes,”"' in kept[0][2]
    assert '"speaker": "Ann Lee"' in kept[0][2]
    assert consistent(store)
    assert [add(store, old), add(store, Article(text=LATER, url="http://courier.example/quay/"))] == [Meeting.BEFORE, Meeting.CURRENT]
    assert store.rows("select text from articles") == [(LATER,)]
    assert store.counts()["article_versions"] == 2


def test_a_version_that_is_older_by_its_own_word_does_not_replace(store):
    add(store, Article(text=LATER, url=URL, modified="2025-05-02T09:00:00+02:00"))
    assert add(store, Article(text=TEXT, url=URL, modified="2025-05-02T06:30:00Z")) is Meeting.OLDER
    assert store.rows("select text from articles") == [(LATER,)]
    assert store.rows("select text from article_versions where text is not null") == [(TEXT,)]
    assert consistent(store)


def test_many_versions_stay_together(store):
    texts = [TEXT.replace("Yes", f"Yes, {n}") for n in range(5)]
    for text in texts:
        add(store, Article(text=text, url=URL))
    assert store.rows("select text from articles") == [(texts[-1],)]
    assert store.rows("select count(*), count(distinct article_id), count(text) from article_versions") == [(5, 1, 4)]
    assert consistent(store)


def test_an_address_that_becomes_known_is_taken_over(store):
    add(store, Article(text=TEXT, path="pasted.txt"))
    assert add(store, Article(text=TEXT, url=URL)) is Meeting.NEWER
    assert store.rows("select url from articles") == [(URL,)]
    assert add(store, Article(text=TEXT, path="pasted.txt")) is Meeting.BEFORE
    assert store.rows("select count(*), count(text) from article_versions") == [(2, 0)]
    assert consistent(store)


@pytest.mark.parametrize(
    "change", [lambda text: text, lambda text: text[: len(text) * 2 // 3], lambda text: text.replace("Sunday", "Monday")]
)
def test_near_copies_in_two_outlets_are_linked_and_not_merged(store, change):
    text = bridge()[0].text
    add(store, Article(text=text, url=URL), [])
    assert add(store, Article(text=change(text), url="https://herald.example/wire/1"), []) is Meeting.NEW
    ((shared,),) = store.rows("select shared from article_links")
    assert shared >= 0.6
    assert store.rows("select count(*) from articles") == [(2,)]
    assert consistent(store)


def test_other_articles_and_the_same_outlet_s_are_not_linked(store):
    text = bridge()[0].text
    add(store, Article(text=text, url=URL), [])
    add(store, Article(text=text + " It rained.", url="https://courier.example/other"), [])
    add(store, Article(text=" ".join(reversed(text.split())), url="https://herald.example/1"), [])
    assert store.rows("select * from article_links") == []


def test_a_new_version_has_the_links_of_its_own_text(store):
    text = bridge()[0].text
    add(store, Article(text=text, url=URL), [])
    add(store, Article(text=text, url="https://herald.example/1"), [])
    add(store, Article(text=" ".join(reversed(text.split())), url=URL), [])
    assert store.rows("select * from article_links") == []
    assert consistent(store)


def test_a_fault_halfway_leaves_everything_as_it_was(store, monkeypatch):
    add(store, Article(text=TEXT, url=URL))
    before = {table: store.rows(f"select * from {table}") for table in store.counts()}
    monkeypatch.setattr(article_versions, "remove_article", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add(store, Article(text=LATER, url=URL))
    assert {table: store.rows(f"select * from {table}") for table in store.counts()} == before


def test_articles_stored_by_other_ways_are_met_afterwards(store):
    article, quotes = bridge()
    assert store.save(article, quotes, extractor="rules 1") is Saved.ADDED
    assert (catch_up(store), catch_up(store)) == (1, 0)
    assert meet(store, replace(article, text=article.text + "More.")).how is Meeting.NEWER
    assert consistent(store)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("https://www.a.example/x/", "http://a.example/x"),
        ("https://a.example/x?utm_source=y&id=2&fbclid=z#top", "https://a.example/x?id=2"),
        ("https://a.example/x/amp", "https://amp.a.example/x"),
        ("https://m.a.example/x/index.html", "https://a.example/x"),
        ("https://A.example/x?b=1&a=2", "https://a.example/x?a=2&b=1"),
    ],
)
def test_addresses_of_one_page_are_the_same(one, two):
    assert address_key(one) == address_key(two) is not None


def test_other_addresses_are_not_and_a_front_page_is_none():
    keys = [address_key(f"https://a.example/{path}") for path in ("x", "y", "X", "x?id=1", "x?id=2")]
    assert len(set(keys)) == 5
    assert [address_key(url) for url in (None, "", "https://a.example/", "http://[::1", "nonsense")] == [None] * 5
