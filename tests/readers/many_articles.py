"""Many articles, all different, in one JSON Lines file, one Parquet file and one web archive; and what it takes to read them.

`python tests/readers/many_articles.py make FOLDER 10000` writes them; `… read FILE 10000` prints how many were read, a digest of what is
extracted from, and the peak of the memory in MB after a tenth of them and at the end.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import samples

PLACES = ("Tarn", "Skarvik", "Orsk", "Garnet Falls", "Penmarrow", "Quill Bay", "Vell", "Teku", "Builth", "Werrimull")
FIRST = ("Ines", "Idris", "Oona", "Maud", "Ephraim", "Delphine", "Cornelius", "Prisca", "Dorothea", "Gwenda", "Bronwyn", "Moana")
LAST = ("Duarte", "Penhale", "Brathwaite", "Ellingsen", "Stokes", "Marchetti", "Bast", "Holmgren", "Finch", "Tuckwell", "Fifita", "Nunn")
POSTS = ("the mayor", "the harbour master", "a farmer", "the treasurer", "the council’s engineer", "a teacher", "the minister of works")
THINGS = ("ferry", "bridge", "weir", "school", "library", "harbour", "levee", "mill", "market", "railway", "observatory", "dam")
DEEDS = ("will close in May", "is to be rebuilt", "has no money left", "will be sold", "opens again on Monday", "was never finished")


def text(number: int) -> str:
    """A headline and some paragraphs with quotes."""
    chance = random.Random(number)
    thing, place, deed = chance.choice(THINGS), chance.choice(PLACES), chance.choice(DEEDS)
    paragraphs = [f"The {thing} of {place} {deed}, decision {number} of the council"]
    for _ in range(chance.randint(3, 9)):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        other = f"The {chance.choice(THINGS)} in {chance.choice(PLACES)} {chance.choice(DEEDS)}"
        paragraphs.append(
            f"{other}, said {name}, {chance.choice(POSTS)} of {chance.choice(PLACES)}. “We counted {chance.randint(2, 9999)} of them,”"
            f" {name.split()[1]} said on day {chance.randint(1, 365)}, “and then we stopped.” Nobody was surprised by the number."
        )
    return "\n\n".join(paragraphs)


def records(count: int) -> Iterator[dict[str, str]]:
    for number in range(count):
        body = text(number)
        yield {"id": f"{number:06d}", "title": body.split("\n", 1)[0], "url": f"https://tarn.example/{number}", "text": body}


def make(folder: Path, count: int) -> None:
    import pyarrow
    import pyarrow.parquet

    with (folder / "many.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records(count))
    schema = pyarrow.schema([(name, pyarrow.string()) for name in ("id", "title", "url", "text")])
    with pyarrow.parquet.ParquetWriter(folder / "many.parquet", schema) as writer:
        kept: list[dict[str, str]] = []
        for record in records(count):
            kept.append(record)
            if len(kept) == 10_000:
                writer.write_table(pyarrow.Table.from_pylist(kept, schema))
                kept = []
        if kept:
            writer.write_table(pyarrow.Table.from_pylist(kept, schema))
    with (folder / "many.warc.gz").open("wb") as stream:
        samples.write_warc(stream, ((record["url"], samples.page(record["text"], record["url"])) for record in records(count)))


def peak() -> float:
    """The most memory that this process has held, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def read(path: str, count: int) -> None:
    from quotes.errors import ArticleError
    from quotes.readers import read as read_articles

    digest = hashlib.sha256()
    number, early = 0, 0.0
    for article in read_articles([path]):
        assert not isinstance(article, ArticleError), article
        digest.update(repr((article.text, article.title, article.url, article.zones)).encode())
        number += 1
        if number == count // 10:
            early = peak()
    print(number, digest.hexdigest(), round(early, 1), round(peak(), 1))


if __name__ == "__main__":
    what, where, how_many = sys.argv[1:]
    make(Path(where), int(how_many)) if what == "make" else read(where, int(how_many))
