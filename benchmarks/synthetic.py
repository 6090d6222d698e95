"""A large database of invented quotes, to measure the site by: `python -m benchmarks.synthetic FILE --quotes 1000000`.

Articles are loaded as `quotes load` loads them, without reading or extraction: a thousand quotes take a second or two. With `--shards` the
shards for that are all that is made. A few speakers, topics
and outlets have most of the quotes, as in real news (Zipf's law). Some people change their affiliation, some share a name, some are also
printed with an initial or by the family name alone; one article in twelve is another outlet's copy of an earlier one, its quotes cut here
and there. Every span is that of its words in the article's text.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from functools import cache, partial
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, NamedTuple

from tqdm import tqdm

from quotes.records import (
    Act,
    Affiliation,
    Article,
    Passage,
    Quote,
    QuoteKind,
    Span,
    Speaker,
    SpeakerConfidence,
    SpeakerKind,
    SpeakerRole,
    Zone,
)
from quotes.shards.shard_files import Found, Report, Shards
from quotes.store import Run, Store
from quotes.store.bulk.bulk_load import bulk_load

#: Quotes in each article, on average, and the years from the first article to the last.
EACH, YEARS = 12, 10
#: Quotes in a shard.
IN_A_SHARD = 6_000
#: One article in so many is a copy of one of the last `RECENT`.
COPIED, RECENT = 12, 60
_ACTS: dict[Act, int] = {"speech": 85, "thought": 8, "intent": 5, "other": 2}


def _split(words: str) -> list[str]:
    """The entries of a list between strokes, which may be broken over lines."""
    return words.replace("\n", "").split("|")


_LISTS = tomllib.loads(Path(__file__).with_name("synthetic_words.toml").read_text("utf-8"))
#: Titles by the role that they show, and how common each role is.
ROLES: dict[SpeakerRole, list[str]] = {role: _split(titles) for role, titles in _LISTS.pop("roles").items()}
ROLE_WEIGHTS = (30, 15, 20, 10, 12, 6, 5, 2)
WORDS = {name: _split(words) for name, words in _LISTS.items()}
OUTLETS = [
    f"{name} {paper}"
    for paper in ("Courier", "Post", "Herald", "Tribune")
    for name in ("The Senn", "Upland", "The Vale", "Kestrel", "The Morrow", "Tarn", "Larch Valley", "The Minster", "Corran", "Skerry")
]


class _Person(NamedTuple):
    """Whoever can be quoted: the forms of the name, and titles with institutions, those of later years last."""

    names: Sequence[str]
    kind: SpeakerKind
    role: SpeakerRole
    affiliations: Sequence[tuple[str | None, str | None]]


class Archive:
    """Who can speak, for whom, and about what."""

    def __init__(self, quotes: int, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.institutions = [each.format(place) for each in WORDS["bodies"] for place in WORDS["places"]]
        self.topics = [*WORDS["things"], *(f"{kind} {matter}" for kind in WORDS["kinds_of"] for matter in WORDS["matters"])]
        self.people = [self._person(number) for number in range(max(12, min(quotes // 40, 40_000)))]
        falling = list(accumulate(1 / (rank + 4) for rank in range(max(len(self.people), len(self.topics)))))
        self.weights = {id(each): falling[: len(each)] for each in (self.people, self.topics, OUTLETS)}

    def _person(self, number: int) -> _Person:
        chance = self.chance
        institution = chance.choice(self.institutions)
        if number % 23 == 22:
            return _Person([institution], "organisation", "unknown", [(None, None)])
        given, begins, ends = (WORDS[name] for name in ("first", "last_begin", "last_end"))
        first = given[number % len(given)]
        last = begins[number * 7 % len(begins)] + ends[number // len(given) % len(ends)]
        if number >= 600:
            last = f"{begins[number % len(begins)]}-{last}{chr(97 + number // 600 % 26)}"
        names = [f"{first} {last}", *([f"{first} {chance.choice('ABCDEFGH')}. {last}"] if number % 8 == 0 else [])]
        names += [last] if number % 10 == 0 else []
        role = chance.choices(list(ROLES), ROLE_WEIGHTS)[0]
        title = chance.choice(ROLES[role])
        later = (title if number % 2 else chance.choice(ROLES[role]), chance.choice(self.institutions)) if number % 5 == 0 else None
        return _Person(names, "person", role, [(title, institution), *([later] if later else [])])

    def _common(self, of: Sequence[Any]) -> Any:
        return self.chance.choices(of, cum_weights=self.weights[id(of)])[0]

    def articles(self, quotes: int, first: int = 0, of: int = 0) -> Iterator[tuple[Article, list[Quote]]]:
        """Articles in the order of their days, with so many quotes in all: those from the `first` on of as many as `of`, if not of all."""
        recent: list[tuple[str, list[tuple[str, _Person | None]]]] = []
        left, number = quotes, first
        while left > 0:
            if number % COPIED == COPIED - 1:
                topic, said = self.chance.choice(recent)
                said = [(self._cut(words), person) for words, person in said]
            else:
                topic, people = self._common(self.topics), [self._common(self.people) for _ in range(4)]
                each = min(left, self.chance.randint(EACH // 2, EACH * 3 // 2))
                said = [(self._sentence(topic), self.chance.choice(people) if self.chance.random() > 0.06 else None) for _ in range(each)]
                recent = [*recent[-RECENT:], (topic, said)]
            article, found = self._article(number, (first + quotes - left) / (of or quotes), topic, said[:left])
            yield article, found
            left -= len(found)
            number += 1

    def _cut(self, words: str) -> str:
        every = words.split()
        return " ".join(every[: max(6, len(every) * 2 // 3)]) if self.chance.random() < 0.3 else words

    def _sentence(self, topic: str) -> str:
        """Some words on the topic or another one, hardly ever the same."""
        chance = self.chance
        topic = topic if chance.random() < 0.6 else self._common(self.topics)
        parts = [chance.choice(WORDS["starts"]), chance.choice(WORDS["verbs"]), topic]
        for _ in range(chance.choice((0, 1, 1, 2))):
            parts += [chance.choice(WORDS["joints"]), "the", chance.choice(WORDS["adjectives"]), chance.choice(WORDS["nouns"])]
        parts.append(chance.choice(WORDS["when"]).format(chance.choice(WORDS["places"])))
        words = " ".join(parts)
        return words[0].upper() + words[1:]

    def _article(self, number: int, when: float, topic: str, said: Sequence[tuple[str, _Person | None]]) -> tuple[Article, list[Quote]]:
        chance = self.chance
        place, outlet = chance.choice(WORDS["places"]), self._common(OUTLETS)
        published = (datetime(2016, 1, 4, 6) + timedelta(minutes=int(when * YEARS * 365 * 24 * 60))).isoformat(timespec="minutes")
        headline = (
            f"{place}: {topic} may be {chance.choice(WORDS['verbs'])}, {chance.choice(['experts say', 'minister says', 'report finds'])}"
        )
        text = f"{headline}\nBy {chance.choice(WORDS['first'])} {chance.choice(WORDS['last_begin'])}by\n\n"
        start = len(text)
        speakers: dict[int, Speaker] = {}
        quotes = []
        for words, person in said:
            text, quote = self._quote(text, words, person, speakers)
            quotes.append(quote)
        text = f"{text.rstrip()}\n"
        zones = (Zone("headline", 0, len(headline)), Zone("byline", len(headline) + 1, start - 2), Zone("body", start, len(text)))
        return Article(
            text=text,
            path=f"invented/{number}.txt",
            title=headline,
            outlet=outlet,
            published=None if number % 20 == 7 else published,
            section=chance.choice(WORDS["sections"]),
            url=f"https://{outlet.split()[-2].lower()}.example/{number}",
            language="en",
            zones=zones,
            topics=(topic,),
        ), quotes

    def _quote(self, text: str, words: str, person: _Person | None, speakers: dict[int, Speaker]) -> tuple[str, Quote]:
        """The text with one more paragraph, and the quote in it; `speakers` are those that the article has named."""
        chance = self.chance
        speaker = None if person is None else speakers.get(id(person))
        name = "Nobody" if person is None else speaker.name.split()[-1] if speaker and person.kind == "person" else person.names[0]
        title, institution = (None, None) if person is None or speaker else chance.choice(person.affiliations)
        if person is not None and speaker is None:
            name = chance.choices(person.names, [8, 2, 1][: len(person.names)])[0]
        described = f"{name}, {title} at {institution}," if title else name
        kind: QuoteKind = chance.choices(("direct", "mixed", "indirect"), (62, 19, 19))[0]
        if kind == "direct":
            content = f"“{words},”"
            paragraph = f"{content} said {described.rstrip(',')}.\n\n"
        else:
            first, rest = words.split(" ", 1)
            content = f"{first.lower()} “{rest}”" if kind == "mixed" else f"{first.lower()} {rest}"
            paragraph = f"{described} said {content}.\n\n"
        at = len(text)

        def place(of: str) -> Span:
            start = at + paragraph.index(of)
            return Span(start, start + len(of))

        if person is not None and speaker is None:
            affiliation = Affiliation(title, institution, place(title), place(institution)) if title and institution else None
            confidence = SpeakerConfidence(0.9, 0.8 if title else None, 0.7 if title else None)
            speaker = Speaker(name, person.kind, (affiliation,) if affiliation else (), person.role, confidence=confidence)
            speakers[id(person)] = speaker
        act: Act = chance.choices(list(_ACTS), list(_ACTS.values()))[0]
        sure = round(min(0.99, chance.betavariate(6, 1.4)), 3)
        mention = Passage(name, (place(name),)) if person else None
        lower = words.lower()
        topics = tuple(islice((topic for topic in self.topics if topic in lower), 1))
        cue = Passage("said", (Span(place(" said ").start + 1, place(" said ").end - 1),))
        return text + paragraph, Quote(kind, act, content, (place(content),), cue, mention, speaker, sure, topics=topics)


def write_shards(folder: Path, quotes: int, *, seed: int = 1, workers: int = 1) -> Shards:
    """Write shards of `quotes` invented quotes to a folder, in so many processes; the same for the same seed."""
    write = partial(_write_shard, str(folder), quotes, seed)
    with ProcessPoolExecutor(workers) as pool, tqdm(total=quotes, unit="quote", disable=None) as bar:
        for written in pool.map(write, range(0, quotes, IN_A_SHARD)):
            bar.update(written)
    return Shards(str(folder))


def _write_shard(folder: str, quotes: int, seed: int, first: int) -> int:
    """Write the shard that begins with the `first` of so many quotes; how many it holds."""
    archive, run = _archive(quotes, seed), Run("synthetic")
    archive.chance.seed(f"{seed} {first}")
    articles = archive.articles(min(IN_A_SHARD, quotes - first), first, quotes)
    found = [Found(article, tuple(every), run) for article, every in articles]
    return Shards(folder).write(Report(task=f"{first:010d}", place=(first,)), found).quotes


_archive = cache(Archive)


def make(path: Path, quotes: int, *, seed: int = 1, workers: int = 1) -> None:
    """Write a new database of `quotes` invented quotes to `path`, the same for the same seed.

    Raises StoreError where the file cannot be made, FileExistsError where there is one.
    """
    if path.exists():
        raise FileExistsError(f"{path}: it is there already: name a new file, or delete it")
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
        shards = write_shards(Path(folder), quotes, seed=seed, workers=workers)
        names = [report.shard for report in shards.reports().values() if report.shard]
        bulk_load(path, names, shards.staged, lambda *_: None)
    with Store.open(path, create=True) as store:
        store.db.execute("analyze")


def main() -> None:
    """The command: a file to make, or a folder of shards, and how many quotes are to be in it."""
    parser = argparse.ArgumentParser(description="Make a large database of invented quotes.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shards", action="store_true", help="write a folder of shards, for `quotes load` and `quotes link`")
    parser.add_argument("--workers", type=int, default=1, help="processes that make shards")
    options = parser.parse_args()
    (write_shards if options.shards else make)(options.path, options.quotes, seed=options.seed, workers=options.workers)


if __name__ == "__main__":
    main()
