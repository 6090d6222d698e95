"""Topics in the database: which quotes and articles are about which, and how many are about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from quotes.records import content_id


def topic_id(phrase: str) -> int:
    """The id of a topic."""
    return content_id("topic", phrase)


def forget_topics(db: Database, article_id: int) -> set[int]:
    """Take an article and its quotes, which must still be stored, off their topics; gives back the topics."""
    found = db.execute(
        "select topic_id from article_topics where article_id = ?1 union select topic_id from quote_topics"
        " where quote_id in (select id from quotes where article_id = ?1)",
        [article_id],
    ).fetchall()
    db.execute("delete from quote_topics where quote_id in (select id from quotes where article_id = ?)", [article_id])
    db.execute("delete from article_topics where article_id = ?", [article_id])
    return {row[0] for row in found}


def enter_topics(db: Database, article_id: int, topics: Sequence[str], quote_topics: Mapping[int, Sequence[str]]) -> set[int]:
    """Write the topics of an article and of its quotes; gives back their ids."""
    phrases = {topic_id(phrase): phrase for each in (topics, *quote_topics.values()) for phrase in each}
    for identifier, phrase in sorted(phrases.items()):
        db.execute("insert or ignore into topics values (?, ?, 0, 0)", [identifier, phrase])
    for place, phrase in enumerate(dict.fromkeys(topics), start=1):
        db.execute("insert into article_topics values (?, ?, ?)", [article_id, topic_id(phrase), place])
    for quote_id, about in sorted(quote_topics.items()):
        for phrase in sorted(set(about)):
            db.execute("insert into quote_topics values (?, ?)", [quote_id, topic_id(phrase)])
    return set(phrases)


def refresh_topics(db: Database, changes: Mapping[int, tuple[int, int]]) -> None:
    """Add to the counts of topics how many quotes and articles more or fewer are about each; remove those that nothing is about."""
    for identifier, (quotes, articles) in sorted(changes.items()):
        if quotes or articles:
            db.execute("update topics set quotes = quotes + ?, articles = articles + ? where id = ?", [quotes, articles, identifier])
        db.execute("delete from topics where id = ? and quotes <= 0 and articles <= 0", [identifier])


def counted(db: Database, article_id: int) -> dict[int, tuple[int, int]]:
    """For each topic, how many quotes of the article, and whether the article (0 or 1), are about it."""
    counts: dict[int, tuple[int, int]] = {}
    quotes = db.execute(
        "select topic_id, count(*) from quote_topics where quote_id in (select id from quotes where article_id = ?) group by 1",
        [article_id],
    ).fetchall()
    articles = db.execute("select topic_id from article_topics where article_id = ?", [article_id]).fetchall()
    for identifier, number in quotes:
        counts[identifier] = number, 0
    for (identifier,) in articles:
        counts[identifier] = counts.get(identifier, (0, 0))[0], 1
    return counts


def difference(before: Mapping[int, tuple[int, int]], after: Mapping[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """What `refresh_topics` is to add."""
    nothing = (0, 0)
    every: Iterable[int] = before.keys() | after.keys()
    return {
        each: (after.get(each, nothing)[0] - before.get(each, nothing)[0], after.get(each, nothing)[1] - before.get(each, nothing)[1])
        for each in every
    }
