"""From records to rows: what each table holds of one article, as plain tuples in the order of the columns."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from quotes.errors import StoreError
from quotes.linking import InstitutionIdentity, comparable, identify_institution, institution_id, named, preferred_name
from quotes.linking.evidence import SOLE_TITLES
from quotes.linking.institutions import body_key
from quotes.linking.name_comparison import block_of, person_key, person_name
from quotes.linking.work_domains import worlds_of
from quotes.records import DEFAULT_ACT, UNMEASURED, Affiliation, Article, Passage, Quote, Speaker, content_id
from quotes.store.extractions import Run

Value = int | float | str | None
Row = tuple[Value, ...]

#: Counted back from, so that sorting downwards gives the quotes of an article in the order of its text.
_LAST_PLACE = 99_999_999_999

#: An acronym stands within this many characters after the name.
ACRONYM_REACH = 20
_FORMER = re.compile(r"^(?:the\s+)?(?:former|late|then|ex)[\s-]+", re.IGNORECASE)
_PART_OF = re.compile(r"\s*(?:\([^()]{2,12}\)\s*)?(?:,|,?\s*(?:of|at|in|within|part of)(?:\s+the)?)\s*", re.IGNORECASE)


class ArticleRows(NamedTuple):
    """What one article gives, before it is linked to others.

    `article` is its row. `quotes`, `affiliations` and `appearances` are rows by the names of their columns, without what linking tells
    (`speaker_id`, `institution_id`, `utterance_id`). `bodies` are the names of institutions, by the ids of their aliases; `topics` those of
    the article in their order, and `quote_topics` those of each quote by its id.
    """

    article: Row
    appearances: list[dict[str, Value]]
    quotes: list[dict[str, Value]]
    affiliations: list[dict[str, Value]]
    bodies: dict[int, InstitutionIdentity]
    topics: tuple[str, ...]
    quote_topics: dict[int, tuple[str, ...]]


def article_rows(
    article: Article, quotes: Sequence[Quote], run: Run, corrected: Collection[int] = (), confirmed: Collection[int] = ()
) -> ArticleRows:
    """The rows of `article` and its `quotes`, as found by `run`.

    `corrected` are the places in `quotes` that a person put right, `confirmed` those that a person found right as they are.
    """
    article_id = article.id
    sources = _Sources(article, article_id)
    rows: list[dict[str, Value]] = []
    quote_topics: dict[int, tuple[str, ...]] = {}
    seen: Counter[str] = Counter()
    for number, quote in enumerate(quotes):
        if not quote.spans:
            raise StoreError(f"{article.path}: the quote “{quote.text}” has no place in the text: please report this")
        appearance_id, alias_id, title = (None, None, None) if quote.speaker is None else sources.of(quote.speaker)
        spans = spans_json(quote.spans)
        identifier = quote_id(article_id, spans, seen[spans])
        seen[spans] += 1
        start, end = quote.spans[0].start, quote.spans[-1].end
        unsure = quote.unsure and number not in corrected and number not in confirmed
        rows.append(
            {
                "id": identifier,
                "article_id": article_id,
                "kind": quote.kind,
                "act": quote.act,
                "text": quote.text,
                "spans": spans,
                "start": start,
                "end": end,
                **dict(zip(("cue", "cue_spans"), _passage(quote.cue), strict=True)),
                **dict(zip(("mention", "mention_spans"), _passage(quote.mention), strict=True)),
                "title": title,
                "confidence": float(quote.confidence),
                "zone": quote.zone,
                "sort_key": f"{article_key(article.published, article_id)}/{_LAST_PLACE - start:011d}/{identifier:015d}",
                **_standing(quote.speaker),
                "appearance_id": appearance_id,
                "institution_alias_id": alias_id,
                "run_id": run.id,
                "corrected": int(number in corrected),
                "unsure": int(unsure),
                "in_default_view": int(quote.act == DEFAULT_ACT and not unsure),
            }
        )
        quote_topics[identifier] = quote.topics
    sources.join_parents()
    for row in rows:
        row |= sources.words_of(row, quote_topics[int(str(row["id"]))])
    return ArticleRows(
        article_row(article, run.extractor),
        sources.appearance_rows(rows),
        sorted(rows, key=lambda row: str(row["id"])),
        [sources.affiliations[each] for each in sorted(sources.affiliations)],
        sources.bodies,
        article.topics,
        quote_topics,
    )


class _Sources:
    """The speakers of one article with their institutions and affiliations, each worked out once however often it is quoted."""

    def __init__(self, article: Article, article_id: int) -> None:
        self.article = article
        self.article_id = article_id
        self.bodies: dict[int, InstitutionIdentity] = {}
        self.affiliations: dict[int, dict[str, Value]] = {}
        self._names: dict[int, tuple[str, str]] = {}
        self._known: dict[Speaker, tuple[int, int | None, str | None]] = {}

    def of(self, speaker: Speaker) -> tuple[int, int | None, str | None]:
        """The id of the appearance, the id of the name of the institution spoken for, and the title."""
        if speaker not in self._known:
            key = key_of(speaker.name, speaker.kind)
            identifier = content_id("appearance", self.article_id, speaker.kind, key)
            shown = self._names.get(identifier)
            self._names[identifier] = (preferred_name(shown[0], speaker.name) if shown else speaker.name, speaker.kind)
            for affiliation in speaker.affiliations:
                if affiliation.title is not None or affiliation.institution is not None:
                    self._enter_affiliation(affiliation, identifier)
            if speaker.kind == "organisation" and named(speaker.name):
                self._enter_body(identify_institution(speaker.name))
            alias = None if speaker.institution is None else institution_id(speaker.institution)
            if alias is not None and alias not in self.bodies:
                self._enter_body(identify_institution(str(speaker.institution)))
            self._known[speaker] = (identifier, alias, speaker.title)
        return self._known[speaker]

    def words_of(self, quote: Mapping[str, Value], topics: Sequence[str]) -> dict[str, Value]:
        """What a quote is searched by beside its text and title; once all quotes are in, and so the best form of each name."""
        name, _ = self._names.get(quote["appearance_id"], (None, None))  # type: ignore[arg-type]
        body = self.bodies.get(quote["institution_alias_id"])  # type: ignore[arg-type]
        institution = None if body is None else " ".join(filter(None, (body.name, body.acronym)))
        return {"speaker_words": name, "institution_words": institution, "topic_words": "; ".join(topics) or None}

    def appearance_rows(self, quotes: Sequence[Mapping[str, Value]]) -> list[dict[str, Value]]:
        """The rows of `appearances`, without speaker and reason."""
        counts = Counter(row["appearance_id"] for row in quotes)
        shown = Counter(row["appearance_id"] for row in quotes if row["in_default_view"])
        posts: dict[Value, list[Mapping[str, Value]]] = defaultdict(list)
        for row in self.affiliations.values():
            posts[row["appearance_id"]].append(row)
        rows: list[dict[str, Value]] = []
        for identifier, (name, kind) in sorted(self._names.items()):
            key = key_of(name, kind)
            evidence = evidence_of(posts[identifier])
            rows.append(
                {
                    "id": identifier,
                    "article_id": self.article_id,
                    "name": name,
                    "kind": kind,
                    "key": key,
                    "block": appearance_block(name, kind, key, evidence),
                    "evidence": json.dumps(evidence, ensure_ascii=False, separators=(",", ":")),
                    "published": self.article.published,
                    "quotes": shown[identifier],
                    "all_quotes": counts[identifier],
                }
            )
        return rows

    def _enter_body(self, identity: InstitutionIdentity) -> None:
        self.bodies[identity.id] = better_institution(self.bodies.get(identity.id), identity)

    def _enter_affiliation(self, affiliation: Affiliation, appearance_id: int) -> None:
        alias = None
        if affiliation.institution is not None:
            identity = identify_institution(affiliation.institution, self._behind(affiliation))
            alias = identity.id
            self._enter_body(identity)
        words = (affiliation.title, affiliation.institution)
        places = (*(affiliation.title_span or (None, None)), *(affiliation.institution_span or (None, None)))
        identifier = affiliation_id(self.article_id, appearance_id, *words, *places)
        names = ("title", "institution", "title_start", "title_end", "institution_start", "institution_end")
        self.affiliations[identifier] = {
            "id": identifier,
            "article_id": self.article_id,
            **dict(zip(names, (*words, *places), strict=True)),
            "past": int(affiliation.past),
            "appearance_id": appearance_id,
            "institution_alias_id": alias,
            "parent_alias_id": None,
        }

    def _behind(self, affiliation: Affiliation) -> str:
        where = affiliation.institution_span
        return self.article.text[where.end : where.end + ACRONYM_REACH] if where else ""

    def join_parents(self) -> None:
        """Tell of each institution that is printed as part of another (`the Vale Institute of the University of Senn`) which that is."""
        placed = [row for row in self.affiliations.values() if isinstance(row["institution_start"], int)]
        for part in placed:
            for whole in placed:
                if part["appearance_id"] != whole["appearance_id"] or part["institution_alias_id"] == whole["institution_alias_id"]:
                    continue
                between = self.article.text[int(part["institution_end"] or 0) : int(whole["institution_start"] or 0)]
                if int(part["institution_end"] or 0) <= int(whole["institution_start"] or 0) and _PART_OF.fullmatch(between):
                    part["parent_alias_id"] = whole["institution_alias_id"]


def key_of(name: str, kind: str) -> str:
    """The form of a speaker’s name in which two appearances are compared."""
    return person_key(name) if kind == "person" else comparable(name)


def evidence_of(posts: Iterable[Mapping[str, Value]]) -> dict[str, list[str]]:
    """What titles and institutions tell of a person: worlds of work, and both in comparable form."""
    titles: set[str] = set()
    institutions: set[str] = set()
    worlds: set[str] = set()
    for row in posts:
        title, institution = row["title"], row["institution"]
        for words in (title, institution):
            worlds |= worlds_of(str(words)) if words else frozenset()
        if title:
            titles.add(comparable(_FORMER.sub("", str(title))))
        if institution and named(str(institution)):
            institutions.add(body_key(str(institution)))
    return {"worlds": sorted(worlds), "titles": sorted(titles), "institutions": sorted(institutions)}


def appearance_block(name: str, kind: str, key: str, evidence: Mapping[str, Sequence[str]]) -> str | None:
    """Under which word an appearance is compared with those of other articles; None where nothing could make it more than its article’s."""
    if kind == "organisation" and named(name):
        return f"body {institution_id(name)}"
    if kind != "person":
        return None
    if person_name(name).full:
        return block_of(name)
    sole = any(title in SOLE_TITLES for title in evidence["titles"])
    return block_of(name) if key and (evidence["institutions"] or sole) else None


def article_key(published: str | None, article_id: int) -> str:
    """Orders articles by date, the undated before all others, and never gives two articles the same place."""
    return f"{published or ''}/{article_id:015d}"


def quote_id(article_id: int, spans: str, nth: int) -> int:
    """The id of a quote: its article and its place. `nth` counts the quotes that share the very same spans, from 0."""
    return content_id("quote", article_id, spans, nth)


def affiliation_id(article_id: int, appearance_id: int, title: str | None, institution: str | None, *places: int | None) -> int:
    """The id of an affiliation; `places` are the starts and ends of its title and its institution."""
    return content_id("affiliation", article_id, appearance_id, title or "", institution or "", *places)


def spans_json(spans: Iterable[Sequence[int]]) -> str:
    """The spans as they stand in the database: `[[0,5],[9,12]]`."""
    return f"[{','.join(f'[{start},{end}]' for start, end in spans)}]"


def article_row(article: Article, extractor: str) -> Row:
    """The row of an article."""
    article_id = article.id
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


def better_institution(one: InstitutionIdentity | None, other: InstitutionIdentity) -> InstitutionIdentity:
    """The two made one: the better spelling, and of two acronyms the first in the alphabet."""
    if one is None:
        return other
    acronym = min(filter(None, (one.acronym, other.acronym)), default=None)
    return one._replace(name=preferred_name(one.name, other.name), acronym=acronym)


def _passage(passage: Passage | None) -> tuple[str | None, str | None]:
    return (None, None) if passage is None else (passage.text, spans_json(passage.spans))


def _standing(speaker: Speaker | None) -> dict[str, Value]:
    """What a quote's row says of the role of its speaker and of how sure each part of the speaker is."""
    sure = UNMEASURED if speaker is None else speaker.confidence
    evidence, spans = _passage(None if speaker is None else speaker.role_evidence)
    return {
        "role": speaker.role if speaker else None,
        "role_evidence": evidence,
        "role_spans": spans,
        "past": int(speaker.past) if speaker else 0,
        "speaker_outlet": int(speaker.outlet) if speaker else 0,
        "name_confidence": sure.name,
        "title_confidence": sure.title,
        "institution_confidence": sure.institution,
    }


def _list_json(values: Sequence[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
