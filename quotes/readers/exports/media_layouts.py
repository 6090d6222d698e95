"""How the media archives lay out the articles that they export: which lines are fields, and which are the story.

Nexis prints fields above and below the story under their names (`BYLINE:`, `Load-Date:`), in two generations; Factiva under two letters
(`HD`, `BY`), or in their order alone; ProQuest under their names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from quotes.readers.layout import boilerplate, bylines, dates, headlines
from quotes.readers.layout.lines import BLANK, blocks_of
from quotes.records import ZoneKind


class Piece(NamedTuple):
    """A printed line, or the part of it behind the name of a field; `gap` where an empty line stands above. A name has itself as `name`."""

    start: int
    end: int
    text: str
    gap: bool
    name: str | None = None


class Document:
    """One document of an export: its pieces with a zone for each, the fields as printed, and which pieces are the story.

    `id` is its own number; `cut` tells that the export breaks off in it.
    """

    def __init__(self, pieces: Sequence[Piece], id: str | None = None, *, cut: bool = False) -> None:
        self.pieces, self.id, self.cut = pieces, id, cut
        self.zones: list[ZoneKind] = ["boilerplate"] * len(pieces)
        self.fields: dict[str, str] = {}
        self.story = range(0)

    def holes(self) -> list[Piece]:
        """What stands within the story and is none of it: the name of a field, the foot of a page and the headline at its head."""
        story = [self.pieces[n] for n in self.story]
        feet = [_FURNITURE.fullmatch(piece.text) is not None for piece in story]
        again = [n > 0 and feet[n - 1] and piece.text == self.fields.get("title") for n, piece in enumerate(story)]
        return [piece for n, piece in enumerate(story) if feet[n] or again[n] or piece.name in ("lp", "td")]

    def take(self, field: str, numbers: Collection[int]) -> None:
        """Let pieces be a field; what was said of it first wins."""
        said = " ".join(self.pieces[number].text for number in numbers)
        if said and field not in self.fields:
            self.fields[field] = said
            for number in numbers:
                self.zones[number] = _ZONES.get(field, "boilerplate")

    def block(self, begins: int) -> range:
        """The pieces from one on up to an empty line or the name of a field; behind its name, a field’s value."""
        ends = (n for n in range(begins + 1, len(self.pieces)) if self.pieces[n].name is not None or self.pieces[n].gap)
        return range(begins, next(ends, len(self.pieces)))

    def tail(self, begins: int) -> int:
        """Where the fields below the story begin: the last blocks of lines, each beginning with the name of a field or a copyright."""
        tail = first = len(self.pieces)
        while first > begins:
            first -= 1
            if first > begins and not self.pieces[first].gap:
                continue
            if self.pieces[first].name is None and not _is_copyright(self.pieces[first].text):
                break
            tail = first
        return tail


_ZONES: dict[str, ZoneKind] = {
    "title": "headline", "byline": "byline", "published": "timestamp", "section": "section", "standfirst": "standfirst",
    "caption": "caption",
}  # fmt: skip
_COPYRIGHT = re.compile(r"(?:copyright\b|\(c\)|©).{0,150}|.{0,150}\ball rights reserved\b.{0,20}", re.IGNORECASE)
_FURNITURE = re.compile(r"Page \d+(?: of \d+)?(?:\s*©.*)?|Document \d+ of \d+|Link to (?:Image|PDF|Original).*|ProQuest document link")
#: Within so many pieces from the beginning stand the fields.
_LONGEST_HEAD = 60


def pieces_of(text: str, start: int, end: int, name: re.Pattern[str] | None = None) -> list[Piece]:
    """The printed lines of a stretch of text; where one begins with the `name` of a field, that and the rest are two pieces."""
    pieces: list[Piece] = []
    for block in blocks_of(text[start:end]):
        for number, row in enumerate(block):
            at, gap = start + row.start, number == 0
            printed = text[at : start + row.end]
            found = name.match(printed) if name is not None else None
            if found is not None:
                label = found.group().rstrip(BLANK)
                pieces.append(Piece(at, at + len(label), label, gap, found["name"].casefold()))
                printed, at, gap = printed[found.end() :], at + found.end(), False
            if printed:
                pieces.append(Piece(at, at + len(printed), printed, gap))
    return pieces


def _is_date_line(text: str) -> bool:
    time = dates.find_time(text[:200])
    return time is not None and len(text) <= 100 and time.start <= 30 and not headlines.ends_sentence(text)


def _is_copyright(text: str) -> bool:
    return _COPYRIGHT.fullmatch(text) is not None


# -- Nexis -----------------------------------------------------------------------------------------------------------------------------

_ABOVE = ("headline", "byline", "author", "section", "length", "dateline", "highlight", "series", "edition", "distribution")
NEXIS_NAME = re.compile(
    r"(?P<name>(?:HEADLINE|BYLINE|AUTHOR|SECTION|LENGTH|DATELINE|HIGHLIGHT|SERIES|EDITION|DISTRIBUTION|BODY|GRAPHIC|LOAD-DATE|UPDATE"
    r"|LANGUAGE|PUBLICATION-TYPE|PUB-TYPE|JOURNAL-CODE|DOCUMENT-TYPE|CORRECTION-DATE|ACC-NO|SUBJECT|ORGANIZATION|COMPANY|PERSON|GEOGRAPHIC"
    r"|COUNTRY|STATE|CITY|INDUSTRY|TICKER|CATEGORY|NOTES|URL|Headline|Byline|Section|Length|Dateline|Highlight|Series|Graphic|Load-Date)(?=:)"
    r"|(?:Body|BODY|Graphic|Classification)(?=$)):?[ \t\xa0]*"
)
_NEXIS_FIELDS = {"headline": "title", "author": "byline", "highlight": "standfirst", "dateline": "place"}


def nexis(found: Document, *, title_first: bool) -> None:
    """A document of Nexis; in the newer generation the headline stands first, in the older one outlet and date stand above it."""
    pieces = found.pieces
    body = next((n for n, piece in enumerate(pieces) if piece.name == "body"), None)
    names = [n for n, piece in enumerate(pieces[: body or _LONGEST_HEAD]) if piece.name in _ABOVE]
    begins = _nexis_names(found, names[0] if names else body, title_first=title_first)
    for at in names:
        if body is None and at > begins:  # a line of the story that looks like a field
            break
        name = pieces[at].name or ""
        value = found.block(at)[1:]
        found.take(_NEXIS_FIELDS.get(name, name), value)
        begins = value.stop
    begins = begins if body is None else body + 1
    tail = found.tail(begins)
    below = {piece.name: n for n, piece in enumerate(pieces) if n >= begins and piece.name in ("classification", "graphic")}
    if graphic := below.get("graphic"):
        ends = (n for n in range(graphic + 1, len(pieces)) if pieces[n].name or _is_copyright(pieces[n].text))
        found.take("caption", range(graphic + 1, next(ends, len(pieces))))
    found.story = range(begins, min(tail, *below.values(), len(pieces)))


def _nexis_names(found: Document, first: int | None, *, title_first: bool) -> int:
    """Outlet, date and headline, which have no names and stand above the first that has one; returns the piece behind them."""
    pieces = found.pieces
    stop = min(len(pieces), 12) if first is None else first
    head = [n for n in range(stop) if not _is_copyright(pieces[n].text) and not _FURNITURE.fullmatch(pieces[n].text)]
    date = [n for n in head if _is_date_line(pieces[n].text)][:1]
    above = [n for n in head if n < date[0]] if date else head
    outlet = above[-1:] if date else above[int(title_first) :][:1]
    at = next((n + 1 for n in (*date, *outlet)), 0)
    while at < stop and (
        not pieces[at].gap or _is_copyright(pieces[at].text) or "edition" in pieces[at].text.casefold() or pieces[at - 1].text.endswith(";")
    ):
        at += 1  # editions, under the date
    title: Sequence[int] = above[: above.index(outlet[0]) if outlet else 1] if title_first else ()
    if not title_first and at < stop:
        title = found.block(at)[: stop - at]
        at = title.stop
        signed = at < stop and re.match(r"By\b", pieces[at].text, re.IGNORECASE)
        found.take("byline" if signed else "standfirst", range(at, stop if first is not None else at))
    for field, numbers in (("published", date), ("outlet", outlet), ("title", title)):
        found.take(field, numbers)
    return at if first is None else first


# -- Factiva ---------------------------------------------------------------------------------------------------------------------------

_BELOW_FACTIVA = ("art", "ct", "cx", "rf", "co", "in", "ns", "re", "ipc", "ipd", "rst", "pub", "an")
_ABOVE_FACTIVA = ("se", "clm", "hd", "by", "cr", "wc", "pd", "et", "sn", "sc", "ed", "pg", "vol", "la", "cy", "dln", "lp", "td")
FACTIVA_NAME = re.compile(rf"(?P<name>{'|'.join((*_ABOVE_FACTIVA, *_BELOW_FACTIVA)).upper()})(?:[ \t\xa0]+|$)")
_FACTIVA_FIELDS = {"se": "section", "hd": "title", "by": "byline", "pd": "published", "sn": "outlet", "dln": "place", "art": "caption"}
_WORD_COUNT = re.compile(r"\d[\d,.]* words", re.IGNORECASE)


def factiva_coded(found: Document) -> None:
    """A document of Factiva whose fields stand behind codes of two or three letters."""
    pieces = found.pieces
    names = [(n, piece.name) for n, piece in enumerate(pieces) if piece.name]
    begins = next((n for n, name in names if name in ("lp", "td")), len(pieces))
    last = next((n for n, name in reversed(names) if name == "td"), begins)
    tail = len(pieces)
    rank = len(_BELOW_FACTIVA)
    for n, name in reversed(names):  # in their order: a line of the story may begin with “IN” too
        if n <= last or name not in _BELOW_FACTIVA or _BELOW_FACTIVA.index(name) >= rank:
            break
        tail, rank = n, _BELOW_FACTIVA.index(name)
    for n, name in names:
        if name in _FACTIVA_FIELDS and not begins <= n < tail:
            end = next((m for m, _ in names if m > n), len(pieces))
            found.take(_FACTIVA_FIELDS[name], range(n + 1, min(end, begins) if n < begins else end))
    found.story = range(begins + 1, tail)


def factiva_plain(found: Document) -> None:
    """A document of Factiva whose fields are known by their order: section, headline, writer, length, date, outlet, and a copyright."""
    pieces = found.pieces
    count = next((n for n, piece in enumerate(pieces[:12]) if _WORD_COUNT.fullmatch(piece.text)), None)
    if count is None:
        found.take("title", range(min(1, len(pieces))))
        found.story = range(min(1, len(pieces)), _factiva_tail(pieces, 1))
        return
    above = [n for n in range(count) if not _FURNITURE.fullmatch(pieces[n].text)]
    if len(above) > 2 and bylines.is_role_line(pieces[above[-1]].text):
        found.take("byline", above[-2:-1])
        found.zones[above[-1]] = "byline"
        del above[-2:]
    elif len(above) > 1 and _is_byline(
        pieces[above[-1]].text, alone=len(above) == 2 and boilerplate.is_section_name(pieces[above[0]].text)
    ):
        found.take("byline", above[-1:])
        del above[-1]
    found.take("title", above[-1:])
    found.take("section", above[:-1])
    at = count + 1
    if at < len(pieces) and _is_date_line(pieces[at].text):
        found.take("published", (at,))
        at += 1
    while at < len(pieces) and dates.is_time_line(pieces[at].text):
        at += 1
    found.take("outlet", range(at, min(at + 1, len(pieces))))
    ends = next((n for n in range(at, min(at + 8, len(pieces))) if _is_copyright(pieces[n].text)), None)
    if ends is None:  # its fields are short, and its story is not
        ends = next((n - 1 for n in range(at + 1, len(pieces)) if len(pieces[n].text.split()) > 8), at)
    found.story = range(ends + 1, max(ends + 1, _factiva_tail(pieces, ends + 1)))


def _factiva_tail(pieces: Sequence[Piece], begins: int) -> int:
    """The number of the document, and above it who publishes the outlet."""
    tail = len(pieces)
    if re.match(r"Do[ck]ument [A-Z]{2}", pieces[-1].text) is None:
        return tail
    tail -= 1
    publisher = pieces[tail - 1].text if tail - 1 >= begins else ""
    return tail - (0 < len(publisher.split()) <= 10 and publisher[0].isupper() and not headlines.ends_sentence(publisher))


def _is_byline(text: str, *, alone: bool) -> bool:
    if re.match(r"by\b", text, re.IGNORECASE):
        return True
    return not alone and len(text.split()) <= 12 and (bylines.is_name_line(text) or bylines.parse_byline(f"By {text}") is not None)


# -- ProQuest --------------------------------------------------------------------------------------------------------------------------

PROQUEST_NAME = re.compile(
    r"(?P<name>Author|Publication info|Abstract|Links|Full [Tt]ext|Subject|Business indexing term|Location|People|Company / organization"
    r"|Identifier / keyword|Title|Alternate title|Publication title|Pages|First page|Column|Publication year|Publication date|Section"
    r"|Publisher|Place of publication|Country of publication|Publication subject|ISSN|e-ISSN|Source type|Language of publication|Source"
    r"|Document type|Document feature|ProQuest document ID|Accession number|Document URL|Copyright|Last updated|Database|Credit|Dateline"
    r"|Illustration|Volume|Issue|Word count|Classification|Product name|DOI|Source attribution|Correspondence author):[ \t\xa0]*"
)
_PROQUEST_FIELDS = {
    "title": "title", "author": "byline", "publication title": "outlet", "publication date": "published", "section": "section",
    "dateline": "place", "proquest document id": "id", "document url": "url", "illustration": "caption",
}  # fmt: skip


def proquest(found: Document) -> None:
    """A document of ProQuest: its headline, fields, `Full text:`, and more fields."""
    pieces = found.pieces
    begins = next((n + 1 for n, piece in enumerate(pieces) if piece.name == "full text"), len(pieces))
    found.story = range(begins, found.tail(begins))
    for n, piece in enumerate(pieces):
        if piece.name in _PROQUEST_FIELDS and n not in found.story:
            found.take(_PROQUEST_FIELDS[piece.name], found.block(n)[1:])
    found.id = found.fields.get("id")
    top = next((n for n, piece in enumerate(pieces) if not _FURNITURE.fullmatch(piece.text)), None)
    if top is not None and pieces[top].name is None and top < begins:
        title = found.block(top)
        for n in title:
            found.zones[n] = "headline"
        found.fields.setdefault("title", " ".join(pieces[n].text for n in title))
