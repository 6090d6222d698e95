"""Saved web pages: the article out of the navigation, banners and comments around it, by trafilatura."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.errors import ArticleError
from quotes.readers.inputs.encodings import decode_page
from quotes.readers.inputs.reader_errors import OversizedMarkupError
from quotes.readers.layout.bylines import names_in
from quotes.readers.layout.dates import iso_time
from quotes.readers.layout.headlines import own_title
from quotes.readers.layout.outlets import same_outlet
from quotes.readers.layout.plain_text import article_from_paragraphs
from quotes.readers.layout.zones import Paragraph
from quotes.readers.pages.blocks import blocks_in
from quotes.readers.pages.markup import LONGEST_STORY, parse
from quotes.readers.pages.page_boilerplate import remove_boilerplate
from quotes.readers.pages.page_dates import header_blocks, published_on, shown_times, shown_writers
from quotes.readers.pages.page_metadata import page_metadata
from quotes.readers.pages.page_parts import own_heading
from quotes.readers.pages.page_refusals import looks_of, refuse_other_pages, teaser_notice
from quotes.readers.pages.story import extracted, story_of
from quotes.records import Article

#: What JSON-LD states is taken for the text where the page shows less than this share of it.
_SHOWN = 0.6
_NO_TEXT = "holds no article text (a page built by scripts?), save the article's text as .txt"


def read_html(data: bytes, path: str, *, url: str | None = None, charset: str | None = None) -> Article:
    """The article of one page: its paragraphs with an empty line between, and the fields that the page states.

    Headline, standfirst, captions and pull quotes stand in the text and are zones over it; readers' comments are left out. `url` is the
    address it was fetched from, for a page that does not state its own; `charset` the encoding that the server named. Raises
    ArticleError when the page is empty or is no article (an index, a wall, an error page), with the reason.
    """
    if not data.strip():
        raise ArticleError(f"{path}: is empty, save the page again")
    source, notices = decode_page(data, path, charset)
    try:
        tree = parse(source)
    except OversizedMarkupError as error:
        raise ArticleError(f"{path}: {error}, save the article's text as .txt") from error
    if tree is None:
        raise ArticleError(f"{path}: {_NO_TEXT}")
    stated, looks = page_metadata(tree, url), looks_of(tree)
    remove_boilerplate(tree)
    blocks = blocks_in(tree, own_heading(tree, stated.titles))
    document = extracted(tree, url)
    story, header = story_of(blocks, document), header_blocks(blocks)
    published, dates = published_on(stated.published, shown_times(header), stated.url, stated.modified)
    paragraphs = [Paragraph(each.kind, each.text) for each in story.blocks]
    of_json = _says_more(stated.body, [each.text for each in paragraphs if each.kind is None])
    if of_json:
        paragraphs = [*(each for each in paragraphs if each.kind == "headline"), *(Paragraph(None, text) for text in stated.body)]
    else:
        refuse_other_pages(looks, stated, story, path)
    if not paragraphs:
        raise ArticleError(f"{path}: {_NO_TEXT}")
    if sum(len(each.text) + 2 for each in paragraphs) > LONGEST_STORY:
        raise ArticleError(f"{path}: holds a text of more than {LONGEST_STORY:,} characters, save the article in it as .txt")
    writers = (stated.byline or shown_writers(header), names_in(document.author or None))
    headline = next((each.text for each in paragraphs if each.kind == "headline"), None)
    return article_from_paragraphs(
        paragraphs,
        path,
        title=headline or next(iter(stated.titles), None) or own_title(document.title or "", stated.outlet),
        byline=next((names for each in writers if (names := tuple(name for name in each if not same_outlet(name, stated.outlet)))), ()),
        published=published or (iso_time(document.date) if document.date else None),
        modified=stated.modified,
        outlet=stated.outlet,
        section=stated.section or next(iter(document.categories or ()), None),
        url=stated.url or document.url or None,
        language=stated.language,
        notices=(*notices, *dates, *teaser_notice(looks, stated)),
    )


def _says_more(stated: Sequence[str], running: Sequence[str]) -> bool:
    """Whether the text that JSON-LD states is better than that on the page: the page shows only some of it, or without its paragraphs."""
    shown, whole = (sum(len(each.split()) for each in lines) for lines in (running, stated))
    return shown < _SHOWN * whole or (len(stated) > len(running) and shown <= whole * 1.2)
