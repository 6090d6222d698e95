"""What a web page states about its article, for machines (JSON-LD, `meta` elements, the language of the document) and for readers: the day
and the writers under its headline.

Programs write the head of a page, and some write nonsense there; what stands under the headline is what an editor sees.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any

from quotes.readers.layout.bylines import is_outlet, names_in, parse_byline
from quotes.readers.layout.dates import LONGEST_LINE, is_time_line, iso_time, stated_time, times_in
from quotes.readers.layout.headlines import own_title, title_parts
from quotes.readers.layout.language import language_code
from quotes.readers.layout.outlets import outlet_name
from quotes.readers.pages.blocks import Block, headings, letters, one_line, stands_in
from quotes.readers.pages.markup import fragment_paragraphs

#: The types of articles, the surest first. A ClaimReview is about what somebody claimed, and its author checks facts for a living.
_ARTICLE_TYPES = (re.compile(r"(?:Article|Posting)$"), re.compile(r"(?:Report|(?<!Claim)(?<!Aggregate)Review|CreativeWork)$"))
_OUTLET_TYPES = frozenset(("NewsMediaOrganization", "WebSite"))
_LIST_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"))
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:p|br|div|li|h\d|strong|em|a|span)\b", re.IGNORECASE)
#: Deeper nesting than any site uses; JSON-LD from a stranger may nest without end.
_DEEPEST = 12
_LONGEST_TITLE = 500

_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0?[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_UPDATED = re.compile(r"updat|modif|revis|edited", re.IGNORECASE)
_PUBLISHED = re.compile(r"publish|posted|pubdate|created|issued", re.IGNORECASE)
_SIGNED = re.compile(r"(?:written |posted |story |words )?by\b", re.IGNORECASE)
#: A paragraph of the story has more words than any line under a headline.
_LONG_PARAGRAPH = 25
#: A link with so many words leads to another story; a line with no more than two may say what the time below it is.
_A_HEADLINE, _A_LABEL = 4, 2
#: Lines looked at below a headline.
_MOST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What the page says of itself; None and empty where it does not.

    `titles` are what the page calls its article, and `published` its dates as they are written, the surest first. `body` is the whole text
    that JSON-LD gives for the article (its `articleBody`, or the updates of a live blog), paragraph by paragraph. `free` is False where the
    page says that its text is for subscribers, `is_list` where it calls itself a collection, `is_article` where an article.
    """

    titles: tuple[str, ...]
    byline: tuple[str, ...]
    outlet: str | None
    published: tuple[str, ...]
    modified: str | None
    section: str | None
    language: str | None
    url: str | None
    body: tuple[str, ...]
    free: bool
    is_list: bool
    is_article: bool


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
    section = _text(article.get("articleSection"))
    window_title = one_line(tree.findtext(".//head/title") or "")
    outlet = outlet_name(_outlets(article, nodes, metas, window_title), url, section=section)
    titles = (article.get("headline"), article.get("name"), metas.get("og:title"), metas.get("twitter:title"), window_title)
    own = (own_title(" ".join(_TAG.sub("", words).split()), outlet) for each in titles if (words := _text(each)))
    return PageMetadata(
        titles=tuple(dict.fromkeys(filter(None, own))),
        byline=_byline(article, metas),
        outlet=outlet,
        published=tuple(filter(None, _dates(article, metas, tree))),
        modified=iso_time(_text(article.get("dateModified"))) or iso_time(metas.get("article:modified_time")),
        section=section or metas.get("article:section"),
        language=language_code(_text(article.get("inLanguage")) or tree.get("lang") or metas.get("og:locale")),
        url=url,
        body=tuple(_body(article)),
        free=str(article.get("isAccessibleForFree", "true")).casefold() not in ("false", "no"),
        is_list=not article and any(_LIST_TYPES.intersection(_types(node)) for node in nodes),
        is_article=bool(article) or metas.get("og:type") == "article",
    )


def _dates(article: Mapping[str, Any], metas: Mapping[str, str], tree: Any) -> Iterator[str | None]:
    """The dates of publication that the head states, the surest first."""
    yield _text(article.get("datePublished"))
    yield from map(metas.get, ("article:published_time", "datepublished", "date.issued", "dc.date.issued", "parsely-pub-date"))
    yield from (each.get("datetime") or each.get("content") for each in tree.xpath("//*[@itemprop='datePublished']"))


def _outlets(article: Mapping[str, Any], nodes: list[dict[str, Any]], metas: Mapping[str, str], title: str) -> Iterator[str | None]:
    """What the page calls its outlet, the surest first; `title` is that of its window."""
    publisher = article.get("publisher")
    if not (isinstance(publisher, dict) and "Person" in _types(publisher)):
        yield _name(publisher)
    yield from map(metas.get, ("og:site_name", "application-name"))
    yield from (_name(node) for node in nodes if _OUTLET_TYPES.intersection(_types(node)))
    before, colon, _ = title[:_LONGEST_TITLE].partition(": ")
    parts = title_parts(title[:_LONGEST_TITLE])
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
        if (script.get("type") or "").partition(";")[0].strip().casefold() == "application/ld+json":
            source = (script.text_content() or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
            try:
                yield from _within(json.loads(source, strict=False))
            except (ValueError, RecursionError):
                continue


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
    names = [name for each in people or authors for name in names_in(_name(each))]
    for key in ("author", "article:author", "parsely-author", "byl", "dc.creator"):
        names = names or list(names_in(_name(metas.get(key))))
    return tuple(dict.fromkeys(name for name in names if letters(_name(article.get("publisher")) or "") != letters(name)))


def _name(value: Any) -> str | None:
    """A stated name, which is no address (often that of a profile)."""
    text = _text(value)
    return text if _address(text) is None else None


def _text(value: Any) -> str | None:
    """A stated value as one clean line: the first of a list; None where it is no text."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        value = value.get("name")
    return one_line(html.unescape(value)) or None if isinstance(value, str) else None


def _address(value: str | None) -> str | None:
    """A value that is an address on the web; None for any other."""
    return value.strip() if value and re.match(r"\s*https?://", value, re.IGNORECASE) else None


# -- what stands under the headline ----------------------------------------------------------------------------------------------------


def header_blocks(blocks: Sequence[Block]) -> list[Block]:
    """The lines between the headline and the first long paragraph below it, and behind these the lines above the headline."""
    title = next((at for at, each in enumerate(blocks) if each.kind == "headline"), None)
    if title is None:
        return []
    following = blocks[title + 1 : title + 1 + _MOST]
    below = takewhile(lambda each: len(each.text.split()) <= _LONG_PARAGRAPH or each.kind is not None, following)
    header = next(blocks[title].element.iterancestors("header", "article"), None)
    above = blocks[max(0, title - 5) : title] if header is not None else []
    return [*below, *(each for each in above if stands_in(each.element, header))]


def shown_writers(header: Sequence[Block]) -> tuple[str, ...]:
    """The writers whom a line such as `By Ann Lee` under the headline names."""
    bylines = (parse_byline(each.text) for each in header if _SIGNED.match(each.text))
    return next((each.names for each in bylines if each is not None and each.names), ())


def shown_date(header: Sequence[Block]) -> tuple[str, bool] | None:
    """The date of publication that the lines around the headline show, and whether it is labelled as that; None where they show none."""
    found: list[tuple[str | None, str]] = []
    for above, block in zip((None, *header), header, strict=False):
        if block.linked >= _A_HEADLINE:  # a link to another story
            continue
        label = above.text if above is not None and len(above.text.split()) <= _A_LABEL else ""
        times = [(time, words) for time in block.element.iter("time") if (words := one_line(time.text_content())) and words in block.text]
        for time, printed in times:
            iso = stated_time(time.get("datetime") or printed[:LONGEST_LINE], machine=True).iso
            names = (time.get("class"), time.get("itemprop"), time.getparent().get("class"), *time.keys())
            found.append((iso, " ".join(filter(None, [label, block.text.partition(printed)[0][-60:], *names, printed[:60]]))))
        if not times and is_time_line(block.text):
            found.extend((time.iso, f"{label} {block.text[:60]} {block.element.get('class') or ''}") for time in times_in(block.text)[:1])
    dates = [(iso, _PUBLISHED.search(words) is not None) for iso, words in found if iso and not _UPDATED.search(words)]
    return max(dates, key=lambda each: each[1], default=None)


def published_on(
    stated: Sequence[str], shown: tuple[str, bool] | None, url: str | None, modified: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """The date of publication, and notices of the dates that were left out.

    `stated` are the dates in the head of the page, of which the first counts that can be one, `shown` is that of
    `shown_date`, which counts where the two are more than a day apart, unless the address agrees with the head, or what is shown is the day
    of the last change.
    """
    times = [(each, *stated_time(each, machine=True)) for each in stated]
    refused = [(each, why) for each, _, why in times if why and why != "is not understood"]
    notices = tuple(dict.fromkeys(f"the date “{each[:40]}” {why} and was left out" for each, why in refused))
    head = next((iso for _, iso, _ in times if iso), None)
    if head is None or shown is None:
        return head or (shown[0] if shown else None), notices
    day, labelled = shown
    if _near(head, day):
        return max(head, day, key=len), notices
    address = _IN_ADDRESS.search(url or "")
    in_address = f"{address[1]}-{int(address[2]):02}-{address[3]}" if address else None
    if _near(head, in_address) or (_near(day, modified) and day > head and not labelled):
        return head, notices
    return day, (*notices, f"states the date {head[:10]} and shows {day[:10]}, which was taken")


def _near(one: str, other: str | None) -> bool:
    """Whether two days are the same, or next to each other: a day more or less is another time zone."""
    try:
        return other is not None and abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days) <= 1
    except ValueError:
        return False
