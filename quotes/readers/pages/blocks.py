"""HTML as the lines that a reader sees: paragraphs, headings, items of lists, rows of tables, each with the element that it stands in; and
which part of a page an element is, by its tag and its names: headline, standfirst, caption, pull quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from quotes.readers.layout.headlines import is_menu_item
from quotes.readers.layout.patterns import words
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
    return len(_line(element).split())


# -- lines -------------------------------------------------------------------------------------------------------------------------

SILENT = frozenset(
    ("script", "style", "template", "noscript", "title", "button", "select", "option", "svg", "iframe", "object", "video", "audio")
)
_CELLS = frozenset(("td", "th"))
#: A row of no longer cells, none of them a sentence, is one line.
_SHORT_CELL = 8  # words
_SENTENCE_MARKS = frozenset('“”"«».!?')
#: Windows-1252 for the control characters that pages print in its place, nothing for what no browser shows, `?` for half a surrogate pair.
_PRINTED = {
    **{code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)},
    **dict.fromkeys((0x0000, 0x00AD, 0x200B, 0x2060, 0xFEFF)),
    **dict.fromkeys(range(0xD800, 0xE000), "?"),
}
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_QUOTATION_MARKS = (("“", "”"), ("‘", "’"))
_MARKS = frozenset("“”‘’\"'«»")


class Block(NamedTuple):
    """One line: what part of the layout it is (None for running text), its words, the block-level element in which they stand, and how many
    of the words are links to elsewhere."""

    kind: ZoneKind | None
    text: str
    element: Any
    linked: int

    @property
    def is_link(self) -> bool:
        """Whether hardly a word is not part of a link."""
        return self.linked > 0 and self.linked >= len(self.text.split()) - 1


class _State(NamedTuple):
    """What the elements around some words make of them."""

    kind: ZoneKind | None
    element: Any
    linked: bool = False
    quotations: int = 0
    in_blockquote: bool = False


def one_line(text: str) -> str:
    """A text on one line as browsers show it: no soft hyphens or zero-width spaces, Windows-1252 for control characters."""
    return " ".join(text.translate(_PRINTED).split())


def blocks_in(tree: Any, heading: Any = None) -> list[Block]:
    """The blocks of a parsed page or a piece of one, in order; `heading` is the element that holds the headline. Never raises."""
    reading = _Reading(heading)
    reading.read(tree, _State(None, tree))
    reading.end_line()
    return reading.blocks


class _Reading:
    """One walk over a tree, whose depth its parser has bounded."""

    def __init__(self, heading: Any) -> None:
        self.blocks: list[Block] = []
        self._heading = heading
        self._line: list[tuple[str, _State]] = []

    def read(self, node: Any, outside: _State) -> None:
        """Read what stands in an element, which stands in others as `outside` tells."""
        if node.tag in SILENT or not isinstance(node.tag, str):
            return
        # The source of a quotation stands beneath it.
        breaks = node.tag in words("html_blocks") or (node.tag == "cite" and outside.in_blockquote)
        kind = outside.kind or ("headline" if node is self._heading else part_of(node))
        if breaks or kind != outside.kind:
            self.end_line()
        first = len(self.blocks)
        marked = node.tag == "q" and (node.text or "").lstrip()[:1] not in _MARKS
        begins, ends = _QUOTATION_MARKS[outside.quotations % 2] if marked else ("", "")  # as browsers do
        inside = _State(
            kind=kind,
            element=node if breaks else outside.element,
            linked=outside.linked or (node.tag == "a" and not (node.get("href") or "#").startswith("#")),
            quotations=outside.quotations + marked,
            in_blockquote=outside.in_blockquote or node.tag == "blockquote",
        )
        self._say(begins, inside)
        self._say(node.text, inside)
        for child in node:
            self.read(child, inside)
            self._say(child.tail, inside)
        self._say(ends, outside)
        if breaks or kind != outside.kind:
            self.end_line()
        if node.tag == "tr":
            self._end_row(node, first)

    def _say(self, text: str | None, state: _State) -> None:
        if text and state.element.tag == "pre":
            first, *others = _EMPTY_LINE.split(text)
            self._line.append((first, state))
            for each in others:
                self.end_line()
                self._line.append((each, state))
        elif text:
            self._line.append((text, state))

    def end_line(self) -> None:
        """Make a block of the words since the last one."""
        text = one_line("".join(text for text, _ in self._line))
        if text:
            state = next((state for words, state in self._line if one_line(words)), self._line[0][1])
            linked = sum(len(words.split()) for words, state in self._line if state.linked)
            self.blocks.append(Block(state.kind, text, state.element, linked))
        self._line.clear()

    def _end_row(self, row: Any, first: int) -> None:
        """Short cells, such as those of results, are one line; sentences, and the names beside them, are lines of their own."""
        lines = self.blocks[first:]
        if not 1 < len(lines) <= sum(each.tag in _CELLS for each in row):
            return
        if all(len(each.text.split()) <= _SHORT_CELL and not _SENTENCE_MARKS & set(each.text) for each in lines):
            whole = Block(lines[0].kind, " ".join(each.text for each in lines), row, sum(each.linked for each in lines))
            self.blocks[first:] = [whole]
