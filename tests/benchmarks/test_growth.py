"""What growth is measured with: the articles, and saving by turns."""

import pytest

from benchmarks import growth
from benchmarks.growth import Time, articles, measure
from quotes.store import Store


@pytest.fixture
def stores(tmp_path, monkeypatch):
    monkeypatch.setattr(growth, "WARM_UP", 150)
    with Store.open(tmp_path / "grown.db", create=True) as grown, Store.open(tmp_path / "empty.db", create=True) as empty:
        yield grown, empty


def test_made_up_articles_are_the_same_for_the_same_seed_and_their_spans_are_true():
    one, other = list(articles(60)), list(articles(60))

    assert one == other
    assert all(article.text[quote.spans[0].start : quote.spans[0].end] == quote.text for article, quotes in one for quote in quotes)


def test_each_tenth_is_measured_and_the_first_again_beside_the_last(stores):
    tenths, first = measure(*stores, 600)

    assert len(tenths) == 10
    assert all(each.quotes >= 60 and each.processor > 0 and each.wall > 0 for each in (*tenths, first))
    grown, empty = (store.counts()["quotes"] for store in stores)
    assert grown >= 600 > empty >= first.quotes


def test_the_articles_of_the_first_tenth_come_again(stores):
    grown, empty = stores
    measure(grown, empty, 600)

    again = {row[0] for row in empty.db.execute("select text from articles")}
    assert again < {row[0] for row in grown.db.execute("select text from articles")}


def test_time_is_told_for_one_quote():
    assert str(Time(10, 0.005, 0.02)).split() == ["0.500", "2.000"]
