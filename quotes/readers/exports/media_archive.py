"""Exports of media archives: one text with many articles, each with its fields, by Nexis (old and new), Factiva and ProQuest.

Whatever they were exported as (text, RTF, Word, HTML), they come here as text. An article's text is what the export prints of it,
untouched; fields and what the archive adds are zones over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from quotes.errors import ArticleError
from quotes.readers.exports import media_layouts
from quotes.readers.exports.media_layouts import FACTIVA_NAME, NEXIS_NAME, PROQUEST_NAME, Document, pieces_of
from quotes.readers.inputs.encodings import decode_page
from quotes.readers.layout.bylines import names_in
from quotes.readers.layout.dates import find_time
from quotes.readers.layout.outlets import known_outlet
from quotes.readers.layout.plain_text import layout as layout_of
from quotes.readers.layout.plain_text import refuse_too_long, with_zones
from quotes.readers.pages.markup import lines_of_markup
from quotes.readers.tables.columns import record_path
from quotes.records import Article, Zone


class Export(NamedTuple):
    """What an export holds, whose it is, and how many documents it says that it holds."""

    archive: str
    documents: list[Document]
    stated: int | None = None


_NEXIS_START = re.compile(r"^[ \t]*(?:Document[ \t]+)?\d+[ \t]+of[ \t]+(\d+)[ \t]+DOCUMENTS?[ \t]*\r?$", re.MULTILINE)
_NEXIS_END = re.compile(r"^[ \t\xa0]*End of Document[ \t\xa0]*\r?$", re.MULTILINE)
_NEXIS_FIELD = re.compile(
    r"^[ \t]*(?:(?:LENGTH|Length):[ \t\xa0]*\d[\d,.]* words|(?:LOAD-DATE|Load-Date|BYLINE|Byline|Section|SECTION):)", re.MULTILINE
)
_NEXIS_COVER = re.compile(
    r"^[ \t]*(?:(?:Job Number|User Name|Client/Matter|Search Terms|Search Type|Narrowed by|Content Type|Documents? \(\d+\))\b.*"
    r"|.*\bTimeline:.*|.*\bAbout LexisNexis\b.*|.*© \d{4} LexisNexis.*|\d+\.[ \t].*)$",
    re.MULTILINE,
)
_NEXIS_COUNT = re.compile(r"^[ \t]*Documents? \((\d+)\)", re.MULTILINE)
_FACTIVA_END = re.compile(r"^[ \t]*(?:AN[ \t]+)?(?:Document|Dokument)[ \t]+([A-Z]{2}[A-Z0-9]*\d{8}[a-z0-9]{6,})[ \t]*\r?$", re.MULTILINE)
_FACTIVA_LENGTH = re.compile(r"^[ \t]*(?:WC[ \t]+)?\d[\d,.]* (?:words|Wörter|mots)[ \t]*\r?$|^WC[ \t]*\r?$", re.MULTILINE)
_FACTIVA_HEADLINE = re.compile(r"\((?:Document|Dokument) [A-Z]{2}[A-Z0-9]*\d{8}[a-z0-9]{6,}\)")
_FACTIVA_CODED = re.compile(r"^[ \t]*(HD|PD)(?:[ \t]|\r?$)", re.MULTILINE)
_PROQUEST_RULE = re.compile(r"^[ \t]*(?:_{20,}|Document \d+ of \d+)[ \t]*\r?$", re.MULTILINE)
_PROQUEST_FIELD = re.compile(r"^[ \t]*(?:ProQuest document ID|Publication title|Full [Tt]ext):", re.MULTILINE)
_PROQUEST_COVER = re.compile(r"Report Information from ProQuest|^[ \t]*Table of contents|^[ \t]*Contact ProQuest", re.MULTILINE)


#: What stands in HTML that is an export, and where one article of it ends and the next begins.
_IN_HTML = re.compile(rb"\d of \d+ DOCUMENT|End of Document|Do[ck]ument [A-Z]{2}[A-Z0-9]*\d{8}|ProQuest document")
_HTML_RULE = re.compile(r"<hr\b[^<>]{0,200}>|<a name=[\"']?DocID_[^<>]{0,100}>", re.IGNORECASE)


def text_of_export(data: bytes, shown: str, charset: str | None) -> str | None:
    """The text of an export in HTML, a block of it a paragraph; None for any other page."""
    if _IN_HTML.search(data) is None:
        return None
    markup = _HTML_RULE.sub(f"<p>{'_' * 20}</p>", decode_page(data, shown, charset).text)
    return "\n\n".join(lines_of_markup(markup))


def articles_of_export(text: str, shown: str, *, notices: tuple[str, ...] = ()) -> Iterator[Article | ArticleError] | None:
    """The articles of the export that a text is, numbered `SHOWN#N` or named by their own number; None for any other text.

    One without a text is an ArticleError. The text of an export of one article is its whole text.
    """
    export = _export_in(text)
    return None if export is None else _articles_in(export, text, shown, notices)


def _export_in(text: str) -> Export | None:
    if _NEXIS_START.search(text) and _NEXIS_FIELD.search(text):
        return _old_nexis(text)
    if _NEXIS_END.search(text) and (_NEXIS_FIELD.search(text) or re.search(r"^Body[ \t]*\r?$", text, re.MULTILINE)):
        return _new_nexis(text)
    if _FACTIVA_END.search(text) and _FACTIVA_LENGTH.search(text):
        return _factiva(text)
    if _PROQUEST_RULE.search(text) and (_PROQUEST_FIELD.search(text) or _PROQUEST_COVER.search(text)):
        return _proquest(text)
    if re.search(r"^[ \t]*Job Number:", text, re.MULTILINE) and _NEXIS_COUNT.search(text):
        return Export("Nexis", [])
    return Export("Factiva", []) if len(_FACTIVA_HEADLINE.findall(text[:100_000])) > 1 else None


def _articles_in(export: Export, text: str, shown: str, notices: tuple[str, ...]) -> Iterator[Article | ArticleError]:
    documents = export.documents
    if not documents:
        yield ArticleError(f"{shown}: is a list of contents from {export.archive} without the articles, export the full documents")
        return
    for number, each in enumerate(documents, 1):
        try:
            yield _article(each, text, shown, number if len(documents) > 1 else None, notices)
        except ArticleError as error:
            yield error
    if export.stated is not None and len(documents) < export.stated and not documents[-1].cut:
        missing = f"{len(documents)} of the {export.stated} documents that it names"
        yield ArticleError(f"{shown}: breaks off, it holds {missing}, export it again")


def _article(document: Document, text: str, shown: str, number: int | None, notices: tuple[str, ...]) -> Article:
    pieces, fields, story = document.pieces, document.fields, document.story
    numbered = shown if number is None else f"{shown}#{number}"
    if not story:
        raise ArticleError(f"{numbered}: has no text, export the full document")
    start, end = (0, len(text)) if number is None else (pieces[0].start, pieces[-1].end)
    refuse_too_long(text[start:end], numbered)
    begins, ends = pieces[story.start].start, pieces[story.stop - 1].end
    inner = layout_of(text[begins:ends], title=fields.get("title", ""))
    around = (*pieces_of(text, start, pieces[0].start), *pieces_of(text, pieces[-1].end, end))
    zones = [
        *((each.kind, begins + each.start, begins + each.end) for each in inner.zones),
        *((kind, *piece[:2]) for n, (kind, piece) in enumerate(zip(document.zones, pieces, strict=True)) if n not in story),
        *(("boilerplate", *piece[:2]) for piece in around),
    ]
    sorted_zones = tuple(Zone(kind, first - start, last - start) for kind, first, last in sorted(zones, key=lambda each: each[1]))
    time = find_time(fields.get("published", ""))
    missing = [what for what, there in (("headline", fields.get("title")), ("date", time), ("outlet", fields.get("outlet"))) if not there]
    faults = [f"document {number or 1} of the export states no {' and no '.join(missing)}"] if missing else []
    if document.cut:
        faults.append(f"document {number or 1} of the export breaks off, its end may be missing")
    place = re.split(r",? (?:[A-Z][a-z]{2,8}\.? \d)", fields.get("place", ""))[0].strip(" ,;")
    section = re.split(r";?\s*\b(?:pg?\.|page|column)\s*\d", fields.get("section", ""), flags=re.IGNORECASE)[0].strip(" ;,")
    article = Article(
        text=text[start:end],
        path=record_path(document.id, shown, number),
        title=fields.get("title"),
        byline=names_in(fields.get("byline")),
        dateline=inner.dateline or place or None,
        outlet=_outlet(fields.get("outlet", "")),
        published=time.iso if time else None,
        section=section or None,
        url=re.sub(r"\?accountid=.*", "", fields["url"]) if "url" in fields else None,
        boilerplate=tuple(text[start + z.start : start + z.end] for z in sorted_zones if z.kind in ("boilerplate", "section")),
        zones=sorted_zones,
        notices=(*notices, *faults),
    )
    return with_zones(article, [Zone("boilerplate", hole.start - start, hole.end - start) for hole in document.holes()])


def _outlet(stated: str) -> str | None:
    """The outlet's one name: `The Courier (London) - Final Edition`, `The Courier; Tarn`."""
    name = re.split(r";| - (?=.*\bedition\b)", stated, flags=re.IGNORECASE)[0].strip()
    return known_outlet(name) or known_outlet(re.sub(r"\s*\([^()]*\)$", "", name)) or name or None


# -- one text, its documents -----------------------------------------------------------------------------------------------------------


def _between(marks: Sequence[re.Match[str]], text: str) -> list[tuple[int, int]]:
    """The parts of a text before, between and behind some marks."""
    edges = [0, *(edge for mark in marks for edge in mark.span()), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _old_nexis(text: str) -> Export:
    marks = list(_NEXIS_START.finditer(text))
    documents = [Document(pieces_of(text, *part, NEXIS_NAME)) for part in _between(marks, text)[1:]]
    for each in documents:
        media_layouts.nexis(each, title_first=False)
    return Export("Nexis", documents, int(marks[0][1]))


def _new_nexis(text: str) -> Export:
    (_, first_end), *others, rest = _between(list(_NEXIS_END.finditer(text)), text)
    field = _NEXIS_FIELD.search(text, 0, first_end)
    cover = list(_NEXIS_COVER.finditer(text, 0, field.start() if field else first_end))
    parts = [(cover[-1].end() if cover else 0, first_end), *others]
    documents = [Document(pieces_of(text, *part, NEXIS_NAME)) for part in parts]
    if _NEXIS_FIELD.search(text, *rest):
        documents.append(Document(pieces_of(text, *rest, NEXIS_NAME), cut=True))
    for each in documents:
        media_layouts.nexis(each, title_first=True)
    stated = _NEXIS_COUNT.search(text, 0, first_end)
    return Export("Nexis", documents, int(stated[1]) if stated else None)


def _factiva(text: str) -> Export:
    marks = list(_FACTIVA_END.finditer(text))
    documents = []
    for (start, end), mark in zip_longest(_between(marks, text), marks):
        if mark is None and _FACTIVA_LENGTH.search(text, start) is None:
            break  # what was searched for
        end = mark.end() if mark else end
        coded = len(set(_FACTIVA_CODED.findall(text, start, end))) == 2
        document = Document(pieces_of(text, start, end, FACTIVA_NAME if coded else None), mark[1] if mark else None, cut=mark is None)
        (media_layouts.factiva_coded if coded else media_layouts.factiva_plain)(document)
        documents.append(document)
    return Export("Factiva", documents)


def _proquest(text: str) -> Export:
    parts = [part for part in _between(list(_PROQUEST_RULE.finditer(text)), text) if _PROQUEST_FIELD.search(text, *part)]
    documents = [Document(pieces_of(text, *part, PROQUEST_NAME)) for part in parts]
    for each in documents:
        media_layouts.proquest(each)
    stated = re.search(r"^[ \t]*Document \d+ of (\d+)[ \t]*\r?$", text, re.MULTILINE)
    return Export("ProQuest", documents, int(stated[1]) if stated else None)
