"""Excel and Parquet: one article a row, every value as the text that it is; columns that no name tells are told by their values."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pyarrow
import pyarrow.parquet
import samples


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parquet(**columns):
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), stream)
    return stream.getvalue()


def test_cells_of_excel_are_text_and_times_are_iso(reading):
    rows = [
        ["id", "author", "date", "text"],
        [7, "None", datetime(2025, 3, 4, 5, 6), "NA"],
        ["007", "NA", date(2025, 3, 4), "Yes, she said."],
    ]
    one, two = reading("a.xlsx", workbook(news=rows))
    assert (one.path, one.byline, one.published, one.text) == ("a.xlsx#7", ("None",), "2025-03-04T05:06:00", "NA")
    assert (two.path, two.published) == ("a.xlsx#007", "2025-03-04")


def test_a_hidden_sheet_is_left_out_and_named(reading):
    book = openpyxl.load_workbook(io.BytesIO(workbook(may=[["text"], ["One."]], draft=[["text"], ["Two."]])))
    book["draft"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    (article,) = reading("a.xlsx", stream.getvalue())
    assert (article.text, article.notices[0]) == ("One.", "the hidden sheet “draft” was left out")


def test_every_sheet_with_texts_is_read_and_the_others_are_passed_over(reading):
    data = workbook(notes=[["who", "when"], ["me", "now"]], may=[["text"], ["One."]], june=[["text"], ["Two."], [None], ["Three."]])
    assert [article.path for article in reading("a.xlsx", data)] == ["a.xlsx#may#1", "a.xlsx#june#1", "a.xlsx#june#3"]


def test_a_row_of_excel_without_its_text_is_named(reading):
    _, refused = reading("a.xlsx", workbook(a=[["title", "text"], ["a", "One."], ["b", None]]))
    assert refused == "a.xlsx#2: “text” is missing, fill it or remove the record"


def test_values_of_parquet_are_text_and_lists_are_names(reading):
    data = parquet(
        id=["1e5", "007"],
        authors=[["Ann Lee", "Bo Diaz"], None],
        published=[datetime(2025, 3, 4, 5, 6, tzinfo=UTC), None],
        body=["One.", "Two."],
    )
    one, two = reading("a.parquet", data)
    assert (one.path, one.byline, one.published) == ("a.parquet#1e5", ("Ann Lee", "Bo Diaz"), "2025-03-04T05:06:00+00:00")
    assert (two.path, two.text, two.byline) == ("a.parquet#007", "Two.", ())
    assert one.notices == ("columns read: text=body byline=authors published=published id=id; --column PART=NAME names others",)


def test_columns_that_no_name_tells_are_told_by_their_values_and_shown(reading):
    rows = "".join(f'{n};"{samples.STORY}";2025-03-0{n};https://tarn.example/{n}\r\n' for n in (1, 2, 3))
    one, *_ = reading("a.csv", f"nr;Artikel;Tag;Fundstelle\r\n{rows}")
    assert (one.text, one.published, one.url) == (samples.STORY, "2025-03-01", "https://tarn.example/1")
    assert one.notices == ("columns read: text=Artikel published=Tag url=Fundstelle; left out: nr; --column PART=NAME names others",)


def test_the_columns_are_shown_once(reading):
    found = reading("a.csv", "body,nr\nOne.,1\nTwo.,2\n")
    assert [len(article.notices) for article in found] == [1, 0]


def test_a_large_json_list_is_read_as_a_stream(reading, monkeypatch):
    from quotes.readers.tables import json_records

    monkeypatch.setattr(json_records, "LARGE", 100)
    found = reading("a.json", samples.json_list(5))
    assert [article.text for article in found] == [samples.story(n) for n in range(1, 6)]
    found = reading("b.json", b'{"status": "ok", "articles": ' + samples.json_list(3) + b"}")
    assert [article.path for article in found] == ["b.json#001", "b.json#002", "b.json#003"]
    *articles, message = reading("c.json", samples.json_list(5)[:-300])
    assert len(articles) == 4
    assert message.startswith("c.json: record 5 breaks off")
