"""Publication times in the forms that news sites print, to ISO 8601 at the precision printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_DATE = (
    r"(?:(?<!\d)(?P<y1>(?:1[6-9]|20)\d\d)[-/.](?P<m1>\d\d?)[-/.](?P<d1>\d\d?)(?!\d)"
    rf"|\b(?P<m2>{_MONTH})\s+(?P<d2>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y2>(?:1[6-9]|20)\d\d)\b"
    rf"|(?<!\d)(?P<d3>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<m3>{_MONTH}),?[\s-]+(?P<y3>(?:1[6-9]|20)\d\d)\b"
    r"|(?<![\d/.-])(?P<a4>\d\d?)(?P<sep4>[-/.])(?P<b4>\d\d?)(?P=sep4)(?P<y4>(?:1[6-9]|20)\d\d)(?!\d))"
)
_CLOCK = (
    r"(?:(?<![\d:.])(?P<hour>\d\d?)[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?(?!\d)\s?(?P<half>[ap]\.?\s?m\b\.?)?"
    r"|(?<![\d:.])(?P<hour2>\d\d?)\s?(?P<half2>[ap]\.?\s?m\b\.?))"
)
_ZONE = (
    r"\(?(?P<zone>[+-]\d\d:?\d\d|(?:GMT|UTC)(?:[+-]\d\d?(?::?\d\d)?)?|Z|E[SD]?T|C[SD]?T|M[SD]?T|P[SD]?T|BST|CET|CEST|EEST?|MSK|IST|JST|KST|HKT|SGT"
    r"|AE[SD]T|NZ[SD]T)(?![A-Za-z])\)?"
)
_LABEL = (
    r"\b(?:(?:first|originally|last)\s+)?(?:published|updated|posted|modified|created|revised|issued|filed)\b(?:\s+(?:on|at))?"
    r"|\b(?:date|publication\s+date|last\s+update|time)\b(?=\s*:)"
)

_DATE_RE = re.compile(_DATE, re.IGNORECASE)
_CLOCK_AFTER_RE = re.compile(rf"(?:T|[\s,;|/·•—–-]*(?:\bat\s+)?)(?:{_CLOCK})(?:\s*{_ZONE})?", re.IGNORECASE)
_CLOCK_RE = re.compile(rf"{_CLOCK}(?:\s*{_ZONE})?", re.IGNORECASE)
_AGO = r"\b(?:\d{1,3}|an?|one)\s+(?:minutes?|mins?|hours?|hrs?|days?|weeks?)\s+ago\b|\b(?:yesterday|today)\b"
_PIECES = re.compile(rf"{_LABEL}|{_WEEKDAY}|{_DATE}|{_CLOCK}|{_ZONE}|{_AGO}|\bat\b|\blocal time\b|(?<=\d)T(?=\d)", re.IGNORECASE)
_TELLING = re.compile(rf"{_DATE}|{_CLOCK}|{_AGO}", re.IGNORECASE)
_UPDATED_RE = re.compile(r"\b(?:updated?|modified|revised)\b", re.IGNORECASE)
_MIDNIGHT = "T00:00:00"
_NO_TIME = time()
_BEGINNINGS = frozenset(((1970, 1, 1), (1900, 1, 1), (1899, 12, 30), (1899, 12, 31), (1601, 1, 1)))
#: The first newspapers were printed at the beginning of the 17th century.
EARLIEST = 1600

#: Hours from UTC; names that several countries use (IST) are left out, so that no wrong zone is stated.
_OFFSETS = {
    "z": 0, "gmt": 0, "utc": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "sgt": 8, "hkt": 8, "jst": 9, "kst": 9,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
#: The names that leave summer time to the date.
_REGIONS = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}

LONGEST_LINE = 160


class PrintedTime(NamedTuple):
    """A time as printed: where it stands in the line (with its label), its ISO 8601 form (None if ambiguous or none of publication),
    whether it is an update, and whether a label (`Published:`) says what it is."""

    start: int
    end: int
    iso: str | None
    updated: bool
    labelled: bool = False


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
    labels = list(re.finditer(rf"(?:(?P<label>{_LABEL})|{_WEEKDAY})[\s:,]*", line[:start], re.IGNORECASE))
    updated = labelled = False
    for label in reversed(labels):
        if label.end() != start:
            break
        updated = updated or _UPDATED_RE.search(label.group()) is not None
        labelled = labelled or label["label"] is not None
        start = label.start()
    return PrintedTime(start, end, _iso(date, clock, day_first), updated, labelled)


def is_time_line(line: str) -> bool:
    """True when the line says nothing but a time: `Updated Feb. 3, 2025 5:30 p.m. ET`, `16:48`, `2 hours ago`."""
    if len(line) > LONGEST_LINE or _TELLING.search(line) is None:
        return False
    return not any(character.isalnum() for character in _PIECES.sub(" ", line))


def times_in(line: str) -> list[PrintedTime]:
    """Every full date of a line that `is_time_line` accepts."""
    found = []
    offset = 0
    while (time := find_time(line[offset:])) is not None:
        found.append(time._replace(start=time.start + offset, end=time.end + offset))
        offset += time.end
    return found


def iso_time(stated: str) -> str | None:
    """A stated date or time in ISO 8601, or None when it is not understood or cannot be one of publication: see `stated_time`."""
    return stated_time(stated).iso


class StatedTime(NamedTuple):
    """A stated time in ISO 8601, or why it is left out: `refused` goes on from `the date …`."""

    iso: str | None
    refused: str | None = None


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
        return StatedTime(printed.iso) if printed and printed.iso else StatedTime(None, _why_not(stated[:LONGEST_LINE]))
    bare = re.fullmatch(r"\d{4}-?\d\d-?\d\d", stated.strip()) is not None
    refused = out_of_range(moment)
    if refused is None and _is_placeholder(moment) and (machine or not bare):
        refused = "stands for no date"
    if refused is not None:
        return StatedTime(None, refused)
    iso = moment.isoformat()
    return StatedTime(iso.removesuffix(_MIDNIGHT) if bare or iso.endswith(_MIDNIGHT) else iso)


def day_first_in(dates: Iterable[str]) -> bool | None:
    """Whether dates of one source have the day before the month (`25/12/2019`), None where none of them tells, or they do not agree."""
    found = [date for each in dates if (date := _DATE_RE.search(each[:LONGEST_LINE])) is not None and date["y4"]]
    orders = {int(date["a4"]) > 12 for date in found if (int(date["a4"]) > 12) != (int(date["b4"]) > 12)}
    return orders.pop() if len(orders) == 1 else None


def possible(iso: str | None) -> str | None:
    """A time in ISO 8601 if something may have been published then, else None."""
    return iso if iso and stated_time(iso).iso else None


def out_of_range(moment: datetime) -> str | None:
    """Why nothing was published then: before there were newspapers, or after tomorrow; None where it may have been."""
    if moment.year < EARLIEST:
        return f"is before {EARLIEST}"
    tomorrow = datetime.now(moment.tzinfo or UTC) + timedelta(days=1)
    return "is after tomorrow" if moment.date() > tomorrow.date() else None


def _why_not(stated: str) -> str:
    """Why no time was found in a line."""
    date = _DATE_RE.search(stated)
    if date is not None:
        day = _day(date)
        why = "may be either of two days" if date["y4"] and int(date["a4"]) <= 12 and int(date["b4"]) <= 12 else "is not understood"
        return why if day is None else out_of_range(day) or why
    year = re.match(r"\s*(\d{4})-\d\d?-\d\d?(?!\d)", stated) or re.search(r"(?<!\d)(\d{4})\s*$", stated)
    if year is not None and int(year[1]) < EARLIEST:
        return f"is before {EARLIEST}"
    return "is after tomorrow" if year is not None and int(year[1]) > datetime.now(UTC).year + 1 else "is not understood"


def _is_placeholder(moment: datetime) -> bool:
    """The beginning of time of some clock: of Unix (wherever the program ran), Windows, spreadsheets and databases."""
    if moment.tzinfo is not None and moment == datetime(1970, 1, 1, tzinfo=UTC):
        return True
    return moment.time() == _NO_TIME and (moment.year, moment.month, moment.day) in _BEGINNINGS


def _iso(date: re.Match[str], clock: re.Match[str] | None, day_first: bool | None = None) -> str | None:
    day = _day(date, day_first)
    if day is None or out_of_range(day):
        return None
    if clock is None:
        return day.date().isoformat()
    hour = int(clock["hour"] or clock["hour2"])
    half = (clock["half"] or clock["half2"] or "").casefold()
    if half:
        if not 1 <= hour <= 12:
            return day.date().isoformat()
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23:
        return day.date().isoformat()
    moment = day.replace(hour=hour, minute=int(clock["minute"] or 0), second=int(clock["second"] or 0))
    precision = "seconds" if clock["second"] else "minutes"
    return _with_zone(moment, clock["zone"]).isoformat(timespec=precision)


def _day(date: re.Match[str], day_first: bool | None = None) -> datetime | None:
    year = date["y1"] or date["y2"] or date["y3"] or date["y4"]
    month, day = date["m1"] or date["m2"] or date["m3"] or date["a4"], date["d1"] or date["d2"] or date["d3"] or date["b4"]
    if date["y4"]:
        first, second = int(month), int(day)
        if first <= 12 and second <= 12 and first != second and day_first is None:
            return None  # 11/12 is a different day on either side of the Atlantic
        if first > 12 or (second <= 12 and day_first):
            month, day = day, month
    try:
        return datetime(int(year), int(month) if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1, int(day))
    except ValueError:
        return None


def _with_zone(moment: datetime, zone: str | None) -> datetime:
    if not zone:
        return moment
    name = zone.casefold()
    if name in _REGIONS:
        try:
            return moment.replace(tzinfo=timezone(ZoneInfo(_REGIONS[name]).utcoffset(moment) or timedelta()))
        except ZoneInfoNotFoundError:  # a system without a time zone database
            return moment
    if name in _OFFSETS:
        return moment.replace(tzinfo=timezone(timedelta(hours=_OFFSETS[name])))
    numeric = re.fullmatch(r"(?:gmt|utc)?([+-])(\d\d?):?(\d\d)?", name)
    if numeric is None or int(numeric[2]) > 14:
        return moment
    sign = -1 if numeric[1] == "-" else 1
    return moment.replace(tzinfo=timezone(sign * timedelta(hours=int(numeric[2]), minutes=int(numeric[3] or 0))))
