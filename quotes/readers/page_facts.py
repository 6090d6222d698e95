"""What a web page states about its article for machines: JSON-LD, `meta` elements, `time` elements, the language of the document."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quotes.readers.columns import names_in
from quotes.readers.fragments import fragment_paragraphs
from quotes.readers.printed_time import iso_time

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|CreativeWork)$")
_MARKUP = re.compile(r"</?(?:p|br|div|li|h\d|strong|em|a|span)\b", re.IGNORECASE)
_LIST_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"))
#: Deeper nesting than any site uses; JSON-LD from a stranger may nest without end.
_DEEPEST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What the page says of itself; None and empty where it does not.

    `body` is the whole text that JSON-LD gives for the article (its `articleBody`, or the updates of a live blog), paragraph by paragraph,
    empty where there is none. `free` is False where the page says that its text is for subscribers.
    """

    title: str | None = None
    byline: tuple[str, ...] = ()
    outlet: str | None = None
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    language: str | None = None
    url: str | None = None
    body: tuple[str, ...] = ()
    free: bool = True
    is_list: bool = False  # the page calls itself a collection, not an article
    is_article: bool = False  # it calls itself an article


def page_facts(tree: Any) -> PageFacts:
    """The facts that `tree`, a parsed page (lxml), states. Never raises: what is malformed is passed over."""
    metas = _metas(tree)
    nodes = list(_nodes(tree))
    heading = _first_text(tree, "//h1")
    article = _article_node(nodes, heading, _link(tree, "canonical"))
    types = {each for node in nodes for each in _types(node)}
    return PageFacts(
        title=_text(article.get("headline")) or _text(article.get("name")) or metas.get("og:title"),
        byline=_byline(article, metas),
        outlet=_name(article.get("publisher")) or metas.get("og:site_name") or metas.get("application-name"),
        published=_time(article.get("datePublished"))
        or _time(metas.get("article:published_time"))
        or _time(metas.get("datepublished") or metas.get("date.issued") or metas.get("dc.date.issued") or metas.get("parsely-pub-date"))
        or _time(_attribute(tree, "//*[@itemprop='datePublished'][@datetime or @content]")),
        modified=_time(article.get("dateModified")) or _time(metas.get("article:modified_time")),
        section=_text(article.get("articleSection")) or metas.get("article:section"),
        language=_language(_text(article.get("inLanguage")) or _attribute(tree, "//html[@lang]") or metas.get("og:locale")),
        url=_link(tree, "canonical") or _address(metas.get("og:url")) or _address(_text(article.get("url"))),
        body=tuple(_body(article)),
        free=str(article.get("isAccessibleForFree", "true")).casefold() not in ("false", "no"),
        is_list=not article and bool(types & _LIST_TYPES),
        is_article=bool(article) or metas.get("og:type") == "article",
    )


def _metas(tree: Any) -> dict[str, str]:
    """`property` or `name` of every `meta` element, in lower case, with the first value that says something."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().casefold()
        value = " ".join((meta.get("content") or "").split())
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


def _article_node(nodes: list[dict[str, Any]], heading: str | None, canonical: str | None) -> dict[str, Any]:
    """The node of the page's own article: the one that the heading or the address names, else the first."""
    articles = [node for node in nodes if any(_ARTICLE_TYPE.search(kind) for kind in _types(node))]
    for node in articles:
        main = node.get("mainEntityOfPage")
        addresses = {_text(node.get("url")), _text(main.get("@id") if isinstance(main, dict) else main)}
        if (canonical and canonical in addresses) or (heading and _same(_text(node.get("headline")), heading)):
            return node
    return articles[0] if articles else {}


def _same(one: str | None, other: str) -> bool:
    return one is not None and re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


def _body(article: Mapping[str, Any]) -> Iterator[str]:
    updates = article.get("liveBlogUpdate")
    for update in updates if isinstance(updates, list) else []:
        if isinstance(update, dict):
            headline = _text(update.get("headline"))
            if headline:
                yield headline
            yield from _body(update)
    body = article.get("articleBody")
    if isinstance(body, list):
        body = "\n\n".join(each for each in body if isinstance(each, str))
    if isinstance(body, str):
        yield from paragraphs_of_markup(body)


def paragraphs_of_markup(text: str) -> list[str]:
    """The paragraphs of a stated text, which may be plain, escaped, or HTML."""
    if "<" not in text and "&lt;" in text:
        text = html.unescape(text)
    if _MARKUP.search(text):
        return [each.text for each in fragment_paragraphs(text)]
    lines = (" ".join(html.unescape(line).split()) for line in text.splitlines())
    return [line for line in lines if line]


def _byline(article: Mapping[str, Any], metas: Mapping[str, str]) -> tuple[str, ...]:
    authors = article.get("author") or article.get("creator")
    names: list[str] = []
    for each in authors if isinstance(authors, list) else [authors]:
        names.extend(names_in(_name(each)))
    for key in ("author", "article:author", "parsely-author", "byl", "dc.creator"):
        value = metas.get(key)
        if not names and value and _address(value) is None:  # often the address of a profile
            names.extend(names_in(value))
    return tuple(dict.fromkeys(name for name in names if not _same(_name(article.get("publisher")), name)))


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = next(iter(value), None)
    return _text(value.get("name")) if isinstance(value, dict) else _text(value) if _address(_text(value)) is None else None


def _text(value: Any) -> str | None:
    """A stated value as one clean line: the first of a list; None where it is no text."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id")
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(value).replace("\0", "").encode("utf-8", "replace").decode("utf-8").split()) or None


def _time(stated: Any) -> str | None:
    text = _text(stated)
    return iso_time(text) if text else None


def _language(stated: str | None) -> str | None:
    found = re.match(r"[A-Za-z]{2}(?=$|[-_])", stated or "")
    return found.group().casefold() if found else None


def _address(value: str | None) -> str | None:
    return value if value and re.match(r"https?://", value, re.IGNORECASE) else None


def _link(tree: Any, rel: str) -> str | None:
    for link in tree.iter("link"):
        if rel in (link.get("rel") or "").casefold().split():
            return _address((link.get("href") or "").strip())
    return None


def _first_text(tree: Any, path: str) -> str | None:
    found = tree.xpath(path)
    return " ".join(found[0].text_content().split()) or None if found else None


def _attribute(tree: Any, path: str) -> str | None:
    found = tree.xpath(path)
    return (found[0].get("datetime") or found[0].get("content") or found[0].get("lang")) if found else None
