"""How the time to link and store a quote grows with the database: `python -m benchmarks.growth`.

Invented articles are saved as `quotes add` saves them, without reading or extraction. Prints the milliseconds of a quote for each tenth,
by the processor's clock and by the wall's; the first `WARM_UP` quotes are left out of it, since every word list and every page of an empty
database is met there for the first time.

A machine that others use as well is not equally fast for minutes on end, so the last tenth is saved by turns with the first tenth of
a second, empty database, article by article: how the one compares to the other is the growth, whatever the machine did meanwhile.
"""

from __future__ import annotations

import argparse
import operator
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.synthetic import Archive
from quotes.store import Store

#: Quotes that are saved before the clock starts.
WARM_UP = 500


class Time(NamedTuple):
    """What saving some quotes took, in seconds."""

    quotes: int
    processor: float
    wall: float

    def __str__(self) -> str:
        return f"{self.processor / self.quotes * 1000:>20.3f}  {self.wall / self.quotes * 1000:>15.3f}"


def saving(store: Store, quotes: int) -> Iterator[Time]:
    """Save so many invented quotes and some before, for warming up; after each article comes what it took."""
    warm = 0
    for article, found in Archive(100_000).articles(quotes + 2 * WARM_UP):
        processor, wall = time.process_time(), time.perf_counter()
        store.save(article, found, extractor="growth")
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
