"""`quotes evaluate`: the table, the file of errors, the floors."""

import json
import sys
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


@pytest.fixture
def two_models(monkeypatch):
    """The usual one, and one that finds nothing."""
    monkeypatch.setattr(sys.modules["quotes.pipeline"], "installed_models", lambda: ["rules", "deaf"])


def test_the_table_is_printed(run):
    """Only acts of speech are scored where only these were annotated: the thought is no false quote."""
    result = run("evaluate", "gold")

    assert (result.exit_code, result.stderr) == (0, "")
    rows = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert rows[0].startswith("gold: 1 articles, 1 gold attributions; predicted: 1 by ")
    assert {"attributed 100.0 100.0 100.0", "institution 0.0 0.0 0.0"} <= set(rows)


def test_errors_and_figures_are_written(run):
    """Markdown for people, JSON for programs."""
    run("evaluate", "gold", "--errors", "errors.md", "--json", "figures.json")

    assert "## wrong institution: weir" in Path("errors.md").read_text("utf-8")
    assert json.loads(Path("figures.json").read_text())["gold"]["figures"]["title"]["tp"] == 1


def test_floors_are_pinned_and_held(run):
    """The run that pinned them passes; one that is worse does not."""
    assert run("evaluate", "gold", "--floors", "floors.json", "--pin").exit_code == 0
    assert run("evaluate", "gold", "--floors", "floors.json").exit_code == 0

    Path("floors.json").write_text(Path("floors.json").read_text().replace('"institution": 0.0', '"institution": 50.0'))
    result = run("evaluate", "gold", "--floors", "floors.json")
    assert (result.exit_code, result.stderr) == (1, "gold: institution is 0.0, below its floor of 50.0\n")


def test_an_article_that_fails_counts_as_missed(run):
    """It is named, and the exit status is 1."""
    Path("gold/weir.txt").write_text(f"{WEIR} UNREADABLE", "utf-8")
    result = run("evaluate", "gold")

    assert (result.exit_code, result.stderr) == (1, "weir: gold/weir.txt: nothing can be made of it\n")
    assert "gold: 1 articles, 1 gold attributions; predicted: 0 by " in result.stdout


def test_what_is_no_corpus_is_one_line(run):
    """Before the pipeline is loaded."""
    result = run("evaluate", "none")

    assert (result.exit_code, result.stderr) == (1, "none: no such corpus; name a folder or a file\n")


@pytest.mark.parametrize("arguments", [["--compare"], ["--model", "rules", "--model", "deaf", "--model", "rules"]])
def test_models_are_scored_side_by_side(run, two_models, arguments):
    """All that are installed, or those that are named, each once."""
    result = run("evaluate", "gold", *arguments)

    assert (result.exit_code, result.stderr) == (0, "")
    rows = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "predicted: 1 by rules, 0 by deaf" in rows[0]
    assert {"attributed deaf – 0.0 0.0", "less rules – -100.0 -100.0"} <= set(rows)


def test_the_errors_and_figures_of_several_models_are_kept_apart(run, two_models):
    """A section each in the file of errors, an entry each in the file of figures."""
    run("evaluate", "gold", "--compare", "--errors", "errors.md", "--json", "figures.json")
    headings = [line for line in Path("errors.md").read_text("utf-8").splitlines() if line.startswith("# ")]

    assert headings == ["# gold: errors of rules", "# gold: errors of deaf"]
    assert list(json.loads(Path("figures.json").read_text())["gold"]["models"]) == ["rules", "deaf"]


def test_a_model_that_is_not_installed_is_one_line(run, two_models):
    """Before any other is run."""
    result = run("evaluate", "gold", "--model", "rules", "--model", "dumb")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "dumb: no such model, choose one of: rules, deaf\n"


def test_which_model_failed_on_an_article_is_said(run, two_models):
    """Where there are several."""
    Path("gold/weir.txt").write_text(f"{WEIR} UNREADABLE", "utf-8")
    result = run("evaluate", "gold", "--compare")

    assert result.exit_code == 1
    assert result.stderr.splitlines()[1] == "deaf: weir: gold/weir.txt: nothing can be made of it"


@pytest.mark.parametrize("arguments", [["--compare", "--floors", "floors.json"], ["--compare", "--model", "rules"]])
def test_comparing_goes_with_neither_floors_nor_a_model(run, two_models, arguments):
    """Floors are those of one model; --compare names all."""
    assert run("evaluate", "gold", *arguments).exit_code == 2


# -- the sheet for a reader -------------------------------------------------------------------------------------------------------------


def test_what_is_shown_most_is_printed_of_articles_and_of_a_database(run):
    result = run("evaluate", "--plausible", "news")
    assert result.exit_code == 0
    assert "- 1 Ines Duarte, mayor, Salin" in result.stdout.splitlines()
    assert "## The 1 most frequent institutions" in result.stdout
    assert any(line.startswith("1. ") and line.endswith(" (news/weir.txt)") for line in result.stdout.splitlines())
    assert "Ines Duarte, mayor, Salin: **“The weir held all night,”** said Ines Duarte, mayor of Salin." in result.stdout
    assert not Path("db").exists()
    run("add", "news")
    assert run("evaluate", "--plausible", "db/quotes.db").stdout == result.stdout


def test_a_corpus_is_scored_or_something_is_judged(run):
    assert run("evaluate").exit_code == run("evaluate", "gold", "--plausible", "news").exit_code == 2
