import csv
import io
import json
import sys

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import archive, bridge, quote
from sqlite_utils import Database

import quotes.store.retrieval.exporting as exporting
from quotes.errors import QueryError, StoreError
from quotes.records import Article, Quote, Span
from quotes.store import Selection, Store, export
from quotes.store.schema import TABLES, VIEWS, relation
from quotes.store.schema.opening import bring_up_to_date


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("export") / "made-up.db", create=True) as store:
        store.save(*bridge(), extractor="rules 1")
        for each in archive(40, 30):
            store.save(*each, extractor="rules 1")
        yield store.db.conn


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.mark.parametrize("table", [each.name for each in (*TABLES, *VIEWS)])
def test_every_row_is_written_once_and_a_whole_number_beside_empty_cells_stays_one_in_every_form(filled, tmp_path, monkeypatch, table):
    """pandas would make a fraction of each, and lose the end of an id."""
    monkeypatch.setattr(exporting, "CHUNK", 100)
    source = relation(table)
    integers = [column.name for column in source.columns if column.type == "INTEGER"]
    stored = filled.execute(f"select {', '.join(map(quoted, integers))} from {table}").fetchall()
    every = {"table": table, "selection": Selection(all="1")}
    counts = [export(filled, tmp_path / "out.csv", "csv", **every), export(filled, tmp_path / "safe.csv", "csv", excel_safe=True, **every)]
    counts += [export(filled, tmp_path / f"out.{form}", form, **every) for form in ("jsonl", "parquet")]
    columns = pq.read_table(tmp_path / "out.parquet").to_pydict()
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    cells = [list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))) for path in tmp_path.glob("*.csv")]

    assert counts == [len(stored)] * 4
    for nth, name in enumerate(integers):
        expected = sorted(row[nth] for row in stored if row[nth] is not None)
        for rows in cells:
            assert sorted(int(row[name]) for row in rows if row[name]) == expected
        assert sorted(row[name] for row in lines if row[name] is not None) == expected
        assert sorted(each for each in columns[name] if each is not None) == expected


def quoted(name):
    return f'"{name}"'


def test_the_default_view_is_written_unless_all_is_asked_for(filled):
    shown, every = (export(filled, io.BytesIO(), "csv", selection=each) for each in (None, Selection(all="1")))

    assert shown == filled.execute("select count(*) from quotes where in_default_view").fetchone()[0]
    assert every == filled.execute("select count(*) from quotes").fetchone()[0] > shown


@pytest.mark.parametrize("table", ["quotes_browse", "quotes"])
def test_quotes_are_narrowed_as_a_search_is(filled, table):
    selection = Selection(words="river", speaker="birkeland", since="2026-02", all="1")
    out = io.BytesIO()
    export(filled, out, "jsonl", table=table, selection=selection)

    found = {json.loads(line)["id"] for line in out.getvalue().splitlines()}
    assert found == {row[0] for row in filled.execute(*selection.ids(limit=-1))} != set()


def test_another_table_cannot_be_narrowed(filled):
    with pytest.raises(QueryError, match="speakers: it is written whole"):
        export(filled, io.BytesIO(), "csv", table="speakers", selection=Selection(words="river"))


def test_the_newest_come_first_as_on_the_site(filled, tmp_path):
    export(filled, tmp_path / "out.csv", "csv")
    keys = list(read(tmp_path / "out.csv")["sort_key"])

    assert keys == sorted(keys, reverse=True)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab,\"'\r\n\t;=é…\u2028\ufeff")), min_size=1, max_size=20))
def test_any_text_survives_the_way_through_csv(text):
    with in_memory() as store:
        store.save(Article(text=text), [Quote("direct", "speech", text, (Span(0, len(text)),), None, None, None, 1.0)], extractor="rules 1")
        out = io.BytesIO()
        export(store.db.conn, out, "csv")
        frame = pd.read_csv(io.BytesIO(out.getvalue()), dtype=str, keep_default_na=False)

    assert list(frame["text"]) == [text]


def in_memory():
    db = Database(memory=True)
    bring_up_to_date(db)
    return Store(db, "memory", writable=True)


def test_json_lines_hold_numbers_nulls_and_lists(filled):
    out = io.BytesIO()
    count = export(filled, out, "jsonl", table="quotes")
    records = [json.loads(line) for line in out.getvalue().splitlines()]

    assert len({record["id"] for record in records}) == count == len(records)
    assert all(isinstance(record["spans"], list) and isinstance(record["id"], int) for record in records)
    assert None in {record["speaker_id"] for record in records}


def test_a_formula_is_defused_only_when_asked(store, tmp_path):
    text = "=HYPERLINK(1) he said"
    store.save(Article(text=text), [quote(text, "=HYPERLINK(1)")], extractor="rules 1")
    export(store.db.conn, tmp_path / "plain.csv", "csv")
    export(store.db.conn, tmp_path / "safe.csv", "csv", excel_safe=True)

    assert list(read(tmp_path / "plain.csv")["text"]) == ["=HYPERLINK(1)"]
    assert list(read(tmp_path / "safe.csv")["text"]) == ["'=HYPERLINK(1)"]
    assert (tmp_path / "safe.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"format": "xml"}, "cannot write this format: choose one of csv, parquet, jsonl"),
        ({"format": "csv", "table": "sqlite_master"}, "there is no such table to export: choose one of quotes_browse"),
        ({"format": "jsonl", "excel_safe": True}, "only CSV can be made safe"),
    ],
)
def test_what_cannot_be_exported_is_said(filled, arguments, message):
    with pytest.raises(StoreError, match=message):
        export(filled, io.BytesIO(), **arguments)


def test_parquet_without_its_library_names_the_extra(filled, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(StoreError, match=r"pip install 'quotes\[parquet\]'"):
        export(filled, io.BytesIO(), "parquet")


def test_a_folder_that_is_missing_is_said(filled, tmp_path):
    with pytest.raises(StoreError, match="it cannot be written"):
        export(filled, tmp_path / "none" / "out.csv", "csv")


def test_a_failed_export_leaves_the_old_file_and_no_other(filled, tmp_path, monkeypatch):
    target = tmp_path / "out.csv"
    target.write_text("old")
    monkeypatch.setattr(exporting, "_chunks", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(StoreError, match="No space left"):
        export(filled, target, "csv")

    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("out.csv", "old")]
