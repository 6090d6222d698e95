"""`quotes remove`."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from stand_ins import WEIR


def paths(db="db/quotes.db"):
    with closing(sqlite3.connect(db)) as connection:
        return [path for (path,) in connection.execute("select path from articles order by path")]


def last(result):
    return result.stderr.splitlines()[-1]


@pytest.fixture(autouse=True)
def stored(folder, run):
    """Four articles, one of them of a known outlet, and one that could not be read."""
    Path("old").mkdir()
    Path("old/ap.txt").write_text(f"Weir holds\n\nSALIN (AP) — {WEIR.split(chr(10))[2]}", "utf-8")
    Path("old/bad.txt").write_text("")
    Path("weir.txt").write_text(WEIR.replace("night", "day"), "utf-8")
    run("add", "news", "old", "weir.txt")
    assert paths() == ["news/crane.txt", "news/weir.txt", "old/ap.txt", "weir.txt"]


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        (["weir.txt"], ["news/crane.txt", "news/weir.txt", "old/ap.txt"]),
        (["news"], ["old/ap.txt", "weir.txt"]),
        (["news/weir.txt", "weir.txt"], ["news/crane.txt", "old/ap.txt"]),
        (["--outlet", "ap"], ["news/crane.txt", "news/weir.txt", "weir.txt"]),
        (["--path", "news/w"], ["news/crane.txt", "old/ap.txt", "weir.txt"]),
        (["--path", "none"], ["news/crane.txt", "news/weir.txt", "old/ap.txt", "weir.txt"]),
    ],
)
def test_articles_are_removed_and_the_rest_stays_sound(run, arguments, left):
    """By path, folder, outlet or the beginning of a path; a dry run tells the same and changes nothing."""
    before = Path("db/quotes.db").read_bytes()
    dry = run("remove", *arguments, "--dry-run")
    assert Path("db/quotes.db").read_bytes() == before
    done = run("remove", *arguments)

    assert paths() == left
    assert len(dry.stdout.splitlines()) == 4 - len(left)
    assert last(dry) == f"would remove {last(done).removeprefix('removed ')}; nothing was changed"
    assert run("verify").exit_code == 0


def test_what_could_not_be_read_is_forgotten_with_its_path(run):
    assert last(run("remove", "--path", "old")) == "forgot 1 failure"
    assert run("retry", "--list").stdout == ""


def test_corrections_are_kept_unless_told(run):
    """And it is said."""
    run("correct", "weir.txt", "--outlet", "Tarn Post")
    assert last(run("remove", "weir.txt")) == "removed 1 article with 2 quotes; 1 correction kept"
    run("add", "weir.txt")
    assert last(run("remove", "weir.txt", "--with-corrections")) == "removed 1 article with 2 quotes; 1 correction gone too"
    assert run("corrections").stdout == ""


def test_the_demo_is_removed_from_a_database_that_it_was_stored_in(run):
    """By what its articles are; one's own folder of that name stays."""
    from quotes.cli.site import ARTICLES

    Path("demo").mkdir()
    Path("demo/mine.txt").write_text(WEIR.replace("night", "week"), "utf-8")
    run("add", str(ARTICLES), "demo")
    assert run("remove", "--demo").exit_code == 0
    assert paths() == ["demo/mine.txt", "news/crane.txt", "news/weir.txt", "old/ap.txt", "weir.txt"]


@pytest.mark.parametrize("arguments", [[], ["weir.txt", "--demo"], ["--outlet", "x", "--path", "y"], ["--path", ""]])
def test_what_is_to_go_is_named_in_one_way(run, arguments):
    """Nothing is removed by leaving a name out."""
    assert run("remove", *arguments).exit_code == 2
    assert len(paths()) == 4
