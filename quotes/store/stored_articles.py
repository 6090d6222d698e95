"""Out of the database again: articles with their quotes, as the records that were saved."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.records import Affiliation, Article, Passage, Quote, Span, Speaker, SpeakerConfidence, Zone
from quotes.store.connection import clear_errors
from quotes.store.extractions import unpacked

if TYPE_CHECKING:
    from quotes.store.article_store import Store

_Row = Mapping[str, Any]

# Rows of a version before appearances were kept have none: there the speaker's own name and id stand in.
_QUOTES = """
select quotes.*, coalesce(appearances.name, speakers.name) as speaker_name, coalesce(appearances.kind, speakers.kind) as speaker_kind,
  coalesce(quotes.appearance_id, quotes.speaker_id) as source_id, coalesce(quotes.institution_alias_id, quotes.institution_id) as body_id
from quotes
left join appearances on appearances.id = quotes.appearance_id
left join speakers on speakers.id = quotes.speaker_id
where quotes.article_id = ?
order by quotes.sort_key desc
"""
_AFFILIATIONS = """
select *, coalesce(appearance_id, speaker_id) as source_id, coalesce(institution_alias_id, institution_id) as body_id
from affiliations where article_id = ? order by coalesce(title_start, institution_start), id
"""
_TOPICS = """
select quote_topics.quote_id, topics.phrase from quote_topics join topics on topics.id = quote_topics.topic_id
where quote_topics.quote_id in (select id from quotes where article_id = ?) order by topics.phrase
"""
_ARTICLE_TOPICS = """
select topics.phrase from article_topics join topics on topics.id = article_topics.topic_id where article_id = ? order by place
"""


def stored(store: Store) -> Iterator[tuple[Article, tuple[Quote, ...]]]:
    """Every article in order of its id, with its quotes in order of its text.

    They are as they were saved, with what people put right, but for the order of a speaker's affiliations after the main one and of a
    quote's topics. Raises StoreError when the database cannot be read or a row of it is damaged.
    """
    with clear_errors(store.path):
        for row in store.db.query("select * from articles order by id"):
            try:
                quotes = stored_quotes(store.db, row["id"])
                article = article_from_row(row, tuple(each for (each,) in store.db.execute(_ARTICLE_TOPICS, [row["id"]]).fetchall()))
            except (ValueError, TypeError) as error:
                what = f"the article {row['path']} is damaged ({error})"
                raise StoreError(f"{store.path}: {what}: run `quotes verify`, and take the file from a backup") from error
            yield article, quotes


def outdated(store: Store, extractor: str | None) -> list[int]:
    """The ids of the articles that `extractor` has not gone through, in order; of all articles where it is None.

    Articles in another language are left out: no extractor goes through them.
    """
    with clear_errors(store.path):
        sql = "select id from articles where (? is null or extractor <> ?) and ifnull(language, 'en') = 'en' order by id"
        rows = store.db.execute(sql, [extractor, extractor]).fetchall()
    return [row[0] for row in rows]


def stored_article(store: Store, article_id: int) -> Article:
    """One stored article as it was read, without what people put right. Raises StoreError where there is none, or its row is damaged."""
    with clear_errors(store.path):
        row = next(store.db.query("select * from articles where id = ?", [article_id]), None)
        found = store.db.execute("select records from extractions where article_id = ?", [article_id]).fetchone()
    if row is None:
        raise StoreError(f"{store.path}: there is no article {article_id}: look its number up in the table articles")
    try:
        article = article_from_row(row)
        return article if found is None else unpacked(found[0]).as_read(article)
    except (ValueError, TypeError) as error:
        what = f"the article {row['path']} is damaged ({error})"
        raise StoreError(f"{store.path}: {what}: run `quotes verify`, and take the file from a backup") from error


def stored_quotes(db: Database, article_id: int) -> tuple[Quote, ...]:
    """The quotes of one article in order of its text. Raises ValueError or TypeError where a row is damaged."""
    affiliations: dict[int, list[_Row]] = defaultdict(list)
    for each in db.query(_AFFILIATIONS, [article_id]):
        affiliations[each["source_id"]].append(each)
    topics: dict[int, list[str]] = defaultdict(list)
    for quote_id, phrase in db.execute(_TOPICS, [article_id]).fetchall():
        topics[quote_id].append(phrase)
    rows = list(db.query(_QUOTES, [article_id]))
    return tuple(_quote(each, affiliations[each["source_id"]], topics[each["id"]]) for each in rows)


def article_from_row(row: _Row, topics: Sequence[str] = ()) -> Article:
    """An article out of its row. Raises ValueError or TypeError where it is damaged."""
    return Article(
        **{name: row[name] for name in ("text", "path", "title", "dateline", "outlet", "published", "section", "url", "language")},
        byline=tuple(json.loads(row["byline"])),
        boilerplate=tuple(json.loads(row["boilerplate"])),
        zones=tuple(Zone(kind, start, end) for kind, start, end in json.loads(row["zones"])),
        topics=tuple(topics),
    )


def _quote(row: _Row, affiliations: Sequence[_Row], topics: Sequence[str]) -> Quote:
    return Quote(
        **{name: row[name] for name in ("kind", "act", "text", "confidence", "zone")},
        spans=_spans(row["spans"]),
        cue=None if row["cue"] is None else Passage(row["cue"], _spans(row["cue_spans"])),
        mention=None if row["mention"] is None else Passage(row["mention"], _spans(row["mention_spans"])),
        speaker=None if row["source_id"] is None else _speaker(row, affiliations),
        topics=tuple(topics),
    )


def _speaker(quote: _Row, affiliations: Sequence[_Row]) -> Speaker:
    """The speaker, first with what the quote itself says of title and institution."""

    def agreement(affiliation: _Row) -> int:
        return sum(affiliation[name] is not None and affiliation[name] == quote[name] for name in ("title", "body_id"))

    return Speaker(
        quote["speaker_name"],
        quote["speaker_kind"],
        tuple(
            Affiliation(each["title"], each["institution"], _place(each, "title"), _place(each, "institution"), bool(each["past"]))
            for each in sorted(affiliations, key=agreement, reverse=True)
        ),
        quote["role"] or "unknown",  # nothing is said of it in quotes stored before roles were read
        None if quote["role_evidence"] is None else Passage(quote["role_evidence"], _spans(quote["role_spans"])),
        bool(quote["speaker_outlet"]),
        SpeakerConfidence(*(quote[f"{part}_confidence"] for part in SpeakerConfidence._fields)),
    )


def _spans(cell: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(cell))


def _place(row: _Row, what: str) -> Span | None:
    start, end = row[f"{what}_start"], row[f"{what}_end"]
    return None if start is None else Span(start, end)
