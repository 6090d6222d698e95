"""What a page shows under its headline, the day and the writers, and when it was published: by that, its head and its address.

Programs write the head of a page, and some write nonsense there; what stands under the headline is what an editor sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any, NamedTuple

from quotes.readers.layout.bylines import LONGEST_BYLINE, parse_byline
from quotes.readers.layout.dates import LONGEST_LINE, find_time, is_time_line, stated_time

_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0?[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_UPDATED = re.compile(r"updat|modif|revis|edited", re.IGNORECASE)
_PUBLISHED = re.compile(r"publish|posted|pubdate|created|issued", re.IGNORECASE)
#: A paragraph of the story has more words than any line under a headline.
_LONG_PARAGRAPH = 25
_SIGNED = re.compile(r"(?:written |posted |story |words )?by\b", re.IGNORECASE)
#: A line has fewer elements in it.
_FEW = 8
#: A link with so many words leads to another story.
_A_HEADLINE = 4
#: Elements looked at around a headline.
_MOST = 400
_ELSEWHERE = frozenset(("aside", "nav", "footer", "figure", "form", "template", "noscript", "script", "style"))
#: A day more or less is another time zone.
_NEAR = timedelta(days=1)


class Shown(NamedTuple):
    """A time that a page shows: ISO 8601, whether it is labelled as that of an update, and whether as that of publication."""

    iso: str
    updated: bool
    published: bool


class Published(NamedTuple):
    """When a page was published, and what to tell of the dates that were left out."""

    iso: str | None
    notices: tuple[str, ...] = ()


def published_on(stated: Iterable[str | None], shown: Sequence[Shown], url: str | None, modified: str | None) -> Published:
    """The date of publication: the first of `stated` that can be one, unless what the page shows contradicts it.

    `stated` are the dates in the head of the page, `shown` those under the headline in their order. What is shown and is no update counts
    where the two are more than a day apart, unless the address agrees with the head, or what is shown is the day of the last change.
    """
    head, notices = None, []
    for each in filter(None, stated):
        iso, refused = stated_time(each, machine=True)
        head = head or iso
        if refused and refused != "is not understood":
            notices.append(f"the date “{each[:40]}” {refused} and was left out")
    first = next((each for each in sorted(shown, key=lambda each: not each.published) if not each.updated), None)
    told = tuple(dict.fromkeys(notices))
    if head is None or first is None:
        return Published(head or (first.iso if first else None), told)
    if _near(head, first.iso):
        return Published(head if len(head) >= len(first.iso) else first.iso, told)
    address = _day_in(url)
    if (address and _near(head, address)) or (modified and _near(modified, first.iso) and first.iso > head and not first.published):
        return Published(head, told)
    return Published(first.iso, (*told, f"states the date {head[:10]} and shows {first.iso[:10]}, which was taken"))


def _day_in(url: str | None) -> str | None:
    found = _IN_ADDRESS.search(url or "")
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None


def _near(one: str, other: str) -> bool:
    try:
        return abs(date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])) <= _NEAR
    except ValueError:
        return False


def shown_writers(heading: Any) -> tuple[str, ...]:
    """The writers whom a line such as `By Ann Lee` names between a headline (an lxml element) and the first long paragraph below it."""
    if heading is None:
        return ()
    around = list(heading.iterancestors())
    for element in _following(heading):
        small = isinstance(element.tag, str) and sum(1 for _ in islice(element.iter(), _FEW)) < _FEW
        if small and not _is_elsewhere(element, around):
            line = " ".join(element.text_content()[: LONGEST_BYLINE + 1].split())
            byline = parse_byline(line) if _SIGNED.match(line) else None
            if byline is not None and byline.names:
                return byline.names
    return ()


def shown_times(heading: Any) -> list[Shown]:
    """The times shown between a headline (an lxml element) and the first long paragraph below it, else in the header round it."""
    if heading is None:
        return []
    around = list(heading.iterancestors())
    header = next((each for each in around if each.tag in ("header", "article")), None)
    return list(_times(_following(heading), around)) or ([] if header is None else list(_times(islice(header.iter(), _MOST), around)))


def _following(heading: Any) -> Iterator[Any]:
    """What comes after the headline, up to the story."""
    seen, at = 0, heading
    while at is not None:
        for sibling in at.itersiblings():
            for each in sibling.iter():
                seen += 1
                if seen > _MOST or (each.tag == "p" and len(each.text_content().split()) > _LONG_PARAGRAPH):
                    return
                yield each
        at = at.getparent()


def _times(elements: Iterable[Any], around: Sequence[Any]) -> Iterator[Shown]:
    for element in elements:
        if not isinstance(element.tag, str) or (element.tag != "time" and len(element)):
            continue
        if element.tag == "time":
            found = stated_time(element.get("datetime") or element.text_content()[:LONGEST_LINE], machine=True)
            iso, updated, published = found.iso, False, element.get("pubdate") is not None
        else:
            line = " ".join((element.text or "")[: LONGEST_LINE + 1].split())
            printed = find_time(line) if is_time_line(line) else None
            iso, updated, published = (printed.iso, printed.updated, False) if printed else (None, False, False)
        if iso and not _is_elsewhere(element, around):
            label = _label(element)
            yield Shown(iso, updated or _UPDATED.search(label) is not None, published or _PUBLISHED.search(label) is not None)


def _is_elsewhere(element: Any, around: Sequence[Any]) -> bool:
    """Whether it stands in no header of the article: beside it, or with a link to another story."""
    for each in (element, *element.iterancestors()):
        if any(each is one for one in around):
            return False
        if each.tag in _ELSEWHERE or any(len(link.text_content().split()) >= _A_HEADLINE for link in islice(each.iter("a"), 10)):
            return True
    return False


def _label(element: Any) -> str:
    """What tells which time it is: names of classes, and the words right before it."""
    before, parent = element.getprevious(), element.getparent()
    words = [element.get("class"), element.get("itemprop"), element.text, None if parent is None else parent.get("class")]
    if before is not None:
        words += [before.tail, before.text if isinstance(before.tag, str) else None]
    elif parent is not None:
        words.append(parent.text)
    return " ".join(each[-60:] for each in words if each)
