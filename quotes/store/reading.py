"""Out of the database again: articles with their quotes, as the records that were saved."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quotes.errors import StoreError
from quotes.records import Affiliation, Article, Passage, Quote, Span, Speaker, SpeakerConfidence, Zone
from quotes.store.connection import clear_errors
from quotes.store.database import Store

_Row = Mapping[str, Any]

_QUOTES = """
select quotes.*, speakers.name as speaker_name, speakers.kind as speaker_kind
from quotes left join speakers on speakers.id = quotes.speaker_id
where quotes.article_id = ?
order by quotes.sort_key desc
"""
_AFFILIATIONS = "select * from affiliations where article_id = ? order by coalesce(title_start, institution_start), id"


def stored(store: Store) -> Iterator[tuple[Article, tuple[Quote, ...]]]:
    """Every article in order of its id, with its quotes in order of its text.

    They are as they were saved, but for a speaker's name, which is its best spelling in all articles, and for the order of a speaker's
    affiliations after the main one. Raises StoreError when the database cannot be read or a row of it is damaged.
    """
    with clear_errors(store.path):
        for row in store.db.query("select * from articles order by id"):
            try:
                affiliations: dict[int, list[_Row]] = defaultdict(list)
                for each in store.db.query(_AFFILIATIONS, [row["id"]]):
                    affiliations[each["speaker_id"]].append(each)
                quotes = tuple(_quote(each, affiliations[each["speaker_id"]]) for each in store.db.query(_QUOTES, [row["id"]]))
                article = _article(row)
            except (ValueError, TypeError) as error:
                what = f"the article {row['path']} is damaged ({error})"
                raise StoreError(f"{store.path}: {what}: run `quotes verify`, and take the file from a backup") from error
            yield article, quotes


def _article(row: _Row) -> Article:
    return Article(
        **{name: row[name] for name in ("text", "path", "title", "dateline", "outlet", "published", "section", "url", "language")},
        byline=tuple(json.loads(row["byline"])),
        boilerplate=tuple(json.loads(row["boilerplate"])),
        zones=tuple(Zone(kind, start, end) for kind, start, end in json.loads(row["zones"])),
    )


def _quote(row: _Row, affiliations: Sequence[_Row]) -> Quote:
    return Quote(
        **{name: row[name] for name in ("kind", "act", "text", "confidence", "zone")},
        spans=_spans(row["spans"]),
        cue=None if row["cue"] is None else Passage(row["cue"], _spans(row["cue_spans"])),
        mention=None if row["mention"] is None else Passage(row["mention"], _spans(row["mention_spans"])),
        speaker=None if row["speaker_id"] is None else _speaker(row, affiliations),
    )


def _speaker(quote: _Row, affiliations: Sequence[_Row]) -> Speaker:
    """The speaker, first with what the quote itself says of title and institution."""

    def agreement(affiliation: _Row) -> int:
        return sum(affiliation[name] is not None and affiliation[name] == quote[name] for name in ("title", "institution_id"))

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
