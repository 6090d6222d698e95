"""HTML parsed within bounds, and the paragraphs of a piece of it that is all article, such as a feed's entry, an e-mail, a cell of a table.

Strangers' pages may cost work without end, so what is far larger than any article is refused beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from quotes.errors import ArticleError
from quotes.readers.layout.plain_text import Paragraph
from quotes.readers.pages.blocks import Block, blocks_in, own_heading
from quotes.readers.pages.page_boilerplate import remove_boilerplate

#: Characters of source. The largest pages of real sites, with all their scripts, have a fifth of it.
LONGEST = 20_000_000
#: Characters of a story. Each costs the extraction far more than the reading of the page, and long live blogs have half of it.
LONGEST_STORY = 300_000
#: Several times what the longest live blogs have.
MOST_ELEMENTS = 30_000
#: Of one element. Parsers compare each with all before it.
MOST_ATTRIBUTES = 500
#: Elements within elements, as libxml2 has it by default; parts of trafilatura descend by recursion.
DEEPEST = 256

#: Some patterns of trafilatura's go over a run of blanks from each of its characters.
_BLANKS = re.compile(r"\s{40,}")
_DECLARATION = re.compile(r"\A\s*+<\?xml[^>]*\?>")
_BEGUN = 25  # words of a paragraph, below which nothing is a standfirst


def parse(source: str) -> Any:
    """The root (lxml) of a page or of a piece of one, without comments; None where there is nothing to parse.

    Raises ArticleError, which says of no file, when the source is longer, has more elements, more attributes on one, or nests deeper than
    any article.
    """
    from lxml import etree, html

    if len(source) > LONGEST:
        raise ArticleError(f"has more than {LONGEST:,} characters of HTML")
    # What stands before the root (an XML declaration) names an encoding that no longer holds.
    source = _DECLARATION.sub("", source.lstrip("\ufeff")).replace("\0", "")
    source = _BLANKS.sub(lambda blanks: "\n\n" if blanks.group().count("\n") > 1 else " ", source)
    try:
        etree.fromstring(source, etree.HTMLParser(huge_tree=True, target=_Bounds()))
        parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        return html.document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


class _Bounds:
    """What lxml tells of each tag before it builds a tree, which takes time in the square of an element's attributes."""

    elements = depth = 0

    def start(self, _: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS:
            raise ArticleError(f"has more than {MOST_ELEMENTS:,} elements")
        if len(attributes) > MOST_ATTRIBUTES:
            raise ArticleError(f"has an element with more than {MOST_ATTRIBUTES} attributes")
        if self.depth > DEEPEST:
            raise ArticleError(f"has more than {DEEPEST} elements within one another")

    def end(self, _: str) -> None:
        self.depth -= 1

    def close(self) -> None:
        """What lxml asks for at the end."""


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
    except ArticleError:
        return []
    if tree is None or whole:
        return [] if tree is None else blocks_in(tree)
    remove_boilerplate(tree)
    return blocks_in(tree, own_heading(tree))
