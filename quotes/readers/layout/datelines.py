"""Where a report was filed: datelines in the forms that agencies and newspapers print."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.readers.layout.dates import find_time
from quotes.readers.layout.outlets import has_outlet_word, known_outlet
from quotes.readers.layout.patterns import words as words_in

# "COLUMBIA, S.C. (AP) — ", "DA NANG, Nov. 11 (Xinhua) -- ", "MANCHESTER, N.H. - ", "(CNN) ", "Beijing (AFP) – "
_CAPITAL = r"[^\W\d_a-z]"
_UPPER_PLACE = rf"{_CAPITAL}{{2,}}(?:{_CAPITAL}|[.'’])*(?:[ /-](?:{_CAPITAL}|[.'’])+){{0,5}}"
_MIXED_PLACE = r"[A-Z][\w.'’]*(?:[ /-][A-Z][\w.'’]*){0,4}"
_REGION = r"(?:, ?(?:[A-Z][\w.'’-]*)(?: (?:[A-Z][\w.'’-]*|of|and|the)){0,3})?"
_DAY = r"(?:, ?(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?)?"
_AGENCY = r"\((?P<agency>[A-Z][\w.&’' /-]{1,40})\)"
_DASH = r"\s*(?:—|–|--+|―|‑|−|-(?=\s))\s*"
_MIXED_DATELINE = re.compile(rf"(?P<place>{_MIXED_PLACE}{_REGION}){_DAY}\s*{_AGENCY}{_DASH}")
_DATELINES = (
    re.compile(rf"(?P<place>{_UPPER_PLACE}{_REGION}){_DAY}\s*{_AGENCY}(?:{_DASH}|:\s*|\s+)"),
    _MIXED_DATELINE,
    re.compile(rf"(?P<place>{_UPPER_PLACE}{_REGION}){_DAY}{_DASH}"),
    re.compile(rf"(?:(?:Jan|Feb|March|Mar|April|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.? \d{{1,2}} )?{_AGENCY}(?:{_DASH}|\s+)"),
)
_COLON_DATELINE = re.compile(r"(?P<place>[^\W\d_a-z]{3,}(?:[ /-][^\W\d_a-z]+){0,2}):\s+")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was filed: the place as printed, the agency in brackets, the length with the dash; and the day, if with its year."""

    place: str | None
    agency: str | None
    length: int
    filed: str | None = None


def find_dateline(paragraph: str, *, label_repeats: bool = True) -> Dateline | None:
    """The dateline at the beginning of a paragraph, or None.

    `label_repeats` tells that capitals before a colon begin several lines, as in a transcript: then they are names, not a place.
    """
    head = paragraph[:160]
    for pattern in _DATELINES:
        match = pattern.match(head)
        if match is None:
            continue
        groups = match.groupdict()
        place, agency = groups.get("place"), groups.get("agency")
        if place and pattern is not _MIXED_DATELINE and not place.partition(",")[0].isupper():
            continue  # letters beyond a–z that are not capitals
        if (place and _is_no_place(place)) or (agency and not place and not _is_agency(agency)):
            continue
        printed = match.group().rstrip()
        if agency and printed[-1] in "):" and not _is_agency(agency):
            continue  # "NATO (North Atlantic Treaty Organization) said"
        if match.end() < len(paragraph) and not paragraph[match.end()].islower():  # in lower case it is an aside between dashes
            day = find_time(printed)
            return Dateline(place, agency, len(printed), day.iso if day else None)
    colon = None if label_repeats else _COLON_DATELINE.match(head)
    if colon and not _is_no_place(colon["place"]) and len(paragraph) > 80 and paragraph[colon.end()] not in "\"'“‘«":
        return Dateline(colon["place"], None, len(colon.group().rstrip()))
    return None


def _is_no_place(place: str) -> bool:
    return all(word in words_in("no_places") for word in re.split(r"[\s,/]+", place.casefold().strip(" .")))


def _is_agency(name: str) -> bool:
    return known_outlet(name) is not None or has_outlet_word(name) or (name.isupper() and 2 <= len(name) <= 8)
