"""What a user says about how to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "text", "html", "jsonl", "json", "csv", "tsv", "xlsx", "parquet", "feed", "warc", "eml", "docx", "rtf", "pdf", "zip", "tar",
    "compressed",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The names of the columns (CSV) or fields (JSON) that hold each part of an article; None looks for the usual names."""

    text: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    section: str | None = None
    id: str | None = None
    language: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record begins, so that reading may begin there.

    `record` is how many records are before it, `byte` how many bytes; `told` is what its reader must know of those records (how many
    pages, lines, or words), as is `codec`. Of these bytes `again` have to be gone through to get there: in a compressed file, all.
    """

    record: int
    byte: int
    told: int
    codec: str = ""
    again: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How inputs are to be read, as far as a user says so.

    `columns` names the columns of tables. `kind` is that of every file and address (not of what lies in an archive, an e-mail or a feed),
    `encoding` that of everything that is text; None finds them out. `fetcher` (a `Fetcher` of `quotes.readers.fetch`) fetches addresses,
    and without one nothing is fetched; `links` is whether entries of feeds without their full text are fetched. `outlet`, `published`
    (ISO 8601) and `byline` are those of every article, whatever it says. `part` is the first
    and the last (exclusive) number, from 0, of the articles to read of an input that holds many; None: to the end. `place` is where one of
    them, or of those before them, begins.
    """

    columns: Columns = field(default_factory=Columns)
    kind: Kind | None = None
    encoding: str | None = None
    fetcher: Any = None
    links: bool = True
    outlet: str | None = None
    published: str | None = None
    byline: tuple[str, ...] = ()
    part: tuple[int, int | None] = (0, None)
    place: Place | None = None

    @property
    def stated(self) -> dict[str, Any]:
        """The fields that a user states of every article."""
        fields = {"outlet": self.outlet, "published": self.published, "byline": self.byline}
        return {name: value for name, value in fields.items() if value}

    def part_from(self, record: int) -> tuple[int, int | None]:
        """The part, where the first article has this number instead of 0."""
        first, stop = self.part
        return first - record, None if stop is None else stop - record
