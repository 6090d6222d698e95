"""Web archives (WARC): the HTML pages in them, one in memory at a time, by warcio."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from typing import Any, BinaryIO

from quotes.errors import ArticleError
from quotes.readers.inputs.input import LARGEST_WHOLE, Input, bytes_input, damage, read_up_to
from quotes.readers.inputs.reader_settings import Reading
from quotes.records import Article

_PAGES = ("text/html", "application/xhtml+xml")
_NEXT_RECORD = re.compile(rb"\r?\n(?=WARC/\d\.\d\r?\nWARC-)", re.IGNORECASE)
_WRONG_LENGTH = "a record states a wrong length"
#: So often reading begins again behind a record whose length is wrong.
_MOST_FAULTS = 20


class _Fault(Exception):
    """A record that cannot be relied on: why, and where it begins in the archive."""


def read_web_archive(source: Input, _: Reading) -> Iterator[Input | ArticleError]:
    """The pages in a web archive, numbered `FILE#N`, each with the address it was archived from.

    Only successful answers (200) of HTML are read; images, redirects and the like are passed over. A page that is no article is an
    ArticleError, and so is a record that is damaged or states a wrong length, behind which reading begins again at the next record.
    Raises ArticleError when the archive holds no pages.
    """
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    number = faults = 0
    begins: int | None = 0
    while begins is not None:
        start, begins = begins, None
        try:
            for record, data in _pages(source, start):
                number += 1
                yield _page(record, data, f"{source.shown}#{number}", source)
        except _Fault as fault:
            why, at = fault.args
            faults += 1
            begins = _next_record(source, at + 1) if faults < _MOST_FAULTS and not source.once else None
            lost = "" if begins is not None else "; what stands behind it is not read"
            yield ArticleError(f"{source.shown}: {why} at byte {at:,}{lost}, archive it again")
    if number == faults == 0:
        raise ArticleError(f"{source.shown}: is a web archive without HTML pages, give one that holds articles")


def _pages(source: Input, start: int) -> Iterator[tuple[Any, bytes]]:
    """The pages from a byte of the archive on, each once the record behind it is found where its length says; raises _Fault."""
    from warcio.archiveiterator import ArchiveIterator

    with source.opener() as stream:
        _skip(stream, start)
        archive = ArchiveIterator(stream, no_record_parse=False, verify_http=False)
        at, page = start, None
        while True:
            before, page = page, None
            why, record = "", None
            try:
                # warcio prints what it finds odd.
                with damage("", "web archive"), contextlib.redirect_stderr(io.StringIO()):
                    record = next(archive, None)
            except ArticleError as error:
                why = _why(error)
            if archive.err_count:
                raise _Fault(_WRONG_LENGTH, at)
            if before is not None:
                yield before
            at = start + archive.offset
            if why:
                raise _Fault(why, at)
            if record is None:
                return
            try:
                with damage("", "web archive"):
                    page = _read(record)
            except ArticleError as error:
                raise _Fault(_why(error), at) from error
            if page is _RUNS_ON:
                raise _Fault(f"{_WRONG_LENGTH} and runs into the next", at)


def _why(error: ArticleError) -> str:
    return str(error).partition(": ")[2].partition(", take")[0]


_RUNS_ON: tuple[Any, bytes] = (None, b"")


def _read(record: Any) -> tuple[Any, bytes] | None:
    """A record with its content where it is a page; `_RUNS_ON` where another record begins within it."""
    stream = record.raw_stream
    is_page = _is_page(record)
    kept, last = bytearray(), b""
    while piece := stream.read(1 << 16):
        if _NEXT_RECORD.search(last + piece):
            return _RUNS_ON
        last = piece[-32:]
        if is_page and len(kept) <= LARGEST_WHOLE:
            kept += piece
    if not is_page:
        return None
    record.raw_stream = io.BytesIO(kept)
    data = read_up_to(record.content_stream(), LARGEST_WHOLE + 1)
    record.raw_stream = stream
    return record, data


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
                return at - len(last) + found.end()
            at += len(piece)
            last = piece[-32:]
    return None


def _is_page(record: Any) -> bool:
    if record.rec_type not in ("response", "resource") or (record.rec_type == "response" and record.http_headers is None):
        return False
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    media = (headers.get_header("Content-Type") or "").partition(";")[0].strip().casefold()
    return media in _PAGES and (record.rec_type == "resource" or headers.get_statuscode() == "200")


def _page(record: Any, data: bytes, shown: str, archive: Input) -> Input | ArticleError:
    address = record.rec_headers.get_header("WARC-Target-URI")
    header = (record.http_headers.get_header if record.http_headers is not None else {}.get)("Content-Type") or ""
    coding = (record.http_headers.get_header if record.http_headers is not None else {}.get)("Content-Encoding") or ""
    finish = partial(_with_address, address=address)
    if coding.casefold() == "br" and find_spec("brotli") is None:
        return finish(ArticleError(f"{shown}: is compressed with Brotli, which needs brotli: pip install brotli"))  # type: ignore[return-value]
    charset = header.casefold().partition("charset=")[2].partition(";")[0].strip(" \"'") or None
    return replace(bytes_input(data, shown, ""), kind="html", url=address, charset=charset, finish=finish, depth=archive.depth)


def _with_address(article: Article | ArticleError, address: str | None) -> Article | ArticleError:
    """An article as it is; an error with the address of its page."""
    return ArticleError(f"{article} ({address})") if isinstance(article, ArticleError) and address else article
