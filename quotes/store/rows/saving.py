"""How one article comes into the database: its rows, what they are linked to, and what that changes elsewhere, inside one transaction."""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import replace

from sqlite_utils import Database

from quotes.errors import ClashError
from quotes.store.overrides.correction_records import in_force
from quotes.store.overrides.decisions import Decisions
from quotes.store.overrides.extractions import Extraction, extraction_of
from quotes.store.overrides.overrides import override
from quotes.store.rows.appearance_rows import institution_alias, stored_appearances
from quotes.store.rows.article_rows import ArticleRows, article_rows
from quotes.store.rows.institution_rows import count_in_institutions, enter_institutions, refresh_institutions
from quotes.store.rows.speaker_linking import enter_appearances, relink_speaking_institutions, speakers_of_institutions
from quotes.store.rows.speaker_rows import count_in, refresh_speakers
from quotes.store.rows.topic_rows import enter_topics, forget_topics
from quotes.store.rows.utterance_rows import forget, link_quotes, rewrite_of_speakers
from quotes.store.schema.counting import count_coverage
from quotes.store.schema.statements import IN, ids, insert, listed, upsert
from quotes.store.schema.tables import AFFILIATIONS, ARTICLES, EXTRACTIONS, QUOTES, RUNS


class Saved(enum.Enum):
    """What `Store.save` did with an article."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


def save_article(db: Database, found: Extraction) -> Saved:
    """Write an article and what was found in it; to be called within a transaction."""
    article, run = found.article, found.run
    stored = db.execute("select path, text, url from articles where id = ?", [article.id]).fetchone()
    if stored is not None:
        path, text, url = stored
        if (text, url or "") != (article.text, article.url or ""):
            raise ClashError(f"another article has the same id {article.id} by chance: please report this")
        found = found._replace(article=replace(article, path=path))  # it stays that of the first time
    upsert(db, RUNS, (run.id, *run.parts()))
    write_article(db, found)
    upsert(db, EXTRACTIONS, (article.id, run.id, found.at, found.records))
    if stored is not None:
        db.execute("delete from runs where id not in (select run_id from extractions)")
    return Saved.ADDED if stored is None else Saved.REPLACED


def write_article(db: Database, found: Extraction) -> None:
    """Write the rows of an article, as it was read and people corrected it, in place of those that are stored, and link them and whatever
    they touch."""
    decisions = Decisions.of(db)
    article_id = found.article.id
    corrected = override(found.article, found.quotes, in_force(db, article_id))
    rows = article_rows(corrected, found.run)
    gone = stored_appearances(db, "article_id = ?", article_id)
    speaking = {alias for row in gone if (alias := institution_alias(row.block)) is not None}
    names_gone = _stated(db, article_id, "institution_alias_id") | speaking
    institutions = _stated(db, article_id, "institution_id")
    loose, utterances = forget(db, ids(db, "select id from quotes where article_id = ?", article_id))
    topics = forget_topics(db, article_id)
    count_coverage(db, article_id, -1)
    for table in ("affiliations", "quotes", "appearances"):
        db.execute(f"delete from {table} where article_id = ?", [article_id])
    upsert(db, ARTICLES, rows.article)
    institutions |= enter_institutions(db, article_id, rows.institutions, names_gone, decisions)
    relinked = relink_speaking_institutions(db, institutions)
    entered = enter_appearances(db, rows.appearances, gone, decisions)
    relinked |= entered.relinked
    _insert_linked(db, rows)
    count_coverage(db, article_id, 1)
    enter_topics(db, article_id, rows.topics, rows.quote_topics, topics)
    speakers = entered.touched | relinked
    if decisions.renames_institutions:
        speakers |= speakers_of_institutions(db, institutions)
    count_in(db, [row for row in entered.settled if row.speaker_id not in speakers], corrected.article.outlet, decisions)
    refresh_speakers(db, speakers, decisions)
    institutions |= institutions_of_speakers(db, relinked)
    count_in_institutions(db, article_id, _stated(db, article_id, "institution_id") - institutions)
    refresh_institutions(db, institutions, decisions)
    link_quotes(db, [row["id"] for row in rows.quotes], loose, utterances)
    rewrite_of_speakers(db, relinked)


def remove_article(db: Database, article_id: int) -> None:
    """Remove a stored article with all that was found in it and what that was linked to; to be called within a transaction."""
    found = extraction_of(db, article_id)
    if found is not None:
        write_article(db, found._replace(quotes=(), article=replace(found.article, topics=())))
    count_coverage(db, article_id, -1)
    db.execute("delete from extractions where article_id = ?", [article_id])
    db.execute("delete from runs where id not in (select run_id from extractions)")
    db.execute("delete from articles where id = ?", [article_id])


def institutions_of_speakers(db: Database, speakers: Collection[int]) -> set[int]:
    """The institutions that speakers are affiliated with, whose counts of speakers depend on who is one."""
    return ids(db, f"select distinct institution_id from affiliations where speaker_id {IN}", listed(speakers))


def _stated(db: Database, article_id: int, column: str) -> set[int]:
    """What a column of the quotes and of the affiliations of an article holds."""
    sql = f"select {column} from affiliations where article_id = ?1 union select {column} from quotes where article_id = ?1"
    return ids(db, sql, article_id)


def _insert_linked(db: Database, rows: ArticleRows) -> None:
    """Insert quotes and affiliations with what linking decided about their speakers and institutions."""
    speakers = dict(db.execute("select id, speaker_id from appearances where article_id = ?", [rows.article[0]]).fetchall())
    names = f"select id, institution_id from institution_aliases where id {IN}"
    institutions = dict(db.execute(names, [listed(rows.institutions)]).fetchall())
    for table, plain in ((QUOTES, rows.quotes), (AFFILIATIONS, rows.affiliations)):
        for row in plain:
            row["speaker_id"] = speakers.get(row.get("appearance_id"))
            row["institution_id"] = institutions.get(row.get("institution_alias_id"))
        insert(db, table, [[row.get(name) for name in table.names] for row in plain])
