"""Figures that must not fall."""

import pytest

from quotes.errors import CorpusError
from quotes.evaluation.floors import fallen, figures_to_hold, pinned, read_floors, write_floors
from quotes.evaluation.passage_scores import CaseScores
from quotes.evaluation.scores import PRF, Scores

BEFORE = Scores({"quote": PRF(2, 1, 1), "speech_recall": PRF(1, 0, 2)})
WORSE = Scores({"quote": PRF(1, 1, 1), "speech_recall": PRF(1, 0, 2)})
BETTER = Scores({"quote": PRF(3, 1, 1), "speech_recall": PRF(2, 0, 1)})
FLOORS = pinned({}, "salin", "abc", BEFORE)


def test_f1_and_recall_are_pinned_rounded_down():
    """2/3 is 66.66, never 66.67, or the run that pinned it would fail."""
    assert figures_to_hold(BEFORE) == {"quote": 66.66, "speech_recall": 33.33}


def test_passages_are_pinned_as_numbers():
    """How many are right, and in how many every content is."""
    assert figures_to_hold(CaseScores({"a": [], "b": ["title"], "c": ["content"]})) == {"right": 1, "contents_right": 2}


def test_the_run_that_pinned_the_floors_stands_on_them():
    """And so does a better one."""
    assert list(fallen(FLOORS, "salin", "abc", BEFORE)) == []
    assert list(fallen(FLOORS, "salin", "abc", BETTER)) == []


def test_a_figure_below_its_floor_is_named():
    """With both values."""
    assert list(fallen(FLOORS, "salin", "abc", WORSE)) == ["salin: quote is 50.0, below its floor of 66.66"]


def test_another_corpus_is_not_held_against_these_floors():
    """Neither one under another name nor one whose files changed."""
    assert "no floors are pinned" in next(fallen(FLOORS, "other", "abc", BEFORE))
    assert "not the corpus" in next(fallen(FLOORS, "salin", "xyz", BEFORE))


def test_pinning_refuses_to_lower_unless_forced():
    """Raising is always allowed."""
    assert pinned(FLOORS, "salin", "abc", BETTER)["salin"]["figures"]["quote"] == 75.0
    with pytest.raises(CorpusError, match="--force lowers floors"):
        pinned(FLOORS, "salin", "abc", WORSE)
    assert pinned(FLOORS, "salin", "abc", WORSE, force=True)["salin"]["figures"]["quote"] == 50.0


def test_floors_come_back_from_the_file(tmp_path):
    """What was written is what is read."""
    write_floors(tmp_path / "floors.json", FLOORS)

    assert read_floors(tmp_path / "floors.json") == FLOORS


@pytest.mark.parametrize("content", ["", "[]", '{"salin": 3}', '{"salin": {"digest": 1, "figures": {}}}'])
def test_what_are_no_floors_is_refused(tmp_path, content):
    """In one line that names the file."""
    (tmp_path / "floors.json").write_text(content)

    with pytest.raises(CorpusError, match=r"floors\.json: not a file of floors"):
        read_floors(tmp_path / "floors.json")


def test_a_missing_file_says_how_to_make_it(tmp_path):
    """The mend stands in the message."""
    with pytest.raises(CorpusError, match="--pin"):
        read_floors(tmp_path / "floors.json")
