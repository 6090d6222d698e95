"""From records to rows: what each table holds of one article, as plain tuples in the order of the columns."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quotes.errors import StoreError
from quotes.linking import InstitutionIdentity, SpeakerIdentity, identify_institution, identify_speaker, institution_id, preferred_name
from quotes.records import Affiliation, Article, Passage, Quote, Speaker, content_id

Value = int | float | str | None
Row = tuple[Value, ...]

#: Counted back from, so that sorting downwards gives the quotes of an article in the order of its text.
_LAST_PLACE = 99_999_999_999

#: An acronym stands within this many characters after the name.
_ACRONYM_REACH = 20


class ArticleRows(NamedTuple):
    """All rows that one article gives; speakers and institutions by id, the others in order of their id."""

    article: Row
    speakers: dict[int, SpeakerIdentity]
    institutions: dict[int, InstitutionIdentity]
    quotes: list[Row]
    affiliations: list[Row]


def article_rows(article: Article, quotes: Sequence[Quote], extractor: str) -> ArticleRows:
    """The rows of `article` and its `quotes`, as found by `extractor`."""
    article_id = article.id
    sources = _Sources(article, article_id)
    quote_rows: list[Row] = []
    seen: Counter[str] = Counter()
    for quote in quotes:
        if not quote.spans:
            raise StoreError(f"{article.path}: the quote “{quote.text}” has no place in the text: please report this")
        speaker_id, institution_id, title = (None, None, None) if quote.speaker is None else sources.of(quote.speaker)
        spans = spans_json(quote.spans)
        identifier = quote_id(article_id, spans, seen[spans])
        seen[spans] += 1
        start, end = quote.spans[0].start, quote.spans[-1].end
        quote_rows.append(
            (
                identifier,
                article_id,
                speaker_id,
                institution_id,
                quote.kind,
                quote.act,
                quote.text,
                spans,
                start,
                end,
                *_passage(quote.cue),
                *_passage(quote.mention),
                title,
                float(quote.confidence),
                quote.zone,
                f"{article_key(article.published, article_id)}/{_LAST_PLACE - start:011d}/{identifier:015d}",
                *_standing(quote.speaker),
            )
        )
    affiliations = [sources.affiliations[each] for each in sorted(sources.affiliations)]
    return ArticleRows(
        _article_row(article, article_id, extractor), sources.speakers, sources.institutions, sorted(quote_rows), affiliations
    )


class _Sources:
    """The speakers of one article with their institutions and affiliations, each worked out once however often it is quoted."""

    def __init__(self, article: Article, article_id: int) -> None:
        self.article = article
        self.article_id = article_id
        self.speakers: dict[int, SpeakerIdentity] = {}
        self.institutions: dict[int, InstitutionIdentity] = {}
        self.affiliations: dict[int, Row] = {}
        self._known: dict[Speaker, tuple[int, int | None, str | None]] = {}

    def of(self, speaker: Speaker) -> tuple[int, int | None, str | None]:
        """The speaker's id, the id of the institution spoken for, and the title."""
        if speaker not in self._known:
            identity = identify_speaker(speaker, self.article_id)
            self.speakers[identity.id] = _better_speaker(self.speakers.get(identity.id), identity)
            for affiliation in speaker.affiliations:
                if affiliation.title is not None or affiliation.institution is not None:
                    self._enter_affiliation(affiliation, identity.id)
            institution = None if speaker.institution is None else institution_id(speaker.institution)
            self._known[speaker] = (identity.id, institution, speaker.title)
        return self._known[speaker]

    def _enter_affiliation(self, affiliation: Affiliation, speaker_id: int) -> None:
        institution = None
        if affiliation.institution is not None:
            where = affiliation.institution_span
            following = self.article.text[where.end : where.end + _ACRONYM_REACH] if where else ""
            identity = identify_institution(affiliation.institution, following)
            institution = identity.id
            self.institutions[institution] = better_institution(self.institutions.get(institution), identity)
        words = (affiliation.title, affiliation.institution)
        places = (*(affiliation.title_span or (None, None)), *(affiliation.institution_span or (None, None)))
        identifier = affiliation_id(self.article_id, speaker_id, *words, *places)
        self.affiliations[identifier] = (identifier, speaker_id, *words, institution, self.article_id, *places, int(affiliation.past))


def article_key(published: str | None, article_id: int) -> str:
    """Orders articles by date, the undated before all others, and never gives two articles the same place."""
    return f"{published or ''}/{article_id:015d}"


def quote_id(article_id: int, spans: str, nth: int) -> int:
    """The id of a quote: its article and its place. `nth` counts the quotes that share the very same spans, from 0."""
    return content_id("quote", article_id, spans, nth)


def affiliation_id(article_id: int, speaker_id: int, title: str | None, institution: str | None, *places: int | None) -> int:
    """The id of an affiliation; `places` are the starts and ends of its title and its institution."""
    return content_id("affiliation", article_id, speaker_id, title or "", institution or "", *places)


def spans_json(spans: Iterable[Sequence[int]]) -> str:
    """The spans as they stand in the database: `[[0,5],[9,12]]`."""
    return f"[{','.join(f'[{start},{end}]' for start, end in spans)}]"


def _article_row(article: Article, article_id: int, extractor: str) -> Row:
    return (
        article_id,
        # A file name need not be Unicode; what is no character is shown as its escape.
        article.path.encode("utf-8", "backslashreplace").decode(),
        article.title,
        _list_json(article.byline),
        article.dateline,
        article.outlet,
        article.published,
        article.section,
        article.url,
        _list_json(article.boilerplate),
        article.text,
        len(article.text.split()),
        json.dumps([[zone.kind, zone.start, zone.end] for zone in article.zones], separators=(",", ":")),
        extractor,
        article_key(article.published, article_id),
        article.language,
    )


def _better_speaker(one: SpeakerIdentity | None, other: SpeakerIdentity) -> SpeakerIdentity:
    return other if one is None else one._replace(name=preferred_name(one.name, other.name))


def better_institution(one: InstitutionIdentity | None, other: InstitutionIdentity) -> InstitutionIdentity:
    """The two made one: the better spelling, and of two acronyms the first in the alphabet."""
    if one is None:
        return other
    acronym = min(filter(None, (one.acronym, other.acronym)), default=None)
    return one._replace(name=preferred_name(one.name, other.name), acronym=acronym)


def _passage(passage: Passage | None) -> tuple[str | None, str | None]:
    return (None, None) if passage is None else (passage.text, spans_json(passage.spans))


def _standing(speaker: Speaker | None) -> tuple[Value, ...]:
    """What a quote's row says of the role of its speaker and of how sure each part of the speaker is."""
    if speaker is None:
        return (None, None, None, 0, 0, None, None, None)
    return (speaker.role, *_passage(speaker.role_evidence), int(speaker.past), int(speaker.outlet), *speaker.confidence)


def _list_json(values: Sequence[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
