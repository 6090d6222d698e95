"""E-mails, by the standard library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from typing import Any, cast

from quotes.errors import ArticleError
from quotes.readers.input_kinds import SUFFIXES
from quotes.readers.inputs.encodings import mended, refuse_blank
from quotes.readers.inputs.input import Input, damage, of_bytes
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.layout.bylines import names_person
from quotes.readers.layout.plain_text import article_from_text
from quotes.readers.layout.zones import laid_over
from quotes.readers.pages.fragments import Paragraph, fragment_paragraphs, laid_out
from quotes.records import Article

#: A plain part says as much as the HTML part where it has this share of its words.
_AS_MUCH = 0.5
_FORWARDED = re.compile(r"^(?:(?:fwd?|re|aw|wg)\s*:\s*)+", re.IGNORECASE)
#: As much of a header is read, in characters: the library's time grows with the square of their number.
_LONGEST_HEADER = 2000

#: Lines that may begin a part of an e-mail.
_MOST_PARTS = 5000


class _Bounded(EmailPolicy):
    """The library's usual policy, for headers that strangers wrote."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """A header, out of its beginning alone where it is very long."""
        return super().header_fetch_parse(name, value[:_LONGEST_HEADER] if isinstance(value, str) else value)


def read_email(source: Input, _: Reading) -> Iterator[Article | ArticleError | Input]:
    """The article in an e-mail: its plain part, or its HTML part where that says more; then those in its attachments.

    The subject is the headline, the date that of the e-mail, the outlet who sent it.
    """
    shown = source.shown
    data = source.whole()
    if data.count(b"\n--") > _MOST_PARTS:
        raise ArticleError(f"{shown}: has more than {_MOST_PARTS:,} parts, save the article in it by itself")
    with damage(shown, "e-mail"):
        message: EmailMessage = BytesParser(policy=cast(Any, _Bounded())).parsebytes(data)
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
    yield from attached


def _mail_paragraphs(message: EmailMessage) -> list[Paragraph]:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    of_plain = [] if plain is None else [Paragraph(None, part) for part in re.split(r"\n\s*\n", _plain(plain)) if part.strip()]
    of_html = [] if html is None else fragment_paragraphs(_decoded(html))
    words = {name: sum(len(each.text.split()) for each in parts) for name, parts in (("plain", of_plain), ("html", of_html))}
    if of_plain and words["plain"] >= words["html"] * _AS_MUCH:
        return [Paragraph(None, each.text.strip("\n")) for each in of_plain]
    return of_html


def _plain(part: Any) -> str:
    text = _decoded(part).replace("\r\n", "\n")
    return unflowed(text) if str(part.get_param("format", "")).casefold() == "flowed" else text


def unflowed(text: str) -> str:
    """The text of a flowed mail (RFC 3676): lines that end in a space go on in the next; a space before a line is no part of it.

    Of two spaces at a line's end (`DelSp=yes`) one is meant; some mailers name that and write one, which stands between words all the same.
    Marks of quotation (`>`) stay before paragraphs.
    """
    lines: list[list[str]] = []
    depth: int | None = None  # of the paragraph that goes on
    for raw in text.split("\n"):
        line = raw.lstrip(">")
        at = len(raw) - len(line)
        line = line.removeprefix(" ")
        flows = line.endswith(" ") and line != "-- "
        words = line[:-1] if line.endswith("  ") else line
        if depth == at:
            lines[-1].append(words)
        else:
            lines.append([f"{'>' * at} {words}" if at else words])
        depth = at if flows else None
    return "\n".join("".join(words) for words in lines)


def _decoded(part: Any) -> str:
    try:
        content = part.get_content()
    except (LookupError, UnicodeError, KeyError):  # an encoding that nobody knows
        content = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")
    return mended(content).text if isinstance(content, str) else ""


def _content(part: Any) -> Any:
    data = part.get_payload(decode=True)
    return data if data else None


def _suffix(name: str) -> str:
    return f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""
