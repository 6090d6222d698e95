"""What was found in an article, kept beside what people put right: the ground that corrections are laid over, and its provenance."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sqlite_utils import Database

from quotes.records import Article, Passage, Quote, content_id, quote_from_plain


@dataclass(frozen=True, slots=True)
class Run:
    """What finds quotes: `extractor` is all of it in one line and changes whenever the results may; the rest are its parts, None where
    they are not known (quotes stored by an earlier version). `options` are those that change what is found."""

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

    def parts(self) -> tuple[str, str | None, str | None, str | None, str | None, str]:
        """The columns of its row after the id."""
        options = json.dumps(dict(self.options), sort_keys=True, ensure_ascii=False)
        return self.extractor, self.program, self.model, self.model_digest, self.spacy_model, options


def run_from(parts: Sequence[str | None], options: str) -> Run:
    """A run out of the columns of its row: `parts` are those before the options."""
    extractor, program, model, model_digest, spacy_model = parts
    return Run(str(extractor), program, model, model_digest, spacy_model, json.loads(options))


#: What of an article a person can put right, so that what was read must be kept beside it.
FIELDS = ("title", "byline", "outlet", "published")


class Unpacked(NamedTuple):
    """What was found in an article: its topics, its quotes, and its `FIELDS` as they were read (none in those of earlier versions)."""

    topics: tuple[str, ...]
    quotes: tuple[Quote, ...]
    fields: Mapping[str, Any]

    def as_read(self, article: Article) -> Article:
        """The article without what people put right."""
        return replace(article, topics=self.topics, **self.fields)


def packed(article: Article, quotes: Sequence[Quote]) -> bytes:
    """What was found in an article, as compressed JSON; the same gives the same bytes."""
    fields = {name: getattr(article, name) for name in FIELDS}
    plain = {"article": fields, "topics": article.topics, "quotes": [_plain(quote) for quote in quotes]}
    return _compressed(plain)


def unpacked(records: bytes) -> Unpacked:
    """What `packed` was given. Raises ValueError for bytes that it did not make."""
    try:
        plain = json.loads(zlib.decompress(records))
        fields = {name: tuple(value) if name == "byline" else value for name, value in plain.get("article", {}).items() if name in FIELDS}
        return Unpacked(tuple(plain["topics"]), tuple(quote_from_plain(each) for each in plain["quotes"]), fields)
    except (zlib.error, KeyError, TypeError) as error:
        raise ValueError(f"what was found is damaged ({error})") from error


def keep_fields(db: Database, article_id: int) -> None:
    """Keep the `FIELDS` of a stored article as they were read, where an earlier version did not; before the first correction of them."""
    (records,) = db.execute("select records from extractions where article_id = ?", [article_id]).fetchone()
    plain = json.loads(zlib.decompress(records))
    if "article" not in plain:
        title, byline, outlet, published = db.execute(f"select {', '.join(FIELDS)} from articles where id = ?", [article_id]).fetchone()
        fields = {"title": title, "byline": json.loads(byline), "outlet": outlet, "published": published}
        db.execute("update extractions set records = ? where article_id = ?", [_compressed({"article": fields, **plain}), article_id])


def _compressed(plain: Mapping[str, Any]) -> bytes:
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 6)


def _plain(quote: Quote) -> dict[str, Any]:
    # By hand: dataclasses.asdict copies every value, which would take as long as all the rest of storing.
    speaker = quote.speaker
    return {
        "kind": quote.kind,
        "act": quote.act,
        "text": quote.text,
        "spans": quote.spans,
        "cue": _passage(quote.cue),
        "mention": _passage(quote.mention),
        "speaker": None
        if speaker is None
        else {
            "name": speaker.name,
            "kind": speaker.kind,
            "affiliations": [each.as_json() for each in speaker.affiliations],
            "role": speaker.role,
            "role_evidence": _passage(speaker.role_evidence),
            "outlet": speaker.outlet,
            "confidence": speaker.confidence._asdict(),
        },
        "confidence": quote.confidence,
        "zone": quote.zone,
        "topics": quote.topics,
    }


def _passage(passage: Passage | None) -> dict[str, Any] | None:
    return None if passage is None else {"text": passage.text, "spans": passage.spans}
