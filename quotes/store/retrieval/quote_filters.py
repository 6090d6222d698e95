"""Which quotes are meant: by words, speaker, title, institution, topic, role, kind, act, outlet and date, in the default view or all.

The one search of the site and of the command line. Every word may stand in the text of the quote or name its speaker, title, institution
or topic; a speaker and an institution are found under all their names, whichever of them the article prints.
"""

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any, get_args

from quotes import lexicons
from quotes.errors import QueryError
from quotes.records import DEFAULT_ACT, Act, QuoteKind, SpeakerRole
from quotes.store.retrieval.search_words import known_term, match_term, terms_of

#: How much a word counts in the text, the title, the names of speaker and institution, the topics, and for a speaker or an institution
#: known by it (in the order of the index).
_RANK = "bm25(quotes_fts, 1.0, 3.0, 8.0, 3.0, 2.0, 8.0, 3.0)"

#: Of more quotes than these that hold the words, only so many are looked at for the best: of each the index is read in several places. The
#: index gives them in the order of their ids, which are hashes, so that they stand for all.
RANKED = 2_000

#: What comes after every other character that may follow in a key.
LAST = "\U0010ffff"

#: In the place of `all`: what it would bring.
_REST = "rest"

ORDERS = ("best", "newest", "oldest")
_CHOICES = {"role": get_args(SpeakerRole), "kind": get_args(QuoteKind), "act": get_args(Act), "order": ORDERS}

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
        "exists (select 1 from quote_topics where quote_topics.quote_id = quotes.id and quote_topics.topic_id = :topic)",
        "quotes.id in (select quote_id from quote_topics where topic_id in (select rowid from topics_fts where topics_fts match :topic))",
    ),
}
_TOPIC = _NAMED["topic"][0]
_OUTLET = "quotes.article_id in (select id from articles where outlet = :outlet)"
_EQUAL = {
    "article": "quotes.article_id = :article",
    **{name: f"quotes.{name} = :{name}" for name in ("role", "kind", "act")},
    "outlet": _OUTLET,
}
_IN_VIEW = "quotes.in_default_view"
#: Whether a quote that the index has found is not in the default view, read from an index that fits into memory.
_HIDDEN = "exists (select 1 from quotes as rest indexed by idx_quotes_id where rest.id = quotes_fts.rowid and rest.in_default_view = 0)"
_NAMES = "quotes.speaker_id, quotes.title, quotes.speaker_words, quotes.institution_words, quotes.institution_id"


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
        if self.since and self.until and self.since > self.until + LAST:
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
        shown, rest = self._in_view
        return [rest] if self.all == _REST else [] if self.all else [shown]

    @property
    def _in_view(self) -> tuple[str, str]:
        """What holds of the quotes that are shown, and what of those that `all` would add."""
        if self.act:
            return (_IN_VIEW if self.act == DEFAULT_ACT else "not quotes.unsure"), "quotes.unsure"
        return _IN_VIEW, f"not {_IN_VIEW}"

    def conditions(self) -> tuple[list[str], dict[str, Any]]:
        """What must hold of a row of `quotes`, and the values for it; what the index is asked for is left out (`_match`)."""
        where = self._view
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
            values |= {"since": self.since or "0"} | ({"until": self.until + LAST} if self.until else {})
        return where, values

    def _in_index(self, name: str) -> bool:
        """Whether the index tells whose quotes of a speaker or an institution hold the words."""
        return name in _BY_NAME and bool(self.terms or self.title) and number(getattr(self, name)) is not None

    @cached_property
    def _known(self) -> tuple[Sequence[str], dict[str, Any]]:
        """For each of the words an expression of SQL that gives the query of the index for it, and the values of all.

        Speakers and institutions known by a word, or by it and one beside it, are looked up by the very statement that searches.
        """
        queries = [match_term(each) for each in self.terms]
        values: dict[str, Any] = {f"term{nth}": each for nth, each in enumerate(queries)}
        return [known_term(nth, len(queries)) for nth in range(len(queries))], values

    def looked_up(self, connection: sqlite3.Connection) -> Selection:
        """The same, with what the words name, and the quotes that hold them where these are few, looked up once for all its queries."""
        known, values = self._known
        if "_few" in vars(self):
            return self
        if known:
            found = connection.execute(f"select {', '.join(known)}", values).fetchone()
            queries = {f"known{nth}": query for nth, query in enumerate(found)}
            self.__dict__["_known"] = ([f":{name}" for name in queries], values | queries)
        match, values = self._match()
        if match and not self.wordless:
            sql = f"select rowid from quotes_fts where quotes_fts match {match} limit {RANKED + 1}"
            some = [row[0] for row in connection.execute(sql, values)]
            self.__dict__["_few"] = (match, values, json.dumps(some)) if len(some) <= RANKED else None
        return self

    def but(self, **changes: str) -> Selection:
        """The same words, with whatever else changed."""
        other = replace(self, **changes)
        other.__dict__.update({name: vars(self)[name] for name in ("_known", "_few") if name in vars(self)})
        return other

    def _match(self, *, telling: bool = False) -> tuple[str, dict[str, Any]]:
        """An expression of SQL that gives the query of the index for words and title, and its values; empty where there are none. Words
        that any sentence may have are left out of the `telling` ones, unless there are no others."""
        known, values = self._known
        common = lexicons.words("function_words.txt") if telling else ()
        parts = [each for each, term in zip(known, self.terms, strict=True) if term.casefold() not in common] or list(known)
        values = dict(values)
        if self.title:
            parts.append("'title : (' || :title || ')'")
            values["title"] = " AND ".join(map(match_term, terms_of(self.title)))
        for name in filter(self._in_index, _BY_NAME):
            parts.append(f"'{name}_id : ' || :{name}")
            values[name] = number(getattr(self, name))
        return " || ' AND ' || ".join(parts), values

    def _holding(self, match: str, values: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
        """What gives the rows of the index that a query finds, as `quotes_fts`, on which condition, and the values for it: the index, or
        the few rows that it is known to find."""
        known, found, few = vars(self).get("_few") or ("", {}, "")
        if few and (match, values) == (known, found):
            return "(select value as rowid from json_each(:few)) as quotes_fts", "true", {"few": few}
        return "quotes_fts", f"quotes_fts match {match}", values

    def ids(self, *, limit: int, offset: int = 0, ordered: bool = True, most: int = -1) -> tuple[str, dict[str, Any]]:
        """A query for the ids of the quotes, in the order asked for, or in any, which is quicker. Where the best come first, they are the
        best of `most`."""
        return self.about("quotes.id", limit=limit, offset=offset, ordered=ordered, most=most)

    def about(
        self, wanted: str, *, limit: int, offset: int = 0, ordered: bool = False, most: int = -1, beside: str = ""
    ) -> tuple[str, dict[str, Any]]:
        """A query for something about each of the quotes, columns of `quotes` in SQL; `beside` is what the index is asked for besides."""
        if self.wordless:
            return f"select {wanted} from quotes where quotes.id = -1", {}
        where, values = self.conditions()
        match, found = self._match()
        match += f" || ' AND {beside}'" if beside else ""
        telling, _ = self._match(telling=True)
        first = ordered and self.ranked
        # Only the index itself can rank, so it is asked for all words where all are telling.
        index, holds, listed = (
            ("quotes_fts", f"quotes_fts match {match}", found) if first and telling == match else self._holding(match, found)
        )
        values |= {"limit": limit, "offset": offset, **found, **listed}
        way = "asc" if self.order == "oldest" else "desc"
        if match and (first or not ordered):
            if wanted == "quotes.id" and where == [_IN_VIEW]:
                wanted, matching = "quotes_fts.rowid", f"from {index} where {holds} and not {_HIDDEN}"
            else:
                joined = f"from {index} cross join quotes on quotes.id = quotes_fts.rowid"
                matching = f"{joined} where {' and '.join([holds, *where])}"
            if not ordered:
                return f"select {wanted} {matching} limit :limit offset :offset", values
            if telling != match:
                # To rank by a word, the index is read for it to its end, however few quotes are ranked.
                some = f"select {wanted} {matching} limit :most"
                # With a plus, the ids are held against what the index finds, and not each looked for in it.
                wanted, matching = "rowid", f"from quotes_fts where quotes_fts match {telling} and +rowid in ({some})"
            best = f"select {wanted} as wanted, {_RANK} as place {matching} limit :most"
            return f"select wanted from ({best}) order by place limit :limit offset :offset", values | {"most": most}
        if match:
            where.append(f"quotes.id in (select rowid from {index} where {holds})")
        elif not (self.speaker or self.institution or self.article):
            if number(self.topic) is not None:
                return self._of_topic(wanted, where, way if ordered else ""), values | self._days
            if self.outlet and not self.topic:
                return self._of_outlet(wanted, where, way if ordered else ""), values
        condition = f"where {' and '.join(where)}" if where else ""
        order = f"order by quotes.sort_key {way}" if ordered or self.empty else ""
        return f"select {wanted} from quotes {condition} {order} limit :limit offset :offset", values

    def _of_topic(self, wanted: str, where: Sequence[str], way: str) -> str:
        """The quotes of a topic in the order of their days; of a day only as many are sorted as are wanted."""
        narrowed = [f"quote_topics.day {'>=' if name == 'first' else '<='} :{name}" for name in self._days]
        # Whether a quote is in the view, the topic knows itself.
        rest = (each.replace("quotes.in_default_view", "quote_topics.in_default_view") for each in where if each != _TOPIC)
        order = f" order by quote_topics.day {way}, quotes.sort_key {way}" if way else ""
        return (
            f"select {wanted} from quote_topics cross join quotes on quotes.id = quote_topics.quote_id"
            f" where {' and '.join(['quote_topics.topic_id = :topic', *narrowed, *rest])}{order} limit :limit offset :offset"
        )

    @property
    def _days(self) -> dict[str, int]:
        """The first and the last day, as `quote_topics` has them."""
        first, last = self.since.replace("-", "").ljust(8, "0"), self.until.replace("-", "").ljust(8, "9")
        return ({"first": int(first)} if self.since else {}) | ({"last": int(last)} if self.until else {})

    def _of_outlet(self, wanted: str, where: Sequence[str], way: str) -> str:
        """The quotes of an outlet: its articles are gone through one after the other."""
        rest = [each for each in where if each != _OUTLET]
        # The key of a quote begins with that of its article.
        narrowed = ["articles.outlet = :outlet", *(each.replace("quotes.", "articles.") for each in rest if ".sort_key" in each), *rest]
        order = f" order by articles.sort_key {way}, quotes.sort_key {way}" if way else ""
        return (
            f"select {wanted} from articles cross join quotes on quotes.article_id = articles.id"
            f" where {' and '.join(narrowed)}{order} limit :limit offset :offset"
        )

    def speakers_found(self, limit: int) -> tuple[bool, str, dict[str, Any]]:
        """A query for speaker, title and institution of quotes that fit, and the words that these are searched by; where the words name
        speakers (the first value), of these alone."""
        looked_up = " ".join(str(query) for name, query in self._known[1].items() if name.startswith("known"))
        known = re.findall(r"speaker_id : \(([^()]*)\)", looked_up)
        sql, values = self.about(_NAMES, limit=limit, beside=f"speaker_id : ({' OR '.join(known)})" if known else "")
        return bool(known), f"select found.*, name from ({sql}) as found left join institutions on id = institution_id", values

    def count(self, most: int) -> tuple[str, dict[str, Any]]:
        """A query for how many quotes there are, which stops counting at `most`."""
        sql, values = self.about("quotes.id", limit=most)
        return f"select count(*) from ({sql})", values

    def count_more(self, most: int) -> tuple[str, dict[str, Any]]:
        """A query for how many more quotes there are with `all`, which stops counting at `most`."""
        return self.but(all=_REST).count(0 if self.all else most)

    def count_both(self, most: int, scanned: int) -> tuple[str, dict[str, Any]]:
        """A query for how many quotes there are among the first `most` of all, how many more with `all`, and how many were looked at. Where
        each that holds the words must be looked up, these are the first `scanned`."""
        shown, rest = self._in_view
        other = self.but(all="1")
        where, values = other.conditions()
        match, found = self._match()
        if self.wordless or not match:
            sql, values = other.about(f"{shown} as shown, {rest} as rest", limit=most)
            return f"select coalesce(sum(shown), 0), coalesce(sum(rest), 0), count(*) from ({sql})", values
        index, holds, listed = self._holding(match, found)
        found |= listed
        if not where and not self.act:
            sql = f"select {_HIDDEN} as hidden from (select rowid from {index} where {holds} limit :most) as quotes_fts"
            return f"select count(*) - coalesce(sum(hidden), 0), coalesce(sum(hidden), 0), count(*) from ({sql})", found | {"most": most}
        fits = " and ".join(where) or "true"
        sql = (
            f"select {shown} and {fits} as shown, {rest} and {fits} as rest"
            f" from (select rowid as one from {index} where {holds} limit :most) cross join quotes on id = one"
        )
        counts = f"select coalesce(sum(shown), 0), coalesce(sum(rest), 0), iif(count(*) < :most, 0, :none) from ({sql})"
        return counts, {**values, **found, "most": scanned, "none": most}

    def count_months(self) -> tuple[str, dict[str, Any]]:
        """A query for the number of quotes in each month (2026-03), or year where a date is no more exact; '' where there is none."""
        month = "iif(quotes.sort_key < '0', '', substr(quotes.sort_key, 1, iif(substr(quotes.sort_key, 5, 1) = '/', 4, 7)))"
        sql, values = self.about(f"{month} as month", limit=-1)
        return f"select month, count(*) from ({sql}) group by 1", values

    def every(self, connection: sqlite3.Connection, at_once: int) -> Iterator[list[int]]:
        """The ids of all quotes, each once, the newest first, some at a time; all are read at the start, eight bytes each, so that nothing
        is held open between two of them."""
        ids = array("q", (row[0] for row in connection.execute(*replace(self, order="newest").ids(limit=-1))))
        for first in range(0, len(ids), at_once):
            yield list(ids[first : first + at_once])


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
