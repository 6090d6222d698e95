"""HTML that is all article, such as the content of a feed's entry or of an e-mail: its blocks in order, its parts as zones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from quotes.readers.markup import OversizedMarkupError, parse
from quotes.readers.page_parts import mark_parts, remove_furniture, unmarked
from quotes.readers.patterns import words
from quotes.records import Zone, ZoneKind

_PARAGRAPH_BREAK = "\n\n"
_SILENT = frozenset(
    ("script", "style", "template", "noscript", "head", "title", "button", "select", "option", "svg", "iframe", "object", "video", "audio")
)


class Paragraph(NamedTuple):
    """One block: its words on one line, and what part of the layout it is (None for running text)."""

    kind: ZoneKind | None
    text: str


def fragment_paragraphs(markup: str) -> list[Paragraph]:
    """The paragraphs of a piece of HTML or of plain text; never raises, since browsers do not either."""
    if not re.search(r"<\w+|&\w+;|&#\d+;", markup):
        return [Paragraph(None, line) for line in (" ".join(part.split()) for part in re.split(r"\n\s*\n", markup)) if line]
    try:
        tree = parse(f"<html><body>{markup}</body></html>")
    except OversizedMarkupError:
        return []
    if tree is None:
        return []
    remove_furniture(tree)
    mark_parts(tree)
    return [Paragraph(*part) for block in _blocks(tree) for part in unmarked(block)]


def blocks_of(markup: str) -> list[str]:
    """The words of each block of a piece of HTML, none left out, each on one line; empty for what is too large to be an article."""
    try:
        tree = parse(f"<html><body>{markup}</body></html>")
    except OversizedMarkupError:
        return []
    return [] if tree is None else _blocks(tree)


def laid_out(paragraphs: Sequence[Paragraph]) -> tuple[str, list[Zone]]:
    """The text, an empty line between paragraphs, and the zones of those whose part in the layout is known."""
    zones: list[Zone] = []
    at = 0
    for each in paragraphs:
        if each.kind is not None:
            zones.append(Zone(each.kind, at, at + len(each.text)))
        at += len(each.text) + len(_PARAGRAPH_BREAK)
    return _PARAGRAPH_BREAK.join(each.text for each in paragraphs), zones


def _blocks(tree: Any) -> list[str]:
    blocks: list[str] = []
    line: list[str] = []

    def end_line() -> None:
        printed = " ".join("".join(line).split())
        if printed:
            blocks.append(printed)
        line.clear()

    # Without recursion: pages of strangers nest deeper than Python does.
    breaking = words("html_blocks")
    waiting: list[tuple[Any, bool]] = [(tree, False)]
    while waiting:
        node, leaving = waiting.pop()
        silent = not isinstance(node.tag, str) or node.tag in _SILENT
        if leaving:
            if not silent and node.tag in breaking:
                end_line()
            line.append(node.tail or "")
            continue
        waiting.append((node, True))
        if silent:
            continue
        if node.tag in breaking:
            end_line()
        line.append(node.text or "")
        waiting.extend((child, False) for child in reversed(node))
    end_line()
    return blocks
