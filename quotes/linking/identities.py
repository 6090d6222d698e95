"""Ids of speakers and institutions, and the form in which two spellings of a name are equal.

An id is computed from the name alone, never from what the database holds, so that two machines arrive at the same ids and a second run
changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from quotes.records import content_id

_INITIALS = re.compile(r"\b(\w)\. (?=\w\.)")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff]")
_MARKS = dict.fromkeys(map(ord, "ʼ‘’´`"), "'") | dict.fromkeys(map(ord, "“”"), '"')
_ACRONYM = re.compile(r"(?:[A-Z]\.?[a-z0-9&/-]?)+(?:[A-Z][s.]?|\ds?)(?!\w)|\d(?:-?[A-Z])+(?!\w)")
_BRACKETED = re.compile(r"\s*[(\[]\s*(?P<acronym>[^\s()\[\]]{2,12})\s*[)\]]")


class InstitutionIdentity(NamedTuple):
    """The id and the name of an institution, with the acronym that the article gives for it, or None."""

    id: int
    name: str
    acronym: str | None


@lru_cache(maxsize=1 << 16)
def comparable(name: str, *, person: bool = False) -> str:
    """The form of a name in which two spellings of it are equal.

    Letter case, accents, dots, the shape of quotation marks and white space do not count; nor does a leading article or `&` for `and`,
    unless it is a `person` (An is a given name). Never empty unless `name` is.
    """
    plain = unicodedata.normalize("NFKC", _NO_WIDTH.sub("", name)).translate(_MARKS)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter)).casefold()
    plain = _INITIALS.sub(r"\1.", " ".join(plain.split()))
    if not person:
        plain = _ARTICLE.sub("", plain).replace("&", " and ")
    plain = " ".join(plain.replace(".", "").split()).strip(" ,;:'\"-")
    return plain or name


def named(name: str) -> bool:
    """Whether an organisation's words are a name: `the company` is none, `the World Bank` is."""
    return not _ARTICLE.sub("", name.strip()).islower()


def speaker_id(name: str, kind: str, article_id: int | None) -> int:
    """The id of a speaker; `article_id` is None for one who is the same in every article."""
    return content_id("speaker", kind, comparable(name, person=kind == "person"), "" if article_id is None else article_id)


def identify_institution(name: str, following: str = "") -> InstitutionIdentity:
    """The identity of an institution as printed; `following` is the text right after it, where an acronym may stand in brackets."""
    return InstitutionIdentity(institution_id(name), name, acronym_of(name, following))


def institution_id(name: str) -> int:
    """The id of an institution: the same name in the comparable form is the same institution everywhere."""
    return content_id("institution", comparable(name))


def acronym_of(name: str, following: str) -> str | None:
    """The acronym that stands in brackets right after `name`, if its capitals are initials of the name in their order."""
    found = _BRACKETED.match(following)
    if found is None:
        return None
    acronym = found["acronym"]
    if not _ACRONYM.match(acronym) or sum(map(str.isupper, acronym)) < 2 or sum(map(str.isalnum, acronym)) > 10:
        return None
    initials = iter([word[0].casefold() for word in re.findall(r"\w+", name)])
    capitals = [letter.casefold() for letter in acronym if letter.isupper()]
    return acronym if all(capital in initials for capital in capitals) else None


def preferred_name(one: str, other: str) -> str:
    """The better of two spellings of the same name to show: not in capitals, with its accents, without an article.

    A total order, so that the spelling shown does not depend on which article came first.
    """
    return one if one == other else max(one, other, key=_preference)


@lru_cache(maxsize=1 << 14)
def _preference(name: str) -> tuple[bool, int, int, str]:
    return not name.isupper(), sum(not letter.isascii() for letter in name), -len(name), name
