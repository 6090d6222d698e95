"""Articles taken out: the database is then what it would be without them."""

from itertools import combinations

import pytest
from correction_samples import crane, port, quote_of, weir, without_corrections
from newsroom import rows

from quotes.store import Store, verify
from quotes.store.corrections import correcting, listed
from quotes.store.intake.article_versions import meet, save_met
from quotes.store.intake.removal import forget_failures, remove, selected, with_outlet, with_path
from quotes.store.intake.retries import Failure, failures, record_failure

ARTICLES = {"weir": weir, "crane": crane, "port": port}


def fill(store, names):
    for name in names:
        article, quotes = ARTICLES[name]()
        save_met(store, article, quotes, extractor="rules 1", met=meet(store, article))


def take_out(store, *names, **options):
    for each in selected(store, [ARTICLES[name]()[0].id for name in names]):
        remove(store, each, **options)


def untimed(store):
    """All rows but for when an article was met."""
    every = rows(store)
    every["article_versions"] = [row[:-1] for row in every["article_versions"]]
    return every


def found_by_words(store):
    """What the full-text indexes hold."""
    words = ["mayor", "fenn", "bank", "salin", "night"]
    tables = ("articles", "quotes", "aliases", "institution_aliases", "topics")
    return {
        (table, word): store.db.execute(f"select rowid from {table}_fts where {table}_fts match ? order by 1", [word]).fetchall()
        for table in tables
        for word in words
    }


@pytest.mark.parametrize("gone", [some for size in (1, 2, 3) for some in combinations(ARTICLES, size)])
def test_the_database_is_what_it_would_be_without_them(store, tmp_path, gone):
    """Row for row, in every table and every index, with the speakers, names and utterances that were joined by way of them."""
    fill(store, ARTICLES)
    take_out(store, *gone)
    with Store.open(tmp_path / "other.db", create=True) as other:
        fill(other, [name for name in ARTICLES if name not in gone])

        assert untimed(store) == untimed(other)
        assert found_by_words(store) == found_by_words(other)
    assert list(verify(store)) == []


def test_an_article_that_comes_back_is_as_it_was(store):
    """With what people put right about it, which waited."""
    fill(store, ARTICLES)
    correcting.correct_title(store, quote_of(store, "The weir held"), "clerk", by="ada")
    correcting.correct_articles(store, ["weir.txt"], outlet="Port Post", by="ada")
    before = without_corrections(store)
    take_out(store, "weir")
    assert [(each.state, each.because) for each in listed(store)] == [("dormant", "the article is not stored")] * 2
    fill(store, ["weir"])

    assert {table: found for table, found in without_corrections(store).items() if table != "article_versions"} == {
        table: found for table, found in before.items() if table != "article_versions"
    }


def test_corrections_go_along_only_when_told(store):
    """Those of the article; what was decided about names in all articles stays."""
    fill(store, ARTICLES)
    correcting.correct_title(store, quote_of(store, "The weir held"), "clerk", by="ada")
    correcting.rename(store, "Odile Fenn", "Odile von Fenn", by="ada")
    take_out(store, "weir", with_corrections=True)

    assert [each.correction.action for each in listed(store)] == ["rename"]


def test_articles_are_named_by_outlet_and_by_path(store):
    """An outlet by any of its names; a path by how it begins, to the letter."""
    fill(store, ARTICLES)
    correcting.correct_articles(store, ["weir.txt"], outlet="Associated Press", by="ada")
    paths = {each.id: each.path for each in selected(store, [make()[0].id for make in ARTICLES.values()])}

    assert [paths[each] for each in with_outlet(store, "AP")] == ["weir.txt"]
    assert [paths[each] for each in with_outlet(store, "the salin courier")] == ["port.txt"]
    assert [paths[each] for each in with_path(store, "cr")] == ["crane.txt"]
    assert with_path(store, "%") == with_outlet(store, "Nobody’s Post") == selected(store, [5]) == []


def test_failures_go_with_the_article_or_the_path(store):
    fill(store, ["weir"])
    for path in ("weir.txt", "news/a.txt", "news/b.txt", "old/a.txt"):
        record_failure(store, Failure(path, path, f"{path}: is empty"))
    take_out(store, "weir")

    assert forget_failures(store, "news/") == 2
    assert [each.path for each in failures(store)] == ["old/a.txt"]
