"""`docs/database.md`, written from the declaration: `python -m quotes.store.schema_reference > docs/database.md`."""

from __future__ import annotations

from quotes.store.schema import TABLES, VIEWS, Column, Table, View
from quotes.store.table_declarations import DEFAULT_VIEW

_OPENING = f"""# The database

*This page is written from `quotes/store/schema.py`; a test fails when the two differ.*

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
    parts = [_OPENING, "\n## Tables\n", *map(_table, TABLES), "\n## Views\n", *map(_view, VIEWS)]
    return "".join(parts)


def _table(table: Table) -> str:
    search = ""
    if table.search is not None:
        columns = " and ".join(f"`{name}`" for name in table.search.columns)
        search = f"\nFull-text index `{table.name}_fts` over {columns} (tokenizer `{table.search.tokenizer}`).\n"
    return f"\n### `{table.name}`\n{table.description}\n{search}\n{_columns(table.columns)}"


def _view(view: View) -> str:
    search = f"\nSearched through `{view.search}`.\n" if view.search else ""
    return f"\n### `{view.name}`\n{view.description}\n{search}\n{_columns(view.columns)}"


def _columns(columns: tuple[Column, ...]) -> str:
    lines = ["| column | type | meaning |\n| --- | --- | --- |\n"]
    for column in columns:
        reference = f" → `{column.references}.id`" if column.references else ""
        lines.append(f"| `{column.name}` | {column.type}{reference} | {column.description} |\n")
    return "".join(lines)


if __name__ == "__main__":
    print(reference(), end="")
