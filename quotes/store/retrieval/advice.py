"""What to try where a search finds nothing: other spellings, fewer words, other limits.

A spelling is looked for among the words of the index, stems as they are there, that begin with one of the first two letters: what was
typed, with a letter wrong, missing, too many, or two exchanged (optimal string alignment, Damerau 1964).
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice, product
from typing import NamedTuple

from quotes.store.retrieval.quote_filters import Selection
from quotes.store.retrieval.searching import MOST, count, count_more

#: How many spellings are tried of a word, and how many questions are suggested.
SPELLINGS, SUGGESTED = 3, 3

#: Words of the index looked at for each letter.
_LOOKED_AT = 100_000

#: Letters that a stem may lack of its word (econom of economists).
_SUFFIX = 5

# They show what the index has, each word once and each place of it; nothing of them is written.
_TABLES = [
    f"create virtual table if not exists temp.{name} using fts5vocab('main', 'quotes_fts', '{kind}')"
    for name, kind in (("quotes_words", "row"), ("quotes_places", "instance"))
]


class Try(NamedTuple):
    """Words to search for, and how many quotes fit then, which stops at MOST."""

    words: str
    quotes: int


class Advice(NamedTuple):
    """Why nothing was found, and what to try.

    `alone` are the words that were searched for, each with the number of quotes that it finds by itself, all of them counted; `more` how
    many quotes fit with `all`, and `unlimited` how many without whatever else narrows the search. `spellings` and `fewer` are other words,
    spelled otherwise or some of them left out, with which something is found under the same limits. `outlets` are those with the most
    similar names, where there is none of the name asked for.
    """

    alone: tuple[Try, ...]
    more: int
    unlimited: int
    spellings: tuple[Try, ...]
    fewer: tuple[Try, ...]
    outlets: tuple[str, ...]


def advise(connection: sqlite3.Connection, selection: Selection) -> Advice:
    """What to try instead of a search that found nothing. Raises sqlite3.Error."""
    terms = selection.terms
    alone = tuple(Try(each, count(connection, Selection(words=_phrase(each), all="1"), MOST)) for each in terms)
    narrowed = not replace(selection, words="").empty
    spellings = _spellings(connection, selection, [each.words for each in alone if not each.quotes])
    fewer: tuple[Try, ...] = ()
    if len(terms) > 1 and not spellings:
        missing = {nth for nth, each in enumerate(alone) if not each.quotes}
        left_out = [missing] if 0 < len(missing) < len(terms) else [{nth} for nth in range(len(terms))]
        fewer = _tried(connection, selection, [_together(terms, out) for out in left_out[:8]])
    unlimited = count(connection, Selection(words=selection.words, all="1"), MOST) if narrowed and terms else 0
    return Advice(alone, count_more(connection, selection, MOST), unlimited, spellings, fewer, _outlets(connection, selection.outlet))


def _outlets(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    if not name or connection.execute("select 1 from articles where outlet = ? limit 1", [name]).fetchone():
        return ()
    from rapidfuzz.process import extract
    from rapidfuzz.utils import default_process

    every = [row[0] for row in connection.execute("select distinct outlet from articles where outlet is not null limit 2000")]
    return tuple(each for each, _, _ in extract(name, every, processor=default_process, score_cutoff=50, limit=5))


def _phrase(term: str) -> str:
    return f'"{term}"' if " " in term else term


def _together(terms: Sequence[str], without: Collection[int] = ()) -> str:
    return " ".join(_phrase(each) for nth, each in enumerate(terms) if nth not in without)


def _tried(connection: sqlite3.Connection, selection: Selection, every: Sequence[str]) -> tuple[Try, ...]:
    """The queries that find something under the same limits, those that find most first."""
    tried = [Try(words, count(connection, replace(selection, words=words), MOST)) for words in dict.fromkeys(every)]
    return tuple(sorted((each for each in tried if each.quotes), key=lambda each: -each.quotes)[:SUGGESTED])


def _spellings(connection: sqlite3.Connection, selection: Selection, unknown: Sequence[str]) -> tuple[Try, ...]:
    """The words, with those that nothing is found by spelled as the index has them."""
    if not unknown:
        return ()
    try:
        for sql in _TABLES:
            connection.execute(sql)
    except sqlite3.OperationalError:
        return ()  # a connection that may not even make this
    known = {word: _like(connection, word) or [word] for word in {word for term in unknown for word in term.split()}}
    choices = []
    for term in selection.terms:
        if term not in unknown:
            choices.append([_phrase(term)])
        elif " " in term:  # where words do not stand together, they may stand apart
            choices.append([*(_phrase(" ".join(words)) for words in product(*(known[word] for word in term.split()))), term])
        else:  # what cannot be spelled otherwise is left out
            choices.append(["" if each == term else each for each in known[term]])
    respelled = (" ".join(filter(None, words)) for words in product(*choices) if any(words))
    return _tried(connection, selection, [each for each in islice(respelled, 12) if each != _together(selection.terms)])


def _like(connection: sqlite3.Connection, word: str) -> list[str]:
    """Words of the index that are spelled nearly so, the likest first, as somebody printed them.

    The index has stems (univers), so that the beginning of the word is held against them, and then the word against what is printed.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    plain = _plain(word)
    # How many letters of it may be wrong.
    errors = 0 if len(plain) < 4 else 1 if len(plain) < 6 else 2 if len(plain) < 11 else 3
    if not errors:
        return []
    by_length: dict[int, dict[str, int]] = defaultdict(dict)
    for letter in dict.fromkeys(plain[:2]):
        sql = "select term, doc from temp.quotes_words where term >= ? and term < ? limit ?"
        for stem, quotes in connection.execute(sql, [letter, chr(ord(letter) + 1), _LOOKED_AT]):
            by_length[len(stem)][stem] = quotes
    near: dict[str, tuple[int, int]] = {}
    for length in range(max(3, len(plain) - _SUFFIX), len(plain) + errors + 1):
        for beginning in {plain[: length + more] for more in (-1, 0, 1)}:
            for stem, distance, _ in extract(beginning, list(by_length[length]), scorer=OSA.distance, score_cutoff=errors, limit=20):
                near[stem] = min(near.get(stem, (distance, 0)), (distance, -by_length[length][stem]))
    best: dict[str, tuple[int, int]] = {}
    for stem in sorted(near, key=lambda each: near[each])[:20]:
        for printed in _printed(connection, stem):
            if 0 < (distance := OSA.distance(plain, _plain(printed))) <= errors:
                best[printed] = (distance, near[stem][1])
    return sorted(best, key=lambda each: best[each])[:SPELLINGS]


def _plain(word: str) -> str:
    """A word as the index compares it: small letters without accents, and nothing else."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", word.casefold())))


def _printed(connection: sqlite3.Connection, stem: str) -> set[str]:
    """Some words of which the index has the stem, as they are printed, in small letters."""
    words = set()
    places = connection.execute("select doc, col, offset from temp.quotes_places where term = ? limit 20", [stem]).fetchall()
    for doc, column, nth in places:
        (text,) = connection.execute(f'select "{column}" from quotes where id = ?', [doc]).fetchone()
        found = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", str(text)))
        words |= {found[nth].lower()} if nth < len(found) else set()
    return words
