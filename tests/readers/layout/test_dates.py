"""Publication times as sites print them, to ISO 8601."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.readers.layout.dates import find_time, is_time_line, iso_time, stated_time, times_in


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("Published: 2021/03/04 0:07:15", "2021-03-04T00:07:15"),
        ("Nov. 11, 2017 5:30 p.m. ET", "2017-11-11T17:30-05:00"),
        ("July 11, 2017 5:30 p.m. ET", "2017-07-11T17:30-04:00"),
        ("11 November 2017", "2017-11-11"),
        ("Saturday 11th November 2017, 16.48 GMT", "2017-11-11T16:48+00:00"),
        ("Updated Feb. 3, 2025 at 12:05 AM", "2025-02-03T00:05"),
        ("Posted: Jun 18, 2025 / 10:42 PM CDT", "2025-06-18T22:42-05:00"),
        ("16:48, 26 March 2025", "2025-03-26T16:48"),
        ("2025-03-26T16:48:01+02:00", "2025-03-26T16:48:01+02:00"),
        ("26.3.2025", "2025-03-26"),
        ("3/26/2025", "2025-03-26"),
        ("5/5/2025", "2025-05-05"),
    ],
)
def test_printed_times_are_read(printed, iso):
    assert is_time_line(printed)
    assert [time.iso for time in times_in(printed)] == [iso]


@pytest.mark.parametrize("line", ["16:48", "12:20 p.m.:", "2 hours ago", "Updated 3 mins ago"])
def test_a_time_without_a_date_is_a_time_line_too(line):
    assert is_time_line(line)
    assert times_in(line) == []


@pytest.mark.parametrize("line", ["In 2017", "He left on Nov. 11, 2017", "12", "Monday", "31 February 20", "Score 12:30 to 14:20"])
def test_other_lines_are_no_time_lines(line):
    assert not is_time_line(line)


def test_an_update_is_told_from_a_publication():
    times = times_in("Published 1 May 2025 09:00, updated 2 May 2025 10:00")
    assert [(time.iso, time.updated) for time in times] == [("2025-05-01T09:00", False), ("2025-05-02T10:00", True)]


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("2025-05-06", "2025-05-06"),
        ("2025-05-06T08:00:00Z", "2025-05-06T08:00:00+00:00"),
        ("2025-05-06 00:00:00", "2025-05-06"),
        ("Tue, 06 May 2025 08:00:00 +0000", "2025-05-06T08:00:00+00:00"),
    ],
)
def test_stated_times_are_kept_at_their_precision(stated, iso):
    assert iso_time(stated) == iso


@given(st.datetimes(min_value=datetime(1600, 1, 1), max_value=datetime(2025, 12, 31)))
def test_every_printed_moment_comes_back(moment):
    moment = moment.replace(second=0, microsecond=0)
    found = find_time(f"Published: {moment:%d %B %Y, %I:%M %p}")
    assert found is not None
    assert found.iso == moment.isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ("0001-01-01T00:00:00", "is before 1600"),
        ("0000-00-00", "is not understood"),
        ("12 June 1492", "is before 1600"),
        ("2999-05-05T10:00:00+00:00", "is after tomorrow"),
        ("May 5, 2999", "is after tomorrow"),
        ("1970-01-01T00:00:00Z", "stands for no date"),
        ("1969-12-31T19:00:00-05:00", "stands for no date"),
        ("1900-01-01 00:00:00", "stands for no date"),
        ("04/05/2019", "may be either of two days"),
        ("31 February 2019", "is not understood"),
        ("2025-13-01", "is not understood"),
        ("2025", "is not understood"),
        ("", "is not understood"),
        ("soon", "is not understood"),
    ],
)
def test_a_date_that_cannot_be_one_of_publication_is_refused_with_the_reason(stated, why):
    assert stated_time(stated) == (None, why)


@pytest.mark.parametrize("stated", ["1600-01-01", "July 4, 1776", "1970-01-01", "1970-01-01T00:00:01Z"])
def test_old_dates_count(stated):
    """Papers of four centuries are read; where only programs read it, as in the head of a page, 1970 is none."""
    assert stated_time(stated).iso
    assert (stated_time(stated, machine=True).iso is None) is (stated == "1970-01-01")


def test_tomorrow_has_begun_somewhere():
    """The day after has not."""
    now = datetime.now(UTC)
    assert iso_time(f"{now + timedelta(days=1):%Y-%m-%d}")
    assert iso_time(f"{now + timedelta(days=3):%Y-%m-%d}") is None
    assert iso_time((now + timedelta(hours=14)).astimezone(timezone(timedelta(hours=14))).isoformat())
