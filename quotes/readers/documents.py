"""Documents: e-mails by the standard library, Word by python-docx, PDF with a text layer by pypdf."""

from __future__ import annotations

import logging
import re
import statistics
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from typing import Any, cast

from quotes.errors import ArticleError
from quotes.readers.bylines import names_person
from quotes.readers.decoding import mended, refuse_blank
from quotes.readers.fragments import Paragraph, fragment_paragraphs, laid_out
from quotes.readers.inputs import Budget, Input, damage, of_bytes
from quotes.readers.kinds import SUFFIXES
from quotes.readers.media_archive import articles_in, export_in
from quotes.readers.plain_text import article_from_text
from quotes.readers.settings import Reading
from quotes.readers.zones import laid_over
from quotes.records import Article

_MISSING = "pip install 'quotes[documents]'"
#: A plain part says as much as the HTML part where it has this share of its words.
_AS_MUCH = 0.5
_FORWARDED = re.compile(r"^(?:(?:fwd?|re|aw|wg)\s*:\s*)+", re.IGNORECASE)


def read_email(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The article in an e-mail: its plain part, or its HTML part where that says more; then those in its attachments.

    The subject is the headline, the date that of the e-mail, the outlet who sent it.
    """
    from email import policy
    from email.parser import BytesParser

    shown = source.shown
    with damage(shown, "e-mail"):
        message = BytesParser(policy=policy.default).parsebytes(source.whole())
        paragraphs = _mail_paragraphs(message)
        subject = _FORWARDED.sub("", " ".join(str(message.get("subject") or "").split())) or None
        sent = message.get("date")
        published = sent.datetime.isoformat() if sent is not None and getattr(sent, "datetime", None) else None
        sender = message.get("from")
        addresses = getattr(sender, "addresses", ()) if sender is not None else ()
        outlet = next((each.display_name for each in addresses if each.display_name and not names_person(each.display_name)), None)
        attached = [
            of_bytes(content, f"{shown}/{name}", name)
            for part in message.iter_attachments()
            if (name := part.get_filename()) and SUFFIXES.get(_suffix(name)) and isinstance(content := _content(part), bytes)
        ]
    if paragraphs:
        text, zones = laid_out(paragraphs)
        refuse_blank(text, shown)
        yield laid_over(article_from_text(text, path=shown, title=subject, published=published, outlet=outlet), zones)
    elif not attached:
        raise ArticleError(f"{shown}: is an e-mail without a text, save the article in it by itself")
    from quotes.readers.reading import articles_of, guarded

    for each in attached:
        yield from guarded(articles_of(each, settings), each.shown)


def _mail_paragraphs(message: EmailMessage) -> list[Paragraph]:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    of_plain = [] if plain is None else [Paragraph(None, part) for part in re.split(r"\n\s*\n", _decoded(plain)) if part.strip()]
    of_html = [] if html is None else fragment_paragraphs(_decoded(html))
    words = {name: sum(len(each.text.split()) for each in parts) for name, parts in (("plain", of_plain), ("html", of_html))}
    if of_plain and words["plain"] >= words["html"] * _AS_MUCH:
        return [Paragraph(None, each.text.replace("\r\n", "\n").strip("\n")) for each in of_plain]
    return of_html


def _decoded(part: Any) -> str:
    try:
        content = part.get_content()
    except (LookupError, UnicodeError, KeyError):  # an encoding that nobody knows
        content = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")
    return content if isinstance(content, str) else ""


def _content(part: Any) -> Any:
    data = part.get_payload(decode=True)
    return data if data else None


def _suffix(name: str) -> str:
    return f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""


def read_word(source: Input, _: Reading) -> Iterator[Article | ArticleError]:
    """The article in a Word document: its paragraphs and the rows of its tables; a paragraph in the style Title is the headline.

    Raises ArticleError when python-docx is missing, or the document is damaged or empty.
    """
    try:
        import docx
    except ImportError as error:
        raise ArticleError(f"{source.shown}: is a Word document, which needs python-docx: {_MISSING}") from error
    with source.seekable() as stream, damage(source.shown, "Word document"):
        with zipfile.ZipFile(stream) as archive:
            if sum(info.file_size for info in archive.infolist()) > Budget.of(source.size).left:
                raise ArticleError(f"{source.shown}: unpacks to far more than a document holds, so it is not read")
        stream.seek(0)
        paragraphs = list(_word_paragraphs(docx.Document(stream)))
        text, zones = laid_out(paragraphs)
    refuse_blank(text, source.shown)
    export = export_in(text)
    if export is not None:
        yield from articles_in(export, text, source.shown)
        return
    headline = next((each.text for each in paragraphs if each.kind == "headline"), None)
    yield laid_over(article_from_text(text, path=source.shown, title=headline), zones)


def _word_paragraphs(document: Any) -> Iterator[Paragraph]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                words = " ".join(dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)).strip()
                if words:
                    yield Paragraph(None, words)
            continue
        style = (block.style.name or "") if block.style is not None else ""
        words = block.text.strip()
        if words:
            kind = {"Title": "headline", "Subtitle": "standfirst", "Caption": "caption"}.get(style)
            yield Paragraph(cast(Any, kind or ("subhead" if style.startswith("Heading") else None)), words)


def read_rtf(source: Input, _: Reading) -> Iterator[Article | ArticleError]:
    """The article in a rich text file, or the articles of an export of a media archive. By striprtf."""
    from striprtf.striprtf import rtf_to_text

    with damage(source.shown, "RTF file"):
        plain: str = rtf_to_text(source.whole().decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call]
        text = mended(plain)
    refuse_blank(text.text, source.shown)
    yield from _articles(text.text, source.shown, text.notices)


def _articles(text: str, shown: str, notices: tuple[str, ...] = ()) -> Iterator[Article | ArticleError]:
    export = export_in(text)
    if export is not None:
        yield from articles_in(export, text, shown, notices=notices)
    else:
        yield article_from_text(text, path=shown, notices=notices)


def read_pdf(source: Input, _: Reading) -> Iterator[Article | ArticleError]:
    """The article in a PDF that has a text layer; the printed lines are joined to paragraphs, and what stands on every page is left out.

    Raises ArticleError when pypdf is missing, the file is encrypted or damaged, or has pictures of text only.
    """
    try:
        import pypdf
    except ImportError as error:
        raise ArticleError(f"{source.shown}: is a PDF, which needs pypdf: {_MISSING}") from error
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    with source.seekable() as stream, damage(source.shown, "PDF"):
        reader = pypdf.PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError(f"{source.shown}: is encrypted, save it without its password")
        pages = [[line.strip() for line in page.extract_text().splitlines()] for page in reader.pages]
    if not any(line for page in pages for line in page):
        raise ArticleError(f"{source.shown}: has no text layer (a scan?), put it through text recognition first")
    text = "\n\n".join(paragraphs_of_lines(_without_running_heads(pages)))
    refuse_blank(text, source.shown)
    yield article_from_text(text, path=source.shown)


def _without_running_heads(pages: Sequence[Sequence[str]]) -> list[str]:
    """All lines, without those at the head or foot that stand on most pages, page numbers aside."""
    edges = Counter(
        key for page in pages for key in {_edge(line) for line in (*page[:2], *page[-2:]) if 0 < len(line) <= 80 and line[-1] not in ".!?"}
    )
    often = {key for key, times in edges.items() if len(pages) >= 3 and times * 2 > len(pages)}
    lines: list[str] = []
    for page in pages:
        last = len(page) - 1
        lines.extend(line for at, line in enumerate(page) if not ((at < 2 or at > last - 2) and line and _edge(line) in often))
    return lines


def _edge(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def paragraphs_of_lines(lines: Sequence[str]) -> list[str]:
    """Printed lines as paragraphs: one ends at a blank line, or at a sentence's end that leaves its line well short of the others.

    A word that was divided at the end of a line is put together where the next line goes on in lower case.
    """
    widths = [len(line) for line in lines if len(line) > 30]
    full = statistics.median(widths) if widths else 0
    paragraphs: list[str] = []
    current = ""
    before = ""
    for line in lines:
        if not line:
            current = ""
            before = ""
            continue
        new = not before or (len(before) < full * 0.8 and (re.search(r"[.!?:…][\"'”’)\]]*$", before) is not None or not line[0].islower()))
        if new and (not current or not line[0].islower()):
            paragraphs.append(line)
        elif re.search(r"\w-$", paragraphs[-1]) and line[0].islower():
            paragraphs[-1] = paragraphs[-1][:-1] + line
        else:
            paragraphs[-1] += f" {line}"
        current = before = line
    return paragraphs
