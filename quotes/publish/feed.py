"""A search as an Atom feed (RFC 4287), so that a feed reader tells when somebody speaks again."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from typing import Any

_SPACE = "http://www.w3.org/2005/Atom"

# XML 1.0 has no place for these, not even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: Entries in a feed.
ENTRIES = 50


def atom(title: str, address: str, page: str, entries: Sequence[Mapping[str, Any]], origin: str) -> str:
    """The feed at `address` of what `page` shows: the quotes as `results.shown` gives them, the newest first.

    `origin` is what every address of the site begins with. An entry is dated by its article, or where that has no date, by the day
    that Unix
    counts from, since a feed allows no entry without one.
    """
    ET.register_namespace("", _SPACE)
    feed = ET.Element(f"{{{_SPACE}}}feed")
    _add(feed, "title", title)
    _add(feed, "id", address)
    _add(feed, "link", href=address, rel="self", type="application/atom+xml")
    _add(feed, "link", href=page, rel="alternate", type="text/html")
    _add(feed, "updated", max((_moment(each["published"]) for each in entries), default=_moment(None)))
    _add(_add(feed, "author"), "name", title)
    for each in entries:
        entry = _add(feed, "entry")
        speaker = each["speaker"] or "Speaker not found"
        _add(entry, "title", f"{speaker}: {_short(each['text'])}")
        link = f"{origin}/article/{each['article_id']}#q{each['id']}"
        _add(entry, "id", f"{origin}/quotes/{each['id']}")
        _add(entry, "link", href=link, rel="alternate", type="text/html")
        _add(entry, "updated", _moment(each["published"]))
        _add(_add(entry, "author"), "name", speaker)
        described = ", ".join(part for part in (each["title"], each["institution"]) if part)
        place = " · ".join(part for part in (each["outlet"], each["headline"]) if part)
        _add(
            entry,
            "content",
            "\n\n".join(part for part in (each["text"], f"{speaker}{f', {described}' if described else ''}", place) if part),
            type="text",
        )
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_SPACE}}}{name}", {key: _NO_XML.sub("\ufffd", each) for key, each in attributes.items()})
    if text is not None:
        element.text = _NO_XML.sub("\ufffd", text)
    return element


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else line[:119] + "…"


def _moment(published: str | None) -> str:
    """A date as exact as printed, as RFC 3339 wants it."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?", published or "1970-01-01")
    if found is None:
        return "1970-01-01T00:00:00Z"
    year, month, day, time, seconds, zone = found.groups()
    if zone and len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{year}-{month or '01'}-{day or '01'}T{time or '00:00'}{seconds or ':00'}{zone or 'Z'}"
