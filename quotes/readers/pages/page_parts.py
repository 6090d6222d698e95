"""Which parts a page has: its headline, standfirst, captions and pull quotes, recognised by elements and their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from quotes.readers.layout.headlines import is_menu_item
from quotes.records import ZoneKind

_LONGEST_CAPTION = 150  # words
_LONGEST_PULL_QUOTE = 80
_LONGEST_STANDFIRST = 100
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
_PARTS: tuple[tuple[ZoneKind, re.Pattern[str], frozenset[str], int], ...] = (
    ("caption", _CAPTION_NAMES, frozenset(("p", "div", "span", "small", "em")), _LONGEST_CAPTION),
    ("pullquote", _PULL_NAMES, frozenset(("aside", "blockquote", "div", "figure", "p", "section")), _LONGEST_PULL_QUOTE),
    ("standfirst", _STANDFIRST_NAMES, frozenset(("p", "div", "h2", "h3", "h4", "ul", "span")), _LONGEST_STANDFIRST),
)


def part_of(element: Any) -> ZoneKind | None:
    """The part that an element (lxml) is by its tag or its names, None for one that is no part; a standfirst is one above a story only."""
    if element.tag == "figcaption":
        # Under a quotation it says whose words they are.
        quotation = any(True for figure in element.iterancestors("figure") for _ in figure.iter("blockquote"))
        return "caption" if not quotation and _word_count(element) <= _LONGEST_CAPTION else None
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(names) > 1:
        for kind, pattern, tags, longest in _PARTS:
            if element.tag in tags and pattern.search(names):
                return kind if _word_count(element) <= longest else None
    return None


def headings(tree: Any) -> list[Any]:
    """What may be the headline, the likeliest first: what calls itself one, the `h1` in the article, the last `h1`.

    A link to the front page is none, nor is a button such as `Next article`.
    """
    first = [each for each in tree.iter("h1") if not _leads_home(each)]
    named = [
        each for each in tree.iter("h1", "h2", "h3") if each.get("itemprop") == "headline" or _TITLE_NAMES.search(each.get("class") or "")
    ]
    within = [each for each in first if any(above.tag in ("article", "main") for above in each.iterancestors())]
    return [each for each in (*named, *within, *reversed(first)) if not is_menu_item(_line(each))]


def own_heading(tree: Any, titles: Sequence[str] = ()) -> Any:
    """The headline: of several headings the one that says what one of `titles` says, else the likeliest; where none may be it, a smaller
    one that says what one of them says; None where there is none."""
    candidates = headings(tree)
    keys = [(each, letters(_line(each))) for each in candidates or tree.iter("h2", "h3")]
    for title in map(letters, titles):
        for each, key in keys:
            if title == key or (min(len(title), len(key)) >= _TELLING and (title.startswith(key) or key.startswith(title))):
                return each
    return next(iter(candidates), None)


def letters(words: str) -> str:
    """The letters and figures alone, without regard to case, to compare headlines by."""
    return re.sub(r"\W+", "", words).casefold()


def stands_in(element: Any, scope: Any) -> bool:
    """Whether an element is, or stands within, another one."""
    return element is scope or any(each is scope for each in element.iterancestors())


def _line(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _leads_home(heading: Any) -> bool:
    links = (link.get("href") or "" for link in heading.iter("a"))
    return any(link.rstrip("/").count("/") in (0, 2) and not link.startswith("#") for link in links)


def _word_count(element: Any) -> int:
    return len("".join(element.itertext()).split())
