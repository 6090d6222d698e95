"""Many articles in one file: the same text byte for byte whichever way they came, in memory that does not grow.

`QUOTES_MANY=10000` reads as many; a few hundred, as here, are enough to see a reader that holds what it has read.
"""

import os
import subprocess
import sys
from pathlib import Path

import many_articles
import pytest

MANY = int(os.environ.get("QUOTES_MANY", "600"))
FILES = ("many.jsonl", "many.parquet", "many.warc.gz")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    many_articles.make(folder, MANY)
    return folder


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of the memory")
def test_the_text_is_the_same_and_memory_flat(folder):
    found = {}
    for name in FILES:
        command = [sys.executable, many_articles.__file__, "read", str(folder / name), str(MANY)]
        number, digest, early, late = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        assert int(number) == MANY
        # Parquet holds a page of each column and a row group's dictionary, 30 MB here however many rows there are.
        assert float(late) - float(early) < 30, f"{name} took {early} MB after a tenth and {late} MB at its end"
        found[name] = digest
    assert len(set(found.values())) == 1
