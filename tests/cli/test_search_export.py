"""`quotes search`, `quotes export`, `quotes verify` on a small database."""

import csv
import io
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from quotes.cli.terminal import described


@pytest.fixture(autouse=True)
def stored(folder, run):
    run("add", "news")


def test_search_shows_the_words_in_their_context_and_who_said_them(run):
    """Name, title and institution, and the article that it stands in."""
    result = run("search", "weir", "night")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("Ines Duarte, mayor, Salin (")
    assert "“The weir held all night,”" in result.stdout


def test_nothing_found_is_said_and_is_no_failure(run):
    """On standard error, so that a program sees an empty output."""
    result = run("search", "zeppelin")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("Nothing found for zeppelin")


def test_a_name_finds_what_somebody_said_with_them_above(run):
    """And how to go on with them alone."""
    first, empty, second, text = run("search", "duarte").stdout.splitlines()

    assert first.startswith("Ines Duarte, mayor, Salin: 1 quote (--speaker ")
    assert (empty, second.split(" (")[0], text) == ("", "Ines Duarte, mayor, Salin", "    “The weir held all night,”")
    assert run("search", "--speaker", first.split()[-1].rstrip(")"), "--json").stdout.count("\n") == 1


def test_a_typo_is_asked_back(run):
    """With the number of quotes that it would find."""
    assert "Did you mean: duarte (1 quote)?" in run("search", "duarde").stderr


@pytest.mark.parametrize("given", ["foo", "2026-13", "yesterday", "March 2026"])
@pytest.mark.parametrize("command", [["search", "weir"], ["export"]])
def test_a_date_that_is_none_is_wrong_usage_in_one_line(run, command, given):
    """With the forms that a date can have."""
    for option in ("--since", "--until"):
        result = run(*command, option, given)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == f"{option[2:]}: “{given}” is no date: write a year, a month or a day, as in 2026, 2026-03 or 2026-03-31\n"


def test_search_as_csv_has_the_columns_of_an_export(run):
    """So that one is read as the other."""
    (found,) = csv.DictReader(io.StringIO(run("search", "weir", "--csv").stdout_bytes.decode(), newline=""))
    (written,) = csv.DictReader(io.StringIO(run("export", "--words", "weir").stdout_bytes.decode(), newline=""))

    assert found == written
    assert (found["speaker"], found["in_default_view"]) == ("Ines Duarte", "1")


def test_what_is_not_in_the_default_view_is_said_and_shown_with_all(run):
    """For search and export alike."""
    with closing(sqlite3.connect("db/quotes.db")) as connection:
        connection.execute("update quotes set act = 'thought', in_default_view = 0 where text like '%weir%'")
        connection.commit()

    assert "With --all, thoughts, plans and unsure quotes too: 1 quote." in run("search", "weir").stderr
    assert len(run("search", "weir", "--all", "--json").stdout.splitlines()) == 1
    assert len(run("search", "weir", "--act", "thought", "--json").stdout.splitlines()) == 1
    assert "3 more with --all" in run("export").stderr
    assert run("export", "--all").stderr == "3 rows of quotes_browse written.\n"
    assert run("export", "--sure-speech").stderr == run("export").stderr


def test_searching_loads_nothing_heavy():
    """So that it answers at once, a typo or not."""
    code = "import sys; from quotes.cli import cli; cli(['search', 'duarde'], standalone_mode=False); print(*sys.modules)"
    modules = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())

    assert "quotes.store.retrieval.advice" in modules
    assert not {"pandas", "numpy", "spacy", "textacy", "datasette", "pyarrow", "quotes.readers"} & modules


def test_export_prints_every_row_as_csv(run):
    """The view for researchers unless another table is named."""
    result = run("export", "--all")
    table = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))

    assert {row["speaker"] for row in table} == {"Ines Duarte", "Joana Reis", ""}
    assert result.stderr == "3 rows of quotes_browse written.\n"


@pytest.mark.parametrize("name", ["all.csv", "all.jsonl", "all.parquet"])
def test_export_takes_the_format_from_the_name_of_the_file(run, name):
    """CSV, JSON Lines, Parquet."""
    result = run("export", "--output", name)

    assert (result.exit_code, result.stdout) == (0, "")
    assert Path(name).read_bytes().startswith({"all.csv": b"id,", "all.jsonl": b'{"id"', "all.parquet": b"PAR1"}[name])


def test_export_refuses_a_name_that_says_no_format(run):
    """Rather than guess."""
    assert run("export", "--output", "all.xyz").exit_code == 2


def test_verify_reads_everything_again(run):
    """And is content with what is right."""
    result = run("verify")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "3 quotes of 2 articles read again: no mismatches.\n"


def test_verify_prints_what_differs(run):
    """Exit status 1."""
    with closing(sqlite3.connect("db/quotes.db")) as connection:
        connection.execute("update quotes set text = 'The weir broke' where text like '%weir%'")
        connection.commit()
    result = run("verify")

    assert result.exit_code == 1
    assert "The weir broke" in result.stdout


@pytest.mark.parametrize("command", [["search", "weir"], ["export"], ["verify"], ["serve"]])
def test_a_missing_database_is_one_line(run, command):
    """That says how to make one."""
    result = run(*command, "--db", "none.db")

    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "quotes add" in result.stderr
    assert not Path("none.db").exists()


@pytest.mark.parametrize(
    ("name", "title", "institution", "expected"),
    [
        ("Ann Ray", "mayor", "Tarn", "Ann Ray, mayor, Tarn"),
        ("Ann Ray", None, "Tarn", "Ann Ray, Tarn"),
        ("a spokesman for Tarn Water", "Spokesman", "Tarn Water", "a spokesman for Tarn Water"),
    ],
)
def test_a_speaker_is_described_without_repeats(name, title, institution, expected):
    assert described(name, title, institution) == expected
