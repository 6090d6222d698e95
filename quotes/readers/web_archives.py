"""Web archives (WARC): the HTML pages in them, one in memory at a time, by warcio."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, BinaryIO, NamedTuple

from quotes.errors import ArticleError
from quotes.readers.dispatch import unforeseen
from quotes.readers.inputs import LARGEST_WHOLE, Input, damage, read_up_to
from quotes.readers.reader_settings import Reading
from quotes.records import Article

_PAGES = ("text/html", "application/xhtml+xml")
_NEXT_RECORD = re.compile(rb"\r?\nWARC/\d\.\d\r?\n(?=WARC-)", re.IGNORECASE)
#: So often reading begins again behind a record whose length is wrong.
_MOST_FAULTS = 20


class _Fault(NamedTuple):
    """A record that cannot be relied on: why, and where it begins in the archive."""

    why: str
    at: int


def read_web_archive(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The articles of the pages in a web archive, numbered `FILE#N`, each with the address it was archived from.

    Only successful answers (200) of HTML are read; images, redirects and the like are passed over. A page that is no article is yielded as
    an ArticleError, and so is a record that is damaged or states a wrong length, behind which reading begins again at the next record.
    Raises ArticleError when the archive holds no pages.
    """
    number = faults = 0
    begins: int | None = 0
    while begins is not None:
        start, begins = begins, None
        for found in _pages(source, start):
            if not isinstance(found, _Fault):
                number += 1
                yield _article(*found, f"{source.shown}#{number}", settings)
                continue
            faults += 1
            begins = _next_record(source, found.at + 1) if faults < _MOST_FAULTS and not source.once else None
            lost = "" if begins is not None else "; what stands behind it is not read"
            yield ArticleError(f"{source.shown}: {found.why} at byte {found.at:,}{lost}, archive it again")
    if number == 0 and faults == 0:
        raise ArticleError(f"{source.shown}: is a web archive without HTML pages, give one that holds articles")


def _pages(source: Input, start: int) -> Iterator[tuple[Any, bytes] | _Fault]:
    """The pages from a byte of the archive on, with what each answered; a fault is the last.

    A page counts only once the record behind it is found where its length says.
    """
    from warcio.archiveiterator import ArchiveIterator

    logging.getLogger("warcio").addHandler(logging.NullHandler())
    with source.opener() as stream:
        _skip(stream, start)
        archive = ArchiveIterator(stream, no_record_parse=False, verify_http=False)
        before: tuple[Any, bytes] | None = None
        at = before_at = start
        while True:
            try:
                # warcio prints what it finds odd.
                with damage(source.shown, "web archive"), contextlib.redirect_stderr(io.StringIO()):
                    record = next(archive, None)
            except ArticleError as error:
                if before is not None and not archive.err_count:
                    yield before
                why = "a record states a wrong length" if archive.err_count else str(error).partition(": ")[2].partition(", take")[0]
                yield _Fault(why, before_at if archive.err_count else start + archive.offset)
                return
            if archive.err_count:
                yield _Fault("a record states a wrong length", before_at)
                return
            if before is not None:
                yield before
            if record is None:
                return
            before, before_at, at = None, at, start + archive.offset
            before_at = at
            try:
                with damage(source.shown, "web archive"):
                    before, runs_on = _read(record)
            except ArticleError as error:
                yield _Fault(str(error).partition(": ")[2].partition(", take")[0], at)
                return
            if runs_on:
                yield _Fault("a record states a wrong length and runs into the next", at)
                return


def _read(record: Any) -> tuple[tuple[Any, bytes] | None, bool]:
    """A record with its content where it is a page, and whether another record begins within it."""
    stream = record.raw_stream
    page = _is_page(record)
    kept, last, runs_on = bytearray(), b"", False
    while piece := stream.read(1 << 16):
        runs_on = runs_on or _NEXT_RECORD.search(last + piece) is not None
        last = piece[-32:]
        if page and len(kept) <= LARGEST_WHOLE:
            kept += piece
    if not page:
        return None, runs_on
    record.raw_stream = io.BytesIO(kept)
    data = read_up_to(record.content_stream(), LARGEST_WHOLE + 1)
    record.raw_stream = stream
    return (record, data), runs_on


def _skip(stream: BinaryIO, size: int) -> None:
    while size > 0 and (piece := stream.read(min(size, 1 << 20))):
        size -= len(piece)


def _next_record(source: Input, at: int) -> int | None:
    """Where the next record begins, from a byte of the archive on."""
    with source.opener() as stream:
        _skip(stream, at)
        last = b""
        while piece := stream.read(1 << 20):
            found = _NEXT_RECORD.search(last + piece)
            if found is not None:
                return at - len(last) + found.start() + len(found.group()) - len(found.group().lstrip())
            at += len(piece)
            last = piece[-32:]
    return None


def _is_page(record: Any) -> bool:
    if record.rec_type == "response":
        headers = record.http_headers
        return headers is not None and headers.get_statuscode() == "200" and _media(headers.get_header("Content-Type")) in _PAGES
    return record.rec_type == "resource" and _media(record.rec_headers.get_header("Content-Type")) in _PAGES


def _media(header: str | None) -> str:
    return (header or "").partition(";")[0].strip().casefold()


def _article(record: Any, data: bytes, shown: str, settings: Reading) -> Article | ArticleError:
    from quotes.readers.html import read_html

    address = record.rec_headers.get_header("WARC-Target-URI")
    header = record.http_headers.get_header("Content-Type") if record.http_headers is not None else None
    _, _, charset = (header or "").casefold().partition("charset=")
    coding = (record.http_headers.get_header("Content-Encoding") or "" if record.http_headers is not None else "").casefold()
    if coding == "br" and find_spec("brotli") is None:
        return ArticleError(f"{shown}: is compressed with Brotli, which needs brotli: pip install brotli ({address})")
    if len(data) > LARGEST_WHOLE:
        return ArticleError(f"{shown}: has more than {LARGEST_WHOLE >> 20} MB, too much for one page, it is left out")
    try:
        return read_html(data, shown, url=address, charset=settings.encoding or charset.partition(";")[0].strip(" \"'") or None)
    except ArticleError as error:
        return ArticleError(f"{error} ({address})") if address else error
    except Exception as error:  # one page must not take those behind it along
        return unforeseen(error, shown)
