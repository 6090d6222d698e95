"""From records to rows: what each table holds of one article, as plain tuples in the order of the columns."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from typing import Any, NamedTuple

from quotes.errors import StoreError
from quotes.linking import InstitutionIdentity, comparable, identify_institution, institution_id, named, preferred_name
from quotes.linking.institutions import institution_key
from quotes.linking.name_comparison import block_of, person_name
from quotes.linking.work_domains import worlds_of
from quotes.records import DEFAULT_ACT, Affiliation, Article, Speaker, content_id
from quotes.store.overrides.extractions import Run
from quotes.store.overrides.overrides import CorrectedArticle, CorrectedQuote, key_of, spans_json
from quotes.store.rows.appearance_rows import INSTITUTION_BLOCK, Evidence
from quotes.store.schema.statements import Row, storable
from quotes.store.schema.tables import ARTICLES

#: Counted back from, so that sorting downwards gives the quotes of an article in the order of its text.
_LAST_PLACE = 99_999_999_999

#: An acronym stands within this many characters after the name.
ACRONYM_REACH = 20
_FORMER = re.compile(r"^(?:the\s+)?(?:former|late|then|ex)[\s-]+", re.IGNORECASE)
_PART_OF = re.compile(r"\s*(?:\([^()]{2,12}\)\s*)?(?:,|,?\s*(?:of|at|in|within|part of)(?:\s+the)?)\s*", re.IGNORECASE)


class ArticleRows(NamedTuple):
    """What one article gives, before it is linked to others.

    `article` is its row. `quotes`, `affiliations` and `appearances` are rows by the names of their columns, without those that are empty or
    that linking fills (`speaker_id`, `institution_id`, `utterance_id`). `institutions` are names of institutions, by the ids of their
    aliases; `topics` those of the article in their order, and `quote_topics` those of each quote by its id.
    """

    article: Row
    appearances: list[dict[str, Any]]
    quotes: list[dict[str, Any]]
    affiliations: list[dict[str, Any]]
    institutions: dict[int, InstitutionIdentity]
    topics: tuple[str, ...]
    quote_topics: dict[int, tuple[str, ...]]


def article_rows(corrected: CorrectedArticle, run: Run) -> ArticleRows:
    """The rows of an article and its quotes, as found by `run` and corrected by people."""
    article, quotes = corrected.article, corrected.by_id()
    for each in quotes.values():
        if not each.quote.spans:
            raise StoreError(f"{article.path}: the quote “{each.quote.text}” has no place in the text: please report this")
    sources = _Sources(article)
    run_id = run.id
    rows = [_quote_row(article, identifier, each, sources, run_id) for identifier, each in quotes.items()]
    sources.join_parents()
    for row, each in zip(rows, quotes.values(), strict=True):
        row |= sources.search_words(row, each.quote.topics)
    return ArticleRows(
        article_row(article, run.extractor),
        sources.appearance_rows(rows),
        sorted(rows, key=lambda row: str(row["id"])),
        [sources.affiliations[each] for each in sorted(sources.affiliations)],
        sources.institutions,
        article.topics,
        {identifier: each.quote.topics for identifier, each in quotes.items()},
    )


def _quote_row(article: Article, identifier: int, one: CorrectedQuote, sources: _Sources, run_id: int) -> dict[str, Any]:
    quote, speaker = one.quote, one.quote.speaker
    start, end = quote.spans[0].start, quote.spans[-1].end
    unsure = quote.unsure and not one.corrected and not one.accepted
    row: dict[str, Any] = {
        "id": identifier,
        "article_id": article.id,
        **{name: getattr(quote, name) for name in ("kind", "act", "text", "zone")},
        "spans": spans_json(quote.spans),
        "start": start,
        "end": end,
        "confidence": float(quote.confidence),
        "sort_key": f"{_sort_key(article)}/{_LAST_PLACE - start:011d}/{identifier:015d}",
        "past": 0,
        "speaker_outlet": 0,
        "run_id": run_id,
        "corrected": int(one.corrected),
        "unsure": int(unsure),
        "in_default_view": int(quote.act == DEFAULT_ACT and not unsure),
    }
    passages = [("cue", "cue_spans", quote.cue), ("mention", "mention_spans", quote.mention)]
    if speaker is not None:
        row |= {"title": speaker.title, "role": speaker.role, "past": int(speaker.past), "speaker_outlet": int(speaker.outlet)}
        row |= {f"{part}_confidence": value for part, value in speaker.confidence._asdict().items()}
        row["appearance_id"], row["institution_alias_id"] = sources.enter(speaker)
        passages.append(("role_evidence", "role_spans", speaker.role_evidence))
    for words, spans, passage in passages:
        if passage is not None:
            row |= {words: passage.text, spans: spans_json(passage.spans)}
    return row


class _Sources:
    """The speakers of one article with their institutions and affiliations."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.institutions: dict[int, InstitutionIdentity] = {}
        self.affiliations: dict[int, dict[str, Any]] = {}
        self._names: dict[int, tuple[str, str]] = {}

    def enter(self, speaker: Speaker) -> tuple[int, int | None]:
        """The id of the appearance, and that of the name of the institution spoken for."""
        identifier = content_id("appearance", self.article.id, speaker.kind, key_of(speaker.name, speaker.kind))
        shown = self._names.get(identifier)
        self._names[identifier] = (preferred_name(shown[0], speaker.name) if shown else speaker.name, speaker.kind)
        for affiliation in speaker.affiliations:
            if affiliation.title is not None or affiliation.institution is not None:
                self._enter_affiliation(affiliation, identifier)
        if speaker.kind == "organisation" and named(speaker.name):
            self._enter_institution(identify_institution(speaker.name))
        return identifier, None if speaker.institution is None else institution_id(speaker.institution)

    def search_words(self, quote: Mapping[str, Any], topics: Sequence[str]) -> dict[str, Any]:
        """What a quote is searched by beside its text and title; once all quotes are in, and so the best form of each name."""
        name, _ = self._names.get(quote.get("appearance_id", 0), (None, None))
        identity = self.institutions.get(quote.get("institution_alias_id", 0))
        institution = None if identity is None else " ".join(filter(None, (identity.name, identity.acronym)))
        return {"speaker_words": name, "institution_words": institution, "topic_words": "; ".join(topics) or None}

    def appearance_rows(self, quotes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The rows of `appearances`, without speaker and reason."""
        counts = Counter(row.get("appearance_id") for row in quotes)
        shown = Counter(row.get("appearance_id") for row in quotes if row["in_default_view"])
        affiliations: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
        for row in self.affiliations.values():
            affiliations[row["appearance_id"]].append(row)
        rows: list[dict[str, Any]] = []
        for identifier, (name, kind) in sorted(self._names.items()):
            key, evidence = key_of(name, kind), _evidence(affiliations[identifier])
            row = {"id": identifier, "article_id": self.article.id, "name": name, "kind": kind, "key": key}
            row |= {"block": appearance_block(name, kind, key, evidence), "evidence": evidence.as_json()}
            row |= {"published": self.article.published, "quotes": shown[identifier], "all_quotes": counts[identifier]}
            rows.append(row)
        return rows

    def _enter_institution(self, identity: InstitutionIdentity) -> None:
        self.institutions[identity.id] = better_institution(self.institutions.get(identity.id), identity)

    def _enter_affiliation(self, affiliation: Affiliation, appearance_id: int) -> None:
        alias = None
        if affiliation.institution is not None:
            where = affiliation.institution_span
            behind = self.article.text[where.end : where.end + ACRONYM_REACH] if where else ""
            identity = identify_institution(affiliation.institution, behind)
            alias = identity.id
            self._enter_institution(identity)
        words = (affiliation.title, affiliation.institution)
        places = (*(affiliation.title_span or (None, None)), *(affiliation.institution_span or (None, None)))
        identifier = content_id("affiliation", self.article.id, appearance_id, *(each or "" for each in words), *places)
        names = ("title", "institution", "title_start", "title_end", "institution_start", "institution_end")
        self.affiliations[identifier] = {
            "id": identifier,
            "article_id": self.article.id,
            **dict(zip(names, (*words, *places), strict=True)),
            "past": int(affiliation.past),
            "appearance_id": appearance_id,
            "institution_alias_id": alias,
        }

    def join_parents(self) -> None:
        """For each institution that is printed as part of another (`the Vale Institute of the University of Senn`), which that is."""
        placed = [row for row in self.affiliations.values() if row["institution_start"] is not None]
        for part, whole in permutations(placed, 2):
            start, end = part["institution_end"], whole["institution_start"]
            alike = part["appearance_id"] == whole["appearance_id"] and part["institution_alias_id"] != whole["institution_alias_id"]
            if alike and start <= end and _PART_OF.fullmatch(self.article.text, start, end):
                part["parent_alias_id"] = whole["institution_alias_id"]


def _evidence(affiliations: Iterable[Mapping[str, Any]]) -> Evidence:
    """What titles and institutions say of a person."""
    titles = {row["title"] for row in affiliations if row["title"]}
    institutions = {row["institution"] for row in affiliations if row["institution"]}
    return Evidence(
        frozenset().union(*map(worlds_of, titles | institutions)),
        frozenset(comparable(_FORMER.sub("", title)) for title in titles),
        frozenset(institution_key(name) for name in institutions if named(name)),
    )


def appearance_block(name: str, kind: str, key: str, evidence: Evidence) -> str | None:
    """Under which word an appearance is compared with those of other articles; None where nothing could make it more than its article’s."""
    if kind == "organisation" and named(name):
        return f"{INSTITUTION_BLOCK}{institution_id(name)}"
    if kind != "person":
        return None
    return block_of(name) if person_name(name).full or (key and evidence.identifies) else None


def article_row(article: Article, extractor: str) -> Row:
    """The row of an article."""
    same = ("title", "dateline", "outlet", "published", "section", "url", "text", "language")
    row: dict[str, Any] = {name: getattr(article, name) for name in same} | {
        "id": article.id,
        "path": storable(article.path),
        "byline": json.dumps(article.byline, ensure_ascii=False),
        "boilerplate": json.dumps(article.boilerplate, ensure_ascii=False),
        "words": len(article.text.split()),
        "zones": json.dumps([[zone.kind, zone.start, zone.end] for zone in article.zones], separators=(",", ":")),
        "extractor": extractor,
        "sort_key": _sort_key(article),
    }
    return tuple(row[name] for name in ARTICLES.names)


def _sort_key(article: Article) -> str:
    """Orders articles by date, the undated before all others, and never gives two articles the same place."""
    return f"{article.published or ''}/{article.id:015d}"


def better_institution(one: InstitutionIdentity | None, other: InstitutionIdentity) -> InstitutionIdentity:
    """The two made one: the better spelling, and of two acronyms the first in the alphabet."""
    if one is None:
        return other
    acronym = min(filter(None, (one.acronym, other.acronym)), default=None)
    return one._replace(name=preferred_name(one.name, other.name), acronym=acronym)
