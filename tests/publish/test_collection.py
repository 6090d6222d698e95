"""The figures of the collection, its accuracy and how to cite it."""

import datetime as dt
import json
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from newsroom import bridge

from quotes.publish import collection
from quotes.publish import database as database_module
from quotes.publish.collection import accuracy, citation
from quotes.publish.database import Visit
from quotes.store import Store

FIGURES = {"last": "2026-03-03T18:20", "all_quotes": 1200, "articles": 40}


def test_figures_are_counted_again_after_a_while_and_only_where_the_file_has_changed(path, monkeypatch):
    connection, database = sqlite3.connect(path), Visit(None, None, SimpleNamespace(path=path), frozenset())
    counted = collection.figures(connection, database)
    with Store.open(path, create=True) as store:
        store.save(bridge()[0], [], extractor="rules 2")
    at_once = collection.figures(connection, database)
    monkeypatch.setattr(database_module, "FRESH", 0.0)
    later = collection.figures(connection, database)

    assert at_once is counted
    assert (counted["all_quotes"], later["all_quotes"]) == (7, 0)
    assert collection.figures(connection, database) is later


def test_who_may_not_see_a_table_gets_no_figures_that_somebody_else_had_counted(path):
    connection = sqlite3.connect(path)
    everybody, denied = (Visit(None, None, SimpleNamespace(path=path), frozenset(each)) for each in ((), ("articles",)))
    counted = collection.figures(connection, everybody)

    assert collection.figures(connection, denied) is not counted  # so that SQLite refuses what it counts


def test_the_error_rates_are_those_of_the_readme():
    root = Path(__file__).parents[2]
    readme = (root / "README.md").read_text("utf-8")
    corpora = json.loads((root / "quotes/publish/evaluation.json").read_text("utf-8")).values()
    never_seen, other = ({name: 100 * share for name, figure in each["figures"].items() for share in figure.values()} for each in corpora)
    rows = {
        "attributed": "(`attributed`)",
        "direct_attributed": "(`direct_attributed`)",
        "title": "| title",
        "institution": "| institution",
    }

    assert len(accuracy()) == 2
    for name, words in rows.items():
        assert f"{words} | {never_seen[name]:.1f} | {other[name]:.1f} |" in readme


def test_a_citation_has_the_version_and_the_day():
    cited = citation("Ada {x}", "http://h/quotes/speaker/1", FIGURES, today=dt.date(2026, 5, 1))

    assert "data of 2026-03-03, 1,200 quotes from 40 articles" in cited["line"]
    assert "2026-05-01" in cited["line"]
    assert "title = {{Ada (x)}}" in cited["bibtex"]


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "localhost", "[::1]:8001", "127.8.8.8"])
def test_an_address_of_this_machine_is_not_cited(host):
    cited = citation("Tarn", f"http://{host}/quotes", FIGURES)

    assert host not in str(cited)
    assert "https://q.example/quotes" in citation("Tarn", "https://q.example/quotes", FIGURES)["bibtex"]
