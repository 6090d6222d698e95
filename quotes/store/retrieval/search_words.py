"""The words of a search as queries of the full-text index: what a reader types, and who is known by it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PHRASE = re.compile('"[^"]*"|[“”][^“”„]*”|„[^“”„]*[“”]|«[^«»]*»')
_MARKS = re.compile('["“”„«»]')

#: Terms of a search that count; what is beyond is left out.
MOST_TERMS = 32

#: Names looked at for each word, the index giving them in no order, and of whose owners the most quoted count.
_LOOKED_AT, _MOST_QUOTED = 400, 20

#: Words for which other names of speakers and institutions are looked up.
_NAMING = 8

_ALIASES = {
    "speaker_id": ("aliases_fts", "aliases", "speakers", "speaker_id"),
    "institution_id": ("institution_aliases_fts", "institution_aliases", "institutions", "institution_id"),
}


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
    return [each for each in found if any(map(str.isalnum, each))][:MOST_TERMS]


def match_query(words: str) -> str:
    """`words` as a query in which nothing but their letters counts and all must be there; empty where there are none."""
    return " ".join(f'"{each}"' for each in terms_of(words))


def match_term(term: str) -> str:
    """One term as a query. “Okoro’s” is found where “Okoro” stands, too."""
    owner = re.fullmatch(r"(\S+)['’]s", term)
    return f'("{term}" OR "{owner[1]}")' if owner and any(map(str.isalnum, owner[1])) else f'"{term}"'


def known_term(nth: int, count: int) -> str:
    """The query for one word, in SQL: the word itself, or whoever is known by it, alone or with the word before or after it."""
    word = f":term{nth}"
    if nth >= _NAMING:
        return word
    known = [word]
    known += [f":term{nth - 1} || ' AND ' || {word}"] if nth else []
    known += [f"{word} || ' AND ' || :term{nth + 1}"] if nth + 1 < count else []
    return f"'(' || {word} || {' || '.join(_known_by(column, known) for column in _ALIASES)} || ')'"


def _known_by(column: str, queries: Sequence[str]) -> str:
    """What to add to the query of the index for those with a name that one of the queries finds, in SQL."""
    index, names, owners, key = _ALIASES[column]
    some = " union ".join(
        f"select id from (select distinct {owners}.id, {owners}.all_quotes from (select rowid as known from {index} where {index} match"
        f" {query} limit {_LOOKED_AT}) cross join {names} on {names}.id = known cross join {owners} on {owners}.id = {names}.{key}"
        f" order by {owners}.all_quotes desc limit {_MOST_QUOTED})"
        for query in queries
    )
    return f"coalesce((select ' OR {column} : (' || group_concat(id, ' OR ') || ')' from ({some})), '')"
