"""Feeds: RSS and Atom by feedparser, JSON Feed by itself, and OPML, the lists in which readers keep their feeds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from time import strftime, struct_time
from typing import Any, NamedTuple

from quotes.errors import ArticleError
from quotes.readers.inputs.encodings import decode_page
from quotes.readers.inputs.input import Input, NoArticles, damage, reason
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.layout.bylines import names_in
from quotes.readers.layout.dates import iso_time
from quotes.readers.layout.language import language_code
from quotes.readers.layout.outlets import outlet_name
from quotes.readers.layout.plain_text import Paragraph, article_from_paragraphs
from quotes.readers.pages.blocks import one_line
from quotes.readers.pages.markup import fragment_paragraphs
from quotes.readers.tables.cell_text import unescaped_markup
from quotes.records import Article

#: A content of so many words is the whole article; a summary needs more to pass for one.
_WHOLE_CONTENT = 60
_WHOLE_SUMMARY = 200
_CUT_SHORT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\b(?:continue reading|read (?:more|on|the rest|full story)|the post .{1,200} appeared first on .{1,100}))\W*$",
    re.I,
)
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_APPEARED_FIRST = re.compile(r"The post .{1,300} (?:appeared first on|first appeared on) .{1,100}", re.DOTALL)
#: Several times what feeds of a thousand whole articles have; feedparser takes its time for each.
_MOST_TAGS = 500_000
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)


class Entry(NamedTuple):
    """One entry of a feed: its link, the fields of its article as the feed states them, its content and its summary (HTML)."""

    link: str | None = None
    stated: Mapping[str, Any] = {}
    content: str | None = None
    summary: str | None = None

    @property
    def changed(self) -> str | None:
        """When it last changed."""
        return str(self.stated["modified"] or self.stated["published"] or "") or None


class Feed(NamedTuple):
    """The entries of a feed in their order, what had to be assumed to read it, and how many are there and damaged beyond reading."""

    entries: tuple[Entry, ...]
    notices: tuple[str, ...] = ()
    lost: int = 0


def parse_feed(source: Input) -> Feed:
    """The feed that an input holds. Raises NoArticles for other XML, ArticleError for what is damaged beyond reading."""
    shown, data = source.shown, source.whole()
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise ArticleError(f"{shown}: is empty, fetch it again")
    if start.startswith(b"{") or (b"jsonfeed.org/version" in start[:4096] and not start.startswith(b"<")):
        return _json_feed(data, shown)
    if re.search(rb"<opml[\s>]", data[:4096], re.IGNORECASE):
        raise NoArticles(f"{shown}: is a list of feeds, give it to `quotes watch`")
    import feedparser

    # Decoded here, where an encoding that is declared and does not fit is reported; feedparser would take it at its word.
    text, notices = decode_page(data, shown, source.charset)
    if text.count("<") + text.count("&lt;") > _MOST_TAGS:
        raise ArticleError(f"{shown}: has more markup than the largest of feeds, give the pages that it links to")
    whole = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")
    headers = {"content-location": source.url or "", "content-type": "application/xml; charset=utf-8"}
    with damage(shown, "feed", "fetch it again"):
        # The markup of entries is read by ourselves, and never shown.
        parsed = feedparser.parse(whole, response_headers=headers, sanitize_html=False)
    why = reason(parsed.bozo_exception).replace("<unknown>:", "line ") if parsed.bozo else ""
    if not parsed.entries and why:
        raise ArticleError(f"{shown}: is a damaged feed or other damaged XML ({why}), fetch it again")
    if not parsed.entries and not parsed.version:
        raise NoArticles(f"{shown}: is XML, but no RSS or Atom feed, give a feed or a page")
    if why:
        notices = (*notices, f"is not well-formed ({why}), so that some of it may be missing")
    entries = tuple(_entry(each, parsed.feed) for each in parsed.entries)
    lost = max(len(_ENTRY.findall(text)), len(_ENTRY_END.findall(text))) - len(entries)
    return Feed(entries, notices, max(0, lost))


def _json_feed(data: bytes, shown: str) -> Feed:
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{shown}: is a damaged JSON Feed ({reason(error)}), fetch it again") from error
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        raise ArticleError(f"{shown}: is JSON, but no JSON Feed with items, give a feed or records of articles")
    return Feed(tuple(_entry(_from_json(each), value) for each in items if isinstance(each, dict)))


def _from_json(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item of a JSON Feed under the names that feedparser has for its parts."""
    authors, tags = item.get("authors") or [item.get("author")], item.get("tags")
    return {
        **{name: item.get(name) for name in ("title", "summary", "language")},
        "published": item.get("date_published"),
        "updated": item.get("date_modified"),
        "link": _clean(item.get("url")) or item.get("external_url"),
        "authors": authors if isinstance(authors, list) else [],
        "tags": [{"term": each} for each in tags] if isinstance(tags, list) else [],
        "content": [{"value": _string(item.get("content_html")) or item.get("content_text")}],
    }


def _entry(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Entry:
    """An entry in the form in which feedparser gives it, of a feed that states a title and a language."""
    link, title = _clean(entry.get("link")), _string(entry.get("title"))
    link = link if link and _LINK.fullmatch(link) else None
    contents = [_string(each.get("value")) or "" for each in entry.get("content") or []]
    names = [_clean(each.get("name")) for each in entry.get("authors") or [] if isinstance(each, Mapping)]
    # feedparser gives `published` for a missing `updated`, with a warning.
    modified = _time(entry.get("updated"), entry.get("updated_parsed")) if "updated" in entry else None
    stated = {
        "title": _clean(" ".join(each.text for each in fragment_paragraphs(title))) if title else None,
        "byline": tuple(dict.fromkeys(name for each in names for name in names_in(each))),
        "published": _time(entry.get("published"), entry.get("published_parsed")) or modified,
        "modified": modified,
        "outlet": _clean(feed.get("title")),
        "section": next((_clean(tag.get("term")) for tag in entry.get("tags") or []), None),
        "url": link,
        "language": language_code(_clean(entry.get("language")) or _clean(feed.get("language"))),
    }
    return Entry(link, stated, max(contents, key=len, default=None), _string(entry.get("summary")))


def _time(raw: Any, parsed: struct_time | None) -> str | None:
    return iso_time(_clean(raw)) or (strftime("%Y-%m-%dT%H:%M:%S+00:00", parsed) if parsed else None)


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _clean(value: Any) -> str | None:
    return one_line(value) or None if isinstance(value, str) else None


def read_feed(source: Input, settings: Reading) -> Iterator[Article | ArticleError | Input]:
    """The articles of a feed's entries: their full text where the feed has it, else by fetching the link, where `settings` allows it.

    An entry without either is an ArticleError, and the others go on.
    """
    feed = parse_feed(source)
    if not feed.entries:
        raise ArticleError(f"{source.shown}: is a feed without entries, look again later")
    for number, entry in enumerate(feed.entries, 1):
        for article in article_of_entry(entry, f"{source.shown}#{number}", settings):
            yield replace(article, notices=(*feed.notices, *article.notices)) if isinstance(article, Article) else article
    if feed.lost:
        lost = f"{feed.lost} of its {feed.lost + len(feed.entries)} entries cannot be read"
        yield ArticleError(f"{source.shown}: is damaged, {lost}, fetch it again")


def article_of_entry(entry: Entry, shown: str, settings: Reading) -> Iterator[Article | ArticleError | Input]:
    """The article of one entry, named by its link where it has one, else by `shown`; or the input behind its link."""
    whole, title = whole_text(entry), entry.stated["title"]
    try:
        if whole is not None:
            titled = title and title not in {each.text for each in whole[:2]}
            paragraphs = [Paragraph("headline", title), *whole] if titled else whole
            yield article_from_paragraphs(paragraphs, entry.link or shown, **entry.stated)
        elif entry.link is None:
            yield ArticleError(f"{shown}: has neither a text nor a link, it cannot be read")
        elif settings.fetcher is None or not settings.links:
            raise ArticleError(f"{entry.link}: the feed has only a summary of it, and its link is not fetched here")
        else:
            page = settings.fetcher.fetch(entry.link)
            yield replace(page, kind="html", finish=partial(_completed, entry=entry))
    except ArticleError as error:
        error.source = error.source or entry.link
        yield error


def _completed(article: Article | ArticleError, entry: Entry) -> Article | ArticleError:
    """The article of an entry’s link with what the page does not state, from the feed; an error with the link as its source."""
    if isinstance(article, ArticleError):
        article.source = article.source or entry.link
        return article
    page, stated = article.published, entry.stated["published"]
    finer = page is None or (stated is not None and len(page) == 10 and stated.startswith(page))  # the hour of the same day
    missing = {name: entry.stated[name] for name in ("title", "byline", "modified", "section") if not getattr(article, name)}
    outlet = outlet_name((article.outlet, entry.stated["outlet"]), article.url)
    return replace(article, published=stated if finer else page, outlet=outlet, **missing)


def whole_text(entry: Entry) -> list[Paragraph] | None:
    """The paragraphs of an entry that holds its whole text, None for one that holds only a summary."""
    for markup, least in ((entry.content, _WHOLE_CONTENT), (entry.summary, _WHOLE_SUMMARY)):
        paragraphs = fragment_paragraphs(unescaped_markup(markup)) if markup else []
        if paragraphs and _APPEARED_FIRST.match(paragraphs[-1].text):
            paragraphs = paragraphs[:-1]
        words = sum(len(each.text.split()) for each in paragraphs)
        if paragraphs and words >= least and not _CUT_SHORT.search(paragraphs[-1].text):
            return paragraphs
    return None


def feeds_of(data: bytes, shown: str) -> list[str]:
    """The addresses of the feeds that an OPML file, or a plain list with one a line (`#` begins a comment), names, each once.

    Raises ArticleError when there is none.
    """
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        from lxml import etree

        with damage(shown, "list of feeds", "export it again"):
            root = etree.fromstring(start, parser=etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
        found = [] if root is None else root.xpath("//@*[translate(name(), 'XMLUR', 'xmlur') = 'xmlurl']")
    else:
        found = re.sub(r"(?m)(?:^|\s)#.*", "", start.decode("utf-8", "replace")).splitlines()
    addresses = [address.strip() for address in found if _LINK.fullmatch(address.strip())]
    if not addresses:
        raise ArticleError(f"{shown}: names no feeds, give OPML or a list with one address a line")
    return list(dict.fromkeys(addresses))
