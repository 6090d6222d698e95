"""Saved web pages: the article out of the navigation, banners and comments around it, by trafilatura."""

from __future__ import annotations

import logging
import re
from typing import Any

from quotes.errors import ArticleError
from quotes.readers.decoding import refuse_blank, refuse_other_kinds
from quotes.readers.plain_text import article_from_text
from quotes.readers.printed_time import iso_time
from quotes.records import Article

_PARAGRAPH_BREAK = "\n\n"
#: The elements of trafilatura's tree that stand within a line.
_INLINE = frozenset(("hi", "ref", "del", "graphic"))


def read_html(data: bytes, path: str) -> Article:
    """The article of one page: its paragraphs with an empty line between, and the fields that the page states.

    Readers' comments are left out. Raises ArticleError when the page is empty or holds no article that can be told from its frame.
    """
    refuse_other_kinds(data[:1024], path)
    if not data.strip():
        raise ArticleError(f"{path}: is empty, save the page again")
    document = _extract(data)
    paragraphs = _paragraphs(document.body) if document is not None and document.body is not None else []
    text = _PARAGRAPH_BREAK.join(paragraphs)
    if document is None or not text:
        raise ArticleError(f"{path}: holds no article text (a page built by scripts?), save the article's text as .txt")
    refuse_blank(text, path)
    return article_from_text(
        text,
        path=path,
        title=_first_heading(document.body, paragraphs) or document.title or None,
        byline=tuple(dict.fromkeys(name for name in re.split(r"\s*;\s*", document.author or "") if name)),
        published=iso_time(document.date) if document.date else None,
        outlet=document.sitename or None,
        section=next(iter(document.categories or ()), None),
        url=document.url or None,
    )


def _extract(data: bytes) -> Any:
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan"):
        # Its warnings would reach standard error although the failure is told by an ArticleError.
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    return trafilatura.bare_extraction(
        data,
        include_comments=False,
        with_metadata=True,
        # The day of publication, not of the last change, and no guess from numbers in the text.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )


def _first_heading(body: Any, paragraphs: list[str]) -> str | None:
    first = next(iter(body), None)
    if first is not None and first.tag == "head" and first.get("rend") == "h1" and paragraphs:
        return paragraphs[0]
    return None


def _paragraphs(element: Any) -> list[str]:
    """The blocks of trafilatura's tree in order, each on one line: paragraphs, headings, items of lists, rows of tables."""
    blocks: list[str] = []
    line: list[str] = []

    def end_line() -> None:
        words = " ".join("".join(line).split())
        if words:
            blocks.append(words)
        line.clear()

    def visit(node: Any) -> None:
        for child in node:
            if not isinstance(child.tag, str):
                pass
            elif child.tag == "lb":
                end_line()
            elif child.tag in _INLINE:
                line.append(child.text or "")
                visit(child)
            elif child.tag == "cell":
                line.append(child.text or "")
                visit(child)
                line.append(" ")
            else:
                end_line()
                line.append(child.text or "")
                visit(child)
                end_line()
            line.append(child.tail or "")

    line.append(element.text or "")
    visit(element)
    end_line()
    return blocks
