"""`quotes serve` and `quotes demo`, with a stand-in for the server."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

from quotes.cli.interrupts import Interrupted
from quotes.errors import PublishError


@pytest.fixture
def served(monkeypatch):
    """What the server was asked for; it says that it is ready and is then interrupted, as a server is."""
    asked = []

    def serve(db, *, on_ready, **options):
        asked.append((db, options))
        on_ready("http://127.0.0.1:8001/")
        raise Interrupted(2)

    install(monkeypatch, serve)
    return asked


def install(monkeypatch, serve):
    module = ModuleType("quotes.publish.server")
    module.serve = serve
    monkeypatch.setitem(sys.modules, "quotes.publish.server", module)


def test_serve_prints_the_address_and_runs_until_interrupted(run, served):
    """Being stopped is how it ends, so it is no failure."""
    run("add", "news")
    result = run("serve")

    assert (result.exit_code, result.stdout) == (0, "http://127.0.0.1:8001/\n")
    assert served == [(Path("db/quotes.db"), {"host": "127.0.0.1", "port": 8001, "metadata": None, "open_browser": True})]


def test_what_is_wrong_with_the_site_is_one_line(run, monkeypatch):
    """A port in use, metadata that do not fit."""

    def refuse(db, **options):
        raise PublishError("127.0.0.1:8001: in use: name another with --port")

    install(monkeypatch, refuse)
    run("add", "news")
    result = run("serve")

    assert (result.exit_code, result.stderr) == (1, "127.0.0.1:8001: in use: name another with --port\n")


def test_demo_stores_the_packaged_articles_under_names_of_their_own(run, monkeypatch):
    """The same on every machine, wherever the package lies, in a database that is nobody's."""
    monkeypatch.setenv("QUOTES_DB", "mine.db")
    result = run("demo", "--no-serve")

    assert result.exit_code == 0
    assert [path.name for path in Path().rglob("*.db")] == ["demo.db"]
    with closing(sqlite3.connect("db/demo.db")) as connection:
        paths = [path for (path,) in connection.execute("select path from articles")]
    assert len(paths) >= 12
    assert all(path.startswith("demo/") for path in paths)


def test_demo_leaves_a_database_with_other_articles_alone(run):
    """It is said, and not a byte is changed."""
    run("add", "news")
    before = Path("db/quotes.db").read_bytes()
    result = run("demo", "--no-serve", "--db", "db/quotes.db")

    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith("db/quotes.db: holds articles of your own")
    assert Path("db/quotes.db").read_bytes() == before


def test_demo_opens_the_site(run, served):
    """On the database that it made."""
    result = run("demo", "--db", "demo.db", "--no-open", "--port", "8123")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "http://127.0.0.1:8001/"
    assert served[0][0] == Path("demo.db")
    assert (served[0][1]["port"], served[0][1]["open_browser"]) == (8123, False)


def test_demo_shows_some_of_what_was_found(run, monkeypatch, folder):
    """The words, then the speaker with title and institution."""
    monkeypatch.setattr("quotes.cli.site.ARTICLES", folder / "news")
    result = run("demo", "--no-serve")

    assert result.stdout == "“The weir held all night,”\n    Ines Duarte, mayor, Salin\n"
