"""What a web page states about its article for machines: JSON-LD, `meta` elements, `time` elements, the language of the document."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quotes.readers.layout.bylines import is_outlet, names_in
from quotes.readers.layout.dates import iso_time
from quotes.readers.layout.headlines import own_title, title_parts
from quotes.readers.layout.language import language_code
from quotes.readers.layout.outlets import outlet_name
from quotes.readers.pages.blocks import one_line
from quotes.readers.pages.fragments import fragment_paragraphs
from quotes.readers.pages.page_parts import headings, letters

#: The types of articles, the surest first. A ClaimReview is about what somebody claimed, and its author checks facts for a living.
_ARTICLE_TYPES = (re.compile(r"(?:Article|Posting)$"), re.compile(r"(?:Report|(?<!Claim)(?<!Aggregate)Review|CreativeWork)$"))
_OUTLET_TYPES = frozenset(("NewsMediaOrganization", "WebSite"))
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:p|br|div|li|h\d|strong|em|a|span)\b", re.IGNORECASE)
_LIST_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"))
#: Deeper nesting than any site uses; JSON-LD from a stranger may nest without end.
_DEEPEST = 12
_LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What the page says of itself; None and empty where it does not.

    `titles` are what the page calls its article, the surest first. `body` is the whole text that JSON-LD gives for the article (its
    `articleBody`, or the updates of a live blog), paragraph by paragraph, empty where there is none. `free` is False where the page says
    that its text is for subscribers.
    """

    titles: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    outlet: str | None = None
    published: tuple[str, ...] = ()  # the surest first, as they are written
    modified: str | None = None
    section: str | None = None
    language: str | None = None
    url: str | None = None
    body: tuple[str, ...] = ()
    free: bool = True
    is_list: bool = False  # the page calls itself a collection, not an article
    is_article: bool = False  # it calls itself an article


def page_metadata(tree: Any, fetched: str | None = None) -> PageMetadata:
    """What `tree`, a parsed page (lxml), states. Never raises: what is malformed is passed over.

    `fetched` is the address that it was fetched from, for a page that does not state its own.
    """
    metas = _metas(tree)
    nodes = list(_nodes(tree))
    canonical = tree.xpath("//link[contains(concat(' ', normalize-space(@rel), ' '), ' canonical ')]/@href")
    url = next(filter(None, map(_address, [*canonical[:1], metas.get("og:url")])), None)
    article = _article_node(nodes, {letters(each.text_content()) for each in headings(tree)}, url)
    url = url or _address(_text(article.get("url"))) or fetched
    types = {each for node in nodes for each in _types(node)}
    outlet = outlet_name(_outlets(article, nodes, metas, tree), url, section=_text(article.get("articleSection")))
    modified = (iso_time(each) for each in (_text(article.get("dateModified")), metas.get("article:modified_time")) if each)
    return PageMetadata(
        titles=_titles(article, metas, tree, outlet),
        byline=_byline(article, metas),
        outlet=outlet,
        published=tuple(filter(None, _dates(article, metas, tree))),
        modified=next(filter(None, modified), None),
        section=_text(article.get("articleSection")) or metas.get("article:section"),
        language=language_code(_text(article.get("inLanguage")) or tree.get("lang") or metas.get("og:locale")),
        url=url,
        body=tuple(_body(article)),
        free=str(article.get("isAccessibleForFree", "true")).casefold() not in ("false", "no"),
        is_list=not article and bool(types & _LIST_TYPES),
        is_article=bool(article) or metas.get("og:type") == "article",
    )


def _titles(article: Mapping[str, Any], metas: Mapping[str, str], tree: Any, outlet: str | None) -> tuple[str, ...]:
    stated = (article.get("headline"), article.get("name"), metas.get("og:title"), metas.get("twitter:title"), _window_title(tree))
    titles = (own_title(" ".join(_TAG.sub("", words).split()), outlet) for each in stated if (words := _text(each)))
    return tuple(dict.fromkeys(each for each in titles if each))


def _dates(article: Mapping[str, Any], metas: Mapping[str, str], tree: Any) -> Iterator[str | None]:
    """The dates of publication that the head states, the surest first."""
    yield _text(article.get("datePublished"))
    yield from map(metas.get, ("article:published_time", "datepublished", "date.issued", "dc.date.issued", "parsely-pub-date"))
    yield from (each.get("datetime") or each.get("content") for each in tree.xpath("//*[@itemprop='datePublished']"))


def _outlets(article: Mapping[str, Any], nodes: list[dict[str, Any]], metas: Mapping[str, str], tree: Any) -> Iterator[str | None]:
    """What the page calls its outlet, the surest first."""
    publisher = article.get("publisher")
    if not (isinstance(publisher, dict) and "Person" in _types(publisher)):
        yield _name(publisher)
    yield from map(metas.get, ("og:site_name", "application-name"))
    yield from (_name(node) for node in nodes if _OUTLET_TYPES.intersection(_types(node)))
    title = _window_title(tree)[:_LONGEST_TITLE]
    before, colon, _ = title.partition(": ")
    parts = title_parts(title)
    yield from (part for part in (*reversed(parts[1:]), *parts[:1][: len(parts) - 1], *([before] if colon else ())) if is_outlet(part))


def _metas(tree: Any) -> dict[str, str]:
    """`property` or `name` of every `meta` element, in lower case, with the first value that says something."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().casefold()
        value = one_line(meta.get("content") or "")
        if key and value:
            found.setdefault(key, value)
    return found


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").partition(";")[0].strip().casefold() != "application/ld+json":
            continue
        source = (script.text_content() or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            value = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _within(value)


def _within(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _within(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _within(value.get(key), depth + 1)


def _types(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind]


def _article_node(nodes: list[dict[str, Any]], headings: set[str], canonical: str | None) -> dict[str, Any]:
    """The node of the page's own article: the one that a heading (its letters) or the address names, else the first of the surest type."""
    articles = [node for pattern in _ARTICLE_TYPES for node in nodes if any(map(pattern.search, _types(node)))]
    for node in articles:
        main = node.get("mainEntityOfPage")
        addresses = {_text(node.get("url")), _text(main.get("@id") if isinstance(main, dict) else main)}
        headline = _text(node.get("headline"))
        if (canonical and canonical in addresses) or (headline and letters(headline) in headings):
            return node
    return articles[0] if articles else {}


def _body(article: Mapping[str, Any]) -> Iterator[str]:
    """The paragraphs of the text that JSON-LD gives, which may be plain, escaped, or HTML; and those of the updates of a live blog."""
    updates = article.get("liveBlogUpdate")
    for update in updates if isinstance(updates, list) else []:
        if isinstance(update, dict):
            yield from filter(None, [_text(update.get("headline"))])
            yield from _body(update)
    body = article.get("articleBody")
    body = "\n\n".join(each for each in body if isinstance(each, str)) if isinstance(body, list) else body
    if not isinstance(body, str):
        return
    body = html.unescape(body) if "<" not in body and "&lt;" in body else body
    if _MARKUP.search(body):
        yield from (each.text for each in fragment_paragraphs(body))
    else:
        yield from filter(None, (one_line(html.unescape(line)) for line in body.splitlines()))


def _byline(article: Mapping[str, Any], metas: Mapping[str, str]) -> tuple[str, ...]:
    authors = article.get("author") or article.get("creator")
    authors = authors if isinstance(authors, list) else [authors]
    people = [each for each in authors if isinstance(each, dict) and "Person" in _types(each)]
    names: list[str] = []
    for each in people or authors:
        names.extend(names_in(_name(each)))
    for key in ("author", "article:author", "parsely-author", "byl", "dc.creator"):
        value = metas.get(key)
        if not names and value and _address(value) is None:  # often the address of a profile
            names.extend(names_in(value))
    return tuple(dict.fromkeys(name for name in names if letters(_name(article.get("publisher")) or "") != letters(name)))


def _name(value: Any) -> str | None:
    text = _text(value)
    return text if _address(text) is None else None


def _text(value: Any) -> str | None:
    """A stated value as one clean line: the first of a list; None where it is no text."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        value = value.get("name")
    if not isinstance(value, str):
        return None
    return one_line(html.unescape(value)) or None


def _address(value: str | None) -> str | None:
    """A value that is an address on the web; None for any other."""
    return value.strip() if value and re.match(r"\s*https?://", value, re.IGNORECASE) else None


def _window_title(tree: Any) -> str:
    return one_line(tree.findtext(".//head/title") or "")
