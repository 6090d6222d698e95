"""HTML parsed within bounds: strangers' pages may cost work without end, so what is far larger than any article is refused beforehand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from quotes.readers.inputs.reader_errors import OversizedMarkupError

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


def parse(source: str) -> Any:
    """The root (lxml) of a page or of a piece of one, without comments; None where there is nothing to parse.

    Raises OversizedMarkupError when the source is longer, has more elements, more attributes on one, or nests deeper than any article.
    """
    from lxml import etree, html

    if len(source) > LONGEST:
        raise OversizedMarkupError(f"has more than {LONGEST:,} characters of HTML")
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

    def __init__(self) -> None:
        self._elements = self._depth = 0

    def start(self, _: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > MOST_ELEMENTS:
            raise OversizedMarkupError(f"has more than {MOST_ELEMENTS:,} elements")
        if len(attributes) > MOST_ATTRIBUTES:
            raise OversizedMarkupError(f"has an element with more than {MOST_ATTRIBUTES} attributes")
        if self._depth > DEEPEST:
            raise OversizedMarkupError(f"has more than {DEEPEST} elements within one another")

    def end(self, _: str) -> None:
        self._depth -= 1

    def close(self) -> None:
        """What lxml asks for at the end."""
