"""HTML parsed within bounds: strangers' pages may cost work without end, so what is far larger than any article is refused beforehand."""

from __future__ import annotations

import re
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

_MEND = "save the article's text as .txt"
#: A tag from its bracket to the end of its attributes; possessive throughout, so that no character is read twice.
_TAG = re.compile(r"""<([a-zA-Z][^\s/>]*+)(?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_ATTRIBUTE = re.compile(r"""[^\s"'=/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"']*+))?""")
_RAW = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title")}
#: Some patterns of trafilatura's go over a run of blanks from each of its characters.
_BLANKS = re.compile(r"\s{40,}")
_DECLARATION = re.compile(r"\A\s*+<\?xml[^>]*\?>")


def parse(source: str) -> Any:
    """The root (lxml) of a page or of a piece of one, without comments; None where there is nothing to parse.

    Raises OversizedMarkupError when the source is longer, has more elements, more attributes on one, or nests deeper than any article.
    """
    from lxml import etree, html

    _refuse_oversized(source)
    # What stands before the root (an XML declaration) names an encoding that no longer holds.
    source = _DECLARATION.sub("", source.lstrip("\ufeff")).replace("\0", "")
    source = _BLANKS.sub(lambda blanks: "\n\n" if blanks.group().count("\n") > 1 else " ", source)
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    _refuse_deep(root)
    return root


def _refuse_oversized(source: str) -> None:
    if len(source) > LONGEST:
        raise OversizedMarkupError(f"has more than {LONGEST:,} characters of HTML, {_MEND}")
    at = elements = 0
    while (tag := _TAG.search(source, at)) is not None:
        elements += 1
        if elements > MOST_ELEMENTS:
            raise OversizedMarkupError(f"has more than {MOST_ELEMENTS:,} elements, {_MEND}")
        at = tag.end()
        if at - tag.start() > 2 * MOST_ATTRIBUTES and len(_ATTRIBUTE.findall(tag.group())) > MOST_ATTRIBUTES + 1:
            raise OversizedMarkupError(f"has an element with more than {MOST_ATTRIBUTES} attributes, {_MEND}")
        raw = _RAW.get(tag[1].casefold())
        if raw is not None:  # what stands within is no markup
            end = raw.search(source, at)
            at = end.start() if end is not None else len(source)


def _refuse_deep(root: Any) -> None:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise OversizedMarkupError(f"has more than {DEEPEST} elements within one another, {_MEND}")
