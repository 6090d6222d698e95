"""All rows of a table or view of Datasette's, with the filters of its page, each once, whatever the page's size."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from datasette.utils import await_me_maybe
from datasette.utils.asgi import BadRequest, Forbidden, NotFound

from quotes.publish.export_rows import CHUNK, Rows
from quotes.store.schema import relation
from quotes.store.schema.declaration import Table, View

#: Arguments of a table's page that put SQL, or a name, of the reader's into the query.
_SQL = frozenset({"_where", "_through", "_fts_table", "_fts_pk", "_searchmode"})


async def table_rows(request: Any, datasette: Any, database: Any, name: str) -> Rows:
    """The rows of the table `name`; raises NotFound where it is none of ours, Forbidden where it may not be seen.

    Conditions in SQL (`_where`) are not taken: nothing bounds the time that they would take over all rows.
    """
    source = relation(name)
    if source is None or (isinstance(source, Table) and source.internal):
        raise NotFound(f"There is no table {name}")
    await datasette.ensure_permissions(
        request.actor, [("view-table", (database.name, name)), ("view-database", database.name), "view-instance"]
    )
    if _SQL & set(request.args):
        raise Forbidden("A download cannot be filtered by SQL: filter by columns, or write the whole query in SQL")
    clauses, values = await _conditions(request, datasette, database, source)
    columns = ", ".join(f'"{each}"' for each in source.names)
    keys = source.names[: source.keys] if isinstance(source, Table) else ("id",)
    key = ", ".join(f'"{each}"' for each in keys)
    places = [source.names.index(each) for each in keys]

    def chunks(reading: sqlite3.Connection) -> Iterator[list[tuple[Any, ...]]]:
        after: dict[str, Any] = {}
        while True:
            beyond = [f"({key}) > ({', '.join(f':after{nth}' for nth in range(len(keys)))})"] if after else []
            where = " and ".join([*clauses, *beyond])
            sql = f"select {columns} from {name} {f'where {where}' if where else ''} order by {key} limit {CHUNK}"
            found = [tuple(row) for row in reading.execute(sql, {**values, **after})]
            if found:
                yield found
            if len(found) < CHUNK:
                return
            after = {f"after{nth}": found[-1][place] for nth, place in enumerate(places)}

    return Rows(name, name, source.names, tuple(each.type for each in source.columns), chunks)


async def _conditions(request: Any, datasette: Any, database: Any, source: Table | View) -> tuple[list[str], dict[str, Any]]:
    """What the page's filters and its search make of the address, as Datasette itself reads it."""
    from datasette.filters import Filters
    from datasette.plugins import pm

    pairs = [(key, value) for key in request.args if not key.startswith("_") for value in request.args.getlist(key)]
    unknown = sorted({key.split("__")[0] for key, _ in pairs} - set(source.names))
    if unknown:
        raise BadRequest(f"There is no column {unknown[0]} in {source.name}")
    clauses, listed = Filters(sorted(pairs)).build_where_clauses(source.name)
    values: dict[str, Any] = dict(listed)
    for hook in pm.hook.filters_from_request(request=request, table=source.name, database=database.name, datasette=datasette):
        found = await await_me_maybe(hook)
        if found is not None:
            clauses += found.where_clauses
            values |= found.params
    return clauses, values


def whole_url(datasette: Any, request: Any, table: str, form: str, *, safe: bool = False) -> str:
    """The address of all rows that the filters of a table's page leave."""
    left = [
        (key, value)
        for key in request.args
        for value in request.args.getlist(key)
        if key not in ("_next", "_size", "_sort", "_sort_desc", "_labels", "_nocount", "_col", "_nocol") and not key.startswith("_facet")
    ]
    base = request.path.rsplit("/", 1)[0]
    query = urlencode(left)
    name = f"{table}{'-for-spreadsheets' if safe else ''}.{form}"
    return str(datasette.urls.path(f"{base}/data/table/{name}{f'?{query}' if query else ''}"))
