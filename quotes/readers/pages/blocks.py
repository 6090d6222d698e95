"""HTML as the lines that a reader sees: paragraphs, headings, items of lists, rows of tables, each with the element that it stands in."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from quotes.readers.layout.patterns import words
from quotes.readers.pages.page_parts import part_of
from quotes.records import ZoneKind

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


#: So many pieces of a line before a time may say what it is.
_FEW = 4


class Block(NamedTuple):
    """One line: what part of the layout it is (None for running text), its words, the block-level element in which they stand, how many of
    the words are links to elsewhere, and the `time` elements in it, each with the words before it."""

    kind: ZoneKind | None
    text: str
    element: Any
    linked: int
    times: tuple[tuple[Any, str], ...] = ()

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
    time: Any = None


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
            time=node if node.tag == "time" else outside.time,
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
            times: dict[Any, str] = {}
            for at, (_, each) in enumerate(self._line):
                if each.time is not None and each.time not in times:
                    times[each.time] = "".join(words for words, _ in self._line[max(0, at - _FEW) : at])
            self.blocks.append(Block(state.kind, text, state.element, linked, tuple(times.items())))
        self._line.clear()

    def _end_row(self, row: Any, first: int) -> None:
        """Short cells, such as those of results, are one line; sentences, and the names beside them, are lines of their own."""
        lines = self.blocks[first:]
        if not 1 < len(lines) <= sum(each.tag in _CELLS for each in row):
            return
        if all(len(each.text.split()) <= _SHORT_CELL and not _SENTENCE_MARKS & set(each.text) for each in lines):
            whole = Block(lines[0].kind, " ".join(each.text for each in lines), row, sum(each.linked for each in lines))
            self.blocks[first:] = [whole]
