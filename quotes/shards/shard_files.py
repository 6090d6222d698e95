"""Shards: what tasks found, as Parquet files under one address, for `quotes load` and for every program that reads Parquet.

    articles/SHARD.parquet       a row an article, with everything that was found in it
    quotes/SHARD.parquet         a row a quote, as in the database, with the names of speaker and institution
    appearances/SHARD.parquet    a row a speaker within an article
    affiliations/SHARD.parquet   a row a title and institution of a speaker
    tasks/TASK.json              which shard a task made, what it could not read, which sources it read to their end

A shard is named by what is in it, so the same articles make the same file; one counts once its task's file is there, which is written last.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from typing import Any, NamedTuple, TypeVar

from quotes.errors import ClusterError
from quotes.linking import InstitutionIdentity
from quotes.records import Article, Quote, Zone
from quotes.shards.stored_files import StoredFiles
from quotes.store import Run
from quotes.store.bulk.staged_rows import LISTS, NAMES, STAGED, StagedArticle, StagedRows, staged_rows
from quotes.store.overrides.extractions import packed, unpacked
from quotes.store.schema.declaration import Table
from quotes.store.schema.statements import Row

_Row = TypeVar("_Row")


class Found(NamedTuple):
    """An article with its quotes, and by what run they were found."""

    article: Article
    quotes: tuple[Quote, ...]
    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a task did: its shard (None without articles), the numbers of articles and quotes, `failures` as pairs of source and message,
    and the sources that were read to their end. `place` orders the tasks; one that was `given_up` may be tried again."""

    task: str
    place: tuple[int, ...]
    shard: str | None = None
    articles: int = 0
    quotes: int = 0
    failures: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    given_up: bool = False


class Shards:
    """The shards at an address, as `StoredFiles` takes it. Raises ClusterError."""

    def __init__(self, address: str) -> None:
        self._files = StoredFiles(address)
        self.address = address

    def reports(self) -> dict[str, Report]:
        """The reports of the tasks that are done, by the tasks' names, in their order; one that was cut short counts as not done."""
        found = {}
        for name in self._files.names("tasks/*.json"):
            try:
                plain = json.loads(self._files.read(name))
                report = Report(**{**plain, **{name: tuple(map(_plain, plain[name])) for name in ("place", "failures", "sources")}})
            except (ValueError, TypeError, KeyError):
                continue
            found[report.task] = report
        return found

    def write(self, report: Report, found: Sequence[Found]) -> Report:
        """Write the shard of a task and its report, which is returned with the shard's name and numbers."""
        if found:
            staged = [staged_rows(*each) for each in found]
            rows = [_article_row(each, more) for each, more in zip(found, staged, strict=True)]
            shard = _name_of(rows)
            quotes = sum(len(each.quotes) for each in found)
            self._put(f"articles/{shard}.parquet", _parquet(rows, _article_schema()))
            for table in STAGED:
                plain = [row for each in staged for row in getattr(each, table.name)]
                self._put(f"{table.name}/{shard}.parquet", _parquet(plain, _schema(table)))
            report = replace(report, shard=shard, articles=len(rows), quotes=quotes)
        self._put(f"tasks/{report.task}.json", json.dumps(asdict(report), ensure_ascii=False).encode("utf-8", "surrogateescape"))
        return report

    def read(self, shard: str) -> Iterator[Found]:
        """The articles of a shard. Raises ClusterError where it is missing or damaged."""
        return self._rows("articles", shard, lambda batch: map(_found, batch.to_pylist()))

    def staged(self, shard: str) -> tuple[list[StagedArticle], dict[Table, list[Row]]]:
        """The articles of a shard with their rows, as `bulk_load` takes them. Raises ClusterError where it is missing or damaged."""
        articles = list(self._rows("articles", shard, lambda batch: map(_staged, batch.to_pylist())))
        return articles, {table: list(self._rows(table.name, shard, partial(_columns, names))) for table, names in STAGED.items()}

    def _rows(self, folder: str, shard: str, rows_of: Callable[[Any], Iterable[_Row]]) -> Iterator[_Row]:
        import pyarrow.parquet  # type: ignore[import-untyped]

        name = f"{folder}/{shard}.parquet"
        with self._files.open(name) as file:
            try:
                for batch in pyarrow.parquet.ParquetFile(file).iter_batches(batch_size=1_000):
                    yield from rows_of(batch)
            except (ValueError, TypeError, KeyError) as error:
                what = f"{self._files.path(name)}: is a damaged shard, or one of another version of quotes ({error})"
                raise ClusterError(f"{what}: remove its task and run `quotes shard` again") from error

    def _put(self, name: str, data: bytes) -> None:
        self._files.put(name, [data], writer=hashlib.sha256(data).hexdigest()[:8])


def _columns(names: Sequence[str], batch: Any) -> Iterable[Row]:
    return zip(*(batch.column(name).to_pylist() for name in names), strict=True)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _name_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """The name of a shard: the same for the same articles with the same quotes."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(f"{row['id']} {row['extractor']} {row['path']} ".encode("utf-8", "surrogateescape") + row["records"])
    return digest.hexdigest()[:24]


def _parquet(rows: Sequence[Mapping[str, Any]], schema: Any) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), out, compression="zstd", row_group_size=1_000)
    return out.getvalue()


#: Fields of `Article` and of `Run` that a row holds as they are.
_TEXTS = ("text", "path", "title", "dateline", "outlet", "published", "section", "url", "language", "modified")
_STRINGS = ("byline", "boilerplate", "topics")
_RUN = ("extractor", "program", "model", "model_digest", "spacy_model")


@cache
def _article_schema() -> Any:
    import pyarrow as pa

    zone = pa.struct([("kind", pa.string()), ("start", pa.int64()), ("end", pa.int64())])
    institution = pa.struct([("id", pa.int64()), ("name", pa.string()), ("acronym", pa.string())])
    return pa.schema(
        [
            ("id", pa.int64()),
            *((name, pa.string()) for name in _TEXTS),
            *((name, pa.list_(pa.string())) for name in _STRINGS),
            ("zones", pa.list_(zone)),
            *((name, pa.string()) for name in (*_RUN, "options")),
            ("records", pa.binary()),
            ("institutions", pa.list_(institution)),
            ("bands", pa.list_(pa.int64())),
        ]
    )


def _article_row(found: Found, staged: StagedRows) -> dict[str, Any]:
    article, run = found.article, found.run
    return {
        "id": article.id,
        **{name: getattr(article, name) for name in _TEXTS},
        **{name: list(getattr(article, name)) for name in _STRINGS},
        "zones": [{"kind": zone.kind, "start": zone.start, "end": zone.end} for zone in article.zones],
        **{name: getattr(run, name) for name in _RUN},
        "options": json.dumps(dict(run.options), sort_keys=True, ensure_ascii=False),
        "records": packed(article, found.quotes),
        "institutions": [each._asdict() for each in staged.institutions],
        "bands": staged.bands,
    }


def _article(row: Mapping[str, Any]) -> tuple[Article, Run]:
    fields: dict[str, Any] = {name: row[name] for name in _TEXTS} | {name: tuple(row[name]) for name in _STRINGS}
    article = Article(**fields, zones=tuple(Zone(**zone) for zone in row["zones"]))
    return article, Run(**{name: row[name] for name in _RUN}, options=json.loads(row["options"]))


def _found(row: Mapping[str, Any]) -> Found:
    article, run = _article(row)
    return Found(article, unpacked(row["records"])[1], run)


def _staged(row: Mapping[str, Any]) -> StagedArticle:
    institutions = [InstitutionIdentity(**each) for each in row["institutions"]]
    return StagedArticle(*_article(row), row["records"], institutions, row["bands"])


@cache
def _schema(table: Table) -> Any:
    """The columns of a table whose rows are staged."""
    import pyarrow as pa

    types = {"INTEGER": pa.int64(), "TEXT": pa.string(), "REAL": pa.float64()}
    columns = [(each.name, types[each.type]) for each in table.columns if each.name in STAGED[table]]
    lists = [(name, pa.list_(types[kind])) for name, kind in LISTS[table].items()]
    return pa.schema([*columns, *lists, *((name, pa.string()) for name in NAMES[table])])
