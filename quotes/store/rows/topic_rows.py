"""Rows of topics: which quotes and articles are about which, and how many are about each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from quotes.records import content_id
from quotes.store.schema.counting import DAY
from quotes.store.schema.statements import IN, ids, insert, listed
from quotes.store.schema.tables import ARTICLE_TOPICS

#: Enters pairs of a quote and a topic, which are given as JSON.
_ENTER = f"""
insert into quote_topics select quotes.id, json_extract(pairs.value, '$[1]'), {DAY}, quotes.in_default_view
from json_each(?) as pairs cross join quotes on quotes.id = json_extract(pairs.value, '$[0]')
"""

_OF_QUOTES = "quotes cross join quote_topics on quote_id = quotes.id where article_id = ?1"
#: Adds an article and its quotes to the counts of their topics as often as the second value says.
_COUNT = (
    "update topics set quotes = quotes + ?2 * shown, all_quotes = all_quotes + ?2 * every from"
    f" (select topic_id, sum(quotes.in_default_view) as shown, count(*) as every from {_OF_QUOTES} group by topic_id) where id = topic_id",
    "update topics set articles = articles + ?2 where id in (select topic_id from article_topics where article_id = ?1)",
)


def forget_topics(db: Database, article_id: int) -> set[int]:
    """Remove an article and its quotes, which must still be stored, from their topics; returns these."""
    topics = ids(db, f"select topic_id from {_OF_QUOTES} union select topic_id from article_topics where article_id = ?1", article_id)
    for sql in _COUNT:
        db.execute(sql, [article_id, -1])
    db.execute("delete from quote_topics where quote_id in (select id from quotes where article_id = ?)", [article_id])
    db.execute("delete from article_topics where article_id = ?", [article_id])
    return topics


def enter_topics(db: Database, article_id: int, topics: Sequence[str], quote_topics: Mapping[int, Sequence[str]], before: set[int]) -> None:
    """Write the topics of an article and of its stored quotes; remove those `before` that nothing is about any more."""
    keys = {phrase: content_id("topic", phrase) for each in (topics, *quote_topics.values()) for phrase in each}
    for phrase in sorted(keys, key=lambda each: keys[each]):
        db.execute("insert or ignore into topics values (?, ?, 0, 0, 0)", [keys[phrase], phrase])
    insert(db, ARTICLE_TOPICS, [(article_id, keys[phrase], place) for place, phrase in enumerate(dict.fromkeys(topics), start=1)])
    pairs = [(quote, keys[phrase]) for quote, about in sorted(quote_topics.items()) for phrase in sorted(set(about))]
    db.execute(_ENTER, [json.dumps(pairs)])
    for sql in _COUNT:
        db.execute(sql, [article_id, 1])
    db.execute(f"delete from topics where id {IN} and all_quotes <= 0 and articles <= 0", [listed(before)])
