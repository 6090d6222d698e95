"""Of the quotes of each act, how many are of that act."""

from dataclasses import replace

import pytest
from gold_samples import TEXT, at, quote

from quotes.corpora.gold import Attribution
from quotes.evaluation.acts import ActCounts, act_counts, agrees

SAID = Attribution("E1", at("“The weir held,”"), at("said"))
BELIEVED = Attribution("E2", at("that rain will return"), at("believe"))


@pytest.mark.parametrize(
    ("act", "gold", "agreed"),
    [
        ("speech", SAID, True),
        ("thought", SAID, False),
        ("speech", BELIEVED, False),
        ("thought", BELIEVED, True),
        ("intent", BELIEVED, True),
        ("intent", replace(BELIEVED, act="thought"), False),
        ("thought", replace(SAID, act="thought"), True),
        ("speech", replace(SAID, cue=()), None),
        ("speech", replace(SAID, cue=(), act="speech"), True),
    ],
)
def test_gold_acts_go_before_the_words_of_the_cue(act, gold, agreed):
    """Without either nobody knows; by words alone, only speech is told from the rest."""
    assert agrees(act, gold, TEXT) is agreed


def test_the_quotes_of_an_article_are_counted_by_act(gold):
    """One matched and attributed, one matched under the wrong act and source, one of nothing."""
    quotes = [quote("“The weir held,”", "Ines Duarte"), quote("rain will return", "A clerk"), quote("shrugged", act="intent")]
    counts = act_counts(gold, quotes)

    assert counts["speech"] == ActCounts(quotes=2, matched=2, known=2, agreed=1, attributed=1)
    assert counts["intent"] == ActCounts(quotes=1)
    assert counts["other"] == ActCounts()


def test_counts_add_up_over_articles():
    """Each of them."""
    assert ActCounts(1, 1, 1, 1, 1) + ActCounts(2, 1, 0, 0, 0) == ActCounts(3, 2, 1, 1, 1)
