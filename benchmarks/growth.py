"""How the time to link and store a quote grows with the database: `python -m benchmarks.growth`.

Made-up articles are saved as `quotes add` saves them, without reading or extraction. Who speaks follows Zipf's law: a few people and
bodies are in every other article, thousands in one or two. They have titles and institutions, some change posts, some have namesakes,
some are printed with an initial or by the family name alone; one article in twelve is another outlet's copy of an earlier one, its quotes
cut here and there. Prints the milliseconds of a quote for each tenth, by the processor's clock and by the wall's; the first 500 quotes are
left out of it, since every word list and every page of an empty database is met there for the first time.

A machine that others use as well is not equally fast for minutes on end, so the last tenth is saved by turns with the first tenth of
a second, empty database, article by article: how the one stands to the other is the growth, whatever the machine did meanwhile.
"""

from __future__ import annotations

import argparse
import operator
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from quotes import lexicons
from quotes.records import Affiliation, Article, Passage, Quote, Span, Speaker
from quotes.store import Store

#: Quotes that are saved before the clock starts.
WARM_UP = 500
PEOPLE, BODIES, PLACES, FAMILIES = 6000, 900, 300, 2500
OUTLETS = 40
#: One article in so many is a copy of one of the last `RECENT`.
COPIED, RECENT = 12, 60


def _each(words: str) -> list[str]:
    return words.split(",")


TITLES = _each(
    "president,prime minister,minister,senator,mayor,governor,spokeswoman,spokesman,chief executive,chairman,director,professor,lecturer,"
    "economist,analyst,epidemiologist,virologist,surgeon,lawyer,prosecutor,judge,police chief,general,coach,goalkeeper,captain,author,"
    "editor,historian,sociologist,geologist,engineer,farmer,teacher,bishop,actor,campaigner,treasurer,secretary,chief economist"
)
KINDS = _each(
    "University of {},{} University,Bank of {},{} Holdings plc,Ministry of {} Affairs,{} City Council,{} Hospital,{} United FC,"
    "Institute for {} Studies,{} Chamber of Commerce,Court of {},{} Museum,{} Farmers Union,Diocese of {},{} Police Department"
)
_START = _each("we,they,nobody here,the council,our members,the ministry,most people,farmers,the banks,our patients,voters,the players")
_VERBS = _each(
    "expected,ignored,promised,feared,wanted,rejected,noticed,measured,welcomed,delayed,abandoned,repaired,planned,counted,defended,lost,"
    "studied,financed,predicted,opposed,forgot,demanded,prevented,reviewed,published,hid,questioned,supported"
)
_ADJECTIVES = _each(
    "new,second,costly,quiet,broken,northern,public,hidden,early,final,narrow,foreign,local,careful,sudden,empty,bitter,honest,annual,"
    "heavy,modern,secret,global,rural,mild,urgent,proper,fragile,ordinary,distant,generous,weak,stubborn,golden,vague"
)
_NOUNS = _each(
    "bridge,budget,harvest,vaccine,railway,inquiry,harbour,contract,tax,reform,verdict,strike,storm,treaty,merger,school,ward,season,trial,"
    "pipeline,forecast,garden,archive,licence,border,museum,tunnel,subsidy,rescue,quarry,reactor,festival,tariff,census,orchestra,river,"
    "shipment,election,hospital,recipe,glacier,market,prison,satellite,village,library,flood,pension,stadium,orchard"
)
_JOINTS = _each("because of,long before,in spite of,together with,instead of,soon after,without,as much as,far from,for want of")
_SYLLABLES = _each("bar,den,fol,gis,har,jor,kel,lum,mar,nov,pel,quin,ros,sel,tam,urs,vel,wen,yar,zim")


class _World:
    """Who there is: people with their posts and the forms of their names, and bodies."""

    def __init__(self, chance: random.Random) -> None:
        places = [_name(number) for number in range(PLACES)]
        self.bodies = [KINDS[number % len(KINDS)].format(places[number * 7 % PLACES]) for number in range(BODIES)]
        given = sorted(lexicons.genders("given_names.tsv"))
        families = [_name(1000 + number) for number in range(FAMILIES)]
        often = list(accumulate(1 / (rank + 10) for rank in range(FAMILIES)))
        self.people: list[tuple[list[str], list[tuple[str | None, str | None]]]] = []
        for number in range(PEOPLE):
            first, family = chance.choice(given).capitalize(), chance.choices(families, cum_weights=often)[0]
            names = [f"{first} {family}"]
            if number % 8 == 0:
                names.append(f"{first} {chance.choice('ABCDEFGHJKLM')}. {family}")
            if number % 10 == 0:
                names.append(family)
            posts: list[tuple[str | None, str | None]] = [(chance.choice(TITLES), chance.choice(self.bodies))]
            if number % 6 == 0:  # who changes posts keeps the trade
                posts.append((posts[0][0], chance.choice(self.bodies)))
            if number % 50 == 7:  # somebody else of that name
                posts.append((chance.choice(TITLES), chance.choice(self.bodies)))
            self.people.append((names, [*posts, (posts[0][0], None), (None, None)]))
        self.often_people = list(accumulate(1 / (rank + 3) for rank in range(PEOPLE)))
        self.often_bodies = list(accumulate(1 / (rank + 3) for rank in range(BODIES)))

    def speaker(self, chance: random.Random) -> tuple[str, str, str | None, str | None]:
        """A name, its kind, a title and an institution."""
        if chance.random() < 0.15:
            body = chance.choices(self.bodies, cum_weights=self.often_bodies)[0]
            return body, "organisation", None, None
        names, posts = chance.choices(self.people, cum_weights=self.often_people)[0]
        name = chance.choices(names, weights=[8, 2, 1][: len(names)])[0]
        return (name, "person", *chance.choices(posts, weights=[6, 3, 2, 2, 1][-len(posts) :])[0])


def _name(number: int) -> str:
    number, last = divmod(number, len(_SYLLABLES))
    return (_SYLLABLES[number % len(_SYLLABLES)] + _SYLLABLES[last] + ("" if number < 20 else _SYLLABLES[number // 20 % 20])).capitalize()


def sentence(chance: random.Random) -> str:
    """Some words, hardly ever the same."""
    parts = [chance.choice(_START), chance.choice(_VERBS)]
    for joint in range(chance.choice((1, 2, 2, 3))):
        parts += [*([chance.choice(_JOINTS)] if joint else []), "the", chance.choice(_ADJECTIVES), chance.choice(_NOUNS)]
    return " ".join(parts)


def articles(quotes: int, seed: int = 1) -> Iterator[tuple[Article, list[Quote]]]:
    """Made-up articles in the order of their days, with so many quotes in all; the same for the same seed."""
    chance = random.Random(seed)
    world = _World(chance)
    recent: list[list[tuple[str, tuple[str, str, str | None, str | None]]]] = []
    made = number = 0
    while made < quotes:
        if number % COPIED == COPIED - 1:
            said = [(_cut(words, chance), who) for words, who in chance.choice(recent)]
        else:
            who = [world.speaker(chance) for _ in range(chance.choice((1, 2, 3, 3, 4, 5)))]
            said = [(sentence(chance), chance.choice(who)) for _ in range(chance.choice((3, 5, 8, 10, 14, 20)))]
            recent = [*recent[-RECENT:], said]
        article, found = _report(number, said, chance)
        yield article, found
        made += len(found)
        number += 1


def _cut(words: str, chance: random.Random) -> str:
    every = words.split()
    return " ".join(every[: max(6, len(every) * 2 // 3)]) if chance.random() < 0.3 else words


def _report(
    number: int, said: Sequence[tuple[str, tuple[str, str, str | None, str | None]]], chance: random.Random
) -> tuple[Article, list[Quote]]:
    text, quotes = f"Report {number}\n\n", []
    # As the extractor does it: what an article tells of somebody anywhere goes with each of their quotes.
    told: dict[str, Speaker] = {}
    for words, (name, kind, title, institution) in said:
        span, cue = Span(len(text), len(text) + len(words) + 2), len(text) + len(words) + 3
        text += f"“{words}” said {name}"
        places = {}
        for part, shown in (("title", title), ("institution", institution)):
            text += f", {shown}" if shown else ""
            places[part] = Span(len(text) - len(shown), len(text)) if shown else None
        text += ".\n"
        affiliation = Affiliation(title, institution, places["title"], places["institution"])
        speaker = told.setdefault(name, Speaker(name, "person" if kind == "person" else "organisation", (affiliation,)))
        quotes.append(Quote("direct", "speech", f"“{words}”", (span,), Passage("said", (Span(cue, cue + 4),)), None, speaker, 0.9))
    day = None if number % 20 == 7 else (date(2020, 1, 1) + timedelta(days=number // 6)).isoformat()
    outlet = f"Outlet {chance.randrange(OUTLETS)}"
    topics = tuple(sorted({chance.choice(_NOUNS) for _ in range(3)}))
    article = Article(text=text, path=f"report-{number}.txt", outlet=outlet, published=day, topics=topics)
    return article, [replace(quote, topics=topics[:1]) for quote in quotes]


class Time(NamedTuple):
    """What saving some quotes took, in seconds."""

    quotes: int
    processor: float
    wall: float

    def __str__(self) -> str:
        return f"{self.processor / self.quotes * 1000:>20.3f}  {self.wall / self.quotes * 1000:>15.3f}"


def saving(store: Store, quotes: int) -> Iterator[Time]:
    """Save so many made-up quotes and some before, for warming up; after each article comes what it took."""
    warm = 0
    for article, found in articles(quotes + 2 * WARM_UP):
        processor, wall = time.process_time(), time.perf_counter()
        store.save(article, found, extractor="made up")
        took = Time(len(found), time.process_time() - processor, time.perf_counter() - wall)
        if warm >= WARM_UP:
            yield took
        warm += len(found)


def _by_turns(several: Sequence[Iterator[Time]], quotes: int) -> list[Time]:
    """The next articles of each with so many quotes, one of each after the other."""
    sums = [Time(0, 0.0, 0.0) for _ in several]
    while min(each.quotes for each in sums) < quotes:
        found = [next(each, None) for each in several]
        if None in found:
            break
        sums = [Time(*map(operator.add, one, more)) for one, more in zip(sums, found, strict=True) if more is not None]
    return sums


def measure(store: Store, empty: Store, quotes: int) -> tuple[list[Time], Time]:
    """Save so many quotes; gives what each tenth took, and what the first tenth took in `empty`, saved by turns with the last."""
    grown = saving(store, quotes)
    tenths = [_by_turns([grown], quotes // 10)[0] for _ in range(9)]
    last, first = _by_turns([grown, saving(empty, quotes)], quotes // 10)
    return [*tenths, last], first


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one line for each tenth, and the last against the first."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--quotes", type=int, default=100_000, help="how many quotes to save")
    quotes = parser.parse_args(arguments).quotes
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
        path = Path(folder) / "growth.db"
        with Store.open(path, create=True) as store, Store.open(Path(folder) / "empty.db", create=True) as empty:
            tenths, first = measure(store, empty, quotes)
            counts = store.counts()
        print(f"{'quotes':>8}  {'ms of the processor':>20}  {'ms by the wall':>15}")
        for number, each in enumerate(tenths, start=1):
            print(f"{quotes * number // 10:>8}  {each}")
        print(f"{'first':>8}  {first}  by turns with the last")
        last = tenths[-1]
        by_clock = [(last[clock] / last.quotes) / (first[clock] / first.quotes) for clock in (1, 2)]
        print(f"last/first: {by_clock[0]:.2f} by the processor, {by_clock[1]:.2f} by the wall")
        print(", ".join(f"{counts[name]} {name}" for name in ("articles", "speakers", "institutions", "utterances", "merge_candidates")))
        print(f"{path.stat().st_size / counts['quotes']:.0f} bytes a quote")


if __name__ == "__main__":
    main()
