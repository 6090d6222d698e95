"""Whether words can be a name, a title or an institution at all: the one gate through which they leave the resolver.

What cannot be one (a clause, an adjective alone, a photo credit, a cut-off word) is refused with a reason, and its field stays empty. The
tests look at the form of the words and at their parts of speech, not at which words they are.
"""

from __future__ import annotations

import re
from typing import Literal

from quotes import lexicons
from quotes.components.parse import FINITE_TAGS, NOUN_TAGS, Parse
from quotes.records import Span

Field = Literal["person", "organisation", "description", "title", "institution"]

#: The most words of each; the longest of people's are half as long.
_LONGEST = {"person": 8, "organisation": 16, "description": 40, "title": 16, "institution": 16}
_CREDIT = re.compile(
    r"^(?:image|photo|picture|video|graphic|file|handout)s?\b\W*(?:caption|credit|copyright|source|courtesy|by)\b"
    r"|\bgetty images\b|^copyright\b|(?<!\w)©|/\s*(?:ap|afp|epa|getty|reuters)\b",
    re.IGNORECASE,
)
#: "Q 14" and bare numbers, but not "NY1".
_NUMBERED = re.compile(r"(?:[A-Za-z]{1,2}\W+)?\d[\d\W]*")
_CUT = re.compile(r"^[\W_]*[-–—/&,;:)\]]|[-–—/&,;:(\[]$")
#: Comparatives look like people who do something ("earlier").
_COMPARED = frozenset({"JJR", "RBR"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})


def why_implausible(parse: Parse, span: Span, field: Field) -> str | None:
    """Why the words at `span` (characters of the text) cannot be what `field` says; None where they can.

    `description` is the name of somebody without one ("two officials close to the talks").
    """
    text = parse.text[span.start : span.end].strip()
    tokens = range(parse.token_at(span.start), parse.token_at(max(span.end - 1, span.start)) + 1)
    if not any(map(str.isalnum, text)) or (field != "description" and (sum(map(str.isalpha, text)) < 2 or _NUMBERED.fullmatch(text))):
        return "no word in it"
    if _CREDIT.search(text):
        return "a caption or a credit"
    if "\n\n" in text or len(text.split()) > _LONGEST[field]:
        return "too long"
    if field == "description":
        return None
    if _CUT.search(text):
        return "cut off"
    if field == "person" and not any(map(str.isupper, text)) and any(map(str.islower, text)):
        return "no capital letter"
    lower = [token for token in tokens if parse.words[token][:1].islower()]
    if any(parse.tag[token] in FINITE_TAGS | _RELATIVE for token in lower):
        return "a clause"
    nouns = any(
        parse.tag[token] in NOUN_TAGS or (parse.tag[token] not in _COMPARED and lexicons.is_role(parse.lower[token])) for token in tokens
    )
    if field != "person" and not nouns and (field == "title" or not any(parse.words[token].isupper() for token in tokens)):
        return "no noun in it"
    return None
