import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from newsroom import archive, bridge

from quotes.errors import StoreError
from quotes.store import Saved, Store, verify
from quotes.store.rows import article_store
from quotes.store.schema.connection import reading


def left_beside(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir() if each != path)


def test_the_folder_is_made_where_it_is_missing(tmp_path):
    path = tmp_path / "db" / "quotes.db"
    with Store.open(path, create=True):
        pass

    assert path.exists()


@pytest.mark.parametrize(
    ("name", "create", "why"),
    [
        ("no/such/quotes.db", True, "nor the one above it: create it first"),
        (".", True, "it is a folder: name a file in it"),
        (".", False, "it is a folder: name a file in it"),
        ("quotes.db", False, "there is no such database"),
    ],
)
def test_a_path_of_no_database_is_refused_and_nothing_is_made(tmp_path, name, create, why):
    with pytest.raises(StoreError, match=why):
        Store.open(tmp_path / name, create=create)
    assert list(tmp_path.iterdir()) == []


def other_program(path):
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("create table quotes (id integer primary key, price real)")


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    ("make", "why"),
    [(lambda path: path.write_text("A story, " * 200), "it is not a SQLite database"), (other_program, "a database of another program")],
)
def test_a_file_that_is_not_ours_is_refused_and_kept(path, create, make, why):
    make(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=why):
        Store.open(path, create=create)
    assert path.read_bytes() == before


def test_an_empty_file_is_filled_but_not_read(path):
    path.touch()
    with pytest.raises(StoreError, match="the database is empty"):
        Store.open(path, create=False)
    with Store.open(path, create=True) as store:
        assert store.save(*bridge(), extractor="rules 1") is Saved.ADDED


def test_a_newer_schema_is_refused(path):
    with Store.open(path, create=True) as store:
        store.db["_sqlite_migrations"].insert({"migration_set": "quotes", "name": "m999_future", "applied_at": "2099"})
    for create in (True, False):
        with pytest.raises(StoreError, match=r"made by a newer version of quotes \(m999_future\)"):
            Store.open(path, create=create)


def test_a_database_without_one_of_its_tables_is_refused(path):
    with Store.open(path, create=True) as store:
        store.db.execute("drop table affiliations")
    with pytest.raises(StoreError, match="the table affiliations is missing"):
        Store.open(path, create=False)


@pytest.mark.parametrize(
    "damage", ["drop view quotes_browse", "drop view speakers_browse; create view speakers_browse as select nowhere.x from quotes"]
)
def test_a_damaged_view_is_one_line_until_somebody_writes(path, damage):
    with Store.open(path, create=True) as store:
        store.save(*bridge(), extractor="rules 1")
        store.db.conn.executescript(damage)
    with pytest.raises(StoreError, match=r"the view \w+_browse is missing or not as it should be: run `quotes add`"):
        Store.open(path, create=False)

    Store.open(path, create=True).close()
    Store.open(path, create=False).close()


def test_bytes_that_are_no_text_are_told_without_the_text(path):
    with Store.open(path, create=True) as store:
        store.save(*bridge(), extractor="rules 1")
        store.db.execute("update articles set text = cast(cast(text as blob) || x'ff' as text)")
        store.db.conn.commit()
    with pytest.raises(StoreError, match="the column text holds bytes that are no text") as refused, reading(path) as reader:
        reader.execute("select text from articles").fetchall()

    assert len(str(refused.value)) < 250 + len(str(path))


def test_a_damaged_file_is_said_to_be_damaged(path):
    with Store.open(path, create=True) as store:
        store.save(*bridge(), extractor="rules 1")
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"damaged|SQLite refuses"), Store.open(path, create=False) as store:
        list(verify(store))


def test_a_second_writer_is_told_to_wait(path):
    with Store.open(path, create=True) as one:
        one.save(*bridge(), extractor="rules 1")
        one.db.execute("BEGIN IMMEDIATE")
        with Store.open(path, create=True, wait=0.05) as other, pytest.raises(StoreError, match="another program is writing"):
            other.save(*bridge(), extractor="rules 2")
        one.db.rollback()


def test_two_writers_one_after_the_other_both_succeed(path):
    with Store.open(path, create=True) as one, Store.open(path, create=True) as other:
        assert one.save(*bridge(), extractor="rules 1") is Saved.ADDED
        assert other.save(*bridge(), extractor="rules 1") is Saved.UNCHANGED
        assert other.save(*bridge(text=bridge()[0].text + "\n"), extractor="rules 1") is Saved.ADDED


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write")
def test_a_folder_that_cannot_be_written_is_said():
    with pytest.raises(StoreError, match="cannot be opened or made: check the permissions"):
        Store.open("/proc/quotes.db", create=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_cannot_be_written_is_said(path):
    with Store.open(path, create=True):
        pass
    path.chmod(0o444)
    with Store.open(path, create=True) as store, pytest.raises(StoreError, match="cannot be written"):
        store.save(*bridge(), extractor="rules 1")


def test_closing_leaves_one_file(path):
    """After an exception too."""
    with contextlib.suppress(RuntimeError), Store.open(path, create=True) as store:
        store.save(*bridge(), extractor="rules 1")
        assert left_beside(path) == ["made-up.db-shm", "made-up.db-wal"]
        raise RuntimeError
    store.close()  # once more is no matter

    assert left_beside(path) == []
    assert path.read_bytes()[18:20] == b"\x01\x01", "a file in write-ahead mode cannot be served as it is"


_KILLED = """
import os, signal, sys
sys.path.insert(0, sys.argv[2])
from newsroom import archive
from quotes.store import Store
from quotes.store.rows import saving
store = Store.open(sys.argv[1], create=True)
for nth, each in enumerate(archive(10, 5)):
    if nth == 4:
        saving.link_quotes = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    store.save(*each, extractor="rules 1")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
@pytest.mark.parametrize("create", [True, False])
def test_a_killed_run_leaves_whole_articles_and_a_file_that_opens(path, create):
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(path), str(Path(__file__).parents[1])], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert left_beside(path) != []
    with Store.open(path, create=create) as store:
        assert store.counts()["articles"] == 4
        assert store.counts()["quotes"] == 20
        assert list(verify(store)) == []

    if not create:
        assert left_beside(path) == []


def test_a_file_that_is_read_all_the_time_is_written_all_the_same(path, monkeypatch):
    """Readers who come one after the other leave no moment for the log that is written ahead to begin."""
    monkeypatch.setattr(article_store, "SWITCH_TIMEOUT", 20)
    with Store.open(path, create=True) as store:
        store.save(*bridge(), extractor="rules 1")
    reader = sqlite3.connect(path, check_same_thread=False)
    reading = reader.execute("select id from quotes")
    reading.fetchone()
    with Store.open(path, create=True) as store:
        last = threading.Timer(0.3, reading.close)
        last.start()
        store.save(*next(archive(1, 3)), extractor="rules 1")
        first = left_beside(path)
        store.save(*list(archive(2, 3))[1], extractor="rules 1")
        second = left_beside(path)
        last.join()
    reader.close()

    assert (first, second) == ([], ["made-up.db-shm", "made-up.db-wal"])
    assert left_beside(path) == []
