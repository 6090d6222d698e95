"""Web archives (WARC): the HTML pages in them, one in memory at a time, by warcio."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from typing import BinaryIO

from quotes.errors import ArticleError
from quotes.readers.fetch.fetching import content_type
from quotes.readers.inputs.input import LARGEST_WHOLE, Input, bytes_input, damage, read_up_to
from quotes.readers.inputs.reader_settings import Place, Reading
from quotes.records import Article

_PAGES = ("text/html", "application/xhtml+xml")
_NEXT_RECORD = re.compile(rb"\r?\n(?=WARC/\d\.\d\r?\nWARC-)", re.IGNORECASE)
#: More bytes than what is between the records.
_BETWEEN = 32
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")


def read_web_archive(source: Input, settings: Reading) -> Iterator[Input | ArticleError]:
    """The pages in a web archive, numbered `FILE#N`, each with the address it was archived from.

    Only successful answers (200) of HTML are read; images, redirects and the like are passed over. A page that is no article is an
    ArticleError, and so is one whose record is damaged or states a wrong length. Raises ArticleError when the archive holds no pages.
    """
    anything = settings.place is not None
    for page, _ in _pages(source, settings.place):
        yield page
        anything = True
    if not anything:
        raise ArticleError(f"{source.shown}: is a web archive without HTML pages, give one that holds articles")


def places_in_web_archive(source: Input, _: Reading) -> Iterator[Place]:
    """Where the next record begins, after each page or error of `read_web_archive`."""
    for record, (_page, (byte, number)) in enumerate(_pages(source, None), 1):
        yield source.place(record, byte, number)


def _pages(source: Input, place: Place | None) -> Iterator[tuple[Input | ArticleError, tuple[int, int]]]:
    """The pages from a place on, each with where the next record begins and the number of pages up to there."""
    at, number = (place.byte, place.told) if place else (0, 0)
    with source.open_at(place) if place else source.opener() as stream:
        for data, whole, behind in _records(stream, at):
            found: Input | ArticleError | None
            try:
                found = _page(data, whole, f"{source.shown}#{number + 1}", source, f"at byte {at:,}")
            except ArticleError as error:
                found = error
            else:
                number += found is not None
            at = behind
            if found is not None:
                yield found, (at, number)


def _records(stream: BinaryIO, at: int) -> Iterator[tuple[bytes, bool, int]]:
    """The bytes of each record, whether these are all of it (of one that is larger than any page only the beginning is kept), and where
    the next begins; the first begins `at`.

    A record ends where the next one begins, whatever length it states, so that a wrong length costs one record.
    """
    data, left_out = bytearray(), 0
    while piece := stream.read(1 << 20):
        searched = max(0, len(data) - _BETWEEN)
        data += piece
        while found := _NEXT_RECORD.search(data, searched):
            at += found.end() + left_out
            yield bytes(data[: found.start()]), not left_out, at
            del data[: found.end()]
            searched = left_out = 0
        if len(data) > LARGEST_WHOLE + _BETWEEN:
            left_out += len(data) - LARGEST_WHOLE - _BETWEEN
            del data[LARGEST_WHOLE:-_BETWEEN]
    yield bytes(data), not left_out, at + len(data) + left_out


def _page(data: bytes, whole: bool, shown: str, archive: Input, where: str) -> Input | ArticleError | None:
    """The page that a record holds, None where it holds none. Raises ArticleError for a damaged record."""
    from warcio.archiveiterator import ArchiveIterator

    with damage(archive.shown, f"web archive {where}", "archive it again"):
        record = next(ArchiveIterator(io.BytesIO(data)))
        http = record.rec_headers if record.rec_type == "resource" else record.http_headers
        media, charset = content_type(http.get_header("Content-Type")) if http is not None else (None, None)
        is_page = record.rec_type == "resource" or (record.rec_type == "response" and http is not None and http.get_statuscode() == "200")
        if not is_page or media not in _PAGES:
            return None
        headers = _END_OF_HEADERS.search(data)
        ends = (headers.end() if headers else 0) + record.length
        if whole and (ends > len(data) or data[ends:].strip(b"\r\n")):
            raise ArticleError(f"{archive.shown}: a record states a wrong length or breaks off {where}, archive it again")
        content = read_up_to(record.content_stream(), LARGEST_WHOLE + 1)
    address = record.rec_headers.get_header("WARC-Target-URI")
    if (http.get_header("Content-Encoding") or "").casefold() == "br" and find_spec("brotli") is None:
        return ArticleError(f"{shown}: is compressed with Brotli, which needs brotli: pip install brotli ({address})")

    def finish(article: Article | ArticleError) -> Article | ArticleError:
        return ArticleError(f"{article} ({address})") if isinstance(article, ArticleError) and address else article

    return replace(bytes_input(content, shown, ""), kind="html", url=address, charset=charset, finish=finish, depth=archive.depth)
