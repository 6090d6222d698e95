"""What the front page shows, and the figures of the whole collection, which are counted once and kept for a while."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from quotes.publish.profile_pages import RECENT, with_standing
from quotes.publish.queries import rows, value
from quotes.publish.results import shown

#: Seconds for which figures are kept although the database has changed since.
FRESH = 60.0

_NEWEST_ARTICLES = "select id, title, outlet, published from articles order by sort_key desc limit 6"
_NEWEST_QUOTES = """
select id from quotes where in_default_view and kind in ('direct', 'mixed') and speaker_id is not null order by sort_key desc limit 4
"""
_MOST_QUOTED = "select id, name, quotes from speakers where kind = 'person' and quotes > 0 order by quotes desc limit 8"
_TOPICS = "select id, phrase, quotes from topics where quotes > 0 order by quotes desc limit 12"

# Quotes stand in no order under a topic, since their numbers are hashes; so the first thousands of them stand for all.
_EXPERTS = f"""
select speakers.id, speakers.name, count(*) as quotes
from (select quote_id from quote_topics where topic_id = ? limit {RECENT // 10}) as some
join quotes on quotes.id = some.quote_id and quotes.role = 'expert' and quotes.in_default_view
join speakers on speakers.id = quotes.speaker_id
group by speakers.id order by quotes desc, speakers.name limit 3
"""

#: What is counted: in the default view `quotes`, and whoever has one there.
_COUNTED = {
    "quotes": "quotes where in_default_view",
    "all_quotes": "quotes",
    "articles": "articles",
    "undated": "articles where sort_key < '0'",
    "speakers": "speakers where quotes > 0",
    "institutions": "institutions where quotes > 0",
    "topics": "topics where quotes > 0",
}


class Figures:
    """The size of each collection. Counting is the one thing that has to look at every row, so no page waits for it twice."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[int, ...], float, dict[str, Any]]] = {}
        self._lock = threading.Lock()

    def of(self, connection: sqlite3.Connection, path: str) -> dict[str, Any]:
        """The figures of the database at `path`, at most FRESH seconds old where it has changed."""
        now = time.monotonic()
        kept = self._kept.get(path)
        # While somebody counts, everybody else is told what was counted before.
        if kept and (now - kept[1] < FRESH or self._lock.locked()):
            return kept[2]
        with self._lock:
            state, kept = _state(path), self._kept.get(path)
            if kept and kept[0] == state:
                self._kept[path] = (state, now, kept[2])
                return kept[2]
            figures = {name: value(connection, f"select count(*) from {counted}") for name, counted in _COUNTED.items()}
            figures["outlets"] = value(connection, "select count(distinct outlet) from articles")
            figures["first"] = value(connection, "select published from articles where sort_key >= '0' order by sort_key limit 1")
            figures["last"] = value(connection, "select published from articles where sort_key >= '0' order by sort_key desc limit 1")
            self._kept[path] = (state, now, figures)
            return figures


def _state(path: str) -> tuple[int, ...]:
    """What changes whenever the database is written."""
    found = []
    for each in (Path(path), Path(f"{path}-wal")):
        try:
            stat = each.stat()
            found += [stat.st_mtime_ns, stat.st_size]
        except OSError:
            found += [0, 0]
    return tuple(found)


FIGURES = Figures()


def home(connection: sqlite3.Connection, path: str) -> dict[str, Any]:
    """The parts of the front page."""
    topics = rows(connection, _TOPICS)
    by_topic = [{**each, "experts": with_standing(connection, rows(connection, _EXPERTS, [each["id"]]))} for each in topics]
    return {
        "figures": FIGURES.of(connection, path),
        "newest": shown(connection, [row["id"] for row in rows(connection, _NEWEST_QUOTES)]),
        "articles": rows(connection, _NEWEST_ARTICLES),
        "most_quoted": with_standing(connection, rows(connection, _MOST_QUOTED)),
        "topics": topics,
        "experts": [each for each in by_topic if each["experts"]][:6],
    }
