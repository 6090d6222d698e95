"""Which newspaper, agency or site published it, under one name: by its address, by what it calls itself, never by a handle or a section."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from quotes import lexicons
from quotes.readers.fetch.addresses import host_of
from quotes.readers.layout.boilerplate import is_section_name
from quotes.readers.layout.patterns import entries, whole_line

#: Longer names, in characters and words, are sentences about a site.
_LONGEST, _MOST_WORDS = 80, 8
_ADDRESS = re.compile(r"(?:[a-z]+:)?//\S+|(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#:]\S*)?", re.IGNORECASE)
_HANDLE = re.compile(r"@\w+|\S+@\S+")
#: Between a site's name and what it says of itself: `Halden Courier | Local news`.
_APART = re.compile(r"\s+[|»>·•–—:-]+\s+|\s*[|»]\s*|:\s+|\s*::\s*")
_DESK = re.compile(r"\s+(?:staff(?: (?:writers?|reporters?))?|news ?(?:room|desk)|wires?|reports?|rss(?: feed)?|feed)$", re.IGNORECASE)


@cache
def _registry() -> tuple[dict[str, str], dict[str, str]]:
    """The names of outlets, by what they are called and by host."""
    by_name: dict[str, str] = {}
    by_host: dict[str, str] = {}
    for name, *rest in (line.split("\t") for line in entries("news_outlets")):
        hosts, others = (*rest, "", "")[:2]
        for each in (name, *filter(None, others.split("|"))):
            by_name.setdefault(_key(each), name)
        by_host.update(dict.fromkeys(hosts.split(), name))
    return by_name, by_host


def _key(name: str) -> str:
    words = re.sub(r"[^\w&+/]+", " ", name.replace(".", "").replace("’", "").replace("'", "").casefold()).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def known_outlet(name: str) -> str | None:
    """The one name of an outlet that is registered under this name, None for any other: `AP` is the `Associated Press`."""
    return _registry()[0].get(_key(name))


def has_outlet_word(name: str) -> bool:
    """Whether it holds a word that the names of newspapers, agencies and broadcasters are made of."""
    return _outlet_words().search(name) is not None


@cache
def _outlet_words() -> re.Pattern[str]:
    listed = lexicons.outlets()
    words = sorted((listed["last"] | listed["any"]) - {"media"})  # which headlines speak of
    return re.compile(rf"\b(?:{'|'.join((*words, *entries('outlet_words')))})\b", re.IGNORECASE)


def same_outlet(one: str, other: str | None) -> bool:
    """Whether two names are one outlet's: registered under one name, or alike but for case, full stops and a leading “The”."""
    if other is None:
        return False
    return (known_outlet(one) or _key(one)) == (known_outlet(other) or _key(other))


def outlet_of_host(url: str | None) -> str | None:
    """The outlet at whose address a page stands, None where that is not registered."""
    host = host_of(url)
    while host and "." in host:
        if host in _registry()[1]:
            return _registry()[1][host]
        host = host.partition(".")[2]
    return None


def outlet_name(stated: Iterable[str | None], url: str | None = None, *, section: str | None = None) -> str | None:
    """The name of the outlet, under which all its articles are stored; None where none of what is stated names one.

    Who stands at the address wins, where that is registered; else the first of `stated` that can be the name of an outlet, under its
    registered name where it has one. A handle, an address, an e-mail, a section or an item of a menu is no name.
    """
    return outlet_of_host(url) or next((name for each in stated if each and (name := _named(each, section))), None)


def _named(stated: str, section: str | None) -> str | None:
    """Out of a name with a tagline: what is registered, what is called as outlets are, else the first that can be a name."""
    whole = " ".join(stated.split()).strip(" ()[]|»>·•–—:;,-")
    parts = [whole, *(part.strip(" ()[]") for part in _APART.split(whole))]
    for part in parts:
        address = f"//{part.partition('//')[2] or part}" if _ADDRESS.fullmatch(part) else None
        if known := known_outlet(part) or known_outlet(_DESK.sub("", part)) or outlet_of_host(address):
            return known
    names = [name for part in parts[1:] if _can_be_one(name := _DESK.sub("", part)) and name.casefold() != (section or "").casefold()]
    return next((name for name in names if has_outlet_word(name)), names[0] if names else None)


def _can_be_one(name: str) -> bool:
    if not 0 < len(name.split()) <= _MOST_WORDS or len(name) > _LONGEST or not any(sign.isalpha() for sign in name):
        return False
    return not (_HANDLE.fullmatch(name) or _ADDRESS.fullmatch(name) or is_section_name(name) or whole_line("menu_items").fullmatch(name))
