"""Near copies: the same wire report in several outlets, cut or touched up here and there.

Method: MinHash over shingles of five words (Broder 1997), with bands to find candidates; each candidate is then compared word for word.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from quotes.readers.fetch.addresses import host_of
from quotes.records import Article, content_id
from quotes.store.schema.statements import IN, Row, ids, listed, upsert
from quotes.store.schema.tables import ARTICLE_LINKS

#: Two articles are near copies when this share of the shorter one's shingles stands in the longer one.
LEAST_SHARED = 0.6
#: Texts with fewer shingles than this are alike by chance.
LEAST_SHINGLES = 40
SHINGLE = 5  # words
BANDS, ROWS = 16, 3

_WORD = re.compile(r"[^\W_]+")
_PRIME = (1 << 31) - 1


def _hash_function(number: int) -> tuple[int, int]:
    """Factor and summand of a hash function, from a digest, so that they are the same on every machine."""
    digest = hashlib.sha256(f"quotes copies {number}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % (_PRIME - 1) + 1, int.from_bytes(digest[8:16], "big") % _PRIME


_HASHES = [_hash_function(number) for number in range(BANDS * ROWS)]


@lru_cache(maxsize=64)
def shingles(text: str) -> frozenset[int]:
    """The shingles of five words of a text, each as a number below 2³¹−1, whatever its letter case and marks."""
    words = [word.casefold() for word in _WORD.findall(text)]
    joined = (" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))
    return frozenset(int.from_bytes(hashlib.blake2b(each.encode(), digest_size=8).digest(), "big") % _PRIME for each in joined)


def bands_of(found: frozenset[int]) -> list[int]:
    """Sixteen numbers of which two near copies share at least one: at half the shingles in common, with a probability of 0.88."""
    import numpy as np

    factors, summands = (np.array(each, np.uint64)[:, None] for each in zip(*_HASHES, strict=True))
    smallest = ((factors * np.fromiter(found, np.uint64) + summands) % np.uint64(_PRIME)).min(axis=1).tolist()
    return [content_id("band", band, *smallest[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


def sketch_of(text: str) -> list[int]:
    """The bands of a text; none where it is too short to be compared."""
    found = shingles(text)
    return bands_of(found) if len(found) >= LEAST_SHINGLES else []


def sketch_rows(article_id: int, bands: Sequence[int]) -> Iterator[Row]:
    """The rows of `article_sketches` of an article."""
    return ((content_id("sketch", article_id, band), article_id, band) for band in bands)


def link_copies(db: Database, article: Article) -> int:
    """Enter the sketch of a stored article, and link it to its near copies in other outlets; how many. Within the caller's transaction."""
    identifier, bands = article.id, sketch_of(article.text)
    candidates = ids(db, f"select article_id from article_sketches where band {IN} and article_id <> ?", listed(bands), identifier)
    db.conn.executemany("insert or ignore into article_sketches values (?, ?, ?)", sketch_rows(identifier, bands))
    return _link(db, identifier, sorted(candidates))


def link_all_copies(db: Database) -> None:
    """Link all articles whose sketches are there to their near copies."""
    pairs = db.execute(
        "select distinct one.article_id, other.article_id from article_sketches as one join article_sketches as other"
        " on other.band = one.band and other.article_id > one.article_id order by 1, 2"
    )
    for identifier, same in groupby(pairs, key=itemgetter(0)):
        _link(db, identifier, map(itemgetter(1), same))


def _link(db: Database, identifier: int, candidates: Iterable[int]) -> int:
    """Link a stored article to those candidates that are near copies of it in other outlets; how many."""
    article = "select text, outlet, url from articles where id = ?"
    own_text, *own_outlet = db.execute(article, [identifier]).fetchone()
    linked = 0
    for other in candidates:
        text, *outlet = db.execute(article, [other]).fetchone()
        if _same_outlet(own_outlet, outlet):
            continue
        ours, theirs = shingles(own_text), shingles(text)
        shared = len(ours & theirs) / max(1, min(len(ours), len(theirs)))
        if shared >= LEAST_SHARED:
            one, two = sorted((identifier, other))
            upsert(db, ARTICLE_LINKS, (content_id("link", one, two), one, two, round(shared, 3)))
            linked += 1
    return linked


def _same_outlet(one: Sequence[str | None], two: Sequence[str | None]) -> bool:
    """Whether both are known to be of one outlet: by the hosts of their addresses, else by its name."""
    hosts = host_of(one[1]), host_of(two[1])
    if all(hosts):
        return hosts[0] == hosts[1]
    return bool(one[0] and two[0] and one[0].casefold() == two[0].casefold())


def forget_copies(db: Database, article_id: int) -> None:
    """Remove the sketch and the links of an article. Within the caller's transaction."""
    db.execute("delete from article_sketches where article_id = ?", [article_id])
    db.execute("delete from article_links where article_id = ?1 or other_id = ?1", [article_id])
