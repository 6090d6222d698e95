"""Counts over time, and the charts of them."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.publish.charts import over_time, shares, timeline


@pytest.mark.parametrize(
    ("months", "unit", "first", "many"),
    [
        (["2026-01", "2026-03"], "month", "2026-01", 3),
        (["2025-01", "2026-12"], "quarter", "2025 Q1", 8),
        (["2016-01", "2026-12"], "year", "2016", 11),
        (["2026"], "month", "2026-01", 1),
    ],
)
def test_steps_are_few_and_without_a_gap(months, unit, first, many):
    counted = over_time({"quotes": dict.fromkeys(months, 2)})

    assert (counted["unit"], counted["rows"][0][0], len(counted["rows"])) == (unit, first, many)
    assert sum(row[1] for row in counted["rows"]) == 2 * len(months)


def test_what_has_no_date_is_in_no_step_and_counted():
    counted = over_time({"one": {"/123": 4, "": 1}, "other": {"2026-03": 2, "/9": 3}})

    assert counted["rows"] == [("2026-03", 0, 2)]
    assert (counted["dated"], counted["undated"]) == ([0, 2], [5, 3])
    assert over_time({"quotes": {"/123": 4}})["rows"] == []


@given(
    st.dictionaries(
        st.text(max_size=20),
        st.dictionaries(st.from_regex(r"20[0-9]{2}-(0[1-9]|1[0-2])", fullmatch=True), st.integers(1, 10**6), min_size=1, max_size=5),
        min_size=1,
        max_size=2,
    )
)
def test_a_picture_of_anything_is_whole_and_has_a_name(counts):
    series = over_time(counts)
    drawn = timeline(series, "a label with <signs> & more")

    assert (drawn == "") == (len(series["rows"]) < 2)
    assert not drawn or ET.fromstring(drawn).get("aria-label")
    assert "<script" not in drawn


def test_nothing_is_drawn_of_nothing():
    assert timeline(over_time({}), "x") == shares([{"role": "one", "quotes": 1}], "x") == ""


@pytest.mark.parametrize("times", [1, 2, 3, 5, 8, 20, 30])
def test_a_bar_is_as_long_as_its_share_of_a_round_number(times):
    drawn = ET.fromstring(shares([{"role": "expert", "quotes": 3 * times}, {"role": "witness", "quotes": times}], "x"))

    assert [each.get("width") for each in drawn.iter("{http://www.w3.org/2000/svg}rect")] == ["372.0", "124.0"]
