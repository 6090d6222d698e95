"""Bytes to text: which encoding a file is in, and which files hold no text at all.

UTF-8 is the rule. Anything else is either read in another encoding, with a notice that says which, or refused with an `ArticleError`
whose message begins with the path.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from typing import BinaryIO, NamedTuple

from quotes.errors import ArticleError

#: How files begin that people rename to .txt and that nothing here reads, and what to do with each.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n", "a PNG image", "give the text instead"),
    (b"\xff\xd8\xff", "a JPEG image", "give the text instead"),
    (b"GIF8", "a GIF image", "give the text instead"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file", "save it as plain text or CSV"),
    (b"SQLite format 3\x00", "an SQLite database", "give the articles themselves"),
    (b"\x7fELF", "a program", "give the text instead"),
    (b"%PDF-", "a PDF", "export its text and give that"),
)
#: Longest first: the mark of UTF-16 LE begins that of UTF-32 LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SURROGATE = re.compile("[\ud800-\udfff]")

#: What `--encoding` may name beside Python's own: UTF-8 that was read as something else and saved again, once or more.
MOJIBAKE = "mojibake"
_MISREAD = "is UTF-8 that was once read in another encoding (“â€œ” for a quotation mark)"
#: The last byte of a closing mark is none in Windows-1252: what it becomes there is lost.
_CLOSING_MARK_LOST = re.compile("â€(?=[\ufffd?]|[\\s.,;:)]|$)[\ufffd?]?")


class Decoded(NamedTuple):
    """Text, and what had to be assumed to read it, one line each."""

    text: str
    notices: tuple[str, ...] = ()


class Encoding(NamedTuple):
    """The encoding of a file: a Python codec name, how its errors are to be handled, and what had to be assumed."""

    codec: str
    errors: str = "strict"
    notices: tuple[str, ...] = ()


def decode(data: bytes, path: str, *, encoding: str | None = None) -> Decoded:
    """The whole of `data` as text, every character kept (a UTF-8 byte order mark stands as U+FEFF).

    `encoding` is one that somebody stated; without it, it is found out. Raises ArticleError for what holds no text: nothing, white space
    only, NUL bytes, other kinds of file, mostly control characters; and for a stated encoding that does not fit.
    """
    refuse_other_kinds(data[:1024], path)
    named = Encoding("utf-8") if encoding == MOJIBAKE else stated(encoding, path)
    codec, errors, notices = named or _encoding([data], path)
    try:
        text = data.decode(codec, errors)
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path}: is damaged {codec.upper()} ({error.reason}), save it as UTF-8") from error
    refuse_blank(text, path)
    return fix_mojibake(text) if encoding == MOJIBAKE else Decoded(text, notices)


def fix_mojibake(text: str) -> Decoded:
    """Text that was UTF-8, read in another encoding and saved as that (`â€œ` for `“`), as it was; other text as it is. By ftfy."""
    if text.isascii():
        return Decoded(text)
    import ftfy

    before = _CLOSING_MARK_LOST.sub("â€\x9d", text) if "â€œ" in text else text
    config = ftfy.TextFixerConfig(
        unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False, fix_character_width=False, uncurl_quotes=False,
        fix_line_breaks=False, fix_surrogates=False, remove_control_chars=False, normalization=None, max_decode_length=1 << 16,
    )  # fmt: skip
    after = ftfy.fix_text(before, config)
    return Decoded(text) if after == text else Decoded(after, (f"{_MISREAD}, and was read as it was before",))


def mojibake_notices(text: str, path: str) -> tuple[str, ...]:
    """What to say of a text that is kept as it is though some of it is misread UTF-8: a line, or nothing where none is.

    Raises ArticleError where most of its quotation marks are misread, so that no quote could be found as it was printed.
    """
    after = fix_mojibake(text).text
    if after == text:
        return ()
    lost = sum(after.count(mark) - text.count(mark) for mark in "“”‘’")
    if lost > sum(text.count(mark) for mark in '“”‘’"'):
        raise ArticleError(f"{path}: {_MISREAD}, say --encoding {MOJIBAKE} to read it as it was")
    return (f"{_MISREAD} and was kept as given, say --encoding {MOJIBAKE} to read it as it was",)


def stated(encoding: str | None, path: str) -> Encoding | None:
    """The encoding that a user named, None where none was. Raises ArticleError when Python knows no such text encoding."""
    if encoding is None or encoding == MOJIBAKE:
        return None
    codec = _codec(encoding)
    if codec is None:
        raise ArticleError(f"{path}: there is no text encoding “{encoding}”, name one such as utf-8, cp1252 or mac-roman")
    return Encoding(codec)


def _codec(label: str) -> str | None:
    """The Python codec of this name, if it is one of texts, as hex and zlib are not."""
    try:
        "".encode(label)
        return codecs.lookup(label).name
    except (LookupError, ValueError):
        return None


def encoding_of(open_file: Callable[[], BinaryIO], shown: str, *, encoding: str | None = None) -> Encoding:
    """The encoding of a file that is too big to hold, found by reading it once in pieces; `shown` names it in messages.

    Raises ArticleError as `decode` does, and OSError when the file cannot be read.
    """
    with open_file() as file:
        head = file.read(1024)
        if not head:
            raise ArticleError(f"{shown}: is empty, remove it or put an article in it")
        refuse_other_kinds(head, shown)
        return stated(encoding, shown) or _encoding(chain([head], iter(partial(file.read, 1 << 20), b"")), shown)


def decode_page(data: bytes, path: str, charset: str | None = None) -> Decoded:
    """The source of a web page: by its byte order mark, by what the server (`charset`) or the page itself names, or by its bytes.

    A page that names one encoding and is in another is read in the one that fits, with a notice.
    """
    refuse_other_kinds(data[:1024], path)
    found = _page_as_encoded(data, path, charset)
    text, notices = fix_mojibake(found.text)
    return Decoded(text, (*found.notices, *notices))


def _page_as_encoded(data: bytes, path: str, charset: str | None) -> Decoded:
    known = _known_by_its_bytes(data[:2000])
    if known is not None:
        return Decoded(data.decode(known.codec, "replace"), known.notices)
    in_page = _NAMED.search(data[:4096])
    labels = (charset, (in_page[1] or in_page[2]).decode("ascii", "ignore") if in_page else None)
    named = next((codec for label in labels if label and (codec := _codec(label.strip(" \"'")))), None)
    named = _AS_BROWSERS.get(named or "", named)
    other = named if named != "utf-8" else None
    try:
        misnamed = (f"names {other} as its encoding, but is UTF-8 and was read as such",) if other and not data.isascii() else ()
        return Decoded(data.decode("utf-8"), misnamed)
    except UnicodeDecodeError:
        text = data.decode(other or "utf-8", "replace")
    damaged = text.count("\ufffd")
    if other and damaged * 50 < len(text):
        return Decoded(text, (f"read as {other}, which it names; {damaged} damaged characters stand as \ufffd",) if damaged else ())
    data = data.replace(b"\0", b"")
    encoding = _encoding([data], path)
    notices = tuple(f"names {named} as its encoding, which it is not; {each}" if named else each for each in encoding.notices)
    return Decoded(data.decode(encoding.codec, "replace"), notices)


_NAMED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE
)
#: What browsers take labels for: Latin-1 is Windows-1252 to them.
_AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}


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


def _known_by_its_bytes(head: bytes) -> Encoding | None:
    """By a byte order mark, or UTF-16 without one by every other byte of English being zero."""
    for mark, codec in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return Encoding(codec, notices=(f"read as {codec.upper()}, which its byte order mark names",))
    for codec, zeros in (("utf-16-le", head[1:2000:2]), ("utf-16-be", head[0:2000:2])):
        if len(head) > 3 and zeros.count(0) * 10 > min(len(head), 2000) * 4:
            return Encoding(codec, notices=(f"read as {codec.upper()}, which its bytes suggest, although no byte order mark says so",))
    return None


_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b"))
_BEYOND_ASCII = re.compile("[^\x00-\x7f\ufffd]")
#: Words with bytes beyond ASCII, and some of what stands around them.
_AROUND_BEYOND_ASCII = re.compile(rb"[\x00-\x7f]{0,60}[\x80-\xff][\x80-\xff\x00-\x7f]{0,60}")
#: As much of them as is looked at: more would tell nothing new.
_SAMPLE = 1 << 16
#: Fewer bytes beyond ASCII than this tell statistics nothing.
_FEW = 16


def _encoding(pieces: Iterable[bytes], path: str) -> Encoding:
    """UTF-8 when every byte fits; UTF-8 with replacements when few do not; else what the bytes suggest, if anything."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    size = controls = intact = damaged = 0
    sample = bytearray()
    for piece in chain(pieces, [b""]):
        if size == 0 and (known := _known_by_its_bytes(piece)) is not None:
            return known
        if b"\0" in piece:
            raise ArticleError(f"{path}: holds NUL bytes, so it is binary or damaged, save it again as UTF-8 text")
        size += len(piece)
        controls += len(piece) - len(piece.translate(None, _CONTROL))
        text = decoder.decode(piece, final=not piece)
        if not (piece.isascii() and text.isascii()):
            damaged += text.count("\ufffd") - piece.count("\ufffd".encode())
            intact += len(_BEYOND_ASCII.findall(text))
            sample += b"".join(_AROUND_BEYOND_ASCII.findall(piece)) if len(sample) < _SAMPLE else b""
    if size and controls * 10 > size:
        raise ArticleError(f"{path}: is binary, not text, give the text instead")
    if not damaged:
        return Encoding("utf-8")
    if intact > damaged:
        return Encoding("utf-8", "replace", (f"read as UTF-8, {damaged} damaged characters stand as \ufffd",))
    found = _legacy(bytes(sample[:_SAMPLE]))
    if found is None:
        what = "is neither UTF-8 nor Windows-1252 nor anything that can be told"
        raise ArticleError(f"{path}: {what}, save it as UTF-8 or name its --encoding")
    return found


def _legacy(sample: bytes) -> Encoding | None:
    """The encoding of bytes that are no UTF-8 and hold some beyond ASCII, by charset-normalizer; None where it is unclear.

    Of English only the two encodings are asked about in which it was written: short texts tell no more.
    """
    from charset_normalizer import from_bytes

    beyond = sum(byte > 0x7F for byte in sample)
    if beyond * 2 <= sum(65 <= byte <= 122 for byte in sample):
        best = from_bytes(sample, cp_isolation=["cp1252", "mac_roman"], threshold=0.35).best()
        if best is not None:
            name = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}[best.encoding]
            return Encoding(best.encoding, "replace", (f"not UTF-8, read as {name} instead",))
    best = from_bytes(sample).best() if beyond >= _FEW else None
    if best is None or best.encoding in ("ascii", "utf_8"):
        return None
    notice = f"not UTF-8, read as {codecs.lookup(best.encoding).name.upper()}, as its bytes suggest; if that is wrong, name its --encoding"
    return Encoding(best.encoding, "replace", (notice,))
