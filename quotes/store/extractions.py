"""What was found in an article, kept beside what people put right: the ground that corrections are laid over, and its provenance."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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


def packed(article: Article, quotes: Sequence[Quote]) -> bytes:
    """The quotes and the topics of an article as they were found, as compressed JSON; the same quotes give the same bytes."""
    plain = {"topics": article.topics, "quotes": [_plain(quote) for quote in quotes]}
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 6)


def unpacked(records: bytes) -> tuple[tuple[str, ...], tuple[Quote, ...]]:
    """The topics and the quotes that `packed` was given. Raises ValueError for bytes that it did not make."""
    try:
        plain = json.loads(zlib.decompress(records))
        return tuple(plain["topics"]), tuple(quote_from_plain(each) for each in plain["quotes"])
    except (zlib.error, KeyError, TypeError) as error:
        raise ValueError(f"what was found is damaged ({error})") from error


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
