"""Which reader reads what: an input of any kind to its articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from quotes.errors import NO_SUCH_FILE, ArticleError
from quotes.readers.columns import NoTextColumn
from quotes.readers.input_kinds import NAMES, SUFFIXES, Kind, kind_of
from quotes.readers.inputs import Bomb, Input, held
from quotes.readers.limits import TooMuchWork, limited
from quotes.readers.reader_settings import Reading
from quotes.records import Article

#: Zip archives and Parquet files say at their end what is in them.
_READ_FROM_THE_END = (b"PK\x03\x04", b"PAR1")

_CONTAINERS: frozenset[Kind] = frozenset(("zip", "tar", "compressed"))
#: So many notices of one file are remembered, so that none is told twice.
_MOST_NOTICES = 10_000

Articles = Iterator[Article | ArticleError]


def articles_of(source: Input, settings: Reading) -> Articles:
    """The articles of an input, by the reader for its kind; raises ArticleError or OSError for what stops the reader."""
    if source.once and source.head().startswith(_READ_FROM_THE_END):
        source = held(source)
    kind = settings.kind or kind_of(source)
    told = () if settings.kind else _mismatch(source, kind)
    said: set[str] = set()
    for article in _limited(_READERS[kind](source, settings), source.size):
        if isinstance(article, Article) and (told or article.notices) and kind not in _CONTAINERS:
            # What holds for all articles of a file is told once.
            new = tuple(each for each in (*told, *article.notices) if each not in said)
            article, told = replace(article, notices=new), ()
            said.update(new if len(said) < _MOST_NOTICES else ())
        yield article


def _limited(articles: Articles, size: int | None) -> Articles:
    while True:
        with limited(size):
            article = next(articles, None)
        if article is None:
            return
        yield article


def _mismatch(source: Input, kind: Kind) -> tuple[str, ...]:
    """One line where the name says one kind and the content another."""
    named = SUFFIXES.get(source.suffix)
    if named in (None, kind, "compressed") or {named, kind} <= {"json", "jsonl", "csv", "tsv"} or (named, kind) == ("feed", "html"):
        return ()
    return (f"is named {source.suffix}, but holds {NAMES[kind]} and was read as that",)


def _html(source: Input, settings: Reading) -> Articles:
    from quotes.readers.html import read_html
    from quotes.readers.media_archive import articles_in, export_in, text_of_export

    data, charset = source.whole(), settings.encoding or source.charset
    text = text_of_export(data, source.shown, charset)
    export = export_in(text) if text else None
    if text and export is not None:
        yield from articles_in(export, text, source.shown)
    else:
        yield read_html(data, source.shown, url=source.url, charset=charset)


def _text(source: Input, settings: Reading) -> Articles:
    from quotes.readers.plain import read_plain

    return read_plain(source, settings)


def _json_lines(source: Input, settings: Reading) -> Articles:
    from quotes.readers.json_lines import read_json_lines

    return read_json_lines(source, settings)


def _json(source: Input, settings: Reading) -> Articles:
    from quotes.readers.json_lines import read_json

    return read_json(source, settings)


def _table(source: Input, settings: Reading) -> Articles:
    from quotes.readers.csv_tables import read_table

    return read_table(source, settings)


def _excel(source: Input, settings: Reading) -> Articles:
    from quotes.readers.spreadsheets import read_excel

    return read_excel(source, settings)


def _parquet(source: Input, settings: Reading) -> Articles:
    from quotes.readers.spreadsheets import read_parquet

    return read_parquet(source, settings)


def _feed(source: Input, settings: Reading) -> Articles:
    from quotes.readers.feeds import read_feed

    return read_feed(source, settings)


def _web_archive(source: Input, settings: Reading) -> Articles:
    from quotes.readers.web_archives import read_web_archive

    return read_web_archive(source, settings)


def _email(source: Input, settings: Reading) -> Articles:
    from quotes.readers.mail import read_email

    return read_email(source, settings)


def _word(source: Input, settings: Reading) -> Articles:
    from quotes.readers.documents import read_word

    return read_word(source, settings)


def _rtf(source: Input, settings: Reading) -> Articles:
    from quotes.readers.documents import read_rtf

    return read_rtf(source, settings)


def _pdf(source: Input, settings: Reading) -> Articles:
    from quotes.readers.documents import read_pdf

    return read_pdf(source, settings)


def _compressed(source: Input, settings: Reading) -> Articles:
    from quotes.readers.archives import uncompressed

    return articles_of(uncompressed(source), replace(settings, kind=None))


def _zip(source: Input, settings: Reading) -> Articles:
    from quotes.readers.archives import members

    return _of_members(source, members(source), settings)


def _tar(source: Input, settings: Reading) -> Articles:
    from quotes.readers.archives import tar_members

    return _of_members(source, tar_members(source), settings)


def _of_members(source: Input, inner: Iterator[Input | ArticleError], settings: Reading) -> Articles:
    settings = replace(settings, kind=None)
    anything = False
    for each in inner:
        if isinstance(each, ArticleError):
            anything = True
            yield each
        elif each.suffix in SUFFIXES or not each.suffix:
            for article in guarded(articles_of(each, settings), each.shown):
                if passes_over(article, each.suffix, settings):
                    break
                anything = True
                yield article
                if isinstance(article, Bomb):
                    return
    if not anything:
        raise ArticleError(f"{source.shown}: holds no articles, give an archive with files of a known kind ({known_suffixes()})")


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
        yield unforeseen(error, shown)


def unforeseen(error: Exception, shown: str) -> ArticleError:
    """What is said of a file that made a reader fail in a way that nobody thought of."""
    why = " ".join(f"{type(error).__name__}: {error}".split())[:120]
    return ArticleError(f"{shown}: cannot be read ({why}); please report it with the file")


def _os_complaint(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return NO_SUCH_FILE
    if isinstance(error, PermissionError):
        return "may not be read, change its permissions"
    return f"cannot be read ({error.strerror or type(error).__name__}), check the file"


class NotAFeed(ArticleError):
    """An XML file that is no feed, which may lie beside articles for other ends."""


def passes_over(article: Article | ArticleError, suffix: str, settings: Reading) -> bool:
    """Whether a file that lies among others is not meant: settings and annotations beside the articles are no failures."""
    if isinstance(article, NotAFeed):
        return suffix == ".xml"
    return isinstance(article, NoTextColumn) and suffix in (".json", ".xlsx") and settings.columns.text is None


def known_suffixes() -> str:
    """The suffixes that folders and archives are searched for, as a list for a message."""
    return ", ".join(sorted(SUFFIXES))


_READERS: dict[Kind, Callable[[Input, Reading], Articles]] = {
    "text": _text,
    "html": _html,
    "jsonl": _json_lines,
    "json": _json,
    "csv": _table,
    "tsv": _table,
    "xlsx": _excel,
    "parquet": _parquet,
    "feed": _feed,
    "warc": _web_archive,
    "eml": _email,
    "docx": _word,
    "rtf": _rtf,
    "pdf": _pdf,
    "zip": _zip,
    "tar": _tar,
    "compressed": _compressed,
}
