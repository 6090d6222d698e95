"""Which reader reads what: an input of any kind to its articles. Containers yield the inputs in them, which are read here in turn."""

from __future__ import annotations

import io
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from itertools import islice
from typing import Any

from quotes.errors import NO_SUCH_FILE, ArticleError
from quotes.readers.input_kinds import CONTAINERS, FORMATS, KNOWN_SUFFIXES, TABLES, kind_by_name, kind_of
from quotes.readers.inputs.input import LARGEST_HELD, Bomb, Input, NoArticles
from quotes.readers.inputs.reader_settings import Place, Reading
from quotes.records import Article

#: Zip archives and Parquet files say at their end what is in them.
_READ_FROM_THE_END = (b"PK\x03\x04", b"PAR1")
#: So many notices of one file are remembered, so that none is given twice.
_MOST_NOTICES = 10_000
#: Seconds of processor time to read one article, and more for each MB of its file: the largest take a tenth of it.
SECONDS = 60.0
_SECONDS_A_MEGABYTE = 1.0

Articles = Iterator[Article | ArticleError]


class _TooMuchWork(BaseException):
    """An article took more time than any should; no Exception, which libraries catch by themselves."""


def articles_of(source: Input, settings: Reading) -> Articles:
    """The articles of an input, by the reader for its kind; what stops the reader is one more ArticleError."""
    for article in guarded(_articles(source, settings), source.shown):
        # Settings and annotations that lie beside articles are no failures.
        others = (".xml",) if "text" in settings.columns else (".xml", ".json", ".xlsx")
        passed_over = not source.named and source.suffix in others
        if passed_over and isinstance(article, NoArticles):
            return
        yield article if source.finish is None else source.finish(article)


def _articles(source: Input, settings: Reading) -> Articles:
    if source.once and source.head().startswith(_READ_FROM_THE_END):
        data = source.whole(LARGEST_HELD)
        source = replace(source, opener=lambda: io.BytesIO(data), size=len(data), once=False, begins=None)
    stated = settings.kind or source.kind
    kind = stated or kind_of(source)
    found: Iterator[Article | ArticleError | Input] = _imported(FORMATS[kind].reader)(source, settings)
    if settings.part != (0, None) and kind not in (*TABLES, "compressed"):
        begun = settings.place.record if settings.place else 0
        found, settings = islice(found, *settings.part_from(begun)), replace(settings, part=(0, None), place=None)
    named = kind_by_name(source.name)
    alike = named in (None, kind, "compressed") or {named, kind} <= {"json", "jsonl", "csv", "tsv"} or (named, kind) == ("feed", "html")
    misnamed = () if stated or alike else (f"is named {source.suffix}, but holds {FORMATS[kind].name} and was read as that",)
    told: set[str] = set()
    anything = False
    for article in resolved(found, settings, source.size):
        anything = True
        if isinstance(article, Article) and (misnamed or article.notices) and kind not in ("zip", "tar", "compressed"):
            # What holds for all articles of a file is said once.
            article = replace(article, notices=tuple(each for each in (*misnamed, *article.notices) if each not in told))
            told.update(article.notices if len(told) < _MOST_NOTICES else ())
        yield article
        if isinstance(article, Bomb):
            return
    if kind in ("zip", "tar") and not anything:
        raise ArticleError(f"{source.shown}: holds no articles, give an archive with files of a known kind ({KNOWN_SUFFIXES})")


def places_in(source: Input, settings: Reading) -> Iterator[Place | None]:
    """After each article and input that the reader of an input yields, where reading may begin for those behind it; None where it can
    only begin at the start. Those of compressed inputs are the places in what they hold. Raises ArticleError, as the reader does."""
    kind = settings.kind or source.kind or kind_of(source)
    if kind not in TABLES | CONTAINERS:  # one article, or few, and it takes long to read
        return
    found = _imported(FORMATS[kind].reader)(source, settings)
    if kind == "compressed":
        for each in found:
            if isinstance(each, Input):
                yield from places_in(each, replace(settings, kind=None))
    elif places := FORMATS[kind].places:
        next(found, None)  # what is wrong with the whole input is raised
        yield from _imported(places)(source, settings)
    else:
        yield from (None for _ in found)


def _imported(name: str) -> Any:
    module, _, function = name.partition(":")  # imported only where it is needed
    return getattr(import_module(f"quotes.readers.{module}"), function)


def resolved(found: Iterator[Article | ArticleError | Input], settings: Reading, size: int | None = None) -> Articles:
    """What a reader yields, and in the place of inputs their articles; `size` are the bytes that it reads from."""
    while True:
        with _limited(size):
            each = next(found, None)
        if each is None:
            return
        if isinstance(each, Input):
            yield from articles_of(each, replace(settings, kind=None))
        else:
            yield each


@contextmanager
def _limited(size: int | None) -> Iterator[None]:
    """Raise _TooMuchWork within the block when it takes more time of the processor than an article of a file of `size` bytes should.

    What other programs do does not count. Only in the main thread, and where the system can tell (not on Windows); elsewhere, and for a
    pipe, whose size nobody knows, nothing is limited.
    """
    if size is None or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: Any) -> None:
        raise _TooMuchWork

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS + _SECONDS_A_MEGABYTE * size / 1e6)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def guarded(articles: Articles, shown: str) -> Articles:
    """Turn what stops a reader into one more ArticleError."""
    try:
        yield from articles
    except ArticleError as error:
        yield error
    except FileNotFoundError:
        yield ArticleError(f"{shown}: {NO_SUCH_FILE}")
    except PermissionError:
        yield ArticleError(f"{shown}: may not be read, change its permissions")
    except OSError as error:
        yield ArticleError(f"{shown}: cannot be read ({error.strerror or type(error).__name__}), check the file")
    except _TooMuchWork:
        yield ArticleError(f"{shown}: takes too long to read, save the article in it as plain text")
    except Exception as error:  # a library that reads what strangers wrote may raise anything; the rest of the batch goes on
        why = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        yield ArticleError(f"{shown}: cannot be read ({why}); please report it with the file")
