"""What the plugin does in Datasette, hook by hook."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Generator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from datasette import hookimpl as _mark
from datasette.utils import actor_matches_allow
from jinja2 import ChoiceLoader, FileSystemLoader

from quotes.publish import pages
from quotes.publish.accounts import accounts_of, log_in, metadata_without_secrets, no_password_tool, with_accounts
from quotes.publish.article import article_page
from quotes.publish.bounds import bounded
from quotes.publish.cell_rendering import arranged, cell, day, description, label, moment
from quotes.publish.data_pages import codebook_page, data_page, dictionary_page, notebook
from quotes.publish.error_pages import guarded, refusal_page, refused
from quotes.publish.export_responses import take_quotes, take_table
from quotes.publish.identity import identity_file, identity_page
from quotes.publish.policy import LENIENT, STRICT, with_headers
from quotes.publish.reporting import PERMISSION, report_file, report_page
from quotes.publish.table_export import whole_url
from quotes.store.retrieval.writing import can_parquet
from quotes.store.schema import relation
from quotes.store.schema.connection import is_ours

_Hook = TypeVar("_Hook", bound=Callable[..., Any])

#: The largest value that a query of a visitor's may build, in bytes; the longest article is far below.
LARGEST = 2_000_000

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"


def hookimpl(hook: _Hook) -> _Hook:
    """Datasette's own mark, which has no types."""
    return cast(_Hook, _mark(hook))


@lru_cache(maxsize=256)
def _ours(path: str) -> bool:
    return is_ours(Path(path))


def our_databases(datasette: Any) -> list[str]:
    """The names of the databases of this Datasette that hold quotes."""
    return [name for name, database in datasette.databases.items() if database.path and _ours(str(database.path))]


def ours_alone(datasette: Any) -> bool:
    """Whether the site serves one database of quotes and nothing else, so that its front page is ours too."""
    ours = our_databases(datasette)
    return len(ours) == 1 and not [name for name in datasette.databases if name not in ours and not name.startswith("_")]


_PAGES = (
    (r"article/(?P<id>[^/]+)", article_page),
    (r"speaker/(?P<id>[^/.]+)", pages.speaker_page),
    (r"identity/(?P<id>[^/.]+)", identity_page),
    (r"institution/(?P<id>[^/.]+)", pages.institution_page),
    (r"topic/(?P<id>[^/.]+)", pages.topic_page),
    ("(?P<what>speaker|institution|topic)", pages.list_page),
    ("search", pages.search_page),
    ("compare", pages.compare_page),
    (r"suggest\.json", pages.suggest),
)
_FORM, _SAFE = r"(?P<form>csv|json|jsonl|parquet|atom|svg)", r"(?P<safe>-for-spreadsheets)?"
_FORMS_AND_FILES = (
    (r"report/(?P<id>[0-9]+)\.jsonl", report_file),
    (r"identity/(?P<id>[0-9]+)\.jsonl", identity_file),
    (r"report/(?P<id>[^/.]+)", report_page),
    ("data", data_page),
    ("data/dictionary", dictionary_page),
    ("data/codebook", codebook_page),
    (r"data/notebook\.ipynb", notebook),
    (rf"data/table/(?P<table>\w+?){_SAFE}\.(?P<form>csv|json|jsonl|parquet)", take_table),
    (rf"data/(?P<rows>[a-z-]+?){_SAFE}\.{_FORM}", take_quotes),
)


def _below(datasette: Any, pages: Sequence[tuple[str, Callable[..., Any]]]) -> list[tuple[str, Callable[..., Any]]]:
    """The pages below the address of each of our databases, so that a table called `article` elsewhere keeps its pages."""
    return [
        (rf"^/(?P<database>{re.escape(datasette.databases[name].route or name)})/{path}$", guarded(view))
        for name in our_databases(datasette)
        for path, view in pages
    ]


@_mark(tryfirst=True)  # type: ignore[untyped-decorator]
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    """Our pages, and those of Datasette and of datasette-auth-passwords that ours replace."""
    routes = _below(datasette, [*_PAGES, *_FORMS_AND_FILES])
    routes.append((r"^/-/metadata(\.(?P<format>json))?$", metadata_without_secrets))
    if ours_alone(datasette):
        routes += [("^/$", guarded(pages.home_page)), ("^/-/search$", pages.old_search)]
    if accounts_of(datasette).hashes:
        routes += [("^/-/login$", log_in), ("^/-/password-tool$", no_password_tool)]
    return routes


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """Bounds for whatever a visitor asks in SQL: no second file, no value that fills the memory, no function that runs for minutes."""
    if database in our_databases(datasette):
        conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
        # The time limit is looked at between two calls; SQLite's own take the product of both lengths.
        conn.create_function("instr", 2, _instr, deterministic=True)
        conn.create_function("replace", 3, _replace, deterministic=True)


def _instr(text: Any, part: Any) -> int | None:
    if text is None or part is None:
        return None
    if isinstance(text, bytes) and isinstance(part, bytes):
        return text.find(part) + 1
    return _text(text).find(_text(part)) + 1


def _replace(text: Any, old: Any, new: Any) -> str | None:
    if text is None or old is None or new is None:
        return None
    return _text(text).replace(_text(old), _text(new)) if _text(old) else _text(text)


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Links from headlines, speakers and institutions to their pages."""
    if database not in our_databases(datasette):
        return None
    return cell(row, value, column, table, datasette.urls.database(database))


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """What the templates need everywhere, on pages of errors too: whether the page is ours, where our files are, how a date is written."""

    def base_of(database: Any) -> str:
        """The template under a page: ours for our database, and for pages of no database where the site is ours alone."""
        ours = database in our_databases(datasette) if isinstance(database, str) else ours_alone(datasette)
        return "quotes_base.html" if ours else "default:base.html"

    if our_databases(datasette):
        # Templates of plugins come in no order; whoever runs the site comes first all the same.
        own = [FileSystemLoader(datasette.template_dir)] if datasette.template_dir else []
        env.loader = ChoiceLoader([*own, FileSystemLoader(_HERE / "logging_in"), env.loader])
    env.globals["quotes_base_of"] = base_of
    env.globals["quotes_file"] = cache(lambda name: f"{datasette.urls.static_plugins('quotes', name)}?{_fingerprint(name)}")
    env.globals["quotes_app_css"] = lambda: datasette.urls.static("app.css")
    env.globals["quotes_front"] = lambda: datasette.urls.instance()
    env.globals["quotes_home"] = lambda: str(datasette.urls.database(our_databases(datasette)[0]))
    env.globals["quotes_title"] = lambda: datasette.metadata("title") or "Who said what"
    env.globals["quotes_menu"] = lambda links: _menu(datasette, links)
    env.globals["quotes_parquet"] = can_parquet()
    env.filters["pairs"] = lambda each, *names: [[row[name] for name in names] for row in each]
    env.filters["steps"] = lambda counted: [[row["period"], *row["counts"]] for row in counted]
    env.filters["day"] = day
    env.filters["moment"] = moment
    env.filters["label"] = label
    env.filters["plainly"] = description
    env.globals["quotes_arranged"] = arranged


def _menu(datasette: Any, links: list[dict[str, str]]) -> list[dict[str, str]]:
    """The links of other plugins, without a search that ours replaces and without a log-in where nobody has an account."""
    if not links:
        return links
    accounts = datasette.plugin_config("datasette-auth-passwords")
    left_out = {datasette.urls.path("/-/search"), *([] if accounts else [datasette.urls.path("/-/login")])}
    return [each for each in links if each["href"] not in left_out]


@lru_cache(maxsize=32)
def _fingerprint(name: str) -> str:
    """Changes with the file, so that a browser never keeps an old one."""
    return hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:8]


@hookimpl
def extra_template_vars(database: str | None, table: str | None, view_name: str | None, request: Any, datasette: Any) -> dict[str, Any]:
    """For the pages of our tables, the addresses of all their rows."""
    if database not in our_databases(datasette):
        return {}
    if view_name != "table" or request is None or relation(str(table)) is None:
        return {"quotes_database": database}
    whole = {form: whole_url(datasette, request, str(table), form) for form in ("csv", "json", "parquet")}
    whole["safe"] = whole_url(datasette, request, str(table), "csv", safe=True)
    return {"quotes_database": database, "quotes_whole": whole}


@hookimpl
def permission_allowed(datasette: Any, actor: dict[str, Any] | None, action: str) -> bool | None:
    """Who may correct: those whom `plugins: quotes: editors:` in metadata.yml names, as an `allow` block does; else nobody."""
    if action != PERMISSION:
        return None
    editors = (datasette.plugin_config("quotes") or {}).get("editors")
    return bool(editors) and bool(actor_matches_allow(actor, editors))


@_mark(hookwrapper=True)  # type: ignore[untyped-decorator]
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Generator[None, Any, None]:
    """The same look for what Datasette's own pages refuse; a fault of the program stays Datasette's.

    Ours stands alone: Datasette would make its own answer as well and print the whole trace, which holds up everybody for seconds.
    """
    answers = yield
    if our_databases(datasette) and refused(exception):
        answers.force_result([lambda: refusal_page(request, datasette, exception)])


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Where a database of ours is served: headers that keep a page from loading or sending anything elsewhere."""

    def policy_of(path: str) -> str | None:
        ours = our_databases(datasette)
        if not ours:
            return None
        if ours_alone(datasette):
            return STRICT
        first = path.removeprefix(datasette.setting("base_url")).lstrip("/").split("/")[0].split(".")[0]
        if first in {datasette.databases[name].route for name in ours}:
            return STRICT
        return LENIENT if first in ("", "-") else None

    # Who asks for a password before any page may stand within us, and must be asked first.
    password = (datasette.plugin_config("datasette-auth-passwords") or {}).get("http_basic_auth")
    if not our_databases(datasette):
        return lambda app: with_headers(app, policy_of)
    accounts = password or accounts_of(datasette).hashes
    return lambda app: bounded(with_headers(with_accounts(app, datasette) if accounts else app, policy_of))
