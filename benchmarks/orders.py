"""Is the database the same in whatever order articles come? `python -m benchmarks.orders ARTICLES [--model NAME]`.

The articles are extracted once and stored three times: as they come, all at once; shuffled, a hundred at a time; and shuffled otherwise,
seven at a time. Of each table a hash of its rows is printed. Exit status 0 if they are the same.

Left out are the times when something was done, and the path of an article: of a text that stands in two files it is the first one's.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.endurance import TIMES, stored_rows
from quotes.errors import ArticleError
from quotes.extract import Extracted, extract
from quotes.pipeline import load
from quotes.readers import read
from quotes.store import Store
from quotes.store.schema import TABLES

#: Articles that are stored before the database is closed and opened again; None for all of them.
BATCHES = (None, 100, 7)


def main(arguments: Sequence[str] | None = None) -> int:
    """Extract, store in each order, and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--model")
    options = parser.parse_args(arguments)
    articles = (each for each in read([options.articles]) if not isinstance(each, ArticleError))
    extracted = list(extract(articles, load(model=options.model)))
    found = []
    with tempfile.TemporaryDirectory(prefix="quotes-orders-") as folder:
        for seed, batch in enumerate(BATCHES):
            found.append(contents(stored(extracted, Path(folder) / f"{seed}.db", batch=batch, seed=seed)))
            print(f"order {seed + 1}, {batch or 'all'} at a time:", *(f"{name} {told}" for name, told in found[-1].items()), sep="\n  ")
    same = all(each == found[0] for each in found)
    print("the same in every order" if same else "NOT the same in every order")
    return 0 if same else 1


def stored(extracted: Sequence[Extracted], path: Path, *, batch: int | None, seed: int) -> Path:
    """A database of what was extracted, in the order that a seed gives; 0 is the order as it came."""
    order = list(extracted)
    if seed:
        random.Random(seed).shuffle(order)
    for first in range(0, len(order), batch or len(order)):
        with Store.open(path, create=True) as store:
            for article, quotes in order[first : first + (batch or len(order))]:
                if not isinstance(quotes, ArticleError):
                    store.save(article, quotes, extractor="orders")
    return path


def contents(path: Path) -> Mapping[str, str]:
    """For each table how many rows it has, and the beginning of a SHA-256 over them."""
    found = {}
    with Store.open(path, create=False) as store:
        for table in TABLES:
            rows = stored_rows(store, table, without=TIMES | ({"path"} if table.name == "articles" else set()))
            found[table.name] = f"{len(rows)} rows, {hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"
    return found


if __name__ == "__main__":
    raise SystemExit(main())
