"""`quotes evaluate`: the table, the file of errors, the floors."""

import json
from pathlib import Path

import pytest
from stand_ins import WEIR

RECORD = {
    "doc": "weir",
    "speakers": [{"id": "S1", "kind": "person", "name": "Ines Duarte", "titles": ["mayor"], "institutions": ["Porto"]}],
    "quotes": [{"contents": [[12, 38]], "kind": "direct", "cue": [39, 43], "mention": [44, 55], "speaker": "S1"}],
}


@pytest.fixture(autouse=True)
def gold(folder):
    """One article in which the extractor finds everything but the institution."""
    Path("gold").mkdir()
    Path("gold/weir.txt").write_text(WEIR, "utf-8")
    Path("gold/weir.json").write_text(json.dumps(RECORD), "utf-8")


def test_the_table_is_printed(run):
    """Only acts of speech are scored where only these were annotated: the thought is no false quote."""
    result = run("evaluate", "gold")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[0] == "gold: 1 articles, 1 gold attributions, 1 predicted"
    assert "  attributed           P 100.0%  R 100.0%  F1 100.0%" in result.stdout.splitlines()
    assert "  institution          P   0.0%  R   0.0%  F1   0.0%" in result.stdout.splitlines()


def test_errors_and_figures_are_written(run):
    """Markdown for people, JSON for programs."""
    run("evaluate", "gold", "--errors", "errors.md", "--json", "figures.json")

    assert "## wrong institution: weir" in Path("errors.md").read_text("utf-8")
    assert json.loads(Path("figures.json").read_text())["gold"]["figures"]["title"]["tp"] == 1


def test_several_corpora_are_scored_in_one_run(run):
    """Each with a table of its own; passages among them."""
    Path("cases.jsonl").write_text(json.dumps({"id": "a", "text": "No one spoke.", "quotes": []}))
    result = run("evaluate", "gold", "cases.jsonl")

    assert "gold: 1 articles" in result.stdout
    assert "  1 of 1 passages wholly right; 1 with every content right" in result.stdout


def test_floors_are_pinned_and_held(run):
    """The run that pinned them passes; one that is worse does not."""
    assert run("evaluate", "gold", "--floors", "floors.json", "--pin").exit_code == 0
    assert run("evaluate", "gold", "--floors", "floors.json").exit_code == 0

    Path("floors.json").write_text(Path("floors.json").read_text().replace('"institution": 0.0', '"institution": 50.0'))
    result = run("evaluate", "gold", "--floors", "floors.json")
    assert (result.exit_code, result.stderr) == (1, "gold: institution is 0.0, below its floor of 50.0\n")


def test_pinning_lower_needs_force(run):
    """So that no floor sinks by accident."""
    run("evaluate", "gold", "--floors", "floors.json", "--pin")
    higher = Path("floors.json").read_text().replace('"institution": 0.0', '"institution": 50.0')
    Path("floors.json").write_text(higher)

    assert run("evaluate", "gold", "--floors", "floors.json", "--pin").exit_code == 1
    assert Path("floors.json").read_text() == higher
    assert run("evaluate", "gold", "--floors", "floors.json", "--pin", "--force").exit_code == 0
    assert Path("floors.json").read_text() != higher


@pytest.mark.parametrize("arguments", [["--pin"], ["--force"], ["--floors", "floors.json", "--force"]])
def test_pin_and_force_go_with_floors(run, arguments):
    """Alone they are wrong usage."""
    assert run("evaluate", "gold", *arguments).exit_code == 2


def test_an_article_that_fails_counts_as_missed(run):
    """It is named, and the exit status is 1."""
    Path("gold/weir.txt").write_text(f"{WEIR} UNREADABLE", "utf-8")
    result = run("evaluate", "gold")

    assert (result.exit_code, result.stderr) == (1, "weir: gold/weir.txt: nothing can be made of it\n")
    assert "gold: 1 articles, 1 gold attributions, 0 predicted" in result.stdout


def test_what_is_no_corpus_is_one_line(run):
    """Before the pipeline is loaded."""
    result = run("evaluate", "none")

    assert (result.exit_code, result.stderr) == (1, "none: no such corpus; name a folder or a JSON Lines file\n")


def test_a_file_that_cannot_be_written_is_one_line(run):
    """And names it."""
    result = run("evaluate", "gold", "--json", "none/figures.json")

    assert (result.exit_code, result.stderr) == (1, "none/figures.json: No such file or directory\n")
