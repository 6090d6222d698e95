"""Web archives (WARC): the HTML pages in them, one in memory at a time, by warcio."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterator
from typing import Any

from quotes.errors import ArticleError
from quotes.readers.inputs import LARGEST_WHOLE, Input, damage, read_up_to
from quotes.readers.reading import unforeseen
from quotes.readers.settings import Reading
from quotes.records import Article

_PAGES = ("text/html", "application/xhtml+xml")


def read_web_archive(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The articles of the pages in a web archive, numbered `FILE#N`, each with the address it was archived from.

    Only successful answers (200) of HTML are read; images, redirects and the like are passed over. A page that is no article is yielded as
    an ArticleError. Raises ArticleError when the archive breaks off or holds no pages.
    """
    from warcio.archiveiterator import ArchiveIterator

    logging.getLogger("warcio").addHandler(logging.NullHandler())
    number = 0
    with source.opener() as stream:
        records = iter(ArchiveIterator(stream, no_record_parse=False, verify_http=False))
        while True:
            # warcio prints what it finds odd, which is nobody's business where the record can be read all the same.
            with damage(source.shown, "web archive"), contextlib.redirect_stderr(io.StringIO()):
                record = next(records, None)
                if record is None:
                    break
                if not _is_page(record):
                    continue
                number += 1
                data = read_up_to(record.content_stream(), LARGEST_WHOLE + 1)
            yield _article(record, data, f"{source.shown}#{number}", settings)
    if number == 0:
        raise ArticleError(f"{source.shown}: is a web archive without HTML pages, give one that holds articles")


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
    if len(data) > LARGEST_WHOLE:
        return ArticleError(f"{shown}: has more than {LARGEST_WHOLE >> 20} MB, too much for one page, it is left out")
    try:
        return read_html(data, shown, url=address, charset=settings.encoding or charset.partition(";")[0].strip(" \"'") or None)
    except ArticleError as error:
        return ArticleError(f"{error} ({address})") if address else error
    except Exception as error:  # one page must not take those behind it along
        return unforeseen(error, shown)
