"""Which quotes a page is about: by words, speaker, institution, topic, role, kind, act, outlet and date, as its address says."""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from quotes.publish.asking import number
from quotes.records import DEFAULT_ACT
from quotes.store.searching import match_query

#: Longer than any question of a reader's; what is beyond is cut off.
_LONGEST = 400

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

#: In the place of `all`: what it would bring.
_REST = "rest"

#: What comes after every other character that may follow in a key.
_LAST = "\U0010ffff"

_NAMED = {
    "speaker": (
        "quotes.speaker_id = :speaker",
        "quotes.speaker_id in (select rowid from speakers_fts where speakers_fts match :speaker union select aliases.speaker_id"
        " from aliases_fts join aliases on aliases.id = aliases_fts.rowid where aliases_fts match :speaker)",
    ),
    "institution": (
        "quotes.institution_id = :institution",
        "quotes.institution_id in (select rowid from institutions_fts where institutions_fts match :institution"
        " union select institution_aliases.institution_id from institution_aliases_fts"
        " join institution_aliases on institution_aliases.id = institution_aliases_fts.rowid where institution_aliases_fts match"
        " :institution)",
    ),
    "topic": (
        "quotes.id in (select quote_id from quote_topics where topic_id = :topic)",
        "quotes.id in (select quote_id from quote_topics where topic_id in (select rowid from topics_fts where topics_fts match :topic))",
    ),
}
_OUTLET = "quotes.article_id in (select id from articles where outlet = :outlet)"
_WORDS = "quotes.id in (select rowid from quotes_fts where quotes_fts match :words)"


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What narrows the quotes down; an empty field does not. `speaker`, `institution` and `topic` are an id or words of the name.

    `since` and `until` are dates as exact as wished (`2026`, `2026-03`), both inclusive; a quote without a date fits neither. `order`
    is best,
    newest or oldest: best goes by how well the words fit (BM25, Robertson and Zaragoza 2009, as SQLite has it).

    Only quotes of the default view fit, unless `all` is set (`1`). `act` asks for another act in its place, thoughts as sure as the speech
    there; with `all` the unsure ones too.
    """

    words: str = ""
    speaker: str = ""
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

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Selection:
        """The selection that the arguments of an address make; what is no date, or no order, is left out."""
        given = {}
        for field, name in _ARGUMENTS:
            words = " ".join((arguments.get(name) or "").replace("\0", " ").split())[:_LONGEST]
            given[field] = words.encode("utf-8", "replace").decode()
        for name in ("since", "until"):
            if not _DATE.fullmatch(given[name]):
                given[name] = ""
        if given["order"] not in ("best", "newest", "oldest"):
            given["order"] = ""
        given["all"] = "" if given["all"] in ("", "0") else "1"
        return cls(**given)

    @cached_property
    def query(self) -> str:
        """The words as the search index takes them; empty where there is nothing to look for."""
        return match_query(self.words)

    @property
    def ranked(self) -> bool:
        """Whether the best come first."""
        return bool(self.query) and self.order in ("", "best")

    @property
    def empty(self) -> bool:
        """Whether every quote of the view fits."""
        return not any(getattr(self, each.name) for each in fields(self) if each.name not in ("all", "order"))

    def address(self, **changes: str) -> str:
        """The arguments of an address, with some of them changed; what is empty is left out."""
        pairs = [(name, changes.get(field, getattr(self, field))) for field, name in _ARGUMENTS]
        return urlencode([pair for pair in pairs if pair[1]])

    @property
    def _view(self) -> list[str]:
        """What keeps to the default view, or to what stands in its place for another act."""
        if self.all == _REST:
            return ["quotes.unsure" if self.act else "not quotes.in_default_view"]
        if self.all:
            return []
        return ["quotes.in_default_view" if self.act in ("", DEFAULT_ACT) else "not quotes.unsure"]

    def conditions(self) -> tuple[list[str], dict[str, Any]]:
        """What must hold of a row of `quotes`, and the values for it."""
        where: list[str] = self._view
        values: dict[str, Any] = {}
        for name, (by_id, by_words) in _NAMED.items():
            given = getattr(self, name)
            identifier = number(given)
            if identifier is not None:
                where.append(by_id)
                values[name] = identifier
            elif given:
                where.append(by_words)
                values[name] = match_query(given) or '""'
        if self.article:
            where.append("quotes.article_id = :article")
            values["article"] = number(self.article) or -1
        for name in ("role", "kind", "act"):
            if getattr(self, name):
                where.append(f"quotes.{name} = :{name}")
                values[name] = getattr(self, name)
        if self.outlet:
            where.append(_OUTLET)
            values["outlet"] = self.outlet
        # A key begins with the date, and where there is none, with a sign before every digit.
        if self.since or self.until:
            where += ["quotes.sort_key >= :since", *(["quotes.sort_key < :until"] if self.until else [])]
            values |= {"since": self.since or "0"} | ({"until": self.until + _LAST} if self.until else {})
        return where, values

    def ids(self, *, limit: int, offset: int = 0, ordered: bool = True) -> tuple[str, dict[str, Any]]:
        """A query for the ids of the quotes, in the order asked for, or in any, which is quicker."""
        where, values = self.conditions()
        values |= {"limit": limit, "offset": offset}
        order = f"order by quotes.sort_key {'asc' if self.order == 'oldest' else 'desc'}"
        if self.query:
            values["words"] = self.query
            if not ordered or self.ranked:
                source = f"select rowid as id from quotes_fts where quotes_fts match :words {'order by rank' if ordered else ''}"
                if where:
                    source = (
                        "select quotes.id from quotes_fts cross join quotes on quotes.id = quotes_fts.rowid"
                        f" where quotes_fts match :words and {' and '.join(where)} {'order by quotes_fts.rank' if ordered else ''}"
                    )
                return f"{source} limit :limit offset :offset", values
            where.append(_WORDS)
        elif self._by_outlet:
            return f"{self._walk_outlet(where, self.order == 'oldest')} limit :limit offset :offset", values
        condition = f"where {' and '.join(where)}" if where else ""
        return f"select quotes.id from quotes {condition} {order if ordered or self.empty else ''} limit :limit offset :offset", values

    @property
    def _by_outlet(self) -> bool:
        """Whether the outlet is the narrowest of what is asked for, so that its articles are gone through one after the other."""
        return bool(self.outlet) and not (self.query or self.speaker or self.institution or self.topic or self.article)

    @staticmethod
    def _walk_outlet(where: list[str], oldest: bool) -> str:
        rest = " and ".join(["articles.outlet = :outlet", *(each for each in where if each != _OUTLET)])
        way = "asc" if oldest else "desc"
        return (
            "select quotes.id from articles cross join quotes on quotes.article_id = articles.id"
            f" where {rest} order by articles.sort_key {way}, quotes.sort_key {way}"
        )

    def count(self, most: int) -> tuple[str, dict[str, Any]]:
        """A query for how many quotes there are, which stops counting at `most`."""
        sql, values = self.ids(limit=most, ordered=False)
        return f"select count(*) from ({sql})", values

    def count_more(self, most: int) -> tuple[str, dict[str, Any]]:
        """A query for how many more quotes there are with `all`, which stops counting at `most`."""
        return replace(self, all=_REST).count(0 if self.all else most)

    def every(self, connection: sqlite3.Connection, at_once: int) -> Iterator[list[int]]:
        """The ids of all quotes, each once, the newest first, some at a time; nothing is held open between two of them.

        Where every quote is looked at in its order, the next ones are those after the last. Otherwise all ids are taken at the start, eight
        bytes each.
        """
        if self.query or self.topic or (self.outlet and not self.speaker and not self.institution):
            sql, values = replace(self, order="newest").ids(limit=-1)
            ids = array("q", (row[0] for row in connection.execute(sql, values)))
            for first in range(0, len(ids), at_once):
                yield list(ids[first : first + at_once])
            return
        where, values = self.conditions()
        after = _LAST
        while True:
            condition = " and ".join([*where, "quotes.sort_key < :after"])
            sql = f"select quotes.id, quotes.sort_key from quotes where {condition} order by quotes.sort_key desc limit :limit"
            found = connection.execute(sql, {**values, "after": after, "limit": at_once}).fetchall()
            if not found:
                return
            yield [row[0] for row in found]
            after = found[-1][1]


#: The fields, and what each is called in an address.
_ARGUMENTS = [(each.name, "q" if each.name == "words" else each.name) for each in fields(Selection)]
