"""A new database that is loaded at once is the one that saving its articles one by one makes."""

import sqlite3

import pytest
from newsroom import archive, bridge, rows

from benchmarks.synthetic import Archive
from quotes.errors import StoreError
from quotes.records import Article
from quotes.shards.shard_files import Found, Report, Shards
from quotes.store import Run, Store, verify
from quotes.store.bulk import bulk_load as loading
from quotes.store.intake.article_versions import Meeting, meet, save_met

RUN = Run("model 1", "1.0", options={"act": ["speech"]})
#: Tables that say when something was done.
TIMED = {"article_versions"}


def shards_of(folder, articles, each=50):
    shards = Shards(str(folder))
    for first in range(0, len(articles), each):
        found = [Found(article, tuple(quotes), RUN) for article, quotes in articles[first : first + each]]
        shards.write(Report(task=f"{first:05d}", place=(first,)), found)
    names = [report.shard for report in sorted(shards.reports().values(), key=lambda each: each.place)]
    return names, shards.staged


def add(store, articles):
    for article, quotes in articles:
        met = meet(store, article)
        if met.how is Meeting.NEW:
            save_met(store, article, quotes, extractor=RUN, met=met)


@pytest.fixture(scope="module")
def news():
    """People with an initial more or less, lone family names, acronyms, copies in other outlets, an article twice, one without quotes."""
    some = [*archive(40, 4), bridge(), *Archive(500, seed=3).articles(700)]
    return [*some, bridge(path="again.txt"), (Article(text="Nobody said a word."), ())]


def test_every_row_is_that_of_saving_one_by_one(news, tmp_path, store):
    add(store, news)
    loading.bulk_load(tmp_path / "loaded.db", *shards_of(tmp_path / "shards", news), lambda *_: None)

    with Store.open(tmp_path / "loaded.db", create=False) as loaded:
        one_by_one, at_once = rows(store), rows(loaded)
        for table in one_by_one.keys() - TIMED:
            assert at_once[table] == one_by_one[table], table
        assert at_once["utterances"]
        assert at_once["article_links"]


def test_it_has_all_indexes_and_passes_verification(news, tmp_path, store):
    loading.bulk_load(tmp_path / "loaded.db", *shards_of(tmp_path / "shards", news[:60]), lambda *_: None)
    schema = "select type, name, sql from sqlite_master where name not like 'sqlite_%' order by 1, 2"

    with Store.open(tmp_path / "loaded.db", create=True) as loaded:
        assert loaded.rows(schema) == store.rows(schema)
        assert list(verify(loaded)) == []


def test_a_run_that_is_killed_is_taken_up(news, tmp_path, monkeypatch, store):
    names, read = shards_of(tmp_path / "shards", news[:40], each=9)
    steps = loading.STEPS
    killed, read_anew = set(), []

    def failing(step):
        def run(*arguments):
            step(*arguments)
            if step not in killed:
                killed.add(step)
                raise sqlite3.OperationalError("killed")

        run.__name__ = step.__name__
        return run

    def failing_read(name):
        read_anew.append(name)
        if len(read_anew) == 3:
            raise sqlite3.OperationalError("killed")
        return read(name)

    monkeypatch.setattr(loading, "STEPS", tuple(map(failing, steps)))
    for _ in range(len(steps) + 1):
        with pytest.raises(StoreError, match="killed"):
            loading.bulk_load(tmp_path / "loaded.db", names, failing_read, lambda *_: None)
        assert not (tmp_path / "loaded.db").exists()
    loading.bulk_load(tmp_path / "loaded.db", names, failing_read, lambda *_: None)

    assert len(read_anew) == len(names) + 1
    add(store, news[:40])
    with Store.open(tmp_path / "loaded.db", create=False) as loaded:
        assert rows(loaded)["quotes"] == rows(store)["quotes"]
    assert sorted(path.name for path in tmp_path.glob("loaded.db*")) == ["loaded.db"]


def test_what_may_be_another_version_is_left_out(tmp_path):
    other = (Article(text=f"{bridge()[0].text}\nMore.", url=bridge()[0].url, path="later.txt"), ())
    names, read = shards_of(tmp_path / "shards", [bridge(), other])

    found = loading.bulk_load(tmp_path / "loaded.db", names, read, lambda *_: None)

    assert found.left_out == {names[0]: {other[0].id}}
    assert (found.articles, found.quotes, found.shown, found.foreign) == (1, 7, 6, [])


def test_what_another_run_left_of_other_shards_is_not_taken_up(news, tmp_path, monkeypatch):
    some, others = (shards_of(tmp_path / name, part) for name, part in (("some", news[:30]), ("others", news[30:60])))
    with monkeypatch.context() as patched:
        patched.setattr(loading, "STEPS", (*loading.STEPS[:3], _full_disk))
        with pytest.raises(StoreError):
            loading.bulk_load(tmp_path / "loaded.db", *some, lambda *_: None)

    assert loading.bulk_load(tmp_path / "loaded.db", *others, lambda *_: None).articles == 30


def _full_disk(*_):
    raise sqlite3.OperationalError("database or disk is full")
