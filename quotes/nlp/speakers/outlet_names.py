"""Whether an organisation that speaks is a news outlet, which mostly carries what others said: by its name, or by the words beside it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from quotes import lexicons

_WORD = re.compile(r"\w[\w.’'&-]*|[,(]")
_SITES = (".com", ".org", ".net")
_SMALL = frozenset({"of", "for", "in", "on", ",", "("})
#: How far from a name the words are looked for that say what it is.
_REACH = 40


@lru_cache(maxsize=1 << 12)
def is_outlet(name: str) -> bool:
    """Whether a name is a news outlet's: "The Senn Courier", "Radio Velder", "Times of Ostrava"."""
    places = lexicons.outlets()
    forms = [word.rstrip(".’'-").casefold().replace("’", "'") for word in _WORD.findall(name)]
    forms = forms[1:] if forms[:1] == ["the"] else forms
    end = next((at for at, form in enumerate(forms) if at and form in _SMALL), len(forms))
    endings = {" ".join(forms[start:end]) for start in (end - 2, end - 1) if start >= 0}
    if endings & places["never"]:
        return False
    if " ".join(forms) in places["whole"] or any(form.endswith(_SITES) for form in forms):
        return True
    return len(forms) > 1 and bool(endings & places["last"] or places["any"].intersection(forms))


def calls_outlet(phrase: str) -> bool:
    """Whether a phrase calls somebody an outlet by a common noun: "the newspaper", "state broadcaster Velder 1"."""
    return _nouns().search(phrase) is not None


def introduced_as_outlet(text: str, start: int, end: int) -> bool:
    """Whether the words around a name say that it is an outlet: "the newspaper Ardent", "Ardent, a weekly magazine", "Ardent magazine"."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return _before().search(before) is not None or _after().match(after) is not None


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(lexicons.outlets()['beside'])})\b", re.IGNORECASE)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(lexicons.outlets()['beside'])})[ \n]$", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    nouns = lexicons.outlets()["beside"]
    direct = nouns - {"daily", "weekly", "outlet"}  # "met the firm daily"
    return re.compile(rf"\s(?:{_alternatives(direct)})\b|,\s(?:an?|the)\s(?:\w+\s){{0,2}}(?:{_alternatives(nouns)})\b", re.IGNORECASE)


def _alternatives(nouns: frozenset[str]) -> str:
    return "|".join(re.escape(noun) for noun in sorted(nouns, key=lambda noun: (-len(noun), noun)))
