"""HTML that is all article, such as the content of a feed's entry or of an e-mail: its blocks in order, and their parts."""

from __future__ import annotations

import re

from quotes.readers.inputs.reader_errors import OversizedMarkupError
from quotes.readers.layout.zones import Paragraph
from quotes.readers.pages.blocks import Block, blocks_in
from quotes.readers.pages.markup import parse
from quotes.readers.pages.page_boilerplate import remove_boilerplate
from quotes.readers.pages.page_parts import own_heading

_BEGUN = 25  # words of a paragraph, below which nothing is a standfirst


def fragment_paragraphs(markup: str) -> list[Paragraph]:
    """The paragraphs of a piece of HTML or of plain text; never raises, since browsers do not either."""
    if not re.search(r"<\w+|&\w+;|&#\d+;", markup):
        return [Paragraph(None, line) for part in re.split(r"\n\s*\n", markup) if (line := " ".join(part.split()))]
    begun = False
    paragraphs: list[Paragraph] = []
    for block in _blocks(markup, whole=False):
        begun = begun or (block.kind is None and len(block.text.split()) > _BEGUN)
        paragraphs.append(Paragraph(None if begun and block.kind == "standfirst" else block.kind, block.text))
    return paragraphs


def lines_of_markup(markup: str) -> list[str]:
    """The words of each block of a piece of HTML, none left out, each on one line; empty for what is too large to be an article."""
    return [each.text for each in _blocks(markup, whole=True)]


def _blocks(markup: str, *, whole: bool) -> list[Block]:
    try:
        tree = parse(f"<html><body>{markup}</body></html>")
    except OversizedMarkupError:
        return []
    if tree is None or whole:
        return [] if tree is None else blocks_in(tree)
    remove_boilerplate(tree)
    return blocks_in(tree, own_heading(tree))
