"""Saved web pages: the article out of the navigation, banners and comments around it, by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from quotes.errors import ArticleError
from quotes.readers.inputs.encodings import decode_page, refuse_blank, refuse_other_kinds
from quotes.readers.inputs.reader_errors import OversizedMarkupError
from quotes.readers.layout.bylines import names_in
from quotes.readers.layout.dates import iso_time
from quotes.readers.layout.headlines import own_title
from quotes.readers.layout.outlets import same_outlet
from quotes.readers.layout.patterns import whole_line
from quotes.readers.layout.plain_text import article_from_text
from quotes.readers.layout.zones import laid_over
from quotes.readers.pages.blocks import blocks_in
from quotes.readers.pages.fragments import Paragraph, laid_out
from quotes.readers.pages.markup import LONGEST_STORY, parse
from quotes.readers.pages.page_boilerplate import remove_furniture
from quotes.readers.pages.page_metadata import PageFacts, page_facts
from quotes.readers.pages.page_parts import own_heading
from quotes.readers.pages.page_refusals import looks_of, refuse_other_pages, teaser_notice
from quotes.readers.pages.story import Story, extract, story_of
from quotes.records import Article

#: What JSON-LD states is taken for the text where the page shows less than this share of it.
_SHOWN = 0.6


def read_html(data: bytes, path: str, *, url: str | None = None, charset: str | None = None) -> Article:
    """The article of one page: its paragraphs with an empty line between, and the fields that the page states.

    Headline, standfirst, captions and pull quotes stand in the text and are zones over it; readers' comments are left out. `url` is the
    address it was fetched from, for a page that does not state its own; `charset` the encoding that the server named. Raises
    ArticleError when the page is empty or is no article (an index, a wall, an error page), with the reason.
    """
    refuse_other_kinds(data[:1024], path)
    if not data.strip():
        raise ArticleError(f"{path}: is empty, save the page again")
    source, notices = decode_page(data, path, charset)
    try:
        tree = parse(source)
    except OversizedMarkupError as error:
        raise ArticleError(f"{path}: {error}") from error
    if tree is None:
        raise ArticleError(f"{path}: holds no article text (a page built by scripts?), save the article's text as .txt")
    facts, looks = page_facts(tree, url), looks_of(tree)
    document, story = _story(tree, facts, url)
    paragraphs = [Paragraph(each.kind, each.text) for each in story.blocks]
    stated = _says_more(facts.body, [each.text for each in paragraphs if each.kind is None])
    if stated:
        paragraphs = [*(each for each in paragraphs if each.kind == "headline"), *(Paragraph(None, text) for text in facts.body)]
    refuse_other_pages(looks, facts, story, stated, path)
    if not paragraphs:
        raise ArticleError(f"{path}: holds no article text (a page built by scripts?), save the article's text as .txt")
    text, zones = laid_out(paragraphs)
    if len(text) > LONGEST_STORY:
        raise ArticleError(f"{path}: holds a text of more than {LONGEST_STORY:,} characters, save the article in it as .txt")
    refuse_blank(text, path)
    headline = next((each.text for each in paragraphs if each.kind == "headline"), None)
    article = article_from_text(
        text,
        path=path,
        title=headline or facts.title or own_title(document.title or "", facts.outlet),
        byline=facts.byline or tuple(each for each in names_in(document.author or None) if not same_outlet(each, facts.outlet)),
        published=facts.published or (iso_time(document.date) if document.date else None),
        modified=facts.modified,
        outlet=facts.outlet,
        section=facts.section or next(iter(document.categories or ()), None),
        url=facts.url or document.url or None,
        language=facts.language,
        notices=(*notices, *facts.notices, *teaser_notice(looks, facts)),
    )
    return laid_over(article, zones)


def _story(tree: Any, facts: PageFacts, url: str | None) -> tuple[Any, Story]:
    """trafilatura's document, for the fields that only it finds, and the story; takes out of the tree what is no part of it."""
    remove_furniture(tree)
    blocks = blocks_in(tree, own_heading(tree, facts.titles))
    document = extract(tree, url)
    story = story_of([each for each in blocks if each.kind is not None or not _is_furniture(each.text)], document)
    if len(story.blocks) > 1 and story.blocks[0].kind == "headline" and _same(story.blocks[0].text, story.blocks[1].text):
        story = story._replace(blocks=[story.blocks[0], *story.blocks[2:]])
    return document if document is not None else _no_document(), story


def _says_more(stated: Sequence[str], running: Sequence[str]) -> bool:
    """Whether the text that JSON-LD states is better than that on the page: the page shows only some of it, or without its paragraphs."""
    shown, whole = (sum(len(each.split()) for each in lines) for lines in (running, stated))
    return shown < _SHOWN * whole or (len(stated) > len(running) and shown <= whole * 1.2)


def _is_furniture(line: str) -> bool:
    return len(line) <= 200 and whole_line("boilerplate").fullmatch(line) is not None


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


def _no_document() -> Any:
    from trafilatura.metadata import Document

    return Document()
