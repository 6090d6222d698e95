"""Tables in the ways in which programs write them: marks, escapes and markup in cells, rows out of order, rows without bound."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import ArticleError
from quotes.readers import read
from quotes.readers.tables.cell_text import read_cell, without_escapes
from quotes.readers.tables.delimited import Dialect, Lines, detect_dialect, rows_of

HARBOUR = '"The quay will close," said Oona Brathwaite. "Nobody asked us."'
FERRY = 'The ferry sails. "It always did," said Idris Penhale.'
WHOLE = '"It is closed."'


def rows(data, name="a.csv"):
    dialect = detect_dialect(data, complete=True, tabs=name.endswith(".tsv"))
    return [str(each) if isinstance(each, ArticleError) else each for each in rows_of(Lines(io.StringIO(data, newline="")), dialect, name)]


@pytest.mark.parametrize("texts", [[HARBOUR, FERRY], [FERRY, HARBOUR, WHOLE], [WHOLE, "The ferry sails."], ['"It', "The ferry sails"]])
def test_marks_of_a_table_that_knows_no_quoting_belong_to_the_text(texts):
    """Cells set apart by tabs and written as they are, one that is nothing but a quote, one with a mark that is never closed."""
    data = "id\ttext\n" + "".join(f"{n}\t{text}\n" for n, text in enumerate(texts, 1))
    assert rows(data, "a.tsv")[1:] == [[str(n), text] for n, text in enumerate(texts, 1)]


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@settings(deadline=None)
@given(texts=st.lists(st.text(alphabet='a," \n;\tB1.', max_size=12), min_size=1, max_size=5))
def test_what_programs_write_is_read_as_it_was(delimiter, quoting, texts):
    """Cells that any of Python's ways of quoting wrote, but for white space alone."""
    stream = io.StringIO(newline="")
    table = [["id", "text"], *([f"x{n}", f"The {text}, end"] for n, text in enumerate(texts))]
    csv.writer(stream, delimiter=delimiter, quoting=quoting).writerows(table)
    assert rows(stream.getvalue(), "a.tsv" if delimiter == "\t" else "a.csv") == table


def test_marks_with_a_backslash_are_marks_of_the_text():
    data = 'id,text,desk\n1,"\\"We wait\\", she said, and left.",news\n2,"No \\"no\\".",\n'
    assert [each[1] for each in rows(data)[1:]] == ['"We wait", she said, and left.', 'No "no".']


def test_marks_that_nobody_doubled_belong_to_the_text():
    data = 'id,text\n1,"The quay is shut.\n\nShe said "no" to it, and "never", too."\n2,"Fine."\n'
    assert rows(data)[1:] == [["1", 'The quay is shut.\n\nShe said "no" to it, and "never", too.'], ["2", "Fine."]]


def test_one_row_with_marks_that_nobody_doubled_is_read_too():
    good = "".join(f'{n},"The quay, they say.",news\n' for n in range(400))
    data = f'id,text,desk\n{good}400,"She said "no, never" to it.\n\nThe quay, they say, is shut.",news\n401,"Fine.",news\n'
    assert rows(data)[401:] == [
        ["400", 'She said "no, never" to it.\n\nThe quay, they say, is shut.', "news"],
        ["401", "Fine.", "news"],
    ]


def test_a_mark_that_is_never_closed_costs_one_row():
    good = "".join(f'{n},"The quay, they say."\n' for n in range(4000))
    found = rows(f'id,text\n{good}4000,"The quay is shut.\n4001,Fine.\n4002,Fine too.\n')
    assert found[4001:] == ["a.csv#4001: has a quotation mark that is never closed, mend it", ["4001", "Fine."], ["4002", "Fine too."]]


def test_a_row_without_end_is_one_line_and_the_next_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("quotes.readers.tables.delimited.LONGEST_ROW", 1000)
    (tmp_path / "a.csv").write_text("id,text\n1,Fine.\n2," + "no " * 5000 + '\n3,Fine too.\n4,"' + "no\n" * 5000 + '"\n5,Yes.\n')
    one, two, three, four, five = read([tmp_path / "a.csv"])
    assert (one.text, three.text, five.text) == ("Fine.", "Fine too.", "Yes.")
    assert f"{tmp_path}/a.csv#2: has more than" in str(two)
    assert f"{tmp_path}/a.csv#4: has more than" in str(four)


def test_marks_out_of_place_throughout_are_given_up(monkeypatch):
    """No line is read again and again for the marks of all those before it."""
    monkeypatch.setattr("quotes.readers.tables.delimited._MOST_AGAIN", 10_000)
    lines = io.StringIO("id,text\n" + '"no, \n' * 10_000, newline="")
    *_, last = rows_of(Lines(lines), Dialect(",", prose=True), "a.csv")
    assert str(last) == "a.csv: has too many marks that are never closed, nothing behind row 1 was read"


def test_a_table_of_very_many_columns_is_read(tmp_path):
    names = ",".join(f"c{n}" for n in range(30_000))
    (tmp_path / "a.csv").write_text(f"text,{names}\nFine.{',1' * 30_000}\n")
    (article,) = read([tmp_path / "a.csv"])
    assert article.text == "Fine."


def test_html_in_a_cell_is_read_as_html():
    caption = "<figure><figcaption>The quay</figcaption></figure>"
    text, zones, _ = read_cell(f"{caption}<p>It is shut.</p><p>&ldquo;Why,&rdquo; said Ann &amp; Bo.<br>“No.”</p>")
    assert text == "The quay\n\nIt is shut.\n\n“Why,” said Ann & Bo.\n\n“No.”"
    assert [(zone.kind, text[zone.start : zone.end]) for zone in zones] == [("caption", "The quay")]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("&lt;p&gt;One.&lt;/p&gt;&lt;p class=&quot;x&quot;&gt;&amp;ldquo;Two.&amp;rdquo;&lt;/p&gt;", "One.\n\n“Two.”"),
        ("The <b>quay</b> is shut.\n\n“No.”", "The quay is shut.\n\n“No.”"),
        ("&quot;No,&quot; she said.\n\n&quot;Yes.&quot;", '"No," she said.\n\n"Yes."'),
        ("If a < b and c > d, &c.", "If a < b and c > d, &c."),
    ],
)
def test_markup_of_every_kind_in_a_cell(cell, text):
    """Escaped once more, tags within lines only, entities only, and none at all."""
    assert read_cell(cell)[0] == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (r"One.\n\n“Two,” she said.\r\nThree.", "One.\n\n“Two,” she said.\nThree."),
        (r"\"One,\" she said.\n\"Two.\"", '"One," she said.\n"Two."'),
        (r"It\'s \u201cshut\u201d.", "It's “shut”."),
        ("Look in C:\\new\\text.\nNow.", "Look in C:\\new\\text.\nNow."),
        (r"Look in C:\new\text.", r"Look in C:\new\text."),
        ('He typed \\" and "no".', 'He typed \\" and "no".'),
    ],
)
def test_escapes_in_a_cell_stand_for_what_they_mean(cell, text):
    assert without_escapes(cell) == text


def test_a_headline_has_neither_markup_nor_escapes():
    assert read_cell("Quay <em>shut</em>: &lsquo;it\\u2019s over&rsquo;")[0] == "Quay shut: ‘it’s over’"


def test_utf8_that_was_read_as_something_else_is_read_as_it_was(tmp_path):
    for codec in ("cp1252", "latin-1", "mac_roman"):
        said = "“It’s shut,” said Zoë. ".encode().replace(b"\xe2\x80\x9d", "—".encode()).decode(codec)
        (tmp_path / "a.csv").write_text(f'text\n"{said}"\n', encoding="utf-8")
        (article,) = read([tmp_path / "a.csv"])
        assert article.text == "“It’s shut,— said Zoë. "
        assert "once read in another encoding" in article.notices[0]


def test_the_lost_byte_of_a_closing_mark_is_found_again():
    """0x9D is no character of Windows-1252."""
    said = "“It’s shut,” said Zoë. “No.”".encode().decode("cp1252", "replace")
    assert read_cell(said)[0] == "“It’s shut,” said Zoë. “No.”"
