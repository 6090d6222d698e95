"""What the plugin does in Datasette, hook by hook."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import parse_qsl, urlencode

from datasette import hookimpl as _mark

from quotes.publish.cells import cell
from quotes.publish.home import found, home
from quotes.publish.pages import article_page
from quotes.store.connection import is_ours

_Hook = TypeVar("_Hook", bound=Callable[..., Any])


def hookimpl(hook: _Hook) -> _Hook:
    """Datasette's own mark, which has no types."""
    return cast(_Hook, _mark(hook))


_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
]


@lru_cache(maxsize=256)
def _ours(path: str) -> bool:
    return is_ours(Path(path))


def our_databases(datasette: Any) -> list[str]:
    """The names of the databases of this Datasette that hold quotes."""
    return [name for name, database in datasette.databases.items() if database.path and _ours(str(database.path))]


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    """The page of one article, for our databases only, so that a table called `article` elsewhere keeps its pages."""
    routes = [re.escape(datasette.databases[name].route or name) for name in our_databases(datasette)]
    return [(rf"^/(?P<database>{route})/article/(?P<id>[^/]+)$", article_page) for route in routes]


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Links from headlines, speakers and institutions to their pages."""
    if database not in our_databases(datasette):
        return None
    return cell(row, value, column, table, datasette.urls.database(database))


@hookimpl
def extra_css_urls(database: str | None, datasette: Any) -> list[str]:
    """Our style sheet, on our own pages and on those of a site that serves nothing else."""
    ours = our_databases(datasette)
    others = [name for name in datasette.databases if name not in ours and not name.startswith("_")]
    mine = database in ours if database else bool(ours) and not others
    return [datasette.urls.static_plugins("quotes", "quotes.css")] if mine else []


@hookimpl
def extra_template_vars(template: str, database: str | None, view_name: str | None, request: Any, datasette: Any) -> Any:
    """The page's own CSV link, mended to give all rows; and what the front page and the search page show."""
    ours = our_databases(datasette)
    if database in ours:
        rows = {"url_csv": all_rows_url(datasette, request)} if view_name == "table" and request is not None else {}
        return {"quotes_database": database, **rows}
    if ours and request is not None and database is None:
        if view_name == "index":
            return _later("quotes_home", home(datasette, request, ours[0]))
        if template == "search_all.html":
            return _later("quotes_found", found(datasette, ours[0], request.args.get("q") or ""))
    return {}


def _later(name: str, value: Awaitable[Any]) -> Callable[[], Awaitable[dict[str, Any]]]:
    async def answer() -> dict[str, Any]:
        return {name: await value}

    return answer


def all_rows_url(datasette: Any, request: Any) -> str:
    """The address of a table's CSV with every row that the page's filters leave, and not only the first thousand."""
    left_out = ("_next", "_size", "_stream", "_labels", "_facet", "_nofacet", "_nocount")
    kept = [
        (key, value)
        for key, value in parse_qsl(request.query_string, keep_blank_values=True)
        if key not in left_out and not key.startswith("_facet")
    ]
    query = urlencode([*kept, ("_stream", "on"), ("_size", "max")])
    return str(datasette.urls.path(f"{request.path}.csv?{query}"))


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Headers that keep a page from loading or sending anything elsewhere, where a database of ours is served."""

    def wrap(app: Any) -> Any:
        async def with_headers(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or not our_databases(datasette):
                await app(scope, receive, send)
                return

            async def send_with_headers(message: Any) -> None:
                if message["type"] == "http.response.start":
                    headers = list(message.get("headers") or [])
                    present = {name.lower() for name, _ in headers}
                    message = {**message, "headers": headers + [each for each in _HEADERS if each[0] not in present]}
                await send(message)

            await app(scope, receive, send_with_headers)

        return with_headers

    return wrap
