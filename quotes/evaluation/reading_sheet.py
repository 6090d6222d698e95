"""What a database shows most, and some of its quotes at random, for a person to judge: the sheet of `quotes evaluate --plausible`."""

from __future__ import annotations

import random
from collections.abc import Iterator

from quotes.publish.pages.profiles import with_affiliation
from quotes.publish.results import shown
from quotes.store import Store

#: How many speakers are listed, how many institutions, titles and topics each, and how many quotes are drawn.
SPEAKERS, OTHERS, DRAWN = 60, 40, 100

_SPEAKERS = "select id, name, quotes from speakers where kind in ('person', 'organisation') and quotes > 0 order by quotes desc, id limit ?"
_COUNTED = {
    "institutions": "select quotes, name from institutions where quotes > 0 order by quotes desc, id limit ?",
    "titles": "select count(*), title from quotes join speakers on speakers.id = speaker_id where title is not null and in_default_view"
    " and lower(title) <> lower(name) group by lower(title) order by 1 desc, 2 limit ?",
    "topics": "select quotes, phrase from topics where quotes > 0 order by quotes desc, id limit ?",
}
_PATH = "select path from articles where id = ?"


def sheet(store: Store, seed: int = 0) -> Iterator[str]:
    """Lines of Markdown about the default view: the most quoted speakers, each with the title and the institution that the site shows, the
    most frequent institutions, titles and topics, and quotes drawn at random with `seed`, in their sentences as the site shows them. Raises
    StoreError."""
    rows = [{"id": identifier, "name": name, "quotes": quotes} for identifier, name, quotes in store.rows(_SPEAKERS, SPEAKERS)]
    yield from (f"## The {len(rows)} most quoted speakers", "")
    for each in with_affiliation(store.db.conn, rows):
        yield f"- {each['quotes']} {_who(each['name'], each['former'], each['title'], each['institution'])}"
    for what, sql in _COUNTED.items():
        counted = store.rows(sql, OTHERS)
        yield from ("", f"## The {len(counted)} most frequent {what}", "", *(f"- {count} {words}" for count, words in counted))
    ids = [row[0] for row in store.rows("select id from quotes where in_default_view order by id")]
    drawn = random.Random(seed).sample(ids, min(DRAWN, len(ids)))
    yield from ("", f"## {len(drawn)} of {len(ids)} quotes", "")
    for number, each in enumerate(shown(store.db.conn, drawn), start=1):
        sentence = "".join(f"**{part.text}**" if part.quoted else part.text for part in each["words"])
        who = _who(each["speaker"] or "Speaker not found", each["former"], each["title"], each["institution"])
        ((path,),) = store.rows(_PATH, each["article_id"])
        yield f"{number}. {who}: {' '.join(sentence.split())} ({path})"


def _who(name: str, former: bool, title: str | None, institution: str | None) -> str:
    title = None if title and title.casefold() == name.casefold() else title  # as on the site
    return ", ".join(filter(None, (name, "former" if former else None, title, institution)))
