"""Which quotes are meant: by words, speaker, title, institution, topic, role, kind, act, outlet and date, in the default view or all.

The one search of the site and of the command line. Every word may stand in the text of the quote or name its speaker, title, institution
or topic; a speaker and an institution are found under all their names, whichever of them the article prints.
"""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any, get_args

from quotes.errors import QueryError
from quotes.records import DEFAULT_ACT, Act, QuoteKind, SpeakerRole

_PHRASE = re.compile('"[^"]*"|[“”][^“”„]*”|„[^“”„]*[“”]|«[^«»]*»')
_MARKS = re.compile('["“”„«»]')

#: Terms of a search that count; what is beyond is left out.
MOST_TERMS = 32

#: How much a word counts in the text, the title, the names of speaker and institution, the topics, and for a speaker or an institution
#: known by it (in the order of the index).
_WEIGHTS = "bm25(1.0, 3.0, 8.0, 3.0, 2.0, 8.0, 3.0)"

#: Names looked at for each word, the index giving them in no order, and of whose owners the most quoted count.
_LOOKED_AT, _MOST_QUOTED = 400, 20

#: Words for which other names of speakers and institutions are looked up.
_NAMING = 8

#: What comes after every other character that may follow in a key.
_LAST = "\U0010ffff"

#: In the place of `all`: what it would bring.
_REST = "rest"

ORDERS = ("best", "newest", "oldest")
_CHOICES = {"role": get_args(SpeakerRole), "kind": get_args(QuoteKind), "act": get_args(Act), "order": ORDERS}

_ALIASES = {
    "speaker_id": ("aliases_fts", "aliases", "speakers", "speaker_id"),
    "institution_id": ("institution_aliases_fts", "institution_aliases", "institutions", "institution_id"),
}
_BY_NAME = ("speaker", "institution")
_NAMED = {
    "speaker": (
        "quotes.speaker_id = :speaker",
        "quotes.speaker_id in (select rowid from speakers_fts where speakers_fts match :speaker union select aliases.speaker_id"
        " from aliases_fts join aliases on aliases.id = aliases_fts.rowid where aliases_fts match :speaker)",
    ),
    "institution": (
        "quotes.institution_id = :institution",
        "(quotes.institution_id in (select rowid from institutions_fts where institutions_fts match :institution"
        " union select institution_aliases.institution_id from institution_aliases_fts"
        " join institution_aliases on institution_aliases.id = institution_aliases_fts.rowid where institution_aliases_fts match"
        " :institution) or quotes.speaker_id in (select rowid from speakers_fts where speakers_fts match :institution intersect"
        " select id from speakers where kind = 'organisation'))",
    ),
    "topic": (
        "quotes.id in (select quote_id from quote_topics where topic_id = :topic)",
        "quotes.id in (select quote_id from quote_topics where topic_id in (select rowid from topics_fts where topics_fts match :topic))",
    ),
}
_OUTLET = "quotes.article_id in (select id from articles where outlet = :outlet)"
_EQUAL = {
    "article": "quotes.article_id = :article",
    **{name: f"quotes.{name} = :{name}" for name in ("role", "kind", "act")},
    "outlet": _OUTLET,
}
_FOUND = "quotes.id in (select rowid from quotes_fts where quotes_fts match {})"


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What narrows the quotes down; an empty field does not. `speaker`, `institution` and `topic` are an id or words of the name.

    `since` and `until` are dates as exact as wished (`2026`, `2026-03`), both inclusive; a quote without a date fits neither. `order` is
    best, newest or oldest: best goes by how well the words fit (BM25, Robertson and Zaragoza 2009, as SQLite has it).

    Only quotes of the default view fit, unless `all` is set (`1`). `act` asks for another act in its place, thoughts as sure as the speech
    there; with `all` the unsure ones too. Raises QueryError for a date that is none, and for a role, kind, act or order that there is not.
    """

    words: str = ""
    speaker: str = ""
    title: str = ""
    institution: str = ""
    topic: str = ""
    article: str = ""
    role: str = ""
    kind: str = ""
    act: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""
    all: str = ""
    order: str = ""

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            _check_date(name, getattr(self, name))
        if self.since and self.until and self.since > self.until + _LAST:
            raise QueryError(f"since {self.since}, until {self.until}: the first day comes after the last: exchange the two")
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in ("", *choices):
                raise QueryError(f"{name}: there is no {name} “{getattr(self, name)}”: choose one of {', '.join(choices)}")

    @cached_property
    def terms(self) -> list[str]:
        """The words to look for, phrases among them."""
        return terms_of(self.words)

    @cached_property
    def query(self) -> str:
        """What of the text is to be marked; empty where nothing is looked for in it."""
        return f"{{text}} : ({' OR '.join(map(match_term, self.terms))})" if self.terms else ""

    @property
    def ranked(self) -> bool:
        """Whether the best come first."""
        return bool(self.terms) and self.order in ("", "best")

    @property
    def wordless(self) -> bool:
        """Whether it was searched for something that holds no word, such as a sign; nothing fits then."""
        return any(given.strip() and not terms_of(given) for given in (self.words, self.title))

    @property
    def empty(self) -> bool:
        """Whether every quote of the view fits."""
        return not any(getattr(self, each.name) for each in fields(self) if each.name not in ("all", "order"))

    @property
    def _view(self) -> list[str]:
        """What keeps to the default view, or to what stands in its place for another act."""
        if self.all == _REST:
            return ["quotes.unsure" if self.act else "not quotes.in_default_view"]
        if self.all:
            return []
        return ["quotes.in_default_view" if self.act in ("", DEFAULT_ACT) else "not quotes.unsure"]

    def conditions(self) -> tuple[list[str], dict[str, Any]]:
        """What must hold of a row of `quotes`, and the values for it; what the index is asked for is left out (`_match`)."""
        where: list[str] = self._view
        values: dict[str, Any] = {}
        for name, (by_id, by_words) in _NAMED.items():
            given = getattr(self, name)
            identifier = number(given)
            if self._in_index(name):
                continue
            if identifier is not None:
                where.append(by_id)
                values[name] = identifier
            elif given:
                where.append(by_words)
                values[name] = " ".join(map(match_term, terms_of(given))) or '""'
        for name, condition in _EQUAL.items():
            if given := getattr(self, name):
                where.append(condition)
                values[name] = number(given) if name == "article" else given
        # A key begins with the date, and where there is none, with a sign before every digit.
        if self.since or self.until:
            where += ["quotes.sort_key >= :since", *(["quotes.sort_key < :until"] if self.until else [])]
            values |= {"since": self.since or "0"} | ({"until": self.until + _LAST} if self.until else {})
        return where, values

    def _in_index(self, name: str) -> bool:
        """Whether the index tells whose quotes of a speaker or an institution hold the words."""
        return name in _BY_NAME and bool(self.terms or self.title) and number(getattr(self, name)) is not None

    @cached_property
    def _match(self) -> tuple[str, dict[str, Any]]:
        """An expression of SQL that gives the query of the index for words and title, and its values; empty where there are none.

        Speakers and institutions known by a word, or by it and one beside it, are looked up by the very statement that searches.
        """
        queries = [match_term(each) for each in self.terms]
        values: dict[str, Any] = {f"term{nth}": each for nth, each in enumerate(queries)}
        parts = [_term(nth, len(queries)) for nth in range(len(queries))]
        if self.title:
            parts.append("'title : (' || :title || ')'")
            values["title"] = " AND ".join(map(match_term, terms_of(self.title)))
        for name in filter(self._in_index, _BY_NAME):
            parts.append(f"'{name}_id : ' || :{name}")
            values[name] = number(getattr(self, name))
        return " || ' AND ' || ".join(parts), values

    def ids(self, *, limit: int, offset: int = 0, ordered: bool = True) -> tuple[str, dict[str, Any]]:
        """A query for the ids of the quotes, in the order asked for, or in any, which is quicker."""
        if self.wordless:
            return "select quotes.id from quotes where quotes.id = -1", {}
        where, values = self.conditions()
        match, found = self._match
        values |= {"limit": limit, "offset": offset, **found}
        way = "asc" if self.order == "oldest" else "desc"
        if match and (not ordered or self.ranked):
            ranking = f" and quotes_fts.rank match '{_WEIGHTS}'" if ordered else ""
            best = " order by quotes_fts.rank" if ordered else ""
            narrowed = "".join(f" and {each}" for each in where)
            return (
                "select quotes.id from quotes_fts cross join quotes on quotes.id = quotes_fts.rowid"
                f" where quotes_fts match {match}{ranking}{narrowed}{best} limit :limit offset :offset"
            ), values
        if match:
            where.append(_FOUND.format(match))
        elif self.outlet and not (self.speaker or self.institution or self.topic or self.article):
            # The outlet is the narrowest of what is asked for: its articles are gone through one after the other.
            rest = " and ".join(["articles.outlet = :outlet", *(each for each in where if each != _OUTLET)])
            return (
                "select quotes.id from articles cross join quotes on quotes.article_id = articles.id"
                f" where {rest} order by articles.sort_key {way}, quotes.sort_key {way} limit :limit offset :offset"
            ), values
        condition = f"where {' and '.join(where)}" if where else ""
        order = f"order by quotes.sort_key {way}" if ordered or self.empty else ""
        return f"select quotes.id from quotes {condition} {order} limit :limit offset :offset", values

    def speakers_found(self, limit: int) -> tuple[str, dict[str, Any]]:
        """A query for speaker, title and institution of quotes that fit, where one of the words names one of these three."""
        where, values = self.conditions()
        match, found = self._match
        words = " || ' OR ' || ".join(f":term{nth}" for nth in range(len(self.terms)))
        known = " || ".join(_known_by("speaker_id", [f":term{nth}"]) for nth in range(min(_NAMING, len(self.terms))))
        whose = f"'({{title speaker_words institution_words}} : (' || {words} || ')' || {known} || ')'"
        sql = (
            "select quotes.speaker_id, quotes.title, institutions.name from quotes_fts cross join quotes on quotes.id = quotes_fts.rowid"
            f" left join institutions on institutions.id = quotes.institution_id where quotes_fts match {match} || ' AND ' || {whose}"
            f" and {' and '.join(['quotes.speaker_id is not null', *where])} limit :limit"
        )
        return sql, {**values, **found, "limit": 0 if self.wordless else limit}

    def count(self, most: int) -> tuple[str, dict[str, Any]]:
        """A query for how many quotes there are, which stops counting at `most`."""
        sql, values = self.ids(limit=most, ordered=False)
        return f"select count(*) from ({sql})", values

    def count_more(self, most: int) -> tuple[str, dict[str, Any]]:
        """A query for how many more quotes there are with `all`, which stops counting at `most`."""
        return replace(self, all=_REST).count(0 if self.all else most)

    def every(self, connection: sqlite3.Connection, at_once: int) -> Iterator[list[int]]:
        """The ids of all quotes, each once, the newest first, some at a time; all are read at the start, eight bytes each, so that nothing
        is held open between two of them."""
        ids = array("q", (row[0] for row in connection.execute(*replace(self, order="newest").ids(limit=-1))))
        for first in range(0, len(ids), at_once):
            yield list(ids[first : first + at_once])


def terms_of(words: str) -> list[str]:
    """The words, and the phrases in double quotation marks, straight or curly, that `words` hold; signs alone are none, and a mark that
    is not closed begins no phrase."""
    found: list[str] = []
    end = 0
    plain = words.replace("\0", " ")
    for phrase in _PHRASE.finditer(plain):
        found += _MARKS.sub(" ", plain[end : phrase.start()]).split()
        found.append(" ".join(_MARKS.sub(" ", phrase[0]).split()))
        end = phrase.end()
    found += _MARKS.sub(" ", plain[end:]).split()
    return [each for each in found if any(map(str.isalnum, each))][:MOST_TERMS]


def match_query(words: str) -> str:
    """`words` as a query in which nothing but their letters counts and all must be there; empty where there are none."""
    return " ".join(f'"{each}"' for each in terms_of(words))


def match_term(term: str) -> str:
    """One term as a query. “Okoro’s” is found where “Okoro” stands, too."""
    owner = re.fullmatch(r"(\S+)['’]s", term)
    return f'("{term}" OR "{owner[1]}")' if owner and any(map(str.isalnum, owner[1])) else f'"{term}"'


def number(words: str) -> int | None:
    """The id that `words` write, or None; more digits than eighteen would be no number of SQLite's."""
    return int(words) if re.fullmatch("[0-9]{1,18}", words) else None


def _check_date(name: str, given: str) -> None:
    if not given:
        return
    try:
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", given, re.ASCII):
            raise ValueError
        date.fromisoformat(given + "-01-01"[len(given) - 4 :])
    except ValueError:
        raise QueryError(f"{name}: “{given}” is no date: write a year, a month or a day, as in 2026, 2026-03 or 2026-03-31") from None


def _term(nth: int, count: int) -> str:
    """The query for one word, in SQL: the word itself, or whoever is known by it, alone or with the word before or after it."""
    word = f":term{nth}"
    if nth >= _NAMING:
        return word
    known = [word]
    known += [f":term{nth - 1} || ' AND ' || {word}"] if nth else []
    known += [f"{word} || ' AND ' || :term{nth + 1}"] if nth + 1 < count else []
    return f"'(' || {word} || {' || '.join(_known_by(column, known) for column in _ALIASES)} || ')'"


def _known_by(column: str, queries: Sequence[str]) -> str:
    """What to add to the query of the index for those with a name that one of the queries finds, in SQL."""
    index, names, owners, key = _ALIASES[column]
    some = " union ".join(
        f"select id from (select distinct {owners}.id, {owners}.all_quotes from (select rowid as known from {index} where {index} match"
        f" {query} limit {_LOOKED_AT}) cross join {names} on {names}.id = known cross join {owners} on {owners}.id = {names}.{key}"
        f" order by {owners}.all_quotes desc limit {_MOST_QUOTED})"
        for query in queries
    )
    return f"coalesce((select ' OR {column} : (' || group_concat(id, ' OR ') || ')' from ({some})), '')"
