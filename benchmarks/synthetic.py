"""A large database of invented quotes, to measure the site by: `python -m benchmarks.synthetic FILE --quotes 1000000`.

Articles are saved as `quotes add` saves them, without reading or extraction: a thousand quotes take a second or two.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tqdm import tqdm

from benchmarks.invented import Archive
from quotes.store import Store


def make(path: Path, quotes: int, *, seed: int = 1) -> None:
    """Write a new database of `quotes` invented quotes to `path`, the same for the same seed.

    Raises StoreError where the file cannot be made, FileExistsError where there is one.
    """
    if path.exists():
        raise FileExistsError(f"{path}: it is there already: name a new file, or delete it")
    with Store.open(path, create=True) as store, tqdm(total=quotes, unit="quote", disable=None) as bar:
        for article, found in Archive(quotes, seed).articles(quotes):
            store.save(article, found, extractor="synthetic")
            bar.update(len(found))
        store.db.execute("analyze")


def main() -> None:
    """The command: a file to make and how many quotes are to be in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    make(options.path, options.quotes, seed=options.seed)


if __name__ == "__main__":
    main()
