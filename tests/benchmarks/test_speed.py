"""The stopwatch of the speed comparison."""

import pytest

from benchmarks.speed import TURN, Stopwatch, measure, report, turns
from quotes.records import Article


def test_articles_take_turns_in_lots():
    """Every article once, in order."""
    articles = [Article(text=str(number)) for number in range(TURN + 3)]

    assert [article for lot in turns(articles) for article in lot] == articles
    assert [len(lot) for lot in turns(articles)] == [TURN, 3]


def test_a_stage_adds_up_over_its_blocks():
    """CPU time, never less than before."""
    watch = Stopwatch()
    for _ in range(2):
        with watch.stage("work"):
            sum(range(10_000))

    assert watch.seconds["work"] > 0


def test_a_stage_counts_a_block_that_fails():
    """Time is spent all the same."""
    watch = Stopwatch()
    with pytest.raises(ValueError, match="no"), watch.stage("work"):
        raise ValueError("no")

    assert "work" in watch.seconds


def test_the_report_gives_the_ratio():
    """Of the whole to bare spaCy."""
    watch = Stopwatch()
    watch.seconds.update(bare=4.0, whole=5.0, store=0.5)

    lines = list(report(watch, 8000))

    assert lines[-1].endswith("ratio 1.25.")
    assert any("store" in line and "12.5%" in line for line in lines)


@pytest.mark.model
def test_the_whole_way_is_measured_in_its_parts():
    """On two articles; nothing is left behind in the place of databases."""
    watch = measure([Article(text="“It held,” Mara Quist said."), Article(text="Olo Brandt said it rained.")], rounds=1)

    ours = {"quotes_layout", "quotes_extractor", "quotes_resolver", "quotes_topics", "quotes_places"}
    assert set(watch.seconds) == {"bare", "whole", "model", "store", *ours}
    assert watch.seconds["store"] < watch.seconds["whole"]
