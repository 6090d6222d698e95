"""A large database of invented quotes, to measure the site by: `python -m benchmarks.synthetic FILE --quotes 1000000`.

Everything in it is made up and hangs on the seed alone. The rows look as the store writes them (every span stands in its article), but go
straight into the tables, without a pipeline, and the search indexes are built once at the end: a million quotes take minutes.
A few speakers, topics and outlets have most of the quotes, as in real news (Zipf's law).
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import random
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.invented import (
    BODIES,
    FIRST,
    KINDS_OF,
    LAST_BEGIN,
    LAST_END,
    MATTERS,
    OUTLETS,
    PLACES,
    ROLE_WEIGHTS,
    ROLES,
    SAYINGS,
    SECTIONS,
    THINGS,
    VERBS,
    WHEN,
)
from quotes.records import content_id
from quotes.store.default_view import count_default_view
from quotes.store.opening import open_for_writing
from quotes.store.schema import TABLES

#: Quotes in each article, on average.
EACH = 12

#: Rows written by one statement.
BATCH = 20_000

_EXTRACTOR = "synthetic 1"
_NOTHING = zlib.compress(b'{"topics":[],"quotes":[]}')
_WORDS = """
update quotes set speaker_words = (select name from speakers where id = speaker_id),
  institution_words = (select name from institutions where id = institution_id),
  topic_words = (select group_concat(phrase, '; ') from quote_topics join topics on topics.id = topic_id where quote_id = quotes.id)
"""
# Columns of the tables of which not the first ones are filled.
_COLUMNS = {"speakers": ("id", "name", "kind", "article_id", "quotes", "articles", "outlets", "first_quoted", "last_quoted")}


@dataclass(slots=True)
class _Person:
    """An invented speaker: the same name, kind, role, title and institution in every article."""

    id: int
    name: str
    kind: str
    role: str
    title: str | None
    institution: int
    later: tuple[str, int] | None = None
    quotes: int = 0
    articles: int = 0
    outlets: set[str] = field(default_factory=set)
    dates: list[str] = field(default_factory=list)


class _World:
    """Who can speak, for whom, and about what; and the rows that an article of it gives."""

    def __init__(self, quotes: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.bodies = [body.format(place) for body in BODIES for place in PLACES]
        self.body_ids = [content_id("institution", name.casefold()) for name in self.bodies]
        self.topics = [*THINGS, *(f"{kind} {matter}" for kind in KINDS_OF for matter in MATTERS)]
        self.topic_ids = [content_id("topic", phrase) for phrase in self.topics]
        self.people = [self._person(number) for number in range(max(12, min(quotes // 40, 40_000)))]
        self.person_weights = _zipf(len(self.people))
        self.topic_weights = _zipf(len(self.topics))
        self.outlet_weights = _zipf(len(OUTLETS))
        self.body_speakers: dict[int, set[int]] = defaultdict(set)
        self.body_quotes: Counter[int] = Counter()
        self.topic_quotes: Counter[int] = Counter()
        self.topic_articles: Counter[int] = Counter()

    def _person(self, number: int) -> _Person:
        first = FIRST[number % len(FIRST)]
        last = LAST_BEGIN[number * 7 % len(LAST_BEGIN)] + LAST_END[number // len(FIRST) % len(LAST_END)]
        name = f"{first} {last}" if number < 600 else f"{first} {LAST_BEGIN[number % 24]}-{last} {number // 600}"
        body = self.chance.randrange(len(self.bodies))
        if number % 23 == 22:
            name = f"{self.bodies[body]}"
            return _Person(content_id("speaker", "organisation", name, number), name, "organisation", "unknown", None, body)
        role = self.chance.choices(list(ROLES), ROLE_WEIGHTS)[0]
        later = (self.chance.choice(ROLES[role]), self.chance.randrange(len(self.bodies))) if number % 5 == 0 else None
        return _Person(content_id("speaker", "person", name, number), name, "person", role, self.chance.choice(ROLES[role]), body, later)

    def article(self, number: int, each: int) -> Iterator[tuple[str, tuple[object, ...]]]:
        """The rows of one article, each with its table, the article itself last; topics and speakers gather around one subject."""
        chance = self.chance
        published = (dt.datetime(2016, 1, 4, 6) + dt.timedelta(minutes=chance.randrange(60 * 24 * 365 * 10))).isoformat(timespec="minutes")
        outlet = chance.choices(OUTLETS, cum_weights=self.outlet_weights)[0]
        subject = chance.choices(range(len(self.topics)), cum_weights=self.topic_weights)[0]
        place = chance.choice(PLACES)
        source = chance.choice(["experts say", "minister says", "report finds"])
        headline = f"{place}: {self.topics[subject]} may {chance.choice(VERBS)}, {source}"
        url = f"https://{outlet.split()[-2].lower()}.example/{published[:10]}/{number}"
        text = f"{headline}\nBy {chance.choice(FIRST)} {chance.choice(LAST_BEGIN)}by\n\n"
        article_id = content_id("article", headline, url)
        key = f"{published}/{article_id:015d}"
        speakers = chance.choices(self.people, cum_weights=self.person_weights, k=4)
        appeared: Counter[int] = Counter()
        seen: dict[int, _Person] = {}
        for _ in range(each):
            person = chance.choice(speakers)
            topic = subject if chance.random() < 0.6 else chance.choices(range(len(self.topics)), cum_weights=self.topic_weights)[0]
            title, body = person.later if person.later and published > "2021" else (person.title, person.institution)
            sentence = self._sentence(topic, person, title, body, len(text), appeared[person.id] == 0)
            text += sentence[-1]
            known = chance.random() > 0.06
            appeared[person.id] += known
            seen[person.id] = person
            row = self._quote_row(article_id, key, person if known else None, title, body, sentence)
            quote_id = row[0]
            yield "quotes", row
            yield "quote_topics", (quote_id, self.topic_ids[topic])
            self.topic_quotes[topic] += 1
            if known:
                self._count(person, body)
        yield from self._standing(article_id, published, outlet, appeared, seen)
        yield "extractions", (article_id, 1, "2026-01-01T00:00:00+00:00", _NOTHING)
        yield "article_topics", (article_id, self.topic_ids[subject], 1)
        self.topic_articles[subject] += 1
        body_at = text.index("\n\n")
        zones = [["headline", 0, len(headline)], ["byline", len(headline) + 1, body_at], ["body", body_at + 2, len(text)]]
        facts = (f"synthetic/{number}.txt", headline, '["A. Reporter"]', place, outlet, published, chance.choice(SECTIONS), url)
        yield (
            "articles",
            (article_id, *facts, "[]", text, len(text.split()), json.dumps(zones, separators=(",", ":")), _EXTRACTOR, key),
        )

    def _quote_row(
        self, article_id: int, key: str, person: _Person | None, title: str | None, body: int, sentence: tuple[Any, ...]
    ) -> tuple[object, ...]:
        """The row of one quote; nobody is known to have said it where `person` is None."""
        words, kind, start, end, cue, mention, _ = sentence
        spans = f"[[{start},{end}]]"
        quote_id = content_id("quote", article_id, spans, 0)
        sort_key = f"{key}/{99_999_999_999 - start:011d}/{quote_id:015d}"
        act = self.chance.choices(("speech", "thought", "intent", "other"), (85, 8, 5, 2))[0]
        confidence = round(min(0.99, self.chance.betavariate(6, 1.4)), 3)
        said = (kind, act, words, spans, start, end, "said", f"[[{cue},{cue + 4}]]")
        if person is None:
            return (
                quote_id,
                article_id,
                None,
                None,
                *said,
                *(None,) * 3,
                confidence,
                "body",
                sort_key,
                *(None,) * 3,
                0,
                0,
                *(None,) * 5,
                1,
                *(None,) * 2,
                0,
            )
        at = f"[[{mention[1]},{mention[1] + len(mention[0])}]]"
        standing = (person.role, title, None, 0, 0, 0.9, 0.8 if title else None, 0.7)
        linked = (content_id("appearance", article_id, person.id), self.body_ids[body], 1, None, None, 0)
        return (
            quote_id,
            article_id,
            person.id,
            self.body_ids[body],
            *said,
            mention[0],
            at,
            title,
            confidence,
            "body",
            sort_key,
            *standing,
            *linked,
        )

    def _sentence(
        self, topic: int, person: _Person, title: str | None, body: int, at: int, first: bool
    ) -> tuple[str, str, int, int, int, tuple[str, int], str]:
        """A quote with its kind, start, end, the place of its cue, its mention, and the whole paragraph."""
        chance = self.chance
        phrase = self.topics[topic]
        when = chance.choice(WHEN).format(chance.choice(PLACES))
        said = chance.choice(SAYINGS).format(t=phrase, T=phrase[0].upper() + phrase[1:], v=chance.choice(VERBS), w=when)
        name = person.name if first else person.name.split()[-1] if person.kind == "person" else person.name
        described = f"{name}, {title} at {self.bodies[body]}," if first and title else name
        if chance.random() < 0.62:
            words = f"“{said},”"
            return (
                words,
                "direct",
                at,
                at + len(words),
                at + len(words) + 1,
                (name, at + len(words) + 6),
                f"{words} said {described.rstrip(',')}.\n\n",
            )
        lead = f"{described} said "
        start = at + len(lead)
        if chance.random() < 0.5:
            words = f"{said.split(' ', 2)[0].lower()} “{said.split(' ', 1)[1]}”"
            return words, "mixed", start, start + len(words), start - 5, (name, at), f"{lead}{words}.\n\n"
        words = said[0].lower() + said[1:]
        return words, "indirect", start, start + len(words), start - 5, (name, at), f"{lead}{words}.\n\n"

    def _count(self, person: _Person, body: int) -> None:
        person.quotes += 1
        self.body_quotes[body] += 1
        self.body_speakers[body].add(person.id)

    def _standing(
        self, article_id: int, published: str, outlet: str, appeared: Counter[int], seen: dict[int, _Person]
    ) -> Iterator[tuple[str, tuple[object, ...]]]:
        for identifier, number in appeared.items():
            if not number:
                continue
            person = seen[identifier]
            person.articles += 1
            person.outlets.add(outlet)
            person.dates = [min([published, *person.dates[:1]]), max([published, *person.dates[1:]])]
            appearance = content_id("appearance", article_id, identifier)
            row = (
                appearance,
                article_id,
                identifier,
                person.name,
                person.kind,
                person.name.casefold(),
                None,
                "{}",
                published,
                number,
                "the same name",
            )
            yield "appearances", row
            title, body = person.later if person.later and published > "2021" else (person.title, person.institution)
            if title:
                affiliation = content_id("affiliation", article_id, identifier)
                ids = (appearance, self.body_ids[body])
                yield (
                    "affiliations",
                    (affiliation, identifier, title, self.bodies[body], self.body_ids[body], article_id, *(None,) * 4, 0, *ids),
                )

    def names(self) -> Iterator[tuple[str, tuple[object, ...]]]:
        """The rows of speakers, institutions, topics and the run, with what was counted while the articles were made."""
        for person in self.people:
            if person.quotes:
                first, last = person.dates[0], person.dates[-1]
                yield (
                    "speakers",
                    (person.id, person.name, person.kind, None, person.quotes, person.articles, len(person.outlets), first, last),
                )
                yield "aliases", (content_id("alias", person.id, person.name), person.id, person.name, person.articles)
                if person.kind == "person":
                    short = person.name.split()[-1]
                    yield "aliases", (content_id("alias", person.id, short), person.id, short, person.articles)
        for number, name in enumerate(self.bodies):
            identifier = self.body_ids[number]
            yield "institutions", (identifier, name, None, None, self.body_quotes[number], len(self.body_speakers[number]))
            yield "institution_aliases", (identifier, identifier, name, None, None, "the same name")
        for number, phrase in enumerate(self.topics):
            if self.topic_quotes[number]:
                yield "topics", (self.topic_ids[number], phrase, self.topic_quotes[number], self.topic_articles[number])
        yield "runs", (1, _EXTRACTOR, None, None, None, None, "{}")


def make(path: Path, quotes: int, *, seed: int = 1) -> None:
    """Write a new database of `quotes` invented quotes to `path`, the same for the same seed.

    Raises StoreError where the file cannot be made, FileExistsError where there is one.
    """
    if path.exists():
        raise FileExistsError(f"{path}: it is there already: name a new file, or delete it")
    db = open_for_writing(path)
    connection = db.conn
    triggers = connection.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f'drop trigger "{name}"')
    connection.commit()
    # Nothing is lost when this is broken off: the file is made anew.
    for pragma in ("foreign_keys = off", "journal_mode = off", "synchronous = off", "cache_size = -400000"):
        connection.execute(f"pragma {pragma}")
    world = _World(quotes, seed)
    _write(connection, itertools.chain(_articles(world, quotes), world.names()))
    count_default_view(db)
    db.execute(_WORDS)
    for table in TABLES:
        if table.search:
            connection.execute(f"insert into {table.name}_fts({table.name}_fts) values ('rebuild')")
    for _, sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.execute("analyze")
    connection.commit()
    connection.execute("pragma journal_mode = delete")
    db.close()


def _articles(world: _World, quotes: int) -> Iterator[tuple[str, tuple[object, ...]]]:
    left = quotes
    for number in itertools.count():
        if left <= 0:
            return
        each = min(left, world.chance.randint(EACH // 2, EACH * 3 // 2))
        yield from world.article(number, each)
        left -= each


def _write(connection: Any, rows: Iterator[tuple[str, tuple[object, ...]]]) -> None:
    waiting: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for table, row in rows:
        waiting[table].append(row)
        if len(waiting[table]) >= BATCH:
            _insert(connection, table, waiting.pop(table))
    for table, left in waiting.items():
        _insert(connection, table, left)
    connection.commit()


def _insert(connection: Any, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    declared = next(each for each in TABLES if each.name == table)
    names = _COLUMNS.get(table, declared.names)[: len(rows[0])]
    columns = ", ".join(f'"{name}"' for name in names)
    connection.executemany(f"insert or ignore into {table} ({columns}) values ({', '.join('?' * len(names))})", rows)


def _zipf(length: int) -> list[float]:
    """Weights that fall with the rank, added up."""
    return list(itertools.accumulate(1 / (rank + 4) for rank in range(length)))


def main() -> None:
    """The command: a file to make and how many quotes are to be in it."""
    parser = argparse.ArgumentParser(description="Make a database of invented quotes.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    make(options.path, options.quotes, seed=options.seed)


if __name__ == "__main__":
    main()
