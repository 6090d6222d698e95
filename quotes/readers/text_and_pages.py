"""Plain text, whose whole content is the article, and saved pages; either may be an export of a media archive."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.errors import ArticleError
from quotes.readers.exports.media_archive import articles_in, export_in, text_of_export
from quotes.readers.inputs.encodings import decode, mojibake_notices
from quotes.readers.inputs.input import Input
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.layout.plain_text import article_from_text
from quotes.readers.pages import html
from quotes.records import LONGEST_TEXT, Article


def read_plain(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The one article that a plain text is, nothing stripped, added or translated; of an export of a media archive, its articles."""
    text, notices = decode(source.whole(), source.shown, encoding=settings.encoding)
    if settings.encoding is None:
        notices = (*notices, *mojibake_notices(text[:LONGEST_TEXT], source.shown))
    export = export_in(text)
    if export is not None:
        yield from articles_in(export, text, source.shown, notices=notices)
        return
    if text[:200].lstrip("\ufeff \r\n\t").lower().startswith(("<!doctype html", "<html")):
        notices = (*notices, "looks like HTML and was read as plain text, rename it .html to read the article in it")
    yield article_from_text(text, path=source.shown, notices=notices)


def read_page(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The article of a page, or the articles of an export."""
    data, charset = source.whole(), settings.encoding or source.charset
    text = text_of_export(data, source.shown, charset)
    export = export_in(text) if text else None
    if text and export is not None:
        yield from articles_in(export, text, source.shown)
    else:
        yield html.read_html(data, source.shown, url=source.url, charset=charset)
