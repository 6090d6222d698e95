"""`quotes refresh`, `quotes backup` and `quotes explain`, and one long writer at a time."""

import json
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from stand_ins import SUMMARY, rows

from quotes.errors import StoreError
from quotes.store import sole_writer


def last(result):
    return result.stderr.splitlines()[-1]


def test_refresh_goes_through_what_another_extractor_found(run):
    """Without the files that the articles came from."""
    run("add", "news", "--model", "deaf")
    assert rows("select count(*) from quotes") == [(0,)]
    for path in Path("news").iterdir():
        path.unlink()

    assert last(run("refresh")) == SUMMARY.format(0, 0, 2, 2, 1, 3, 0)
    assert {extractor.split()[0] for (extractor,) in rows("select extractor from articles")} == {"rules"}


def test_refresh_keeps_the_ids_of_quotes_that_come_out_the_same(run):
    """And everything else of them but the run."""
    run("add", "news", "--spacy-model", "en_other")
    before = rows("select id, speaker_id, text, spans from quotes order by id")
    runs = rows("select run_id from quotes")
    run("refresh")

    assert rows("select id, speaker_id, text, spans from quotes order by id") == before
    assert not set(rows("select run_id from quotes")) & set(runs)


def test_a_refresh_can_be_tried_dry(run):
    """It says how many articles a refresh would go through, which are those in English, and not a byte is written."""
    Path("news/german.txt").write_text(
        "Die Weiche am Hafen hielt die ganze Nacht, sagte der Bürgermeister am Dienstag den Leuten im Ort. " * 3
    )
    run("add", "news", "--model", "deaf")
    before = Path("db/quotes.db").read_bytes()

    assert last(run("refresh", "--dry-run")) == "2 of 3 articles would be extracted from again; nothing was changed."
    assert Path("db/quotes.db").read_bytes() == before
    assert last(run("refresh")).startswith("articles: 0 added, 0 unchanged, 2 replaced;")
    assert last(run("refresh", "--dry-run")) == "0 of 3 articles would be extracted from again; nothing was changed."


def test_a_refresh_puts_dates_and_outlets_of_earlier_versions_right(run):
    """A sentinel is no date, and an agency has one name."""
    run("add", "news", "--model", "deaf", "--outlet", "AP")
    with closing(sqlite3.connect("db/quotes.db")) as connection, connection:
        for article, records in connection.execute("select article_id, records from extractions").fetchall():
            plain = json.loads(zlib.decompress(records)) | {"article": {"published": "0001-01-01"}}
            connection.execute(
                "update extractions set records = ? where article_id = ?", [zlib.compress(json.dumps(plain).encode()), article]
            )
        connection.execute("update articles set published = '0001-01-01'")
    run("refresh")

    assert rows("select distinct outlet, published from articles") == [("Associated Press", None)]


def test_a_quote_knows_its_run(run):
    """Program, model and pipeline with their versions, and when."""
    run("add", "news", "--min-confidence", "0.5")
    ((program, model, spacy_model, options, at),) = rows(
        "select distinct program, model, spacy_model, options, at from quotes join runs on runs.id = quotes.run_id"
        " join extractions on extractions.article_id = quotes.article_id"
    )

    assert (program, model, spacy_model, options) == ("0.1.0", "rules", "en_stand_in 1.0", '{"min_confidence": 0.5}')
    assert at.endswith("+00:00")


def test_a_backup_is_a_database_of_its_own(run):
    """With every row."""
    run("add", "news")
    result = run("backup", "copy.db")

    assert (result.exit_code, last(result).split(":")[0]) == (0, "copy.db")
    assert rows("select * from quotes order by id", "copy.db") == rows("select * from quotes order by id")
    assert run("verify", "--db", "copy.db").exit_code == 0


def test_a_backup_replaces_nothing_unless_told_to(run):
    """And then only a database of ours."""
    run("add", "news")
    run("backup", "copy.db")
    Path("letter.txt").write_text("Dear Ines")

    assert "say --replace" in run("backup", "copy.db").stderr
    assert run("backup", "copy.db", "--replace").exit_code == 0
    assert "no database of quotes" in run("backup", "letter.txt", "--replace").stderr
    assert Path("letter.txt").read_text() == "Dear Ines"


def test_a_backup_can_be_made_while_somebody_writes(run):
    """What is not committed is not in it."""
    run("add", "news")
    with closing(sqlite3.connect("db/quotes.db")) as writer:
        writer.execute("pragma journal_mode = wal")
        writer.execute("begin immediate")
        writer.execute("delete from quotes")
        assert run("backup", "copy.db").exit_code == 0
        writer.rollback()

    assert rows("select count(*) from quotes", "copy.db") == [(3,)]


def test_a_speaker_is_explained(run):
    """Names with their reasons, and posts."""
    run("add", "news")
    told = run("explain", "duarte").stdout.splitlines()

    assert told[0].startswith("Ines Duarte (person, ")
    assert told[0].endswith("): 1 quote in 1 article")
    assert told[1:] == ["  Ines Duarte, 1 article: the same name", "  as mayor, Salin: 1 article"]


def test_a_second_long_writer_is_told_who_holds_the_lock(tmp_path):
    """At once, or after the time that it is willing to wait."""
    path = tmp_path / "quotes.db"
    with (
        sole_writer(path),
        pytest.raises(StoreError, match=r"another quotes \(process \d+, since .*\) is writing to it"),
        sole_writer(path),
    ):
        pass  # never comes here


def test_the_lock_leaves_nothing_behind(tmp_path):
    """Neither its file nor the name of who held it."""
    (tmp_path / "db").mkdir()
    with sole_writer(tmp_path / "db" / "quotes.db"):
        assert {path.name for path in (tmp_path / "db").iterdir()} == {"quotes.db.lock", "quotes.db.writer"}

    assert list((tmp_path / "db").iterdir()) == []


def test_add_says_that_another_is_adding(run, monkeypatch):
    """And leaves the database alone."""
    monkeypatch.setattr("quotes.cli.intake.WAIT", 0.0)
    with sole_writer(Path("db/quotes.db")):
        result = run("add", "news")

    assert result.exit_code == 1
    assert "is writing to it: wait until that has ended" in result.stderr
    assert not Path("db/quotes.db").exists()
