"""Making the rows again out of what was found: for databases of earlier versions, and to compare with what is stored."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from quotes.store.extractions import Run, packed, run_from, unpacked
from quotes.store.migrations import bring_up_to_date
from quotes.store.saving import save_article, write_article
from quotes.store.schema import TABLES
from quotes.store.stored_articles import article_from_row, stored_quotes


def unfilled(db: Database) -> list[int]:
    """The articles, by id, that an earlier version stored, before it was kept what was found in them."""
    rows = db.execute("select id from articles where id not in (select article_id from extractions) order by id").fetchall()
    return [row[0] for row in rows]


def fill(db: Database, article_id: int) -> None:
    """Take the rows of an article that an earlier version stored for what was found, and link them; to be called within a transaction."""
    row = next(db.query("select * from articles where id = ?", [article_id]))
    article, quotes = article_from_row(row), stored_quotes(db, article_id)
    save_article(db, article, quotes, Run(row["extractor"]), packed(article, quotes))


def remove_article(db: Database, article_id: int) -> None:
    """Take away a stored article with all that was found in it and what that was linked to; to be called within a transaction."""
    row = next(db.query("select * from articles where id = ?", [article_id]))
    write_article(db, article_from_row(row), (), Run(row["extractor"]))
    db.execute("delete from extractions where article_id = ?", [article_id])
    db.execute("delete from runs where id not in (select run_id from extractions)")
    db.execute("delete from articles where id = ?", [article_id])


def clear_out(db: Database) -> None:
    """Remove the speakers and institutions of an earlier version that nothing refers to any more; to be called within a transaction."""
    db.execute("delete from speakers where id not in (select speaker_id from appearances)")
    db.execute("delete from institutions where id not in (select institution_id from institution_aliases)")


@contextlib.contextmanager
def rebuilt(db: Database) -> Iterator[Database]:
    """A second database, made anew from the articles, what was found in them and the corrections of `db`; it is gone afterwards.

    It has no search indexes. Memory does not grow with it.
    """
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder, contextlib.closing(Database(Path(folder) / "again.db")) as again:
        bring_up_to_date(again)
        again.execute("PRAGMA synchronous = off")
        again.execute("PRAGMA journal_mode = off")
        for table in TABLES:
            if table.search is not None:
                for suffix in ("ai", "ad", "au"):
                    again.execute(f"DROP TRIGGER {table.name}_{suffix}")
        for row in db.execute("select * from corrections order by id"):
            again.execute(f"insert into corrections values ({','.join('?' * len(row))})", row)
        for row in db.query("select * from articles where id in (select article_id from extractions) order by id"):
            records, at, *parts, options = db.execute(
                "select records, at, extractor, program, model, model_digest, spacy_model, options from extractions"
                " join runs on runs.id = extractions.run_id where article_id = ?",
                [row["id"]],
            ).fetchone()
            found = unpacked(records)
            save_article(again, found.as_read(article_from_row(row)), found.quotes, run_from(parts, options), records)
            again.execute("update extractions set at = ? where article_id = ?", [at, row["id"]])
        yield again
