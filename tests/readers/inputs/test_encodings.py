"""Bytes to text: encodings taken, and files refused with one clear line."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import ArticleError
from quotes.readers.inputs.encodings import decode, decode_page, encoding_of, mojibake_notices


def complaint(data, path="news.txt"):
    with pytest.raises(ArticleError) as caught:
        decode(data, path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message


def test_nothing_is_stripped_or_translated():
    data = codecs.BOM_UTF8 + b"  One\r\nTwo\rThree\n\n"
    assert decode(data, "x").text == "\ufeff  One\r\nTwo\rThree\n\n"


RUSSIAN = "Городской совет во вторник вечером одобрил проект нового моста через реку. Мы ждали этого двадцать лет, сказала мэр города. "


@pytest.mark.parametrize(
    ("text", "codec", "notice"),
    [
        ("“No,” said Renée.", "cp1252", "not UTF-8, read as Windows-1252 instead"),
        ("“No,” said Renée, the café’s owner — “never.” She’d had enough…", "mac_roman", "not UTF-8, read as Mac Roman instead"),
        ("“No,” she said.", "utf-16", "read as UTF-16, which its byte order mark names"),
        ("“No,” she said.", "utf-32", "read as UTF-32, which its byte order mark names"),
        (
            "“No,” she said, and left the room.",
            "utf-16-le",
            "although no byte order mark says so",
        ),
        (RUSSIAN * 3, "koi8_r", "as its bytes suggest; if that is wrong, name its --encoding"),
        (RUSSIAN * 3, "cp1251", "as its bytes suggest; if that is wrong, name its --encoding"),
    ],
)
def test_other_encodings_are_told_and_said(text, codec, notice):
    """By their marks, their zeros, or the statistics of their bytes."""
    found, notices = decode(text.encode(codec), "x")
    assert found == text
    assert [each.endswith(notice) for each in notices] == [True]


def test_utf8_with_one_damaged_byte_is_not_turned_into_mojibake():
    text, notices = decode("“No,” said Renée. ".encode() + b"\xff", "x")
    assert text == "“No,” said Renée. \ufffd"
    assert "1 damaged" in notices[0]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "only white space"),
        (codecs.BOM_UTF8, "only white space"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
        (codecs.BOM_UTF8 + b"\n%PDF-1.7", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG image"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image or a recording"),
        (b"SQLite format 3\0\x10", "SQLite database"),
        (b"Hello \0 there", "NUL bytes"),
        (bytes(range(1, 32)) * 20, "is binary"),
        (b"caf\x81 \x8d", "neither UTF-8 nor Windows-1252"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x41", "damaged UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data, what):
    assert what in complaint(data)


@settings(deadline=None)  # the first that statistics are asked about waits for their import
@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused_in_one_line(data):
    try:
        text, _ = decode(data, "x")
    except ArticleError:
        complaint(data)
    else:
        assert text.strip()
        assert "\0" not in text


def test_the_encoding_of_a_big_file_is_found_in_pieces(tmp_path):
    path = tmp_path / "big.csv"
    path.write_bytes(b"text\n" + "a café in Renée’s street ".encode() * 100_000)
    assert encoding_of(lambda: path.open("rb"), "big.csv").codec == "utf-8"
    path.write_bytes(b"text\n" + "a café in Renée’s street ".encode("cp1252") * 100_000)
    assert encoding_of(lambda: path.open("rb"), "big.csv").codec == "cp1252"


def test_an_encoding_can_be_stated():
    assert decode("“Née,” she said.".encode("mac_roman"), "x", encoding="macroman") == ("“Née,” she said.", ())
    with pytest.raises(ArticleError, match="x: there is no text encoding “utf-9”"):
        decode(b"a", "x", encoding="utf-9")
    with pytest.raises(ArticleError, match="x: is damaged UTF-8"):
        decode(b"caf\xe9", "x", encoding="utf-8")


def page(charset):
    return f'<meta charset="{charset}"><p>“Née,” she said.</p>'


@pytest.mark.parametrize(
    ("named", "really", "notice"),
    [
        ("utf-8", "utf-8", None),
        ("iso-8859-1", "cp1252", None),
        ("iso-8859-1", "utf-8", "names cp1252 as its encoding, but is UTF-8 and was read as such"),
        ("utf-8", "cp1252", "names utf-8 as its encoding, which it is not; not UTF-8, read as Windows-1252 instead"),
        ("no-such-thing", "utf-8", None),
    ],
)
def test_a_page_is_read_in_the_encoding_that_fits_whatever_it_names(named, really, notice):
    text, notices = decode_page(page(named).encode(really), "x")
    assert text == page(named)
    assert notices == ((notice,) if notice else ())


def test_the_server_s_word_counts_before_the_page_s():
    assert decode_page(page("iso-8859-1").encode("mac_roman"), "x", "macintosh").text == page("iso-8859-1")


def test_a_text_with_a_few_misread_names_is_kept_and_one_with_misread_marks_is_refused():
    """A plain text is never changed; without its marks no quote in it could be found."""
    names = "Fran\u00c3\u00a7ois Orr said \u201cno\u201d, and Jonas Wiebe agreed."
    marks = "\u00e2\u20ac\u0153We had no choice,\u00e2\u20ac\u009d Ines Duarte said."

    assert "kept as given" in mojibake_notices(names, "a.txt")[0]
    assert mojibake_notices("It\u2019s \u201cso\u201d, he said.", "a.txt") == ()
    with pytest.raises(ArticleError, match="--encoding mojibake"):
        mojibake_notices(marks, "a.txt")
