"""What kind of input is it? Its first bytes tell, and only where they do not, its name."""

from __future__ import annotations

import json
import re
import zipfile
from typing import cast

from quotes.errors import ArticleError
from quotes.readers.inputs.encodings import decode, refuse_other_kinds
from quotes.readers.inputs.input import Input
from quotes.readers.inputs.reader_settings import Kind
from quotes.readers.tables.columns import has_text_column

#: By suffix, for what its bytes do not tell.
SUFFIXES: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".json": "json", ".csv": "csv", ".tsv": "tsv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".parquet": "parquet", ".rss": "feed", ".atom": "feed",
    ".xml": "feed", ".warc": "warc", ".eml": "eml", ".docx": "docx", ".rtf": "rtf", ".pdf": "pdf", ".zip": "zip", ".tar": "tar",
    ".tgz": "compressed", ".gz": "compressed", ".zst": "compressed", ".bz2": "compressed", ".xz": "compressed",
}  # fmt: skip
#: What to call them in a message.
NAMES: dict[Kind, str] = {
    "text": "plain text", "html": "HTML", "jsonl": "JSON Lines", "json": "JSON", "csv": "CSV", "tsv": "TSV", "xlsx": "Excel",
    "parquet": "Parquet", "feed": "a feed", "warc": "a web archive", "eml": "an e-mail", "docx": "Word", "rtf": "RTF", "pdf": "PDF",
    "zip": "a zip archive", "tar": "a tar archive", "compressed": "a compressed file",
}  # fmt: skip
#: By what a server says of its answer.
MEDIA: dict[str, Kind] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/json": "json", "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl", "text/csv": "csv", "text/tab-separated-values": "tsv", "application/rss+xml": "feed",
    "application/atom+xml": "feed", "application/feed+json": "json", "application/xml": "feed", "text/xml": "feed",
}  # fmt: skip

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b", "compressed"),
    (b"\x28\xb5\x2f\xfd", "compressed"),
    (b"BZh", "compressed"),
    (b"\xfd7zXZ\x00", "compressed"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
)
_FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF|opml|channel)[\s>]", re.IGNORECASE)
_PAGE_ROOT = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_MAIL_HEADERS = re.compile(
    rb"^(return-path|received|from|to|delivered-to|mime-version|message-id|date|subject|content-type):", re.IGNORECASE
)


def kind_of(source: Input) -> Kind:
    """The kind of an input. Raises ArticleError, with the mend, for what is of no kind that is read."""
    head = source.head()
    for signature, kind in _MAGIC:
        if head.startswith(signature):
            return _kind_of_zip(source) if kind == "zip" else kind
    if head[257:262] == b"ustar":
        return "tar"
    named = SUFFIXES.get(source.suffix) or (MEDIA.get(source.media or "") if source.media else None)
    if named is not None and not head.strip():
        return named  # its reader says what is wrong with an empty file of its kind
    refuse_other_kinds(head, source.shown)
    if named == "text":
        return "text"  # a plain text is its bytes, whatever they look like
    looks = _looks(head.removeprefix(b"\xef\xbb\xbf").lstrip(), named)
    if looks is not None:
        return looks
    if named is not None:
        return named
    return _text(head, source.shown, complete=len(head) < 1 << 16)


def _looks(start: bytes, named: Kind | None) -> Kind | None:
    if start.startswith(b"<"):
        page, feed = _PAGE_ROOT.search(start[:4096]), _FEED_ROOT.search(start[:4096])
        if feed is not None and (page is None or feed.start() < page.start()):
            return "feed"
        return "html" if page is not None and page.start() < 1024 else None
    if re.match(rb'\{\s*"|\[\s*\{', start):
        if named in ("json", "jsonl"):
            return None
        if named in ("csv", "tsv") and not _is_record(start):
            return None
        return "jsonl" if _is_record(start) and b"\n" in start.strip() else "json"
    if named is None and (table := _table(start)) is not None:
        return table
    if named is None and len({match[1].lower() for line in start.split(b"\n")[:40] if (match := _MAIL_HEADERS.match(line))}) >= 3:
        return "eml"
    return None


def _table(start: bytes) -> Kind | None:
    """A header, which names a column of texts in the usual way, and another line below it."""
    header, _, rest = start.partition(b"\n")
    if not rest.strip() or len(header) > 2000:
        return None
    for mark, kind in ((b"\t", "tsv"), (b",", "csv"), (b";", "csv")):
        names = [cell.strip(b' "\r').decode("utf-8", "replace") for cell in header.split(mark)]
        if len(names) > 1 and all(0 < len(name) <= 40 and len(name.split()) <= 3 for name in names) and has_text_column(names):
            return cast(Kind, kind)
    return None


def _is_record(start: bytes) -> bool:
    """Whether the first line is a JSON object by itself."""
    line = start.split(b"\n", 1)[0].rstrip()
    try:
        return line.endswith(b"}") and isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _kind_of_zip(source: Input) -> Kind:
    """Word and Excel files are zip archives of known content."""
    try:
        with source.seekable() as stream, zipfile.ZipFile(stream) as archive:
            names = archive.namelist()[:200]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, IndexError, KeyError):
        named = SUFFIXES.get(source.suffix)
        return named if named in ("xlsx", "docx") else "zip"
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return "docx"
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
    return "zip"


def _text(head: bytes, shown: str, *, complete: bool) -> Kind:
    try:
        decode(head if complete else head.rstrip(b"\x80\xc3\xe2"), shown)
    except ArticleError as error:
        if not head.strip():
            raise
        raise ArticleError(f"{shown}: is of no known kind, rename it .txt, .html, .jsonl or .csv after what it holds") from error
    return "text"
