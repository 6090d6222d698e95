"""HTML that is all article, such as the content of a feed's entry or of an e-mail: its blocks in order, its parts as zones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from quotes.readers.inputs.reader_errors import OversizedMarkupError
from quotes.readers.pages.blocks import blocks_in
from quotes.readers.pages.markup import parse
from quotes.readers.pages.page_boilerplate import remove_furniture
from quotes.readers.pages.page_parts import own_heading
from quotes.records import Zone, ZoneKind

_PARAGRAPH_BREAK = "\n\n"
_BEGUN = 25  # words of a paragraph, below which nothing is a standfirst


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
    begun = False
    paragraphs: list[Paragraph] = []
    for block in blocks_in(tree, own_heading(tree)):
        begun = begun or (block.kind is None and len(block.text.split()) > _BEGUN)
        paragraphs.append(Paragraph(None if begun and block.kind == "standfirst" else block.kind, block.text))
    return paragraphs


def blocks_of(markup: str) -> list[str]:
    """The words of each block of a piece of HTML, none left out, each on one line; empty for what is too large to be an article."""
    try:
        tree = parse(f"<html><body>{markup}</body></html>")
    except OversizedMarkupError:
        return []
    return [] if tree is None else [each.text for each in blocks_in(tree)]


def laid_out(paragraphs: Sequence[Paragraph]) -> tuple[str, list[Zone]]:
    """The text, an empty line between paragraphs, and the zones of those whose part in the layout is known."""
    zones: list[Zone] = []
    at = 0
    for each in paragraphs:
        if each.kind is not None:
            zones.append(Zone(each.kind, at, at + len(each.text)))
        at += len(each.text) + len(_PARAGRAPH_BREAK)
    return _PARAGRAPH_BREAK.join(each.text for each in paragraphs), zones
