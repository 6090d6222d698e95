from dataclasses import replace

import pytest
from newsroom import archive, bridge

from quotes.records import Passage, Span
from quotes.store import Store, verify


@pytest.fixture
def filled(store):
    store.save(*bridge(), extractor="rules 1")
    for each in archive(3, 6):
        store.save(*each, extractor="rules 1")
    store.db.execute("PRAGMA foreign_keys = OFF")
    return store


def test_what_was_saved_verifies(filled):
    assert list(verify(filled)) == []


@pytest.mark.parametrize(
    ("damage", "table", "column"),
    [
        ("update quotes set text = text || '!' where kind = 'mixed'", "quotes", "text"),
        ("update quotes set start = start + 1 where kind = 'mixed'", "quotes", "start"),
        ("update quotes set \"end\" = 0 where kind = 'mixed'", "quotes", "end"),
        ("update quotes set cue = 'sang' where cue = 'called'", "quotes", "cue"),
        ("update quotes set mention = 'Nobody' where mention = 'She'", "quotes", "mention"),
        ("update quotes set role_evidence = 'king' where role_evidence = 'Mayor'", "quotes", "role_evidence"),
        ("update quotes set spans = '[[5,99999]]' where kind = 'mixed'", "quotes", "spans"),
        ("update quotes set id = 1 where kind = 'mixed'", "quotes", "id"),
        ("update articles set text = text || ' ' where path = 'bridge.txt'", "articles", "id"),
        ("update articles set zones = '[[\"body\",0,99999]]' where path = 'bridge.txt'", "articles", "zones"),
        ("update speakers set name = 'Someone Else' where name = 'Bram Tollefsen'", "speakers", "name"),
        ("update institutions set name = 'Elsewhere' where name = 'Senn River Authority'", "institutions", "name"),
        ("update affiliations set title = 'king' where title = 'chief engineer'", "affiliations", "title"),
        ("update affiliations set institution_end = 3 where title = 'chief engineer'", "affiliations", "institution_end"),
        ("delete from speakers where name = 'Bram Tollefsen'", "quotes", "speakers"),
        ("update quotes set act = 'thought' where kind = 'mixed'", "quotes", "act"),
        ("update quotes set speaker_id = null where kind = 'mixed'", "quotes", "speaker_id"),
        ("update speakers set quotes = quotes + 1 where name = 'Bram Tollefsen'", "speakers", "quotes"),
        ("update aliases set name = 'B. T.' where name = 'Bram Tollefsen'", "aliases", "name"),
        ("update appearances set because = 'I say so' where name = 'Bram Tollefsen'", "appearances", "because"),
        ("update institution_aliases set acronym = 'ARS'", "institution_aliases", "acronym"),
        ("delete from fingerprints where fingerprint = (select min(fingerprint) from fingerprints)", "fingerprints", "fingerprint"),
        ("insert into merge_candidates values (1, 'speaker', 1, 2, 'because', 0.5, 'fenn')", "merge_candidates", "id"),
        ("delete from extractions where article_id = (select id from articles where path = 'bridge.txt')", "extractions", "article_id"),
        ("update extractions set records = x'00'", "extractions", "records"),
        ("update quotes set utterance_id = id, likeness = 'same' where kind = 'mixed'", "quotes", "utterance_id"),
    ],
)
def test_each_kind_of_damage_is_found(filled, damage, table, column):
    filled.db.execute(damage)

    assert (table, column) in {(each.table, each.column) for each in verify(filled)}


def test_what_was_found_stands_where_its_spans_say(store):
    """Or the extractor is at fault."""
    article, quotes = bridge()
    engineer = quotes[3].speaker
    wrong = replace(engineer, affiliations=(replace(engineer.affiliations[0], title="king"),))
    found = [
        replace(quotes[0], text="Bridge"),
        replace(quotes[1], cue=Passage("sang", quotes[1].cue.spans)),
        replace(quotes[2], spans=(Span(0, 99_999),)),
        replace(quotes[3], speaker=wrong),
    ]
    store.save(article, found, extractor="rules 1")

    assert [each.column for each in verify(store)] == ["text", "cue", "text", "title"]


@pytest.mark.parametrize(
    "damage",
    [
        "delete from quotes_fts_data where id > 10",
        "delete from quotes_fts_docsize",
        "insert into quotes_fts (rowid, text) values (7, 'a quote that is none')",
        "insert into aliases_fts (aliases_fts) values ('delete-all')",
    ],
)
def test_damage_in_a_search_index_is_found_by_who_reads_and_by_who_writes(filled, path, damage):
    filled.db.execute(damage)
    filled.db.conn.commit()
    with Store.open(path, create=False) as reader:
        found = [list(verify(each)) for each in (filled, reader)]

    assert [{each.column for each in some} for some in found] == [{"index"}] * 2
    assert len(str(found[0][0])) < 200


@pytest.mark.parametrize(("table", "column"), [("articles", "text"), ("articles", "title"), ("quotes", "text"), ("aliases", "name")])
def test_bytes_that_are_no_text_are_found_and_not_printed(filled, table, column):
    filled.db.execute(
        f"update {table} set {column} = cast(cast({column} as blob) || x'ff' as text) where id = (select max(id) from {table})"
    )
    (mismatch,) = verify(filled)

    assert (mismatch.table, mismatch.column) == (table, column)
    assert len(str(mismatch)) < 200


def test_a_page_that_was_overwritten_is_found(path):
    with Store.open(path, create=True) as store:
        store.save(*bridge(), extractor="rules 1")
        root, size = (
            store.db.execute(sql).fetchone()[0]
            for sql in ("select rootpage from sqlite_master where name = 'idx_quotes_article_id'", "pragma page_size")
        )
    with path.open("r+b") as file:
        file.seek(root * size - 40)
        file.write(b"\0" * 40)
    with Store.open(path, create=False) as store:
        assert {each.column for each in verify(store)} == {"integrity"}


def test_a_mismatch_says_where_it_is_and_what_differs(filled):
    filled.db.execute("update quotes set cue = 'sang' where cue = 'called'")
    (mismatch,) = verify(filled)

    assert str(mismatch) == f"bridge.txt: quotes {mismatch.id}: cue: stored 'sang', found 'called'"
