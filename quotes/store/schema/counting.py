"""The SQL of what is kept counted for the site, set by set: for one article when it is saved, for all in a migration or a bulk load."""

from __future__ import annotations

from sqlite_utils import Database

#: The day in a quote's key as `quote_topics.day` has it, so that a later day never comes with an earlier key: behind a year or a month
#: alone stands a stroke, which sorts after every month and day of it.
DAY = """
iif(quotes.sort_key < '0', 0, cast(substr(quotes.sort_key, 1, 4) as integer) * 10000
  + iif(substr(quotes.sort_key, 5, 1) = '/', 9999, cast(substr(quotes.sort_key, 6, 2) as integer) * 100
    + iif(substr(quotes.sort_key, 8, 1) = '/', 99, cast(substr(quotes.sort_key, 9, 2) as integer))))
"""
_MONTH = "iif(published >= '0', substr(published, 1, 7), '')"
#: Adds articles and their quotes as often as `:times` says.
_COUNT = f"""
insert into coverage
select coalesce(outlet, ''), {_MONTH}, :times * count(*),
  :times * sum((select coalesce(sum(in_default_view), 0) from quotes where article_id = articles.id)),
  :times * sum((select count(*) from quotes where article_id = articles.id))
from articles where {{which}} group by 1, 2
on conflict (outlet, month) do update set
  articles = articles + excluded.articles, quotes = quotes + excluded.quotes, all_quotes = all_quotes + excluded.all_quotes
"""
_EMPTY = f"""
delete from coverage where articles <= 0 and (outlet, month) = (select coalesce(outlet, ''), {_MONTH} from articles where id = ?)
"""


def count_coverage(db: Database, article_id: int, times: int) -> None:
    """Add a stored article and its quotes to what there is of its outlet in its month (`times` 1), or take them out (-1)."""
    db.execute(_COUNT.format(which="id = :id"), {"times": times, "id": article_id})
    if times < 0:
        db.execute(_EMPTY, [article_id])


def refresh_coverage(db: Database) -> None:
    """Count `coverage` anew, for all articles."""
    db.execute("delete from coverage")
    db.execute(_COUNT.format(which="true"), {"times": 1})


def refresh_days(db: Database) -> None:
    """Fill the columns of `quote_topics` that come from the quotes, for all of them."""
    db.execute(f"update quote_topics set (day, in_default_view) = (select {DAY}, quotes.in_default_view from quotes where id = quote_id)")
