"""The words that a person searches for, as the full-text index takes them."""

from __future__ import annotations

import re

_PHRASE = re.compile('"[^"]*"|[“”][^“”„]*”|„[^“”„]*[“”]|«[^«»]*»')
_MARKS = re.compile('["“”„«»]')

#: Terms of a search that count; what is beyond is left out.
MOST = 32


def terms_of(words: str) -> list[str]:
    """The words, and the phrases in double quotation marks, straight or curly, that `words` hold; signs alone are none, and a mark that
    is not closed begins no phrase."""
    found: list[str] = []
    end = 0
    plain = words.replace("\0", " ")
    for phrase in _PHRASE.finditer(plain):
        found += _MARKS.sub(" ", plain[end : phrase.start()]).split()
        found.append(" ".join(_MARKS.sub(" ", phrase[0]).split()))
        end = phrase.end()
    found += _MARKS.sub(" ", plain[end:]).split()
    return [each for each in found if any(map(str.isalnum, each))][:MOST]


def match_query(words: str) -> str:
    """`words` as a query in which nothing but their letters counts and all must be there; empty where there are none."""
    return " ".join(f'"{each}"' for each in terms_of(words))


def match_term(term: str) -> str:
    """One term as a query. “Okoro’s” is found where “Okoro” stands, too."""
    owner = re.fullmatch(r"(\S+)['’]s", term)
    return f'("{term}" OR "{owner[1]}")' if owner and any(map(str.isalnum, owner[1])) else f'"{term}"'
