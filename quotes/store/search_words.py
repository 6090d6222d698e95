"""The search index over quotes of a database that has only their texts in it."""

from __future__ import annotations

from sqlite_utils import Database

from quotes.store.extractions import run_from, unpacked
from quotes.store.overrides import laid_over
from quotes.store.rows import article_rows
from quotes.store.stored_articles import article_from_row

_COLUMNS = ("speaker_words", "institution_words", "topic_words")
_INDEXED = ["text", "title", *_COLUMNS, "speaker_id", "institution_id"]
_FOUND = """
select records, extractor, program, model, model_digest, spacy_model, options
from extractions join runs on runs.id = extractions.run_id where article_id = ?
"""


def add_search_words(db: Database) -> None:
    """Add the columns that a quote is searched by, fill them out of what was found in the articles, and make the index over them anew."""
    for column in _COLUMNS:
        db.table("quotes").add_column(column, str)
    db.table("quotes").disable_fts()
    for row in db.query("select * from articles where id in (select article_id from extractions)"):
        records, *parts, options = db.execute(_FOUND, [row["id"]]).fetchone()
        article = article_from_row(row)
        laid, *by_a_person = laid_over(db, article, unpacked(records)[1])
        for quote in article_rows(article, laid, run_from(parts, options), *by_a_person).quotes:
            assignments = ", ".join(f"{column} = :{column}" for column in _COLUMNS)
            db.execute(f"update quotes set {assignments} where id = :id", {name: quote[name] for name in ("id", *_COLUMNS)})
    db.table("quotes").enable_fts(_INDEXED, tokenize="porter unicode61 remove_diacritics 2", create_triggers=True)
    (sql,) = db.execute("select sql from sqlite_master where type = 'trigger' and name = 'quotes_au'").fetchone()
    db.execute("DROP TRIGGER quotes_au")
    db.execute(sql.replace("AFTER UPDATE ON", f"AFTER UPDATE OF {', '.join(_INDEXED)} ON", 1))
