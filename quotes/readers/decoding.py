"""Bytes to text: which encoding a file is in, and which files hold no text at all.

UTF-8 is the rule. Anything else is either read in a stated other encoding, with a notice that says which, or refused with an
`ArticleError` whose message begins with the path.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from quotes.errors import ArticleError

#: How the first bytes of files that people rename to .txt look, and what to do with each.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "export its text and give that"),
    (b"\x89PNG\r\n", "a PNG image", "give the text instead"),
    (b"\xff\xd8\xff", "a JPEG image", "give the text instead"),
    (b"GIF8", "a GIF image", "give the text instead"),
    (b"PK\x03\x04", "a zip archive (or a Word, Excel or OpenDocument file)", "unpack it, or save it as plain text or CSV"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"BZh9", "a bzip2 archive", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file", "save it as plain text or CSV"),
    (b"{\\rtf", "an RTF file", "save it as plain text"),
    (b"SQLite format 3\x00", "an SQLite database", "give the articles themselves"),
    (b"PAR1", "a Parquet file", "save it as CSV or JSON Lines"),
    (b"\x7fELF", "a program", "give the text instead"),
)

#: Longest first: the mark of UTF-16 LE begins that of UTF-32 LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b"))
_MULTIBYTE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Decoded(NamedTuple):
    """Text, and what had to be assumed to read it, one line each."""

    text: str
    notices: tuple[str, ...] = ()


class Encoding(NamedTuple):
    """The encoding of a file: a Python codec name, how its errors are to be handled, and what had to be assumed."""

    codec: str
    errors: str = "strict"
    notices: tuple[str, ...] = ()


def decode(data: bytes, path: str) -> Decoded:
    """The whole of `data` as text, every character kept (a UTF-8 byte order mark stands as U+FEFF).

    Raises ArticleError for what holds no text: nothing, white space only, NUL bytes, other kinds of file, mostly control characters.
    """
    refuse_other_kinds(data[:1024], path)
    encoding = _marked_encoding(data[:4]) or _encoding([data], path)
    try:
        text = data.decode(encoding.codec, encoding.errors)
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path}: is damaged {encoding.codec.upper()} ({error.reason}), save it as UTF-8") from error
    refuse_blank(text, path)
    return Decoded(text, encoding.notices)


def encoding_of(path: Path, shown: str) -> Encoding:
    """The encoding of a file that is too big to hold, found by reading it once in pieces; `shown` names it in messages.

    Raises ArticleError as `decode` does, and OSError when the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(1024)
        if not head:
            raise ArticleError(f"{shown}: is empty, remove it or put an article in it")
        refuse_other_kinds(head, shown)
        marked = _marked_encoding(head[:4])
        if marked is not None:
            return marked
    return _encoding(_pieces(path), shown)


def refuse_other_kinds(head: bytes, path: str) -> None:
    """Raise ArticleError when the first bytes are those of a PDF, an image, an archive or another kind that is not text."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for signature, kind, mend in _SIGNATURES:
        if start.startswith(signature):
            raise ArticleError(f"{path}: is {kind}, not text, {mend}")
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise ArticleError(f"{path}: is an image or a recording, not text, give the text instead")


def refuse_blank(text: str, path: str) -> None:
    """Raise ArticleError when the text has nothing to read: no character, white space only, a NUL or half a surrogate pair."""
    if not text.strip("\ufeff \t\r\n") or not text.strip().strip("\ufeff\u200b"):
        what = "holds only white space" if text else "is empty"
        raise ArticleError(f"{path}: {what}, remove it or put an article in it")
    if "\0" in text:
        raise ArticleError(f"{path}: holds NUL characters, so it is damaged or not text, save it again as UTF-8 text")
    broken = _SURROGATE.search(text)
    if broken is not None:
        shown = f"\\u{ord(broken.group()):04x}"
        raise ArticleError(f"{path}: character {broken.start()} is {shown}, half of a surrogate pair, write the whole character")


def _marked_encoding(head: bytes) -> Encoding | None:
    for mark, codec in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return Encoding(codec, notices=(f"read as {codec.upper()}, which its byte order mark names",))
    return None


def _encoding(pieces: Iterable[bytes], path: str) -> Encoding:
    """UTF-8 when every byte fits; UTF-8 with replacements when few do not; else Windows-1252 when every byte fits that."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    size = controls = multibyte = damaged = 0
    undefined = False  # a byte that Windows-1252 has no character for
    valid = True
    for piece in pieces:
        if b"\0" in piece:
            raise ArticleError(f"{path}: {_nul_complaint(piece)}")
        size += len(piece)
        controls += len(piece) - len(piece.translate(None, _CONTROL))
        if valid:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                valid = False
        if not piece.isascii():
            # Pieces may cut a character in two: the counts only weigh one encoding against the other.
            multibyte += len(_MULTIBYTE.findall(piece))
            damaged += piece.decode("utf-8", "replace").count("\ufffd")
            undefined = undefined or any(byte in piece for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))
    if size and controls * 10 > size:
        raise ArticleError(f"{path}: is binary, not text, give the text instead")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        valid = False
    if valid:
        return Encoding("utf-8")
    if multibyte > damaged:
        return Encoding("utf-8", "replace", (f"read as UTF-8, {damaged} damaged characters stand as \ufffd",))
    if undefined:
        raise ArticleError(f"{path}: is neither UTF-8 nor Windows-1252, save it as UTF-8")
    return Encoding("cp1252", notices=("not UTF-8, read as Windows-1252 instead",))


def _nul_complaint(piece: bytes) -> str:
    sample = piece[:2000]
    if len(sample) > 3 and (sample[1::2].count(0) * 10 > len(sample) * 4 or sample[0::2].count(0) * 10 > len(sample) * 4):
        return "looks like UTF-16 without a byte order mark, save it as UTF-8"
    return "holds NUL bytes, so it is binary or damaged, save it again as UTF-8 text"


def _pieces(path: Path, size: int = 1 << 20) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(size):
            yield piece
