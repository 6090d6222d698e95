"""The parts of a page before the article is taken out of it: furniture removed, captions, pull quotes and standfirst marked.

trafilatura tells the story from its frame, but it drops every figure and every aside with the words in them, and it keeps some lists of
links to other stories. So furniture that names itself is taken out beforehand, and a part that should stay becomes a paragraph that
begins with a mark, by which it is known again afterwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from quotes.readers.headlines import is_menu_item
from quotes.readers.patterns import entries
from quotes.records import ZoneKind

#: Each mark: an opening and a closing bracket that no page uses round one letter.
_OPEN, _CLOSE = "⧼", "⧽"
_LETTERS: dict[str, ZoneKind] = {"c": "caption", "p": "pullquote", "s": "standfirst", "h": "headline"}
#: A paragraph that has been on the page before: trafilatura would drop it, and speakers do repeat themselves.
_AGAIN = "r"
_MARK = re.compile(f"{_OPEN}([{''.join(_LETTERS)}]|{_AGAIN}\\d+){_CLOSE}")

#: Furniture that holds more than this share of the page's words is no furniture, whatever it is called.
_LARGEST_FURNITURE = 0.4
_LONGEST_STANDFIRST = 600
#: So many letters are enough to know a headline by, where the one or the other is cut short or goes on.
_TELLING = 20

_CAPTION_NAMES = re.compile(r"(?:^|[-_ ])(?:img|image|photo|picture|media|wp|figure)?[-_]*caption(?:[-_]*text)?(?:$|[ ])", re.IGNORECASE)
_PULL_NAMES = re.compile(r"pull[-_]*(?:ed[-_]*)?quote|quote[-_]*(?:box|callout|pull)|callout[-_]*quote|(?:^|[-_ ])pullout", re.IGNORECASE)
_STANDFIRST_NAMES = re.compile(
    r"stand-?first|(?:^|[-_ ])(?:dek|deck|strapline|sub-?(?:title|head(?:line)?)|summary-list)(?:$|[-_ ])"
    r"|(?:article|story|post)[-_]+(?:summary|intro|lede?|excerpt|subtitle|sub-?headline|description)(?:$|[ ])",
    re.IGNORECASE,
)
_TITLE_NAMES = re.compile(r"(?:^|[-_ ])(?:entry|post|article|story)[-_]*(?:title|headline)(?:$|[ ])", re.IGNORECASE)
_BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "li", "blockquote", "section", "article", "td")
_PROMO = re.compile(
    r"(?:related|read more|read also|also read|see also|more|watch|listen|live|in pictures|don.t miss)\s*[:|»>-]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Part:
    """A marked part of the page: what it is, and its words on one line."""

    kind: ZoneKind
    text: str


def remove_furniture(tree: Any) -> None:
    """Take out of the parsed page what names itself as furniture: comments, related links, newsletters, share buttons, advertisements."""
    whole = max(1, len(tree.text_content()))
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in ("html", "body", "head", "main"):
            continue
        named = _names_furniture(element) and not _holds_the_story(element, whole)
        if named or _is_promotion(element) or _is_row_of_links(element):
            element.drop_tree()
    for element in list(tree.iter("template", "noscript", "amp-sidebar", "amp-consent", "amp-ad", "amp-list", "dialog")):
        if element.getparent() is not None and not _holds_the_story(element, whole):
            element.drop_tree()


def _names_furniture(element: Any) -> bool:
    if element.get("hidden") is not None or (element.get("itemtype") or "").endswith("/Comment"):
        return True
    if element.get("role") in ("dialog", "alertdialog", "navigation", "complementary", "search"):
        return True
    return any(_furniture_pattern().search(_spaced(element.get(name) or "")) for name in ("class", "id", "data-component"))


def _spaced(name: str) -> str:
    """`relatedPosts__list` as `related posts list`, so that a pattern meets whole words."""
    return re.sub(r"[-_:.\s]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).casefold()


@cache
def _furniture_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:^| )(?:{'|'.join(entries('page_furniture'))})(?:$| )")


def _holds_the_story(element: Any, whole: int) -> bool:
    if element.find(".//h1") is not None or element.tag == "h1":
        return True
    return len(element.text_content()) > whole * _LARGEST_FURNITURE


def _is_promotion(element: Any) -> bool:
    """A paragraph within the story that only leads to another: all of it a link, or a label such as `Related:` before one."""
    links = list(element.iter("a")) if element.tag in ("p", "h3", "h4", "h5", "div") else []
    if not links or any(child.tag in _BLOCKS for child in element.iterdescendants() if isinstance(child.tag, str)):
        return False
    words, linked = _words(element), [word for link in links for word in _words(link)]
    if not linked or any(link.find(".//h1") is not None or (link.get("href") or "").startswith("#") for link in links):
        return False  # an address within the page is that of the part itself
    if _PROMO.match(" ".join(words)) and len(linked) * 2 > len(words):
        return True
    return len(linked) >= 4 and len(linked) >= len(words) - 1 and element.tag != "div"


def _is_row_of_links(element: Any) -> bool:
    """`Front page | Sport | Obituaries`, in whatever element, with next to nothing that is no link."""
    if element.tag not in ("p", "div", "font", "center", "span", "ul", "ol", "small"):
        return False
    links = [link for link in element.iter("a") if _words(link)]
    if len(links) < 2:
        return False
    linked = sum(len(_words(link)) for link in links)
    unlinked = [word for word in _words(element) if any(sign.isalnum() for sign in word)]
    return len(unlinked) - linked <= 1


def mark_parts(tree: Any, titles: Sequence[str] = ()) -> list[Part]:
    """Turn captions, pull quotes, the standfirst and the headline into marked paragraphs, and list them in the order of the page.

    `titles` are what the page calls its article, by which the headline is told from other headings.
    """
    for element in tree.iter():
        # Should a page print what looks like one of our marks, it is no longer one.
        for name in ("text", "tail"):
            printed = getattr(element, name)
            if printed and _OPEN in printed and isinstance(element.tag, str):
                setattr(element, name, _MARK.sub(lambda mark: f"{_OPEN} {mark[1]}{_CLOSE}", printed))
    heading = own_heading(tree, titles)
    parts: list[Part] = []
    before_story = True
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or (element is not tree and _detached(element, tree)):
            continue
        if element is heading:
            words = " ".join(_words(element))
            if words:
                parts.append(Part("headline", words))
            continue
        kind = _part_of(element, before_story=before_story and heading is not None)
        if kind is None:
            before_story = before_story and not (element.tag == "p" and len(_words(element)) > 25 and _after(element, heading))
            continue
        lines = _lines(element)
        parts.extend(Part(kind, line) for line in lines)
        _become_marked(element, kind, lines)
    _tell_repeats_apart(tree)
    return parts


def _tell_repeats_apart(tree: Any) -> None:
    met: Counter[str] = Counter()
    for paragraph in tree.iter("p"):
        words = " ".join(_words(paragraph))
        if words:
            if met[words]:
                paragraph.text = f"{_OPEN}{_AGAIN}{met[words]}{_CLOSE}{paragraph.text or ''}"
            met[words] += 1


def _detached(element: Any, tree: Any) -> bool:
    top = element
    while top.getparent() is not None:
        top = top.getparent()
    return top is not tree


def _after(element: Any, heading: Any) -> bool:
    """True once the story has begun: a long paragraph counts only below the headline."""
    if heading is None:
        return True
    for each in element.getroottree().iter():
        if each is heading:
            return True
        if each is element:
            return False
    return False


def headings(tree: Any) -> list[Any]:
    """What may be the headline, the likeliest first: what calls itself one, the `h1` in the article, the last `h1`.

    A link to the front page is none, nor is a button such as `Next article`.
    """
    first = [each for each in tree.iter("h1") if not _leads_home(each)]
    named = [
        each for each in tree.iter("h1", "h2", "h3") if each.get("itemprop") == "headline" or _TITLE_NAMES.search(each.get("class") or "")
    ]
    within = [each for each in first if any(above.tag in ("article", "main") for above in each.iterancestors())]
    return [each for each in (*named, *within, *reversed(first)) if not is_menu_item(" ".join(_words(each)))]


def own_heading(tree: Any, titles: Sequence[str]) -> Any:
    """The headline: of several headings the one that says what one of `titles` says, else the likeliest; None where there is none."""
    candidates = headings(tree)
    keys = [(each, _letters(" ".join(_words(each)))) for each in candidates]
    for title in map(_letters, titles):
        for each, key in keys:
            if title == key or (min(len(title), len(key)) >= _TELLING and (title.startswith(key) or key.startswith(title))):
                return each
    return next(iter(candidates), None)


def _letters(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()


def _leads_home(heading: Any) -> bool:
    return any(
        (link.get("href") or "").rstrip("/").count("/") in (0, 2) and not link.get("href", "").startswith("#") for link in heading.iter("a")
    )


def _part_of(element: Any, *, before_story: bool) -> ZoneKind | None:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag == "figcaption" or (_CAPTION_NAMES.search(names) and element.tag in ("p", "div", "span", "small", "em")):
        return "caption" if len(_words(element)) <= 150 else None
    if _PULL_NAMES.search(names) and element.tag in ("aside", "blockquote", "div", "figure", "p", "section"):
        return "pullquote" if len(_words(element)) <= 80 else None
    if before_story and _STANDFIRST_NAMES.search(names) and element.tag in ("p", "div", "h2", "h3", "h4", "ul", "span"):
        return "standfirst" if len(element.text_content()) <= _LONGEST_STANDFIRST else None
    return None


def _lines(element: Any) -> list[str]:
    """The words of a part, one line for each block in it."""
    blocks = [each for each in element.iterdescendants(*_BLOCKS) if not any(True for _ in each.iterdescendants(*_BLOCKS))]
    lines = [" ".join(_words(each)) for each in blocks] if blocks else []
    whole = " ".join(_words(element))
    if not lines or sum(map(len, lines)) + len(lines) < len(whole):
        lines = [whole]
    return [line for line in lines if line]


def _become_marked(element: Any, kind: ZoneKind, lines: list[str]) -> None:
    letter = next(letter for letter, each in _LETTERS.items() if each == kind)
    target = element
    if kind == "caption":
        # The figure goes as a whole: trafilatura would drop it with what is in it.
        figure = next((each for each in element.iterancestors("figure")), None)
        if figure is not None and figure.find(".//table") is None and figure.find(".//blockquote") is None:
            target = figure
    from lxml import html

    parent, tail = target.getparent(), target.tail
    place = parent.index(target)
    target.tail = None
    parent.remove(target)
    for nth, line in enumerate(lines):
        paragraph = html.Element("p")
        paragraph.text = f"{_OPEN}{letter}{_CLOSE}{line}"
        paragraph.tail = tail if nth == len(lines) - 1 else None
        parent.insert(place + nth, paragraph)
    if not lines and tail:
        before = parent[place - 1] if place else None
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail


def unmarked(paragraph: str) -> Iterator[tuple[ZoneKind | None, str]]:
    """A paragraph of the story as its parts: each with its kind, None for running text; most are one part without a mark."""
    kind: ZoneKind | None = None
    at = 0
    for mark in _MARK.finditer(paragraph):
        before = paragraph[at : mark.start()].strip()
        if before:
            yield kind, before
        kind, at = _LETTERS.get(mark[1]), mark.end()
    rest = paragraph[at:].strip()
    if rest:
        yield kind, rest


def _words(element: Any) -> list[str]:
    """The words of an element, of all that it holds but scripts and styles."""
    return (
        " ".join(element.xpath(".//text()[not(ancestor::script) and not(ancestor::style)]")).split()
        if len(element)
        else (element.text or "").split()
    )
