"""What a user says about how to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "text", "html", "jsonl", "json", "csv", "tsv", "xlsx", "parquet", "feed", "warc", "eml", "docx", "rtf", "pdf", "zip", "tar",
    "compressed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record begins, so that reading may begin there.

    `record` is how many records are before it, `byte` how many bytes; `told` is what its reader must know of those records (how many
    pages, lines, or words), as is `codec`. Of a compressed file `raw` bytes can be left out, which hold the first `skipped` of those bytes.
    """

    record: int
    byte: int
    told: int
    raw: int
    skipped: int
    codec: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How inputs are to be read, as far as a user says so.

    `columns` names the columns of tables, or fields of records, that hold a part of an article (`text`, `title` …). `kind` is that of every
    file and address (not of what lies in an archive, an e-mail or a feed), `encoding` that of everything that is text; None finds them out.
    `fetcher` (a `Fetcher` of `quotes.readers.fetch`) fetches addresses, and without one nothing is fetched; `links` is whether entries of
    feeds without their full text are fetched. `stated` are fields of every article, whatever it says. `part` is the first and the last
    (exclusive) number, from 0, of the articles to read of an input that holds many; None: to the end. `place` is where one of them, or of
    those before them, begins.
    """

    columns: Mapping[str, str] = field(default_factory=dict, hash=False)
    kind: Kind | None = None
    encoding: str | None = None
    fetcher: Any = None
    links: bool = True
    stated: Mapping[str, Any] = field(default_factory=dict, hash=False)
    part: tuple[int, int | None] = (0, None)
    place: Place | None = None

    def part_from(self, record: int) -> tuple[int, int | None]:
        """The part, where the first article has this number instead of 0."""
        first, stop = self.part
        return first - record, None if stop is None else stop - record
