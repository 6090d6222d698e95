"""What stands around a story on a page and says so: comments, related links, newsletters, share buttons, advertisements, teasers.

An element is known by its tag, by the last word of its names (`story-comments` are comments, `tag-harbour` and `content-with-sidebar` are
not), or by its build: a row of links, cards that each lead to another story.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import Any

from quotes.readers.layout.patterns import any_phrase, entries
from quotes.readers.pages.blocks import SILENT, one_line, part_of

#: Whatever it is called, an element with more than this share of the page's words, or with as many long paragraphs, is the story.
_LARGEST = 0.4
_LONG_PARAGRAPHS = 3
_LONG = 20  # words
_LARGEST_CARD = 60  # words
_MOST_NAMES = 40

_TAGS = frozenset((
    "script", "style", "nav", "aside", "footer", "template", "noscript", "dialog", "amp-sidebar", "amp-consent", "amp-ad", "amp-embed",
    "amp-list",
))  # fmt: skip
_ROLES = frozenset(("dialog", "alertdialog", "navigation", "complementary", "search"))
_CARDS = frozenset(("div", "li", "article", "section", "a"))
_HEADINGS = frozenset(("h2", "h3", "h4", "h5"))
_WORD = re.compile(r"\w\S*")
_NUMBERS = re.compile(r"\d+")
_WALL_NAMES = re.compile(r"(?:pay|reg)-?wall|(?:subscri(?:be|ption)|piano|meter)[-_]*(?:prompt|offer|wall|cta)", re.IGNORECASE)
#: What makes a name tell of something else: WordPress names an article by its tags, and others say what a page has beside the story.
_ABOUT = re.compile(
    r"(?:tag|category|cat|term|author|has|no|with|without|is|show|hide)[-_]|.*[-_](?:with|without|has|no)[-_]", re.IGNORECASE
)
_HASH = re.compile(r"__(?=\w*[A-Z\d])[\w-]{5,6}$")  # CSS modules end a name so
_PLACES = (
    "left|right|top|bottom|inner|outer|wrap|wrapper|container|holder|box|block|section|module|component|unit|widget|area|group|list|links?"
    "|items?|inline|desktop|mobile|primary|secondary|content|placeholder|row|col|js|new|v?\\d+"
)


Tally = Counter[str]


def _tallies(tree: Any) -> dict[Any, Tally]:
    """What stands in every element: `words`, those `linked` to elsewhere, `long` paragraphs, `links`, `linked_headings`, `titles`."""
    found: dict[Any, Tally] = {}
    for element in reversed(list(tree.iter())):
        tally = found[element] = Counter()
        if not isinstance(element.tag, str) or element.tag in SILENT - {"noscript", "template"}:
            continue
        loose = longest = len(_WORD.findall(element.text or ""))
        for child in element:
            tally.update(found[child])
            after = len(_WORD.findall(child.tail or ""))
            loose, longest = loose + after, max(longest, after)
        tally["words"] += loose
        if element.tag == "a" and tally["words"] and not (element.get("href") or "#").startswith("#"):
            tally["linked"], tally["links"] = tally["words"], 1
        elif element.tag == "p" or longest >= _LONG:
            tally["long"] = max(tally["long"], int(tally["words"] >= _LONG and tally["linked"] * 2 < tally["words"]))
        elif element.tag in _HEADINGS:
            tally["linked_headings"] = int(0 < tally["linked"] == tally["words"])
        elif element.tag == "h1":
            tally["titles"] = 1
    return found


def remove_boilerplate(tree: Any) -> None:
    """Take what is no part of the story out of the parsed page."""
    from lxml import etree

    counted = _tallies(tree)
    whole = max(1, counted[tree]["words"])
    doomed: list[Any] = []
    cards = _cards(counted)
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in ("html", "body", "head", "main"):
            continue
        tally = counted[element]
        # `Front page | Sport | Obituaries`, in whatever element, with next to nothing that is no link.
        links = tally["links"] >= 2 and tally["words"] - tally["linked"] <= 1 and not tally["titles"]
        if links or element in cards or _is_boilerplate(element, tally, whole):
            doomed.append(element)
            walk.skip_subtree()
    for element in doomed:
        element.drop_tree()


def _is_boilerplate(element: Any, tally: Tally, whole: int) -> bool:
    if tally["titles"]:
        return False
    holds_story = tally["long"] >= _LONG_PARAGRAPHS or tally["words"] > whole * _LARGEST
    if _names(element, "page_comments"):  # readers write long paragraphs too, but then each stands in a comment of its own
        return not holds_story or any(_names(each, "page_comments") for each in element.iterdescendants() if isinstance(each.tag, str))
    if holds_story:
        return False
    if element.tag in _TAGS:
        return part_of(element) is None and not any(each.tag == "blockquote" for each in element.iterancestors())
    if element.get("hidden") is not None or element.get("role") in _ROLES or (element.get("itemtype") or "").endswith("/Comment"):
        return True
    return _is_wall(element) or (_names(element, "page_boilerplate") and element.find(".//blockquote") is None)


def _names(element: Any, list_of_names: str) -> bool:
    """Whether a class, the id or the component of an element is one of a list."""
    names = [*(element.get("class") or "").split()[:_MOST_NAMES], element.get("id") or "", element.get("data-component") or ""]
    whole, ends = _patterns(list_of_names)
    return any((whole if _ABOUT.match(name) else ends).fullmatch(_spaced(name)) for name in names if name)


def _is_wall(element: Any) -> bool:
    """What is named a wall and asks for something; sites also put the paragraphs that it hides into it."""
    if not any(_WALL_NAMES.search(element.get(name) or "") for name in ("class", "id")):
        return False
    asks = next(element.iter("a", "button", "form", "input"), None) is not None
    return asks or any_phrase("walls").search(one_line("".join(element.itertext()))) is not None


def _spaced(name: str) -> str:
    """`relatedPosts__list` as `related posts list`, so that a pattern meets whole words."""
    return re.sub(r"[-_:.\s]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _HASH.sub("", name[:200]))).strip().casefold()


@cache
def _patterns(list_of_names: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """For names that are in a list as a whole, and for those that end so."""
    name = rf"(?:{'|'.join(entries(list_of_names))})(?: (?:{_PLACES}))*"
    return re.compile(name), re.compile(rf"(?:.* )?{name}")


def _cards(counted: dict[Any, Tally]) -> set[Any]:
    """The elements that each lead to another story and hold a little of it, where several are of one build."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    for element, tally in counted.items():
        fewest = _fewest_cards(element, tally)
        if fewest:
            build = _NUMBERS.sub("", element.get("class") or "")
            groups[fewest, element.tag, build or element.getparent()].append(element)
    return {element for (fewest, *_), group in groups.items() if len(group) >= fewest for element in group}


def _fewest_cards(element: Any, tally: Tally) -> int:
    """How many elements like this one make it a card; 0 where it is none."""
    if not 0 < tally["words"] <= _LARGEST_CARD or tally["titles"] or element.tag not in _CARDS or not tally["links"]:
        return 0
    if tally["linked_headings"]:
        return 2
    link = next(element.iter("a"))
    comes_first = "".join(element.itertext()).lstrip().startswith("".join(link.itertext()).strip())
    return 3 if tally["links"] == 1 and tally["linked"] > 3 and comes_first and not (link.tail or "").strip() else 0
