"""Which blocks of a page are its story.

trafilatura (Barbaresi 2021) finds the container that the story stands in and drops what is none of it; what it loses of the story beside
that (paragraphs between its own, above or below them in other containers, captions, repeated lines) is taken from the page again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from typing import Any, NamedTuple

from quotes.readers.layout.patterns import any_phrase, whole_line
from quotes.readers.pages.blocks import Block, letters, one_line, stands_in

_PROSE = 8  # words
_PROSE_BETWEEN = 3
_BEGUN = 25  # words of a paragraph, below which nothing is a standfirst
_LONGEST_NOTICE = 80
_SHINGLE = 3  # words
#: The share of a block's shingles that trafilatura's text must hold for it to be the same.
_SAME = 0.8
_MOST, _NEARLY_ALL = 0.6, 0.9
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_FLOWING = frozenset(("ul", "ol", "dl", "table", "blockquote", "figure", "pre"))
_STORY_TAGS = frozenset(("p", "li", "dt", "dd", "td", "th", "tr", "blockquote", "figcaption", "pre", "cite", "h2", "h3", "h4"))
_MARKS = frozenset('“”"«»')


class Story(NamedTuple):
    """The blocks of a story, its headline first, and the part of the page that it stands in (None where there is no story)."""

    blocks: list[Block]
    scope: Any


def extracted(tree: Any, url: str | None) -> Any:
    """trafilatura's document of a page; an empty one where it finds nothing."""
    import trafilatura
    from trafilatura.metadata import Document

    document = trafilatura.bare_extraction(
        tree,
        url=url,
        include_comments=False,
        with_metadata=True,
        # The day of publication, not of the last change, and no guess from numbers in the text.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    return document if document is not None else Document()


def story_of(blocks: Sequence[Block], document: Any) -> Story:
    """The story among the blocks of a page, by trafilatura's `document` of it.

    A block is of the story when trafilatura has its words; when it stands between such blocks; and when it is prose that stands between
    the headline and the first of them, or goes on below the last within the same part of the page.
    """
    printed = whole_line("boilerplate")
    blocks = [each for each in blocks if each.kind is not None or len(each.text) > 200 or not printed.fullmatch(each.text)]
    title = next((at for at, each in enumerate(blocks) if each.kind == "headline"), None)
    is_extracted = _extracted_words(document)
    kept = [at for at, each in enumerate(blocks) if each.kind is None and not each.is_link and is_extracted(each.text)]
    if not any(_is_prose(blocks[at]) for at in kept):
        kept = [] if title is None else list(_going_on(blocks, title, None))
    if not kept:
        return Story([], None)
    scope = _scope([blocks[at] for at in kept], None if title is None else blocks[title].element)
    kept = [at for at in kept if stands_in(blocks[at].element, scope) and (title is None or at > title or _is_prose(blocks[at]))]
    first, last = kept[0], kept[-1]
    chosen = {*kept, *(at for at in range(first, last) if _belongs_between(blocks[at], scope))}
    flow = {blocks[at].element.getparent() for at in kept if _is_prose(blocks[at])}
    chosen.update(_going_on(blocks, last, scope, flow))
    if title is not None:
        chosen.update(_above(blocks, title, first, flow))
        chosen.discard(title)
    begun = next((at for at in kept if len(blocks[at].text.split()) > _BEGUN), first)
    found = [blocks[at]._replace(kind=None) if at > begun and blocks[at].kind == "standfirst" else blocks[at] for at in sorted(chosen)]
    while found and _is_notice(found[-1]):
        found.pop()
    # What is printed once for telephones and once for larger screens.
    twice = [at for at in range(1, len(found)) if found[at].text == found[at - 1].text and len(found[at].text.split()) >= _PROSE]
    again = {at for at in twice if found[at].element.getparent() is not found[at - 1].element.getparent()}
    found = [each for at, each in enumerate(found) if at not in again]
    if title is not None and found and letters(found[0].text) == letters(blocks[title].text):
        del found[0]
    return Story(found if title is None else [blocks[title], *found], scope)


def _extracted_words(document: Any) -> Callable[[str], bool]:
    """Whether trafilatura took a text, or nearly all of its words, for the story: by its lines, and every run of three words."""
    pieces = [_words(text) for text in document.body.itertext()] if document.body is not None else []
    lines, known = set(map(tuple, pieces)), set(_shingles([word for piece in pieces for word in piece]))

    def has(text: str) -> bool:
        words = _words(text)
        shingles = _shingles(words)
        if not shingles:
            return bool(words) and tuple(words) in lines
        return sum(each in known for each in shingles) >= _SAME * len(shingles)

    return has


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", one_line(text).casefold())


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)]


def _scope(kept: Sequence[Block], heading: Any) -> Any:
    """The part of the page within which the story stands: the `article` or `main` around most of it, or what also holds the headline;
    where that is the whole page, what holds nearly all of the words."""
    core = _container(kept, _MOST)
    around = [core, *core.iterancestors()]
    named = next((each for each in around if each.tag in ("article", "main")), None)
    if named is not None:
        return named
    above = set() if heading is None else set(heading.iterancestors())
    common = next((each for each in around if each in above), None)
    return common if common is not None and common.tag not in ("body", "html") else _container(kept, _NEARLY_ALL)


def _container(kept: Sequence[Block], share: float) -> Any:
    """The innermost element that holds this share of the words."""
    weights: Counter[Any] = Counter()
    lines = Counter(block.element for block in kept)
    for block in kept:
        around = [block.element, *block.element.iterancestors()]
        if lines[block.element] == 1 and len(around) > 1:
            del around[0]  # what holds one line is a paragraph and holds no story
        weights.update(dict.fromkeys(around, len(block.text.split())))
    whole = max(weights.values())
    return max((each for each, count in weights.items() if count >= whole * share), key=lambda each: sum(1 for _ in each.iterancestors()))


def _is_prose(block: Block, least: int = _PROSE) -> bool:
    """Whether it reads as a sentence, and not as a label or a link."""
    count = len(block.text.split())
    if count < least or block.linked * 2 > count:
        return False
    return _ENDS_SENTENCE.search(block.text[-6:]) is not None or bool(_MARKS & set(block.text))


def _is_notice(block: Block) -> bool:
    """Whether a paragraph is what the site says beneath every story."""
    spoken = _MARKS & set(block.text) or len(block.text.split()) > _LONGEST_NOTICE
    return block.kind is None and not spoken and any_phrase("page_notices").search(block.text) is not None


def _belongs_between(block: Block, scope: Any) -> bool:
    if block.kind is not None:
        return block.kind != "headline" and stands_in(block.element, scope)
    if block.is_link:
        return False
    if _is_prose(block, _PROSE_BETWEEN):
        return True
    quoted = any(each.tag == "blockquote" for each in block.element.iterancestors())
    return (quoted or block.element.tag in _STORY_TAGS) and stands_in(block.element, scope)


def _above(blocks: Sequence[Block], title: int, first: int, flow: Set[Any]) -> set[int]:
    """The standfirst, the prose and the lists between headline and story, headings of them, and the first caption there."""
    found = {next((at for at in range(title + 1, first) if blocks[at].kind == "caption"), first)}
    for at in range(first - 1, title, -1):
        block, below = blocks[at], blocks[at + 1]
        heads = block.element.tag in _HEADINGS and at + 1 in found and block.element.getparent() is below.element.getparent()
        if block.kind == "standfirst" or (block.kind is None and not block.is_link and (_is_prose(block) or heads or _flows(block, flow))):
            found.add(at)
    return found


def _going_on(blocks: Sequence[Block], last: int, scope: Any, flow: Set[Any] = frozenset()) -> Iterator[int]:
    """The prose and the lists that follow a block, up to the first heading, link or label."""
    for at in range(last + 1, len(blocks)):
        block = blocks[at]
        if scope is not None and not stands_in(block.element, scope):
            return
        running = not block.is_link and block.element.tag not in _HEADINGS and (_is_prose(block) or _flows(block, flow))
        if not running and block.kind not in ("caption", "pullquote"):
            return
        yield at


def _flows(block: Block, parents: Set[Any]) -> bool:
    """Whether it is in a list, a table or a quotation that stands beside paragraphs of the story, in one of `parents`."""
    quoted = False
    for each in (block.element, *block.element.iterancestors()):
        quoted = quoted or each.tag == "blockquote"
        if (quoted or each.tag in _FLOWING) and each.getparent() in parents:
            return True
    return False
