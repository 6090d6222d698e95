"""One document a file: plain text, saved pages, Word by mammoth, rich text by striprtf, PDF with a text layer by pypdf.

All but PDF may be exports of a media archive, which hold many articles.
"""

from __future__ import annotations

import re
import statistics
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from quotes.errors import ArticleError
from quotes.readers.exports.media_archive import articles_of_export, text_of_export
from quotes.readers.inputs.encodings import decode, fix_mojibake, mojibake_notices, refuse_blank
from quotes.readers.inputs.input import LARGEST_WHOLE, Input, damage
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.layout.plain_text import Paragraph, article_from_paragraphs, article_from_text, joined
from quotes.readers.pages import html as pages
from quotes.readers.pages.blocks import blocks_in
from quotes.records import LONGEST_TEXT, Article

Articles = Iterator[Article | ArticleError]

#: What the styles of Word are in HTML, beside mammoth's own.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p.standfirst:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Heading 1'] => h2:fresh
"""


def read_plain(source: Input, settings: Reading) -> Articles:
    """The one article that a plain text is, nothing stripped, added or translated; of an export of a media archive, its articles."""
    text, notices = decode(source.whole(), source.shown, encoding=settings.encoding)
    if settings.encoding is None:
        notices = (*notices, *mojibake_notices(text[:LONGEST_TEXT], source.shown))
    if text[:200].lstrip("\ufeff \r\n\t").lower().startswith(("<!doctype html", "<html")):
        notices = (*notices, "looks like HTML and was read as plain text, rename it .html to read the article in it")
    yield from _articles(text, source.shown, notices)


def read_page(source: Input, settings: Reading) -> Articles:
    """The article of a page, or the articles of an export."""
    data, charset = source.whole(), settings.encoding or source.charset
    text = text_of_export(data, source.shown, charset)
    articles = articles_of_export(text, source.shown) if text else None
    yield from articles or [pages.read_html(data, source.shown, url=source.url, charset=charset)]


def read_rtf(source: Input, _: Reading) -> Articles:
    """The article in a rich text file, or the articles of an export of a media archive."""
    from striprtf.striprtf import rtf_to_text

    with damage(source.shown, "RTF file"):
        plain: str = rtf_to_text(source.whole().decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call]
        text, notices = fix_mojibake(plain)
    refuse_blank(text, source.shown)
    yield from _articles(text, source.shown, notices)


def _articles(text: str, shown: str, notices: tuple[str, ...]) -> Articles:
    yield from articles_of_export(text, shown, notices=notices) or [article_from_text(text, path=shown, notices=notices)]


def _library(name: str, what: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise ArticleError(f"{what}, which needs {name}: pip install 'quotes[documents]'") from error


def read_word(source: Input, _: Reading) -> Articles:
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
    headline = next((each.text for each in paragraphs if each.kind == "headline"), None)
    articles = articles_of_export(joined(paragraphs)[0], source.shown)
    yield from articles or [article_from_paragraphs(paragraphs, source.shown, title=headline)]


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
