"""Which reader reads what: an input of any kind to its articles. Containers yield the inputs in them, which are read here in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import cast

from quotes.errors import NO_SUCH_FILE, ArticleError
from quotes.readers.input_kinds import FORMATS, KNOWN_SUFFIXES, kind_by_name, kind_of
from quotes.readers.inputs.input import Input, held
from quotes.readers.inputs.reader_errors import Bomb, NotAFeed, NoTextColumn, TooMuchWork
from quotes.readers.inputs.reader_settings import Kind, Reading
from quotes.readers.inputs.time_limit import limited
from quotes.records import Article

_ARCHIVES: frozenset[Kind] = frozenset(("zip", "tar", "compressed"))
#: Zip archives and Parquet files say at their end what is in them.
_READ_FROM_THE_END = (b"PK\x03\x04", b"PAR1")
#: So many notices of one file are remembered, so that none is given twice.
_MOST_NOTICES = 10_000

Articles = Iterator[Article | ArticleError]
Reader = Callable[[Input, Reading], Iterator[Article | ArticleError | Input]]


def articles_of(source: Input, settings: Reading) -> Articles:
    """The articles of an input, by the reader for its kind; what stops the reader is one more ArticleError."""
    for article in guarded(_articles(source, settings), source.shown):
        if not source.named and _passes_over(article, source.suffix, settings):
            return
        yield article if source.finish is None else source.finish(article)


def _articles(source: Input, settings: Reading) -> Articles:
    if source.once and source.head().startswith(_READ_FROM_THE_END):
        source = held(source)
    stated = settings.kind or source.kind
    kind = stated or kind_of(source)
    notices = () if stated else _mismatch(source, kind)
    given: set[str] = set()
    for article in _each(source, kind, settings):
        if isinstance(article, Article) and (notices or article.notices) and kind not in _ARCHIVES:
            # What holds for all articles of a file is said once.
            new = tuple(each for each in (*notices, *article.notices) if each not in given)
            article, notices = replace(article, notices=new), ()
            given.update(new if len(given) < _MOST_NOTICES else ())
        yield article


def _each(source: Input, kind: Kind, settings: Reading) -> Articles:
    """What the reader of a kind yields, and in the place of inputs within this one their articles."""
    module, _, function = FORMATS[kind].reader.partition(":")  # imported only where it is needed
    reader = cast(Reader, getattr(import_module(f"quotes.readers.{module}"), function))
    found = reader(source, settings)
    anything = False
    for article in resolved(found, settings, source.size):
        anything = True
        yield article
        if isinstance(article, Bomb):
            return
    if kind in ("zip", "tar") and not anything:
        raise ArticleError(f"{source.shown}: holds no articles, give an archive with files of a known kind ({KNOWN_SUFFIXES})")


def resolved(found: Iterator[Article | ArticleError | Input], settings: Reading, size: int | None = None) -> Articles:
    """What a reader yields, and in the place of inputs their articles; `size` are the bytes that it reads from."""
    while True:
        with limited(size):
            each = next(found, None)
        if each is None:
            return
        if isinstance(each, Input):
            yield from articles_of(each, replace(settings, kind=None))
        else:
            yield each


def _mismatch(source: Input, kind: Kind) -> tuple[str, ...]:
    """One line where the name says one kind and the content another."""
    named = kind_by_name(source.name)
    if named in (None, kind, "compressed") or {named, kind} <= {"json", "jsonl", "csv", "tsv"} or (named, kind) == ("feed", "html"):
        return ()
    return (f"is named {source.suffix}, but holds {FORMATS[kind].name} and was read as that",)


def _passes_over(article: Article | ArticleError, suffix: str, settings: Reading) -> bool:
    """Whether a file that lies among others is not meant: settings and annotations beside the articles are no failures."""
    if isinstance(article, NotAFeed):
        return suffix == ".xml"
    return isinstance(article, NoTextColumn) and suffix in (".json", ".xlsx") and settings.columns.text is None


def guarded(articles: Articles, shown: str) -> Articles:
    """Turn what stops a reader into one more ArticleError."""
    try:
        yield from articles
    except ArticleError as error:
        yield error
    except OSError as error:
        yield ArticleError(f"{shown}: {_os_complaint(error)}")
    except TooMuchWork:
        yield ArticleError(f"{shown}: takes too long to read, save the article in it as plain text")
    except Exception as error:  # a library that reads what strangers wrote may raise anything; the rest of the batch goes on
        why = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        yield ArticleError(f"{shown}: cannot be read ({why}); please report it with the file")


def _os_complaint(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return NO_SUCH_FILE
    if isinstance(error, PermissionError):
        return "may not be read, change its permissions"
    return f"cannot be read ({error.strerror or type(error).__name__}), check the file"
