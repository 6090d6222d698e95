"""Pages that are no articles: error pages, log-in and payment walls, lists of links. Each is refused with the reason."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from quotes.errors import ArticleError
from quotes.readers.layout.patterns import any_phrase
from quotes.readers.pages.blocks import blocks_in, one_line
from quotes.readers.pages.page_metadata import PageMetadata
from quotes.readers.pages.page_parts import stands_in
from quotes.readers.pages.story import Story

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


class Looks(NamedTuple):
    """How a page looks before anything is taken out of it: its title, its lines, the links long enough for a headline, the walls."""

    title: str  # the heading, or else that of the window
    window_title: str
    lines: tuple[str, ...]
    headlines: frozenset[str]
    walls: tuple[tuple[str, int, Any], ...]  # words that want a log-in, a payment or a consent; which block of the page, and its element

    def wall_below(self, story: Story) -> str | None:
        """The words of a wall that stands in the way of the rest of a story: below its beginning, in the same part of the page."""
        begins = self.lines.index(story.blocks[0].text) if story.blocks and story.blocks[0].text in self.lines else 0
        within = (words for words, at, element in self.walls if at > begins and (story.scope is None or stands_in(element, story.scope)))
        return next(within, None)


def looks_of(tree: Any) -> Looks:
    """How the parsed page looks; never raises."""
    heading, window = (next((one_line(each.text_content()) for each in tree.iter(tag)), "") for tag in ("h1", "title"))
    blocks = blocks_in(tree)
    links = (one_line(link.text_content()) for link in tree.iter("a"))
    found = ((any_phrase("walls").search(each.text), at, each.element) for at, each in enumerate(blocks))
    walls = tuple((words.group()[:60], at, element) for words, at, element in found if words is not None)
    lines = tuple(each.text for each in blocks)
    return Looks(heading or window, window, lines, frozenset(text for text in links if len(text.split()) >= 4), walls)


def refuse_other_pages(looks: Looks, facts: PageMetadata, story: Story, path: str) -> None:
    """Raise ArticleError when the page is no article."""
    running = [each.text for each in story.blocks if each.kind is None]
    words = sum(len(paragraph.split()) for paragraph in running)
    if words < _ENOUGH and not facts.is_article and len(looks.title.split()) <= _LONGEST_ERROR and _ERROR.match(looks.title):
        raise ArticleError(f"{path}: is an error page (“{looks.title[:60]}”), fetch the article itself again")
    wall = looks.wall_below(story)
    if words < _A_TEASER and (wall is not None or not facts.free):
        what = f"“{wall}”" if wall is not None else "it says that its text is for subscribers"
        raise ArticleError(f"{path}: shows a log-in or payment wall instead of the article ({what}), save it where you may read it")
    if _is_index(looks, facts, story):
        raise ArticleError(f"{path}: is a list of links to articles and no article itself, add the pages that it links to")


def _is_index(looks: Looks, facts: PageMetadata, story: Story) -> bool:
    """Many headlines that are links, and hardly a sentence that is none, or none below a headline."""
    prose = [each.text for each in story.blocks if each.kind is None and len(each.text.split()) >= _A_SENTENCE and not each.is_link]
    words = sum(len(each.split()) for each in prose)
    headed = any(each.kind == "headline" for each in story.blocks) or any(
        each in looks.window_title for each in looks.lines if len(each.split()) >= 4
    )
    titled = facts.is_article or (headed and not facts.is_list)
    links = _LINKED_HEADLINES // 2 if facts.is_list else _LINKED_HEADLINES
    return len(looks.headlines) >= links and words < (_A_BRIEF if titled else _A_TEASER)


def teaser_notice(looks: Looks, facts: PageMetadata) -> tuple[str, ...]:
    """What to tell where a page shows some of an article and asks to pay for the rest."""
    if facts.free or facts.body or not looks.walls:
        return ()
    return ("the page says that its text is for subscribers, so that its end may be missing",)
