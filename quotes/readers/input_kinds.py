"""What kind of input is it? Its first bytes tell, and only where they do not, its name."""

from __future__ import annotations

import json
import re
import zipfile
from os.path import splitext
from typing import NamedTuple

from quotes.readers.inputs.encodings import refuse_other_kinds
from quotes.readers.inputs.input import Input
from quotes.readers.inputs.reader_settings import Kind
from quotes.readers.tables.columns import has_text_column


class Format(NamedTuple):
    """A kind of input: its suffixes, what messages call it, its reader and what tells where its records begin (each the module in this
    package and the function in it), the media types by which servers call it, and the bytes that it begins with."""

    suffixes: str
    name: str
    reader: str
    media: str = ""
    magic: tuple[bytes, ...] = ()
    places: str = ""


FORMATS: dict[Kind, Format] = {
    "text": Format(".txt .text", "plain text", "documents:read_plain", "text/plain"),
    "html": Format(".html .htm .xhtml", "HTML", "documents:read_page", "text/html application/xhtml+xml"),
    "jsonl": Format(
        ".jsonl .ndjson", "JSON Lines", "tables.json_records:read_json_lines", "application/x-ndjson application/jsonl",
        places="tables.json_records:places_in_json_lines",
    ),
    "json": Format(".json", "JSON", "tables.json_records:read_json", "application/json application/feed+json"),
    "csv": Format(".csv", "CSV", "tables.delimited:read_table", "text/csv", places="tables.delimited:places_in_table"),
    "tsv": Format(
        ".tsv", "TSV", "tables.delimited:read_table", "text/tab-separated-values", places="tables.delimited:places_in_table"
    ),
    "xlsx": Format(".xlsx .xlsm", "Excel", "tables.spreadsheets:read_excel"),
    "parquet": Format(
        ".parquet", "Parquet", "tables.spreadsheets:read_parquet", magic=(b"PAR1",), places="tables.spreadsheets:places_in_parquet"
    ),
    "feed": Format(".rss .atom .xml", "a feed", "feeds:read_feed", "application/rss+xml application/atom+xml application/xml text/xml"),
    "warc": Format(
        ".warc", "a web archive", "web_archives:read_web_archive", magic=(b"WARC/",), places="web_archives:places_in_web_archive"
    ),
    "eml": Format(".eml", "an e-mail", "mail:read_email"),
    "docx": Format(".docx", "Word", "documents:read_word"),
    "rtf": Format(".rtf", "RTF", "documents:read_rtf", magic=(b"{\\rtf",)),
    "pdf": Format(".pdf", "PDF", "documents:read_pdf", magic=(b"%PDF-",)),
    "zip": Format(".zip", "a zip archive", "archives:zip_members", magic=(b"PK\x03\x04", b"PK\x05\x06")),
    "tar": Format(".tar", "a tar archive", "archives:tar_members"),
    "compressed": Format(
        ".tgz .gz .zst .bz2 .xz", "a compressed file", "archives:uncompressed",
        magic=(b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ\x00"),
    ),
}  # fmt: skip
#: Whose articles are records of one form.
TABLES: frozenset[Kind] = frozenset(("csv", "tsv", "jsonl", "json", "xlsx", "parquet"))
#: What holds other inputs.
CONTAINERS: frozenset[Kind] = frozenset(("feed", "warc", "zip", "tar", "compressed"))
#: By suffix, for what its bytes do not tell.
_SUFFIXES: dict[str, Kind] = {suffix: kind for kind, each in FORMATS.items() for suffix in each.suffixes.split()}
KNOWN_SUFFIXES = ", ".join(sorted(_SUFFIXES))
_MEDIA: dict[str, Kind] = {media: kind for kind, each in FORMATS.items() for media in each.media.split()}

_FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF|opml|channel)[\s>]", re.IGNORECASE)
_PAGE_ROOT = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_MAIL_HEADERS = re.compile(
    rb"^(return-path|received|from|to|delivered-to|mime-version|message-id|date|subject|content-type):", re.IGNORECASE
)


def kind_by_name(name: str) -> Kind | None:
    """The kind that the suffix of a file's name stands for; None for other suffixes, and where there is none."""
    return _SUFFIXES.get(splitext(name)[1].lower())


def is_known(name: str) -> bool:
    """Whether a file that lies among others may hold articles: the suffix of its name stands for a kind, or it has none."""
    return kind_by_name(name) is not None or not splitext(name)[1]


def kind_of(source: Input) -> Kind:
    """The kind of an input. Raises ArticleError, with the mend, for images and other known kinds of which none is read."""
    head = source.head()
    for kind, each in FORMATS.items():
        if each.magic and head.startswith(each.magic):
            return _kind_of_zip(source) if kind == "zip" else kind
    if head[257:262] == b"ustar":
        return "tar"
    named = kind_by_name(source.name) or _MEDIA.get(source.media or "")
    if named is not None and not head.strip():
        return named  # its reader says what is wrong with an empty file of its kind
    refuse_other_kinds(head, source.shown)
    if named == "text":
        return "text"  # a plain text is its bytes, whatever they look like
    return _looks(head.removeprefix(b"\xef\xbb\xbf").lstrip(), named) or named or "text"


def _looks(start: bytes, named: Kind | None) -> Kind | None:
    if start.startswith(b"<"):
        page, feed = _PAGE_ROOT.search(start[:4096]), _FEED_ROOT.search(start[:4096])
        if feed is not None and (page is None or feed.start() < page.start()):
            return "feed"
        return "html" if page is not None and page.start() < 1024 else None
    if re.match(rb'\{\s*"|\[\s*\{', start):
        is_record = _is_record(start)
        if named in ("json", "jsonl") or (named in ("csv", "tsv") and not is_record):
            return None
        return "jsonl" if is_record and b"\n" in start.strip() else "json"
    if named is not None:
        return None
    headers = {match[1].lower() for line in start.split(b"\n")[:40] if (match := _MAIL_HEADERS.match(line))}
    return _table(start) or ("eml" if len(headers) >= 3 else None)


def _table(start: bytes) -> Kind | None:
    """A header, which names a column of texts in the usual way, and another line below it."""
    header, _, rest = start.partition(b"\n")
    for mark in (b"\t", b",", b";") if rest.strip() and len(header) <= 2000 else ():
        names = [cell.strip(b' "\r').decode("utf-8", "replace") for cell in header.split(mark)]
        if len(names) > 1 and all(0 < len(name) <= 40 and len(name.split()) <= 3 for name in names) and has_text_column(names):
            return "tsv" if mark == b"\t" else "csv"
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
        named = kind_by_name(source.name)
        return named if named in ("xlsx", "docx") else "zip"
    if "[Content_Types].xml" not in names:
        return "zip"
    inner = {name.partition("/")[0] for name in names}
    return "docx" if "word" in inner else "xlsx" if "xl" in inner else "zip"
