"""`quotes search`, `quotes export`, `quotes verify` on a small database."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def stored(folder, run):
    run("add", "news")


def test_search_shows_the_words_in_their_context_and_who_said_them(run):
    """Name, title and institution, and the article that it stands in."""
    result = run("search", "weir", "night")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("Ines Duarte, mayor, Salin (")
    assert "“The weir held all night,”" in result.stdout


def test_search_as_json(run):
    """One object a line, for programs."""
    (found,) = [json.loads(line) for line in run("search", "crane", "--json").stdout.splitlines()]

    assert (found["speaker"], found["path"], found["act"]) == ("Joana Reis", "news/crane.txt", "speech")


def test_search_by_speaker_alone(run):
    """No words are needed where something else narrows the search."""
    assert len(run("search", "--speaker", "Duarte", "--json").stdout.splitlines()) == 1


def test_a_search_needs_something_to_go_by(run):
    """Else it is wrong usage."""
    assert run("search").exit_code == 2


def test_nothing_found_is_said_and_is_no_failure(run):
    """On standard error, so that a program sees an empty output."""
    result = run("search", "zeppelin")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Nothing found.\n")


def test_export_prints_every_row_as_csv(run):
    """The view for researchers unless another table is named."""
    result = run("export")
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


def test_export_of_an_unknown_table_is_one_line(run):
    """Which names those that there are."""
    result = run("export", "--table", "songs")

    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_export_to_a_full_disk_is_one_line(program):
    """On standard output as in a file."""
    done = program(shell="QUOTES export > /dev/full")

    assert (done.returncode, done.stderr) == (1, "standard output: No space left on device\n")


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
