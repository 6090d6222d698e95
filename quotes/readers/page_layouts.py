"""Layouts that trafilatura takes for something else: pages laid out in tables, and feeds of short articles under one headline."""

from __future__ import annotations

from collections import Counter
from typing import Any

#: The share of a page's running words that a cell must hold to be the story's.
_STORY = 0.6
_PROSE = 12  # words


def straighten(tree: Any) -> None:
    """Make the parsed page one story in one place: the cell of a layout table becomes the page, the posts of a live blog plain blocks."""
    _join_posts(tree)
    _leave_tables(tree)


def _join_posts(tree: Any) -> None:
    """Several `article` elements below a headline that stands in none of them are the posts of one story: trafilatura would keep one."""
    articles = [each for each in tree.iter("article") if _prose(each)]
    heading = next(iter(tree.iter("h1")), None)
    if len(articles) < 2 or heading is None or any(each.tag == "article" for each in heading.iterancestors()):
        return
    siblings = Counter(each.getparent() for each in articles)
    feed, posts = siblings.most_common(1)[0]
    if posts < 2:
        return
    for each in articles:
        if each.getparent() is feed:
            each.tag = "div"
            for header in each.iter("header"):
                header.tag = "div"
    feed.tag = "article"
    feed.set("class", "article-content")


def _prose(element: Any) -> bool:
    return any(len(paragraph.text_content().split()) >= _PROSE for paragraph in element.iter("p"))


def _leave_tables(tree: Any) -> None:
    """Where one cell of nested tables holds most of the running words, keep that cell as the body of the page."""
    body = tree.find(".//body")
    cells = list(tree.iter("td"))
    if body is None or len(cells) < 2 or any(_prose(each) for each in tree.iter("article", "main")):
        return
    words: Counter[Any] = Counter()
    everything = 0
    for text in body.xpath(".//text()[not(ancestor::script) and not(ancestor::style) and not(ancestor::a)]"):
        count = len(text.split())
        everything += count
        cell = next((each for each in _with_ancestors(text.getparent(), text.is_tail) if each.tag == "td"), None)
        if cell is not None:
            words[cell] += count
    if not words:
        return
    story, most = words.most_common(1)[0]
    if most < everything * _STORY or most < 60:
        return
    story.tag = "article"
    story.tail = None
    body.clear()
    body.append(story)


def _with_ancestors(element: Any, is_tail: bool) -> Any:
    if not is_tail:
        yield element
    yield from element.iterancestors()
