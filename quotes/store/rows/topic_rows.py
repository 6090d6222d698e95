"""Topics in the database: which quotes and articles are about which, and how many are about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from quotes.records import content_id


class About(NamedTuple):
    """How many quotes of the default view, how many articles, and how many quotes in all are about a topic; or how many more."""

    quotes: int = 0
    articles: int = 0
    all_quotes: int = 0


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
        db.execute("insert or ignore into topics values (?, ?, 0, 0, 0)", [identifier, phrase])
    for place, phrase in enumerate(dict.fromkeys(topics), start=1):
        db.execute("insert into article_topics values (?, ?, ?)", [article_id, topic_id(phrase), place])
    for quote_id, about in sorted(quote_topics.items()):
        for phrase in sorted(set(about)):
            db.execute("insert into quote_topics values (?, ?)", [quote_id, topic_id(phrase)])
    return set(phrases)


def refresh_topics(db: Database, changes: Mapping[int, About]) -> None:
    """Add to the counts of topics how many more or fewer are about each; remove those that nothing is about."""
    for identifier, change in sorted(changes.items()):
        if any(change):
            sql = "update topics set quotes = quotes + ?, articles = articles + ?, all_quotes = all_quotes + ? where id = ?"
            db.execute(sql, [*change, identifier])
        db.execute("delete from topics where id = ? and all_quotes <= 0 and articles <= 0", [identifier])


def counted(db: Database, article_id: int) -> dict[int, About]:
    """For each topic, how many quotes of the article, and whether the article (0 or 1), are about it."""
    counts: dict[int, About] = {}
    quotes = db.execute(
        "select topic_id, sum(in_default_view), count(*) from quote_topics cross join quotes on quotes.id = quote_id"
        " where quote_id in (select id from quotes where article_id = ?) group by 1",
        [article_id],
    ).fetchall()
    for identifier, shown, number in quotes:
        counts[identifier] = About(shown, 0, number)
    for (identifier,) in db.execute("select topic_id from article_topics where article_id = ?", [article_id]).fetchall():
        counts[identifier] = counts.get(identifier, About())._replace(articles=1)
    return counts


def difference(before: Mapping[int, About], after: Mapping[int, About]) -> dict[int, About]:
    """What `refresh_topics` is to add."""
    every: Iterable[int] = before.keys() | after.keys()
    return {
        each: About(*(now - then for now, then in zip(after.get(each, About()), before.get(each, About()), strict=True))) for each in every
    }
