"""Articles removed with all that depends on them, so that what stays is what it would be without them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from quotes.readers.layout.outlets import same_outlet
from quotes.store.intake.near_copies import forget_copies
from quotes.store.rows.article_store import Store
from quotes.store.rows.saving import remove_article
from quotes.store.schema.statements import IN, listed


class Selected(NamedTuple):
    """An article that is to be removed, with how many quotes and how many corrections are about it."""

    id: int
    path: str
    quotes: int
    corrections: int


def with_outlet(store: Store, outlet: str) -> list[int]:
    """The ids of the articles of an outlet, by any of its names. Raises StoreError when the database cannot be read."""
    names = [name for (name,) in store.rows("select distinct outlet from articles where outlet is not null") if same_outlet(name, outlet)]
    return [row[0] for row in store.rows(f"select id from articles where outlet {IN} order by id", listed(names))]


def with_path(store: Store, prefix: str) -> list[int]:
    """The ids of the articles whose path begins with `prefix`. Raises StoreError when the database cannot be read."""
    return [row[0] for row in store.rows("select id from articles where substr(path, 1, length(?1)) = ?1 order by id", prefix)]


def selected(store: Store, ids: Iterable[int]) -> list[Selected]:
    """What would go with articles; ids that are not stored are left out. Raises StoreError when the database cannot be read."""
    sql = (
        "select id, path, (select count(*) from quotes where article_id = articles.id),"
        f" (select count(*) from corrections where article_id = articles.id and undone_at is null) from articles where id {IN} order by id"
    )
    return [Selected(*row) for row in store.rows(sql, listed(ids))]


def remove(store: Store, article: Selected, *, with_corrections: bool = False) -> None:
    """Remove a stored article, all of it or nothing: its versions, its quotes, what they were linked to and counted in, its failures.

    Speakers, institutions and topics that nothing is left of go too. Corrections about the article stay, for when it comes back, unless
    `with_corrections` is set; those about speakers in all articles stay always. Raises StoreError, with the database as it was.
    """
    with store.transaction():
        remove_article(store.db, article.id)
        forget_copies(store.db, article.id)
        store.db.execute("delete from article_versions where article_id = ?", [article.id])
        store.db.execute("delete from failures where path = ?", [article.path])
        if with_corrections:
            store.db.execute("delete from corrections where article_id = ?", [article.id])


def forget_failures(store: Store, prefix: str) -> int:
    """Forget what could not be read under paths that begin with `prefix`; how many. Raises StoreError."""
    with store.transaction():
        return int(store.db.execute("delete from failures where substr(path, 1, length(?1)) = ?1", [prefix]).rowcount)
