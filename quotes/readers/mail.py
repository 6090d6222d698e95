"""E-mails, by the standard library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import getaddresses
from typing import Any, cast

from quotes.errors import ArticleError
from quotes.readers.input_kinds import kind_by_name
from quotes.readers.inputs.encodings import fix_mojibake
from quotes.readers.inputs.input import Input, bytes_input, damage
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.layout.bylines import names_person
from quotes.readers.layout.dates import iso_time
from quotes.readers.layout.plain_text import Paragraph, article_from_paragraphs
from quotes.readers.pages.markup import fragment_paragraphs
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
        published = iso_time(str(message.get("date") or ""))
        senders = (name for name, _ in getaddresses([str(message.get("from") or "")]))
        outlet = next((name for name in senders if name and not names_person(name)), None)
        attached = [
            bytes_input(cast(bytes, content), f"{shown}/{name}", name)
            for part in message.iter_attachments()
            if (name := part.get_filename()) and kind_by_name(name) and (content := part.get_payload(decode=True))
        ]
    if paragraphs:
        yield article_from_paragraphs(paragraphs, shown, title=subject, published=published, outlet=outlet)
    elif not attached:
        raise ArticleError(f"{shown}: is an e-mail without a text, save the article in it by itself")
    yield from attached


def _mail_paragraphs(message: EmailMessage) -> list[Paragraph]:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    parts = re.split(r"\n\s*\n", "" if plain is None else _decoded(plain).replace("\r\n", "\n"))
    of_plain = [Paragraph(None, part.strip("\n")) for part in parts if part.strip()]
    of_html = [] if html is None else fragment_paragraphs(_decoded(html))
    enough = sum(len(each.text.split()) for each in of_html) * _AS_MUCH
    return of_plain if of_plain and sum(len(each.text.split()) for each in of_plain) >= enough else of_html


def _decoded(part: Any) -> str:
    try:
        content = part.get_content()
    except (LookupError, UnicodeError, KeyError):  # an encoding that nobody knows
        content = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")
    return fix_mojibake(content).text if isinstance(content, str) else ""
