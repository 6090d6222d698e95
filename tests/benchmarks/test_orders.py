"""The command that stores articles in several orders, on made-up ones."""

import pytest

from benchmarks import orders
from quotes.records import Article, Passage, Quote, Span, Speaker, SpeakerConfidence


def said(number, name):
    """An article in which somebody says something."""
    text = f"“The well of Tarn ran dry again in year {number},” {name} said."
    end = text.index(" " + name)
    quote = Quote(
        "direct",
        "speech",
        text[:end],
        (Span(0, end),),
        None,
        Passage(name, (Span(end + 1, end + 1 + len(name)),)),
        Speaker(name, "person", confidence=SpeakerConfidence(0.9)),
        0.9,
    )
    return Article(text=text, path=f"{number}.txt", outlet="Tarn Post", published=f"2026-01-{number + 1:02}"), (quote,)


EXTRACTED = [said(number, name) for number, name in enumerate(["Imre Fodor", "I. Fodor", "Odile Fenn", "Imre Fodor", "Odile M. Fenn"])]


@pytest.mark.parametrize(("batch", "seed"), [(2, 1), (1, 2)])
def test_any_order_and_any_batches_give_the_same_hashes(tmp_path, batch, seed):
    plain = orders.contents(orders.stored(EXTRACTED, tmp_path / "plain.db", batch=None, seed=0))

    assert orders.contents(orders.stored(EXTRACTED, tmp_path / "other.db", batch=batch, seed=seed)) == plain
    assert plain["articles"].startswith("5 rows, ")


def test_another_quote_is_another_hash(tmp_path):
    plain = orders.contents(orders.stored(EXTRACTED[:-1], tmp_path / "plain.db", batch=None, seed=0))
    other = orders.contents(orders.stored([*EXTRACTED[:-2], said(3, "Bo Quill")], tmp_path / "other.db", batch=None, seed=0))

    assert plain["quotes"] != other["quotes"]
    assert plain["corrections"] == other["corrections"]
