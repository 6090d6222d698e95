"""Publication times in the forms that news sites print, to ISO 8601 at the precision printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from dateutil import tz
from dateutil.parser import parse

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_YEAR = r"[12]\d{3}"
_DATE = (
    rf"(?:(?<!\d){_YEAR}[-/.]\d\d?[-/.]\d\d?(?!\d)"
    rf"|\b{_MONTH}\s+\d\d?(?:st|nd|rd|th)?,?\s+{_YEAR}\b"
    rf"|(?<!\d)\d\d?(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}\b"
    rf"|(?<![\d/.-])\d\d?(?:/\d\d?/|-\d\d?-|\.\d\d?\.){_YEAR}(?!\d))"
)
_CLOCK = (
    r"(?:(?<![\d:.])\d\d?[:.][0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?!\d)(?:\s?[ap]\.?\s?m\b\.?)?"
    r"|(?<![\d:.])\d\d?\s?[ap]\.?\s?m\b\.?)"
)
#: Seconds from UTC, or a place whose date tells of summer time; None for a name that several countries use.
_ZONES = {
    "Z": 0, "GMT": 0, "UTC": 0, "BST": 3600, "CET": 3600, "CEST": 7200, "EET": 7200, "EEST": 10800, "MSK": 10800, "SGT": 28800,
    "HKT": 28800, "JST": 32400, "KST": 32400, "EST": -18000, "EDT": -14400, "CST": -21600, "CDT": -18000, "MST": -25200, "MDT": -21600,
    "PST": -28800, "PDT": -25200, "AEST": 36000, "AEDT": 39600, "NZST": 43200, "NZDT": 46800, "IST": None,
    "ET": tz.gettz("America/New_York"), "CT": tz.gettz("America/Chicago"), "MT": tz.gettz("America/Denver"),
    "PT": tz.gettz("America/Los_Angeles"),
}  # fmt: skip
_ZONE = rf"\(?(?:[+-]\d\d:?\d\d|(?:GMT|UTC)[+-]\d\d?(?::?\d\d)?|{'|'.join(_ZONES)})(?![A-Za-z])\)?"
_LABEL = (
    r"\b(?:(?:first|originally|last)\s+)?(?:published|updated|posted|modified|created|revised|issued|filed)\b(?:\s+(?:on|at))?"
    r"|\b(?:date|publication\s+date|last\s+update|time)\b(?=\s*:)"
)

_DATE_RE = re.compile(_DATE, re.IGNORECASE)
#: A day and a month of which either may stand first.
_SLASHED = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.]\d{4}")
_CLOCK_AFTER_RE = re.compile(rf"(?:T|[\s,;|/·•—–-]*(?:\bat\s+)?)(?P<clock>{_CLOCK}(?:\s*{_ZONE})?)", re.IGNORECASE)
_CLOCK_RE = re.compile(rf"(?P<clock>{_CLOCK}(?:\s*{_ZONE})?)", re.IGNORECASE)
_AGO = r"\b(?:\d{1,3}|an?|one)\s+(?:minutes?|mins?|hours?|hrs?|days?|weeks?)\s+ago\b|\b(?:yesterday|today)\b"
_PIECES = re.compile(rf"{_LABEL}|{_WEEKDAY}|{_DATE}|{_CLOCK}|{_ZONE}|{_AGO}|\bat\b|\blocal time\b|(?<=\d)T(?=\d)", re.IGNORECASE)
_TELLING = re.compile(rf"{_DATE}|{_CLOCK}|{_AGO}", re.IGNORECASE)
_UPDATED_RE = re.compile(r"\b(?:updated?|modified|revised)\b", re.IGNORECASE)
_MIDNIGHT = "T00:00:00"
_BEGINNINGS = frozenset(((1970, 1, 1), (1900, 1, 1), (1899, 12, 30), (1899, 12, 31), (1601, 1, 1)))
#: The first newspapers were printed at the beginning of the 17th century.
_EARLIEST = 1600

LONGEST_LINE = 160


class StatedTime(NamedTuple):
    """A stated time in ISO 8601, or why it is left out: `refused` goes on from `the date …`."""

    iso: str | None
    refused: str | None = None


class PrintedTime(NamedTuple):
    """A time as printed: where it stands in the line (with its label), the same as of a stated one, whether it is an update, and whether a
    label (`Published:`) says what it is."""

    start: int
    end: int
    iso: str | None
    refused: str | None
    updated: bool
    labelled: bool


def find_time(line: str, *, day_first: bool | None = None) -> PrintedTime | None:
    """The first full date in the line, with the time of day beside it and the label before it (`Published:`, `Updated`).

    `day_first` tells how to read `04/05/2019`, which without it is left open.
    """
    date = _DATE_RE.search(line)
    if date is None:
        return None
    clock = _CLOCK_AFTER_RE.match(line, date.end())
    start, end = date.start(), clock.end() if clock else date.end()
    if clock is None:
        before = list(_CLOCK_RE.finditer(line, max(0, start - 40), start))
        if before and not line[before[-1].end() : start].strip(" ,|/·•—–-"):
            clock = before[-1]
            start = clock.start()
    labels = re.search(rf"(?:(?:{_LABEL}|{_WEEKDAY})[\s:,]*)*$", line[:start], re.IGNORECASE)
    label = labels.group() if labels else ""
    updated, labelled = _UPDATED_RE.search(label) is not None, re.search(_LABEL, label, re.IGNORECASE) is not None
    iso, refused = _read(date.group(), clock["clock"] if clock else "", day_first)
    return PrintedTime(start - len(label), end, iso, refused, updated, labelled)


def is_time_line(line: str) -> bool:
    """True when the line says nothing but a time: `Updated Feb. 3, 2025 5:30 p.m. ET`, `16:48`, `2 hours ago`."""
    if len(line) > LONGEST_LINE or _TELLING.search(line) is None:
        return False
    return not any(character.isalnum() for character in _PIECES.sub(" ", line))


def times_in(line: str) -> list[PrintedTime]:
    """Every full date of a line that `is_time_line` accepts; their places are counted from the end of the one before."""
    found = []
    while (time := find_time(line)) is not None:
        found.append(time)
        line = line[time.end :]
    return found


def iso_time(stated: str | None) -> str | None:
    """A stated date or time in ISO 8601, or None when it is not understood or cannot be one of publication: see `stated_time`."""
    return stated_time(stated).iso if stated else None


def stated_time(stated: str, *, machine: bool = False, day_first: bool | None = None) -> StatedTime:
    """A stated date or time in ISO 8601; a midnight without a zone counts as a bare date.

    Refused is what is not understood, what is before 1600 or after tomorrow, and what programs write where they know no date: the beginning
    of their clock at midnight (1970-01-01T00:00:00). `machine` tells that only programs read what is stated, as in the head of a page:
    there such a day is refused without an hour too. `day_first` is as for `find_time`.
    """
    try:
        moment = datetime.fromisoformat(stated.strip())
    except (ValueError, OverflowError):
        printed = find_time(stated[:LONGEST_LINE], day_first=day_first)
        return StatedTime(printed.iso, printed.refused) if printed else StatedTime(None, "is not understood")
    bare = re.fullmatch(r"\d{4}-?\d\d-?\d\d", stated.strip()) is not None
    refused = _out_of_range(moment) or ("stands for no date" if (machine or not bare) and _is_placeholder(moment) else None)
    return StatedTime(None if refused else moment.isoformat().removesuffix(_MIDNIGHT), refused)


def day_first_in(dates: Iterable[str]) -> bool | None:
    """Whether dates of one source have the day before the month (`25/12/2019`), None where none of them tells, or they do not agree."""
    found = [(int(date[1]), int(date[2])) for each in dates if (date := _SLASHED.search(each[:LONGEST_LINE]))]
    orders = {first > 12 for first, second in found if (first > 12) != (second > 12)}
    return orders.pop() if len(orders) == 1 else None


def _out_of_range(moment: datetime) -> str | None:
    """Why nothing was published then: before there were newspapers, or after tomorrow; None where it may have been."""
    if moment.year < _EARLIEST:
        return f"is before {_EARLIEST}"
    tomorrow = datetime.now(moment.tzinfo or UTC) + timedelta(days=1)
    return "is after tomorrow" if moment.date() > tomorrow.date() else None


def _is_placeholder(moment: datetime) -> bool:
    """The beginning of time of some clock: of Unix (wherever the program ran), Windows, spreadsheets and databases."""
    if moment.tzinfo is not None and moment == datetime(1970, 1, 1, tzinfo=UTC):
        return True
    return moment.time() == time() and (moment.year, moment.month, moment.day) in _BEGINNINGS


def _read(date: str, clock: str, day_first: bool | None) -> StatedTime:
    """A date and the time of day beside it, where there is one; a time of day that there is not, such as 25:30, is left out."""
    slashed = _SLASHED.fullmatch(date)
    if slashed and day_first is None and slashed[1] != slashed[2] and int(slashed[1]) <= 12 and int(slashed[2]) <= 12:
        return StatedTime(None, "may be either of two days")  # 11/12 is a different day on either side of the Atlantic
    dayfirst = bool(slashed and day_first)
    try:
        day = parse(date, dayfirst=dayfirst)
    except (ValueError, OverflowError):
        return StatedTime(None, "is not understood")
    refused = _out_of_range(day)
    if refused or not clock:
        return StatedTime(None if refused else day.date().isoformat(), refused)
    # As dateutil has them: a colon for the stop of 16.48, no stops in p.m., and `+2` for `GMT+2`, which it would read as west of Greenwich.
    plain = re.sub(r"(?:GMT|UTC)(?=[+-])|[()]", "", re.sub(r"([AP])\.?\s?M\b\.?", r"\1M ", clock.upper()))
    plain = re.sub(r"^(\d\d?)\.(?=\d)", r"\1:", plain)
    precision = "seconds" if re.match(r"\d+:\d+:", plain) else "minutes"
    try:
        return StatedTime(parse(f"{date} {plain}", dayfirst=dayfirst, tzinfos=_ZONES).isoformat(timespec=precision))
    except (ValueError, OverflowError):
        return StatedTime(day.date().isoformat())
