"""Reading and extraction in tasks, each of which writes a shard."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotes.configured_extractor import Extractor, of_this_process
from quotes.errors import ArticleError, TaskError
from quotes.readers import Reading
from quotes.readers.parts import Part, halves_of, parts_of, read_part, size_and_stamp
from quotes.records import Article
from quotes.shards.shard_files import Found, Report, Shards
from quotes.store import Run


@dataclass(frozen=True, slots=True)
class ShardTask:
    """What one process reads, extracts and writes at a time; `place` orders the tasks of a run."""

    name: str
    place: tuple[int, ...]
    part: Part
    out: str
    extractor: Extractor
    settings: Reading


RunTasks = Callable[[Callable[[ShardTask], Report], Iterable[ShardTask]], Iterator[tuple[ShardTask, Report | TaskError]]]


def write_shards(paths: Sequence[str], shards: Shards, extractor: Extractor, settings: Reading, run_tasks: RunTasks) -> Iterator[Report]:
    """Read files, folders and patterns, extract, and write shards; yields what each task did that was not done before.

    `run_tasks` is `Cluster.run`, or `run_in_processes` with a number of workers. A part whose process dies is divided until it is one
    input, which is named among the failures and left out. Raises ClusterError.
    """
    done = {name for name, report in shards.reports().items() if not report.given_up}
    unreadable: list[Report] = []
    divided: list[ShardTask] = []

    def task_of(part: Part, *place: int) -> ShardTask:
        name = _name(part, list(map(size_and_stamp, part.files)), extractor.run.extractor, settings)
        return ShardTask(name, place, part, shards.address, extractor.of_one_process, settings)

    def tasks() -> Iterator[ShardTask]:
        for place, part in enumerate(parts_of(paths, settings)):
            if isinstance(part, ArticleError):
                failure = (_source(part), str(part))
                unreadable.append(shards.write(Report(task=_name(str(part)), place=(place,), failures=(failure,)), ()))
            elif (task := task_of(part, place)).name not in done:
                yield task

    following: Iterable[ShardTask] = tasks()
    while following:
        halves: list[ShardTask] = []
        for task, outcome in run_tasks(extract_part, following):
            if not isinstance(outcome, TaskError):
                yield outcome
            elif some := halves_of(task.part):
                divided.append(task)
                halves += [task_of(half, *task.place, at) for at, half in enumerate(some)]
            else:
                failures = tuple((file, f"{file}: {outcome}") for file in task.part.files)
                yield shards.write(Report(task=task.name, place=task.place, failures=failures, given_up=True), ())
        following = halves
    yield from unreadable
    for task in divided:
        shards.write(Report(task=task.name, place=task.place), ())


def _source(error: ArticleError) -> str:
    return error.source or str(error).split(": ")[0]


def _name(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:24]


# A process has one pipeline, however many threads a Dask worker runs.
_one_at_a_time = threading.Lock()


def extract_part(task: ShardTask) -> Report:
    """Read a part, extract from its articles, and write its shard; for the processes that do the work."""
    failures: list[tuple[str, str]] = []
    sources: list[str] = []
    found: list[Found] = []
    order: dict[int, int] = {}

    def in_english() -> Iterator[Article]:
        for article in read_part(task.part, task.settings, sources.append):
            if isinstance(article, ArticleError):
                failures.append((_source(article), str(article)))
                continue
            order.setdefault(article.id, len(order))
            if article.is_foreign:
                found.append(Found(article, (), Run(f"none, for {article.language}")))
            else:
                yield article

    with _one_at_a_time:
        extractor = of_this_process(task.extractor)
        for article, quotes in extractor.extract(in_english()):
            if isinstance(quotes, ArticleError):
                failures.append((_source(quotes), str(quotes)))
            else:
                found.append(Found(article, quotes, extractor.run))
    found.sort(key=lambda each: order[each.article.id])
    report = Report(task=task.name, place=task.place, failures=tuple(failures), sources=tuple(sources))
    return Shards(task.out).write(report, found)
