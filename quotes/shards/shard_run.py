"""Reading and extraction in tasks, each of which writes a shard."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from quotes.configured_extractor import Extractor, of_this_process
from quotes.errors import ArticleError, TaskError
from quotes.readers import Reading
from quotes.readers.parts import Part, halves_of, parts_of, places_of, read_part, size_and_stamp
from quotes.records import Article
from quotes.shards.shard_files import Found, Report, Shards
from quotes.store import Run

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class ShardTask:
    """What one process reads, extracts and writes at a time; `place` orders the tasks of a run."""

    name: str
    place: tuple[int, ...]
    part: Part
    out: str
    extractor: Extractor
    settings: Reading


class RunTasks(Protocol):
    """`Cluster.run`, or `run_in_processes` with a number of workers."""

    def __call__(
        self, work: Callable[[ShardTask], Result], tasks: Iterable[ShardTask], /
    ) -> Iterator[tuple[ShardTask, Result | TaskError]]:
        """Each task with what `work` makes of it, or with why it was given up."""


class ShardRun:
    """Files, folders and patterns that are read, extracted from, and written as shards, but for the tasks that are done already.

    Raises ClusterError.
    """

    def __init__(self, paths: Sequence[str], shards: Shards, extractor: Extractor, settings: Reading) -> None:
        self._paths, self._shards, self._extractor, self._settings = paths, shards, extractor, settings
        self._done = {name for name, report in shards.reports().items() if not report.given_up}

    def tasks(self) -> Iterator[ShardTask | tuple[int, ArticleError]]:
        """The tasks that are to be done, and what cannot be found, with its place among them."""
        for place, part in enumerate(parts_of(self._paths, self._settings)):
            if isinstance(part, ArticleError):
                yield place, part
            elif (task := self._task(part, place)).name not in self._done:
                yield task

    def _task(self, part: Part, *place: int) -> ShardTask:
        name = _name(part, list(map(size_and_stamp, part.files)), self._extractor.run.extractor, self._settings)
        return ShardTask(name, place, part, self._shards.address, self._extractor.of_one_process, self._settings)

    def __call__(self, run_tasks: RunTasks) -> Iterator[Report]:
        """Do it; yields what each task did. A part whose process dies is divided until it is one input, which is named among the failures
        and left out."""
        unreadable: list[Report] = []
        divided: list[ShardTask] = []

        def tasks() -> Iterator[ShardTask]:
            for task in self.tasks():
                if isinstance(task, ShardTask):
                    yield task
                else:
                    place, error = task
                    report = Report(task=_name(str(error)), place=(place,), failures=((_source(error), str(error)),))
                    unreadable.append(self._shards.write(report, ()))

        following: Iterable[ShardTask] = tasks()
        while following:
            died: list[tuple[ShardTask, TaskError]] = []
            for task, outcome in run_tasks(extract_part, following):
                if isinstance(outcome, TaskError):
                    died.append((task, outcome))
                else:
                    yield outcome
            numbers = dict(run_tasks(number_of_records, [task for task, _ in died if task.part.is_uncounted]))
            following = []
            for task, error in died:
                number = numbers.get(task)
                if halves := halves_of(replace(task.part, stop=number) if isinstance(number, int) else task.part):
                    divided.append(task)
                    following += [self._task(half, *task.place, at) for at, half in enumerate(halves)]
                else:
                    yield self._shards.write(_given_up(task, error), ())
        yield from unreadable
        for task in divided:
            self._shards.write(Report(task=task.name, place=task.place), ())


def _given_up(task: ShardTask, error: TaskError) -> Report:
    record = "" if task.part.stop is None else f"#{task.part.first + 1}"
    failures = tuple((file, f"{file}{record}: {error}") for file in task.part.files)
    return Report(task=task.name, place=task.place, failures=failures, given_up=True)


def _source(error: ArticleError) -> str:
    return error.source or str(error).split(": ")[0]


def _name(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:24]


# A process has one pipeline, however many threads a Dask worker runs.
_one_at_a_time = threading.Lock()


def number_of_records(task: ShardTask) -> int:
    """How many records the one file of a task holds; for the processes that do the work, as it may kill them."""
    return sum(1 for _ in places_of(task.part.files[0], task.settings))


def extract_part(task: ShardTask) -> Report:
    """Read a part, extract from its articles, and write its shard; for the processes that do the work."""
    failures: list[tuple[str, str]] = []
    sources: list[str] = []
    found: list[Found] = []
    order: dict[int, int] = {}  # of the articles, each of which is taken once

    def in_english() -> Iterator[Article]:
        for article in read_part(task.part, task.settings, sources.append):
            if isinstance(article, ArticleError):
                failures.append((_source(article), str(article)))
                continue
            if (identifier := article.id) in order:
                continue
            order[identifier] = len(order)
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
