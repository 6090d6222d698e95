"""JSON Lines, JSON, CSV and TSV: one article a record, the fields that the record states, and faults record by record."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.readers import Reading, read
from quotes.readers.tables import json_records
from quotes.readers.tables.json_records import objects_in

STORY = "The quay is closed, said Ann Lee, the harbour master."


def test_a_record_states_its_fields(reading):
    record = {
        "Headline": "Quay closed",
        "authors": [{"name": "Ann Lee"}, "Bo Diaz"],
        "date_published": "2025-05-06T08:00:00Z",
        "publisher": {"name": "The Courier"},
        "articleBody": f"By Cy Moe\n\n{STORY}",
        "link": "https://courier.example/quay",
        "category": ["Harbour", "News"],
    }
    (article,) = reading("a.jsonl", json.dumps(record))
    assert (article.path, article.text) == ("a.jsonl#1", record["articleBody"])
    assert (article.title, article.byline, article.outlet) == ("Quay closed", ("Ann Lee", "Bo Diaz"), "The Courier")
    assert (article.published, article.section) == ("2025-05-06T08:00:00+00:00", "Harbour")
    assert article.url == "https://courier.example/quay"
    assert [zone.kind for zone in article.zones] == ["byline", "body"]


def test_an_id_names_the_article_with_its_file_where_another_file_may_hold_the_same(reading):
    lines = [{"id": each, "text": "No, she said."} for each in ("007", 8, "tarn-2025-10-03")]
    found = reading("a.jsonl", "\n".join(json.dumps(each) for each in lines))
    assert [article.path for article in found] == ["a.jsonl#007", "a.jsonl#8", "tarn-2025-10-03"]
    asked_for = reading("a.csv", "id,text\nA7,Fine.\n007,Fine.\n", id="id")
    assert [article.path for article in asked_for] == ["A7", "a.csv#007"]


def test_named_columns_win(reading):
    (article,) = reading("a.csv", "text,story,who\nnot this,The quay is closed.,Ann Lee & Bo Diaz\n", text="story", byline="who")
    assert (article.text, article.byline) == ("The quay is closed.", ("Ann Lee", "Bo Diaz"))


def test_a_named_column_that_is_not_there(reading):
    assert reading("a.csv", "text,who\na,b\n", text="story") == ["a.csv: has no column “story”, name one of text, who"]


def test_a_broken_line_is_named_and_the_others_go_on(reading):
    first, second, third, fourth = reading("a.jsonl", '{"text": "One."}\n\n{"text": "Two\n[1]\n{"text": "Four."}\n')
    assert second.startswith("a.jsonl: line 3 is not JSON (")
    assert third == "a.jsonl#3: is no JSON object, give one object for each article"
    assert (first.path, fourth.path) == ("a.jsonl#1", "a.jsonl#4")


@pytest.mark.parametrize(
    ("record", "what"),
    [
        (r'{"text": "no \ud800 no"}', "half of a surrogate pair"),
        (r'{"text": "no \u0000 no"}', "NUL"),
        ('{"text": "  "}', "only white space"),
        ('{"text": null}', "is missing"),
        ('{"text": 5}', "is a number, not text"),
        ('{"title": "x"}', "has no column for the text"),
        (b'{"text": "caf\xe9"}', "is not UTF-8"),
        ("[" * 100_000, "is not JSON (maximum recursion depth"),
    ],
)
def test_a_bad_record_is_refused_and_the_next_is_read(reading, record, what):
    data = record if isinstance(record, bytes) else record.encode()
    refused, article = reading("a.jsonl", data + b'\n{"text": "Fine."}\n')
    assert what in refused
    assert article.text == "Fine."


def test_lines_in_a_stated_encoding(tmp_path):
    (tmp_path / "a.jsonl").write_bytes('{"text": "“Née,” she said."}\n'.encode("cp1252"))
    (error,) = read([tmp_path / "a.jsonl"])
    assert "line 1 is not UTF-8, save it as UTF-8 or name its --encoding" in str(error)
    (article,) = read([tmp_path / "a.jsonl"], settings=Reading(encoding="cp1252"))
    assert article.text == "“Née,” she said."


def test_a_title_with_half_a_surrogate_pair_can_still_be_stored(reading):
    (article,) = reading("a.jsonl", r'{"text": "Fine.", "title": "a\ud800b"}')
    article.title.encode("utf-8")


def test_records_may_differ_in_the_names_of_their_fields(reading):
    found = reading("a.jsonl", json.dumps({"text": "One.", "headline": "A"}) + "\n" + json.dumps({"body": "Two.", "title": "B"}))
    assert [(article.title, article.text) for article in found] == [("A", "One."), ("B", "Two.")]


def test_a_date_that_is_not_understood_is_left_out_with_a_notice(reading):
    (article,) = reading("a.jsonl", '{"text": "Fine.", "date": "a while ago"}')
    assert article.published is None
    assert article.notices[-1] == "the date “a while ago” is not understood and was left out"


@pytest.mark.parametrize(
    ("value", "paths"),
    [
        ({"text": "One."}, ["a.json"]),
        ([{"text": "One."}, {"text": "Two."}], ["a.json#1", "a.json#2"]),
        ({"status": "ok", "articles": [{"content": "One."}]}, ["a.json#1"]),
    ],
)
def test_json_holds_one_article_or_a_list(reading, value, paths):
    assert [article.path for article in reading("a.json", json.dumps(value, indent=1))] == paths


def test_json_lines_by_another_name_may_be_in_another_encoding(reading):
    lines = ["“It is late,” the mayor’s office said on Monday.", "“The dam – all of it – holds,” the mayor’s spokesman said."]
    raw = "\n".join(json.dumps({"text": line}, ensure_ascii=False) for line in lines).encode("cp1252")

    assert [article.text for article in reading("a.json", raw)] == lines


def test_cells_are_text_and_nothing_else(reading):
    none, number = reading("a.csv", 'id,author,text\n007,None,NA\n1e5,"Ann Lee","12\r\n34"\n')
    assert (none.path, none.byline, none.text) == ("a.csv#007", ("None",), "NA")
    assert (number.path, number.text) == ("a.csv#1e5", "12\r\n34")


def test_semicolons_and_a_byte_order_mark(reading):
    (article,) = reading("a.csv", "\ufefftext;title\nNo, she said.;Quay, closed\n")
    assert (article.text, article.title) == ("No, she said.", "Quay, closed")


def test_a_ragged_row_is_named_and_the_others_go_on(reading):
    one, two, three, four, five = reading("a.csv", "title,text\na,One.\nb,Two,2.\nc\nd,Fo,u,r,.\ne,Five.\n")
    assert two == "a.csv#2: has more values than the header has columns, put quotation marks round its text"
    assert three == "a.csv#3: “text” is missing, fill it or remove the record"
    assert four.startswith("a.csv#4: has more values")
    assert (one.path, five.path) == ("a.csv#1", "a.csv#5")


def test_a_comma_at_the_end_of_every_row_is_harmless(reading):
    assert [article.text for article in reading("a.csv", "title,text\na,One.,\nb,Two.,\n")] == ["One.", "Two."]


def test_a_table_in_another_encoding_has_a_notice(reading):
    (article,) = reading("a.csv", "text\n“No” said Renée.\n".encode("cp1252"))
    assert article.text == "“No” said Renée."
    assert "Windows-1252" in article.notices[0]


@settings(deadline=None)
@given(st.data())
def test_objects_of_a_large_list_are_read_as_they_are_written(data):
    """Whatever stands in them and before them, wherever a piece of the file ends."""
    text = st.text(alphabet='a"\\\\{}[],é', max_size=6)
    plain = st.recursive(text, lambda inner: st.lists(inner, max_size=2), max_leaves=4)
    records = data.draw(st.lists(st.dictionaries(st.text(max_size=2), plain, max_size=3), min_size=1, max_size=9))
    before = data.draw(st.lists(st.text(alphabet='{"[', max_size=3), max_size=2))
    written = json.dumps({"about": before, "articles": records, "after": [{}]}, indent=data.draw(st.sampled_from([None, 1])))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_records, "LONGEST_RECORD", data.draw(st.integers(300, 400)))
        assert list(objects_in(io.StringIO(written), "a.json")) == records


@pytest.mark.parametrize("fault", ['{"text": "' + "no " * 1000 + '"}', '{"text": "no" "no"}', '{"text": "no'])
def test_an_object_without_bound_or_end_is_one_line(fault, monkeypatch):
    monkeypatch.setattr(json_records, "LONGEST_RECORD", 1000)
    one, two = objects_in(io.StringIO(f'[{{"text": "yes"}}, {fault}, {{"text": "never"}}]'), "a.json")
    assert one == {"text": "yes"}
    assert str(two).startswith("a.json: record 2 breaks off, has more than")


def test_a_date_that_cannot_be_one_is_told_and_the_printed_one_counts(reading):
    """With the reason."""
    (article,) = reading("a.csv", f'text,published\n"Quay closed\n\nPublished: 5 November 2019\n\n{STORY}",0001-01-01\n')
    assert article.published == "2019-11-05"
    assert article.notices == ("the date “0001-01-01” is before 1600 and was left out",)


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        (["04/05/2019", "25/12/2019"], ["2019-05-04", "2019-12-25"]),
        (["04/05/2019", "12/25/2019"], ["2019-04-05", "2019-12-25"]),
        (["04/05/2019", "05/04/2019"], [None, None]),
        (["04/05/2019", "25/12/2019", "12/25/2019"], [None, "2019-12-25", "2019-12-25"]),
    ],
)
def test_the_dates_of_a_column_tell_how_they_are_written(reading, dates, published):
    """Where they agree; else a day that may be either of two is left out."""
    found = reading("a.csv", "text,published\n" + "".join(f'"{STORY}",{each}\n' for each in dates))
    assert [article.published for article in found] == published


def test_a_button_is_no_title(reading):
    (article,) = reading("a.jsonl", json.dumps({"text": f"Next article\n\nQuay closed\n\n{STORY}", "title": "Next article"}))
    assert article.title != "Next article"


def test_an_outlet_that_is_none_is_told(reading):
    (article,) = reading("a.csv", f'text,outlet\n"{STORY}",@courier\n')
    assert (article.outlet, article.notices) == (None, ("“@courier” is no outlet’s name and was left out",))
