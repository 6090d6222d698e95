"""Bytes to text: encodings taken, and files refused with one clear line."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import ArticleError
from quotes.readers.decoding import decode, encoding_of, refuse_blank


def complaint(data, path="news.txt"):
    with pytest.raises(ArticleError) as caught:
        decode(data, path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda text: text.strip("\ufeff\u200b \xa0").strip()))
def test_utf8_comes_back_to_the_character(text):
    assert decode(text.encode("utf-8"), "x").text == text


def test_nothing_is_stripped_or_translated():
    data = codecs.BOM_UTF8 + b"  One\r\nTwo\rThree\n\n"
    assert decode(data, "x").text == "\ufeff  One\r\nTwo\rThree\n\n"


def test_windows_1252_is_read_with_a_notice():
    text, notices = decode("“No,” said Renée.".encode("cp1252"), "x")
    assert text == "“No,” said Renée."
    assert notices == ("not UTF-8, read as Windows-1252 instead",)


def test_utf8_with_one_damaged_byte_is_not_turned_into_mojibake():
    text, notices = decode("“No,” said Renée. ".encode() + b"\xff", "x")
    assert text == "“No,” said Renée. \ufffd"
    assert "1 damaged" in notices[0]


@pytest.mark.parametrize("codec", ["utf-16", "utf-32"])
def test_utf16_and_utf32_are_read_by_their_byte_order_mark(codec):
    text, notices = decode("“No,” she said.".encode(codec), "x")
    assert text == "“No,” she said."
    assert codec.upper() in notices[0]


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
        (b"PK\x03\x04\x14\0", "zip archive"),
        (b"{\\rtf1\\ansi text}", "RTF"),
        (b"SQLite format 3\0\x10", "SQLite database"),
        (b"Hello \0 there", "NUL bytes"),
        ("“No,” she said.".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (bytes(range(1, 32)) * 20, "is binary"),
        (b"caf\x81 \x8d", "neither UTF-8 nor Windows-1252"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x41", "damaged UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data, what):
    assert what in complaint(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused_in_one_line(data):
    try:
        text, _ = decode(data, "x")
    except ArticleError:
        complaint(data)
    else:
        assert text.strip()
        assert "\0" not in text


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(ArticleError, match=r"character 3 is \\ud800"):
        refuse_blank("no \ud800", "x")


def test_the_encoding_of_a_big_file_is_found_in_pieces(tmp_path):
    path = tmp_path / "big.csv"
    path.write_bytes(b"text\n" + "née ".encode() * 600_000)
    assert encoding_of(path, "big.csv").codec == "utf-8"
    path.write_bytes(b"text\n" + "née ".encode("cp1252") * 600_000)
    assert encoding_of(path, "big.csv").codec == "cp1252"
