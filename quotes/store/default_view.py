"""The default view worked out in SQL for rows that were written without it: by an earlier version, or straight into the tables.

Whoever saves an article says it of each quote (`rows.py`) and counts along; what is counted here is the same.
"""

from __future__ import annotations

from sqlite_utils import Database

from quotes.records import DEFAULT_ACT, SURE
from quotes.store.utterance_rows import rewrite_utterances

_RULE = f"""
update quotes set unsure = confidence < {SURE} and not corrected and not exists (
  select 1 from corrections where corrections.article_id = quotes.article_id and action = 'accept' and undone_at is null
    and json_extract(target, '$.spans') = quotes.spans
);
update quotes set in_default_view = act = '{DEFAULT_ACT}' and not unsure
"""

_COUNTS = """
update appearances set (quotes, all_quotes) =
  (select coalesce(sum(in_default_view), 0), count(*) from quotes where appearance_id = appearances.id);
update speakers set (quotes, all_quotes, articles, outlets, first_quoted, last_quoted) = (
  select coalesce(sum(quotes), 0), coalesce(sum(all_quotes), 0), count(distinct iif(quotes, articles.id, null)),
    count(distinct iif(quotes, outlet, null)), min(iif(quotes, articles.published, null)), max(iif(quotes, articles.published, null))
  from appearances join articles on articles.id = appearances.article_id where appearances.speaker_id = speakers.id
);
update institutions set (quotes, all_quotes) =
  (select coalesce(sum(in_default_view), 0), count(*) from quotes where institution_id = institutions.id),
  speakers = (
    select count(distinct affiliations.speaker_id) from affiliations join appearances on appearances.id = affiliations.appearance_id
    where affiliations.institution_id = institutions.id and appearances.quotes > 0
  );
update topics set (quotes, all_quotes) = (
  select coalesce(sum(in_default_view), 0), count(*) from quote_topics join quotes on quotes.id = quote_topics.quote_id
  where quote_topics.topic_id = topics.id
)
"""


_COLUMNS = {
    "quotes": ("unsure", "in_default_view"),
    "speakers": ("all_quotes",),
    "appearances": ("all_quotes",),
    "institutions": ("all_quotes",),
    "topics": ("all_quotes",),
    "utterances": ("all_occurrences",),
}


def add_default_view(db: Database) -> None:
    """Add the columns and indexes of the default view to a database that has none, and fill them."""
    for table, columns in _COLUMNS.items():
        for column in columns:
            db.table(table).add_column(column, int, not_null_default=0)
    for first in ([], ["speaker_id"], ["institution_id"], ["role"]):
        db.execute(f'DROP INDEX "idx_quotes_{"_".join([*first, "sort_key"])}"')
        db.table("quotes").create_index([*first, "sort_key", "in_default_view"])
    count_default_view(db)
    rewrite_utterances(db, [row[0] for row in db.execute("select id from utterances").fetchall()])


def count_default_view(db: Database) -> None:
    """Say of every quote whether it is in the default view, and count for whatever has quotes; utterances stay as they are."""
    for statement in f"{_RULE};{_COUNTS}".split(";"):
        db.execute(statement)
