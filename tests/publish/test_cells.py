"""What a cell of a table shows, and which columns a table's page shows first."""

import pytest
from datasette.views.table import Row
from markupsafe import Markup

from quotes.publish.cells import arranged, cell, day, description, label, moment


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("published", "2026-03-01T18:20", '<time datetime="2026-03-01T18:20" title="1 March 2026, 18:20">1 Mar 2026</time>'),
        ("last_quoted", "2026-03", '<time datetime="2026-03" title="March 2026">Mar 2026</time>'),
        ("published", None, '<span class="quotes-undated">undated</span>'),
        ("byline", '["Ada Quist", "Bo <i>"]', "Ada Quist, Bo &lt;i&gt;"),
        ("past", 1, "yes"),
        ("unsure", 0, "no"),
        ("confidence", 0.934, "93&nbsp;%"),
    ],
)
def test_a_value_is_shown_as_one_writes_it(column, value, shown):
    assert str(cell({column: value}, value, column, "quotes_browse", "/quotes")) == shown


@pytest.mark.parametrize(("column", "value"), [("published", "last spring"), ("byline", "Ada Quist"), ("text", "1"), ("past", 7)])
def test_what_is_none_of_these_is_left_as_it_stands(column, value):
    assert cell({column: value}, value, column, "quotes_browse", "/quotes") is None


COLUMNS = [{"name": name} for name in ("id", "path", "speaker", "outlet")]
ROWS = [Row([{"column": name, "value": value} for name, value in zip(("id", "path", "speaker", "outlet"), row, strict=True)]) for row in
        (("1", "a", "Ada", Markup("&nbsp;")), ("2", "b", "Bo", Markup("&nbsp;")))]  # fmt: skip


def test_the_useful_columns_come_first_and_one_that_is_empty_throughout_is_left_out():
    columns, rows = arranged(COLUMNS, ROWS, {"shown": ["speaker", "outlet", "id"]}, {})

    assert [each["name"] for each in columns] == ["speaker", "id"]
    assert [[each["value"] for each in row] for row in rows] == [["Ada", "1"], ["Bo", "2"]]


@pytest.mark.parametrize("arguments", [{"_columns": "all"}, {"_col": "path"}])
def test_all_columns_are_a_click_away(arguments):
    columns, rows = arranged(COLUMNS, ROWS, {"shown": ["speaker"]}, arguments)

    assert columns == COLUMNS
    assert len(rows[0]) == 4


def test_headings_and_the_order_are_in_plain_words():
    assert [label(each) for each in ("first_quoted", "speaker_id", "url")] == ["First quoted", "Speaker", "URL"]
    assert description("where kind = “direct” sorted by sort_key descending") == "where kind = “direct” newest first"
    assert description("sorted by quotes descending") == "sorted by quotes, highest first"


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
