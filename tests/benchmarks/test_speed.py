"""The stopwatch of the speed comparison."""

import pytest

from benchmarks.speed import Stopwatch, measure, report
from quotes.records import Article


def test_a_stage_adds_up_over_its_blocks_but_for_what_is_spent_in_another():
    """CPU time, of a block that fails too."""
    watch = Stopwatch()
    for _ in range(2):
        with watch.stage("work"), watch.stage("inner"):
            sum(range(200_000))
    with pytest.raises(ValueError, match="no"), watch.stage("failing"):
        raise ValueError("no")

    assert watch.seconds["inner"] > watch.seconds["work"] > 0
    assert "failing" in watch.seconds


def test_the_report_gives_the_ratio():
    """Of the whole to bare spaCy."""
    watch = Stopwatch()
    watch.seconds.update({"bare": 4.0, "parse": 4.5, "store": 0.5})
    lines = list(report(watch, 8000))

    assert lines[-1].endswith("ratio 1.25.")
    assert any("store" in line and "12.5%" in line for line in lines)


@pytest.mark.model
def test_the_whole_way_is_measured_in_its_parts():
    """On two articles."""
    watch = measure([Article(text="“It held,” Mara Quist said."), Article(text="Olo Brandt said it rained.")], rounds=1)

    ours = {"quotes_layout", "quotes_extractor", "quotes_resolver", "quotes_topics", "quotes_places"}
    assert set(watch.seconds) == {"bare", "parse", "model", "store", *ours}
