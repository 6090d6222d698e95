"""What a page shows under its headline, the day and the writers, and when it was published: by that, its head and its address.

Programs write the head of a page, and some write nonsense there; what stands under the headline is what an editor sees.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from quotes.readers.layout.bylines import parse_byline
from quotes.readers.layout.dates import LONGEST_LINE, find_time, is_time_line, stated_time
from quotes.readers.pages.blocks import Block
from quotes.readers.pages.page_parts import stands_in

_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0?[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_UPDATED = re.compile(r"updat|modif|revis|edited", re.IGNORECASE)
_PUBLISHED = re.compile(r"publish|posted|pubdate|created|issued", re.IGNORECASE)
#: A paragraph of the story has more words than any line under a headline.
_LONG_PARAGRAPH = 25
_SIGNED = re.compile(r"(?:written |posted |story |words )?by\b", re.IGNORECASE)
#: A link with so many words leads to another story.
_A_HEADLINE = 4
#: A line with no more words may say what the time below it is.
_A_LABEL = 2
#: Lines looked at below a headline.
_MOST = 40
#: A day more or less is another time zone.
_NEAR = timedelta(days=1)


class Shown(NamedTuple):
    """A time that a page shows: ISO 8601, whether it is labelled as that of an update, and whether as that of publication."""

    iso: str
    updated: bool
    published: bool


def published_on(
    stated: Sequence[str], shown: Sequence[Shown], url: str | None, modified: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """The date of publication, and notices of the dates that were left out.

    `stated` are the dates in the head of the page, of which the first counts that can be one, `shown` those under the headline in their
    order. What is shown and is no update counts where the two are more than a day apart, unless the address agrees with the head, or what
    is shown is the day of the last change.
    """
    times = [(each, *stated_time(each, machine=True)) for each in stated]
    refused = [(each, why) for each, _, why in times if why and why != "is not understood"]
    notices = tuple(dict.fromkeys(f"the date “{each[:40]}” {why} and was left out" for each, why in refused))
    head = next((iso for _, iso, _ in times if iso), None)
    first = next((each for each in sorted(shown, key=lambda each: not each.published) if not each.updated), None)
    if head is None or first is None:
        return head or (first.iso if first else None), notices
    if _near(head, first.iso):
        return max(head, first.iso, key=len), notices
    if _near(head, _day_in(url)) or (_near(first.iso, modified) and first.iso > head and not first.published):
        return head, notices
    return first.iso, (*notices, f"states the date {head[:10]} and shows {first.iso[:10]}, which was taken")


def _day_in(url: str | None) -> str | None:
    found = _IN_ADDRESS.search(url or "")
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None


def _near(one: str, other: str | None) -> bool:
    try:
        return other is not None and abs(date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])) <= _NEAR
    except ValueError:
        return False


def header_blocks(blocks: Sequence[Block]) -> list[Block]:
    """The lines between the headline and the first long paragraph below it, and behind these the lines above the headline."""
    title = next((at for at, each in enumerate(blocks) if each.kind == "headline"), None)
    if title is None:
        return []
    following = blocks[title + 1 : title + 1 + _MOST]
    below = takewhile(lambda each: len(each.text.split()) <= _LONG_PARAGRAPH or each.kind is not None, following)
    header = next(blocks[title].element.iterancestors("header", "article"), None)
    above = blocks[max(0, title - 5) : title] if header is not None else []
    return [*below, *(each for each in above if stands_in(each.element, header))]


def shown_writers(header: Sequence[Block]) -> tuple[str, ...]:
    """The writers whom a line such as `By Ann Lee` under the headline names."""
    bylines = (parse_byline(each.text) for each in header if _SIGNED.match(each.text))
    return next((each.names for each in bylines if each is not None and each.names), ())


def shown_times(header: Sequence[Block]) -> list[Shown]:
    """The times that the lines around the headline show."""
    found: list[Shown] = []
    for above, block in zip((None, *header), header, strict=False):
        if block.linked >= _A_HEADLINE:  # a link to another story
            continue
        label = above.text if above is not None and len(above.text.split()) <= _A_LABEL else ""
        for time, before in block.times:
            iso = stated_time(time.get("datetime") or time.text_content()[:LONGEST_LINE], machine=True).iso
            parent = time.getparent()
            names = " ".join(filter(None, [time.get("class"), time.get("itemprop"), "" if parent is None else parent.get("class")]))
            words = f"{label} {before[-60:]} {names} {time.text_content()[:60]}"
            if iso:
                published = time.get("pubdate") is not None or _PUBLISHED.search(words) is not None
                found.append(Shown(iso, _UPDATED.search(words) is not None, published))
        printed = find_time(block.text) if not block.times and is_time_line(block.text) else None
        if printed is not None and printed.iso:
            words = f"{label} {block.text[:60]} {block.element.get('class') or ''}"
            found.append(Shown(printed.iso, printed.updated or _UPDATED.search(words) is not None, _PUBLISHED.search(words) is not None))
    return found
