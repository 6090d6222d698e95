"""What was found in an article, stored beside what people corrected: what corrections are applied to, and its provenance."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sqlite_utils import Database

from quotes.records import Article, Quote, Speaker, Zone, content_id, quote_from_plain
from quotes.store.overrides.correction_records import ARTICLE_PARTS


@dataclass(frozen=True, slots=True)
class Run:
    """What finds quotes: `extractor` is all of it in one line and changes whenever the results may; the rest are its parts, None where
    they are not known. `options` are those that change what is found."""

    extractor: str
    program: str | None = None
    model: str | None = None
    model_digest: str | None = None
    spacy_model: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The same on every machine for the same versions and options."""
        return content_id("run", *self.parts())

    def parts(self) -> tuple[str | None, ...]:
        """The columns of its row after the id."""
        *versions, options = (getattr(self, name) for name in self.__slots__)
        return *versions, json.dumps(dict(options), sort_keys=True, ensure_ascii=False)


class Extraction(NamedTuple):
    """What was found in a stored article: the article as it was read, with its topics, its quotes, by what run and when; `records` is
    all of it as it is stored."""

    article: Article
    quotes: tuple[Quote, ...]
    run: Run
    at: str
    records: bytes


def extraction_of(db: Database, article_id: int) -> Extraction | None:
    """What was found in an article; None where it is not stored. Raises ValueError or TypeError where a row is damaged."""
    row = next(db.query("select * from articles where id = ?", [article_id]), None)
    found = db.execute(
        "select records, at, extractor, program, model, model_digest, spacy_model, options from extractions"
        " join runs on runs.id = extractions.run_id where article_id = ?",
        [article_id],
    ).fetchone()
    if row is None or found is None:
        return None
    records, at, extractor, program, model, digest, spacy_model, options = found
    fields, quotes = unpacked(records)
    run = Run(extractor, program, model, digest, spacy_model, json.loads(options))
    return Extraction(replace(article_from_row(row), **fields), quotes, run, at, records)


def packed(article: Article, quotes: Sequence[Quote]) -> bytes:
    """What was found in an article, as compressed JSON; the same gives the same bytes."""
    # What a person can correct of the article itself: its row holds it as corrected.
    fields = {name: getattr(article, name) for name in ARTICLE_PARTS.values()}
    plain = {"article": fields, "topics": article.topics, "quotes": quotes}
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=_plain).encode("utf-8"), 6)


def unpacked(records: bytes) -> tuple[dict[str, Any], tuple[Quote, ...]]:
    """The fields of the article and the quotes that `packed` made bytes of. Raises ValueError where these are damaged."""
    try:
        plain = json.loads(zlib.decompress(records))
        fields = {name: tuple(value) if name == "byline" else value for name, value in plain.get("article", {}).items()}
        return {**fields, "topics": tuple(plain["topics"])}, tuple(map(quote_from_plain, plain["quotes"]))
    except (zlib.error, KeyError, TypeError) as error:
        raise ValueError(f"what was found is damaged ({error})") from error


def _plain(record: Any) -> dict[str, Any]:
    # Not `dataclasses.asdict`, which copies every value and would take as long as all the rest of storing.
    plain = {name: getattr(record, name) for name in record.__slots__}
    return {**plain, "confidence": record.confidence._asdict()} if isinstance(record, Speaker) else plain


def article_from_row(row: Mapping[str, Any]) -> Article:
    """An article out of its row, as people corrected it, without its topics. Raises ValueError or TypeError where it is damaged."""
    return Article(
        **{name: row[name] for name in ("text", "path", "title", "dateline", "outlet", "published", "section", "url", "language")},
        byline=tuple(json.loads(row["byline"])),
        boilerplate=tuple(json.loads(row["boilerplate"])),
        zones=tuple(Zone(kind, start, end) for kind, start, end in json.loads(row["zones"])),
    )
