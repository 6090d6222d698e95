"""Does `quotes add` withstand being killed, a second writer, another order of the articles and a full disk? In each case the database
must end as that of an undisturbed run.

    python -m benchmarks.endurance ARTICLES [--kills 100] [--seed 0] [--model NAME]
    python -m benchmarks.endurance --load 20000 [--kills 30] [--seed 0]

ARTICLES is a folder. Every run is a process of its own, killed by SIGKILL. The full disk is a small file system in memory, which takes the
right to mount one; without it that part is left out, and said. With `--load`, `quotes load` is killed instead, with shards of so many
invented quotes. Exit status 0 if all databases are equal, row for row.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.synthetic import write_shards
from quotes.errors import StoreError
from quotes.extract import BATCH
from quotes.store import Store
from quotes.store.schema import TABLES, Table

#: Not compared: when something was done.
TIMES = frozenset({"at", "met", "first", "last", "checked", "again", "undone_at"})

#: How many batches a run may get through at most before it is killed.
REACH = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all parts and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="?")
    parser.add_argument("--load", type=int, metavar="QUOTES", help="kill `quotes load` of so many invented quotes instead")
    parser.add_argument("--kills", type=int, default=100, help="how often to kill the run")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--model", default="rules")
    options = parser.parse_args(arguments)
    if (options.articles is None) == (options.load is None):
        parser.error("name a folder of articles, or --load")
    with tempfile.TemporaryDirectory(prefix="quotes-endurance-") as name:
        folder = Path(name)
        if options.load:
            return 0 if _load_killed(folder, options.load, options.kills, options.seed) else 1
        add = [sys.executable, "-m", "quotes", "add", str(options.articles), "--model", options.model, "--db"]
        started = time.monotonic()
        subprocess.run([*add, str(folder / "whole.db")], check=True)
        seconds = time.monotonic() - started
        print(f"undisturbed: {seconds:.0f} s")
        outcomes = [
            _killed(add, folder, options.kills, seconds, random.Random(options.seed)),
            _two_at_once(add, folder),
            _other_order(add, folder, options.articles, random.Random(options.seed)),
            _full_disk(add, folder),
        ]
    return 0 if all(outcomes) else 1


def _killed(add: Sequence[str], folder: Path, kills: int, seconds: float, chance: random.Random) -> bool:
    """Kill runs until so many kills have fallen while articles were missing, or none is missing any more."""
    database, whole = folder / "killed.db", _count(folder / "whole.db")
    started = time.monotonic()  # what a run takes that has nothing to do but to find that out
    subprocess.run([*add, str(folder / "whole.db")], check=True, stderr=subprocess.DEVNULL)
    ready = time.monotonic() - started
    batch = (seconds - ready) * BATCH / max(1, whole)
    stored = list[int]()
    while len(stored) < kills and (not stored or stored[-1] < whole):
        process = subprocess.Popen([*add, str(database)], stderr=subprocess.DEVNULL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=chance.uniform(ready / 2, ready + REACH * batch))
        process.kill()
        process.wait()
        stored.append(_count(database) if database.exists() else 0)
    subprocess.run([*add, str(database)], check=True, stderr=subprocess.DEVNULL)
    after_tens = ", ".join(map(str, stored[9::10]))
    print(f"killed {len(stored)} times while adding {whole} articles (stored after every tenth: {after_tens}): ", end="")
    return same_databases(folder / "whole.db", database)


def _load_killed(folder: Path, quotes: int, kills: int, seed: int) -> bool:
    """Kill loads at random instants, and go on with each until it is done, before the next begins."""
    write_shards(folder / "shards", quotes, seed=seed)
    load = [sys.executable, "-m", "quotes", "load", str(folder / "shards"), "--db"]
    started = time.monotonic()
    subprocess.run([*load, str(folder / "whole.db")], check=True)
    seconds = time.monotonic() - started
    chance, database, killed, loaded = random.Random(seed), folder / "killed.db", 0, 0
    while True:
        process = subprocess.Popen([*load, str(database)], stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=chance.uniform(0, seconds) if killed < kills else None)
        except subprocess.TimeoutExpired:
            process.kill()
            killed += process.wait() != 0
            continue
        loaded += 1
        print(f"loads of {seconds:.0f} s killed {killed} times, {loaded} of them done: ", end="", flush=True)
        if process.returncode or not same_databases(folder / "whole.db", database):
            return False
        if killed >= kills:
            return True
        database.unlink()


def _two_at_once(add: Sequence[str], folder: Path) -> bool:
    database = folder / "two.db"
    both = [subprocess.Popen([*add, str(database)], stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[1].strip().splitlines()[-1] for process in both]
    subprocess.run([*add, str(database)], check=True, stderr=subprocess.DEVNULL)
    statuses = sorted(process.returncode for process in both)
    print(f"two at once (exit statuses {statuses}; said: {' | '.join(said)}): ", end="")
    return same_databases(folder / "whole.db", database)


def _other_order(add: Sequence[str], folder: Path, articles: Path, chance: random.Random) -> bool:
    """Add the files in random order, in three runs. Of a text that is in two files the path is that of the first, so paths are left out."""
    files = sorted(str(path) for path in articles.rglob("*") if path.is_file())
    chance.shuffle(files)
    for first in range(3):
        command = [each for part in add for each in (files[first::3] if part == str(articles) else [part])]
        subprocess.run([*command, str(folder / "order.db")], check=True, stderr=subprocess.DEVNULL)
    print("in another order: ", end="")
    return same_databases(folder / "whole.db", folder / "order.db", without=TIMES | {"path"})


def _full_disk(add: Sequence[str], folder: Path) -> bool:
    size = (folder / "whole.db").stat().st_size
    with _small_disk(folder / "small", size * 2 // 5) as small:
        if small is None:
            print("full disk: left out, a small file system cannot be mounted here")
            return True
        failed = subprocess.run([*add, str(small / "full.db")], stderr=subprocess.PIPE, text=True, check=False)
        said = [line for line in failed.stderr.splitlines() if "disk" in line or "space" in line][-1:]
        for path in small.iterdir():
            shutil.copy(path, folder / path.name)
    stored = _count(folder / "full.db")
    subprocess.run([*add, str(folder / "full.db")], check=True, stderr=subprocess.DEVNULL)
    print(f"full disk (exit status {failed.returncode}, {stored} articles stored; said: {' '.join(said)}): ", end="")
    return failed.returncode == 1 and same_databases(folder / "whole.db", folder / "full.db")


@contextlib.contextmanager
def _small_disk(folder: Path, size: int) -> Iterator[Path | None]:
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False, capture_output=True)
    try:
        yield folder if mounted.returncode == 0 else None
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", str(folder)], check=True)


def _count(database: Path) -> int:
    try:
        with Store.open(database, create=False) as store:
            return store.counts()["articles"]
    except StoreError:
        return 0  # killed before the first article


def same_databases(one: Path, other: Path, without: frozenset[str] = TIMES, but: Sequence[str] = ()) -> bool:
    """Whether two databases hold the same rows, without some columns and in all tables but some; says so."""
    tables = [table for table in TABLES if table.name not in but]
    with Store.open(one, create=False) as first, Store.open(other, create=False) as second:
        rows = {table.name: [_stored_rows(store, table, without) for store in (first, second)] for table in tables}
    different = [name for name, (here, there) in rows.items() if here != there]
    print(f"differs in {', '.join(different)}" if different else f"equal in {len(tables)} tables")
    return not different


def _stored_rows(store: Store, table: Table, without: frozenset[str]) -> list[tuple[Any, ...]]:
    """The rows of a table in a fixed order, without some columns."""
    columns = ", ".join(f'"{name}"' for name in table.names if name not in without)
    rows: list[tuple[Any, ...]] = store.db.execute(f"select {columns} from {table.name} order by 1, 2").fetchall()
    return rows


if __name__ == "__main__":
    raise SystemExit(main())
