"""The same articles in a file of each kind."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Iterable
from email.message import EmailMessage
from html import escape
from typing import BinaryIO

STORY = (
    "The ferry to Skarvik will sail through the winter, the county council of the islands decided on Thursday night, after a debate that"
    " went on until the last bus had left. “Nobody should have to move to the mainland to have a baby,” said Idris Penhale, who moved the"
    " motion."
)


def story(number: int) -> str:
    """A headline and two paragraphs, as a page's text comes out."""
    said = f"“Number {number} is the best of them,” said Oona Brathwaite, the treasurer, on Friday."
    return f"Ferry number {number} will run all winter\n\n{STORY}\n\n{said}"


def articles(count: int = 3) -> list[dict[str, str]]:
    return [
        {
            "id": f"00{n}",
            "title": story(n).split("\n")[0],
            "text": story(n),
            "published": f"2025-10-0{n % 9 + 1}",
            "url": f"https://tarn.example/{n}",
        }
        for n in range(1, count + 1)
    ]


def page(text: str, url: str | None = None) -> bytes:
    head, *paragraphs = text.split("\n\n")
    body = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    link = f'<link rel="canonical" href="{url}">' if url else ""
    top = f"<head><meta charset='utf-8'><title>{head}</title>{link}</head>"
    story = f"<nav><a href='/'>Home</a></nav><article><h1>{head}</h1>{body}</article>"
    return f"<!doctype html><html lang='en'>{top}<body>{story}</body></html>".encode()


def json_lines(count: int = 3) -> bytes:
    return json_lines_of(articles(count))


def json_lines_of(records: list[dict[str, str]]) -> bytes:
    return b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in records)


def json_list(count: int = 3) -> bytes:
    return json.dumps(articles(count), indent=1).encode()


def csv(count: int = 3, mark: str = ",") -> bytes:
    rows = [list(articles()[0]), *(list(each.values()) for each in articles(count))]
    return "".join(mark.join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows).encode()


def tsv(count: int = 3) -> bytes:
    return csv(count, "\t")


def excel(count: int = 3) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(list(articles()[0]))
    for each in articles(count):
        book.active.append(list(each.values()))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parquet(count: int = 3) -> bytes:
    import pyarrow
    import pyarrow.parquet

    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(articles(count)), stream)
    return stream.getvalue()


def warc(count: int = 3, *, compressed: bool = True) -> bytes:
    stream = io.BytesIO()
    write_warc(stream, ((each["url"], page(each["text"])) for each in articles(count)), compressed=compressed)
    return stream.getvalue()


def write_warc(stream: BinaryIO, pages: Iterable[tuple[str, bytes]], *, compressed: bool = True) -> None:
    """Pages by their addresses, after an image and a redirect."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(stream, gzip=compressed)

    def add(url: str, media: str, data: bytes, status: str = "200 OK") -> None:
        headers = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.0")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(data), http_headers=headers))

    add("https://tarn.example/logo.png", "image/png", b"\x89PNG\r\n")
    add("https://tarn.example/moved", "text/html", b"moved", "301 Moved")
    for url, data in pages:
        add(url, "text/html; charset=utf-8", data)


def rss(count: int = 3) -> bytes:
    items = "".join(
        f"<item><title>{escape(each['title'])}</title><link>{each['url']}</link><guid>{each['id']}</guid>"
        "<dc:creator>Maud Ellingsen</dc:creator><pubDate>Fri, 03 Oct 2025 07:45:12 +0100</pubDate><category>News</category>"
        f"<content:encoded><![CDATA[{_markup(each['text'])}]]></content:encoded></item>"
        for each in articles(count)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Tarn Observer</title><language>en-gb</language>'
        f"{items}</channel></rss>"
    ).encode()


def atom(count: int = 3) -> bytes:
    entries = "".join(
        f"<entry><id>{each['id']}</id><title>{escape(each['title'])}</title><link href='{each['url']}'/>"
        "<author><name>Maud Ellingsen</name></author><published>2025-10-03T07:45:12+01:00</published>"
        f"<updated>2025-10-04T08:00:00+01:00</updated><content type='html'>{escape(_markup(each['text']))}</content></entry>"
        for each in articles(count)
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Tarn Observer</title>{entries}</feed>'.encode()


def json_feed(count: int = 3) -> bytes:
    items = [
        {
            "id": each["id"],
            "url": each["url"],
            "title": each["title"],
            "authors": [{"name": "Maud Ellingsen"}],
            "date_published": "2025-10-03T07:45:12+01:00",
            "content_html": _markup(each["text"]),
        }
        for each in articles(count)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "The Tarn Observer", "items": items}).encode()


def _markup(text: str) -> str:
    return "".join(f"<p>{escape(each)}</p>" for each in text.split("\n\n")[1:])


def email() -> bytes:
    message = EmailMessage()
    message["From"] = "The Tarn Observer <desk@tarn.example>"
    message["To"] = "reader@tarn.example"
    message["Subject"] = "Fwd: Ferry number 1 will run all winter"
    message["Date"] = "Fri, 03 Oct 2025 07:45:12 +0100"
    message["Message-ID"] = "<1@tarn.example>"
    message.set_content("\n\n".join(story(1).split("\n\n")[1:]), cte="quoted-printable")
    message.add_alternative(page(story(1)).decode(), subtype="html")
    return message.as_bytes()


def word() -> bytes:
    import docx

    document = docx.Document()
    head, *paragraphs = story(1).split("\n\n")
    document.add_heading(head, 0)
    for each in paragraphs:
        document.add_paragraph(each)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf(pages: list[list[str]] | None = None) -> bytes:
    """A PDF with one line of text under the other, written by hand: one font, one stream a page."""
    pages = pages or [_wrapped(story(1))]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for lines in pages:
        drawn = "".join(f"({line.translate(_ESCAPES)}) Tj T*\n" for line in lines)
        content = f"BT /F1 11 Tf 14 TL 60 780 Td\n{drawn}ET"
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + end.encode()


_ESCAPES = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})


def _wrapped(text: str, width: int = 80) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        lines.append("")
        for word in paragraph.split():
            if lines[-1] and len(lines[-1]) + len(word) >= width:
                lines.append("")
            lines[-1] += f" {word}" if lines[-1] else word
    return lines


def zip_of(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tar_of(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def zst(data: bytes) -> bytes:
    import zstandard

    return zstandard.compress(data)


def rtf(text: str) -> bytes:
    """Text as rich text, characters beyond ASCII as RTF has them."""
    escaped = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}").replace("\n", "\\par\n")
    signs = "".join(sign if sign < "\x80" else f"\\u{ord(sign)}?" for sign in escaped)
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\b " + signs + "}}").encode("ascii")


FILES = {f"{n}.txt": story(n).encode() for n in (1, 2, 3)}


#: A file of every kind, by a name that it might have.
EVERY_KIND: dict[str, bytes] = {
    "a.txt": story(1).encode(),
    "a.html": page(story(1), "https://tarn.example/1"),
    "a.jsonl": json_lines(),
    "a.json": json_list(),
    "a.csv": csv(),
    "a.tsv": tsv(),
    "a.xlsx": excel(),
    "a.parquet": parquet(),
    "a.rss": rss(),
    "a.atom": atom(),
    "feed.json": json_feed(),
    "a.warc": warc(compressed=False),
    "a.warc.gz": warc(),
    "a.eml": email(),
    "a.docx": word(),
    "a.rtf": rtf(story(1)),
    "a.pdf": pdf(),
    "a.zip": zip_of(FILES),
    "a.tar.gz": tar_of(FILES),
    "a.tar": tar_of(FILES, "w"),
    "a.jsonl.gz": gzip.compress(json_lines()),
    "a.jsonl.zst": zst(json_lines()),
    "a.csv.bz2": bz2.compress(csv()),
    "a.csv.xz": lzma.compress(csv()),
}
