"""The plain records that every step takes and gives: no spaCy, no SQL, nothing mutable.

Every span is a pair of offsets in characters of `Article.text`, end exclusive, so that `text[start:end]` is what was printed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple, Protocol, TypeVar, get_args

ZoneKind = Literal[
    "headline", "standfirst", "byline", "dateline", "timestamp", "section", "subhead", "caption", "pullquote", "boilerplate", "body"
]
QuoteKind = Literal["direct", "mixed", "indirect"]
Act = Literal["speech", "thought", "intent", "other"]
SpeakerKind = Literal["person", "organisation", "group", "unnamed", "document"]
SpeakerRole = Literal[
    "expert", "official", "politician", "spokesperson", "business", "witness", "advocate", "journalist", "other", "unknown"
]

#: The longest text taken, in characters: the parser's memory grows by about a gigabyte for every hundred thousand words.
LONGEST_TEXT = 1_000_000
#: What stands between the parts of a broken quote when they are shown as one string.
JOINER = " … "


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


def visible(text: str) -> str:
    """Text without the characters that print nothing: soft hyphens, zero-width spaces and joiners, marks of direction."""
    return _INVISIBLE.sub("", text)


def as_value(text: str) -> str:
    """Words of an article as a name, a title or the like: on one line, without what prints nothing."""
    return " ".join(visible(text).split())


class Span(NamedTuple):
    """A part of the article's text, in characters, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the text with one role in the layout. Zones are in order and never overlap; white space may lie between."""

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it was read: the text untouched, what was found about it beside it.

    `path` is the input as the user named it (`-` for standard input, `FILE#N` for the Nth record of a file). `published` is ISO 8601
    to the precision printed (a date, or date and time), with a zone only where one was printed. Fields are None where the
    input does not say. `topics` are the article's foremost ones, in order; no reader knows them, the extraction sets them.
    """

    text: str
    path: str = "-"
    title: str | None = None
    byline: tuple[str, ...] = ()
    dateline: str | None = None
    outlet: str | None = None
    published: str | None = None
    section: str | None = None
    url: str | None = None
    language: str | None = None  # ISO 639-1: what it is written in; None where it was not found out
    modified: str | None = None  # when it was last changed, as the input states it, like `published`
    boilerplate: tuple[str, ...] = ()
    zones: tuple[Zone, ...] = ()
    notices: tuple[str, ...] = ()  # what the reader had to assume (an encoding), one clear line each
    topics: tuple[str, ...] = ()

    @property
    def id(self) -> int:
        """The article's identity: its text and, where known, its address; the same on every machine and in every run."""
        return _article_id(self.text, self.url or "")

    @property
    def is_foreign(self) -> bool:
        """Whether it is known to be in another language than English."""
        return self.language not in (None, "en")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the article that may be broken: `text` joins the parts by a space, `spans` says where they stand."""

    text: str
    spans: tuple[Span, ...]


def spans_of(passage: Passage | None) -> tuple[Span, ...]:
    """Where a passage stands; nowhere where there is none."""
    return passage.spans if passage else ()


@dataclass(frozen=True, slots=True)
class Affiliation:
    """As what, and for whom, somebody speaks: both as printed, each with the span of the mention it was read from.

    `past` where the article says that it is over ("the former minister").
    """

    title: str | None = None
    institution: str | None = None
    title_span: Span | None = None
    institution_span: Span | None = None
    past: bool = False


class SpeakerConfidence(NamedTuple):
    """How sure each part of a speaker is, 0 to 1; None where the part is missing or it was not measured."""

    name: float | None = None
    title: float | None = None
    institution: float | None = None


UNMEASURED = SpeakerConfidence()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: `name` is the fullest form that the article prints, without honorific or title; the first affiliation is the main one.

    `role_evidence` are the words of the article that show the role. `outlet` marks a news outlet that speaks itself, mostly to carry what
    others said.
    """

    name: str
    kind: SpeakerKind
    affiliations: tuple[Affiliation, ...] = ()
    role: SpeakerRole = "unknown"
    role_evidence: Passage | None = None
    outlet: bool = False
    confidence: SpeakerConfidence = UNMEASURED

    @property
    def title(self) -> str | None:
        """The main title, as printed."""
        return next((a.title for a in main_affiliations(self.affiliations) if a.title), None)

    @property
    def institution(self) -> str | None:
        """The main institution, as printed."""
        return next((a.institution for a in main_affiliations(self.affiliations) if a.institution), None)

    @property
    def past(self) -> bool:
        """Whether the speaker no longer has the main title and institution."""
        return any(a.past for a in main_affiliations(self.affiliations))

    def as_json(self) -> dict[str, Any]:
        """The speaker as `quotes extract` prints it, in plain values."""
        main = {name: getattr(self, name) for name in ("name", "kind", "title", "institution", "past")}
        return {**main, **_plain(self), "confidence": self.confidence._asdict()}


class _HasPast(Protocol):
    @property
    def past(self) -> bool: ...


_Post = TypeVar("_Post", bound=_HasPast)


def main_affiliations(affiliations: Sequence[_Post]) -> tuple[_Post, ...]:
    """The affiliations that title and institution are taken from: what somebody was counts only where nothing says what they are."""
    return tuple(each for each in affiliations if not each.past) or tuple(affiliations)


#: Confidence below which a quote is kept but marked as unsure: it is as likely wrong as right.
SURE = 0.5

#: The acts in the order in which models number them.
ACTS: tuple[Act, ...] = get_args(Act)

#: The act that the default view holds.
DEFAULT_ACT: Act = "speech"


@dataclass(frozen=True, slots=True)
class Quote:
    """One quote: what was said (`text`, its parts joined by ` … `), by whom, and how sure we are (0–1).

    `topics` are the phrases that it speaks about, each in the one form that all articles share.
    """

    kind: QuoteKind
    act: Act
    text: str
    spans: tuple[Span, ...]
    cue: Passage | None
    mention: Passage | None
    speaker: Speaker | None
    confidence: float
    zone: ZoneKind = "body"
    topics: tuple[str, ...] = ()

    @property
    def unsure(self) -> bool:
        """Whether the quote is as likely wrong as right."""
        return self.confidence < SURE

    def as_json(self, article: str) -> dict[str, Any]:
        """The quote as `quotes extract` prints it; `article` is the path as given."""
        speaker = self.speaker and self.speaker.as_json()
        return {"article": article, **_plain(self), "speaker": speaker, "unsure": self.unsure}


def _plain(value: Any) -> Any:
    """Records as dictionaries, tuples as lists."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return {each.name: _plain(getattr(value, each.name)) for each in fields(value)} if is_dataclass(value) else value


def quoted(text: str, spans: Sequence[tuple[int, int]], joiner: str = JOINER) -> str:
    """The words of `spans` as printed in `text`, the parts joined by `joiner`."""
    return joiner.join(text[start:end] for start, end in spans)


#: Fifteen decimal digits hold it, so that a spreadsheet and a float keep every digit.
ID_BITS = 49


@lru_cache(maxsize=64)
def _article_id(text: str, url: str) -> int:
    """Asked for with every quote of an article, whose text is long."""
    return content_id("article", text, url)


def content_id(kind: str, *identity: object) -> int:
    """A positive integer made from what makes the thing itself, alike on every machine.

    `kind` keeps tables apart and carries the version of the recipe. 49 bits: with a million rows the odds of any clash are one in
    a thousand, and the store checks for one before it writes.
    """
    digest = hashlib.sha256("\x1f".join([f"{kind}.v1", *map(str, identity)]).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - ID_BITS)


def quote_from_plain(plain: Mapping[str, Any]) -> Quote:
    """A `Quote` out of the plain values that hang on a Doc (`doc._.quotes`)."""
    values: dict[str, Any] = {name: plain[name] for name in ("kind", "act", "text", "confidence", "zone")}
    values |= {name: _passage(plain[name]) for name in ("cue", "mention")}
    speaker = None if plain["speaker"] is None else _speaker(plain["speaker"])
    return Quote(spans=_spans(plain["spans"]), speaker=speaker, topics=tuple(plain.get("topics", ())), **values)


def _speaker(plain: Mapping[str, Any]) -> Speaker:
    affiliations = tuple(
        Affiliation(**{**each, **{name: Span(*each[name]) if each[name] else None for name in ("title_span", "institution_span")}})
        for each in plain["affiliations"]
    )
    return Speaker(
        affiliations=affiliations,
        role_evidence=_passage(plain["role_evidence"]),
        confidence=SpeakerConfidence(**plain["confidence"]),
        **{name: plain[name] for name in ("name", "kind", "role", "outlet")},
    )


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(int(start), int(end)) for start, end in pairs)


def _passage(plain: Mapping[str, Any] | None) -> Passage | None:
    return None if plain is None else Passage(plain["text"], _spans(plain["spans"]))
