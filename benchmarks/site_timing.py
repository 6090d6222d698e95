"""How quick the site is on a large database: `python -m benchmarks.site_timing FILE`.

Each page is asked for, and its queries, which are traced, are run once more alone on a plain connection; what the page takes is compared
with what they take, and with Datasette's own answer to one query. Of articles and of speakers who are quoted little, many are looked at.
With `--minutes`, twenty readers ask a site on this machine while one writer adds articles to the same file.
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
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from benchmarks.synthetic import Archive
from quotes.errors import StoreError
from quotes.publish.datasette_internals import open_read_only
from quotes.publish.metadata import metadata_path
from quotes.publish.server import site
from quotes.store import Store

#: Times that a page which is the only one of its kind is measured, and how many of the others are, once each; the median counts.
TIMES, MANY = 5, 60
#: What a page may take, in times of what its queries take alone.
ALLOWED = 4
#: Datasette's own answer to one query: what any page costs.
EMPTY = "/quotes?sql=select+1"


@dataclass(frozen=True, slots=True)
class Timing:
    """What a page takes, and its queries alone, in milliseconds; the median of `pages` pages."""

    address: str
    page: float
    queries: float
    pages: int = 1

    def __str__(self) -> str:
        times = self.page / self.queries if self.queries else 0.0
        over = f"  more than {ALLOWED} times" if times > ALLOWED and self.address != EMPTY else ""
        others = f" and {self.pages - 1} more" if self.pages > 1 else ""
        return f"{self.page:9.1f}{self.queries:9.2f}{times:7.1f}  {self.address}{others}{over}"


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
        ["/quotes/speaker"],
        ["/quotes/suggest.json?q=aben"],
    ]


async def timings(path: Path) -> list[Timing]:
    """What each page takes in this process, the empty one first, and what its queries take alone."""
    datasette, statements = site(path, metadata=metadata_path()), list[str]()
    database, connections = datasette.get_database("quotes"), list[Any]()
    connect = database.connect

    def connect_and_keep(write: bool = False) -> Any:
        connections.append(connect(write))
        return connections[-1]

    async def taken(address: str, trace: Any = None) -> float:
        """Milliseconds until the answer is there, with every statement given to `trace`."""
        for each in connections:
            each.set_trace_callback(trace)
        start = time.perf_counter()
        status = (await datasette.client.get(address)).status_code
        assert status == 200, f"{address}: {status}"
        return (time.perf_counter() - start) * 1000

    database.connect = connect_and_keep
    for _ in range(datasette.setting("num_sql_threads") * 4):  # each of its threads opens a connection, and counts are made once
        await taken("/")
    plain = open_read_only(path)
    plain.execute("select count(*) from sqlite_master").fetchone()
    found = []
    for kind in ([EMPTY], *addresses(path)):
        times: list[tuple[float, float]] = []
        for address in kind if len(kind) > 1 else kind * TIMES:
            page = await taken(address)
            statements.clear()
            await taken(address, statements.append)  # being traced costs time: the page is measured without
            queries = dict.fromkeys(each for each in statements if re.match(r"\s*(select|with)(?!.*sqlite_master)", each, re.I | re.S))
            times.append((page, alone(plain, list(queries))))
        page, alone_taken = (statistics.median(each) for each in zip(*times, strict=True))
        found.append(Timing(kind[0], page, alone_taken, len(kind)))
    plain.close()
    return found


def alone(connection: Any, statements: Sequence[str]) -> float:
    """Milliseconds that the queries take on a plain connection, every row fetched."""
    start = time.perf_counter()
    for each in statements:
        connection.execute(each).fetchall()
    return (time.perf_counter() - start) * 1000


def under_load(path: Path, *, readers: int, minutes: float) -> None:
    """Readers who ask for one page after the other, with a pause of up to a second, and one writer, for some minutes, over loopback; prints
    how many answers, errors and new articles there were, and how long the answers took."""
    seconds, errors, written, until = list[float](), list[str](), 0, time.monotonic() + minutes * 60
    pages = addresses(path)

    def read(origin: str, seed: int) -> None:
        chance = random.Random(seed)
        while time.monotonic() < until:
            address = chance.choice(chance.choice(pages))
            start = time.monotonic()
            try:
                with urllib.request.urlopen(f"{origin}{address}", timeout=60) as answer:
                    answer.read()
                seconds.append(time.monotonic() - start)
            except OSError as error:
                errors.append(f"{address}: {error}")
            time.sleep(chance.random())

    with served(path) as origin, ThreadPoolExecutor(readers) as pool, Store.open(path, create=True) as store:
        for seed in range(readers):
            pool.submit(read, origin, seed)
        for article, quotes in Archive(1000, seed=time.time_ns()).articles(1_000_000):
            if time.monotonic() > until:
                break
            try:
                store.save(article, quotes, extractor="load")
                written += 1
            except StoreError as error:
                errors.append(f"writer: {error}")
            time.sleep(1)
    print(f"{len(seconds)} answers, {len(errors)} errors, {written} articles written")
    for share in (0.5, 0.9, 0.99, 1) if seconds else ():
        print(f"{share:.0%}: {sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))]:.3f} s")
    print(*errors[:10], sep="\n")


def main() -> None:
    """The command: a table of timings, or the figures of the load."""
    parser = argparse.ArgumentParser(description="Measure the site on a large database.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--readers", type=int, default=20)
    options = parser.parse_args()
    if options.minutes:
        under_load(options.path, readers=options.readers, minutes=options.minutes)
        return
    print(f"{'page':>9}{'queries':>9}{'times':>7}  in milliseconds")
    print(*asyncio.run(timings(options.path)), sep="\n")


if __name__ == "__main__":
    main()
