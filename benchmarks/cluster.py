"""Does a Dask cluster make the database that `quotes add` makes, whatever is killed on the way, and what does it cost?

    python -m benchmarks.cluster [--articles 2000] [--kills 10] [--seed 0] [--model NAME]
    python -m benchmarks.cluster --cost 1000 10000 [--model NAME]

Invented short articles are written as WARC, JSON Lines and Parquet. A scheduler and two workers are started on this machine (`dask
scheduler`, `dask worker`), and `quotes shard --scheduler` and `quotes load` run as processes of their own: once undisturbed with `--model`;
and with the extractor of the tests, which costs nothing, while workers, the client and the scheduler are killed by SIGKILL, and with a
poisoned article that kills whatever process extracts from it. Exit status 0 if all databases are equal, row for row, to that of `quotes
add`. `--cost` prints CPU seconds instead, of `quotes shard` for so many articles, in one process, in two, and on the cluster.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from benchmarks.endurance import same_databases
from benchmarks.synthetic import EACH, Archive

#: Paragraphs of each article, the headline among them.
SHORT = 4
ROOT = Path(__file__).parents[1]
#: Puts the extractor of the tests, which needs no spaCy and dies of a word, in the place of ours.
STAND_IN = f"import sys; sys.path.insert(0, {str(ROOT / 'tests' / 'cli')!r}); import stand_ins; sys.modules.update(stand_ins.modules())"
#: How Dask is set, as docs/scale.md advises, but for the failures.
SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__NANNY__PRE_SPAWN_ENVIRON__MALLOC_TRIM_THRESHOLD_": "None",
}
#: Tasks are small, so that there are many to disturb.
TOGETHER = 20


class LocalDask:
    """A scheduler and two workers on this machine, each a process of its own; workers run the Python text `preload` first."""

    def __init__(self, preload: str = "") -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.scheduler: subprocess.Popen[bytes]
        self.nannies: list[subprocess.Popen[bytes]] = []
        self._options = ["--nthreads", "1", "--memory-limit", "0", *(["--preload", preload] if preload else [])]
        self._environment = {**SETTINGS, **os.environ, "PYTHONPATH": str(ROOT)}

    def __enter__(self) -> LocalDask:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def start(self) -> None:
        """Start all three."""
        self.scheduler = self._process("scheduler", "--host", "127.0.0.1", "--port", str(self.port))
        self.nannies = [self._process("worker", self.address, *self._options) for _ in range(2)]

    def _process(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        return subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def workers(self) -> list[psutil.Process]:
        """The processes that do the work; a nanny starts another in place of one that dies."""
        found = (child for nanny in self.nannies if nanny.poll() is None for child in psutil.Process(nanny.pid).children())
        return [each for each in found if "resource_tracker" not in " ".join(each.cmdline())]

    def _processes(self) -> list[psutil.Process]:
        own = [psutil.Process(each.pid) for each in (*self.nannies, self.scheduler) if each.poll() is None]
        return own + [child for each in own for child in each.children(recursive=True)]

    def cpu_seconds(self) -> dict[str, float]:
        """What its workers have taken, and the other processes."""
        workers = {each.pid for each in self.workers()}
        used = [(each.pid in workers, sum(each.cpu_times()[:2])) for each in self._processes()]
        return {what: sum(cpu for of, cpu in used if of is is_worker) for what, is_worker in (("workers", True), ("the rest", False))}

    def end(self) -> None:
        """End all that runs, at once: a nanny that is told to end without its scheduler may wait for ever."""
        for process in self._processes():
            with suppress(psutil.NoSuchProcess):
                process.kill()
        for each in (self.scheduler, *self.nannies):
            each.wait()


def write_articles(folder: Path, articles: int, seed: int) -> None:
    """Write invented short articles, a third of them in each format."""
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    folder.mkdir()
    found = (article for article, _ in Archive(articles * EACH, seed).articles(articles * EACH * 2))
    rows = [
        {"text": "\n\n".join(each.text.split("\n\n")[:SHORT]), "title": each.title, "outlet": each.outlet, "published": each.published}
        for each, _ in zip(found, range(articles), strict=False)
    ]
    with gzip.open(folder / "a.warc.gz", "wb") as file:
        file.writelines(_warc_record(number, row) for number, row in enumerate(rows[::3]))
    (folder / "b.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows[1::3]), "utf-8")
    pq.write_table(pa.Table.from_pylist(rows[2::3]), folder / "c.parquet", row_group_size=500)


def _warc_record(number: int, row: dict[str, Any]) -> bytes:
    paragraphs = "".join(f"<p>{each}</p>" for each in row["text"].split("\n\n")[1:])
    date = f'<meta property="article:published_time" content="{row["published"]}">' if row["published"] else ""
    story = f"<article><h1>{row['title']}</h1>{paragraphs}</article>"
    page = f"<html><head><title>{row['title']}</title>{date}</head><body>{story}</body></html>"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:invented:{number}>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
    head += f"WARC-Target-URI: https://invented.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


class Runs:
    """The runs of `quotes` over the same articles, with the extractor named, or with that of the tests where `cheap`."""

    def __init__(self, folder: Path, model: Sequence[str], chance: random.Random, *, cheap: bool = False, together: int = TOGETHER) -> None:
        self.folder, self.model, self.chance = folder, model, chance
        self.articles = folder / "articles"
        self.preload = STAND_IN if cheap else ""
        client = f"from quotes.readers import parts; parts.ARTICLES, parts.LARGE = {together}, 1_000; from quotes.cli import cli; cli()"
        self._command = [sys.executable, "-c", f"{self.preload}\n{client}"]

    def quotes(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run `quotes` to its end."""
        return subprocess.run([*self._command, *map(str, arguments)], stderr=subprocess.PIPE, text=True, check=False)

    def shard(self, out: str, dask: LocalDask) -> subprocess.Popen[str]:
        """A client that sends the articles to the cluster."""
        options = ["--out", str(self.folder / out), "--scheduler", dask.address, *self.model]
        return subprocess.Popen([*self._command, "shard", str(self.articles), *options], stderr=subprocess.PIPE, text=True)

    def shard_to_end(self, out: str, dask: LocalDask) -> str:
        """The same to its end; gives what it said."""
        said: str = self.shard(out, dask).communicate()[1]
        return said

    def added(self) -> Path:
        """The database that `quotes add` makes."""
        name = self.folder / f"added{'-cheaply' if self.preload else ''}.db"
        if not name.exists():
            print(f"quotes add: {_last(self.quotes('add', self.articles, '--db', name, *self.model).stderr)}", flush=True)
        return name

    def equal(self, out: str) -> bool:
        """Load the shards, and compare."""
        db = self.folder / f"{out}.db"
        self.quotes("load", self.folder / out, "--db", db)
        return same_databases(self.added(), db)

    def undisturbed(self) -> bool:
        """Nothing is killed."""
        with LocalDask(self.preload) as dask:
            print(f"undisturbed: {_last(self.shard_to_end('undisturbed', dask))}: ", end="")
        return self.equal("undisturbed")

    def workers_killed(self, kills: int) -> bool:
        """Workers are killed at random, in several runs if one is too short for it."""
        killed, runs = 0, list[str]()
        with LocalDask(self.preload) as dask:
            while killed < kills:
                runs.append(f"killed-{len(runs)}")
                client = self.shard(runs[-1], dask)
                with _drained(client) as said:
                    while client.poll() is None:
                        time.sleep(self.chance.uniform(1, 5))
                        alive = dask.workers()
                        if killed < kills and alive and client.poll() is None and (self.folder / runs[-1] / "tasks").exists():
                            self.chance.choice(alive).kill()
                            killed += 1
                print(f"a worker killed, {killed} times by now: {_last(said())}: ", end="", flush=True)
                if not self.equal(runs[-1]):
                    return False
        return True

    def client_killed(self) -> bool:
        """The client is killed three times, and started again with the same command."""
        done = list[int]()
        with LocalDask(self.preload) as dask:
            while len(done) < 3:
                client = self.shard("client", dask)
                more = (done[-1] if done else 0) + self.chance.randint(3, 12)
                while client.poll() is None and len(list((self.folder / "client" / "tasks").glob("*.json"))) < more:
                    time.sleep(0.2)
                client.kill()
                client.communicate()
                done.append(len(list((self.folder / "client" / "tasks").glob("*.json"))))
            said = self.shard_to_end("client", dask)
        print(f"the client killed after {', '.join(map(str, done))} tasks and started again: {_last(said)}: ", end="")
        return self.equal("client")

    def scheduler_killed(self) -> bool:
        """The scheduler is killed, and started again with its workers."""
        with LocalDask(self.preload) as dask:
            client = self.shard("scheduler", dask)
            with _drained(client) as said:
                while client.poll() is None and len(list((self.folder / "scheduler" / "tasks").glob("*.json"))) < 10:
                    time.sleep(0.2)
                dask.scheduler.kill()
                time.sleep(5)
                dask.end()
                dask.start()
                client.wait()
        told = [what for what in ("is gone", "is back") if any(what in line for line in said().splitlines())]
        print(f"the scheduler killed (said: it {', '.join(told)}): {_last(said())}: ", end="")
        return self.equal("scheduler") and len(told) == 2

    def poisoned(self) -> bool:
        """One article kills its worker."""
        poison = self.articles / "poison.txt"
        poison.write_text("POISON well\n\n“The well is dry,” said Odile Fenn.\n")
        with LocalDask(self.preload) as dask:
            said = self.shard_to_end("poisoned", dask)
        poison.unlink()
        named = [line for line in said.splitlines() if "poison.txt" in line]
        print(f"poisoned ({' | '.join(named)}): {_last(said)}: ", end="")
        db = self.folder / "poisoned.db"
        self.quotes("load", self.folder / "poisoned", "--db", db)
        return same_databases(self.added(), db, but=("failures",)) and len(named) == 1

    def cost(self) -> Iterator[str]:
        """CPU seconds of `quotes shard` in one process, in two, and on the cluster, and how long they took."""
        for workers in (1, 2):
            started, before = time.monotonic(), _cpu_of_children()
            self.quotes("shard", self.articles, "--out", self.folder / f"cost-{workers}", "--workers", workers, *self.model)
            yield f"{workers} processes: CPU {_cpu_of_children() - before:.0f} s, wall {time.monotonic() - started:.0f} s"
        with LocalDask() as dask:
            started, before = time.monotonic(), _cpu_of_children()
            self.shard_to_end("cost", dask)
            parts = {"client": _cpu_of_children() - before, **dask.cpu_seconds()}
            told = ", ".join(f"{what} {cpu:.1f}" for what, cpu in parts.items())
            yield f"the cluster, two workers: CPU {sum(parts.values()):.0f} s ({told}), wall {time.monotonic() - started:.0f} s"
        before = _cpu_of_children()
        self.quotes("load", self.folder / "cost", "--db", self.folder / "cost.db")
        yield f"quotes load: CPU {_cpu_of_children() - before:.0f} s"


@contextmanager
def _drained(client: subprocess.Popen[str]) -> Iterator[Callable[[], str]]:
    """Take what a process says while it runs; gives all of it at the end."""
    said: list[str] = []
    assert client.stderr is not None
    reader = threading.Thread(target=said.extend, args=[client.stderr])
    reader.start()
    yield lambda: "".join(said)
    reader.join()


def _last(said: str) -> str:
    return (said.strip().splitlines() or ["(nothing)"])[-1]


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all parts and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=10, help="how often to kill a worker")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--model", help="the extractor of the undisturbed run, and of --cost")
    parser.add_argument("--cost", type=int, nargs="+", metavar="ARTICLES", help="measure CPU seconds with so many articles each")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    model = ["--model", options.model] if options.model else []
    for articles in options.cost or ():
        with tempfile.TemporaryDirectory(prefix="quotes-cluster-") as name:
            runs = Runs(Path(name), model, random.Random(options.seed))
            write_articles(runs.articles, articles, options.seed)
            for line in runs.cost():
                print(f"{articles} articles: {line}", flush=True)
    if options.cost:
        return 0
    with tempfile.TemporaryDirectory(prefix="quotes-cluster-") as name:
        runs = Runs(Path(name), (), random.Random(options.seed), cheap=True)
        write_articles(runs.articles, options.articles, options.seed)
        outcomes = [
            runs.workers_killed(options.kills),
            runs.client_killed(),
            runs.scheduler_killed(),
            runs.poisoned(),
            Runs(Path(name), model, runs.chance).undisturbed(),
        ]
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    raise SystemExit(main())
