import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.publish.cells import day, moment
from quotes.publish.charts import over_time, shares, timeline
from quotes.publish.collection import accuracy, citation
from quotes.publish.results import Selection, Words, in_sentence


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
    assert timeline(over_time({}), "x") == shares([("one", 1)], "x") == ""


@pytest.mark.parametrize(
    ("published", "short", "long"),
    [
        ("2026-03-03T18:20", "3 March 2026", "3 March 2026, 18:20"),
        ("2026-03", "March 2026", "March 2026"),
        ("2026", "2026", "2026"),
        (None, "", ""),
        ("soon", "soon", "soon"),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(published, short, long):
    assert (day(published), moment(published)) == (short, long)


def test_a_quote_stands_in_sentence_with_the_words_found_marked():
    text = "It rained. “The river rises,” she said, “and falls.” Then it stopped."
    spans = [[11, 29], [40, 52]]
    found = in_sentence(text, 0, spans, "“The river rises,” … “and falls.”", "“The \x02river\x03 rises,” … “and falls.”")

    assert found == [
        Words("“The ", True, False),
        Words("river", True, True),
        Words(" rises,”", True, False),
        Words(" she said, ", False, False),
        Words("“and falls.”", True, False),
    ]


@given(st.text(max_size=40), st.text(max_size=40), st.text(min_size=1, max_size=40))
def test_the_words_of_a_quote_are_never_changed(before, after, said):
    start = len(before)
    found = in_sentence(before + said + after, 0, [[start, start + len(said)]], said)

    assert "".join(each.text for each in found if each.quoted) == said or " … " in said


@given(st.dictionaries(st.sampled_from(["q", "speaker", "title", "topic", "outlet", "all", "order"]), st.text(max_size=20)))
def test_the_address_of_a_selection_makes_the_same_selection(arguments):
    from urllib.parse import parse_qsl

    selection = Selection.of(arguments)

    assert Selection.of(dict(parse_qsl(selection.address()))) == selection


def test_the_error_rates_are_those_of_the_readme():
    import json
    from pathlib import Path

    root = Path(__file__).parents[2]
    readme = (root / "README.md").read_text("utf-8")
    corpora = json.loads((root / "quotes/publish/evaluation.json").read_text("utf-8")).values()
    never_seen, other = ({name: 100 * share for name, figure in each["figures"].items() for share in figure.values()} for each in corpora)
    rows = {
        "attributed": "(`attributed`)",
        "direct_attributed": "(`direct_attributed`)",
        "title": "| title",
        "institution": "| institution",
    }

    assert len(accuracy()) == 2
    for name, words in rows.items():
        assert f"{words} | {never_seen[name]:.1f} | {other[name]:.1f} |" in readme


def test_a_citation_has_the_version_and_the_day():
    import datetime as dt

    figures = {"last": "2026-03-03T18:20", "all_quotes": 1200, "articles": 40}
    cited = citation("Ada {x}", "http://h/quotes/speaker/1", figures, today=dt.date(2026, 5, 1))

    assert "data of 2026-03-03, 1,200 quotes from 40 articles" in cited["line"]
    assert "2026-05-01" in cited["line"]
    assert "title = {{Ada (x)}}" in cited["bibtex"]


def test_a_bar_is_as_long_as_its_share():
    drawn = ET.fromstring(shares([("Ada Quist", 3), ("Bram Tollefsen", 1)], "x"))

    assert [each.get("width") for each in drawn.iter("{http://www.w3.org/2000/svg}rect")] == ["372.0", "124.0"]
