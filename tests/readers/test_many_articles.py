"""Many articles in one file: the same text byte for byte whichever way they came, in memory that does not grow.

`QUOTES_MANY=10000` reads as many; a few hundred, as here, are enough to see a reader that holds what it has read.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
import samples

MANY = int(os.environ.get("QUOTES_MANY", "600"))
#: Prints how many articles were read, a digest of what was read, and the peak of the memory in MB after a tenth and at the end.
READ = """
import hashlib, sys
from pathlib import Path
from quotes.readers import read
peak = lambda: int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
digest, early = hashlib.sha256(), 0
for number, article in enumerate(read([sys.argv[1]]), 1):
    digest.update(repr((article.text, article.title, article.url, article.zones)).encode())
    early = early or (number >= int(sys.argv[2]) // 10 and peak())
print(number, digest.hexdigest(), early, peak())
"""


def record(number):
    said = (f"“We counted {number * each} of them,” Ines Duarte said on day {each}, “and then we stopped.” " for each in range(3, 12))
    text = f"The ferry of Tarn will close in May, decision {number} of the council\n\n" + "\n\n".join((each * 4).strip() for each in said)
    return {"id": f"{number:06d}", "title": text.split("\n", 1)[0], "url": f"https://tarn.example/{number}", "text": text}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    with (folder / "many.jsonl").open("w") as file:
        file.writelines(json.dumps(record(number)) + "\n" for number in range(MANY))
    with (folder / "many.warc.gz").open("wb") as stream:
        samples.write_warc(stream, ((each["url"], samples.page(each["text"], each["url"])) for each in map(record, range(MANY))))
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(list(map(record, range(MANY)))), folder / "many.parquet")
    return folder


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of the memory")
def test_the_text_is_the_same_and_memory_flat(folder):
    digests = set()
    for name in ("many.jsonl", "many.parquet", "many.warc.gz"):
        command = [sys.executable, "-c", READ, str(folder / name), str(MANY)]
        number, digest, early, late = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        assert int(number) == MANY
        # Parquet holds a page of each column and a row group's dictionary, 30 MB here however many rows there are.
        assert float(late) - float(early) < 30, f"{name} took {early} MB after a tenth and {late} MB at its end"
        digests.add(digest)
    assert len(digests) == 1
