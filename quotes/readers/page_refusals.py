"""Pages that are no articles: error pages, log-in and payment walls, lists of links. Each is refused with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quotes.errors import ArticleError
from quotes.readers.page_facts import PageFacts
from quotes.readers.patterns import any_phrase

#: Words of running text from which a page is an article whatever else it says.
_ENOUGH = 150
_A_TEASER = 90
_LONG_PARAGRAPH = 20
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


@dataclass(frozen=True, slots=True)
class Looks:
    """How a page looks before anything is taken out of it: its title, its words on one line, the links long enough for a headline."""

    title: str
    words: str
    headlines: frozenset[str]

    @property
    def wall(self) -> str | None:
        """The words with which the page wants a log-in, a payment or a consent."""
        found = any_phrase("walls").search(self.words)
        return found.group()[:60] if found is not None else None


def looks_of(tree: Any) -> Looks:
    """How the parsed page looks; never raises."""
    title = next((words for tag in ("h1", "title") for element in tree.iter(tag) if (words := _words(element))), "")
    links = (_words(link) for link in tree.iter("a"))
    return Looks(title, _words(tree), frozenset(text for text in links if len(text.split()) >= 4))


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def refuse_other_pages(looks: Looks, facts: PageFacts, running: Sequence[str], path: str) -> None:
    """Raise ArticleError when the page is no article; `running` is the running text that was found on it, paragraph by paragraph."""
    words = sum(len(paragraph.split()) for paragraph in running)
    if words < _ENOUGH and not facts.is_article and len(looks.title.split()) <= _LONGEST_ERROR and _ERROR.match(looks.title):
        raise ArticleError(f"{path}: is an error page (“{looks.title[:60]}”), fetch the article itself again")
    if words < _A_TEASER and (looks.wall is not None or not facts.free):
        what = f"“{looks.wall}”" if looks.wall is not None else "it says that its text is for subscribers"
        raise ArticleError(f"{path}: shows a log-in or payment wall instead of the article ({what}), save it where you may read it")
    if _is_index(looks, facts, running):
        raise ArticleError(f"{path}: is a list of links to articles and no article itself, add the pages that it links to")


def teaser_notice(looks: Looks, facts: PageFacts) -> tuple[str, ...]:
    """What to tell where a page shows some of an article and asks to pay for the rest."""
    if facts.free or facts.body or looks.wall is None:
        return ()
    return ("the page says that its text is for subscribers, so that its end may be missing",)


def _is_index(looks: Looks, facts: PageFacts, running: Sequence[str]) -> bool:
    """Many headlines that are links, and hardly a paragraph that is none."""
    headlines = looks.headlines
    long = [paragraph for paragraph in running if len(paragraph.split()) >= _LONG_PARAGRAPH and paragraph not in headlines]
    linked = sum(any(paragraph in text or text in paragraph for text in headlines) for paragraph in running)
    if facts.is_article and len(long) >= 2:
        return False
    if facts.is_list and len(headlines) >= _LINKED_HEADLINES // 2:
        return True
    return (
        len(headlines) >= _LINKED_HEADLINES
        and (len(long) < 3 or linked * 2 > len(running))
        and sum(len(paragraph.split()) for paragraph in long) < _A_TEASER
    )
