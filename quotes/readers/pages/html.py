"""Saved web pages: the article out of the navigation, banners and comments around it, by trafilatura; pages that are none are refused.

What is refused are error pages, log-in and payment walls, lists of links, each with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from quotes.errors import ArticleError
from quotes.readers.inputs.encodings import decode_page
from quotes.readers.layout.bylines import names_in
from quotes.readers.layout.dates import iso_time
from quotes.readers.layout.headlines import own_title
from quotes.readers.layout.outlets import same_outlet
from quotes.readers.layout.patterns import any_phrase
from quotes.readers.layout.plain_text import Paragraph, article_from_paragraphs
from quotes.readers.pages.blocks import blocks_in, one_line, own_heading, stands_in
from quotes.readers.pages.markup import LONGEST_STORY, parse
from quotes.readers.pages.page_boilerplate import remove_boilerplate
from quotes.readers.pages.page_metadata import PageMetadata, header_blocks, page_metadata, published_on, shown_date, shown_writers
from quotes.readers.pages.story import Story, extracted, story_of
from quotes.records import Article

#: What JSON-LD states is taken for the text where the page shows less than this share of it.
_SHOWN = 0.6
_NO_TEXT = "holds no article text (a page built by scripts?), save the article's text as .txt"
#: Words of running text from which a page is an article whatever else it says.
_ENOUGH = 150
_A_TEASER = 90
_A_BRIEF = 25
_A_SENTENCE = 8
_LINKED_HEADLINES = 8
#: What the title of an error page begins with, or says as a whole; an article's headline may hold any of these numbers.
_ERROR = re.compile(
    r"\W*(?:http\s*)?(?:error\W*)?(?:40[0134]|410|429|50[0-4])\b"
    r"|\W*(?:sorry\W+)?(?:the |this )?(?:page|file|story|article|document) (?:was |is |could |can ?)?(?:not be |not )?(?:found|missing)\b"
    r"|\W*(?:access|permission) denied|\W*forbidden\W*$|\W*bad gateway|\W*service (?:temporarily )?unavailable|\W*internal server error"
    r"|\W*too many requests|\W*just a moment|\W*attention required|\W*are you (?:a )?(?:human|robot)|\W*security check\W*$|\W*oops\W*$",
    re.IGNORECASE,
)
_LONGEST_ERROR = 10  # words


def read_html(data: bytes, path: str, *, url: str | None = None, charset: str | None = None) -> Article:
    """The article of one page: its paragraphs with an empty line between, and the fields that the page states.

    Headline, standfirst, captions and pull quotes stand in the text and are zones over it; readers' comments are left out. `url` is the
    address it was fetched from, for a page that does not state its own; `charset` the encoding that the server named. Raises
    ArticleError when the page is empty or is no article (an index, a wall, an error page), with the reason.
    """
    if not data.strip():
        raise ArticleError(f"{path}: is empty, save the page again")
    source, notices = decode_page(data, path, charset)
    try:
        tree = parse(source)
    except ArticleError as error:
        raise ArticleError(f"{path}: {error}, save the article's text as .txt") from error
    if tree is None:
        raise ArticleError(f"{path}: {_NO_TEXT}")
    stated, looks = page_metadata(tree, url), _looks_of(tree)
    remove_boilerplate(tree)
    blocks = blocks_in(tree, own_heading(tree, stated.titles))
    document = extracted(tree, url)
    story, header = story_of(blocks, document), header_blocks(blocks)
    published, dates = published_on(stated.published, shown_date(header), stated.url, stated.modified)
    paragraphs = [Paragraph(each.kind, each.text) for each in story.blocks]
    if _says_more(stated.body, [each.text for each in paragraphs if each.kind is None]):
        paragraphs = [*(each for each in paragraphs if each.kind == "headline"), *(Paragraph(None, text) for text in stated.body)]
    else:
        _refuse_other_pages(looks, stated, story, path)
    if not paragraphs:
        raise ArticleError(f"{path}: {_NO_TEXT}")
    if sum(len(each.text) + 2 for each in paragraphs) > LONGEST_STORY:
        raise ArticleError(f"{path}: holds a text of more than {LONGEST_STORY:,} characters, save the article in it as .txt")
    if not (stated.free or stated.body) and looks.walls:
        notices = (*notices, "the page says that its text is for subscribers, so that its end may be missing")
    writers = (stated.byline or shown_writers(header), names_in(document.author or None))
    headline = next((each.text for each in paragraphs if each.kind == "headline"), None)
    return article_from_paragraphs(
        paragraphs,
        path,
        title=headline or next(iter(stated.titles), None) or own_title(document.title or "", stated.outlet),
        byline=next((names for each in writers if (names := tuple(name for name in each if not same_outlet(name, stated.outlet)))), ()),
        published=published or iso_time(document.date),
        modified=stated.modified,
        outlet=stated.outlet,
        section=stated.section or next(iter(document.categories or ()), None),
        url=stated.url or document.url or None,
        language=stated.language,
        notices=(*notices, *dates),
    )


def _says_more(stated: Sequence[str], running: Sequence[str]) -> bool:
    """Whether the text that JSON-LD states is better than that on the page: the page shows only some of it, or without its paragraphs."""
    shown, whole = (sum(len(each.split()) for each in lines) for lines in (running, stated))
    return shown < _SHOWN * whole or (len(stated) > len(running) and shown <= whole * 1.2)


class _Looks(NamedTuple):
    """How a page looks before anything is taken out of it: its title, its lines, the links long enough for a headline, the walls."""

    title: str  # the heading, or else that of the window
    window_title: str
    lines: list[str]
    headlines: set[str]
    walls: list[tuple[str, int, Any]]  # words that want a log-in, a payment or a consent; which block of the page, and its element


def _looks_of(tree: Any) -> _Looks:
    heading, window = (next((one_line(each.text_content()) for each in tree.iter(tag)), "") for tag in ("h1", "title"))
    blocks = blocks_in(tree)
    links = (one_line(link.text_content()) for link in tree.iter("a"))
    found = ((any_phrase("walls").search(each.text), at, each.element) for at, each in enumerate(blocks))
    walls = [(words.group()[:60], at, element) for words, at, element in found if words is not None]
    return _Looks(heading or window, window, [each.text for each in blocks], {text for text in links if len(text.split()) >= 4}, walls)


def _refuse_other_pages(looks: _Looks, stated: PageMetadata, story: Story, path: str) -> None:
    """Raise ArticleError when the page is no article."""
    words = sum(len(each.text.split()) for each in story.blocks if each.kind is None)
    if words < _ENOUGH and not stated.is_article and len(looks.title.split()) <= _LONGEST_ERROR and _ERROR.match(looks.title):
        raise ArticleError(f"{path}: is an error page (“{looks.title[:60]}”), fetch the article itself again")
    begins = looks.lines.index(story.blocks[0].text) if story.blocks and story.blocks[0].text in looks.lines else 0
    in_the_way = (wall for wall, at, element in looks.walls if at > begins and (story.scope is None or stands_in(element, story.scope)))
    wall = next(in_the_way, None)
    if words < _A_TEASER and (wall is not None or not stated.free):
        what = f"“{wall}”" if wall is not None else "it says that its text is for subscribers"
        raise ArticleError(f"{path}: shows a log-in or payment wall instead of the article ({what}), save it where you may read it")
    # Many headlines that are links, and hardly a sentence that is none, or none below a headline.
    prose = [each for each in story.blocks if each.kind is None and len(each.text.split()) >= _A_SENTENCE and not each.is_link]
    headed = any(each.kind == "headline" for each in story.blocks) or any(
        each in looks.window_title for each in looks.lines if len(each.split()) >= 4
    )
    least = _A_BRIEF if stated.is_article or (headed and not stated.is_list) else _A_TEASER
    links = _LINKED_HEADLINES // 2 if stated.is_list else _LINKED_HEADLINES
    if len(looks.headlines) >= links and sum(len(each.text.split()) for each in prose) < least:
        raise ArticleError(f"{path}: is a list of links to articles and no article itself, add the pages that it links to")
