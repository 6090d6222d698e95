"""How the time to link and store a quote grows with the database, and how much is written: `python -m benchmarks.growth`.

Invented articles are saved as `quotes add` saves them, without reading or extraction. Prints the processor's milliseconds for a quote of
each tenth, and the pages of 4 KB that its transactions write to the log; the first `WARM_UP` quotes are left out of it, since every word
list and every page of an empty database is met there for the first time.

A machine that others use as well is not equally fast for minutes on end, so the last tenth is saved by turns with the first tenth of
a second, empty database, one transaction after the other: how the one compares to the other is the growth, whatever the machine did
meanwhile.
"""

from __future__ import annotations

import argparse
import operator
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.synthetic import Archive
from quotes.cli.intake import TOGETHER
from quotes.store import Store

#: Quotes that are saved before the clock starts.
WARM_UP = 500
#: Bytes of a page in the log, with its header.
_FRAME = 4096 + 24


class Time(NamedTuple):
    """What saving some quotes took, in seconds of the processor and pages written to the log."""

    quotes: int
    seconds: float
    pages: int = 0

    @property
    def each(self) -> float:
        """Milliseconds for a quote."""
        return self.seconds / self.quotes * 1000


def saving(store: Store, quotes: int, together: int) -> Iterator[Time]:
    """Save so many invented quotes and some before, for warming up; after each transaction of so many articles comes what it took."""
    warm, log, articles = 0, Path(f"{store.path}-wal"), Archive(100_000).articles(quotes + 2 * WARM_UP)
    while some := list(islice(articles, together)):
        started, number = time.process_time(), sum(len(found) for _, found in some)
        with store.together():
            for article, found in some:
                store.save(article, found, extractor="growth")
        # The log is folded in by hand, as it would be by itself now and then, so that its size tells what was written.
        pages = log.stat().st_size // _FRAME
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if warm >= WARM_UP:
            yield Time(number, time.process_time() - started, pages)
        warm += number


def _by_turns(several: Sequence[Iterator[Time]], quotes: int) -> list[Time]:
    """The next transactions of each with so many quotes, one of each after the other."""
    sums = [Time(0, 0.0, 0) for _ in several]
    while min(each.quotes for each in sums) < quotes:
        found = [each for each in (next(one, None) for one in several) if each]
        if len(found) < len(several):
            break
        sums = [Time(*map(operator.add, one, more)) for one, more in zip(sums, found, strict=True)]
    return sums


def measure(store: Store, empty: Store, quotes: int, together: int) -> tuple[list[Time], Time]:
    """Save so many quotes; gives what each tenth took, and what the first tenth took in `empty`, saved by turns with the last."""
    grown = saving(store, quotes, together)
    tenths = [_by_turns([grown], quotes // 10)[0] for _ in range(9)]
    last, first = _by_turns([grown, saving(empty, quotes, together)], quotes // 10)
    return [*tenths, last], first


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one line for each tenth, and the last against the first."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--quotes", type=int, default=100_000, help="how many quotes to save")
    parser.add_argument("--together", type=int, default=TOGETHER, help="how many articles to save in one transaction")
    options = parser.parse_args(arguments)
    quotes: int = options.quotes
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
        path = Path(folder) / "growth.db"
        with Store.open(path, create=True) as store, Store.open(Path(folder) / "empty.db", create=True) as empty:
            tenths, first = measure(store, empty, quotes, options.together)
            counts = store.counts()
        for number, each in enumerate(tenths, start=1):
            print(f"{quotes * number // 10:>8} quotes: {each.each:.3f} ms and {each.pages / each.quotes:.1f} pages each")
        print(f"by turns with the last, the first: {first.each:.3f} ms each; last/first {tenths[-1].each / first.each:.2f}")
        print(", ".join(f"{counts[name]} {name}" for name in ("articles", "speakers", "institutions", "utterances", "merge_candidates")))
        print(f"{path.stat().st_size / counts['quotes']:.0f} bytes a quote")


if __name__ == "__main__":
    main()
