"""How quick the site is on a large database: `python -m benchmarks.site_timing FILE`.

Each page is made, and its queries, which are traced, are run once more alone, one after the other on a plain connection; what the page
takes is held against what they take. Of articles and of speakers who are quoted little, many are looked at, each for the first time on
either side. Beside them stand what Datasette takes for an empty page, and to answer each page's queries as JSON. No picture is
kept between two looks at a page that is made. With `--minutes`, twenty readers ask a site on this machine while one writer adds articles to
the same file.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode

from benchmarks.invented import invented_article
from benchmarks.serving import served
from quotes.publish.error_pages import guarded
from quotes.publish.hooks import hookimpl
from quotes.publish.metadata import metadata_path
from quotes.publish.pictures import forget_pictures
from quotes.publish.queries import ask, page, permitted
from quotes.publish.server import open_beside, site_with
from quotes.store import Store

#: Times that a page which is the only one of its kind is measured, and how many of the others are, once each; the middle one counts.
TIMES, MANY = 5, 60

#: What a page may take, in times of what its queries take alone.
ALLOWED = 4

#: Addresses of pages that show nothing: what any page of Datasette costs. The first is made of our empty template with one query; the
#: second and third are Datasette's own answers to one query, as a page and as JSON.
EMPTY = ("/quotes/timing-empty", "/quotes?sql=select+1", "/quotes.json?sql=select+1")


@dataclass(frozen=True, slots=True)
class Timing:
    """What a page takes, its queries alone, and Datasette's answers to them as JSON, each query asked by itself, in milliseconds; the
    middle of `pages` pages."""

    address: str
    page: float
    queries: float
    json: float
    pages: int = 1

    @property
    def times(self) -> float:
        """How many times what its queries take."""
        return self.page / self.queries if self.queries else 0.0


class _EmptyPage:
    """A plugin with one page, which is allowed, asked and filled as ours are, and shows nothing."""

    __name__ = "quotes.evaluation"  # where Datasette looks for templates and static files of it

    @hookimpl
    def register_routes(self) -> list[tuple[str, Any]]:
        return [("^/(?P<database>quotes)/timing-empty$", guarded(self._answer))]

    async def _answer(self, request: Any, datasette: Any) -> Any:
        database = await permitted(request, datasette)
        await ask(datasette, database, lambda connection: connection.execute("select 1").fetchone())
        return await page(request, datasette, database, "quotes_base.html", {})


def addresses(path: Path) -> list[list[str]]:
    """The pages to measure, those of a kind together: the front page, searches, the pages of the most quoted speaker, institution and
    topic, and of many articles and speakers, chosen by chance, the same ones each time."""
    connection, chance = open_beside(path), random.Random(0)
    most = "select id from {} order by quotes desc limit 1"
    speaker, institution, topic = (connection.execute(most.format(name)).fetchone()[0] for name in ("speakers", "institutions", "topics"))
    (outlet,) = connection.execute("select outlet from articles order by sort_key desc limit 1").fetchone()
    (other,) = connection.execute("select id from speakers order by quotes desc limit 1 offset 1").fetchone()
    articles = [row[0] for row in connection.execute("select id from articles order by id")]
    small = [row[0] for row in connection.execute("select id from speakers where quotes between 5 and 40 order by id")]
    connection.close()
    some = {name: chance.sample(ids, min(MANY, len(ids))) for name, ids in (("article", articles), ("speaker", small), ("identity", small))}
    return [
        ["/"],
        ["/quotes/search?order=newest"],
        ["/quotes/search?q=school+meals"],
        ["/quotes/search?q=housing+subsidies+before+the+election"],
        ["/quotes/search?q=warned&role=expert"],
        [f"/quotes/search?outlet={quote_plus(outlet or '')}&since=2024"],
        [f"/quotes/speaker/{speaker}"],
        [f"/quotes/institution/{institution}"],
        [f"/quotes/topic/{topic}"],
        [f"/quotes/compare?speaker={speaker}&other={other}"],
        *([f"/quotes/{name}/{each}" for each in ids] for name, ids in some.items()),
        ["/quotes/speaker"],
        ["/quotes/suggest.json?q=aben"],
    ]


class _Queries:
    """What the connections of a site are asked."""

    def __init__(self, datasette: Any) -> None:
        self._datasette = datasette
        self._connections: list[Any] = []
        self._statements: list[str] = []
        database = datasette.get_database("quotes")
        connect = database.connect

        def connect_and_keep(write: bool = False) -> Any:
            self._connections.append(connect(write))
            return self._connections[-1]

        database.connect = connect_and_keep

    async def behind(self, address: str) -> list[str]:
        """The queries of a page. Being asked so costs time: the page is measured without."""
        self._statements.clear()
        for each in self._connections:
            each.set_trace_callback(self._statements.append)
        assert (await self._datasette.client.get(address)).status_code == 200, address
        for each in self._connections:
            each.set_trace_callback(None)
        found = [each for each in self._statements if re.match(r"\s*(select|with)", each, re.IGNORECASE) and "sqlite_master" not in each]
        return list(dict.fromkeys(found))


async def timings(path: Path) -> list[Timing]:
    """What each page takes in this process, the empty ones first, and what its queries take alone."""
    datasette = site_with(path, _EmptyPage(), metadata=metadata_path())
    asked = _Queries(datasette)
    # Each of its threads opens a connection, and the figures of the collection are counted once.
    for _ in range(datasette.setting("num_sql_threads") * 4):
        await datasette.client.get("/")
    plain = open_beside(path)
    plain.execute("select count(*) from sqlite_master").fetchone()
    found = []
    for kind in (*([each] for each in EMPTY), *addresses(path)):
        taken: list[tuple[float, float, float]] = []
        for address in kind if len(kind) > 1 else kind * TIMES:
            page = await _taken(datasette.client, address)
            behind = await asked.behind(address)
            as_json = [await _taken(datasette.client, f"/quotes.json?{urlencode({'sql': each})}") for each in behind]
            taken.append((page, alone(plain, behind), sum(as_json)))
        page, queries, answers = (statistics.median(each) for each in zip(*taken, strict=True))
        found.append(Timing(kind[0], page, queries, answers, len(kind)))
    plain.close()
    return found


async def _taken(client: Any, address: str) -> float:
    """Milliseconds until the application has answered."""
    forget_pictures()
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost")],
        "server": ("localhost", 80),
        "client": ("127.0.0.1", 1),
    }
    status: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])

    # The application itself: a client in this process takes longer to ask than many a page to be made.
    start = time.perf_counter()
    await client.app(scope, receive, send)
    taken = (time.perf_counter() - start) * 1000
    assert status == [200], f"{address}: {status}"
    return taken


def alone(connection: Any, statements: Sequence[str]) -> float:
    """Milliseconds that the queries take on a plain connection, every row fetched."""
    start = time.perf_counter()
    for each in statements:
        connection.execute(each).fetchall()
    return (time.perf_counter() - start) * 1000


@dataclass(slots=True)
class Load:
    """What readers met with: seconds that each answer took, and errors; and how many articles the writer added."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    written: int = 0

    def percentile(self, share: float) -> float:
        """The time, in seconds, within which that share of all answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def under_load(path: Path, *, readers: int, minutes: float, each_second: float = 1.0) -> Load:
    """Readers who ask for one page after the other, with a pause of up to a second, and one writer, for some minutes, over loopback."""
    load, until = Load(), time.monotonic() + minutes * 60
    pages = addresses(path)

    def read(origin: str, seed: int) -> None:
        chance = random.Random(seed)
        while time.monotonic() < until:
            address = chance.choice(chance.choice(pages))
            start = time.monotonic()
            try:
                with urllib.request.urlopen(f"{origin}{address}", timeout=60) as answer:
                    answer.read()
                load.seconds.append(time.monotonic() - start)
            except (OSError, urllib.error.URLError) as error:
                load.errors.append(f"{address}: {error}")
            time.sleep(chance.random())

    def write() -> None:
        with Store.open(path, create=True) as store:
            while time.monotonic() < until:
                try:
                    store.save(*invented_article(load.written), extractor="load 1")
                    load.written += 1
                except Exception as error:
                    load.errors.append(f"writer: {error}")
                time.sleep(1 / each_second)

    with served(path) as origin:
        threads = [threading.Thread(target=read, args=(origin, seed)) for seed in range(readers)] + [threading.Thread(target=write)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return load


def table(found: Sequence[Timing]) -> list[str]:
    """The figures as lines, in milliseconds: what each page takes, its queries, how many times that is, and the rest of a Timing."""
    lines = [f"{'page':>9}{'queries':>9}{'times':>7}{'JSON':>11}  in milliseconds; JSON: Datasette's, of the same queries"]
    for nth, each in enumerate(found):
        times = f"{'':>7}" if nth < len(EMPTY) else f"{each.times:7.1f}"
        over = f"  more than {ALLOWED} times" if nth >= len(EMPTY) and each.times > ALLOWED else ""
        others = f" and {each.pages - 1} more" if each.pages > 1 else ""
        lines.append(f"{each.page:9.1f}{each.queries:9.2f}{times}{each.json:11.1f}  {each.address}{others}{over}")
    return lines


def main() -> None:
    """The command: a table of timings, or the figures of the load."""
    parser = argparse.ArgumentParser(description="Measure the site on a large database.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--readers", type=int, default=20)
    options = parser.parse_args()
    if options.minutes:
        load = under_load(options.path, readers=options.readers, minutes=options.minutes)
        print(f"{len(load.seconds)} answers, {len(load.errors)} errors, {load.written} articles written")
        print(*(f"{share:.0%}: {load.percentile(share):.3f} s" for share in (0.5, 0.9, 0.99, 1)), *load.errors[:10], sep="\n")
        return
    print(*table(asyncio.run(timings(options.path))), sep="\n")


if __name__ == "__main__":
    main()
