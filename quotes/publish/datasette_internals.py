"""What differs between Datasette 0.65 and 1.0, and whatever leans on the inside of either; everything else uses what both document.

Modules of Datasette that load plugins are imported inside functions: importing them loads this package, which must be whole by then.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from datasette.database import Database
from datasette.utils import actor_matches_allow, await_me_maybe, escape_fts
from datasette.utils.asgi import Forbidden
from datasette.version import __version__
from jinja2 import Environment, Template

__all__ = ["actor_matches_allow", "escape_fts"]

#: Whether this is Datasette 1.0, or a pre-release of it.
DATASETTE_1 = not __version__.startswith("0.")

#: The files of Datasette's editor for SQL; that of 1.0 puts a style into the page, which the policy of the site does not let through.
EDITOR = () if DATASETTE_1 else ("codemirror-5.57.0.min.css", "codemirror-5.57.0.min.js", "codemirror-5.57.0-sql.min.js")


def new_datasette(path: Path, name: str, metadata: Mapping[str, Any], settings: Mapping[str, Any]) -> Any:
    """A Datasette that serves one file under this name, and nothing else."""
    from datasette.app import Datasette, DatasetteClient

    # 1.0 takes permissions and queries from its configuration alone.
    datasette = Datasette([], metadata=metadata, settings=settings, **({"config": metadata} if DATASETTE_1 else {}))
    datasette.remove_database("_memory")
    datasette.add_database(ReadOnlyDatabase(datasette, path=str(path), is_mutable=True), name=name)
    # The client of 0.65 has the routes of the databases that there were when it was made.
    datasette.client = DatasetteClient(datasette)
    return datasette


def metadata_of(datasette: Any) -> dict[str, Any]:
    """The content of metadata.yml; 1.0 has texts in the place of its lists in whatever else it gives."""
    found: dict[str, Any] = datasette._metadata_local if DATASETTE_1 else datasette.metadata()
    return found


async def denied_tables(datasette: Any, actor: Any, database: str, tables: Iterable[str]) -> frozenset[str]:
    """Those of the tables that whoever asks may not see. Raises Forbidden where the database may not be seen and no table is opened."""
    if DATASETTE_1:
        allowed = await datasette.allowed_resources("view-table", actor, parent=database, limit=1000)
        denied = frozenset(tables) - {each.child for each in allowed.resources}
        if denied == frozenset(tables):
            raise Forbidden("view-database")
        return denied
    answers = await _answers(datasette, actor, database, tables)
    # A table without a rule of its own follows the database, as on Datasette's own pages.
    if None in answers.values():
        await datasette.ensure_permissions(actor, [("view-database", database), "view-instance"])
    return frozenset(name for name, answer in answers.items() if answer is False)


async def _answers(datasette: Any, actor: Any, database: str, tables: Iterable[str]) -> dict[str, bool | None]:
    """What the plugins of Datasette 0.65, its own among them, say of each table; the last that says something counts.

    The same as `Datasette.permission_allowed`, which for each of two dozen tables asks the database how it is spelled, and copies all
    settings: of a table for which these have no `allow`, Datasette itself has nothing to say.
    """
    from datasette import default_permissions
    from datasette.plugins import pm

    settings = datasette.metadata("tables", database=database) or {}
    ruled = {name.lower() for name, each in settings.items() if each and "allow" in each}
    every, others = pm.hook.permission_allowed, pm.subset_hook_caller("permission_allowed", [default_permissions])
    answers: dict[str, bool | None] = dict.fromkeys(tables)
    for table in answers:
        ask = every if table.lower() in ruled else others
        for hook in ask(datasette=datasette, actor=actor, action="view-table", resource=(database, table)):
            said = await await_me_maybe(hook)
            answers[table] = answers[table] if said is None else said
    return answers


async def visible_queries(datasette: Any, actor: Any, database: str) -> list[dict[str, Any]]:
    """Name, title and description of the queries of metadata.yml that whoever asks may run."""
    if DATASETTE_1:
        return [vars(each) for each in (await datasette.list_queries(database, actor=actor)).queries]
    queries = await datasette.get_canned_queries(database, actor)
    return [
        each for each in queries.values() if await datasette.permission_allowed(actor, "view-query", (database, each["name"]), default=True)
    ]


class _AtOnce(Template):
    """A template whose macros and loops are not each waited for, as Datasette does for the sake of functions that must be; here that is
    only the one for the links of the menu."""

    async def render_async(self, *args: Any, **kwargs: Any) -> str:
        context = dict(*args, **kwargs)
        links = await context["menu_links"]()
        return self.render(context | {"menu_links": lambda: links})


@lru_cache(maxsize=8)
def _environment(env: Environment) -> Environment:
    """The environment of a Datasette, with templates that are made at once: in three quarters of the time."""
    found = env.overlay(enable_async=False, auto_reload=False)
    found.template_class = _AtOnce
    return found


def at_once(datasette: Any, template: str) -> Template | str:
    """The template of this name, made at once; where whoever runs the site has templates, the name, since those may call what they like."""
    return template if DATASETTE_1 or datasette.template_dir else _environment(datasette.jinja_env).get_template(template)


async def where_clauses(request: Any, datasette: Any, database: str, table: str) -> tuple[list[str], dict[str, Any]]:
    """The conditions, and the values for them, that a table's page makes of the filters and the search in its address."""
    from datasette.filters import Filters
    from datasette.plugins import pm

    pairs = [(key, value) for key in request.args if not key.startswith("_") for value in request.args.getlist(key)]
    clauses, values = Filters(sorted(pairs)).build_where_clauses(table)
    values = dict(values)
    for hook in pm.hook.filters_from_request(request=request, table=table, database=database, datasette=datasette):
        found = await await_me_maybe(hook)
        if found is not None:
            clauses += found.where_clauses
            values |= found.params
    return clauses, values


def refusal(message: str, *, status: int, title: str | None = None) -> Exception:
    """An error that Datasette shows as a page, or as JSON where the address asks for it."""
    from datasette.views.base import DatasetteError

    error: Exception = DatasetteError(message, title=title, status=status)
    return error


def silence_traces() -> None:
    """Keep Datasette from printing a trace with all variables for whatever a visitor asks wrongly: it holds up everybody for seconds."""
    from datasette import handle_exception

    handle_exception.rich = None


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection that only reads, beside whoever writes; on a disk that cannot be written, as a file that does not change."""
    address = path.absolute().as_uri()
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True, check_same_thread=False, timeout=30)
    try:
        connection.execute("select 1 from sqlite_master limit 1").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        connection = sqlite3.connect(f"{address}?immutable=1", uri=True, check_same_thread=False)
    return connection


class ReadOnlyDatabase(Database):  # type: ignore[misc]
    """A database that is read while another program may write it.

    Its path may hold any character; Datasette writes the bare path into an address, where `?` and `#` would end it.
    """

    _counted: tuple[float, dict[str, int | None]] | None = None

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection that Datasette closes with the others."""
        if write:
            raise AssertionError("the site never writes")
        connection = open_read_only(Path(self.path))
        (self._all_connections if DATASETTE_1 else self._all_file_connections).append(connection)
        return connection

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """The rows of each table, counted again after a while only: there are a hundred with those of the indexes."""
        if self._counted is None or time.monotonic() - self._counted[0] > 60:
            self._counted = (time.monotonic(), await super().table_counts(max(limit, 1000)))
        return self._counted[1]
