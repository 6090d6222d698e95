"""What growth is measured with: the articles, and saving by turns."""

from benchmarks import growth
from benchmarks.growth import measure
from benchmarks.synthetic import Archive
from quotes.store import Store


def test_invented_articles_are_the_same_for_the_same_seed_and_their_spans_are_true():
    one, other = (list(Archive(1000).articles(60)) for _ in range(2))

    assert one == other
    assert sum(len(quotes) for _, quotes in one) == 60
    assert all(article.text[quote.spans[0].start : quote.spans[0].end] == quote.text for article, quotes in one for quote in quotes)


def test_each_tenth_is_measured_and_the_first_again_beside_the_last(tmp_path, monkeypatch):
    """With the same articles."""
    monkeypatch.setattr(growth, "WARM_UP", 150)
    with Store.open(tmp_path / "grown.db", create=True) as grown, Store.open(tmp_path / "empty.db", create=True) as empty:
        tenths, first = measure(grown, empty, 600, together=2)
        texts, again = ({row[0] for row in store.db.execute("select text from articles")} for store in (grown, empty))
        counts = [store.counts()["quotes"] for store in (grown, empty)]

    assert len(tenths) == 10
    assert all(each.quotes >= 60 and each.each > 0 and each.pages > 0 for each in (*tenths, first))
    assert counts[0] >= 600 > counts[1] >= first.quotes
    assert again < texts
