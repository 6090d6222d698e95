"""Why a speaker is who the database says: the appearances that were taken for one, with the reasons, and what stayed open."""

from __future__ import annotations

from typing import NamedTuple

from quotes.store.retrieval.searching import speakers_named
from quotes.store.rows.article_store import Store
from quotes.store.schema.connection import clear_errors


class Reason(NamedTuple):
    """One name of a speaker and why it is theirs: `articles` have it, `first` and `last` are their dates."""

    name: str
    because: str
    articles: int
    first: str | None
    last: str | None


class Post(NamedTuple):
    """A title and an institution of a speaker, with how many articles say so, from when to when."""

    title: str | None
    institution: str | None
    articles: int
    first: str | None
    last: str | None
    past: int


class Explanation(NamedTuple):
    """All that is known of why one speaker is one; `quotes` and `articles` are all that there are, not those of the default view alone."""

    id: int
    name: str
    kind: str
    quotes: int
    articles: int
    reasons: tuple[Reason, ...]
    posts: tuple[Post, ...]
    open: tuple[str, ...]


_SPEAKER = """
select id, name, kind, all_quotes, (select count(distinct article_id) from appearances where speaker_id = speakers.id)
from speakers where id = ?
"""
_REASONS = """
select name, because, count(*), min(published), max(published) from appearances where speaker_id = ?
group by name, because order by count(*) desc, name, because
"""
_POSTS = """
select title, institution, articles, first_seen, last_seen, past from affiliations_browse where speaker_id = ?
order by articles desc, title, institution
"""
_OPEN = """
select 'perhaps also ' || speakers.name || ' (' || speakers.id || '): ' || reason from merge_candidates
join speakers on speakers.id = iif(one_id = ?1, other_id, one_id)
where subject = 'speaker' and ?1 in (one_id, other_id) order by score desc, speakers.id
"""


def explain(store: Store, who: str, *, limit: int = 5) -> list[Explanation]:
    """The speakers that `who` names, an id or words of a name (any of their names), the most quoted first. Raises StoreError."""
    with clear_errors(store.path):
        if who.isdigit():
            found = [row[0] for row in store.db.execute("select id from speakers where id = ?", [int(who[:18])])]
        else:
            found = speakers_named(store.db, who)[:limit]
        return [_explanation(store, each) for each in found]


def _explanation(store: Store, speaker: int) -> Explanation:
    (facts,), reasons, posts, unsettled = (store.db.execute(sql, [speaker]).fetchall() for sql in (_SPEAKER, _REASONS, _POSTS, _OPEN))
    known = tuple(map(Reason._make, reasons)), tuple(map(Post._make, posts)), tuple(row[0] for row in unsettled)
    return Explanation._make([*facts, *known])
