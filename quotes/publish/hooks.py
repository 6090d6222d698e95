"""What the plugin does in Datasette, hook by hook."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette import hookimpl
from jinja2 import ChoiceLoader, FileSystemLoader

from quotes.publish import cells, charts
from quotes.publish.accounts import accounts_of, log_in, not_here, with_accounts
from quotes.publish.database import bound_visitors, our_databases, ours_alone
from quotes.publish.datasette_internals import EDITOR, metadata_of, silence_traces
from quotes.publish.downloads import download_quotes, download_table, download_url
from quotes.publish.middleware import bounded, cached, with_policy
from quotes.publish.pages.article_page import article_page
from quotes.publish.pages.compare_page import compare_page
from quotes.publish.pages.correction_pages import identity_page, report_page
from quotes.publish.pages.data_pages import codebook_page, data_page, dictionary_page
from quotes.publish.pages.home_page import home_page
from quotes.publish.pages.list_page import list_page
from quotes.publish.pages.profiles import profile_page
from quotes.publish.pages.search_page import search_page, suggest
from quotes.store.retrieval.exporting import can_parquet
from quotes.store.schema import relation

_HERE = Path(__file__).parent

_SAFE = r"(?P<safe>-for-spreadsheets)?"

#: Our pages and files, below the address of each of our databases.
_ROUTES: tuple[tuple[str, Callable[..., Any]], ...] = (
    (r"article/(?P<id>[^/]+)", article_page),
    (r"(?P<what>speaker|institution|topic)/(?P<id>[^/.]+)", profile_page),
    ("(?P<what>speaker|institution|topic)", list_page),
    ("search", search_page),
    ("compare", compare_page),
    (r"suggest\.json", suggest),
    (r"report/(?P<id>[^/.]+)(?P<file>\.jsonl)?", report_page),
    (r"identity/(?P<id>[^/.]+)(?P<file>\.jsonl)?", identity_page),
    ("data", data_page),
    ("data/dictionary", dictionary_page),
    ("data/codebook", codebook_page),
    (rf"data/table/(?P<table>\w+?){_SAFE}\.(?P<form>csv|json|jsonl|parquet)", download_table),
    (rf"data/(?P<rows>[a-z-]+?){_SAFE}\.(?P<form>csv|json|jsonl|parquet|atom)", download_quotes),
)


@hookimpl(tryfirst=True)
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    """Our pages, and those of Datasette and of datasette-auth-passwords that ours replace."""
    # Below each database of ours, so that a table called `article` elsewhere keeps its pages.
    routes = [
        (rf"^/(?P<database>{re.escape(datasette.databases[name].route or name)})/{path}$", cached(view))
        for name in our_databases(datasette)
        for path, view in _ROUTES
    ]
    alone, accounts = ours_alone(datasette), bool(accounts_of(datasette).hashes)
    routes += [("^/$", cached(home_page))] if alone else []
    routes += [("^/-/login$", log_in)] if accounts else []
    routes += [(r"^/-/(password-tool|metadata(\.json)?)$", not_here)] if alone or accounts else []
    return routes


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """Bounds for whatever a visitor asks in SQL."""
    if database in our_databases(datasette):
        bound_visitors(conn)


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Links from headlines, speakers and institutions to their pages."""
    return cells.cell(row, value, column, table, datasette.urls.database(database)) if database in our_databases(datasette) else None


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """What the templates need everywhere, on pages of errors too: whether the page is ours, where our files are, how a date is written."""

    def base_of(database: Any) -> str:
        """The template under a page: ours for our database, and for pages of no database where the site is ours alone."""
        ours = database in our_databases(datasette) if isinstance(database, str) else ours_alone(datasette)
        return "quotes_base.html" if ours else "default:base.html"

    def settings_of(database: str, table: str | None = None) -> Any:
        """What metadata.yml says of a database, or of a table or view in it."""
        found = (metadata_of(datasette).get("databases") or {}).get(database) or {}
        return (found.get("tables") or {}).get(table) or {} if table else found

    def described(database: str, table: str) -> dict[str, str]:
        """What each column of a table means: from the schema, or as metadata.yml has it."""
        source = relation(table)
        declared = {each.name: each.description for each in source.columns} if source else {}
        return declared | (settings_of(database, table).get("columns") or {})

    if our_databases(datasette):
        # Templates of plugins come in no order; whoever runs the site comes first all the same.
        own = [FileSystemLoader(datasette.template_dir)] if datasette.template_dir else []
        env.loader = ChoiceLoader([*own, FileSystemLoader(_HERE / "logging_in"), env.loader])
    env.globals |= {
        "quotes_base_of": base_of,
        # With what changes with the file, so that a browser never shows an old one.
        "quotes_file": lambda name: f"{datasette.urls.static_plugins('quotes', name)}?{(_HERE / 'static' / name).stat().st_mtime_ns:x}",
        "quotes_home": lambda: str(datasette.urls.database(our_databases(datasette)[0])),
        "quotes_title": lambda: metadata_of(datasette).get("title") or "Who said what",
        "quotes_accounts": lambda: bool(accounts_of(datasette).hashes),
        "quotes_editor_files": EDITOR,
        "quotes_parquet": can_parquet(),
        "quotes_arranged": cells.arranged,
        "quotes_timeline": charts.timeline,
        "quotes_shares": charts.shares,
        "quotes_relation": relation,
        "quotes_settings": settings_of,
        "quotes_described": described,
    }
    env.filters |= {"day": cells.day, "moment": cells.moment, "label": cells.label, "plainly": cells.description}


@hookimpl
def extra_template_vars(database: str | None, table: str | None, view_name: str | None, request: Any, datasette: Any) -> dict[str, Any]:
    """For the pages of our tables, the addresses of all their rows."""
    if database not in our_databases(datasette):
        return {}
    if view_name != "table" or request is None or relation(str(table)) is None:
        return {"quotes_database": database}
    whole = {form: download_url(datasette, request, str(table), form) for form in ("csv", "json", "parquet")}
    whole["safe"] = download_url(datasette, request, f"{table}-for-spreadsheets", "csv")
    return {"quotes_database": database, "quotes_whole": whole}


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Where a database of ours is served: bounds of requests, passwords, and headers that keep a page from sending anything elsewhere."""

    def wrapped(app: Any) -> Any:
        # Who asks for a password before any page may stand within us, and must be asked first.
        return bounded(with_policy(with_accounts(app, datasette) if accounts_of(datasette).hashes else app, datasette))

    if not our_databases(datasette):
        return lambda app: app
    silence_traces()
    return wrapped
