"""How quick the site is on a large database: `python -m benchmarks.site_timing FILE`.

Each page is asked for by turns with what Datasette itself answers to a bare query: for a search the best twenty that hold the same words
(`MATCH … order by rank limit 20`), for every other page one row by its key. Of articles and of speakers who are quoted little, many are
looked at. With `--minutes`, twenty readers ask a site on this machine, each pausing after a page up to `--pause` seconds to read it, while
one writer adds articles to the same file; before, one reader asks for the same pages while nobody else does.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote_plus, urlencode, urlsplit

from benchmarks.synthetic import Archive
from quotes.errors import StoreError
from quotes.publish.datasette_internals import open_read_only
from quotes.publish.metadata import metadata_path
from quotes.publish.server import site
from quotes.store import Store

#: Times that a page which is the only one of its kind is measured, and how many of the others are, once each; the median counts.
TIMES, MANY = 9, 60
#: What a page may take, in times of the bare query, and 99 of 100 answers under load, in times of the median of a quiet site.
ALLOWED, ALLOWED_BUSY = 3, 5
#: Pages that are asked for on the quiet site before the readers come.
QUIET = 200
#: The longest pause of a reader between two pages, in seconds; half of it on average.
PAUSE = 10.0


@dataclass(frozen=True, slots=True)
class Timing:
    """What a page takes, and the bare query, in milliseconds; medians, of `pages` pages."""

    address: str
    page: float
    bare: float
    pages: int = 1

    def __str__(self) -> str:
        times = self.page / self.bare
        over = f"  more than {ALLOWED} times" if times > ALLOWED else ""
        others = f" and {self.pages - 1} more" if self.pages > 1 else ""
        return f"{self.page:9.1f}{self.bare:9.1f}{times:7.1f}  {self.address}{others}{over}"


_SERVE = """
import sys
from pathlib import Path
from quotes.publish.metadata import metadata_path
from quotes.publish.server import serve
serve(Path(sys.argv[1]), port=0, metadata=metadata_path(), open_browser=False, on_ready=lambda address: print(address, flush=True))
"""


@contextlib.contextmanager
def served(path: Path) -> Iterator[str]:
    """The address of the site of the database at `path`, without a slash at its end, while the block runs; on this machine only."""
    with subprocess.Popen([sys.executable, "-c", _SERVE, str(path)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip().rstrip("/")
        finally:
            running.terminate()


def pages(path: Path) -> dict[str, str]:
    """The address of one page of each kind, by name, with as much on it as there is."""
    connection = open_read_only(path)

    def first(sql: str, *values: object) -> tuple[Any, ...]:
        found: tuple[Any, ...] = connection.execute(sql, values).fetchone()
        return found

    (speaker,) = first("select id from speakers where kind = 'person' order by quotes desc, id limit 1")
    (other,) = first("select id from speakers where kind = 'person' order by quotes desc, id limit 1 offset 1")
    (institution,) = first("select id from institutions order by quotes desc, id limit 1")
    topic, phrase = first("select id, phrase from topics order by quotes desc, id limit 1")
    article, followed = first(
        "select quotes.article_id, speaker_id from quotes join speakers on speakers.id = speaker_id"
        " where quotes.kind = 'direct' and speakers.kind = 'person'"
        " group by quotes.article_id, speaker_id order by count(*) desc, quotes.article_id limit 1"
    )
    (quote,) = first("select id from quotes where article_id = ? and speaker_id = ? order by start limit 1", article, followed)
    connection.close()
    return {
        "home": "/",
        "search": f"/quotes/search?q={phrase.split()[-1]}",
        "speaker": f"/quotes/speaker/{speaker}",
        "identity": f"/quotes/identity/{speaker}",
        "institution": f"/quotes/institution/{institution}",
        "topic": f"/quotes/topic/{topic}",
        "article": f"/quotes/article/{article}?follow={followed}",
        "compare": f"/quotes/compare?speaker={speaker}&other={other}",
        "data": "/quotes/data",
        "report": f"/quotes/report/{quote}?action=title&right=director&why=The+second+paragraph+says+so",
    }


def addresses(path: Path) -> list[list[str]]:
    """The pages to measure, those of a kind together: the front page, searches, the pages of the most quoted speaker, institution and
    topic, and of many articles and speakers, chosen by chance, the same ones each time."""
    connection, chance, one = open_read_only(path), random.Random(0), pages(path)
    (outlet,) = connection.execute("select outlet from articles order by sort_key desc limit 1").fetchone()
    articles = [row[0] for row in connection.execute("select id from articles order by id")]
    small = [row[0] for row in connection.execute("select id from speakers where quotes between 5 and 40 order by id")]
    connection.close()
    some = {name: chance.sample(ids, min(MANY, len(ids))) for name, ids in (("article", articles), ("speaker", small), ("identity", small))}
    return [
        [one["home"]],
        ["/quotes/search?order=newest"],
        ["/quotes/search?q=housing+subsidies"],
        ["/quotes/search?q=housing+subsidies+before+the+election"],
        ["/quotes/search?q=warned&role=expert"],
        [f"/quotes/search?outlet={quote_plus(outlet or '')}&since=2024"],
        *([one[name]] for name in ("speaker", "institution", "topic", "compare")),
        *([f"/quotes/{name}/{each}" for each in ids] for name, ids in some.items()),
        *([f"/quotes/{name}"] for name in ("speaker", "institution", "topic")),
        ["/quotes/suggest.json?q=aben"],
    ]


def bare(address: str, speaker: int) -> str:
    """The address at which Datasette answers the bare query: for the words of a search, or else for one speaker by the id."""
    words = parse_qs(urlsplit(address).query).get("q", [""])[0]
    match = " ".join(f'"{each}"' for each in words.split())
    searched = f"select rowid from quotes_fts where quotes_fts match '{match}' order by rank limit 20"
    sql = searched if "/search" in address and words else f"select * from speakers where id = {speaker}"
    return f"/quotes?{urlencode({'sql': sql})}"


async def timings(path: Path) -> list[Timing]:
    """What each page takes in this process, and the bare query beside it."""
    datasette, (speaker,) = site(path, metadata=metadata_path()), re.findall(r"\d+", pages(path)["speaker"])

    async def taken(address: str) -> float:
        """Milliseconds until the answer is there."""
        start = time.perf_counter()
        status = (await datasette.client.get(address)).status_code
        assert status == 200, f"{address}: {status}"
        return (time.perf_counter() - start) * 1000

    for _ in range(datasette.setting("num_sql_threads") * 4):  # each of its threads opens a connection, and counts are made once
        await taken("/")
    found = []
    for kind in addresses(path):
        times = [(await taken(each), await taken(bare(each, int(speaker)))) for each in (kind if len(kind) > 1 else kind * TIMES)]
        page, alone = (statistics.median(each) for each in zip(*times, strict=True))
        found.append(Timing(kind[0], page, alone, len(kind)))
    return found


def under_load(path: Path, *, readers: int, minutes: float, pause: float) -> None:
    """Readers who ask for one page after the other, with a pause of up to `pause` seconds, and one writer, for some minutes, over loopback;
    prints how many answers, errors and new articles there were, and how long the answers took, also in times of the median of the quiet
    site, of all pages and of the same one."""
    errors, written = list[str](), 0
    kinds = addresses(path)

    def read(origin: str, chance: random.Random, taken: list[tuple[int, float]]) -> None:
        kind = chance.randrange(len(kinds))
        address = chance.choice(kinds[kind])
        start = time.monotonic()
        try:
            with urllib.request.urlopen(f"{origin}{address}", timeout=60) as answer:
                answer.read()
            taken.append((kind, time.monotonic() - start))
        except OSError as error:
            errors.append(f"{address}: {error}")

    def keep_reading(origin: str, seed: int, until: float) -> None:
        chance = random.Random(seed)
        while time.monotonic() < until:
            time.sleep(chance.uniform(0, pause))  # first, so that they do not all begin at once
            read(origin, chance, busy)

    quiet, busy = list[tuple[int, float]](), list[tuple[int, float]]()
    with served(path) as origin, ThreadPoolExecutor(readers) as pool, Store.open(path, create=True) as store:
        chance = random.Random(readers)
        for _ in range(QUIET):
            read(origin, chance, quiet)
        until = time.monotonic() + minutes * 60
        for seed in range(readers):
            pool.submit(keep_reading, origin, seed, until)
        for article, quotes in Archive(1000, seed=time.time_ns()).articles(1_000_000):
            if time.monotonic() > until:
                break
            try:
                store.save(article, quotes, extractor="load")
                written += 1
            except StoreError as error:
                errors.append(f"writer: {error}")
            time.sleep(1)
    print(f"{len(busy)} answers, {len(errors)} errors, {written} articles written")
    median = statistics.median(seconds for _, seconds in quiet)
    own = {kind: statistics.median(seconds for each, seconds in quiet if each == kind) for kind, _ in quiet}
    print(f"quiet: 50%: {median:.3f} s, 99%: {_share(0.99, [seconds for _, seconds in quiet]):.3f} s")
    for share in (0.5, 0.9, 0.99, 1):
        taken = _share(share, [seconds for _, seconds in busy])
        times = _share(share, [seconds / own.get(kind, median) for kind, seconds in busy])
        over = f", more than {ALLOWED_BUSY} times" if share == 0.99 and taken > ALLOWED_BUSY * median else ""
        print(f"{share:.0%}: {taken:.3f} s, {taken / median:.1f} times the quiet median{over}; {times:.1f} times that of the same page")
    print(*errors[:10], sep="\n")


def _share(share: float, values: list[float]) -> float:
    """The value that so many of the others do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """The command: a table of timings, or the figures of the load."""
    parser = argparse.ArgumentParser(description="Measure the site on a large database.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--pause", type=float, default=PAUSE, help="the longest pause of a reader between two pages, in seconds")
    options = parser.parse_args()
    if options.minutes:
        under_load(options.path, readers=options.readers, minutes=options.minutes, pause=options.pause)
        return
    print(f"{'page':>9}{'bare':>9}{'times':>7}  in milliseconds")
    print(*asyncio.run(timings(options.path)), sep="\n")


if __name__ == "__main__":
    main()
