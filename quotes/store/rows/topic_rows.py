"""Rows of topics: which quotes and articles are about which, and how many are about each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from quotes.records import content_id
from quotes.store.schema.statements import insert
from quotes.store.schema.tables import ARTICLE_TOPICS, QUOTE_TOPICS

_OF_QUOTES = "from quotes cross join quote_topics on quote_id = quotes.id where article_id = ?1 group by topic_id"
_COUNTED = f"""
select topic_id, 'quotes', sum(in_default_view) {_OF_QUOTES} union all select topic_id, 'all_quotes', count(*) {_OF_QUOTES}
union all select topic_id, 'articles', 1 from article_topics where article_id = ?1
"""


def forget_topics(db: Database, article_id: int) -> None:
    """Remove an article and its quotes, which must still be stored, from their topics."""
    db.execute("delete from quote_topics where quote_id in (select id from quotes where article_id = ?)", [article_id])
    db.execute("delete from article_topics where article_id = ?", [article_id])


def enter_topics(db: Database, article_id: int, topics: Sequence[str], quote_topics: Mapping[int, Sequence[str]]) -> None:
    """Write the topics of an article and of its quotes."""
    ids = {phrase: content_id("topic", phrase) for each in (topics, *quote_topics.values()) for phrase in each}
    for phrase in sorted(ids, key=lambda each: ids[each]):
        db.execute("insert or ignore into topics values (?, ?, 0, 0, 0)", [ids[phrase], phrase])
    insert(db, ARTICLE_TOPICS, [(article_id, ids[phrase], place) for place, phrase in enumerate(dict.fromkeys(topics), start=1)])
    insert(db, QUOTE_TOPICS, [(quote, ids[phrase]) for quote, about in sorted(quote_topics.items()) for phrase in sorted(set(about))])


def counted(db: Database, article_id: int) -> Counter[tuple[int, str]]:
    """For each topic and each of its columns, how many of the article it counts."""
    return Counter({(topic, column): number for topic, column, number in db.execute(_COUNTED, [article_id]).fetchall()})


def count_topics(db: Database, before: Counter[tuple[int, str]], after: Counter[tuple[int, str]]) -> None:
    """Add to the counts of topics what changed in an article; remove those that nothing is about."""
    for topic, column in sorted(before.keys() | after.keys()):
        if change := after[topic, column] - before[topic, column]:
            db.execute(f"update topics set {column} = {column} + ? where id = ?", [change, topic])
    for topic in {topic for topic, _ in before}:
        db.execute("delete from topics where id = ? and all_quotes <= 0 and articles <= 0", [topic])
