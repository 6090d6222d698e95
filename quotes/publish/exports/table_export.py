"""All rows of a table or view of Datasette's, with the filters of its page, each once, whatever the page's size."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import BadRequest, Forbidden, NotFound

from quotes.publish.database import Visit
from quotes.publish.datasette_internals import where_clauses
from quotes.publish.exports.export_rows import CHUNK, Rows
from quotes.store.schema import relation

#: Arguments of a table's page that put SQL, or a name, of the reader's into the query.
_SQL = frozenset({"_where", "_through", "_fts_table", "_fts_pk", "_searchmode"})

#: Arguments that change only what a page shows of its rows.
_SHOWN = frozenset({"_next", "_size", "_sort", "_sort_desc", "_labels", "_nocount", "_col", "_nocol"})


async def table_rows(visit: Visit, name: str) -> Rows:
    """The rows of the table `name`; raises NotFound where it is none of ours, Forbidden where it may not be seen.

    Conditions in SQL (`_where`) are not taken: nothing bounds the time that they would take over all rows.
    """
    source = relation(name)
    if source is None or source.internal:
        raise NotFound(f"There is no table {name}")
    if name in visit.denied:
        raise Forbidden("You do not have permission to see this table")
    if _SQL & set(visit.given):
        raise Forbidden("A download cannot be filtered by SQL: filter by columns, or write the whole query in SQL")
    unknown = sorted({key.split("__")[0] for key in visit.given if not key.startswith("_")} - set(source.names))
    if unknown:
        raise BadRequest(f"There is no column {unknown[0]} in {name}")
    clauses, values = await where_clauses(visit.request, visit.datasette, visit.database.name, name)
    columns = ", ".join(f'"{each}"' for each in source.names)
    keys = source.names[: source.keys]
    key = ", ".join(f'"{each}"' for each in keys)
    places = [source.names.index(each) for each in keys]

    def chunks(reading: sqlite3.Connection) -> Iterator[list[tuple[Any, ...]]]:
        after: dict[str, Any] = {}
        while True:
            beyond = [f"({key}) > ({', '.join(f':{name}' for name in after)})"] if after else []
            where = " and ".join([*clauses, *beyond])
            sql = f"select {columns} from {name} {f'where {where}' if where else ''} order by {key} limit {CHUNK}"
            found = [tuple(row) for row in reading.execute(sql, {**values, **after})]
            if found:
                yield found
            if len(found) < CHUNK:
                return
            after = {f"after{nth}": found[-1][place] for nth, place in enumerate(places)}

    return Rows(name, name, source.names, tuple(each.type for each in source.columns), chunks)


def download_url(datasette: Any, request: Any, name: str, form: str) -> str:
    """The address of all rows that the filters of a table's page leave; `name` is the table's, and says if the file is for spreadsheets."""
    filters = [
        (key, value) for key in request.args for value in request.args.getlist(key) if key not in _SHOWN and not key.startswith("_facet")
    ]
    query = urlencode(filters)
    return str(datasette.urls.path(f"{request.path.rsplit('/', 1)[0]}/data/table/{name}.{form}{f'?{query}' if query else ''}"))
