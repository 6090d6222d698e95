"""Files of HTML: a saved page, or an export of a media archive that was saved as one."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.errors import ArticleError
from quotes.readers.exports.media_archive import articles_in, export_in, text_of_export
from quotes.readers.inputs.input import Input
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.pages import html
from quotes.records import Article


def read_page(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The article of a page, or the articles of an export."""
    data, charset = source.whole(), settings.encoding or source.charset
    text = text_of_export(data, source.shown, charset)
    export = export_in(text) if text else None
    if text and export is not None:
        yield from articles_in(export, text, source.shown)
    else:
        yield html.read_html(data, source.shown, url=source.url, charset=charset)
