"""The way from an empty file to the schema of today: one function for each step, never changed once released.

A test holds what they make against the declaration in `schema.py`.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from quotes.store.connection import stale_views
from quotes.store.default_view import add_default_view
from quotes.store.schema import APPLICATION_ID
from quotes.store.search_words import add_search_words

migrations = Migrations("quotes")


@migrations()
def m001_initial(db: Database) -> None:
    """Articles, speakers, institutions, quotes and affiliations, with their search indexes."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.table("articles").create(
        {
            "id": int,
            "path": str,
            "title": str,
            "byline": str,
            "dateline": str,
            "outlet": str,
            "published": str,
            "section": str,
            "url": str,
            "boilerplate": str,
            "text": str,
            "words": int,
            "zones": str,
            "extractor": str,
            "sort_key": str,
        },
        pk="id",
        not_null={"path", "byline", "boilerplate", "text", "words", "zones", "extractor", "sort_key"},
    )
    db.table("speakers").create(
        {"id": int, "name": str, "kind": str, "article_id": int},
        pk="id",
        not_null={"name", "kind"},
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("institutions").create({"id": int, "name": str, "acronym": str}, pk="id", not_null={"name"})
    db.table("quotes").create(
        {
            "id": int,
            "article_id": int,
            "speaker_id": int,
            "institution_id": int,
            "kind": str,
            "act": str,
            "text": str,
            "spans": str,
            "start": int,
            "end": int,
            "cue": str,
            "cue_spans": str,
            "mention": str,
            "mention_spans": str,
            "title": str,
            "confidence": float,
            "zone": str,
            "sort_key": str,
        },
        pk="id",
        not_null={"article_id", "kind", "act", "text", "spans", "start", "end", "confidence", "zone", "sort_key"},
        foreign_keys=[("article_id", "articles", "id"), ("speaker_id", "speakers", "id"), ("institution_id", "institutions", "id")],
    )
    db.table("affiliations").create(
        {
            "id": int,
            "speaker_id": int,
            "title": str,
            "institution": str,
            "institution_id": int,
            "article_id": int,
            "title_start": int,
            "title_end": int,
            "institution_start": int,
            "institution_end": int,
        },
        pk="id",
        not_null={"speaker_id", "article_id"},
        foreign_keys=[("speaker_id", "speakers", "id"), ("institution_id", "institutions", "id"), ("article_id", "articles", "id")],
    )
    # No index on `published`: Datasette pages by the sort column, and an index there loses and repeats rows.
    for table in ("articles", "quotes"):
        db.table(table).create_index(["sort_key"], unique=True)
    db.table("speakers").create_index(["article_id"])
    for column in ("article_id", "speaker_id", "institution_id"):
        db.table("quotes").create_index([column])
        db.table("affiliations").create_index([column])
    prose, names = "porter unicode61 remove_diacritics 2", "unicode61 remove_diacritics 2"
    db.table("articles").enable_fts(["title", "text"], tokenize=prose, create_triggers=True)
    db.table("quotes").enable_fts(["text"], tokenize=prose, create_triggers=True)
    db.table("speakers").enable_fts(["name"], tokenize=names, create_triggers=True)
    db.table("institutions").enable_fts(["name"], tokenize=names, create_triggers=True)


@migrations()
def m002_standing(db: Database) -> None:
    """The role of a speaker, what is past, which speakers are outlets, and how sure each part of a speaker is."""
    for column in ("role", "role_evidence", "role_spans"):
        db.table("quotes").add_column(column, str)
    for column in ("past", "speaker_outlet"):
        db.table("quotes").add_column(column, int, not_null_default=0)
    for column in ("name_confidence", "title_confidence", "institution_confidence"):
        db.table("quotes").add_column(column, float)
    db.table("affiliations").add_column("past", int, not_null_default=0)


@migrations()
def m003_lasting(db: Database) -> None:
    """Speakers and institutions across articles with their names, utterances, runs, corrections and topics."""
    for name in ("quotes", "articles", "outlets"):
        db.table("speakers").add_column(name, int, not_null_default=0)
    for name in ("first_quoted", "last_quoted"):
        db.table("speakers").add_column(name, str)
    _refer(db, "speakers", "institution_id", "institutions")
    _refer(db, "institutions", "parent_id", "institutions")
    for name in ("quotes", "speakers"):
        db.table("institutions").add_column(name, int, not_null_default=0)
    _names_in_articles(db)
    _utterances_and_topics(db)
    _runs_and_corrections(db)
    for table in ("quotes", "affiliations"):
        _refer(db, table, "appearance_id", "appearances")
        _refer(db, table, "institution_alias_id", "institution_aliases")
    _refer(db, "affiliations", "parent_alias_id", "institution_aliases")
    _refer(db, "quotes", "run_id", "runs")
    _refer(db, "quotes", "utterance_id", "utterances")
    db.table("quotes").add_column("likeness", str)
    db.table("quotes").add_column("corrected", int, not_null_default=0)
    for table, columns in {
        "speakers": ["institution_id"],
        "institutions": ["parent_id"],
        "quotes": ["institution_id", "appearance_id", "institution_alias_id", "utterance_id"],
        "affiliations": ["appearance_id", "institution_alias_id", "parent_alias_id"],
    }.items():
        for column in columns:
            _index_filled(db, table, column)
    # What a quote is linked to changes far more often than its words; the index over the words need not be written anew for that.
    searched = {"quotes": "text", "speakers": "name", "institutions": "name", "topics": "phrase"}
    for table, column in {**searched, "aliases": "name", "institution_aliases": "name"}.items():
        sql = db.execute("select sql from sqlite_master where type = 'trigger' and name = ?", [f"{table}_au"]).fetchone()[0]
        db.execute(f"DROP TRIGGER {table}_au")
        db.execute(sql.replace("AFTER UPDATE ON", f"AFTER UPDATE OF {column} ON", 1))


def _index_filled(db: Database, table: str, column: str) -> None:
    """Index a column that is empty in most rows. (An entry for each empty one would be written to a page of its own, as the ids are
    hashes.)"""
    db.execute(f'DROP INDEX IF EXISTS "idx_{table}_{column}"')
    db.execute(f'CREATE INDEX "idx_{table}_{column}" ON "{table}" ("{column}") WHERE "{column}" IS NOT NULL')


def _refer(db: Database, table: str, column: str, other: str) -> None:
    """Add a column that refers to another table. (`add_foreign_key` writes the table anew and loses its triggers.)"""
    db.execute(f'ALTER TABLE "{table}" ADD COLUMN "{column}" INTEGER REFERENCES "{other}"("id")')


def _names_in_articles(db: Database) -> None:
    names = "unicode61 remove_diacritics 2"
    db.table("aliases").create(
        {"id": int, "speaker_id": int, "name": str, "articles": int, "key": str, "block": str, "first_key": str, "evidence": str},
        pk="id",
        not_null={"speaker_id", "name", "articles", "key", "first_key"},
        foreign_keys=[("speaker_id", "speakers", "id")],
    )
    db.table("appearances").create(
        {
            "id": int,
            "article_id": int,
            "speaker_id": int,
            "name": str,
            "kind": str,
            "key": str,
            "block": str,
            "evidence": str,
            "published": str,
            "quotes": int,
            "because": str,
        },
        pk="id",
        not_null={"article_id", "speaker_id", "name", "kind", "key", "evidence", "quotes", "because"},
        foreign_keys=[("article_id", "articles", "id"), ("speaker_id", "speakers", "id")],
    )
    db.table("institution_aliases").create(
        {"id": int, "institution_id": int, "name": str, "acronym": str, "block": str, "because": str},
        pk="id",
        not_null={"institution_id", "name", "because"},
        foreign_keys=[("institution_id", "institutions", "id")],
    )
    db.table("merge_candidates").create(
        {"id": int, "subject": str, "one_id": int, "other_id": int, "reason": str, "score": float, "block": str},
        pk="id",
        not_null={"subject", "one_id", "other_id", "reason", "score"},
    )
    for table, columns in {
        "aliases": ["speaker_id", "block"],
        "appearances": ["article_id", "speaker_id", "block"],
        "institution_aliases": ["institution_id", "block"],
        "merge_candidates": ["one_id", "other_id", "block"],
    }.items():
        for column in columns:
            db.table(table).create_index([column])
    for table in ("aliases", "institution_aliases"):
        db.table(table).enable_fts(["name"], tokenize=names, create_triggers=True)


def _utterances_and_topics(db: Database) -> None:
    db.table("utterances").create(
        {
            "id": int,
            "text": str,
            "speaker_id": int,
            "first_quote_id": int,
            "fullest_quote_id": int,
            "first_published": str,
            "last_published": str,
            "occurrences": int,
            "articles": int,
            "outlets": int,
        },
        pk="id",
        not_null={"text", "first_quote_id", "fullest_quote_id", "occurrences", "articles", "outlets"},
        foreign_keys=[("speaker_id", "speakers", "id"), ("first_quote_id", "quotes", "id"), ("fullest_quote_id", "quotes", "id")],
    )
    db.table("topics").create(
        {"id": int, "phrase": str, "quotes": int, "articles": int}, pk="id", not_null={"phrase", "quotes", "articles"}
    )
    for column in ("speaker_id", "first_quote_id", "fullest_quote_id", "occurrences"):
        db.table("utterances").create_index([column])
    db.table("topics").create_index(["quotes"])
    db.table("topics").enable_fts(["phrase"], tokenize="porter unicode61 remove_diacritics 2", create_triggers=True)
    # The key is all of the row, or nearly: a table without a rowid holds it once instead of twice.
    db.execute(
        'CREATE TABLE "quote_topics" ("quote_id" INTEGER NOT NULL REFERENCES "quotes"("id"), "topic_id" INTEGER NOT NULL'
        ' REFERENCES "topics"("id"), PRIMARY KEY ("quote_id", "topic_id")) WITHOUT ROWID'
    )
    db.execute(
        'CREATE TABLE "article_topics" ("article_id" INTEGER NOT NULL REFERENCES "articles"("id"), "topic_id" INTEGER NOT NULL'
        ' REFERENCES "topics"("id"), "place" INTEGER NOT NULL, PRIMARY KEY ("article_id", "topic_id")) WITHOUT ROWID'
    )
    # No reference to the quotes: that would need a second index as large as the table, for what the words tell anyway.
    db.execute(
        'CREATE TABLE "fingerprints" ("fingerprint" INTEGER NOT NULL, "quote_id" INTEGER NOT NULL,'
        ' PRIMARY KEY ("fingerprint", "quote_id")) WITHOUT ROWID'
    )
    for table, column in (("quote_topics", "topic_id"), ("article_topics", "topic_id")):
        db.table(table).create_index([column])


def _runs_and_corrections(db: Database) -> None:
    db.table("runs").create(
        {"id": int, "extractor": str, "program": str, "model": str, "model_digest": str, "spacy_model": str, "options": str},
        pk="id",
        not_null={"extractor", "options"},
    )
    db.table("extractions").create(
        {"article_id": int, "run_id": int, "at": str, "records": bytes},
        pk="article_id",
        not_null={"run_id", "at", "records"},
        foreign_keys=[("article_id", "articles", "id"), ("run_id", "runs", "id")],
    )
    db.table("extractions").create_index(["run_id"])
    db.table("corrections").create(
        {
            "id": int,
            "at": str,
            "by": str,
            "why": str,
            "action": str,
            "article_id": int,
            "target": str,
            "change": str,
            "undone_at": str,
            "undone_by": str,
        },
        pk="id",
        not_null={"at", "by", "action", "target", "change"},
    )
    db.table("corrections").create_index(["article_id"])


@migrations()
def m004_intake(db: Database) -> None:
    """The language of an article, its versions, its near copies, what could not be read, and what was fetched."""
    db.table("articles").add_column("language", str)
    db.table("article_versions").create(
        {
            "id": int,
            "article_id": int,
            "address": str,
            "text_key": int,
            "path": str,
            "url": str,
            "title": str,
            "published": str,
            "modified": str,
            "language": str,
            "text": str,
            "quotes": str,
            "met": str,
        },
        pk="id",
        not_null={"article_id", "text_key", "path", "met"},
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("article_links").create(
        {"id": int, "article_id": int, "other_id": int, "shared": float},
        pk="id",
        not_null={"article_id", "other_id", "shared"},
        foreign_keys=[("article_id", "articles", "id"), ("other_id", "articles", "id")],
    )
    db.table("article_sketches").create(
        {"id": int, "article_id": int, "band": int},
        pk="id",
        not_null={"article_id", "band"},
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("failures").create(
        {"id": int, "source": str, "path": str, "what": str, "tries": int, "first": str, "last": str, "settings": str},
        pk="id",
        not_null={"source", "path", "what", "tries", "first", "last"},
    )
    db.table("fetches").create(
        {"id": int, "address": str, "etag": str, "last_modified": str, "updated": str, "checked": str, "again": str, "failures": int},
        pk="id",
        not_null={"address", "failures"},
    )
    for table, columns in (
        ("article_versions", ("article_id", "address", "text_key")),
        ("article_links", ("article_id", "other_id")),
        ("article_sketches", ("article_id", "band")),
        ("failures", ("source",)),
    ):
        for column in columns:
            db.table(table).create_index([column])


@migrations()
def m005_reading(db: Database) -> None:
    """Indexes in the order in which the site reads, so that no page has to look at every row."""
    for table, columns in (
        ("articles", ["outlet", "sort_key"]),
        ("speakers", ["kind", "quotes"]),
        ("speakers", ["quotes", "id"]),
        ("institutions", ["quotes", "id"]),
        ("quotes", ["speaker_id", "sort_key"]),
        ("quotes", ["institution_id", "sort_key"]),
        ("quotes", ["role", "sort_key"]),
    ):
        db.table(table).create_index(columns)
    # Those in order serve as well for what the plain ones were for, and every index is more to write for each quote.
    for name in ("idx_quotes_speaker_id", "idx_quotes_institution_id"):
        db.execute(f"DROP INDEX {name}")


@migrations()
def m006_kindred(db: Database) -> None:
    """Of the people of a family, and of all who quote somebody, only those that matter need be read."""
    for first, second in (("block", "key"), ("speaker_id", "article_id")):
        db.table("appearances").create_index([first, second])
        db.execute(f"DROP INDEX idx_appearances_{first}")


@migrations()
def m007_default_view(db: Database) -> None:
    """Which quotes are shown unless all are asked for; what was counted counts these, and all beside them."""
    add_default_view(db)


@migrations()
def m008_search(db: Database) -> None:
    """A quote is found by its speaker, title, institution and topics too."""
    add_search_words(db)


def bring_up_to_date(db: Database) -> None:
    """Apply what is missing, in one transaction, and put the views right; writes nothing where nothing is to be done."""
    stale = stale_views(db)
    if not stale and not migrations.pending(db):
        return
    with db.atomic():
        migrations.apply(db)
        for view in stale:
            db.execute(f'DROP VIEW IF EXISTS "{view.name}"')
            db.execute(view.created)
