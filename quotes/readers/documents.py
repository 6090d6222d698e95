"""Documents: Word by mammoth, rich text by striprtf, PDF with a text layer by pypdf."""

from __future__ import annotations

import re
import statistics
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from quotes.errors import ArticleError
from quotes.readers.exports.media_archive import articles_in, export_in
from quotes.readers.inputs.encodings import fix_mojibake, refuse_blank
from quotes.readers.inputs.input import LARGEST_WHOLE, Input, damage
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.layout.plain_text import article_from_paragraphs, article_from_text
from quotes.readers.layout.zones import Paragraph, joined
from quotes.readers.pages.blocks import blocks_in
from quotes.records import Article

#: What the styles of Word are in HTML, beside mammoth's own.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p.standfirst:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Heading 1'] => h2:fresh
"""


def _library(name: str, what: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise ArticleError(f"{what}, which needs {name}: pip install 'quotes[documents]'") from error


def read_word(source: Input, _: Reading) -> Iterator[Article | ArticleError]:
    """The article in a Word document, with all its tracked changes accepted; a paragraph in the style Title is the headline.

    Raises ArticleError when mammoth is missing, or the document is damaged or empty.
    """
    from lxml import html

    mammoth = _library("mammoth", f"{source.shown}: is a Word document")
    with source.seekable() as stream, damage(source.shown, "Word document"):
        with zipfile.ZipFile(stream) as archive:
            if sum(info.file_size for info in archive.infolist() if info.filename.endswith(".xml")) > LARGEST_WHOLE:
                raise ArticleError(f"{source.shown}: unpacks to far more than a document holds, so it is not read")
        stream.seek(0)
        no_pictures = mammoth.images.img_element(lambda _: {})
        page = html.document_fromstring(
            f"<body>{mammoth.convert_to_html(stream, style_map=_STYLES, convert_image=no_pictures).value}</body>"
        )
    blocks = blocks_in(page, next(page.iter("h1"), None))
    paragraphs = [Paragraph(each.kind or ("subhead" if each.element.tag[0] == "h" else None), each.text) for each in blocks]
    text, _zones = joined(paragraphs)
    if (export := export_in(text)) is not None:
        yield from articles_in(export, text, source.shown)
        return
    headline = next((each.text for each in paragraphs if each.kind == "headline"), None)
    yield article_from_paragraphs(paragraphs, source.shown, title=headline)


def read_rtf(source: Input, _: Reading) -> Iterator[Article | ArticleError]:
    """The article in a rich text file, or the articles of an export of a media archive. By striprtf."""
    from striprtf.striprtf import rtf_to_text

    with damage(source.shown, "RTF file"):
        plain: str = rtf_to_text(source.whole().decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call]
        text, notices = fix_mojibake(plain)
    refuse_blank(text, source.shown)
    export = export_in(text)
    if export is not None:
        yield from articles_in(export, text, source.shown, notices=notices)
    else:
        yield article_from_text(text, path=source.shown, notices=notices)


def read_pdf(source: Input, _: Reading) -> Iterator[Article | ArticleError]:
    """The article in a PDF that has a text layer; the printed lines are joined to paragraphs, and what stands on every page is left out.

    Raises ArticleError when pypdf is missing, the file is encrypted or damaged, or has pictures of text only.
    """
    pypdf = _library("pypdf", f"{source.shown}: is a PDF")
    with source.seekable() as stream, damage(source.shown, "PDF"):
        reader = pypdf.PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError(f"{source.shown}: is encrypted, save it without its password")
        pages = [[line.strip() for line in page.extract_text().splitlines()] for page in reader.pages]
    if not any(line for page in pages for line in page):
        raise ArticleError(f"{source.shown}: has no text layer (a scan?), put it through text recognition first")
    lines = paragraphs_of_lines(_without_running_heads(pages))
    yield article_from_paragraphs([Paragraph(None, each) for each in lines], source.shown)


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
    """Printed lines as paragraphs: one ends at a blank line, or at a line well short of the others, unless the next goes on in lower case.

    A word that was divided at the end of a line is put together where the next line goes on in lower case. A hyphen stays
    where the word stands with it in another place too.
    """
    printed = set(re.findall(r"\w+(?:-\w+)*", "\n".join(lines).casefold()))
    widths = [len(line) for line in lines if len(line) > 30]
    full = statistics.median(widths) if widths else 0
    paragraphs: list[str] = []
    before = ""
    for line in lines:
        if not line:
            pass
        elif not before or (not line[0].islower() and len(before) < full * 0.8):
            paragraphs.append(line)
        elif re.search(r"\w-$", paragraphs[-1]) and line[0].islower():
            word = (re.findall(r"[\w-]+", paragraphs[-1])[-1] + re.findall(r"\w+(?:-\w+)*", line)[0]).casefold()
            paragraphs[-1] = paragraphs[-1][: None if word in printed else -1] + line
        else:
            paragraphs[-1] += f" {line}"
        before = line
    return paragraphs
