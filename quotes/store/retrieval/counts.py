"""How many quotes fit, in all and in each month: kept numbers where there are some, else counted in an index, or up to a bound."""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from typing import Any, NamedTuple

from quotes.store.retrieval.quote_filters import LAST, Selection, number
from quotes.store.retrieval.searching import MOST, count, count_more

#: Quotes that hold the words looked up at most, where something else must hold of them too and many of them are so.
SCANNED = 5_000

_BY_ID = ("speaker", "institution", "topic")


class Counts(NamedTuple):
    """How many quotes fit and how many more do with `all`, and whether each stands for more than that."""

    quotes: int
    more: int
    more_than: bool = False
    or_more: bool = False


def counted(connection: sqlite3.Connection, selection: Selection) -> Counts:
    """How many quotes fit: all of them where the number is kept; else counting stops at MOST. Raises sqlite3.Error."""
    if (kept := _kept(selection)) is not None:
        shown, rest = (each or 0 for each in connection.execute(*kept).fetchone() or (0, 0))
        return Counts(shown + rest, 0) if selection.all else Counts(shown, rest)
    if not selection.all:
        # Looked at once for both: most of what fits is in the view.
        enough = MOST + MOST // 4
        shown, rest, seen = connection.execute(*selection.count_both(enough, SCANNED)).fetchone()
        if seen < enough or shown > SCANNED // 10:
            return Counts(min(shown, MOST), min(rest, MOST), seen >= enough, seen >= enough)
    found, more = count(connection, selection, MOST + 1), count_more(connection, selection, MOST)
    return Counts(min(found, MOST), more, found > MOST, more == MOST)


def months(connection: sqlite3.Connection, selection: Selection) -> dict[str, int]:
    """The number of quotes in each month (2026-03), or year where a date is no more exact; for nothing those without a date. Raises
    sqlite3.Error."""
    asked = _asked(selection)
    name, identifier = next(((each, number(getattr(selection, each))) for each in _BY_ID if asked == {each}), ("", None))
    values: dict[str, Any] = {"id": identifier, "all": bool(selection.all), "outlet": selection.outlet}
    if identifier is not None:
        sql = _BY_DAY if name == "topic" else _BY_KEY.format(of=f"{name}_id")
    elif asked == {"outlet"}:
        sql = "select month, iif(:all, all_quotes, quotes) from coverage where outlet = :outlet"
    else:
        sql, values = selection.count_months()
    return {month: many for month, many in connection.execute(sql, values) if many}


# From the newest month to the next older one that there is, each counted in the index; grouping would write every quote to a table first.
# Without `rtrim` and `printf`, which on the site are slow functions of ours.
_BY_KEY = f"""
with recursive months(month) as (
  select iif(substr(max(sort_key), 5, 1) = '/', substr(max(sort_key), 1, 5), substr(max(sort_key), 1, 7))
  from quotes where {{of}} = :id and sort_key >= '0'
  union all
  select (
    select iif(substr(sort_key, 5, 1) = '/', substr(sort_key, 1, 5), substr(sort_key, 1, 7))
    from quotes where {{of}} = :id and sort_key >= '0' and sort_key < months.month order by sort_key desc limit 1
  ) from months where month is not null
)
select iif(substr(month, 5) = '/', substr(month, 1, 4), month), (
  select count(*) from quotes where {{of}} = :id and sort_key >= month and sort_key < month || '{LAST}' and (:all or in_default_view)
) from months where month is not null
union all select '', count(*) from quotes where {{of}} = :id and sort_key < '0' and (:all or in_default_view)
"""
_BY_DAY = """
with recursive months(month) as (
  select max(day) / 100 from quote_topics where topic_id = :id and day > 0
  union all
  select (
    select day / 100 from quote_topics where topic_id = :id and day > 0 and day < months.month * 100 order by day desc limit 1
  ) from months where month is not null
)
select substr(10000 + month / 100, 2) || iif(month % 100 = 99, '', '-' || substr(100 + month % 100, 2)), (
  select count(*) from quote_topics where topic_id = :id and day between month * 100 and month * 100 + 99 and (:all or in_default_view)
) from months where month is not null
union all select '', count(*) from quote_topics where topic_id = :id and day = 0 and (:all or in_default_view)
"""


def _asked(selection: Selection) -> set[str]:
    """What narrows the quotes."""
    return {each.name for each in fields(selection) if each.name not in ("all", "order") and getattr(selection, each.name)}


def _kept(selection: Selection) -> tuple[str, dict[str, Any]] | None:
    """A query for how many quotes fit and how many more with `all`, where both are kept: those of one speaker, institution or topic, or of
    an outlet in some months."""
    asked = _asked(selection)
    for name in _BY_ID:
        if asked == {name} and (identifier := number(getattr(selection, name))) is not None:
            return f"select quotes, all_quotes - quotes from {name}s where id = :id", {"id": identifier}
    since, until = selection.since, selection.until
    if "outlet" in asked and asked <= {"outlet", "since", "until"} and max(len(since), len(until)) <= len("2026-03"):
        # Compared as the keys of quotes are.
        sql = "select sum(quotes), sum(all_quotes - quotes) from coverage where outlet = :outlet and month || '/' between :since and :until"
        return sql, {"outlet": selection.outlet, "since": since or ("0" if until else ""), "until": until + LAST}
    return None
