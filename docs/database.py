"""`docs/database.md`, written from the declaration of the tables: `python docs/database.py > docs/database.md`."""

from __future__ import annotations

from quotes.store.schema.declaration import Column, Relation, Table, View
from quotes.store.schema.tables import DEFAULT_VIEW, TABLES
from quotes.store.schema.views import VIEWS

_OPENING = f"""# The database

*This page is written from `quotes/store/schema/`; a test fails when the two differ.*

One SQLite file, `db/quotes.db` unless you say otherwise. An `id` is made from what makes the thing itself (the text of an article, the
place of a quote in it, the name of a speaker), so that it is the same on every machine and in every run. Every span, `start` and `end`
counts characters of `articles.text` from 0, the end being the first character that is no longer part of it; in Python,
`text[start:end]` is what was printed. (SQLite’s `substr` counts from 1: `substr(text, start + 1, "end" - start)`.)

Every table and view holds every quote that was found. The *default view*, which pages, lists, search and exports show unless they are asked
for all, are those with `in_default_view = 1`: {DEFAULT_VIEW}. Counts (`quotes`, `articles`, `outlets` …) are of
it; `all_quotes` beside them counts every row.
"""


def reference() -> str:
    """The page, in Markdown."""
    return "".join([_OPENING, "\n## Tables\n", *map(_relation, TABLES), "\n## Views\n", *map(_relation, VIEWS)])


def _relation(relation: Relation) -> str:
    search = ""
    if isinstance(relation, Table) and relation.search is not None:
        columns = " and ".join(f"`{name}`" for name in relation.search.columns)
        search = f"\nFull-text index `{relation.name}_fts` over {columns} (tokenizer `{relation.search.tokenizer}`).\n"
    elif isinstance(relation, View) and relation.search:
        search = f"\nSearched through `{relation.search}`.\n"
    columns = "".join(map(_column, relation.columns))
    return f"\n### `{relation.name}`\n{relation.description}\n{search}\n| column | type | meaning |\n| --- | --- | --- |\n{columns}"


def _column(column: Column) -> str:
    reference = f" → `{column.references}.id`" if column.references else ""
    return f"| `{column.name}` | {column.type}{reference} | {column.description} |\n"


if __name__ == "__main__":
    print(reference(), end="")
