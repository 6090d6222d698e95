"""News as it is pasted from a site: the layout of a plain text, read from its printed lines.

The text stays as it is; what is found becomes the fields of the article and zones over the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from quotes.errors import ArticleError
from quotes.readers.inputs.encodings import refuse_blank
from quotes.readers.layout import boilerplate, bylines, dates, headlines
from quotes.readers.layout.lines import BLANK, Line, printed_lines
from quotes.readers.layout.outlets import outlet_name
from quotes.records import LONGEST_TEXT, Article, Zone, ZoneKind

#: How many lines a page's head may have before the story begins.
_LONGEST_HEAD = 14
_LONG_PARAGRAPH = 40  # words


def layout(text: str, *, title: str | None = None) -> Article:
    """The article that a text is, with what its layout tells.

    `title` is the headline where it is known from elsewhere (a record's field): then only a first line that says the same is one.
    Zones are in characters of `text`, in order, disjoint, and cover all that is not white space; a text without any layout is one
    zone `body`. Never raises.
    """
    reading = _Reading(text, title)
    reading.read_story(reading.read_head())
    found = reading.found.get
    zones: list[Zone] = []
    for zone in reading.zones:
        # Paragraphs of the story that follow one another are one zone, so that a quote may run through them.
        if zone.kind == "body" and zones and zones[-1].kind == "body":
            zone = Zone("body", zones.pop().start, zone.end)
        zones.append(zone)
    return Article(
        text=text,
        title=reading.title,
        byline=tuple(dict.fromkeys(reading.names)),
        dateline=found("place"),
        outlet=found("outlet") or found("agency"),
        published=found("published") or found("filed") or found("updated"),
        section=found("section"),
        boilerplate=tuple(text[z.start : z.end] for z in zones if z.kind in ("boilerplate", "section")),
        zones=tuple(zones),
    )


def article_from_text(text: str, *, path: str = "-", zones: Sequence[Zone] = (), **stated: Any) -> Article:
    """The article of a text; fields `stated` by a record or a page win over those read from the layout, and so do known `zones`.

    A date that cannot be one of publication, and an outlet that is none, are left out, and what the layout tells counts.
    Raises ArticleError for a text that is too long for one article, before anything looks at it.
    """
    refuse_too_long(text, path)
    title = stated.get("title")
    title = None if title is not None and headlines.is_menu_item(title) else title
    found = layout(text, title=title)
    fields = stated | {
        "title": title or found.title,
        "byline": stated.get("byline") or found.byline,
        "outlet": outlet_name((stated.get("outlet"), found.outlet), stated.get("url"), section=stated.get("section")),
        "published": dates.iso_time(stated.get("published")) or found.published,
        "modified": dates.iso_time(stated.get("modified")),
        "section": stated.get("section") or found.section,
    }
    return with_zones(replace(found, path=path, **fields), zones)


class Paragraph(NamedTuple):
    """A paragraph, and what part of the layout it is; None where that is not known, as of running text."""

    kind: ZoneKind | None
    text: str


def joined(paragraphs: Iterable[Paragraph]) -> tuple[str, list[Zone]]:
    """The text, an empty line between paragraphs, and the zones of those whose part in the layout is known."""
    texts: list[str] = []
    zones: list[Zone] = []
    at = 0
    for kind, text in paragraphs:
        texts.append(text)
        if kind is not None:
            zones.append(Zone(kind, at, at + len(text)))
        at += len(text) + 2
    return "\n\n".join(texts), zones


def article_from_paragraphs(paragraphs: Iterable[Paragraph], path: str, **stated: Any) -> Article:
    """The article of paragraphs whose parts are known, as `article_from_text` makes it. Raises ArticleError where they hold no text too."""
    text, zones = joined(paragraphs)
    refuse_blank(text, path)
    return article_from_text(text, path=path, zones=zones, **stated)


def with_zones(article: Article, known: Sequence[Zone]) -> Article:
    """The article with the zones `known` (in order, disjoint) in place of whatever stood there; what was cut in two stays as two."""
    if not known:
        return article
    zones = [*known]
    for zone in article.zones:
        start = zone.start
        for each in known:
            if each.end > start and each.start < zone.end:
                zones.extend(_trimmed(article.text, zone, start, each.start))
                start = each.end
        zones.extend(_trimmed(article.text, zone, start, zone.end))
    return replace(article, zones=tuple(sorted(zones, key=lambda zone: zone.start)))


def _trimmed(text: str, zone: Zone, start: int, end: int) -> list[Zone]:
    """The part of a zone between two places, without the white space at its edges; nothing where only that is left."""
    words = text[start:end].strip() if start < end else ""
    first = text.index(words, start)
    return [Zone(zone.kind, first, first + len(words))] if words else []


def refuse_too_long(text: str, path: str) -> None:
    """Raise ArticleError when the text is longer than any article."""
    if len(text) > LONGEST_TEXT:
        raise ArticleError(f"{path}: has {len(text):,} characters, more than {LONGEST_TEXT:,}, too long for one article, split it")


class _Reading:
    """One pass over the lines of a text, from the head of the page to its foot."""

    def __init__(self, text: str, known_title: str | None) -> None:
        self.text = text
        self.known_title = known_title
        self.lines = printed_lines(text)
        self.is_transcript = sum(headlines.is_label_line(line.text) for line in self.lines) > 1
        self.zones: list[Zone] = []
        self.title: str | None = None
        self.names: list[str] = []
        self.found: dict[str, str] = {}  # what the first line said that said anything of it

    # -- the head: everything above the first paragraph of the story --------------------------------------------------------

    def read_head(self) -> int:
        """Zone the lines above the story and return the index of its first line."""
        at = self._read_headline(self._read_kicker())
        while at < min(len(self.lines), _LONGEST_HEAD):
            line = self.lines[at]
            if not (self._read_boilerplate(line) or self._read_credit(at)):
                break
            at += 1
        return at

    def _read_kicker(self) -> int:
        """A section's name, a time or a share button above the headline."""
        at = 0
        while at < min(len(self.lines) - 1, 4):
            line = self.lines[at]
            if boilerplate.is_section_name(line.text) and len(self.lines) > 2 and len(line.text) < len(self.lines[at + 1].text):
                self._note(section=line.text)
                self._zone(line, "section")
            elif boilerplate.is_caption(line.text) or not self._read_boilerplate(line):
                break
            at += 1
        return at

    def _read_headline(self, at: int) -> int:
        first = at
        while at < len(self.lines) and (self._is_deck(at) if at > first else self._is_headline(at)):
            self._zone(self.lines[at], "headline")
            at += 1
        if at > first:
            self.title = self.lines[first].text.rstrip("; ")
        return at

    def _may_be_headline(self, at: int) -> bool:
        """Whether a line is short enough, and nothing else that stands in the head of a page."""
        line = self.lines[at].text
        other = self._is_head_line(at) or boilerplate.is_boilerplate(line) or boilerplate.is_caption(line)
        return len(line) <= headlines.LONGEST_HEADLINE and not other and bylines.find_dateline(line) is None

    def _is_headline(self, at: int) -> bool:
        line = self.lines[at]
        if self.known_title is not None:
            return _key(line.text) == _key(self.known_title)
        near = [each.text for each in self.lines[at + 1 : at + 7]]
        longer = [text for text in near if len(text.split()) >= 12] or [text for text in near if headlines.ends_sentence(text)]
        return self._may_be_headline(at) and headlines.is_headline(
            line.text, above_byline=self._byline_near(at + 1), alone=line.alone, below=longer[0] if longer else None
        )

    def _is_deck(self, at: int) -> bool:
        """A second, smaller headline: it goes on after a semicolon, or stands between the headline and the byline."""
        line, before = self.lines[at], self.lines[at - 1]
        if not self._may_be_headline(at) or bylines.is_name_line(line.text):
            return False
        if not line.alone and ((before.text.endswith(";") and len(self.lines) > at + 1) or (not before.alone and line.text[0].islower())):
            return True
        return self._byline_near(at + 1) and not boilerplate.has_quoted_sentence(line.text)

    def _byline_near(self, at: int) -> bool:
        """A byline, a time or a dateline comes within three lines, and no long paragraph before it."""
        for index in range(at, min(at + 3, len(self.lines))):
            line = self.lines[index]
            if self._is_head_line(index):
                return True
            if bylines.find_dateline(line.text) is not None:
                return index == at or not headlines.ends_sentence(self.lines[index - 1].text)
            if not boilerplate.is_caption(line.text) and len(line.text.split()) > _LONG_PARAGRAPH:
                return False
        return False

    def _is_head_line(self, at: int) -> bool:
        line = self.lines[at].text
        return bylines.parse_byline(line) is not None or dates.is_time_line(line)

    def _read_credit(self, at: int) -> bool:
        """A byline in any form; True when the line was one."""
        line = self.lines[at]
        byline = bylines.parse_byline(line.text)
        signed = bool(self.zones) and self.zones[-1].kind in ("byline", "timestamp")
        if byline is not None:
            self.names.extend(byline.names)
            self._note(place=byline.place, outlet=byline.outlet, published=byline.published)
        elif signed and self.names and (bylines.is_role_line(line.text) or bylines.is_outlet(line.text)):
            self._note(outlet=bylines.outlet_of_post(line.text))
        elif self._is_bare_name(at, signed):
            self.names.extend(bylines.names_in(line.text))
        else:
            return False
        self._zone(line, "byline", line.start + byline.time_at if byline and byline.time_at else None, "timestamp")
        return True

    def _is_bare_name(self, at: int, signed: bool) -> bool:
        """The writer's name without a `By`: only under a headline, and beside a time or a post."""
        line = self.lines[at]
        if self.names or self.title is None or not bylines.is_name_line(line.text):
            return False
        following = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
        return signed or dates.is_time_line(following) or bylines.is_role_line(following) or bylines.is_outlet(following)

    # -- the story ---------------------------------------------------------------------------------------------------------

    def read_story(self, first: int) -> None:
        in_links = False
        for at in range(first, len(self.lines)):
            line = self.lines[at]
            if at == first or (at <= first + 1 and "place" not in self.found):
                dateline = bylines.find_dateline(line.text, label_repeats=self.is_transcript)
                if dateline is not None:
                    self._note(place=dateline.place, agency=dateline.agency, filed=dateline.filed)
                    story = self.text[line.start + dateline.length : line.end].lstrip(BLANK)
                    self._zone(line, "dateline", line.end - len(story))
                    continue
            below = self.lines[at + 1] if at + 1 < len(self.lines) else None
            # A heading of links is one only where the story does not go on beneath it.
            starts = boilerplate.is_links_heading(line.text) and (
                below is None or self._is_link(below) or boilerplate.is_boilerplate(below.text)
            )
            in_links = starts or (in_links and self._is_link(line))
            if in_links:
                self._zone(line, "boilerplate")
            elif not self._read_boilerplate(line, in_story=at > first):
                self._zone(line, "subhead" if self._is_subhead(at, first) else "body")

    def _is_subhead(self, at: int, first: int) -> bool:
        """A short line between paragraphs; several in a row, or one after a colon, are a list, which belongs to the story."""
        line = self.lines[at]
        if at == first or not headlines.is_subhead(line.text):
            return False
        following = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if following is None or headlines.is_subhead(following.text) or len(following.text) <= len(line.text):
            return False
        before = self.lines[at - 1].text
        if before.endswith((":", ",", ";")) or headlines.is_subhead(before):
            return False
        return headlines.ends_sentence(before) or self.zones[-1].kind != "body"

    def _is_link(self, line: Line) -> bool:
        if len(line.text.split()) > 20 or boilerplate.has_quoted_sentence(line.text) or headlines.is_label_line(line.text):
            return False
        return not headlines.ends_sentence(line.text) or line.text[-1] == "?" or line.text[0] in "•●▪◦·*-"

    # -- lines that mean the same in the head, the story and the foot ---------------------------------------------------------

    def _read_boilerplate(self, line: Line, *, in_story: bool = False) -> bool:
        """Captions, times, section lines and boilerplate; True when the line was one of them."""
        section = boilerplate.section_of(line.text)
        if section is not None:
            self._note(section=section)
            self._zone(line, "section")
        elif boilerplate.is_caption(line.text):
            self._zone(line, "caption")
        elif boilerplate.is_boilerplate(line.text):
            self._zone(line, "boilerplate")
        elif dates.is_time_line(line.text):
            for time in dates.times_in(line.text):
                if time.updated:
                    self._note(updated=time.iso)
                elif time.labelled or not in_story:  # within the story or below it, it is that of publication only where it says so
                    self._note(published=time.iso)
            self._zone(line, "timestamp")
        else:
            return False
        return True

    def _zone(self, line: Line, kind: ZoneKind, rest_at: int | None = None, rest: ZoneKind = "body") -> None:
        """A zone over a line, or two where another kind begins at `rest_at`."""
        end = line.start + len(self.text[line.start : rest_at].rstrip(BLANK)) if rest_at else line.end
        if end > line.start:
            self.zones.append(Zone(kind, line.start, end))
        if rest_at:
            self.zones.append(Zone(rest, rest_at, line.end))

    def _note(self, **said: str | None) -> None:
        """Remember what a line says; what was said first counts."""
        self.found = {field: value for field, value in said.items() if value} | self.found


def _key(title: str) -> str:
    return re.sub(r"\W+", " ", title).strip().casefold()
