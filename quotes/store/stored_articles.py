"""Out of the database again: articles with their quotes, as records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.errors import StoreError
from quotes.records import Article, Quote
from quotes.store.overrides.extractions import extraction_of
from quotes.store.overrides.overrides import CorrectedArticle, corrected_article
from quotes.store.rows.article_store import Store
from quotes.store.schema.connection import clear_errors


def stored(store: Store) -> Iterator[tuple[Article, tuple[Quote, ...]]]:
    """Every article in order of its id, with its quotes in order of its text, as found and as people corrected them.

    Raises StoreError when the database cannot be read or a row of it is damaged.
    """
    for one in _corrected(store, _ids(store, "select id from articles order by id")):
        yield one.article, one.quotes


def reviewed(store: Store) -> Iterator[tuple[Article, tuple[Quote, ...]]]:
    """The articles that a person has been through, as `stored` gives them.

    An article counts where something about its quotes was corrected, or where every one of its quotes was found right. Raises StoreError.
    """
    sql = "select distinct article_id from corrections where article_id in (select id from articles) and undone_at is null order by 1"
    for one in _corrected(store, _ids(store, sql)):
        if any(each.corrected for each in one.every) or (one.every and all(each.looked_at for each in one.every)):
            yield one.article, one.quotes


def outdated(store: Store, extractor: str | None) -> list[int]:
    """The ids of the articles that `extractor` has not gone through, in order; of all articles where it is None.

    Articles in another language are left out: no extractor goes through them.
    """
    sql = "select id from articles where (?1 is null or extractor <> ?1) and ifnull(language, 'en') = 'en' order by id"
    return _ids(store, sql, [extractor])


def stored_article(store: Store, article_id: int) -> Article:
    """One stored article as it was read, without what people corrected. Raises StoreError where there is none, or it is damaged."""
    with clear_errors(store.path):
        try:
            found = extraction_of(store.db, article_id)
        except (ValueError, TypeError) as error:
            raise _damaged(store, article_id, error) from error
    if found is None:
        raise StoreError(f"{store.path}: there is no article {article_id}: look its number up in the table articles")
    return found.article


def _ids(store: Store, sql: str, values: Sequence[str | None] = ()) -> list[int]:
    with clear_errors(store.path):
        return [row[0] for row in store.db.execute(sql, values).fetchall()]


def _corrected(store: Store, ids: Sequence[int]) -> Iterator[CorrectedArticle]:
    for article_id in ids:
        with clear_errors(store.path):
            try:
                one = corrected_article(store.db, article_id)
            except (ValueError, TypeError) as error:
                raise _damaged(store, article_id, error) from error
        if one is not None:
            yield one


def _damaged(store: Store, article_id: int, error: Exception) -> StoreError:
    (path,) = store.db.execute("select path from articles where id = ?", [article_id]).fetchone()
    return StoreError(f"{store.path}: the article {path} is damaged ({error}): run `quotes verify`, and take the file from a backup")
