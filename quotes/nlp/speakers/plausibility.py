"""Whether words can be a name, a title or an institution at all: the one gate through which they leave the resolver.

What cannot be one (a clause, an adjective alone, a photo credit, a cut-off word) is refused with a reason, and its field stays empty. The
tests look at the form of the words and at their parts of speech, not at which words they are.
"""

from __future__ import annotations

import re
from typing import Literal

from quotes import lexicons
from quotes.nlp.names.name_parts import PARTICLES
from quotes.nlp.parsing.parse import FINITE_TAGS, NOUN_TAGS, VERB_TAGS, Parse
from quotes.nlp.titles.roles import role_class
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
#: What no title and no institution ends with, and what stands behind a participle that is an adjective.
_GOES_ON = frozenset({"of", "for", "and", "or", "at", "the", "a", "an", "to", "in", "with"})
_NOMINAL = NOUN_TAGS | {"JJ", "JJR", "JJS", "VBG", "VBN", "HYPH", "CD", "POS"}
#: What somebody of a party is called.
_PARTIES = frozenset({"gop", "republican", "democrat", "tory"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_ADDRESSES = frozenset({"rep", "sen", "gov", "mr", "mrs", "ms"})


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
    behind = parse.text[span.end : span.end + 2] if field == "institution" else ""
    if _CUT.search(text) or (behind[:1] == "-" and behind[1:].isupper()):  # "Orme | -Tarn"
        return "cut off"
    if field == "person" and not any(map(str.isupper, text)) and any(map(str.islower, text)):
        return "no capital letter"
    lower = [token for token in tokens if parse.words[token][:1].islower() and parse.lower[token] not in PARTICLES]
    if any(parse.tag[token] in FINITE_TAGS | _RELATIVE for token in lower):
        return "a clause"
    nouns = any(
        parse.tag[token] in NOUN_TAGS or (parse.tag[token] not in _COMPARED and lexicons.is_role(parse.lower[token])) for token in tokens
    )
    if field != "person" and not nouns and (field == "title" or not any(parse.words[token].isupper() for token in tokens)):
        return "no noun in it"
    return _no_title(parse, tokens) if field == "title" else _no_institution(parse, tokens) if field == "institution" else None


def _no_title(parse: Parse, tokens: range) -> str | None:
    """Why words with a noun among them are no title: "becoming the chairman", "same wording"."""
    first = tokens[0]
    if parse.tag[first] == "CC":
        return "begins with a conjunction"
    participle = parse.tag[first] in {"VBG", "VBN"} and len(tokens) > 1 and parse.tag[first + 1] in _NOMINAL  # "retired surgeon"
    if parse.tag[first] in VERB_TAGS and parse.words[first].islower() and not participle and not lexicons.is_role(parse.lower[first]):
        return "a verb phrase"
    if parse.lower[tokens[-1]] in _GOES_ON or parse.tag[tokens[-1]] == "POS":
        return "cut off"
    if len(tokens) == 1 and parse.lower[first] in role_class("stance"):
        return "no post"
    known = lexicons.words("plural_people.txt") | lexicons.titled_honorifics()
    words = (parse.lower[token] for token in tokens)
    return None if any(lexicons.is_role(word) or lexicons.is_listed_role(word) or word in known for word in words) else "no role in it"


def _no_institution(parse: Parse, tokens: range) -> str | None:
    """Why words with a noun among them are no institution: "top Harbour Party", "Presumptive Republican", "President Ida Roke"."""
    first, last = tokens[0], tokens[-1]
    member = len(tokens) == 2 and parse.lower[last] in _PARTIES
    plain = parse.tag[first] not in {"NNP", "NNPS"} or member  # not "New York Times"
    if plain and (parse.lower[first] in lexicons.words("general_adjectives.txt") or parse.tag[first] in {"CD", "JJS"}):
        return "begins with an adjective"
    if parse.lower[last] in _PARTIES - {"gop"} or parse.lower[last].rstrip(".") in _ADDRESSES:
        return "a person"
    if len(tokens) == 1 and lexicons.is_listed_role(parse.lower[first]):
        return "a role"
    if len(tokens) == 1 and parse.words[first].islower() and parse.tag[first] in {"NN", "NNS"}:
        return "no name"
    if parse.lower[last] in _GOES_ON:
        return "cut off"
    organisation_words = lexicons.words("organisation_words.txt")
    if parse.tag[last] in {"JJ", "JJR", "JJS", "RB"} and not parse.words[last].isupper() and parse.lower[last] not in organisation_words:
        return "an adjective"
    named = any(parse.lower[token] in organisation_words for token in tokens[1:])
    titled = len(tokens) > 2 and lexicons.is_listed_role(parse.lower[last - 2]) and all(map(str.istitle, parse.words[last - 2 : last + 1]))
    return "a person with a title" if titled and not named else None
