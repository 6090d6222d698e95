"""`quotes add`: once is enough, again changes nothing, and stopping halfway loses nothing."""

import sqlite3
import sys
from contextlib import closing, redirect_stderr
from io import StringIO
from pathlib import Path

import pytest
from stand_ins import CRANE, SUMMARY, WEIR, asked, rows

from quotes.cli import cli


def summary(result):
    return result.stderr.splitlines()[-1]


def test_articles_and_quotes_are_stored_in_the_default_place(run):
    """Nothing is printed on standard output, and one line says what happened."""
    result = run("add", "news")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", SUMMARY.format(2, 0, 0, 2, 1, 3, 0) + "\n")
    assert rows("select count(*) from quotes") == [(3,)]
    assert not list(Path("db").glob("*-wal"))


def test_again_changes_nothing(run):
    """Not a byte of the file."""
    run("add", "news")
    before = Path("db/quotes.db").read_bytes()
    result = run("add", "news")

    assert summary(result) == SUMMARY.format(0, 2, 0, 0, 0, 0, 0)
    assert Path("db/quotes.db").read_bytes() == before


def test_the_database_can_be_named_by_option_or_variable(run, monkeypatch):
    """The option wins."""
    monkeypatch.setenv("QUOTES_DB", "variable.db")
    run("add", "news/weir.txt")
    run("add", "news/crane.txt", "--db", "option.db")

    assert rows("select path from articles", "variable.db") == [("news/weir.txt",)]
    assert rows("select path from articles", "option.db") == [("news/crane.txt",)]


def test_another_selection_replaces_what_was_stored(run):
    """A run without the filter must not take filtered articles for done."""
    run("add", "news", "--act", "speech", "--min-confidence", "0.5")
    assert rows("select count(*) from quotes") == [(1,)]

    assert summary(run("add", "news")) == SUMMARY.format(0, 0, 2, 2, 1, 3, 0)
    assert rows("select count(*) from quotes") == [(3,)]


def test_another_extractor_goes_through_the_articles_anew(run):
    """And the article says which it was."""
    run("add", "news/weir.txt")
    result = run("add", "news/weir.txt", "--spacy-model", "en_other")

    assert summary(result) == SUMMARY.format(0, 0, 1, 1, 1, 2, 0)
    assert rows("select extractor from articles")[0][0].startswith("rules ")
    assert rows("select extractor from articles")[0][0].endswith(" on en_en_other 1.0")


def test_again_goes_through_the_articles_although_they_are_stored(run):
    """For those who change the rules: the result being the same, nothing is replaced."""
    run("add", "news")

    assert summary(run("add", "news", "--again")) == SUMMARY.format(0, 2, 0, 0, 0, 0, 0)


def test_what_cannot_be_read_is_one_line_and_the_rest_is_stored(run):
    """Exit status 1."""
    Path("news/bad.txt").write_text("UNREADABLE, and that at length.")
    result = run("add", "none.txt", "news")

    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["none.txt", "news/bad.txt", "articles"]
    assert summary(result) == SUMMARY.format(2, 0, 0, 2, 1, 3, 2)


def test_notices_of_an_article_are_told(run):
    """What the reader had to assume, under the article's path."""
    Path("news/weir.txt").write_bytes(WEIR.encode("cp1252"))
    result = run("add", "news/weir.txt")

    assert result.exit_code == 0
    assert result.stderr.splitlines()[0].startswith("news/weir.txt: ")


@pytest.mark.parametrize(("text", "status"), [("STOP", 130), ("STOP NOW", 143)])
def test_an_interrupted_run_keeps_what_it_has_and_goes_on_from_there(program, run, text, status):
    """Whole articles, the log folded in, and the next run does only the rest."""
    Path("news/stop.txt").write_text(f"{text}, said nobody in particular.")
    done = program("add", "news/crane.txt", "news/stop.txt", "news/weir.txt")

    assert done.returncode == status
    assert done.stderr.splitlines() == [SUMMARY.format(1, 0, 0, 1, 0, 1, 0), "Interrupted."]
    assert rows("select path from articles") == [("news/crane.txt",)]
    assert [path.name for path in Path("db").iterdir()] == ["quotes.db"]

    Path("news/stop.txt").write_text("Nobody is to stop here.")
    assert summary(run("add", "news")) == SUMMARY.format(2, 1, 0, 2, 1, 2, 0)


def test_a_database_that_is_not_ours_is_left_alone(run):
    """One line, and not a byte changed."""
    with closing(sqlite3.connect("other.db")) as connection:
        connection.execute("create table birds (name text)")
        connection.commit()
    before = Path("other.db").read_bytes()
    result = run("add", "news", "--db", "other.db")

    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert Path("other.db").read_bytes() == before


def test_several_processes_store_the_same(run, monkeypatch):
    """They are handed the articles; storing is done by one."""

    def in_this_process(work, tasks, *, workers):
        assert workers == 2
        return ((task, work(task)) for task in tasks)

    monkeypatch.setattr("quotes.configured_extractor.run_in_processes", in_this_process)
    monkeypatch.setattr("quotes.configured_extractor.TOGETHER", 1)
    run("add", "news", "--workers", "2")

    assert rows("select path from articles order by path") == [("news/crane.txt",), ("news/weir.txt",)]
    assert CRANE in {text for (text,) in rows("select text from articles")}


def test_an_article_on_which_storing_fails_is_told_and_the_rest_is_stored(run, monkeypatch):
    """A fault of ours costs one article, and leaves nothing of it behind."""
    from quotes.store.rows import saving

    write = saving.write_article

    def fails_on_cranes(db, found):
        write(db, found)
        if "crane" in found.article.text:
            raise IndexError("tuple index out of range")

    monkeypatch.setattr(saving, "write_article", fails_on_cranes)
    result = run("add", "news")

    assert (result.exit_code, summary(result)) == (1, SUMMARY.format(1, 0, 0, 1, 1, 2, 1))
    assert "news/crane.txt: storing it failed (IndexError: tuple index out of range); please report it" in result.stderr
    assert rows("select path from articles") == [("news/weir.txt",)]
    assert rows("select count(*) from speakers where name = 'Joana Reis'") == [(0,)]


def test_one_wrong_path_among_others_is_told_at_once_too(run):
    """Before the others are read, and once."""
    Path("news/bad.txt").write_text("")
    told = run("add", "news", "nosuch").stderr.splitlines()
    assert told == [
        "nosuch: no such file or folder, check the path",
        "news/bad.txt: is empty, remove it or put an article in it",
        SUMMARY.format(2, 0, 0, 2, 1, 3, 2),
    ]


@pytest.mark.parametrize("arguments", [("add", "-"), ("extract", "-"), ("corrections", "--import", "-")])
def test_standard_input_that_is_closed_is_one_line(run, monkeypatch, arguments):
    """As under a service, where there is none."""
    run("add", "news")
    monkeypatch.setattr(sys, "stdin", None)
    with redirect_stderr(StringIO()) as said, pytest.raises(SystemExit) as ended:
        cli(arguments, prog_name="quotes")

    assert ended.value.code == 1
    assert said.getvalue().startswith("-: standard input is closed, ")


def test_what_is_stated_of_the_articles_wins_over_what_they_say(run):
    """Of articles that are stored too, without extracting anew; `quotes retry` remembers it."""
    Path("news/weir.txt").write_text(f"Weir holds\nBy Bo Diaz\n{WEIR.split(chr(10), 1)[1]}", "utf-8")
    run("add", "news")
    stated = ("--outlet", "Salin Courier", "--published", "5 November 2019", "--author", "Ann Lee")
    result = run("add", "news", *stated, "nosuch.txt")

    assert summary(result) == SUMMARY.format(0, 0, 2, 0, 0, 0, 1)
    assert rows("select distinct outlet, published, byline from articles") == [("Salin Courier", "2019-11-05", '["Ann Lee"]')]
    assert summary(run("add", "news", *stated)) == SUMMARY.format(0, 2, 0, 0, 0, 0, 0)
    Path("nosuch.txt").write_text("“It is late,” said Ann Lee.", "utf-8")
    run("retry")
    assert rows("select outlet, published, byline from articles where path = 'nosuch.txt'") == [
        ("Salin Courier", "2019-11-05", '["Ann Lee"]')
    ]
    assert run("verify").exit_code == 0


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        (("--published", "soon"), "the date “soon” is not understood"),
        (("--published", "0001-01-01"), "is before 1600"),
        (("--published", "2999-01-01"), "is after tomorrow"),
        (("--published", "4/5/2019"), "may be either of two days"),
        (("--outlet", " "), "names nothing"),
    ],
)
def test_what_cannot_be_stated_is_wrong_usage(run, stated, why):
    """With the reason, before anything is read."""
    result = run("add", "news", *stated)
    assert (result.exit_code, asked) == (2, {})
    assert why in " ".join(result.stderr.split())
