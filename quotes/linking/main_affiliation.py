"""The one title and institution that stand beside a speaker's name, chosen among those that their articles print."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from quotes import lexicons

#: Of a speaker of so many articles, what only one of them says is not shown.
SEVERAL = 5
#: How sure an institution must be, the confidences of its articles added up, to be shown.
_SURE = 0.5
#: Behind these a title says of what, and no more what.
_OF = re.compile(r",|\b(?:of|for|at|in|on|to|from|with)\b")
#: Words that make another post of the noun behind them.
_RANKS = frozenset({"vice", "deputy", "assistant", "associate", "acting", "lieutenant", "under", "attorney", "first"})


class Statement(NamedTuple):
    """What one article says that a speaker is, if anything; `past` where it is over."""

    title: str | None
    institution_id: int | None
    past: bool = False
    institution_confidence: float | None = None


def main_affiliation(statements: Sequence[Statement]) -> tuple[str | None, int | None, bool]:
    """The title, the institution and whether they are past, of one statement an article, the newest first.

    Titles of one post ("Sen.", "U.S. senator", "senator from Tarn") are counted together. Of those of the post that most articles give,
    the title is the one that most of them print, of equals the longest; the institution the surest of all of them together.
    """
    posts: dict[str | None, list[Statement]] = defaultdict(list)
    for each in statements:
        if each.title or each.institution_id is not None:
            posts[post_of(each.title) if each.title else None].append(each)
    if len(statements) >= SEVERAL:
        posts = {post: said for post, said in posts.items() if len(said) > 1}
    # Of equal ones the newer; one with a title says more than an institution alone.
    said = posts.get(max(posts, key=lambda post: (post is not None, _weight(posts[post])), default=None), [])
    titles = Counter(each.title.casefold() for each in said if each.title)
    sure: dict[int, float] = defaultdict(float)
    for each in said:
        if each.institution_id is not None:
            sure[each.institution_id] += 1.0 if each.institution_confidence is None else each.institution_confidence
    title = max(titles, key=lambda words: (titles[words], len(words)), default=None)
    institution = max((each for each in sure if sure[each] >= _SURE), key=lambda each: sure[each], default=None)
    past = 2 * sum(each.past for each in said) > len(said)
    return next((each.title for each in said if each.title and each.title.casefold() == title), None), institution, past


def _weight(said: Sequence[Statement]) -> float:
    """The number of articles that give a post; half of it where some say that it is over and some do not."""
    return len(said) / len({bool(each.past) for each in said})


@cache
def post_of(title: str) -> str:
    """The noun of a title in full, with words of rank before it: `senator` of "Republican Sen.", `vice president` of "U.S. Vice
    President"."""
    words = re.findall(r"[^\W_][\w.'’-]*", _OF.split(title.casefold(), maxsplit=1)[0]) or [title.casefold()]
    return " ".join([*(word for word in words[:-1] if word in _RANKS), _noun(words[-1].removeprefix("ex-"))])


@cache
def _noun(word: str) -> str:
    """A noun for people in full, and in one form of those that each stand for the other ("nominee", "candidate")."""
    rows = {short: (full, others.split()) for short, full, others in lexicons.rows("titles.tsv")}
    full, others = rows.get(word, ("-", []))
    return full if full != "-" else min({word, *(each for each in others if word in rows.get(each, ("", []))[1])})
