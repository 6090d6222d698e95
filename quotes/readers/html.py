"""Saved web pages: the article out of the navigation, banners and comments around it, by trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any

from quotes.errors import ArticleError
from quotes.readers.bylines import names_in
from quotes.readers.decoding import decode_page, refuse_blank, refuse_other_kinds
from quotes.readers.fragments import Paragraph, laid_out
from quotes.readers.headlines import own_title
from quotes.readers.markup import OversizedMarkupError, parse
from quotes.readers.page_facts import PageFacts, page_facts
from quotes.readers.page_layouts import straighten
from quotes.readers.page_parts import Part, mark_parts, remove_furniture, unmarked
from quotes.readers.page_refusals import looks_of, refuse_other_pages, teaser_notice
from quotes.readers.patterns import whole_line
from quotes.readers.plain_text import article_from_text
from quotes.readers.printed_time import iso_time
from quotes.readers.zones import laid_over
from quotes.records import Article

#: The elements of trafilatura's tree that stand within a line.
_INLINE = frozenset(("hi", "ref", "del", "graphic"))
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
    document, paragraphs = _story(tree, facts, url)
    refuse_other_pages(looks, facts, [each.text for each in paragraphs if each.kind is None], path)
    if not paragraphs:
        raise ArticleError(f"{path}: holds no article text (a page built by scripts?), save the article's text as .txt")
    text, zones = laid_out(paragraphs)
    refuse_blank(text, path)
    headline = next((each.text for each in paragraphs if each.kind == "headline"), None)
    article = article_from_text(
        text,
        path=path,
        title=headline or facts.title or own_title(document.title or "", facts.outlet),
        byline=facts.byline or names_in(document.author or None),
        published=facts.published or (iso_time(document.date) if document.date else None),
        modified=facts.modified,
        outlet=facts.outlet,
        section=facts.section or next(iter(document.categories or ()), None),
        url=facts.url or document.url or None,
        language=facts.language,
        notices=(*notices, *facts.notices, *teaser_notice(looks, facts)),
    )
    return laid_over(article, zones)


def _story(tree: Any, facts: PageFacts, url: str | None) -> tuple[Any, list[Paragraph]]:
    """trafilatura's document, for the fields that only it finds, and the paragraphs of the story."""
    for script in list(tree.iter("script", "style")):  # trafilatura would read what they state with patterns that are not linear
        script.drop_tree()
    remove_furniture(tree)
    parts = mark_parts(tree, facts.titles)
    straighten(tree)
    document = _extract(tree, url)
    body = document.body if document is not None else None
    shown = [Paragraph(*each) for line in (_paragraphs(body) if body is not None else []) for each in unmarked(line)]
    shown = [each for each in shown if each.kind is not None or not _is_furniture(each.text)]
    if _says_more(facts.body, [each.text for each in shown if each.kind is None]):
        shown = [Paragraph(None, text) for text in facts.body]
    return document if document is not None else _no_document(), _with_lost_parts(shown, parts)


def _says_more(stated: Sequence[str], running: Sequence[str]) -> bool:
    """Whether the text that JSON-LD states is better than that on the page: the page shows only some of it, or without its paragraphs."""
    shown, whole = sum(map(len, running)), sum(map(len, stated))
    return shown < _SHOWN * whole or (len(stated) > len(running) and shown <= whole * 1.2)


def _is_furniture(line: str) -> bool:
    return len(line) <= 200 and whole_line("boilerplate").fullmatch(line) is not None


def _with_lost_parts(shown: Sequence[Paragraph], parts: Sequence[Part]) -> list[Paragraph]:
    """The paragraphs with the headline and what trafilatura lost of the standfirst and the captions above the story."""
    if not any(each.kind is None for each in shown):
        return []
    headline = next((part.text for part in parts if part.kind == "headline"), None)
    kept: list[Paragraph] = []
    for each in shown:
        if headline is not None and not any(one.kind is None for one in kept) and _same(each.text, headline):
            continue  # it comes first, once
        kept.append(each)
    there = {each.text for each in kept}
    lost = [Paragraph(part.kind, part.text) for part in _above_the_story(parts, kept) if part.text not in there]
    top = [Paragraph("headline", headline)] if headline is not None else []
    return [*top, *lost, *kept]


def _above_the_story(parts: Sequence[Part], kept: Sequence[Paragraph]) -> list[Part]:
    """The standfirst, and the captions between the headline and the first part that was kept."""
    found: list[Part] = []
    below_headline = False
    there = {each.text for each in kept}
    for part in parts:
        if part.kind == "headline":
            below_headline = True
        elif part.text in there:
            break
        elif below_headline and (
            part.kind == "standfirst" or (part.kind == "caption" and not any(each.kind == "caption" for each in found))
        ):
            found.append(part)
    return found


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


def _extract(tree: Any, url: str | None) -> Any:
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan"):
        # Its warnings would reach standard error although the failure is told by an ArticleError.
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    return trafilatura.bare_extraction(
        tree,
        url=url,
        include_comments=False,
        with_metadata=True,
        # The day of publication, not of the last change, and no guess from numbers in the text.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )


def _no_document() -> Any:
    from trafilatura.metadata import Document

    return Document()


def _paragraphs(element: Any) -> list[str]:
    """The blocks of trafilatura's tree in order, each on one line: paragraphs, headings, items of lists, rows of tables."""
    blocks: list[str] = []
    line: list[str] = []

    def end_line() -> None:
        words = " ".join("".join(line).split())
        if words:
            blocks.append(words)
        line.clear()

    # Without recursion: pages of strangers nest deeper than Python does.
    waiting: list[tuple[Any, bool]] = [(child, False) for child in reversed(element)]
    line.append(element.text or "")
    while waiting:
        node, leaving = waiting.pop()
        if not isinstance(node.tag, str) or node.tag == "lb":
            if node.tag == "lb":
                end_line()
            line.append(node.tail or "")
            continue
        block = node.tag not in _INLINE and node.tag != "cell"
        if leaving:
            if block:
                end_line()
            line.append((" " if node.tag == "cell" else "") + (node.tail or ""))
            continue
        if block:
            end_line()
        line.append(node.text or "")
        waiting.append((node, True))
        waiting.extend((child, False) for child in reversed(node))
    end_line()
    return blocks
